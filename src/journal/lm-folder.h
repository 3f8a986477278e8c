/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "journal/lm-record.h"
#include "vault/lm-key-slot.h"
#include "vault/lm-vault.h"

G_BEGIN_DECLS

#define LM_FOLDER_KEYS        "keys"
#define LM_FOLDER_ENTRIES     "entries"
#define LM_FOLDER_ATTACHMENTS "attachments"
/* So many key slots of one kind are tried. */
#define LM_FOLDER_TRIES_MAX 8

/**
 * LmProblem:
 * @file: below the journal's folder
 * @error: why it cannot be used; domain %LM_VAULT_ERROR or %LM_STORE_ERROR. %NULL for a copy of a
 *   record, as sync tools make them
 * @id: the id of the record, or of a key slot that came back; zero if that could not be told
 * @record: (nullable): what is in it, where it opens and waits for the person to decide
 * @has_own: whether this computer has another text of that record, which it took the place of
 *
 * A file that is left as it is.
 */
typedef struct
{
  char *file;
  GError *error;
  LmId id;
  LmRecord *record;
  gboolean has_own;
} LmProblem;

LmProblem *lm_problem_new (const char *file, const LmId *id, GError *error);
void lm_problem_free (LmProblem *problem);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmProblem, lm_problem_free)

/**
 * LmFolder:
 *
 * A journal's folder as it is found, before it is unlocked: which journal it is, and its key slots.
 * Immutable.
 */
typedef struct _LmFolder LmFolder;

/**
 * LmOpened:
 * @vault: the open keys
 * @keys: the same as they stand in a key slot, to make another slot with them
 * @derived: what was derived from the secret, for the keyring
 * @slot: the slot that @derived opens
 * @slots: (element-type LmId): every slot that the secret opens
 *
 * What unlocking gives.
 */
typedef struct
{
  LmVault *vault;
  LmMasterKeys *keys;
  LmSecret *derived;
  LmId slot;
  GArray *slots;
} LmOpened;

LmFolder *lm_folder_read (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
LmFolder *lm_folder_create (const char *path,
                            LmSecret *passphrase,
                            LmKdfCost cost,
                            LmSecret **code,
                            LmOpened **opened,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
LmFolder *lm_folder_ref (LmFolder *folder);
void lm_folder_unref (LmFolder *folder);
const char *lm_folder_path (LmFolder *folder);
const LmId *lm_folder_journal (LmFolder *folder);
GPtrArray *lm_folder_problems (LmFolder *folder);
LmOpened *lm_folder_unlock (LmFolder *folder,
                            LmKeySlotKind kind,
                            LmSecret *secret,
                            GCancellable *cancellable,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
LmOpened *lm_folder_unlock_derived (LmFolder *folder,
                                    const LmId *slot,
                                    LmSecret *derived,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
LmOpened *lm_opened_copy (LmOpened *opened);
void lm_opened_free (LmOpened *opened);

/* The key slots, for those who make and remove them */
guint lm_folder_n_slots (LmFolder *folder);
LmKeySlot *lm_folder_get_slot (LmFolder *folder, guint index);
int lm_folder_open_keys (LmFolder *folder, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_folder_write_slot (int keys, LmKeySlot *slot, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_folder_remove_slot (LmFolder *folder, int keys, const LmId *slot, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmFolder, lm_folder_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmOpened, lm_opened_free)

G_END_DECLS
