/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>
#include <string.h>

#include "lm-bench.h"

/* The least that a window can be: empty, or a plain list with a search, made of nothing but GTK's
 * own parts, over the same rows as a journal for measuring has. Nothing is read or encrypted. */

#define WORDS 250

typedef struct
{
  GtkFilter *filter;
  GStrv words; /* folded; nullable */
} Search;

/* A row: its title, its text, and both as they are looked through. */
enum
{
  TITLE,
  TEXT,
  FOLDED,
  N_TEXTS
};

static void
free_texts (gpointer data)
{
  g_strfreev (data);
}

static GListModel *
make_rows (guint n)
{
  GListStore *rows = g_list_store_new (G_TYPE_OBJECT);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = n; i-- > 0;)
    {
      GObject *row = g_object_new (G_TYPE_OBJECT, NULL);
      char **texts = g_new0 (char *, N_TEXTS + 1);
      g_autofree char *text = lm_bench_words (i, WORDS);
      g_autofree char *both = NULL;

      texts[TITLE] = lm_bench_words (i + 7, 4);
      texts[TEXT] = g_utf8_substring (text, 0, MIN (160, g_utf8_strlen (text, -1)));
      both = g_strconcat (texts[TITLE], " ", text, NULL);
      texts[FOLDED] = g_utf8_casefold (both, -1);
      g_object_set_data_full (row, "texts", texts, free_texts);
      g_ptr_array_add (all, row);
    }
  g_list_store_splice (rows, 0, 0, all->pdata, all->len);
  return G_LIST_MODEL (rows);
}

static char **
texts_of (gpointer row)
{
  return g_object_get_data (row, "texts");
}

static gboolean
is_found (gpointer row, gpointer data)
{
  Search *search = data;

  for (char **word = search->words; word != NULL && *word != NULL; word++)
    if (strstr (texts_of (row)[FOLDED], *word) == NULL)
      return FALSE;
  return TRUE;
}

static void
search_changed_cb (GtkEditable *entry, Search *search)
{
  g_autofree char *folded = g_utf8_casefold (gtk_editable_get_text (entry), -1);

  g_clear_pointer (&search->words, g_strfreev);
  search->words = g_strsplit (folded, " ", -1);
  gtk_filter_changed (search->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  for (guint i = TITLE; i <= TEXT; i++)
    {
      GtkWidget *label = gtk_label_new (NULL);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_widget_add_css_class (label, i == TITLE ? "heading" : "dimmed");
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_list_item_set_child (item, box);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *title = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  char **texts = texts_of (gtk_list_item_get_item (item));

  gtk_label_set_label (GTK_LABEL (title), texts[TITLE]);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_next_sibling (title)), texts[TEXT]);
}

static GtkWidget *
make_list (guint n, Search *search)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GListModel *found;

  search->filter = GTK_FILTER (gtk_custom_filter_new (is_found, search, NULL));
  found = G_LIST_MODEL (gtk_filter_list_model_new (make_rows (n), search->filter));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  gtk_scrolled_window_set_child (
      GTK_SCROLLED_WINDOW (scroller),
      gtk_list_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (found)), factory));
  return scroller;
}

static void
activate_cb (GtkApplication *application, const char *rows)
{
  static Search search;
  GtkWidget *window = adw_application_window_new (application);
  GtkWidget *view = adw_toolbar_view_new (), *entry = NULL;

  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  if (rows != NULL)
    {
      entry = gtk_search_entry_new ();
      gtk_search_entry_set_search_delay (GTK_SEARCH_ENTRY (entry), 0);
      g_signal_connect (entry, "search-changed", G_CALLBACK (search_changed_cb), &search);
      adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), entry);
      adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view),
                                    make_list ((guint) g_ascii_strtoull (rows, NULL, 10), &search));
    }
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), view);
  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 700);
  gtk_window_present (GTK_WINDOW (window));
  if (entry != NULL)
    gtk_widget_grab_focus (entry);
}

int
main (int argc, char *argv[])
{
  g_autoptr (AdwApplication) application =
      adw_application_new ("io.github.leitmotif_journal.BenchFloor", G_APPLICATION_DEFAULT_FLAGS);

  if (argc > 2)
    {
      g_printerr ("usage: bench-floor [ROWS]\n");
      return 2;
    }
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), argv[1]);
  return g_application_run (G_APPLICATION (application), 1, argv);
}
