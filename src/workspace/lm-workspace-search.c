/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/lm-json.h"
#include "base/lm-text.h"
#include "workspace/lm-workspace-private.h"
#include "workspace/lm-workspace-search.h"

/* Searching as one types, on what the index held when it was asked: at once if that is quick, or in
 * a worker. Whoever asks ends their own question before; a lock ends them all, and with the last of
 * them the texts are wiped.
 */

#define EXCERPT 160

/* Microseconds that the main loop may be held. */
#define AT_ONCE 6000

/* The index as it was ---------------------------------------------------------------------------
 */

/* Shared by the searches that are under way; one looks at it at a time. */
struct _LmSearchView
{
  gatomicrefcount ref_count;
  LmSearchIndex *index;
  guint stamp; /* of the index that it was made of */
  GMutex mutex;
};

static LmSearchView *
view_ref (LmSearchView *view)
{
  g_atomic_ref_count_inc (&view->ref_count);
  return view;
}

static void
view_unref (LmSearchView *view)
{
  if (!g_atomic_ref_count_dec (&view->ref_count))
    return;
  lm_search_index_free (view->index);
  g_mutex_clear (&view->mutex);
  g_free (view);
}

/* What guides are called: those that come with the app, and the person's own. */
static void
name_guides (LmWorkspace *self, LmSearchIndex *index)
{
  GHashTableIter iter;
  gpointer id, title;

  if (self->guide_titles != NULL)
    {
      g_hash_table_iter_init (&iter, self->guide_titles);
      while (g_hash_table_iter_next (&iter, &id, &title))
        lm_search_index_set_guide (index, id, title);
    }
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->guides)); i++)
    {
      g_autoptr (LmEntry) guide = g_list_model_get_item (G_LIST_MODEL (self->guides), i);

      lm_search_index_set_guide (index,
                                 lm_id_format (lm_entry_get_id (guide)).digits,
                                 lm_entry_get_title (guide));
    }
}

/* Returns: (transfer none): a view of the index as it is now */
static LmSearchView *
current_view (LmWorkspace *self)
{
  guint stamp = lm_search_index_stamp (self->index);

  if (self->search_view != NULL && self->search_view->stamp == stamp)
    return self->search_view;
  g_clear_pointer (&self->search_view, view_unref);
  self->search_view = g_new0 (LmSearchView, 1);
  g_atomic_ref_count_init (&self->search_view->ref_count);
  g_mutex_init (&self->search_view->mutex);
  self->search_view->stamp = stamp;
  self->search_view->index = lm_search_index_snapshot (self->index);
  name_guides (self, self->search_view->index);
  return self->search_view;
}

/* Ends what is being looked for, and lets go of the texts. */
void
lm_workspace_stop_search (LmWorkspace *self)
{
  g_autoptr (GPtrArray) finding = g_steal_pointer (&self->finding);

  for (guint i = 0; finding != NULL && i < finding->len; i++)
    g_cancellable_cancel (finding->pdata[i]);
  g_clear_pointer (&self->search_view, view_unref);
}

/* Finding -------------------------------------------------------------------------------------- */

typedef struct
{
  LmSearchView *view; /* nullable: nothing is looked for */
  LmQuery *query;
  gboolean suggest; /* whether words may be offered: everything is there */
  GPtrArray *hits;
  char *suggestion;
} Find;

static void
find_free (gpointer data)
{
  Find *find = data;

  g_clear_pointer (&find->hits, g_ptr_array_unref);
  g_clear_pointer (&find->view, view_unref);
  lm_query_unref (find->query);
  lm_text_wipe (find->suggestion);
  g_free (find);
}

static void
find_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Find *find = data;

  g_mutex_lock (&find->view->mutex);
  if (find->hits == NULL && !g_cancellable_is_cancelled (cancellable))
    find->hits = lm_search_index_find (find->view->index, find->query, cancellable);
  if (find->hits != NULL && find->hits->len == 0 && find->suggest)
    find->suggestion = lm_search_index_suggest (find->view->index, find->query, cancellable);
  g_mutex_unlock (&find->view->mutex);
  g_task_return_boolean (task, TRUE);
}

/* Somebody types and waits: most answers take less than handing the question over to a worker and
 * being told, which on a busy computer are two times to wait for a processor, and the frame that
 * shows the letter would be painted without them. Returns: whether everything was found. */
static gboolean
find_at_once (Find *find)
{
  if (!g_mutex_trylock (&find->view->mutex))
    return FALSE;
  find->hits = lm_search_index_find_until (find->view->index,
                                           find->query,
                                           g_get_monotonic_time () + AT_ONCE);
  g_mutex_unlock (&find->view->mutex);
  return find->hits != NULL && (find->hits->len > 0 || !find->suggest);
}

/**
 * lm_workspace_find_async:
 * @typed: as it stands in the search field; docs/searching.md says what it may hold
 * @cancellable: to stop, for this search only: a lock cancels it, too
 *
 * Looks for entries, in a worker if it takes longer. Several may be under way, each for another
 * place in the window.
 */
void
lm_workspace_find_async (LmWorkspace *self,
                         const char *typed,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer data)
{
  g_autoptr (LmQuery) query = lm_query_parse (typed);
  g_autoptr (GTask) task = NULL;
  Find *find = g_new0 (Find, 1);

  if (self->finding == NULL)
    self->finding = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (self->finding, g_object_ref (cancellable));
  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, lm_workspace_find_async);
  find->query = lm_query_ref (query);
  g_task_set_task_data (task, find, find_free);
  if (lm_query_is_empty (query))
    {
      /* The texts are not kept for a search that nobody makes. */
      g_clear_pointer (&self->search_view, view_unref);
      g_task_return_boolean (task, TRUE);
      return;
    }
  find->view = view_ref (current_view (self));
  find->suggest = !self->loading && lm_search_can_suggest (query);
  /* While entries arrive, every group of them asks anew. */
  if (!self->loading && find_at_once (find))
    g_task_return_boolean (task, TRUE);
  else
    g_task_run_in_thread (task, find_job);
}

/**
 * lm_workspace_find_finish:
 * @error: %G_IO_ERROR_CANCELLED if it was stopped, or the journal was locked
 *
 * Returns: (transfer full) (nullable): what was found
 */
LmFound *
lm_workspace_find_finish (LmWorkspace *self, GAsyncResult *result, GError **error)
{
  Find *find = g_task_get_task_data (G_TASK (result));
  LmFound *found;

  if (self->finding != NULL)
    g_ptr_array_remove_fast (self->finding, g_task_get_cancellable (G_TASK (result)));
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  found = g_new0 (LmFound, 1);
  found->query = lm_query_ref (find->query);
  found->suggestion = g_steal_pointer (&find->suggestion);
  if (find->hits != NULL)
    found->entries = g_ptr_array_new_full (find->hits->len, g_object_unref);
  for (guint i = 0; find->hits != NULL && i < find->hits->len; i++)
    {
      LmRecord *record = find->hits->pdata[i];
      LmEntry *entry = lm_workspace_find_entry (self, &record->id);

      if (entry != NULL && !lm_entry_get_deleted (entry))
        g_ptr_array_add (found->entries, g_object_ref (entry));
    }
  return found;
}

void
lm_found_free (LmFound *found)
{
  lm_query_unref (found->query);
  g_clear_pointer (&found->entries, g_ptr_array_unref);
  lm_text_wipe (found->suggestion);
  g_free (found);
}

/**
 * lm_found_excerpt:
 * @query: what was looked for
 * @entry: one that was found
 * @marks: (out) (transfer full) (nullable) (element-type LmSearchMark): where the words are
 *
 * Returns: (transfer full): what stands around the words in @entry, or how it begins if they are
 *   only in its title or in the name of a person
 */
char *
lm_found_excerpt (LmQuery *query, LmEntry *entry, GArray **marks)
{
  char *text = lm_record_text (lm_entry_get_record (entry));
  char *excerpt = lm_search_excerpt (text, query, EXCERPT, marks);

  lm_text_wipe (text);
  /* A tag stands below the excerpt anyway. */
  if (excerpt != NULL &&
      g_strv_contains ((const char *const *) lm_entry_get_record (entry)->tags, excerpt))
    {
      g_clear_pointer (&excerpt, lm_text_wipe);
      g_clear_pointer (marks, g_array_unref);
    }
  return excerpt != NULL ? excerpt : g_strdup (lm_entry_get_excerpt (entry));
}

/**
 * lm_workspace_get_arrived:
 * @arrived: (out): how many records have arrived
 * @expected: (out): how many there are, about
 *
 * Returns: whether they are still arriving, and their number is known
 */
gboolean
lm_workspace_get_arrived (LmWorkspace *self, guint *arrived, guint *expected)
{
  *arrived = MIN (self->n_arrived, self->n_expected);
  *expected = self->n_expected;
  return self->loading && self->n_expected > 0;
}

/* Tells what the guides of @library are called, so that entries are found by the guide. */
void
lm_workspace_name_guides (LmWorkspace *self, LmLibrary *library)
{
  GListModel *guides = lm_library_get_guides (library);

  g_clear_pointer (&self->guide_titles, g_hash_table_unref);
  self->guide_titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < g_list_model_get_n_items (guides); i++)
    {
      g_autoptr (LmGuide) guide = g_list_model_get_item (guides, i);

      g_hash_table_insert (self->guide_titles,
                           g_strdup (lm_guide_get_id (guide)),
                           g_strdup (lm_guide_get_title (guide)));
    }
  g_clear_pointer (&self->search_view, view_unref);
}

/* Saved searches --------------------------------------------------------------------------------
 *
 * In this computer's settings record, so that they are sealed with the journal and never conflict:
 * of what several computers say about one search, the latest counts. */

#define SEARCHES "searches"
#define QUERY    "query"
#define KEPT     "kept"
#define AT       "at"

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (*(const char *const *) a, *(const char *const *) b);
}

/* Returns: (transfer full): the saved searches as they were typed, in the order of the alphabet */
GStrv
lm_workspace_get_searches (LmWorkspace *self)
{
  g_autoptr (GHashTable) latest = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *list = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer query;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->others)); i++)
    {
      g_autoptr (LmEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->others), i);
      g_autoptr (LmContent) content = lm_record_content (lm_entry_get_record (entry));
      JsonArray *searches = lm_json_get_array (lm_content_json (content), SEARCHES);

      for (guint k = 0; k < lm_json_array_size (searches); k++)
        {
          JsonObject *search = lm_json_at_object (searches, k);
          const char *typed = lm_json_get_string (search, QUERY);
          const char *at = lm_json_get_string (search, AT);

          if (typed == NULL || at == NULL ||
              g_strcmp0 (g_hash_table_lookup (latest, typed), at) >= 0)
            continue;
          g_hash_table_insert (latest, g_strdup (typed), g_strdup (at));
          if (lm_json_get_boolean (search, KEPT))
            g_hash_table_add (kept, g_strdup (typed));
          else
            g_hash_table_remove (kept, typed);
        }
    }
  g_hash_table_iter_init (&iter, kept);
  while (g_hash_table_iter_next (&iter, &query, NULL))
    g_ptr_array_add (list, g_strdup (query));
  g_ptr_array_sort (list, compare_texts);
  g_ptr_array_add (list, NULL);
  return (GStrv) g_ptr_array_free (list, FALSE);
}

typedef struct
{
  LmIdText device;
  char *typed;
  char *at;
  gboolean keep;
} Keep;

static void
keep_free (gpointer data)
{
  Keep *keep = data;

  lm_text_wipe (keep->typed);
  g_free (keep->at);
  g_free (keep);
}

static void
keep_search (LmContent *content, gpointer data)
{
  Keep *keep = data;
  JsonObject *root = lm_content_json (content), *search = json_object_new ();
  JsonArray *before = lm_json_get_array (root, SEARCHES), *after = json_array_new ();

  for (guint i = 0; i < lm_json_array_size (before); i++)
    {
      JsonObject *other = lm_json_at_object (before, i);

      if (other != NULL && g_strcmp0 (lm_json_get_string (other, QUERY), keep->typed) != 0)
        json_array_add_object_element (after, json_object_ref (other));
    }
  json_object_set_string_member (search, QUERY, keep->typed);
  json_object_set_boolean_member (search, KEPT, keep->keep);
  json_object_set_string_member (search, AT, keep->at);
  json_array_add_object_element (after, search);
  json_object_set_array_member (root, SEARCHES, after);
  lm_content_set_string (content, "computer", keep->device.digits);
}

/**
 * lm_workspace_keep_search:
 * @typed: as it stands in the search field
 * @keep: whether it is to be kept or forgotten
 *
 * Keeps a search with the journal. A failure is told by the signal "change-failed".
 */
void
lm_workspace_keep_search (LmWorkspace *self, const char *typed, gboolean keep)
{
  g_autoptr (GDateTime) now = lm_clock_now (self->clock);
  g_autoptr (GDateTime) utc = g_date_time_to_utc (now);
  Keep *data = g_new0 (Keep, 1);

  data->device = lm_id_format (&self->device);
  data->typed = g_strstrip (g_strdup (typed));
  /* To the microsecond: kept and forgotten within a second is forgotten. */
  data->at = g_date_time_format (utc, "%Y-%m-%dT%H:%M:%S.%fZ");
  data->keep = keep;
  lm_workspace_change_own (self,
                           lm_workspace_own_settings (self),
                           "settings",
                           keep_search,
                           data,
                           keep_free);
}
