/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <sodium.h>
#include <string.h>

#include "base/lm-hardening.h"
#include "lm-test-vault.h"

static GBytes *
seal (LmVault *vault, LmSealKind kind, const LmId *id, GBytes *payload)
{
  g_autoptr (GError) error = NULL;
  GBytes *file = lm_vault_seal (vault, kind, id, payload, &error);

  g_assert_no_error (error);
  return file;
}

static void
assert_opens (LmVault *vault, LmSealKind kind, GBytes *file, const LmId *id, GBytes *payload)
{
  g_autoptr (GError) error = NULL;
  LmId inside;
  g_autoptr (GBytes) opened = lm_vault_open (vault, kind, file, &inside, &error);

  g_assert_no_error (error);
  g_assert_true (lm_id_equal (&inside, id));
  g_assert_true (g_bytes_equal (opened, payload));
}

static void
assert_refused (LmVault *vault, LmSealKind kind, GBytes *file, LmVaultError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) opened = lm_vault_open (vault, kind, file, NULL, &error);

  g_assert_null (opened);
  g_assert_error (error, LM_VAULT_ERROR, (int) code);
}

static void
test_padded_size (void)
{
  static const gsize sizes[][2] = {
    { 0, 4096 },
    { 1, 4096 },
    { 4096, 4096 },
    { 4097, 4352 },
    { 4352, 4352 },
    { 4353, 4608 },
    { 8191, 8192 },
    { 8192, 8192 },
    { 8193, 8704 },
    { 10000, 10240 },
    { 65535, 65536 },
    { 65536, 65536 },
    { 65537, 67584 },
    { 100000, 100352 },
    { 1000000, 1015808 },
    { 1048577, 1081344 },
    { 9000001, 9175040 },
    { 16777216, 16777216 },
    { 16777220, 17301504 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    g_assert_cmpuint (lm_vault_padded_size (sizes[i][0]), ==, sizes[i][1]);
}

/* At most 12 % more, never less, growing, settled, and few different sizes. */
static void
test_padded_bound (void)
{
  gsize last = 4096;
  guint different = 1;

  for (gsize size = 4096; size < 20 * 1024 * 1024; size += 1 + size / 3000)
    {
      gsize padded = lm_vault_padded_size (size);

      g_assert_cmpuint (padded, >=, size);
      g_assert_cmpuint (padded * 100, <=, size * 112);
      g_assert_cmpuint (padded, >=, last);
      g_assert_cmpuint (lm_vault_padded_size (padded), ==, padded);
      different += padded != last;
      last = padded;
    }
  g_assert_cmpuint (different, <, 400);
}

static void
test_round_trip (void)
{
  static const gsize sizes[] = { 0,    1,    2,     100,   4091,  4092,  4093,  4347,
                                 4348, 4349, 65531, 65532, 65533, 65536, 65537, 1000000 };
  g_autoptr (LmVault) vault = lm_test_vault (2);
  g_autoptr (GRand) rand = g_rand_new_with_seed (8);

  for (guint i = 0; i < G_N_ELEMENTS (sizes) + 60; i++)
    {
      gsize size = i < G_N_ELEMENTS (sizes) ? sizes[i] : (gsize) g_rand_int_range (rand, 0, 20000);
      guint8 *bytes = g_malloc (size + 1);
      g_autoptr (GBytes) payload = NULL, file = NULL;
      LmId id = lm_id_new_random ();

      lm_test_random (rand, bytes, size);
      payload = g_bytes_new_take (bytes, size);
      file = seal (vault, (LmSealKind) (i % 3), &id, payload);
      assert_opens (vault, (LmSealKind) (i % 3), file, &id, payload);
      /* The header, the base64 of the padded size and the tag, and nothing else. */
      g_assert_cmpuint (g_bytes_get_size (file) -
                            (lm_vault_padded_size (size + 4) + 16 + 2) / 3 * 4,
                        <,
                        260);
    }
}

static void
test_largest (void)
{
  g_autoptr (LmVault) vault = lm_test_vault (1);
  const gsize most = 16 * 1024 * 1024;
  g_autoptr (GBytes) largest = g_bytes_new_take (g_malloc0 (most), most);
  g_autoptr (GBytes) too_large = g_bytes_new_take (g_malloc0 (most + 1), most + 1);
  g_autoptr (GError) error = NULL;
  LmId id = lm_test_id (1);
  g_autoptr (GBytes) file = seal (vault, LM_SEAL_ENTRY, &id, largest);

  assert_opens (vault, LM_SEAL_ENTRY, file, &id, largest);
  g_assert_null (lm_vault_seal (vault, LM_SEAL_ENTRY, &id, too_large, &error));
  g_assert_error (error, LM_VAULT_ERROR, LM_VAULT_ERROR_TOO_LARGE);
}

/* The same text is another file each time, and nothing of it shows. */
static void
test_fresh (void)
{
  g_autoptr (LmVault) vault = lm_test_vault (1);
  g_autoptr (GBytes) payload = lm_test_bytes ("{\"text\":\"something to hide\"}");
  LmId id = lm_test_id (1);
  g_autoptr (GBytes) a = seal (vault, LM_SEAL_ENTRY, &id, payload),
                     b = seal (vault, LM_SEAL_ENTRY, &id, payload);
  const char *x = g_bytes_get_data (a, NULL), *y = g_bytes_get_data (b, NULL);
  gsize head;

  g_assert_cmpuint (g_bytes_get_size (a), ==, g_bytes_get_size (b));
  head = (gsize) (strstr (x, "\"nonce\":\"") + strlen ("\"nonce\":\"") - x);
  g_assert_true (memcmp (x, y, head) == 0);
  g_assert_true (memcmp (x + head, y + head, 32) != 0);
  g_assert_true (memcmp (x + head + 64, y + head + 64, 5000) != 0);
  g_assert_null (strstr (x, "hide"));
}

/* By libsodium alone, after the format's text (lm-test-vault.c); that is compared in turn with what
 * Python makes of it, with the package "cryptography" and hashlib: the BLAKE2b-128 of the box. */
static void
test_known (void)
{
  g_autoptr (LmVault) vault = lm_test_vault (2);
  g_autoptr (GBytes) payload = lm_test_bytes ("{\"kind\":\"entry\",\"text\":\"Grüße 😀\"}");
  g_autoptr (GBytes) plain = lm_test_plain (payload, (guint32) g_bytes_get_size (payload), 4096);
  g_autoptr (GBytes) box = NULL, file = NULL;
  LmTestSeal by_hand;
  LmId id, hash;

  for (guint i = 0; i < LM_ID_BYTES; i++)
    id.bytes[i] = (guint8) (0xc0 + i);
  by_hand = lm_test_seal_entry (&id);
  by_hand.key = 2;
  box = lm_test_box (&by_hand, plain);
  hash = lm_vault_hash (box);
  g_assert_cmpstr (lm_id_format (&hash).digits, ==, "891ca9e5af3b1e4b3880d7bf7877d7df");
  file = lm_test_file (&by_hand, plain);
  assert_opens (vault, LM_SEAL_ENTRY, file, &id, payload);
}

static void
test_known_local (void)
{
  static const struct
  {
    LmSealKind kind;
    const char *format, *magic;
  } kinds[] = { { LM_SEAL_DRAFT, "leitmotif-draft", "LMDRAFT" },
                { LM_SEAL_SEEN, "leitmotif-seen", "LMSEEN" } };
  g_autoptr (LmVault) vault = lm_test_vault (2);
  g_autoptr (GBytes) payload = lm_test_bytes ("{}");
  g_autoptr (GBytes) plain = lm_test_plain (payload, 2, 4096);
  LmId id = lm_test_id (9);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      LmTestSeal by_hand = { kinds[i].format, kinds[i].magic, "local", lm_test_journal (), id, 1 };
      g_autoptr (GBytes) file = lm_test_file (&by_hand, plain);

      assert_opens (vault, kinds[i].kind, file, &id, payload);
    }
}

/* Also when its "format" is changed to what is expected. */
static void
test_type_confusion (void)
{
  static const char *const formats[] = { "leitmotif-entry", "leitmotif-draft", "leitmotif-seen" };
  g_autoptr (LmVault) vault = lm_test_vault (1);
  g_autoptr (GBytes) payload = lm_test_bytes ("{}");
  LmId id = lm_test_journal ();

  for (guint made = 0; made < 3; made++)
    for (guint wanted = 0; wanted < 3; wanted++)
      {
        g_autoptr (GBytes) file = seal (vault, (LmSealKind) made, &id, payload);
        g_autoptr (GBytes) renamed = lm_test_replace (file, formats[made], formats[wanted]);

        if (made == wanted)
          continue;
        assert_refused (vault, (LmSealKind) wanted, file, LM_VAULT_ERROR_NOT_OURS);
        assert_refused (vault, (LmSealKind) wanted, renamed, LM_VAULT_ERROR_DAMAGED);
      }
}

static void
test_swapped (void)
{
  g_autoptr (LmVault) vault = lm_test_vault (2);
  g_autoptr (LmMasterKeys) keys = lm_test_keys (2);
  LmId a = lm_test_id (1), b = lm_test_id (2), journal = lm_test_journal (),
       other_journal = lm_test_id (3);
  g_autoptr (LmVault) other = lm_vault_new (&other_journal, keys);
  g_autoptr (GBytes) payload = lm_test_bytes ("{}");
  g_autoptr (GBytes) file = seal (vault, LM_SEAL_ENTRY, &a, payload);
  g_autoptr (GBytes) other_id =
      lm_test_replace (file, lm_id_format (&a).digits, lm_id_format (&b).digits);
  g_autoptr (GBytes) moved =
      lm_test_replace (file, lm_id_format (&journal).digits, lm_id_format (&other_journal).digits);
  g_autoptr (GBytes) other_key =
      lm_test_replace (file,
                       lm_id_format (&lm_master_keys_get (keys, 1)->id).digits,
                       lm_id_format (&lm_master_keys_get (keys, 0)->id).digits);

  assert_refused (vault, LM_SEAL_ENTRY, other_id, LM_VAULT_ERROR_DAMAGED);
  assert_refused (other, LM_SEAL_ENTRY, file, LM_VAULT_ERROR_NOT_OURS);
  /* With the very same keys: the journal is bound. */
  assert_refused (other, LM_SEAL_ENTRY, moved, LM_VAULT_ERROR_DAMAGED);
  assert_refused (vault, LM_SEAL_ENTRY, other_key, LM_VAULT_ERROR_DAMAGED);
}

/* What was sealed before a rotation opens for ever; what is sealed now is under the new key. */
static void
test_retired_key (void)
{
  g_autoptr (LmVault) before = lm_test_vault (1), after = lm_test_vault (2);
  g_autoptr (GBytes) payload = lm_test_bytes ("{}");
  LmId id = lm_test_id (1), inside;
  g_autoptr (GBytes) old = seal (before, LM_SEAL_ENTRY, &id, payload),
                     new_file = seal (after, LM_SEAL_ENTRY, &id, payload);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (lm_vault_generation (before), ==, 1);
  g_assert_cmpuint (lm_vault_generation (after), ==, 2);
  assert_opens (after, LM_SEAL_ENTRY, old, &id, payload);
  assert_opens (after, LM_SEAL_ENTRY, new_file, &id, payload);
  g_assert_null (lm_vault_open (before, LM_SEAL_ENTRY, new_file, &inside, &error));
  g_assert_error (error, LM_VAULT_ERROR, LM_VAULT_ERROR_WAITING_FOR_KEY);
  /* The id is told all the same, so that the file can be named. */
  g_assert_true (lm_id_equal (&inside, &id));
}

/* The list of keys may stand in any order. */
static void
test_current_key (void)
{
  g_autoptr (LmMasterKeys) keys = lm_test_keys (2), turned = lm_master_keys_new ();
  LmId journal = lm_test_journal (), id = lm_test_id (1);
  g_autoptr (LmVault) vault = NULL;
  g_autoptr (GBytes) payload = lm_test_bytes ("{}"), file = NULL;

  for (guint i = 2; i-- > 0;)
    {
      const LmMasterKey *key = lm_master_keys_get (keys, i);

      lm_master_keys_add (turned, &key->id, key->generation, key->secret);
    }
  vault = lm_vault_new (&journal, turned);
  g_assert_true (lm_id_equal (lm_vault_journal (vault), &journal));
  file = seal (vault, LM_SEAL_ENTRY, &id, payload);
  g_assert_nonnull (strstr (g_bytes_get_data (file, NULL),
                            lm_id_format (&lm_master_keys_get (keys, 1)->id).digits));
}

static void
test_padding (void)
{
  g_autoptr (LmVault) vault = lm_test_vault (1);
  LmId id = lm_test_id (1);
  LmTestSeal by_hand = lm_test_seal_entry (&id);
  g_autoptr (GBytes) payload = lm_test_bytes ("{}"), empty = g_bytes_new (NULL, 0);
  static const gsize totals[] = { 6, 7, 100, 4096, 4352, 5000 };
  static const guint32 lengths[] = { 4093,       4094,       65536,      0x01000000,
                                     0x7fffffff, 0x80000002, 0xffffffff, 0xfffffffc };
  static const gsize places[] = { 6, 7, 8, 100, 2047, 4094, 4095 };

  /* Any amount of zeros is taken: the size is the writer's matter. */
  for (guint i = 0; i < G_N_ELEMENTS (totals); i++)
    {
      g_autoptr (GBytes) plain = lm_test_plain (payload, 2, totals[i]);
      g_autoptr (GBytes) file = lm_test_file (&by_hand, plain);

      assert_opens (vault, LM_SEAL_ENTRY, file, &id, payload);
    }
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr (GBytes) plain = lm_test_plain (payload, 2, 4096);
      gsize length;
      guint8 *bytes = g_bytes_unref_to_data (g_steal_pointer (&plain), &length);
      g_autoptr (GBytes) file = NULL;

      bytes[places[i]] = 1;
      plain = g_bytes_new_take (bytes, length);
      file = lm_test_file (&by_hand, plain);
      assert_refused (vault, LM_SEAL_ENTRY, file, LM_VAULT_ERROR_DAMAGED);
    }
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (GBytes) plain = lm_test_plain (empty, lengths[i], 4096);
      g_autoptr (GBytes) file = lm_test_file (&by_hand, plain);

      assert_refused (vault, LM_SEAL_ENTRY, file, LM_VAULT_ERROR_DAMAGED);
    }
  {
    g_autoptr (GBytes) plain = lm_test_plain (empty, 4092, 4096),
                       file = lm_test_file (&by_hand, plain);
    g_autoptr (GBytes) zeros = g_bytes_new_take (g_malloc0 (4092), 4092);

    assert_opens (vault, LM_SEAL_ENTRY, file, &id, zeros);
  }
}

/* A box that holds less than a length. */
static void
test_short_box (void)
{
  g_autoptr (LmVault) vault = lm_test_vault (1);
  LmId id = lm_test_id (1);
  LmTestSeal by_hand = lm_test_seal_entry (&id);

  for (gsize n = 0; n < 4; n++)
    {
      g_autoptr (GBytes) plain = g_bytes_new ("\0\0\0\0", n), file = lm_test_file (&by_hand, plain);

      assert_refused (vault, LM_SEAL_ENTRY, file, LM_VAULT_ERROR_DAMAGED);
    }
}

static void
test_hash (void)
{
  g_autoptr (GBytes) empty = g_bytes_new (NULL, 0), abc = lm_test_bytes ("abc");
  LmId a = lm_vault_hash (empty), b = lm_vault_hash (abc);

  /* hashlib.blake2b (b"", digest_size=16).hexdigest (), and of b"abc" */
  g_assert_cmpstr (lm_id_format (&a).digits, ==, "cae66941d9efbd404e4d88758ea67670");
  g_assert_cmpstr (lm_id_format (&b).digits, ==, "cf4ab791c62b8d2b2109c90275287816");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  g_test_add_func ("/vault/vault/padded-size", test_padded_size);
  g_test_add_func ("/vault/vault/padded-bound", test_padded_bound);
  g_test_add_func ("/vault/vault/round-trip", test_round_trip);
  g_test_add_func ("/vault/vault/largest", test_largest);
  g_test_add_func ("/vault/vault/fresh", test_fresh);
  g_test_add_func ("/vault/vault/known", test_known);
  g_test_add_func ("/vault/vault/known-local", test_known_local);
  g_test_add_func ("/vault/vault/type-confusion", test_type_confusion);
  g_test_add_func ("/vault/vault/swapped", test_swapped);
  g_test_add_func ("/vault/vault/retired-key", test_retired_key);
  g_test_add_func ("/vault/vault/current-key", test_current_key);
  g_test_add_func ("/vault/vault/padding", test_padding);
  g_test_add_func ("/vault/vault/short-box", test_short_box);
  g_test_add_func ("/vault/vault/hash", test_hash);
  return g_test_run ();
}
