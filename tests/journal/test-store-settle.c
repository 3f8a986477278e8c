/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/lm-hardening.h"
#include "journal/lm-merge.h"
#include "journal/lm-saves.h"
#include "lm-test-faults.h"
#include "lm-test-journal.h"

/* What is done about the copies that sync tools leave, and that nothing is lost by it. */

/* As they are made by Syncthing, Nextcloud, ownCloud, Dropbox, OneDrive, Google Drive, Resilio,
 * Seafile, Unison, Insync, pCloud, file managers and people, in the languages of their users. */
static const char *const names[] = {
  "%s.sync-conflict-20261123-210411-ABCDEFG.json",
  "%s.sync-conflict-20261123-210411-ABCDEFG.sync-conflict-20261124-080000-HIJKLMN.json",
  "%s (conflicted copy 2026-11-23 210411).json",
  "%s (còpia en conflicte 2026-11-23 210411).json",
  "%s (Konfliktkopie 2026-11-23 210411).json",
  "%s (copie conflictuelle 2026-11-23 210411).json",
  "%s (copia en conflicto 2026-11-23 210411).json",
  "%s (copia in conflitto 2026-11-23 210411).json",
  "%s (cópia em conflito 2026-11-23 210411).json",
  "%s (конфликтующая копия 2026-11-23 210411).json",
  "%s (競合コピー 2026-11-23 210411).json",
  "%s (冲突的副本 2026-11-23 210411).json",
  "%s (충돌된 사본 2026-11-23 210411).json",
  "%s (نسخة متعارضة 2026-11-23 210411).json",
  "%s (עותק מתנגש 2026-11-23).json",
  "%s (çakışan kopya 2026-11-23).json",
  "%s (kopia powodująca konflikt 2026-11-23).json",
  "%s (conflicterende kopie 2026-11-23).json",
  "%s (konfliktní kopie 2026-11-23).json",
  "%s (αντίγραφο σε διένεξη 2026-11-23).json",
  "%s_conflict-20261123-210411.json",
  "%s_conflict-ada-20261123-210411.json",
  "%s (Ada's conflicted copy 2026-11-23).json",
  "%s (Ada’s conflicted copy 2026-11-23) (1).json",
  "%s (In Konflikt stehende Kopie von Ada 2026-11-23).json",
  "%s-ADAS-LAPTOP.json",
  "%s-Adas-MacBook-2.json",
  "%s (1).json",
  "%s (2).json",
  "%s(1).json",
  "%s 2.json",
  "%s - Copy.json",
  "%s - Copy (2).json",
  "%s - Kopie.json",
  "%s - copia.json",
  "%s (copy).json",
  "%s (Kopie).json",
  "%s (another copy).json",
  "copy of %s.json",
  "Kopie von %s.json",
  "%s.Conflict.json",
  "%s (SFConflict ada@example.org 2026-11-23-21-04-11).json",
  "%s (Edited 20261123).json",
  "%s [Conflict].json",
  "%s (Unison conflict 2026-11-23).json",
  "%s#work.json",
  "%s.conflict-01234567-89abcdef.json",
  "%s.bak.json",
  "%s\u00a0(1).json",
  "something else entirely.json",
  "ffffffffffffffffffffffffffffffff.json",
};

static char *
name_of (guint i, const LmId *id)
{
  g_auto (GStrv) parts = g_strsplit (names[i], "%s", 2);

  return g_strjoinv (lm_id_format (id).digits, parts);
}

static GBytes *
entry_saved (
    const LmId *id, const char *kind, const char *text, gint64 a, gint64 b, const char *more)
{
  LmId first = lm_test_id (50), second = lm_test_id (51);
  g_autofree char *payload = g_strdup_printf (
      "{\"kind\":\"%s\",\"revision\":1,\"saves\":{\"%s\":%" G_GINT64_FORMAT
      ",\"%s\":%" G_GINT64_FORMAT "},\"created\":\"2026-11-23T21:04:11+01:00\",\"text\":\"%s\"%s}",
      kind,
      lm_id_format (&first).digits,
      a,
      lm_id_format (&second).digits,
      b,
      text,
      more);

  return lm_test_entry (id, payload);
}

static void
put (LmTestStore *test, const char *name, const LmId *id, const char *text, gint64 a, gint64 b)
{
  g_autoptr (GBytes) file = entry_saved (id, "entry", text, a, b, "");

  lm_test_put (test, name, file);
}

static LmRescan *
rescan (LmTestStore *test)
{
  g_autoptr (GError) error = NULL;
  LmRescan *found = lm_store_rescan (test->store, &error);

  g_assert_no_error (error);
  return found;
}

/* Whether some file in the folder @path, or below, opens and says @text. */
static gboolean
holds_text (LmTestStore *test, const char *path, const char *text)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  gboolean found = FALSE;
  const char *name;

  while (dir != NULL && !found && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      g_autoptr (GBytes) bytes = NULL, payload = NULL;

      if (g_file_test (file, G_FILE_TEST_IS_DIR))
        {
          found = holds_text (test, file, text);
          continue;
        }
      bytes = lm_test_read (file);
      payload = lm_vault_open (test->opened->vault, LM_SEAL_ENTRY, bytes, NULL, NULL);
      found = payload != NULL && g_strstr_len (g_bytes_get_data (payload, NULL),
                                               (gssize) g_bytes_get_size (payload),
                                               text) != NULL;
    }
  return found;
}

static gboolean
is_anywhere (LmTestStore *test, const char *text)
{
  return holds_text (test, test->entries, text) || holds_text (test, test->local, text);
}

static void
assert_shows (LmTestStore *test, const LmId *id, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LmRecord) record = lm_store_read (test->store, id, &error);

  g_assert_no_error (error);
  lm_test_assert_text (record, text);
}

/* Whatever they are called: what says the same goes, what is older goes, what is newer is shown. */
static void
test_names (LmTestStore *test, gconstpointer data)
{
  g_assert_cmpuint (G_N_ELEMENTS (names), >=, 40);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      static const char *const texts[] = { "main", "older", "newer", "diverged" };

      for (guint kind = 0; kind < G_N_ELEMENTS (texts); kind++)
        {
          LmId id = lm_test_id (4 * i + kind);
          g_autofree char *own = lm_test_file_name (&id), *name = name_of (i, &id);
          g_autoptr (LmRescan) found = NULL;
          g_autofree char *path = g_build_filename (test->entries, name, NULL);

          put (test, own, &id, "main", 2, 2);
          put (test,
               name,
               &id,
               texts[kind],
               kind == 1 ? 1 : 2 + (kind == 3),
               2 + (kind == 2) - (kind == 3));
          found = rescan (test);
          assert_shows (test, &id, kind == 2 ? "newer" : "main");
          g_assert_true (is_anywhere (test, texts[kind]));
          g_assert_cmpuint (found->conflicts->len, ==, kind == 3);
          g_assert_cmpuint (found->problems->len, ==, 0);
          g_assert_cmpint (g_file_test (path, G_FILE_TEST_EXISTS), ==, kind == 3);
          g_remove (path);
        }
    }
}

/* What is settled is told once, and what waits is told each time. */
static void
test_told (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autofree char *own = lm_test_file_name (&id);
  g_autoptr (LmTestLoaded) loaded = NULL;
  g_autoptr (LmRescan) first = NULL, second = NULL, third = NULL;
  LmConflict *conflict;

  put (test, own, &id, "main", 2, 2);
  loaded = lm_test_load (test->store);
  first = rescan (test);
  g_assert_cmpuint (first->changed->len, ==, 0);
  g_assert_false (first->merged);
  put (test, "a.json", &id, "newer", 2, 3);
  put (test, "b.json", &id, "diverged", 3, 1);
  second = rescan (test);
  g_assert_cmpuint (second->changed->len, ==, 1);
  g_assert_true (second->merged);
  g_assert_cmpuint (second->conflicts->len, ==, 1);
  conflict = second->conflicts->pdata[0];
  g_assert_cmpstr (conflict->file, ==, "b.json");
  lm_test_assert_text (conflict->own, "newer");
  lm_test_assert_text (conflict->copy, "diverged");
  third = rescan (test);
  g_assert_cmpuint (third->changed->len, ==, 0);
  g_assert_false (third->merged);
  g_assert_cmpuint (third->conflicts->len, ==, 1);
}

/* A record that is written over in place, or by a rename, at any time: what was read is what is
 * there. Our own saves are no news. */
static void
test_live (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1), other = lm_test_id (2);
  g_autofree char *own = lm_test_file_name (&id), *other_name = lm_test_file_name (&other);
  g_autoptr (LmTestLoaded) loaded = NULL;

  put (test, own, &id, "0", 1, 1);
  loaded = lm_test_load (test->store);
  for (guint i = 1; i < 20; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i % 10);
      g_autoptr (LmRescan) found = NULL;

      put (test, own, &id, text, 1 + i, 1);
      found = rescan (test);
      g_assert_cmpuint (found->changed->len, ==, 1);
      lm_test_assert_text (found->changed->pdata[0], text);
    }
  {
    g_autoptr (LmRecord) saved = lm_test_save (test->store, &other, "ours", NULL, NULL);
    g_autoptr (LmRescan) found = rescan (test);

    g_assert_cmpuint (found->changed->len, ==, 0);
  }
}

/* Files that are still arriving are never touched, named each time, and read when they are there.
 */
static void
test_arriving (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autofree char *own = lm_test_file_name (&id);
  g_autoptr (GBytes) whole = entry_saved (&id, "entry", "arrived", 3, 1, "");
  const gsize size = g_bytes_get_size (whole);
  g_autofree guint8 *zeros = g_malloc0 (size);
  g_autoptr (LmRescan) last = NULL;

  put (test, "copy.json", &id, "copy", 1, 1);
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (GBytes) part = i == 0   ? lm_test_slice (whole, 0)
                                : i == 1 ? lm_test_slice (whole, size / 2)
                                : i == 2 ? g_bytes_new (zeros, size)
                                         : lm_test_append (whole, zeros, 7);
      g_autoptr (GBytes) after = NULL, copy = NULL;
      g_autoptr (LmRescan) found = NULL;

      lm_test_put (test, own, part);
      found = rescan (test);
      after = lm_test_get (test, own);
      copy = lm_test_get (test, "copy.json");
      g_assert_true (g_bytes_equal (after, part));
      g_assert_cmpuint (found->problems->len, ==, 1);
      g_assert_nonnull (((LmProblem *) found->problems->pdata[0])->error);
      g_assert_cmpuint (found->conflicts->len, ==, 0);
    }
  lm_test_put (test, own, whole);
  last = rescan (test);
  g_assert_cmpuint (last->problems->len, ==, 0);
  assert_shows (test, &id, "arrived");
  g_assert_true (is_anywhere (test, "copy"));
}

/* A record that has lost its own file gets it back. */
static void
test_promoted (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autoptr (LmRescan) found = NULL;

  put (test, "a.json", &id, "old", 1, 1);
  put (test, "b.json", &id, "new", 2, 1);
  found = rescan (test);
  assert_shows (test, &id, "new");
  g_assert_cmpuint (found->changed->len, ==, 1);
  g_assert_cmpuint (lm_test_count (test->entries, ".json"), ==, 1);
  g_assert_true (is_anywhere (test, "old"));
}

/* Deleted here, written on there: the text is back, and the person is asked, however often one
 * looks. */
static void
test_deleted_against_edited (LmTestStore *test, gconstpointer data)
{
  static const char *const kinds[] = { "entry", "gone" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      LmId id = lm_test_id (1 + i);
      g_autofree char *own = lm_test_file_name (&id);
      g_autoptr (GBytes) deleted =
          entry_saved (&id, kinds[i], "before", 2, 1, ",\"deleted\":\"2026-11-24T08:00:00+01:00\"");
      g_autofree char *name = g_strdup_printf ("copy %u.json", i);

      lm_test_put (test, own, deleted);
      put (test, name, &id, "written on", 1, 2);
      for (guint round = 0; round < 3; round++)
        {
          g_autoptr (LmRescan) found = rescan (test);
          LmConflict *conflict;

          assert_shows (test, &id, "written on");
          g_assert_cmpuint (found->conflicts->len, ==, 1 + i);
          g_assert_cmpuint (found->problems->len, ==, 0);
          conflict = found->conflicts->pdata[0];
          g_assert_true (conflict->copy->deleted || conflict->copy->kind == LM_RECORD_GONE);
        }
      g_assert_cmpuint (lm_test_count (test->entries, ".json"), ==, 2 * (1 + i));
    }
}

/* Words for the spelling checker that two computers with one id have learnt. */
static void
test_settings (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autofree char *own = lm_test_file_name (&id);
  g_autoptr (GBytes) a = entry_saved (&id, "settings", "", 2, 1, ",\"spelling\":[\"Ada\",\"Bo\"]");
  g_autoptr (GBytes) b = entry_saved (&id, "settings", "", 1, 2, ",\"spelling\":[\"Bo\",\"Cy\"]");
  g_autoptr (LmRescan) found = NULL;
  g_autoptr (LmRecord) record = NULL;
  g_autoptr (LmContent) content = NULL;
  g_auto (GStrv) words = NULL;
  g_autofree char *joined = NULL;

  lm_test_put (test, own, a);
  lm_test_put (test, "copy.json", b);
  found = rescan (test);
  g_assert_cmpuint (found->changed->len, ==, 1);
  g_assert_cmpuint (found->problems->len, ==, 0);
  record = lm_store_read (test->store, &id, NULL);
  content = lm_record_content (record);
  words = lm_content_get_strings (content, "spelling");
  joined = g_strjoinv (" ", words);
  g_assert_cmpstr (joined, ==, "Ada Bo Cy");
  g_assert_cmpuint (lm_test_count (test->entries, ".json"), ==, 1);
}

/* Both texts brought together: newer than both, and both are kept. */
static void
test_person_decides (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autoptr (LmRecord) base = lm_test_save (test->store, &id, "One. Two.", NULL, NULL);
  g_autoptr (LmRecord) ours = lm_test_save (test->store, &id, "One. Two. Ours.", base, NULL);
  g_autoptr (LmRescan) found = NULL, after = NULL;
  g_autoptr (LmContent) content = lm_record_content (base), a = NULL, b = NULL, from = NULL,
                        merged = NULL;
  g_autoptr (LmSaves) saves = NULL;
  g_autoptr (GBytes) payload = NULL, file = NULL;
  g_autoptr (GDateTime) now = lm_clock_now (test->clock);
  g_autoptr (LmRecord) saved = NULL, common = NULL;
  g_autoptr (GError) error = NULL;
  LmId other = lm_test_id (50);
  LmConflict *conflict;
  gboolean clean, again = TRUE;

  /* What another computer made of the first state. */
  lm_content_set_string (content, "text", "Theirs. One. Two.");
  saves = lm_saves_add_one (base->saves, &other);
  payload = lm_content_write_saved (content, saves, &other, now);
  file = lm_vault_seal (test->opened->vault, LM_SEAL_ENTRY, &id, payload, NULL);
  lm_test_put (test, "copy.json", file);
  found = rescan (test);
  g_assert_cmpuint (found->conflicts->len, ==, 1);
  conflict = found->conflicts->pdata[0];

  common = lm_store_common_base (test->store, conflict->own, conflict->copy);
  lm_test_assert_text (common, "One. Two.");
  a = lm_record_content (conflict->own);
  b = lm_record_content (conflict->copy);
  from = lm_record_content (common);
  merged = lm_content_merge (from, a, b, &clean);
  g_assert_true (clean);
  saved = lm_store_resolve (test->store, conflict, merged, &again, &error);
  g_assert_no_error (error);
  g_assert_false (again);
  lm_test_assert_text (saved, "Theirs. One. Two. Ours.");
  g_assert_cmpint (lm_saves_compare (saved->saves, conflict->own->saves), ==, LM_SAVES_NEWER);
  g_assert_cmpint (lm_saves_compare (saved->saves, conflict->copy->saves), ==, LM_SAVES_NEWER);
  after = rescan (test);
  g_assert_cmpuint (after->conflicts->len, ==, 0);
  g_assert_cmpuint (after->changed->len, ==, 0);
  g_assert_cmpuint (lm_test_count (test->entries, ".json"), ==, 1);
  g_assert_true (holds_text (test, test->local, "One. Two. Ours."));
  g_assert_true (holds_text (test, test->local, "Theirs. One. Two."));
  g_assert_cmpuint (lm_test_count (test->entries, ".part"), ==, 0);
}

/* The copy changed while the person looked at it: nothing is decided, and it is asked anew. */
static void
test_decided_too_late (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autofree char *own = lm_test_file_name (&id);
  g_autoptr (LmRescan) found = NULL, after = NULL;
  g_autoptr (LmContent) content = NULL;
  g_autoptr (LmRecord) saved = NULL;
  g_autoptr (GError) error = NULL;
  LmConflict *conflict;
  gboolean again;

  put (test, own, &id, "ours", 2, 1);
  put (test, "copy.json", &id, "theirs", 1, 2);
  found = rescan (test);
  conflict = found->conflicts->pdata[0];
  put (test, "copy.json", &id, "theirs again", 1, 3);
  content = lm_record_content (conflict->own);
  saved = lm_store_resolve (test->store, conflict, content, &again, &error);
  g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_CHANGED);
  g_assert_null (saved);
  after = rescan (test);
  g_assert_cmpuint (after->conflicts->len, ==, 1);
  lm_test_assert_text (((LmConflict *) after->conflicts->pdata[0])->copy, "theirs again");
}

/* What only reads, and what works beside another program, moves nothing. */
static void
test_beside_another (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autofree char *own = lm_test_file_name (&id);
  LmStore *second = lm_test_store_open (test);
  g_autoptr (LmRescan) found = NULL;
  g_autoptr (GError) error = NULL;

  put (test, own, &id, "main", 2, 2);
  put (test, "older.json", &id, "older", 1, 2);
  put (test, "diverged.json", &id, "diverged", 1, 3);
  found = lm_store_rescan (second, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->conflicts->len, ==, 1);
  g_assert_cmpuint (found->problems->len, ==, 1);
  g_assert_cmpuint (lm_test_count (test->entries, ".json"), ==, 3);
  lm_store_close (second, NULL);
}

/* One case of each kind, side by side. Returns how many texts there are. */
static guint
put_one_of_each (LmTestStore *test)
{
  static const struct
  {
    const char *kind;
    gint64 a, b;
    const char *more;
  } cases[][2] = {
    { { "entry", 2, 2, "" }, { "entry", 1, 2, "" } },
    { { "entry", 2, 2, "" }, { "entry", 2, 3, "" } },
    { { "entry", 2, 2, "" }, { "entry", 3, 1, "" } },
    { { "entry", 2, 2, ",\"deleted\":\"2026-11-24T08:00:00+01:00\"" }, { "entry", 1, 3, "" } },
    { { NULL, 0, 0, "" }, { "entry", 1, 3, "" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint k = 0; k < 2; k++)
      {
        LmId id = lm_test_id (i);
        g_autofree char *own = lm_test_file_name (&id), *other = g_strdup_printf ("%u.json", i);
        g_autofree char *text = g_strdup_printf ("text <%u %u>", i, k);
        g_autoptr (GBytes) file = NULL;

        if (cases[i][k].kind == NULL)
          continue;
        file = entry_saved (&id,
                            cases[i][k].kind,
                            text,
                            cases[i][k].a,
                            cases[i][k].b,
                            cases[i][k].more);
        lm_test_put (test, k == 0 ? own : other, file);
      }
  return G_N_ELEMENTS (cases);
}

static void
assert_all_there (LmTestStore *test, guint n)
{
  for (guint i = 0; i < n; i++)
    for (guint k = 0; k < 2; k++)
      {
        g_autofree char *text = g_strdup_printf ("text <%u %u>", i, k);

        if (i == n - 1 && k == 0)
          continue;
        if (!is_anywhere (test, text))
          g_error ("%s is nowhere", text);
      }
}

/* Ended before any of the system calls: all texts are there, and the next look comes to the same
 * end. */
static void
test_killed (LmTestStore *test, gconstpointer data)
{
  guint points = 0;
  gboolean ended = FALSE;

  for (guint nth = 1; !ended; nth++)
    {
      guint n = put_one_of_each (test);
      g_autoptr (LmRescan) found = NULL;
      int status;
      pid_t child;

      lm_test_store_close (test);
      child = fork ();
      if (child == 0)
        {
          LmStore *store = lm_test_store_open (test);
          g_autoptr (GError) error = NULL;
          g_autoptr (LmRescan) unused = NULL;

          lm_fault_kill_at (nth);
          unused = lm_store_rescan (store, &error);
          lm_fault_kill_at (0);
          lm_test_leave (error == NULL ? 0 : 1);
        }
      g_assert_cmpint (waitpid (child, &status, 0), ==, child);
      g_assert_true (WIFEXITED (status));
      g_assert_true (WEXITSTATUS (status) == 0 || WEXITSTATUS (status) == LM_FAULT_KILLED);
      ended = WEXITSTATUS (status) == 0;
      assert_all_there (test, n);
      test->store = lm_test_store_open (test);
      found = rescan (test);
      assert_all_there (test, n);
      /* One file a record, and two more for the two questions. */
      g_assert_cmpuint (found->conflicts->len, ==, 2);
      g_assert_cmpuint (found->problems->len, ==, 0);
      g_assert_cmpuint (lm_test_count (test->entries, ".json"), ==, n + 2);
      points++;
      lm_test_empty_folder (test->entries);
    }
  g_test_message ("%u points", points);
  g_assert_cmpuint (points, >, 30);
}

/* A disk that fails at any step: nothing is lost, and later it is done after all. */
static void
test_failing (LmTestStore *test, gconstpointer data)
{
  for (guint fault = 0; fault < LM_N_FAULTS; fault++)
    for (guint nth = 1; nth < 60; nth += g_getenv ("LEITMOTIF_PROOF") != NULL ? 1 : 4)
      {
        guint n = put_one_of_each (test);
        g_autoptr (LmRescan) found = NULL, again = NULL;
        gboolean reached;

        lm_fault_set (fault, nth, nth % 8 == 1 ? 28 /* ENOSPC */ : 5 /* EIO */);
        found = rescan (test);
        reached = lm_fault_clear ();
        assert_all_there (test, n);
        again = rescan (test);
        assert_all_there (test, n);
        g_assert_cmpuint (again->conflicts->len, >=, 2);
        lm_test_empty_folder (test->entries);
        if (!reached)
          break;
      }
}

/* Meanwhile --------------------------------------------------------------------------- */

typedef struct
{
  LmTestStore *test;
  guint n;       /* records */
  gboolean also; /* the records' own files too */
  guint written;
} Meanwhile;

static void
put_late (Meanwhile *meanwhile, guint i, const char *name)
{
  g_autofree char *path = g_build_filename (meanwhile->test->entries, name, NULL);
  g_autofree char *text = g_strdup_printf ("late <%u>", meanwhile->written);
  LmId id = lm_test_id (i);
  /* Neither older nor newer than anything. */
  g_autoptr (GBytes) file = entry_saved (&id, "entry", text, 1, 90, "");

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return;
  lm_test_put (meanwhile->test, name, file);
  meanwhile->written++;
}

/* A sync tool brings another state of each copy at once. */
static void
replace_copies (gpointer data)
{
  Meanwhile *meanwhile = data;

  for (guint i = 0; i < meanwhile->n; i++)
    {
      LmId id = lm_test_id (i);
      g_autofree char *own = lm_test_file_name (&id), *other = g_strdup_printf ("%u.json", i);

      put_late (meanwhile, i, other);
      if (meanwhile->also)
        put_late (meanwhile, i, own);
    }
}

/* What a sync tool writes between any two of our calls is in a file or among the versions. */
static void
test_meanwhile (LmTestStore *test, gconstpointer data)
{
  static const LmFault moments[] = { LM_FAULT_RENAMEAT2, LM_FAULT_FSYNC, LM_FAULT_UNLINKAT };
  guint reached = 0;

  for (guint also = 0; also < 2; also++)
    for (guint m = 0; m < G_N_ELEMENTS (moments); m++)
      for (guint nth = 1;; nth++)
        {
          Meanwhile meanwhile = { test, put_one_of_each (test), also > 0, 0 };
          g_autoptr (LmRescan) found = NULL, again = NULL;

          lm_fault_set_meanwhile (moments[m], nth, replace_copies, &meanwhile);
          found = rescan (test);
          if (!lm_fault_clear ())
            break;
          reached++;
          for (guint round = 0; round < 2; round++)
            {
              for (guint i = 0; i < meanwhile.written; i++)
                {
                  g_autofree char *text = g_strdup_printf ("late <%u>", i);

                  if (!is_anywhere (test, text))
                    g_error ("%s is nowhere after moment %u of %u", text, nth, m);
                }
              g_clear_pointer (&again, lm_rescan_free);
              again = rescan (test);
              g_assert_cmpuint (again->problems->len, ==, 0);
            }
          g_assert_cmpuint (lm_test_count (test->entries, ".part"), ==, 0);
          lm_test_empty_folder (test->entries);
        }
  g_assert_cmpuint (reached, >, 40);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  LM_TEST_STORE_ADD ("/journal/store-settle/names", test_names);
  LM_TEST_STORE_ADD ("/journal/store-settle/told", test_told);
  LM_TEST_STORE_ADD ("/journal/store-settle/live", test_live);
  LM_TEST_STORE_ADD ("/journal/store-settle/arriving", test_arriving);
  LM_TEST_STORE_ADD ("/journal/store-settle/promoted", test_promoted);
  LM_TEST_STORE_ADD ("/journal/store-settle/deleted-against-edited", test_deleted_against_edited);
  LM_TEST_STORE_ADD ("/journal/store-settle/settings", test_settings);
  LM_TEST_STORE_ADD ("/journal/store-settle/person-decides", test_person_decides);
  LM_TEST_STORE_ADD ("/journal/store-settle/decided-too-late", test_decided_too_late);
  LM_TEST_STORE_ADD ("/journal/store-settle/beside-another", test_beside_another);
  LM_TEST_STORE_ADD ("/journal/store-settle/killed", test_killed);
  LM_TEST_STORE_ADD ("/journal/store-settle/failing", test_failing);
  LM_TEST_STORE_ADD ("/journal/store-settle/meanwhile", test_meanwhile);
  return g_test_run ();
}
