/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/journal/lm-row-metrics.h"
#include "workspace/lm-phrases.h"

/* How large the texts of a row are, and how they look: known once for all the rows of a list. */

/* As libadwaita's style sheet has them. */
static const struct
{
  double scale;
  PangoWeight weight;
  gboolean numeric;
} fonts[LM_N_ROW_FONTS] = {
  [LM_ROW_FONT_DAY] = { 1.36, PANGO_WEIGHT_BOLD, TRUE },
  [LM_ROW_FONT_TITLE] = { 1, PANGO_WEIGHT_BOLD, FALSE },
  [LM_ROW_FONT_TEXT] = { 1, PANGO_WEIGHT_NORMAL, FALSE },
  [LM_ROW_FONT_SMALL] = { 0.82, PANGO_WEIGHT_NORMAL, TRUE },
};
/* --dim-opacity of style.css and style-hc.css, which CSS keeps for itself. */
#define DIMMED               0.78f
#define DIMMED_HIGH_CONTRAST 0.9f

static void
measure_font (PangoContext *context, LmRowFont font, LmRowMetrics *metrics)
{
  const PangoFontDescription *base = pango_context_get_font_description (context);
  g_autoptr (PangoFontDescription) own = pango_font_description_copy (base);
  double size = pango_font_description_get_size (base) * fonts[font].scale;
  PangoFontMetrics *measured;

  if (pango_font_description_get_size_is_absolute (base))
    pango_font_description_set_absolute_size (own, size);
  else
    pango_font_description_set_size (own, (int) size);
  pango_font_description_set_weight (own, fonts[font].weight);
  measured = pango_context_get_metrics (context, own, NULL);
  metrics->heights[font] = PANGO_PIXELS_CEIL (pango_font_metrics_get_ascent (measured) +
                                              pango_font_metrics_get_descent (measured));
  if (font == LM_ROW_FONT_TEXT)
    metrics->letter_width = pango_font_metrics_get_approximate_char_width (measured);
  pango_font_metrics_unref (measured);
}

static void
measure_time (PangoContext *context, LmRowMetrics *metrics)
{
  g_autoptr (GDateTime) late = g_date_time_new_utc (2000, 1, 1, 22, 58, 0);
  g_autofree char *text = lm_phrase_time (late);
  g_autoptr (PangoLayout) layout = pango_layout_new (context);
  g_autoptr (PangoAttrList) list = lm_row_font_attributes (LM_ROW_FONT_SMALL);

  pango_layout_set_text (layout, text, -1);
  pango_layout_set_attributes (layout, list);
  pango_layout_get_pixel_size (layout, &metrics->time_width, NULL);
}

/* Returns: (transfer none): the metrics for the font of @row; valid until the next call */
const LmRowMetrics *
lm_row_metrics_get (GtkWidget *row)
{
  static LmRowMetrics metrics;
  static PangoFontDescription *known;
  static double resolution;
  PangoContext *context = gtk_widget_get_pango_context (row);
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double now = pango_cairo_context_get_resolution (context);

  if (known != NULL && now >= resolution && now <= resolution &&
      pango_font_description_equal (known, font))
    return &metrics;
  g_clear_pointer (&known, pango_font_description_free);
  known = pango_font_description_copy (font);
  resolution = now;
  for (LmRowFont each = 0; each < LM_N_ROW_FONTS; each++)
    measure_font (context, each, &metrics);
  measure_time (context, &metrics);
  return &metrics;
}

/* Returns: how many letters @text has, with wide ones counted twice */
int
lm_row_metrics_letters (const char *text)
{
  int letters = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      letters += c < 0x80 ? 1 : g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
    }
  return letters;
}

/* Returns: how wide a text of so many @letters should be in one line, in pixels */
int
lm_row_metrics_width (const LmRowMetrics *metrics, int letters)
{
  return (int) MIN ((gint64) letters * metrics->letter_width / PANGO_SCALE, G_MAXINT);
}

/* Returns: (transfer full): how @font differs from the font of the row */
PangoAttrList *
lm_row_font_attributes (LmRowFont font)
{
  PangoAttrList *list = pango_attr_list_new ();

  pango_attr_list_insert (list, pango_attr_scale_new (fonts[font].scale));
  pango_attr_list_insert (list, pango_attr_weight_new (fonts[font].weight));
  if (fonts[font].numeric)
    pango_attr_list_insert (list, pango_attr_font_features_new ("tnum=1"));
  return list;
}

/* Returns: how much of a colour remains in what is said by the way */
float
lm_row_dim_opacity (void)
{
  return adw_style_manager_get_high_contrast (adw_style_manager_get_default ())
             ? DIMMED_HIGH_CONTRAST
             : DIMMED;
}
