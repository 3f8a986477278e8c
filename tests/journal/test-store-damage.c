/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/lm-hardening.h"
#include "lm-test-journal.h"

/* Files that do not open, among others that do: each is named with its reason, stays as it is to
 * the byte, and takes nothing away from the rest. */

typedef struct
{
  const char *name;
  GBytes *(*make) (LmTestStore *test, const LmId *id);
  gboolean by_vault;
  int code;
  gboolean tells_id;
} Damage;

static GBytes *
good (const LmId *id)
{
  LmId device = lm_test_id (50);

  return lm_test_entry_saved (id, "text", &device, 1);
}

static GBytes *
make_zero_length (LmTestStore *test, const LmId *id)
{
  return g_bytes_new (NULL, 0);
}

static GBytes *
make_truncated (LmTestStore *test, const LmId *id)
{
  g_autoptr (GBytes) file = good (id);

  return lm_test_slice (file, 3000);
}

static GBytes *
make_zeros (LmTestStore *test, const LmId *id)
{
  return g_bytes_new_take (g_malloc0 (6000), 6000);
}

static GBytes *
make_nul_tail (LmTestStore *test, const LmId *id)
{
  g_autoptr (GBytes) file = make_truncated (test, id);
  guint8 zeros[2000] = { 0 };

  return lm_test_append (file, zeros, sizeof zeros);
}

/* One character in the middle of the box. */
static GBytes *
make_changed (LmTestStore *test, const LmId *id)
{
  g_autoptr (GBytes) file = good (id);
  gsize length;
  guint8 *bytes = g_bytes_unref_to_data (g_steal_pointer (&file), &length);

  bytes[3000] = bytes[3000] == 'A' ? 'B' : 'A';
  return g_bytes_new_take (bytes, length);
}

static GBytes *
make_other_journal (LmTestStore *test, const LmId *id)
{
  g_autoptr (GBytes) payload = lm_test_bytes ("{\"kind\":\"entry\"}");
  g_autoptr (LmMasterKeys) keys = lm_test_keys (1);
  LmId journal = lm_test_id (77);
  g_autoptr (LmVault) vault = lm_vault_new (&journal, keys);

  return lm_vault_seal (vault, LM_SEAL_ENTRY, id, payload, NULL);
}

static GBytes *
make_unknown_key (LmTestStore *test, const LmId *id)
{
  g_autoptr (GBytes) payload = lm_test_bytes ("{\"kind\":\"entry\"}");
  g_autoptr (LmMasterKeys) keys = lm_master_keys_new ();
  LmId journal = lm_test_journal ();
  g_autoptr (LmVault) vault = NULL;

  lm_master_keys_add_new (keys);
  vault = lm_vault_new (&journal, keys);
  return lm_vault_seal (vault, LM_SEAL_ENTRY, id, payload, NULL);
}

static GBytes *
make_newer (LmTestStore *test, const LmId *id)
{
  g_autoptr (GBytes) file = good (id);

  return lm_test_replace (file, "\"version\":1", "\"version\":2");
}

static GBytes *
make_draft (LmTestStore *test, const LmId *id)
{
  g_autoptr (GBytes) payload = lm_test_bytes ("{\"kind\":\"entry\"}");

  return lm_vault_seal (test->opened->vault, LM_SEAL_DRAFT, id, payload, NULL);
}

static GBytes *
make_foreign (LmTestStore *test, const LmId *id)
{
  return lm_test_bytes ("{\"type\":\"FeatureCollection\",\"features\":[]}");
}

static GBytes *
make_no_json (LmTestStore *test, const LmId *id)
{
  return lm_test_bytes ("Dear diary, today");
}

static GBytes *
make_payload_no_json (LmTestStore *test, const LmId *id)
{
  return lm_test_entry (id, "Dear diary, today");
}

static GBytes *
make_payload_twice (LmTestStore *test, const LmId *id)
{
  return lm_test_entry (id, "{\"kind\":\"entry\",\"text\":\"one\",\"text\":\"two\"}");
}

static GBytes *
make_payload_empty (LmTestStore *test, const LmId *id)
{
  return lm_test_entry (id, "");
}

static GBytes *
make_saves_malformed (LmTestStore *test, const LmId *id)
{
  return lm_test_entry (id, "{\"kind\":\"entry\",\"saves\":{\"laptop\":1}}");
}

static const Damage damages[] = {
  { "zero-length", make_zero_length, TRUE, LM_VAULT_ERROR_DAMAGED, FALSE },
  { "truncated", make_truncated, TRUE, LM_VAULT_ERROR_DAMAGED, FALSE },
  { "zeros", make_zeros, TRUE, LM_VAULT_ERROR_DAMAGED, FALSE },
  { "nul-tail", make_nul_tail, TRUE, LM_VAULT_ERROR_DAMAGED, FALSE },
  { "changed", make_changed, TRUE, LM_VAULT_ERROR_DAMAGED, TRUE },
  { "other-journal", make_other_journal, TRUE, LM_VAULT_ERROR_NOT_OURS, TRUE },
  { "unknown-key", make_unknown_key, TRUE, LM_VAULT_ERROR_WAITING_FOR_KEY, TRUE },
  { "newer", make_newer, TRUE, LM_VAULT_ERROR_TOO_NEW, FALSE },
  { "draft", make_draft, TRUE, LM_VAULT_ERROR_NOT_OURS, FALSE },
  { "foreign", make_foreign, TRUE, LM_VAULT_ERROR_NOT_OURS, FALSE },
  { "no-json", make_no_json, TRUE, LM_VAULT_ERROR_DAMAGED, FALSE },
  { "payload-no-json", make_payload_no_json, FALSE, LM_STORE_ERROR_DAMAGED, TRUE },
  { "payload-twice", make_payload_twice, FALSE, LM_STORE_ERROR_DAMAGED, TRUE },
  { "payload-empty", make_payload_empty, FALSE, LM_STORE_ERROR_DAMAGED, TRUE },
  { "saves-malformed", make_saves_malformed, FALSE, LM_STORE_ERROR_DAMAGED, TRUE },
};

static void
put_good (LmTestStore *test)
{
  for (guint i = 0; i < 3; i++)
    {
      LmId id = lm_test_id (i * 100);
      g_autofree char *name = lm_test_file_name (&id);
      g_autoptr (GBytes) file = good (&id);

      lm_test_put (test, name, file);
    }
}

static void
assert_good (LmTestLoaded *loaded)
{
  g_assert_cmpuint (loaded->records->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      LmId id = lm_test_id (i * 100);

      lm_test_assert_text (lm_test_find (loaded, &id), "text");
    }
}

static void
assert_problem (LmProblem *problem, const Damage *damage, const LmId *id)
{
  g_assert_nonnull (problem);
  g_assert_true (problem->error->domain == (damage->by_vault ? LM_VAULT_ERROR : LM_STORE_ERROR));
  if (problem->error->code != damage->code)
    g_error ("%s: code %d: %s", damage->name, problem->error->code, problem->error->message);
  g_assert_cmpint (lm_id_equal (&problem->id, id), ==, damage->tells_id);
  g_assert_cmpint (lm_id_is_null (&problem->id), ==, !damage->tells_id);
}

/* One such file, under the name of its record. */
static void
test_one (LmTestStore *test, gconstpointer data)
{
  const Damage *damage = data;
  LmId id = lm_test_id (42);
  g_autofree char *name = lm_test_file_name (&id), *file = g_build_filename ("entries", name, NULL);
  g_autoptr (GBytes) bytes = damage->make (test, &id), after = NULL;
  g_autoptr (LmTestLoaded) loaded = NULL;

  put_good (test);
  lm_test_put (test, name, bytes);
  loaded = lm_test_load (test->store);
  assert_good (loaded);
  g_assert_cmpuint (loaded->problems->len, ==, 1);
  assert_problem (lm_test_find_problem (loaded, file), damage, &id);
  g_assert_null (lm_store_read (test->store, &id, NULL));
  lm_test_store_reopen (test);
  after = lm_test_get (test, name);
  g_assert_true (g_bytes_equal (bytes, after));
  g_assert_cmpuint (lm_test_count (test->entries, ""), ==, 4);
}

/* All of them at once. */
static void
test_all (LmTestStore *test, gconstpointer data)
{
  g_autoptr (LmTestLoaded) loaded = NULL;

  put_good (test);
  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      LmId id = lm_test_id (1000 + i);
      g_autofree char *name = g_strdup_printf ("%s.json", damages[i].name);
      g_autoptr (GBytes) bytes = damages[i].make (test, &id);

      lm_test_put (test, name, bytes);
    }
  loaded = lm_test_load (test->store);
  assert_good (loaded);
  g_assert_cmpuint (loaded->problems->len, ==, G_N_ELEMENTS (damages));
  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      LmId id = lm_test_id (1000 + i);
      g_autofree char *file = g_strdup_printf ("entries/%s.json", damages[i].name);

      assert_problem (lm_test_find_problem (loaded, file), &damages[i], &id);
    }
}

/* Things that are no files, and one that says it has a hundred gigabytes. */
static void
test_no_files (LmTestStore *test, gconstpointer data)
{
  static const struct
  {
    const char *name;
    LmStoreError code;
  } expected[] = {
    { "entries/folder.json", LM_STORE_ERROR_DAMAGED },
    { "entries/huge.json", LM_STORE_ERROR_TOO_LARGE },
    { "entries/link.json", LM_STORE_ERROR_DAMAGED },
    { "entries/pipe.json", LM_STORE_ERROR_DAMAGED },
  };
  g_autofree char *folder = g_build_filename (test->entries, "folder.json", NULL),
                  *huge = g_build_filename (test->entries, "huge.json", NULL);
  g_autofree char *link_path = g_build_filename (test->entries, "link.json", NULL),
                  *pipe_path = g_build_filename (test->entries, "pipe.json", NULL);
  g_autoptr (GBytes) text = lm_test_bytes ("x");
  g_autoptr (LmTestLoaded) loaded = NULL;

  put_good (test);
  lm_test_write (huge, text);
  g_assert_cmpint (truncate (huge, G_GINT64_CONSTANT (100) << 30), ==, 0);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_cmpint (symlink ("/etc/passwd", link_path), ==, 0);
  g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);
  loaded = lm_test_load (test->store);
  assert_good (loaded);
  g_assert_cmpuint (loaded->problems->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_error (lm_test_find_problem (loaded, expected[i].name)->error,
                    LM_STORE_ERROR,
                    (int) expected[i].code);
}

/* A kind that only a newer version knows is no damage. */
static void
test_other_kind (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autofree char *name = lm_test_file_name (&id);
  g_autoptr (GBytes) file = lm_test_entry (&id, "{\"kind\":\"dream\",\"pictures\":[1,2]}");
  g_autoptr (LmTestLoaded) loaded = NULL;

  lm_test_put (test, name, file);
  loaded = lm_test_load (test->store);
  g_assert_cmpuint (loaded->problems->len, ==, 0);
  g_assert_cmpint (lm_test_find (loaded, &id)->kind, ==, LM_RECORD_OTHER);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autofree char *path = g_strdup_printf ("/journal/store-damage/%s", damages[i].name);

      g_test_add (path,
                  LmTestStore,
                  &damages[i],
                  lm_test_store_set_up,
                  test_one,
                  lm_test_store_tear_down);
    }
  LM_TEST_STORE_ADD ("/journal/store-damage/all", test_all);
  LM_TEST_STORE_ADD ("/journal/store-damage/no-files", test_no_files);
  LM_TEST_STORE_ADD ("/journal/store-damage/other-kind", test_other_kind);
  return g_test_run ();
}
