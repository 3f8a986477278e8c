/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "journal/lm-content-parts.h"

G_BEGIN_DECLS

/**
 * LmMapColors:
 * @ink: of names and lines
 * @paper: behind everything
 * @card: behind a name
 * @accent: of who is chosen
 */
typedef struct
{
  GdkRGBA ink;
  GdkRGBA paper;
  GdkRGBA card;
  GdkRGBA accent;
} LmMapColors;

typedef struct
{
  GPtrArray *places; /* of LmMapPlace */
  const char *self_name;
  guint selected;
  double size;  /* of each side */
  double scale; /* 1 on the screen */
  LmMapColors colors;
} LmMapDrawing;

void lm_map_draw (cairo_t *cr, PangoLayout *layout, const LmMapDrawing *drawing);
void lm_map_point (const LmMapPlace *place, double size, double scale, double *x, double *y);
void lm_map_place_at (double x, double y, double size, double scale, int *angle, int *distance);

G_END_DECLS
