/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>
#include <unistd.h>

#include "journal/lm-restore.h"
#include "journal/lm-snapshot.h"
#include "journal/lm-store-attachments.h"
#include "lm-crash-check.h"
#include "lm-crash-ops-copies.h"
#include "lm-crash-trace.h"
#include "lm-test.h"

/* Snapshots ------------------------------------------------------------------------ */

static LmSnapshots *
snapshots_of (LmCrashScene *scene)
{
  LmSnapshots *snapshots = lm_snapshots_open (&scene->journal, NULL);

  if (snapshots == NULL)
    _exit (4);
  return snapshots;
}

gboolean
lm_crash_run_snapshot (LmCrashScene *scene)
{
  LmSnapshots *snapshots = snapshots_of (scene);
  g_autofree char *name = NULL;

  lm_crash_begin ();
  name = lm_snapshot_make (snapshots, scene->path, scene->clock, NULL, NULL, NULL, &scene->error);
  return lm_crash_end (name != NULL);
}

/* Every snapshot that is listed is whole. @wanted: how many there must be at least */
static char *
check_snapshots (LmCrashScene *scene, guint wanted)
{
  LmCrashLook look = { 0 };
  g_autoptr (LmSnapshots) snapshots = NULL;
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GError) error = NULL;
  char *violation = NULL;

  if (!lm_crash_open (&look, scene, LM_CRASH_PASSPHRASE, &error))
    violation = g_strdup_printf ("does not open: %s", error->message);
  else
    {
      snapshots = lm_snapshots_open (&scene->journal, &error);
      names = snapshots != NULL ? lm_snapshots_list (snapshots, &error) : NULL;
      if (names == NULL)
        violation = g_strdup_printf ("no list of snapshots: %s", error->message);
      else if (names->len < wanted)
        violation = g_strdup_printf ("%u snapshots, and %u were made", names->len, wanted);
    }
  for (guint i = 0; violation == NULL && i < names->len; i++)
    {
      g_autoptr (GPtrArray) problems =
          g_ptr_array_new_with_free_func ((GDestroyNotify) lm_problem_free);
      g_autoptr (GPtrArray) records = NULL;
      int one = lm_snapshots_open_one (snapshots, names->pdata[i], &error);

      if (one >= 0)
        records = lm_snapshot_load (one, look.opened->vault, problems, NULL, &error);
      if (records == NULL)
        violation = g_strdup_printf ("snapshot %s: %s", (char *) names->pdata[i], error->message);
      else if (problems->len > 0 || records->len != 3)
        violation = g_strdup_printf ("snapshot %s: %u records, %u problems",
                                     (char *) names->pdata[i],
                                     records->len,
                                     problems->len);
      if (one >= 0)
        close (one);
    }
  lm_crash_close (&look);
  return violation;
}

/* The scene has one already. */
char *
lm_crash_check_snapshot (LmCrashScene *scene, gboolean done)
{
  char *violation = check_snapshots (scene, done ? 2 : 1);

  return violation != NULL ? violation
                           : lm_crash_check (scene, LM_CRASH_PASSPHRASE, NULL, NULL, FALSE);
}

/* Restoring --------------------------------------------------------------------------- */

static int
first_snapshot (LmCrashScene *scene)
{
  g_autoptr (LmSnapshots) snapshots = snapshots_of (scene);
  g_autoptr (GPtrArray) names = lm_snapshots_list (snapshots, NULL);
  int one = names != NULL && names->len > 0
                ? lm_snapshots_open_one (snapshots, names->pdata[0], NULL)
                : -1;

  if (one < 0)
    _exit (4);
  return one;
}

gboolean
lm_crash_run_restore_one (LmCrashScene *scene)
{
  LmCrashLook look;
  LmId id = lm_test_id (LM_CRASH_OLD);
  LmRestored restored;
  int one;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (LmRecord) record = NULL, before = NULL;
  LmRecord *past = NULL;

  lm_crash_ready (&look, scene);
  one = first_snapshot (scene);
  problems = g_ptr_array_new_with_free_func ((GDestroyNotify) lm_problem_free);
  records = lm_snapshot_load (one, look.opened->vault, problems, NULL, NULL);
  for (guint i = 0; records != NULL && i < records->len; i++)
    if (lm_id_equal (&((LmRecord *) records->pdata[i])->id, &id))
      past = records->pdata[i];
  if (past == NULL)
    _exit (4);
  lm_crash_begin ();
  record = lm_restore_one (look.store, one, past, &restored, &before, &scene->error);
  return lm_crash_end (record != NULL);
}

/* The snapshot was made when the entry said "first text". */
char *
lm_crash_check_restore_one (LmCrashScene *scene, gboolean done)
{
  static const LmCrashChange change = { LM_CRASH_OLD, "old text", "first text", FALSE, FALSE };

  return lm_crash_check (scene, LM_CRASH_PASSPHRASE, &change, NULL, done);
}

static char *
whole_path (LmCrashScene *scene)
{
  return g_build_filename (scene->root, "restored", NULL);
}

gboolean
lm_crash_run_restore_whole (LmCrashScene *scene)
{
  g_autofree char *path = whole_path (scene);
  int one = first_snapshot (scene);

  lm_crash_begin ();
  return lm_crash_end (lm_restore_whole (one, path, NULL, NULL, NULL, &scene->error));
}

char *
lm_crash_check_restore_whole (LmCrashScene *scene, gboolean done)
{
  g_autofree char *path = whole_path (scene);
  g_autoptr (LmSecret) passphrase = lm_crash_secret (LM_CRASH_PASSPHRASE);
  g_autoptr (LmFolder) folder = NULL;
  g_autoptr (LmOpened) opened = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *entries = g_build_filename (path, "entries", NULL);

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return done ? g_strdup ("the new folder is not there")
                : lm_crash_check (scene, LM_CRASH_PASSPHRASE, NULL, NULL, FALSE);
  folder = lm_folder_read (path, &error);
  if (folder != NULL)
    opened = lm_folder_unlock (folder, LM_KEY_SLOT_PASSPHRASE, passphrase, NULL, &error);
  if (opened == NULL)
    return g_strdup_printf ("the new folder does not open: %s", error->message);
  if (lm_test_count (entries, ".json") != 3)
    return g_strdup ("the new folder lacks entries");
  return lm_crash_check (scene, LM_CRASH_PASSPHRASE, NULL, NULL, FALSE);
}

/* Attachments --------------------------------------------------------------------------- */

#define PICTURE "not really a picture"

static gboolean
attach (LmCrashScene *scene, LmCrashLook *look)
{
  g_autoptr (GInputStream) picture =
      g_memory_input_stream_new_from_data (PICTURE, strlen (PICTURE), NULL);
  g_autoptr (LmAttachment) attachment = NULL;
  g_autoptr (LmContent) content = NULL;
  g_autoptr (LmRecord) record = NULL;
  LmRecord *base;
  LmId id = lm_test_id (LM_CRASH_OLD);

  base = lm_crash_find (look, LM_CRASH_OLD);
  content = lm_record_content (base);
  attachment = lm_store_add_attachment (look->store,
                                        picture,
                                        strlen (PICTURE),
                                        "a.jpg",
                                        "image/jpeg",
                                        NULL,
                                        &scene->error);
  if (attachment == NULL)
    return FALSE;
  lm_content_add_attachment (content, attachment);
  lm_content_set_string (content, "text", "new text");
  record = lm_store_save (look->store, &id, content, base, NULL, &scene->error);
  return record != NULL;
}

gboolean
lm_crash_run_attach (LmCrashScene *scene)
{
  LmCrashLook look;

  lm_crash_ready (&look, scene);
  lm_crash_begin ();
  return lm_crash_end (attach (scene, &look));
}

/* As lm_crash_run_attach (), to make a scene. */
void
lm_crash_attach (LmCrashScene *scene)
{
  LmCrashLook look;

  lm_crash_ready (&look, scene);
  if (!attach (scene, &look))
    g_assert_no_error (scene->error);
  lm_crash_close (&look);
}

/* Whatever an entry lists is there, and is what was given. */
static char *
check_attachments (LmCrashScene *scene, guint wanted)
{
  LmCrashLook look = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (LmContent) content = NULL;
  g_autoptr (GPtrArray) listed = NULL;
  LmRecord *record = NULL;
  char *violation = NULL;

  if (lm_crash_open (&look, scene, LM_CRASH_PASSPHRASE, NULL) && lm_crash_read (&look, NULL))
    record = lm_crash_find (&look, LM_CRASH_OLD);
  content = record != NULL ? lm_record_content (record) : NULL;
  listed = content != NULL ? lm_content_list_attachments (content) : NULL;
  if (listed == NULL || listed->len < wanted)
    violation = g_strdup ("the entry does not list what was attached");
  for (guint i = 0; violation == NULL && i < listed->len; i++)
    {
      g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();

      if (!lm_store_read_attachment (look.store, listed->pdata[i], out, NULL, &error))
        violation = g_strdup_printf ("attachment: %s", error->message);
      else if (g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (out)) !=
               strlen (PICTURE))
        violation = g_strdup ("the attachment is another");
    }
  lm_crash_close (&look);
  return violation;
}

char *
lm_crash_check_attach (LmCrashScene *scene, gboolean done)
{
  static const LmCrashChange change = { LM_CRASH_OLD, "old text", "new text", FALSE, FALSE };
  char *violation = lm_crash_check (scene, LM_CRASH_PASSPHRASE, &change, NULL, done);

  return violation != NULL ? violation : check_attachments (scene, done ? 1 : 0);
}
