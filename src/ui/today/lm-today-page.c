/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/today/lm-today-page.h"
#include "ui/today/lm-today-view.h"

/* The page of the place that an open journal begins with. What it shows is made with the first
 * frame that it is in: somebody who goes elsewhere at once does not wait for it. */

struct _LmTodayPage
{
  AdwNavigationPage parent_instance;

  LmWorkspace *workspace;
  LmLibrary *library;
  GtkWidget *view; /* borrowed; nullable until somebody saw it */
  guint tick;
  guint focus_idle;
  gboolean left; /* it was to be seen, and the person went elsewhere before it was */
};

G_DEFINE_FINAL_TYPE (LmTodayPage, lm_today_page, ADW_TYPE_NAVIGATION_PAGE)

/* Unless a dialog came first, or the person has gone on already. */
static gboolean
focus_cb (gpointer data)
{
  LmTodayPage *self = data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  self->focus_idle = 0;
  if (root != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)) &&
      ADW_IS_APPLICATION_WINDOW (root) &&
      adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (root)) == NULL)
    gtk_widget_grab_focus (self->view);
  return G_SOURCE_REMOVE;
}

static gboolean
frame_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  LmTodayPage *self = LM_TODAY_PAGE (widget);

  self->tick = 0;
  if (!gtk_widget_get_mapped (widget))
    {
      self->left = TRUE;
      return G_SOURCE_REMOVE;
    }
  self->view = lm_today_view_new (self->workspace, self->library);
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), self->view);
  /* Ready to type into, as soon as the journal is open: when the window has put the focus wherever
   * it does by itself. Who comes here later has it somewhere already. */
  if (!self->left)
    self->focus_idle = g_idle_add_full (G_PRIORITY_LOW, focus_cb, self, NULL);
  return G_SOURCE_REMOVE;
}

static void
lm_today_page_map (GtkWidget *widget)
{
  LmTodayPage *self = LM_TODAY_PAGE (widget);

  GTK_WIDGET_CLASS (lm_today_page_parent_class)->map (widget);
  if (self->view == NULL && self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (widget, frame_cb, NULL, NULL);
}

static void
lm_today_page_dispose (GObject *object)
{
  LmTodayPage *self = LM_TODAY_PAGE (object);

  g_clear_handle_id (&self->focus_idle, g_source_remove);
  g_clear_object (&self->workspace);
  g_clear_object (&self->library);
  G_OBJECT_CLASS (lm_today_page_parent_class)->dispose (object);
}

static void
lm_today_page_class_init (LmTodayPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lm_today_page_dispose;
  GTK_WIDGET_CLASS (klass)->map = lm_today_page_map;
}

static void
lm_today_page_init (LmTodayPage *self)
{
}

AdwNavigationPage *
lm_today_page_new (LmWorkspace *workspace, LmLibrary *library)
{
  LmTodayPage *self = g_object_new (LM_TYPE_TODAY_PAGE, "title", _ ("Today"), NULL);

  self->workspace = g_object_ref (workspace);
  self->library = g_object_ref (library);
  return ADW_NAVIGATION_PAGE (self);
}
