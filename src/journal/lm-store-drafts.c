/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/lm-json.h"
#include "journal/lm-file-name.h"
#include "journal/lm-file.h"
#include "journal/lm-saves.h"
#include "journal/lm-store-private.h"

/* What is being typed, sealed, on this computer: in its own folder for the journal, and where no
 * disk takes it, aside in the runtime folder. */

/* In a draft: another draft of the same record has the usual name. */
#define BESIDE "beside"

static char *
draft_name (const LmId *id, gboolean beside)
{
  return g_strdup_printf (beside ? "%s-beside.json" : "%s.json", lm_id_format (id).digits);
}

/* Whether it is a draft beside another one of the same record. */
gboolean
lm_draft_content_is_beside (LmContent *content)
{
  return lm_json_get_boolean (lm_content_json (content), BESIDE);
}

/* Says whether @content is to be kept beside another draft of the same record, in a file of its
 * own. */
void
lm_draft_content_set_beside (LmContent *content, gboolean beside)
{
  JsonObject *root = lm_content_json (content);

  if (beside)
    json_object_set_boolean_member (root, BESIDE, TRUE);
  else if (json_object_has_member (root, BESIDE))
    json_object_remove_member (root, BESIDE);
}

static GBytes *
seal_draft (LmStore *store, const LmId *id, LmContent *content, LmRecord *base, GError **error)
{
  g_autoptr (LmContent) draft = lm_content_copy (content);
  g_autoptr (GBytes) payload = NULL;

  lm_content_set_string (draft, "base", base != NULL ? lm_id_format (&base->hash).digits : NULL);
  payload = lm_content_write (draft);
  return lm_vault_seal (store->vault, LM_SEAL_DRAFT, id, payload, error);
}

/* Removes what lm_store_put_draft_aside () left as @name. */
static gboolean
drop_aside (LmStore *store, const char *name, GError **error)
{
  int folder = lm_local_open_aside (lm_vault_journal (store->vault), FALSE, NULL);
  gboolean good;

  if (folder < 0)
    return TRUE;
  good = lm_file_remove (folder, name, error);
  close (folder);
  return good;
}

/**
 * lm_store_save_draft:
 * @id: of the record that it will be
 * @base: (nullable): the state that the person began from
 * @error: domain %LM_STORE_ERROR or %LM_VAULT_ERROR
 *
 * Keeps what is being typed on this computer, sealed. Works also where the journal's folder takes
 * no changes.
 */
gboolean
lm_store_save_draft (
    LmStore *store, const LmId *id, LmContent *content, LmRecord *base, GError **error)
{
  g_autofree char *name = draft_name (id, lm_draft_content_is_beside (content));
  g_autoptr (GBytes) file = seal_draft (store, id, content, base, error);

  if (file == NULL || !lm_file_write_local (lm_local_drafts (store->local), name, file, error))
    return FALSE;
  /* What was put aside is older now. */
  drop_aside (store, name, NULL);
  return TRUE;
}

/**
 * lm_store_put_draft_aside:
 * @error: domain %LM_STORE_ERROR or %LM_VAULT_ERROR
 *
 * As lm_store_save_draft (), in the runtime folder, which is memory on most systems: for when no
 * disk takes it. It is there until the person logs out, and listed like any other draft.
 */
gboolean
lm_store_put_draft_aside (
    LmStore *store, const LmId *id, LmContent *content, LmRecord *base, GError **error)
{
  g_autofree char *name = draft_name (id, lm_draft_content_is_beside (content));
  g_autoptr (GBytes) file = seal_draft (store, id, content, base, error);
  gboolean good;
  int folder;

  if (file == NULL)
    return FALSE;
  folder = lm_local_open_aside (lm_vault_journal (store->vault), TRUE, error);
  if (folder < 0)
    return FALSE;
  good = lm_file_write_local (folder, name, file, error);
  close (folder);
  return good;
}

/* Whether some draft is aside. Then nothing is thinned or tidied: it may need it. */
gboolean
lm_store_has_aside (LmStore *store)
{
  int folder = lm_local_open_aside (lm_vault_journal (store->vault), FALSE, NULL);
  g_autoptr (GPtrArray) names = folder >= 0 ? lm_file_list (folder, ".", NULL) : NULL;

  if (folder >= 0)
    close (folder);
  return names != NULL && names->len > 0;
}

static gboolean
drop (LmStore *store, const char *name, GError **error)
{
  return lm_file_remove (lm_local_drafts (store->local), name, error) &&
         drop_aside (store, name, error);
}

/* Removes the draft of @id, if there is one, wherever it is. The caller knows that its text is safe
 * elsewhere, or not wanted. */
gboolean
lm_store_drop_draft (LmStore *store, const LmId *id, GError **error)
{
  g_autofree char *name = draft_name (id, FALSE);

  return drop (store, name, error);
}

/* As lm_store_drop_draft (), for what is beside it. */
gboolean
lm_store_drop_draft_beside (LmStore *store, const LmId *id, GError **error)
{
  g_autofree char *name = draft_name (id, TRUE);

  return drop (store, name, error);
}

/* Whether there is a file with a draft of @id on the disk. */
gboolean
lm_store_has_draft (LmStore *store, const LmId *id)
{
  gboolean found = FALSE;

  for (guint i = 0; i < 2 && !found; i++)
    {
      g_autofree char *name = draft_name (id, i == 1);

      found = faccessat (lm_local_drafts (store->local), name, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
    }
  return found;
}

void
lm_draft_file_free (LmDraftFile *draft)
{
  lm_record_unref (draft->record);
  g_free (draft);
}

/* Whether @version is what @entry is now or once was, and not a save that failed. */
static gboolean
is_in_history (LmRecord *version, LmRecord *entry)
{
  switch (lm_saves_compare (version->saves, entry->saves))
    {
    case LM_SAVES_OLDER:
      return TRUE;
    case LM_SAVES_EQUAL:
      return lm_id_equal (&version->hash, &entry->hash);
    case LM_SAVES_NEWER:
    case LM_SAVES_DIVERGED:
    default:
      return FALSE;
    }
}

static gboolean
says (LmRecord *record, const LmId *wanted)
{
  g_autoptr (LmContent) content = lm_record_content (record);
  LmId fingerprint = lm_content_fingerprint (content);

  return lm_id_equal (&fingerprint, wanted);
}

/* Keeps the version of @entry: the program may have ended between the two. */
static void
make_up_for_version (LmStore *store, LmRecord *entry)
{
  g_autofree char *name = g_strdup_printf ("%s.json", lm_id_format (&entry->id).digits);
  g_autoptr (GBytes) file = lm_file_read (store->entries, name, LM_SEALED_BYTES_MAX, NULL);
  g_autoptr (GBytes) payload = NULL;
  LmId id, hash;

  if (file != NULL)
    payload = lm_vault_open (store->vault, LM_SEAL_ENTRY, file, &id, NULL);
  if (payload == NULL)
    return;
  hash = lm_vault_hash (payload);
  if (lm_id_equal (&id, &entry->id) && lm_id_equal (&hash, &entry->hash) &&
      !lm_store_keep_version (store, &id, &hash, file, NULL))
    g_debug ("a version could not be made up for");
}

/* Whether the text of @record is in the entry itself, or in an older version of it here. Of an
 * entry there must be a version, too: another program may replace it. */
static gboolean
is_safe_elsewhere (LmStore *store, LmRecord *record)
{
  g_autoptr (LmContent) content = lm_record_content (record);
  LmId wanted = lm_content_fingerprint (content);
  g_autoptr (LmRecord) entry = lm_store_read (store, &record->id, NULL);
  g_autoptr (GPtrArray) names = NULL;
  gboolean found = FALSE;
  int folder;

  if (entry != NULL && says (entry, &wanted))
    make_up_for_version (store, entry);
  folder = lm_file_open_folder (lm_local_versions (store->local),
                                lm_id_format (&record->id).digits,
                                NULL);
  if (folder >= 0)
    names = lm_file_list (folder, ".", NULL);
  for (guint i = 0; entry != NULL && names != NULL && i < names->len && !found; i++)
    {
      g_autoptr (GBytes) file = lm_file_read (folder, names->pdata[i], LM_SEALED_BYTES_MAX, NULL);
      g_autoptr (GBytes) payload = NULL;
      g_autoptr (LmRecord) version = NULL;
      LmId id;

      if (file != NULL)
        payload = lm_vault_open (store->vault, LM_SEAL_ENTRY, file, &id, NULL);
      if (payload != NULL && lm_id_equal (&id, &record->id))
        version = lm_record_read (&id, payload, NULL);
      found = version != NULL && is_in_history (version, entry) && says (version, &wanted);
    }
  if (folder >= 0)
    close (folder);
  return found;
}

static LmDraftFile *
read_draft_in (LmStore *store, int folder, const char *name, LmId *id, GError **error)
{
  g_autoptr (GBytes) file = lm_file_read (folder, name, LM_SEALED_BYTES_MAX, error);
  g_autoptr (GBytes) payload = NULL;
  g_autoptr (LmRecord) record = NULL;
  g_autoptr (LmContent) content = NULL;
  LmDraftFile *draft;

  if (file == NULL)
    return NULL;
  payload = lm_vault_open (store->vault, LM_SEAL_DRAFT, file, id, error);
  if (payload == NULL)
    return NULL;
  record = lm_record_read (id, payload, error);
  if (record == NULL)
    return NULL;
  content = lm_record_content (record);
  draft = g_new0 (LmDraftFile, 1);
  draft->has_base = lm_id_parse (lm_content_get_string (content, "base"), -1, &draft->base);
  draft->record = g_steal_pointer (&record);
  return draft;
}

/* Opens the draft in the file @name. Returns: (transfer full): the draft */
LmDraftFile *
lm_store_read_draft (LmStore *store, const char *name, LmId *id, GError **error)
{
  return read_draft_in (store, lm_local_drafts (store->local), name, id, error);
}

/* Listing ------------------------------------------------------------------------------------ */

static int
by_id (gconstpointer a, gconstpointer b)
{
  return lm_id_compare (&(*(LmDraftFile *const *) a)->record->id,
                        &(*(LmDraftFile *const *) b)->record->id);
}

typedef struct
{
  LmDraftFile *draft;
  struct timespec time; /* when its file was written */
} Found;

/* Returns: (transfer full): under what @draft is found: one beside another is not instead of it */
static char *
key_of (LmDraftFile *draft)
{
  g_autoptr (LmContent) content = lm_record_content (draft->record);

  return draft_name (&draft->record->id, lm_draft_content_is_beside (content));
}

/* Of two drafts of one text the one that was written last is offered: the other stays until that is
 * saved, and goes with it. */
static void
offer (GHashTable *found, LmDraftFile *draft, int folder, const char *name)
{
  g_autofree char *key = key_of (draft);
  Found *other = g_hash_table_lookup (found, key);
  struct stat info = { 0 };
  Found *one;

  if (fstatat (folder, name, &info, AT_SYMLINK_NOFOLLOW) != 0)
    memset (&info, 0, sizeof info);
  if (other != NULL &&
      (other->time.tv_sec > info.st_mtim.tv_sec ||
       (other->time.tv_sec == info.st_mtim.tv_sec && other->time.tv_nsec >= info.st_mtim.tv_nsec)))
    {
      lm_draft_file_free (draft);
      return;
    }
  one = g_new (Found, 1);
  *one = (Found) { draft, info.st_mtim };
  g_hash_table_replace (found, g_steal_pointer (&key), one);
}

static void
found_free (gpointer data)
{
  Found *found = data;

  g_clear_pointer (&found->draft, lm_draft_file_free);
  g_free (found);
}

static void
list_in (LmStore *store, int folder, const char *where, GHashTable *found, GPtrArray *problems)
{
  g_autoptr (GPtrArray) names = lm_file_list (folder, ".", NULL);

  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      const char *name = names->pdata[i];
      g_autofree char *path = g_build_filename (where, name, NULL);
      g_autoptr (GError) local = NULL;
      LmDraftFile *draft;
      LmId id = { 0 };

      if (!lm_file_name_is_json (name))
        continue;
      draft = read_draft_in (store, folder, name, &id, &local);
      if (draft == NULL)
        g_ptr_array_add (problems, lm_problem_new (path, &id, g_steal_pointer (&local)));
      else if (is_safe_elsewhere (store, draft->record))
        {
          if (!store->shared && !lm_file_remove (folder, name, NULL))
            g_debug ("%s is not needed any more, and stays", path);
          lm_draft_file_free (draft);
        }
      else
        offer (found, draft, folder, name);
    }
}

/**
 * lm_store_list_drafts:
 * @problems: (element-type LmProblem): gets those that cannot be opened
 *
 * Drops the drafts whose text was saved after all, and leaves the others.
 *
 * Returns: (transfer full) (element-type LmDraftFile): the texts to offer to the person
 */
GPtrArray *
lm_store_list_drafts (LmStore *store, GPtrArray *problems)
{
  GPtrArray *drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) lm_draft_file_free);
  g_autoptr (GHashTable) found =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, found_free);
  int aside = lm_local_open_aside (lm_vault_journal (store->vault), FALSE, NULL);
  GHashTableIter iter;
  gpointer one;

  list_in (store, lm_local_drafts (store->local), LM_LOCAL_DRAFTS, found, problems);
  if (aside >= 0)
    {
      list_in (store, aside, LM_LOCAL_ASIDE, found, problems);
      close (aside);
    }
  g_hash_table_iter_init (&iter, found);
  while (g_hash_table_iter_next (&iter, NULL, &one))
    g_ptr_array_add (drafts, g_steal_pointer (&((Found *) one)->draft));
  g_ptr_array_sort (drafts, by_id);
  return drafts;
}
