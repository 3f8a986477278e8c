/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "journal/lm-seen.h"

G_BEGIN_DECLS

/* What was seen of one record: small, for there are as many as records. */
typedef struct
{
  LmId id;
  LmId hash;      /* null if it could not be read */
  LmSaves *saves; /* nullable */
  gboolean gone;
} LmKnown;

struct _LmSeen
{
  LmId device;
  JsonObject *root;   /* with what a newer version put there, without the usual states */
  GHashTable *states; /* of LmKnown, by id */
  LmDays *days;
  gboolean changed;
  gboolean sealed_off;   /* it is there, under a key that is not */
  gboolean in_doubt;     /* the file could not be read, and stays as it is */
  GHashTable *not_newer; /* LmId → LmRecord: found, and not newer than what was seen */
};

void lm_seen_note_trash (LmSeen *seen, LmRecord *record);
void lm_seen_read_states (LmSeen *seen);
char *lm_seen_write_states (LmSeen *seen, gsize *length) G_GNUC_WARN_UNUSED_RESULT;
const LmKnown *lm_seen_state_of (LmSeen *seen, const LmId *id);
void lm_seen_set_state (LmSeen *seen, LmRecord *record);

G_END_DECLS
