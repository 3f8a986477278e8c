/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <dlfcn.h>
#include <glib-unix.h>
#include <gtk/gtk.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* Looks at a GTK program that knows nothing of it: preloaded by tests/bench/window.py, so that what
 * is measured is the very program that people get. LEITMOTIF_EYE names two pipes, "OUT IN". Into
 * the first goes a line for every frame and for everything that held the main loop; from the second
 * comes what to do. Times are microseconds of CLOCK_MONOTONIC.
 *
 * - "frame BEGIN LAYOUT PAINT END PRESENTED ITEMS BUSY": when its parts began, when it ended, when
 *   the display had drawn it; how many the list had that was to be seen in it, -1 if it was not to
 *   be seen, -2 if there was none; and for how long the main thread had kept a processor busy until
 *   then, whoever else wanted one.
 * - "held BEGIN MICROSECONDS BUSY WHERE NAME": the main loop was busy with one source for so long,
 *   without what frames took of it, and a processor for so long.
 * - "scrolled": that was done.
 * - To be told, "scroll PIXELS FRAMES": by so much in each frame. */

/* Shorter is nothing that anybody feels. */
#define HELD_MIN 500
#define SOURCES  256

static int out_fd = -1;
static GThread *main_thread;

/* What the main thread had of a processor. */
static gint64
busy (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static void tell (const char *format, ...) G_GNUC_PRINTF (1, 2);

static void
tell (const char *format, ...)
{
  va_list list;

  va_start (list, format);
  vdprintf (out_fd, format, list);
  va_end (list);
}

/* The list that is looked at -----------------------------------------------------------------
 *
 * That of the journal's page, or, in a program without such a page, the only one. */

static GtkWidget *list;

static GtkWidget *
find_in (GtkWidget *widget, GType type)
{
  GtkWidget *found = g_type_is_a (G_OBJECT_TYPE (widget), type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_in (child, type);
  return found;
}

static GtkWidget *
find (const char *name)
{
  GType type = g_type_from_name (name);
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWidget *found = NULL;

  for (guint i = 0; type != 0 && found == NULL && i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      found = find_in (window, type);
    }
  return found;
}

static void
look_for_list (void)
{
  GtkWidget *page = find ("LmJournalPage");

  if (list != NULL)
    return;
  if (page != NULL)
    list = find_in (page, GTK_TYPE_LIST_VIEW);
  else if (g_type_from_name ("LmWindow") == 0)
    list = find ("GtkListView");
  if (list != NULL)
    g_object_add_weak_pointer (G_OBJECT (list), (gpointer *) &list);
}

static int
count_items (void)
{
  if (list == NULL)
    return -2;
  if (!gtk_widget_get_mapped (list))
    return -1;
  return (int) g_list_model_get_n_items (
      G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list))));
}

/* Frames --------------------------------------------------------------------------------------- */

static gint64 began, layout, paint, in_frames;
static gint64 busy_before, busy_in_frames;
static int items;

/* As somebody does who begins there: as soon as there is a page at all. */
static void
go_to_journal (void)
{
  static gboolean gone;
  GtkWidget *view;

  if (gone || g_getenv ("LEITMOTIF_EYE_PLACE") == NULL)
    return;
  view = find ("LmMainView");
  if (view == NULL)
    return;
  gone = TRUE;
  gtk_widget_activate_action (view, "win.place", "s", g_getenv ("LEITMOTIF_EYE_PLACE"));
}

static gboolean
before_paint (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer data)
{
  go_to_journal ();
  busy_before = busy ();
  began = g_get_monotonic_time ();
  return TRUE;
}

static gboolean
begin_layout (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer data)
{
  layout = g_get_monotonic_time ();
  return TRUE;
}

static gboolean
begin_paint (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer data)
{
  paint = g_get_monotonic_time ();
  look_for_list ();
  items = count_items ();
  return TRUE;
}

static gboolean
after_paint (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer data)
{
  gint64 end = g_get_monotonic_time ();

  /* The display answers when it has drawn all of it. */
  gdk_display_sync (gdk_display_get_default ());
  if (layout < began)
    layout = end;
  if (paint < began)
    paint = end;
  tell ("frame %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT
        " %" G_GINT64_FORMAT " %d %" G_GINT64_FORMAT "\n",
        began,
        layout,
        paint,
        end,
        g_get_monotonic_time (),
        items,
        busy ());
  busy_in_frames += busy () - busy_before;
  in_frames += g_get_monotonic_time () - began;
  return TRUE;
}

static void
hook (const char *signal, GSignalEmissionHook func)
{
  g_signal_add_emission_hook (g_signal_lookup (signal, GDK_TYPE_FRAME_CLOCK), 0, func, NULL, NULL);
}

/* What holds the main loop
 * -------------------------------------------------------------------------
 */

typedef gboolean (*Dispatch) (GSource *source, GSourceFunc callback, gpointer data);

static struct
{
  const GSourceFuncs *given;
  GSourceFuncs funcs;
  Dispatch dispatch;
} sources[SOURCES];
static guint n_sources;
static GMutex sources_mutex;

static Dispatch
dispatch_of (GSource *source)
{
  for (guint i = 0; i < SOURCES; i++)
    if (&sources[i].funcs == source->source_funcs || sources[i].given == source->source_funcs)
      return sources[i].dispatch;
  g_error ("a source that nobody made");
}

/* For addr2line. */
static char *
where_is (gconstpointer callback)
{
  Dl_info info = { 0 };
  g_autofree char *file = NULL;

  if (callback == NULL || dladdr (callback, &info) == 0)
    return g_strdup ("-");
  file = g_path_get_basename (info.dli_fname);
  return g_strdup_printf ("%s+0x%" G_GINTPTR_MODIFIER "x",
                          file,
                          (guintptr) callback - (guintptr) info.dli_fbase);
}

static gboolean
timed_dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  static guint depth;
  Dispatch dispatch = dispatch_of (source);
  g_autofree char *name = NULL;
  gint64 begin, before, held, begin_busy, before_busy;
  gboolean again;

  if (g_thread_self () != main_thread || depth > 0)
    return dispatch (source, callback, data);
  begin = g_get_monotonic_time ();
  before = in_frames;
  begin_busy = busy ();
  before_busy = busy_in_frames;
  name = g_strdup (g_source_get_name (source));
  depth++;
  again = dispatch (source, callback, data);
  depth--;
  held = g_get_monotonic_time () - begin - (in_frames - before);
  if (held >= HELD_MIN)
    {
      g_autofree char *where = where_is (callback);

      tell ("held %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s %s\n",
            begin,
            held,
            busy () - begin_busy - (busy_in_frames - before_busy),
            where,
            name != NULL ? name : "-");
    }
  return again;
}

/* GLib's own kinds of sources are variables that anybody may change. */
static void
watch (GSourceFuncs *funcs)
{
  sources[n_sources].given = funcs;
  sources[n_sources++].dispatch = funcs->dispatch;
  funcs->dispatch = timed_dispatch;
}

/* In the place of GLib's, for the sources of other libraries. */
G_MODULE_EXPORT GSource *
g_source_new (GSourceFuncs *funcs, guint size)
{
  static GSource *(*real) (GSourceFuncs *funcs, guint size);
  GSourceFuncs *watched = NULL;

  if (real == NULL)
    real = (GSource * (*) (GSourceFuncs *, guint)) dlsym (RTLD_NEXT, "g_source_new");
  if (out_fd < 0 || funcs->dispatch == NULL)
    return real (funcs, size);
  g_mutex_lock (&sources_mutex);
  for (guint i = 0; i < n_sources && watched == NULL; i++)
    if (sources[i].given == funcs)
      watched = sources[i].funcs.dispatch != NULL ? &sources[i].funcs : funcs;
  if (watched == NULL && n_sources < SOURCES)
    {
      watched = &sources[n_sources].funcs;
      *watched = *funcs;
      watched->dispatch = timed_dispatch;
      sources[n_sources].dispatch = funcs->dispatch;
      sources[n_sources++].given = funcs;
    }
  g_mutex_unlock (&sources_mutex);
  return real (watched != NULL ? watched : funcs, size);
}

/* Doing ---------------------------------------------------------------------------------------- */

static double scroll_by;
static int scroll_frames;

static gboolean
scroll_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  GtkWidget *window = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (window));
  double value = gtk_adjustment_get_value (adjustment);
  double end = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);

  /* There and back again. */
  if (value + scroll_by > end || value + scroll_by < 0)
    scroll_by = -scroll_by;
  gtk_adjustment_set_value (adjustment, value + scroll_by);
  if (--scroll_frames > 0)
    return G_SOURCE_CONTINUE;
  tell ("scrolled\n");
  return G_SOURCE_REMOVE;
}

static gboolean
told_cb (int in_fd, GIOCondition condition, gpointer data)
{
  char line[256];
  gssize length = read (in_fd, line, sizeof line - 1);

  if (length <= 0)
    return G_SOURCE_REMOVE;
  line[length] = '\0';
  if (sscanf (line, "scroll %lf %d", &scroll_by, &scroll_frames) == 2 && list != NULL)
    gtk_widget_add_tick_callback (list, scroll_cb, NULL, NULL);
  return G_SOURCE_CONTINUE;
}

__attribute__ ((constructor)) static void
open_eye (void)
{
  const char *given = g_getenv ("LEITMOTIF_EYE");
  int in_fd;

  /* What this program starts is not looked at. */
  g_unsetenv ("LD_PRELOAD");
  if (given == NULL || sscanf (given, "%d %d", &out_fd, &in_fd) != 2)
    return;
  g_unsetenv ("LEITMOTIF_EYE");
  main_thread = g_thread_self ();
  watch (&g_idle_funcs);
  watch (&g_timeout_funcs);
  watch (&g_child_watch_funcs);
  watch (&g_io_watch_funcs);
  watch (&g_unix_signal_funcs);
  watch (&g_unix_fd_source_funcs);
  g_unix_fd_add (in_fd, G_IO_IN, told_cb, NULL);
  g_type_class_unref (g_type_class_ref (GDK_TYPE_FRAME_CLOCK));
  hook ("before-paint", before_paint);
  hook ("layout", begin_layout);
  hook ("paint", begin_paint);
  hook ("after-paint", after_paint);
}
