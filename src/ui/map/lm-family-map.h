/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "journal/lm-content-parts.h"

G_BEGIN_DECLS

/**
 * LmFamilyMap:
 *
 * Who is where around somebody: what the picture and the list of a map both show and change.
 * Signals "changed" whenever anything is different, and "people-changed" before that if somebody
 * came or went.
 */
#define LM_TYPE_FAMILY_MAP (lm_family_map_get_type ())
G_DECLARE_FINAL_TYPE (LmFamilyMap, lm_family_map, LM, FAMILY_MAP, GObject)

/* Of lm_family_map_get_selected (): nobody. */
#define LM_MAP_NOBODY G_MAXUINT

LmFamilyMap *lm_family_map_new (GPtrArray *places);
GPtrArray *lm_family_map_get_places (LmFamilyMap *self);
guint lm_family_map_n (LmFamilyMap *self);
const LmMapPlace *lm_family_map_get (LmFamilyMap *self, guint index);
guint lm_family_map_find (LmFamilyMap *self, const char *person);
void lm_family_map_add (LmFamilyMap *self, const char *person, const char *name);
void lm_family_map_remove (LmFamilyMap *self, guint index);
void lm_family_map_move (LmFamilyMap *self, guint index, int angle, int distance);
void lm_family_map_set_tie (LmFamilyMap *self, guint index, LmTie tie);
guint lm_family_map_get_selected (LmFamilyMap *self);
void lm_family_map_select (LmFamilyMap *self, guint index);

G_END_DECLS
