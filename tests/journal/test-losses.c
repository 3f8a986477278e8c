/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>

#include "base/lm-hardening.h"
#include "journal/lm-losses.h"
#include "journal/lm-saves.h"
#include "journal/lm-snapshot.h"
#include "lm-test-journal.h"

/* Reads the whole journal, and says what is not as it was. */
static GPtrArray *
find_losses (LmTestStore *test)
{
  g_autoptr (LmTestLoaded) loaded = lm_test_load (test->store);
  g_autoptr (GError) error = NULL;
  GPtrArray *losses = lm_store_find_losses (test->store, &error);

  g_assert_no_error (error);
  return losses;
}

static void
assert_none (LmTestStore *test)
{
  g_autoptr (GPtrArray) losses = find_losses (test);

  g_assert_cmpuint (losses->len, ==, 0);
}

/* The one loss, after quitting and starting again. */
static LmLoss *
only_loss (LmTestStore *test, GPtrArray **losses, const LmId *id, LmLossKind kind)
{
  LmLoss *loss;

  lm_test_store_reopen (test);
  *losses = find_losses (test);
  g_assert_cmpuint ((*losses)->len, ==, 1);
  loss = (*losses)->pdata[0];
  g_assert_true (lm_id_equal (&loss->id, id));
  g_assert_cmpint (loss->kind, ==, kind);
  return loss;
}

static void
remove_file (LmTestStore *test, const LmId *id)
{
  g_autofree char *name = lm_test_file_name (id),
                  *path = g_build_filename (test->entries, name, NULL);

  g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
remove_versions (LmTestStore *test, const LmId *id)
{
  g_autofree char *path =
      g_build_filename (test->local, "versions", lm_id_format (id).digits, NULL);

  lm_test_empty_folder (path);
}

static LmRecord *
undo (LmTestStore *test, LmLoss *loss)
{
  g_autoptr (GError) error = NULL;
  LmRecord *record = lm_store_undo_loss (test->store, loss, &error);

  g_assert_no_error (error);
  return record;
}

static LmRecord *
accept (LmTestStore *test, LmLoss *loss)
{
  g_autoptr (GError) error = NULL;
  LmRecord *record = NULL;

  g_assert_true (lm_store_accept_loss (test->store, loss, &record, &error));
  g_assert_no_error (error);
  return record;
}

static void
assert_on_disk (LmTestStore *test, const LmId *id, const char *text)
{
  g_autoptr (LmRecord) record = lm_store_read (test->store, id, NULL);

  lm_test_assert_text (record, text);
}

static void
test_nothing (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1), other = lm_test_id (2), device = lm_test_id (500);
  g_autofree char *name = lm_test_file_name (&other);
  g_autoptr (GBytes) theirs = lm_test_entry_saved (&other, "theirs", &device, 1),
                     newer = lm_test_entry_saved (&other, "newer", &device, 2);
  g_autoptr (LmRecord) first = lm_test_save (test->store, &id, "first", NULL, NULL), second = NULL;

  assert_none (test);
  second = lm_test_save (test->store, &id, "second", first, NULL);
  assert_none (test);
  lm_test_put (test, name, theirs);
  assert_none (test);
  lm_test_put (test, name, newer);
  lm_test_store_reopen (test);
  assert_none (test);
}

/* An older file, as a sync provider or a backup puts it there: told, and told again until somebody
 * decides; the text comes back and is the newest for everybody. */
static void
test_older (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autofree char *name = lm_test_file_name (&id);
  g_autoptr (LmRecord) first = lm_test_save (test->store, &id, "first", NULL, NULL), second = NULL,
                       back = NULL;
  g_autoptr (GBytes) old = lm_test_get (test, name);
  g_autoptr (GPtrArray) losses = NULL, again = NULL;
  LmLoss *loss;

  second = lm_test_save (test->store, &id, "second", first, NULL);
  lm_test_put (test, name, old);
  loss = only_loss (test, &losses, &id, LM_LOSS_OLDER);
  lm_test_assert_text (loss->present, "first");
  lm_test_assert_text (loss->lost, "second");
  loss = only_loss (test, &again, &id, LM_LOSS_OLDER);
  back = undo (test, loss);
  assert_on_disk (test, &id, "second");
  g_assert_cmpint (lm_saves_compare (back->saves, second->saves), ==, LM_SAVES_NEWER);
  g_assert_cmpuint (lm_test_count (test->entries, ".json"), ==, 1);
  assert_none (test);
  lm_test_store_reopen (test);
  assert_none (test);
}

/* The person brought back a backup of their own: it is the newest from now on. */
static void
test_older_accepted (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autofree char *name = lm_test_file_name (&id);
  g_autoptr (LmRecord) first = lm_test_save (test->store, &id, "first", NULL, NULL), second = NULL,
                       kept = NULL;
  g_autoptr (GBytes) old = lm_test_get (test, name);
  g_autoptr (GPtrArray) losses = NULL;

  second = lm_test_save (test->store, &id, "second", first, NULL);
  lm_test_put (test, name, old);
  kept = accept (test, only_loss (test, &losses, &id, LM_LOSS_OLDER));
  assert_on_disk (test, &id, "first");
  g_assert_cmpint (lm_saves_compare (kept->saves, second->saves), ==, LM_SAVES_NEWER);
  lm_test_store_reopen (test);
  assert_none (test);
}

/* Who writes on at an older state does not use a count a second time. */
static void
test_older_edited (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autofree char *name = lm_test_file_name (&id);
  g_autoptr (LmRecord) first = lm_test_save (test->store, &id, "first", NULL, NULL), second = NULL,
                       third = NULL, edited = NULL, base = NULL;
  g_autoptr (GBytes) old = lm_test_get (test, name);

  second = lm_test_save (test->store, &id, "second", first, NULL);
  third = lm_test_save (test->store, &id, "third", second, NULL);
  lm_test_put (test, name, old);
  lm_test_store_reopen (test);
  base = lm_store_read (test->store, &id, NULL);
  edited = lm_test_save (test->store, &id, "edited", base, NULL);
  g_assert_cmpint (lm_saves_compare (edited->saves, third->saves), ==, LM_SAVES_NEWER);
}

static void
test_missing (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1), other = lm_test_id (2);
  g_autoptr (LmRecord) saved = lm_test_save (test->store, &id, "text", NULL, NULL),
                       kept = lm_test_save (test->store, &other, "other", NULL, NULL), back = NULL;
  g_autoptr (GPtrArray) losses = NULL;

  remove_file (test, &id);
  back = undo (test, only_loss (test, &losses, &id, LM_LOSS_MISSING));
  assert_on_disk (test, &id, "text");
  g_assert_cmpint (lm_saves_compare (back->saves, saved->saves), ==, LM_SAVES_NEWER);
  lm_test_store_reopen (test);
  assert_none (test);
}

static void
test_missing_accepted (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autoptr (LmRecord) saved = lm_test_save (test->store, &id, "text", NULL, NULL), none = NULL;
  g_autoptr (GPtrArray) losses = NULL;

  remove_file (test, &id);
  none = accept (test, only_loss (test, &losses, &id, LM_LOSS_MISSING));
  g_assert_null (none);
  lm_test_store_reopen (test);
  assert_none (test);
}

/* Of what another computer wrote there is no version here; a snapshot has it. */
static void
test_missing_in_snapshot (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1), device = lm_test_id (500), journal = lm_test_journal ();
  g_autofree char *name = lm_test_file_name (&id), *snapshot = NULL;
  g_autoptr (GBytes) theirs = lm_test_entry_saved (&id, "theirs", &device, 1);
  g_autoptr (LmSnapshots) snapshots = lm_snapshots_open (&journal, NULL);
  g_autoptr (GPtrArray) losses = NULL, none = NULL;
  g_autoptr (LmRecord) back = NULL;
  g_autoptr (GError) error = NULL;
  LmLoss *loss;

  lm_test_put (test, name, theirs);
  assert_none (test);
  remove_file (test, &id);
  loss = only_loss (test, &none, &id, LM_LOSS_MISSING);
  g_assert_null (loss->lost);
  lm_test_put (test, name, theirs);
  snapshot = lm_snapshot_make (snapshots, test->path, test->clock, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  remove_file (test, &id);
  back = undo (test, only_loss (test, &losses, &id, LM_LOSS_MISSING));
  assert_on_disk (test, &id, "theirs");
}

/* Under another name, damaged, or deleted for good: not missing. */
static void
test_not_missing (LmTestStore *test, gconstpointer data)
{
  LmId moved = lm_test_id (1), shard = lm_test_id (2), damaged = lm_test_id (3),
       gone = lm_test_id (4), device = lm_test_id (500);
  const LmId *ids[] = { &moved, &shard, &damaged, &gone };
  g_autofree char *shard_name = lm_test_file_name (&shard),
                  *shard_path = g_build_filename ("ab", shard_name, NULL),
                  *damaged_name = lm_test_file_name (&damaged),
                  *gone_name = lm_test_file_name (&gone), *moved_name = lm_test_file_name (&moved);
  g_autofree char *payload =
      g_strdup_printf ("{\"kind\":\"gone\",\"saves\":{\"%s\":9}}", lm_id_format (&device).digits);
  g_autoptr (GBytes) tombstone = lm_test_entry (&gone, payload), bad = lm_test_bytes ("\0\0\0");

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (LmRecord) record = lm_test_save (test->store, ids[i], "text", NULL, NULL);
    }
  {
    g_autoptr (GBytes) a = lm_test_get (test, moved_name), b = lm_test_get (test, shard_name);

    lm_test_put (test, "a copy of something.json", a);
    lm_test_put (test, shard_path, b);
  }
  remove_file (test, &moved);
  remove_file (test, &shard);
  lm_test_put (test, damaged_name, bad);
  lm_test_put (test, gone_name, tombstone);
  lm_test_store_reopen (test);
  /* A note that something is gone may itself be tidied away later. */
  {
    g_autoptr (GPtrArray) losses = find_losses (test);

    for (guint i = 0; i < losses->len; i++)
      g_assert_true (lm_id_equal (&((LmLoss *) losses->pdata[i])->id, &gone));
  }
}

/* A text of somebody who did not know of ours stands in its place, and ours nowhere. */
static void
test_replaced (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1), device = lm_test_id (500);
  g_autofree char *name = lm_test_file_name (&id), *aside = NULL,
                  *prefix = g_strdup_printf ("%s.conflict-", lm_id_format (&id).digits);
  g_autoptr (LmRecord) ours = lm_test_save (test->store, &id, "ours", NULL, NULL), now = NULL;
  g_autoptr (GBytes) theirs = lm_test_entry_saved (&id, "theirs", &device, 1), own = NULL;
  g_autoptr (GPtrArray) losses = NULL;

  own = lm_test_get (test, name);
  lm_test_put (test, name, theirs);
  /* Where ours is a copy beside, nothing is lost. */
  lm_test_put (test, "ours.sync-conflict.json", own);
  lm_test_store_reopen (test);
  assert_none (test);
  {
    g_autofree char *copy = g_build_filename (test->entries, "ours.sync-conflict.json", NULL);

    g_assert_cmpint (g_unlink (copy), ==, 0);
  }
  now = undo (test, only_loss (test, &losses, &id, LM_LOSS_REPLACED));
  assert_on_disk (test, &id, "theirs");
  aside = lm_test_one_name (test->entries, prefix, ".json");
  g_assert_nonnull (aside);
  lm_test_store_reopen (test);
  assert_none (test);
}

/* Seen is late: an earlier one is put back, as after a crash. Nothing is made up. */
static void
test_late (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1), later = lm_test_id (2);
  g_autofree char *path = g_build_filename (test->local, "seen.json", NULL);
  g_autoptr (LmRecord) first = lm_test_save (test->store, &id, "first", NULL, NULL), second = NULL,
                       other = NULL;
  g_autoptr (GBytes) early = NULL;

  lm_test_store_reopen (test);
  early = lm_test_read (path);
  second = lm_test_save (test->store, &id, "second", first, NULL);
  other = lm_test_save (test->store, &later, "later", NULL, NULL);
  lm_test_store_close (test);
  lm_test_write (path, early);
  test->store = lm_test_store_open (test);
  assert_none (test);
  /* And without any. */
  lm_test_store_close (test);
  g_assert_cmpint (g_unlink (path), ==, 0);
  test->store = lm_test_store_open (test);
  assert_none (test);
}

/* The versions are gone too: it is told all the same, and can be accepted. */
static void
test_nothing_left (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autofree char *name = lm_test_file_name (&id);
  g_autoptr (LmRecord) first = lm_test_save (test->store, &id, "first", NULL, NULL), second = NULL,
                       kept = NULL;
  g_autoptr (GBytes) old = lm_test_get (test, name);
  g_autoptr (GPtrArray) losses = NULL;
  LmLoss *loss;

  second = lm_test_save (test->store, &id, "second", first, NULL);
  lm_test_put (test, name, old);
  remove_versions (test, &id);
  loss = only_loss (test, &losses, &id, LM_LOSS_OLDER);
  g_assert_null (loss->lost);
  kept = accept (test, loss);
  assert_none (test);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  LM_TEST_STORE_ADD ("/journal/losses/nothing", test_nothing);
  LM_TEST_STORE_ADD ("/journal/losses/older", test_older);
  LM_TEST_STORE_ADD ("/journal/losses/older-accepted", test_older_accepted);
  LM_TEST_STORE_ADD ("/journal/losses/older-edited", test_older_edited);
  LM_TEST_STORE_ADD ("/journal/losses/missing", test_missing);
  LM_TEST_STORE_ADD ("/journal/losses/missing-accepted", test_missing_accepted);
  LM_TEST_STORE_ADD ("/journal/losses/missing-in-snapshot", test_missing_in_snapshot);
  LM_TEST_STORE_ADD ("/journal/losses/not-missing", test_not_missing);
  LM_TEST_STORE_ADD ("/journal/losses/replaced", test_replaced);
  LM_TEST_STORE_ADD ("/journal/losses/late", test_late);
  LM_TEST_STORE_ADD ("/journal/losses/nothing-left", test_nothing_left);
  return g_test_run ();
}
