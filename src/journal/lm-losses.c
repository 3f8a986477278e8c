/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/lm-json.h"
#include "journal/lm-file-name.h"
#include "journal/lm-file.h"
#include "journal/lm-losses.h"
#include "journal/lm-saves.h"
#include "journal/lm-snapshot.h"
#include "journal/lm-store-error.h"
#include "journal/lm-store-private.h"

/* Comparing what is there with what this computer has seen. Only what was seen can be missed: where
 * that was written late, something may be overlooked, but nothing is ever made up. */

void
lm_loss_free (LmLoss *loss)
{
  g_clear_pointer (&loss->present, lm_record_unref);
  g_clear_pointer (&loss->lost, lm_record_unref);
  g_free (loss);
}

static LmRecord *
open_record (LmStore *store, int folder, const char *name)
{
  g_autoptr (GBytes) file = lm_file_read (folder, name, LM_SEALED_BYTES_MAX, NULL);
  g_autoptr (GBytes) payload = NULL;
  LmId id;

  if (file != NULL)
    payload = lm_vault_open (store->vault, LM_SEAL_ENTRY, file, &id, NULL);
  return payload != NULL ? lm_record_read (&id, payload, NULL) : NULL;
}

/* Files under other names ------------------------------------------------------------------------
 *
 * A sync tool may have given a record's file another name. They are opened only if something seems
 * to be lost. */

typedef struct
{
  GPtrArray *records; /* of files whose names are not ids; NULL until they are asked for */
  GHashTable *shards; /* names of files in folders of two digits */
} Others;

static void
look_into (LmStore *store, Others *others, int folder, gboolean top)
{
  g_autoptr (GPtrArray) names = lm_file_list (folder, ".", NULL);

  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      const char *name = names->pdata[i];
      LmId id;
      gboolean own = lm_file_name_parse (name, ".json", &id);

      if (lm_file_name_is_json (name) && !own)
        {
          LmRecord *record = open_record (store, folder, name);

          if (record != NULL)
            g_ptr_array_add (others->records, record);
        }
      else if (!top && own)
        g_hash_table_add (others->shards, g_strdup (name));
      else if (top && lm_file_name_is_shard (name))
        {
          int shard = lm_file_open_folder (folder, name, NULL);

          if (shard >= 0)
            {
              look_into (store, others, shard, FALSE);
              close (shard);
            }
        }
    }
}

static void
look_at_others (LmStore *store, Others *others)
{
  if (others->records != NULL)
    return;
  others->records = g_ptr_array_new_with_free_func ((GDestroyNotify) lm_record_unref);
  others->shards = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  look_into (store, others, store->entries, TRUE);
}

static void
others_clear (Others *others)
{
  g_clear_pointer (&others->records, g_ptr_array_unref);
  g_clear_pointer (&others->shards, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Others, others_clear)

/* Whether a file under another name is of @id; and if @hash is not NULL, says just that. */
static gboolean
is_elsewhere (LmStore *store, Others *others, const LmId *id, const LmId *hash)
{
  g_autofree char *name = g_strdup_printf ("%s.json", lm_id_format (id).digits);

  look_at_others (store, others);
  if (hash == NULL && g_hash_table_contains (others->shards, name))
    return TRUE;
  for (guint i = 0; i < others->records->len; i++)
    {
      LmRecord *record = others->records->pdata[i];

      if (lm_id_equal (&record->id, id) && (hash == NULL || lm_id_equal (&record->hash, hash)))
        return TRUE;
    }
  return FALSE;
}

/* What we still have ----------------------------------------------------------------------------
 */

static gboolean
is_better (LmRecord *record, LmRecord *than)
{
  return record->kind != LM_RECORD_GONE &&
         (than == NULL || lm_saves_compare (record->saves, than->saves) == LM_SAVES_NEWER);
}

/* Takes @record into @best, if that is better. */
static void
consider (LmRecord *record, const LmId *id, LmRecord **best)
{
  if (record == NULL)
    return;
  if (lm_id_equal (&record->id, id) && is_better (record, *best))
    {
      g_clear_pointer (best, lm_record_unref);
      *best = lm_record_ref (record);
    }
  lm_record_unref (record);
}

/* The version of @id with @hash, or else the newest one. */
static LmRecord *
find_version (LmStore *store, const LmId *id, const LmId *hash)
{
  g_autofree char *exact = g_strdup_printf ("%s.json", lm_id_format (hash).digits);
  int folder =
      lm_file_open_folder (lm_local_versions (store->local), lm_id_format (id).digits, NULL);
  g_autoptr (GPtrArray) names = NULL;
  LmRecord *found = NULL;

  if (folder < 0)
    return NULL;
  consider (open_record (store, folder, exact), id, &found);
  if (found == NULL)
    names = lm_file_list (folder, ".", NULL);
  for (guint i = 0; names != NULL && i < names->len; i++)
    if (((char *) names->pdata[i])[0] != '.')
      consider (open_record (store, folder, names->pdata[i]), id, &found);
  close (folder);
  return found;
}

/* The record as the newest snapshot has it. */
static LmRecord *
find_in_snapshots (LmStore *store, const LmId *id)
{
  g_autofree char *path = g_strdup_printf (LM_FOLDER_ENTRIES "/%s.json", lm_id_format (id).digits);
  g_autoptr (LmSnapshots) snapshots = lm_snapshots_open (lm_vault_journal (store->vault), NULL);
  g_autoptr (GPtrArray) names = snapshots != NULL ? lm_snapshots_list (snapshots, NULL) : NULL;
  LmRecord *found = NULL;

  for (guint i = names != NULL ? names->len : 0; i > 0 && found == NULL; i--)
    {
      int snapshot = lm_snapshots_open_one (snapshots, names->pdata[i - 1], NULL);

      if (snapshot < 0)
        continue;
      consider (open_record (store, snapshot, path), id, &found);
      close (snapshot);
    }
  return found;
}

static gboolean
is_newer (LmRecord *record, LmRecord *than)
{
  return record != NULL &&
         (than == NULL || lm_saves_compare (record->saves, than->saves) == LM_SAVES_NEWER);
}

/* The newest state that is left of @id, if it is newer than @present. */
static LmRecord *
find_lost (LmStore *store, const LmId *id, const LmId *hash, LmRecord *present)
{
  g_autoptr (LmRecord) version = find_version (store, id, hash);
  g_autoptr (LmRecord) past = NULL;

  if (is_newer (version, present))
    return g_steal_pointer (&version);
  past = find_in_snapshots (store, id);
  return is_newer (past, present) ? g_steal_pointer (&past) : NULL;
}

/* Finding ---------------------------------------------------------------------------------------
 */

static void
add_loss (GPtrArray *losses, const LmId *id, LmLossKind kind, LmRecord *present, LmRecord *lost)
{
  LmLoss *loss = g_new (LmLoss, 1);

  *loss = (LmLoss) { *id, kind, present != NULL ? lm_record_ref (present) : NULL, lost };
  g_ptr_array_add (losses, loss);
}

/* The record is there, and not newer than what was seen. */
static void
judge_present (LmStore *store, Others *others, GPtrArray *losses, LmSeenState *seen)
{
  LmRecord *present = seen->present;
  LmRecord *lost;

  if (lm_saves_compare (present->saves, seen->saves) == LM_SAVES_OLDER)
    {
      add_loss (losses,
                &seen->id,
                LM_LOSS_OLDER,
                present,
                find_lost (store, &seen->id, &seen->hash, present));
      return;
    }
  /* Two texts, neither knowing of the other. Where the other one is a file too, it is a copy to be
   * merged; where it was another computer's, that one has it. */
  if (is_elsewhere (store, others, &seen->id, &seen->hash))
    return;
  lost = find_version (store, &seen->id, &seen->hash);
  if (lost != NULL && lm_id_equal (&lost->hash, &seen->hash))
    add_loss (losses, &seen->id, LM_LOSS_REPLACED, present, lost);
  else
    {
      g_clear_pointer (&lost, lm_record_unref);
      lm_seen_accept_record (store->seen, present);
    }
}

/**
 * lm_store_find_losses:
 * @error: domain %LM_STORE_ERROR; then nothing can be told
 *
 * Compares the journal with what this computer has seen of it. To be called when all records were
 * loaded, and again when some have changed.
 *
 * Returns: (transfer full) (element-type LmLoss): what is not as it was
 */
GPtrArray *
lm_store_find_losses (LmStore *store, GError **error)
{
  g_autoptr (GPtrArray) losses = g_ptr_array_new_with_free_func ((GDestroyNotify) lm_loss_free);
  g_autoptr (GPtrArray) states = NULL;
  /* If the folder itself is gone, not each entry in it is missed. */
  g_autoptr (GPtrArray) there = lm_file_list (store->entries, ".", error);
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_auto (Others) others = { NULL, NULL };

  if (there == NULL)
    return NULL;
  for (guint i = 0; i < there->len; i++)
    g_hash_table_add (names, there->pdata[i]);
  states = lm_seen_list (store->seen);
  for (guint i = 0; i < states->len; i++)
    {
      LmSeenState *seen = states->pdata[i];
      g_autofree char *name = g_strdup_printf ("%s.json", lm_id_format (&seen->id).digits);

      if (g_hash_table_contains (names, name))
        {
          if (seen->present != NULL)
            judge_present (store, &others, losses, seen);
        }
      else if (!seen->gone && !is_elsewhere (store, &others, &seen->id, NULL))
        add_loss (losses,
                  &seen->id,
                  LM_LOSS_MISSING,
                  NULL,
                  find_lost (store, &seen->id, &seen->hash, NULL));
    }
  return g_steal_pointer (&losses);
}

/* Deciding ------------------------------------------------------------------------------------- */

/* Saves what @content_of says over @present, newer than that and @known. */
static LmRecord *
save_over (LmStore *store, LmRecord *content_of, LmRecord *present, LmSaves *known, GError **error)
{
  g_autoptr (LmContent) content = lm_record_content (content_of);
  g_autoptr (LmSaves) united = lm_saves_unite (present->saves, known);
  g_autoptr (LmSaves) saves = lm_saves_add_one (united, lm_seen_device (store->seen));

  return lm_store_save_counted (store, &present->id, content, present, saves, NULL, error);
}

/* Brings the lost text back as a file of its own beside the other, to be merged by the person. */
static gboolean
put_beside (LmStore *store, LmRecord *lost, GError **error)
{
  g_autofree char *name = lm_store_conflict_name (store, &lost->id);
  g_autoptr (GBytes) payload = lm_record_payload (lost);
  g_autoptr (GBytes) file = lm_vault_seal (store->vault, LM_SEAL_ENTRY, &lost->id, payload, error);

  return file != NULL && lm_file_write_new (store->entries, name, file, error) &&
         lm_file_sync_folder (store->entries, name, error);
}

/**
 * lm_store_undo_loss:
 * @loss: with a lost state
 * @error: domain %LM_STORE_ERROR
 *
 * Brings the lost state back: over an older one, which is kept as a version; in the place where
 * nothing is; or beside another text, as a copy.
 *
 * Returns: (transfer full): the record as it is now
 */
LmRecord *
lm_store_undo_loss (LmStore *store, LmLoss *loss, GError **error)
{
  g_autoptr (LmContent) content = lm_record_content (loss->lost);

  if (!lm_store_check_writable (store, LM_FOLDER_ENTRIES, error))
    return NULL;
  switch (loss->kind)
    {
    case LM_LOSS_OLDER:
      return save_over (store, loss->lost, loss->present, loss->lost->saves, error);
    case LM_LOSS_REPLACED:
      if (!put_beside (store, loss->lost, error))
        return NULL;
      lm_seen_accept_record (store->seen, loss->present);
      return lm_record_ref (loss->present);
    case LM_LOSS_MISSING:
    default:
      return lm_store_save (store, &loss->id, content, loss->lost, NULL, error);
    }
}

/**
 * lm_store_accept_loss:
 * @record: (out) (transfer full) (nullable): the record as it is now
 * @error: domain %LM_STORE_ERROR
 *
 * The person wants it as it is: a backup of their own, or something that they deleted elsewhere.
 * What is there is saved once more, so that it is the newest for every computer; what was lost
 * stays among the versions.
 */
gboolean
lm_store_accept_loss (LmStore *store, LmLoss *loss, LmRecord **record, GError **error)
{
  *record = NULL;
  if (loss->present == NULL)
    {
      lm_seen_forget_record (store->seen, &loss->id);
      return TRUE;
    }
  if (!lm_store_check_writable (store, LM_FOLDER_ENTRIES, error))
    return FALSE;
  *record = save_over (store,
                       loss->present,
                       loss->present,
                       lm_seen_saves_of (store->seen, &loss->id),
                       error);
  if (*record == NULL)
    return FALSE;
  lm_seen_accept_record (store->seen, *record);
  return TRUE;
}
