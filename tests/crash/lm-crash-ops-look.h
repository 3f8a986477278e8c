/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "lm-crash-scene.h"

G_BEGIN_DECLS

/* What the app does of itself while a journal is open, and what a person does about what it found:
 * see LmCrashOp. */

void lm_crash_prepare_copies (LmCrashScene *scene);
gboolean lm_crash_run_look (LmCrashScene *scene);
char *lm_crash_check_copies (LmCrashScene *scene, gboolean done);
void lm_crash_prepare_unused (LmCrashScene *scene);
gboolean lm_crash_run_tidy (LmCrashScene *scene);
char *lm_crash_check_still (LmCrashScene *scene, gboolean done);
void lm_crash_prepare_loss (LmCrashScene *scene);
gboolean lm_crash_run_undo_loss (LmCrashScene *scene);
char *lm_crash_check_loss (LmCrashScene *scene, gboolean done);

G_END_DECLS
