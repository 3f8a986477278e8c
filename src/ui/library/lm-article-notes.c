/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "base/lm-text.h"
#include "journal/lm-citation.h"
#include "ui/library/lm-article-notes.h"
#include "workspace/lm-phrases.h"

/* Entries about passages of an article, each shown quietly at its passage: a day, nothing of what
 * was written. */

static GtkWidget *
make_mark (LmEntry *entry)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = gtk_image_new_from_icon_name ("lm-write-symbolic");
  g_autofree char *day = lm_phrase_day_with_year (lm_entry_get_created (entry));
  g_autofree char *title = lm_text_capitalize (g_strdup (day));
  GtkWidget *label = gtk_label_new (title);
  /* Translators: %s is a day: an entry about a passage in an article */
  g_autofree char *words = g_strdup_printf (_ ("Written about this: %s"), day);

  gtk_image_set_pixel_size (GTK_IMAGE (icon), 12);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "caption");
  gtk_widget_add_css_class (button, "dimmed");
  gtk_widget_set_tooltip_text (button, _ ("Written about this"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words,
                                  -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.open-entry");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button),
                                    "s",
                                    lm_id_format (lm_entry_get_id (entry)).digits);
  return button;
}

static void
add_entry (LmDocumentView *view, LmEntry *entry, const char *article, GPtrArray *added)
{
  g_autoptr (LmContent) content = lm_record_content (lm_entry_get_record (entry));
  g_autoptr (GPtrArray) list = lm_content_list_citations (content);

  for (guint i = 0; i < list->len; i++)
    {
      const LmCitation *citation = list->pdata[i];
      GtkWidget *place, *mark;

      if (!g_str_equal (citation->article, article))
        continue;
      place = lm_document_view_find_passage (view, citation->text, FALSE, NULL);
      /* The article says it differently now. */
      if (place == NULL && citation->section[0] != '\0')
        place = lm_document_view_find (view, citation->section);
      mark = make_mark (entry);
      lm_document_view_add_below (view, place, mark);
      g_ptr_array_add (added, mark);
    }
}

/**
 * lm_article_notes_add:
 * @view: shows the article
 * @article: its id
 * @added: takes the widgets that were added, borrowed
 *
 * Only the entries that cite the article are read.
 */
void
lm_article_notes_add (LmDocumentView *view,
                      LmWorkspace *workspace,
                      const char *article,
                      GPtrArray *added)
{
  GListModel *entries = lm_workspace_get_entries (workspace);

  for (guint i = 0; i < g_list_model_get_n_items (entries); i++)
    {
      g_autoptr (LmEntry) entry = g_list_model_get_item (entries, i);
      LmRecord *record = lm_entry_get_record (entry);

      if (!record->deleted && g_strv_contains ((const char *const *) record->articles, article))
        add_entry (view, entry, article, added);
    }
}
