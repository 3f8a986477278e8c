/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "ui/lm-window.h"
#include "ui/widgets/lm-undo-toast.h"

/* Undo beats asking: what was just done can be taken back for as long as the toast shows. */

#define UNDO "lm-undo"

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) window = data;
  g_autoptr (GError) error = NULL;

  if (!lm_workspace_undo_finish (LM_WORKSPACE (source), result, &error))
    lm_toast_error (window, error);
}

static void
clicked_cb (AdwToast *toast, LmWorkspace *workspace)
{
  LmUndo *undo = g_object_get_data (G_OBJECT (toast), UNDO);
  LmApplication *application = LM_APPLICATION (g_application_get_default ());

  lm_workspace_undo_async (workspace, undo, undone_cb, g_object_ref (lm_window_find (application)));
}

/**
 * lm_undo_toast:
 * @text: what was done
 * @undo: (transfer none): how to take it back
 *
 * Tells what was done, where @widget is.
 */
void
lm_undo_toast (GtkWidget *widget, LmWorkspace *workspace, const char *text, LmUndo *undo)
{
  static GWeakRef last;
  g_autoptr (AdwToast) earlier = g_weak_ref_get (&last);
  AdwToast *toast = adw_toast_new (text);

  /* Toasts wait for each other: Undo would take back what was done before. */
  if (earlier != NULL)
    adw_toast_dismiss (earlier);
  g_weak_ref_set (&last, toast);
  /* Long enough to be read and thought about. */
  adw_toast_set_timeout (toast, 10);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  g_object_set_data_full (G_OBJECT (toast),
                          UNDO,
                          lm_undo_ref (undo),
                          (GDestroyNotify) lm_undo_unref);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (clicked_cb), workspace, 0);
  lm_toast (widget, toast);
}
