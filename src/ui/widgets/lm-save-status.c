/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/widgets/lm-save-status.h"
#include "workspace/lm-error-text.h"
#include "workspace/lm-phrases.h"

/* Says in a few words how safe the text is: writing, saved at, not saved. */

struct _LmSaveStatus
{
  AdwBin parent_instance;

  GtkLabel *label;
  LmDraft *draft;
};

G_DEFINE_FINAL_TYPE (LmSaveStatus, lm_save_status, ADW_TYPE_BIN)

static char *
text_of (LmDraft *draft)
{
  g_autofree char *time = NULL;

  switch (lm_draft_get_state (draft))
    {
    case LM_DRAFT_WRITING:
      return g_strdup (_ ("Writing…"));
    case LM_DRAFT_SAVED:
      time = lm_phrase_time (lm_draft_get_saved_at (draft));
      /* Translators: %s is a time of day, as in "21:04" */
      return g_strdup_printf (C_ ("time of day", "Saved %s"), time);
    case LM_DRAFT_FAILED:
      return g_strdup (_ ("Not saved"));
    case LM_DRAFT_QUIET:
    default:
      return g_strdup ("");
    }
}

static void
show_state (LmSaveStatus *self)
{
  g_autofree char *text = text_of (self->draft);
  gboolean failed = lm_draft_get_state (self->draft) == LM_DRAFT_FAILED;

  gtk_label_set_label (self->label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->label),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text,
                                  -1);
  if (failed)
    gtk_widget_add_css_class (GTK_WIDGET (self->label), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->label), "error");
}

/* Returns: (transfer full) (nullable): why saving failed and what to do; %NULL if all is well */
char *
lm_save_status_problem (LmDraft *draft)
{
  g_autofree char *why = NULL;

  if (lm_draft_get_state (draft) != LM_DRAFT_FAILED)
    return NULL;
  why = lm_error_text (lm_draft_get_error (draft));
  switch (lm_draft_get_kept (draft))
    {
    case LM_KEPT_DRAFT:
      /* Translators: %s is a sentence that says why and what to do */
      return g_strdup_printf (_ ("Not saved, but kept as a draft on this computer. %s"), why);
    case LM_KEPT_ASIDE:
      /* Translators: %s is a sentence that says why and what to do */
      return g_strdup_printf (_ ("Not saved. The text is kept until you log out, no longer. %s"),
                              why);
    case LM_KEPT_NOWHERE:
    default:
      /* Translators: %s is a sentence that says why and what to do */
      return g_strdup_printf (_ ("Not saved. %s"), why);
    }
}

static void
show_problem (LmDraft *draft, GParamSpec *pspec, AdwBanner *banner)
{
  g_autofree char *problem = lm_save_status_problem (draft);

  /* Hidden, it would still be read out. */
  adw_banner_set_title (banner, problem != NULL ? problem : "");
  adw_banner_set_revealed (banner, problem != NULL);
}

/* Has @banner say what is wrong with @draft, from now on, and with no other. */
void
lm_save_status_show_on (AdwBanner *banner, LmDraft *draft)
{
  LmDraft *before = g_object_get_data (G_OBJECT (banner), "draft");

  if (before != draft)
    {
      if (before != NULL)
        g_signal_handlers_disconnect_by_func (before, show_problem, banner);
      g_object_set_data_full (G_OBJECT (banner), "draft", g_object_ref (draft), g_object_unref);
      g_signal_connect_object (draft, "notify::state", G_CALLBACK (show_problem), banner, 0);
    }
  show_problem (draft, NULL, banner);
}

/* Follows @draft from now on. */
void
lm_save_status_set_draft (LmSaveStatus *self, LmDraft *draft)
{
  g_set_object (&self->draft, draft);
  g_signal_connect_object (draft,
                           "notify::state",
                           G_CALLBACK (show_state),
                           self,
                           G_CONNECT_SWAPPED);
  show_state (self);
}

static void
lm_save_status_dispose (GObject *object)
{
  g_clear_object (&LM_SAVE_STATUS (object)->draft);
  G_OBJECT_CLASS (lm_save_status_parent_class)->dispose (object);
}

static void
lm_save_status_class_init (LmSaveStatusClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lm_save_status_dispose;
}

static void
lm_save_status_init (LmSaveStatus *self)
{
  /* A status is read out when it changes. */
  self->label = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, NULL);
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "dimmed");
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "numeric");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->label));
}
