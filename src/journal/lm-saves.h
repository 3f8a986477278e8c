/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "base/lm-id.h"

G_BEGIN_DECLS

/**
 * LmSavesOrder:
 *
 * How two states of one record stand to each other by who saved them how often. Clocks decide
 * nothing.
 */
typedef enum
{
  LM_SAVES_EQUAL,
  LM_SAVES_OLDER,
  LM_SAVES_NEWER,
  LM_SAVES_DIVERGED,
} LmSavesOrder;

LmSavesOrder lm_saves_compare (JsonObject *a, JsonObject *b);
gint64 lm_saves_sum (JsonObject *saves);
JsonObject *lm_saves_add_one (JsonObject *saves, const LmId *device) G_GNUC_WARN_UNUSED_RESULT;
JsonObject *lm_saves_unite (JsonObject *a, JsonObject *b) G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_saves_check (JsonObject *saves);

G_END_DECLS
