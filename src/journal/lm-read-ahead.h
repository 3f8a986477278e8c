/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "journal/lm-record.h"
#include "vault/lm-vault.h"

G_BEGIN_DECLS

/**
 * LmReadFile:
 * @id: inside the file; zero if that cannot be told
 * @record: (nullable): what is in it
 * @retired: whether it is sealed with a key that was given up: then nobody believes it yet
 * @error: (nullable): why it cannot be opened
 *
 * A file as any thread can read it, without knowing what the store knows.
 */
typedef struct
{
  LmId id;
  LmRecord *record;
  gboolean retired;
  GError *error;
} LmReadFile;

void lm_read_file (
    int entries, LmVault *vault, const char *name, gboolean searchable, LmReadFile *read);
void lm_read_file_clear (LmReadFile *read);

/**
 * LmReadAhead:
 *
 * Threads that read, open and parse files before it is their turn.
 */
typedef struct _LmReadAhead LmReadAhead;

LmReadAhead *lm_read_ahead_new (
    int entries, LmVault *vault, GPtrArray *names, gboolean searchable, guint modest_ms);
void lm_read_ahead_take (LmReadAhead *ahead, guint place, LmReadFile *read);
void lm_read_ahead_free (LmReadAhead *ahead);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LmReadFile, lm_read_file_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmReadAhead, lm_read_ahead_free)

G_END_DECLS
