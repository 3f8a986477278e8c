/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "journal/lm-entry.h"

/* A record as lists and pages hold it: the object stays while the record in it is replaced with
 * every save. People are entries of a list of their own. Belongs to the main thread. */

struct _LmEntry
{
  GObject parent_instance;

  LmRecord *record;
  /* What sorting and filtering look at, in the list of all entries: the record itself, and its
   * time, are each somewhere else in memory. */
  guint64 second : 40; /* of when it was begun, since the year 1, UTC */
  guint64 month : 18;  /* by the clock of where that was, since the year 0 */
  guint64 deleted : 1;
  guint64 conflict : 1;
};

/* Seconds from the year 1 until 1970. */
#define UNTIL_1970 G_GINT64_CONSTANT (62135596800)

G_DEFINE_FINAL_TYPE (LmEntry, lm_entry, G_TYPE_OBJECT)

enum
{
  PROP_TITLE = 1,
  PROP_EXCERPT,
  PROP_CREATED,
  PROP_DELETED,
  PROP_CONFLICT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
lm_entry_finalize (GObject *object)
{
  lm_record_unref (LM_ENTRY (object)->record);
  G_OBJECT_CLASS (lm_entry_parent_class)->finalize (object);
}

static void
lm_entry_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LmEntry *self = LM_ENTRY (object);

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->record->title);
      break;
    case PROP_EXCERPT:
      g_value_set_string (value, self->record->excerpt);
      break;
    case PROP_CREATED:
      g_value_set_boxed (value, self->record->created);
      break;
    case PROP_DELETED:
      g_value_set_boolean (value, self->deleted);
      break;
    case PROP_CONFLICT:
      g_value_set_boolean (value, self->conflict);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lm_entry_class_init (LmEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = lm_entry_finalize;
  object_class->get_property = lm_entry_get_property;
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_EXCERPT] = g_param_spec_string ("excerpt", NULL, NULL, NULL, flags);
  properties[PROP_CREATED] = g_param_spec_boxed ("created", NULL, NULL, G_TYPE_DATE_TIME, flags);
  properties[PROP_DELETED] = g_param_spec_boolean ("deleted", NULL, NULL, FALSE, flags);
  properties[PROP_CONFLICT] = g_param_spec_boolean ("conflict", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
lm_entry_init (LmEntry *self)
{
}

static void
note_order (LmEntry *self)
{
  GDateTime *created = self->record->created;
  int year, month;

  g_date_time_get_ymd (created, &year, &month, NULL);
  self->second = (guint64) MAX (g_date_time_to_unix (created) + UNTIL_1970, 0);
  self->month = (guint64) (year * 12 + month);
  self->deleted = self->record->deleted;
}

LmEntry *
lm_entry_new (LmRecord *record)
{
  LmEntry *self = g_object_new (LM_TYPE_ENTRY, NULL);

  self->record = lm_record_ref (record);
  note_order (self);
  return self;
}

/* Returns: (transfer none): the record as it was last saved */
LmRecord *
lm_entry_get_record (LmEntry *self)
{
  return self->record;
}

/* Replaces the record by a newer state of it. */
void
lm_entry_set_record (LmEntry *self, LmRecord *record)
{
  g_return_if_fail (lm_id_equal (&record->id, &self->record->id));

  lm_record_ref (record);
  lm_record_unref (self->record);
  self->record = record;
  note_order (self);
  for (guint i = 1; i < PROP_CONFLICT; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
}

const LmId *
lm_entry_get_id (LmEntry *self)
{
  return &self->record->id;
}

/* Returns: the title, or the name of a person; "" where there is none */
const char *
lm_entry_get_title (LmEntry *self)
{
  return self->record->title;
}

const char *
lm_entry_get_excerpt (LmEntry *self)
{
  return self->record->excerpt;
}

/* Returns: (transfer none): when it was begun */
GDateTime *
lm_entry_get_created (LmEntry *self)
{
  return self->record->created;
}

/**
 * lm_entry_newest_first:
 *
 * Returns: as strcmp (): what was begun last comes first; of one second always in the same order
 */
int
lm_entry_newest_first (LmEntry *a, LmEntry *b)
{
  if (a->second != b->second)
    return a->second > b->second ? -1 : 1;
  return lm_id_compare (lm_entry_get_id (a), lm_entry_get_id (b));
}

/* Returns: the month in which it was begun, by the clock of where that was; later ones are more */
int
lm_entry_get_month (LmEntry *self)
{
  return (int) self->month;
}

/* Whether it is in the trash. */
gboolean
lm_entry_get_deleted (LmEntry *self)
{
  return self->deleted;
}

/* Whether it was changed on two computers, and waits for the person to choose. */
gboolean
lm_entry_get_conflict (LmEntry *self)
{
  return self->conflict;
}

void
lm_entry_set_conflict (LmEntry *self, gboolean conflict)
{
  if (self->conflict == (guint64) (conflict != FALSE))
    return;
  self->conflict = conflict != FALSE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONFLICT]);
}
