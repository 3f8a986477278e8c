/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LmVaultError:
 * @LM_VAULT_ERROR_WRONG_SECRET: the passphrase or recovery code opens no key slot
 * @LM_VAULT_ERROR_DAMAGED: it is no file of ours any more, or was changed
 * @LM_VAULT_ERROR_NOT_OURS: of another format, or of another journal
 * @LM_VAULT_ERROR_TOO_NEW: made by a newer version
 * @LM_VAULT_ERROR_UNSUPPORTED: a kind or algorithm that this version does not know
 * @LM_VAULT_ERROR_COST: the key derivation asks for more, or less, than is accepted
 * @LM_VAULT_ERROR_NO_MEMORY: not enough memory for the key derivation
 * @LM_VAULT_ERROR_WAITING_FOR_KEY: sealed with a key that is not here
 * @LM_VAULT_ERROR_TOO_LARGE: larger than the format allows
 * @LM_VAULT_ERROR_PASSPHRASE: empty, too long, or with control characters
 * @LM_VAULT_ERROR_CODE_FORM: not the form of a recovery code
 * @LM_VAULT_ERROR_CODE_CHECKSUM: the form of a recovery code, but mistyped
 * @LM_VAULT_ERROR_RETIRED_KEY: sealed with a key that was given up, with a text not seen before
 * @LM_VAULT_ERROR_RETIRED_SLOT: a key slot that was given up has come back
 * @LM_VAULT_ERROR_MANY_SLOTS: a key slot beyond the first eight, which are all that are tried; or
 *   none of these opens, and there are more
 * @LM_VAULT_ERROR_SAME_PASSPHRASE: the new passphrase is the present one
 *
 * What can go wrong with keys and sealed files. Messages hold no secret and no text of the person.
 */
typedef enum
{
  LM_VAULT_ERROR_WRONG_SECRET,
  LM_VAULT_ERROR_DAMAGED,
  LM_VAULT_ERROR_NOT_OURS,
  LM_VAULT_ERROR_TOO_NEW,
  LM_VAULT_ERROR_UNSUPPORTED,
  LM_VAULT_ERROR_COST,
  LM_VAULT_ERROR_NO_MEMORY,
  LM_VAULT_ERROR_WAITING_FOR_KEY,
  LM_VAULT_ERROR_TOO_LARGE,
  LM_VAULT_ERROR_PASSPHRASE,
  LM_VAULT_ERROR_CODE_FORM,
  LM_VAULT_ERROR_CODE_CHECKSUM,
  LM_VAULT_ERROR_RETIRED_KEY,
  LM_VAULT_ERROR_RETIRED_SLOT,
  LM_VAULT_ERROR_MANY_SLOTS,
  LM_VAULT_ERROR_SAME_PASSPHRASE,
} LmVaultError;

#define LM_VAULT_ERROR (lm_vault_error_quark ())
GQuark lm_vault_error_quark (void);

G_END_DECLS
