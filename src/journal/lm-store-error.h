/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LmStoreError:
 * @LM_STORE_ERROR_NOT_FOUND: the folder, the file or the entry is not there
 * @LM_STORE_ERROR_NOT_A_JOURNAL: the folder is there, but holds no journal
 * @LM_STORE_ERROR_NOT_EMPTY: a new journal wants a new or empty folder
 * @LM_STORE_ERROR_TOO_NEW: the journal was made by a newer version
 * @LM_STORE_ERROR_NO_KEYS: the journal's key files are not there, perhaps not yet
 * @LM_STORE_ERROR_DAMAGED: a file is not what it should be
 * @LM_STORE_ERROR_PERMISSION: we may not read or write there
 * @LM_STORE_ERROR_READ_ONLY: the file system takes no changes
 * @LM_STORE_ERROR_NO_SPACE: the disk, or the person's share of it, is full
 * @LM_STORE_ERROR_CHANGED: somebody else changed the file meanwhile; both texts are kept
 * @LM_STORE_ERROR_BUSY: another program on this computer has the journal open
 * @LM_STORE_ERROR_TOO_LARGE: larger than the format allows
 * @LM_STORE_ERROR_NO_ROOM_FOR_SNAPSHOT: a snapshot would leave too little room; none was begun
 * @LM_STORE_ERROR_PURGED: it was deleted for good, and has come back
 * @LM_STORE_ERROR_OLD_KEYS: the key files are older than what this computer has seen
 * @LM_STORE_ERROR_ATTACHMENT_COPY: a second file of an attachment, and not the same
 * @LM_STORE_ERROR_IO: the disk failed in another way
 *
 * What can go wrong with files. Messages name the file and never hold text of the person.
 */
typedef enum
{
  LM_STORE_ERROR_NOT_FOUND,
  LM_STORE_ERROR_NOT_A_JOURNAL,
  LM_STORE_ERROR_NOT_EMPTY,
  LM_STORE_ERROR_TOO_NEW,
  LM_STORE_ERROR_NO_KEYS,
  LM_STORE_ERROR_DAMAGED,
  LM_STORE_ERROR_PERMISSION,
  LM_STORE_ERROR_READ_ONLY,
  LM_STORE_ERROR_NO_SPACE,
  LM_STORE_ERROR_CHANGED,
  LM_STORE_ERROR_BUSY,
  LM_STORE_ERROR_TOO_LARGE,
  LM_STORE_ERROR_NO_ROOM_FOR_SNAPSHOT,
  LM_STORE_ERROR_PURGED,
  LM_STORE_ERROR_OLD_KEYS,
  LM_STORE_ERROR_ATTACHMENT_COPY,
  LM_STORE_ERROR_IO,
} LmStoreError;

#define LM_STORE_ERROR (lm_store_error_quark ())
GQuark lm_store_error_quark (void);

G_END_DECLS
