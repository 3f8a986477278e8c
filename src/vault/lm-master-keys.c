/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <sodium.h>
#include <string.h>

#include "base/lm-json.h"
#include "vault/lm-master-keys.h"
#include "vault/lm-vault-error.h"

struct _LmMasterKeys
{
  GArray *keys; /* of LmMasterKey */
};

static void
key_clear (gpointer data)
{
  LmMasterKey *key = data;

  lm_secret_unref (key->secret);
}

LmMasterKeys *
lm_master_keys_new (void)
{
  LmMasterKeys *keys = g_new (LmMasterKeys, 1);

  keys->keys = g_array_new (FALSE, FALSE, sizeof (LmMasterKey));
  g_array_set_clear_func (keys->keys, key_clear);
  return keys;
}

void
lm_master_keys_free (LmMasterKeys *keys)
{
  g_array_unref (keys->keys);
  g_free (keys);
}

/* Takes a reference to @secret. */
void
lm_master_keys_add (LmMasterKeys *keys, const LmId *id, guint32 generation, LmSecret *secret)
{
  LmMasterKey key = { *id, generation, lm_secret_ref (secret) };

  g_array_append_val (keys->keys, key);
}

/* Adds a fresh key, one generation above the current one. */
void
lm_master_keys_add_new (LmMasterKeys *keys)
{
  const LmMasterKey *current = lm_master_keys_current (keys);
  g_autoptr (LmSecret) secret = lm_secret_new_random (LM_KEY_BYTES);
  LmId id = lm_id_new_random ();

  lm_master_keys_add (keys, &id, current != NULL ? current->generation + 1 : 1, secret);
}

/* Adds those of @others whose id is not in @keys yet. */
void
lm_master_keys_unite (LmMasterKeys *keys, LmMasterKeys *others)
{
  for (guint i = 0; i < others->keys->len; i++)
    {
      const LmMasterKey *other = lm_master_keys_get (others, i);
      gboolean known = FALSE;

      for (guint k = 0; k < keys->keys->len && !known; k++)
        known = lm_id_equal (&lm_master_keys_get (keys, k)->id, &other->id);
      if (!known)
        lm_master_keys_add (keys, &other->id, other->generation, other->secret);
    }
}

guint
lm_master_keys_size (LmMasterKeys *keys)
{
  return keys->keys->len;
}

const LmMasterKey *
lm_master_keys_get (LmMasterKeys *keys, guint index)
{
  return &g_array_index (keys->keys, LmMasterKey, index);
}

/**
 * lm_master_keys_current:
 *
 * Returns: (nullable) (transfer none): the key that everything new is sealed with: the highest
 *   generation, the smaller id where two computers rotated at once; %NULL if there is none
 */
const LmMasterKey *
lm_master_keys_current (LmMasterKeys *keys)
{
  const LmMasterKey *current = NULL;

  for (guint i = 0; i < keys->keys->len; i++)
    {
      const LmMasterKey *key = lm_master_keys_get (keys, i);

      if (current == NULL || key->generation > current->generation ||
          (key->generation == current->generation && lm_id_compare (&key->id, &current->id) < 0))
        current = key;
    }
  return current;
}

/* Reading and writing -------------------------------------------------------
 *
 * {"keys":[{"key":"<id>","generation":1,"secret":"<base64>"},…]} without white space or escapes.
 * No JSON library: those copy text around in ordinary memory. */

#define SECRET_CHARACTERS sodium_base64_ENCODED_LEN (LM_KEY_BYTES, sodium_base64_VARIANT_ORIGINAL)
#define ONE_KEY_ROOM      (LM_ID_DIGITS + SECRET_CHARACTERS + 64)

static char *
put (char *at, const char *text)
{
  return g_stpcpy (at, text);
}

/* Returns: (transfer full): the list as it stands inside a key slot's box */
LmSecret *
lm_master_keys_write (LmMasterKeys *keys)
{
  LmSecret *text = lm_secret_new (32 + keys->keys->len * ONE_KEY_ROOM);
  char *begin = (char *) lm_secret_bytes (text), *at = put (begin, "{\"keys\":[");

  for (guint i = 0; i < keys->keys->len; i++)
    {
      const LmMasterKey *key = lm_master_keys_get (keys, i);
      char generation[16];

      g_snprintf (generation, sizeof generation, "%u", key->generation);
      at = put (at, i > 0 ? ",{\"key\":\"" : "{\"key\":\"");
      at = put (at, lm_id_format (&key->id).digits);
      at = put (at, "\",\"generation\":");
      at = put (at, generation);
      at = put (at, ",\"secret\":\"");
      sodium_bin2base64 (at,
                         SECRET_CHARACTERS,
                         lm_secret_peek (key->secret),
                         LM_KEY_BYTES,
                         sodium_base64_VARIANT_ORIGINAL);
      at += strlen (at);
      at = put (at, "\"}");
    }
  at = put (at, "]}");
  lm_secret_shorten (text, (gsize) (at - begin));
  return text;
}

static gboolean
expect (const char **at, const char *end, const char *text)
{
  gsize length = strlen (text);

  if ((gsize) (end - *at) < length || memcmp (*at, text, length) != 0)
    return FALSE;
  *at += length;
  return TRUE;
}

static gboolean
read_key (const char **at, const char *end, LmMasterKeys *keys)
{
  g_autoptr (LmSecret) secret = lm_secret_new (LM_KEY_BYTES);
  g_autoptr (LmSecret) again = lm_secret_new (SECRET_CHARACTERS);
  const char *digits, *secret_end;
  guint64 generation = 0;
  gsize length;
  LmId id;

  if (!expect (at, end, "{\"key\":\"") || end - *at < LM_ID_DIGITS ||
      !lm_id_parse (*at, LM_ID_DIGITS, &id))
    return FALSE;
  *at += LM_ID_DIGITS;
  if (!expect (at, end, "\",\"generation\":"))
    return FALSE;
  for (digits = *at; *at < end && g_ascii_isdigit (**at) && *at - digits < 10; (*at)++)
    generation = generation * 10 + (guint64) (**at - '0');
  if (*at == digits || *digits == '0' || generation > G_MAXUINT32)
    return FALSE;
  if (!expect (at, end, ",\"secret\":\"") || (gsize) (end - *at) < SECRET_CHARACTERS - 1)
    return FALSE;
  if (sodium_base642bin (lm_secret_bytes (secret),
                         LM_KEY_BYTES,
                         *at,
                         SECRET_CHARACTERS - 1,
                         NULL,
                         &length,
                         &secret_end,
                         sodium_base64_VARIANT_ORIGINAL) != 0 ||
      length != LM_KEY_BYTES || secret_end != *at + SECRET_CHARACTERS - 1)
    return FALSE;
  /* The decoder takes some bytes that are no base64. */
  sodium_bin2base64 ((char *) lm_secret_bytes (again),
                     SECRET_CHARACTERS,
                     lm_secret_peek (secret),
                     LM_KEY_BYTES,
                     sodium_base64_VARIANT_ORIGINAL);
  if (sodium_memcmp (lm_secret_peek (again), *at, SECRET_CHARACTERS - 1) != 0)
    return FALSE;
  *at = secret_end;
  if (!expect (at, end, "\"}"))
    return FALSE;
  lm_master_keys_add (keys, &id, (guint32) generation, secret);
  return TRUE;
}

/**
 * lm_master_keys_read:
 * @text: what was in a key slot's box
 * @error: %LM_VAULT_ERROR_DAMAGED
 *
 * Returns: (transfer full): the keys, at least one
 */
LmMasterKeys *
lm_master_keys_read (const LmSecret *text, GError **error)
{
  g_autoptr (LmMasterKeys) keys = lm_master_keys_new ();
  const char *at = (const char *) lm_secret_peek (text);
  const char *end = at + lm_secret_length (text);
  gboolean good = expect (&at, end, "{\"keys\":[") && read_key (&at, end, keys);

  while (good && expect (&at, end, ","))
    good = read_key (&at, end, keys);
  if (!good || !expect (&at, end, "]}") || at != end)
    {
      g_set_error_literal (error,
                           LM_VAULT_ERROR,
                           LM_VAULT_ERROR_DAMAGED,
                           "the list of keys is not of the known form");
      return NULL;
    }
  return g_steal_pointer (&keys);
}
