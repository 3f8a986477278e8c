/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "journal/lm-file-name.h"
#include "journal/lm-file.h"
#include "journal/lm-reseal.h"
#include "journal/lm-snapshot.h"
#include "journal/lm-store-error.h"
#include "journal/lm-store-private.h"
#include "vault/lm-vault-error.h"

/* What a change of the ways in (lm-rekey.c) wants of the open store before and after. */

typedef struct
{
  LmStore *store;
  gboolean note;
  gboolean waiting;
} Scan;

static void
scan_file (Scan *scan, int folder, const char *name)
{
  LmStore *store = scan->store;
  g_autoptr (GBytes) file = lm_file_read (folder, name, LM_SEALED_BYTES_MAX, NULL);
  g_autoptr (GBytes) payload = NULL;
  g_autoptr (LmRecord) record = NULL;
  g_autoptr (GError) local = NULL;
  gboolean retired;
  LmId id;

  if (file == NULL)
    return;
  payload = lm_vault_open_any (store->vault, LM_SEAL_ENTRY, file, &id, &retired, &local);
  scan->waiting |= g_error_matches (local, LM_VAULT_ERROR, LM_VAULT_ERROR_WAITING_FOR_KEY);
  if (payload == NULL || !scan->note)
    return;
  record = lm_record_read (&id, payload, NULL);
  if (record == NULL || (retired && !lm_store_trusts (store, name, record)))
    return;
  lm_seen_note_record (store->seen, record);
  if (!lm_seen_knows (store->seen, &id, &record->hash))
    lm_seen_believe (store->seen, &record->hash);
}

static gboolean
scan_folder (Scan *scan, const char *folder, gboolean top, GError **error)
{
  g_autoptr (GPtrArray) names = lm_file_list (scan->store->entries, folder, error);
  int descriptor = names != NULL ? lm_file_open_folder (scan->store->entries, folder, error) : -1;
  gboolean good = descriptor >= 0;

  for (guint i = 0; good && i < names->len; i++)
    {
      const char *name = names->pdata[i];

      if (lm_file_name_is_json (name))
        scan_file (scan, descriptor, name);
      else if (top && lm_file_name_is_shard (name))
        {
          g_autoptr (GError) local = NULL;

          good = scan_folder (scan, name, FALSE, &local);
          if (!good)
            g_propagate_error (error, g_steal_pointer (&local));
        }
    }
  if (descriptor >= 0)
    close (descriptor);
  return good;
}

/**
 * lm_reseal_scan:
 * @note: whether to note everything that opens as seen, so that it is believed when its key is
 *   given up
 * @waiting: (out): whether some file waits for a key that is not here
 */
gboolean
lm_reseal_scan (LmStore *store, gboolean note, gboolean *waiting, GError **error)
{
  Scan scan = { store, note, FALSE };
  gboolean good = scan_folder (&scan, ".", TRUE, error);

  *waiting = scan.waiting;
  return good;
}

/**
 * lm_reseal_make_snapshot:
 * @name: (out) (transfer full): of the snapshot
 *
 * Makes the snapshot that a rotation begins with. It goes when every file has been verified.
 */
gboolean
lm_reseal_make_snapshot (LmStore *store, char **name, GError **error)
{
  g_autoptr (LmSnapshots) snapshots = lm_snapshots_open (lm_vault_journal (store->vault), error);

  if (snapshots == NULL)
    return FALSE;
  *name = lm_snapshot_make (snapshots,
                            lm_folder_path (store->folder),
                            store->clock,
                            NULL,
                            NULL,
                            NULL,
                            error);
  return *name != NULL;
}

/* A rotation was noted and then not done; its snapshot goes, as nothing has changed. */
void
lm_reseal_forget_rotation (LmStore *store)
{
  g_autoptr (LmRotation) rotation = lm_seen_get_rotation (store->seen);
  g_autoptr (LmSnapshots) snapshots = lm_snapshots_open (lm_vault_journal (store->vault), NULL);

  if (rotation != NULL && rotation->snapshot != NULL && snapshots != NULL &&
      !lm_snapshot_remove (snapshots, rotation->snapshot, NULL))
    g_debug ("a snapshot could not be removed");
  lm_seen_set_resealed (store->seen, lm_seen_resealed (store->seen));
  lm_seen_set_code_untold (store->seen, FALSE);
}

/**
 * lm_store_take_keys:
 * @folder: the journal with its new slots
 * @opened: by one of them
 *
 * From now on everything is sealed with the newest of these keys.
 */
void
lm_store_take_keys (LmStore *store, LmFolder *folder, LmOpened *opened)
{
  g_autoptr (LmFolder) now = lm_folder_read (lm_folder_path (folder), NULL);
  g_autoptr (GError) error = NULL;

  lm_store_reseal_stop (store);
  lm_vault_unref (store->vault);
  store->vault = lm_vault_ref (opened->vault);
  lm_folder_unref (store->folder);
  store->folder = now != NULL ? g_steal_pointer (&now) : lm_folder_ref (folder);
  /* In the snapshots the old slots are to go too. */
  lm_seen_set_stale (store->seen);
  if (!lm_store_write_seen (store, &error))
    g_debug ("what was seen could not be written");
}
