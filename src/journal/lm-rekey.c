/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <unistd.h>

#include "journal/lm-file.h"
#include "journal/lm-rekey.h"
#include "journal/lm-reseal.h"
#include "journal/lm-retired.h"
#include "journal/lm-store-error.h"
#include "journal/lm-store-private.h"
#include "vault/lm-recovery-code.h"
#include "vault/lm-vault-error.h"

/* At no moment is there no way in that the person knows: the new slots are written, synced and
 * opened again from the disk while the old ones stand. Killed before the old ones go, both open;
 * killed after, the new ones open, and a rotation goes on at the next opening (lm-reseal.c). */

struct _LmRekey
{
  LmRekeyKind what;
  LmFolder *folder;   /* as it was before */
  LmFolder *after;    /* nullable: with the new slots */
  LmOpened *present;  /* by the present secret */
  LmMasterKeys *keys; /* for the new slots */
  LmKeySlot *passphrase;
  LmSecret *passphrase_derived;
  LmKeySlot *recovery;
  LmSecret *recovery_derived;
  LmSecret *code; /* as people write it */
  LmOpened *opened;
  GArray *old; /* of LmId: the slots that go */
  guint n_left;
  gboolean alone;
};

void
lm_rekey_free (LmRekey *rekey)
{
  g_clear_pointer (&rekey->folder, lm_folder_unref);
  g_clear_pointer (&rekey->after, lm_folder_unref);
  g_clear_pointer (&rekey->present, lm_opened_free);
  g_clear_pointer (&rekey->keys, lm_master_keys_free);
  g_clear_pointer (&rekey->passphrase, lm_key_slot_free);
  g_clear_pointer (&rekey->passphrase_derived, lm_secret_unref);
  g_clear_pointer (&rekey->recovery, lm_key_slot_free);
  g_clear_pointer (&rekey->recovery_derived, lm_secret_unref);
  g_clear_pointer (&rekey->code, lm_secret_unref);
  g_clear_pointer (&rekey->opened, lm_opened_free);
  g_clear_pointer (&rekey->old, g_array_unref);
  g_free (rekey);
}

LmRekeyKind
lm_rekey_kind (LmRekey *rekey)
{
  return rekey->what;
}

/* Returns: (transfer none) (nullable): the new recovery code, as people write it */
LmSecret *
lm_rekey_code (LmRekey *rekey)
{
  return rekey->code;
}

/* Returns: (transfer none): what opens the new slot without a key derivation, the passphrase's if
 * there is one */
LmSecret *
lm_rekey_derived (LmRekey *rekey)
{
  return rekey->passphrase != NULL ? rekey->passphrase_derived : rekey->recovery_derived;
}

/* Returns: (transfer none) (nullable): what the new slot gives, once it is written */
LmOpened *
lm_rekey_opened (LmRekey *rekey)
{
  return rekey->opened;
}

/* Returns: how many slots were left though they are of the kind that goes: they may know keys that
 * are not known here, and nobody removes those */
guint
lm_rekey_n_left (LmRekey *rekey)
{
  return rekey->n_left;
}

/* Working out ------------------------------------------------------------------------- */

/* Whoever knows the old passphrase would get the new key. */
static gboolean
is_present_passphrase (LmRekey *rekey, LmKeySlotKind kind, LmSecret *present, LmSecret *passphrase)
{
  g_autoptr (LmOpened) opened = NULL;

  if (kind == LM_KEY_SLOT_PASSPHRASE)
    return lm_secret_equal (present, passphrase);
  if (rekey->what == LM_REKEY_ROTATE)
    opened = lm_folder_unlock (rekey->folder, LM_KEY_SLOT_PASSPHRASE, passphrase, NULL, NULL);
  return opened != NULL;
}

static gboolean
make_slots (LmRekey *rekey, LmSecret *passphrase, LmKdfCost cost, GError **error)
{
  const LmId *journal = lm_folder_journal (rekey->folder);

  if (rekey->what != LM_REKEY_CODE)
    {
      rekey->passphrase = lm_key_slot_create (journal,
                                              LM_KEY_SLOT_PASSPHRASE,
                                              passphrase,
                                              cost,
                                              rekey->keys,
                                              &rekey->passphrase_derived,
                                              error);
      if (rekey->passphrase == NULL)
        return FALSE;
    }
  if (rekey->what != LM_REKEY_PASSPHRASE)
    {
      g_autoptr (LmSecret) bytes = lm_secret_new_random (LM_RECOVERY_CODE_BYTES);

      rekey->recovery = lm_key_slot_create (journal,
                                            LM_KEY_SLOT_RECOVERY,
                                            bytes,
                                            cost,
                                            rekey->keys,
                                            &rekey->recovery_derived,
                                            error);
      if (rekey->recovery == NULL)
        return FALSE;
      rekey->code = lm_recovery_code_format (bytes);
    }
  return TRUE;
}

/**
 * lm_rekey_new:
 * @path: the journal's folder
 * @what: what to change
 * @kind: what @present is
 * @present: a secret that opens the journal now
 * @passphrase: (nullable): the new passphrase, normalized; not for %LM_REKEY_CODE
 * @cost: what a try at the new secrets shall cost
 * @error: %LM_VAULT_ERROR_WRONG_SECRET if @present opens nothing,
 *   %LM_VAULT_ERROR_SAME_PASSPHRASE, …
 *
 * Makes the new slots in memory. Takes a few key derivations: call it from a worker.
 *
 * Returns: (transfer full): what lm_rekey_write () writes
 */
LmRekey *
lm_rekey_new (const char *path,
              LmRekeyKind what,
              LmKeySlotKind kind,
              LmSecret *present,
              LmSecret *passphrase,
              LmKdfCost cost,
              GError **error)
{
  g_autoptr (LmRekey) rekey = g_new0 (LmRekey, 1);

  rekey->what = what;
  rekey->old = g_array_new (FALSE, FALSE, sizeof (LmId));
  rekey->folder = lm_folder_read (path, error);
  if (rekey->folder == NULL)
    return NULL;
  rekey->present = lm_folder_unlock (rekey->folder, kind, present, NULL, error);
  if (rekey->present == NULL)
    return NULL;
  if (what != LM_REKEY_CODE && is_present_passphrase (rekey, kind, present, passphrase))
    {
      g_set_error_literal (error,
                           LM_VAULT_ERROR,
                           LM_VAULT_ERROR_SAME_PASSPHRASE,
                           "the new passphrase is the present one");
      return NULL;
    }
  rekey->keys = lm_master_keys_new ();
  lm_master_keys_unite (rekey->keys, rekey->present->keys);
  if (what == LM_REKEY_ROTATE)
    lm_master_keys_add_new (rekey->keys);
  return make_slots (rekey, passphrase, cost, error) ? g_steal_pointer (&rekey) : NULL;
}

/* Writing ------------------------------------------------------------------------------- */

static gboolean
check_store (LmRekey *rekey, LmStore *store, GError **error)
{
  if (store->shared)
    g_set_error_literal (error,
                         LM_STORE_ERROR,
                         LM_STORE_ERROR_BUSY,
                         "another program has this journal open");
  else if (store->outdated ||
           lm_vault_generation (rekey->present->vault) <
               MAX (lm_seen_generation (store->seen), lm_vault_generation (store->vault)))
    g_set_error_literal (error,
                         LM_STORE_ERROR,
                         LM_STORE_ERROR_OLD_KEYS,
                         LM_FOLDER_KEYS ": older than what was seen");
  else
    return lm_store_check_writable (store, LM_FOLDER_KEYS, error);
  return FALSE;
}

static gboolean
has_slot (GArray *slots, const LmId *slot)
{
  for (guint i = 0; slots != NULL && i < slots->len; i++)
    if (lm_id_equal (&g_array_index (slots, LmId, i), slot))
      return TRUE;
  return FALSE;
}

/* Which of the old slots go. One that the present secret opens holds nothing that the new slot does
 * not. One that it does not open, as the recovery code's, may hold a key from a rotation on another
 * computer: that would be a loss, so it must have no more keys than ours, and no file may wait for
 * a key. The slots of a rotation that was begun here and broken off are known. */
static void
choose_old (LmRekey *rekey, LmStore *store, gboolean waiting)
{
  g_autoptr (LmRotation) broken = lm_seen_get_rotation (store->seen);
  guint n_keys = lm_master_keys_size (rekey->present->keys);

  for (guint i = 0; i < lm_folder_n_slots (rekey->folder); i++)
    {
      LmKeySlot *slot = lm_folder_get_slot (rekey->folder, i);
      const LmId *id = lm_key_slot_id (slot);
      gboolean goes =
          rekey->what == LM_REKEY_ROTATE ||
          (lm_key_slot_kind (slot) == LM_KEY_SLOT_PASSPHRASE) == (rekey->passphrase != NULL);

      if (!goes || has_slot (rekey->old, id))
        continue;
      if (has_slot (rekey->present->slots, id) ||
          (broken != NULL && has_slot (broken->fresh, id)) ||
          (!waiting && lm_key_slot_n_keys (slot) <= n_keys))
        g_array_append_vals (rekey->old, id, 1);
      else
        rekey->n_left++;
    }
}

/* The slots in the snapshots have to follow, also if the program ends before they do. */
static gboolean
note_change (LmStore *store, GError **error)
{
  lm_seen_set_stale (store->seen);
  return lm_store_write_seen (store, error);
}

static gboolean
note_rotation (LmRekey *rekey, LmStore *store, GError **error)
{
  g_autoptr (LmRotation) rotation = g_new0 (LmRotation, 1);

  rotation->generation = lm_master_keys_current (rekey->keys)->generation;
  rotation->old = g_array_ref (rekey->old);
  rotation->fresh = g_array_new (FALSE, FALSE, sizeof (LmId));
  g_array_append_vals (rotation->fresh, lm_key_slot_id (rekey->passphrase), 1);
  g_array_append_vals (rotation->fresh, lm_key_slot_id (rekey->recovery), 1);
  if (!lm_reseal_make_snapshot (store, &rotation->snapshot, error))
    return FALSE;
  lm_seen_set_rotation (store->seen, rotation);
  lm_seen_set_code_untold (store->seen, TRUE);
  return lm_store_write_seen (store, error);
}

/* The recovery code's before the passphrase's: nobody comes in by the new passphrase, and goes on
 * with what is left to do, before there is a new code. */
static gboolean
write_slots (LmRekey *rekey, GError **error)
{
  int keys = lm_folder_open_keys (rekey->folder, error);
  gboolean good = keys >= 0;

  if (good && rekey->recovery != NULL)
    good = lm_folder_write_slot (keys, rekey->recovery, error) &&
           lm_file_sync_folder (keys, LM_FOLDER_KEYS, error);
  if (good && rekey->passphrase != NULL)
    good = lm_folder_write_slot (keys, rekey->passphrase, error) &&
           lm_file_sync_folder (keys, LM_FOLDER_KEYS, error);
  if (keys >= 0)
    close (keys);
  return good;
}

/* Opens a new slot as it stands on the disk now. */
static gboolean
open_again (LmRekey *rekey, LmKeySlot *slot, LmSecret *derived, GError **error)
{
  g_autoptr (LmOpened) opened = NULL;

  if (slot == NULL)
    return TRUE;
  opened = lm_folder_unlock_derived (rekey->after, lm_key_slot_id (slot), derived, error);
  if (opened == NULL)
    return FALSE;
  if (lm_master_keys_size (opened->keys) != lm_master_keys_size (rekey->keys))
    {
      g_set_error_literal (error,
                           LM_STORE_ERROR,
                           LM_STORE_ERROR_IO,
                           LM_FOLDER_KEYS ": the new key file is not as it was written");
      return FALSE;
    }
  g_clear_pointer (&rekey->opened, lm_opened_free);
  rekey->opened = g_steal_pointer (&opened);
  return TRUE;
}

static gboolean
check_slots (LmRekey *rekey, GError **error)
{
  rekey->after = lm_folder_read (lm_folder_path (rekey->folder), error);
  return rekey->after != NULL &&
         open_again (rekey, rekey->recovery, rekey->recovery_derived, error) &&
         open_again (rekey, rekey->passphrase, rekey->passphrase_derived, error);
}

static void
end_alone (LmRekey *rekey, LmStore *store)
{
  if (rekey->alone)
    lm_local_end_alone (store->local);
  rekey->alone = FALSE;
}

/* A new key is for nobody who goes on with the old one beside us. */
static gboolean
begin_alone (LmRekey *rekey, LmStore *store, GError **error)
{
  rekey->alone = lm_local_begin_alone (store->local);
  if (!rekey->alone)
    g_set_error_literal (error,
                         LM_STORE_ERROR,
                         LM_STORE_ERROR_BUSY,
                         "another program has this journal open");
  return rekey->alone;
}

/**
 * lm_rekey_write:
 * @store: the open journal
 * @error: then nothing has changed
 *
 * Writes the new slots beside the old ones, syncs them, and opens them again from the disk. From
 * now on both the old and the new secrets open the journal. For a rotation a snapshot is made
 * first, and everything that can be seen is noted as seen. Call lm_rekey_commit () or
 * lm_rekey_cancel () next.
 */
gboolean
lm_rekey_write (LmRekey *rekey, LmStore *store, GError **error)
{
  gboolean rotates = rekey->what == LM_REKEY_ROTATE, waiting = FALSE;
  g_autoptr (GError) local = NULL;

  if (!check_store (rekey, store, error) || (rotates && !begin_alone (rekey, store, error)))
    return FALSE;
  if (lm_reseal_scan (store, rotates, &waiting, &local))
    {
      choose_old (rekey, store, waiting);
      if ((rotates ? note_rotation (rekey, store, &local) : note_change (store, &local)) &&
          write_slots (rekey, &local) && check_slots (rekey, &local))
        return TRUE;
      lm_rekey_cancel (rekey, store, NULL);
    }
  end_alone (rekey, store);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Giving up -------------------------------------------------------------------------------- */

static gboolean
remove_slots (LmFolder *folder, GArray *slots, GError **error)
{
  int keys = lm_folder_open_keys (folder, error);
  gboolean good = keys >= 0;

  for (guint i = 0; i < slots->len && good; i++)
    good = lm_folder_remove_slot (folder, keys, &g_array_index (slots, LmId, i), error);
  good = good && lm_file_sync_folder (keys, LM_FOLDER_KEYS, error);
  if (keys >= 0)
    close (keys);
  return good;
}

/**
 * lm_rekey_commit:
 * @store: as for lm_rekey_write ()
 * @error: the old slots, or some of them, are still there; then the new ones are too
 *
 * Gives the old slots up. After a rotation @store seals with the new key from here on, and
 * lm_store_reseal () has something to do.
 */
gboolean
lm_rekey_commit (LmRekey *rekey, LmStore *store, GError **error)
{
  const LmId *journal = lm_folder_journal (rekey->folder);

  if (!remove_slots (rekey->folder, rekey->old, error))
    {
      end_alone (rekey, store);
      return FALSE;
    }
  for (guint i = 0; i < rekey->old->len; i++)
    {
      const LmId *slot = &g_array_index (rekey->old, LmId, i);

      lm_seen_retire_slot (store->seen, slot);
      /* Should this fail, a slot that comes back is only tried. */
      if (!lm_retired_add (journal, slot, NULL))
        g_debug ("a retired slot could not be noted");
    }
  lm_store_take_keys (store, rekey->after, rekey->opened);
  end_alone (rekey, store);
  return TRUE;
}

/**
 * lm_rekey_cancel:
 * @store: (nullable): as for lm_rekey_write (), if it is still open
 *
 * Takes the new slots away again. Only for what was written and not committed.
 */
gboolean
lm_rekey_cancel (LmRekey *rekey, LmStore *store, GError **error)
{
  g_autoptr (GArray) slots = g_array_new (FALSE, FALSE, sizeof (LmId));
  g_autoptr (LmFolder) now = lm_folder_read (lm_folder_path (rekey->folder), error);

  if (rekey->passphrase != NULL)
    g_array_append_vals (slots, lm_key_slot_id (rekey->passphrase), 1);
  if (rekey->recovery != NULL)
    g_array_append_vals (slots, lm_key_slot_id (rekey->recovery), 1);
  if (store != NULL)
    end_alone (rekey, store);
  if (now == NULL || !remove_slots (now, slots, error))
    return FALSE;
  if (store == NULL || rekey->what != LM_REKEY_ROTATE)
    return TRUE;
  lm_reseal_forget_rotation (store);
  return lm_store_write_seen (store, error);
}
