/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <sodium.h>
#include <string.h>

#include "base/lm-fold.h"
#include "base/lm-text.h"
#include "search/lm-finder.h"
#include "search/lm-search-private.h"

/* A plain scan: ten thousand entries are twenty megabytes of folded text, which is looked through
 * in some milliseconds. An inverted index would be more to build at every start, and could not
 * find what stands inside a word. */

/* Occurrences of a term in one entry that are looked at for how near the terms stand. */
#define OCCURRENCES_MAX 16

/* How many entries ahead memory is asked for. */
#define AHEAD 4

/* Entries that are looked at before asking whether to go on, some 100 microseconds. */
#define AT_ONCE 512

#define NEVER G_MAXINT64

static void
item_unref (gpointer data)
{
  LmSearchItem *item = data;

  if (!g_atomic_ref_count_dec (&item->ref_count))
    return;
  sodium_memzero (item->tags, strlen (item->tags));
  lm_record_unref (item->record);
  g_free (item);
}

static guint
item_hash (gconstpointer item)
{
  return lm_id_hash (&((const LmSearchItem *) item)->record->id);
}

static gboolean
item_equal (gconstpointer a, gconstpointer b)
{
  return lm_id_equal (&((const LmSearchItem *) a)->record->id,
                      &((const LmSearchItem *) b)->record->id);
}

/* Returns: (transfer none) (nullable): what is known of the entry @id */
static LmSearchItem *
item_of (LmSearchIndex *index, const LmId *id)
{
  LmRecord record = { .id = *id };
  LmSearchItem item = { .record = &record };

  return g_hash_table_lookup (index->by_id, &item);
}

static LmSearchIndex *
index_new (GPtrArray *items)
{
  LmSearchIndex *index = g_new0 (LmSearchIndex, 1);

  index->items = items;
  index->people =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) lm_text_wipe);
  index->guides = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return index;
}

LmSearchIndex *
lm_search_index_new (void)
{
  LmSearchIndex *index = index_new (g_ptr_array_new_with_free_func (item_unref));

  index->by_id = g_hash_table_new (item_hash, item_equal);
  return index;
}

static gpointer
item_copy (gconstpointer data, gpointer unused)
{
  LmSearchItem *item = (LmSearchItem *) data;

  g_atomic_ref_count_inc (&item->ref_count);
  return item;
}

static void
copy_names (GHashTable *from, GHashTable *to)
{
  GHashTableIter iter;
  gpointer id, name;

  g_hash_table_iter_init (&iter, from);
  while (g_hash_table_iter_next (&iter, &id, &name))
    g_hash_table_insert (to, g_strdup (id), g_strdup (name));
}

/* Returns: a number that changes whenever something in @index does */
guint
lm_search_index_stamp (LmSearchIndex *index)
{
  return index->stamp;
}

/**
 * lm_search_index_snapshot:
 *
 * Returns: (transfer full): what @index holds now, to be searched by another thread. The texts are
 *   shared, not copied; nothing can be added to it
 */
LmSearchIndex *
lm_search_index_snapshot (LmSearchIndex *index)
{
  LmSearchIndex *snapshot = index_new (g_ptr_array_copy (index->items, item_copy, NULL));

  copy_names (index->people, snapshot->people);
  copy_names (index->guides, snapshot->guides);
  return snapshot;
}

static void
forget_last (LmSearchIndex *index)
{
  index->stamp++;
  g_clear_pointer (&index->last, lm_query_unref);
  g_clear_pointer (&index->last_items, g_ptr_array_unref);
}

/* Wipes the text first, unless a snapshot still has it. */
void
lm_search_index_free (LmSearchIndex *index)
{
  forget_last (index);
  g_clear_pointer (&index->by_id, g_hash_table_unref);
  g_ptr_array_unref (index->items);
  g_hash_table_unref (index->people);
  g_hash_table_unref (index->guides);
  g_clear_pointer (&index->found, g_array_unref);
  g_free (index);
}

guint
lm_search_index_n_entries (LmSearchIndex *index)
{
  return index->items->len;
}

static LmSearchItem *
item_new (LmRecord *record)
{
  const char *folded = lm_record_folded (record);
  g_autofree char *joined = g_strjoinv ("\n", record->tags);
  char *tags = lm_fold (joined);
  const char *end = strchr (folded, '\n');
  guint length = (guint) strlen (folded);
  LmSearchItem *item = g_malloc (sizeof *item + strlen (tags) + 1);
  int year, month, day;

  g_date_time_get_ymd (record->created, &year, &month, &day);
  *item = (LmSearchItem) {
    .record = lm_record_ref (record),
    .folded = folded,
    .length = length,
    .title = end != NULL ? (guint) (end - folded) : length,
    .people = record->people[0] != NULL ? record->people : NULL,
    .created = g_date_time_to_unix_usec (record->created),
    .day = year * 10000 + month * 100 + day,
  };
  g_atomic_ref_count_init (&item->ref_count);
  strcpy (item->tags, tags);
  lm_text_wipe (tags);
  return item;
}

/**
 * lm_search_index_take:
 * @record: an entry; its lm_record_folded () is best made before, by whichever thread has time
 *
 * Adds an entry, or replaces what was known of it.
 */
void
lm_search_index_take (LmSearchIndex *index, LmRecord *record)
{
  LmSearchItem *item = item_new (record), *before;

  forget_last (index);
  before = item_of (index, &record->id);
  item->place = before != NULL ? before->place : index->items->len;
  g_hash_table_add (index->by_id, item);
  if (before == NULL)
    {
      g_ptr_array_add (index->items, item);
      return;
    }
  index->items->pdata[item->place] = item;
  item_unref (before);
}

/* Forgets an entry. */
void
lm_search_index_remove (LmSearchIndex *index, const LmId *id)
{
  LmSearchItem *item = item_of (index, id), *last;

  if (item == NULL)
    return;
  forget_last (index);
  g_hash_table_remove (index->by_id, item);
  /* The last one takes its place. */
  last = index->items->pdata[index->items->len - 1];
  last->place = item->place;
  g_ptr_array_remove_index_fast (index->items, item->place);
}

/* Notes what a person is called: entries are found by the names of the people in them. */
void
lm_search_index_set_person (LmSearchIndex *index, const char *id, const char *name)
{
  forget_last (index);
  g_hash_table_replace (index->people, g_strdup (id), lm_fold (name));
}

/* Notes what a guide is called. */
void
lm_search_index_set_guide (LmSearchIndex *index, const char *id, const char *title)
{
  g_hash_table_replace (index->guides, g_strdup (id), lm_fold (title));
}

/* Matching --------------------------------------------------------------------------- */

/* Where a term is in the text of an entry. */
typedef struct
{
  gsize at;
  guint term;
} Place;

static gboolean
names_have (LmSearchIndex *index, LmSearchItem *item, const char *word)
{
  for (guint i = 0; item->people != NULL && item->people[i] != NULL; i++)
    {
      const char *name = g_hash_table_lookup (index->people, item->people[i]);

      if (name != NULL && strstr (name, word) != NULL)
        return TRUE;
    }
  return FALSE;
}

static gboolean
guide_has (LmSearchIndex *index, LmRecord *record, const char *word)
{
  const char *title;

  if (record->guide == NULL)
    return FALSE;
  title = g_hash_table_lookup (index->guides, record->guide);
  return strstr (record->guide, word) != NULL || (title != NULL && strstr (title, word) != NULL);
}

/* What looking for a query works with, made once for all entries. */
typedef struct
{
  LmQuery *query;
  guint n_terms;
  LmFinder *finders;   /* one for each term */
  const char **firsts; /* one for each term: where it first is in the text of the entry looked at */
  guint *seen;         /* one for each term */
  Place *places;       /* room for all terms */
} Look;

static void
look_init (Look *look, LmQuery *query)
{
  guint n = lm_query_n_terms (query);

  *look = (Look) {
    .query = query,
    .n_terms = n,
    .finders = g_new (LmFinder, n),
    .firsts = g_new (const char *, n),
    .seen = g_new (guint, n),
    .places = g_new (Place, n * OCCURRENCES_MAX),
  };
  for (guint i = 0; i < n; i++)
    look->finders[i] = lm_finder_new (lm_query_get_term (query, i)->folded);
}

static void
look_clear (Look *look)
{
  g_free (look->finders);
  g_free (look->firsts);
  g_free (look->seen);
  g_free (look->places);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Look, look_clear)

static gboolean
has_term (LmSearchIndex *index, LmSearchItem *item, Look *look, guint at)
{
  const LmTerm *term = lm_query_get_term (look->query, at);

  look->firsts[at] = NULL;
  switch (term->field)
    {
    case LM_TERM_TAG:
      return strstr (item->tags, term->folded) != NULL;
    case LM_TERM_PERSON:
      return names_have (index, item, term->folded);
    case LM_TERM_GUIDE:
      return guide_has (index, item->record, term->folded);
    case LM_TERM_TRAY:
      return item->record->in_tray;
    case LM_TERM_BEFORE:
      return item->day < term->day;
    case LM_TERM_AFTER:
      return item->day >= term->day;
    case LM_TERM_TEXT:
    default:
      look->firsts[at] =
          lm_finder_find (&look->finders[at], item->folded, item->folded + item->length);
      return look->firsts[at] != NULL || names_have (index, item, term->folded);
    }
}

static gboolean
matches (LmSearchIndex *index, LmSearchItem *item, Look *look)
{
  for (guint i = 0; i < look->n_terms; i++)
    if (has_term (index, item, look, i) == lm_query_get_term (look->query, i)->exclude)
      return FALSE;
  return TRUE;
}

/* Ranking ------------------------------------------------------------------------------ */

/* One that was found, as it is sorted. */
typedef struct
{
  LmSearchItem *item;
  gint64 created;
  gsize span;
  guint title;
} Found;

static gboolean
is_text (const LmTerm *term)
{
  return term->field == LM_TERM_TEXT && !term->exclude;
}

/* Adds where term @at is, keeping the places in order. Returns: how many there are of it */
static guint
add_places (LmSearchItem *item, Look *look, guint at, guint n)
{
  const char *end = item->folded + item->length, *next = look->firsts[at];
  guint before = n;

  while (next != NULL && n - before < OCCURRENCES_MAX)
    {
      gsize offset = (gsize) (next - item->folded);
      guint place = n;

      /* Both what is there and what comes are in order: only little has to move. */
      for (; place > 0 && look->places[place - 1].at > offset; place--)
        look->places[place] = look->places[place - 1];
      look->places[place] = (Place) { offset, at };
      n++;
      next = lm_finder_find (&look->finders[at], next + 1, end);
    }
  return n - before;
}

/* How many bytes the shortest stretch has that holds each of @n terms once. */
static gsize
shortest_span (Look *look, guint n_places, guint n)
{
  const Place *places = look->places;
  guint *seen = look->seen;
  gsize shortest = G_MAXSIZE;
  guint first = 0, distinct = 0;

  memset (seen, 0, look->n_terms * sizeof *seen);
  for (guint last = 0; last < n_places; last++)
    {
      distinct += seen[places[last].term]++ == 0;
      while (distinct == n)
        {
          shortest = MIN (shortest, places[last].at - places[first].at);
          distinct -= --seen[places[first].term] == 0;
          first++;
        }
    }
  return shortest;
}

static gsize
span_of (LmSearchItem *item, Look *look)
{
  guint n_places = 0, n = 0;

  for (guint i = 0; i < look->n_terms; i++)
    if (is_text (lm_query_get_term (look->query, i)))
      {
        guint more = add_places (item, look, i, n_places);

        n_places += more;
        n += more > 0;
      }
  return n > 1 ? shortest_span (look, n_places, n) : 0;
}

/* @look: as matches () left it */
static Found
rank (LmSearchItem *item, Look *look)
{
  Found found = { .item = item, .created = item->created };
  guint texts = 0;

  for (guint i = 0; i < look->n_terms; i++)
    {
      const char *first = look->firsts[i];

      if (!is_text (lm_query_get_term (look->query, i)))
        continue;
      texts++;
      /* The title is what the text begins with: a word that first is behind it is not in it. */
      found.title +=
          first != NULL && (gsize) (first - item->folded) + look->finders[i].length <= item->title;
    }
  if (texts > 1)
    found.span = span_of (item, look);
  return found;
}

/* Those whose title says it come first, then those in which the words stand close, then the newer.
 */
static int
compare_found (gconstpointer a, gconstpointer b)
{
  const Found *x = a, *y = b;

  if (x->title != y->title)
    return x->title > y->title ? -1 : 1;
  if (x->span != y->span)
    return x->span < y->span ? -1 : 1;
  if (x->created != y->created)
    return x->created > y->created ? -1 : 1;
  return lm_id_compare (&x->item->record->id, &y->item->record->id);
}

/* Asks for the beginning of what is looked at soon: texts lie scattered in memory, and the
 * processor only fetches on by itself once it has seen where a text goes. */
static void
ask_for (GPtrArray *items, guint at)
{
  if (at < items->len)
    __builtin_prefetch (items->pdata[at]);
  if (at - AHEAD / 2 < items->len)
    {
      const LmSearchItem *item = items->pdata[at - AHEAD / 2];

      for (gsize line = 0; line < 8; line++)
        __builtin_prefetch (item->folded + line * 64);
    }
}

/* What was found for a shorter query is enough to look at. */
static GPtrArray *
candidates (LmSearchIndex *index, LmQuery *query)
{
  return index->last != NULL && lm_query_narrows (query, index->last) ? index->last_items
                                                                      : index->items;
}

static gboolean
is_over (GCancellable *cancellable, gint64 end)
{
  return g_cancellable_is_cancelled (cancellable) ||
         (end != NEVER && g_get_monotonic_time () >= end);
}

static GPtrArray *
find (LmSearchIndex *index, LmQuery *query, GCancellable *cancellable, gint64 end)
{
  g_autoptr (GPtrArray) items = NULL;
  g_auto (Look) look = { 0 };
  GPtrArray *among, *records;

  if (lm_query_is_empty (query))
    return NULL;
  /* Borrowed: whatever changes an item lets go of these first. */
  items = g_ptr_array_new ();
  if (index->found == NULL)
    index->found = g_array_new (FALSE, FALSE, sizeof (Found));
  g_array_set_size (index->found, 0);
  among = candidates (index, query);
  look_init (&look, query);
  for (guint i = 0; i < among->len; i++)
    {
      LmSearchItem *item = among->pdata[i];
      Found one;

      if (i % AT_ONCE == 0 && is_over (cancellable, end))
        return NULL;
      ask_for (among, i + AHEAD);
      if (!matches (index, item, &look))
        continue;
      one = rank (item, &look);
      g_ptr_array_add (items, item);
      g_array_append_val (index->found, one);
    }
  g_array_sort (index->found, compare_found);
  g_clear_pointer (&index->last, lm_query_unref);
  g_clear_pointer (&index->last_items, g_ptr_array_unref);
  index->last = lm_query_ref (query);
  index->last_items = g_steal_pointer (&items);
  records = g_ptr_array_new_full (index->found->len, (GDestroyNotify) lm_record_unref);
  for (guint i = 0; i < index->found->len; i++)
    g_ptr_array_add (records, lm_record_ref (g_array_index (index->found, Found, i).item->record));
  return records;
}

/**
 * lm_search_index_find:
 * @cancellable: (nullable): to stop
 *
 * Finds the entries that have all of @query, those in the trash too.
 *
 * Returns: (transfer full) (nullable) (element-type LmRecord): the best first; %NULL if @query
 * is empty, or it was cancelled
 */
GPtrArray *
lm_search_index_find (LmSearchIndex *index, LmQuery *query, GCancellable *cancellable)
{
  return find (index, query, cancellable, NEVER);
}

/**
 * lm_search_index_find_until:
 * @end: when to give up, as of g_get_monotonic_time ()
 *
 * The same, for who cannot wait for long.
 *
 * Returns: (transfer full) (nullable) (element-type LmRecord): the best first; %NULL if @query
 * is empty, or there was not time enough
 */
GPtrArray *
lm_search_index_find_until (LmSearchIndex *index, LmQuery *query, gint64 end)
{
  return find (index, query, NULL, end);
}
