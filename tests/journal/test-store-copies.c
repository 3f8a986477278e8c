/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/lm-hardening.h"
#include "lm-test-journal.h"

/* More than one file of a record, as sync tools, backups and two computers leave them, and files
 * that an earlier run left behind. */

static const char *const conflict_names[] = {
  "%s.sync-conflict-20261123-210411-ABCDEFG.json",
  "%s (conflicted copy 2026-11-23 210411).json",
  "%s (còpia en conflicte 2026-11-23).json",
  "%s_conflict-20261123-210411.json",
  "%s (Ada's conflicted copy 2026-11-23).json",
  "%s (1).json",
  "%s 2.json",
  "copy of %s.json",
  "%s.conflict-01234567-89abcdef.json",
  "something else entirely.json",
};

static char *
conflict_name (guint i, const LmId *id)
{
  g_auto (GStrv) parts = g_strsplit (conflict_names[i], "%s", 2);

  return g_strjoinv (lm_id_format (id).digits, parts);
}

static void
put (LmTestStore *test, const char *name, const LmId *id, const char *text, gint64 count)
{
  LmId device = lm_test_id (50);
  g_autoptr (GBytes) file = lm_test_entry_saved (id, text, &device, count);

  lm_test_put (test, name, file);
}

static void
assert_copy (LmTestLoaded *loaded, const char *name, const LmId *id)
{
  g_autofree char *file = g_build_filename ("entries", name, NULL);
  LmProblem *problem = lm_test_find_problem (loaded, file);

  if (problem == NULL)
    g_error ("%s is not named", file);
  g_assert_no_error (problem->error);
  g_assert_true (lm_id_equal (&problem->id, id));
}

/* Whatever they are called and whatever they count: the file with the record's name is the record.
 */
static void
test_beside (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autofree char *own = lm_test_file_name (&id);
  g_autoptr (LmTestLoaded) loaded = NULL;

  put (test, own, &id, "main", 5);
  for (guint i = 0; i < G_N_ELEMENTS (conflict_names); i++)
    {
      g_autofree char *name = conflict_name (i, &id);

      put (test, name, &id, "copy", i);
    }
  loaded = lm_test_load (test->store);
  g_assert_cmpuint (loaded->records->len, ==, 1);
  lm_test_assert_text (lm_test_find (loaded, &id), "main");
  g_assert_cmpuint (loaded->problems->len, ==, G_N_ELEMENTS (conflict_names));
  for (guint i = 0; i < G_N_ELEMENTS (conflict_names); i++)
    {
      g_autofree char *name = conflict_name (i, &id);

      assert_copy (loaded, name, &id);
    }
}

/* Where the main file is missing, the newest by its saves stands for it, wherever it is in line. */
static void
test_newest (LmTestStore *test, gconstpointer data)
{
  g_autoptr (LmTestLoaded) loaded = NULL;

  for (guint newest = 0; newest < 4; newest++)
    for (guint i = 0; i < 4; i++)
      {
        LmId id = lm_test_id (newest);
        g_autofree char *name = g_strdup_printf ("%u-%u.json", newest, i),
                        *text = g_strdup_printf ("text %u", i);

        put (test, name, &id, text, i == newest ? 7 : 3 + (i % 2));
      }
  loaded = lm_test_load (test->store);
  g_assert_cmpuint (loaded->records->len, ==, 4);
  g_assert_cmpuint (loaded->problems->len, ==, 12);
  for (guint newest = 0; newest < 4; newest++)
    for (guint i = 0; i < 4; i++)
      {
        LmId id = lm_test_id (newest);
        g_autofree char *name = g_strdup_printf ("%u-%u.json", newest, i),
                        *text = g_strdup_printf ("text %u", i);

        if (i == newest)
          lm_test_assert_text (lm_test_find (loaded, &id), text);
        else
          assert_copy (loaded, name, &id);
      }
}

/* The main file is damaged: the copy is shown, and the damaged one named. */
static void
test_beside_damaged (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1), device = lm_test_id (50);
  g_autofree char *own = lm_test_file_name (&id), *path = g_build_filename ("entries", own, NULL);
  g_autoptr (GBytes) good = lm_test_entry_saved (&id, "main", &device, 9),
                     cut = lm_test_slice (good, 2000);
  g_autoptr (LmTestLoaded) loaded = NULL;
  LmProblem *problem;

  lm_test_put (test, own, cut);
  put (test, "copy.json", &id, "copy", 2);
  loaded = lm_test_load (test->store);
  lm_test_assert_text (lm_test_find (loaded, &id), "copy");
  g_assert_cmpuint (loaded->problems->len, ==, 1);
  problem = lm_test_find_problem (loaded, path);
  g_assert_error (problem->error, LM_VAULT_ERROR, LM_VAULT_ERROR_DAMAGED);
}

/* A record that stands only in a copy is saved under its own name, and the copy stays. */
static void
test_save_from_copy (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autoptr (LmTestLoaded) loaded = NULL, again = NULL;
  g_autoptr (LmRecord) saved = NULL;
  gboolean conflict = TRUE;

  put (test, "copy.json", &id, "copy", 2);
  loaded = lm_test_load (test->store);
  saved = lm_test_save (test->store, &id, "saved", lm_test_find (loaded, &id), &conflict);
  g_assert_false (conflict);
  again = lm_test_load (test->store);
  lm_test_assert_text (lm_test_find (again, &id), "saved");
  assert_copy (again, "copy.json", &id);
}

/* A record in one of the folders that other versions may use, and one of the same id beside them.
 * We save beside: that one must be shown, or what was just saved would be gone again. */
static void
test_shard_and_top (LmTestStore *test, gconstpointer data)
{
  for (guint i = 0; i < 256; i += 51)
    {
      LmId id = lm_test_id (i);
      g_autofree char *own = lm_test_file_name (&id),
                      *shard = g_strdup_printf ("%.2s/%s", own, own);
      g_autoptr (LmTestLoaded) before = NULL, after = NULL;
      g_autoptr (LmRecord) saved = NULL;
      gboolean conflict = TRUE;

      put (test, shard, &id, "before", 2);
      before = lm_test_load (test->store);
      lm_test_assert_text (lm_test_find (before, &id), "before");
      saved = lm_test_save (test->store, &id, "after", lm_test_find (before, &id), &conflict);
      g_assert_false (conflict);
      after = lm_test_load (test->store);
      lm_test_assert_text (lm_test_find (after, &id), "after");
      assert_copy (after, shard, &id);
    }
}

static char *
part_name (const LmId *id, const LmId *device)
{
  return g_strdup_printf (".~%s-%s-0123abcd.part",
                          lm_id_format (id).digits,
                          lm_id_format (device).digits);
}

static guint
count_versions (LmTestStore *test, const LmId *id)
{
  g_autofree char *path =
      g_build_filename (test->local, "versions", lm_id_format (id).digits, NULL);

  return lm_test_count (path, ".json");
}

/* A temporary file of this computer: its text is among the versions afterwards. */
static void
test_own_part (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1), device = *lm_store_device (test->store);
  g_autofree char *name = part_name (&id, &device);
  g_autoptr (GBytes) file = lm_test_entry_saved (&id, "half saved", &device, 3), kept = NULL;
  g_autofree char *versions =
      g_build_filename (test->local, "versions", lm_id_format (&id).digits, NULL);
  g_autofree char *version = NULL, *path = NULL;

  lm_test_put (test, name, file);
  lm_test_store_reopen (test);
  g_assert_cmpuint (lm_test_count (test->entries, ""), ==, 0);
  version = lm_test_one_name (versions, "", ".json");
  path = g_build_filename (versions, version, NULL);
  kept = lm_test_read (path);
  g_assert_true (g_bytes_equal (kept, file));
}

/* Its payload is among them already: the older version's file stays, the temporary one goes. */
static void
test_own_part_known (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1), device = *lm_store_device (test->store);
  g_autofree char *name = part_name (&id, &device);
  g_autoptr (LmRecord) record = lm_test_save (test->store, &id, "saved", NULL, NULL);
  g_autoptr (GBytes) payload = lm_record_payload (record);
  g_autoptr (GBytes) resealed =
      lm_vault_seal (test->opened->vault, LM_SEAL_ENTRY, &id, payload, NULL);

  lm_test_put (test, name, resealed);
  lm_test_store_reopen (test);
  g_assert_cmpuint (lm_test_count (test->entries, ""), ==, 1);
  g_assert_cmpuint (count_versions (test, &id), ==, 1);
}

/* What does not open stays, and what another computer is writing is not ours to touch. */
static void
test_parts_that_stay (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1), device = *lm_store_device (test->store), other = lm_test_id (50);
  g_autofree char *damaged = part_name (&id, &device), *theirs = part_name (&id, &other);
  g_autoptr (GBytes) file = lm_test_entry_saved (&id, "text", &device, 3),
                     cut = lm_test_slice (file, 1000);
  g_autoptr (GBytes) damaged_after = NULL, theirs_after = NULL;

  lm_test_put (test, damaged, cut);
  lm_test_put (test, theirs, file);
  lm_test_store_reopen (test);
  damaged_after = lm_test_get (test, damaged);
  theirs_after = lm_test_get (test, theirs);
  g_assert_true (g_bytes_equal (damaged_after, cut));
  g_assert_true (g_bytes_equal (theirs_after, file));
  g_assert_cmpuint (count_versions (test, &id), ==, 0);
}

/* While another program has the journal open, a temporary file may be one that it writes just now:
 * also for one that comes when the keeper of the lock has gone, and the other has not. */
static void
test_part_while_shared (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1), device;
  g_autofree char *name = NULL;
  g_autoptr (GBytes) file = NULL, after = NULL;
  LmStore *second, *third;

  g_assert_true (lm_store_write_seen (test->store, NULL));
  second = lm_test_store_open (test);
  device = *lm_store_device (second);
  g_assert_true (lm_id_equal (&device, lm_store_device (test->store)));
  name = part_name (&id, &device);
  file = lm_test_entry_saved (&id, "being saved", &device, 3);
  lm_test_put (test, name, file);
  lm_test_store_close (test);
  third = lm_test_store_open (test);
  g_assert_false (lm_store_is_shared (third));
  after = lm_test_get (test, name);
  g_assert_true (g_bytes_equal (after, file));
  lm_store_close (third, NULL);
  lm_store_close (second, NULL);
  test->store = lm_test_store_open (test);
  g_assert_cmpuint (lm_test_count (test->entries, ".part"), ==, 0);
  g_assert_cmpuint (count_versions (test, &id), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  LM_TEST_STORE_ADD ("/journal/store-copies/beside", test_beside);
  LM_TEST_STORE_ADD ("/journal/store-copies/newest", test_newest);
  LM_TEST_STORE_ADD ("/journal/store-copies/beside-damaged", test_beside_damaged);
  LM_TEST_STORE_ADD ("/journal/store-copies/save-from-copy", test_save_from_copy);
  LM_TEST_STORE_ADD ("/journal/store-copies/shard-and-top", test_shard_and_top);
  LM_TEST_STORE_ADD ("/journal/store-copies/own-part", test_own_part);
  LM_TEST_STORE_ADD ("/journal/store-copies/own-part-known", test_own_part_known);
  LM_TEST_STORE_ADD ("/journal/store-copies/parts-that-stay", test_parts_that_stay);
  LM_TEST_STORE_ADD ("/journal/store-copies/part-while-shared", test_part_while_shared);
  return g_test_run ();
}
