/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "library/lm-library.h"

G_BEGIN_DECLS

/**
 * LmWritten:
 * @guide: (nullable): the id of the guide that an entry was written with
 * @tags: (nullable): its tags
 *
 * What is known of an entry without reading it.
 */
typedef struct
{
  const char *guide;
  const char *const *tags;
} LmWritten;

LmArticle *lm_short_read (LmLibrary *library, const LmWritten *written, guint n, guint day);

G_END_DECLS
