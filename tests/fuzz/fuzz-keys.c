/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-hardening.h"
#include "lm-fuzz.h"
#include "vault/lm-master-keys.h"

/* What is inside an opened key file: the list of master keys, read by code of our own. */

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  lm_hardening_apply ();
  return 0;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (LmSecret) text = lm_secret_new (size);
  g_autoptr (LmMasterKeys) keys = NULL;
  g_autoptr (LmSecret) written = NULL;

  if (size > 0)
    memcpy (lm_secret_bytes (text), data, size);
  keys = lm_master_keys_read (text, NULL);
  if (keys == NULL)
    return 0;
  LM_FUZZ_MUST (lm_master_keys_size (keys) > 0);
  written = lm_master_keys_write (keys);
  {
    g_autoptr (LmMasterKeys) again = lm_master_keys_read (written, NULL);

    LM_FUZZ_MUST (again != NULL && lm_master_keys_size (again) == lm_master_keys_size (keys));
    LM_FUZZ_MUST (
        lm_id_equal (&lm_master_keys_current (again)->id, &lm_master_keys_current (keys)->id));
  }
  return 0;
}
