/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <unistd.h>

#include "lm-crash-check.h"
#include "lm-crash-trace.h"
#include "lm-test.h"

/* Opens and reads the journal in the process under test. */
void
lm_crash_ready (LmCrashLook *look, LmCrashScene *scene)
{
  if (!lm_crash_open (look, scene, LM_CRASH_PASSPHRASE, NULL) || !lm_crash_read (look, NULL))
    _exit (4);
}

/* Ends an operation. The process ends right after it, as in a crash: nothing is closed. */
gboolean
lm_crash_end (gboolean good)
{
  if (good)
    lm_crash_acknowledge ();
  return good;
}

static char *
state_of (const char *text, gboolean trashed)
{
  return text == NULL ? g_strdup ("nothing")
                      : g_strdup_printf ("“%s”%s", text, trashed ? " in the trash" : "");
}

/* Whether the record is as it was or as it is to be. */
static char *
check_record (LmCrashLook *look, const LmCrashChange *change, gboolean done)
{
  LmRecord *found = lm_crash_find (look, change->who);
  LmRecord *record = found != NULL && found->kind != LM_RECORD_GONE ? found : NULL;
  g_autoptr (LmContent) content = record != NULL ? lm_record_content (record) : NULL;
  const char *text = content != NULL ? lm_content_get_string (content, "text") : NULL;
  g_autofree char *is = state_of (text, record != NULL && record->deleted);
  g_autofree char *was = state_of (change->before, change->was_trashed);
  g_autofree char *wanted = state_of (change->after, change->is_trashed);

  if (!g_str_equal (is, wanted) && (done || !g_str_equal (is, was)))
    return g_strdup_printf ("record %d: %s, was %s%s",
                            change->who,
                            is,
                            was,
                            done ? ", and more was called done" : "");
  if (change->purged)
    return done && lm_crash_holds (look, change->who, change->before, FALSE)
               ? g_strdup_printf ("record %d: deleted for good, and still in %s",
                                  change->who,
                                  lm_crash_holder (look, change->who, change->before))
               : NULL;
  if (change->before != NULL && !lm_crash_holds (look, change->who, change->before, FALSE))
    return g_strdup_printf ("record %d: the old text is nowhere", change->who);
  if (done && change->after != NULL && !lm_crash_holds (look, change->who, change->after, TRUE))
    return g_strdup_printf ("record %d: saved, but no version was kept", change->who);
  return NULL;
}

static char *
check_draft (LmCrashLook *look, const LmCrashChange *change, gboolean done)
{
  g_autoptr (LmContent) content = NULL;
  const char *text = NULL;
  LmId id = lm_test_id (change->who);

  for (guint i = 0; i < look->drafts->len; i++)
    {
      LmDraftFile *file = look->drafts->pdata[i];

      if (lm_id_equal (&file->record->id, &id))
        {
          content = lm_record_content (file->record);
          text = lm_content_get_string (content, "text");
        }
    }
  if (g_strcmp0 (text, change->after) == 0 || (!done && g_strcmp0 (text, change->before) == 0))
    return NULL;
  return g_strdup_printf ("draft %d: “%s”", change->who, text != NULL ? text : "nothing");
}

/* What holds at any time, whatever was going on: the journal opens, every file that has its proper
 * name opens, and what nobody touched is as it was. */
static char *
look_around (LmCrashLook *look,
             const LmCrashChange *record,
             const LmCrashChange *draft,
             gboolean done)
{
  static const LmCrashChange still[] = {
    { LM_CRASH_OLD, "old text", "old text", FALSE, FALSE },
    { LM_CRASH_BESIDE, "text beside", "text beside", FALSE, FALSE },
    { LM_CRASH_TRASHED, "trashed text", "trashed text", TRUE, TRUE },
  };
  static const LmCrashChange still_draft = { LM_CRASH_DRAFT,
                                             "draft text",
                                             "draft text",
                                             FALSE,
                                             FALSE };
  char *violation = NULL;

  if (!lm_id_equal (lm_store_device (look->store), &look->scene->device))
    return g_strdup ("this computer no longer knows itself");
  for (guint i = 0; i < look->problems->len; i++)
    {
      LmProblem *problem = look->problems->pdata[i];
      LmId own = lm_test_id (record != NULL ? record->who : 0);

      /* Where the displaced file could not be looked at, it is kept as a copy: nothing is lost. */
      if (problem->error != NULL || !lm_id_equal (&problem->id, &own))
        return g_strdup_printf ("%s: %s",
                                problem->file,
                                problem->error != NULL ? problem->error->message : "a copy");
    }
  for (guint i = 0; i < G_N_ELEMENTS (still) && violation == NULL; i++)
    if (record == NULL || record->who != still[i].who)
      violation = check_record (look, &still[i], FALSE);
  if (violation == NULL && (draft == NULL || draft->who != LM_CRASH_DRAFT))
    violation = check_draft (look, &still_draft, FALSE);
  if (violation == NULL && record != NULL)
    violation = check_record (look, record, done);
  if (violation == NULL && draft != NULL)
    violation = check_draft (look, draft, done);
  if (violation == NULL && !lm_crash_holds (look, LM_CRASH_OLD, "first text", TRUE))
    violation = g_strdup ("the oldest version is gone");
  if (violation == NULL && !lm_crash_holds (look, LM_CRASH_PART, "displaced text", FALSE))
    violation = g_strdup ("what was in the temporary file is gone");
  return violation;
}

/**
 * lm_crash_check:
 * @passphrase: that opens it
 * @record: (nullable): what was to become of a record
 * @draft: (nullable): what was to become of a draft
 * @done: whether it was acknowledged
 *
 * Returns: (transfer full) (nullable): what is wrong
 */
char *
lm_crash_check (LmCrashScene *scene,
                const char *passphrase,
                const LmCrashChange *record,
                const LmCrashChange *draft,
                gboolean done)
{
  LmCrashLook look = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *damaged = NULL;
  char *violation = NULL;

  if (!lm_crash_open (&look, scene, passphrase, &error) || !lm_crash_read (&look, &error))
    violation = g_strdup_printf ("does not open: %s", error->message);
  else if ((damaged = lm_crash_unreadable (&look)) != NULL)
    violation = g_strdup_printf ("does not open: %s", damaged);
  else
    violation = look_around (&look, record, draft, done);
  lm_crash_close (&look);
  return violation;
}
