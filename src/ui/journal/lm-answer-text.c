/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "base/lm-text.h"
#include "exchange/lm-part-text.h"
#include "ui/journal/lm-answer-text.h"
#include "workspace/lm-phrases.h"

static void
add_parts (GStrvBuilder *builder, LmAnswer *answer)
{
  g_autoptr (GPtrArray) elements = lm_answer_get_elements (answer);
  g_autoptr (GPtrArray) places = lm_answer_get_map (answer);

  for (guint i = 0; i < elements->len; i++)
    g_strv_builder_take (builder, lm_element_to_text (elements->pdata[i]));
  for (guint i = 0; i < places->len; i++)
    {
      const LmMapPlace *place = places->pdata[i];

      g_strv_builder_take (builder, lm_map_place_to_text (place, place->name));
    }
}

/**
 * lm_answer_to_text:
 * @answer: (nullable): none says nothing
 *
 * Returns: (transfer full): what is said in an answer, a line each: people, choices, how strong,
 * how it felt, parts, the text
 */
char *
lm_answer_to_text (LmWorkspace *workspace, LmAnswer *answer)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) lines = NULL, people = NULL;

  if (answer == NULL)
    return g_strdup ("");
  people = lm_answer_get_people (answer);
  /* Whoever is on a map is named there. */
  for (guint i = 0; people[i] != NULL && !json_object_has_member (answer, "map"); i++)
    {
      LmEntry *person = lm_workspace_find_person (workspace, people[i]);

      /* Translators: a person whose name is not known any more */
      g_strv_builder_add (builder, person != NULL ? lm_entry_get_title (person) : _ ("Somebody"));
    }
  for (guint i = 0; i < lm_answer_n_choices (answer); i++)
    g_strv_builder_add (builder, lm_answer_get_choice (answer, i, NULL));
  if (lm_phrase_intensity ((guint) lm_answer_get_scale (answer)) != NULL)
    g_strv_builder_add (builder, lm_phrase_intensity ((guint) lm_answer_get_scale (answer)));
  if (lm_phrase_felt (lm_answer_get_felt (answer)) != NULL)
    g_strv_builder_add (builder, lm_phrase_felt (lm_answer_get_felt (answer)));
  add_parts (builder, answer);
  if (!lm_text_is_blank (lm_answer_get_text (answer)))
    g_strv_builder_add (builder, lm_answer_get_text (answer));
  lines = g_strv_builder_end (builder);
  return g_strjoinv ("\n", lines);
}
