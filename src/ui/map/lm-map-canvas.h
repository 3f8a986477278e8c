/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/map/lm-family-map.h"

G_BEGIN_DECLS

/**
 * LmMapCanvas:
 *
 * A map as a picture in which people are moved by mouse, finger or keys. Who hears the window
 * rather than seeing it has the same in the list.
 */
#define LM_TYPE_MAP_CANVAS (lm_map_canvas_get_type ())
G_DECLARE_FINAL_TYPE (LmMapCanvas, lm_map_canvas, LM, MAP_CANVAS, GtkWidget)

GtkWidget *lm_map_canvas_new (LmFamilyMap *map, gboolean editable);

G_END_DECLS
