/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/widgets/lm-parts.h"

/* Small parts that stand in many places. */

/* Returns: (transfer floating): a header bar with the way to "Help now" */
GtkWidget *
lm_header_bar_new (void)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *help = gtk_button_new_from_icon_name ("lm-help-symbolic");

  gtk_widget_set_tooltip_text (help, _ ("Help now"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (help), "win.help-now");
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), help);
  return header;
}

static void
make_menu (GtkMenuButton *button, gpointer menu)
{
  if (gtk_menu_button_get_popover (button) == NULL)
    gtk_menu_button_set_menu_model (button, menu);
}

/* Has @button open @menu, whose items are made then: they take longer than all that is around the
 * button. */
void
lm_menu_when_wanted (GtkMenuButton *button, GMenuModel *menu)
{
  gtk_menu_button_set_create_popup_func (button, make_menu, g_object_ref (menu), g_object_unref);
}

/* Lets the words of @button, which has its label already, be on several lines where there is little
 * room. */
void
lm_button_wrap (GtkButton *button)
{
  GtkLabel *label = GTK_LABEL (gtk_button_get_child (button));

  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_justify (label, GTK_JUSTIFY_CENTER);
}

/* Returns: (transfer floating): a row of the sidebar */
GtkWidget *
lm_place_row_new (const char *title, const char *icon)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return row;
}

/**
 * lm_link_row_new:
 * @icon: (nullable): shown in front
 * @action: what happens when it is activated
 * @target: (nullable): of @action
 *
 * Returns: (transfer floating): a row of a boxed list that leads somewhere
 */
GtkWidget *
lm_link_row_new (const char *title,
                 const char *subtitle,
                 const char *icon,
                 const char *action,
                 const char *target)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *image = icon != NULL ? gtk_image_new_from_icon_name (icon) : NULL;
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");

  /* Titles may be the person's own words. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle != NULL ? subtitle : "");
  if (image != NULL)
    adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), action);
  if (target != NULL)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", target);
  return row;
}

/**
 * lm_reading_list_new:
 * @box: (out) (transfer none): what stands in it, one under the other
 *
 * Returns: (transfer floating): room for lists, as wide as is good to read
 */
GtkWidget *
lm_reading_list_new (GtkWidget **box)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 620);
  adw_clamp_set_child (ADW_CLAMP (clamp), *box);
  gtk_widget_set_margin_top (clamp, 18);
  gtk_widget_set_margin_bottom (clamp, 36);
  gtk_widget_set_margin_start (clamp, 16);
  gtk_widget_set_margin_end (clamp, 16);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller),
                                  GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  return scroller;
}

/* Returns: (transfer floating): @button, which shows @text and is called @spoken: a button's own
 * label would be its name, whatever else is said. */
GtkWidget *
lm_spoken_button (GtkWidget *button, const char *text, const char *spoken)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken,
                                  -1);
  return button;
}

/* Returns: (transfer floating): a link that the system's browser opens, only if somebody clicks */
GtkWidget *
lm_doi_link_new (const char *doi)
{
  g_autofree char *uri = g_strdup_printf ("https://doi.org/%s", doi);
  GtkWidget *link = gtk_link_button_new_with_label (uri, doi);

  gtk_widget_set_halign (link, GTK_ALIGN_START);
  gtk_widget_add_css_class (link, "caption");
  gtk_widget_add_css_class (link, "lm-doi");
  return link;
}

/**
 * lm_calendar_new:
 * @label: what the day is for
 *
 * A calendar whose four arrows have names: GTK 4.18 gives them none.
 *
 * Returns: a #GtkCalendar
 */
GtkWidget *
lm_calendar_new (const char *label)
{
  const char *names[] = { _ ("Month before"),
                          _ ("Next month"),
                          _ ("Year before"),
                          _ ("Next year") };
  GtkWidget *calendar = gtk_calendar_new ();
  GtkWidget *header = gtk_widget_get_first_child (calendar);
  guint n = 0;

  gtk_accessible_update_property (GTK_ACCESSIBLE (calendar),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label,
                                  -1);
  for (GtkWidget *child = header != NULL ? gtk_widget_get_first_child (header) : NULL;
       child != NULL && n < G_N_ELEMENTS (names);
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_BUTTON (child))
      gtk_accessible_update_property (GTK_ACCESSIBLE (child),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      names[n++],
                                      -1);
  return calendar;
}

/* In large letters @calendar is wider than a narrow window, and a page is as wide as what is hidden
 * on it. Returns: (transfer floating): what scrolls it sideways there */
GtkWidget *
lm_calendar_scroller (GtkWidget *calendar)
{
  GtkScrolledWindow *scroller = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());

  gtk_scrolled_window_set_policy (scroller, GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_propagate_natural_width (scroller, TRUE);
  gtk_scrolled_window_set_child (scroller, calendar);
  return GTK_WIDGET (scroller);
}

static void
show_group (GListModel *model, guint position, guint removed, guint added, GtkWidget *group)
{
  gtk_widget_set_visible (group, g_list_model_get_n_items (model) > 0);
}

/**
 * lm_model_group_new:
 * @make_row: makes a row of an item; called with @data
 * @data: an object, kept as long as the group
 *
 * Returns: a group of rows that is seen only while there is something in @model
 */
GtkWidget *
lm_model_group_new (const char *title,
                    const char *description,
                    GListModel *model,
                    GtkListBoxCreateWidgetFunc make_row,
                    gpointer data)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *list = gtk_list_box_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_list_box_bind_model (GTK_LIST_BOX (list),
                           model,
                           make_row,
                           g_object_ref (data),
                           g_object_unref);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), list);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (show_group), group, 0);
  show_group (model, 0, 0, 0, group);
  return group;
}
