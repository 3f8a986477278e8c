/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/lm-json.h"
#include "journal/lm-copy.h"
#include "journal/lm-saves.h"
#include "lm-test-journal.h"

/* What becomes of a copy, as a function of two states. */

static LmRecord *
record_of (const char *kind, const char *text, gint64 a, gint64 b, const char *deleted)
{
  LmId id = lm_test_id (1), first = lm_test_id (50), second = lm_test_id (51);
  g_autofree char *payload = g_strdup_printf (
      "{\"kind\":\"%s\",\"saves\":{\"%s\":%" G_GINT64_FORMAT ",\"%s\":%" G_GINT64_FORMAT
      "},\"created\":\"2026-11-23T21:04:11+01:00\",\"text\":\"%s\"%s%s%s}",
      kind,
      lm_id_format (&first).digits,
      a,
      lm_id_format (&second).digits,
      b,
      text,
      deleted != NULL ? ",\"deleted\":\"" : "",
      deleted != NULL ? deleted : "",
      deleted != NULL ? "\"" : "");
  g_autoptr (GBytes) bytes = lm_test_bytes (payload);
  g_autoptr (GError) error = NULL;
  LmRecord *record = lm_record_read (&id, bytes, &error);

  g_assert_no_error (error);
  return record;
}

static void
assert_verdict (LmRecord *own, LmRecord *copy, gboolean retired, LmCopyVerdict expected)
{
  LmCopyState own_state = lm_copy_state (own, FALSE), copy_state = lm_copy_state (copy, retired);

  g_assert_cmpint (lm_copy_judge (&own_state, &copy_state), ==, expected);
}

#define DAY "2026-11-24T08:00:00+01:00"

static void
test_verdicts (void)
{
  g_autoptr (LmRecord) own = record_of ("entry", "one", 2, 1, NULL);
  g_autoptr (LmRecord) older = record_of ("entry", "zero", 1, 1, NULL);
  g_autoptr (LmRecord) newer = record_of ("entry", "two", 2, 2, NULL);
  g_autoptr (LmRecord) diverged = record_of ("entry", "else", 1, 2, NULL);
  g_autoptr (LmRecord) equal = record_of ("entry", "else", 2, 1, NULL);
  g_autoptr (LmRecord) same_text = record_of ("entry", "one", 1, 2, NULL);

  assert_verdict (own, own, FALSE, LM_COPY_SAME);
  assert_verdict (own, older, FALSE, LM_COPY_OLDER);
  assert_verdict (own, newer, FALSE, LM_COPY_NEWER);
  assert_verdict (own, diverged, FALSE, LM_COPY_DIVERGED);
  assert_verdict (own, equal, FALSE, LM_COPY_DIVERGED);
  assert_verdict (own, same_text, FALSE, LM_COPY_SAME);
  /* Whoever had a retired key may have written it: it replaces nothing by itself. */
  assert_verdict (own, newer, TRUE, LM_COPY_DIVERGED);
  assert_verdict (own, older, TRUE, LM_COPY_OLDER);
}

static void
test_deleted (void)
{
  g_autoptr (LmRecord) edited = record_of ("entry", "one", 2, 1, NULL);
  g_autoptr (LmRecord) trashed = record_of ("entry", "zero", 1, 2, DAY);
  g_autoptr (LmRecord) later = record_of ("entry", "zero", 2, 2, DAY);
  g_autoptr (LmRecord) elsewhere = record_of ("entry", "zero", 2, 1, "2026-11-25T08:00:00+01:00");
  g_autoptr (LmRecord) gone = record_of ("gone", "", 1, 2, NULL);
  g_autoptr (LmRecord) gone_elsewhere = record_of ("gone", "more in it", 2, 1, NULL);
  g_autoptr (LmRecord) gone_later = record_of ("gone", "", 2, 2, NULL);

  /* The edit stays, whichever of both is found under the record's name. */
  assert_verdict (edited, trashed, FALSE, LM_COPY_DIVERGED);
  assert_verdict (trashed, edited, FALSE, LM_COPY_BROUGHT_BACK);
  assert_verdict (trashed, edited, TRUE, LM_COPY_DIVERGED);
  assert_verdict (edited, gone, FALSE, LM_COPY_DIVERGED);
  assert_verdict (gone, edited, FALSE, LM_COPY_BROUGHT_BACK);
  assert_verdict (gone, elsewhere, FALSE, LM_COPY_BROUGHT_BACK);
  /* Who deleted it knew the edit. */
  assert_verdict (edited, later, FALSE, LM_COPY_NEWER);
  assert_verdict (later, edited, FALSE, LM_COPY_OLDER);
  assert_verdict (edited, gone_later, FALSE, LM_COPY_NEWER);
  assert_verdict (gone_later, edited, FALSE, LM_COPY_OLDER);
  assert_verdict (gone, gone_elsewhere, FALSE, LM_COPY_SAME);
  /* Both in the trash with the same text: when is no question. */
  assert_verdict (trashed, elsewhere, FALSE, LM_COPY_SAME);
}

static void
test_kinds (void)
{
  g_autoptr (LmRecord) settings = record_of ("settings", "a", 2, 1, NULL);
  g_autoptr (LmRecord) other_settings = record_of ("settings", "b", 1, 2, NULL);
  g_autoptr (LmRecord) person = record_of ("person", "a", 1, 2, NULL);
  g_autoptr (LmRecord) other_person = record_of ("person", "b", 2, 1, NULL);
  g_autoptr (LmRecord) plan = record_of ("appointment", "a", 2, 1, NULL);
  g_autoptr (LmRecord) other_plan = record_of ("appointment", "b", 1, 2, NULL);
  g_autoptr (LmRecord) unknown = record_of ("from-the-future", "a", 1, 1, NULL);
  g_autoptr (LmRecord) newer_unknown = record_of ("from-the-future", "b", 3, 3, NULL);

  assert_verdict (settings, other_settings, FALSE, LM_COPY_UNITED);
  assert_verdict (person, other_person, FALSE, LM_COPY_DIVERGED);
  assert_verdict (plan, other_plan, FALSE, LM_COPY_UNITED);
  assert_verdict (settings, person, FALSE, LM_COPY_DIVERGED);
  assert_verdict (settings, unknown, FALSE, LM_COPY_LEFT);
  assert_verdict (unknown, newer_unknown, FALSE, LM_COPY_LEFT);
  assert_verdict (unknown, unknown, FALSE, LM_COPY_SAME);
}

/* Whatever two states are, text goes only where it is known to be contained in something newer, and
 * both computers, seeing the files the other way round, come to the same end. */
static void
test_any (void)
{
  static const char *const kinds[] = { "entry", "gone", "settings", "from-the-future" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);

  for (guint i = 0; i < 4000; i++)
    {
      LmRecord *records[2];
      LmCopyState states[2];
      LmCopyVerdict there, back;

      for (guint k = 0; k < 2; k++)
        {
          const char *kind = kinds[g_rand_int_range (rand, 0, G_N_ELEMENTS (kinds))];
          g_autofree char *text = g_strdup_printf ("%d", g_rand_int_range (rand, 0, 3));

          records[k] = record_of (kind,
                                  text,
                                  g_rand_int_range (rand, 0, 3),
                                  g_rand_int_range (rand, 0, 3),
                                  g_rand_boolean (rand) ? DAY : NULL);
          states[k] = lm_copy_state (records[k], g_rand_boolean (rand));
        }
      there = lm_copy_judge (&states[0], &states[1]);
      back = lm_copy_judge (&states[1], &states[0]);
      if (there == LM_COPY_OLDER)
        g_assert_cmpint (lm_saves_compare (records[1]->saves, records[0]->saves),
                         ==,
                         LM_SAVES_OLDER);
      if (there == LM_COPY_SAME && states[0].kind != LM_RECORD_GONE)
        g_assert_true (lm_id_equal (&states[0].content, &states[1].content));
      if (there == LM_COPY_BROUGHT_BACK)
        g_assert_cmpint (back, ==, LM_COPY_DIVERGED);
      g_assert_cmpint (there == LM_COPY_SAME, ==, back == LM_COPY_SAME);
      g_assert_cmpint (there == LM_COPY_LEFT, ==, back == LM_COPY_LEFT);
      g_assert_cmpint (there == LM_COPY_UNITED, ==, back == LM_COPY_UNITED);
      if (there == LM_COPY_NEWER)
        g_assert_cmpint (back, ==, LM_COPY_OLDER);
      lm_record_unref (records[0]);
      lm_record_unref (records[1]);
    }
}

static void
test_unite (void)
{
  const LmId x = lm_test_id (3), y = lm_test_id (2), z = lm_test_id (1);
  g_autoptr (LmSaves) x3 = lm_saves_set (NULL, &x, 3), a = lm_saves_set (x3, &y, 1);
  g_autoptr (LmSaves) y2 = lm_saves_set (NULL, &y, 2), b = lm_saves_set (y2, &z, 5);
  g_autoptr (LmSaves) both = lm_saves_unite (a, b), none = lm_saves_unite (NULL, NULL);
  g_autoptr (LmSaves) one = lm_saves_unite (NULL, b);

  g_assert_cmpint (lm_saves_sum (both), ==, 10);
  g_assert_cmpint (lm_saves_compare (both, a), ==, LM_SAVES_NEWER);
  g_assert_cmpint (lm_saves_compare (both, b), ==, LM_SAVES_NEWER);
  g_assert_cmpint (lm_saves_compare (one, b), ==, LM_SAVES_EQUAL);
  g_assert_cmpint (lm_saves_sum (none), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/journal/copy/verdicts", test_verdicts);
  g_test_add_func ("/journal/copy/deleted", test_deleted);
  g_test_add_func ("/journal/copy/kinds", test_kinds);
  g_test_add_func ("/journal/copy/any", test_any);
  g_test_add_func ("/journal/copy/unite", test_unite);
  return g_test_run ();
}
