/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "lm-crash-scene.h"

G_BEGIN_DECLS

/* Changing the passphrase, the recovery code and the key: see LmCrashOp. */

gboolean lm_crash_run_passphrase (LmCrashScene *scene);
gboolean lm_crash_run_code (LmCrashScene *scene);
gboolean lm_crash_run_rotate (LmCrashScene *scene);
char *lm_crash_check_rekey (LmCrashScene *scene, gboolean done);
char *lm_crash_check_code (LmCrashScene *scene, gboolean done);

G_END_DECLS
