/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/widgets/lm-focus.h"

/* Controls that are passed on the way out. */
#define STEPS_MAX 64

static gboolean
has_focus (GtkRoot *root, GtkWidget *widget)
{
  GtkWidget *focus = gtk_root_get_focus (root);

  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

/**
 * lm_focus_leave:
 * @widget: is about to be hidden or removed
 *
 * If the keyboard is in it, it goes to what comes next: a window without a focus does not answer
 * the keyboard, and nobody who has no mouse finds back.
 */
void
lm_focus_leave (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  for (guint i = 0; root != NULL && i < STEPS_MAX && has_focus (root, widget); i++)
    if (!gtk_widget_child_focus (GTK_WIDGET (root), GTK_DIR_TAB_FORWARD))
      return;
}

/* Giving --------------------------------------------------------------------------------------- */

/* In which what was just made is laid out. */
#define FRAMES_MADE 10

static gboolean
made_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  guint *frames = data;
  GtkWidget *viewport = gtk_widget_get_ancestor (widget, GTK_TYPE_VIEWPORT);

  if (gtk_widget_get_height (widget) == 0)
    return (*frames)-- > 0;
  if (viewport != NULL && has_focus (gtk_widget_get_root (widget), widget))
    gtk_viewport_scroll_to (GTK_VIEWPORT (viewport), widget, NULL);
  return G_SOURCE_REMOVE;
}

/**
 * lm_focus_give:
 * @widget: may have been made just now
 *
 * Gives it the keyboard, and has it be seen. GTK scrolls to it as well, but at once: what is not
 * laid out yet has no place.
 */
void
lm_focus_give (GtkWidget *widget)
{
  guint *frames = g_new (guint, 1);

  *frames = FRAMES_MADE;
  gtk_widget_grab_focus (widget);
  gtk_widget_add_tick_callback (widget, made_cb, frames, g_free);
}

/* Beginning ------------------------------------------------------------------------------------ */

#define FIRST "lm-first"

static gboolean
begin_cb (gpointer view)
{
  GtkRoot *root = gtk_widget_get_root (view);
  GtkWidget *first = g_object_get_data (view, FIRST);

  /* It is locked again, or somebody has the keyboard. */
  if (root == NULL || gtk_root_get_focus (root) != NULL)
    return G_SOURCE_REMOVE;
  if (!gtk_widget_get_mapped (first) || !gtk_widget_child_focus (first, GTK_DIR_TAB_FORWARD))
    gtk_widget_child_focus (view, GTK_DIR_TAB_FORWARD);
  return G_SOURCE_REMOVE;
}

/* After the pages, which take it for themselves when nobody waits for anything. */
static gboolean
first_frame_cb (GtkWidget *view, GdkFrameClock *clock, gpointer data)
{
  g_idle_add_full (G_PRIORITY_LOW + 10, begin_cb, g_object_ref (view), g_object_unref);
  return G_SOURCE_REMOVE;
}

/**
 * lm_focus_begin:
 * @view: comes in the place of what had the keyboard
 * @first: a part of it
 *
 * Gives the keyboard to @first if no page takes it, or to what comes first where @first does not
 * show. To be called before @view shows.
 */
void
lm_focus_begin (GtkWidget *view, GtkWidget *first)
{
  g_object_set_data (G_OBJECT (view), FIRST, first);
  gtk_widget_add_tick_callback (view, first_frame_cb, NULL, NULL);
}

/* As gtk_widget_grab_focus (), but the text of a field is not selected: the next key would replace
 * it. */
static void
give_focus (GtkWidget *widget)
{
  if (GTK_IS_TEXT (widget))
    gtk_text_grab_focus_without_selecting (GTK_TEXT (widget));
  else
    gtk_widget_grab_focus (widget);
}

/* Entering ------------------------------------------------------------------------------------- */

/* In which a page is there, and the menu gone that it was chosen from. */
#define FRAMES_ENTER 30

typedef struct
{
  gboolean always;
  guint frames; /* how many more it may take */
} Entering;

/* Whether something on @page has it that is to be seen. Of what only scrolls nothing is said. */
static gboolean
is_inside (GtkWidget *page)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (page));

  return focus != NULL && gtk_widget_get_mapped (focus) && gtk_widget_is_ancestor (focus, page) &&
         !GTK_IS_SCROLLED_WINDOW (focus);
}

/* Returns: (transfer none) (nullable): what is below the header bar of the page that shows */
static GtkWidget *
find_content (GtkWidget *page)
{
  GtkWidget *content = NULL;

  if (ADW_IS_TOOLBAR_VIEW (page))
    return adw_toolbar_view_get_content (ADW_TOOLBAR_VIEW (page));
  for (GtkWidget *child = gtk_widget_get_first_child (page); child != NULL && content == NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_mapped (child))
      content = find_content (child);
  return content;
}

/* Goes to what comes first on @page, wherever it was there before: GTK goes on from there.
 * Returns: whether there is anything */
static gboolean
enter (GtkWidget *page)
{
  GtkWidget *last = page, *child;

  while ((child = gtk_widget_get_focus_child (last)) != NULL)
    {
      gtk_widget_set_focus_child (last, NULL);
      last = child;
    }
  for (guint i = 0; i < STEPS_MAX && !is_inside (page); i++)
    if (!gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD))
      return FALSE;
  return TRUE;
}

static gboolean
enter_cb (GtkWidget *page, GdkFrameClock *clock, gpointer data)
{
  Entering *entering = data;
  GtkRoot *root = gtk_widget_get_root (page);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *content;

  /* On a page that is hidden it is as good as nowhere. */
  if (focus != NULL && !gtk_widget_get_mapped (focus))
    focus = NULL;
  if (root == NULL || !gtk_widget_get_mapped (page) ||
      (focus != NULL && gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL))
    return entering->frames-- > 0;
  if (focus == NULL || (entering->always && !is_inside (page) &&
                        gtk_widget_get_ancestor (focus, ADW_TYPE_DIALOG) == NULL))
    {
      content = find_content (page);
      if (content == NULL || !enter (content))
        enter (page);
    }
  return G_SOURCE_REMOVE;
}

/**
 * lm_focus_enter:
 * @page: is about to show
 * @always: also if something else that shows has the keyboard; not if that is a dialog
 *
 * Gives the keyboard to @page, if nothing there has it.
 */
void
lm_focus_enter (GtkWidget *page, gboolean always)
{
  Entering *entering = g_new (Entering, 1);

  *entering = (Entering) { always, FRAMES_ENTER };
  gtk_widget_add_tick_callback (page, enter_cb, entering, g_free);
}

/**
 * lm_focus_follow:
 * @page: shows in the place of another
 *
 * Gives the keyboard to @page if the other had it. Where nobody had, as behind a lock, it is not
 * for the page to take: it may go back to where it was.
 */
void
lm_focus_follow (GtkWidget *page)
{
  GtkRoot *root = gtk_widget_get_root (page);

  if (root != NULL && gtk_root_get_focus (root) != NULL)
    lm_focus_enter (page, FALSE);
}

/* Staying ---------------------------------------------------------------------------------------
 *
 * A split view that becomes narrow, or wide again, takes its pages out of one widget and puts them
 * into another. The focus cannot stay on what is in no window, and GTK looks for another: who was
 * writing, and makes the window smaller, would go on in some button. */

#define STAY "lm-stay"
/* Frames until the pages are where they belong. */
#define FRAMES_MAX 20

typedef struct
{
  GWeakRef root;
  /* What had the keyboard when the main loop had last nothing to do: what has it for a moment while
   * the window is laid out, nobody chose. */
  GWeakRef settled;
  guint settling; /* 0 while nothing changes */
  guint frames;   /* how many more it is waited; 0 while it stays by itself */
  gboolean lost;
} Stay;

static gboolean
settled_cb (gpointer data)
{
  Stay *stay = data;
  g_autoptr (GtkRoot) root = g_weak_ref_get (&stay->root);

  stay->settling = 0;
  if (stay->frames == 0)
    g_weak_ref_set (&stay->settled, root != NULL ? gtk_root_get_focus (root) : NULL);
  return G_SOURCE_REMOVE;
}

static void
settle_soon (Stay *stay)
{
  if (stay->settling == 0)
    stay->settling = g_idle_add (settled_cb, stay);
}

static void
focus_changed_cb (GtkWindow *window, GParamSpec *pspec, GtkWidget *split)
{
  Stay *stay = g_object_get_data (G_OBJECT (split), STAY);

  /* It comes to nobody when its widget goes, never because somebody presses a key. */
  if (gtk_window_get_focus (window) == NULL)
    stay->lost = TRUE;
  settle_soon (stay);
}

static void
root_changed_cb (GtkWidget *split)
{
  Stay *stay = g_object_get_data (G_OBJECT (split), STAY);
  g_autoptr (GtkRoot) before = g_weak_ref_get (&stay->root);
  GtkRoot *root = gtk_widget_get_root (split);

  if (before != NULL)
    g_signal_handlers_disconnect_by_func (before, focus_changed_cb, split);
  g_weak_ref_set (&stay->root, root);
  if (root != NULL)
    g_signal_connect_object (root,
                             "notify::focus-widget",
                             G_CALLBACK (focus_changed_cb),
                             split,
                             G_CONNECT_DEFAULT);
  settle_soon (stay);
}

static gboolean
wait_cb (GtkWidget *split, GdkFrameClock *clock, gpointer data)
{
  Stay *stay = g_object_get_data (G_OBJECT (split), STAY);
  g_autoptr (GtkWidget) settled = g_weak_ref_get (&stay->settled);

  if (settled != NULL && --stay->frames > 0 && !(stay->lost && gtk_widget_get_mapped (settled)))
    return G_SOURCE_CONTINUE;
  stay->frames = 0;
  if (settled != NULL && stay->lost && gtk_widget_get_mapped (settled))
    give_focus (settled);
  settle_soon (stay);
  return G_SOURCE_REMOVE;
}

static void
collapsed_cb (GtkWidget *split)
{
  Stay *stay = g_object_get_data (G_OBJECT (split), STAY);
  g_autoptr (GtkWidget) settled = g_weak_ref_get (&stay->settled);

  /* What is in a dialog over it stays where it is. */
  if (settled == NULL || !gtk_widget_is_ancestor (settled, split))
    return;
  if (stay->frames == 0)
    gtk_widget_add_tick_callback (split, wait_cb, NULL, NULL);
  stay->frames = FRAMES_MAX;
  stay->lost = FALSE;
}

static void
stay_free (gpointer data)
{
  Stay *stay = data;

  g_clear_handle_id (&stay->settling, g_source_remove);
  g_weak_ref_clear (&stay->root);
  g_weak_ref_clear (&stay->settled);
  g_free (stay);
}

/**
 * lm_focus_stay:
 * @split: collapses where there is little room
 *
 * Leaves the keyboard where it is while @split collapses or opens out.
 */
void
lm_focus_stay (AdwNavigationSplitView *split)
{
  Stay *stay = g_new0 (Stay, 1);

  g_weak_ref_init (&stay->root, NULL);
  g_weak_ref_init (&stay->settled, NULL);
  g_object_set_data_full (G_OBJECT (split), STAY, stay, stay_free);
  g_signal_connect (split, "notify::root", G_CALLBACK (root_changed_cb), NULL);
  g_signal_connect (split, "notify::collapsed", G_CALLBACK (collapsed_cb), NULL);
  root_changed_cb (GTK_WIDGET (split));
}
