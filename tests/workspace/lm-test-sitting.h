/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "library/lm-library.h"
#include "workspace/lm-guide-run.h"
#include "workspace/lm-stream.h"

G_BEGIN_DECLS

/**
 * LmTestSitting:
 * @id: of the record that it becomes
 * @draft: (nullable): while somebody sits there
 * @run: (nullable): likewise
 * @finished: whether it was gone through to its end
 *
 * Somebody who answers a guide at random, and what they have answered by their own account: kept
 * beside the program, never read back from it.
 */
typedef struct
{
  LmGuide *guide;
  gboolean is_short;
  GRand *rand;
  LmId id;
  gboolean known; /* whether @id is set */
  LmDraft *draft;
  LmGuideRun *run;
  LmStream *stream;
  gint64 time; /* of the stream, in milliseconds */
  gint64 counted;
  gint64 silence;
  GHashTable *expected; /* of char * → JsonNode *: "step/what" */
  GHashTable *pauses;   /* of place → seconds */
  gboolean running;
  gboolean finished;
} LmTestSitting;

LmTestSitting *lm_test_sitting_new (LmGuide *guide, gboolean is_short, GRand *rand);
void lm_test_sitting_free (LmTestSitting *sitting);
void lm_test_sitting_take (LmTestSitting *sitting, LmDraft *draft, gboolean resumed);
void lm_test_sitting_walk (LmTestSitting *sitting, guint n);
void lm_test_sitting_leave (LmTestSitting *sitting, gboolean finish);
gboolean lm_test_sitting_is_empty (LmTestSitting *sitting);
void lm_test_sitting_compare (LmTestSitting *sitting, LmContent *content);
guint lm_test_sitting_n_untried (void);

G_END_DECLS
