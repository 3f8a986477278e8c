/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/lm-main-menu.h"
#include "ui/widgets/lm-focus.h"
#include "ui/widgets/lm-parts.h"

/* The main menu. Its button is above the list of places, which a narrow window shows only on the
 * way from one to another, and GTK's F10 opens nothing there. */

#define MAIN_MENU "lm-main-menu"

/* In which what was there before shows, if nothing else was chosen to show. */
#define FRAMES_MAX 30

typedef struct
{
  AdwNavigationSplitView *split; /* owns this */
  GtkMenuButton *button;
  GtkWidget *before; /* owned, nullable: what had the keyboard where F10 was pressed */
  guint frames;      /* how many more it is waited for */
} MainMenu;

static void
main_menu_free (gpointer data)
{
  MainMenu *main_menu = data;

  g_clear_object (&main_menu->before);
  g_free (main_menu);
}

/* After the frame in which the menu goes: it leaves the keyboard to its button. */
static gboolean
gone_cb (GtkWidget *split, GdkFrameClock *clock, gpointer data)
{
  MainMenu *main_menu = g_object_get_data (G_OBJECT (split), MAIN_MENU);
  g_autoptr (GtkWidget) before = NULL;
  GtkWidget *focus;

  if (main_menu->before == NULL)
    return G_SOURCE_REMOVE;
  if (!gtk_widget_get_mapped (main_menu->before) && --main_menu->frames > 0)
    return G_SOURCE_CONTINUE;
  before = g_steal_pointer (&main_menu->before);
  focus = gtk_root_get_focus (gtk_widget_get_root (split));
  if (gtk_widget_get_mapped (before) &&
      (focus == NULL || gtk_widget_get_ancestor (focus, ADW_TYPE_DIALOG) == NULL))
    lm_focus_give (before);
  return G_SOURCE_REMOVE;
}

/* The menu is closed: what was there before shows again. */
static void
active_cb (GObject *split)
{
  MainMenu *main_menu = g_object_get_data (split, MAIN_MENU);

  if (main_menu->before == NULL || gtk_menu_button_get_active (main_menu->button))
    return;
  adw_navigation_split_view_set_show_content (main_menu->split, TRUE);
  main_menu->frames = FRAMES_MAX;
  gtk_widget_add_tick_callback (GTK_WIDGET (split), gone_cb, NULL, NULL);
}

/* Returns: whether GTK would find no menu to open */
static gboolean
open_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  MainMenu *main_menu = data;
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  AdwNavigationPage *sidebar = adw_navigation_split_view_get_sidebar (main_menu->split);

  if (!adw_navigation_split_view_get_collapsed (main_menu->split) ||
      !adw_navigation_split_view_get_show_content (main_menu->split) ||
      !gtk_widget_get_visible (GTK_WIDGET (sidebar)))
    return GDK_EVENT_PROPAGATE;
  g_clear_object (&main_menu->before);
  main_menu->before = g_object_ref (focus != NULL ? focus : widget);
  adw_navigation_split_view_set_show_content (main_menu->split, FALSE);
  gtk_menu_button_popup (main_menu->button);
  return GDK_EVENT_STOP;
}

/**
 * lm_main_menu_add:
 * @button: in the sidebar of @split
 *
 * Has @button open @menu, and F10 from every page.
 */
void
lm_main_menu_add (AdwNavigationSplitView *split, GtkMenuButton *button, GMenuModel *menu)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();
  MainMenu *main_menu = g_new0 (MainMenu, 1);

  lm_menu_when_wanted (button, menu);
  *main_menu = (MainMenu) { .split = split, .button = button };
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_F10, GDK_NO_MODIFIER_MASK),
                        gtk_callback_action_new (open_cb, main_menu, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (split), controller);
  g_object_set_data_full (G_OBJECT (split), MAIN_MENU, main_menu, main_menu_free);
  g_signal_connect_object (button,
                           "notify::active",
                           G_CALLBACK (active_cb),
                           split,
                           G_CONNECT_SWAPPED);
}
