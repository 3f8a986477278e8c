/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LmClock:
 *
 * Where the time of day comes from. The system's in the app, a set one in tests.
 */
typedef struct _LmClock LmClock;

LmClock *lm_clock_new_system (void);
LmClock *lm_clock_new_set (GDateTime *time);
LmClock *lm_clock_ref (LmClock *clock);
void lm_clock_unref (LmClock *clock);
void lm_clock_set (LmClock *clock, GDateTime *time);
GDateTime *lm_clock_now (LmClock *clock) G_GNUC_WARN_UNUSED_RESULT;

char *lm_time_to_rfc3339 (GDateTime *time) G_GNUC_WARN_UNUSED_RESULT;
GDateTime *lm_time_from_rfc3339 (const char *text) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmClock, lm_clock_unref)

G_END_DECLS
