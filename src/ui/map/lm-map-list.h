/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/map/lm-family-map.h"

G_BEGIN_DECLS

/**
 * LmMapList:
 *
 * A map as a list: everything that the picture shows can be read and changed here too.
 */
#define LM_TYPE_MAP_LIST (lm_map_list_get_type ())
G_DECLARE_FINAL_TYPE (LmMapList, lm_map_list, LM, MAP_LIST, AdwBin)

GtkWidget *lm_map_list_new (LmFamilyMap *map);

G_END_DECLS
