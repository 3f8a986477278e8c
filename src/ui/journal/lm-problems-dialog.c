/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "base/lm-text.h"
#include "ui/journal/lm-disputes-group.h"
#include "ui/journal/lm-losses-group.h"
#include "ui/journal/lm-problems-dialog.h"
#include "ui/lm-toast.h"
#include "ui/widgets/lm-parts.h"
#include "workspace/lm-error-text.h"
#include "workspace/lm-phrases.h"
#include "workspace/lm-problem-item.h"

/* The files that are not shown, by name, each with the reason and what to do. Where the person can
 * decide, the text itself is the title: a name of 32 digits says nothing. */

static const struct
{
  LmProblemAction action;
  const char *label;
} answers[] = {
  { LM_PROBLEM_TAKE_IN, N_ ("_Take it in") },
  { LM_PROBLEM_BRING_OURS, N_ ("Bring _mine back") },
  { LM_PROBLEM_TAKE_BACK, N_ ("Take it _back") },
  { LM_PROBLEM_DELETE_AGAIN, N_ ("_Delete it again…") },
  { LM_PROBLEM_REMOVE_KEY, N_ ("_Remove the key file") },
};

/* Returns: (transfer full): what the file says, or its name where that is not to be told */
static char *
title_of (LmProblemItem *item)
{
  LmRecord *record = lm_problem_item_get_record (item);

  if (record == NULL)
    return g_strdup (lm_problem_item_get_file (item));
  if (!lm_text_is_blank (record->title))
    return g_strdup (record->title);
  if (!lm_text_is_blank (record->excerpt))
    return lm_text_excerpt (record->excerpt, 120);
  return lm_text_capitalize (lm_phrase_day_and_time (record->created));
}

static char *
subtitle_of (LmProblemItem *item)
{
  const GError *error = lm_problem_item_get_error (item);
  LmRecord *record = lm_problem_item_get_record (item);
  g_autofree char *text =
      error != NULL ? lm_error_text (error)
                    : g_strdup (_ ("Another copy of an entry, as sync programs make them. "
                                   "It is kept as it is."));
  g_autofree char *time = NULL;

  if (record == NULL)
    return g_steal_pointer (&text);
  time = lm_phrase_day_and_time (record->modified != NULL ? record->modified : record->created);
  /* Translators: the first is a day and a time, the second says why a file is not shown, the last
   * is its name */
  return g_strdup_printf (_ ("Saved %1$s. %2$s\n%3$s"),
                          time,
                          text,
                          lm_problem_item_get_file (item));
}

/* Deciding ------------------------------------------------------------------------------------- */

static void
settled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) row = data;
  g_autoptr (GError) error = NULL;

  if (lm_workspace_settle_problem_finish (LM_WORKSPACE (source), result, &error))
    return;
  gtk_widget_set_sensitive (row, TRUE);
  lm_toast_error (row, error);
}

static void
settle (GtkWidget *button)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, ADW_TYPE_ACTION_ROW);

  gtk_widget_set_sensitive (row, FALSE);
  lm_workspace_settle_problem_async (
      g_object_get_data (G_OBJECT (button), "workspace"),
      g_object_get_data (G_OBJECT (button), "item"),
      GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "action")),
      settled_cb,
      g_object_ref (row));
}

static void
answered_cb (AdwAlertDialog *dialog, const char *response, GtkWidget *button)
{
  if (g_str_equal (response, "delete"))
    settle (button);
}

/* No undo brings this back. */
static void
ask_first (GtkWidget *button)
{
  AdwDialog *dialog = adw_alert_dialog_new (_ ("Delete it for good again?"), NULL);

  adw_alert_dialog_set_body (
      ADW_ALERT_DIALOG (dialog),
      _ ("This text was deleted for good before and has come back. It goes at once, with the "
         "copies "
         "of it in the snapshots on this computer. Nothing brings it back.\n\n"
         "Sync services and backups may keep old copies, still encrypted."));
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog),
                                  "cancel",
                                  /* Translators: not to delete the text */
                                  C_ ("text", "_Keep"),
                                  "delete",
                                  /* Translators: the text that came back */
                                  C_ ("text", "_Delete for good"),
                                  NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog),
                                            "delete",
                                            ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (answered_cb), button, 0);
  adw_dialog_present (dialog, button);
}

static void
clicked_cb (GtkWidget *button, gpointer data)
{
  if (GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "action")) == LM_PROBLEM_DELETE_AGAIN)
    ask_first (button);
  else
    settle (button);
}

static GtkWidget *
make_button (LmWorkspace *workspace, LmProblemItem *item, LmProblemAction action, const char *label)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);
  g_autofree char *title = title_of (item);

  g_object_set_data_full (G_OBJECT (button), "item", g_object_ref (item), g_object_unref);
  g_object_set_data_full (G_OBJECT (button), "workspace", g_object_ref (workspace), g_object_unref);
  g_object_set_data (G_OBJECT (button), "action", GUINT_TO_POINTER (action));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  /* All buttons would sound alike otherwise. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  title,
                                  -1);
  g_signal_connect (button, "clicked", G_CALLBACK (clicked_cb), NULL);
  return button;
}

/* The list ----------------------------------------------------------------------------------------
 */

static GtkWidget *
make_row (gpointer object, gpointer data)
{
  LmProblemItem *item = object;
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autofree char *title = title_of (item);
  g_autofree char *subtitle = subtitle_of (item);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_preferences_row_set_title_selectable (ADW_PREFERENCES_ROW (row), TRUE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    if (lm_problem_item_offers (item, answers[i].action))
      gtk_box_append (GTK_BOX (box),
                      make_button (data, item, answers[i].action, _ (answers[i].label)));
  if (lm_problem_item_asks (item))
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), box);
  else
    g_object_unref (g_object_ref_sink (box));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

AdwDialog *
lm_problems_dialog_new (LmWorkspace *workspace)
{
  AdwDialog *dialog = adw_dialog_new ();
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *toasts = adw_toast_overlay_new ();

  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page),
                            ADW_PREFERENCES_GROUP (lm_losses_group_new (workspace)));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page),
                            ADW_PREFERENCES_GROUP (lm_disputes_group_new (workspace)));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page),
                            ADW_PREFERENCES_GROUP (lm_model_group_new (
                                _ ("Files left alone"),
                                _ ("These files are not shown. Nobody changes or deletes them."),
                                lm_workspace_get_problems (workspace),
                                make_row,
                                workspace)));
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (toasts), page);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), lm_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), toasts);
  adw_dialog_set_title (dialog, _ ("Files left alone"));
  adw_dialog_set_content_width (dialog, 560);
  adw_dialog_set_content_height (dialog, 480);
  adw_dialog_set_child (dialog, view);
  return dialog;
}
