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

#include "journal/lm-file-name.h"
#include "journal/lm-file-stream.h"
#include "journal/lm-file.h"
#include "journal/lm-store-attachments.h"
#include "journal/lm-store-error.h"
#include "journal/lm-store-private.h"

/* The files in attachments/, written once and never changed. They go the same nine steps as
 * entries; the entry that names one is saved only after all of them. */

/* Opens the folder, or makes it. Returns: a descriptor to close, or -1 */
static int
open_folder (LmStore *store, gboolean make, GError **error)
{
  int journal = openat (store->entries, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int folder;

  if (journal < 0)
    {
      lm_file_set_error (error, errno, LM_FOLDER_ATTACHMENTS);
      return -1;
    }
  folder = make ? lm_file_make_folder (journal, LM_FOLDER_ATTACHMENTS, error)
                : lm_file_open_folder (journal, LM_FOLDER_ATTACHMENTS, error);
  close (journal);
  return folder;
}

static char *
file_name (const LmId *id)
{
  return g_strdup_printf ("%s.bin", lm_id_format (id).digits);
}

static gboolean
fail (GError **error, const char *name)
{
  lm_file_set_error (error, errno, name);
  return FALSE;
}

/* Opens @name if it is an attachment of this journal, whatever it is called. Returns: a descriptor
 * to close, or -1 */
int
lm_store_open_attachment (
    LmStore *store, int folder, const char *name, struct stat *info, LmAttachmentHead *head)
{
  guint8 bytes[LM_ATTACHMENT_HEAD_BYTES];
  int file = lm_file_open (folder, name);

  if (file < 0)
    return -1;
  if (fstat (file, info) == 0 && S_ISREG (info->st_mode) &&
      pread (file, bytes, sizeof bytes, 0) == (ssize_t) sizeof bytes &&
      lm_attachment_read_head (bytes, sizeof bytes, head, NULL) &&
      lm_id_equal (&head->journal, lm_vault_journal (store->vault)))
    return file;
  close (file);
  return -1;
}

/* Adding ------------------------------------------------------------------------------------ */

/* Steps 1 to 6: seals each chunk and checks it, writes, syncs and closes. On failure nothing is
 * left. */
static gboolean
write_sealed (LmStore *store,
              int folder,
              const char *temporary,
              GInputStream *plain,
              LmAttachment *attachment,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (GOutputStream) sealed = lm_file_stream_new (folder, temporary, error);
  gboolean good;

  if (sealed == NULL)
    return FALSE;
  if (fallocate (g_unix_output_stream_get_fd (G_UNIX_OUTPUT_STREAM (sealed)),
                 0,
                 0,
                 (off_t) lm_attachment_sealed_size (attachment->size)) != 0 &&
      (errno == ENOSPC || errno == EDQUOT || errno == EFBIG))
    good = fail (error, temporary);
  else
    good = lm_attachment_seal (store->vault,
                               &attachment->id,
                               plain,
                               attachment->size,
                               sealed,
                               &attachment->hash,
                               cancellable,
                               error);
  return lm_file_stream_finish (sealed, folder, temporary, good, error);
}

/**
 * lm_store_add_attachment:
 * @plain: the file to attach
 * @size: of it, in bytes
 * @name: as the person knows it
 * @type: its media type
 * @cancellable: (nullable): to stop; then nothing is left
 * @error: domain %LM_STORE_ERROR or %LM_VAULT_ERROR, or of @plain
 *
 * Seals a file and keeps it durably. No entry names it yet: the caller puts it into one by
 * lm_content_add_attachment ().
 *
 * Returns: (transfer full): what the entry is to say of it
 */
LmAttachment *
lm_store_add_attachment (LmStore *store,
                         GInputStream *plain,
                         guint64 size,
                         const char *name,
                         const char *type,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (LmAttachment) attachment = g_new0 (LmAttachment, 1);
  g_autofree char *final = NULL;
  g_autofree char *temporary = NULL;
  gboolean good;
  int folder;

  attachment->id = lm_id_new_random ();
  attachment->name = g_strdup (name);
  attachment->type = g_strdup (type);
  attachment->description = g_strdup ("");
  attachment->size = size;
  final = file_name (&attachment->id);
  temporary = lm_store_temporary_name (store, &attachment->id);
  if (!lm_store_check_writable (store, final, error))
    return NULL;
  if (size > LM_ATTACHMENT_BYTES_MAX)
    {
      g_set_error (error, LM_STORE_ERROR, LM_STORE_ERROR_TOO_LARGE, "%s: too large", final);
      return NULL;
    }
  folder = open_folder (store, TRUE, error);
  if (folder < 0)
    return NULL;
  good = write_sealed (store, folder, temporary, plain, attachment, cancellable, error);
  if (good && !lm_file_publish (folder, temporary, final, error))
    {
      lm_file_remove (folder, temporary, NULL);
      good = FALSE;
    }
  good = good && lm_file_sync_folder (folder, final, error);
  close (folder);
  return good ? g_steal_pointer (&attachment) : NULL;
}

/* Reading -------------------------------------------------------------------------------------- */

/**
 * lm_store_read_attachment:
 * @attachment: as an entry lists it
 * @plain: takes its bytes, each after its chunk has verified
 * @error: domain %LM_STORE_ERROR or %LM_VAULT_ERROR: it is missing, still arriving or damaged. Then
 *   what is in @plain may be a part of it
 */
gboolean
lm_store_read_attachment (LmStore *store,
                          const LmAttachment *attachment,
                          GOutputStream *plain,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autofree char *name = file_name (&attachment->id);
  g_autoptr (GInputStream) sealed = NULL;
  int folder = open_folder (store, FALSE, error), file;
  struct stat info;

  if (folder < 0)
    return FALSE;
  file = lm_file_open (folder, name);
  if (file < 0)
    {
      fail (error, name);
      close (folder);
      return FALSE;
    }
  close (folder);
  sealed = g_unix_input_stream_new (file, TRUE);
  if (fstat (file, &info) != 0)
    return fail (error, name);
  if (!S_ISREG (info.st_mode) ||
      (guint64) info.st_size != lm_attachment_sealed_size (attachment->size))
    {
      g_set_error (error,
                   LM_STORE_ERROR,
                   LM_STORE_ERROR_DAMAGED,
                   "%s: not of the size that the entry says",
                   name);
      return FALSE;
    }
  if (lm_attachment_open (store->vault,
                          &attachment->id,
                          sealed,
                          attachment->size,
                          &attachment->hash,
                          plain,
                          cancellable,
                          error))
    return TRUE;
  g_prefix_error (error, "%s: ", name);
  return FALSE;
}

/**
 * lm_store_copy_attachment:
 * @path: where the person wants a copy, outside the journal. It is not encrypted
 * @error: as of lm_store_read_attachment (); then what was at @path before is still there
 */
gboolean
lm_store_copy_attachment (LmStore *store,
                          const LmAttachment *attachment,
                          const char *path,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autofree char *parent = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  LmId random = lm_id_new_random ();
  g_autofree char *temporary = g_strdup_printf (".~%s.part", lm_id_format (&random).digits);
  g_autoptr (GOutputStream) out = NULL;
  int folder = lm_file_open_folder (AT_FDCWD, parent, error);
  gboolean good;

  if (folder < 0)
    return FALSE;
  out = lm_file_stream_new (folder, temporary, error);
  good = out != NULL && lm_file_stream_finish (
                            out,
                            folder,
                            temporary,
                            lm_store_read_attachment (store, attachment, out, cancellable, error),
                            error);
  good = good && lm_file_rename (folder, temporary, name, error);
  if (good)
    good = lm_file_sync_folder (folder, name, error);
  else
    unlinkat (folder, temporary, 0);
  close (folder);
  return good;
}

/* Removing ----------------------------------------------------------------------------------------
 */

/* Removes the file of an attachment for good. For the purge of its record, and for nothing else. */
gboolean
lm_store_remove_attachment (LmStore *store, const LmId *id, GError **error)
{
  g_autofree char *name = file_name (id);
  g_autoptr (GError) local = NULL;
  int folder = open_folder (store, FALSE, &local);
  gboolean good;

  if (folder < 0)
    {
      if (g_error_matches (local, LM_STORE_ERROR, LM_STORE_ERROR_NOT_FOUND))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  good = lm_file_remove (folder, name, error) && lm_file_sync_folder (folder, name, error);
  close (folder);
  return good;
}

/* Takes the attachments that a text names out of @unused. Any run of 32 hex digits counts as a
 * name, whatever key it stands under: a newer version may refer to attachments elsewhere. */
static void
take_named (GHashTable *unused, GBytes *payload)
{
  gsize length, run = 0;
  const char *text = g_bytes_get_data (payload, &length);
  g_autoptr (LmContent) content = lm_content_read (payload, NULL);

  for (gsize i = 0; i < length; i++)
    {
      run = g_ascii_isxdigit (text[i]) ? run + 1 : 0;
      if (run >= LM_ID_DIGITS)
        {
          LmId id;

          if (lm_id_parse (text + i + 1 - LM_ID_DIGITS, LM_ID_DIGITS, &id))
            g_hash_table_remove (unused, &id);
        }
    }
  if (content != NULL)
    {
      g_autoptr (GPtrArray) list = lm_content_list_attachments (content);

      for (guint i = 0; i < list->len; i++)
        g_hash_table_remove (unused, &((LmAttachment *) list->pdata[i])->id);
    }
}

/* Goes through every sealed file in @folder and the folders in it. FALSE if one of them cannot be
 * read: it might name anything. */
static gboolean
take_named_in (LmStore *store, int folder, LmSealKind kind, GHashTable *unused, guint depth)
{
  g_autoptr (GPtrArray) names = lm_file_list (folder, ".", NULL);
  gboolean good = names != NULL;

  for (guint i = 0; good && i < names->len && g_hash_table_size (unused) > 0; i++)
    {
      const char *name = names->pdata[i];
      struct stat info;
      g_autoptr (GBytes) file = NULL;
      g_autoptr (GBytes) payload = NULL;

      good = fstatat (folder, name, &info, AT_SYMLINK_NOFOLLOW) == 0;
      if (good && !S_ISDIR (info.st_mode) && !g_str_has_suffix (name, ".json") &&
          !g_str_has_suffix (name, ".part"))
        continue; /* of another program */
      if (good && S_ISDIR (info.st_mode) && depth > 0)
        {
          int inner = lm_file_open_folder (folder, name, NULL);

          good = inner >= 0 && take_named_in (store, inner, kind, unused, depth - 1);
          if (inner >= 0)
            close (inner);
        }
      else if (good && S_ISREG (info.st_mode))
        {
          file = lm_file_read (folder, name, LM_SEALED_BYTES_MAX, NULL);
          if (file != NULL)
            payload = lm_vault_open (store->vault, kind, file, NULL, NULL);
          good = payload != NULL;
          if (good)
            take_named (unused, payload);
        }
    }
  return good;
}

static GHashTable *
list_attachments (int folder)
{
  g_autoptr (GPtrArray) names = lm_file_list (folder, ".", NULL);
  GHashTable *all = g_hash_table_new_full (lm_id_hash, lm_id_equal, g_free, NULL);

  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      const char *name = names->pdata[i];
      LmId id;

      if (lm_file_name_parse (name, ".bin", &id))
        g_hash_table_add (all, lm_id_copy (&id));
    }
  return all;
}

/**
 * lm_store_tidy_attachments:
 * @removed: (out) (optional): how many went
 * @error: domain %LM_STORE_ERROR
 *
 * Notes which attachments no entry, copy, draft or version names, and removes those that were so on
 * LM_ATTACHMENT_UNUSED_DAYS later dates on which this computer had the journal open. Call it once
 * after opening. A clock that jumps counts as one date at most; one file that cannot be read, and
 * nothing is counted.
 *
 * Returns: %FALSE if something could not be removed
 */
gboolean
lm_store_tidy_attachments (LmStore *store, guint *removed, GError **error)
{
  g_autoptr (GDateTime) now = lm_clock_now (store->clock);
  g_autofree char *today = g_date_time_format (now, "%Y-%m-%d");
  g_autoptr (GHashTable) unused = NULL;
  g_autoptr (GPtrArray) ripe = NULL;
  gboolean good = TRUE;
  int folder;

  if (removed != NULL)
    *removed = 0;
  if (store->shared || store->read_only || lm_store_has_aside (store))
    return TRUE;
  folder = open_folder (store, FALSE, NULL);
  if (folder < 0)
    return TRUE;
  unused = list_attachments (folder);
  if (!take_named_in (store, store->entries, LM_SEAL_ENTRY, unused, 1) ||
      !take_named_in (store, lm_local_drafts (store->local), LM_SEAL_DRAFT, unused, 0) ||
      !take_named_in (store, lm_local_versions (store->local), LM_SEAL_ENTRY, unused, 1))
    {
      close (folder);
      return TRUE;
    }
  ripe = lm_seen_count_unused (store->seen, unused, today, LM_ATTACHMENT_UNUSED_DAYS);
  for (guint i = 0; good && i < ripe->len; i++)
    {
      g_autofree char *name = file_name (ripe->pdata[i]);

      good = lm_file_remove (folder, name, error);
      if (good && removed != NULL)
        (*removed)++;
    }
  close (folder);
  return good;
}
