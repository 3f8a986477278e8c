/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-hardening.h"
#include "lm-fuzz.h"
#include "vault/lm-kdf.h"
#include "vault/lm-key-slot.h"

/* Any two numbers as the cost of a key derivation, in a key file and directly. */

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  lm_hardening_apply ();
  return 0;
}

static void
try_numbers (guint64 opslimit, guint64 memlimit)
{
  gboolean good = lm_kdf_cost_check (opslimit, memlimit, NULL);
  /* Said once more in other words. */
  gboolean wanted = opslimit >= 2 && opslimit <= 16 && memlimit >= 65536 && memlimit <= 1048576 &&
                    opslimit * memlimit <= 4194304;

  LM_FUZZ_MUST (good == wanted);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  guint64 numbers[2] = { 0, 0 };
  g_autofree char *ops = NULL, *memory = NULL, *text = NULL;
  g_autoptr (GBytes) file = NULL;
  g_autoptr (LmKeySlot) slot = NULL;

  memcpy (numbers, data, MIN (size, sizeof numbers));
  try_numbers (numbers[0], numbers[1]);
  try_numbers (numbers[0] % 20, numbers[1] % 2000000);
  /* And whatever may stand there in a file. */
  ops = g_strndup ((const char *) data, MIN (size, 24));
  memory = size > 24 ? g_strndup ((const char *) data + 24, size - 24) : g_strdup ("65536");
  text = g_strdup_printf (
      "{\"format\":\"leitmotif-key\",\"version\":1,\"journal\":"
      "\"000102030405060708090a0b0c0d0e0f\","
      "\"slot\":\"101112131415161718191a1b1c1d1e1f\",\"kind\":\"passphrase\",\"kdf\":{"
      "\"algorithm\":"
      "\"argon2id13\",\"opslimit\":%s,\"memlimit_kib\":%s,\"salt\":\"ICEiIyQlJicoKSorLC0uLw==\"},"
      "\"nonce\":\"MDEyMzQ1Njc4OTo7PD0+P0BBQkNERUZH\",\"box\":\"AAAA\",\"commit\":"
      "\"C+9nYqglbs6Z3KDTLgwEUdmbj8xiv2CemXItBi0KpV0=\"}",
      ops,
      memory);
  file = g_bytes_new (text, strlen (text));
  slot = lm_key_slot_read (file, NULL);
  return 0;
}
