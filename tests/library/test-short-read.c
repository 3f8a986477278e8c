/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "library/lm-short-read.h"

/* Which article fits what was written. */

static const char *
read_of (LmLibrary *library, const LmWritten *written, guint n, guint day)
{
  return lm_article_get_id (lm_short_read (library, written, n, day));
}

static void
test_rules (void)
{
  g_autoptr (LmLibrary) library = lm_library_new ((const char *const[]) { NULL }, NULL);
  const char *const dreams[] = { "work", "Dreaming", NULL };
  const char *const small[] = { "the", NULL };
  LmWritten none = { NULL, NULL };
  LmWritten tagged = { NULL, dreams };
  LmWritten guided = { "feeling", NULL };
  LmWritten both[] = { { "feeling", dreams }, { "grief", NULL } };
  LmWritten later[] = { { "no-such-guide", small }, { "feeling", NULL } };

  /* By tags, in whatever form. */
  g_assert_cmpstr (read_of (library, &tagged, 1, 7), ==, "dreams");
  g_assert_cmpstr (read_of (library, both, 2, 7), ==, "dreams");
  /* By the guide: what it names comes first. */
  g_assert_cmpstr (read_of (library, &guided, 1, 0), ==, "unconscious-processes");
  g_assert_cmpstr (read_of (library, &guided, 1, 1), ==, "defense-mechanisms");
  /* An entry with which no article has to do is passed over. */
  g_assert_cmpstr (read_of (library, later, 2, 0), ==, "unconscious-processes");
  /* Without anything, along the path, and again from its beginning. */
  g_assert_cmpstr (read_of (library, NULL, 0, 0), ==, "what-psychodynamic-therapy-is");
  g_assert_cmpstr (read_of (library, &none, 1, 1), ==, "what-a-session-looks-like");
  g_assert_cmpstr (read_of (library, NULL, 0, 30), ==, "what-psychodynamic-therapy-is");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/library/short-read", test_rules);
  return g_test_run ();
}
