/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "journal/lm-merge.h"
#include "lm-test.h"

/* Two states of an entry brought together. */

static LmContent *
content_of (const char *text)
{
  g_autoptr (GBytes) bytes = text != NULL ? lm_test_bytes (text) : NULL;
  g_autoptr (GError) error = NULL;
  LmContent *content = bytes != NULL ? lm_content_read (bytes, &error) : NULL;

  g_assert_no_error (error);
  return content;
}

static void
assert_merge (
    const char *base, const char *ours, const char *theirs, const char *expected, gboolean clean)
{
  g_autoptr (LmContent) a = content_of (ours), b = content_of (theirs),
                        wanted = content_of (expected);
  g_autoptr (LmContent) from = NULL, merged = NULL;
  g_autoptr (GBytes) text = NULL;
  gboolean was_clean;
  LmId fingerprint, wanted_fingerprint = lm_content_fingerprint (wanted);

  if (base != NULL)
    from = content_of (base);
  merged = lm_content_merge (from, a, b, &was_clean);
  fingerprint = lm_content_fingerprint (merged);
  text = lm_content_write (merged);
  if (!lm_id_equal (&fingerprint, &wanted_fingerprint))
    g_error ("%.*s", (int) g_bytes_get_size (text), (const char *) g_bytes_get_data (text, NULL));
  g_assert_cmpint (was_clean, ==, clean);
}

static void
test_values (void)
{
  const char *base =
      "{\"kind\":\"entry\",\"title\":\"A\",\"text\":\"One. Two.\",\"tags\":[\"x\",\"y\"]}";

  assert_merge (base, base, base, base, TRUE);
  assert_merge (
      base,
      "{\"kind\":\"entry\",\"title\":\"B\",\"text\":\"One. Two.\",\"tags\":[\"x\",\"y\"]}",
      "{\"kind\":\"entry\",\"title\":\"A\",\"text\":\"One. Two. Three.\",\"tags\":[\"x\",\"z\"]}",
      "{\"kind\":\"entry\",\"title\":\"B\",\"text\":\"One. Two. Three.\",\"tags\":[\"x\",\"z\"]}",
      TRUE);
  /* Both titles, both texts, all tags: nothing that was written is missing. */
  assert_merge (
      base,
      "{\"kind\":\"entry\",\"title\":\"B\",\"text\":\"One. 2a.\",\"tags\":[\"x\",\"y\",\"a\"]}",
      "{\"kind\":\"entry\",\"title\":\"C\",\"text\":\"One. 2b.\",\"tags\":[\"x\",\"y\",\"b\"]}",
      "{\"kind\":\"entry\",\"title\":\"B / C\",\"text\":\"One. 2a.\\n2b.\","
      "\"tags\":[\"x\",\"y\",\"a\",\"b\"]}",
      FALSE);
  assert_merge (NULL,
                "{\"kind\":\"entry\",\"text\":\"Mine.\"}",
                "{\"kind\":\"entry\",\"title\":\"T\",\"text\":\"Yours.\"}",
                "{\"kind\":\"entry\",\"title\":\"T\",\"text\":\"Mine.\\nYours.\"}",
                FALSE);
}

static void
test_answers (void)
{
  const char *base = "{\"kind\":\"entry\",\"answers\":[{\"step\":\"a\",\"text\":\"One.\"},{"
                     "\"step\":\"b\",\"scale\":2}]}";

  /* A step changed here, another there, and a new one. */
  assert_merge (base,
                "{\"kind\":\"entry\",\"answers\":[{\"step\":\"a\",\"text\":\"One. More.\"},"
                "{\"step\":\"b\",\"scale\":2}]}",
                "{\"kind\":\"entry\",\"answers\":[{\"step\":\"a\",\"text\":\"One.\"},"
                "{\"step\":\"b\",\"scale\":4},{\"step\":\"c\",\"text\":\"New.\"}]}",
                "{\"kind\":\"entry\",\"answers\":[{\"step\":\"a\",\"text\":\"One. More.\"},"
                "{\"step\":\"b\",\"scale\":4},{\"step\":\"c\",\"text\":\"New.\"}]}",
                TRUE);
  /* The same step changed on both sides; choices are united. */
  assert_merge (base,
                "{\"kind\":\"entry\",\"answers\":[{\"step\":\"a\",\"text\":\"Mine.\","
                "\"choices\":[{\"id\":\"x\",\"label\":\"X\"}]},{\"step\":\"b\",\"scale\":2}]}",
                "{\"kind\":\"entry\",\"answers\":[{\"step\":\"a\",\"text\":\"Yours.\","
                "\"choices\":[{\"label\":\"own\"}]},{\"step\":\"b\",\"scale\":2}]}",
                "{\"kind\":\"entry\",\"answers\":[{\"step\":\"a\",\"text\":\"Mine.\\nYours.\","
                "\"choices\":[{\"id\":\"x\",\"label\":\"X\"},{\"label\":\"own\"}]},"
                "{\"step\":\"b\",\"scale\":2}]}",
                FALSE);
  /* Taken away here, changed there: it stays. */
  assert_merge (base,
                "{\"kind\":\"entry\",\"answers\":[{\"step\":\"b\",\"scale\":2}]}",
                "{\"kind\":\"entry\",\"answers\":[{\"step\":\"a\",\"text\":\"Two.\"},{\"step\":"
                "\"b\",\"scale\":2}]}",
                "{\"kind\":\"entry\",\"answers\":[{\"step\":\"b\",\"scale\":2},{\"step\":\"a\","
                "\"text\":\"Two.\"}]}",
                FALSE);
}

static void
test_unknown_and_trash (void)
{
  assert_merge ("{\"kind\":\"entry\",\"future\":{\"a\":1,\"b\":1}}",
                "{\"kind\":\"entry\",\"future\":{\"a\":2,\"b\":1}}",
                "{\"kind\":\"entry\",\"future\":{\"a\":1,\"b\":2},\"more\":[1]}",
                "{\"kind\":\"entry\",\"future\":{\"a\":2,\"b\":2},\"more\":[1]}",
                TRUE);
  assert_merge ("{\"kind\":\"entry\"}",
                "{\"kind\":\"entry\",\"deleted\":\"2026-11-24T08:00:00+01:00\"}",
                "{\"kind\":\"entry\",\"text\":\"T\"}",
                "{\"kind\":\"entry\",\"text\":\"T\"}",
                TRUE);
  /* Two things of one name in a list are two things. */
  assert_merge (NULL,
                "{\"kind\":\"entry\",\"notes\":[{\"created\":\"x\",\"text\":\"A\"},{\"created\":"
                "\"x\",\"text\":\"B\"}]}",
                "{\"kind\":\"entry\",\"notes\":[{\"created\":\"x\",\"text\":\"A\"}]}",
                "{\"kind\":\"entry\",\"notes\":[{\"created\":\"x\",\"text\":\"A\"},{\"created\":"
                "\"x\",\"text\":\"B\"}]}",
                TRUE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/journal/merge/values", test_values);
  g_test_add_func ("/journal/merge/answers", test_answers);
  g_test_add_func ("/journal/merge/unknown-and-trash", test_unknown_and_trash);
  return g_test_run ();
}
