/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/lm-id.h"

G_BEGIN_DECLS

GPtrArray *lm_retired_read (const LmId *journal) G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_retired_add (const LmId *journal, const LmId *slot, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *lm_known_slots_read (const LmId *journal) G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_known_slots_add (const LmId *journal, const LmId *slot, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
