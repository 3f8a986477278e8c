/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "journal/lm-losses.h"
#include "journal/lm-store-attachments.h"
#include "lm-crash-check.h"
#include "lm-crash-ops-copies.h"
#include "lm-crash-ops-look.h"
#include "lm-crash-trace.h"
#include "lm-test.h"

/* Looking again at a folder that a sync tool was at -------------------------------------------- */

/* Returns: (transfer full): where the file of @who lies; @suffix stands behind its id */
static char *
entry_path (LmCrashScene *scene, LmCrashWho who, const char *suffix)
{
  LmId id = lm_test_id (who);
  g_autofree char *name = g_strconcat (lm_id_format (&id).digits, suffix, NULL);

  return g_build_filename (scene->path, "entries", name, NULL);
}

static GBytes *
read_entry (LmCrashScene *scene, LmCrashWho who)
{
  g_autofree char *path = entry_path (scene, who, ".json");

  return lm_test_read (path);
}

static void
put_entry (LmCrashScene *scene, LmCrashWho who, const char *suffix, GBytes *file)
{
  g_autofree char *path = entry_path (scene, who, suffix);

  lm_test_write (path, file);
}

/* The attachment's file once more, as a sync tool names the second of two. */
static void
copy_attachment (LmCrashScene *scene)
{
  g_autofree char *folder = g_build_filename (scene->path, "attachments", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autofree char *name = g_strdup (g_dir_read_name (dir));
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *stem = g_strndup (name, LM_ID_DIGITS);
  g_autofree char *other_name = g_strconcat (stem, " (Conflict).bin", NULL);
  g_autofree char *other = g_build_filename (folder, other_name, NULL);
  g_autoptr (GBytes) file = lm_test_read (path);

  g_assert_null (g_dir_read_name (dir));
  lm_test_write (other, file);
}

/* An entry is back in its older state, with the newer one as a copy beside it; another has a copy
 * that is the same, and the attachment too. */
void
lm_crash_prepare_copies (LmCrashScene *scene)
{
  g_autoptr (GBytes) old = read_entry (scene, LM_CRASH_OLD);
  g_autoptr (GBytes) beside = read_entry (scene, LM_CRASH_BESIDE);
  g_autoptr (GBytes) newer = NULL;

  lm_crash_attach (scene);
  newer = read_entry (scene, LM_CRASH_OLD);
  put_entry (scene, LM_CRASH_OLD, ".json", old);
  put_entry (scene, LM_CRASH_OLD, ".sync-conflict-20261123-210411-ABCDEFG.json", newer);
  put_entry (scene, LM_CRASH_BESIDE, " (copy).json", beside);
  copy_attachment (scene);
}

gboolean
lm_crash_run_look (LmCrashScene *scene)
{
  LmCrashLook look;
  g_autoptr (LmRescan) rescan = NULL;

  if (!lm_crash_open (&look, scene, LM_CRASH_PASSPHRASE, NULL))
    _exit (4);
  lm_crash_begin ();
  rescan = lm_store_rescan (look.store, &scene->error);
  return lm_crash_end (rescan != NULL);
}

/* What could not be settled waits for the next look. After that one all is as it should be, however
 * far the first one came. */
char *
lm_crash_check_copies (LmCrashScene *scene, gboolean done)
{
  LmCrashLook look;
  g_autoptr (LmRescan) rescan = NULL;
  g_autoptr (GError) error = NULL;
  char *violation = NULL;

  if (lm_crash_open (&look, scene, LM_CRASH_PASSPHRASE, &error))
    rescan = lm_store_rescan (look.store, &error);
  if (rescan == NULL)
    violation = g_strdup_printf ("the next look: %s", error->message);
  else if (rescan->conflicts->len > 0)
    violation = g_strdup ("a copy that need not be asked about is still there");
  lm_crash_close (&look);
  return violation != NULL ? violation : lm_crash_check_attach (scene, TRUE);
}

/* An attachment that nothing names: it is noted, and stays for now. */
void
lm_crash_prepare_unused (LmCrashScene *scene)
{
  g_autoptr (GBytes) old = read_entry (scene, LM_CRASH_OLD);

  lm_crash_attach (scene);
  put_entry (scene, LM_CRASH_OLD, ".json", old);
}

/* Tidying ---------------------------------------------------------------------------------------
 */

gboolean
lm_crash_run_tidy (LmCrashScene *scene)
{
  LmCrashLook look;
  guint removed;

  lm_crash_ready (&look, scene);
  lm_crash_begin ();
  return lm_crash_end (lm_store_tidy_attachments (look.store, &removed, &scene->error));
}

char *
lm_crash_check_still (LmCrashScene *scene, gboolean done)
{
  return lm_crash_check (scene, LM_CRASH_PASSPHRASE, NULL, NULL, done);
}

/* What went without anybody's having deleted it --------------------------------------------------
 */

void
lm_crash_prepare_loss (LmCrashScene *scene)
{
  g_autofree char *path = entry_path (scene, LM_CRASH_BESIDE, ".json");

  g_assert_cmpint (g_unlink (path), ==, 0);
}

gboolean
lm_crash_run_undo_loss (LmCrashScene *scene)
{
  LmCrashLook look;
  g_autoptr (GPtrArray) losses = NULL;
  g_autoptr (LmRecord) record = NULL;

  lm_crash_ready (&look, scene);
  lm_crash_begin ();
  losses = lm_store_find_losses (look.store, &scene->error);
  if (losses == NULL)
    return FALSE;
  if (losses->len != 1)
    {
      g_set_error (&scene->error, G_IO_ERROR, G_IO_ERROR_FAILED, "%u losses", losses->len);
      return FALSE;
    }
  record = lm_store_undo_loss (look.store, losses->pdata[0], &scene->error);
  return lm_crash_end (record != NULL);
}

char *
lm_crash_check_loss (LmCrashScene *scene, gboolean done)
{
  static const LmCrashChange change = { LM_CRASH_BESIDE, NULL, "text beside", FALSE, FALSE };

  return lm_crash_check (scene, LM_CRASH_PASSPHRASE, &change, NULL, done);
}
