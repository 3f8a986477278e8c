/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lm-fuzz.h"

/* Runs a target without libFuzzer: on each input of its corpus, and on inputs made from those by
 * chance, the same in every run. Usage: fuzz-NAME CORPUS-FILE RUNS */

#define LENGTH_MAX 16384

static GPtrArray *
read_corpus (const char *path)
{
  GPtrArray *inputs = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return inputs;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][0] != '#' && lines[i][0] != '\0')
      {
        gsize length;
        guint8 *bytes = g_base64_decode (lines[i], &length);

        g_ptr_array_add (inputs, g_bytes_new_take (bytes, length));
      }
  return inputs;
}

/* One change of the kind that turns a good file into a nearly good one. */
static void
change (GRand *rand, GByteArray *bytes)
{
  guint at = bytes->len > 0 ? (guint) g_rand_int_range (rand, 0, (gint32) bytes->len) : 0;
  guint8 byte = (guint8) g_rand_int_range (rand, 0, 256);
  static const char *const words[] = { "\"",      "}",    "{\"a\":", "[",
                                       "\\u0000", "null", "\\ud800", "9007199254740992",
                                       "=",       "-1",   "\xff",    "//" };

  switch (g_rand_int_range (rand, 0, 6))
    {
    case 0:
      if (bytes->len > 0)
        bytes->data[at] ^= (guint8) (1 << (byte & 7));
      break;
    case 1:
      if (bytes->len > 0)
        bytes->data[at] = byte;
      break;
    case 2:
      g_byte_array_set_size (bytes, at);
      break;
    case 3:
      if (bytes->len > 0)
        g_byte_array_remove_range (bytes, at, MIN (1 + byte % 16u, bytes->len - at));
      break;
    case 4:
      if (bytes->len > 0 && bytes->len < LENGTH_MAX)
        {
          guint n = MIN (1 + byte, bytes->len - at);
          g_autofree guint8 *part = g_memdup2 (bytes->data + at, n);

          g_byte_array_append (bytes, part, n);
        }
      break;
    default:
      {
        const char *word = words[byte % G_N_ELEMENTS (words)];
        g_autoptr (GByteArray) whole = g_byte_array_new ();

        g_byte_array_append (whole, bytes->data, at);
        g_byte_array_append (whole, (const guint8 *) word, (guint) strlen (word));
        g_byte_array_append (whole, bytes->data + at, bytes->len - at);
        g_byte_array_set_size (bytes, 0);
        g_byte_array_append (bytes, whole->data, whole->len);
      }
    }
}

static void
run (const guint8 *bytes, gsize length)
{
  /* In memory of just that size, so that the sanitizer sees who reads further. As in libFuzzer,
   * nothing is at an address too. */
  guint8 *copy = malloc (length);

  if (length > 0)
    memcpy (copy, bytes, length);
  LLVMFuzzerTestOneInput (copy, length);
  free (copy);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GPtrArray) inputs = argc > 1 ? read_corpus (argv[1]) : g_ptr_array_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  guint runs = argc > 2 ? (guint) atoi (argv[2]) : 0;
  g_autofree char *name = g_path_get_basename (argv[0]);

  LLVMFuzzerInitialize (&argc, &argv);
  for (guint i = 0; i < inputs->len; i++)
    run (g_bytes_get_data (inputs->pdata[i], NULL), g_bytes_get_size (inputs->pdata[i]));
  for (guint i = 0; i < runs; i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();

      if (inputs->len > 0)
        {
          GBytes *input = inputs->pdata[g_rand_int_range (rand, 0, (gint32) inputs->len)];

          g_byte_array_append (bytes,
                               g_bytes_get_data (input, NULL),
                               (guint) g_bytes_get_size (input));
        }
      for (gint32 k = g_rand_int_range (rand, 1, 5); k > 0; k--)
        change (rand, bytes);
      run (bytes->data, bytes->len);
    }
  printf ("TAP version 13\n1..1\nok 1 - %s: %u inputs kept, %u more, 0 finds\n",
          name,
          inputs->len,
          runs);
  return EXIT_SUCCESS;
}
