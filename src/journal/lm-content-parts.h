/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "journal/lm-content.h"

G_BEGIN_DECLS

/* What an entry may have besides texts and choices: parts of a text with what each brings to mind,
 * people on a map, a seal, and the first telling of what is told again. */

/**
 * LmElement:
 * @words: as they stood in the text
 * @text: what they bring to mind; may be ""
 */
typedef struct
{
  char *words;
  char *text;
} LmElement;

LmElement *lm_element_new (const char *words, const char *text);
void lm_element_free (LmElement *element);
GPtrArray *lm_answer_get_elements (LmAnswer *answer);
void lm_answer_set_elements (LmAnswer *answer, GPtrArray *elements);

/* Steps from near to far. */
#define LM_DISTANCE_MAX 5

/**
 * LmTie:
 * @LM_TIE_PLAIN: nothing is said of it
 * @LM_TIE_WARM: warm
 * @LM_TIE_STRAINED: strained
 *
 * How it is, or was, between two people.
 */
typedef enum
{
  LM_TIE_PLAIN,
  LM_TIE_WARM,
  LM_TIE_STRAINED,
} LmTie;

/**
 * LmMapPlace:
 * @person: the id of the person's record
 * @name: what they were called when they were placed
 * @angle: where around oneself, in degrees, from 0 (above) clockwise
 * @distance: from 1 (near) to %LM_DISTANCE_MAX (far)
 * @tie: how it is with them
 */
typedef struct
{
  char *person;
  char *name;
  guint angle;
  guint distance;
  LmTie tie;
} LmMapPlace;

LmMapPlace *lm_map_place_new (const char *person, const char *name);
void lm_map_place_free (LmMapPlace *place);
GPtrArray *lm_answer_get_map (LmAnswer *answer);
void lm_answer_set_map (LmAnswer *answer, GPtrArray *places);

GStrv lm_answer_get_part_words (LmAnswer *answer);

GDateTime *lm_content_get_sealed_until (LmContent *content);
void lm_content_set_sealed_until (LmContent *content, GDateTime *day);

const char *lm_content_get_first_telling (LmContent *content);
void lm_content_set_first_telling (LmContent *content, const char *entry);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmElement, lm_element_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmMapPlace, lm_map_place_free)

G_END_DECLS
