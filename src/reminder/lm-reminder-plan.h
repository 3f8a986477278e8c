/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* More sessions are not planned for at once. */
#define LM_REMINDER_SESSIONS_MAX 64
/* In characters; more does not show anywhere. */
#define LM_REMINDER_TITLE_MAX 80
#define LM_REMINDER_TEXT_MAX  200
/* In minutes: the longest time before a session. */
#define LM_REMINDER_BEFORE_MAX (48 * 60)

/**
 * LmReminderPlan:
 * @evenings: on which days of the week; bit 0 is Monday, bit 6 Sunday
 * @minute: at which minute of those days, on the clock of the place where the computer is
 * @before: how many minutes before each session; 0 for not at all
 * @sessions: (element-type gint64): when sessions begin, in seconds since 1970
 * @title: what a reminder says; "" for the usual words
 * @text: the line below it, or ""
 *
 * When to remind, and with which words. It lives in memory; see lm-reminder-file.h for what is kept
 * on the disk.
 */
typedef struct
{
  guint evenings;
  guint minute;
  guint before;
  GArray *sessions;
  char *title;
  char *text;
} LmReminderPlan;

/* How a plan travels: evenings, minute, before, sessions, title, text. */
#define LM_REMINDER_PLAN_TYPE "(uuuaxss)"

LmReminderPlan *lm_reminder_plan_new (void);
void lm_reminder_plan_free (LmReminderPlan *plan);
GVariant *lm_reminder_plan_to_variant (const LmReminderPlan *plan);
LmReminderPlan *lm_reminder_plan_from_variant (GVariant *variant) G_GNUC_WARN_UNUSED_RESULT;
gint64 lm_reminder_plan_next (const LmReminderPlan *plan,
                              GTimeZone *zone,
                              gint64 after,
                              gint64 *until);
gint64 lm_reminder_until (GTimeZone *zone, gint64 at);

/**
 * LmReminderState:
 * @next: when to remind next, in seconds since 1970; 0 if that is not known
 * @seen: up to which time it was looked whether there was something to remind of; 0 at first
 * @shown: when one was shown last, in microseconds of a clock that nobody sets; 0 for never
 *
 * What is waited for.
 */
typedef struct
{
  gint64 next;
  gint64 seen;
  gint64 shown;
} LmReminderState;

gboolean lm_reminder_turn (LmReminderState *state,
                           const LmReminderPlan *plan,
                           GTimeZone *zone,
                           gint64 now,
                           gint64 running);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmReminderPlan, lm_reminder_plan_free)

G_END_DECLS
