/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/lm-json.h"

/* What json-glib would let through: it keeps the last of two equal keys, cuts text at U+0000,
 * changes big integers and fractions, takes comments and a byte order mark. Each of these is a way
 * to lose a sentence, or to show another one than a second reader does. So every byte is looked at
 * here first, and json-glib sees only what every JSON reader understands alike. */

typedef struct
{
  const char *bytes;
  gsize length;
} Key;

typedef struct
{
  const char *start;
  const char *at;
  const char *end;
  GArray *keys;            /* of Key, for all the objects that are open */
  GStringChunk *unescaped; /* nullable: hardly any key has escapes */
  GError **error;
} Scan;

G_DEFINE_QUARK (lm_json_error, lm_json_error)

static gboolean
refuse (Scan *scan, LmJsonError code, const char *what)
{
  g_set_error (scan->error,
               LM_JSON_ERROR,
               (int) code,
               "byte %" G_GSIZE_FORMAT ": %s",
               (gsize) (scan->at - scan->start),
               what);
  return FALSE;
}

static void
skip_space (Scan *scan)
{
  while (scan->at < scan->end &&
         (*scan->at == ' ' || *scan->at == '\n' || *scan->at == '\r' || *scan->at == '\t'))
    scan->at++;
}

#define EIGHT(byte) (G_GUINT64_CONSTANT (0x0101010101010101) * (byte))

/* Whether one of eight bytes is less than @least, which is at most 0x80: only then does taking it
 * away borrow, so that its own highest bit is set (Warren, "Hacker's Delight", 2013, 6-1). */
static gboolean
has_less (guint64 eight, guint8 least)
{
  return ((eight - EIGHT (least)) & ~eight & EIGHT (0x80)) != 0;
}

static gboolean
has_byte (guint64 eight, guint8 byte)
{
  return has_less (eight ^ EIGHT (byte), 1);
}

/* Moves to the next character that means something inside of text, or may not be there. Nearly all
 * of a journal is plain: eight bytes at once, as long as none of them is one. */
static void
skip_plain (Scan *scan)
{
  while (scan->end - scan->at >= 8)
    {
      guint64 eight;

      memcpy (&eight, scan->at, sizeof eight);
      if (has_less (eight, 0x20) || has_byte (eight, '"') || has_byte (eight, '\\'))
        break;
      scan->at += sizeof eight;
    }
  while (scan->at < scan->end && (guchar) *scan->at >= 0x20 && *scan->at != '"' &&
         *scan->at != '\\')
    scan->at++;
}

static gboolean
take (Scan *scan, char c)
{
  if (scan->at == scan->end || *scan->at != c)
    return FALSE;
  scan->at++;
  return TRUE;
}

/* Four hex digits; -1 if they are something else. */
static int
take_unit (Scan *scan)
{
  int unit = 0;

  if (scan->end - scan->at < 4)
    return -1;
  for (int i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (scan->at[i]);

      if (digit < 0)
        return -1;
      unit = unit << 4 | digit;
    }
  scan->at += 4;
  return unit;
}

/* Behind a backslash. Appends to @text unless that is NULL. */
static gboolean
check_escape (Scan *scan, GString *text)
{
  static const char escapes[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
  const char *escape;
  gunichar character;

  if (scan->at == scan->end)
    return refuse (scan, LM_JSON_ERROR_SYNTAX, "text that does not end");
  escape = *scan->at != '\0' ? strchr (escapes, *scan->at) : NULL;
  if (escape != NULL)
    {
      scan->at++;
      if (text != NULL)
        g_string_append_c (text, meanings[escape - escapes]);
      return TRUE;
    }
  if (!take (scan, 'u'))
    return refuse (scan, LM_JSON_ERROR_SYNTAX, "an unknown escape");

  int unit = take_unit (scan);
  if (unit < 0)
    return refuse (scan, LM_JSON_ERROR_SYNTAX, "an escape without four hex digits");
  if (unit == 0)
    return refuse (scan, LM_JSON_ERROR_TEXT, "U+0000 in text");
  if (unit >= 0xdc00 && unit <= 0xdfff)
    return refuse (scan, LM_JSON_ERROR_TEXT, "half of a surrogate pair");
  character = (gunichar) unit;
  if (unit >= 0xd800 && unit <= 0xdbff)
    {
      int low = take (scan, '\\') && take (scan, 'u') ? take_unit (scan) : -1;

      if (low < 0xdc00 || low > 0xdfff)
        return refuse (scan, LM_JSON_ERROR_TEXT, "half of a surrogate pair");
      character = 0x10000 + ((gunichar) (unit - 0xd800) << 10) + (gunichar) (low - 0xdc00);
    }
  if (text != NULL)
    g_string_append_unichar (text, character);
  return TRUE;
}

/* Text from its opening quote. @key, if not NULL, gets it without escapes. */
static gboolean
check_text (Scan *scan, Key *key)
{
  g_autoptr (GString) text = NULL;
  const char *begin;

  if (!take (scan, '"'))
    return refuse (scan, LM_JSON_ERROR_SYNTAX, "something else where text was expected");
  begin = scan->at;
  for (;;)
    {
      const char *plain = scan->at;

      skip_plain (scan);
      if (text != NULL)
        g_string_append_len (text, plain, scan->at - plain);
      if (scan->at == scan->end || *scan->at == '"')
        break;
      if (*scan->at != '\\')
        return refuse (scan,
                       *scan->at == '\0' ? LM_JSON_ERROR_TEXT : LM_JSON_ERROR_SYNTAX,
                       "a control character in text");
      if (key != NULL && text == NULL)
        text = g_string_new_len (begin, scan->at - begin);
      scan->at++;
      if (!check_escape (scan, text))
        return FALSE;
    }
  if (key != NULL && text == NULL)
    *key = (Key) { begin, (gsize) (scan->at - begin) };
  else if (key != NULL)
    {
      if (scan->unescaped == NULL)
        scan->unescaped = g_string_chunk_new (256);
      *key = (Key) { g_string_chunk_insert_len (scan->unescaped, text->str, (gssize) text->len),
                     text->len };
    }
  if (!take (scan, '"'))
    return refuse (scan, LM_JSON_ERROR_SYNTAX, "text that does not end");
  return TRUE;
}

static gboolean
check_number (Scan *scan)
{
  gint64 value = 0;
  const char *digits;

  take (scan, '-');
  digits = scan->at;
  while (scan->at < scan->end && g_ascii_isdigit (*scan->at))
    {
      if (value > LM_JSON_INTEGER_MAX / 10)
        return refuse (scan, LM_JSON_ERROR_NUMBER, "an integer that is too large");
      value = value * 10 + (*scan->at++ - '0');
    }
  if (scan->at == digits || (*digits == '0' && scan->at - digits > 1))
    return refuse (scan, LM_JSON_ERROR_SYNTAX, "not a number");
  if (value > LM_JSON_INTEGER_MAX)
    return refuse (scan, LM_JSON_ERROR_NUMBER, "an integer that is too large");
  if (scan->at < scan->end && (*scan->at == '.' || *scan->at == 'e' || *scan->at == 'E'))
    return refuse (scan, LM_JSON_ERROR_NUMBER, "a fraction");
  return TRUE;
}

static gboolean
check_word (Scan *scan, const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (scan->end - scan->at) < length || memcmp (scan->at, word, length) != 0)
    return refuse (scan, LM_JSON_ERROR_SYNTAX, "an unknown word");
  scan->at += length;
  return TRUE;
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  const Key *x = a, *y = b;

  if (x->length != y->length)
    return x->length < y->length ? -1 : 1;
  return memcmp (x->bytes, y->bytes, x->length);
}

/* Whether the keys from @first on are all different. They are sorted for this: a table is slow for
 * keys that were chosen to have one hash. */
static gboolean
keys_differ (GArray *keys, guint first)
{
  Key *own = &g_array_index (keys, Key, first);
  guint n = keys->len - first;

  qsort (own, n, sizeof *own, compare_keys);
  for (guint i = 1; i < n; i++)
    if (compare_keys (&own[i - 1], &own[i]) == 0)
      return FALSE;
  return TRUE;
}

static gboolean check_value (Scan *scan, guint depth);

static gboolean
check_object (Scan *scan, guint depth)
{
  guint first = scan->keys->len;

  if (depth > LM_JSON_DEPTH_MAX)
    return refuse (scan, LM_JSON_ERROR_DEPTH, "nested too deeply");
  if (!take (scan, '{'))
    return refuse (scan, LM_JSON_ERROR_SYNTAX, "something else where an object was expected");
  skip_space (scan);
  if (take (scan, '}'))
    return TRUE;
  do
    {
      Key key;

      skip_space (scan);
      if (!check_text (scan, &key))
        return FALSE;
      g_array_append_val (scan->keys, key);
      skip_space (scan);
      if (!take (scan, ':'))
        return refuse (scan, LM_JSON_ERROR_SYNTAX, "a key without a value");
      skip_space (scan);
      if (!check_value (scan, depth))
        return FALSE;
      skip_space (scan);
    }
  while (take (scan, ','));
  if (!take (scan, '}'))
    return refuse (scan, LM_JSON_ERROR_SYNTAX, "an object that does not end");
  if (!keys_differ (scan->keys, first))
    return refuse (scan, LM_JSON_ERROR_DUPLICATE, "one key twice in an object");
  g_array_set_size (scan->keys, first);
  return TRUE;
}

static gboolean
check_array (Scan *scan, guint depth)
{
  if (depth > LM_JSON_DEPTH_MAX)
    return refuse (scan, LM_JSON_ERROR_DEPTH, "nested too deeply");
  scan->at++;
  skip_space (scan);
  if (take (scan, ']'))
    return TRUE;
  do
    {
      skip_space (scan);
      if (!check_value (scan, depth))
        return FALSE;
      skip_space (scan);
    }
  while (take (scan, ','));
  if (!take (scan, ']'))
    return refuse (scan, LM_JSON_ERROR_SYNTAX, "an array that does not end");
  return TRUE;
}

/* A value inside @depth objects and arrays. */
static gboolean
check_value (Scan *scan, guint depth)
{
  if (scan->at == scan->end)
    return refuse (scan, LM_JSON_ERROR_SYNTAX, "it ends too soon");
  switch (*scan->at)
    {
    case '{':
      return check_object (scan, depth + 1);
    case '[':
      return check_array (scan, depth + 1);
    case '"':
      return check_text (scan, NULL);
    case 't':
      return check_word (scan, "true");
    case 'f':
      return check_word (scan, "false");
    case 'n':
      return check_word (scan, "null");
    default:
      return check_number (scan);
    }
}

/**
 * lm_json_check:
 * @text: any bytes
 * @length: how many
 * @error: domain %LM_JSON_ERROR; says at which byte, and quotes nothing of @text
 *
 * Whether @text is exactly one JSON object of the journal's kind (docs/journal-format.md,
 * section 2).
 */
gboolean
lm_json_check (const char *text, gsize length, GError **error)
{
  g_autoptr (GArray) keys = g_array_sized_new (FALSE, FALSE, sizeof (Key), 32);
  const char *valid;
  gboolean good;
  Scan scan;

  /* Nothing at all may come without an address. */
  if (length == 0)
    text = "";
  scan = (Scan) { text, text, text + length, keys, NULL, error };
  if (!g_utf8_validate_len (text, length, &valid))
    {
      scan.at = valid;
      return refuse (&scan, LM_JSON_ERROR_TEXT, "not UTF-8, or U+0000");
    }
  skip_space (&scan);
  good = check_object (&scan, 1);
  g_clear_pointer (&scan.unescaped, g_string_chunk_free);
  if (!good)
    return FALSE;
  skip_space (&scan);
  if (scan.at != scan.end)
    return refuse (&scan, LM_JSON_ERROR_SYNTAX, "something after the object");
  return TRUE;
}
