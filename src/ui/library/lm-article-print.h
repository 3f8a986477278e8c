/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "library/lm-library.h"

G_BEGIN_DECLS

void lm_article_print (GtkWidget *widget, LmLibrary *library, LmArticle *article);

G_END_DECLS
