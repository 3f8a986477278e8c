/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <fcntl.h>
#include <unistd.h>

#include "journal/lm-file-name.h"
#include "journal/lm-file.h"
#include "journal/lm-folder-private.h"
#include "journal/lm-retired.h"
#include "journal/lm-store-error.h"
#include "vault/lm-vault-error.h"

/* The key files of a journal: which are tried, in which order, and which are only told of. */

void
lm_key_file_free (gpointer data)
{
  KeyFile *file = data;

  g_free (file->name);
  g_free (file);
}

/* Sync tools copy key files under other names: the id inside tells them apart. */
static gboolean
has_slot (LmFolder *folder, LmKeySlot *slot)
{
  g_autoptr (GBytes) bytes = lm_key_slot_write (slot);

  for (guint i = 0; i < folder->slots->len; i++)
    {
      g_autoptr (GBytes) known = lm_key_slot_write (folder->slots->pdata[i]);

      if (g_bytes_equal (bytes, known))
        return TRUE;
    }
  return FALSE;
}

static void
read_slot (LmFolder *folder, int keys, const char *name)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GBytes) file = lm_file_read (keys, name, LM_KEY_SLOT_BYTES_MAX, &local);
  g_autoptr (LmKeySlot) slot = file != NULL ? lm_key_slot_read (file, &local) : NULL;

  if (slot == NULL)
    {
      g_autofree char *path = g_build_filename (LM_FOLDER_KEYS, name, NULL);

      g_ptr_array_add (folder->problems, lm_problem_new (path, NULL, g_steal_pointer (&local)));
    }
  else if (lm_id_equal (lm_key_slot_journal (slot), &folder->journal))
    {
      KeyFile *key_file = g_new (KeyFile, 1);

      *key_file = (KeyFile) { *lm_key_slot_id (slot), g_strdup (name) };
      g_ptr_array_add (folder->files, key_file);
      if (!has_slot (folder, slot))
        g_ptr_array_add (folder->slots, g_steal_pointer (&slot));
    }
}

static gboolean
is_retired (LmFolder *folder, const LmId *slot)
{
  return g_ptr_array_find_with_equal_func (folder->retired, slot, lm_id_equal, NULL);
}

/* Slots that this computer gave up and that came back, by a sync tool or by somebody who knows what
 * opened them, are told of and not tried. Only where there is no other way in, as after a backup
 * was brought back, are they a way in again. */
static void
set_retired_aside (LmFolder *folder)
{
  guint left = 0;

  folder->retired = lm_retired_read (&folder->journal);
  for (guint i = 0; i < folder->slots->len; i++)
    left += !is_retired (folder, lm_key_slot_id (folder->slots->pdata[i]));
  for (guint i = 0; i < folder->files->len; i++)
    {
      KeyFile *file = folder->files->pdata[i];
      g_autofree char *path = g_build_filename (LM_FOLDER_KEYS, file->name, NULL);

      if (is_retired (folder, &file->slot))
        g_ptr_array_add (folder->problems,
                         lm_problem_new (path,
                                         &file->slot,
                                         g_error_new_literal (LM_VAULT_ERROR,
                                                              LM_VAULT_ERROR_RETIRED_SLOT,
                                                              "was given up and came back")));
    }
  for (guint i = folder->slots->len; i > 0 && left > 0; i--)
    if (is_retired (folder, lm_key_slot_id (folder->slots->pdata[i - 1])))
      g_ptr_array_remove_index (folder->slots, i - 1);
}

/* Those by which the journal was opened here before come first: many others, made by whomever, do
 * not shut anybody out. */
static void
put_known_first (LmFolder *folder)
{
  g_autoptr (GPtrArray) known = lm_known_slots_read (&folder->journal);
  GPtrArray *ordered = g_ptr_array_new_with_free_func ((GDestroyNotify) lm_key_slot_free);

  for (int first = 1; first >= 0; first--)
    for (guint i = 0; i < folder->slots->len; i++)
      if (folder->slots->pdata[i] != NULL &&
          g_ptr_array_find_with_equal_func (known,
                                            lm_key_slot_id (folder->slots->pdata[i]),
                                            lm_id_equal,
                                            NULL) >= first)
        g_ptr_array_add (ordered, g_steal_pointer (&folder->slots->pdata[i]));
  g_ptr_array_set_free_func (folder->slots, NULL);
  g_ptr_array_unref (folder->slots);
  folder->slots = ordered;
}

/* Names the key files that are one too many to be tried. */
static void
tell_untried (LmFolder *folder)
{
  guint n[2] = { 0, 0 };

  for (guint i = 0; i < folder->slots->len; i++)
    {
      LmKeySlot *slot = folder->slots->pdata[i];

      if (n[lm_key_slot_kind (slot) == LM_KEY_SLOT_RECOVERY]++ < LM_FOLDER_TRIES_MAX)
        continue;
      for (guint k = 0; k < folder->files->len; k++)
        {
          KeyFile *file = folder->files->pdata[k];
          g_autofree char *path = g_build_filename (LM_FOLDER_KEYS, file->name, NULL);

          if (lm_id_equal (&file->slot, lm_key_slot_id (slot)))
            g_ptr_array_add (folder->problems,
                             lm_problem_new (path,
                                             &file->slot,
                                             g_error_new_literal (LM_VAULT_ERROR,
                                                                  LM_VAULT_ERROR_MANY_SLOTS,
                                                                  "more than are tried")));
        }
    }
}

/* Gives the first key file that cannot be used as the error, if there is one. */
gboolean
lm_folder_propagate_problem (LmFolder *folder, GError **error)
{
  LmProblem *problem = folder->problems->len > 0 ? folder->problems->pdata[0] : NULL;

  if (problem == NULL)
    return FALSE;
  g_propagate_prefixed_error (error, g_error_copy (problem->error), "%s: ", problem->file);
  return TRUE;
}

/* Reads the key files below the open folder @descriptor. */
gboolean
lm_folder_read_slots (LmFolder *folder, int descriptor, GError **error)
{
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GError) local = NULL;
  int keys = lm_file_open_folder (descriptor, LM_FOLDER_KEYS, &local);

  if (keys >= 0)
    names = lm_file_list (keys, ".", &local);
  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      const char *name = names->pdata[i];

      if (lm_file_name_is_json (name))
        read_slot (folder, keys, name);
    }
  if (keys >= 0)
    close (keys);
  if (local != NULL && !g_error_matches (local, LM_STORE_ERROR, LM_STORE_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  set_retired_aside (folder);
  put_known_first (folder);
  tell_untried (folder);
  if (folder->slots->len > 0)
    return TRUE;
  if (!lm_folder_propagate_problem (folder, error))
    g_set_error (error,
                 LM_STORE_ERROR,
                 LM_STORE_ERROR_NO_KEYS,
                 "%s: its key files are not there",
                 folder->path);
  return FALSE;
}

/* For those who make and remove slots ------------------------------------------------ */

guint
lm_folder_n_slots (LmFolder *folder)
{
  return folder->slots->len;
}

/* Returns: (transfer none): one of the slots */
LmKeySlot *
lm_folder_get_slot (LmFolder *folder, guint index)
{
  return folder->slots->pdata[index];
}

/* Opens the folder of the key files. Returns: a descriptor to close, or -1 */
int
lm_folder_open_keys (LmFolder *folder, GError **error)
{
  int descriptor = lm_file_open_folder (AT_FDCWD, folder->path, error);
  int keys = descriptor >= 0 ? lm_file_open_folder (descriptor, LM_FOLDER_KEYS, error) : -1;

  if (descriptor >= 0)
    close (descriptor);
  return keys;
}

/* Removes every file that holds @slot as it was when the folder was read; the folder is not synced
 * yet. */
gboolean
lm_folder_remove_slot (LmFolder *folder, int keys, const LmId *slot, GError **error)
{
  for (guint i = 0; i < folder->files->len; i++)
    {
      KeyFile *file = folder->files->pdata[i];

      if (lm_id_equal (&file->slot, slot) && !lm_file_remove (keys, file->name, error))
        return FALSE;
    }
  return TRUE;
}
