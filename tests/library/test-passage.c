/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "library/lm-passage.h"

/* Words of an article, taken out and found again. */

static const LmBlock *
block_of (LmDocument *document)
{
  return document->blocks->pdata[0];
}

static void
test_cut_and_find (void)
{
  g_autoptr (LmDocument) document =
      lm_document_read ("It *helps* many.[^one] Not ärgerlich[^two] all.", LM_DOCUMENT_ARTICLE);
  const LmBlock *block = block_of (document);
  guint length = (guint) strlen (block->text);
  g_autofree char *whole = lm_passage_cut (block->text, block->spans, 0, length);
  const char *const words[] = { "It helps many. Not ärgerlich all.",
                                "many. Not",
                                "ärgerlich all.",
                                "It",
                                "all." };

  g_assert_cmpstr (whole, ==, words[0]);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *again = NULL;
      guint start, end;

      g_assert_true (lm_passage_find (block->text, block->spans, words[i], &start, &end));
      g_assert_cmpuint (end, <=, length);
      again = lm_passage_cut (block->text, block->spans, start, end);
      g_assert_cmpstr (again, ==, words[i]);
    }
}

static void
test_not_there (void)
{
  g_autoptr (LmDocument) document = lm_document_read ("Some words.", LM_DOCUMENT_ARTICLE);
  const LmBlock *block = block_of (document);
  guint start, end;

  g_assert_false (lm_passage_find (block->text, block->spans, "other words", &start, &end));
  g_assert_false (lm_passage_find (block->text, block->spans, "", &start, &end));
  g_assert_false (lm_passage_find ("", block->spans, "words", &start, &end));
}

static void
test_space_around (void)
{
  g_autoptr (LmDocument) document = lm_document_read ("Some words here.", LM_DOCUMENT_ARTICLE);
  const LmBlock *block = block_of (document);
  g_autofree char *words = lm_passage_cut (block->text, block->spans, 4, 11);
  g_autofree char *nothing = lm_passage_cut (block->text, block->spans, 4, 5);

  g_assert_cmpstr (words, ==, "words");
  g_assert_cmpstr (nothing, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/passage/cut-and-find", test_cut_and_find);
  g_test_add_func ("/passage/not-there", test_not_there);
  g_test_add_func ("/passage/space-around", test_space_around);
  return g_test_run ();
}
