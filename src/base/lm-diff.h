/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LmDiffKind:
 * @LM_DIFF_SAME: in both texts
 * @LM_DIFF_REMOVED: in the old text only
 * @LM_DIFF_ADDED: in the new text only
 */
typedef enum
{
  LM_DIFF_SAME,
  LM_DIFF_REMOVED,
  LM_DIFF_ADDED,
} LmDiffKind;

/**
 * LmDiffPart:
 * @kind: which of the texts it is in
 * @old_start: where it is in the old text, in bytes; for an added part, where it would be
 * @new_start: where it is in the new text, in bytes; for a removed part, where it would be
 * @length: in bytes
 *
 * A stretch of whole words.
 */
typedef struct
{
  LmDiffKind kind;
  gsize old_start;
  gsize new_start;
  gsize length;
} LmDiffPart;

GArray *lm_diff_words (const char *old_text, const char *new_text) G_GNUC_WARN_UNUSED_RESULT;
char *lm_diff_merge (const char *base, const char *ours, const char *theirs, gboolean *clean)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
