/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* So many days are remembered by date: a year, and some more. */
#define LM_DAYS_KEPT 400
/* A clock that says a day further ahead than this was set, or the journal rested for long. */
#define LM_DAYS_STEP 31

/**
 * LmDays:
 *
 * On which days the journal was in use on this computer, as this computer counted them. What is old
 * enough to go is told by this and never by a clock alone: a day counts once and only forwards, and
 * a clock that jumps, to and fro or by years, counts nothing.
 */
typedef struct _LmDays LmDays;

LmDays *lm_days_new (void);
LmDays *lm_days_read (JsonObject *json);
JsonObject *lm_days_write (LmDays *days) G_GNUC_WARN_UNUSED_RESULT;
void lm_days_free (LmDays *days);
gboolean lm_days_note (LmDays *days, GDateTime *now);
GDateTime *lm_days_ahead (LmDays *days, GDateTime *now) G_GNUC_WARN_UNUSED_RESULT;
gint64 lm_days_count (LmDays *days);
guint lm_days_since (LmDays *days, GDateTime *time);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmDays, lm_days_free)

G_END_DECLS
