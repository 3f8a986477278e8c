/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <malloc.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "base/lm-restart.h"
#include "ui/lm-toast.h"
#include "ui/lock/lm-keeper.h"
#include "ui/lock/lm-return.h"
#include "workspace/lm-idle.h"
#include "workspace/lm-session-watch.h"
#include "workspace/lm-settings.h"

#ifdef GDK_WINDOWING_X11
#include <gdk/x11/gdkx.h>
#endif

/* Where somebody thinks for long. */
#define SLOW_MINUTES 15

struct _LmKeeper
{
  GObject parent_instance;

  /* Borrowed: the window has us. */
  LmWindow *window;
  AdwBanner *banner;

  /* Owned references */
  LmWorkspace *workspace;
  LmLibrary *library;
  LmSessionWatch *watch;
  LmIdle *idle;
  GVariant *where; /* nullable: where to go when it is open again */

  gint64 minute; /* in milliseconds; shorter in tests */
  guint timer;
  int clock_jumps; /* tells when the computer wakes; -1 where there is no such thing */
  guint clock_source;
  gulong commit_hook;
  gulong preedit_hook;
  double x, y;      /* where the pointer was */
  gboolean restart; /* begin anew as soon as everything is safe */
  gboolean going;   /* the journal is closed: quit */
};

G_DEFINE_FINAL_TYPE (LmKeeper, lm_keeper, G_TYPE_OBJECT)

/* Locking ------------------------------------------------------------------------------------ */

/* The buffers below @widget that hold what was written: what they held is to be overwritten when
 * the pages are gone. */
static void
collect_buffers (GtkWidget *widget, GPtrArray *buffers)
{
  if (GTK_IS_TEXT_VIEW (widget))
    g_ptr_array_add (buffers, g_object_ref (gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget))));
  else if (GTK_IS_TEXT (widget))
    g_ptr_array_add (buffers, g_object_ref (gtk_text_get_buffer (GTK_TEXT (widget))));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_buffers (child, buffers);
}

/* Only what nobody else has any more: somebody who listened would take it for the person's doing,
 * and the text would be gone. */
static void
empty_buffers (GPtrArray *buffers)
{
  for (guint i = 0; i < buffers->len; i++)
    {
      GObject *buffer = buffers->pdata[i];

      if (buffer->ref_count > 1)
        continue;
      if (GTK_IS_TEXT_BUFFER (buffer))
        {
          g_signal_handlers_disconnect_matched (buffer,
                                                G_SIGNAL_MATCH_ID,
                                                g_signal_lookup ("changed", GTK_TYPE_TEXT_BUFFER),
                                                0,
                                                NULL,
                                                NULL,
                                                NULL);
          gtk_text_buffer_set_enable_undo (GTK_TEXT_BUFFER (buffer), FALSE);
          gtk_text_buffer_set_text (GTK_TEXT_BUFFER (buffer), "", 0);
        }
      else
        gtk_entry_buffer_set_text (GTK_ENTRY_BUFFER (buffer), "", 0);
    }
}

/* Takes back what we put on the clipboard, and nothing that is another program's. */
static void
empty_clipboards (GdkDisplay *display)
{
  GdkClipboard *clipboards[] = { gdk_display_get_clipboard (display),
                                 gdk_display_get_primary_clipboard (display) };

  for (guint i = 0; i < G_N_ELEMENTS (clipboards); i++)
    if (gdk_clipboard_is_local (clipboards[i]))
      gdk_clipboard_set_content (clipboards[i], NULL);
}

static void
lock (LmKeeper *self, gboolean restart)
{
  LmMainView *view = lm_window_get_main_view (self->window);
  g_autoptr (GPtrArray) buffers = g_ptr_array_new_with_free_func (g_object_unref);

  if (lm_workspace_get_state (self->workspace) != LM_WORKSPACE_OPEN)
    return;
  g_clear_pointer (&self->where, g_variant_unref);
  if (view != NULL)
    self->where = lm_return_where (view);
  collect_buffers (GTK_WIDGET (self->window), buffers);
  /* The made-up journal has no secrets, and would not be found again. */
  self->restart = restart && !lm_workspace_is_demo (self->workspace);
  /* What the pages hold goes into their drafts first. */
  lm_window_blank (self->window);
  lm_workspace_lock (self->workspace);
  empty_buffers (buffers);
  empty_clipboards (gtk_widget_get_display (GTK_WIDGET (self->window)));
  malloc_trim (0);
  gtk_accessible_announce (GTK_ACCESSIBLE (self->window),
                           /* Translators: the journal, for screen readers */
                           _ ("Locked"),
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

/* The person locks: the window stays as it is, for them to see that it did. */
void
lm_keeper_lock (LmKeeper *self)
{
  lock (self, FALSE);
}

/* The person wants to go elsewhere than to where they were. */
void
lm_keeper_forget_place (LmKeeper *self)
{
  g_clear_pointer (&self->where, g_variant_unref);
}

/* Gives the name on the bus back, for the new process not to take us for another that runs. */
static void
release_name (void)
{
  GApplication *application = g_application_get_default ();
  GDBusConnection *bus = g_application_get_dbus_connection (application);
  g_autoptr (GVariant) reply = NULL;

  if (bus != NULL)
    reply = g_dbus_connection_call_sync (
        bus,
        "org.freedesktop.DBus",
        "/org/freedesktop/DBus",
        "org.freedesktop.DBus",
        "ReleaseName",
        g_variant_new ("(s)", g_application_get_application_id (application)),
        NULL,
        G_DBUS_CALL_FLAGS_NONE,
        500,
        NULL,
        NULL);
}

static void
begin_anew (LmKeeper *self)
{
  g_autoptr (GBytes) state = self->where != NULL ? g_variant_get_data_as_bytes (self->where) : NULL;

  lm_window_save_size (self->window);
  g_settings_sync ();
  release_name ();
  /* It returns only if it failed. Then this process goes on, locked: its keys are gone as well. */
  g_message ("locked without a new process: %s", g_strerror (lm_restart (state)));
}

static void
settled_cb (LmWorkspace *workspace, gboolean good, LmKeeper *self)
{
  if (good)
    {
      lm_window_clear_toasts (self->window);
      malloc_trim (0);
      if (self->restart && lm_workspace_get_state (workspace) == LM_WORKSPACE_LOCKED)
        begin_anew (self);
    }
  else
    {
      AdwToast *toast =
          adw_toast_new (_ ("What you wrote last could not be saved yet. It waits behind "
                            "the lock, and saving is tried again."));

      adw_toast_set_timeout (toast, 0);
      lm_toast (GTK_WIDGET (self->window), toast);
    }
  lm_session_watch_may_sleep (self->watch);
}

/* Idle ------------------------------------------------------------------------------------------
 */

static void evaluate (LmKeeper *self);

static gboolean
timer_cb (gpointer data)
{
  LmKeeper *self = data;

  self->timer = 0;
  evaluate (self);
  return G_SOURCE_REMOVE;
}

static void
show_banner (LmKeeper *self, gboolean show)
{
  if (adw_banner_get_revealed (self->banner) == show)
    return;
  /* Hidden, it would still be read out. */
  adw_banner_set_title (
      self->banner,
      show ? _ ("The journal is about to lock. Any key or movement keeps it open.") : "");
  adw_banner_set_revealed (self->banner, show);
  if (show)
    gtk_accessible_announce (GTK_ACCESSIBLE (self->window),
                             adw_banner_get_title (self->banner),
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
evaluate (LmKeeper *self)
{
  LmMainView *view = lm_window_get_main_view (self->window);
  gboolean open = lm_workspace_get_state (self->workspace) == LM_WORKSPACE_OPEN;
  LmIdleState state = LM_IDLE_BUSY;
  gint64 wait;

  g_clear_handle_id (&self->timer, g_source_remove);
  if (open)
    {
      /* The first run shows the recovery code: nobody is hurried there either. */
      gboolean slow = view == NULL || lm_return_is_slow (view);

      lm_idle_set_at_least (self->idle, slow ? SLOW_MINUTES * self->minute : 0);
      state = lm_idle_check (self->idle);
    }
  show_banner (self, state == LM_IDLE_WARNING);
  if (!open)
    return;
  if (state == LM_IDLE_DUE)
    {
      lock (self, TRUE);
      return;
    }
  wait = lm_idle_wait (self->idle);
  if (wait >= 0)
    self->timer = g_timeout_add ((guint) MIN (wait + 1, G_MAXINT), timer_cb, self);
}

/* Somebody is here. */
static void
touch (LmKeeper *self)
{
  if (lm_workspace_get_state (self->workspace) != LM_WORKSPACE_OPEN)
    return;
  /* The timer is left alone: it looks again when it ends. Keys come often. */
  if (lm_idle_touch (self->idle) == LM_IDLE_DUE || adw_banner_get_revealed (self->banner))
    evaluate (self);
}

static gboolean
event_cb (GtkEventController *controller, GdkEvent *event, LmKeeper *self)
{
  double x, y;

  switch ((int) gdk_event_get_event_type (event))
    {
    case GDK_MOTION_NOTIFY:
      /* GTK makes up motions where widgets move below a pointer that rests. */
      if (!gdk_event_get_position (event, &x, &y) || (x == self->x && y == self->y))
        break;
      self->x = x;
      self->y = y;
      touch (self);
      break;
    case GDK_ENTER_NOTIFY:
    case GDK_LEAVE_NOTIFY:
    case GDK_FOCUS_CHANGE:
    case GDK_PROXIMITY_IN:
    case GDK_PROXIMITY_OUT:
    case GDK_DELETE:
    case GDK_GRAB_BROKEN:
      break;
    default:
      touch (self);
    }
  return GDK_EVENT_PROPAGATE;
}

/* What an input method types arrives without a key of its own. */
static gboolean
input_method_cb (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer data)
{
  touch (data);
  return TRUE;
}

/* Every window of ours, a file chooser too. */
static void
watch_windows_cb (GListModel *windows, guint position, guint removed, guint added, LmKeeper *self)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);
      GtkEventController *controller = gtk_event_controller_legacy_new ();

      gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
      g_signal_connect_object (controller, "event", G_CALLBACK (event_cb), self, 0);
      gtk_widget_add_controller (window, controller);
    }
}

static gulong
hook (LmKeeper *self, const char *name)
{
  g_autoptr (GTypeClass) klass = g_type_class_ref (GTK_TYPE_IM_CONTEXT);

  return g_signal_add_emission_hook (g_signal_lookup (name, GTK_TYPE_IM_CONTEXT),
                                     0,
                                     input_method_cb,
                                     self,
                                     NULL);
}

static void
settings_changed_cb (LmKeeper *self)
{
  GSettings *settings = lm_workspace_get_settings (self->workspace);

  lm_idle_set_limit (self->idle,
                     g_settings_get_int (settings, LM_SETTING_LOCK_IDLE) * self->minute,
                     self->minute);
  lm_idle_set_sleep_counts (self->idle, g_settings_get_boolean (settings, LM_SETTING_LOCK_SUSPEND));
  evaluate (self);
}

/* The state -------------------------------------------------------------------------------------
 */

static void
state_changed_cb (LmKeeper *self)
{
  LmMainView *view = lm_window_get_main_view (self->window);

  if (lm_workspace_get_state (self->workspace) == LM_WORKSPACE_OPEN)
    {
      self->restart = FALSE;
      lm_idle_start (self->idle);
      if (view != NULL && self->where != NULL)
        lm_return_go (view, self->workspace, self->library, self->where);
      g_clear_pointer (&self->where, g_variant_unref);
    }
  evaluate (self);
}

/* The session -----------------------------------------------------------------------------------
 */

/* The clock was set, or the computer woke: the idle time may be over without a timer telling. */
static gboolean
clock_jumped_cb (int file, GIOCondition condition, gpointer data)
{
  LmKeeper *self = data;
  const struct itimerspec never = { .it_value = { .tv_sec = G_MAXINT } };
  guint64 count;

  while (read (file, &count, sizeof count) == sizeof count)
    ;
  timerfd_settime (file, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &never, NULL);
  evaluate (self);
  return G_SOURCE_CONTINUE;
}

static void
watch_clock (LmKeeper *self)
{
  const struct itimerspec never = { .it_value = { .tv_sec = G_MAXINT } };

  self->clock_jumps = timerfd_create (CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC);
  if (self->clock_jumps < 0)
    return;
  timerfd_settime (self->clock_jumps, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &never, NULL);
  self->clock_source = g_unix_fd_add (self->clock_jumps, G_IO_IN | G_IO_ERR, clock_jumped_cb, self);
}

static gboolean
wants (LmKeeper *self, const char *setting)
{
  return g_settings_get_boolean (lm_workspace_get_settings (self->workspace), setting);
}

static void
screen_locked_cb (LmKeeper *self)
{
  if (wants (self, LM_SETTING_LOCK_SCREEN))
    lock (self, TRUE);
}

static void
saved_before_sleep_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LmKeeper) self = data;

  lm_workspace_save_all_finish (LM_WORKSPACE (source), result, NULL);
  lm_session_watch_may_sleep (self->watch);
}

static void
sleeping_cb (LmKeeper *self)
{
  if (lm_workspace_get_state (self->workspace) == LM_WORKSPACE_OPEN &&
      wants (self, LM_SETTING_LOCK_SUSPEND))
    lock (self, TRUE); /* it may sleep when that has settled */
  else
    lm_workspace_save_all_async (self->workspace, saved_before_sleep_cb, g_object_ref (self));
}

static void
saved_before_end_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LmKeeper) self = data;
  gboolean saved = lm_workspace_save_all_finish (LM_WORKSPACE (source), result, NULL);

  /* Asked, we may say no; told, we may not. */
  lm_session_watch_answer_end (
      self->watch,
      saved || self->going ? NULL : _ ("What you wrote last is not saved on any disk yet."));
  if (self->going)
    lm_window_quit (self->window);
}

static void
query_end_cb (LmKeeper *self)
{
  lm_workspace_save_all_async (self->workspace, saved_before_end_cb, g_object_ref (self));
}

static void
end_cb (LmKeeper *self)
{
  self->going = TRUE;
  query_end_cb (self);
}

/* The object --------------------------------------------------------------------------------------
 */

static void
lm_keeper_dispose (GObject *object)
{
  LmKeeper *self = LM_KEEPER (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_handle_id (&self->clock_source, g_source_remove);
  if (self->clock_jumps >= 0)
    close (self->clock_jumps);
  self->clock_jumps = -1;
  if (self->commit_hook != 0)
    {
      guint commit = g_signal_lookup ("commit", GTK_TYPE_IM_CONTEXT);
      guint preedit = g_signal_lookup ("preedit-changed", GTK_TYPE_IM_CONTEXT);

      g_signal_remove_emission_hook (commit, self->commit_hook);
      g_signal_remove_emission_hook (preedit, self->preedit_hook);
      self->commit_hook = 0;
    }
  if (self->watch != NULL)
    g_object_run_dispose (G_OBJECT (self->watch));
  g_clear_object (&self->watch);
  g_clear_object (&self->workspace);
  g_clear_object (&self->library);
  g_clear_pointer (&self->idle, lm_idle_free);
  g_clear_pointer (&self->where, g_variant_unref);
  G_OBJECT_CLASS (lm_keeper_parent_class)->dispose (object);
}

static void
lm_keeper_class_init (LmKeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lm_keeper_dispose;
}

static void
lm_keeper_init (LmKeeper *self)
{
  self->clock_jumps = -1;
  self->minute = 60000;
#if LM_DEVEL
  /* Tests do not wait for minutes. */
  if (g_getenv ("LEITMOTIF_MINUTE") != NULL)
    self->minute = g_ascii_strtoll (g_getenv ("LEITMOTIF_MINUTE"), NULL, 10);
#endif
}

/**
 * lm_keeper_new:
 * @window: (transfer none): has the keeper; dispose of it before the window goes
 * @banner: (transfer none): says that it will lock soon
 *
 * Returns: (transfer full): a keeper. In a process that was begun anew it leads back to where the
 *   person was in the one before.
 */
LmKeeper *
lm_keeper_new (LmWindow *window, LmWorkspace *workspace, LmLibrary *library, AdwBanner *banner)
{
  LmKeeper *self = g_object_new (LM_TYPE_KEEPER, NULL);
  GListModel *windows = gtk_window_get_toplevels ();
  GSettings *settings = lm_workspace_get_settings (workspace);
  static const char *const keys[] = { LM_SETTING_LOCK_IDLE, LM_SETTING_LOCK_SUSPEND };

  self->window = window;
  self->banner = banner;
  self->workspace = g_object_ref (workspace);
  self->library = g_object_ref (library);
  self->idle = lm_idle_new (lm_idle_system_time, NULL);
  if (lm_restart_get_state () != NULL)
    self->where = lm_return_read (lm_restart_get_state ());
  g_signal_connect_object (windows, "items-changed", G_CALLBACK (watch_windows_cb), self, 0);
  watch_windows_cb (windows, 0, 0, g_list_model_get_n_items (windows), self);
  self->commit_hook = hook (self, "commit");
  self->preedit_hook = hook (self, "preedit-changed");
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *signal = g_strconcat ("changed::", keys[i], NULL);

      g_signal_connect_object (settings,
                               signal,
                               G_CALLBACK (settings_changed_cb),
                               self,
                               G_CONNECT_SWAPPED);
    }
  g_signal_connect_object (workspace,
                           "notify::state",
                           G_CALLBACK (state_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "settled", G_CALLBACK (settled_cb), self, 0);
  self->watch = lm_session_watch_new (APP_ID, lm_session_watch_is_sandboxed ());
  g_signal_connect_object (self->watch,
                           "screen-locked",
                           G_CALLBACK (screen_locked_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->watch,
                           "sleeping",
                           G_CALLBACK (sleeping_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->watch,
                           "query-end",
                           G_CALLBACK (query_end_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->watch, "end", G_CALLBACK (end_cb), self, G_CONNECT_SWAPPED);
  watch_clock (self);
  settings_changed_cb (self);
  return self;
}

/* Showing without the focus -------------------------------------------------------------------- */

/**
 * lm_keeper_show_quietly:
 *
 * Shows the window of a process that was begun anew, for nobody asked for it: whoever types
 * elsewhere goes on typing there. On X11 a user time of 0 says so, to a window manager that knows
 * it; where there is no window manager, a new window has no focus. Nobody promises this elsewhere,
 * on Wayland above all: the window stays closed until the person starts the program.
 *
 * Returns: whether it shows
 */
gboolean
lm_keeper_show_quietly (GtkWindow *window)
{
#ifdef GDK_WINDOWING_X11
  GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (window));

  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  if (GDK_IS_X11_DISPLAY (display))
    {
      GdkX11Screen *screen = gdk_x11_display_get_screen (display);
      const char *manager = gdk_x11_screen_get_window_manager_name (screen);

      if (g_strcmp0 (manager, "unknown") != 0 &&
          !gdk_x11_screen_supports_net_wm_hint (screen, "_NET_WM_USER_TIME"))
        return FALSE;
      gtk_widget_realize (GTK_WIDGET (window));
      gdk_x11_surface_set_user_time (gtk_native_get_surface (GTK_NATIVE (window)), 0);
      gtk_widget_set_visible (GTK_WIDGET (window), TRUE);
      return TRUE;
    }
  G_GNUC_END_IGNORE_DEPRECATIONS
#endif
  return FALSE;
}
