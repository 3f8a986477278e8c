/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <malloc.h>
#include <sodium.h>
#include <string.h>

#include "base/lm-fold.h"
#include "search/lm-search-index.h"

#define LENE "00000000000000000000000000000001"
#define BRAM "00000000000000000000000000000002"

static LmId
id_of (guint8 number)
{
  LmId id = { { number } };

  return id;
}

static LmRecord *
record_of (guint8 number, const char *payload)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (payload, strlen (payload));
  g_autoptr (GError) error = NULL;
  LmId id = id_of (number);
  LmRecord *record = lm_record_read (&id, bytes, &error);

  g_assert_no_error (error);
  return record;
}

static void
take (LmSearchIndex *index, guint8 number, const char *payload)
{
  g_autoptr (LmRecord) record = record_of (number, payload);

  lm_search_index_take (index, record);
}

static GPtrArray *
find (LmSearchIndex *index, const char *query)
{
  g_autoptr (LmQuery) parsed = lm_query_parse (query);

  return lm_search_index_find (index, parsed, NULL);
}

static gboolean
has (GPtrArray *hits, guint8 number)
{
  LmId id = id_of (number);

  for (guint i = 0; i < hits->len; i++)
    if (lm_id_equal (&((LmRecord *) hits->pdata[i])->id, &id))
      return TRUE;
  return FALSE;
}

/* Checks that @query finds the entries with these numbers, in rising order up to 0, and no other.
 */
static void
check (LmSearchIndex *index, const char *query, const guint8 *numbers)
{
  g_autoptr (GPtrArray) hits = find (index, query);
  guint n = 0;

  g_assert_nonnull (hits);
  for (; numbers[n] != 0; n++)
    {
      g_test_message ("“%s”: %u", query, numbers[n]);
      g_assert_true (has (hits, numbers[n]));
    }
  g_assert_cmpuint (hits->len, ==, n);
}

#define CHECK(index, query, ...)                                                                   \
  check (index, query, (const guint8[]) { __VA_ARGS__ __VA_OPT__ (, ) 0 })

static LmSearchIndex *
example (void)
{
  LmSearchIndex *index = lm_search_index_new ();

  take (index, 1, "{\"kind\":\"entry\",\"title\":\"Leeks\",\"text\":\"One good knife.\"}");
  take (index,
        2,
        "{\"kind\":\"entry\",\"text\":\"Caf\xc3\xa9 in the Stra\xc3\x9f"
        "e\",\"tags\":[\"good food\"]}");
  take (index,
        3,
        "{\"kind\":\"entry\",\"answers\":[{\"step\":\"who\",\"question\":\"Whose?\","
        "\"people\":[\"" LENE "\",\"" BRAM "\"]},{\"step\":\"did\",\"text\":\"I laughed\","
        "\"choices\":[{\"id\":\"left\",\"label\":\"went away\"}]}]}");
  take (index,
        4,
        "{\"kind\":\"entry\",\"answers\":[{\"step\":\"who\",\"people\":[\"" BRAM "\"]}]}");
  return index;
}

static void
test_where (void)
{
  g_autoptr (LmSearchIndex) index = example ();

  CHECK (index, "leeks", 1);
  CHECK (index, "knife", 1);
  CHECK (index, "food", 2);
  CHECK (index, "laughed", 3);
  CHECK (index, "went away", 3);
  CHECK (index, "whose");
  CHECK (index, "left");
  CHECK (index, "who");
  CHECK (index, LENE);
}

static void
test_every_word (void)
{
  g_autoptr (LmSearchIndex) index = example ();

  CHECK (index, "good", 1, 2);
  CHECK (index, "good knife", 1);
  CHECK (index, "knife good leeks", 1);
  CHECK (index, "good laughed");
  CHECK (index, "knife knife", 1);
  CHECK (index, "  GOOD\tcafe\n", 2);
  /* Anywhere in a word, and whatever space is between them. */
  CHECK (index, "eek", 1);
  CHECK (index, "leeks\xc2\xa0one", 1);
}

static void
test_folded (void)
{
  g_autoptr (LmSearchIndex) index = example ();

  CHECK (index, "CAFE", 2);
  CHECK (index, "cafe\xcc\x81", 2);
  CHECK (index, "strasse", 2);
  CHECK (index,
         "STRA\xe1\xba\x9e"
         "E",
         2);
}

static void
test_no_word (void)
{
  g_autoptr (LmSearchIndex) index = example ();

  g_assert_null (find (index, ""));
  g_assert_null (find (index, " \t\n "));
}

static void
test_people (void)
{
  g_autoptr (LmSearchIndex) index = example ();

  CHECK (index, "lene");
  lm_search_index_set_person (index, LENE, "L\xc3\xa9ne \xc3\x98");
  lm_search_index_set_person (index, BRAM, "Bram");
  lm_search_index_set_person (index, "00000000000000000000000000000009", "Nobody");
  CHECK (index, "lene", 3);
  CHECK (index, "bram", 3, 4);
  CHECK (index, "bram lene", 3);
  CHECK (index, "lene laughed", 3);
  CHECK (index, "nobody");
  /* Renamed. */
  lm_search_index_set_person (index, BRAM, "Abraham");
  CHECK (index, "bram");
  CHECK (index, "abraham", 3, 4);
}

static void
test_replace (void)
{
  g_autoptr (LmSearchIndex) index = example ();

  take (index, 1, "{\"kind\":\"entry\",\"title\":\"Potatoes\"}");
  CHECK (index, "leeks");
  CHECK (index, "potatoes", 1);
  take (index, 3, "{\"kind\":\"entry\",\"text\":\"alone\"}");
  lm_search_index_set_person (index, LENE, "Lene");
  CHECK (index, "lene");
  CHECK (index, "alone", 3);
}

/* The result is a copy: it outlives the index, and the next search. */
static void
test_result (void)
{
  LmSearchIndex *index = example ();
  g_autoptr (GPtrArray) hits = find (index, "leeks");

  lm_search_index_free (index);
  g_assert_true (has (hits, 1));
  g_assert_cmpuint (hits->len, ==, 1);
}

static void
test_remove (void)
{
  g_autoptr (LmSearchIndex) index = example ();
  LmId first = id_of (1), last = id_of (4), absent = id_of (9);

  lm_search_index_remove (index, &absent);
  g_assert_cmpuint (lm_search_index_n_entries (index), ==, 4);
  lm_search_index_remove (index, &first);
  CHECK (index, "good", 2);
  lm_search_index_set_person (index, BRAM, "Bram");
  CHECK (index, "bram", 3, 4);
  lm_search_index_remove (index, &last);
  CHECK (index, "bram", 3);
  take (index, 1, "{\"kind\":\"entry\",\"title\":\"Leeks\"}");
  CHECK (index, "leeks", 1);
  g_assert_cmpuint (lm_search_index_n_entries (index), ==, 3);
}

/* While one types on, only what was found is looked through: with the same answer. */
static void
test_typing (void)
{
  static const char *const queries[] = { "good knife",
                                         "tag:food go",
                                         "-knife good",
                                         "lene laughed" };
  g_autoptr (LmSearchIndex) typed = example (), fresh = example ();

  lm_search_index_set_person (typed, LENE, "Lene");
  lm_search_index_set_person (fresh, LENE, "Lene");
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    for (gsize n = 1; n <= strlen (queries[i]); n++)
      {
        g_autofree char *part = g_strndup (queries[i], n);
        g_autoptr (GPtrArray) one = find (typed, part);
        g_autoptr (LmSearchIndex) copy = lm_search_index_snapshot (fresh);
        g_autoptr (GPtrArray) other = find (copy, part);

        g_test_message ("“%s”", part);
        if (other == NULL)
          {
            g_assert_null (one);
            continue;
          }
        g_assert_cmpuint (one->len, ==, other->len);
        for (guint k = 0; k < one->len; k++)
          g_assert_true (has (other, ((LmRecord *) one->pdata[k])->id.bytes[0]));
      }
  /* And not from an answer that is out of date. */
  CHECK (typed, "good", 1, 2);
  take (typed, 4, "{\"kind\":\"entry\",\"text\":\"good knives\"}");
  CHECK (typed, "good kni", 1, 4);
}

/* A snapshot stays as it was. */
static void
test_snapshot (void)
{
  g_autoptr (LmSearchIndex) index = example ();
  g_autoptr (LmSearchIndex) snapshot = lm_search_index_snapshot (index);
  LmId first = id_of (1);

  take (index, 2, "{\"kind\":\"entry\",\"text\":\"nothing\"}");
  lm_search_index_remove (index, &first);
  CHECK (snapshot, "leeks", 1);
  CHECK (snapshot, "cafe", 2);
  CHECK (index, "leeks");
}

static void
test_cancelled (void)
{
  g_autoptr (LmSearchIndex) index = example ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (LmQuery) query = lm_query_parse ("good");

  g_cancellable_cancel (cancellable);
  g_assert_null (lm_search_index_find (index, query, cancellable));
  CHECK (index, "good", 1, 2);
}

/* Who gave up is answered later as if nobody had asked. */
static void
test_until (void)
{
  g_autoptr (LmSearchIndex) index = example ();
  g_autoptr (LmQuery) query = lm_query_parse ("good");
  g_autoptr (GPtrArray) hits = NULL;
  gint64 now = g_get_monotonic_time ();

  CHECK (index, "goo", 1, 2);
  g_assert_null (lm_search_index_find_until (index, query, now));
  hits = lm_search_index_find_until (index, query, now + 60 * G_USEC_PER_SEC);
  g_assert_cmpuint (hits->len, ==, 2);
  CHECK (index, "good", 1, 2);
}

#if !defined(__SANITIZE_ADDRESS__)
/* An entry so large that malloc () keeps the place of what is folded for itself, and not so large
 * that it is unmapped. */
static LmRecord *
large_record (const char *word)
{
  GString *payload = g_string_new ("{\"kind\":\"entry\",\"text\":\"");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  LmId id = { { 1 } };
  LmRecord *record;

  while (payload->len < 20000)
    g_string_append (payload, word);
  g_string_append (payload, "\"}");
  bytes = g_string_free_to_bytes (payload);
  record = lm_record_read_searchable (&id, bytes, &error);
  g_assert_no_error (error);
  return record;
}

static gsize
count (const char *memory, gsize length, const char *word)
{
  gsize n = 0;

  for (const char *at = memory;
       (at = memmem (at, length - (gsize) (at - memory), word, strlen (word))) != NULL;
       at++)
    n++;
  return n;
}

/* What was indexed is not left in memory that was given back. */
static void
test_wiped (void)
{
  LmSearchIndex *index = lm_search_index_new ();
  LmRecord *first, *second;
  const char *first_text, *second_text;
  gsize first_length, second_length;

  mallopt (M_PERTURB, 0);
  /* What is given back is to be looked at. */
  mallopt (M_TRIM_THRESHOLD, G_MAXINT);
  first = large_record ("marmaladenfalter");
  second = large_record ("zwetschgenzeit");
  first_text = lm_record_folded (first);
  second_text = lm_record_folded (second);
  first_length = strlen (first_text);
  second_length = strlen (second_text);
  lm_search_index_take (index, first);
  lm_record_unref (first);
  g_assert_cmpuint (count (first_text, first_length, "marmaladenfalter"), >, 1000);
  lm_search_index_take (index, second);
  lm_record_unref (second);
  /* Memory that is free: only the allocator's own notes may stand in it. */
  g_assert_cmpuint (count (first_text, first_length, "marmaladenfalter"), ==, 0);
  g_assert_cmpuint (count (second_text, second_length, "zwetschgenzeit"), >, 1000);
  lm_search_index_free (index);
  g_assert_cmpuint (count (second_text, second_length, "zwetschgenzeit"), ==, 0);
}
#endif

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  if (sodium_init () < 0)
    return 1;
  g_test_add_func ("/search-index/where", test_where);
  g_test_add_func ("/search-index/every-word", test_every_word);
  g_test_add_func ("/search-index/folded", test_folded);
  g_test_add_func ("/search-index/no-word", test_no_word);
  g_test_add_func ("/search-index/people", test_people);
  g_test_add_func ("/search-index/replace", test_replace);
  g_test_add_func ("/search-index/result", test_result);
  g_test_add_func ("/search-index/remove", test_remove);
  g_test_add_func ("/search-index/typing", test_typing);
  g_test_add_func ("/search-index/snapshot", test_snapshot);
  g_test_add_func ("/search-index/cancelled", test_cancelled);
  g_test_add_func ("/search-index/until", test_until);
#if !defined(__SANITIZE_ADDRESS__)
  g_test_add_func ("/search-index/wiped", test_wiped);
#endif
  return g_test_run ();
}
