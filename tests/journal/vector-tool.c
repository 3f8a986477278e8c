/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/lm-hardening.h"
#include "lm-test-vault.h"

/* vector-tool seal|open FOLDER: seals every <id>.payload in the folder to <id>.json, or opens every
 * <id>.json to <id>.payload, with the keys of the tests. For the readers' test. */
int
main (int argc, char *argv[])
{
  g_autoptr (LmVault) vault = NULL;
  g_autoptr (GDir) folder = NULL;
  gboolean seal = argc == 3 && g_str_equal (argv[1], "seal");
  const char *name;

  lm_hardening_apply ();
  vault = lm_test_vault (2);
  g_assert_cmpint (argc, ==, 3);
  folder = g_dir_open (argv[2], 0, NULL);
  g_assert_nonnull (folder);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *digits = g_strndup (name, LM_ID_DIGITS);
      g_autofree char *from = g_build_filename (argv[2], name, NULL);
      g_autofree char *to =
          g_strdup_printf ("%s/%s.%s", argv[2], digits, seal ? "json" : "payload");
      g_autoptr (GBytes) bytes = NULL, made = NULL;
      g_autoptr (GError) error = NULL;
      LmId id, inside;

      if (!g_str_has_suffix (name, seal ? ".payload" : ".json"))
        continue;
      g_assert_true (lm_id_parse (digits, -1, &id));
      bytes = lm_test_read (from);
      made = seal ? lm_vault_seal (vault, LM_SEAL_ENTRY, &id, bytes, &error)
                  : lm_vault_open (vault, LM_SEAL_ENTRY, bytes, &inside, &error);
      g_assert_no_error (error);
      g_assert_true (seal || lm_id_equal (&id, &inside));
      lm_test_write (to, made);
    }
  return 0;
}
