/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "journal/lm-local.h"
#include "journal/lm-snapshot.h"
#include "lm-crash-scene.h"
#include "lm-test.h"

LmSecret *
lm_crash_secret (const char *text)
{
  return lm_secret_new_taking (g_strdup (text));
}

/* Opens the journal of the scene; what was opened is to be closed even if this fails. */
gboolean
lm_crash_open (LmCrashLook *look, LmCrashScene *scene, const char *passphrase, GError **error)
{
  g_autoptr (LmSecret) secret = lm_crash_secret (passphrase);

  *look = (LmCrashLook) { .scene = scene };
  look->folder = lm_folder_read (scene->path, error);
  if (look->folder == NULL)
    return FALSE;
  look->opened = lm_folder_unlock (look->folder, LM_KEY_SLOT_PASSPHRASE, secret, NULL, error);
  if (look->opened == NULL)
    return FALSE;
  look->store = lm_store_open (look->folder, look->opened, scene->clock, error);
  return look->store != NULL;
}

static void
take_batch (GPtrArray *records, guint n_files, gpointer data)
{
  g_ptr_array_extend_and_steal (data, records);
}

static LmSealKind
kind_of (const char *path)
{
  if (strstr (path, "/drafts/") != NULL)
    return LM_SEAL_DRAFT;
  return g_str_has_suffix (path, "/seen.json") ? LM_SEAL_SEEN : LM_SEAL_ENTRY;
}

/* Whether @path, below the scene's root, is a sealed JSON file, or one that is not finished. */
static gboolean
is_sealed (const char *path)
{
  return (g_str_has_suffix (path, ".json") || g_str_has_suffix (path, ".part")) &&
         strstr (path, "/keys/") == NULL && !g_str_has_suffix (path, "/journal.json") &&
         !g_str_has_suffix (path, "/retired.json");
}

static void
sealed_free (gpointer data)
{
  LmCrashSealed *sealed = data;

  g_clear_pointer (&sealed->payload, g_bytes_unref);
  g_free (sealed->path);
  g_free (sealed);
}

static void
read_sealed (LmCrashLook *look)
{
  g_autoptr (GPtrArray) tree = lm_crash_tree_read (look->scene->root);

  look->sealed = g_ptr_array_new_with_free_func (sealed_free);
  for (guint i = 0; i < tree->len; i++)
    {
      LmCrashNode *node = tree->pdata[i];
      g_autofree char *path = g_strconcat ("/", node->path, NULL);
      LmCrashSealed *sealed;

      if (node->bytes == NULL || !is_sealed (path))
        continue;
      sealed = g_new0 (LmCrashSealed, 1);
      sealed->payload =
          lm_vault_open (look->opened->vault, kind_of (path), node->bytes, &sealed->id, NULL);
      sealed->path = g_steal_pointer (&path);
      g_ptr_array_add (look->sealed, sealed);
    }
}

/* Reads records and drafts, as the app does when it has unlocked, and all that there is. */
gboolean
lm_crash_read (LmCrashLook *look, GError **error)
{
  look->records = g_ptr_array_new_with_free_func ((GDestroyNotify) lm_record_unref);
  if (!lm_store_load (look->store, FALSE, take_batch, look->records, &look->problems, NULL, error))
    return FALSE;
  look->drafts = lm_store_list_drafts (look->store, look->problems);
  read_sealed (look);
  return TRUE;
}

void
lm_crash_close (LmCrashLook *look)
{
  g_clear_pointer (&look->records, g_ptr_array_unref);
  g_clear_pointer (&look->problems, g_ptr_array_unref);
  g_clear_pointer (&look->drafts, g_ptr_array_unref);
  g_clear_pointer (&look->sealed, g_ptr_array_unref);
  if (look->store != NULL)
    lm_store_close (g_steal_pointer (&look->store), NULL);
  g_clear_pointer (&look->opened, lm_opened_free);
  g_clear_pointer (&look->folder, lm_folder_unref);
}

/* Returns: (transfer none) (nullable): the record as it was read */
LmRecord *
lm_crash_find (LmCrashLook *look, LmCrashWho who)
{
  LmId id = lm_test_id (who);

  for (guint i = 0; i < look->records->len; i++)
    if (lm_id_equal (&((LmRecord *) look->records->pdata[i])->id, &id))
      return look->records->pdata[i];
  return NULL;
}

LmContent *
lm_crash_content (LmCrashScene *scene, const char *text)
{
  g_autoptr (GDateTime) now = lm_clock_now (scene->clock);
  LmContent *content = lm_content_new ("entry", now);

  lm_content_set_string (content, "text", text);
  return content;
}

static gboolean
says (GBytes *payload, const char *text)
{
  g_autofree char *member = g_strdup_printf ("\"text\":\"%s\"", text);

  return g_strstr_len (g_bytes_get_data (payload, NULL),
                       (gssize) g_bytes_get_size (payload),
                       member) != NULL;
}

/* Returns: (transfer none) (nullable): the first file of @who in which @text stands */
const char *
lm_crash_holder (LmCrashLook *look, LmCrashWho who, const char *text)
{
  LmId wanted = lm_test_id (who);

  for (guint i = 0; i < look->sealed->len; i++)
    {
      LmCrashSealed *sealed = look->sealed->pdata[i];

      if (sealed->payload != NULL && lm_id_equal (&sealed->id, &wanted) &&
          says (sealed->payload, text))
        return sealed->path;
    }
  return NULL;
}

/* Whether @text stands in a file of @who: in the entries, in a version, in a draft. */
gboolean
lm_crash_holds (LmCrashLook *look, LmCrashWho who, const char *text, gboolean versions_only)
{
  LmId wanted = lm_test_id (who);

  for (guint i = 0; i < look->sealed->len; i++)
    {
      LmCrashSealed *sealed = look->sealed->pdata[i];

      if (sealed->payload != NULL && lm_id_equal (&sealed->id, &wanted) &&
          says (sealed->payload, text) &&
          (!versions_only || strstr (sealed->path, "/versions/") != NULL))
        return TRUE;
    }
  return FALSE;
}

/* Returns: (transfer full) (nullable): the first file that has its proper name and does not open */
char *
lm_crash_unreadable (LmCrashLook *look)
{
  for (guint i = 0; i < look->sealed->len; i++)
    {
      LmCrashSealed *sealed = look->sealed->pdata[i];

      /* What is in a file or a folder that is not finished may be anything. */
      if (sealed->payload == NULL && strstr (sealed->path, ".part") == NULL)
        return g_strdup (sealed->path);
    }
  return NULL;
}

/* Making it ------------------------------------------------------------------------ */

static LmRecord *
save (LmCrashLook *look, LmCrashWho who, const char *text, LmRecord *base, gboolean trashed)
{
  g_autoptr (LmContent) content = lm_crash_content (look->scene, text);
  g_autoptr (GDateTime) now = lm_clock_now (look->scene->clock);
  g_autoptr (GError) error = NULL;
  LmId id = lm_test_id (who);
  LmRecord *record;

  if (trashed)
    lm_content_set_deleted (content, now);
  record = lm_store_save (look->store, &id, content, base, NULL, &error);
  g_assert_no_error (error);
  return record;
}

/* What a crash leaves between the exchange of a file and the end of the save. */
static void
leave_part (LmCrashLook *look)
{
  g_autoptr (LmContent) content = lm_crash_content (look->scene, "displaced text");
  g_autoptr (GBytes) payload = lm_content_write (content);
  g_autoptr (GError) error = NULL;
  LmId id = lm_test_id (LM_CRASH_PART);
  g_autoptr (GBytes) file =
      lm_vault_seal (look->opened->vault, LM_SEAL_ENTRY, &id, payload, &error);
  g_autofree char *name = g_strdup_printf (".~%s-%s-01234567.part",
                                           lm_id_format (&id).digits,
                                           lm_id_format (lm_store_device (look->store)).digits);
  g_autofree char *path = g_build_filename (look->scene->path, "entries", name, NULL);

  g_assert_no_error (error);
  lm_test_write (path, file);
}

static void
fill (LmCrashScene *scene)
{
  LmCrashLook look;
  g_autoptr (LmRecord) first = NULL, old = NULL, beside = NULL, trashed = NULL;
  g_autoptr (LmContent) draft = lm_crash_content (scene, "draft text");
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 ("2026-11-22T21:04:11+01:00", NULL);
  g_autoptr (LmClock) yesterday = lm_clock_new_set (time);
  g_autoptr (LmSnapshots) snapshots = NULL;
  g_autofree char *snapshot = NULL;
  g_autoptr (GError) error = NULL;
  LmId id = lm_test_id (LM_CRASH_DRAFT);

  if (!lm_crash_open (&look, scene, LM_CRASH_PASSPHRASE, &error))
    g_assert_no_error (error);
  first = save (&look, LM_CRASH_OLD, "first text", NULL, FALSE);
  beside = save (&look, LM_CRASH_BESIDE, "text beside", NULL, FALSE);
  trashed = save (&look, LM_CRASH_TRASHED, "trashed text", NULL, TRUE);
  snapshots = lm_snapshots_open (&scene->journal, &error);
  g_assert_no_error (error);
  snapshot = lm_snapshot_make (snapshots, scene->path, yesterday, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  old = save (&look, LM_CRASH_OLD, "old text", first, FALSE);
  g_assert_true (lm_store_save_draft (look.store, &id, draft, NULL, &error));
  g_assert_no_error (error);
  leave_part (&look);
  scene->device = *lm_store_device (look.store);
  lm_crash_close (&look);
}

/* @root: a new folder; the user's data folder is root/data */
LmCrashScene *
lm_crash_scene_new (const char *root)
{
  LmCrashScene *scene = g_new0 (LmCrashScene, 1);
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 ("2026-11-23T21:04:11+01:00", NULL);
  g_autoptr (LmSecret) passphrase = lm_crash_secret (LM_CRASH_PASSPHRASE);
  g_autoptr (LmSecret) code = NULL;
  g_autoptr (LmOpened) opened = NULL;
  g_autoptr (LmFolder) folder = NULL;
  g_autoptr (GError) error = NULL;

  scene->root = g_strdup (root);
  scene->path = g_build_filename (root, "journal", NULL);
  scene->clock = lm_clock_new_set (time);
  folder =
      lm_folder_create (scene->path, passphrase, lm_kdf_cost_minimal (), &code, &opened, &error);
  g_assert_no_error (error);
  scene->journal = *lm_folder_journal (folder);
  scene->local = lm_local_path (&scene->journal);
  g_assert_true (g_str_has_prefix (scene->local, root));
  fill (scene);
  scene->before = lm_crash_tree_read (root);
  return scene;
}

void
lm_crash_scene_free (LmCrashScene *scene)
{
  g_ptr_array_unref (scene->before);
  lm_clock_unref (scene->clock);
  g_free (scene->local);
  g_free (scene->path);
  g_free (scene->root);
  g_free (scene);
}
