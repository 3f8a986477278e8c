/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "journal/lm-file-name.h"
#include "journal/lm-file.h"
#include "journal/lm-store-error.h"
#include "journal/lm-store-private.h"
#include "vault/lm-attachment.h"

/* Second files of an attachment, under whatever name: sync tools copy these as well, after two
 * computers have sealed one anew. Told apart by what they hold, never by a name. One that says the
 * same goes, one that does not stays and is named. */

typedef enum
{
  COPY_SAME,    /* opens to the same text */
  COPY_ONLY,    /* opens, and there is no other */
  COPY_INSTEAD, /* opens, and the other does not */
  COPY_OTHER,   /* everything else */
} Copy;

typedef struct
{
  Copy verdict;
  struct stat own;
  struct stat copy;
} Known;

static char *
own_name (const LmId *id)
{
  return g_strdup_printf ("%s.bin", lm_id_format (id).digits);
}

/**
 * lm_store_attachment_copy_of:
 * @folder: of attachments
 * @name: a file in it
 * @id: (out): the attachment that it says to be
 *
 * Returns: whether @name is a file of an attachment of this journal, under another name than its
 * own
 */
gboolean
lm_store_attachment_copy_of (LmStore *store, int folder, const char *name, LmId *id)
{
  LmAttachmentHead head;
  struct stat info;
  LmId of_name;
  int file;

  /* One with a name of its own is read only when it is shown. */
  if (name[0] == '.' || lm_file_name_parse (name, ".bin", &of_name))
    return FALSE;
  file = lm_store_open_attachment (store, folder, name, &info, &head);
  if (file < 0)
    return FALSE;
  close (file);
  *id = head.id;
  return TRUE;
}

/* Judging ------------------------------------------------------------------------------------ */

static gboolean
digest (LmStore *store, int folder, const char *name, const LmId *id, LmAttachmentHash *hash)
{
  int file = lm_file_open (folder, name);
  g_autoptr (GInputStream) sealed = NULL;

  if (file < 0)
    return FALSE;
  sealed = g_unix_input_stream_new (file, TRUE);
  return lm_attachment_digest (store->vault, id, sealed, hash, NULL, NULL);
}

static gboolean
is_as_it_was (const struct stat *a, const struct stat *b)
{
  return lm_file_is_unchanged (a, b) && memcmp (&a->st_ctim, &b->st_ctim, sizeof a->st_ctim) == 0;
}

static Copy
judge_now (LmStore *store, int folder, const char *name, const char *own, const LmId *id)
{
  LmAttachmentHash theirs, ours;

  if (!digest (store, folder, name, id, &theirs))
    return COPY_OTHER;
  if (faccessat (folder, own, F_OK, AT_SYMLINK_NOFOLLOW) != 0)
    return errno == ENOENT ? COPY_ONLY : COPY_OTHER;
  if (!digest (store, folder, own, id, &ours))
    return COPY_INSTEAD;
  return memcmp (ours.bytes, theirs.bytes, sizeof ours.bytes) == 0 ? COPY_SAME : COPY_OTHER;
}

/* To open both takes a moment: once for each state of the two. */
static Copy
judge (LmStore *store, int folder, const char *name, const char *own, const LmId *id)
{
  Known *known = g_hash_table_lookup (store->attachment_copies, name);
  Known now = { COPY_OTHER, { 0 }, { 0 } };

  if (fstatat (folder, name, &now.copy, AT_SYMLINK_NOFOLLOW) != 0)
    return COPY_OTHER;
  if (fstatat (folder, own, &now.own, AT_SYMLINK_NOFOLLOW) != 0)
    memset (&now.own, 0, sizeof now.own);
  if (known != NULL && is_as_it_was (&known->own, &now.own) &&
      is_as_it_was (&known->copy, &now.copy))
    return known->verdict;
  now.verdict = judge_now (store, folder, name, own, id);
  g_hash_table_replace (store->attachment_copies, g_strdup (name), g_memdup2 (&now, sizeof now));
  return now.verdict;
}

/* Settling ----------------------------------------------------------------------------------- */

/* Removes @name, which said the same as another file, if it still is the file that was looked at.
 */
static gboolean
remove_same (LmStore *store, int folder, const char *name, const LmId *id)
{
  Known *known = g_hash_table_lookup (store->attachment_copies, name);
  g_autofree char *aside = lm_store_temporary_name (store, id);
  struct stat info;

  if (!lm_file_publish (folder, name, aside, NULL))
    return FALSE;
  /* Its name alone has changed since. */
  if (fstatat (folder, aside, &info, AT_SYMLINK_NOFOLLOW) == 0 &&
      lm_file_is_unchanged (&info, &known->copy))
    return lm_file_remove (folder, aside, NULL);
  if (!lm_file_publish (folder, aside, name, NULL))
    g_debug ("%s keeps its temporary name", aside);
  return FALSE;
}

/* Returns: whether there is nothing to tell of @name */
static gboolean
settle (LmStore *store, int folder, const char *name, const LmId *id, gboolean *merged)
{
  g_autofree char *own = own_name (id);
  Copy verdict = judge (store, folder, name, own, id);

  if (store->read_only || store->shared)
    return verdict == COPY_SAME;
  switch (verdict)
    {
    case COPY_SAME:
      if (!remove_same (store, folder, name, id))
        return FALSE;
      *merged = TRUE;
      return TRUE;
    case COPY_ONLY:
      return lm_file_publish (folder, name, own, NULL) && lm_file_sync_folder (folder, own, NULL);
    case COPY_INSTEAD:
      /* Both stay; what does not open has the copy's name then, and is told of. */
      if (lm_file_exchange (folder, name, own, NULL) != LM_EXCHANGE_DONE ||
          !lm_file_sync_folder (folder, own, NULL))
        g_debug ("%s could not take its place", name);
      return FALSE;
    case COPY_OTHER:
    default:
      return FALSE;
    }
}

/**
 * lm_store_settle_attachments:
 * @problems: (element-type LmProblem): gets those that stay as they are
 * @merged: (inout): set if something was put away
 *
 * Looks at the files of attachments that have other names than their own.
 */
void
lm_store_settle_attachments (LmStore *store, GPtrArray *problems, gboolean *merged)
{
  int folder =
      openat (store->entries, "../" LM_FOLDER_ATTACHMENTS, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  g_autoptr (GPtrArray) names = NULL;

  if (folder < 0)
    return;
  names = lm_file_list (folder, ".", NULL);
  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      const char *name = names->pdata[i];
      g_autofree char *path = g_build_filename (LM_FOLDER_ATTACHMENTS, name, NULL);
      LmId id;

      if (!lm_store_attachment_copy_of (store, folder, name, &id))
        continue;
      if (!settle (store, folder, name, &id, merged))
        g_ptr_array_add (problems,
                         lm_problem_new (path,
                                         &id,
                                         g_error_new (LM_STORE_ERROR,
                                                      LM_STORE_ERROR_ATTACHMENT_COPY,
                                                      "%s: a second file of an attachment",
                                                      path)));
    }
  close (folder);
}
