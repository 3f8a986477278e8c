/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/lm-situation-banner.h"
#include "ui/lm-toast.h"
#include "workspace/lm-conflicts.h"
#include "workspace/lm-phrases.h"
#include "workspace/lm-situation.h"

/* One banner for all pages, which says what is unlike it should be, and what to do. */

static char *
text_of (LmWorkspace *workspace)
{
  g_autoptr (GDateTime) now = NULL;
  g_autofree char *today = NULL;
  g_autofree char *then = NULL;

  switch (lm_workspace_get_situation (workspace))
    {
    case LM_SITUATION_AWAY:
      return g_strdup (_ ("The journal’s folder is not there any more. A drive may have been taken "
                          "out. What you write is kept as a draft on this computer."));
    case LM_SITUATION_MOVED:
      return g_strdup (
          _ ("This journal was in another folder before. It can only be read until you "
             "say whether it moved."));
    case LM_SITUATION_COPY:
      return g_strdup (_ ("This is a copy of your journal. It can only be read."));
    case LM_SITUATION_CLOCK:
      now = lm_clock_now (lm_workspace_get_clock (workspace));
      today = lm_phrase_day_with_year (now);
      then = lm_phrase_day_with_year (lm_workspace_get_last_day (workspace));
      /* Translators: both are dates */
      return g_strdup_printf (_ ("The clock of this computer says %1$s, but you wrote here on %2$s "
                                 "already. New entries get the clock’s date: check the clock."),
                              today,
                              then);
    case LM_SITUATION_SHARED:
      return g_strdup (_ ("Another program on this computer has this journal open. Both can write; "
                          "deleting for good waits until it is closed there."));
    case LM_SITUATION_NONE:
    default:
      return NULL;
    }
}

static const char *
label_of (LmSituation situation)
{
  switch (situation)
    {
    case LM_SITUATION_AWAY:
      return _ ("_Look again");
    case LM_SITUATION_MOVED:
    case LM_SITUATION_COPY:
      return _ ("_Decide…");
    case LM_SITUATION_CLOCK:
    case LM_SITUATION_SHARED:
      return C_ ("message", "_Hide");
    case LM_SITUATION_NONE:
    default:
      return NULL;
    }
}

static void
show_situation (LmWorkspace *workspace, GParamSpec *pspec, AdwBanner *banner)
{
  g_autofree char *text = text_of (workspace);

  if (text != NULL)
    {
      adw_banner_set_title (banner, text);
      adw_banner_set_button_label (banner, label_of (lm_workspace_get_situation (workspace)));
    }
  adw_banner_set_revealed (banner, text != NULL);
}

/* Moved, or a copy ----------------------------------------------------------------------------- */

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) banner = data;
  g_autoptr (GError) error = NULL;

  if (!lm_workspace_answer_moved_finish (LM_WORKSPACE (source), result, &error))
    lm_toast_error (banner, error);
}

static void
response_cb (AdwAlertDialog *dialog, const char *response, GtkWidget *banner)
{
  LmWorkspace *workspace = g_object_get_data (G_OBJECT (dialog), "workspace");

  if (!g_str_equal (response, "later"))
    lm_workspace_answer_moved_async (workspace,
                                     g_str_equal (response, "moved"),
                                     answered_cb,
                                     g_object_ref (banner));
}

static void
ask_moved (GtkWidget *banner, LmWorkspace *workspace)
{
  AdwDialog *dialog = adw_alert_dialog_new (_ ("Moved, or a copy?"), NULL);

  adw_alert_dialog_format_body (
      ADW_ALERT_DIALOG (dialog),
      /* Translators: both are folders */
      _ ("This journal was in “%1$s” and is in “%2$s” now.\n\n"
         "If you moved it, go on here. If this is a copy, it can only be read: two that are both "
         "written in would grow apart."),
      lm_workspace_get_folder_before (workspace),
      lm_workspace_get_path (workspace));
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog),
                                  "later",
                                  _ ("_Later"),
                                  "copy",
                                  _ ("It is a _copy"),
                                  "moved",
                                  _ ("I _moved it"),
                                  NULL);
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "later");
  g_object_set_data_full (G_OBJECT (dialog), "workspace", g_object_ref (workspace), g_object_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), banner, 0);
  adw_dialog_present (dialog, banner);
}

static void
clicked_cb (AdwBanner *banner, LmWorkspace *workspace)
{
  switch (lm_workspace_get_situation (workspace))
    {
    case LM_SITUATION_AWAY:
      lm_workspace_rescan (workspace);
      break;
    case LM_SITUATION_MOVED:
    case LM_SITUATION_COPY:
      ask_moved (GTK_WIDGET (banner), workspace);
      break;
    case LM_SITUATION_CLOCK:
    case LM_SITUATION_SHARED:
      lm_workspace_hide_situation (workspace);
      break;
    case LM_SITUATION_NONE:
    default:
      break;
    }
}

/* Has @banner tell of the situation from now on. */
void
lm_situation_banner_follow (AdwBanner *banner, LmWorkspace *workspace)
{
  g_signal_connect_object (workspace, "notify::situation", G_CALLBACK (show_situation), banner, 0);
  g_signal_connect_object (banner, "button-clicked", G_CALLBACK (clicked_cb), workspace, 0);
  show_situation (workspace, NULL, banner);
}
