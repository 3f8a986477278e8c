/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "lm-crash-scene.h"

G_BEGIN_DECLS

/* Snapshots, what is brought back from them, and attachments: see LmCrashOp. */

gboolean lm_crash_run_snapshot (LmCrashScene *scene);
char *lm_crash_check_snapshot (LmCrashScene *scene, gboolean done);
gboolean lm_crash_run_restore_one (LmCrashScene *scene);
char *lm_crash_check_restore_one (LmCrashScene *scene, gboolean done);
gboolean lm_crash_run_restore_whole (LmCrashScene *scene);
char *lm_crash_check_restore_whole (LmCrashScene *scene, gboolean done);
gboolean lm_crash_run_attach (LmCrashScene *scene);
void lm_crash_attach (LmCrashScene *scene);
char *lm_crash_check_attach (LmCrashScene *scene, gboolean done);

G_END_DECLS
