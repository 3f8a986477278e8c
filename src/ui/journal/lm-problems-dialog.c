/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/journal/lm-losses-group.h"
#include "ui/journal/lm-problems-dialog.h"
#include "ui/widgets/lm-parts.h"
#include "workspace/lm-error-text.h"
#include "workspace/lm-problem-item.h"

/* The files that are not shown, by name, each with the reason and what to do. */

static GtkWidget *
make_row (gpointer item, gpointer data)
{
  const GError *error = lm_problem_item_get_error (item);
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *text =
      error != NULL ? lm_error_text (error)
                    : g_strdup (_ ("Another copy of an entry, as sync programs make them. "
                                   "It is kept as it is."));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), lm_problem_item_get_file (item));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_preferences_row_set_title_selectable (ADW_PREFERENCES_ROW (row), TRUE);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

AdwDialog *
lm_problems_dialog_new (LmWorkspace *workspace)
{
  AdwDialog *dialog = adw_dialog_new ();
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *toasts = adw_toast_overlay_new ();

  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (group),
      _ ("These files are not shown. Nobody changes or deletes them."));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_bind_model (GTK_LIST_BOX (list),
                           lm_workspace_get_problems (workspace),
                           make_row,
                           NULL,
                           NULL);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), list);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page),
                            ADW_PREFERENCES_GROUP (lm_losses_group_new (workspace)));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  gtk_widget_set_visible (group,
                          g_list_model_get_n_items (lm_workspace_get_problems (workspace)) > 0);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (toasts), page);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), lm_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), toasts);
  adw_dialog_set_title (dialog, _ ("Files left alone"));
  adw_dialog_set_content_width (dialog, 560);
  adw_dialog_set_content_height (dialog, 480);
  adw_dialog_set_child (dialog, view);
  return dialog;
}
