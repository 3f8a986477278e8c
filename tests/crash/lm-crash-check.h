/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "lm-crash-scene.h"

G_BEGIN_DECLS

/**
 * LmCrashChange:
 * @before: %NULL if there was none
 * @after: %NULL if there is to be none
 *
 * What an operation does to a text: in a record, or in a draft.
 */
typedef struct
{
  LmCrashWho who;
  const char *before;
  const char *after;
  gboolean was_trashed;
  gboolean is_trashed;
  gboolean purged; /* the old text is to be nowhere on this computer */
} LmCrashChange;

void lm_crash_ready (LmCrashLook *look, LmCrashScene *scene);
gboolean lm_crash_end (gboolean good);
char *lm_crash_check (LmCrashScene *scene,
                      const char *passphrase,
                      const LmCrashChange *record,
                      const LmCrashChange *draft,
                      gboolean done);

G_END_DECLS
