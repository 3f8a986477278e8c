/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <sodium.h>
#include <unistd.h>

#include "vault/lm-kdf.h"
#include "vault/lm-vault-error.h"

/* Argon2id (RFC 9106) as libsodium offers it: version 0x13, one lane. The limits are those of
 * docs/journal-format.md, section 3: low enough that a hostile file cannot use up this computer,
 * high enough that nobody can slip in a cost that makes guessing cheap. */

/* More than deriving a key takes of the stack. */
#define STACK_BYTES 32768

#define MIB          1024u
#define OPSLIMIT_MIN 2
#define OPSLIMIT_MAX 16
#define MEMLIMIT_MIN (64 * MIB)
#define MEMLIMIT_MAX (1024 * MIB)
#define PRODUCT_MAX  (4096ull * MIB)

static const LmKdfCost ordinary = { 3, 256 * MIB };
static const LmKdfCost roomy = { 3, 512 * MIB };
static const LmKdfCost small = { 4, 64 * MIB };

/* Returns: the lowest cost that the format accepts; for tests and made-up journals only */
LmKdfCost
lm_kdf_cost_minimal (void)
{
  return (LmKdfCost) { OPSLIMIT_MIN, MEMLIMIT_MIN };
}

static guint64
memory_of_this_computer_kib (void)
{
  return (guint64) sysconf (_SC_PHYS_PAGES) * (guint64) sysconf (_SC_PAGESIZE) / 1024;
}

/**
 * lm_kdf_cost_measured:
 *
 * Tries the ordinary cost once, which takes a moment: call it from a worker.
 *
 * Returns: the cost that suits this computer
 */
LmKdfCost
lm_kdf_cost_measured (void)
{
  g_autoptr (LmSecret) secret = lm_secret_new (1);
  g_autoptr (LmSecret) derived = NULL;
  const guint8 salt[LM_KDF_SALT_BYTES] = { 0 };
  guint64 memory = memory_of_this_computer_kib ();
  gint64 begin = g_get_monotonic_time (), taken;

  if (memory < 3072 * MIB)
    return small;
  derived = lm_kdf_derive (secret, salt, ordinary, NULL);
  taken = g_get_monotonic_time () - begin;
  if (derived == NULL || taken > 2500 * 1000)
    return small;
  return taken < 400 * 1000 && memory >= 8192ull * MIB ? roomy : ordinary;
}

/**
 * lm_kdf_cost_check:
 * @error: %LM_VAULT_ERROR_COST
 *
 * Whether a cost that was read from a file is accepted. Takes no time and no memory.
 */
gboolean
lm_kdf_cost_check (guint64 opslimit, guint64 memlimit_kib, GError **error)
{
  if (opslimit >= OPSLIMIT_MIN && opslimit <= OPSLIMIT_MAX && memlimit_kib >= MEMLIMIT_MIN &&
      memlimit_kib <= MEMLIMIT_MAX && opslimit * memlimit_kib <= PRODUCT_MAX)
    return TRUE;
  g_set_error (error,
               LM_VAULT_ERROR,
               LM_VAULT_ERROR_COST,
               "%" G_GUINT64_FORMAT " passes over %" G_GUINT64_FORMAT " KiB are not accepted",
               opslimit,
               memlimit_kib);
  return FALSE;
}

/**
 * lm_kdf_derive:
 * @secret: a passphrase or the bytes of a recovery code
 * @salt: random bytes of the key slot
 * @cost: a cost that lm_kdf_cost_check () accepts
 * @error: %LM_VAULT_ERROR_COST or %LM_VAULT_ERROR_NO_MEMORY
 *
 * Takes up to seconds and as much memory as @cost says.
 *
 * Returns: (transfer full): the key encryption key and the commitment key, 32 bytes each
 */
LmSecret *
lm_kdf_derive (LmSecret *secret,
               const guint8 salt[LM_KDF_SALT_BYTES],
               LmKdfCost cost,
               GError **error)
{
  g_autoptr (LmSecret) derived = lm_secret_new (LM_KDF_DERIVED_BYTES);
  int failed;

  if (!lm_kdf_cost_check (cost.opslimit, cost.memlimit_kib, error))
    return NULL;
  failed = crypto_pwhash (lm_secret_bytes (derived),
                          LM_KDF_DERIVED_BYTES,
                          (const char *) lm_secret_peek (secret),
                          lm_secret_length (secret),
                          salt,
                          cost.opslimit,
                          (gsize) cost.memlimit_kib * 1024,
                          crypto_pwhash_ALG_ARGON2ID13);
  /* It leaves its result on the stack, and the stack of a thread that has ended is kept. */
  sodium_stackzero (STACK_BYTES);
  if (failed != 0)
    {
      g_set_error (error,
                   LM_VAULT_ERROR,
                   LM_VAULT_ERROR_NO_MEMORY,
                   "no %u MiB of memory for the key derivation",
                   cost.memlimit_kib / 1024);
      return NULL;
    }
  return g_steal_pointer (&derived);
}
