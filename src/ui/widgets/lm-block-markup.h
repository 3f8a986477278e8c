/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <pango/pango.h>

#include "library/lm-document.h"

G_BEGIN_DECLS

char *lm_block_to_markup (const LmBlock *block) G_GNUC_WARN_UNUSED_RESULT;
PangoAttrList *lm_block_to_attributes (const LmBlock *block) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
