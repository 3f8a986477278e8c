/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <sodium.h>
#include <string.h>

#include "base/lm-json-build.h"

/* The tree of JSON that lm_json_check () has let through: what each byte is has been settled there,
 * so this goes straight on. json-glib's own parser looks at every character a second time and makes
 * a tree that cannot be changed, which has to be copied: for ten thousand entries that was most of
 * the time of opening (docs/performance.md). */

typedef struct
{
  char *at; /* in a copy, in which texts lose their escapes and get an end */
} Build;

static void
skip_space (Build *build)
{
  while (*build->at == ' ' || *build->at == '\n' || *build->at == '\r' || *build->at == '\t')
    build->at++;
}

/* Moves behind the next character that is no space, which is @c if this returns TRUE. */
static gboolean
take (Build *build, char c)
{
  skip_space (build);
  if (*build->at != c)
    return FALSE;
  build->at++;
  return TRUE;
}

static gunichar
take_unit (Build *build)
{
  gunichar unit = 0;

  for (guint i = 0; i < 4; i++)
    unit = unit << 4 | (gunichar) g_ascii_xdigit_value (*build->at++);
  return unit;
}

/* Behind a backslash. Returns: how many bytes were written to @to */
static gsize
take_escape (Build *build, char *to)
{
  static const char escapes[] = "bfnrt", meanings[] = "\b\f\n\r\t";
  char c = *build->at++;
  const char *escape = strchr (escapes, c);
  gunichar character;

  if (c != 'u')
    {
      *to = escape != NULL ? meanings[escape - escapes] : c;
      return 1;
    }
  character = take_unit (build);
  if (character >= 0xd800 && character <= 0xdbff)
    {
      build->at += strlen ("\\u");
      character = 0x10000 + ((character - 0xd800) << 10) + (take_unit (build) - 0xdc00);
    }
  return (gsize) g_unichar_to_utf8 (character, to);
}

/* Text from its opening quote. Returns: it, as long as the copy is there */
static const char *
take_text (Build *build)
{
  char *text, *to;

  skip_space (build);
  text = to = ++build->at;
  /* What an escape means is never longer than the escape. */
  while (*build->at != '"')
    {
      gsize plain = strcspn (build->at, "\"\\");

      if (to != build->at)
        memmove (to, build->at, plain);
      to += plain;
      build->at += plain;
      if (*build->at == '\\')
        {
          build->at++;
          to += take_escape (build, to);
        }
    }
  build->at++;
  *to = '\0';
  return text;
}

static gint64
take_number (Build *build)
{
  gboolean negative = *build->at == '-';
  gint64 value = 0;

  build->at += negative;
  while (g_ascii_isdigit (*build->at))
    value = value * 10 + (*build->at++ - '0');
  return negative ? -value : value;
}

static JsonNode *build_value (Build *build);

static JsonObject *
build_object (Build *build)
{
  JsonObject *object = json_object_new ();

  build->at++;
  if (take (build, '}'))
    return object;
  do
    {
      const char *key = take_text (build);

      take (build, ':');
      json_object_set_member (object, key, build_value (build));
    }
  while (take (build, ','));
  take (build, '}');
  return object;
}

static JsonArray *
build_array (Build *build)
{
  JsonArray *array = json_array_new ();

  build->at++;
  if (take (build, ']'))
    return array;
  do
    json_array_add_element (array, build_value (build));
  while (take (build, ','));
  take (build, ']');
  return array;
}

static JsonNode *
build_value (Build *build)
{
  JsonNode *node = json_node_alloc ();

  skip_space (build);
  switch (*build->at)
    {
    case '{':
      json_node_init (node, JSON_NODE_OBJECT);
      json_node_take_object (node, build_object (build));
      return node;
    case '[':
      json_node_init (node, JSON_NODE_ARRAY);
      json_node_take_array (node, build_array (build));
      return node;
    case '"':
      return json_node_init_string (node, take_text (build));
    case 't':
      build->at += strlen ("true");
      return json_node_init_boolean (node, TRUE);
    case 'f':
      build->at += strlen ("false");
      return json_node_init_boolean (node, FALSE);
    case 'n':
      build->at += strlen ("null");
      return json_node_init_null (node);
    default:
      return json_node_init_int (node, take_number (build));
    }
}

/**
 * lm_json_build:
 * @text: what lm_json_check () has let through; nothing else
 * @length: how many bytes
 *
 * Returns: (transfer full): the object; nobody else holds a reference to it or its parts
 */
JsonObject *
lm_json_build (const char *text, gsize length)
{
  /* What is being read need not end in a zero byte. */
  char *copy = g_malloc (length + 1);
  Build build = { copy };
  JsonObject *object;

  memcpy (copy, text, length);
  copy[length] = '\0';
  skip_space (&build);
  object = build_object (&build);
  sodium_memzero (copy, length);
  g_free (copy);
  return object;
}
