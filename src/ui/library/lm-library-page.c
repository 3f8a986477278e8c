/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "base/lm-fold.h"
#include "ui/library/lm-library-page.h"
#include "ui/widgets/lm-parts.h"
#include "workspace/lm-phrases.h"

/* The articles, in groups, in the order of the reading path. */

typedef struct
{
  LmArticle *article;
  GtkWidget *row;
  GtkWidget *group;
} Row;

struct _LmLibraryPage
{
  AdwNavigationPage parent_instance;

  /* Template widgets */
  GtkSearchBar *search_bar;
  GtkSearchEntry *search_entry;
  GtkStack *stack;
  GtkBox *groups_box;

  LmLibrary *library;
  GArray *rows; /* of Row; the widgets are borrowed */
};

G_DEFINE_FINAL_TYPE (LmLibraryPage, lm_library_page, ADW_TYPE_NAVIGATION_PAGE)

static void
search_changed_cb (LmLibraryPage *self)
{
  g_auto (GStrv) words = lm_fold_words (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
  guint found = 0;

  for (guint i = 0; i < self->rows->len; i++)
    gtk_widget_set_visible (g_array_index (self->rows, Row, i).group, FALSE);
  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = &g_array_index (self->rows, Row, i);
      gboolean matches = lm_article_matches (row->article, (const char *const *) words);

      gtk_widget_set_visible (row->row, matches);
      if (matches)
        gtk_widget_set_visible (row->group, TRUE);
      found += matches;
    }
  gtk_stack_set_visible_child_name (self->stack, found > 0 ? "list" : "nothing-found");
}

static GtkWidget *
add_group (LmLibraryPage *self, const char *id)
{
  const LmGroup *group = lm_library_find_group (self->library, id);
  GtkWidget *widget = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (widget),
                                   group != NULL ? group->title : "");
  gtk_box_append (self->groups_box, widget);
  return widget;
}

static void
add_article (LmLibraryPage *self, LmArticle *article, GtkWidget *group)
{
  g_autofree char *minutes = lm_phrase_minutes (lm_article_get_minutes (article));
  /* Translators: what an article is about, and how long it takes to read */
  g_autofree char *subtitle =
      g_strdup_printf (C_ ("article", "%1$s %2$s."), lm_article_get_summary (article), minutes);
  Row row = { article, NULL, group };

  row.row = lm_link_row_new (lm_article_get_title (article),
                             subtitle,
                             NULL,
                             "win.open-article",
                             lm_article_get_id (article));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row.row);
  g_array_append_val (self->rows, row);
}

static void
add_articles (LmLibraryPage *self)
{
  GListModel *articles = lm_library_get_articles (self->library);
  const char *group_id = NULL;
  GtkWidget *group = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (articles); i++)
    {
      g_autoptr (LmArticle) article = g_list_model_get_item (articles, i);

      if (g_strcmp0 (lm_article_get_group (article), group_id) != 0)
        {
          group_id = lm_article_get_group (article);
          group = add_group (self, group_id);
        }
      add_article (self, article, group);
    }
}

/* Puts the cursor into the search. */
void
lm_library_page_find (LmLibraryPage *self)
{
  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

static void
lm_library_page_dispose (GObject *object)
{
  LmLibraryPage *self = LM_LIBRARY_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), LM_TYPE_LIBRARY_PAGE);
  g_clear_pointer (&self->rows, g_array_unref);
  g_clear_object (&self->library);
  G_OBJECT_CLASS (lm_library_page_parent_class)->dispose (object);
}

static void
lm_library_page_class_init (LmLibraryPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lm_library_page_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class,
      "/io/github/leitmotif_journal/Leitmotif/ui/library/lm-library-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LmLibraryPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, LmLibraryPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, LmLibraryPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LmLibraryPage, groups_box);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
}

static void
lm_library_page_init (LmLibraryPage *self)
{
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search_entry));
}

LmLibraryPage *
lm_library_page_new (LmLibrary *library)
{
  LmLibraryPage *self = g_object_new (LM_TYPE_LIBRARY_PAGE, NULL);

  self->library = g_object_ref (library);
  add_articles (self);
  return self;
}
