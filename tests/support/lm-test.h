/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "base/lm-id.h"

G_BEGIN_DECLS

/* What several test programs need. Every case has folders of its own (G_TEST_OPTION_ISOLATE_DIRS),
 * which GLib removes after it. */

LmId lm_test_id (guint number);
GBytes *lm_test_bytes (const char *text);
GBytes *lm_test_slice (GBytes *bytes, gsize length);
GBytes *lm_test_append (GBytes *bytes, const void *data, gsize length);
GBytes *lm_test_replace (GBytes *bytes, const char *old, const char *new_text);
void lm_test_random (GRand *rand, guint8 *bytes, gsize length);

char *lm_test_path (const char *name);
char *lm_test_make_folder (const char *name);
G_NORETURN void lm_test_leave (int status);
void lm_test_write (const char *path, GBytes *bytes);
GBytes *lm_test_read (const char *path);
guint lm_test_count (const char *path, const char *suffix);
gboolean lm_test_make_read_only (const char *path);
gboolean lm_test_may_make_read_only (void);

/* Runs @statement some times and fails if even the quickest time is over @limit milliseconds: a
 * machine that is busy with something else slows down some tries, never all. */
#define lm_test_assert_quick(limit, statement)                                                     \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 lm_best = G_MAXINT64;                                                                   \
    for (guint lm_try = 0; lm_try < 5; lm_try++)                                                   \
      {                                                                                            \
        gint64 lm_begin = g_get_monotonic_time ();                                                 \
        statement;                                                                                 \
        lm_best = MIN (lm_best, g_get_monotonic_time () - lm_begin);                               \
      }                                                                                            \
    g_assert_cmpint (lm_best, <, (limit) * 1000);                                                  \
  }                                                                                                \
  G_STMT_END

G_END_DECLS
