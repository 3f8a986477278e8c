/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "lm-test-vault.h"
#include "vault/lm-envelope.h"

static const char known[] =
    "{\"format\":\"leitmotif-entry\",\"version\":1,"
    "\"journal\":\"000102030405060708090a0b0c0d0e0f\","
    "\"entry\":\"101112131415161718191a1b1c1d1e1f\","
    "\"key\":\"202122232425262728292a2b2c2d2e2f\","
    "\"nonce\":\"MDEyMzQ1Njc4OTo7PD0+P0BBQkNERUZH\",\"box\":\"AAECAwQ=\"}\n";
static const char *const formats[] = { "leitmotif-entry", "leitmotif-draft", "leitmotif-seen" };

static gboolean
read_as (LmSealKind kind, GBytes *file, LmVaultError code)
{
  g_auto (LmEnvelope) envelope = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean good = lm_envelope_read (kind, file, &envelope, &error);

  if (!good && !g_error_matches (error, LM_VAULT_ERROR, (int) code))
    g_error ("%s, in: %.300s", error->message, (const char *) g_bytes_get_data (file, NULL));
  if (!good)
    g_assert_null (envelope.box);
  return good;
}

static void
assert_is_known (GBytes *file)
{
  g_auto (LmEnvelope) envelope = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) written = NULL;

  if (!lm_envelope_read (LM_SEAL_ENTRY, file, &envelope, &error))
    g_error ("%s, in: %s", error->message, (const char *) g_bytes_get_data (file, NULL));
  g_assert_cmpuint (envelope.version, ==, 1);
  for (guint i = 0; i < 16; i++)
    {
      g_assert_cmpuint (envelope.journal.bytes[i], ==, i);
      g_assert_cmpuint (envelope.id.bytes[i], ==, 0x10 + i);
      g_assert_cmpuint (envelope.key.bytes[i], ==, 0x20 + i);
    }
  g_assert_cmpmem (envelope.nonce, 24, "0123456789:;<=>?@ABCDEFG", 24);
  g_assert_cmpmem (envelope.box, envelope.box_length, "\0\1\2\3\4", 5);
  written = lm_envelope_write (LM_SEAL_ENTRY, &envelope);
  g_assert_cmpmem (g_bytes_get_data (written, NULL),
                   g_bytes_get_size (written),
                   known,
                   strlen (known));
}

static void
test_known (void)
{
  g_autoptr (GBytes) file = lm_test_bytes (known);
  g_autoptr (GBytes) without_end = lm_test_slice (file, strlen (known) - 1);

  assert_is_known (file);
  assert_is_known (without_end);
}

/* Each kind has its own name, and is not read as another. */
static void
test_kinds (void)
{
  g_autoptr (GBytes) file = lm_test_bytes (known);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (GBytes) named = lm_test_replace (file, "leitmotif-entry", formats[i]);

      g_assert_cmpstr (lm_envelope_format ((LmSealKind) i), ==, formats[i]);
      for (guint kind = 0; kind < G_N_ELEMENTS (formats); kind++)
        g_assert_cmpint (read_as ((LmSealKind) kind, named, LM_VAULT_ERROR_NOT_OURS),
                         ==,
                         kind == i);
    }
}

/* Whatever form another writer gives it: order, white space, escapes, keys from a newer version. */
static void
test_other_forms (void)
{
  static const char *const changes[][2] = {
    { "}\n", "}" },
    { "}\n", "}\r\n \t" },
    { "{\"format\"", " {\"format\"" },
    { "\"version\":1", "\"version\": 1" },
    { "\"version\":1", "\n  \"version\" : 1" },
    { "leitmotif-entry", "leitmotif\\u002dentry" },
    { "\"box\"", "\"b\\u006fx\"" },
    { "AAECAwQ=", "A\\u0041ECAwQ\\u003d" },
    { "}\n", ",\"new\":{\"deep\":[1,{\"x\":null}]}}\n" },
    { "{\"format\"", "{\"\":\"\",\"format\"" },
    { ",\"box\":\"AAECAwQ=\"}", ",\"note\":\"\\\"}\",\"box\":\"AAECAwQ=\"}" },
  };
  g_autoptr (GBytes) file = lm_test_bytes (known);
  g_autoptr (GBytes) reordered =
      lm_test_bytes ("{\"box\":\"AAECAwQ=\",\"nonce\":\"MDEyMzQ1Njc4OTo7PD0+P0BBQkNERUZH\","
                     "\"key\":\"202122232425262728292a2b2c2d2e2f\","
                     "\"entry\":\"101112131415161718191a1b1c1d1e1f\","
                     "\"journal\":\"000102030405060708090a0b0c0d0e0f\","
                     "\"version\":1,\"format\":\"leitmotif-entry\"}");

  assert_is_known (reordered);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (GBytes) changed = lm_test_replace (file, changes[i][0], changes[i][1]);

      assert_is_known (changed);
    }
}

static void
test_malformed (void)
{
  static const struct
  {
    const char *old, *new_text;
    LmVaultError code;
  } changes[] = {
    { "leitmotif-entry", "leitmotif-key", LM_VAULT_ERROR_NOT_OURS },
    { "leitmotif-entry", "Leitmotif-Entry", LM_VAULT_ERROR_NOT_OURS },
    { "\"leitmotif-entry\"", "null", LM_VAULT_ERROR_NOT_OURS },
    { "\"format\":\"leitmotif-entry\",", "", LM_VAULT_ERROR_NOT_OURS },
    { "\"version\":1", "\"version\":2", LM_VAULT_ERROR_TOO_NEW },
    { "\"version\":1", "\"version\":11", LM_VAULT_ERROR_TOO_NEW },
    { "\"version\":1", "\"version\":255", LM_VAULT_ERROR_TOO_NEW },
    { "\"version\":1", "\"version\":256", LM_VAULT_ERROR_DAMAGED },
    { "\"version\":1", "\"version\":0", LM_VAULT_ERROR_DAMAGED },
    { "\"version\":1", "\"version\":-1", LM_VAULT_ERROR_DAMAGED },
    { "\"version\":1", "\"version\":1.0", LM_VAULT_ERROR_DAMAGED },
    { "\"version\":1", "\"version\":\"1\"", LM_VAULT_ERROR_DAMAGED },
    { "\"version\":1,", "", LM_VAULT_ERROR_DAMAGED },
    { "\"version\":1,", "\"version\":1,\"version\":1,", LM_VAULT_ERROR_DAMAGED },
    { "\"version\":1,", "\"version\":1,\"\\u0076ersion\":1,", LM_VAULT_ERROR_DAMAGED },
    { "\"box\":\"AAECAwQ=\"", "\"box\":\"AAECAwQ=\",\"box\":\"AAECAwQ=\"", LM_VAULT_ERROR_DAMAGED },
    { "0c0d0e0f", "0C0d0e0f", LM_VAULT_ERROR_DAMAGED },
    { "0c0d0e0f", "0c0d0e0", LM_VAULT_ERROR_DAMAGED },
    { "0c0d0e0f", "0c0d0e0f0", LM_VAULT_ERROR_DAMAGED },
    { "1c1d1e1f", "1c1d1e1g", LM_VAULT_ERROR_DAMAGED },
    { "101112131415161718191a1b1c1d1e1f",
      "../../../../../etc/passwd.......",
      LM_VAULT_ERROR_DAMAGED },
    { "\"202122232425262728292a2b2c2d2e2f\"", "1", LM_VAULT_ERROR_DAMAGED },
    { "\"key\":", "\"kay\":", LM_VAULT_ERROR_DAMAGED },
    { "MDEyMzQ1Njc4OTo7PD0+P0BBQkNERUZH",
      "MDEyMzQ1Njc4OTo7PD0+P0BBQkNERUY=",
      LM_VAULT_ERROR_DAMAGED },
    { "MDEyMzQ1Njc4OTo7PD0+P0BBQkNERUZH",
      "MDEyMzQ1Njc4OTo7PD0+P0BBQkNERUZHAAAA",
      LM_VAULT_ERROR_DAMAGED },
    { "MDEyMzQ1Njc4OTo7PD0+P0BBQkNERUZH",
      "MDEyMzQ1Njc4OTo7PD0-P0BBQkNERUZH",
      LM_VAULT_ERROR_DAMAGED },
    { "AAECAwQ=", "AAECAwR=", LM_VAULT_ERROR_DAMAGED },
    { "AAECAwQ=", "AAECAwQ", LM_VAULT_ERROR_DAMAGED },
    { "AAECAwQ=", "AAEC AwQ=", LM_VAULT_ERROR_DAMAGED },
    { "\"AAECAwQ=\"", "null", LM_VAULT_ERROR_DAMAGED },
    { "\"AAECAwQ=\"", "[\"AAECAwQ=\"]", LM_VAULT_ERROR_DAMAGED },
    { "}\n", "}\n\n{}", LM_VAULT_ERROR_DAMAGED },
    { "}\n", "}\n//", LM_VAULT_ERROR_DAMAGED },
    { "}\n", "", LM_VAULT_ERROR_DAMAGED },
    { "{\"format\"", "\xef\xbb\xbf{\"format\"", LM_VAULT_ERROR_DAMAGED },
  };
  g_autoptr (GBytes) file = lm_test_bytes (known);

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (GBytes) changed = lm_test_replace (file, changes[i].old, changes[i].new_text);

      if (read_as (LM_SEAL_ENTRY, changed, changes[i].code))
        g_error ("taken: %s", (const char *) g_bytes_get_data (changed, NULL));
    }
}

/* Outside the box a header is at most 64 KiB, in whatever way it is filled. */
static void
test_header_size (void)
{
  g_autoptr (GBytes) file = lm_test_bytes (known);

  for (gsize over = 0; over < 2; over++)
    {
      gsize outside = strlen (known) - strlen ("AAECAwQ=") + strlen (",\"x\":\"\"");
      g_autofree char *filling = g_strnfill (64 * 1024 - outside + over, 'x');
      g_autofree char *member = g_strdup_printf (",\"x\":\"%s\"}", filling);
      g_autoptr (GBytes) filled = lm_test_replace (file, "}", member);

      g_assert_cmpint (read_as (LM_SEAL_ENTRY, filled, LM_VAULT_ERROR_TOO_LARGE), ==, over == 0);
    }
}

static void
test_file_size (void)
{
  const gsize most = 32 * 1024 * 1024;
  g_autoptr (GBytes) file = lm_test_bytes (known);
  g_autofree char *box = g_strnfill ((most - strlen (known) + 8) / 4 * 4, 'A');
  g_autoptr (GBytes) large = lm_test_replace (file, "AAECAwQ=", box);
  g_autofree char *space = g_strnfill (most, ' ');
  g_autoptr (GBytes) too_large = lm_test_append (large, space, most + 1 - g_bytes_get_size (large));

  g_assert_cmpuint (g_bytes_get_size (large), <=, most);
  g_assert_true (read_as (LM_SEAL_ENTRY, large, LM_VAULT_ERROR_TOO_LARGE));
  g_assert_cmpuint (g_bytes_get_size (too_large), ==, most + 1);
  g_assert_false (read_as (LM_SEAL_ENTRY, too_large, LM_VAULT_ERROR_TOO_LARGE));
}

static void
test_no_json (void)
{
  g_autoptr (GBytes) empty = g_bytes_new (NULL, 0);
  g_autoptr (GBytes) zeros = g_bytes_new_take (g_malloc0 (6000), 6000);
  g_autoptr (GBytes) text = lm_test_bytes ("Dear diary");
  g_autoptr (GBytes) list = lm_test_bytes ("[]");
  g_autoptr (GBytes) other = lm_test_bytes ("{\"type\":\"FeatureCollection\"}");

  g_assert_false (read_as (LM_SEAL_ENTRY, empty, LM_VAULT_ERROR_DAMAGED));
  g_assert_false (read_as (LM_SEAL_ENTRY, zeros, LM_VAULT_ERROR_DAMAGED));
  g_assert_false (read_as (LM_SEAL_ENTRY, text, LM_VAULT_ERROR_DAMAGED));
  g_assert_false (read_as (LM_SEAL_ENTRY, list, LM_VAULT_ERROR_DAMAGED));
  g_assert_false (read_as (LM_SEAL_ENTRY, other, LM_VAULT_ERROR_NOT_OURS));
}

/* A header full of keys that have one hash in every table of GLib's: refused before it can keep a
 * computer busy for hours. */
static void
test_key_bomb (void)
{
  g_autoptr (GBytes) file = lm_test_bytes (known);
  g_autoptr (GString) keys = g_string_new (NULL);
  g_autoptr (GBytes) bomb = NULL;

  for (guint n = 0; n < 1 << 16; n++)
    {
      g_string_append (keys, ",\"");
      /* "Bb" and "CA" are the same to hash * 33 + c. */
      for (guint bit = 0; bit < 16; bit++)
        g_string_append (keys, n >> bit & 1 ? "Bb" : "CA");
      g_string_append (keys, "\":0");
    }
  g_string_append (keys, "}");
  bomb = lm_test_replace (file, "}", keys->str);
  lm_test_assert_quick (2000,
                        g_assert_false (read_as (LM_SEAL_ENTRY, bomb, LM_VAULT_ERROR_TOO_LARGE)));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/vault/envelope/known", test_known);
  g_test_add_func ("/vault/envelope/kinds", test_kinds);
  g_test_add_func ("/vault/envelope/other-forms", test_other_forms);
  g_test_add_func ("/vault/envelope/malformed", test_malformed);
  g_test_add_func ("/vault/envelope/header-size", test_header_size);
  g_test_add_func ("/vault/envelope/file-size", test_file_size);
  g_test_add_func ("/vault/envelope/no-json", test_no_json);
  g_test_add_func ("/vault/envelope/key-bomb", test_key_bomb);
  return g_test_run ();
}
