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

/**
 * LmSaves:
 *
 * Which computers saved a record how often. Immutable, counted, passed between threads: a journal
 * holds one for each record, so that it is as small as it can be.
 */
typedef struct _LmSaves LmSaves;

LmSaves *lm_saves_read (JsonObject *object) G_GNUC_WARN_UNUSED_RESULT;
JsonObject *lm_saves_write (LmSaves *saves) G_GNUC_WARN_UNUSED_RESULT;
LmSaves *lm_saves_ref (LmSaves *saves);
void lm_saves_unref (LmSaves *saves);
LmSavesOrder lm_saves_compare (LmSaves *a, LmSaves *b);
guint lm_saves_hash (gconstpointer saves);
gboolean lm_saves_equal (gconstpointer a, gconstpointer b);
gint64 lm_saves_sum (LmSaves *saves);
gint64 lm_saves_count (LmSaves *saves, const LmId *device);
LmSaves *lm_saves_add_one (LmSaves *saves, const LmId *device) G_GNUC_WARN_UNUSED_RESULT;
LmSaves *lm_saves_set (LmSaves *saves, const LmId *device, gint64 count) G_GNUC_WARN_UNUSED_RESULT;
LmSaves *lm_saves_unite (LmSaves *a, LmSaves *b) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmSaves, lm_saves_unref)

G_END_DECLS
