/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/lm-text.h"
#include "ui/journal/lm-search-results.h"

/* What was found for what is typed, as a list of #LmEntry, the best first, that changes once for
 * each answer, and only where the answer is another: rows that stay are not made anew. */

struct _LmSearchResults
{
  GObject parent_instance;

  LmWorkspace *workspace;
  GPtrArray *entries;   /* of LmEntry */
  LmQuery *query;       /* of the last answer; nullable: nothing is looked for */
  char *suggestion;     /* nullable */
  char *typed;          /* nullable */
  GCancellable *asking; /* of the answer that is under way; nullable */
  gboolean stale;       /* entries changed since it was asked for */
  gboolean anew;        /* it answers what was typed, not a change */
};

enum
{
  SIGNAL_ANSWERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* A list of its own: GListStore takes milliseconds to put thousands in. */

static GType
lm_search_results_get_item_type (GListModel *model)
{
  return LM_TYPE_ENTRY;
}

static guint
lm_search_results_get_n_items (GListModel *model)
{
  return LM_SEARCH_RESULTS (model)->entries->len;
}

static gpointer
lm_search_results_get_item (GListModel *model, guint position)
{
  GPtrArray *entries = LM_SEARCH_RESULTS (model)->entries;

  return position < entries->len ? g_object_ref (entries->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = lm_search_results_get_item_type;
  iface->get_n_items = lm_search_results_get_n_items;
  iface->get_item = lm_search_results_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LmSearchResults,
                               lm_search_results,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* Tells of what lies between the first and the last difference. */
static void
replace (LmSearchResults *self, GPtrArray *entries)
{
  g_autoptr (GPtrArray) old = g_steal_pointer (&self->entries);
  guint before = old->len, after = entries->len, same = 0, end = 0;

  self->entries = g_ptr_array_ref (entries);
  while (same < MIN (before, after) && old->pdata[same] == entries->pdata[same])
    same++;
  while (end < MIN (before, after) - same &&
         old->pdata[before - 1 - end] == entries->pdata[after - 1 - end])
    end++;
  if (same + end < MAX (before, after))
    g_list_model_items_changed (G_LIST_MODEL (self), same, before - same - end, after - same - end);
}

static void ask (LmSearchResults *self);

static void
found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LmSearchResults) self = data;
  g_autoptr (LmFound) found = lm_workspace_find_finish (LM_WORKSPACE (source), result, NULL);
  gboolean anew = self->anew;

  /* Another one was asked for, or the journal is locked. */
  if (found == NULL)
    {
      if (g_cancellable_is_cancelled (self->asking))
        g_clear_object (&self->asking);
      return;
    }
  g_clear_object (&self->asking);
  self->anew = FALSE;
  g_clear_pointer (&self->query, lm_query_unref);
  g_clear_pointer (&self->suggestion, lm_text_wipe);
  if (found->entries != NULL)
    self->query = lm_query_ref (found->query);
  self->suggestion = g_steal_pointer (&found->suggestion);
  if (found->entries != NULL)
    replace (self, found->entries);
  else
    {
      g_autoptr (GPtrArray) none = g_ptr_array_new_with_free_func (g_object_unref);

      replace (self, none);
    }
  g_signal_emit (self, signals[SIGNAL_ANSWERED], 0, anew);
  if (self->stale)
    ask (self);
}

static void
ask (LmSearchResults *self)
{
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  self->asking = g_cancellable_new ();
  self->stale = FALSE;
  lm_workspace_find_async (self->workspace,
                           self->typed,
                           self->asking,
                           found_cb,
                           g_object_ref (self));
}

/* Entries arrive or change while a search stands. While an answer is under way, one more is enough.
 */
static void
entries_changed_cb (LmSearchResults *self)
{
  if (self->query == NULL && self->asking == NULL)
    return;
  if (self->asking != NULL)
    self->stale = TRUE;
  else
    ask (self);
}

static void
lm_search_results_dispose (GObject *object)
{
  LmSearchResults *self = LM_SEARCH_RESULTS (object);

  g_clear_object (&self->asking);
  g_clear_pointer (&self->query, lm_query_unref);
  g_clear_pointer (&self->suggestion, lm_text_wipe);
  g_clear_pointer (&self->typed, lm_text_wipe);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (lm_search_results_parent_class)->dispose (object);
}

static void
lm_search_results_finalize (GObject *object)
{
  g_ptr_array_unref (LM_SEARCH_RESULTS (object)->entries);
  G_OBJECT_CLASS (lm_search_results_parent_class)->finalize (object);
}

static void
lm_search_results_class_init (LmSearchResultsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lm_search_results_dispose;
  G_OBJECT_CLASS (klass)->finalize = lm_search_results_finalize;
  /* The list, the query and the suggestion are those of one answer. With whether it answers what
   * was typed, and not a change of the entries. */
  signals[SIGNAL_ANSWERED] = g_signal_new ("answered",
                                           G_TYPE_FROM_CLASS (klass),
                                           G_SIGNAL_RUN_LAST,
                                           0,
                                           NULL,
                                           NULL,
                                           NULL,
                                           G_TYPE_NONE,
                                           1,
                                           G_TYPE_BOOLEAN);
}

static void
lm_search_results_init (LmSearchResults *self)
{
  self->entries = g_ptr_array_new_with_free_func (g_object_unref);
}

LmSearchResults *
lm_search_results_new (LmWorkspace *workspace)
{
  LmSearchResults *self = g_object_new (LM_TYPE_SEARCH_RESULTS, NULL);

  self->workspace = g_object_ref (workspace);
  g_signal_connect_object (lm_workspace_get_entries (workspace),
                           "items-changed",
                           G_CALLBACK (entries_changed_cb),
                           self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  /* Only when everything is there are words offered. */
  g_signal_connect_object (workspace,
                           "notify::loading",
                           G_CALLBACK (entries_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  return self;
}

/* Looks for @typed; "answered" tells when it is done. */
void
lm_search_results_look (LmSearchResults *self, const char *typed)
{
  lm_text_wipe (self->typed);
  self->typed = g_strdup (typed);
  self->anew = TRUE;
  ask (self);
}

/* Returns: (transfer none) (nullable): what the list answers; %NULL if nothing is looked for */
LmQuery *
lm_search_results_get_query (LmSearchResults *self)
{
  return self->query;
}

/* Returns: (nullable): words that would find something */
const char *
lm_search_results_get_suggestion (LmSearchResults *self)
{
  return self->suggestion;
}
