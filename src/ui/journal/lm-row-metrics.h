/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LmRowFont:
 * @LM_ROW_FONT_DAY: the day of the month, as the style class "title-3" with "numeric"
 * @LM_ROW_FONT_TITLE: as the style class "heading"
 * @LM_ROW_FONT_TEXT: as everything
 * @LM_ROW_FONT_SMALL: as the style class "caption" with "numeric"
 *
 * How a text in a row is written.
 */
typedef enum
{
  LM_ROW_FONT_DAY,
  LM_ROW_FONT_TITLE,
  LM_ROW_FONT_TEXT,
  LM_ROW_FONT_SMALL,
} LmRowFont;

#define LM_N_ROW_FONTS (LM_ROW_FONT_SMALL + 1)

/**
 * LmRowMetrics:
 * @heights: of a line, in pixels
 * @time_width: of a time of day, in pixels
 * @letter_width: of a letter of text, about, in Pango units
 *
 * What can be known of a row without laying out its texts.
 */
typedef struct
{
  int heights[LM_N_ROW_FONTS];
  int time_width;
  int letter_width;
} LmRowMetrics;

const LmRowMetrics *lm_row_metrics_get (GtkWidget *row);
int lm_row_metrics_letters (const char *text);
int lm_row_metrics_width (const LmRowMetrics *metrics, int letters);
PangoAttrList *lm_row_font_attributes (LmRowFont font) G_GNUC_WARN_UNUSED_RESULT;
float lm_row_dim_opacity (void);

G_END_DECLS
