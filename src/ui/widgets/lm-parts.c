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
