/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-json.h"
#include "journal/lm-citation.h"
#include "journal/lm-record.h"
#include "lm-test.h"

/* The passages that an entry is about. */

static LmContent *
read_content (const char *text)
{
  g_autoptr (GBytes) bytes = lm_test_bytes (text);
  g_autoptr (GError) error = NULL;
  LmContent *content = lm_content_read (bytes, &error);

  g_assert_no_error (error);
  return content;
}

static void
test_add_and_list (void)
{
  g_autoptr (LmContent) content = read_content ("{\"kind\":\"entry\"}");
  g_autoptr (LmCitation) first = lm_citation_new ("dreams", "Dreams", NULL, "a dream\nof two");
  g_autoptr (LmCitation) second = lm_citation_new ("resistance", "Resistance", "why", "blank");
  g_autoptr (GPtrArray) none = lm_content_list_citations (content);
  g_autoptr (GPtrArray) list = NULL;
  const LmCitation *read;

  g_assert_cmpuint (none->len, ==, 0);
  lm_content_add_citation (content, first);
  lm_content_add_citation (content, second);
  list = lm_content_list_citations (content);
  g_assert_cmpuint (list->len, ==, 2);
  read = list->pdata[0];
  g_assert_cmpstr (read->article, ==, "dreams");
  g_assert_cmpstr (read->title, ==, "Dreams");
  g_assert_cmpstr (read->section, ==, "");
  g_assert_cmpstr (read->text, ==, "a dream\nof two");
  read = list->pdata[1];
  g_assert_cmpstr (read->section, ==, "why");
  g_assert_true (lm_content_remove_citation (content, 1));
  g_assert_false (lm_content_remove_citation (content, 1));
  g_assert_true (lm_content_remove_citation (content, 0));
  g_assert_false (json_object_has_member (lm_content_json (content), "cites"));
}

/* What a newer version, or another program, has put there stays, and is not taken for ours. */
static void
test_what_is_not_understood (void)
{
  static const char text[] =
      "{\"kind\":\"entry\",\"cites\":[1,{\"article\":\"a\"},{\"text\":\"t\"},"
      "{\"article\":\"a\\nb\",\"text\":\"t\"},{\"article\":\"a\",\"section\":\"s\\n\",\"text\":"
      "\"t\"},"
      "{\"article\":\"dreams\",\"text\":\"t\",\"later\":{\"kept\":[null]}},null]}";
  g_autoptr (LmContent) content = read_content (text);
  g_autoptr (GPtrArray) list = lm_content_list_citations (content);
  g_autoptr (LmCitation) more = lm_citation_new ("a", "A", "", "t");
  g_autoptr (GBytes) written = NULL;
  g_autofree char *all = NULL;

  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpstr (((LmCitation *) list->pdata[0])->title, ==, "dreams");
  lm_content_add_citation (content, more);
  g_assert_true (lm_content_remove_citation (content, 1));
  written = lm_content_write (content);
  all = g_strndup (g_bytes_get_data (written, NULL), g_bytes_get_size (written));
  g_assert_cmpstr (all, ==, text);
}

static void
test_target (void)
{
  g_autoptr (LmCitation) citation = lm_citation_new ("dreams", "Dreams", "why", "one\ntwo\n");
  g_autofree char *target = lm_citation_to_target (citation);
  g_autoptr (LmCitation) back = lm_citation_from_target (target);
  static const char *const wrong[] = { "", "dreams", "dreams\nwhy" };

  g_assert_cmpstr (back->article, ==, "dreams");
  g_assert_cmpstr (back->section, ==, "why");
  g_assert_cmpstr (back->text, ==, "one\ntwo\n");
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_null (lm_citation_from_target (wrong[i]));
}

static void
test_record (void)
{
  g_autoptr (GBytes) bytes = lm_test_bytes (
      "{\"kind\":\"entry\",\"text\":\"Mine.\",\"cites\":[{\"article\":\"dreams\",\"text\":"
      "\"theirs\"},"
      "{\"article\":\"grief\",\"text\":\"b\"},{\"article\":\"dreams\",\"text\":\"c\"}]}");
  LmId id = lm_test_id (1);
  g_autoptr (LmRecord) record = lm_record_read (&id, bytes, NULL);
  g_autofree char *text = lm_record_text (record);

  g_assert_cmpstrv (record->articles, ((const char *[]) { "dreams", "grief", NULL }));
  g_assert_cmpstr (record->excerpt, ==, "Mine.");
  g_assert_nonnull (strstr (text, "theirs"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/citation/add-and-list", test_add_and_list);
  g_test_add_func ("/citation/what-is-not-understood", test_what_is_not_understood);
  g_test_add_func ("/citation/target", test_target);
  g_test_add_func ("/citation/record", test_record);
  return g_test_run ();
}
