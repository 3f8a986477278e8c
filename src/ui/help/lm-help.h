/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "library/lm-helplines.h"

G_BEGIN_DECLS

AdwNavigationPage *lm_help_page_new (LmHelplines *helplines, GSettings *settings);
AdwDialog *lm_help_dialog_new (LmHelplines *helplines, GSettings *settings);
gboolean lm_help_dialog_is (AdwDialog *dialog);

G_END_DECLS
