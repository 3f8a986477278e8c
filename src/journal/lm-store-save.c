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
#include "journal/lm-saves.h"
#include "journal/lm-store-error.h"
#include "journal/lm-store-private.h"

/* Saving, in nine steps (docs/threat-model.md, "Durability"): seal and check, write a temporary
 * file, reserve, write, sync, close, exchange it with the old one, sync the folder, and only then
 * say "saved". The old file is looked at before it goes: if somebody else changed it, it stays. */

/* The temporary name of a record: only the computer that made it ever removes it. */
char *
lm_store_temporary_name (LmStore *store, const LmId *id)
{
  LmId random = lm_id_new_random ();

  return g_strdup_printf (".~%s-%s-%.8s.part",
                          lm_id_format (id).digits,
                          lm_id_format (lm_seen_device (store->seen)).digits,
                          lm_id_format (&random).digits);
}

/* The name of another text of a record beside it. */
char *
lm_store_conflict_name (LmStore *store, const LmId *id)
{
  LmId random = lm_id_new_random ();

  return g_strdup_printf ("%s.conflict-%.8s-%.8s.json",
                          lm_id_format (id).digits,
                          lm_id_format (lm_seen_device (store->seen)).digits,
                          lm_id_format (&random).digits);
}

/* Versions ----------------------------------------------------------------------- */

/* Whether the version is there, and opens. */
static gboolean
has_version (LmStore *store, const LmId *id, const LmId *hash)
{
  g_autoptr (LmRecord) version = lm_store_read_version (store, id, hash, NULL);

  return version != NULL;
}

/**
 * lm_store_keep_version:
 * @hash: of the payload in @file
 * @file: the bytes of a sealed record
 *
 * Keeps @file among this computer's versions of the record, where nothing is ever overwritten that
 * still says what its name promises.
 */
gboolean
lm_store_keep_version (
    LmStore *store, const LmId *id, const LmId *hash, GBytes *file, GError **error)
{
  g_autofree char *name = g_strdup_printf ("%s.json", lm_id_format (hash).digits);
  int folder =
      lm_file_make_folder (lm_local_versions (store->local), lm_id_format (id).digits, error);
  gboolean good;

  if (folder < 0)
    return FALSE;
  /* One that is there must open, and an earlier try may have failed to sync the folder. */
  if (has_version (store, id, hash))
    good = lm_file_sync_folder (folder, name, error);
  else
    good = lm_file_write_local (folder, name, file, error);
  close (folder);
  return good;
}

/* The hash of the record in @name, opened; FALSE if it does not open. */
static gboolean
hash_of (LmStore *store, const char *name, GBytes **file, LmId *id, LmId *hash)
{
  g_autoptr (GBytes) payload = NULL;

  *file = lm_file_read (store->entries, name, LM_SEALED_BYTES_MAX, NULL);
  if (*file == NULL)
    return FALSE;
  payload = lm_vault_open (store->vault, LM_SEAL_ENTRY, *file, id, NULL);
  if (payload == NULL)
    return FALSE;
  *hash = lm_vault_hash (payload);
  return TRUE;
}

/**
 * lm_store_clean_up:
 *
 * Looks after temporary files that an earlier run of this computer left: what opens is among the
 * versions afterwards, what does not stays where it is.
 */
void
lm_store_clean_up (LmStore *store)
{
  g_autoptr (GPtrArray) names = lm_file_list_some (store->entries, ".", lm_file_name_is_part, NULL);
  g_autofree char *ours =
      g_strdup_printf ("-%s-", lm_id_format (lm_seen_device (store->seen)).digits);

  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      const char *name = names->pdata[i];
      g_autoptr (GBytes) file = NULL;
      LmId id, hash;

      if (strstr (name, ours) != NULL && hash_of (store, name, &file, &id, &hash) &&
          lm_store_keep_version (store, &id, &hash, file, NULL))
        lm_file_remove (store->entries, name, NULL);
    }
}

/* Saving ---------------------------------------------------------------------------- */

typedef struct
{
  LmStore *store;
  const LmId *id;
  LmRecord *base; /* nullable: what the person began from */
  char *name;
  char *temporary;
  gboolean purge; /* the old file is not kept as a version */
  gboolean conflict;
  gboolean displaced; /* the old file now has the temporary name */
} Save;

/* Whether the file @name, which is to be replaced, is the state that the person began from. Then it
 * is kept as a version, unless it is to go for good. */
static gboolean
is_expected (Save *save, const char *name)
{
  g_autoptr (GBytes) file = NULL;
  LmId id, hash;

  return save->base != NULL && hash_of (save->store, name, &file, &id, &hash) &&
         lm_id_equal (&id, save->id) && lm_id_equal (&hash, &save->base->hash) &&
         (save->purge || has_version (save->store, save->id, &hash) ||
          lm_store_keep_version (save->store, save->id, &hash, file, NULL));
}

/* The file system cannot exchange names: what is there is copied aside first. */
static gboolean
replace_plainly (Save *save, GError **error)
{
  int entries = save->store->entries;

  if (!is_expected (save, save->name))
    {
      g_autoptr (GBytes) other = lm_file_read (entries, save->name, LM_SEALED_BYTES_MAX, error);
      g_autofree char *aside = lm_store_conflict_name (save->store, save->id);

      if (other == NULL || !lm_file_write_new (entries, aside, other, error))
        return FALSE;
      save->conflict = TRUE;
    }
  return lm_file_rename (entries, save->temporary, save->name, error);
}

/* Step 7: gives the new file its name. */
static gboolean
put_in_place (Save *save, GError **error)
{
  int entries = save->store->entries;
  g_autoptr (GError) local = NULL;

  if (save->base == NULL)
    {
      if (lm_file_publish (entries, save->temporary, save->name, &local))
        return TRUE;
      if (!g_error_matches (local, LM_STORE_ERROR, LM_STORE_ERROR_CHANGED))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
    }
  switch (lm_file_exchange (entries, save->temporary, save->name, error))
    {
    case LM_EXCHANGE_DONE:
      save->displaced = TRUE;
      if (!is_expected (save, save->temporary))
        {
          g_autofree char *aside = lm_store_conflict_name (save->store, save->id);

          /* Should even this fail, the other text still is in the temporary file. */
          save->displaced = FALSE;
          save->conflict = TRUE;
          return lm_file_publish (entries, save->temporary, aside, error);
        }
      return TRUE;
    case LM_EXCHANGE_ABSENT:
      return lm_file_publish (entries, save->temporary, save->name, error);
    case LM_EXCHANGE_UNSUPPORTED:
      return replace_plainly (save, error);
    case LM_EXCHANGE_FAILED:
    default:
      return FALSE;
    }
}

static gboolean
save_file (Save *save, GBytes *file, GError **error)
{
  int entries = save->store->entries;

  if (!lm_file_write_new (entries, save->temporary, file, error))
    return FALSE;
  if (!put_in_place (save, error))
    {
      /* Only if it is still ours: after an exchange it is the other text. */
      if (!save->conflict && !save->displaced)
        lm_file_remove (entries, save->temporary, NULL);
      return FALSE;
    }
  if (!lm_file_sync_folder (entries, save->name, error))
    return FALSE;
  if (save->displaced)
    lm_file_remove (entries, save->temporary, NULL);
  return TRUE;
}

/* After a roll-back this computer's own count is lower than it was. No count is used twice.
 *
 * Returns: (transfer full): @saves, or with a higher count for this computer */
static LmSaves *
count_up (LmStore *store, const LmId *id, LmSaves *saves)
{
  const LmId *device = lm_seen_device (store->seen);
  LmSaves *known = lm_seen_saves_of (store->seen, id);
  gint64 seen = lm_saves_count (known, device);

  return seen > 0 && lm_saves_count (saves, device) <= seen ? lm_saves_set (saves, device, seen + 1)
                                                            : lm_saves_ref (saves);
}

/**
 * lm_store_put_file:
 * @file: a sealed record with the id @id
 * @base: (nullable): the state that it replaces; any other that is there stays beside it
 * @conflict: (out): whether there was another
 * @error: domain %LM_STORE_ERROR; then the old state is intact
 *
 * Puts a record that is sealed already into its place, durably.
 */
gboolean
lm_store_put_file (LmStore *store,
                   const LmId *id,
                   GBytes *file,
                   LmRecord *base,
                   gboolean *conflict,
                   GError **error)
{
  g_autofree char *name = g_strdup_printf ("%s.json", lm_id_format (id).digits);
  g_autofree char *temporary = lm_store_temporary_name (store, id);
  Save save = { store, id, base, name, temporary, FALSE, FALSE, FALSE };

  if (!lm_store_check_writable (store, name, error) || !save_file (&save, file, error))
    return FALSE;
  *conflict = save.conflict;
  return TRUE;
}

/**
 * lm_store_put_gone:
 * @base: the state that is to go
 * @conflict: (out): whether somebody else had changed the record meanwhile; then that text stays
 *   beside the mark
 *
 * Puts the mark that a record is gone for good in its place, durably, and keeps nothing of @base.
 */
gboolean
lm_store_put_gone (LmStore *store, LmRecord *base, gboolean *conflict, GError **error)
{
  g_autoptr (GDateTime) now = lm_clock_now (store->clock);
  g_autoptr (LmSaves) next = lm_saves_add_one (base->saves, lm_seen_device (store->seen));
  g_autoptr (LmSaves) saves = count_up (store, &base->id, next);
  g_autoptr (LmContent) content = lm_content_new_bare ("gone");
  g_autoptr (GBytes) payload = NULL;
  g_autoptr (LmRecord) record = NULL;
  g_autoptr (GBytes) file = NULL;
  g_autofree char *name = g_strdup_printf ("%s.json", lm_id_format (&base->id).digits);
  g_autofree char *temporary = lm_store_temporary_name (store, &base->id);
  Save save = { store, &base->id, base, name, temporary, TRUE, FALSE, FALSE };

  payload = lm_content_write_saved (content, saves, lm_seen_device (store->seen), now);
  record = lm_record_read (&base->id, payload, error);
  if (record == NULL)
    return FALSE;
  file = lm_vault_seal (store->vault, LM_SEAL_ENTRY, &base->id, payload, error);
  if (file == NULL || !save_file (&save, file, error))
    return FALSE;
  lm_seen_note_record (store->seen, record);
  lm_scan_note_shown (store->scan, record);
  *conflict = save.conflict;
  return TRUE;
}

/* @unkept: (out) (optional): if given, the version is left to the caller, with its file here. */
static LmRecord *
save_counted (LmStore *store,
              const LmId *id,
              LmContent *content,
              LmRecord *base,
              LmSaves *saves,
              gboolean *conflict,
              GBytes **unkept,
              GError **error)
{
  g_autoptr (GDateTime) now = lm_clock_now (store->clock);
  g_autoptr (LmSaves) counted = count_up (store, id, saves);
  g_autoptr (GBytes) payload = NULL;
  g_autoptr (GBytes) file = NULL;
  g_autoptr (LmRecord) record = NULL;
  gboolean other = FALSE;

  payload = lm_content_write_saved (content, counted, lm_seen_device (store->seen), now);
  record = lm_record_read (id, payload, error);
  if (record == NULL)
    return NULL;
  file = lm_vault_seal (store->vault, LM_SEAL_ENTRY, id, payload, error);
  if (file == NULL)
    return NULL;
  if (unkept == NULL && !lm_store_keep_version (store, id, &record->hash, file, error))
    return NULL;
  if (!lm_store_put_file (store, id, file, base, &other, error))
    return NULL;
  lm_seen_note_record (store->seen, record);
  lm_scan_note_shown (store->scan, record);
  if (conflict != NULL)
    *conflict = other;
  if (unkept != NULL)
    *unkept = g_steal_pointer (&file);
  return g_steal_pointer (&record);
}

/* As lm_store_save (), with @saves for the counts after this save; its own is raised if need be. */
LmRecord *
lm_store_save_counted (LmStore *store,
                       const LmId *id,
                       LmContent *content,
                       LmRecord *base,
                       LmSaves *saves,
                       gboolean *conflict,
                       GError **error)
{
  return save_counted (store, id, content, base, saves, conflict, NULL, error);
}

/**
 * lm_store_save:
 * @id: the record's id
 * @content: what to save
 * @base: (nullable): the state that the person began from, %NULL for a new record
 * @conflict: (out) (optional): whether somebody else had changed the record meanwhile; then both
 *   texts are kept
 * @error: domain %LM_STORE_ERROR or %LM_VAULT_ERROR; then the old state is intact
 *
 * Saves durably: when this returns, the text survives a power cut, on a disk that keeps its word.
 *
 * Returns: (transfer full): the record as it is on disk now
 */
LmRecord *
lm_store_save (LmStore *store,
               const LmId *id,
               LmContent *content,
               LmRecord *base,
               gboolean *conflict,
               GError **error)
{
  g_autoptr (LmSaves) saves =
      lm_saves_add_one (base != NULL ? base->saves : NULL, lm_seen_device (store->seen));

  return lm_store_save_counted (store, id, content, base, saves, conflict, error);
}

/**
 * lm_store_save_first:
 * @unkept: (out): the file that is in the journal now, for lm_store_keep_saved ()
 *
 * As lm_store_save (), but for the version, which is to be kept right behind it: whoever waits for
 * the text to be safe does not wait for that. Until then a draft of it stays, so that it is on this
 * computer twice at any time.
 *
 * Returns: (transfer full): the record as it is on disk now
 */
LmRecord *
lm_store_save_first (LmStore *store,
                     const LmId *id,
                     LmContent *content,
                     LmRecord *base,
                     gboolean *conflict,
                     GBytes **unkept,
                     GError **error)
{
  g_autoptr (LmSaves) saves =
      lm_saves_add_one (base != NULL ? base->saves : NULL, lm_seen_device (store->seen));

  return save_counted (store, id, content, base, saves, conflict, unkept, error);
}

/**
 * lm_store_keep_saved:
 * @record: from lm_store_save_first ()
 * @file: the same
 *
 * Keeps the version of what was saved. A failure loses nothing: it is kept before anything else
 * takes the place of the record.
 */
gboolean
lm_store_keep_saved (LmStore *store, LmRecord *record, GBytes *file, GError **error)
{
  return lm_store_keep_version (store, &record->id, &record->hash, file, error);
}
