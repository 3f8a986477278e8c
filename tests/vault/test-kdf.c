/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <sys/resource.h>

#include "base/lm-hardening.h"
#include "lm-test.h"
#include "vault/lm-kdf.h"
#include "vault/lm-vault-error.h"

#define GIB (1024u * 1024u)

static const guint8 salt[LM_KDF_SALT_BYTES] = {
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
};

static const struct
{
  guint64 opslimit, memlimit_kib;
} accepted[] = {
  { 2, 65536 },  { 3, 65536 },  { 4, 65536 },  { 16, 65536 },  { 3, 262144 }, { 3, 524288 },
  { 16, 262144 }, { 8, 524288 }, { 4, 1048576 }, { 2, 1048576 }, { 2, 70001 },
}, refused[] = {
  { 0, 0 },        { 0, 65536 },      { 1, 65536 },       { 1, 1048576 },       { 2, 0 },
  { 2, 65535 },    { 2, 1 },          { 16, 262145 },     { 17, 65536 },        { 5, 1048576 },
  { 2, 1048577 },  { 9, 524288 },     { 1000000, 65536 }, { 2, 1099511627776 }, { 16, 1152921504606846976 },
  { 4294967298, 65536 },              { 2, 4295032832 },  { 9223372036854775808u, 2 },
  { G_MAXUINT64, G_MAXUINT64 },       { G_MAXUINT64, 65536 }, { 2, G_MAXUINT64 },
};

/* First of all, so that no derivation has used memory yet. */
static void
test_refused_costs_nothing (void)
{
  g_autoptr (LmSecret) secret = lm_secret_new_taking (g_strdup ("x"));
  const LmKdfCost costs[] = { { 1, 65536 },
                              { 16, GIB },
                              { 2, GIB + 1 },
                              { 2, G_MAXUINT32 },
                              { G_MAXUINT32, 65536 } };
  struct rusage before, after;

  getrusage (RUSAGE_SELF, &before);
  for (guint i = 0; i < G_N_ELEMENTS (costs); i++)
    {
      lm_test_assert_quick (10, {
        g_autoptr (GError) error = NULL;

        g_assert_null (lm_kdf_derive (secret, salt, costs[i], &error));
        g_assert_error (error, LM_VAULT_ERROR, LM_VAULT_ERROR_COST);
      });
    }
  getrusage (RUSAGE_SELF, &after);
  g_assert_cmpint (after.ru_maxrss - before.ru_maxrss, <, 8 * 1024);
}

static void
test_cost_check (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (accepted); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (lm_kdf_cost_check (accepted[i].opslimit, accepted[i].memlimit_kib, &error));
      g_assert_no_error (error);
    }
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;

      if (lm_kdf_cost_check (refused[i].opslimit, refused[i].memlimit_kib, &error))
        g_error ("%" G_GUINT64_FORMAT " × %" G_GUINT64_FORMAT " was accepted",
                 refused[i].opslimit,
                 refused[i].memlimit_kib);
      g_assert_error (error, LM_VAULT_ERROR, LM_VAULT_ERROR_COST);
    }
}

static void
test_cost_minimal (void)
{
  LmKdfCost cost = lm_kdf_cost_minimal ();

  g_assert_true (lm_kdf_cost_check (cost.opslimit, cost.memlimit_kib, NULL));
  g_assert_false (lm_kdf_cost_check (cost.opslimit - 1, cost.memlimit_kib, NULL));
  g_assert_false (lm_kdf_cost_check (cost.opslimit, cost.memlimit_kib - 1, NULL));
}

/* One of the three that the format names. */
static void
test_cost_measured (void)
{
  LmKdfCost cost = lm_kdf_cost_measured ();

  switch (cost.memlimit_kib)
    {
    case 64 * 1024:
      g_assert_cmpuint (cost.opslimit, ==, 4);
      break;
    case 256 * 1024:
    case 512 * 1024:
      g_assert_cmpuint (cost.opslimit, ==, 3);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
assert_derived (const char *text, LmKdfCost cost, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LmSecret) secret = lm_secret_new_taking (g_strdup (text));
  g_autoptr (LmSecret) derived = lm_kdf_derive (secret, salt, cost, &error);
  g_autoptr (GString) hex = g_string_new (NULL);

  g_assert_no_error (error);
  for (gsize i = 0; i < lm_secret_length (derived); i++)
    g_string_append_printf (hex, "%02x", lm_secret_peek (derived)[i]);
  g_assert_cmpstr (hex->str, ==, expected);
}

/* By OpenSSL, which shares no code with libsodium. In Python, with the package "cryptography":
 * Argon2id (salt=bytes (range (16)), length=64, iterations=2, lanes=1, memory_cost=65536)
 *   .derive (text.encode ()).hex () */
static void
test_known (void)
{
  assert_derived ("correct horse battery staple",
                  (LmKdfCost) { 2, 65536 },
                  "32559019e75cc002ebb59d666c0638c031e892eae582ace85d116a6bb09e14c0"
                  "2092a0d9b1232ef9c2efb6d8a6ccfa1d64a4f64a7a089dc3be5e2b6795a0bd72");
  assert_derived ("é",
                  (LmKdfCost) { 2, 65536 },
                  "0468e6614542d4086d0da539c8fbff413e8189fcfb11562e04a46715753a345d"
                  "d51726832077b8c97a57b9792bb002cabe0abcc25c6c81a5257348b60bbe196f");
  assert_derived ("x",
                  (LmKdfCost) { 3, 65536 },
                  "863274ebceadf4e09bf8f0e49a63860c5b2661493d626ed0f7808f69a4abfbb0"
                  "99958a8cfd676a0ebaa0b29e65bdea2ddadf49c35041b97974f8beb85470a1ed");
}

/* That there is not enough memory is an answer of its own. */
static void
test_no_memory (void)
{
#ifdef __SANITIZE_ADDRESS__
  g_test_skip ("the sanitizer needs the memory that is taken away here");
#else
  if (g_test_subprocess ())
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LmSecret) secret = lm_secret_new_taking (g_strdup ("x"));
      g_autofree char *statm = NULL;
      struct rlimit limit;

      g_assert_true (g_file_get_contents ("/proc/self/statm", &statm, NULL, NULL));
      limit.rlim_cur = limit.rlim_max =
          g_ascii_strtoull (statm, NULL, 10) * 4096 + 32 * 1024 * 1024;
      g_assert_cmpint (setrlimit (RLIMIT_AS, &limit), ==, 0);
      g_assert_null (lm_kdf_derive (secret, salt, lm_kdf_cost_minimal (), &error));
      g_assert_error (error, LM_VAULT_ERROR, LM_VAULT_ERROR_NO_MEMORY);
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
#endif
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  g_test_add_func ("/vault/kdf/refused-costs-nothing", test_refused_costs_nothing);
  g_test_add_func ("/vault/kdf/cost-check", test_cost_check);
  g_test_add_func ("/vault/kdf/cost-minimal", test_cost_minimal);
  g_test_add_func ("/vault/kdf/known", test_known);
  g_test_add_func ("/vault/kdf/no-memory", test_no_memory);
  g_test_add_func ("/vault/kdf/cost-measured", test_cost_measured);
  return g_test_run ();
}
