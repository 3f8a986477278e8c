/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "library/lm-library.h"
#include "workspace/lm-guide-run.h"

G_BEGIN_DECLS

GtkWidget *lm_grounding_new (LmGuideRun *run, LmLibrary *library);

G_END_DECLS
