/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "journal/lm-content-parts.h"

G_BEGIN_DECLS

/* The parts of an answer in words, as an export and a page show them. */
char *lm_element_to_text (const LmElement *element) G_GNUC_WARN_UNUSED_RESULT;
char *lm_map_place_to_text (const LmMapPlace *place, const char *name) G_GNUC_WARN_UNUSED_RESULT;
const char *lm_distance_to_text (guint distance);
const char *lm_tie_to_text (LmTie tie);

G_END_DECLS
