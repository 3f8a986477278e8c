/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "lm-crash-trace.h"

G_BEGIN_DECLS

/* What a disk may hold after a power cut: all that was synced, and any part of the rest, in any
 * order. Names appear, go and change one by one; of a file that was not synced, each sector of 512
 * bytes may be new, old or zero, and its length may be any that it had. This is more than any file
 * system in use does, so that nothing here depends on how one of them is made. */

/* Returns: a violation (transfer full), or %NULL. @acknowledged: whether "saved" was said before.
 */
typedef char *(*LmCrashCheck) (gboolean acknowledged, gpointer data);

/**
 * LmCrashPower:
 * @states: how many different ones were looked at
 * @violations: how many of them were bad
 * @first: (nullable): what was wrong with the first
 */
typedef struct
{
  guint states;
  guint violations;
  char *first;
} LmCrashPower;

void lm_crash_power_try (LmCrashTree *before,
                         GPtrArray *events,
                         const char *root,
                         guint wanted,
                         guint places,
                         GRand *rand,
                         LmCrashCheck check,
                         gpointer data,
                         LmCrashPower *power);
void lm_crash_power_clear (LmCrashPower *power);
void lm_crash_power_worst (LmCrashTree *before, GPtrArray *events, const char *root);

G_END_DECLS
