/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "journal/lm-store-error.h"
#include "vault/lm-vault-error.h"
#include "workspace/lm-error-text.h"
#include "workspace/lm-keyring.h"

#define DEVELOPERS "a message for developers"

static char *
text_of (GQuark domain, int code)
{
  g_autoptr (GError) error = g_error_new_literal (domain, code, DEVELOPERS);

  return lm_error_text (error);
}

/* Every code from 0 to @last has words of its own that say what is and what to do. */
static void
assert_texts (GQuark domain, int last)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int code = 0; code <= last; code++)
    {
      char *text = text_of (domain, code);

      g_assert_cmpstr (text, !=, DEVELOPERS);
      g_assert_true (g_str_has_suffix (text, ".") || g_str_has_suffix (text, "?"));
      g_assert_null (strchr (text, '!'));
      g_assert_true (g_hash_table_add (seen, text));
    }
}

static void
test_every_code (void)
{
  assert_texts (LM_VAULT_ERROR, LM_VAULT_ERROR_SAME_PASSPHRASE);
  assert_texts (LM_STORE_ERROR, LM_STORE_ERROR_IO);
  assert_texts (LM_KEYRING_ERROR, LM_KEYRING_ERROR_FAILED);
}

static void
test_others (void)
{
  g_autofree char *closed = text_of (G_IO_ERROR, G_IO_ERROR_CLOSED);
  g_autofree char *cancelled = text_of (G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_autofree char *other = text_of (G_IO_ERROR, G_IO_ERROR_HOST_NOT_FOUND);
  g_autofree char *unknown = text_of (LM_STORE_ERROR, 1000);

  g_assert_cmpstr (closed, ==, "The journal is locked.");
  g_assert_cmpstr (cancelled, ==, "It was stopped. Nothing was left behind.");
  /* Better something than nothing. */
  g_assert_cmpstr (other, ==, DEVELOPERS);
  g_assert_cmpstr (unknown, ==, DEVELOPERS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/error-text/every-code", test_every_code);
  g_test_add_func ("/error-text/others", test_others);
  return g_test_run ();
}
