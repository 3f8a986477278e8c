/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "journal/lm-record.h"

G_BEGIN_DECLS

/* From so many moments on anything is counted at all, and from so many people on. What was said
 * less often, or of one person only, is not shown: it would look like more than it is. */
#define LM_COUNTS_LEAST_MOMENTS 3
#define LM_COUNTS_LEAST_PEOPLE  2

/**
 * LmCountRole:
 * @LM_COUNT_WISH: what was wished for
 * @LM_COUNT_EXPECTED: what the other was expected to do
 * @LM_COUNT_OTHER: what the other did
 * @LM_COUNT_SELF: what one felt and did
 */
typedef enum
{
  LM_COUNT_WISH,
  LM_COUNT_EXPECTED,
  LM_COUNT_OTHER,
  LM_COUNT_SELF,
} LmCountRole;

/**
 * LmCount:
 * @role: in which role it was said
 * @label: the words, as they were chosen or written last
 * @moments: (element-type LmRecord): in which it was said, the latest first
 * @n_people: with how many different people that was
 * @n_good: in how many of them it felt good
 */
typedef struct
{
  LmCountRole role;
  char *label;
  GPtrArray *moments;
  guint n_people;
  guint n_good;
} LmCount;

/**
 * LmCounts:
 * @n_moments: the moments that were counted
 * @n_left_out: those in which fear or harm was named: that is never counted as a pattern
 * @n_people: with how many different people
 * @n_good: in how many of @n_moments it felt good
 * @n_hard: hard
 * @n_mixed: both
 * @counts: (element-type LmCount): what came up often enough, by role, the most frequent first
 *
 * Counts of a person's own words, and nothing more. Whoever shows them says how few they are.
 */
typedef struct
{
  guint n_moments;
  guint n_left_out;
  guint n_people;
  guint n_good;
  guint n_hard;
  guint n_mixed;
  GPtrArray *counts;
} LmCounts;

LmCounts *lm_counts_new (GPtrArray *records, GDateTime *since, GHashTable *harm);
void lm_counts_free (LmCounts *counts);
gboolean lm_counts_are_enough (LmCounts *counts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmCounts, lm_counts_free)

G_END_DECLS
