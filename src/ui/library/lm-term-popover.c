/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/library/lm-term-popover.h"
#include "workspace/lm-phrases.h"

/* What a word means, over the word. Escape leads back to the text. */

static gboolean
drop_cb (gpointer popover)
{
  gtk_widget_unparent (popover);
  return G_SOURCE_REMOVE;
}

static void
closed_cb (GtkPopover *popover)
{
  /* Not while it is still closing. */
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, drop_cb, g_object_ref (popover), g_object_unref);
}

static GtkWidget *
make_label (const char *text, const char *class, GtkAccessibleRole role)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role", role, "label", text, NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 38);
  gtk_widget_add_css_class (label, class);
  return label;
}

/**
 * lm_term_popover_new:
 * @over: the text in which the word stands
 * @area: (nullable): where in @over
 * @read_more: called with the popover and @data when the article is asked for
 *
 * Returns: (transfer none): the popover, which goes when it is closed
 */
GtkPopover *
lm_term_popover_new (LmLibrary *library,
                     const LmGlossaryTerm *term,
                     GtkWidget *over,
                     const GdkRectangle *area,
                     GCallback read_more,
                     gpointer data)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  LmArticle *article = lm_library_find_article (library, term->article);

  gtk_box_append (GTK_BOX (box), make_label (term->term, "heading", GTK_ACCESSIBLE_ROLE_HEADING));
  gtk_box_append (GTK_BOX (box),
                  make_label (term->definition, "body", GTK_ACCESSIBLE_ROLE_PARAGRAPH));
  if (article != NULL)
    {
      g_autofree char *title =
          lm_phrase_title (lm_article_get_title (article), lm_article_get_language (article));
      /* Translators: %s is the title of an article */
      g_autofree char *more = g_strdup_printf (_ ("Read more: %s"), title);
      GtkWidget *button = gtk_button_new_with_label (more);

      gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), TRUE);
      gtk_widget_set_halign (button, GTK_ALIGN_START);
      g_signal_connect_swapped (button, "clicked", G_CALLBACK (gtk_popover_popdown), popover);
      g_object_set_data (G_OBJECT (button), "term", (gpointer) term);
      g_signal_connect (button, "clicked", read_more, data);
      gtk_box_append (GTK_BOX (box), button);
    }
  gtk_widget_set_margin_start (box, 6);
  gtk_widget_set_margin_end (box, 6);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (popover),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  term->term,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  term->definition,
                                  -1);
  gtk_widget_set_parent (popover, over);
  if (area != NULL)
    gtk_popover_set_pointing_to (GTK_POPOVER (popover), area);
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
  return GTK_POPOVER (popover);
}
