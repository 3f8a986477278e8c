/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/lm-text.h"
#include "exchange/lm-part-text.h"

/* Returns: (transfer full): the words that were picked and, if that was said, what they bring to
 * mind */
char *
lm_element_to_text (const LmElement *element)
{
  if (lm_text_is_blank (element->text))
    /* Translators: words from a dream that somebody picked */
    return g_strdup_printf (_ ("“%s”"), element->words);
  /* Translators: words from a dream, and what they bring to mind */
  return g_strdup_printf (_ ("“%1$s”: %2$s"), element->words, element->text);
}

/* Returns: how near somebody was, from 1 (near) to %LM_DISTANCE_MAX */
const char *
lm_distance_to_text (guint distance)
{
  static const char *const texts[] = {
    /* Translators: how near a person felt, from near to far */
    N_ ("very near"), N_ ("near"), N_ ("in between"), N_ ("far"), N_ ("very far"),
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (texts) == LM_DISTANCE_MAX);
  return _ (texts[CLAMP (distance, 1, LM_DISTANCE_MAX) - 1]);
}

/* Returns: how it is between two people */
const char *
lm_tie_to_text (LmTie tie)
{
  switch (tie)
    {
    case LM_TIE_WARM:
      /* Translators: how it is between two people */
      return C_ ("tie", "warm");
    case LM_TIE_STRAINED:
      /* Translators: how it is between two people */
      return C_ ("tie", "strained");
    case LM_TIE_PLAIN:
    default:
      /* Translators: nothing is said about how it is between two people */
      return C_ ("tie", "plain");
    }
}

/**
 * lm_map_place_to_text:
 * @name: what the person is called now
 *
 * Returns: (transfer full): who is where on the map
 */
char *
lm_map_place_to_text (const LmMapPlace *place, const char *name)
{
  if (place->tie == LM_TIE_PLAIN)
    /* Translators: a person, and how near they felt: "Mum: near" */
    return g_strdup_printf (_ ("%1$s: %2$s"), name, lm_distance_to_text (place->distance));
  /* Translators: a person, how near they felt, how it was between them: "Mum: near, strained" */
  return g_strdup_printf (_ ("%1$s: %2$s, %3$s"),
                          name,
                          lm_distance_to_text (place->distance),
                          lm_tie_to_text (place->tie));
}
