/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "library/lm-library.h"

G_BEGIN_DECLS

AdwNavigationPage *lm_article_page_new (LmLibrary *library,
                                        LmArticle *article,
                                        const char *section,
                                        gboolean with_guides);
AdwDialog *lm_passage_dialog_new (LmLibrary *library, LmArticle *article, const char *section);

G_END_DECLS
