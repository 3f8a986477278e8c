/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "journal/lm-read-ahead.h"
#include "journal/lm-record.h"
#include "journal/lm-store.h"

G_BEGIN_DECLS

/**
 * LmScanned:
 * @name: below the folder of entries
 * @id: of the record in it; zero if that cannot be told
 * @is_own: whether it has the name that belongs to @id
 * @record: (nullable): what is in it
 * @error: (nullable): why it cannot be opened, perhaps not yet
 * @retired: (nullable): what is in it, sealed with a key that was given up, and not seen before
 *
 * A file among the entries as it was when it was last looked at.
 */
typedef struct
{
  char *name;
  LmId id;
  gboolean is_own;
  LmRecord *record;
  GError *error;
  LmRecord *retired;
} LmScanned;

/**
 * LmStamp:
 *
 * How a file looked from outside.
 */
typedef struct
{
  guint64 inode;
  gint64 size;
  gint64 modified; /* nanoseconds */
  gint64 changed;  /* the same */
} LmStamp;

/**
 * LmListed:
 * @name: below the folder of entries
 * @place: among all names, sorted, those in other folders last
 * @stamp: before it was read
 *
 * A file that may be a record.
 */
typedef struct
{
  char *name;
  guint place;
  LmStamp stamp;
} LmListed;

/**
 * LmScan:
 *
 * What was found in the folder of entries, so that the next look reads only what has changed.
 */
typedef struct _LmScan LmScan;

LmScan *lm_scan_new (void);
void lm_scan_free (LmScan *scan);
void lm_scan_note_all (LmStore *store);
void lm_scan_note_shown (LmScan *scan, LmRecord *record);
GPtrArray *lm_scan_list (LmStore *store, GError **error);
GPtrArray *lm_scan_list_newest_first (LmStore *store, GError **error);
const LmScanned *lm_scan_look (LmStore *store, const char *name);
const LmScanned *lm_scan_take (LmStore *store, const LmListed *listed, LmReadFile *read);

/* What one look at all files has found of the files of one record. */
typedef struct
{
  const LmScanned *own; /* nullable: under the record's own name */
  gboolean own_is_bad;  /* there is such a file, but it cannot be opened now */
  GPtrArray *copies;    /* of LmScanned, by name */
  GPtrArray *retired;   /* the same, of those sealed with a key that was given up */
} LmScanGroup;

gboolean lm_store_settle (LmStore *store, LmScanGroup *group, gboolean *merged);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmScan, lm_scan_free)

G_END_DECLS
