/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-json.h"
#include "library/lm-document.h"

/* The examples of CommonMark's own specification (commonmark.json, made by commonmark.py): what
 * is expected comes from the specification's HTML, not from this program. */

static JsonObject *
read_examples (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "library", "commonmark.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;
  JsonObject *examples;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  examples = lm_json_parse (text, length, &error);
  g_assert_no_error (error);
  return examples;
}

static void
test_example (gconstpointer data)
{
  JsonObject *example = (JsonObject *) data;
  g_autoptr (LmDocument) document =
      lm_document_read (lm_json_get_string (example, "markdown"), LM_DOCUMENT_ARTICLE);
  g_autofree char *dump = lm_document_dump (document);

  g_assert_cmpstr (dump, ==, lm_json_get_string (example, "dump"));
}

int
main (int argc, char **argv)
{
  g_autoptr (JsonObject) all = NULL;
  JsonArray *examples;

  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions (); /* tell of all that differ */
  all = read_examples ();
  examples = lm_json_get_array (all, "examples");
  g_assert_cmpuint (lm_json_array_size (examples), >, 350);
  for (guint i = 0; i < lm_json_array_size (examples); i++)
    {
      JsonObject *example = lm_json_at_object (examples, i);
      gint64 number = 0;
      g_autofree char *path = NULL;

      g_assert_true (lm_json_get_integer (example, "example", &number));
      path = g_strdup_printf ("/document/commonmark/%" G_GINT64_FORMAT, number);
      g_test_add_data_func (path, example, test_example);
    }
  return g_test_run ();
}
