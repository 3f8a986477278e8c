/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LmIdleState:
 * @LM_IDLE_BUSY: somebody was here a short while ago
 * @LM_IDLE_WARNING: nobody was here for so long that it will be locked soon
 * @LM_IDLE_DUE: it is time to lock
 *
 * Whether somebody is at the window.
 */
typedef enum
{
  LM_IDLE_BUSY,
  LM_IDLE_WARNING,
  LM_IDLE_DUE,
} LmIdleState;

/**
 * LmIdleTime:
 * @awake: (out): milliseconds that this computer was awake
 * @all: (out): the same with the time that it slept
 *
 * Where the time comes from. Never the time of day: that one jumps.
 */
typedef void (*LmIdleTime) (gint64 *awake, gint64 *all, gpointer data);

/* Counts how long nobody was here. Knows nothing of windows, and waits for nothing itself. */
typedef struct _LmIdle LmIdle;

LmIdle *lm_idle_new (LmIdleTime time, gpointer data);
void lm_idle_free (LmIdle *idle);
void lm_idle_set_limit (LmIdle *idle, gint64 limit, gint64 warning);
void lm_idle_set_at_least (LmIdle *idle, gint64 at_least);
void lm_idle_set_sleep_counts (LmIdle *idle, gboolean counts);
void lm_idle_start (LmIdle *idle);
LmIdleState lm_idle_touch (LmIdle *idle);
LmIdleState lm_idle_check (LmIdle *idle);
gint64 lm_idle_wait (LmIdle *idle);
void lm_idle_system_time (gint64 *awake, gint64 *all, gpointer data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmIdle, lm_idle_free)

G_END_DECLS
