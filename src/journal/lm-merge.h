/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "journal/lm-content.h"

G_BEGIN_DECLS

LmContent *lm_content_merge (LmContent *base, LmContent *ours, LmContent *theirs, gboolean *clean)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
