/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/lm-fold.h"
#include "ui/library/lm-glossary-page.h"
#include "ui/widgets/lm-parts.h"
#include "ui/widgets/lm-pieces.h"

/* All words of the glossary, from A to Z. Each row leads to the article that says more. */

typedef struct
{
  GPtrArray *terms;  /* of the library, from A to Z */
  GPtrArray *rows;   /* borrowed; each holds "words" and "letter"; as many as there are so far */
  GPtrArray *groups; /* borrowed */
  GtkStack *stack;
  GtkBox *box;
  char *wanted;    /* the id of a term, or "" */
  gunichar letter; /* of the last group */
} Page;

static void
page_free (gpointer data)
{
  Page *page = data;

  g_ptr_array_unref (page->terms);
  g_free (page->wanted);
  g_ptr_array_unref (page->rows);
  g_ptr_array_unref (page->groups);
  g_free (page);
}

static gboolean
matches (const char *text, char **words)
{
  for (; *words != NULL; words++)
    if (strstr (text, *words) == NULL)
      return FALSE;
  return TRUE;
}

static void
search_changed_cb (GtkSearchEntry *entry, Page *page)
{
  g_auto (GStrv) words = lm_fold_words (gtk_editable_get_text (GTK_EDITABLE (entry)));
  guint found = 0;

  lm_pieces_finish (GTK_WIDGET (page->stack));
  for (guint i = 0; i < page->groups->len; i++)
    gtk_widget_set_visible (page->groups->pdata[i], FALSE);
  for (guint i = 0; i < page->rows->len; i++)
    {
      GObject *row = page->rows->pdata[i];
      gboolean shown = matches (g_object_get_data (row, "words"), words);

      gtk_widget_set_visible (GTK_WIDGET (row), shown);
      if (shown)
        gtk_widget_set_visible (g_object_get_data (row, "letter"), TRUE);
      found += shown;
    }
  gtk_stack_set_visible_child_name (page->stack, found > 0 ? "list" : "nothing-found");
}

static int
compare_terms (gconstpointer a, gconstpointer b)
{
  const LmGlossaryTerm *x = *(const LmGlossaryTerm *const *) a;
  const LmGlossaryTerm *y = *(const LmGlossaryTerm *const *) b;
  g_autofree char *one = g_utf8_casefold (x->term, -1), *other = g_utf8_casefold (y->term, -1);

  return g_utf8_collate (one, other);
}

static void
add_letter (Page *page, gunichar letter)
{
  GtkWidget *group = adw_preferences_group_new ();
  char title[7] = { 0 };

  g_unichar_to_utf8 (letter, title);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  gtk_box_append (page->box, group);
  g_ptr_array_add (page->groups, group);
  page->letter = letter;
}

static void
mapped_cb (GtkWidget *row)
{
  /* Focus scrolls to it. */
  gtk_widget_grab_focus (row);
  g_signal_handlers_disconnect_by_func (row, mapped_cb, NULL);
}

static void
add_term (Page *page, const LmGlossaryTerm *term)
{
  GtkWidget *row =
      lm_link_row_new (term->term, term->definition, NULL, "win.open-article", term->article);
  g_autofree char *forms = g_strjoinv (" ", term->forms);
  g_autofree char *words = g_strjoin (" ", term->term, forms, term->definition, NULL);
  gunichar letter = g_unichar_toupper (g_utf8_get_char (term->term));
  GtkWidget *group;

  if (letter != page->letter)
    add_letter (page, letter);
  group = page->groups->pdata[page->groups->len - 1];
  g_object_set_data_full (G_OBJECT (row), "words", lm_fold (words), g_free);
  g_object_set_data (G_OBJECT (row), "letter", group);
  if (g_str_equal (term->id, page->wanted))
    g_signal_connect_after (row, "map", G_CALLBACK (mapped_cb), NULL);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  g_ptr_array_add (page->rows, row);
}

static gboolean
next_term (gpointer data)
{
  Page *page = data;

  if (page->rows->len < page->terms->len)
    add_term (page, page->terms->pdata[page->rows->len]);
  return page->rows->len < page->terms->len;
}

static GtkWidget *
make_search (Page *page)
{
  GtkWidget *entry = gtk_search_entry_new ();
  GtkWidget *clamp = adw_clamp_new ();

  gtk_search_entry_set_search_delay (GTK_SEARCH_ENTRY (entry), 0);
  gtk_search_entry_set_placeholder_text (GTK_SEARCH_ENTRY (entry), _ ("Search the glossary"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search the glossary"),
                                  -1);
  g_signal_connect (entry, "search-changed", G_CALLBACK (search_changed_cb), page);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 480);
  adw_clamp_set_child (ADW_CLAMP (clamp), entry);
  gtk_widget_set_margin_start (clamp, 12);
  gtk_widget_set_margin_end (clamp, 12);
  gtk_widget_set_margin_bottom (clamp, 6);
  return clamp;
}

/**
 * lm_glossary_page_new:
 * @term: the id of the term to begin with; "" for none
 */
AdwNavigationPage *
lm_glossary_page_new (LmLibrary *library, const char *term)
{
  Page *page = g_new (Page, 1);
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *box;
  GtkWidget *list = lm_reading_list_new (&box);
  GtkWidget *nothing = adw_status_page_new ();
  AdwNavigationPage *navigation_page;

  *page = (Page) {
    .terms =
        g_ptr_array_copy (lm_glossary_get_terms (lm_library_get_glossary (library)), NULL, NULL),
    .rows = g_ptr_array_new (),
    .groups = g_ptr_array_new (),
    .stack = GTK_STACK (gtk_stack_new ()),
    .box = GTK_BOX (box),
    .wanted = g_strdup (term),
  };
  g_ptr_array_set_free_func (page->terms, NULL);
  g_ptr_array_sort (page->terms, compare_terms);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), lm_header_bar_new ());
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), make_search (page));
  adw_status_page_set_title (ADW_STATUS_PAGE (nothing), _ ("Nothing found"));
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (nothing), "edit-find-symbolic");
  gtk_stack_add_named (page->stack, list, "list");
  gtk_stack_add_named (page->stack, nothing, "nothing-found");
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), GTK_WIDGET (page->stack));
  navigation_page = adw_navigation_page_new (view, _ ("Glossary"));
  g_object_set_data_full (G_OBJECT (page->stack), "page", page, page_free);
  lm_pieces_make (GTK_WIDGET (page->stack), next_term, page);
  return navigation_page;
}
