/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/lm-json.h"
#include "journal/lm-content-stream.h"
#include "workspace/lm-guide-run.h"

/* In an entry's "guide": the short version was chosen. */
#define SHORT "short"

/* One sitting with a guide: which page comes next, what was answered, and when grounding comes
 * first. Knows nothing of widgets. */

struct _LmGuideRun
{
  GObject parent_instance;

  LmGuide *guide;
  LmDraft *draft;
  GPtrArray *pages;            /* of Page */
  guint position;              /* in pages */
  gboolean grounding;          /* shown on top of the page at position */
  gboolean was_grounded;       /* once a sitting is enough */
  gboolean with_exercise;      /* the grounding that is shown has its exercise */
  GHashTable *told;            /* of LmGuideSafety: each is told once */
  const LmGuideSafety *safety; /* nullable: what called for grounding */
};

typedef struct
{
  LmGuideRunPage kind;
  const LmGuideStep *step; /* nullable */
} Page;

G_DEFINE_FINAL_TYPE (LmGuideRun, lm_guide_run, G_TYPE_OBJECT)

static void
lm_guide_run_finalize (GObject *object)
{
  LmGuideRun *self = LM_GUIDE_RUN (object);

  g_ptr_array_unref (self->pages);
  g_hash_table_unref (self->told);
  g_clear_object (&self->guide);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (lm_guide_run_parent_class)->finalize (object);
}

static void
lm_guide_run_class_init (LmGuideRunClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lm_guide_run_finalize;
}

static void
lm_guide_run_init (LmGuideRun *self)
{
  self->pages = g_ptr_array_new_with_free_func (g_free);
  self->told = g_hash_table_new (NULL, NULL);
}

static void
add_page (LmGuideRun *self, LmGuideRunPage kind, const LmGuideStep *step)
{
  Page *page = g_new (Page, 1);

  *page = (Page) { kind, step };
  g_ptr_array_add (self->pages, page);
}

static void
add_steps (LmGuideRun *self, gboolean closing, gboolean is_short)
{
  for (guint i = 0; i < lm_guide_n_steps (self->guide); i++)
    {
      const LmGuideStep *step = lm_guide_get_step (self->guide, i);

      if (step->closing == closing && (!is_short || step->in_short))
        add_page (self, LM_GUIDE_PAGE_STEP, step);
    }
}

/* Asks for the strength of feeling behind the first step. */
static void
insert_before (LmGuideRun *self)
{
  Page *page = g_new (Page, 1);

  *page = (Page) { LM_GUIDE_PAGE_BEFORE, NULL };
  g_ptr_array_insert (self->pages, MIN (1, self->pages->len), page);
}

static JsonObject *
guide_of (LmDraft *draft)
{
  return lm_json_get_object (lm_content_json (lm_draft_get_content (draft)), "guide");
}

/**
 * lm_guide_run_new:
 * @draft: (transfer none): gets the answers; nothing becomes an entry before the end
 * @is_short: whether to leave out what is not in the short version
 *
 * Returns: (transfer full): the run, at its first page
 */
LmGuideRun *
lm_guide_run_new (LmGuide *guide, LmDraft *draft, gboolean is_short)
{
  LmGuideRun *self = g_object_new (LM_TYPE_GUIDE_RUN, NULL);

  self->guide = g_object_ref (guide);
  self->draft = g_object_ref (draft);
  lm_draft_set_in_steps (draft, TRUE);
  lm_content_set_guide (lm_draft_get_content (draft),
                        lm_guide_get_id (guide),
                        lm_guide_get_edition (guide),
                        lm_guide_get_language (guide));
  if (is_short)
    json_object_set_boolean_member (guide_of (draft), SHORT, TRUE);
  if (lm_guide_get_before (guide) != NULL && lm_guide_get_first (guide) == NULL)
    add_page (self, LM_GUIDE_PAGE_BEFORE, NULL);
  add_steps (self, FALSE, is_short);
  /* What has to be caught at once is caught first. */
  if (lm_guide_get_before (guide) != NULL && lm_guide_get_first (guide) != NULL)
    insert_before (self);
  if (lm_guide_get_after (guide) != NULL)
    add_page (self, LM_GUIDE_PAGE_AFTER, NULL);
  add_steps (self, TRUE, is_short);
  add_page (self, LM_GUIDE_PAGE_END, NULL);
  return self;
}

static Page *
current (LmGuideRun *self)
{
  return self->pages->pdata[self->position];
}

static const char *
key_of (Page *page)
{
  switch (page->kind)
    {
    case LM_GUIDE_PAGE_BEFORE:
      return LM_GUIDE_BEFORE;
    case LM_GUIDE_PAGE_AFTER:
      return LM_GUIDE_AFTER;
    case LM_GUIDE_PAGE_STEP:
      return page->step->id;
    case LM_GUIDE_PAGE_GROUNDING:
    case LM_GUIDE_PAGE_END:
    default:
      return NULL;
    }
}

/* What an answer leaves out ---------------------------------------------------------- */

/* Whether @answer calls for @safety. */
static gboolean
calls_for (LmAnswer *answer, const LmGuideSafety *safety)
{
  if (safety->least > 0)
    return lm_answer_get_scale (answer) >= (int) safety->least;
  for (guint i = 0; safety->choices[i] != NULL; i++)
    if (lm_answer_has_choice (answer, safety->choices[i]))
      return TRUE;
  return FALSE;
}

static guint
find_page (LmGuideRun *self, const char *key)
{
  for (guint i = 0; i < self->pages->len; i++)
    if (g_strcmp0 (key_of (self->pages->pdata[i]), key) == 0)
      return i;
  return G_MAXUINT;
}

/* Whether @safety, called for by an answer on an earlier page, leaves out the page @index. */
static gboolean
leaves_out (LmGuideRun *self, const LmGuideSafety *safety, guint index)
{
  const LmGuideStep *step = ((Page *) self->pages->pdata[index])->step;

  if (step == NULL || step->closing ||
      !(safety->ends || g_strv_contains ((const char *const *) safety->skip, step->id)))
    return FALSE;
  for (guint i = 0; safety->steps[i] != NULL; i++)
    {
      LmAnswer *answer =
          lm_content_find_answer (lm_draft_get_content (self->draft), safety->steps[i]);

      if (answer != NULL && find_page (self, safety->steps[i]) < index &&
          calls_for (answer, safety))
        return TRUE;
    }
  return FALSE;
}

/* Whether the page @index is left out, by what was answered before it. Nothing that was answered
 * on such a page is lost: it shows again when the other answer is taken back. */
static gboolean
is_left_out (LmGuideRun *self, guint index)
{
  for (guint i = 0; i < lm_guide_n_safety (self->guide); i++)
    if (leaves_out (self, lm_guide_get_safety (self->guide, i), index))
      return TRUE;
  return FALSE;
}

/**
 * lm_guide_run_resume:
 * @draft: one that was begun with @guide
 *
 * Returns: (transfer full): the run, behind the last page that was answered
 */
LmGuideRun *
lm_guide_run_resume (LmGuide *guide, LmDraft *draft)
{
  gboolean was_short = lm_json_get_boolean (guide_of (draft), SHORT);
  LmGuideRun *self = lm_guide_run_new (guide, draft, was_short);

  for (guint i = 0; i + 1 < self->pages->len; i++)
    {
      const char *key = key_of (self->pages->pdata[i]);
      LmAnswer *answer = lm_content_find_answer (lm_draft_get_content (draft), key);

      if (answer != NULL && !lm_answer_is_empty (answer))
        self->position = i + 1;
      /* Who was in the middle of writing without deleting is there again. */
      if (key != NULL && lm_content_stream_is_running (lm_draft_get_content (draft)) &&
          g_strcmp0 (key, lm_content_stream_step (lm_draft_get_content (draft))) == 0)
        {
          self->position = i;
          break;
        }
    }
  while (is_left_out (self, self->position))
    self->position++;
  return self;
}

LmGuide *
lm_guide_run_get_guide (LmGuideRun *self)
{
  return self->guide;
}

LmDraft *
lm_guide_run_get_draft (LmGuideRun *self)
{
  return self->draft;
}

/* Returns: what is to be shown now */
LmGuideRunPage
lm_guide_run_get_page (LmGuideRun *self)
{
  return self->grounding ? LM_GUIDE_PAGE_GROUNDING : current (self)->kind;
}

/* Returns: (nullable): the step, on the page of one */
const LmGuideStep *
lm_guide_run_get_step (LmGuideRun *self)
{
  return self->grounding ? NULL : current (self)->step;
}

/* Returns: (nullable): what the page asks */
const char *
lm_guide_run_get_question (LmGuideRun *self)
{
  switch (lm_guide_run_get_page (self))
    {
    case LM_GUIDE_PAGE_BEFORE:
      return lm_guide_get_before (self->guide);
    case LM_GUIDE_PAGE_AFTER:
      return lm_guide_get_after (self->guide);
    case LM_GUIDE_PAGE_STEP:
      return current (self)->step->question;
    case LM_GUIDE_PAGE_GROUNDING:
    case LM_GUIDE_PAGE_END:
    default:
      return NULL;
    }
}

/* Returns: (nullable): what is said above the grounding; %NULL if only the strength called for it
 */
const char *
lm_guide_run_get_safety_text (LmGuideRun *self)
{
  return self->safety != NULL ? self->safety->text : NULL;
}

/* Whether the grounding comes with its exercise, and not only with people to call. */
gboolean
lm_guide_run_get_exercise (LmGuideRun *self)
{
  return self->with_exercise;
}

/* Returns: (nullable): the id of a guide that is offered instead, while its safety text shows */
const char *
lm_guide_run_get_offer (LmGuideRun *self)
{
  return self->safety != NULL ? self->safety->offer : NULL;
}

/* Returns: the number of the page, from 0, among those that are not left out */
guint
lm_guide_run_get_position (LmGuideRun *self)
{
  guint position = 0;

  for (guint i = 0; i < self->position; i++)
    position += !is_left_out (self, i);
  return position;
}

/* Goes to the page with the number @position, or to the last one, as if it had been come to. */
void
lm_guide_run_go_to (LmGuideRun *self, guint position)
{
  guint before = 0;

  self->position = 0;
  for (guint i = 0; i < self->pages->len && before <= position; i++)
    if (!is_left_out (self, i))
      {
        self->position = i;
        before++;
      }
}

/* Whether this is the short version. */
gboolean
lm_guide_run_is_short (LmGuideRun *self)
{
  return lm_json_get_boolean (guide_of (self->draft), SHORT);
}

/* Returns: how many pages there are; fewer, once an answer leaves some out */
guint
lm_guide_run_n_pages (LmGuideRun *self)
{
  guint n = 0;

  for (guint i = 0; i < self->pages->len; i++)
    n += !is_left_out (self, i);
  return n;
}

/* Returns: (transfer none) (nullable): the answer on this page, if one was begun */
LmAnswer *
lm_guide_run_peek_answer (LmGuideRun *self)
{
  const char *key = key_of (current (self));

  return key != NULL ? lm_content_find_answer (lm_draft_get_content (self->draft), key) : NULL;
}

/* Returns: (transfer none): the answer on this page, to be changed; tell it by
 * lm_guide_run_changed (). Not on the last page */
LmAnswer *
lm_guide_run_answer (LmGuideRun *self)
{
  Page *page = current (self);
  LmAnswer *answer = lm_content_answer (lm_draft_get_content (self->draft),
                                        key_of (page),
                                        lm_guide_run_get_question (self));

  if (page->step != NULL && page->step->role != NULL)
    lm_answer_set_role (answer, page->step->role, page->step->expected);
  return answer;
}

/* To be called after each change of an answer. */
void
lm_guide_run_changed (LmGuideRun *self)
{
  lm_draft_changed (self->draft);
}

/* Going ------------------------------------------------------------------------------------ */

static const LmGuideSafety *
find_safety (LmGuideRun *self, const char *key, LmAnswer *answer)
{
  for (guint i = 0; i < lm_guide_n_safety (self->guide); i++)
    {
      const LmGuideSafety *safety = lm_guide_get_safety (self->guide, i);

      if (g_strv_contains ((const char *const *) safety->steps, key) && calls_for (answer, safety))
        return safety;
    }
  return NULL;
}

/* Whether grounding comes before the next page: for fear and harm whenever they are named, for
 * strength alone once. */
static gboolean
needs_grounding (LmGuideRun *self)
{
  LmAnswer *answer = lm_guide_run_peek_answer (self);
  Page *page = current (self);
  const LmGuideSafety *safety;

  if (answer == NULL)
    return FALSE;
  safety = find_safety (self, key_of (page), answer);
  if (safety != NULL && g_hash_table_add (self->told, (gpointer) safety))
    {
      self->safety = safety;
      return TRUE;
    }
  return page->step == NULL && !self->was_grounded &&
         lm_answer_get_scale (answer) >= LM_GUIDE_TOO_STRONG;
}

gboolean
lm_guide_run_can_go_back (LmGuideRun *self)
{
  return self->grounding || self->position > 0;
}

/* Goes on, whether or not the page was answered. Behind the grounding, goes on from where it came.
 */
void
lm_guide_run_next (LmGuideRun *self)
{
  if (self->grounding)
    {
      self->grounding = FALSE;
      self->safety = NULL;
    }
  else if (needs_grounding (self))
    {
      self->grounding = TRUE;
      self->with_exercise = !self->was_grounded;
      self->was_grounded = TRUE;
      return;
    }
  if (self->position + 1 < self->pages->len)
    self->position++;
  /* The last page is never left out. */
  while (is_left_out (self, self->position))
    self->position++;
  lm_draft_flush (self->draft);
}

/* Goes back; nothing that was answered is lost. */
void
lm_guide_run_back (LmGuideRun *self)
{
  if (self->grounding)
    {
      self->grounding = FALSE;
      self->safety = NULL;
    }
  else
    {
      guint position = self->position;

      while (position > 0 && is_left_out (self, --position))
        ;
      if (!is_left_out (self, position))
        self->position = position;
    }
}

/* Returns: (transfer full): the ids of the entries that were chosen to be brought to the session */
GStrv
lm_guide_run_list_carried (LmGuideRun *self)
{
  LmContent *content = lm_draft_get_content (self->draft);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < lm_guide_n_steps (self->guide); i++)
    {
      const LmGuideStep *step = lm_guide_get_step (self->guide, i);
      LmAnswer *answer = lm_content_find_answer (content, step->id);
      g_auto (GStrv) entries = NULL;

      if (step->input != LM_INPUT_ENTRY || !step->tray || answer == NULL)
        continue;
      entries = lm_answer_get_entries (answer);
      g_strv_builder_addv (ids, (const char **) entries);
    }
  return g_strv_builder_end (ids);
}

/* The person is done: what they answered becomes an entry. */
void
lm_guide_run_finish (LmGuideRun *self)
{
  g_autoptr (GStrvBuilder) order = g_strv_builder_new ();
  g_auto (GStrv) keys = NULL;

  g_strv_builder_add (order, LM_GUIDE_BEFORE);
  for (guint i = 0; i < lm_guide_n_steps (self->guide); i++)
    if (!lm_guide_get_step (self->guide, i)->closing)
      g_strv_builder_add (order, lm_guide_get_step (self->guide, i)->id);
  g_strv_builder_add (order, LM_GUIDE_AFTER);
  for (guint i = 0; i < lm_guide_n_steps (self->guide); i++)
    if (lm_guide_get_step (self->guide, i)->closing)
      g_strv_builder_add (order, lm_guide_get_step (self->guide, i)->id);
  keys = g_strv_builder_end (order);
  lm_content_stream_end (lm_draft_get_content (self->draft));
  lm_content_tidy_answers (lm_draft_get_content (self->draft), (const char *const *) keys);
  lm_draft_set_in_steps (self->draft, FALSE);
  lm_draft_changed (self->draft);
  lm_draft_flush (self->draft);
}
