/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-hardening.h"
#include "journal/lm-record.h"
#include "journal/lm-saves.h"
#include "lm-fuzz.h"
#include "lm-test.h"

/* Any bytes as what is inside an opened entry, as another program may have sealed it. */

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  lm_hardening_apply ();
  return 0;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) payload = g_bytes_new (data, size);
  LmId id = lm_test_id (4);
  g_autoptr (LmRecord) record = lm_record_read (&id, payload, NULL);
  g_autoptr (LmContent) content = lm_content_read (payload, NULL);
  g_autoptr (LmContent) again = NULL;
  g_autoptr (GBytes) written = NULL;
  LmId before, after;

  if (record != NULL)
    {
      g_autoptr (LmContent) whole = lm_record_content (record);
      g_autofree char *text = lm_record_text (record);

      LM_FUZZ_MUST (whole != NULL && text != NULL);
      LM_FUZZ_MUST (g_utf8_validate (text, -1, NULL));
      LM_FUZZ_MUST (g_utf8_validate (record->title, -1, NULL));
      LM_FUZZ_MUST (g_utf8_validate (record->excerpt, -1, NULL));
      LM_FUZZ_MUST (lm_saves_compare (record->saves, record->saves) == LM_SAVES_EQUAL);
    }
  if (content == NULL)
    return 0;
  for (guint i = 0; i < lm_content_n_answers (content); i++)
    {
      LmAnswer *answer = lm_content_get_answer (content, i);
      g_auto (GStrv) people = lm_answer_get_people (answer);

      lm_answer_is_empty (answer);
      for (guint k = 0; k < lm_answer_n_choices (answer); k++)
        lm_answer_get_choice (answer, k, NULL);
    }
  /* What is written says the same, unknown keys and all. */
  before = lm_content_fingerprint (content);
  written = lm_content_write (content);
  again = lm_content_read (written, NULL);
  LM_FUZZ_MUST (again != NULL);
  after = lm_content_fingerprint (again);
  LM_FUZZ_MUST (lm_id_equal (&before, &after));
  return 0;
}
