/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>
#include <sodium.h>
#include <string.h>

#include "vault/lm-kdf.h"
#include "workspace/lm-keyring.h"

/* The login's keyring by libsecret. It is a convenience and nothing else: whatever it does or fails
 * to do, the passphrase opens the journal.
 *
 * Two items for a journal: the passphrase, and the key slot's id with what was derived from the
 * passphrase for it (80 bytes as base64), which opens without a key derivation. Attributes and
 * labels are not secret: they name the journal by its random id and nothing more. */

#define KIND_PASSPHRASE "passphrase"
#define KIND_DERIVED    "derived"
#define DERIVED_BYTES   (LM_ID_BYTES + LM_KDF_DERIVED_BYTES)

G_DEFINE_QUARK (lm - keyring - error - quark, lm_keyring_error)

static const SecretSchema schema = {
  .name = "io.github.leitmotif_journal.Leitmotif",
  .flags = SECRET_SCHEMA_NONE,
  .attributes = { { "journal", SECRET_SCHEMA_ATTRIBUTE_STRING },
                  { "kind", SECRET_SCHEMA_ATTRIBUTE_STRING },
                  { NULL, 0 } },
};

void
lm_keyring_items_free (LmKeyringItems *items)
{
  g_clear_pointer (&items->passphrase, lm_secret_unref);
  g_clear_pointer (&items->derived, lm_secret_unref);
  g_free (items);
}

/* Into our codes; libsecret's own messages may name what should not be told. */
static GError *
translate_error (const GError *error)
{
  LmKeyringError code = LM_KEYRING_ERROR_FAILED;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (error);
  if (g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN) ||
      g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER) ||
      g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SPAWN_SERVICE_NOT_FOUND) ||
      g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SPAWN_EXEC_FAILED) ||
      g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SPAWN_CHILD_EXITED) ||
      g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SPAWN_FAILED) ||
      (error->domain == G_IO_ERROR && error->code != G_IO_ERROR_TIMED_OUT))
    code = LM_KEYRING_ERROR_NO_SERVICE;
  else if (g_error_matches (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
    code = LM_KEYRING_ERROR_LOCKED;
  return g_error_new (LM_KEYRING_ERROR,
                      (int) code,
                      "keyring: %s %d",
                      g_quark_to_string (error->domain),
                      error->code);
}

/* Looking up -------------------------------------------------------------------- */

static LmSecret *
take_text (SecretValue *value)
{
  gsize length;
  const char *text = secret_value_get (value, &length);
  LmSecret *secret = lm_secret_new (length);

  memcpy (lm_secret_bytes (secret), text, length);
  return secret;
}

static void
take_derived (LmKeyringItems *items, SecretValue *value)
{
  g_autoptr (LmSecret) bytes = lm_secret_new (DERIVED_BYTES);
  gsize length, n;
  const char *text = secret_value_get (value, &length);

  if (sodium_base642bin (lm_secret_bytes (bytes),
                         DERIVED_BYTES,
                         text,
                         length,
                         NULL,
                         &n,
                         NULL,
                         sodium_base64_VARIANT_ORIGINAL) != 0 ||
      n != DERIVED_BYTES)
    return;
  memcpy (items->slot.bytes, lm_secret_peek (bytes), LM_ID_BYTES);
  g_clear_pointer (&items->derived, lm_secret_unref);
  items->derived = lm_secret_new (LM_KDF_DERIVED_BYTES);
  memcpy (lm_secret_bytes (items->derived),
          lm_secret_peek (bytes) + LM_ID_BYTES,
          LM_KDF_DERIVED_BYTES);
}

/* Takes what @found holds into @items. Returns: whether it told its secret */
static gboolean
take_item (LmKeyringItems *items, SecretRetrievable *found, GError **error)
{
  g_autoptr (GHashTable) attributes = secret_retrievable_get_attributes (found);
  const char *kind = g_hash_table_lookup (attributes, "kind");
  g_autoptr (GError) why = NULL;
  SecretValue *value = secret_retrievable_retrieve_secret_sync (found, NULL, &why);

  if (value == NULL)
    {
      g_propagate_error (
          error,
          why != NULL
              ? translate_error (why)
              : g_error_new (LM_KEYRING_ERROR, LM_KEYRING_ERROR_LOCKED, "an item stays locked"));
      return FALSE;
    }
  if (g_strcmp0 (kind, KIND_PASSPHRASE) == 0 && items->passphrase == NULL)
    items->passphrase = take_text (value);
  else if (g_strcmp0 (kind, KIND_DERIVED) == 0)
    take_derived (items, value);
  secret_value_unref (value);
  return TRUE;
}

/**
 * lm_keyring_lookup:
 * @journal: whose secrets
 *
 * Asks the keyring, which may ask the person to unlock it first, for as long as they like: to be
 * called in a thread that may wait.
 *
 * Returns: (transfer full): what the keyring holds; the error is of domain %LM_KEYRING_ERROR
 */
LmKeyringItems *
lm_keyring_lookup (const LmId *journal, GError **error)
{
  g_autoptr (LmKeyringItems) items = g_new0 (LmKeyringItems, 1);
  g_autoptr (GError) why = NULL;
  GList *found = secret_password_search_sync (&schema,
                                              SECRET_SEARCH_ALL | SECRET_SEARCH_UNLOCK,
                                              NULL,
                                              &why,
                                              "journal",
                                              lm_id_format (journal).digits,
                                              NULL);

  if (why != NULL)
    {
      g_propagate_error (error, translate_error (why));
      return NULL;
    }
  for (GList *at = found; at != NULL; at = at->next)
    {
      /* Of several the last tells why. */
      g_clear_error (&why);
      take_item (items, at->data, &why);
    }
  g_list_free_full (found, g_object_unref);
  if (items->passphrase != NULL || items->derived != NULL)
    return g_steal_pointer (&items);
  if (why == NULL)
    why = g_error_new_literal (LM_KEYRING_ERROR,
                               LM_KEYRING_ERROR_NOTHING,
                               "nothing stored for this journal");
  g_propagate_error (error, g_steal_pointer (&why));
  return NULL;
}

/* Storing ------------------------------------------------------------------------- */

typedef struct
{
  LmId journal;
  LmId slot;
  LmSecret *derived;
} Store;

static void
store_free (gpointer data)
{
  Store *store = data;

  lm_secret_unref (store->derived);
  g_free (store);
}

static void
stored_derived_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;

  if (secret_password_store_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, translate_error (error));
}

static void
stored_passphrase_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Store *store = g_task_get_task_data (task);
  g_autoptr (LmSecret) bytes = lm_secret_new (DERIVED_BYTES);
  g_autoptr (LmSecret) text = NULL;
  g_autoptr (GError) error = NULL;
  const gsize room = sodium_base64_ENCODED_LEN (DERIVED_BYTES, sodium_base64_VARIANT_ORIGINAL);

  if (!secret_password_store_finish (result, &error))
    {
      g_task_return_error (task, translate_error (error));
      return;
    }
  memcpy (lm_secret_bytes (bytes), store->slot.bytes, LM_ID_BYTES);
  memcpy (lm_secret_bytes (bytes) + LM_ID_BYTES,
          lm_secret_peek (store->derived),
          LM_KDF_DERIVED_BYTES);
  text = lm_secret_new (room);
  sodium_bin2base64 ((char *) lm_secret_bytes (text),
                     room,
                     lm_secret_peek (bytes),
                     DERIVED_BYTES,
                     sodium_base64_VARIANT_ORIGINAL);
  secret_password_store (&schema,
                         SECRET_COLLECTION_DEFAULT,
                         /* Translators: the name of an item in the keyring (Passwords and Keys) */
                         _ ("Leitmotif journal, quick opening"),
                         (const char *) lm_secret_peek (text),
                         g_task_get_cancellable (task),
                         stored_derived_cb,
                         g_object_ref (task),
                         "journal",
                         lm_id_format (&store->journal).digits,
                         "kind",
                         KIND_DERIVED,
                         NULL);
}

/**
 * lm_keyring_store_async:
 * @passphrase: normalized
 * @slot: the key slot that it opens
 * @derived: what was derived from it for @slot
 *
 * Keeps both, replacing what was kept before.
 */
void
lm_keyring_store_async (const LmId *journal,
                        LmSecret *passphrase,
                        const LmId *slot,
                        LmSecret *derived,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, data);
  Store *store = g_new (Store, 1);
  gsize length = lm_secret_length (passphrase);
  g_autoptr (LmSecret) text = lm_secret_new (length + 1);

  g_task_set_source_tag (task, lm_keyring_store_async);
  *store = (Store) { *journal, *slot, lm_secret_ref (derived) };
  g_task_set_task_data (task, store, store_free);
  memcpy (lm_secret_bytes (text), lm_secret_peek (passphrase), length);
  secret_password_store (&schema,
                         SECRET_COLLECTION_DEFAULT,
                         /* Translators: the name of an item in the keyring (Passwords and Keys) */
                         _ ("Leitmotif journal, passphrase"),
                         (const char *) lm_secret_peek (text),
                         cancellable,
                         stored_passphrase_cb,
                         task,
                         "journal",
                         lm_id_format (journal).digits,
                         "kind",
                         KIND_PASSPHRASE,
                         NULL);
}

gboolean
lm_keyring_store_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Forgetting ------------------------------------------------------------------------ */

static void
cleared_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;

  secret_password_clear_finish (result, &error);
  if (error != NULL)
    g_task_return_error (task, translate_error (error));
  else
    g_task_return_boolean (task, TRUE); /* that nothing was there is as good */
}

/* Removes all that the keyring holds for @journal. */
void
lm_keyring_forget_async (const LmId *journal,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, data);

  g_task_set_source_tag (task, lm_keyring_forget_async);
  secret_password_clear (&schema,
                         cancellable,
                         cleared_cb,
                         task,
                         "journal",
                         lm_id_format (journal).digits,
                         NULL);
}

gboolean
lm_keyring_forget_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
