/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "ui/journal/lm-entries.h"
#include "ui/journal/lm-row-focus.h"
#include "ui/lm-toast.h"
#include "ui/widgets/lm-undo-toast.h"

/* Entries by their ids, as actions name them; into the trash and out of it, with the way back in a
 * toast. */

/* Returns: (transfer none) (nullable): the draft of the entry with that id */
LmEntry *
lm_entries_find_draft (LmWorkspace *workspace, const char *id)
{
  GListModel *drafts = lm_workspace_get_drafts (workspace);

  for (guint i = 0; i < g_list_model_get_n_items (drafts); i++)
    {
      g_autoptr (LmEntry) draft = g_list_model_get_item (drafts, i);

      if (g_str_equal (lm_id_format (lm_entry_get_id (draft)).digits, id))
        return draft; /* the list keeps it */
    }
  return NULL;
}

typedef struct
{
  GtkWidget *widget;
  LmId id;
  gboolean show; /* it comes back, and is to be seen */
} Change;

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Change *change = data;
  g_autoptr (GtkWidget) widget = change->widget;
  g_autoptr (GError) error = NULL;

  if (!lm_workspace_set_deleted_finish (LM_WORKSPACE (source), result, &error))
    lm_toast_error (widget, error);
  else if (change->show)
    /* A list stays with the rows that are to be seen: the first comes back above them. */
    lm_row_focus_set (widget, &change->id);
}

static guint
set_deleted (GtkWidget *widget, LmWorkspace *workspace, const char *ids, gboolean deleted)
{
  g_auto (GStrv) each = g_strsplit (ids, " ", -1);
  guint n = 0;

  for (guint i = 0; each[i] != NULL; i++)
    {
      LmId id;
      LmEntry *entry =
          lm_id_parse (each[i], -1, &id) ? lm_workspace_find_entry (workspace, &id) : NULL;
      Change *change;

      if (entry == NULL)
        continue;
      change = g_new (Change, 1);
      *change = (Change) { g_object_ref (widget), id, !deleted && n == 0 };
      lm_workspace_set_deleted_async (workspace, entry, deleted, deleted_cb, change);
      n++;
    }
  return n;
}

/**
 * lm_entries_restore:
 * @page: where an error is told; if it has a list, the first is shown there
 * @ids: separated by spaces
 *
 * Returns: how many of them there are
 */
guint
lm_entries_restore (GtkWidget *page, LmWorkspace *workspace, const char *ids)
{
  return set_deleted (page, workspace, ids, FALSE);
}

/**
 * lm_entries_trash:
 * @widget: where an error, and the way back, is told
 * @ids: separated by spaces
 *
 * Returns: how many of them there are
 */
guint
lm_entries_trash (GtkWidget *widget, LmWorkspace *workspace, const char *ids)
{
  guint n = set_deleted (widget, workspace, ids, TRUE);
  g_autofree char *text = NULL;
  AdwToast *toast;

  if (n == 0)
    return 0;
  text = n == 1 ? g_strdup (_ ("Moved to the trash"))
                : g_strdup_printf (
                      ngettext ("%u entry moved to the trash", "%u entries moved to the trash", n),
                      n);
  toast = adw_toast_new (text);
  adw_toast_set_action_name (toast, "win.restore-entries");
  adw_toast_set_action_target_value (toast, g_variant_new_string (ids));
  lm_undo_toast_show (widget, toast);
  return n;
}
