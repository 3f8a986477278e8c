/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <sodium.h>
#include <string.h>
#include <sys/stat.h>

#include "base/lm-json.h"
#include "journal/lm-file.h"
#include "journal/lm-saves.h"
#include "journal/lm-seen-private.h"
#include "journal/lm-store-error.h"
#include "vault/lm-vault-error.h"

/* This machine, as a hash that tells nothing of it; "" where it has no id, or none that can be read
 * just now, which is no sign of another machine. A copied home folder on
 * another machine is another computer and must count its saves apart. */
static char *
machine (void)
{
  g_autofree char *id = NULL;
  gsize length;
  LmId hash;

  if (!g_file_get_contents ("/etc/machine-id", &id, &length, NULL) &&
      !g_file_get_contents ("/var/lib/dbus/machine-id", &id, &length, NULL))
    return g_strdup ("");
  crypto_generichash (hash.bytes,
                      sizeof hash.bytes,
                      (guint8 *) id,
                      length,
                      (const guint8 *) "leitmotif machine",
                      strlen ("leitmotif machine"));
  return lm_id_to_string (&hash);
}

/* @in_doubt: it is there, or may be, and only cannot be read now: it is not to be replaced.
 * @sealed_off: it is there, under a key that is not. */
static JsonObject *
read_root (LmLocal *local, LmVault *vault, gboolean *in_doubt, gboolean *sealed_off)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file =
      lm_file_read (lm_local_folder (local), LM_LOCAL_SEEN, LM_SEALED_BYTES_MAX, &error);
  g_autoptr (GBytes) payload = NULL;
  gsize length;
  const char *text;

  *in_doubt = error != NULL && error->code != LM_STORE_ERROR_NOT_FOUND &&
              error->code != LM_STORE_ERROR_DAMAGED;
  if (file == NULL)
    return NULL;
  payload = lm_vault_open (vault, LM_SEAL_SEEN, file, NULL, &error);
  *sealed_off = g_error_matches (error, LM_VAULT_ERROR, LM_VAULT_ERROR_WAITING_FOR_KEY);
  if (payload == NULL)
    return NULL;
  text = g_bytes_get_data (payload, &length);
  return lm_json_parse (text, length, NULL);
}

/**
 * lm_seen_load:
 *
 * Reads what this computer has seen. Without it, or on another machine than it was written on, this
 * is a new computer with a new id: that can miss something, never invent it. If it is there and
 * only cannot be read now, it is not written over.
 *
 * Returns: (transfer full): what was seen
 */
LmSeen *
lm_seen_load (LmLocal *local, LmVault *vault)
{
  LmSeen *seen = g_new0 (LmSeen, 1);
  g_autofree char *here = machine ();
  const char *device;

  seen->not_newer =
      g_hash_table_new_full (lm_id_hash, lm_id_equal, g_free, (GDestroyNotify) lm_record_unref);
  seen->root = read_root (local, vault, &seen->in_doubt, &seen->sealed_off);
  if (seen->root == NULL)
    {
      seen->root = json_object_new ();
      json_object_set_string_member (seen->root, "kind", "seen");
    }
  device = lm_json_get_string (seen->root, "device");
  if (device == NULL || !lm_id_parse (device, -1, &seen->device) ||
      (here[0] != '\0' && g_strcmp0 (lm_json_get_string (seen->root, "machine"), here) != 0))
    {
      seen->device = lm_id_new_random ();
      json_object_set_string_member (seen->root, "device", lm_id_format (&seen->device).digits);
      json_object_set_string_member (seen->root, "machine", here);
      seen->changed = TRUE;
    }
  lm_seen_read_states (seen);
  seen->days = lm_days_read (lm_json_get_object (seen->root, "days"));
  return seen;
}

void
lm_seen_free (LmSeen *seen)
{
  json_object_unref (seen->root);
  g_hash_table_unref (seen->states);
  g_hash_table_unref (seen->not_newer);
  lm_days_free (seen->days);
  g_free (seen);
}

/* Returns: this computer's id */
const LmId *
lm_seen_device (LmSeen *seen)
{
  return &seen->device;
}

/* Notes the state in which a record was found or saved, if it is newer than what was seen. If it is
 * older, or another, then what was seen stays noted: see lm_store_find_losses (). */
void
lm_seen_note_record (LmSeen *seen, LmRecord *record)
{
  const LmKnown *known = lm_seen_state_of (seen, &record->id);

  lm_seen_note_trash (seen, record);
  if (known != NULL && lm_id_equal (&known->hash, &record->hash))
    {
      g_hash_table_remove (seen->not_newer, &record->id);
      return;
    }
  if (known != NULL && known->saves != NULL &&
      lm_saves_compare (record->saves, known->saves) != LM_SAVES_NEWER)
    {
      g_hash_table_replace (seen->not_newer, lm_id_copy (&record->id), lm_record_ref (record));
      return;
    }
  lm_seen_accept_record (seen, record);
}

/* Notes @record whatever was seen before. */
void
lm_seen_accept_record (LmSeen *seen, LmRecord *record)
{
  lm_seen_set_state (seen, record);
  g_hash_table_remove (seen->not_newer, &record->id);
}

/* Which folder on which file system it is, as text; "" where that cannot be told. */
static char *
file_of (int folder)
{
  struct stat info;

  return fstat (folder, &info) == 0 ? g_strdup_printf ("%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT,
                                                       (guint64) info.st_dev,
                                                       (guint64) info.st_ino)
                                    : g_strdup ("");
}

/* Notes where the journal lies. @folder: a descriptor of a folder in it */
void
lm_seen_note_folder (LmSeen *seen, const char *path, int folder)
{
  g_autofree char *file = file_of (folder);

  if (g_strcmp0 (lm_json_get_string (seen->root, "folder"), path) == 0 &&
      g_strcmp0 (lm_json_get_string (seen->root, "file"), file) == 0)
    return;
  json_object_set_string_member (seen->root, "folder", path);
  json_object_set_string_member (seen->root, "file", file);
  seen->changed = TRUE;
}

/**
 * lm_seen_other_folder:
 * @path: where the journal lies now
 * @folder: a descriptor of a folder in it
 *
 * A folder that was renamed is the same folder under another path. One that is another folder at
 * the same path is where it always was: a drive has other numbers each time.
 *
 * Returns: (transfer none) (nullable): where the journal lay before, if it may have moved or this
 * be a copy of it
 */
const char *
lm_seen_other_folder (LmSeen *seen, const char *path, int folder)
{
  const char *before = lm_json_get_string (seen->root, "folder");
  g_autofree char *file = file_of (folder);

  if (before == NULL || g_str_equal (before, path) ||
      g_strcmp0 (lm_json_get_string (seen->root, "file"), file) == 0)
    return NULL;
  return before;
}

/* Whether the person said that what lies at @path is a copy of the journal. */
gboolean
lm_seen_is_copy (LmSeen *seen, const char *path)
{
  JsonObject *copies = lm_json_get_object (seen->root, "copies");

  return copies != NULL && json_object_has_member (copies, path);
}

/* Notes what the person says about @path: that it is a copy, or not (any more). */
void
lm_seen_set_copy (LmSeen *seen, const char *path, gboolean is_copy)
{
  JsonObject *copies = lm_json_get_object (seen->root, "copies");

  if (lm_seen_is_copy (seen, path) == is_copy)
    return;
  if (copies == NULL)
    {
      copies = json_object_new ();
      json_object_set_object_member (seen->root, "copies", copies);
    }
  if (is_copy)
    json_object_set_boolean_member (copies, path, TRUE);
  else
    json_object_remove_member (copies, path);
  seen->changed = TRUE;
}

/**
 * lm_seen_count_unused:
 * @unused: (element-type LmId): attachments that nothing names today
 * @today: the date, as "2026-11-23"
 * @days: after so many later dates
 *
 * Counts one more date for each that was unused before already, and forgets the others. A date that
 * is not later than the one before counts nothing.
 *
 * Returns: (transfer full) (element-type LmId): those that may go; they are forgotten
 */
GPtrArray *
lm_seen_count_unused (LmSeen *seen, GHashTable *unused, const char *today, guint days)
{
  GPtrArray *ripe = g_ptr_array_new_with_free_func (g_free);
  JsonObject *before = lm_json_get_object (seen->root, "unused");
  JsonObject *after = json_object_new ();
  GHashTableIter iter;
  gpointer key;

  if (before == NULL && g_hash_table_size (unused) == 0)
    {
      json_object_unref (after);
      return ripe;
    }
  g_hash_table_iter_init (&iter, unused);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      LmIdText name = lm_id_format (key);
      JsonObject *old = before != NULL ? lm_json_get_object (before, name.digits) : NULL;
      const char *last = old != NULL ? lm_json_get_string (old, "last") : NULL;
      JsonObject *state = json_object_new ();
      gint64 count = 0;

      if (old != NULL)
        lm_json_get_integer (old, "days", &count);
      if (last != NULL && strcmp (today, last) > 0)
        count++;
      if (count > (gint64) days)
        {
          g_ptr_array_add (ripe, lm_id_copy (key));
          json_object_unref (state);
          continue;
        }
      json_object_set_int_member (state, "days", MAX (count, 0));
      json_object_set_string_member (state, "last", today);
      json_object_set_object_member (after, name.digits, state);
    }
  json_object_set_object_member (seen->root, "unused", after);
  seen->changed = TRUE;
  return ripe;
}

/* Writes it, sealed, if anything is new. */
gboolean
lm_seen_write (LmSeen *seen, LmLocal *local, LmVault *vault, GError **error)
{
  g_autoptr (GBytes) payload = NULL;
  g_autoptr (GBytes) file = NULL;
  gint64 generation = 0;
  char *text;
  gsize length;

  /* Never over a newer one. */
  if (!seen->changed || seen->sealed_off)
    return TRUE;
  if (seen->in_doubt)
    {
      g_set_error (error,
                   LM_STORE_ERROR,
                   LM_STORE_ERROR_IO,
                   LM_LOCAL_SEEN ": could not be read, and is not written over");
      return FALSE;
    }
  if (!lm_json_get_integer (seen->root, "generation", &generation) ||
      generation < lm_vault_generation (vault))
    json_object_set_int_member (seen->root, "generation", lm_vault_generation (vault));
  text = lm_seen_write_states (seen, &length);
  payload = g_bytes_new_take (text, length);
  file = lm_vault_seal (vault, LM_SEAL_SEEN, lm_vault_journal (vault), payload, error);
  if (file == NULL || !lm_file_write_local (lm_local_folder (local), LM_LOCAL_SEEN, file, error))
    return FALSE;
  seen->changed = FALSE;
  return TRUE;
}
