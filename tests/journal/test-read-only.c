/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>

#include "base/lm-hardening.h"
#include "journal/lm-losses.h"
#include "journal/lm-rekey.h"
#include "journal/lm-store-attachments.h"
#include "journal/lm-store-private.h"
#include "lm-test-attachment.h"
#include "lm-test-journal.h"
#include "vault/lm-passphrase.h"

/* A journal whose folder takes no changes, or whose keys are older than what was seen: whatever is
 * asked of it is refused by that name, and no file is another afterwards. */

typedef struct
{
  LmTestStore *test;
  LmRecord *record; /* as it is on the disk */
  LmRecord *before; /* an earlier version of it */
} Scene;

static gboolean
save (Scene *scene, GError **error)
{
  g_autoptr (LmContent) content = lm_test_content ("more");
  g_autoptr (LmRecord) saved =
      lm_store_save (scene->test->store, &scene->record->id, content, scene->record, NULL, error);

  return saved != NULL;
}

static gboolean
save_new (Scene *scene, GError **error)
{
  LmId id = lm_test_id (9);
  g_autoptr (LmContent) content = lm_test_content ("more");
  g_autoptr (LmRecord) saved = lm_store_save (scene->test->store, &id, content, NULL, NULL, error);

  return saved != NULL;
}

static gboolean
restore_version (Scene *scene, GError **error)
{
  g_autoptr (LmRecord) restored = lm_store_restore_version (scene->test->store,
                                                            &scene->record->id,
                                                            &scene->before->hash,
                                                            NULL,
                                                            error);

  return restored != NULL;
}

static gboolean
purge (Scene *scene, GError **error)
{
  return lm_store_purge (scene->test->store, &scene->record->id, &scene->record->hash, TRUE, error);
}

static gboolean
attach (Scene *scene, GError **error)
{
  g_autoptr (GBytes) text = lm_test_attachment_text (100);
  g_autoptr (GInputStream) in = g_memory_input_stream_new_from_bytes (text);
  g_autoptr (LmAttachment) attachment =
      lm_store_add_attachment (scene->test->store, in, 100, "a.jpg", "image/jpeg", NULL, error);

  return attachment != NULL;
}

static gboolean
take_in (Scene *scene, GError **error)
{
  return lm_store_take_in (scene->test->store, scene->before, error);
}

static gboolean
bring_ours (Scene *scene, GError **error)
{
  g_autoptr (LmRecord) ours = lm_store_bring_ours (scene->test->store, &scene->record->id, error);

  return ours != NULL;
}

static gboolean
remove_slot (Scene *scene, GError **error)
{
  return lm_store_remove_slot (scene->test->store,
                               "keys/101112131415161718191a1b1c1d1e1f.json",
                               error);
}

static gboolean
undo_loss (Scene *scene, GError **error)
{
  LmLoss loss = { scene->record->id, LM_LOSS_REPLACED, scene->record, scene->before };
  g_autoptr (LmRecord) undone = lm_store_undo_loss (scene->test->store, &loss, error);

  return undone != NULL;
}

static gboolean
accept_loss (Scene *scene, GError **error)
{
  LmLoss loss = { scene->record->id, LM_LOSS_OLDER, scene->record, NULL };
  g_autoptr (LmRecord) accepted = NULL;

  return lm_store_accept_loss (scene->test->store, &loss, &accepted, error);
}

static gboolean
change_passphrase (Scene *scene, GError **error)
{
  g_autoptr (LmSecret) present = lm_secret_new_taking (g_strdup ("Grüße aus Łódź")),
                       fresh = lm_secret_new_taking (g_strdup ("new words"));
  g_autoptr (LmSecret) old = lm_passphrase_normalize (present, NULL),
                       next = lm_passphrase_normalize (fresh, NULL);
  g_autoptr (GError) local = NULL;
  g_autoptr (LmRekey) rekey = lm_rekey_new (scene->test->path,
                                            LM_REKEY_PASSPHRASE,
                                            LM_KEY_SLOT_PASSPHRASE,
                                            old,
                                            next,
                                            lm_kdf_cost_minimal (),
                                            &local);

  g_assert_no_error (local);
  return lm_rekey_write (rekey, scene->test->store, error);
}

static const struct
{
  const char *name;
  gboolean (*run) (Scene *scene, GError **error);
} operations[] = {
  { "save", save },
  { "save something new", save_new },
  { "restore a version", restore_version },
  { "delete for good", purge },
  { "attach", attach },
  { "take in what came back", take_in },
  { "bring ours back", bring_ours },
  { "remove a slot", remove_slot },
  { "bring back what went", undo_loss },
  { "accept that it went", accept_loss },
  { "change the passphrase", change_passphrase },
};

/* Every file below @folder, with its bytes. */
static void
digest (GChecksum *sum, const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_build_filename (folder, name, NULL));
  g_ptr_array_sort_values (names, (GCompareFunc) g_strcmp0);
  for (guint i = 0; i < names->len; i++)
    {
      g_checksum_update (sum, names->pdata[i], -1);
      if (g_file_test (names->pdata[i], G_FILE_TEST_IS_DIR))
        digest (sum, names->pdata[i]);
      else
        {
          g_autoptr (GBytes) file = lm_test_read (names->pdata[i]);

          g_checksum_update (sum, g_bytes_get_data (file, NULL), (gssize) g_bytes_get_size (file));
        }
    }
}

static char *
state_of (LmTestStore *test)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  digest (sum, test->path);
  return g_strdup (g_checksum_get_string (sum));
}

static void
refuse_all (LmTestStore *test, int code)
{
  LmId id = lm_test_id (1);
  g_autoptr (LmRecord) before = lm_test_save (test->store, &id, "old text", NULL, NULL);
  g_autoptr (LmRecord) record = lm_test_save (test->store, &id, "my text", before, NULL);
  g_autofree char *state = state_of (test);
  Scene scene = { test, record, before };

  test->store->read_only = TRUE;
  test->store->outdated = code == LM_STORE_ERROR_OLD_KEYS;
  for (guint i = 0; i < G_N_ELEMENTS (operations); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *after = NULL;

      g_test_message ("%s", operations[i].name);
      g_assert_false (operations[i].run (&scene, &error));
      g_assert_error (error, LM_STORE_ERROR, code);
      after = state_of (test);
      g_assert_cmpstr (after, ==, state);
    }
  /* What happens by itself does nothing, and complains of nothing. */
  g_assert_true (lm_store_thin_versions (test->store, &id, NULL, NULL) ||
                 lm_store_is_read_only (test->store));
  g_assert_true (lm_store_tidy_attachments (test->store, NULL, NULL));
  test->store->read_only = FALSE;
  test->store->outdated = FALSE;
}

static void
test_read_only (LmTestStore *test, gconstpointer data)
{
  refuse_all (test, LM_STORE_ERROR_READ_ONLY);
}

static void
test_old_keys (LmTestStore *test, gconstpointer data)
{
  refuse_all (test, LM_STORE_ERROR_OLD_KEYS);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  LM_TEST_STORE_ADD ("/journal/read-only/folder", test_read_only);
  LM_TEST_STORE_ADD ("/journal/read-only/old-keys", test_old_keys);
  return g_test_run ();
}
