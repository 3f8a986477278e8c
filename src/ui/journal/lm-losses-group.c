/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "base/lm-text.h"
#include "ui/journal/lm-losses-group.h"
#include "ui/lm-toast.h"
#include "ui/widgets/lm-parts.h"
#include "workspace/lm-loss-item.h"
#include "workspace/lm-phrases.h"

/* What is not as this computer last saw it: each with what happened, and what to do. */

static const char *
what_happened (LmLossItem *item)
{
  gboolean can_undo = lm_loss_item_get_lost (item) != NULL;

  switch (lm_loss_item_get_kind (item))
    {
    case LM_LOSS_OLDER:
      return can_undo ? _ ("An older text stands here. This computer still has the newer one.")
                      : _ ("An older text stands here, and the newer one is not on this computer. "
                           "Another computer or a backup may have it.");
    case LM_LOSS_REPLACED:
      return _ (
          "Another computer’s text took the place of what you wrote here. Yours can come back "
          "beside it.");
    case LM_LOSS_MISSING:
    default:
      return can_undo
                 ? _ ("It was here, and its file is gone. This computer still has the text. If "
                      "the journal is synced, it may still be arriving.")
                 : _ ("It was here, and its file is gone. If the journal is synced, it may "
                      "still be arriving.");
    }
}

static char *
title_of (LmLossItem *item)
{
  LmRecord *lost = lm_loss_item_get_lost (item), *present = lm_loss_item_get_present (item);
  LmRecord *record = lost != NULL ? lost : present;

  if (record == NULL)
    return g_strdup (_ ("Something that was written elsewhere"));
  if (!lm_text_is_blank (record->title))
    return g_strdup (record->title);
  if (!lm_text_is_blank (record->excerpt))
    return lm_text_excerpt (record->excerpt, 60);
  return lm_text_capitalize (lm_phrase_day_and_time (record->created));
}

static void
decided_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) row = data;
  g_autoptr (GError) error = NULL;

  if (lm_workspace_decide_loss_finish (LM_WORKSPACE (source), result, &error))
    return;
  gtk_widget_set_sensitive (row, TRUE);
  lm_toast_error (row, error);
}

static void
decide (GtkWidget *button, gboolean undo)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, ADW_TYPE_ACTION_ROW);
  LmLossItem *item = g_object_get_data (G_OBJECT (button), "item");
  LmWorkspace *workspace = g_object_get_data (G_OBJECT (button), "workspace");

  gtk_widget_set_sensitive (row, FALSE);
  if (undo)
    lm_workspace_undo_loss_async (workspace, item, decided_cb, g_object_ref (row));
  else
    lm_workspace_accept_loss_async (workspace, item, decided_cb, g_object_ref (row));
}

static void
undo_cb (GtkWidget *button, gpointer data)
{
  decide (button, TRUE);
}

static void
accept_cb (GtkWidget *button, gpointer data)
{
  decide (button, FALSE);
}

static GtkWidget *
make_button (LmWorkspace *workspace,
             LmLossItem *item,
             const char *label,
             const char *title,
             GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_object_set_data_full (G_OBJECT (button), "item", g_object_ref (item), g_object_unref);
  g_object_set_data_full (G_OBJECT (button), "workspace", g_object_ref (workspace), g_object_unref);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  /* All buttons would sound alike otherwise. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  title,
                                  -1);
  g_signal_connect (button, "clicked", callback, NULL);
  return button;
}

static GtkWidget *
make_row (gpointer object, gpointer data)
{
  LmLossItem *item = object;
  LmWorkspace *workspace = data;
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autofree char *title = title_of (item);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), what_happened (item));
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  if (lm_loss_item_get_lost (item) != NULL)
    gtk_box_append (
        GTK_BOX (box),
        make_button (workspace, item, C_ ("entry", "_Bring back"), title, G_CALLBACK (undo_cb)));
  gtk_box_append (GTK_BOX (box),
                  make_button (workspace, item, _ ("_Leave it so"), title, G_CALLBACK (accept_cb)));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

/* Returns: (transfer floating): a group that is seen only while there is something in it */
GtkWidget *
lm_losses_group_new (LmWorkspace *workspace)
{
  return lm_model_group_new (
      _ ("Not as it was"),
      _ ("The last time this computer saw the journal, these were different. A backup that was "
         "brought back does this, a sync program that went wrong, or somebody else."),
      lm_workspace_get_losses (workspace),
      make_row,
      workspace);
}
