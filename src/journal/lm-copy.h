/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "journal/lm-record.h"

G_BEGIN_DECLS

/**
 * LmCopyState:
 * @kind: of the record
 * @hash: of its payload
 * @content: the fingerprint of what it says, but for whether it is in the trash
 * @saves: (nullable): who saved it how often
 * @deleted: whether it is in the trash
 * @retired: whether it is sealed with a key that is not in use any more
 *
 * All that matters of a file for what becomes of a copy.
 */
typedef struct
{
  LmRecordKind kind;
  LmId hash;
  LmId content;
  LmSaves *saves;
  gboolean deleted;
  gboolean retired;
} LmCopyState;

/**
 * LmCopyVerdict:
 * @LM_COPY_SAME: says the same: it goes among the versions
 * @LM_COPY_OLDER: what the record once was: it goes among the versions
 * @LM_COPY_NEWER: what the record has become elsewhere: it takes its place
 * @LM_COPY_BROUGHT_BACK: the record was deleted, and this was changed without knowing of that: the
 *   text takes the record's place, and the person is asked
 * @LM_COPY_UNITED: one computer's settings or reading: both are put together
 * @LM_COPY_DIVERGED: both were changed: both stay until the person decides
 * @LM_COPY_LEFT: of a kind that this version does not know: it stays
 */
typedef enum
{
  LM_COPY_SAME,
  LM_COPY_OLDER,
  LM_COPY_NEWER,
  LM_COPY_BROUGHT_BACK,
  LM_COPY_UNITED,
  LM_COPY_DIVERGED,
  LM_COPY_LEFT,
} LmCopyVerdict;

LmCopyState lm_copy_state (LmRecord *record, gboolean retired);
LmCopyVerdict lm_copy_judge (const LmCopyState *own, const LmCopyState *copy);

G_END_DECLS
