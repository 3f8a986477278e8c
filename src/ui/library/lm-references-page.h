/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "library/lm-library.h"

G_BEGIN_DECLS

AdwNavigationPage *lm_references_page_new (LmLibrary *library, const char *reference);

G_END_DECLS
