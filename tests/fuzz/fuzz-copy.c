/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-hardening.h"
#include "journal/lm-copy.h"
#include "lm-fuzz.h"
#include "lm-test.h"

/* Any two payloads as two copies of one record: what is made of them must fit together from both
 * sides. The first zero byte is between the two. */

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  lm_hardening_apply ();
  return 0;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const uint8_t *middle = size > 0 ? memchr (data, '\0', size) : NULL;
  gsize length = middle != NULL ? (gsize) (middle - data) : size;
  g_autoptr (GBytes) ours = g_bytes_new (data, length);
  g_autoptr (GBytes) theirs =
      middle != NULL ? g_bytes_new (middle + 1, size - length - 1) : g_bytes_ref (ours);
  LmId id = lm_test_id (4);
  g_autoptr (LmRecord) own = lm_record_read (&id, ours, NULL);
  g_autoptr (LmRecord) copy = lm_record_read (&id, theirs, NULL);
  LmCopyState one, other;
  LmCopyVerdict here, there;

  if (own == NULL || copy == NULL)
    return 0;
  one = lm_copy_state (own, FALSE);
  other = lm_copy_state (copy, FALSE);
  here = lm_copy_judge (&one, &other);
  there = lm_copy_judge (&other, &one);
  if (g_bytes_equal (ours, theirs))
    LM_FUZZ_MUST (here == LM_COPY_SAME && there == LM_COPY_SAME);
  /* Two computers never both give way, which would lose both, nor one without the other's taking
   * it. */
  LM_FUZZ_MUST (!(here == LM_COPY_NEWER && there == LM_COPY_NEWER));
  LM_FUZZ_MUST (!(here == LM_COPY_OLDER && there == LM_COPY_OLDER));
  return 0;
}
