/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "base/lm-hardening.h"
#include "base/lm-json.h"
#include "lm-test-faults.h"
#include "lm-test-journal.h"

/* Deleting for good: nothing is left where it was promised, nothing goes that nobody saw, and what
 * is interrupted goes on. */

#define SNAPSHOT "snapshots/2026-11-20T200000Z"

static LmRecord *
trash (LmTestStore *test, LmRecord *record)
{
  g_autoptr (GDateTime) now = lm_clock_now (test->clock);
  g_autoptr (LmContent) content = lm_record_content (record);
  g_autoptr (GError) error = NULL;
  LmRecord *trashed;

  lm_content_set_deleted (content, now);
  trashed = lm_store_save (test->store, &record->id, content, record, NULL, &error);
  g_assert_no_error (error);
  return trashed;
}

static void
put_local (LmTestStore *test, const char *name, GBytes *bytes)
{
  g_autofree char *path = g_build_filename (test->local, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  lm_test_write (path, bytes);
}

static gboolean
exists (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static gboolean
has_versions (LmTestStore *test, const LmId *id)
{
  g_autofree char *name = g_build_filename ("versions", lm_id_format (id).digits, NULL);

  return exists (test->local, name);
}

static gboolean
has_draft (LmTestStore *test, const LmId *id)
{
  g_autofree char *file = lm_test_file_name (id);
  g_autofree char *name = g_build_filename ("drafts", file, NULL);

  return exists (test->local, name);
}

static void
assert_gone (LmTestStore *test, const LmId *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LmRecord) record = lm_store_read (test->store, id, &error);
  g_autoptr (LmContent) content = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (record->kind, ==, LM_RECORD_GONE);
  content = lm_record_content (record);
  /* Nothing of what it was is in the mark. */
  g_assert_cmpuint (json_object_get_size (lm_content_json (content)), ==, 5);
  g_assert_false (has_versions (test, id));
  g_assert_false (has_draft (test, id));
}

/* An entry with an attachment, in the trash, with a draft and copies in a snapshot. */
static LmRecord *
make_full (LmTestStore *test, const LmId *id)
{
  g_autoptr (LmContent) content = lm_test_content ("to be gone");
  g_autoptr (LmContent) draft = lm_test_content ("a draft of it");
  g_autofree char *name = lm_test_file_name (id);
  g_autofree char *in_snapshot = g_build_filename (SNAPSHOT "/entries", name, NULL);
  g_autofree char *attachment = g_strdup_printf ("%s.bin", lm_id_format (id).digits);
  g_autofree char *attached = g_build_filename ("../attachments", attachment, NULL);
  g_autofree char *attached_then = g_build_filename (SNAPSHOT "/attachments", attachment, NULL);
  g_autoptr (GBytes) bytes = lm_test_bytes ("ciphertext");
  g_autoptr (GBytes) file = NULL;
  g_autoptr (LmRecord) first = NULL;
  JsonArray *array = json_array_new ();
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", lm_id_format (id).digits);
  json_array_add_object_element (array, object);
  json_object_set_array_member (lm_content_json (content), "attachments", array);
  first = lm_store_save (test->store, id, content, NULL, NULL, NULL);
  file = lm_test_get (test, name);
  put_local (test, in_snapshot, file);
  put_local (test, attached_then, bytes);
  lm_test_put (test, attached, bytes);
  g_assert_true (lm_store_save_draft (test->store, id, draft, first, NULL));
  return trash (test, first);
}

static void
assert_full (LmTestStore *test, LmRecord *record)
{
  g_autoptr (LmRecord) there = lm_store_read (test->store, &record->id, NULL);

  lm_test_assert_text (there, "to be gone");
  g_assert_true (has_versions (test, &record->id));
  g_assert_true (has_draft (test, &record->id));
}

static gboolean
has_attachment (LmTestStore *test, const LmId *id)
{
  g_autofree char *name = g_strdup_printf ("attachments/%s.bin", lm_id_format (id).digits);

  return exists (test->path, name);
}

static gboolean
in_snapshot (LmTestStore *test, const LmId *id)
{
  g_autofree char *entry = g_strdup_printf (SNAPSHOT "/entries/%s.json", lm_id_format (id).digits);
  g_autofree char *attachment =
      g_strdup_printf (SNAPSHOT "/attachments/%s.bin", lm_id_format (id).digits);

  g_assert_cmpint (exists (test->local, entry), ==, exists (test->local, attachment));
  return exists (test->local, entry);
}

static void
purge (LmTestStore *test, LmRecord *record, gboolean snapshots)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (lm_store_purge (test->store, &record->id, &record->hash, snapshots, &error));
  g_assert_no_error (error);
}

static void
assert_refused (LmTestStore *test, LmRecord *record, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (lm_store_purge (test->store, &record->id, &record->hash, TRUE, &error));
  g_assert_error (error, LM_STORE_ERROR, code);
}

static void
test_purge (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1), other = lm_test_id (2);
  g_autoptr (LmRecord) record = make_full (test, &id);
  g_autoptr (LmRecord) neighbour = make_full (test, &other);
  g_autoptr (GDateTime) newest = NULL;
  g_autofree char *date = NULL;

  purge (test, record, FALSE);
  assert_gone (test, &id);
  g_assert_false (has_attachment (test, &id));
  g_assert_true (in_snapshot (test, &id));
  g_assert_cmpuint (lm_store_count_snapshots (test->store, &id, &newest), ==, 1);
  date = g_date_time_format_iso8601 (newest);
  g_assert_cmpstr (date, ==, "2026-11-20T20:00:00Z");
  assert_full (test, neighbour);
  g_assert_true (has_attachment (test, &other));
}

static void
test_for_good (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1), other = lm_test_id (2);
  g_autoptr (LmRecord) record = make_full (test, &id);
  g_autoptr (LmRecord) neighbour = make_full (test, &other);

  purge (test, record, TRUE);
  assert_gone (test, &id);
  g_assert_false (in_snapshot (test, &id));
  g_assert_true (in_snapshot (test, &other));
  g_assert_cmpuint (lm_store_count_snapshots (test->store, &id, NULL), ==, 0);
  lm_test_store_reopen (test);
  assert_gone (test, &id);
}

/* A journal and snapshots of other shapes: no folder of attachments, a snapshot with nothing but
 * keys, something in the place of a snapshot, a save of the draft that never came to be, copies
 * under other names. */
static void
test_other_shapes (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1), other = lm_test_id (2);
  g_autoptr (LmRecord) record = make_full (test, &id);
  g_autoptr (LmRecord) neighbour = make_full (test, &other);
  g_autofree char *draft = lm_test_file_name (&id), *others = lm_test_file_name (&other);
  g_autofree char *draft_path = g_build_filename (test->local, "drafts", draft, NULL);
  g_autofree char *others_path = g_build_filename (test->local, "drafts", others, NULL);
  g_autofree char *entry = g_build_filename (test->local, SNAPSHOT "/entries", draft, NULL);
  g_autofree char *attachments = g_build_filename (test->path, "attachments", NULL);
  g_autofree char *aside = g_strconcat (attachments, ".aside", NULL);
  g_autoptr (GBytes) half = lm_test_read (draft_path), not_his = lm_test_read (others_path);
  g_autoptr (GBytes) sealed = lm_test_read (entry), nothing = lm_test_bytes ("x");
  g_autoptr (GDateTime) newest = NULL;
  g_autofree char *date = NULL;

  put_local (test, "drafts/.~half.part", half);
  put_local (test, "drafts/.~other.part", not_his);
  put_local (test, "drafts/.~junk.part", nothing);
  put_local (test, "snapshots/2026-11-19T200000Z/keys/a.json", nothing);
  put_local (test, "snapshots/2026-11-21T200000Z/entries/ab/copy of it.json", sealed);
  put_local (test, "snapshots/2026-11-22T200000Z", nothing);
  g_assert_cmpint (g_rename (attachments, aside), ==, 0);
  g_assert_cmpuint (lm_store_count_snapshots (test->store, &id, &newest), ==, 2);
  date = g_date_time_format_iso8601 (newest);
  g_assert_cmpstr (date, ==, "2026-11-21T20:00:00Z");
  purge (test, record, TRUE);
  assert_gone (test, &id);
  g_assert_false (in_snapshot (test, &id));
  g_assert_cmpuint (lm_store_count_snapshots (test->store, &id, NULL), ==, 0);
  g_assert_false (exists (test->local, "drafts/.~half.part"));
  g_assert_true (exists (test->local, "drafts/.~other.part"));
  g_assert_true (exists (test->local, "drafts/.~junk.part"));
  g_assert_true (exists (test->local, "snapshots/2026-11-22T200000Z"));
  g_assert_cmpint (g_rename (aside, attachments), ==, 0);
  assert_full (test, neighbour);
}

/* An attachment that another record has too stays with it. */
static void
test_shared_attachment (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1), other = lm_test_id (2);
  g_autoptr (LmRecord) record = make_full (test, &id);
  g_autoptr (LmContent) content = lm_record_content (record);
  g_autoptr (LmRecord) neighbour = NULL;

  neighbour = lm_store_save (test->store, &other, content, NULL, NULL, NULL);
  purge (test, record, FALSE);
  g_assert_true (has_attachment (test, &id));
}

/* The person saw another state than what is there. */
static void
test_changed (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autoptr (LmRecord) record = make_full (test, &id);
  g_autoptr (LmRecord) next = lm_test_save (test->store, &id, "to be gone", record, NULL);

  assert_refused (test, record, LM_STORE_ERROR_CHANGED);
  assert_full (test, next);
  g_assert_true (in_snapshot (test, &id));
}

/* A copy from another computer has words that nobody saw here. */
static void
test_conflict (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1), device = lm_test_id (7);
  g_autoptr (LmRecord) record = make_full (test, &id);
  g_autoptr (GBytes) copy = lm_test_entry_saved (&id, "theirs", &device, 1);

  lm_test_put (test, "somewhere.json", copy);
  assert_refused (test, record, LM_STORE_ERROR_CHANGED);
  assert_full (test, record);
}

/* An older copy is no text of its own, and would only bring back what is gone. */
static void
test_older_copy (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autofree char *name = lm_test_file_name (&id);
  g_autoptr (LmRecord) first = lm_test_save (test->store, &id, "first", NULL, NULL);
  g_autoptr (GBytes) copy = lm_test_get (test, name);
  g_autoptr (LmRecord) record = trash (test, first);

  lm_test_put (test, "copy (1).json", copy);
  lm_test_put (test, "ab/copy.json", copy);
  purge (test, record, TRUE);
  g_assert_false (exists (test->entries, "copy (1).json"));
  g_assert_false (exists (test->entries, "ab/copy.json"));
}

/* A file that cannot be opened is nobody's to remove. */
static void
test_unreadable_copy (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autofree char *name = lm_test_file_name (&id);
  g_autoptr (LmRecord) record = make_full (test, &id);
  g_autoptr (GBytes) whole = lm_test_get (test, name);
  g_autoptr (GBytes) part = lm_test_slice (whole, g_bytes_get_size (whole) - 9);

  lm_test_put (test, "arriving.json", part);
  purge (test, record, TRUE);
  g_assert_true (exists (test->entries, "arriving.json"));
}

static void
test_newer_kind (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autofree char *name = lm_test_file_name (&id);
  g_autoptr (GBytes) file = lm_test_entry (&id, "{\"kind\":\"dream-map\",\"x\":{\"y\":[1]}}");
  g_autoptr (LmRecord) record = NULL;
  g_autoptr (GBytes) after = NULL;

  lm_test_put (test, name, file);
  record = lm_store_read (test->store, &id, NULL);
  assert_refused (test, record, LM_STORE_ERROR_TOO_NEW);
  after = lm_test_get (test, name);
  g_assert_true (g_bytes_equal (file, after));
}

static void
test_shared (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autoptr (LmRecord) record = make_full (test, &id);
  LmStore *second = lm_test_store_open (test);
  g_autoptr (GError) error = NULL;

  g_assert_false (lm_store_purge (second, &id, &record->hash, FALSE, &error));
  g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_BUSY);
  lm_store_close (second, NULL);
  assert_full (test, record);
}

/* Each system call fails once, at every place where it is made: either all is there as it was, or
 * the mark is, and the rest goes when the journal is opened next. */
static void
test_faults (LmTestStore *test, gconstpointer data)
{
  static const LmFault faults[] = {
    LM_FAULT_WRITE,     LM_FAULT_FSYNC,    LM_FAULT_RENAMEAT,
    LM_FAULT_RENAMEAT2, LM_FAULT_UNLINKAT, LM_FAULT_FALLOCATE,
  };
  guint number = 10, reached = 0;

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    for (guint nth = 1;; nth++)
      {
        LmId id = lm_test_id (number++);
        g_autoptr (LmRecord) record = make_full (test, &id);
        g_autoptr (LmRecord) there = NULL;
        g_autoptr (GError) error = NULL;
        gboolean good, was_reached;

        lm_fault_set (faults[i], nth, faults[i] == LM_FAULT_FALLOCATE ? ENOSPC : EACCES);
        good = lm_store_purge (test->store, &id, &record->hash, TRUE, &error);
        was_reached = lm_fault_clear ();
        g_assert_true (good || error != NULL);
        lm_test_store_reopen (test);
        there = lm_store_read (test->store, &id, NULL);
        g_assert_nonnull (there);
        if (there->kind == LM_RECORD_GONE)
          {
            assert_gone (test, &id);
            g_assert_false (in_snapshot (test, &id));
            g_assert_false (has_attachment (test, &id));
          }
        else
          {
            g_assert_false (good);
            assert_full (test, record);
            g_assert_true (in_snapshot (test, &id));
            g_assert_true (has_attachment (test, &id));
          }
        if (!was_reached)
          break;
        reached++;
      }
  g_assert_cmpuint (reached, >, 20);
}

/* What was deleted for good and has come back is offered, and nothing more. */
static void
test_comes_back (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autofree char *name = lm_test_file_name (&id);
  g_autofree char *path = g_strconcat ("entries/", name, NULL);
  g_autoptr (LmRecord) record = make_full (test, &id);
  g_autoptr (GBytes) file = lm_test_get (test, name);
  g_autoptr (GBytes) after = NULL;
  g_autoptr (LmTestLoaded) loaded = NULL;
  g_autoptr (LmTestLoaded) again = NULL;
  g_autoptr (LmRecord) taken = NULL;
  g_autoptr (GError) error = NULL;
  LmProblem *problem;

  purge (test, record, TRUE);
  lm_test_store_reopen (test);
  lm_test_put (test, name, file);
  loaded = lm_test_load (test->store);
  g_assert_null (lm_test_find (loaded, &id));
  problem = lm_test_find_problem (loaded, path);
  g_assert_nonnull (problem);
  g_assert_error (problem->error, LM_STORE_ERROR, LM_STORE_ERROR_PURGED);
  after = lm_test_get (test, name);
  g_assert_true (g_bytes_equal (file, after));

  taken = lm_store_take_back (test->store, &id, &error);
  g_assert_no_error (error);
  lm_test_store_reopen (test);
  again = lm_test_load (test->store);
  lm_test_assert_text (lm_test_find (again, &id), "to be gone");
  g_assert_cmpuint (again->problems->len, ==, 0);
}

static void
test_comes_back_and_goes (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autofree char *name = lm_test_file_name (&id);
  g_autoptr (LmRecord) record = make_full (test, &id);
  g_autoptr (GBytes) file = lm_test_get (test, name);
  g_autoptr (LmTestLoaded) loaded = NULL;

  purge (test, record, TRUE);
  lm_test_put (test, name, file);
  purge (test, record, TRUE);
  assert_gone (test, &id);
  lm_test_put (test, name, file);
  loaded = lm_test_load (test->store);
  g_assert_null (lm_test_find (loaded, &id));
}

static GBytes *
gone_elsewhere (const LmId *id, LmRecord *seen_there)
{
  LmId device = lm_test_id (7);
  g_autoptr (LmSaves) saves = lm_saves_set (seen_there->saves, &device, 1);
  g_autoptr (JsonObject) root = json_object_new ();
  g_autofree char *text = NULL;
  gsize length;

  json_object_set_string_member (root, "kind", "gone");
  json_object_set_object_member (root, "saves", lm_saves_write (saves));
  text = lm_json_write (root, &length);
  return lm_test_entry (id, text);
}

/* Another computer, which had seen everything of it, deleted it for good. */
static void
test_gone_elsewhere (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autofree char *name = lm_test_file_name (&id);
  g_autoptr (LmRecord) first = lm_test_save (test->store, &id, "one", NULL, NULL);
  g_autoptr (LmRecord) second = lm_test_save (test->store, &id, "two", first, NULL);
  g_autoptr (GBytes) gone = gone_elsewhere (&id, second);
  g_autoptr (LmTestLoaded) loaded = NULL;
  g_autoptr (LmTestLoaded) after = NULL;
  g_autoptr (GBytes) file = lm_test_get (test, name);

  lm_test_put (test, name, gone);
  loaded = lm_test_load (test->store);
  g_assert_cmpint (lm_test_find (loaded, &id)->kind, ==, LM_RECORD_GONE);
  g_assert_true (lm_store_tidy_gone (test->store, &id, NULL));
  g_assert_false (has_versions (test, &id));
  /* And is remembered for ever. */
  lm_test_store_reopen (test);
  lm_test_put (test, name, file);
  after = lm_test_load (test->store);
  g_assert_null (lm_test_find (after, &id));
  g_assert_cmpuint (after->problems->len, ==, 1);
}

/* Another computer deleted it without having seen the last words of this one. */
static void
test_gone_unseen (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autofree char *name = lm_test_file_name (&id);
  g_autoptr (LmRecord) first = lm_test_save (test->store, &id, "one", NULL, NULL);
  g_autoptr (LmRecord) second = lm_test_save (test->store, &id, "two", first, NULL);
  g_autoptr (GBytes) text = lm_test_get (test, name);
  g_autoptr (GBytes) gone = gone_elsewhere (&id, first);
  g_autoptr (LmTestLoaded) loaded = NULL;
  g_autoptr (LmTestLoaded) after = NULL;

  lm_test_put (test, name, gone);
  loaded = lm_test_load (test->store);
  g_assert_true (lm_store_tidy_gone (test->store, &id, NULL));
  g_assert_true (has_versions (test, &id));
  /* The text stays: it is not older than the mark. */
  lm_test_put (test, name, text);
  after = lm_test_load (test->store);
  lm_test_assert_text (lm_test_find (after, &id), "two");
}

/* While a draft of it is here, nothing of it goes by another computer's word. */
static void
test_gone_with_draft (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autofree char *name = lm_test_file_name (&id);
  g_autoptr (LmRecord) first = lm_test_save (test->store, &id, "one", NULL, NULL);
  g_autoptr (LmContent) draft = lm_test_content ("typed here");
  g_autoptr (GBytes) gone = gone_elsewhere (&id, first);

  g_assert_true (lm_store_save_draft (test->store, &id, draft, first, NULL));
  lm_test_put (test, name, gone);
  g_assert_true (lm_store_tidy_gone (test->store, &id, NULL));
  g_assert_true (has_versions (test, &id));
  g_assert_true (has_draft (test, &id));
}

/* The days in the trash --------------------------------------------------------------------- */

static void
set_clock (LmTestStore *test, int days, int years)
{
  g_autoptr (GDateTime) start = g_date_time_new_from_iso8601 ("2026-11-23T21:04:11+01:00", NULL);
  g_autoptr (GDateTime) day = g_date_time_add_days (start, days);
  g_autoptr (GDateTime) time = g_date_time_add_years (day, years);

  lm_clock_set (test->clock, time);
}

static gint64
days_in_trash (LmTestStore *test, const LmId *id)
{
  g_autoptr (LmTestLoaded) loaded = NULL;

  lm_test_store_reopen (test);
  loaded = lm_test_load (test->store);
  return lm_store_days_in_trash (test->store, lm_test_find (loaded, id));
}

static void
test_days (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autoptr (LmRecord) first = lm_test_save (test->store, &id, "one", NULL, NULL);
  g_autoptr (LmRecord) trashed = NULL;

  g_assert_cmpint (lm_store_days_in_trash (test->store, first), ==, 0);
  trashed = trash (test, first);
  for (int day = 0; day <= 30; day++)
    {
      set_clock (test, day, 0);
      g_assert_cmpint (days_in_trash (test, &id), ==, day);
      g_assert_cmpint (days_in_trash (test, &id), ==, day);
    }
}

static void
test_clock_jumps (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autoptr (LmRecord) first = lm_test_save (test->store, &id, "one", NULL, NULL);
  g_autoptr (LmRecord) trashed = trash (test, first);

  for (int i = 0; i < 40; i++)
    {
      set_clock (test, 0, 20);
      g_assert_cmpint (days_in_trash (test, &id), ==, 0);
      set_clock (test, 0, -20);
      g_assert_cmpint (days_in_trash (test, &id), ==, 0);
      set_clock (test, 0, 0);
      g_assert_cmpint (days_in_trash (test, &id), ==, 0);
    }
  set_clock (test, 1, 0);
  g_assert_cmpint (days_in_trash (test, &id), ==, 1);
}

/* Changed, or taken out and put back: it begins anew. */
static void
test_begins_anew (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autoptr (LmRecord) first = lm_test_save (test->store, &id, "one", NULL, NULL);
  g_autoptr (LmRecord) trashed = trash (test, first);
  g_autoptr (LmContent) content = lm_record_content (trashed);
  g_autoptr (LmRecord) out = NULL;
  g_autoptr (LmRecord) again = NULL;

  set_clock (test, 1, 0);
  g_assert_cmpint (days_in_trash (test, &id), ==, 1);
  lm_content_set_deleted (content, NULL);
  out = lm_store_save (test->store, &id, content, trashed, NULL, NULL);
  again = trash (test, out);
  g_assert_cmpint (lm_store_days_in_trash (test->store, again), ==, 0);
  g_assert_cmpint (lm_store_days_in_trash (test->store, trashed), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  LM_TEST_STORE_ADD ("/journal/store-purge/purge", test_purge);
  LM_TEST_STORE_ADD ("/journal/store-purge/for-good", test_for_good);
  LM_TEST_STORE_ADD ("/journal/store-purge/other-shapes", test_other_shapes);
  LM_TEST_STORE_ADD ("/journal/store-purge/shared-attachment", test_shared_attachment);
  LM_TEST_STORE_ADD ("/journal/store-purge/changed", test_changed);
  LM_TEST_STORE_ADD ("/journal/store-purge/conflict", test_conflict);
  LM_TEST_STORE_ADD ("/journal/store-purge/older-copy", test_older_copy);
  LM_TEST_STORE_ADD ("/journal/store-purge/unreadable-copy", test_unreadable_copy);
  LM_TEST_STORE_ADD ("/journal/store-purge/newer-kind", test_newer_kind);
  LM_TEST_STORE_ADD ("/journal/store-purge/shared", test_shared);
  LM_TEST_STORE_ADD ("/journal/store-purge/faults", test_faults);
  LM_TEST_STORE_ADD ("/journal/store-purge/comes-back", test_comes_back);
  LM_TEST_STORE_ADD ("/journal/store-purge/comes-back-and-goes", test_comes_back_and_goes);
  LM_TEST_STORE_ADD ("/journal/store-purge/gone-elsewhere", test_gone_elsewhere);
  LM_TEST_STORE_ADD ("/journal/store-purge/gone-unseen", test_gone_unseen);
  LM_TEST_STORE_ADD ("/journal/store-purge/gone-with-draft", test_gone_with_draft);
  LM_TEST_STORE_ADD ("/journal/store-purge/days", test_days);
  LM_TEST_STORE_ADD ("/journal/store-purge/clock-jumps", test_clock_jumps);
  LM_TEST_STORE_ADD ("/journal/store-purge/begins-anew", test_begins_anew);
  return g_test_run ();
}
