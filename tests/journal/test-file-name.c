/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "journal/lm-file-name.h"

#define ID "00112233445566778899aabbccddeeff"

static void
test_kinds (void)
{
  static const struct
  {
    const char *name;
    gboolean json, part, shard;
  } cases[] = {
    { ID ".json", TRUE, FALSE, FALSE },
    { ID " (conflicted copy).json", TRUE, FALSE, FALSE },
    { ".hidden.json", FALSE, FALSE, FALSE },
    { ".~" ID ".part", FALSE, TRUE, FALSE },
    { ID ".json.part", FALSE, FALSE, FALSE },
    { ".~" ID ".json", FALSE, FALSE, FALSE },
    { "ab", FALSE, FALSE, TRUE },
    { "AB", FALSE, FALSE, FALSE },
    { "abc", FALSE, FALSE, FALSE },
    { "a", FALSE, FALSE, FALSE },
    { "..", FALSE, FALSE, FALSE },
    { "", FALSE, FALSE, FALSE },
    { ID ".txt", FALSE, FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("“%s”", cases[i].name);
      g_assert_cmpint (lm_file_name_is_json (cases[i].name), ==, cases[i].json);
      g_assert_cmpint (lm_file_name_is_part (cases[i].name), ==, cases[i].part);
      g_assert_cmpint (lm_file_name_is_shard (cases[i].name), ==, cases[i].shard);
    }
}

static void
test_id (void)
{
  static const char *const others[] = { ID,
                                        ID ".bin",
                                        "x" ID ".json",
                                        ID "0.json",
                                        ID ".json ",
                                        ".json",
                                        "",
                                        "g0112233445566778899aabbccddeeff.json",
                                        "00112233445566778899AABBCCDDEEFF.json" };
  LmId id;

  g_assert_true (lm_file_name_parse (ID ".json", ".json", &id));
  g_assert_cmpstr (lm_id_format (&id).digits, ==, ID);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_test_message ("“%s”", others[i]);
      g_assert_false (lm_file_name_parse (others[i], ".json", &id));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/journal/file-name/kinds", test_kinds);
  g_test_add_func ("/journal/file-name/id", test_id);
  return g_test_run ();
}
