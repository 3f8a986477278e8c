/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/lm-hardening.h"
#include "journal/lm-reseal.h"
#include "journal/lm-retired.h"
#include "lm-test-journal.h"
#include "vault/lm-vault-error.h"

/* What comes back under a key or a key slot that was given up: told of, kept, and the person's to
 * decide. The key of the first generation is given up in the journal of the tests. */

#define BESIDE "beside.json"

static GBytes *
seal_retired (const LmId *id, const char *kind, const char *text, gint64 saves)
{
  g_autoptr (LmVault) vault = lm_test_vault (1);
  LmId device = lm_test_id (77);
  g_autofree char *payload =
      g_strdup_printf ("{\"kind\":\"%s\",\"revision\":1,\"saves\":{\"%s\":%" G_GINT64_FORMAT
                       "},\"created\":\"2026-11-23T21:04:11+01:00\",\"text\":\"%s\"}",
                       kind,
                       lm_id_format (&device).digits,
                       saves,
                       text);
  g_autoptr (GBytes) bytes = lm_test_bytes (payload);

  return lm_vault_seal (vault, LM_SEAL_ENTRY, id, bytes, NULL);
}

static LmRescan *
rescan (LmTestStore *test)
{
  g_autoptr (GError) error = NULL;
  LmRescan *found = lm_store_rescan (test->store, &error);

  g_assert_no_error (error);
  return found;
}

/* As it is found at the start. */
static LmRescan *
look (LmTestStore *test)
{
  g_autoptr (LmTestLoaded) loaded = lm_test_load (test->store);

  return rescan (test);
}

static void
assert_kept (LmTestStore *test, const char *name, GBytes *file)
{
  g_autoptr (GBytes) now = lm_test_get (test, name);

  g_assert_true (g_bytes_equal (now, file));
}

static LmProblem *
only_problem (LmRescan *found)
{
  LmProblem *problem;

  g_assert_cmpuint (found->problems->len, ==, 1);
  problem = found->problems->pdata[0];
  g_assert_error (problem->error, LM_VAULT_ERROR, LM_VAULT_ERROR_RETIRED_KEY);
  return problem;
}

/* Something that only another computer had: taken in, it is an entry like any other. */
static void
test_take_in (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autofree char *name = lm_test_file_name (&id);
  g_autoptr (GBytes) file = seal_retired (&id, "entry", "from the old laptop", 1), now = NULL;
  g_autoptr (LmRescan) found = NULL, after = NULL;
  g_autoptr (GError) error = NULL;
  LmResealProgress progress;
  LmProblem *problem;

  lm_test_put (test, name, file);
  found = look (test);
  problem = only_problem (found);
  lm_test_assert_text (problem->record, "from the old laptop");
  g_assert_false (problem->has_own);
  g_assert_cmpuint (found->changed->len, ==, 0);
  assert_kept (test, name, file);

  g_assert_true (lm_store_take_in (test->store, problem->record, &error));
  g_assert_no_error (error);
  after = rescan (test);
  g_assert_cmpuint (after->problems->len, ==, 0);
  g_assert_cmpuint (after->changed->len, ==, 1);
  lm_test_assert_text (after->changed->pdata[0], "from the old laptop");
  /* And gets the present key. */
  g_assert_cmpint (lm_store_reseal_state (test->store), ==, LM_RESEAL_NEEDED);
  do
    g_assert_true (lm_store_reseal (test->store, 5, &progress, NULL));
  while (!progress.finished);
  now = lm_test_get (test, name);
  g_assert_false (g_bytes_equal (now, file));
  /* That is remembered. */
  lm_test_put (test, name, file);
  lm_test_store_reopen (test);
  g_clear_pointer (&found, lm_rescan_free);
  found = look (test);
  g_assert_cmpuint (found->problems->len, ==, 0);
}

/* Beside ours: a question, however new it says to be, and nothing by itself. */
static void
test_beside (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autoptr (LmRecord) saved = lm_test_save (test->store, &id, "mine", NULL, NULL), kept = NULL;
  g_autoptr (GBytes) file = seal_retired (&id, "entry", "theirs", 1000);
  g_autoptr (LmRescan) found = NULL, after = NULL;
  g_autoptr (LmContent) content = NULL;
  g_autoptr (GError) error = NULL;
  LmConflict *conflict;
  gboolean changed_again;

  lm_test_put (test, BESIDE, file);
  found = look (test);
  g_assert_cmpuint (found->problems->len, ==, 0);
  g_assert_cmpuint (found->conflicts->len, ==, 1);
  conflict = found->conflicts->pdata[0];
  g_assert_true (conflict->retired);
  lm_test_assert_text (conflict->own, "mine");
  lm_test_assert_text (conflict->copy, "theirs");
  assert_kept (test, BESIDE, file);

  content = lm_record_content (conflict->copy);
  kept = lm_store_resolve (test->store, conflict, content, &changed_again, &error);
  g_assert_no_error (error);
  lm_test_assert_text (kept, "theirs");
  g_assert_cmpint (lm_store_reseal_state (test->store), ==, LM_RESEAL_NEEDED);
  after = rescan (test);
  g_assert_cmpuint (after->conflicts->len + after->problems->len, ==, 0);
  g_assert_cmpuint (lm_test_count (test->entries, ".json"), ==, 1);
}

/* What would be put away or take its place under a good key stays under this one. */
static void
test_never_by_itself (LmTestStore *test, gconstpointer data)
{
  static const char *const kinds[] = { "entry", "person", "settings", "gone" };
  g_autoptr (LmTestLoaded) loaded = lm_test_load (test->store);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    for (gint64 saves = 0; saves < 3; saves++)
      {
        LmId id = lm_test_id (10 + i);
        LmId device = lm_test_id (77);
        g_autofree char *own = lm_test_file_name (&id);
        g_autofree char *payload = g_strdup_printf (
            "{\"kind\":\"%s\",\"saves\":{\"%s\":1},\"created\":\"2026-11-23T21:04:11+01:00\","
            "\"text\":\"mine\"}",
            kinds[i],
            lm_id_format (&device).digits);
        g_autoptr (GBytes) good = lm_test_entry (&id, payload);
        g_autoptr (GBytes) file = seal_retired (&id, kinds[i], "theirs", saves);
        g_autoptr (LmRescan) found = NULL;

        lm_test_put (test, own, good);
        lm_test_put (test, BESIDE, file);
        found = rescan (test);
        g_assert_cmpuint (found->conflicts->len + found->problems->len, ==, 1);
        g_assert_false (found->merged);
        assert_kept (test, own, good);
        assert_kept (test, BESIDE, file);
      }
}

/* In the place of ours, which only this computer has now. */
static void
test_in_its_place (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autofree char *name = lm_test_file_name (&id);
  g_autoptr (LmRecord) saved = lm_test_save (test->store, &id, "mine", NULL, NULL), ours = NULL;
  g_autoptr (GBytes) file = seal_retired (&id, "entry", "theirs", 1000);
  g_autoptr (LmRescan) found = NULL, after = NULL;
  g_autoptr (GError) error = NULL;
  LmConflict *conflict;

  lm_test_put (test, name, file);
  found = look (test);
  g_assert_true (only_problem (found)->has_own);
  assert_kept (test, name, file);

  ours = lm_store_bring_ours (test->store, &id, &error);
  g_assert_no_error (error);
  lm_test_assert_text (ours, "mine");
  /* The other one is a question now. */
  after = rescan (test);
  g_assert_cmpuint (after->problems->len, ==, 0);
  g_assert_cmpuint (after->conflicts->len, ==, 1);
  conflict = after->conflicts->pdata[0];
  lm_test_assert_text (conflict->own, "mine");
  lm_test_assert_text (conflict->copy, "theirs");
  assert_kept (test, conflict->file, file);
}

static void
test_nothing_of_ours (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autoptr (GError) error = NULL;

  g_assert_null (lm_store_bring_ours (test->store, &id, &error));
  g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_NOT_FOUND);
}

/* A key file that was given up can go, while there is another way in, and no other file can. */
static void
test_remove_slot (LmTestStore *test, gconstpointer data)
{
  static const char other[] = "keys/909192939495969798999a9b9c9d9e9f.json";
  LmId journal = lm_test_journal (), slot;
  g_autoptr (GBytes) recovery = lm_test_bytes (lm_test_recovery_slot);
  g_autofree char *path = g_build_filename (test->path, other, NULL);
  g_autofree char *keys = g_build_filename (test->path, "keys", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (lm_id_parse ("909192939495969798999a9b9c9d9e9f", -1, &slot));
  lm_test_write (path, recovery);
  g_assert_false (lm_store_remove_slot (test->store, other, &error));
  g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_CHANGED);
  g_clear_error (&error);
  g_assert_true (lm_retired_add (&journal, &slot, NULL));
  g_assert_true (lm_store_remove_slot (test->store, other, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (lm_test_count (keys, ".json"), ==, 1);
  g_assert_false (lm_store_remove_slot (test->store, "keys/../journal.json", &error));
  g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_CHANGED);
  g_clear_error (&error);

  /* Given up or not: the last way in stays. */
  g_assert_true (lm_id_parse ("101112131415161718191a1b1c1d1e1f", -1, &slot));
  g_assert_true (lm_retired_add (&journal, &slot, NULL));
  g_assert_false (
      lm_store_remove_slot (test->store, "keys/101112131415161718191a1b1c1d1e1f.json", &error));
  g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_CHANGED);
  g_assert_cmpuint (lm_test_count (keys, ".json"), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  LM_TEST_STORE_ADD ("/journal/returned/take-in", test_take_in);
  LM_TEST_STORE_ADD ("/journal/returned/beside", test_beside);
  LM_TEST_STORE_ADD ("/journal/returned/never-by-itself", test_never_by_itself);
  LM_TEST_STORE_ADD ("/journal/returned/in-its-place", test_in_its_place);
  LM_TEST_STORE_ADD ("/journal/returned/nothing-of-ours", test_nothing_of_ours);
  LM_TEST_STORE_ADD ("/journal/returned/remove-slot", test_remove_slot);
  return g_test_run ();
}
