/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "workspace/lm-past.h"

/* A record as it is in a snapshot, as a list's item. */

struct _LmPast
{
  GObject parent_instance;

  LmRecord *record;
  LmPastState state;
  gboolean sealed;
};

G_DEFINE_FINAL_TYPE (LmPast, lm_past, G_TYPE_OBJECT)

enum
{
  PROP_STATE = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
lm_past_finalize (GObject *object)
{
  lm_record_unref (LM_PAST (object)->record);
  G_OBJECT_CLASS (lm_past_parent_class)->finalize (object);
}

static void
lm_past_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_STATE)
    g_value_set_int (value, (int) LM_PAST (object)->state);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
lm_past_class_init (LmPastClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = lm_past_finalize;
  object_class->get_property = lm_past_get_property;
  properties[PROP_STATE] =
      g_param_spec_int ("state",
                        NULL,
                        NULL,
                        0,
                        G_MAXINT,
                        0,
                        G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
lm_past_init (LmPast *self)
{
}

LmPast *
lm_past_new (LmRecord *record, LmPastState state, gboolean sealed)
{
  LmPast *self = g_object_new (LM_TYPE_PAST, NULL);

  self->record = lm_record_ref (record);
  self->state = state;
  self->sealed = sealed;
  return self;
}

/* Returns: (transfer none): the record as it was */
LmRecord *
lm_past_get_record (LmPast *self)
{
  return self->record;
}

LmPastState
lm_past_get_state (LmPast *self)
{
  return self->state;
}

/* Whether it is out of sight until a day: neither title nor text is to be shown. */
gboolean
lm_past_is_sealed (LmPast *self)
{
  return self->sealed;
}

void
lm_past_set_state (LmPast *self, LmPastState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

void
lm_restore_step_free (LmRestoreStep *step)
{
  g_clear_pointer (&step->now, lm_record_unref);
  g_clear_pointer (&step->before, lm_record_unref);
  g_free (step);
}
