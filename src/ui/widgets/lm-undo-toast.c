/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "ui/lm-toast.h"
#include "ui/lm-window.h"
#include "ui/widgets/lm-undo-toast.h"

/* Undo beats asking: what was just done can be taken back for as long as the toast shows. */

#define WAY_BACK "lm-way-back"

typedef struct
{
  void (*undo) (gpointer data);
  gpointer data;
  GDestroyNotify data_free;
} WayBack;

static void
way_back_free (gpointer data)
{
  WayBack *way_back = data;

  way_back->data_free (way_back->data);
  g_free (way_back);
}

static void
clicked_cb (AdwToast *toast)
{
  WayBack *way_back = g_object_get_data (G_OBJECT (toast), WAY_BACK);

  way_back->undo (way_back->data);
}

/* Shows @toast, which it takes, with "Undo" on its button, in the place of the last one that had
 * it: toasts wait for each other, and Undo would take back what was done before. */
void
lm_undo_toast_show (GtkWidget *widget, AdwToast *toast)
{
  static GWeakRef last;
  g_autoptr (AdwToast) earlier = g_weak_ref_get (&last);

  if (earlier != NULL)
    adw_toast_dismiss (earlier);
  g_weak_ref_set (&last, toast);
  /* Long enough to be read and thought about. */
  adw_toast_set_timeout (toast, 10);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  lm_toast (widget, toast);
}

/**
 * lm_undo_toast_call:
 * @text: what was done
 * @undo: takes it back
 * @data: (transfer full): for @undo, which is called once at most
 *
 * As lm_undo_toast (), for what is taken back in another way.
 */
void
lm_undo_toast_call (GtkWidget *widget,
                    const char *text,
                    void (*undo) (gpointer data),
                    gpointer data,
                    GDestroyNotify data_free)
{
  AdwToast *toast = adw_toast_new (text);
  WayBack *way_back = g_new (WayBack, 1);

  *way_back = (WayBack) { undo, data, data_free };
  g_object_set_data_full (G_OBJECT (toast), WAY_BACK, way_back, way_back_free);
  g_signal_connect (toast, "button-clicked", G_CALLBACK (clicked_cb), NULL);
  lm_undo_toast_show (widget, toast);
}

typedef struct
{
  GWeakRef workspace;
  LmUndo *undo;
} Records;

static void
records_free (gpointer data)
{
  Records *records = data;

  g_weak_ref_clear (&records->workspace);
  lm_undo_unref (records->undo);
  g_free (records);
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) window = data;
  g_autoptr (GError) error = NULL;

  if (!lm_workspace_undo_finish (LM_WORKSPACE (source), result, &error))
    lm_toast_error (window, error);
}

static void
undo_records (gpointer data)
{
  Records *records = data;
  g_autoptr (LmWorkspace) workspace = g_weak_ref_get (&records->workspace);
  LmApplication *application = LM_APPLICATION (g_application_get_default ());

  if (workspace != NULL)
    lm_workspace_undo_async (workspace,
                             records->undo,
                             undone_cb,
                             g_object_ref (lm_window_find (application)));
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
  Records *records = g_new (Records, 1);

  g_weak_ref_init (&records->workspace, workspace);
  records->undo = lm_undo_ref (undo);
  lm_undo_toast_call (widget, text, undo_records, records, records_free);
}

typedef struct
{
  GtkWidget *widget;
  char *text;
  LmUndoFinish finish;
} Telling;

/**
 * lm_undo_telling_new:
 * @widget: where it is told
 * @text: what was done
 *
 * Returns: (transfer full): the data for lm_undo_tell ()
 */
gpointer
lm_undo_telling_new (GtkWidget *widget, const char *text, LmUndoFinish finish)
{
  Telling *telling = g_new (Telling, 1);

  *telling = (Telling) { g_object_ref (widget), g_strdup (text), finish };
  return telling;
}

/* A #GAsyncReadyCallback that tells what came of a change, with the way back; takes @data, which is
 * of lm_undo_telling_new (). */
void
lm_undo_tell (GObject *workspace, GAsyncResult *result, gpointer data)
{
  Telling *telling = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LmUndo) undo = telling->finish (LM_WORKSPACE (workspace), result, &error);

  if (undo != NULL)
    lm_undo_toast (telling->widget, LM_WORKSPACE (workspace), telling->text, undo);
  else
    lm_toast_error (telling->widget, error);
  g_object_unref (telling->widget);
  g_free (telling->text);
  g_free (telling);
}
