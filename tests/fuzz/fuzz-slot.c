/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-hardening.h"
#include "lm-fuzz.h"
#include "lm-test-vault.h"
#include "vault/lm-key-slot.h"

/* Any bytes as a key file, opened with what its passphrase would give: KEK and CK are known. */

static LmSecret *derived;

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  lm_hardening_apply ();
  derived = lm_secret_new (LM_KDF_DERIVED_BYTES);
  for (guint i = 0; i < LM_KDF_DERIVED_BYTES; i++)
    lm_secret_bytes (derived)[i] =
        (guint8) (g_ascii_xdigit_value (lm_test_passphrase_derived[2 * i]) << 4 |
                  g_ascii_xdigit_value (lm_test_passphrase_derived[2 * i + 1]));
  return 0;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) file = g_bytes_new (data, size);
  g_autoptr (LmKeySlot) slot = lm_key_slot_read (file, NULL);
  g_autoptr (LmKeySlot) again = NULL;
  g_autoptr (LmMasterKeys) keys = NULL;
  g_autoptr (GBytes) written = NULL;

  if (slot == NULL)
    return 0;
  LM_FUZZ_MUST (size <= LM_KEY_SLOT_BYTES_MAX);
  written = lm_key_slot_write (slot);
  again = lm_key_slot_read (written, NULL);
  LM_FUZZ_MUST (again != NULL);
  LM_FUZZ_MUST (lm_id_equal (lm_key_slot_id (slot), lm_key_slot_id (again)));
  LM_FUZZ_MUST (lm_key_slot_kind (slot) == lm_key_slot_kind (again));
  keys = lm_key_slot_open (slot, derived, NULL);
  /* Only the file that was made with it opens. */
  if (keys != NULL)
    {
      g_autoptr (GBytes) known =
          g_bytes_new_static (lm_test_passphrase_slot, strlen (lm_test_passphrase_slot));
      g_autoptr (LmKeySlot) made = lm_key_slot_read (known, NULL);
      g_autoptr (GBytes) canonical = lm_key_slot_write (made);

      LM_FUZZ_MUST (g_bytes_equal (written, canonical));
    }
  return 0;
}
