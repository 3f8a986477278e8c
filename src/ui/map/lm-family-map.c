/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/map/lm-family-map.h"

/* Places that are tried for somebody new, in degrees between them. */
#define STEP 15

struct _LmFamilyMap
{
  GObject parent_instance;

  GPtrArray *places; /* of LmMapPlace */
  guint selected;
};

G_DEFINE_FINAL_TYPE (LmFamilyMap, lm_family_map, G_TYPE_OBJECT)

enum
{
  SIGNAL_PEOPLE_CHANGED,
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
lm_family_map_finalize (GObject *object)
{
  g_ptr_array_unref (LM_FAMILY_MAP (object)->places);
  G_OBJECT_CLASS (lm_family_map_parent_class)->finalize (object);
}

static void
lm_family_map_class_init (LmFamilyMapClass *klass)
{
  static const char *const names[] = { "people-changed", "changed" };

  G_OBJECT_CLASS (klass)->finalize = lm_family_map_finalize;
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i],
                               G_TYPE_FROM_CLASS (klass),
                               G_SIGNAL_RUN_LAST,
                               0,
                               NULL,
                               NULL,
                               NULL,
                               G_TYPE_NONE,
                               0);
}

static void
lm_family_map_init (LmFamilyMap *self)
{
  self->selected = LM_MAP_NOBODY;
}

/**
 * lm_family_map_new:
 * @places: (transfer full) (element-type LmMapPlace): who is there at first
 */
LmFamilyMap *
lm_family_map_new (GPtrArray *places)
{
  LmFamilyMap *self = g_object_new (LM_TYPE_FAMILY_MAP, NULL);

  self->places = places;
  return self;
}

/* Returns: (transfer none) (element-type LmMapPlace): who is where */
GPtrArray *
lm_family_map_get_places (LmFamilyMap *self)
{
  return self->places;
}

guint
lm_family_map_n (LmFamilyMap *self)
{
  return self->places->len;
}

const LmMapPlace *
lm_family_map_get (LmFamilyMap *self, guint index)
{
  return self->places->pdata[index];
}

/* Returns: where the person with the id @person is; %LM_MAP_NOBODY if nowhere */
guint
lm_family_map_find (LmFamilyMap *self, const char *person)
{
  for (guint i = 0; i < self->places->len; i++)
    if (g_str_equal (lm_family_map_get (self, i)->person, person))
      return i;
  return LM_MAP_NOBODY;
}

static void
changed (LmFamilyMap *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* How far @angle is from the nearest person, in degrees. */
static guint
room_at (LmFamilyMap *self, guint angle)
{
  guint room = 360;

  for (guint i = 0; i < self->places->len; i++)
    {
      guint between = (360 + angle - lm_family_map_get (self, i)->angle) % 360;

      room = MIN (room, MIN (between, 360 - between));
    }
  return room;
}

/* Puts somebody where there is most room, neither near nor far. */
void
lm_family_map_add (LmFamilyMap *self, const char *person, const char *name)
{
  LmMapPlace *place;
  guint best = 0;

  if (lm_family_map_find (self, person) != LM_MAP_NOBODY)
    return;
  for (guint angle = STEP; angle < 360; angle += STEP)
    if (room_at (self, angle) > room_at (self, best))
      best = angle;
  place = lm_map_place_new (person, name);
  place->angle = best;
  g_ptr_array_add (self->places, place);
  self->selected = self->places->len - 1;
  g_signal_emit (self, signals[SIGNAL_PEOPLE_CHANGED], 0);
  changed (self);
}

void
lm_family_map_remove (LmFamilyMap *self, guint index)
{
  g_ptr_array_remove_index (self->places, index);
  self->selected = LM_MAP_NOBODY;
  g_signal_emit (self, signals[SIGNAL_PEOPLE_CHANGED], 0);
  changed (self);
}

/* Moves somebody; @angle is in degrees, and @distance ends at its limits. */
void
lm_family_map_move (LmFamilyMap *self, guint index, int angle, int distance)
{
  LmMapPlace *place = self->places->pdata[index];
  guint new_angle = (guint) ((angle % 360 + 360) % 360);
  guint new_distance = (guint) CLAMP (distance, 1, LM_DISTANCE_MAX);

  if (new_angle == place->angle && new_distance == place->distance)
    return;
  place->angle = new_angle;
  place->distance = new_distance;
  changed (self);
}

void
lm_family_map_set_tie (LmFamilyMap *self, guint index, LmTie tie)
{
  LmMapPlace *place = self->places->pdata[index];

  if (place->tie == tie)
    return;
  place->tie = tie;
  changed (self);
}

/* Returns: who is chosen in the picture, or %LM_MAP_NOBODY */
guint
lm_family_map_get_selected (LmFamilyMap *self)
{
  return self->selected;
}

void
lm_family_map_select (LmFamilyMap *self, guint index)
{
  if (self->selected == index)
    return;
  self->selected = index;
  changed (self);
}
