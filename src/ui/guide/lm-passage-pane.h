/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "library/lm-library.h"

G_BEGIN_DECLS

/**
 * LmPassagePane:
 *
 * "What is this?": a page whose #LmPassagePane:content keeps its place while an article slides in
 * beside it, or over it where there is no room for both. Closing it gives the focus back.
 */
#define LM_TYPE_PASSAGE_PANE (lm_passage_pane_get_type ())
G_DECLARE_FINAL_TYPE (LmPassagePane, lm_passage_pane, LM, PASSAGE_PANE, AdwBin)

void lm_passage_pane_show (LmPassagePane *self,
                           LmLibrary *library,
                           LmArticle *article,
                           const char *section);
GtkWidget *lm_passage_button_new (LmLibrary *library, const char *article, const char *section);
void lm_passage_pane_close (LmPassagePane *self);

G_END_DECLS
