/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/preferences/lm-suggestions-group.h"

/* By which rules Today suggests something: workspace/lm-suggestion.c in plain words. */

struct _LmSuggestionsGroup
{
  AdwPreferencesGroup parent_instance;
};

G_DEFINE_FINAL_TYPE (LmSuggestionsGroup, lm_suggestions_group, ADW_TYPE_PREFERENCES_GROUP)

static const struct
{
  const char *when;
  const char *what;
} rules[] = {
  { N_ ("The last three entries were hard"),
    N_ ("Rest, a person or grounding comes first, no deep guide, and “Looking for the thread” "
        "waits. Hard means: it ended at 4 or 5 of 5, or stronger than it began. Entries older than "
        "two weeks do not count, and those that do not say how strong it was.") },
  { N_ ("The last three ended stronger than they began"),
    N_ ("Today also offers to put them into the tray for the session.") },
  { N_ ("A session is tomorrow, or later today"), N_ ("Before a session.") },
  { N_ ("A session was yesterday, or earlier today"), N_ ("After a session.") },
  { N_ ("Three relationship episodes since the last look"), N_ ("Looking for the thread.") },
  { N_ ("Nothing of that"),
    N_ ("The guides come in turn, first the one that was not used for the longest time. Guides for "
        "an occasion, such as grief or an urge, do not come in turn, nor do hidden ones.") },
};

static void
lm_suggestions_group_class_init (LmSuggestionsGroupClass *klass)
{
}

static void
lm_suggestions_group_init (LmSuggestionsGroup *self)
{
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ ("What Today suggests"));
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (self),
      _ ("The first rule that fits. Only dates, and how strong you said it was, are looked at; "
         "never your words."));
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (rules[i].when));
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ (rules[i].what));
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
    }
}
