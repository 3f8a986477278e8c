/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "library/lm-guide.h"

G_BEGIN_DECLS

/* So many hard entries in a row call for rest, and so many that rise for the offer to bring them.
 */
#define LM_HARD_IN_A_ROW 3
/* So many episodes since the last look call for the next. */
#define LM_EPISODES_TO_LOOK 3
/* Entries that are older do not count as hard any more, in days. */
#define LM_HARD_DAYS 14

#define LM_GUIDE_ID_EPISODE "relationship-episode"
#define LM_GUIDE_ID_BEFORE  "before-session"
#define LM_GUIDE_ID_AFTER   "after-session"
#define LM_GUIDE_ID_THREAD  "thread"
#define LM_GUIDE_ID_MOMENT  "moment"

/**
 * LmTodayFacts:
 * @day: today, as a Julian day
 * @next_session: the day of the next session; 0 if none is known
 * @last_session: the day of the last session that is over; 0 if none is known
 * @hard: how many of the last entries in a row were hard: they ended at 4 or 5, or stronger than
 *   they began
 * @rising: how many of the last entries in a row ended stronger than they began
 * @episodes: how many relationship episodes there are since the last look for the thread
 * @used: (element-type utf8 gint): guide → the day it was last used
 *
 * All that the suggestion rests on. No word that a person wrote is in it.
 */
typedef struct
{
  int day;
  int next_session;
  int last_session;
  guint hard;
  guint rising;
  guint episodes;
  GHashTable *used;
} LmTodayFacts;

/**
 * LmSuggestionReason:
 * @LM_REASON_SESSION_AHEAD: a session is tomorrow, or later today
 * @LM_REASON_SESSION_BEHIND: a session was yesterday, or earlier today
 * @LM_REASON_EPISODES: there are three episodes since the last look
 * @LM_REASON_TURN: it was not used for the longest time
 */
typedef enum
{
  LM_REASON_SESSION_AHEAD,
  LM_REASON_SESSION_BEHIND,
  LM_REASON_EPISODES,
  LM_REASON_TURN,
} LmSuggestionReason;

/**
 * LmSuggestion:
 * @guide: (transfer none): what is suggested
 * @reason: why
 */
typedef struct
{
  LmGuide *guide;
  LmSuggestionReason reason;
} LmSuggestion;

gboolean lm_suggest_rest (const LmTodayFacts *facts);
gboolean lm_suggest_bring (const LmTodayFacts *facts);
GArray *lm_suggest (const LmTodayFacts *facts, GPtrArray *guides) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
