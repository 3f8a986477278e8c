/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "library/lm-guide-private.h"

/* A guide: data, not code (docs/writing-guides.md). Immutable once it is read. */

G_DEFINE_FINAL_TYPE (LmGuide, lm_guide, G_TYPE_OBJECT)

enum
{
  PROP_TITLE = 1,
  PROP_SUMMARY,
  PROP_MINUTES,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
choice_free (gpointer data)
{
  LmGuideChoice *choice = data;

  g_free (choice->id);
  g_free (choice->label);
  g_free (choice->group);
  g_free (choice);
}

static void
step_free (gpointer data)
{
  LmGuideStep *step = data;

  g_free (step->id);
  g_free (step->question);
  g_free (step->help);
  g_ptr_array_unref (step->choices);
  g_strfreev (step->scale_labels);
  g_free (step->from);
  g_free (step->relation);
  g_free (step->minutes);
  g_free (step->role);
  g_free (step->article);
  g_free (step->section);
  g_free (step);
}

static void
safety_free (gpointer data)
{
  LmGuideSafety *safety = data;

  g_free (safety->id);
  g_strfreev (safety->steps);
  g_strfreev (safety->choices);
  g_free (safety->text);
  g_strfreev (safety->skip);
  g_free (safety->offer);
  g_free (safety);
}

/* Returns: (transfer full): for lm_guide_read () to fill in */
LmGuideStep *
lm_guide_step_new (void)
{
  LmGuideStep *step = g_new0 (LmGuideStep, 1);

  step->choices = g_ptr_array_new_with_free_func (choice_free);
  return step;
}

/* Returns: (transfer full): for lm_guide_read () to fill in */
LmGuideSafety *
lm_guide_safety_new (void)
{
  return g_new0 (LmGuideSafety, 1);
}

static void
lm_guide_finalize (GObject *object)
{
  LmGuide *self = LM_GUIDE (object);

  g_clear_pointer (&self->json, json_object_unref);
  g_free (self->id);
  g_free (self->group);
  g_free (self->notice);
  g_free (self->first);
  g_free (self->stop);
  g_free (self->language);
  g_free (self->title);
  g_free (self->summary);
  g_free (self->purpose);
  g_free (self->why);
  g_strfreev (self->references);
  g_free (self->not_when);
  g_strfreev (self->articles);
  g_free (self->before);
  g_free (self->after);
  g_ptr_array_unref (self->steps);
  g_ptr_array_unref (self->safety);
  G_OBJECT_CLASS (lm_guide_parent_class)->finalize (object);
}

static void
lm_guide_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LmGuide *self = LM_GUIDE (object);

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_SUMMARY:
      g_value_set_string (value, self->summary);
      break;
    case PROP_MINUTES:
      g_value_set_uint (value, self->minutes);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lm_guide_class_init (LmGuideClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = lm_guide_finalize;
  object_class->get_property = lm_guide_get_property;
  properties[PROP_TITLE] =
      g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SUMMARY] =
      g_param_spec_string ("summary", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_MINUTES] = g_param_spec_uint ("minutes",
                                                NULL,
                                                NULL,
                                                0,
                                                G_MAXUINT,
                                                0,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
lm_guide_init (LmGuide *self)
{
  self->steps = g_ptr_array_new_with_free_func (step_free);
  self->safety = g_ptr_array_new_with_free_func (safety_free);
}

/* Returns: (transfer none): what stands in its file. Not to be changed */
JsonObject *
lm_guide_get_json (LmGuide *self)
{
  return self->json;
}

const char *
lm_guide_get_id (LmGuide *self)
{
  return self->id;
}

/* Returns: which edition of its words this is; noted in every entry */
gint64
lm_guide_get_edition (LmGuide *self)
{
  return self->edition;
}

const char *
lm_guide_get_language (LmGuide *self)
{
  return self->language;
}

const char *
lm_guide_get_title (LmGuide *self)
{
  return self->title;
}

const char *
lm_guide_get_summary (LmGuide *self)
{
  return self->summary;
}

/* Returns: how long it takes */
guint
lm_guide_get_minutes (LmGuide *self)
{
  return self->minutes;
}

/* Returns: how long its short version takes; 0 if it has none */
guint
lm_guide_get_short_minutes (LmGuide *self)
{
  return self->short_minutes;
}

const char *
lm_guide_get_purpose (LmGuide *self)
{
  return self->purpose;
}

/* Returns: why it may help */
const char *
lm_guide_get_why (LmGuide *self)
{
  return self->why;
}

/* Returns: (transfer none): the references of lm_guide_get_why () */
const char *const *
lm_guide_get_references (LmGuide *self)
{
  return (const char *const *) self->references;
}

/* Returns: when it is better left for another day */
const char *
lm_guide_get_not_when (LmGuide *self)
{
  return self->not_when;
}

/* Returns: (transfer none): the ids of the articles that go with it */
const char *const *
lm_guide_get_articles (LmGuide *self)
{
  return (const char *const *) self->articles;
}

/* Returns: where it stands among the guides: relationships, session, feelings, free, past or review
 */
const char *
lm_guide_get_group (LmGuide *self)
{
  return self->group;
}

/* Whether it goes deep: such a guide is not suggested after hard entries. */
gboolean
lm_guide_is_deep (LmGuide *self)
{
  return self->deep;
}

/* Returns: (nullable): what is said before it begins */
const char *
lm_guide_get_notice (LmGuide *self)
{
  return self->notice;
}

/* Whether what was told with it can be told again later, and both laid side by side. */
gboolean
lm_guide_can_be_retold (LmGuide *self)
{
  return self->retell;
}

/* Returns: (nullable): the step that it opens with at once, ready to type */
const char *
lm_guide_get_first (LmGuide *self)
{
  return self->first;
}

/* Returns: (nullable): the guide that is offered to who stops early */
const char *
lm_guide_get_stop (LmGuide *self)
{
  return self->stop;
}

/* Returns: (nullable): how the strength of feeling is asked for before */
const char *
lm_guide_get_before (LmGuide *self)
{
  return self->before;
}

/* Returns: (nullable): how the strength of feeling is asked for afterwards */
const char *
lm_guide_get_after (LmGuide *self)
{
  return self->after;
}

/* Returns: how many steps, those of the close included */
guint
lm_guide_n_steps (LmGuide *self)
{
  return self->steps->len;
}

const LmGuideStep *
lm_guide_get_step (LmGuide *self, guint index)
{
  return self->steps->pdata[index];
}

guint
lm_guide_n_safety (LmGuide *self)
{
  return self->safety->len;
}

const LmGuideSafety *
lm_guide_get_safety (LmGuide *self, guint index)
{
  return self->safety->pdata[index];
}
