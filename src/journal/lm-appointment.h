/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "journal/lm-content.h"

G_BEGIN_DECLS

/* How long a session lasts, in minutes, where that is not said. */
#define LM_APPOINTMENT_MINUTES 50

/**
 * LmSession:
 * @starts: when it begins, on the clock of the place where it was entered
 * @minutes: how long it lasts
 * @day: the day it was planned for, as "YYYY-MM-DD": its name, even if it was moved
 *
 * One hour of an appointment.
 */
typedef struct
{
  GDateTime *starts;
  guint minutes;
  char *day;
} LmSession;

LmSession *lm_session_copy (const LmSession *session) G_GNUC_WARN_UNUSED_RESULT;
void lm_session_free (LmSession *session);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmSession, lm_session_free)

/* An appointment as its record keeps it */
void lm_appointment_set (LmContent *content, GDateTime *starts, guint minutes, guint weeks);
guint lm_appointment_get_minutes (LmContent *content);
guint lm_appointment_get_weeks (LmContent *content);
void lm_appointment_cancel (LmContent *content, const char *day);
void lm_appointment_move (LmContent *content, const char *day, GDateTime *starts);
void lm_appointment_end (LmContent *content, GDateTime *when);
void lm_appointment_add_break (LmContent *content, const char *from, const char *to);
void lm_appointment_remove_break (LmContent *content, const char *from, const char *to);
GPtrArray *lm_appointment_get_breaks (LmContent *content) G_GNUC_WARN_UNUSED_RESULT;

LmSession *lm_appointment_next (LmContent *content, GDateTime *now) G_GNUC_WARN_UNUSED_RESULT;
LmSession *lm_appointment_last (LmContent *content, GDateTime *now) G_GNUC_WARN_UNUSED_RESULT;

/**
 * LmBreak:
 * @from: the first day without sessions, as "YYYY-MM-DD"
 * @to: the last
 */
typedef struct
{
  char *from;
  char *to;
} LmBreak;

G_END_DECLS
