/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/stream/lm-stream-buffer.h"

G_BEGIN_DECLS

/**
 * LmStreamArea:
 *
 * Where somebody writes without deleting. Emits "held" when a key would have taken something away.
 */
#define LM_TYPE_STREAM_AREA (lm_stream_area_get_type ())
G_DECLARE_FINAL_TYPE (LmStreamArea, lm_stream_area, LM, STREAM_AREA, GtkTextView)

LmStreamBuffer *lm_stream_area_get_buffer (LmStreamArea *self);
void lm_stream_area_set_resting (LmStreamArea *self, gboolean resting);
gboolean lm_stream_area_fades (LmStreamArea *self);

G_END_DECLS
