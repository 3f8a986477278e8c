/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "library/lm-passage.h"

/* Words taken out of a block of an article, and found in it again. The numbers of notes are no
 * words: they are left out, and they may change. */

/* How many bytes at @at belong to the number of a note. */
static guint
note_at (GArray *spans, guint at)
{
  for (guint i = 0; i < spans->len; i++)
    {
      const LmSpan *span = &g_array_index (spans, LmSpan, i);

      if (span->kind == LM_SPAN_NOTE && span->start <= at && at < span->end)
        return span->end - at;
    }
  return 0;
}

/* Returns: (transfer full): @text from @start to @end without notes; @origins takes where each
 * byte, and the end, came from */
static char *
without_notes (const char *text, GArray *spans, guint start, guint end, GArray *origins)
{
  GString *plain = g_string_new (NULL);

  for (guint at = start; at < end;)
    {
      guint note = note_at (spans, at);

      if (note > 0)
        {
          at += note;
          continue;
        }
      if (origins != NULL)
        g_array_append_val (origins, at);
      g_string_append_c (plain, text[at++]);
    }
  if (origins != NULL)
    g_array_append_val (origins, end);
  return g_string_free (plain, FALSE);
}

/**
 * lm_passage_cut:
 * @spans: (element-type LmSpan): of the block
 * @start: first byte
 * @end: the byte behind the last
 *
 * Returns: (transfer full): the words between, without notes and without space around them
 */
char *
lm_passage_cut (const char *text, GArray *spans, guint start, guint end)
{
  return g_strstrip (without_notes (text, spans, start, end, NULL));
}

/**
 * lm_passage_find:
 * @passage: from lm_passage_cut ()
 * @start: (out): its first byte in @text
 * @end: (out): the byte behind its last
 *
 * Returns: whether @passage stands in @text
 */
gboolean
lm_passage_find (const char *text, GArray *spans, const char *passage, guint *start, guint *end)
{
  g_autoptr (GArray) origins = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree char *plain = without_notes (text, spans, 0, (guint) strlen (text), origins);
  const char *found = passage[0] != '\0' ? strstr (plain, passage) : NULL;
  guint first;

  if (found == NULL)
    return FALSE;
  first = (guint) (found - plain);
  *start = g_array_index (origins, guint, first);
  *end = g_array_index (origins, guint, first + strlen (passage) - 1) + 1;
  return TRUE;
}
