/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LmSessionWatch:
 *
 * What the desktop says of the session. Signals:
 *
 * "screen-locked": the screen was locked, or its saver came on;
 * "sleeping": the computer is about to sleep. It waits a few seconds for lm_session_watch_may_sleep
 *   (), where the system offers that;
 * "query-end": the session may end: save, then call lm_session_watch_answer_end ();
 * "end": the session ends now.
 *
 * Nothing here ever waits for an answer; a desktop without such services is simply silent.
 */
#define LM_TYPE_SESSION_WATCH (lm_session_watch_get_type ())
G_DECLARE_FINAL_TYPE (LmSessionWatch, lm_session_watch, LM, SESSION_WATCH, GObject)

LmSessionWatch *lm_session_watch_new (const char *app_id, gboolean sandboxed);
gboolean lm_session_watch_is_sandboxed (void);
void lm_session_watch_may_sleep (LmSessionWatch *self);
void lm_session_watch_answer_end (LmSessionWatch *self, const char *why_not);

G_END_DECLS
