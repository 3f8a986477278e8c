/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "base/lm-id.h"
#include "base/lm-secret.h"

G_BEGIN_DECLS

/**
 * LmKeyringError:
 * @LM_KEYRING_ERROR_NOTHING: the keyring holds nothing for this journal
 * @LM_KEYRING_ERROR_LOCKED: it stayed locked: its prompt was dismissed
 * @LM_KEYRING_ERROR_NO_SERVICE: there is no keyring on this computer
 * @LM_KEYRING_ERROR_FAILED: it failed in another way
 *
 * Why the keyring did not help. Each of these ends in the passphrase page.
 */
typedef enum
{
  LM_KEYRING_ERROR_NOTHING,
  LM_KEYRING_ERROR_LOCKED,
  LM_KEYRING_ERROR_NO_SERVICE,
  LM_KEYRING_ERROR_FAILED,
} LmKeyringError;

#define LM_KEYRING_ERROR (lm_keyring_error_quark ())
GQuark lm_keyring_error_quark (void);

/**
 * LmKeyringItems:
 * @passphrase: (nullable):
 * @derived: (nullable): opens @slot without a key derivation
 * @slot: the key slot of @derived
 *
 * What the keyring holds for a journal: at least one of the two.
 */
typedef struct
{
  LmSecret *passphrase;
  LmSecret *derived;
  LmId slot;
} LmKeyringItems;

LmKeyringItems *lm_keyring_lookup (const LmId *journal, GError **error);
void lm_keyring_store_async (const LmId *journal,
                             LmSecret *passphrase,
                             const LmId *slot,
                             LmSecret *derived,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer data);
gboolean lm_keyring_store_finish (GAsyncResult *result, GError **error);
void lm_keyring_forget_async (const LmId *journal,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer data);
gboolean lm_keyring_forget_finish (GAsyncResult *result, GError **error);
void lm_keyring_items_free (LmKeyringItems *items);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmKeyringItems, lm_keyring_items_free)

G_END_DECLS
