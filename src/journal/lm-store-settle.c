/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>
#include <unistd.h>

#include "journal/lm-copy.h"
#include "journal/lm-file.h"
#include "journal/lm-local.h"
#include "journal/lm-merge.h"
#include "journal/lm-saves.h"
#include "journal/lm-store-error.h"
#include "journal/lm-store-private.h"

/* What is done about the copies of a record. A copy is never changed: either it stays, or its text
 * is durable among the versions before the file goes. Whatever ends the program between two steps,
 * what is found the next time leads to the same end. */

/* The bytes of the file that was looked at, if it still holds the same record. */
static GBytes *
read_again (LmStore *store, const LmScanned *file)
{
  g_autoptr (GBytes) bytes = lm_file_read (store->entries, file->name, LM_SEALED_BYTES_MAX, NULL);
  g_autoptr (GBytes) payload = NULL;
  LmId id, hash;

  if (bytes == NULL)
    return NULL;
  payload = lm_vault_open (store->vault, LM_SEAL_ENTRY, bytes, &id, NULL);
  if (payload == NULL)
    return NULL;
  hash = lm_vault_hash (payload);
  return lm_id_equal (&id, &file->id) && lm_id_equal (&hash, &file->record->hash)
             ? g_steal_pointer (&bytes)
             : NULL;
}

/* Removes the file @name if it still is @bytes, whose text is safe elsewhere. It is taken aside
 * first: a sync tool may replace it between a look and the end of it. */
static gboolean
remove_copy (LmStore *store, const char *name, const LmId *id, GBytes *bytes)
{
  g_autofree char *aside = lm_store_temporary_name (store, id);
  g_autofree char *other = lm_store_conflict_name (store, id);
  g_autoptr (GBytes) now = NULL;

  if (!lm_file_publish (store->entries, name, aside, NULL))
    return FALSE;
  now = lm_file_read (store->entries, aside, LM_SEALED_BYTES_MAX, NULL);
  if (now != NULL && g_bytes_equal (now, bytes))
    return lm_file_remove (store->entries, aside, NULL);
  /* Should even this fail, it is found under its temporary name the next time. */
  if (!lm_file_publish (store->entries, aside, name, NULL) &&
      !lm_file_publish (store->entries, aside, other, NULL))
    g_debug ("%s keeps its temporary name", aside);
  return FALSE;
}

/* Puts @file among the versions, and then away. */
static gboolean
put_away (LmStore *store, const LmScanned *file)
{
  g_autoptr (GBytes) bytes = read_again (store, file);

  return bytes != NULL &&
         lm_store_keep_version (store, &file->id, &file->record->hash, bytes, NULL) &&
         remove_copy (store, file->name, &file->id, bytes);
}

/* Gives the record the state of a copy. @own: (nullable): the state that goes among the versions;
 * if it is %NULL, what is there stays beside it. The copy says nothing new afterwards. */
static gboolean
take_place (LmStore *store, const LmScanned *copy, LmRecord *own)
{
  g_autoptr (GBytes) bytes = read_again (store, copy);
  gboolean conflict;

  return bytes != NULL &&
         lm_store_keep_version (store, &copy->id, &copy->record->hash, bytes, NULL) &&
         lm_store_put_file (store, &copy->id, bytes, own, &conflict, NULL);
}

/* As take_place (), while the deleted state stays beside it as the question. It is put there first:
 * whenever this ends, both are found. */
static gboolean
bring_back (LmStore *store, const LmScanned *own, const LmScanned *copy)
{
  g_autofree char *beside = lm_store_conflict_name (store, &own->id);
  g_autofree char *temporary = lm_store_temporary_name (store, &own->id);
  g_autoptr (GBytes) bytes = read_again (store, own);

  if (bytes == NULL || !lm_file_write_new (store->entries, temporary, bytes, NULL))
    return FALSE;
  if (!lm_file_publish (store->entries, temporary, beside, NULL))
    {
      lm_file_remove (store->entries, temporary, NULL);
      return FALSE;
    }
  return lm_file_sync_folder (store->entries, beside, NULL) &&
         take_place (store, copy, own->record);
}

/* Settings are no text that a person could choose between: they are put together. */
static gboolean
unite (LmStore *store, const LmScanned *own, const LmScanned *copy)
{
  g_autoptr (LmContent) ours = lm_record_content (own->record);
  g_autoptr (LmContent) theirs = lm_record_content (copy->record);
  g_autoptr (LmSaves) both = lm_saves_unite (own->record->saves, copy->record->saves);
  g_autoptr (LmSaves) saves = lm_saves_add_one (both, lm_seen_device (store->seen));
  gboolean clean;
  g_autoptr (LmContent) united = lm_content_merge (NULL, ours, theirs, &clean);
  g_autoptr (LmRecord) saved = NULL;

  if (lm_content_is_deleted (ours) != lm_content_is_deleted (theirs))
    lm_content_set_deleted (united, NULL);
  saved = lm_store_save_counted (store, &own->id, united, own->record, saves, NULL, NULL);
  if (saved == NULL)
    return FALSE;
  /* Those who show it do not know of it yet. */
  lm_scan_note_shown (store->scan, own->record);
  return TRUE;
}

/* A record that has lost its own file gets it again from the newest copy: what is saved, put into
 * the trash or purged next is found under its own name. */
static gboolean
promote (LmStore *store, LmScanGroup *group)
{
  const LmScanned *newest = NULL;

  for (guint i = 0; i < group->copies->len; i++)
    {
      const LmScanned *copy = group->copies->pdata[i];

      if (copy->record->kind == LM_RECORD_OTHER)
        return FALSE;
      if (newest == NULL ||
          lm_saves_compare (copy->record->saves, newest->record->saves) == LM_SAVES_NEWER)
        newest = copy;
    }
  return newest != NULL && take_place (store, newest, NULL);
}

/* Whether @copy says nothing that another copy, which stays, does not say as well. */
static gboolean
is_known (LmScanGroup *group, guint index)
{
  const LmScanned *copy = group->copies->pdata[index];
  LmCopyState state = lm_copy_state (copy->record, FALSE);

  for (guint i = 0; i < group->copies->len; i++)
    {
      const LmScanned *other = group->copies->pdata[i];
      LmCopyState other_state = lm_copy_state (other->record, FALSE);
      LmCopyVerdict verdict = lm_copy_judge (&other_state, &state);

      if (i == index)
        continue;
      /* Of two that say the same the first by name stays, on every computer. */
      if (verdict == LM_COPY_OLDER || (verdict == LM_COPY_SAME && i < index))
        return TRUE;
    }
  return FALSE;
}

/**
 * lm_store_settle:
 * @group: the files of one record, as they were just found
 * @merged: (inout): set if something was put away
 *
 * Does about the copies of a record what needs no person, one step at a time.
 *
 * Returns: whether anything was moved, so that @group is to be looked at anew
 */
gboolean
lm_store_settle (LmStore *store, LmScanGroup *group, gboolean *merged)
{
  LmCopyState own;

  if (group->own == NULL)
    return !group->own_is_bad && promote (store, group);
  own = lm_copy_state (group->own->record, FALSE);
  for (guint i = 0; i < group->copies->len; i++)
    {
      const LmScanned *copy = group->copies->pdata[i];
      LmCopyState state = lm_copy_state (copy->record, FALSE);
      gboolean done = FALSE;

      /* In a folder that we do not write to. */
      if (strchr (copy->name, G_DIR_SEPARATOR) != NULL)
        continue;
      switch (lm_copy_judge (&own, &state))
        {
        case LM_COPY_SAME:
        case LM_COPY_OLDER:
          done = put_away (store, copy);
          *merged = *merged || done;
          break;
        case LM_COPY_NEWER:
          done = take_place (store, copy, group->own->record);
          break;
        case LM_COPY_BROUGHT_BACK:
          done = bring_back (store, group->own, copy);
          break;
        case LM_COPY_UNITED:
          done = unite (store, group->own, copy);
          break;
        case LM_COPY_DIVERGED:
          done = is_known (group, i) && put_away (store, copy);
          break;
        case LM_COPY_LEFT:
        default:
          break;
        }
      if (done)
        return TRUE;
    }
  return FALSE;
}

/* What the person decides ------------------------------------------------------------------- */

static LmRecord *
read_version (LmStore *store, int folder, const char *name, const LmId *id)
{
  g_autoptr (GBytes) file = lm_file_read (folder, name, LM_SEALED_BYTES_MAX, NULL);
  g_autoptr (GBytes) payload = NULL;
  LmId inside;

  if (file != NULL)
    payload = lm_vault_open (store->vault, LM_SEAL_ENTRY, file, &inside, NULL);
  return payload != NULL && lm_id_equal (&inside, id) ? lm_record_read (id, payload, NULL) : NULL;
}

/* Whether @record is what both have come from, or one of them. */
static gboolean
is_before (LmRecord *record, LmRecord *later)
{
  LmSavesOrder order = lm_saves_compare (record->saves, later->saves);

  return order == LM_SAVES_OLDER || order == LM_SAVES_EQUAL;
}

/**
 * lm_store_common_base:
 * @a: a state of a record
 * @b: another
 *
 * Returns: (transfer full) (nullable): the newest version here that both began from
 */
LmRecord *
lm_store_common_base (LmStore *store, LmRecord *a, LmRecord *b)
{
  int folder =
      lm_file_open_folder (lm_local_versions (store->local), lm_id_format (&a->id).digits, NULL);
  g_autoptr (GPtrArray) names = folder >= 0 ? lm_file_list (folder, ".", NULL) : NULL;
  LmRecord *best = NULL;

  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      g_autoptr (LmRecord) version = read_version (store, folder, names->pdata[i], &a->id);

      if (version == NULL || version->saves == NULL || version->kind != a->kind ||
          !is_before (version, a) || !is_before (version, b) ||
          (best != NULL && lm_saves_sum (version->saves) <= lm_saves_sum (best->saves)))
        continue;
      g_clear_pointer (&best, lm_record_unref);
      best = g_steal_pointer (&version);
    }
  if (folder >= 0)
    close (folder);
  return best;
}

/**
 * lm_store_resolve:
 * @conflict: of lm_store_rescan ()
 * @content: what the record shall say
 * @changed_again: (out): whether somebody changed the record meanwhile; then that text stays, too,
 *   and is the next question
 * @error: domain %LM_STORE_ERROR or %LM_VAULT_ERROR; then nothing is decided
 *
 * Saves what a person has made of two states. It is newer than both, everywhere; both are among the
 * versions.
 *
 * Returns: (transfer full): the record as it is on disk now
 */
LmRecord *
lm_store_resolve (LmStore *store,
                  LmConflict *conflict,
                  LmContent *content,
                  gboolean *changed_again,
                  GError **error)
{
  const LmId *id = &conflict->own->id;
  LmScanned file = { conflict->file, *id, FALSE, conflict->copy, NULL, NULL };
  g_autoptr (LmSaves) both = lm_saves_unite (conflict->own->saves, conflict->copy->saves);
  g_autoptr (LmSaves) saves = lm_saves_add_one (both, lm_seen_device (store->seen));
  g_autoptr (GBytes) bytes = read_again (store, &file);
  LmRecord *saved;

  if (bytes == NULL)
    {
      g_set_error (error,
                   LM_STORE_ERROR,
                   LM_STORE_ERROR_CHANGED,
                   "%s: changed again meanwhile",
                   conflict->file);
      return NULL;
    }
  if (!lm_store_keep_version (store, id, &conflict->copy->hash, bytes, error))
    return NULL;
  store->reseal = store->reseal || conflict->retired;
  saved = lm_store_save_counted (store, id, content, conflict->own, saves, changed_again, error);
  /* If this fails, the next look puts it away: it is older now. */
  if (saved != NULL)
    remove_copy (store, conflict->file, id, bytes);
  return saved;
}
