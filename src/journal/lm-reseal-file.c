/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <gio/gunixoutputstream.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "journal/lm-file-stream.h"
#include "journal/lm-file.h"
#include "journal/lm-reseal-file.h"
#include "journal/lm-store-error.h"
#include "vault/lm-attachment.h"
#include "vault/lm-vault-error.h"

/* One file: opened with the old key, sealed with the current one, put in its place, read again from
 * the disk and compared. What does not open stays as it is: it is named elsewhere. */

/* As of a save, so that an earlier run's is found and kept (lm-store-save.c). */
static char *
temporary_name (LmStore *store, const LmId *id)
{
  LmId random = lm_id_new_random ();

  return g_strdup_printf (".~%s-%s-%.8s.part",
                          lm_id_format (id).digits,
                          lm_id_format (lm_seen_device (store->seen)).digits,
                          lm_id_format (&random).digits);
}

static gboolean
refuse (GError **error, const char *name, const char *why)
{
  g_set_error (error, LM_STORE_ERROR, LM_STORE_ERROR_IO, "%s: %s", name, why);
  return FALSE;
}

/* Replacing ----------------------------------------------------------------------------
 *
 * Whether @name still is the file that was read: then it may be replaced. */
typedef gboolean (*IsOld) (int folder, const char *name, gpointer data);

/* Somebody wrote @name meanwhile, and their file now is @temporary: it gets its place back, and our
 * old text, which is safe elsewhere, waits for the next round. */
static gboolean
give_back (int folder, const char *temporary, const char *name, GError **error)
{
  if (lm_file_exchange (folder, temporary, name, error) == LM_EXCHANGE_DONE)
    return lm_file_sync_folder (folder, name, error) && lm_file_remove (folder, temporary, error);
  if (error != NULL && *error == NULL)
    refuse (error, name, "was changed meanwhile");
  return FALSE;
}

/* Puts the written and synced @temporary in the place of @name. */
static gboolean
replace (int folder,
         const char *temporary,
         const char *name,
         IsOld is_old,
         gpointer data,
         GError **error)
{
  switch (lm_file_exchange (folder, temporary, name, error))
    {
    case LM_EXCHANGE_DONE:
      if (!is_old (folder, temporary, data))
        return give_back (folder, temporary, name, error);
      return lm_file_sync_folder (folder, name, error) && lm_file_remove (folder, temporary, error);
    case LM_EXCHANGE_ABSENT:
      /* Taken away meanwhile; it is not brought back. */
      return lm_file_remove (folder, temporary, error);
    case LM_EXCHANGE_UNSUPPORTED:
      if (!is_old (folder, name, data))
        return lm_file_remove (folder, temporary, error);
      return lm_file_rename (folder, temporary, name, error) &&
             lm_file_sync_folder (folder, name, error);
    case LM_EXCHANGE_FAILED:
    default:
      lm_file_remove (folder, temporary, NULL);
      return FALSE;
    }
}

/* Records and drafts --------------------------------------------------------------------- */

static gboolean
is_same_file (int folder, const char *name, gpointer data)
{
  g_autoptr (GBytes) file = lm_file_read (folder, name, LM_SEALED_BYTES_MAX, NULL);

  return file != NULL && g_bytes_equal (file, data);
}

/* Whether the file on the disk has the text and the current key, or is somebody's newer one. */
static gboolean
check_record (
    LmStore *store, LmSealKind kind, int folder, const char *name, GBytes *payload, GError **error)
{
  g_autoptr (GBytes) file = lm_file_read (folder, name, LM_SEALED_BYTES_MAX, error);
  g_autoptr (GBytes) again = NULL;
  gboolean retired;

  if (file == NULL)
    return FALSE;
  again = lm_vault_open_any (store->vault, kind, file, NULL, &retired, error);
  if (again == NULL)
    return FALSE;
  return (!retired && g_bytes_equal (again, payload)) ||
         refuse (error, name, "is not as it was written");
}

static gboolean
is_believed (LmStore *store, const char *name, const LmId *id, GBytes *payload)
{
  g_autoptr (LmRecord) record = lm_record_read (id, payload, NULL);

  return record != NULL && lm_store_trusts (store, name, record);
}

/**
 * lm_reseal_record:
 * @folder: an open folder
 * @name: a file in it
 * @error: it should be sealed anew, and could not be
 *
 * Seals an entry, version or draft with the current key if it is not yet, the payload's bytes
 * unchanged.
 */
gboolean
lm_reseal_record (LmStore *store,
                  LmResealPlace place,
                  LmSealKind kind,
                  int folder,
                  const char *name,
                  GError **error)
{
  g_autoptr (GBytes) file = lm_file_read (folder, name, LM_SEALED_BYTES_MAX, NULL);
  g_autoptr (GBytes) payload = NULL, fresh = NULL;
  gboolean retired, written;
  LmId id;

  if (file != NULL)
    payload = lm_vault_open_any (store->vault, kind, file, &id, &retired, NULL);
  if (payload == NULL || !retired)
    return TRUE;
  if (place == LM_RESEAL_JOURNAL && !is_believed (store, name, &id, payload))
    return TRUE;
  fresh = lm_vault_seal (store->vault, kind, &id, payload, error);
  if (fresh == NULL)
    return FALSE;
  if (place == LM_RESEAL_JOURNAL)
    {
      g_autofree char *temporary = temporary_name (store, &id);

      written = lm_file_write_new (folder, temporary, fresh, error) &&
                replace (folder, temporary, name, is_same_file, file, error);
      /* Somebody's newer file may be there now. */
      if (written && !is_same_file (folder, name, fresh))
        return TRUE;
    }
  else
    written = lm_file_write_local (folder, name, fresh, error);
  return written && check_record (store, kind, folder, name, payload, error);
}

/* Attachments -------------------------------------------------------------------------- */

static gboolean
is_same_inode (int folder, const char *name, gpointer data)
{
  struct stat info;

  return fstatat (folder, name, &info, AT_SYMLINK_NOFOLLOW) == 0 &&
         lm_file_is_unchanged (&info, data);
}

/* Into the errors that files have elsewhere. */
static void
translate_error (GError **error, GError *local, const char *name)
{
  if (local->domain != G_IO_ERROR)
    {
      g_propagate_error (error, local);
      return;
    }
  g_set_error (error, LM_STORE_ERROR, LM_STORE_ERROR_IO, "%s: %s", name, local->message);
  g_error_free (local);
}

/* Writes the attachment in @file anew as @temporary, and syncs it. */
static gboolean
write_attachment (
    LmStore *store, int folder, int file, const LmId *id, const char *temporary, GError **error)
{
  g_autoptr (GInputStream) old = g_unix_input_stream_new (file, FALSE);
  g_autoptr (GOutputStream) sealed = lm_file_stream_new (folder, temporary, error);
  GError *local = NULL;
  gboolean good;

  if (sealed == NULL)
    return FALSE;
  good = lm_attachment_reseal (store->vault, id, old, sealed, NULL, &local);
  if (lm_file_stream_finish (sealed, folder, temporary, good, &local))
    return TRUE;
  translate_error (error, local, temporary);
  return FALSE;
}

/* Whether all of the attachment @name opens with the current key. */
static gboolean
check_attachment (LmStore *store, int folder, const char *name, const LmId *id, GError **error)
{
  g_autoptr (GInputStream) sealed = NULL;
  GError *local = NULL;
  LmAttachmentHead head;
  struct stat info;
  int file = lm_store_open_attachment (store, folder, name, &info, &head);

  if (file < 0 || !lm_vault_is_current (store->vault, &head.key))
    {
      if (file >= 0)
        close (file);
      return refuse (error, name, "is not as it was written");
    }
  sealed = g_unix_input_stream_new (file, TRUE);
  if (lm_attachment_open (store->vault, id, sealed, LM_ATTACHMENT_PADDED, NULL, NULL, NULL, &local))
    return TRUE;
  translate_error (error, local, name);
  return FALSE;
}

/* What an earlier run of this computer left beside an attachment goes once that is sealed anew. */
static void
remove_left_over (LmStore *store, int folder, const char *name)
{
  g_autofree char *ours =
      g_strdup_printf ("-%s-", lm_id_format (lm_seen_device (store->seen)).digits);
  g_autofree char *target = NULL;
  LmId id;

  if (strlen (name) < 2 + LM_ID_DIGITS || !lm_id_parse (name + 2, LM_ID_DIGITS, &id) ||
      strstr (name, ours) == NULL)
    return;
  target = g_strdup_printf ("%s.bin", lm_id_format (&id).digits);
  if (check_attachment (store, folder, target, &id, NULL))
    lm_file_remove (folder, name, NULL);
}

/**
 * lm_reseal_attachment:
 *
 * As lm_reseal_record (), for an attachment: the same id, a new salt. What opens there is told by
 * the hash in the entry, so an attachment is believed by whoever believes its entry.
 */
gboolean
lm_reseal_attachment (
    LmStore *store, LmResealPlace place, int folder, const char *name, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *temporary = NULL;
  LmAttachmentHead head;
  struct stat info;
  int file;
  gboolean good;

  if (place == LM_RESEAL_JOURNAL && name[0] == '.')
    {
      remove_left_over (store, folder, name);
      return TRUE;
    }
  file = lm_store_open_attachment (store, folder, name, &info, &head);
  if (file < 0)
    return TRUE;
  if (lm_vault_is_current (store->vault, &head.key) || !lm_vault_knows (store->vault, &head.key))
    {
      close (file);
      return TRUE;
    }
  temporary = temporary_name (store, &head.id);
  good = write_attachment (store, folder, file, &head.id, temporary, &local);
  close (file);
  if (!good)
    {
      /* One that is damaged stays as it is. */
      if (local->domain == LM_VAULT_ERROR)
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!check_attachment (store, folder, temporary, &head.id, error))
    {
      lm_file_remove (folder, temporary, NULL);
      return FALSE;
    }
  if (place == LM_RESEAL_JOURNAL)
    return replace (folder, temporary, name, is_same_inode, &info, error);
  return lm_file_rename (folder, temporary, name, error) &&
         lm_file_sync_folder (folder, name, error);
}
