/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <sodium.h>
#include <string.h>

#include "base/lm-text.h"

/* Small pure functions on text that a person wrote. */

static gboolean
is_mark (gunichar c)
{
  return c == '*' || c == '_' || c == '`' || c == '#' || c == '>' || c == '~';
}

/**
 * lm_text_excerpt:
 * @text: (nullable): Markdown
 * @characters: at most so many, without the final "…"
 *
 * Returns: (transfer full): the beginning of @text on one line, without Markdown's marks, cut
 *   between words where that is possible
 */
char *
lm_text_excerpt (const char *text, guint characters)
{
  GString *excerpt = g_string_sized_new (characters + 4);
  gsize last_space = 0;
  gboolean space = FALSE;
  guint n = 0;

  for (const char *at = text != NULL ? text : ""; *at != '\0'; at = g_utf8_next_char (at))
    {
      gboolean ascii = (guchar) *at < 0x80;
      gunichar c = ascii ? (guchar) *at : g_utf8_get_char (at);

      if (ascii ? g_ascii_isspace (c) : g_unichar_isspace (c))
        {
          space = excerpt->len > 0;
          continue;
        }
      if (!g_ascii_isalnum (*at) && is_mark (c))
        continue;
      if (n + space >= characters)
        {
          if (last_space > 0 && !space)
            g_string_truncate (excerpt, last_space);
          g_string_append (excerpt, "…");
          break;
        }
      if (space)
        {
          last_space = excerpt->len;
          g_string_append_c (excerpt, ' ');
          n++;
          space = FALSE;
        }
      if (ascii)
        {
          const char *word = at;

          /* Up to the last letter of a run, behind which the loop goes on. */
          for (n++; n < characters && g_ascii_isalnum (at[1]); at++)
            n++;
          g_string_append_len (excerpt, word, at + 1 - word);
          continue;
        }
      g_string_append_unichar (excerpt, c);
      n++;
    }
  return g_string_free (excerpt, FALSE);
}

/* Whether there is nothing to be seen in @text, which may be %NULL. */
gboolean
lm_text_is_blank (const char *text)
{
  for (const char *at = text != NULL ? text : ""; *at != '\0'; at = g_utf8_next_char (at))
    if (!g_unichar_isspace (g_utf8_get_char (at)))
      return FALSE;
  return TRUE;
}

/**
 * lm_text_slug:
 *
 * Returns: (transfer full): @text as the anchor of a heading: lower case, spaces as hyphens,
 *   punctuation dropped
 */
char *
lm_text_slug (const char *text)
{
  GString *slug = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_isalnum (c))
        g_string_append_unichar (slug, g_unichar_tolower (c));
      else if ((g_unichar_isspace (c) || c == '-') && slug->len > 0 &&
               slug->str[slug->len - 1] != '-')
        g_string_append_c (slug, '-');
    }
  while (slug->len > 0 && slug->str[slug->len - 1] == '-')
    g_string_truncate (slug, slug->len - 1);
  return g_string_free (slug, FALSE);
}

/**
 * lm_text_clean_tag:
 *
 * Returns: (transfer full): @text as a tag: no "#" before it, no space around it, one space within;
 *   empty if nothing is left
 */
char *
lm_text_clean_tag (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *tag = g_string_new (NULL);
  gboolean space = FALSE;

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_isspace (c) || g_unichar_iscntrl (c))
        {
          space = tag->len > 0;
          continue;
        }
      if (c == '#' && tag->len == 0)
        continue;
      if (space)
        g_string_append_c (tag, ' ');
      space = FALSE;
      g_string_append_unichar (tag, c);
    }
  return g_string_free (tag, FALSE);
}

/**
 * lm_text_capitalize:
 * @text: (transfer full) (nullable):
 *
 * Returns: (transfer full) (nullable): @text with a large letter at its beginning, for what stands
 * alone: not every language begins its days and months with one
 */
char *
lm_text_capitalize (char *text)
{
  gunichar first = text != NULL ? g_utf8_get_char (text) : 0;
  GString *changed;

  if (g_unichar_totitle (first) == first)
    return text;
  changed = g_string_new (NULL);
  g_string_append_unichar (changed, g_unichar_totitle (first));
  g_string_append (changed, g_utf8_next_char (text));
  g_free (text);
  return g_string_free (changed, FALSE);
}

/* Returns: how many words, as runs of anything but white space */
guint
lm_text_words (const char *text)
{
  guint words = 0;
  gboolean inside = FALSE;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gboolean space = g_unichar_isspace (g_utf8_get_char (at));

      words += !space && !inside;
      inside = !space;
    }
  return words;
}

/* Frees @text (nullable), which a person wrote, and leaves nothing of it in its place. */
void
lm_text_wipe (char *text)
{
  if (text != NULL)
    sodium_memzero (text, strlen (text));
  g_free (text);
}
