/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "journal/lm-store.h"

G_BEGIN_DECLS

/* The passphrase of the journals that are made for measuring. */
#define LM_BENCH_PASSPHRASE "only for measuring, never for a person"

/**
 * LmBench:
 *
 * A journal of made-up entries, the same on every computer.
 */
typedef struct
{
  char *path;
  char *local;
  guint n;
  LmFolder *folder;
  LmOpened *opened;
  LmClock *clock;
  gsize plain; /* bytes of all payloads; 0 if the journal was there already */
} LmBench;

LmBench *lm_bench_make (const char *path, guint n);
void lm_bench_free (LmBench *bench);
char *lm_bench_words (guint seed, guint n_words) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmBench, lm_bench_free)

G_END_DECLS
