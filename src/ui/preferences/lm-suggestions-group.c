/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/preferences/lm-suggestions-group.h"
#include "workspace/lm-suggestion.h"

/* By which rules Today suggests something: workspace/lm-suggestion.c in plain words. */

struct _LmSuggestionsGroup
{
  AdwPreferencesGroup parent_instance;
};

G_DEFINE_FINAL_TYPE (LmSuggestionsGroup, lm_suggestions_group, ADW_TYPE_PREFERENCES_GROUP)

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
}

static void
add_rule (LmSuggestionsGroup *self, const char *when, const char *what)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), when);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), what);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
}

/* Titles come from the library: they stand here as they stand on Today, in whichever language. */
static const char *
title_of (LmLibrary *library, const char *id)
{
  LmGuide *guide = lm_library_find_guide (library, id);

  return guide != NULL ? lm_guide_get_title (guide) : id;
}

static void
add_guide (LmSuggestionsGroup *self, const char *when, LmLibrary *library, const char *id)
{
  /* Translators: %s is the title of a guide, as in “Looking for the thread” */
  g_autofree char *what = g_strdup_printf (_ ("“%s” is suggested."), title_of (library, id));

  add_rule (self, when, what);
}

/* Says the rules, with the guides as @library names them. To be called once. */
void
lm_suggestions_group_set_library (LmSuggestionsGroup *self, LmLibrary *library)
{
  g_autofree char *rest = g_strdup_printf (
      /* Translators: %s is the title of a guide, as in “Looking for the thread” */
      _ ("Rest, a person or grounding comes first, no deep guide, and “%s” waits. Hard means: it "
         "ended at 4 or 5 of 5, or stronger than it began. Entries older than two weeks do not "
         "count, and those that do not say how strong it was."),
      title_of (library, LM_GUIDE_ID_THREAD));

  add_rule (self, _ ("The last three entries were hard"), rest);
  add_rule (self,
            _ ("The last three ended stronger than they began"),
            _ ("Today also offers to put them into the tray for the session."));
  add_guide (self, _ ("A session is tomorrow, or later today"), library, LM_GUIDE_ID_BEFORE);
  add_guide (self, _ ("A session was yesterday, or earlier today"), library, LM_GUIDE_ID_AFTER);
  add_guide (self,
             _ ("Three relationship episodes since the last look"),
             library,
             LM_GUIDE_ID_THREAD);
  add_rule (self,
            /* Translators: none of the rules above fits */
            _ ("Nothing of that"),
            _ ("The guides come in turn, first the one that was not used for the longest time. "
               "Guides for an occasion, such as grief or an urge, do not come in turn, nor do "
               "hidden ones."));
}
