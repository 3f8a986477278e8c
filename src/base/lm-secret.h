/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LmSecret:
 *
 * A key, a passphrase or a recovery code. It lives in memory that is locked against swapping where
 * the system allows it, fenced by guard pages, left out of core dumps and zeroed when the last
 * reference goes. Never copy the bytes into ordinary memory.
 */
typedef struct _LmSecret LmSecret;

LmSecret *lm_secret_new (gsize length);
LmSecret *lm_secret_new_random (gsize length);
LmSecret *lm_secret_new_taking (char *text);
LmSecret *lm_secret_ref (LmSecret *secret);
void lm_secret_unref (LmSecret *secret);
guint8 *lm_secret_bytes (LmSecret *secret);
const guint8 *lm_secret_peek (const LmSecret *secret);
gsize lm_secret_length (const LmSecret *secret);
void lm_secret_shorten (LmSecret *secret, gsize length);
gboolean lm_secret_equal (const LmSecret *a, const LmSecret *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmSecret, lm_secret_unref)

G_END_DECLS
