/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib-object.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Steps of a scale. */
#define LM_SCALE_MAX 5

/**
 * LmInput:
 * @LM_INPUT_TEXT: words of one's own
 * @LM_INPUT_CHOICES: any number of ready words, own words, "don't know"
 * @LM_INPUT_SCALE: one of five
 * @LM_INPUT_PERSON: somebody
 * @LM_INPUT_PAUSE: nothing to enter
 * @LM_INPUT_ENTRY: a link to one or more earlier entries
 * @LM_INPUT_STREAM: writing for some minutes, without deleting
 * @LM_INPUT_ELEMENTS: parts of an earlier text of the same guide, with what each brings to mind
 * @LM_INPUT_MAP: people placed around oneself
 * @LM_INPUT_SEAL: whether the entry stays out of sight until a day
 * @LM_INPUT_COUNTS: nothing to enter but a text; shows counts of the person's own words
 *
 * How a step is answered.
 */
typedef enum
{
  LM_INPUT_TEXT,
  LM_INPUT_CHOICES,
  LM_INPUT_SCALE,
  LM_INPUT_PERSON,
  LM_INPUT_PAUSE,
  LM_INPUT_ENTRY,
  LM_INPUT_STREAM,
  LM_INPUT_ELEMENTS,
  LM_INPUT_MAP,
  LM_INPUT_SEAL,
  LM_INPUT_COUNTS,
} LmInput;

/**
 * LmGuideChoice:
 * @id: unique in its list
 * @label: what is shown
 * @group: (nullable): a heading that some choices share
 */
typedef struct
{
  char *id;
  char *label;
  char *group;
} LmGuideChoice;

/**
 * LmGuideStep:
 * @id: unique in the guide
 * @question: what is asked
 * @help: (nullable): a sentence under it
 * @input: how it is answered
 * @choices: (element-type LmGuideChoice): for choices
 * @scale_labels: (nullable): five words for a scale
 * @own_words: whether own words can be added to the choices
 * @unsure: whether "don't know" is among the choices
 * @note: whether a text can be added
 * @felt: whether it can be marked as good, hard or mixed
 * @self: whether "myself" can be the person
 * @several: whether more than one person can be named
 * @tray: whether "bring it to the session" is offered
 * @line: whether the text is one line
 * @is_long: whether the text is given much room
 * @from: (nullable): for entries, which are offered first: "recent" or "day-before"; for elements,
 *   the step whose text they are parts of
 * @relation: (nullable): of a link: "now", "then" or "therapy"
 * @minutes: (nullable): for a stream, the times to choose from, ended by 0
 * @open: whether a stream may also go on without an end
 * @role: (nullable): "wish", "response-other" or "response-self"
 * @expected: whether it is about what was expected
 * @in_short: whether it belongs to the short version
 * @closing: whether it belongs to the safe close
 * @article: (nullable): behind "what is this?"
 * @section: (nullable): of @article
 *
 * One page of a guide.
 */
typedef struct
{
  char *id;
  char *question;
  char *help;
  LmInput input;
  GPtrArray *choices;
  GStrv scale_labels;
  gboolean own_words;
  gboolean unsure;
  gboolean note;
  gboolean felt;
  gboolean self;
  gboolean several;
  gboolean tray;
  gboolean line;
  gboolean is_long;
  char *from;
  char *relation;
  guint *minutes;
  gboolean open;
  char *role;
  gboolean expected;
  gboolean in_short;
  gboolean closing;
  char *article;
  char *section;
} LmGuideStep;

/**
 * LmGuideSafety:
 * @id: unique in the guide
 * @steps: the steps it watches; "before" and "after" are the strength of feeling
 * @choices: (nullable): the choices that call for it
 * @least: the step of a scale from which it is called for; 0 if @choices do
 * @text: what is said first, above the grounding
 * @skip: (nullable): the steps that are left out then
 * @ends: whether the guide goes to its close then
 * @offer: (nullable): the guide that is offered instead
 *
 * What comes first when somebody names fear or harm.
 */
typedef struct
{
  char *id;
  GStrv steps;
  GStrv choices;
  guint least;
  char *text;
  GStrv skip;
  gboolean ends;
  char *offer;
} LmGuideSafety;

/* The ids under which the strength of feeling is kept. */
#define LM_GUIDE_BEFORE "before"
#define LM_GUIDE_AFTER  "after"

#define LM_TYPE_GUIDE (lm_guide_get_type ())
G_DECLARE_FINAL_TYPE (LmGuide, lm_guide, LM, GUIDE, GObject)

LmGuide *lm_guide_read (const char *name,
                        const char *text,
                        gsize length,
                        JsonObject *words,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
JsonObject *lm_guide_get_json (LmGuide *self);
const char *lm_guide_get_id (LmGuide *self);
gint64 lm_guide_get_edition (LmGuide *self);
const char *lm_guide_get_language (LmGuide *self);
const char *lm_guide_get_title (LmGuide *self);
const char *lm_guide_get_summary (LmGuide *self);
guint lm_guide_get_minutes (LmGuide *self);
guint lm_guide_get_short_minutes (LmGuide *self);
const char *lm_guide_get_purpose (LmGuide *self);
const char *lm_guide_get_why (LmGuide *self);
const char *const *lm_guide_get_references (LmGuide *self);
const char *lm_guide_get_not_when (LmGuide *self);
const char *const *lm_guide_get_articles (LmGuide *self);
const char *lm_guide_get_group (LmGuide *self);
gboolean lm_guide_is_deep (LmGuide *self);
const char *lm_guide_get_notice (LmGuide *self);
gboolean lm_guide_can_be_retold (LmGuide *self);
const char *lm_guide_get_first (LmGuide *self);
const char *lm_guide_get_stop (LmGuide *self);
const char *lm_guide_get_before (LmGuide *self);
const char *lm_guide_get_after (LmGuide *self);
guint lm_guide_n_steps (LmGuide *self);
const LmGuideStep *lm_guide_get_step (LmGuide *self, guint index);
guint lm_guide_n_safety (LmGuide *self);
const LmGuideSafety *lm_guide_get_safety (LmGuide *self, guint index);

G_END_DECLS
