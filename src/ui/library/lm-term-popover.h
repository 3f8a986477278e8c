/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "library/lm-library.h"

G_BEGIN_DECLS

GtkPopover *lm_term_popover_new (LmLibrary *library,
                                 const LmGlossaryTerm *term,
                                 GtkWidget *over,
                                 const GdkRectangle *area,
                                 GCallback read_more,
                                 gpointer data);

G_END_DECLS
