/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/lm-json.h"
#include "journal/lm-file.h"
#include "journal/lm-folder-private.h"
#include "journal/lm-store-error.h"
#include "vault/lm-recovery-code.h"
#include "vault/lm-vault-error.h"

#define IDENTITY       "journal.json"
#define IDENTITY_BYTES (64 * 1024)
#define FORMAT         "leitmotif-journal"
#define VERSION        1
/* More slots of one kind are not tried: each costs a key derivation. */
#define TRIES_MAX LM_FOLDER_TRIES_MAX

/* Takes @error, which is %NULL for a copy; @id is %NULL where it is not known. */
LmProblem *
lm_problem_new (const char *file, const LmId *id, GError *error)
{
  LmProblem *problem = g_new0 (LmProblem, 1);

  problem->file = g_strdup (file);
  problem->error = error;
  if (id != NULL)
    problem->id = *id;
  return problem;
}

void
lm_problem_free (LmProblem *problem)
{
  g_free (problem->file);
  g_clear_error (&problem->error);
  g_clear_pointer (&problem->record, lm_record_unref);
  g_free (problem);
}

static LmFolder *
folder_new (const char *path)
{
  LmFolder *folder = g_new0 (LmFolder, 1);

  g_atomic_ref_count_init (&folder->ref_count);
  folder->path = g_strdup (path);
  folder->slots = g_ptr_array_new_with_free_func ((GDestroyNotify) lm_key_slot_free);
  folder->files = g_ptr_array_new_with_free_func (lm_key_file_free);
  folder->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) lm_problem_free);
  return folder;
}

LmFolder *
lm_folder_ref (LmFolder *folder)
{
  g_atomic_ref_count_inc (&folder->ref_count);
  return folder;
}

void
lm_folder_unref (LmFolder *folder)
{
  if (!g_atomic_ref_count_dec (&folder->ref_count))
    return;
  g_ptr_array_unref (folder->slots);
  g_ptr_array_unref (folder->files);
  g_clear_pointer (&folder->retired, g_ptr_array_unref);
  g_ptr_array_unref (folder->problems);
  g_free (folder->path);
  g_free (folder);
}

const char *
lm_folder_path (LmFolder *folder)
{
  return folder->path;
}

const LmId *
lm_folder_journal (LmFolder *folder)
{
  return &folder->journal;
}

/* Returns: (transfer none) (element-type LmProblem): key files that cannot be used */
GPtrArray *
lm_folder_problems (LmFolder *folder)
{
  return folder->problems;
}

/* Returns: (transfer full): the same keys once more */
LmOpened *
lm_opened_copy (LmOpened *opened)
{
  LmOpened *copy = g_new (LmOpened, 1);
  g_autoptr (LmMasterKeys) keys = lm_master_keys_new ();

  lm_master_keys_unite (keys, opened->keys);
  *copy = (LmOpened) { lm_vault_ref (opened->vault),
                       g_steal_pointer (&keys),
                       lm_secret_ref (opened->derived),
                       opened->slot,
                       g_array_ref (opened->slots) };
  return copy;
}

void
lm_opened_free (LmOpened *opened)
{
  g_clear_pointer (&opened->vault, lm_vault_unref);
  g_clear_pointer (&opened->keys, lm_master_keys_free);
  g_clear_pointer (&opened->slots, g_array_unref);
  g_clear_pointer (&opened->derived, lm_secret_unref);
  g_free (opened);
}

/* Reading --------------------------------------------------------------------- */

static gboolean
read_identity (LmFolder *folder, int descriptor, GError **error)
{
  g_autoptr (GBytes) file = NULL;
  g_autoptr (JsonObject) root = NULL;
  g_autoptr (GError) local = NULL;
  const char *text, *journal;
  gint64 version;
  gsize length;

  file = lm_file_read (descriptor, IDENTITY, IDENTITY_BYTES, &local);
  if (g_error_matches (local, LM_STORE_ERROR, LM_STORE_ERROR_NOT_FOUND))
    {
      g_set_error (error,
                   LM_STORE_ERROR,
                   LM_STORE_ERROR_NOT_A_JOURNAL,
                   "%s: there is no " IDENTITY " in it",
                   folder->path);
      return FALSE;
    }
  if (file == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  text = g_bytes_get_data (file, &length);
  root = lm_json_parse (text, length, NULL);
  journal = lm_json_get_string (root, "journal");
  if (root == NULL || g_strcmp0 (lm_json_get_string (root, "format"), FORMAT) != 0 ||
      !lm_json_get_integer (root, "version", &version) || version < 1 || version > 255)
    {
      g_set_error (error,
                   LM_STORE_ERROR,
                   LM_STORE_ERROR_DAMAGED,
                   IDENTITY ": does not say which journal this is");
      return FALSE;
    }
  if (version > VERSION)
    {
      g_set_error (error,
                   LM_STORE_ERROR,
                   LM_STORE_ERROR_TOO_NEW,
                   IDENTITY ": made by a newer version");
      return FALSE;
    }
  if (journal == NULL || !lm_id_parse (journal, -1, &folder->journal))
    {
      g_set_error (error,
                   LM_STORE_ERROR,
                   LM_STORE_ERROR_DAMAGED,
                   IDENTITY ": does not say which journal this is");
      return FALSE;
    }
  return TRUE;
}

/**
 * lm_folder_read:
 * @path: where the journal should be
 * @error: domain %LM_STORE_ERROR, or %LM_VAULT_ERROR if no key file can be used
 *
 * Looks at a journal without opening it. Nothing is ever made or changed.
 *
 * Returns: (transfer full): the folder, with at least one key slot
 */
LmFolder *
lm_folder_read (const char *path, GError **error)
{
  g_autoptr (LmFolder) folder = folder_new (path);
  int descriptor = lm_file_open_folder (AT_FDCWD, path, error);
  gboolean good;

  if (descriptor < 0)
    return NULL;
  good =
      read_identity (folder, descriptor, error) && lm_folder_read_slots (folder, descriptor, error);
  close (descriptor);
  return good ? g_steal_pointer (&folder) : NULL;
}

/* Creating ---------------------------------------------------------------------- */

/**
 * lm_folder_write_slot:
 * @keys: from lm_folder_open_keys ()
 *
 * Writes a new key file and syncs it, not yet the folder. It has its name only when it is whole: a
 * sync tool takes along what it sees.
 */
gboolean
lm_folder_write_slot (int keys, LmKeySlot *slot, GError **error)
{
  g_autoptr (GBytes) file = lm_key_slot_write (slot);
  LmIdText id = lm_id_format (lm_key_slot_id (slot));
  g_autofree char *name = g_strdup_printf ("%s.json", id.digits);
  LmId random = lm_id_new_random ();
  /* One that a killed program left is not in the way. */
  g_autofree char *temporary =
      g_strdup_printf (".~%s-%.8s.part", id.digits, lm_id_format (&random).digits);

  if (!lm_file_write_new (keys, temporary, file, error))
    return FALSE;
  if (lm_file_publish (keys, temporary, name, error))
    return TRUE;
  lm_file_remove (keys, temporary, NULL);
  return FALSE;
}

typedef struct
{
  const LmId *journal;
  LmKeySlot *passphrase;
  LmKeySlot *recovery;
} NewJournal;

/* Writes everything a new journal has into the empty folder @descriptor. */
static gboolean
fill (int descriptor, gpointer data, GError **error)
{
  NewJournal *new_journal = data;
  g_autofree char *text =
      g_strdup_printf ("{\"format\":\"" FORMAT "\",\"version\":%d,\"journal\":\"%s\"}\n",
                       VERSION,
                       lm_id_format (new_journal->journal).digits);
  g_autoptr (GBytes) identity = g_bytes_new (text, strlen (text));
  int keys = lm_file_make_folder (descriptor, LM_FOLDER_KEYS, error);
  int entries = keys >= 0 ? lm_file_make_folder (descriptor, LM_FOLDER_ENTRIES, error) : -1;
  gboolean good = entries >= 0 && lm_folder_write_slot (keys, new_journal->passphrase, error) &&
                  lm_folder_write_slot (keys, new_journal->recovery, error) &&
                  lm_file_sync_folder (keys, LM_FOLDER_KEYS, error) &&
                  lm_file_write_new (descriptor, IDENTITY, identity, error);

  if (keys >= 0)
    close (keys);
  if (entries >= 0)
    close (entries);
  return good;
}

/* Whether @path is free: not there, or an empty folder. */
static gboolean
check_free (const char *path, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GPtrArray) names = lm_file_list (AT_FDCWD, path, &local);
  struct stat info;

  if (names != NULL && names->len == 0)
    return TRUE;
  if (names == NULL && lstat (path, &info) != 0 && errno == ENOENT)
    return TRUE;
  if (names != NULL || g_error_matches (local, LM_STORE_ERROR, LM_STORE_ERROR_NOT_FOUND))
    g_set_error (error,
                 LM_STORE_ERROR,
                 LM_STORE_ERROR_NOT_EMPTY,
                 "%s: is not an empty folder",
                 path);
  else
    g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * lm_folder_create:
 * @path: a new or empty folder; folders above it are made if needed
 * @passphrase: normalized
 * @cost: what a try at a passphrase shall cost
 * @code: (out) (transfer full): the recovery code, to be shown once
 * @opened: (out) (transfer full): the open journal
 * @error: domain %LM_STORE_ERROR or %LM_VAULT_ERROR
 *
 * Makes a new journal. Takes two key derivations: call it from a worker.
 *
 * Returns: (transfer full): the folder, read again from disk
 */
LmFolder *
lm_folder_create (const char *path,
                  LmSecret *passphrase,
                  LmKdfCost cost,
                  LmSecret **code,
                  LmOpened **opened,
                  GError **error)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autoptr (LmMasterKeys) keys = lm_master_keys_new ();
  g_autoptr (LmSecret) code_bytes = lm_secret_new_random (LM_RECOVERY_CODE_BYTES);
  g_autoptr (LmSecret) derived = NULL, code_derived = NULL;
  g_autoptr (LmKeySlot) passphrase_slot = NULL, recovery_slot = NULL;
  g_autoptr (LmFolder) folder = NULL;
  g_autoptr (LmOpened) by_code = NULL, by_passphrase = NULL;
  g_autofree char *parent = g_path_get_dirname (absolute);
  LmId journal = lm_id_new_random ();

  /* Before the time is spent on keys. */
  if (!check_free (absolute, error))
    return NULL;
  if (g_mkdir_with_parents (parent, 0700) != 0)
    {
      lm_file_set_error (error, errno, parent);
      return NULL;
    }
  lm_master_keys_add_new (keys);
  passphrase_slot = lm_key_slot_create (&journal,
                                        LM_KEY_SLOT_PASSPHRASE,
                                        passphrase,
                                        cost,
                                        keys,
                                        &derived,
                                        error);
  if (passphrase_slot == NULL)
    return NULL;
  recovery_slot = lm_key_slot_create (&journal,
                                      LM_KEY_SLOT_RECOVERY,
                                      code_bytes,
                                      cost,
                                      keys,
                                      &code_derived,
                                      error);
  if (recovery_slot == NULL)
    return NULL;
  if (!lm_file_publish_folder (absolute,
                               fill,
                               &(NewJournal) { &journal, passphrase_slot, recovery_slot },
                               error))
    return NULL;

  /* Both ways in are tried on what is on the disk now, before anybody trusts a word to it. */
  folder = lm_folder_read (absolute, error);
  if (folder == NULL)
    return NULL;
  by_code = lm_folder_unlock_derived (folder, lm_key_slot_id (recovery_slot), code_derived, error);
  if (by_code == NULL)
    return NULL;
  by_passphrase =
      lm_folder_unlock_derived (folder, lm_key_slot_id (passphrase_slot), derived, error);
  if (by_passphrase == NULL)
    return NULL;
  *code = lm_recovery_code_format (code_bytes);
  *opened = g_steal_pointer (&by_passphrase);
  return g_steal_pointer (&folder);
}

/* Unlocking ----------------------------------------------------------------------- */

static LmOpened *
opened_new (LmFolder *folder, LmMasterKeys *keys, LmSecret *derived, GArray *slots)
{
  LmOpened *opened = g_new (LmOpened, 1);

  opened->vault = lm_vault_new (&folder->journal, keys);
  opened->keys = lm_master_keys_new ();
  lm_master_keys_unite (opened->keys, keys);
  opened->derived = lm_secret_ref (derived);
  opened->slot = g_array_index (slots, LmId, slots->len - 1);
  opened->slots = g_array_ref (slots);
  return opened;
}

/**
 * lm_folder_unlock:
 * @kind: what @secret is
 * @secret: a normalized passphrase, or the 16 bytes of a recovery code
 * @cancellable: (nullable): looked at between key derivations
 * @error: %LM_VAULT_ERROR_WRONG_SECRET if no slot opens, %LM_VAULT_ERROR_MANY_SLOTS if none of
 *   those that were tried does, %LM_VAULT_ERROR_NO_MEMORY, …
 *
 * Tries the slots of @kind. Every slot that opens is opened, and their keys are united: after a
 * rotation on another computer one may know more than the next. Call it from a worker.
 *
 * Returns: (transfer full): the open journal
 */
LmOpened *
lm_folder_unlock (LmFolder *folder,
                  LmKeySlotKind kind,
                  LmSecret *secret,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (LmMasterKeys) keys = lm_master_keys_new ();
  g_autoptr (LmSecret) good_derived = NULL;
  g_autoptr (GError) first = NULL;
  g_autoptr (GArray) slots = g_array_new (FALSE, FALSE, sizeof (LmId));
  guint tries = 0;
  gboolean more = FALSE;

  for (guint i = 0; i < folder->slots->len; i++)
    {
      LmKeySlot *slot = folder->slots->pdata[i];
      g_autoptr (LmSecret) derived = NULL;
      g_autoptr (LmMasterKeys) found = NULL;
      g_autoptr (GError) local = NULL;

      if (lm_key_slot_kind (slot) != kind)
        continue;
      if ((more = tries == TRIES_MAX))
        break;
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      tries++;
      derived = lm_key_slot_derive (slot, secret, &local);
      if (derived != NULL)
        found = lm_key_slot_open (slot, derived, &local);
      if (found == NULL)
        {
          /* That another slot was damaged or too costly tells more than "wrong". */
          if (first == NULL || g_error_matches (first, LM_VAULT_ERROR, LM_VAULT_ERROR_WRONG_SECRET))
            {
              g_clear_error (&first);
              first = g_steal_pointer (&local);
            }
          continue;
        }
      lm_master_keys_unite (keys, found);
      g_clear_pointer (&good_derived, lm_secret_unref);
      good_derived = g_steal_pointer (&derived);
      g_array_append_vals (slots, lm_key_slot_id (slot), 1);
    }
  if (good_derived != NULL)
    return opened_new (folder, keys, good_derived, slots);
  if (more && g_error_matches (first, LM_VAULT_ERROR, LM_VAULT_ERROR_WRONG_SECRET))
    first->code = LM_VAULT_ERROR_MANY_SLOTS;
  if (first == NULL && !lm_folder_propagate_problem (folder, &first))
    g_set_error_literal (&first,
                         LM_VAULT_ERROR,
                         LM_VAULT_ERROR_WRONG_SECRET,
                         "the journal has no key slot of this kind");
  g_propagate_error (error, g_steal_pointer (&first));
  return NULL;
}

/**
 * lm_folder_unlock_derived:
 * @slot: the slot that @derived was derived for
 * @derived: as the keyring kept it
 * @error: %LM_VAULT_ERROR_WRONG_SECRET
 *
 * Unlocks without a key derivation, in no time.
 *
 * Returns: (transfer full): the open journal
 */
LmOpened *
lm_folder_unlock_derived (LmFolder *folder, const LmId *slot, LmSecret *derived, GError **error)
{
  for (guint i = 0; i < folder->slots->len; i++)
    {
      g_autoptr (LmMasterKeys) keys = NULL;
      g_autoptr (GArray) slots = g_array_new (FALSE, FALSE, sizeof (LmId));

      if (!lm_id_equal (lm_key_slot_id (folder->slots->pdata[i]), slot))
        continue;
      g_array_append_vals (slots, slot, 1);
      keys = lm_key_slot_open (folder->slots->pdata[i], derived, error);
      return keys != NULL ? opened_new (folder, keys, derived, slots) : NULL;
    }
  g_set_error_literal (error, LM_VAULT_ERROR, LM_VAULT_ERROR_WRONG_SECRET, "the key slot is gone");
  return NULL;
}
