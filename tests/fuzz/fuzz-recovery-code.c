/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-hardening.h"
#include "lm-fuzz.h"
#include "vault/lm-recovery-code.h"

/* Anything that somebody may type as a recovery code; and any code, written down and typed. */

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  lm_hardening_apply ();
  return 0;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (LmSecret) typed = lm_secret_new (size);
  g_autoptr (LmSecret) code = NULL;

  if (size > 0)
    memcpy (lm_secret_bytes (typed), data, size);
  code = lm_recovery_code_parse (typed, NULL);
  if (code == NULL && size >= LM_RECOVERY_CODE_BYTES)
    {
      code = lm_secret_new (LM_RECOVERY_CODE_BYTES);
      memcpy (lm_secret_bytes (code), data, LM_RECOVERY_CODE_BYTES);
    }
  if (code != NULL)
    {
      g_autoptr (LmSecret) written = lm_recovery_code_format (code);
      g_autoptr (LmSecret) again = lm_recovery_code_parse (written, NULL);

      LM_FUZZ_MUST (lm_secret_length (code) == LM_RECOVERY_CODE_BYTES);
      LM_FUZZ_MUST (again != NULL && lm_secret_equal (code, again));
    }
  return 0;
}
