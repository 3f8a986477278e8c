/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LM_ID_BYTES 16
/* Hex digits of an id as text, without the final NUL. */
#define LM_ID_DIGITS 32

/**
 * LmId:
 *
 * 128 bits that name a journal, a record, a key, a key slot or a computer. Also used for 128-bit
 * hashes. A plain value: copy it by assignment.
 */
typedef struct
{
  guint8 bytes[LM_ID_BYTES];
} LmId;

/* An id as text, for printing; see lm_id_format (). */
typedef struct
{
  char digits[LM_ID_DIGITS + 1];
} LmIdText;

LmId lm_id_new_random (void);
gboolean lm_id_parse (const char *text, gssize length, LmId *id) G_GNUC_WARN_UNUSED_RESULT;
LmIdText lm_id_format (const LmId *id);
char *lm_id_to_string (const LmId *id) G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_id_is_null (const LmId *id);
gboolean lm_id_equal (gconstpointer a, gconstpointer b);
guint lm_id_hash (gconstpointer id);
int lm_id_compare (gconstpointer a, gconstpointer b);
LmId *lm_id_copy (const LmId *id);

G_END_DECLS
