/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-base64.h"
#include "base/lm-json.h"
#include "vault/lm-envelope.h"
#include "vault/lm-vault-error.h"

/* A header file may be 64 KiB outside its box. */
#define HEADER_BYTES_MAX (64 * 1024)

static const char *const formats[] = {
  [LM_SEAL_ENTRY] = "leitmotif-entry",
  [LM_SEAL_DRAFT] = "leitmotif-draft",
  [LM_SEAL_SEEN] = "leitmotif-seen",
};

/* Returns: the value of "format" in files of @kind */
const char *
lm_envelope_format (LmSealKind kind)
{
  return formats[kind];
}

void
lm_envelope_clear (LmEnvelope *envelope)
{
  g_clear_pointer (&envelope->box, g_free);
}

static gboolean
refuse (GError **error, LmVaultError code, const char *why)
{
  g_set_error_literal (error, LM_VAULT_ERROR, (int) code, why);
  return FALSE;
}

static gboolean
decode_box (const char *text, gsize length, LmEnvelope *envelope)
{
  envelope->box = g_malloc (LM_BASE64_ROOM (length) + 1);
  return lm_base64_decode (text, length, envelope->box, &envelope->box_length);
}

/* The direct path ------------------------------------------------------------
 *
 * Our own files have one form: one line, keys in one order, no escapes. Reading that form in place
 * spares a JSON tree for every one of ten thousand entries. Whatever is not of exactly this form
 * goes the long way. */

static gboolean
skip (const char **at, const char *end, const char *text)
{
  gsize length = strlen (text);

  if ((gsize) (end - *at) < length || memcmp (*at, text, length) != 0)
    return FALSE;
  *at += length;
  return TRUE;
}

static gboolean
read_id (const char **at, const char *end, const char *before, LmId *id)
{
  if (!skip (at, end, before) || end - *at < LM_ID_DIGITS || !lm_id_parse (*at, LM_ID_DIGITS, id))
    return FALSE;
  *at += LM_ID_DIGITS;
  return TRUE;
}

static gboolean
read_direct (LmSealKind kind, const char *text, gsize length, LmEnvelope *envelope)
{
  const gsize nonce_length = LM_ENVELOPE_NONCE_BYTES / 3 * 4;
  const char *at = text, *end;
  gsize n;

  /* Nothing at all may come without an address. */
  if (length == 0)
    return FALSE;
  end = text + length;

  if (!skip (&at, end, "{\"format\":\"") || !skip (&at, end, formats[kind]) ||
      !skip (&at, end, "\",\"version\":1,") ||
      !read_id (&at, end, "\"journal\":\"", &envelope->journal) ||
      !read_id (&at, end, "\",\"entry\":\"", &envelope->id) ||
      !read_id (&at, end, "\",\"key\":\"", &envelope->key) || !skip (&at, end, "\",\"nonce\":\"") ||
      (gsize) (end - at) < nonce_length ||
      !lm_base64_decode (at, nonce_length, envelope->nonce, &n) || n != LM_ENVELOPE_NONCE_BYTES)
    return FALSE;
  at += nonce_length;
  if (!skip (&at, end, "\",\"box\":\""))
    return FALSE;
  if (end > at && end[-1] == '\n')
    end--;
  if (end - at < 2 || memcmp (end - 2, "\"}", 2) != 0)
    return FALSE;
  envelope->version = LM_ENVELOPE_VERSION;
  /* A quotation mark or backslash in between is no base64, so this is the one object there is. */
  if (decode_box (at, (gsize) (end - 2 - at), envelope))
    return TRUE;
  lm_envelope_clear (envelope);
  return FALSE;
}

/* Any other JSON -------------------------------------------------------------- */

static gboolean
member_id (JsonObject *root, const char *name, LmId *id)
{
  const char *text = lm_json_get_string (root, name);

  return text != NULL && lm_id_parse (text, -1, id);
}

/* Returns: the most characters of base64 in a row; a backslash too, as in "\/" */
static gsize
longest_run (const char *text, gsize length)
{
  gsize longest = 0, run = 0;

  for (gsize i = 0; i < length; i++)
    {
      run = g_ascii_isalnum (text[i]) || strchr ("+/=\\", text[i]) != NULL ? run + 1 : 0;
      longest = MAX (longest, run);
    }
  return longest;
}

static gboolean
read_json (LmSealKind kind, const char *text, gsize length, LmEnvelope *envelope, GError **error)
{
  g_autoptr (JsonObject) root = NULL;
  const char *nonce, *box;
  gint64 version;

  if (!lm_json_check (text, length, NULL))
    return refuse (error, LM_VAULT_ERROR_DAMAGED, "not JSON of the journal's kind");
  /* Roughly, before json-glib sees it: its tables are slow for keys that were chosen to have one
   * hash. */
  if (length - longest_run (text, length) > HEADER_BYTES_MAX)
    return refuse (error, LM_VAULT_ERROR_TOO_LARGE, "the header is larger than 64 KiB");
  root = lm_json_parse (text, length, NULL);
  if (root == NULL)
    return refuse (error, LM_VAULT_ERROR_DAMAGED, "not JSON of the journal's kind");
  if (g_strcmp0 (lm_json_get_string (root, "format"), formats[kind]) != 0)
    return refuse (error, LM_VAULT_ERROR_NOT_OURS, "another format");
  if (!lm_json_get_integer (root, "version", &version) || version < 1 || version > 255)
    return refuse (error, LM_VAULT_ERROR_DAMAGED, "no version");
  if (version > LM_ENVELOPE_VERSION)
    return refuse (error, LM_VAULT_ERROR_TOO_NEW, "made by a newer version");
  envelope->version = (guint8) version;
  nonce = lm_json_get_string (root, "nonce");
  box = lm_json_get_string (root, "box");
  if (!member_id (root, "journal", &envelope->journal) ||
      !member_id (root, "entry", &envelope->id) || !member_id (root, "key", &envelope->key) ||
      nonce == NULL || box == NULL ||
      !lm_base64_decode_exact (nonce, envelope->nonce, sizeof envelope->nonce))
    return refuse (error, LM_VAULT_ERROR_DAMAGED, "a value is missing or malformed");
  if (length - strlen (box) > HEADER_BYTES_MAX)
    return refuse (error, LM_VAULT_ERROR_TOO_LARGE, "the header is larger than 64 KiB");
  if (!decode_box (box, strlen (box), envelope))
    return refuse (error, LM_VAULT_ERROR_DAMAGED, "a value is missing or malformed");
  return TRUE;
}

/**
 * lm_envelope_read:
 * @kind: the expected kind
 * @file: any bytes
 * @envelope: (out caller-allocates): clear it with lm_envelope_clear ()
 * @error: %LM_VAULT_ERROR
 *
 * Reads what stands outside the seal; nothing of it is authenticated yet.
 */
gboolean
lm_envelope_read (LmSealKind kind, GBytes *file, LmEnvelope *envelope, GError **error)
{
  gsize length;
  const char *text = g_bytes_get_data (file, &length);

  memset (envelope, 0, sizeof *envelope);
  if (length > LM_SEALED_BYTES_MAX)
    return refuse (error, LM_VAULT_ERROR_TOO_LARGE, "the file is larger than 32 MiB");
  if (read_direct (kind, text, length, envelope))
    return TRUE;
  if (read_json (kind, text, length, envelope, error))
    return TRUE;
  lm_envelope_clear (envelope);
  return FALSE;
}

/* Returns: (transfer full): the bytes of a file */
GBytes *
lm_envelope_write (LmSealKind kind, const LmEnvelope *envelope)
{
  g_autofree char *nonce = g_base64_encode (envelope->nonce, sizeof envelope->nonce);
  g_autofree char *box = g_base64_encode (envelope->box, envelope->box_length);
  char *text = g_strconcat ("{\"format\":\"",
                            formats[kind],
                            "\",\"version\":1,\"journal\":\"",
                            lm_id_format (&envelope->journal).digits,
                            "\",\"entry\":\"",
                            lm_id_format (&envelope->id).digits,
                            "\",\"key\":\"",
                            lm_id_format (&envelope->key).digits,
                            "\",\"nonce\":\"",
                            nonce,
                            "\",\"box\":\"",
                            box,
                            "\"}\n",
                            NULL);

  return g_bytes_new_take (text, strlen (text));
}
