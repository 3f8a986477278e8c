/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "journal/lm-seen.h"

G_BEGIN_DECLS

struct _LmSeen
{
  LmId device;
  JsonObject *root; /* with what a newer version put there */
  LmDays *days;
  gboolean changed;
  gboolean sealed_off;   /* it is there, under a key that is not */
  gboolean in_doubt;     /* the file could not be read, and stays as it is */
  GHashTable *not_newer; /* LmId → LmRecord: found, and not newer than what was seen */
};

void lm_seen_note_trash (LmSeen *seen, LmRecord *record);

G_END_DECLS
