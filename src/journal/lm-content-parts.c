/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>

#include "base/lm-json.h"
#include "base/lm-text.h"
#include "journal/lm-content-parts.h"

#define ELEMENTS "elements"
#define MAP      "map"
#define SEALED   "sealed_until"
#define LINKS    "links"
/* The relation of a link to the first telling of the same. */
#define TOLD "told"

static const char *const ties[] = {
  [LM_TIE_PLAIN] = NULL,
  [LM_TIE_WARM] = "warm",
  [LM_TIE_STRAINED] = "strained",
};

static void
remove_member (JsonObject *object, const char *key)
{
  if (json_object_has_member (object, key))
    json_object_remove_member (object, key);
}

/* Elements ---------------------------------------------------------------------------- */

LmElement *
lm_element_new (const char *words, const char *text)
{
  LmElement *element = g_new (LmElement, 1);

  *element = (LmElement) { g_strdup (words), g_strdup (text) };
  return element;
}

void
lm_element_free (LmElement *element)
{
  g_free (element->words);
  g_free (element->text);
  g_free (element);
}

/* Returns: (transfer full) (element-type LmElement): the parts that were picked, possibly none */
GPtrArray *
lm_answer_get_elements (LmAnswer *answer)
{
  JsonArray *array = lm_json_get_array (answer, ELEMENTS);
  GPtrArray *elements = g_ptr_array_new_with_free_func ((GDestroyNotify) lm_element_free);

  for (guint i = 0; i < lm_json_array_size (array); i++)
    {
      JsonObject *object = lm_json_at_object (array, i);
      const char *words = lm_json_get_string (object, "words");
      const char *text = lm_json_get_string (object, "text");

      if (words != NULL)
        g_ptr_array_add (elements, lm_element_new (words, text != NULL ? text : ""));
    }
  return elements;
}

/* Puts @elements in the place of those that were there. */
void
lm_answer_set_elements (LmAnswer *answer, GPtrArray *elements)
{
  JsonArray *array;

  if (elements->len == 0)
    {
      remove_member (answer, ELEMENTS);
      return;
    }
  array = json_array_new ();
  for (guint i = 0; i < elements->len; i++)
    {
      const LmElement *element = elements->pdata[i];
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "words", element->words);
      if (!lm_text_is_blank (element->text))
        json_object_set_string_member (object, "text", element->text);
      json_array_add_object_element (array, object);
    }
  json_object_set_array_member (answer, ELEMENTS, array);
}

/* Map --------------------------------------------------------------------------------- */

LmMapPlace *
lm_map_place_new (const char *person, const char *name)
{
  LmMapPlace *place = g_new (LmMapPlace, 1);

  *place = (LmMapPlace) { g_strdup (person), g_strdup (name), 0, 3, LM_TIE_PLAIN };
  return place;
}

void
lm_map_place_free (LmMapPlace *place)
{
  g_free (place->person);
  g_free (place->name);
  g_free (place);
}

static LmTie
tie_of (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (ties); i++)
    if (g_strcmp0 (text, ties[i]) == 0)
      return (LmTie) i;
  return LM_TIE_PLAIN;
}

/* Returns: (transfer full) (element-type LmMapPlace): who is on the map, possibly nobody */
GPtrArray *
lm_answer_get_map (LmAnswer *answer)
{
  JsonArray *array = lm_json_get_array (answer, MAP);
  GPtrArray *places = g_ptr_array_new_with_free_func ((GDestroyNotify) lm_map_place_free);

  for (guint i = 0; i < lm_json_array_size (array); i++)
    {
      JsonObject *object = lm_json_at_object (array, i);
      const char *person = lm_json_get_string (object, "person");
      const char *name = lm_json_get_string (object, "name");
      gint64 angle = 0, distance = 3;
      LmMapPlace *place;

      if (person == NULL)
        continue;
      lm_json_get_integer (object, "angle", &angle);
      lm_json_get_integer (object, "distance", &distance);
      place = lm_map_place_new (person, name != NULL ? name : "");
      place->angle = (guint) (((angle % 360) + 360) % 360);
      place->distance = (guint) CLAMP (distance, 1, LM_DISTANCE_MAX);
      place->tie = tie_of (lm_json_get_string (object, "tie"));
      g_ptr_array_add (places, place);
    }
  return places;
}

/* Puts @places in the place of those that were there, and names the people in the answer. */
void
lm_answer_set_map (LmAnswer *answer, GPtrArray *places)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) people = NULL;
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < places->len; i++)
    {
      const LmMapPlace *place = places->pdata[i];
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "person", place->person);
      json_object_set_string_member (object, "name", place->name);
      json_object_set_int_member (object, "angle", place->angle % 360);
      json_object_set_int_member (object, "distance", CLAMP (place->distance, 1, LM_DISTANCE_MAX));
      if (ties[place->tie] != NULL)
        json_object_set_string_member (object, "tie", ties[place->tie]);
      json_array_add_object_element (array, object);
      g_strv_builder_add (builder, place->person);
    }
  people = g_strv_builder_end (builder);
  lm_answer_set_people (answer, (const char *const *) people);
  if (places->len > 0)
    json_object_set_array_member (answer, MAP, array);
  else
    {
      json_array_unref (array);
      remove_member (answer, MAP);
    }
}

/* Returns: (transfer full): the person's own words in these parts, for searching */
GStrv
lm_answer_get_part_words (LmAnswer *answer)
{
  g_autoptr (GPtrArray) elements = lm_answer_get_elements (answer);
  g_autoptr (GPtrArray) places = lm_answer_get_map (answer);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < elements->len; i++)
    {
      const LmElement *element = elements->pdata[i];

      g_strv_builder_add_many (builder, element->words, element->text, NULL);
    }
  for (guint i = 0; i < places->len; i++)
    g_strv_builder_add (builder, ((LmMapPlace *) places->pdata[i])->name);
  return g_strv_builder_end (builder);
}

/* Seal -------------------------------------------------------------------------------- */

/* Returns: (transfer full) (nullable): the beginning of the day on which the entry comes into sight
 * again, wherever the person is then; %NULL if it is not sealed */
GDateTime *
lm_content_get_sealed_until (LmContent *content)
{
  const char *text = lm_json_get_string (lm_content_json (content), SEALED);
  int year, month, day, length = 0;

  /* The time of day, if another program wrote one, does not matter. */
  if (text == NULL || sscanf (text, "%4d-%2d-%2d%n", &year, &month, &day, &length) != 3 ||
      length != 10)
    return NULL;
  return g_date_time_new_local (year, month, day, 0, 0, 0);
}

/* Seals the entry until @day, or with %NULL takes the seal off. */
void
lm_content_set_sealed_until (LmContent *content, GDateTime *day)
{
  g_autofree char *text = day != NULL ? g_date_time_format (day, "%Y-%m-%d") : NULL;

  lm_content_set_string (content, SEALED, text);
}

/* Telling again ----------------------------------------------------------------------- */

static JsonObject *
find_told (LmContent *content)
{
  JsonArray *links = lm_json_get_array (lm_content_json (content), LINKS);

  for (guint i = 0; i < lm_json_array_size (links); i++)
    {
      JsonObject *link = lm_json_at_object (links, i);

      if (g_strcmp0 (lm_json_get_string (link, "relation"), TOLD) == 0)
        return link;
    }
  return NULL;
}

/* Returns: (nullable): the id of the entry in which the same was told first; %NULL for that one */
const char *
lm_content_get_first_telling (LmContent *content)
{
  return lm_json_get_string (find_told (content), "entry");
}

/* Notes that the same was told first in @entry. */
void
lm_content_set_first_telling (LmContent *content, const char *entry)
{
  JsonObject *link = find_told (content);

  if (link == NULL)
    {
      if (lm_json_get_array (lm_content_json (content), LINKS) == NULL)
        json_object_set_array_member (lm_content_json (content), LINKS, json_array_new ());
      link = json_object_new ();
      json_array_add_object_element (lm_json_get_array (lm_content_json (content), LINKS), link);
      json_object_set_string_member (link, "relation", TOLD);
    }
  json_object_set_string_member (link, "entry", entry);
}
