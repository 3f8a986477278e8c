/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LM_FINDER_BYTES 3

/**
 * LmFinder:
 * @word: what is looked for, borrowed
 * @length: its bytes
 * @rare: where in @word the bytes are that are looked for first; one may be there twice
 *
 * A word, made ready to be looked for in many texts.
 */
typedef struct
{
  const char *word;
  gsize length;
  gsize rare[LM_FINDER_BYTES];
} LmFinder;

LmFinder lm_finder_new (const char *word) G_GNUC_WARN_UNUSED_RESULT;
const char *lm_finder_find (const LmFinder *finder, const char *text, const char *end)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
