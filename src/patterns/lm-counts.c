/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/lm-fold.h"
#include "patterns/lm-counts.h"

/* How often a person said the same in the same role, over the moments with others that they told.
 * Only what they chose or wrote as a choice is looked at; free text is theirs. */

/* Choices that say nothing about the moment. */
#define UNSURE "unsure"
/* Somebody told of a moment with themselves. */
#define SELF "self"

/* What was said in one role: everything that is counted together. */
typedef struct
{
  LmCount *count;
  GHashTable *people; /* with whom: ids */
} Tally;

typedef struct
{
  GHashTable *tallies; /* role and words → Tally */
  GHashTable *people;  /* of all moments */
  LmCounts *counts;
} Work;

static void
count_free (gpointer data)
{
  LmCount *count = data;

  g_free (count->label);
  g_ptr_array_unref (count->moments);
  g_free (count);
}

static void
tally_free (gpointer data)
{
  Tally *tally = data;

  g_clear_pointer (&tally->count, count_free);
  g_hash_table_unref (tally->people);
  g_free (tally);
}

void
lm_counts_free (LmCounts *counts)
{
  g_ptr_array_unref (counts->counts);
  g_free (counts);
}

/* One moment -------------------------------------------------------------------------- */

/* Whether @answer has a role; it tells which. */
static gboolean
role_of (LmAnswer *answer, LmCountRole *role)
{
  const char *text = lm_answer_get_role (answer);

  if (g_strcmp0 (text, "wish") == 0)
    *role = LM_COUNT_WISH;
  else if (g_strcmp0 (text, "response-other") == 0)
    *role = lm_answer_get_expected (answer) ? LM_COUNT_EXPECTED : LM_COUNT_OTHER;
  else if (g_strcmp0 (text, "response-self") == 0)
    *role = LM_COUNT_SELF;
  else
    return FALSE;
  return TRUE;
}

/* Whether there is anything in it to be counted. */
static gboolean
is_moment (LmContent *content)
{
  LmCountRole role;

  for (guint i = 0; i < lm_content_n_answers (content); i++)
    {
      LmAnswer *answer = lm_content_get_answer (content, i);

      if (answer != NULL && role_of (answer, &role) && lm_answer_n_choices (answer) > 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
names_harm (LmContent *content, GHashTable *harm)
{
  LmCountRole role;

  for (guint i = 0; i < lm_content_n_answers (content); i++)
    {
      LmAnswer *answer = lm_content_get_answer (content, i);

      if (answer == NULL || !role_of (answer, &role))
        continue;
      for (guint k = 0; k < lm_answer_n_choices (answer); k++)
        {
          const char *id;

          lm_answer_get_choice (answer, k, &id);
          if (id != NULL && g_hash_table_contains (harm, id))
            return TRUE;
        }
    }
  return FALSE;
}

/* Returns: (transfer full): with whom it was: whoever is named first. Those who come to mind later
 * were not there. */
static GStrv
people_of (LmContent *content)
{
  static const char *const self[] = { SELF, NULL };

  for (guint i = 0; i < lm_content_n_answers (content); i++)
    {
      LmAnswer *answer = lm_content_get_answer (content, i);
      g_auto (GStrv) people = answer != NULL ? lm_answer_get_people (answer) : NULL;

      if (people != NULL && people[0] != NULL)
        return g_steal_pointer (&people);
      if (answer != NULL && lm_answer_get_role (answer) == NULL &&
          lm_answer_has_choice (answer, SELF))
        return g_strdupv ((GStrv) self);
    }
  return g_new0 (char *, 1);
}

/* Returns: (nullable): "good", "hard" or "mixed"; different answers of one moment are mixed */
static const char *
felt_of (LmContent *content)
{
  const char *felt = NULL;

  for (guint i = 0; i < lm_content_n_answers (content); i++)
    {
      LmAnswer *answer = lm_content_get_answer (content, i);
      const char *one = answer != NULL ? lm_answer_get_felt (answer) : NULL;

      if (one != NULL && felt != NULL && !g_str_equal (one, felt))
        return "mixed";
      if (one != NULL)
        felt = one;
    }
  return felt;
}

/* Counting ---------------------------------------------------------------------------- */

static Tally *
find_tally (Work *work, LmCountRole role, const char *id, const char *label)
{
  g_autofree char *folded = id == NULL ? lm_fold (label) : NULL;
  /* Own words are told apart from ready ones: an id never has a space. */
  g_autofree char *key =
      g_strdup_printf (id != NULL ? "%d %s" : "%d  %s", (int) role, id != NULL ? id : folded);
  Tally *tally = g_hash_table_lookup (work->tallies, key);

  if (tally != NULL)
    return tally;
  tally = g_new0 (Tally, 1);
  tally->people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  tally->count = g_new0 (LmCount, 1);
  tally->count->role = role;
  tally->count->label = g_strdup (label);
  tally->count->moments = g_ptr_array_new_with_free_func ((GDestroyNotify) lm_record_unref);
  g_hash_table_insert (work->tallies, g_steal_pointer (&key), tally);
  return tally;
}

static void
add_choice (Work *work,
            LmCountRole role,
            LmRecord *record,
            GStrv people,
            const char *felt,
            const char *id,
            const char *label)
{
  Tally *tally;
  GPtrArray *moments;

  if (label[0] == '\0' || g_strcmp0 (id, UNSURE) == 0)
    return;
  tally = find_tally (work, role, id, label);
  moments = tally->count->moments;
  /* The same in two answers of one moment is said once. */
  if (moments->len > 0 && moments->pdata[moments->len - 1] == record)
    return;
  g_ptr_array_add (moments, lm_record_ref (record));
  tally->count->n_good += g_strcmp0 (felt, "good") == 0;
  for (guint i = 0; people[i] != NULL; i++)
    g_hash_table_add (tally->people, g_strdup (people[i]));
}

static void
add_moment (Work *work, LmRecord *record, LmContent *content)
{
  g_auto (GStrv) people = people_of (content);
  const char *felt = felt_of (content);
  LmCounts *counts = work->counts;
  LmCountRole role;

  counts->n_moments++;
  counts->n_good += g_strcmp0 (felt, "good") == 0;
  counts->n_hard += g_strcmp0 (felt, "hard") == 0;
  counts->n_mixed += g_strcmp0 (felt, "mixed") == 0;
  for (guint i = 0; people[i] != NULL; i++)
    g_hash_table_add (work->people, g_strdup (people[i]));
  for (guint i = 0; i < lm_content_n_answers (content); i++)
    {
      LmAnswer *answer = lm_content_get_answer (content, i);

      if (answer == NULL || !role_of (answer, &role))
        continue;
      for (guint k = 0; k < lm_answer_n_choices (answer); k++)
        {
          const char *id;
          const char *label = lm_answer_get_choice (answer, k, &id);

          add_choice (work, role, record, people, felt, id, label);
        }
    }
}

/* By role, then the most frequent first. What was said equally often stands in the order of the
 * alphabet: neither what is pleasant nor what is hard comes first. */
static int
compare_counts (gconstpointer a, gconstpointer b)
{
  const LmCount *x = *(LmCount *const *) a, *y = *(LmCount *const *) b;

  if (x->role != y->role)
    return (int) x->role - (int) y->role;
  if (x->moments->len != y->moments->len)
    return (int) y->moments->len - (int) x->moments->len;
  return g_utf8_collate (x->label, y->label);
}

static void
take_counts (Work *work)
{
  GHashTableIter iter;
  Tally *tally;

  work->counts->n_people = g_hash_table_size (work->people);
  g_hash_table_iter_init (&iter, work->tallies);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &tally))
    {
      tally->count->n_people = g_hash_table_size (tally->people);
      if (tally->count->moments->len >= LM_COUNTS_LEAST_MOMENTS &&
          tally->count->n_people >= LM_COUNTS_LEAST_PEOPLE)
        g_ptr_array_add (work->counts->counts, g_steal_pointer (&tally->count));
    }
  g_ptr_array_sort (work->counts->counts, compare_counts);
}

static int
latest_first (gconstpointer a, gconstpointer b)
{
  const LmRecord *x = *(LmRecord *const *) a, *y = *(LmRecord *const *) b;
  int order = g_date_time_compare (y->created, x->created);

  return order != 0 ? order : lm_id_compare (&x->id, &y->id);
}

/**
 * lm_counts_new:
 * @records: (element-type LmRecord): entries; those in the trash are passed over
 * @since: (nullable): only moments begun after this
 * @harm: (element-type utf8): the ids of choices that name fear or harm. A moment with one of them
 *   is left out as a whole
 *
 * Returns: (transfer full): the counts
 */
LmCounts *
lm_counts_new (GPtrArray *records, GDateTime *since, GHashTable *harm)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_copy (records, NULL, NULL);
  g_autoptr (GHashTable) tallies =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, tally_free);
  g_autoptr (GHashTable) people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Work work = { tallies, people, g_new0 (LmCounts, 1) };

  work.counts->counts = g_ptr_array_new_with_free_func (count_free);
  g_ptr_array_set_free_func (sorted, NULL);
  g_ptr_array_sort (sorted, latest_first);
  for (guint i = 0; i < sorted->len; i++)
    {
      LmRecord *record = sorted->pdata[i];
      g_autoptr (LmContent) content = NULL;

      if (record->kind != LM_RECORD_ENTRY || record->deleted || record->guide == NULL ||
          (since != NULL && g_date_time_compare (record->created, since) <= 0))
        continue;
      content = lm_record_content (record);
      if (!is_moment (content))
        continue;
      if (names_harm (content, harm))
        work.counts->n_left_out++;
      else
        add_moment (&work, record, content);
    }
  take_counts (&work);
  return work.counts;
}

/* Whether there are moments and people enough to show anything. */
gboolean
lm_counts_are_enough (LmCounts *counts)
{
  return counts->n_moments >= LM_COUNTS_LEAST_MOMENTS && counts->n_people >= LM_COUNTS_LEAST_PEOPLE;
}
