/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "base/lm-text.h"
#include "ui/lm-toast.h"
#include "ui/today/lm-moment-line.h"
#include "ui/widgets/lm-parts.h"
#include "ui/widgets/lm-save-status.h"
#include "workspace/lm-guide-run.h"
#include "workspace/lm-suggestion.h"

/* One line, before it is gone. While it is typed it is a draft; Return makes an entry of it. */

struct _LmMomentLine
{
  AdwBin parent_instance;

  GtkEntry *entry;
  GtkWidget *keep_button;

  LmWorkspace *workspace;
  LmLibrary *library;
  LmGuideRun *run; /* nullable until something was typed */
};

G_DEFINE_FINAL_TYPE (LmMomentLine, lm_moment_line, ADW_TYPE_BIN)

enum
{
  SIGNAL_KEPT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* What was not kept by the person stays a draft, which Today offers; an empty one goes. */
static void
let_go (LmMomentLine *self)
{
  if (self->run == NULL)
    return;
  lm_draft_close (lm_guide_run_get_draft (self->run));
  g_clear_object (&self->run);
}

static void
changed_cb (LmMomentLine *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  LmGuide *guide;

  gtk_widget_set_sensitive (self->keep_button, !lm_text_is_blank (text));
  if (self->workspace == NULL)
    return;
  if (self->run == NULL)
    {
      g_autoptr (LmDraft) draft = NULL;

      guide = lm_library_find_guide (self->library, LM_GUIDE_ID_MOMENT);
      if (text[0] == '\0' || guide == NULL)
        return;
      draft = lm_workspace_begin (self->workspace, NULL);
      self->run = lm_guide_run_new (guide, draft, FALSE);
    }
  lm_answer_set_text (lm_guide_run_answer (self->run), text);
  lm_guide_run_changed (self->run);
}

static void
saved_cb (LmDraft *draft, GParamSpec *pspec, GtkWidget *window)
{
  g_autofree char *problem = lm_save_status_problem (draft);

  if (lm_draft_get_state (draft) == LM_DRAFT_WRITING)
    return;
  g_signal_handlers_disconnect_by_func (draft, saved_cb, window);
  lm_toast (window, adw_toast_new (problem != NULL ? problem : _ ("Saved in your journal")));
}

static void
keep_cb (LmMomentLine *self)
{
  g_autoptr (LmGuideRun) run = NULL;

  if (self->run == NULL || lm_text_is_blank (gtk_editable_get_text (GTK_EDITABLE (self->entry))))
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->entry));
      return;
    }
  run = g_steal_pointer (&self->run);
  lm_guide_run_finish (run);
  g_signal_connect_object (lm_guide_run_get_draft (run),
                           "notify::state",
                           G_CALLBACK (saved_cb),
                           gtk_widget_get_root (GTK_WIDGET (self)),
                           0);
  lm_draft_close (lm_guide_run_get_draft (run));
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  g_signal_emit (self, signals[SIGNAL_KEPT], 0);
}

static gboolean
lm_moment_line_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (LM_MOMENT_LINE (widget)->entry));
}

static void
lm_moment_line_dispose (GObject *object)
{
  LmMomentLine *self = LM_MOMENT_LINE (object);

  let_go (self);
  g_clear_object (&self->workspace);
  g_clear_object (&self->library);
  G_OBJECT_CLASS (lm_moment_line_parent_class)->dispose (object);
}

static void
lm_moment_line_class_init (LmMomentLineClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lm_moment_line_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = lm_moment_line_grab_focus;
  signals[SIGNAL_KEPT] = g_signal_new ("kept",
                                       G_TYPE_FROM_CLASS (klass),
                                       G_SIGNAL_RUN_LAST,
                                       0,
                                       NULL,
                                       NULL,
                                       NULL,
                                       G_TYPE_NONE,
                                       0);
}

static void
lm_moment_line_init (LmMomentLine *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->entry = GTK_ENTRY (gtk_entry_new ());
  self->keep_button = gtk_button_new_with_mnemonic (
      /* Translators: saves the line that was typed */
      C_ ("moment", "_Keep"));
  gtk_entry_set_placeholder_text (self->entry, _ ("What is here just now?"));
  gtk_entry_set_input_hints (self->entry, GTK_INPUT_HINT_PRIVATE);
  gtk_entry_set_max_length (self->entry, 2000);
  gtk_widget_set_hexpand (GTK_WIDGET (self->entry), TRUE);
  gtk_widget_set_sensitive (self->keep_button, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("A moment: one line"),
                                  -1);
  g_signal_connect_object (self->entry,
                           "changed",
                           G_CALLBACK (changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (keep_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->keep_button,
                           "clicked",
                           G_CALLBACK (keep_cb),
                           self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->entry));
  gtk_box_append (GTK_BOX (box), self->keep_button);
  adw_bin_set_child (ADW_BIN (self), box);
}

/* To be called once. */
void
lm_moment_line_begin (LmMomentLine *self, LmWorkspace *workspace, LmLibrary *library)
{
  self->workspace = g_object_ref (workspace);
  self->library = g_object_ref (library);
}

/* Anywhere in the app ------------------------------------------------------------------------- */

static void
closed_cb (AdwDialog *dialog, LmMomentLine *line)
{
  let_go (line);
}

/* Opens one line to type into over whatever shows. */
void
lm_moment_dialog_present (GtkWidget *parent, LmWorkspace *workspace, LmLibrary *library)
{
  AdwDialog *dialog = adw_dialog_new ();
  GtkWidget *view = adw_toolbar_view_new ();
  LmMomentLine *line = g_object_new (LM_TYPE_MOMENT_LINE, NULL);

  lm_moment_line_begin (line, workspace, library);
  gtk_widget_set_margin_top (GTK_WIDGET (line), 6);
  gtk_widget_set_margin_bottom (GTK_WIDGET (line), 24);
  gtk_widget_set_margin_start (GTK_WIDGET (line), 18);
  gtk_widget_set_margin_end (GTK_WIDGET (line), 18);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), lm_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), GTK_WIDGET (line));
  adw_dialog_set_title (dialog, _ ("A moment"));
  adw_dialog_set_content_width (dialog, 480);
  adw_dialog_set_child (dialog, view);
  adw_dialog_set_focus (dialog, GTK_WIDGET (line->entry));
  g_signal_connect_object (line, "kept", G_CALLBACK (adw_dialog_close), dialog, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "closed", G_CALLBACK (closed_cb), line, 0);
  adw_dialog_present (dialog, parent);
}
