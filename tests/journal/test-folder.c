/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/lm-hardening.h"
#include "lm-test-journal.h"
#include "vault/lm-recovery-code.h"

/* Making a journal, and looking at one that may be damaged, foreign or half there. */

static LmFolder *
create (const char *path, LmSecret **code, LmOpened **opened, GError **error)
{
  g_autoptr (LmSecret) passphrase = lm_secret_new_taking (g_strdup ("open sesame"));

  return lm_folder_create (path, passphrase, lm_kdf_cost_minimal (), code, opened, error);
}

static void
assert_mode (const char *folder, const char *name, mode_t mode)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  struct stat info;

  g_assert_cmpint (g_lstat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode, ==, mode);
}

static void
test_create (void)
{
  g_autofree char *path = lm_test_path ("some/where/journal"), *parent = g_path_get_dirname (path);
  g_autoptr (LmSecret) code = NULL, bytes = NULL,
                       passphrase = lm_secret_new_taking (g_strdup ("open sesame"));
  g_autoptr (LmOpened) opened = NULL, by_passphrase = NULL, by_code = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (LmFolder) folder = NULL, again = NULL;

  umask (0);
  folder = create (path, &code, &opened, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (lm_folder_path (folder), ==, path);
  g_assert_cmpuint (lm_folder_problems (folder)->len, ==, 0);
  again = lm_folder_read (path, &error);
  g_assert_no_error (error);
  g_assert_true (lm_id_equal (lm_folder_journal (folder), lm_folder_journal (again)));

  /* Both ways in, from what is on the disk, lead to the same keys. */
  by_passphrase = lm_folder_unlock (again, LM_KEY_SLOT_PASSPHRASE, passphrase, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (lm_secret_length (code), ==, LM_RECOVERY_CODE_LENGTH);
  bytes = lm_recovery_code_parse (code, &error);
  g_assert_no_error (error);
  by_code = lm_folder_unlock (again, LM_KEY_SLOT_RECOVERY, bytes, NULL, &error);
  g_assert_no_error (error);
  {
    g_autoptr (GBytes) payload = lm_test_bytes ("{}"), file = NULL, a = NULL, b = NULL;
    LmId id = lm_test_id (1);

    file = lm_vault_seal (opened->vault, LM_SEAL_ENTRY, &id, payload, NULL);
    a = lm_vault_open (by_passphrase->vault, LM_SEAL_ENTRY, file, NULL, NULL);
    b = lm_vault_open (by_code->vault, LM_SEAL_ENTRY, file, NULL, NULL);
    g_assert_true (g_bytes_equal (a, payload));
    g_assert_true (g_bytes_equal (b, payload));
  }
  g_assert_true (lm_secret_equal (opened->derived, by_passphrase->derived));
  g_assert_true (lm_id_equal (&opened->slot, &by_passphrase->slot));
  g_assert_cmpuint (lm_test_count (parent, "part"), ==, 0);
}

static void
test_created_files (void)
{
  g_autofree char *path = lm_test_path ("journal"), *keys = g_build_filename (path, "keys", NULL);
  g_autofree char *entries = g_build_filename (path, "entries", NULL),
                  *identity = g_build_filename (path, "journal.json", NULL);
  g_autoptr (LmSecret) code = NULL;
  g_autoptr (LmOpened) opened = NULL;
  g_autoptr (LmFolder) folder = NULL;
  g_autoptr (GBytes) text = NULL;
  g_autoptr (GDir) dir = NULL;
  g_autofree char *expected = NULL;
  const char *name;

  umask (0);
  folder = create (path, &code, &opened, NULL);
  assert_mode (path, ".", S_IFDIR | 0700);
  assert_mode (path, "keys", S_IFDIR | 0700);
  assert_mode (path, "entries", S_IFDIR | 0700);
  assert_mode (path, "journal.json", S_IFREG | 0600);
  text = lm_test_read (identity);
  expected =
      g_strdup_printf ("{\"format\":\"leitmotif-journal\",\"version\":1,\"journal\":\"%s\"}\n",
                       lm_id_format (lm_folder_journal (folder)).digits);
  g_assert_cmpmem (g_bytes_get_data (text, NULL),
                   g_bytes_get_size (text),
                   expected,
                   strlen (expected));
  g_assert_cmpuint (lm_test_count (path, ""), ==, 3);
  g_assert_cmpuint (lm_test_count (entries, ""), ==, 0);
  g_assert_cmpuint (lm_test_count (keys, ""), ==, 2);
  dir = g_dir_open (keys, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *slot_path = g_build_filename (keys, name, NULL), *own = NULL;
      g_autoptr (GBytes) file = lm_test_read (slot_path);
      g_autoptr (LmKeySlot) slot = lm_key_slot_read (file, NULL);

      assert_mode (keys, name, S_IFREG | 0600);
      own = lm_test_file_name (lm_key_slot_id (slot));
      g_assert_cmpstr (name, ==, own);
    }
}

static void
assert_create_refused (const char *path, LmStoreError code)
{
  g_autoptr (LmSecret) recovery = NULL;
  g_autoptr (LmOpened) opened = NULL;
  g_autoptr (GError) error = NULL;
  gint64 begin = g_get_monotonic_time ();
  g_autoptr (LmFolder) folder = create (path, &recovery, &opened, &error);

  g_assert_null (folder);
  g_assert_null (recovery);
  g_assert_null (opened);
  g_assert_error (error, LM_STORE_ERROR, (int) code);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 5 * G_USEC_PER_SEC);
}

static void
test_create_over (void)
{
  g_autofree char *journal = lm_test_make_journal ("journal"), *full = lm_test_make_folder ("full");
  g_autofree char *inside = g_build_filename (full, ".hidden", NULL), *file = lm_test_path ("file");
  g_autofree char *link_path = lm_test_path ("link");
  g_autofree char *keys = g_build_filename (journal, "keys", NULL);
  g_autoptr (GBytes) text = lm_test_bytes ("text"), after = NULL;

  lm_test_write (inside, text);
  lm_test_write (file, text);
  g_assert_cmpint (symlink ("nowhere", link_path), ==, 0);
  assert_create_refused (journal, LM_STORE_ERROR_NOT_EMPTY);
  assert_create_refused (full, LM_STORE_ERROR_NOT_EMPTY);
  assert_create_refused (file, LM_STORE_ERROR_NOT_EMPTY);
  assert_create_refused (link_path, LM_STORE_ERROR_NOT_EMPTY);
  g_assert_cmpuint (lm_test_count (keys, ""), ==, 1);
  g_assert_cmpuint (lm_test_count (full, ""), ==, 1);
  after = lm_test_read (file);
  g_assert_true (g_bytes_equal (after, text));
}

static void
test_create_in_empty (void)
{
  g_autofree char *path = lm_test_make_folder ("journal");
  g_autoptr (LmSecret) code = NULL;
  g_autoptr (LmOpened) opened = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (LmFolder) folder = create (path, &code, &opened, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (lm_test_count (path, ""), ==, 3);
}

static LmFolder *
assert_reads (const char *path)
{
  g_autoptr (GError) error = NULL;
  LmFolder *folder = lm_folder_read (path, &error);

  g_assert_no_error (error);
  return folder;
}

static void
assert_read_fails (const char *path, GQuark domain, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LmFolder) folder = lm_folder_read (path, &error);

  g_assert_null (folder);
  if (error->domain != domain || error->code != code)
    g_error ("%s %d: %s", g_quark_to_string (error->domain), error->code, error->message);
}

/* Nothing is ever made where a journal should be: it may be a disk that is not there yet. */
static void
test_absent (void)
{
  g_autofree char *absent = lm_test_path ("absent"), *empty = lm_test_make_folder ("empty"),
                  *file = lm_test_path ("file");
  g_autoptr (GBytes) text = lm_test_bytes ("text");

  lm_test_write (file, text);
  assert_read_fails (absent, LM_STORE_ERROR, LM_STORE_ERROR_NOT_FOUND);
  assert_read_fails (file, LM_STORE_ERROR, LM_STORE_ERROR_NOT_FOUND);
  assert_read_fails (empty, LM_STORE_ERROR, LM_STORE_ERROR_NOT_A_JOURNAL);
  g_assert_false (g_file_test (absent, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (lm_test_count (empty, ""), ==, 0);
}

static void
test_identity (void)
{
  static const struct
  {
    const char *text;
    LmStoreError code;
  } identities[] = {
    { "", LM_STORE_ERROR_DAMAGED },
    { "{}", LM_STORE_ERROR_DAMAGED },
    { "not json", LM_STORE_ERROR_DAMAGED },
    { "{\"format\":\"leitmotif-journal\",\"version\":1,\"journal\":"
      "\"000102030405060708090a0b0c0d0e",
      LM_STORE_ERROR_DAMAGED },
    { "{\"format\":\"other-journal\",\"version\":1,\"journal\":"
      "\"000102030405060708090a0b0c0d0e0f\"}",
      LM_STORE_ERROR_DAMAGED },
    { "{\"format\":\"leitmotif-journal\",\"journal\":\"000102030405060708090a0b0c0d0e0f\"}",
      LM_STORE_ERROR_DAMAGED },
    { "{\"format\":\"leitmotif-journal\",\"version\":0,\"journal\":"
      "\"000102030405060708090a0b0c0d0e0f\"}",
      LM_STORE_ERROR_DAMAGED },
    { "{\"format\":\"leitmotif-journal\",\"version\":256,\"journal\":"
      "\"000102030405060708090a0b0c0d0e0f\"}",
      LM_STORE_ERROR_DAMAGED },
    { "{\"format\":\"leitmotif-journal\",\"version\":1,\"journal\":"
      "\"000102030405060708090A0B0C0D0E0F\"}",
      LM_STORE_ERROR_DAMAGED },
    { "{\"format\":\"leitmotif-journal\",\"version\":1,\"journal\":\"../../etc\"}",
      LM_STORE_ERROR_DAMAGED },
    { "{\"format\":\"leitmotif-journal\",\"version\":1,\"version\":1,\"journal\":"
      "\"000102030405060708090a0b0c0d0e0f\"}",
      LM_STORE_ERROR_DAMAGED },
    { "{\"format\":\"leitmotif-journal\",\"version\":2,\"journal\":"
      "\"000102030405060708090a0b0c0d0e0f\"}",
      LM_STORE_ERROR_TOO_NEW },
    { "{\"format\":\"leitmotif-journal\",\"version\":2,\"journals\":[]}", LM_STORE_ERROR_TOO_NEW },
    { "{\"format\":\"leitmotif-journal\",\"version\":255}", LM_STORE_ERROR_TOO_NEW },
  };
  g_autofree char *path = lm_test_make_journal ("journal"),
                  *file = g_build_filename (path, "journal.json", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (identities); i++)
    {
      g_autoptr (GBytes) bytes = lm_test_bytes (identities[i].text), after = NULL;

      lm_test_write (file, bytes);
      assert_read_fails (path, LM_STORE_ERROR, (int) identities[i].code);
      after = lm_test_read (file);
      g_assert_true (g_bytes_equal (bytes, after));
      g_assert_cmpuint (lm_test_count (path, ""), ==, 3);
    }
}

static void
test_identity_odd (void)
{
  g_autofree char *path = lm_test_make_journal ("journal"),
                  *file = g_build_filename (path, "journal.json", NULL);
  g_autofree char *other = g_build_filename (path, "other", NULL),
                  *space = g_strnfill (64 * 1024, ' ');
  g_autoptr (GBytes) bytes = lm_test_read (file), large = lm_test_append (bytes, space, 64 * 1024);
  g_autoptr (GBytes) unknown =
      lm_test_replace (bytes, "\"version\":1", "\"new\":{\"x\":[]},\"version\":1");
  LmId journal = lm_test_journal ();
  g_autoptr (LmFolder) folder = NULL;

  lm_test_write (file, unknown);
  folder = assert_reads (path);
  g_assert_true (lm_id_equal (lm_folder_journal (folder), &journal));
  lm_test_write (file, large);
  assert_read_fails (path, LM_STORE_ERROR, LM_STORE_ERROR_TOO_LARGE);
  g_assert_cmpint (g_rename (file, other), ==, 0);
  g_assert_cmpint (symlink ("other", file), ==, 0);
  assert_read_fails (path, LM_STORE_ERROR, LM_STORE_ERROR_DAMAGED);
}

static void
put_key (const char *path, const char *name, GBytes *bytes)
{
  g_autofree char *file = g_build_filename (path, "keys", name, NULL);

  lm_test_write (file, bytes);
}

#define OWN_KEY "101112131415161718191a1b1c1d1e1f.json"

/* Without a key file that can be used: "not there yet", or what is wrong with the one that is. */
static void
test_no_keys (void)
{
  g_autofree char *path = lm_test_make_journal ("journal"),
                  *keys = g_build_filename (path, "keys", NULL);
  g_autofree char *own = g_build_filename (keys, OWN_KEY, NULL);
  g_autoptr (GBytes) good = lm_test_read (own), cut = lm_test_slice (good, 100);
  g_autoptr (GBytes) newer = lm_test_replace (good, "\"version\":1", "\"version\":2");
  g_autoptr (GBytes) other_kind = lm_test_replace (good, "\"passphrase\"", "\"smartcard\"");
  g_autoptr (GBytes) foreign = lm_test_replace (good,
                                                "000102030405060708090a0b0c0d0e0f",
                                                "000102030405060708090a0b0c0d0e10");

  put_key (path, OWN_KEY, cut);
  assert_read_fails (path, LM_VAULT_ERROR, LM_VAULT_ERROR_DAMAGED);
  put_key (path, OWN_KEY, newer);
  assert_read_fails (path, LM_VAULT_ERROR, LM_VAULT_ERROR_TOO_NEW);
  put_key (path, OWN_KEY, other_kind);
  assert_read_fails (path, LM_VAULT_ERROR, LM_VAULT_ERROR_UNSUPPORTED);
  put_key (path, OWN_KEY, foreign);
  assert_read_fails (path, LM_STORE_ERROR, LM_STORE_ERROR_NO_KEYS);
  g_assert_cmpint (g_unlink (own), ==, 0);
  put_key (path, ".hidden.json", good);
  put_key (path, "key.json.part", good);
  put_key (path, "key.txt", good);
  assert_read_fails (path, LM_STORE_ERROR, LM_STORE_ERROR_NO_KEYS);
  g_assert_cmpuint (lm_test_count (keys, ""), ==, 3);
}

static void
test_no_keys_folder (void)
{
  g_autofree char *path = lm_test_make_journal ("journal"),
                  *keys = g_build_filename (path, "keys", NULL);
  g_autofree char *away = g_build_filename (path, "away", NULL);

  g_assert_cmpint (g_rename (keys, away), ==, 0);
  assert_read_fails (path, LM_STORE_ERROR, LM_STORE_ERROR_NO_KEYS);
  g_assert_false (g_file_test (keys, G_FILE_TEST_EXISTS));
}

/* Files that cannot be used are named, and are no hindrance. */
static void
test_problems (void)
{
  g_autofree char *path = lm_test_make_journal ("journal");
  g_autoptr (GBytes) text = lm_test_bytes ("{}"), good = lm_test_bytes (lm_test_passphrase_slot);
  g_autoptr (GBytes) newer = lm_test_replace (good, "\"version\":1", "\"version\":9");
  g_autofree char *link_path = g_build_filename (path, "keys", "link.json", NULL);
  g_autofree char *folder_path = g_build_filename (path, "keys", "folder.json", NULL);
  static const struct
  {
    const char *file;
    gboolean by_vault;
    int code;
  } expected[] = {
    { "keys/folder.json", FALSE, LM_STORE_ERROR_DAMAGED },
    { "keys/link.json", FALSE, LM_STORE_ERROR_DAMAGED },
    { "keys/newer.json", TRUE, LM_VAULT_ERROR_TOO_NEW },
    { "keys/text.json", TRUE, LM_VAULT_ERROR_NOT_OURS },
  };
  g_autoptr (LmFolder) folder = NULL;

  put_key (path, "text.json", text);
  put_key (path, "newer.json", newer);
  g_assert_cmpint (symlink (OWN_KEY, link_path), ==, 0);
  g_assert_cmpint (g_mkdir (folder_path, 0700), ==, 0);
  folder = assert_reads (path);
  g_assert_cmpuint (lm_folder_problems (folder)->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      LmProblem *problem = lm_folder_problems (folder)->pdata[i];

      g_assert_cmpstr (problem->file, ==, expected[i].file);
      g_assert_true (problem->error->domain ==
                     (expected[i].by_vault ? LM_VAULT_ERROR : LM_STORE_ERROR));
      g_assert_cmpint (problem->error->code, ==, expected[i].code);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  g_test_add_func ("/journal/folder/create", test_create);
  g_test_add_func ("/journal/folder/created-files", test_created_files);
  g_test_add_func ("/journal/folder/create-over", test_create_over);
  g_test_add_func ("/journal/folder/create-in-empty", test_create_in_empty);
  g_test_add_func ("/journal/folder/absent", test_absent);
  g_test_add_func ("/journal/folder/identity", test_identity);
  g_test_add_func ("/journal/folder/identity-odd", test_identity_odd);
  g_test_add_func ("/journal/folder/no-keys", test_no_keys);
  g_test_add_func ("/journal/folder/no-keys-folder", test_no_keys_folder);
  g_test_add_func ("/journal/folder/problems", test_problems);
  return g_test_run ();
}
