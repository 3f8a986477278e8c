/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "workspace/lm-suggestion.h"

/* What Today suggests: plain rules that can be read in the preferences. Whoever changes one changes
 * the text there too (ui/preferences/lm-suggestions-group.c). */

/* These belong to an occasion: they are never suggested in turn. */
static const char *const for_an_occasion[] = { LM_GUIDE_ID_BEFORE,
                                               LM_GUIDE_ID_AFTER,
                                               LM_GUIDE_ID_THREAD,
                                               LM_GUIDE_ID_MOMENT,
                                               "grief",
                                               "strain",
                                               "urge",
                                               NULL };

/* Whether rest, a person or grounding comes first today. */
gboolean
lm_suggest_rest (const LmTodayFacts *facts)
{
  return facts->hard >= LM_HARD_IN_A_ROW;
}

/* Whether it is offered to bring the last entries to the session. */
gboolean
lm_suggest_bring (const LmTodayFacts *facts)
{
  return facts->rising >= LM_HARD_IN_A_ROW;
}

/* Returns: the day on which @id was last used; 0 if it was not */
static int
used (const LmTodayFacts *facts, const char *id)
{
  return GPOINTER_TO_INT (g_hash_table_lookup (facts->used, id));
}

static void
add (GArray *suggestions, LmGuide *guide, LmSuggestionReason reason)
{
  LmSuggestion suggestion = { guide, reason };

  g_array_append_val (suggestions, suggestion);
}

static void
add_by_id (GArray *suggestions, GPtrArray *guides, const char *id, LmSuggestionReason reason)
{
  for (guint i = 0; i < guides->len; i++)
    if (g_str_equal (lm_guide_get_id (guides->pdata[i]), id))
      add (suggestions, guides->pdata[i], reason);
}

static gboolean
is_in_turn (const LmTodayFacts *facts, LmGuide *guide)
{
  const char *id = lm_guide_get_id (guide);

  return !g_strv_contains (for_an_occasion, id) && used (facts, id) != facts->day &&
         !(lm_suggest_rest (facts) && lm_guide_is_deep (guide));
}

/* What was not used for the longest time comes first; of equals, what stands first in @guides. */
static void
add_in_turn (GArray *suggestions, const LmTodayFacts *facts, GPtrArray *guides)
{
  guint begin = suggestions->len;

  for (guint i = 0; i < guides->len; i++)
    {
      LmSuggestion suggestion = { guides->pdata[i], LM_REASON_TURN };
      guint at = suggestions->len;

      if (!is_in_turn (facts, guides->pdata[i]))
        continue;
      while (
          at > begin &&
          used (facts, lm_guide_get_id (g_array_index (suggestions, LmSuggestion, at - 1).guide)) >
              used (facts, lm_guide_get_id (guides->pdata[i])))
        at--;
      g_array_insert_val (suggestions, at, suggestion);
    }
}

/**
 * lm_suggest:
 * @guides: (element-type LmGuide): those that may be suggested, in the person's order
 *
 * A pure function. After hard entries no deep guide is among them, and the look for the thread
 * waits.
 *
 * Returns: (transfer full) (element-type LmSuggestion): what to suggest, then what comes with
 *   "Another"; possibly nothing
 */
GArray *
lm_suggest (const LmTodayFacts *facts, GPtrArray *guides)
{
  GArray *suggestions = g_array_new (FALSE, FALSE, sizeof (LmSuggestion));

  if (facts->next_session != 0 && facts->next_session - facts->day <= 1 &&
      facts->next_session >= facts->day &&
      used (facts, LM_GUIDE_ID_BEFORE) < facts->next_session - 1)
    add_by_id (suggestions, guides, LM_GUIDE_ID_BEFORE, LM_REASON_SESSION_AHEAD);
  if (facts->last_session != 0 && facts->day - facts->last_session <= 1 &&
      used (facts, LM_GUIDE_ID_AFTER) < facts->last_session)
    add_by_id (suggestions, guides, LM_GUIDE_ID_AFTER, LM_REASON_SESSION_BEHIND);
  if (facts->episodes >= LM_EPISODES_TO_LOOK && !lm_suggest_rest (facts))
    add_by_id (suggestions, guides, LM_GUIDE_ID_THREAD, LM_REASON_EPISODES);
  add_in_turn (suggestions, facts, guides);
  return suggestions;
}
