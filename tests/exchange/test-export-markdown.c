/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <sodium.h>
#include <string.h>

#include "exchange/lm-export.h"

/* An entry as Markdown, for a reader. */

#define LENE "00000000000000000000000000000001"
#define BRAM "00000000000000000000000000000002"
#define HEAD "\"created\":\"2025-02-03T21:04:11+01:00\","

/* One episode with everything in it that is exported. */
#define EPISODE                                                                                    \
  "{\"kind\":\"entry\"," HEAD "\"title\":\"Late for the film\","                                   \
  "\"guide\":{\"id\":\"relationship-episode\",\"version\":1,\"language\":\"en\"},"                 \
  "\"text\":\"Before it all.\","                                                                   \
  "\"answers\":["                                                                                  \
  "{\"step\":\"before\",\"question\":\"How strong?\",\"scale\":4},"                                \
  "{\"step\":\"who\",\"question\":\"Who was it?\",\"people\":[\"" LENE "\",\"" BRAM "\"],"         \
  "\"text\":\"Both at once.\"},"                                                                   \
  "{\"step\":\"skipped\",\"question\":\"What else?\"},"                                            \
  "{\"step\":\"other\",\"question\":\"What did they do?\",\"role\":\"response-other\","            \
  "\"choices\":[{\"id\":\"warm\",\"label\":\"was warm\"},{\"label\":\"own words\"}],"              \
  "\"felt\":\"good\",\"text\":\"A note.\\n\\nOf two lines.\"},"                                    \
  "{\"step\":\"unasked\",\"text\":\"Without a question.\"}],"                                      \
  "\"tags\":[\"cinema\",\"two words\"],\"later\":{\"kept\":[null,true]}}"

static LmRecord *
record_of (guint8 number, const char *payload)
{
  g_autoptr (GBytes) bytes = g_bytes_new (payload, strlen (payload));
  g_autoptr (GError) error = NULL;
  LmId id = { { [15] = number } };
  LmRecord *record = lm_record_read (&id, bytes, &error);

  g_assert_no_error (error);
  return record;
}

static void
test_whole (void)
{
  g_autoptr (LmRecord) record = record_of (3, EPISODE);
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *text = NULL;

  g_hash_table_insert (names, (gpointer) LENE, (gpointer) "Lene");
  g_hash_table_insert (names, (gpointer) BRAM, (gpointer) "Bram");
  text = lm_export_markdown (record, names);
  g_assert_cmpstr (text,
                   ==,
                   "# Late for the film\n\n*Monday, 3 February 2025, 21:04*\n\n"
                   "Before it all.\n\n"
                   "## How strong?\n\n4 / 5\n\n"
                   "## Who was it?\n\n- Lene\n- Bram\n\nBoth at once.\n\n"
                   "## What did they do?\n\n- was warm\n- own words\n\n"
                   "A note.\n\nOf two lines.\n\n"
                   "## unasked\n\nWithout a question.\n\n"
                   "#cinema #two words\n");
}

/* What goes on paper is what was said: not how the person keeps order, nor what files are called.
 */
static void
test_words (void)
{
  g_autoptr (LmRecord) record = record_of (
      3,
      "{\"kind\":\"entry\"," HEAD "\"title\":\"Rain\",\"text\":\"All day.\","
      "\"attachments\":[{\"id\":\"" LENE "\",\"type\":\"image/png\",\"name\":\"private.png\","
      "\"bytes\":3}],\"tags\":[\"cinema\"]}");
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *words = lm_export_words (record, names);
  g_autofree char *all = lm_export_markdown (record, names);

  g_assert_cmpstr (words, ==, "# Rain\n\n*Monday, 3 February 2025, 21:04*\n\nAll day.\n\n");
  g_assert_true (g_str_has_prefix (all, words));
  g_assert_nonnull (strstr (all, "#cinema"));
}

static void
test_without_a_title (void)
{
  static const char *const titles[] = { "", "\"title\":\"\",", "\"title\":\" \\n\"," };

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      g_autofree char *payload =
          g_strdup_printf ("{\"kind\":\"entry\"," HEAD "%s\"text\":\"Plain.\"}", titles[i]);
      g_autoptr (LmRecord) record = record_of (1, payload);
      g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
      g_autofree char *text = lm_export_markdown (record, names);

      g_assert_cmpstr (text, ==, "# Monday, 3 February 2025, 21:04\n\nPlain.\n\n");
    }
}

/* Somebody whose record is not there is left out, not shown as an id. */
static void
test_nobody (void)
{
  g_autoptr (LmRecord) record = record_of (3, EPISODE);
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *text = NULL;

  g_hash_table_insert (names, (gpointer) BRAM, (gpointer) "Bram");
  text = lm_export_markdown (record, names);
  g_assert_nonnull (strstr (text, "## Who was it?\n\n- Bram\n\nBoth at once.\n"));
  g_assert_null (strstr (text, LENE));
}

#define PERSON(name, rest) "{\"kind\":\"person\"," HEAD "\"name\":\"" name "\"" rest "}"
#define MERGED(into)       ",\"merged_into\":\"" into "\""

/* Two that became one have one name, and those that each became the other still have one. */
static void
test_merged (void)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) lm_record_unref);
  g_autoptr (GHashTable) names = NULL;

  g_ptr_array_add (records, record_of (1, PERSON ("Lenchen", MERGED (BRAM))));
  g_ptr_array_add (records, record_of (2, PERSON ("Lene", "")));
  g_ptr_array_add (records,
                   record_of (3, PERSON ("Ida", MERGED ("00000000000000000000000000000004"))));
  g_ptr_array_add (records,
                   record_of (4, PERSON ("Ada", MERGED ("00000000000000000000000000000003"))));
  names = lm_export_names (records);
  g_assert_cmpuint (g_hash_table_size (names), ==, 4);
  g_assert_cmpstr (g_hash_table_lookup (names, LENE), ==, "Lene");
  g_assert_cmpstr (g_hash_table_lookup (names, BRAM), ==, "Lene");
  g_assert_nonnull (g_hash_table_lookup (names, "00000000000000000000000000000003"));
}

/* A passage is quoted whole, with its source, and nothing in it is Markdown. */
static void
test_citation (void)
{
  g_autoptr (LmRecord) record = record_of (
      1,
      "{\"kind\":\"entry\"," HEAD "\"text\":\"Mine.\",\"cites\":[{\"article\":\"dreams\","
      "\"title\":\"Dreams\",\"section\":\"x\",\"text\":\"two\\n*lines*\"}]}");
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *text = lm_export_markdown (record, names);

  g_assert_cmpstr (text,
                   ==,
                   "# Monday, 3 February 2025, 21:04\n\n> two\n> \\*lines\\*\n>\n"
                   "> — Dreams (Leitmotif)\n\nMine.\n\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  if (sodium_init () < 0)
    return 1;
  g_test_add_func ("/export-markdown/whole", test_whole);
  g_test_add_func ("/export-markdown/without-a-title", test_without_a_title);
  g_test_add_func ("/export-markdown/words", test_words);
  g_test_add_func ("/export-markdown/nobody", test_nobody);
  g_test_add_func ("/export-markdown/merged", test_merged);
  g_test_add_func ("/export-markdown/citation", test_citation);
  return g_test_run ();
}
