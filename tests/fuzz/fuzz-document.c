/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/lm-hardening.h"
#include "library/lm-document.h"
#include "lm-fuzz.h"

/* Any text as Markdown: an article's, or a person's own. */

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  lm_hardening_apply ();
  return 0;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  /* Nothing at all comes without a pointer. */
  g_autofree char *text =
      size > 0 ? g_utf8_make_valid ((const char *) data, (gssize) size) : g_strdup ("");

  for (guint flavor = 0; flavor < 2; flavor++)
    {
      g_autoptr (LmDocument) document = lm_document_read (text, (LmDocumentFlavor) flavor);
      g_autofree char *dump = NULL;

      LM_FUZZ_MUST (document != NULL);
      dump = lm_document_dump (document);
      LM_FUZZ_MUST (g_utf8_validate (dump, -1, NULL));
    }
  return 0;
}
