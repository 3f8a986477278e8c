/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <sodium.h>
#include <string.h>

#include "base/lm-hardening.h"
#include "lm-fuzz.h"
#include "lm-test-vault.h"
#include "vault/lm-attachment.h"

/* Any bytes as a sealed attachment; and a good one of any size, changed in one place. */

static LmVault *vault;

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  lm_hardening_apply ();
  vault = lm_test_vault (2);
  return 0;
}

static gboolean
open_one (const guint8 *file, gsize length, guint64 size, GBytes **plain)
{
  g_autoptr (GInputStream) in = g_memory_input_stream_new_from_data (file, (gssize) length, NULL);
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  LmId id = lm_test_id (4);
  gboolean good = lm_attachment_open (vault, &id, in, size, NULL, out, NULL, NULL);

  g_output_stream_close (out, NULL, NULL);
  *plain = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (out));
  return good;
}

static void
change_one (const guint8 *data, gsize size)
{
  LmId id = lm_test_id (4);
  g_autoptr (GInputStream) in = NULL;
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  g_autoptr (GBytes) sealed = NULL, plain = NULL;
  g_autofree guint8 *file = NULL;
  guint32 place = 0;
  LmAttachmentHash hash;
  gsize length;

  if (size < 5)
    return;
  memcpy (&place, data, 4);
  in = g_memory_input_stream_new_from_data (data + 5, (gssize) size - 5, NULL);
  LM_FUZZ_MUST (lm_attachment_seal (vault, &id, in, size - 5, out, &hash, NULL, NULL));
  g_output_stream_close (out, NULL, NULL);
  sealed = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (out));
  file = g_memdup2 (g_bytes_get_data (sealed, &length), g_bytes_get_size (sealed));
  file[place % length] ^= data[4];
  if (!open_one (file, length, size - 5, &plain))
    {
      LM_FUZZ_MUST (data[4] != 0);
      return;
    }
  LM_FUZZ_MUST (data[4] == 0);
  LM_FUZZ_MUST (g_bytes_get_size (plain) == size - 5);
  LM_FUZZ_MUST (size == 5 || memcmp (g_bytes_get_data (plain, NULL), data + 5, size - 5) == 0);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) plain = NULL;
  LmAttachmentHead head;

  if (size > 0 && data[0] % 2 == 1)
    {
      change_one (data + 1, size - 1);
      return 0;
    }
  if (lm_attachment_read_head (data, size, &head, NULL))
    LM_FUZZ_MUST (size >= LM_ATTACHMENT_HEAD_BYTES);
  LM_FUZZ_MUST (!open_one (data, size, size, &plain));
  return 0;
}
