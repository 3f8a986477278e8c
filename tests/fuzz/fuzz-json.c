/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/lm-hardening.h"
#include "base/lm-json.h"
#include "lm-fuzz.h"

/* The check that stands before every JSON parser: what it lets through, the parser reads whole. */

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  lm_hardening_apply ();
  return 0;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  gboolean good = lm_json_check ((const char *) data, size, NULL);
  g_autoptr (JsonObject) object = lm_json_parse ((const char *) data, size, NULL);
  g_autofree char *text = NULL;
  g_autoptr (JsonObject) again = NULL;
  g_autofree char *text_again = NULL;
  gsize length, length_again;

  LM_FUZZ_MUST (good == (object != NULL));
  if (object == NULL)
    return 0;
  text = lm_json_write (object, &length);
  again = lm_json_parse (text, length, NULL);
  LM_FUZZ_MUST (again != NULL);
  text_again = lm_json_write (again, &length_again);
  LM_FUZZ_MUST (g_strcmp0 (text, text_again) == 0);
  return 0;
}
