/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <pango/pangocairo.h>

#include "library/lm-document.h"

G_BEGIN_DECLS

/* Text on paper. All lengths are in points. */
typedef struct _LmPages LmPages;

/**
 * LmPart:
 * @before: space above it, unless it begins a page
 * @with_next: it does not stand alone at the foot of a page
 *
 * One paragraph or heading.
 */
typedef struct
{
  double before;
  gboolean with_next;

  /*< private >*/
  PangoLayout *layout;
  double x;
} LmPart;

LmPages *lm_pages_new (PangoContext *context, double width, double height);
void lm_pages_free (LmPages *pages);
LmPart *lm_pages_add (
    LmPages *pages, const char *font, const char *text, PangoAttrList *attributes, double indent);
LmPart *lm_pages_add_block (LmPages *pages, const LmBlock *block, double size);
guint lm_pages_lay_out (LmPages *pages);
void lm_pages_draw (LmPages *pages, cairo_t *cairo, guint page);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmPages, lm_pages_free)

G_END_DECLS
