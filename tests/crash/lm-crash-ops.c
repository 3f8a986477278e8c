/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <unistd.h>

#include "lm-crash-check.h"
#include "lm-crash-ops.h"
#include "lm-crash-ops-copies.h"
#include "lm-crash-ops-keys.h"
#include "lm-crash-ops-look.h"
#include "lm-crash-trace.h"
#include "lm-test.h"

/* Doing ---------------------------------------------------------------------------- */

/* As the window does: the version comes behind what is called saved. */
static LmRecord *
save_first (LmStore *store, const LmId *id, LmContent *content, LmRecord *base, GError **error)
{
  g_autoptr (GBytes) unkept = NULL;
  g_autoptr (LmRecord) record =
      lm_store_save_first (store, id, content, base, NULL, &unkept, error);

  if (record == NULL || !lm_store_keep_saved (store, record, unkept, error))
    return NULL;
  return g_steal_pointer (&record);
}

static gboolean
save (LmCrashScene *scene, LmCrashWho who, const char *text, int trash, gboolean first)
{
  LmCrashLook look;
  g_autoptr (LmContent) content = NULL;
  g_autoptr (LmRecord) record = NULL;
  g_autoptr (GDateTime) now = lm_clock_now (scene->clock);
  LmRecord *base;
  LmId id = lm_test_id (who);

  lm_crash_ready (&look, scene);
  base = lm_crash_find (&look, who);
  content = base != NULL ? lm_record_content (base) : lm_crash_content (scene, text);
  if (text != NULL)
    lm_content_set_string (content, "text", text);
  if (trash >= 0)
    lm_content_set_deleted (content, trash ? now : NULL);
  lm_crash_begin ();
  record = first ? save_first (look.store, &id, content, base, &scene->error)
                 : lm_store_save (look.store, &id, content, base, NULL, &scene->error);
  return lm_crash_end (record != NULL);
}

static gboolean
run_save (LmCrashScene *scene)
{
  return save (scene, LM_CRASH_OLD, "new text", -1, FALSE);
}

static gboolean
run_save_new (LmCrashScene *scene)
{
  return save (scene, LM_CRASH_NEW, "new text", -1, FALSE);
}

static gboolean
run_save_first (LmCrashScene *scene)
{
  return save (scene, LM_CRASH_OLD, "new text", -1, TRUE);
}

static gboolean
run_save_new_first (LmCrashScene *scene)
{
  return save (scene, LM_CRASH_NEW, "new text", -1, TRUE);
}

static gboolean
run_delete (LmCrashScene *scene)
{
  return save (scene, LM_CRASH_OLD, NULL, TRUE, FALSE);
}

static gboolean
run_bring_back (LmCrashScene *scene)
{
  return save (scene, LM_CRASH_TRASHED, NULL, FALSE, FALSE);
}

static gboolean
draft (LmCrashScene *scene, LmCrashWho who)
{
  LmCrashLook look;
  g_autoptr (LmContent) content = lm_crash_content (scene, "new draft");
  LmId id = lm_test_id (who);

  lm_crash_ready (&look, scene);
  lm_crash_begin ();
  return lm_crash_end (lm_store_save_draft (look.store, &id, content, NULL, &scene->error));
}

static gboolean
run_draft (LmCrashScene *scene)
{
  return draft (scene, LM_CRASH_DRAFT);
}

static gboolean
run_draft_new (LmCrashScene *scene)
{
  return draft (scene, LM_CRASH_NEW);
}

/* What the app does when a draft becomes an entry. */
static gboolean
run_draft_to_entry (LmCrashScene *scene)
{
  LmCrashLook look;
  g_autoptr (LmContent) content = lm_crash_content (scene, "draft text");
  g_autoptr (LmRecord) record = NULL;
  LmId id = lm_test_id (LM_CRASH_DRAFT);

  lm_crash_ready (&look, scene);
  lm_crash_begin ();
  record = save_first (look.store, &id, content, NULL, &scene->error);
  return lm_crash_end (record != NULL && lm_store_drop_draft (look.store, &id, &scene->error));
}

/* Deleting for good, also from the snapshots of this computer. */
static gboolean
run_purge (LmCrashScene *scene)
{
  LmCrashLook look;
  LmId id = lm_test_id (LM_CRASH_TRASHED);

  lm_crash_ready (&look, scene);
  lm_crash_begin ();
  return lm_crash_end (lm_store_purge (look.store,
                                       &id,
                                       &lm_crash_find (&look, LM_CRASH_TRASHED)->hash,
                                       TRUE,
                                       &scene->error));
}

/* Unlocking tidies up, and closing writes down what was seen. */
static gboolean
run_open (LmCrashScene *scene)
{
  LmCrashLook look;

  lm_crash_begin ();
  if (!lm_crash_open (&look, scene, LM_CRASH_PASSPHRASE, &scene->error) ||
      !lm_crash_read (&look, &scene->error))
    return FALSE;
  return lm_crash_end (lm_store_close (look.store, &scene->error));
}

static char *
other_path (LmCrashScene *scene)
{
  return g_build_filename (scene->root, "other", NULL);
}

static gboolean
run_create (LmCrashScene *scene)
{
  g_autofree char *path = other_path (scene);
  g_autoptr (LmSecret) passphrase = lm_crash_secret (LM_CRASH_OTHER);
  g_autoptr (LmSecret) code = NULL;
  g_autoptr (LmOpened) opened = NULL;
  g_autoptr (LmFolder) folder = NULL;

  lm_crash_begin ();
  folder =
      lm_folder_create (path, passphrase, lm_kdf_cost_minimal (), &code, &opened, &scene->error);
  return lm_crash_end (folder != NULL);
}

/* Looking -------------------------------------------------------------------------- */

static char *
check_save (LmCrashScene *scene, gboolean done)
{
  static const LmCrashChange change = { LM_CRASH_OLD, "old text", "new text", FALSE, FALSE };

  return lm_crash_check (scene, LM_CRASH_PASSPHRASE, &change, NULL, done);
}

static char *
check_save_new (LmCrashScene *scene, gboolean done)
{
  static const LmCrashChange change = { LM_CRASH_NEW, NULL, "new text", FALSE, FALSE };

  return lm_crash_check (scene, LM_CRASH_PASSPHRASE, &change, NULL, done);
}

static char *
check_delete (LmCrashScene *scene, gboolean done)
{
  static const LmCrashChange change = { LM_CRASH_OLD, "old text", "old text", FALSE, TRUE };

  return lm_crash_check (scene, LM_CRASH_PASSPHRASE, &change, NULL, done);
}

static char *
check_bring_back (LmCrashScene *scene, gboolean done)
{
  static const LmCrashChange change = { LM_CRASH_TRASHED,
                                        "trashed text",
                                        "trashed text",
                                        TRUE,
                                        FALSE };

  return lm_crash_check (scene, LM_CRASH_PASSPHRASE, &change, NULL, done);
}

static char *
check_draft_op (LmCrashScene *scene, gboolean done)
{
  static const LmCrashChange change = { LM_CRASH_DRAFT, "draft text", "new draft", FALSE, FALSE };

  return lm_crash_check (scene, LM_CRASH_PASSPHRASE, NULL, &change, done);
}

static char *
check_draft_new (LmCrashScene *scene, gboolean done)
{
  static const LmCrashChange change = { LM_CRASH_NEW, NULL, "new draft", FALSE, FALSE };

  return lm_crash_check (scene, LM_CRASH_PASSPHRASE, NULL, &change, done);
}

/* The draft may go only when the entry is there. Whether it went is nobody's loss: one that is left
 * is dropped when drafts are listed. */
static char *
check_draft_to_entry (LmCrashScene *scene, gboolean done)
{
  static const LmCrashChange record = { LM_CRASH_DRAFT, NULL, "draft text", FALSE, FALSE };
  static const LmCrashChange draft = { LM_CRASH_DRAFT, "draft text", NULL, FALSE, FALSE };
  LmCrashLook look = { 0 };
  char *violation = lm_crash_check (scene, LM_CRASH_PASSPHRASE, &record, &draft, done);

  if (violation != NULL)
    return violation;
  if (!lm_crash_open (&look, scene, LM_CRASH_PASSPHRASE, NULL) || !lm_crash_read (&look, NULL))
    violation = g_strdup ("does not open");
  else if (!lm_crash_holds (&look, LM_CRASH_DRAFT, "draft text", FALSE))
    violation = g_strdup ("the text is neither a draft nor an entry");
  lm_crash_close (&look);
  return violation;
}

static char *
check_purge (LmCrashScene *scene, gboolean done)
{
  static const LmCrashChange change = {
    LM_CRASH_TRASHED, "trashed text", NULL, TRUE, FALSE, TRUE,
  };

  return lm_crash_check (scene, LM_CRASH_PASSPHRASE, &change, NULL, done);
}

static char *
check_open (LmCrashScene *scene, gboolean done)
{
  return lm_crash_check (scene, LM_CRASH_PASSPHRASE, NULL, NULL, done);
}

/* The new journal is not there, or opens; nothing is between. */
static char *
check_create (LmCrashScene *scene, gboolean done)
{
  g_autofree char *path = other_path (scene);
  g_autoptr (LmSecret) passphrase = lm_crash_secret (LM_CRASH_OTHER);
  g_autoptr (LmFolder) folder = NULL;
  g_autoptr (LmOpened) opened = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return done ? g_strdup ("the new journal is not there")
                : lm_crash_check (scene, LM_CRASH_PASSPHRASE, NULL, NULL, FALSE);
  folder = lm_folder_read (path, &error);
  if (folder != NULL)
    opened = lm_folder_unlock (folder, LM_KEY_SLOT_PASSPHRASE, passphrase, NULL, &error);
  if (opened == NULL)
    return g_strdup_printf ("the new journal does not open: %s", error->message);
  return lm_crash_check (scene, LM_CRASH_PASSPHRASE, NULL, NULL, FALSE);
}

/* The table ------------------------------------------------------------------------- */

const LmCrashOp lm_crash_ops[] = {
  { "save", run_save, check_save, TRUE },
  { "save a new entry", run_save_new, check_save_new, TRUE },
  { "save, and the version behind it", run_save_first, check_save, TRUE },
  { "save a new entry, and the version behind it", run_save_new_first, check_save_new, TRUE },
  { "delete", run_delete, check_delete, FALSE },
  { "bring back from the trash", run_bring_back, check_bring_back, FALSE },
  { "keep a draft", run_draft, check_draft_op, TRUE },
  { "keep a new draft", run_draft_new, check_draft_new, TRUE },
  /* Each sync of this is missed in "save a new entry, and the version behind it". Here a version
   * that a power cut takes is made again of the draft, whose removal it takes, too. */
  { "make an entry of a draft", run_draft_to_entry, check_draft_to_entry, FALSE },
  { "delete for good", run_purge, check_purge, FALSE },
  { "unlock and close", run_open, check_open, FALSE },
  { "create a journal", run_create, check_create, FALSE },
  { "make a snapshot", lm_crash_run_snapshot, lm_crash_check_snapshot, FALSE },
  { "restore one entry", lm_crash_run_restore_one, lm_crash_check_restore_one, FALSE },
  { "restore all to a new folder",
    lm_crash_run_restore_whole,
    lm_crash_check_restore_whole,
    FALSE },
  { "change the passphrase", lm_crash_run_passphrase, lm_crash_check_rekey, FALSE },
  { "change the code", lm_crash_run_code, lm_crash_check_code, FALSE },
  { "change the key", lm_crash_run_rotate, lm_crash_check_rekey, FALSE },
  { "attach a file", lm_crash_run_attach, lm_crash_check_attach, FALSE },
  { "look at copies", lm_crash_run_look, lm_crash_check_copies, FALSE, lm_crash_prepare_copies },
  { "tidy attachments",
    lm_crash_run_tidy,
    lm_crash_check_still,
    FALSE,
    lm_crash_prepare_unused,
    TRUE },
  { "bring back what went",
    lm_crash_run_undo_loss,
    lm_crash_check_loss,
    FALSE,
    lm_crash_prepare_loss },
};

guint
lm_crash_n_ops (void)
{
  return G_N_ELEMENTS (lm_crash_ops);
}
