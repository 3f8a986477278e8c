/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <lz4.h>
#include <string.h>

#include "base/lm-pack.h"

/* Two things that say much of the same need not both be kept: of the one only what differs from the
 * other is, in LZ4's block format, with the other as its dictionary. LZ4 is the one of the common
 * libraries that keeps no copies of what it packs: its state is a table of places. */

/* LZ4 looks back no further. */
#define REACH (64 * 1024)

/* The end of @like that LZ4 can look at. */
static const char *
within_reach (const char *like, int *length)
{
  gsize all = strlen (like);

  *length = (int) MIN (all, REACH);
  return like + (all - (gsize) *length);
}

/**
 * lm_pack:
 * @bytes: (array length=length): to be kept in less room
 * @like: a text that says much of the same, and stays
 * @packed: (out caller-allocates) (array length=room): what differs
 *
 * Returns: how much of @packed was used; 0 if @room is too little. Then there may be something of
 *   @bytes in @packed all the same, to be wiped
 */
gsize
lm_pack (const guint8 *bytes, gsize length, const char *like, guint8 *packed, gsize room)
{
  LZ4_stream_t stream;
  int reach, size;
  const char *end = within_reach (like, &reach);

  if (length > LZ4_MAX_INPUT_SIZE || room > G_MAXINT)
    return 0;
  LZ4_initStream (&stream, sizeof stream);
  LZ4_loadDict (&stream, end, reach);
  size = LZ4_compress_fast_continue (&stream,
                                     (const char *) bytes,
                                     (char *) packed,
                                     (int) length,
                                     (int) room,
                                     1);
  return size > 0 ? (gsize) size : 0;
}

/**
 * lm_unpack:
 * @packed: (array length=size): of lm_pack ()
 * @like: the same text as then
 * @bytes: (out caller-allocates) (array length=length): what was packed
 * @length: of what was packed
 *
 * Returns: whether @packed was what lm_pack () made of so many bytes
 */
gboolean
lm_unpack (const guint8 *packed, gsize size, const char *like, guint8 *bytes, gsize length)
{
  int reach;
  const char *end = within_reach (like, &reach);

  if (size > G_MAXINT || length > G_MAXINT)
    return FALSE;
  return LZ4_decompress_safe_usingDict ((const char *) packed,
                                        (char *) bytes,
                                        (int) size,
                                        (int) length,
                                        end,
                                        reach) == (int) length;
}
