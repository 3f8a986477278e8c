/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "lm-crash-scene.h"

G_BEGIN_DECLS

/**
 * LmCrashOp:
 * @name: as it is told
 * @run: does it in the process under test: gets all ready, says lm_crash_begin (), and at the end
 *   lm_crash_acknowledge () if a person would now be told that it is done. Returns whether it is
 * @check: looks whether all is well whenever it ended; @done: it was acknowledged. Returns what is
 *   wrong (transfer full), or %NULL
 * @each_sync: whether nothing is left if any one fsync is taken out
 * @prepare: (nullable): what else there is in the journal before
 * @only_reads: whether it changes no file, so that a power cut has nothing to undo
 *
 * Something a person does with a journal. One line in lm_crash_ops is one operation more that is
 * killed at every call, has every call fail, and is cut off from power.
 */
typedef struct
{
  const char *name;
  gboolean (*run) (LmCrashScene *scene);
  char *(*check) (LmCrashScene *scene, gboolean done);
  gboolean each_sync;
  void (*prepare) (LmCrashScene *scene);
  gboolean only_reads;
} LmCrashOp;

extern const LmCrashOp lm_crash_ops[];
guint lm_crash_n_ops (void);

G_END_DECLS
