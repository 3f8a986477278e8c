/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "journal/lm-store-private.h"

G_BEGIN_DECLS

/**
 * LmResealPlace:
 * @LM_RESEAL_JOURNAL: in the journal's folder, where a sync tool may write too
 * @LM_RESEAL_HERE: among this computer's own files
 */
typedef enum
{
  LM_RESEAL_JOURNAL,
  LM_RESEAL_HERE,
} LmResealPlace;

gboolean lm_reseal_record (LmStore *store,
                           LmResealPlace place,
                           LmSealKind kind,
                           int folder,
                           const char *name,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_reseal_attachment (LmStore *store,
                               LmResealPlace place,
                               int folder,
                               const char *name,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
