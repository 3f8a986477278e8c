/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ui/library/lm-references-page.h"
#include "ui/lm-toast.h"
#include "ui/widgets/lm-parts.h"
#include "ui/widgets/lm-pieces.h"

/* All works that articles and guides rest on, to be copied. A link opens in the system's browser,
 * and only when somebody clicks on it. */

typedef struct
{
  GPtrArray *references; /* by author */
  guint shown;
  GtkListBox *list;
  char *wanted; /* the id of one, or "" */
} Page;

static void
page_free (gpointer data)
{
  Page *page = data;

  g_ptr_array_unref (page->references);
  g_free (page->wanted);
  g_free (page);
}

static int
compare_references (gconstpointer a, gconstpointer b)
{
  const LmReference *x = *(const LmReference *const *) a, *y = *(const LmReference *const *) b;
  int order = g_utf8_collate (x->authors, y->authors);

  return order != 0 ? order : x->year - y->year;
}

/* Returns: (transfer full): @reference with its DOI */
static char *
to_copy (const LmReference *reference)
{
  g_autofree char *text = lm_reference_to_text (reference);

  return reference->doi != NULL ? g_strconcat (text, " https://doi.org/", reference->doi, NULL)
                                : g_steal_pointer (&text);
}

static void
copy_cb (GtkWidget *button)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (button),
                          g_object_get_data (G_OBJECT (button), "text"));
  lm_toast (button, adw_toast_new (C_ ("reference", "Copied")));
}

static GtkWidget *
make_copy_button (char *text, const char *tooltip)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-copy-symbolic");

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data_full (G_OBJECT (button), "text", text, g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (copy_cb), NULL);
  return button;
}

static GtkWidget *
make_row (const LmReference *reference)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *text = lm_reference_to_text (reference);
  /* Translators: %s is the title of a work */
  g_autofree char *copy = g_strdup_printf (_ ("Copy “%s”"), reference->title);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_box_append (GTK_BOX (lines), label);
  if (reference->doi != NULL)
    gtk_box_append (GTK_BOX (lines), lm_doi_link_new (reference->doi));
  gtk_box_append (GTK_BOX (box), lines);
  gtk_box_append (GTK_BOX (box), make_copy_button (to_copy (reference), copy));
  gtk_widget_add_css_class (box, "lm-card");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  return row;
}

static void
mapped_cb (GtkWidget *row)
{
  /* Focus scrolls to it. */
  gtk_widget_grab_focus (row);
  g_signal_handlers_disconnect_by_func (row, mapped_cb, NULL);
}

static gboolean
next_reference (gpointer data)
{
  Page *page = data;

  if (page->shown < page->references->len)
    {
      const LmReference *reference = page->references->pdata[page->shown++];
      GtkWidget *row = make_row (reference);

      if (g_str_equal (reference->id, page->wanted))
        g_signal_connect_after (row, "map", G_CALLBACK (mapped_cb), NULL);
      gtk_list_box_append (page->list, row);
    }
  return page->shown < page->references->len;
}

/**
 * lm_references_page_new:
 * @reference: the id of the reference to begin with; "" for none
 */
AdwNavigationPage *
lm_references_page_new (LmLibrary *library, const char *reference)
{
  GPtrArray *references =
      g_hash_table_get_values_as_ptr_array (lm_library_get_references (library));
  Page *page = g_new (Page, 1);
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *header = lm_header_bar_new ();
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *box;
  GtkWidget *scroller = lm_reading_list_new (&box);
  g_autoptr (GString) all = g_string_new (NULL);

  g_ptr_array_sort (references, compare_references);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("References"),
                                  -1);
  for (guint i = 0; i < references->len; i++)
    {
      g_autofree char *text = to_copy (references->pdata[i]);

      g_string_append_printf (all, "%s\n", text);
    }
  *page = (Page) { references, 0, GTK_LIST_BOX (list), g_strdup (reference) };
  g_object_set_data_full (G_OBJECT (list), "page", page, page_free);
  lm_pieces_make (list, next_reference, page);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header),
                           make_copy_button (g_strdup (all->str), _ ("Copy all references")));
  gtk_box_append (GTK_BOX (box), list);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), scroller);
  return adw_navigation_page_new (view, _ ("References"));
}
