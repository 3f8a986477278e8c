/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/lm-hardening.h"
#include "lm-fuzz.h"
#include "lm-test-vault.h"

/* Any bytes as an entry, a draft or a "seen" file. Without the key nothing can be made that opens,
 * so the first byte also asks for the input to be sealed well, by other code than ours. */

static LmVault *vault;

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  lm_hardening_apply ();
  vault = lm_test_vault (2);
  return 0;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const LmTestSeal ways[] = {
    { .format = "leitmotif-entry", .magic = "LMENTRY", .label = "entries", .key = 1 },
    { .format = "leitmotif-draft", .magic = "LMDRAFT", .label = "local", .key = 2 },
    { .format = "leitmotif-seen", .magic = "LMSEEN", .label = "local", .key = 1 },
  };
  guint way = size > 0 ? data[0] % 6 : 0;
  LmSealKind kind = (LmSealKind) (way % 3);
  g_autoptr (GBytes) input = g_bytes_new (size > 0 ? data + 1 : data, size > 0 ? size - 1 : 0);
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GBytes) payload = NULL;
  LmId id;

  if (way < 3)
    file = g_bytes_ref (input);
  else
    {
      LmTestSeal seal = ways[kind];

      seal.journal = lm_test_journal ();
      seal.id = lm_test_id (4);
      file = lm_test_file (&seal, input);
    }
  payload = lm_vault_open (vault, kind, file, &id, NULL);
  /* What opens has the form of the format: its length, the text, zeros. */
  if (payload != NULL && way >= 3)
    {
      gsize length = g_bytes_get_size (payload);
      const guint8 *plain = g_bytes_get_data (input, NULL);

      LM_FUZZ_MUST (length + 4 <= g_bytes_get_size (input));
      LM_FUZZ_MUST ((plain[0] | plain[1] << 8 | plain[2] << 16 | (guint) plain[3] << 24) == length);
      for (gsize i = 4 + length; i < g_bytes_get_size (input); i++)
        LM_FUZZ_MUST (plain[i] == 0);
    }
  return 0;
}
