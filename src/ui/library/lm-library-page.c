/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/lm-text.h"
#include "library/lm-library-search.h"
#include "ui/library/lm-library-page.h"
#include "ui/widgets/lm-parts.h"
#include "ui/widgets/lm-pieces.h"
#include "workspace/lm-phrases.h"
#include "workspace/lm-workspace-reading.h"

/* The articles, in groups, in the order of the reading path, and what is found in the library. */

/* The most results that are shown: who sees none that fits types another word. */
#define MAX_RESULTS 40

struct _LmLibraryPage
{
  AdwNavigationPage parent_instance;

  /* Template widgets */
  GtkSearchBar *search_bar;
  GtkSearchEntry *search_entry;
  GtkStack *stack;
  GtkBox *groups_box;
  GtkScrolledWindow *results_scroller;
  GtkListBox *results_list;

  LmLibrary *library;
  LmWorkspace *workspace;
  GPtrArray *read_marks;      /* borrowed: an image for each article, in their order */
  GtkWidget *bookmarks_group; /* borrowed */
  GPtrArray *bookmark_rows;   /* borrowed */
  LmLibrarySearch *search;    /* nullable: made when something is looked for */
  gboolean making_search;
  GPtrArray *hits; /* nullable: what was found last */
  guint n_shown;
};

G_DEFINE_FINAL_TYPE (LmLibraryPage, lm_library_page, ADW_TYPE_NAVIGATION_PAGE)

static void search_changed_cb (LmLibraryPage *self);

/* Search ------------------------------------------------------------------------------------- */

/* Returns: (transfer full): the excerpt as markup, with what was found in bold */
static char *
mark_excerpt (const LmLibraryHit *hit)
{
  GString *markup = g_string_new (NULL);
  guint at = 0;

  for (guint i = 0; i <= hit->marks->len; i++)
    {
      LmLibraryMark *mark =
          i < hit->marks->len ? &g_array_index (hit->marks, LmLibraryMark, i) : NULL;
      guint until = mark != NULL ? mark->begin : (guint) strlen (hit->excerpt);
      g_autofree char *plain = g_markup_escape_text (hit->excerpt + at, until - at);

      g_string_append (markup, plain);
      if (mark != NULL)
        {
          g_autofree char *found =
              g_markup_escape_text (hit->excerpt + mark->begin, mark->end - mark->begin);

          g_string_append_printf (markup, "<b>%s</b>", found);
          at = mark->end;
        }
    }
  return g_string_free (markup, FALSE);
}

static GtkWidget *
make_result (const LmLibraryHit *hit)
{
  static const struct
  {
    const char *icon;
    const char *action;
    const char *kind;
  } kinds[] = {
    [LM_LIBRARY_HIT_ARTICLE] = { "lm-library-symbolic", "win.open-article", N_ ("Article") },
    [LM_LIBRARY_HIT_TERM] = { "accessories-dictionary-symbolic",
                              "win.open-glossary",
                              N_ ("Glossary") },
    [LM_LIBRARY_HIT_REFERENCE] = { "text-x-generic-symbolic",
                                   "win.open-references",
                                   N_ ("Reference") },
  };
  g_autofree char *target =
      hit->section != NULL ? g_strconcat (hit->id, "#", hit->section, NULL) : g_strdup (hit->id);
  g_autofree char *excerpt = mark_excerpt (hit);
  g_autofree char *kind = lm_phrase_title (_ (kinds[hit->kind].kind), hit->language);
  g_autofree char *subtitle = g_strdup_printf (
      /* Translators: a result of a search: what it is (article, glossary), and an excerpt */
      C_ ("result", "%1$s · %2$s"),
      kind,
      excerpt);
  GtkWidget *row = lm_link_row_new (hit->title, NULL, NULL, kinds[hit->kind].action, target);

  /* The title is plain text and the subtitle is ours: it is told apart by setting it last. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), TRUE);
  {
    g_autofree char *title = g_markup_escape_text (hit->title, -1);

    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  }
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  return row;
}

static void
forget_results (LmLibraryPage *self)
{
  lm_pieces_stop (GTK_WIDGET (self->results_list));
  gtk_list_box_remove_all (self->results_list);
  g_clear_pointer (&self->hits, g_ptr_array_unref);
  self->n_shown = 0;
}

static gboolean
next_result (gpointer page)
{
  LmLibraryPage *self = page;

  if (self->n_shown < self->hits->len)
    gtk_list_box_append (self->results_list, make_result (self->hits->pdata[self->n_shown++]));
  return self->n_shown < self->hits->len;
}

static void
make_search (GTask *task, gpointer page, gpointer library, GCancellable *cancellable)
{
  g_task_return_pointer (task,
                         lm_library_search_new (library),
                         (GDestroyNotify) lm_library_search_free);
}

static void
search_made_cb (GObject *page, GAsyncResult *result, gpointer data)
{
  LmLibraryPage *self = LM_LIBRARY_PAGE (page);

  self->search = g_task_propagate_pointer (G_TASK (result), NULL);
  if (self->search_entry != NULL) /* unless the window is gone */
    search_changed_cb (self);
}

/* All words of the library are gone through once, which takes longer than a frame. The library does
 * not change, so that this can be done beside the window. */
static void
begin_search (LmLibraryPage *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->making_search)
    return;
  self->making_search = TRUE;
  task = g_task_new (self, NULL, search_made_cb, NULL);
  g_task_set_task_data (task, g_object_ref (self->library), g_object_unref);
  g_task_run_in_thread (task, make_search);
}

static void
search_changed_cb (LmLibraryPage *self)
{
  const char *query = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));

  forget_results (self);
  if (lm_text_is_blank (query))
    {
      gtk_stack_set_visible_child_name (self->stack, "list");
      return;
    }
  if (self->search == NULL)
    {
      begin_search (self);
      return;
    }
  self->hits = lm_library_search_find (self->search, query, MAX_RESULTS);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->results_scroller), 0);
  gtk_stack_set_visible_child_name (self->stack, self->hits->len > 0 ? "results" : "nothing-found");
  lm_pieces_make (GTK_WIDGET (self->results_list), next_result, self);
}

/* Articles ------------------------------------------------------------------------------------ */

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
  g_autofree char *subtitle = lm_phrase_article (lm_article_get_summary (article),
                                                 lm_article_get_minutes (article),
                                                 lm_article_get_language (article));
  GtkWidget *row = lm_link_row_new (lm_article_get_title (article),
                                    subtitle,
                                    NULL,
                                    "win.open-article",
                                    lm_article_get_id (article));
  GtkWidget *mark = gtk_image_new_from_icon_name ("object-select-symbolic");

  /* Translators: a mark on an article: it was read */
  gtk_widget_set_tooltip_text (mark, C_ ("article", "Read"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (mark),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  C_ ("article", "Read"),
                                  -1);
  gtk_widget_add_css_class (mark, "dimmed");
  gtk_widget_set_visible (mark, FALSE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), mark);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  g_ptr_array_add (self->read_marks, mark);
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

/* Shows what was read since, quietly. */
static void
show_reading (LmLibraryPage *self)
{
  GListModel *articles = lm_library_get_articles (self->library);

  for (guint i = 0; i < self->bookmark_rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self->bookmarks_group),
                                  self->bookmark_rows->pdata[i]);
  g_ptr_array_set_size (self->bookmark_rows, 0);
  for (guint i = 0; i < self->read_marks->len; i++)
    {
      g_autoptr (LmArticle) article = g_list_model_get_item (articles, i);
      LmReading reading = lm_workspace_get_reading (self->workspace, lm_article_get_id (article));

      gtk_widget_set_visible (self->read_marks->pdata[i], reading.read);
      if (reading.bookmark)
        {
          g_autofree char *title =
              lm_phrase_title (lm_article_get_title (article), lm_article_get_language (article));
          GtkWidget *row = lm_link_row_new (title,
                                            NULL,
                                            "user-bookmarks-symbolic",
                                            "win.open-article",
                                            lm_article_get_id (article));

          adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->bookmarks_group), row);
          g_ptr_array_add (self->bookmark_rows, row);
        }
    }
  gtk_widget_set_visible (self->bookmarks_group, self->bookmark_rows->len > 0);
}

static void
add_bookmarks (LmLibraryPage *self)
{
  self->bookmarks_group = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->bookmarks_group), _ ("Bookmarks"));
  gtk_box_append (self->groups_box, self->bookmarks_group);
}

static void
add_lists (LmLibraryPage *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *glossary = lm_phrase_title (_ ("Glossary"), LM_ARTICLE_LANGUAGE);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("To look things up"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                             lm_link_row_new (glossary,
                                              _ ("Words of this kind of therapy, from A to Z."),
                                              NULL,
                                              "win.open-glossary",
                                              ""));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                             lm_link_row_new (_ ("References"),
                                              _ ("The works that articles and guides rest on."),
                                              NULL,
                                              "win.open-references",
                                              ""));
  gtk_box_append (self->groups_box, group);
}

/* Puts the cursor into the search, and @query too if that is not %NULL. */
void
lm_library_page_find (LmLibraryPage *self, const char *query)
{
  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
  if (query != NULL)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->search_entry), query);
      gtk_editable_set_position (GTK_EDITABLE (self->search_entry), -1);
    }
}

static void
lm_library_page_dispose (GObject *object)
{
  LmLibraryPage *self = LM_LIBRARY_PAGE (object);

  if (self->results_list != NULL)
    forget_results (self);
  gtk_widget_dispose_template (GTK_WIDGET (object), LM_TYPE_LIBRARY_PAGE);
  self->search_entry = NULL;
  self->results_list = NULL;
  g_clear_pointer (&self->search, lm_library_search_free);
  g_clear_pointer (&self->read_marks, g_ptr_array_unref);
  g_clear_pointer (&self->bookmark_rows, g_ptr_array_unref);
  g_clear_object (&self->workspace);
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
  gtk_widget_class_bind_template_child (widget_class, LmLibraryPage, results_scroller);
  gtk_widget_class_bind_template_child (widget_class, LmLibraryPage, results_list);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
}

static void
lm_library_page_init (LmLibraryPage *self)
{
  self->read_marks = g_ptr_array_new ();
  self->bookmark_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search_entry));
}

LmLibraryPage *
lm_library_page_new (LmLibrary *library, LmWorkspace *workspace)
{
  LmLibraryPage *self = g_object_new (LM_TYPE_LIBRARY_PAGE, NULL);

  self->library = g_object_ref (library);
  self->workspace = g_object_ref (workspace);
  add_bookmarks (self);
  add_articles (self);
  add_lists (self);
  show_reading (self);
  g_signal_connect (self, "map", G_CALLBACK (show_reading), NULL);
  return self;
}
