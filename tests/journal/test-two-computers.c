/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/lm-hardening.h"
#include "journal/lm-merge.h"
#include "journal/lm-saves.h"
#include "lm-test-journal.h"

/* Two computers with a folder each, and a sync tool between them that is slow, stops in the middle,
 * makes conflict copies and throws the oldest of them away: whatever happens in whatever order,
 * each sentence that was saved is in an entry or a version, unless a person deleted it.
 *
 * LEITMOTIF_SCHEDULES says how many random schedules; a schedule that fails is named by its seed,
 * and LEITMOTIF_SEED runs that one. */

#define COMPUTERS     2
#define ENTRIES       3
#define STEPS         24
#define CONFLICTS_MAX 10

typedef struct
{
  char *journal;
  char *entries;
  char *local;
  LmFolder *folder;
  LmOpened *opened;
  LmClock *clock;
  LmStore *store;
  GPtrArray *open; /* of LmRecord: what the person there sees, one for each entry; may be NULL */
} Computer;

typedef struct
{
  GRand *rand;
  Computer computers[COMPUTERS];
  GHashTable *known;     /* name → its bytes on both sides when they were last alike */
  GHashTable *sentences; /* each that was saved → (nullable) who deleted it for good */
  guint counter;
  guint copies;
} World;

static void
open_store (Computer *computer)
{
  g_autoptr (GError) error = NULL;

  computer->store = lm_store_open_at (computer->folder,
                                      computer->opened,
                                      computer->clock,
                                      computer->local,
                                      &error);
  g_assert_no_error (error);
}

static void
computer_init (World *world, guint index, LmTestStore *keys, const char *place)
{
  Computer *computer = &world->computers[index];
  g_autoptr (GError) error = NULL;
  g_autoptr (GDateTime) begin = g_date_time_new_from_iso8601 ("2026-11-23T21:04:11+01:00", NULL);
  g_autoptr (GDateTime) skewed =
      g_date_time_add_days (begin, g_rand_int_range (world->rand, -3000, 3000));
  g_autofree char *name = g_strdup_printf ("%s/%u", place, index);

  computer->journal = g_build_filename (name, "journal", NULL);
  computer->entries = g_build_filename (computer->journal, "entries", NULL);
  computer->local = g_build_filename (name, "local", NULL);
  g_assert_cmpint (g_mkdir_with_parents (computer->entries, 0700), ==, 0);
  computer->folder = lm_folder_ref (keys->folder);
  /* The same keys, and the own folder: only the path of the entries matters to the store. */
  for (guint i = 0; i < 2; i++)
    {
      static const char *const files[] = { "journal.json",
                                           "keys/101112131415161718191a1b1c1d1e1f.json" };
      g_autofree char *from = g_build_filename (keys->path, files[i], NULL);
      g_autofree char *to = g_build_filename (computer->journal, files[i], NULL);
      g_autofree char *parent = g_path_get_dirname (to);
      g_autoptr (GBytes) bytes = lm_test_read (from);

      g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
      lm_test_write (to, bytes);
    }
  lm_folder_unref (computer->folder);
  computer->folder = lm_folder_read (computer->journal, &error);
  g_assert_no_error (error);
  computer->opened = lm_opened_copy (keys->opened);
  computer->clock = lm_clock_new_set (skewed);
  computer->open = g_ptr_array_new_null_terminated (ENTRIES, NULL, FALSE);
  g_ptr_array_set_size (computer->open, ENTRIES);
  open_store (computer);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      if (g_file_test (file, G_FILE_TEST_IS_DIR))
        remove_tree (file);
      else
        g_unlink (file);
    }
  g_rmdir (path);
}

static void
see (Computer *computer, guint entry, LmRecord *record)
{
  g_clear_pointer ((LmRecord **) &computer->open->pdata[entry], lm_record_unref);
  computer->open->pdata[entry] = record != NULL ? lm_record_ref (record) : NULL;
}

static void
computer_clear (Computer *computer)
{
  for (guint i = 0; i < ENTRIES; i++)
    see (computer, i, NULL);
  g_ptr_array_unref (computer->open);
  lm_store_close (computer->store, NULL);
  lm_clock_unref (computer->clock);
  lm_opened_free (computer->opened);
  lm_folder_unref (computer->folder);
  g_free (computer->local);
  g_free (computer->entries);
  g_free (computer->journal);
}

/* What people do --------------------------------------------------------------------------- */

static LmId
id_of (guint entry)
{
  return lm_test_id (100 + entry);
}

/* Writes a new sentence into an entry, from whatever state is on the screen there. */
static void
edit (World *world, Computer *computer, guint entry)
{
  LmRecord *base = computer->open->pdata[entry];
  LmId id = id_of (entry);
  g_autoptr (LmContent) content = NULL;
  g_autoptr (GString) text = NULL;
  g_autoptr (LmRecord) saved = NULL;
  g_autoptr (GError) error = NULL;
  char *sentence = g_strdup_printf ("Sentence <%u>.", world->counter++);

  if (base != NULL && base->kind == LM_RECORD_GONE)
    {
      g_free (sentence);
      return;
    }
  content = base != NULL ? lm_record_content (base) : lm_test_content ("");
  text = g_string_new (lm_content_get_string (content, "text"));
  /* Somewhere, or in the place of everything: what was there is in a version. */
  if (g_rand_int_range (world->rand, 0, 4) == 0)
    g_string_truncate (text, 0);
  if (g_rand_boolean (world->rand))
    g_string_append_printf (text, " %s", sentence);
  else
    {
      g_string_prepend (text, " ");
      g_string_prepend (text, sentence);
    }
  lm_content_set_string (content, "text", text->str);
  saved = lm_store_save (computer->store, &id, content, base, NULL, &error);
  g_assert_no_error (error);
  g_hash_table_insert (world->sentences, sentence, NULL);
  see (computer, entry, saved);
}

static void
trash (World *world, Computer *computer, guint entry)
{
  LmRecord *base = computer->open->pdata[entry];
  LmId id = id_of (entry);
  g_autoptr (LmContent) content = NULL;
  g_autoptr (GDateTime) now = lm_clock_now (computer->clock);
  g_autoptr (LmRecord) saved = NULL;

  if (base == NULL || base->kind == LM_RECORD_GONE)
    return;
  content = lm_record_content (base);
  lm_content_set_deleted (content, base->deleted ? NULL : now);
  saved = lm_store_save (computer->store, &id, content, base, NULL, NULL);
  see (computer, entry, saved);
}

/* Deletes for good what is on the screen: the sentences in it are not missed any more. */
static void
purge (World *world, Computer *computer, guint entry)
{
  LmRecord *base = computer->open->pdata[entry];
  LmId id = id_of (entry);
  g_autoptr (LmContent) content = NULL, old = NULL;
  g_autoptr (GDateTime) now = lm_clock_now (computer->clock);
  g_autoptr (LmRecord) saved = NULL;
  GHashTableIter iter;
  gpointer sentence;

  if (base == NULL || !base->deleted)
    return;
  old = lm_record_content (base);
  content = lm_content_new ("gone", now);
  saved = lm_store_save (computer->store, &id, content, base, NULL, NULL);
  see (computer, entry, saved);
  g_hash_table_iter_init (&iter, world->sentences);
  while (g_hash_table_iter_next (&iter, &sentence, NULL))
    if (strstr (lm_content_get_string (old, "text"), sentence) != NULL)
      g_hash_table_iter_replace (&iter, computer);
}

static void
decide (World *world, Computer *computer, LmConflict *conflict)
{
  g_autoptr (LmRecord) base = lm_store_common_base (computer->store, conflict->own, conflict->copy);
  g_autoptr (LmContent) from = base != NULL ? lm_record_content (base) : NULL;
  g_autoptr (LmContent) ours = lm_record_content (conflict->own);
  g_autoptr (LmContent) theirs = lm_record_content (conflict->copy), content = NULL;
  g_autoptr (LmRecord) saved = NULL;
  gboolean clean;

  if (g_rand_int_range (world->rand, 0, 3) == 0)
    content = lm_content_copy (ours);
  else if (conflict->copy->kind == LM_RECORD_GONE)
    content = lm_content_copy (ours);
  else if (g_rand_boolean (world->rand))
    content = lm_content_merge (from, ours, theirs, &clean);
  else
    content = lm_content_copy (theirs);
  saved = lm_store_resolve (computer->store, conflict, content, &clean, NULL);
  if (saved != NULL)
    see (computer, (guint) (conflict->own->id.bytes[0] - 100), saved);
}

/* The app looks at its folder, and perhaps its person answers a question. */
static void
look (World *world, Computer *computer)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LmRescan) found = lm_store_rescan (computer->store, &error);

  g_assert_no_error (error);
  world->copies += found->conflicts->len;
  for (guint i = 0; i < found->changed->len; i++)
    {
      LmRecord *record = found->changed->pdata[i];

      if (record->id.bytes[0] >= 100 && record->id.bytes[0] < 100 + ENTRIES)
        see (computer, record->id.bytes[0] - 100u, record);
    }
  if (found->conflicts->len > 0 && g_rand_boolean (world->rand))
    decide (world, computer, found->conflicts->pdata[0]);
}

/* The app ends and is started again, sometimes with nothing of what it has seen. */
static void
restart (World *world, Computer *computer)
{
  lm_store_close (g_steal_pointer (&computer->store), NULL);
  if (g_rand_int_range (world->rand, 0, 6) == 0)
    {
      g_autofree char *seen = g_build_filename (computer->local, "seen.json", NULL);

      g_unlink (seen);
    }
  open_store (computer);
}

/* A person puts back a file from their own backup of the folder. */
static void
restore (World *world, Computer *computer, guint entry)
{
  LmId id = id_of (entry);
  LmIdText text = lm_id_format (&id);
  g_autofree char *versions = g_build_filename (computer->local, "versions", text.digits, NULL);
  g_autofree char *name = g_strdup_printf ("%s.json", text.digits);
  g_autofree char *target = g_build_filename (computer->entries, name, NULL);
  g_autoptr (GDir) dir = g_dir_open (versions, 0, NULL);
  const char *version;

  /* As a copy beside it: to put it in the place of the record by hand is to delete that. */
  if (dir != NULL && (version = g_dir_read_name (dir)) != NULL &&
      g_file_test (target, G_FILE_TEST_EXISTS))
    {
      g_autofree char *from = g_build_filename (versions, version, NULL);
      g_autofree char *to =
          g_strdup_printf ("%s/%s (%u).json", computer->entries, text.digits, world->counter++);
      g_autoptr (GBytes) bytes = lm_test_read (from);

      lm_test_write (to, bytes);
    }
}

/* The sync tool ---------------------------------------------------------------------------------
 */

static GBytes *
bytes_of (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS) ? lm_test_read (path) : NULL;
}

static void
put (const char *folder, const char *name, GBytes *bytes)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  lm_test_write (path, bytes);
}

static void
drop (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_unlink (path);
}

static gboolean
same (GBytes *a, GBytes *b)
{
  return a == b || (a != NULL && b != NULL && g_bytes_equal (a, b));
}

/* Moves the losing file aside as Syncthing does; the oldest copies beyond the limit go. */
static void
make_conflict_copy (World *world, const char *folder, const char *name)
{
  g_autofree char *stem = g_strndup (name, strlen (name) - strlen (".json"));
  g_autofree char *copy =
      g_strdup_printf ("%s.sync-conflict-20261123-%06u-ABCDEFG.json", stem, world->counter++);
  g_autofree char *from = g_build_filename (folder, name, NULL);
  g_autofree char *to = g_build_filename (folder, copy, NULL);

  /* A conflict on a conflict copy: the tool removes it. */
  if (strstr (name, ".sync-conflict-") != NULL)
    g_unlink (from);
  else
    g_rename (from, to);
}

static void
add_names (GHashTable *names, const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (name[0] != '.')
      g_hash_table_add (names, g_strdup (name));
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
sync_file (World *world, const char *name)
{
  const char *a = world->computers[0].entries, *b = world->computers[1].entries;
  g_autoptr (GBytes) at_a = bytes_of (a, name), at_b = bytes_of (b, name);
  GBytes *known = g_hash_table_lookup (world->known, name);
  const char *loser;
  GBytes *winner;

  if (same (at_a, at_b))
    ;
  else if (same (at_a, known)) /* only changed there */
    at_b != NULL ? put (a, name, at_b) : drop (a, name);
  else if (same (at_b, known))
    at_a != NULL ? put (b, name, at_a) : drop (b, name);
  else if (at_a == NULL || at_b == NULL) /* deleted against changed: the change wins */
    at_a == NULL ? put (a, name, at_b) : put (b, name, at_a);
  else
    {
      gboolean first = g_rand_boolean (world->rand);

      winner = first ? at_a : at_b;
      loser = first ? b : a;
      make_conflict_copy (world, loser, name);
      put (loser, name, winner);
    }
  g_clear_pointer (&at_a, g_bytes_unref);
  at_a = bytes_of (a, name);
  if (at_a != NULL)
    g_hash_table_insert (world->known, g_strdup (name), g_bytes_ref (at_a));
  else
    g_hash_table_remove (world->known, name);
}

/* Some of the files, or all of them. */
static void
synchronise (World *world, gboolean all)
{
  g_autoptr (GHashTable) set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) names = NULL;

  for (guint i = 0; i < COMPUTERS; i++)
    add_names (set, world->computers[i].entries);
  names = g_hash_table_get_keys_as_ptr_array (set);
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    if (all || g_rand_boolean (world->rand))
      sync_file (world, names->pdata[i]);
}

/* The end
 * ------------------------------------------------------------------------------------------ */

static void
collect (World *world, Computer *computer, const char *path, GString *texts)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      g_autoptr (GBytes) bytes = NULL, payload = NULL;

      if (g_file_test (file, G_FILE_TEST_IS_DIR))
        {
          collect (world, computer, file, texts);
          continue;
        }
      bytes = lm_test_read (file);
      payload = lm_vault_open (computer->opened->vault, LM_SEAL_ENTRY, bytes, NULL, NULL);
      if (payload != NULL)
        g_string_append_len (texts,
                             g_bytes_get_data (payload, NULL),
                             (gssize) g_bytes_get_size (payload));
    }
}

static void
assert_nothing_lost (World *world, guint32 seed)
{
  g_autoptr (GString) texts = g_string_new (NULL);
  GHashTableIter iter;
  gpointer sentence, deleted;

  for (guint i = 0; i < COMPUTERS; i++)
    {
      collect (world, &world->computers[i], world->computers[i].entries, texts);
      collect (world, &world->computers[i], world->computers[i].local, texts);
    }
  g_hash_table_iter_init (&iter, world->sentences);
  while (g_hash_table_iter_next (&iter, &sentence, &deleted))
    if (deleted == NULL && strstr (texts->str, sentence) == NULL)
      g_error ("%s is nowhere; LEITMOTIF_SEED=%u", (char *) sentence, seed);
}

/* When the tool has had the time it needs and both have looked, both see the same, and nothing of
 * it changes any more. */
static void
come_to_rest (World *world, guint32 seed)
{
  for (guint round = 0, quiet = 0; round < 60 && quiet < 2; round++, quiet++)
    {
      for (guint i = 0; i < COMPUTERS; i++)
        {
          g_autoptr (LmRescan) found = lm_store_rescan (world->computers[i].store, NULL);

          if (found->changed->len > 0 || found->merged)
            quiet = 0;
          if (found->conflicts->len > 0)
            {
              LmConflict *conflict = found->conflicts->pdata[0];
              g_autoptr (LmContent) content = lm_record_content (conflict->own);
              g_autoptr (LmRecord) saved = NULL;
              gboolean again;

              quiet = 0;
              saved = lm_store_resolve (world->computers[i].store, conflict, content, &again, NULL);
            }
          synchronise (world, TRUE);
        }
    }
  for (guint entry = 0; entry < ENTRIES; entry++)
    {
      LmId id = id_of (entry);
      g_autoptr (LmRecord) a = lm_store_read (world->computers[0].store, &id, NULL);
      g_autoptr (LmRecord) b = lm_store_read (world->computers[1].store, &id, NULL);

      if ((a == NULL) != (b == NULL) || (a != NULL && !lm_id_equal (&a->hash, &b->hash)))
        g_error ("both computers do not come to the same; LEITMOTIF_SEED=%u", seed);
    }
  for (guint i = 0; i < COMPUTERS; i++)
    if (lm_test_count (world->computers[i].entries, ".json") > ENTRIES)
      g_error ("copies are left on computer %u; LEITMOTIF_SEED=%u", i, seed);
}

static void
run_schedule (LmTestStore *keys, guint32 seed, guint *copies)
{
  g_autofree char *place = NULL;
  g_autoptr (GError) error = NULL;
  World world = { g_rand_new_with_seed (seed), { { 0 } }, NULL, NULL, 0, 0 };

  /* In memory: a disk would only make it slow. */
  place = g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR)
              ? g_strdup ("/dev/shm/leitmotif-two-XXXXXX")
              : g_build_filename (g_get_tmp_dir (), "leitmotif-two-XXXXXX", NULL);
  g_assert_nonnull (g_mkdtemp (place));
  world.known =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  world.sentences = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < COMPUTERS; i++)
    computer_init (&world, i, keys, place);
  for (guint step = 0; step < STEPS; step++)
    {
      Computer *computer = &world.computers[g_rand_int_range (world.rand, 0, COMPUTERS)];
      guint entry = (guint) g_rand_int_range (world.rand, 0, ENTRIES);

      switch (g_rand_int_range (world.rand, 0, 14))
        {
        case 0:
        case 1:
        case 2:
        case 3:
        case 4:
          edit (&world, computer, entry);
          break;
        case 5:
          trash (&world, computer, entry);
          break;
        case 6:
          purge (&world, computer, entry);
          break;
        case 7:
        case 8:
          synchronise (&world, FALSE);
          break;
        case 9:
          synchronise (&world, TRUE);
          break;
        case 10:
        case 11:
          look (&world, computer);
          break;
        case 12:
          restart (&world, computer);
          break;
        default:
          restore (&world, computer, entry);
          break;
        }
    }
  assert_nothing_lost (&world, seed);
  come_to_rest (&world, seed);
  assert_nothing_lost (&world, seed);
  *copies += world.copies;
  for (guint i = 0; i < COMPUTERS; i++)
    computer_clear (&world.computers[i]);
  g_hash_table_unref (world.sentences);
  g_hash_table_unref (world.known);
  g_rand_free (world.rand);
  remove_tree (place);
}

static void
test_schedules (LmTestStore *test, gconstpointer data)
{
  const char *wanted = g_getenv ("LEITMOTIF_SCHEDULES"), *only = g_getenv ("LEITMOTIF_SEED");
  guint n = wanted != NULL ? (guint) atoi (wanted) : 200, copies = 0;

  if (only != NULL)
    {
      run_schedule (test, (guint32) strtoul (only, NULL, 10), &copies);
      return;
    }
  for (guint32 seed = 1; seed <= n; seed++)
    run_schedule (test, seed, &copies);
  g_test_message ("%u schedules, %u questions, no sentence lost", n, copies);
  /* It would prove nothing if they never met. */
  g_assert_cmpuint (copies, >, n / 10);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  LM_TEST_STORE_ADD ("/journal/two-computers/schedules", test_schedules);
  return g_test_run ();
}
