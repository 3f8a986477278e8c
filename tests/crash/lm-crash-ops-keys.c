/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "journal/lm-rekey.h"
#include "journal/lm-reseal.h"
#include "lm-crash-check.h"
#include "lm-crash-ops-keys.h"
#include "lm-crash-trace.h"

static gboolean
rekey (LmCrashScene *scene, LmRekeyKind kind)
{
  LmCrashLook look;
  g_autoptr (LmSecret) present = lm_crash_secret (LM_CRASH_PASSPHRASE);
  g_autoptr (LmSecret) passphrase = kind != LM_REKEY_CODE ? lm_crash_secret (LM_CRASH_OTHER) : NULL;
  g_autoptr (LmRekey) change = NULL;
  LmResealProgress progress = { 0 };

  lm_crash_ready (&look, scene);
  lm_crash_begin ();
  change = lm_rekey_new (scene->path,
                         kind,
                         LM_KEY_SLOT_PASSPHRASE,
                         present,
                         passphrase,
                         lm_kdf_cost_minimal (),
                         &scene->error);
  if (change == NULL || !lm_rekey_write (change, look.store, &scene->error) ||
      !lm_rekey_commit (change, look.store, &scene->error))
    return FALSE;
  while (kind == LM_REKEY_ROTATE && !progress.finished)
    if (!lm_store_reseal (look.store, 1000, &progress, &scene->error))
      return FALSE;
  return lm_crash_end (TRUE);
}

gboolean
lm_crash_run_passphrase (LmCrashScene *scene)
{
  return rekey (scene, LM_REKEY_PASSPHRASE);
}

gboolean
lm_crash_run_code (LmCrashScene *scene)
{
  return rekey (scene, LM_REKEY_CODE);
}

gboolean
lm_crash_run_rotate (LmCrashScene *scene)
{
  return rekey (scene, LM_REKEY_ROTATE);
}

/* Until it is done either passphrase may open the journal, and one always does. Then it is the new
 * one, and only that. */
char *
lm_crash_check_rekey (LmCrashScene *scene, gboolean done)
{
  LmCrashLook look = { 0 };
  gboolean by_new = lm_crash_open (&look, scene, LM_CRASH_OTHER, NULL), by_old;

  lm_crash_close (&look);
  if (!by_new && !done)
    return lm_crash_check (scene, LM_CRASH_PASSPHRASE, NULL, NULL, FALSE);
  if (!by_new)
    return g_strdup ("the new passphrase does not open it");
  by_old = lm_crash_open (&look, scene, LM_CRASH_PASSPHRASE, NULL);
  lm_crash_close (&look);
  if (done && by_old)
    return g_strdup ("the old passphrase still opens it");
  return lm_crash_check (scene, LM_CRASH_OTHER, NULL, NULL, FALSE);
}

char *
lm_crash_check_code (LmCrashScene *scene, gboolean done)
{
  return lm_crash_check (scene, LM_CRASH_PASSPHRASE, NULL, NULL, FALSE);
}
