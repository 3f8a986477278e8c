/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "journal/lm-citation.h"
#include "ui/journal/lm-citation-box.h"
#include "ui/widgets/lm-undo-toast.h"

struct _LmCitationBox
{
  GtkBox parent_instance;

  LmDraft *draft; /* nullable: to read only */
};

G_DEFINE_FINAL_TYPE (LmCitationBox, lm_citation_box, GTK_TYPE_BOX)

static void fill (LmCitationBox *self, LmContent *content);

/* Taking one away ------------------------------------------------------------------------------ */

static void
undo_cb (AdwToast *toast, LmCitationBox *self)
{
  LmCitation *citation = g_object_get_data (G_OBJECT (toast), "citation");

  if (self->draft == NULL)
    return;
  lm_content_add_citation (lm_draft_get_content (self->draft), citation);
  lm_draft_changed (self->draft);
  fill (self, lm_draft_get_content (self->draft));
}

static void
remove_cb (GtkButton *button, LmCitationBox *self)
{
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "index"));
  LmContent *content = lm_draft_get_content (self->draft);
  g_autoptr (GPtrArray) list = lm_content_list_citations (content);
  AdwToast *toast;

  if (index >= list->len || !lm_content_remove_citation (content, index))
    return;
  toast = adw_toast_new (_ ("Quotation removed"));
  g_object_set_data_full (G_OBJECT (toast),
                          "citation",
                          g_ptr_array_steal_index (list, index),
                          (GDestroyNotify) lm_citation_free);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_cb), self, 0);
  lm_draft_changed (self->draft);
  fill (self, content);
  lm_undo_toast_show (GTK_WIDGET (self), toast);
}

/* The whole ------------------------------------------------------------------------------------ */

static GtkWidget *
make_source (const LmCitation *citation)
{
  g_autofree char *target = lm_citation_to_target (citation);
  /* Translators: %s is the title of the article that words are quoted from */
  g_autofree char *text = g_strdup_printf (_ ("From “%s”"), citation->title);
  GtkWidget *button = gtk_button_new_with_label (text);
  GtkWidget *label = gtk_button_get_child (GTK_BUTTON (button));

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_hexpand (button, TRUE);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "caption");
  gtk_widget_set_tooltip_text (button, _ ("Open the article at this place"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.open-passage");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  return button;
}

static GtkWidget *
make_remove_button (LmCitationBox *self, guint index)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "dimmed");
  gtk_widget_set_tooltip_text (button, _ ("Remove this quotation"));
  g_object_set_data (G_OBJECT (button), "index", GUINT_TO_POINTER (index));
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), self, 0);
  return button;
}

static GtkWidget *
make_citation (LmCitationBox *self, const LmCitation *citation, guint index)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *below = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *words = g_object_new (GTK_TYPE_LABEL,
                                   "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_PARAGRAPH,
                                   "label",
                                   citation->text,
                                   NULL);

  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (words), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_label_set_selectable (GTK_LABEL (words), TRUE);
  gtk_widget_add_css_class (words, "lm-reading");
  gtk_widget_add_css_class (words, "lm-quote");
  gtk_box_append (GTK_BOX (below), make_source (citation));
  if (self->draft != NULL)
    gtk_box_append (GTK_BOX (below), make_remove_button (self, index));
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), below);
  return box;
}

static void
fill (LmCitationBox *self, LmContent *content)
{
  g_autoptr (GPtrArray) list = lm_content_list_citations (content);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_box_remove (GTK_BOX (self), child);
  for (guint i = 0; i < list->len; i++)
    gtk_box_append (GTK_BOX (self), make_citation (self, list->pdata[i], i));
  gtk_widget_set_visible (GTK_WIDGET (self), list->len > 0);
}

/* Shows the passages of @content, to look at. */
void
lm_citation_box_show (LmCitationBox *self, LmContent *content)
{
  g_clear_object (&self->draft);
  fill (self, content);
}

/* Shows those of @draft; they can be taken away. */
void
lm_citation_box_edit (LmCitationBox *self, LmDraft *draft)
{
  g_set_object (&self->draft, draft);
  fill (self, lm_draft_get_content (draft));
}

static void
lm_citation_box_dispose (GObject *object)
{
  g_clear_object (&LM_CITATION_BOX (object)->draft);
  G_OBJECT_CLASS (lm_citation_box_parent_class)->dispose (object);
}

static void
lm_citation_box_class_init (LmCitationBoxClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lm_citation_box_dispose;
}

static void
lm_citation_box_init (LmCitationBox *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 12);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
