/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "library/lm-library.h"

G_BEGIN_DECLS

AdwDialog *lm_using_dialog_new (LmLibrary *library);

G_END_DECLS
