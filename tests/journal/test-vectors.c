/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <sodium.h>
#include <string.h>

#include "base/lm-hardening.h"
#include "journal/lm-content.h"
#include "lm-test-vault.h"
#include "vault/lm-attachment.h"
#include "vault/lm-key-slot.h"
#include "vault/lm-passphrase.h"
#include "vault/lm-recovery-code.h"

/* The published vectors (tests/vectors/, made by code that is not ours), each a case of its own. */

typedef struct
{
  JsonObject *root;
  JsonObject *vector;
  const char *file; /* its name, without ".json" */
} Vector;

static const struct
{
  const char *name;
  LmVaultError code;
} errors[] = {
  { "damaged", LM_VAULT_ERROR_DAMAGED },         { "not-ours", LM_VAULT_ERROR_NOT_OURS },
  { "too-new", LM_VAULT_ERROR_TOO_NEW },         { "waiting", LM_VAULT_ERROR_WAITING_FOR_KEY },
  { "too-large", LM_VAULT_ERROR_TOO_LARGE },     { "wrong-secret", LM_VAULT_ERROR_WRONG_SECRET },
  { "unsupported", LM_VAULT_ERROR_UNSUPPORTED }, { "cost", LM_VAULT_ERROR_COST },
  { "code-form", LM_VAULT_ERROR_CODE_FORM },     { "code-checksum", LM_VAULT_ERROR_CODE_CHECKSUM },
};

static gboolean
opens (const Vector *vector)
{
  return json_object_get_boolean_member (vector->vector, "opens");
}

static const char *
text_of (JsonObject *object, const char *key)
{
  return json_object_get_string_member_with_default (object, key, NULL);
}

static void
assert_outcome (const Vector *vector, gboolean good, const GError *error)
{
  if (opens (vector))
    {
      g_assert_no_error (error);
      g_assert_true (good);
      return;
    }
  g_assert_false (good);
  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    if (g_str_equal (errors[i].name, text_of (vector->vector, "error")))
      {
        g_assert_error (error, LM_VAULT_ERROR, (int) errors[i].code);
        return;
      }
  g_assert_not_reached ();
}

static LmId
read_id (const char *digits)
{
  LmId id;

  g_assert_true (lm_id_parse (digits, -1, &id));
  return id;
}

static LmSecret *
read_hex (const char *hex)
{
  LmSecret *secret = lm_secret_new (strlen (hex) / 2);

  g_assert_cmpint (sodium_hex2bin (lm_secret_bytes (secret),
                                   strlen (hex) / 2,
                                   hex,
                                   strlen (hex),
                                   NULL,
                                   NULL,
                                   NULL),
                   ==,
                   0);
  return secret;
}

static LmSecret *
read_text (const char *text)
{
  LmSecret *secret = lm_secret_new (strlen (text));

  memcpy (lm_secret_bytes (secret), text, strlen (text));
  return secret;
}

static LmVault *
make_vault (const Vector *vector)
{
  g_autoptr (LmMasterKeys) keys = lm_master_keys_new ();
  JsonObject *listed = json_object_get_object_member (vector->root, "keys");
  LmId journal = read_id (text_of (vector->root, "journal"));
  JsonObjectIter iter;
  const char *key;
  JsonNode *node;

  json_object_iter_init (&iter, listed);
  while (json_object_iter_next (&iter, &key, &node))
    {
      g_autoptr (LmSecret) secret = read_hex (json_node_get_string (node));
      LmId id = read_id (key);

      lm_master_keys_add (keys, &id, 1, secret);
    }
  return lm_vault_new (&journal, keys);
}

/* Entries, drafts, what was seen */
static void
test_sealed (gconstpointer data)
{
  const Vector *vector = data;
  LmSealKind kind = g_str_equal (vector->file, "entries")  ? LM_SEAL_ENTRY
                    : g_str_equal (vector->file, "drafts") ? LM_SEAL_DRAFT
                                                           : LM_SEAL_SEEN;
  g_autoptr (LmVault) vault = make_vault (vector);
  g_autoptr (GBytes) file = lm_test_bytes (text_of (vector->vector, "file"));
  g_autoptr (GError) error = NULL;
  LmId id, expected = read_id (text_of (vector->root, "id"));
  g_autoptr (GBytes) payload = lm_vault_open (vault, kind, file, &id, &error);

  assert_outcome (vector, payload != NULL, error);
  if (payload != NULL)
    {
      const char *text = text_of (vector->vector, "payload");
      g_autoptr (LmContent) content = lm_content_read (payload, NULL);

      g_assert_cmpmem (g_bytes_get_data (payload, NULL),
                       g_bytes_get_size (payload),
                       text,
                       strlen (text));
      g_assert_true (lm_id_equal (&id, &expected));
      g_assert_cmpint (content != NULL,
                       ==,
                       json_object_get_boolean_member_with_default (vector->vector, "json", TRUE));
    }
}

static GBytes *
attachment_file (const Vector *vector)
{
  GByteArray *made = g_byte_array_new ();
  JsonArray *parts;
  g_autofree guint8 *base = NULL;
  gsize length;

  if (json_object_has_member (vector->vector, "file"))
    {
      guint8 *bytes = g_base64_decode (text_of (vector->vector, "file"), &length);

      g_byte_array_unref (made);
      return g_bytes_new_take (bytes, length);
    }
  base = g_base64_decode (text_of (json_object_get_object_member (vector->root, "files"),
                                   text_of (vector->vector, "base")),
                          &length);
  parts = json_object_get_array_member (vector->vector, "parts");
  for (guint i = 0; i < json_array_get_length (parts); i++)
    {
      JsonArray *part = json_array_get_array_element (parts, i);
      gsize from = (gsize) json_array_get_int_element (part, 0);
      gsize to = (gsize) json_array_get_int_element (part, 1);

      g_assert_true (from <= to && to <= length);
      g_byte_array_append (made, base + from, (guint) (to - from));
    }
  return g_byte_array_free_to_bytes (made);
}

static void
test_attachment (gconstpointer data)
{
  const Vector *vector = data;
  JsonObject *listed = json_object_get_object_member (vector->vector, "attachment");
  g_autoptr (LmVault) vault = make_vault (vector);
  g_autoptr (GBytes) file = attachment_file (vector);
  g_autoptr (GInputStream) in = g_memory_input_stream_new_from_bytes (file);
  g_autoptr (GError) error = NULL;
  LmId id = read_id (text_of (listed, "id"));
  gsize length;
  g_autofree guint8 *bytes = g_base64_decode (text_of (listed, "hash"), &length);
  LmAttachmentHash hash;
  gboolean good;

  g_assert_cmpuint (length, ==, sizeof hash.bytes);
  memcpy (hash.bytes, bytes, length);
  good = lm_attachment_open (vault,
                             &id,
                             in,
                             (guint64) json_object_get_int_member (listed, "size"),
                             &hash,
                             NULL,
                             NULL,
                             &error);
  assert_outcome (vector, good, error);
}

static LmSecret *
derived_for (const Vector *vector, LmKeySlot *slot)
{
  const char *given = text_of (vector->vector, "derived");
  const char *passphrase = text_of (vector->vector, "passphrase");
  const char *code = text_of (vector->vector, "code");
  g_autoptr (LmSecret) typed = NULL;
  g_autoptr (LmSecret) secret = NULL;
  g_autoptr (GError) error = NULL;
  LmSecret *derived;

  if (given != NULL)
    return read_hex (given);
  typed = read_text (passphrase != NULL ? passphrase : code);
  secret = passphrase != NULL ? lm_passphrase_normalize (typed, &error)
                              : lm_recovery_code_parse (typed, &error);
  g_assert_no_error (error);
  derived = lm_key_slot_derive (slot, secret, &error);
  g_assert_no_error (error);
  return derived;
}

static void
assert_keys (const Vector *vector, LmMasterKeys *keys)
{
  JsonObject *listed = json_object_get_object_member (vector->vector, "listed");

  g_assert_cmpuint (lm_master_keys_size (keys), ==, json_object_get_size (listed));
  for (guint i = 0; i < lm_master_keys_size (keys); i++)
    {
      const LmMasterKey *key = lm_master_keys_get (keys, i);
      g_autoptr (LmSecret) expected = read_hex (text_of (listed, lm_id_format (&key->id).digits));

      g_assert_cmpmem (lm_secret_peek (key->secret),
                       LM_KEY_BYTES,
                       lm_secret_peek (expected),
                       LM_KEY_BYTES);
    }
}

static void
test_slot (gconstpointer data)
{
  const Vector *vector = data;
  g_autoptr (GBytes) file = lm_test_bytes (text_of (vector->vector, "file"));
  g_autoptr (GError) error = NULL;
  g_autoptr (LmKeySlot) slot = lm_key_slot_read (file, &error);
  g_autoptr (LmMasterKeys) keys = NULL;
  LmId journal = read_id (text_of (vector->root, "journal"));

  if (slot != NULL && !lm_id_equal (lm_key_slot_journal (slot), &journal))
    {
      /* This check is the folder's. */
      g_assert_cmpstr (text_of (vector->vector, "error"), ==, "not-ours");
      return;
    }
  if (slot != NULL)
    {
      g_autoptr (LmSecret) derived = derived_for (vector, slot);

      keys = lm_key_slot_open (slot, derived, &error);
    }
  assert_outcome (vector, keys != NULL, error);
  if (keys != NULL)
    assert_keys (vector, keys);
}

static void
test_code (gconstpointer data)
{
  const Vector *vector = data;
  g_autoptr (LmSecret) typed = read_text (text_of (vector->vector, "text"));
  g_autoptr (GError) error = NULL;
  g_autoptr (LmSecret) secret = lm_recovery_code_parse (typed, &error);

  assert_outcome (vector, secret != NULL, error);
  if (secret != NULL)
    {
      g_autoptr (LmSecret) expected = read_hex (text_of (vector->vector, "secret"));

      g_assert_cmpmem (lm_secret_peek (secret),
                       lm_secret_length (secret),
                       lm_secret_peek (expected),
                       lm_secret_length (expected));
    }
}

static guint n_vectors;

static void
test_number (void)
{
  g_assert_cmpuint (n_vectors, >=, 80);
}

static void
vector_free (gpointer data)
{
  Vector *vector = data;

  json_object_unref (vector->root);
  json_object_unref (vector->vector);
  g_free (vector);
}

static void
add_file (const char *name, GTestDataFunc run)
{
  g_autofree char *file = g_strconcat (name, ".json", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "vectors", file, NULL);
  JsonParser *parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonObjectIter iter;
  JsonObject *root;
  const char *title;
  JsonNode *node;

  if (!json_parser_load_from_file (parser, path, &error))
    g_error ("%s", error->message);
  root = json_object_ref (json_node_get_object (json_parser_get_root (parser)));
  json_object_iter_init_ordered (&iter, json_object_get_object_member (root, "vectors"));
  while (json_object_iter_next_ordered (&iter, &title, &node))
    {
      Vector *vector = g_new (Vector, 1);
      g_autofree char *short_title = g_strdelimit (g_strdup (title), " /", '-');
      g_autofree char *test = g_strdup_printf ("/vectors/%s/%s", name, short_title);

      *vector =
          (Vector) { json_object_ref (root), json_object_ref (json_node_get_object (node)), name };
      g_test_add_data_func_full (test, vector, run, vector_free);
      n_vectors++;
    }
  json_object_unref (root);
  g_object_unref (parser);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  add_file ("entries", test_sealed);
  add_file ("drafts", test_sealed);
  add_file ("seen", test_sealed);
  add_file ("attachments", test_attachment);
  add_file ("key-slots", test_slot);
  add_file ("costs", test_slot);
  add_file ("recovery-codes", test_code);
  g_test_add_func ("/vectors/number", test_number);
  return g_test_run ();
}
