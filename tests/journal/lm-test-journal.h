/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "journal/lm-store-error.h"
#include "journal/lm-store.h"
#include "lm-test-vault.h"

G_BEGIN_DECLS

/**
 * LmTestStore:
 * @path: the journal's folder
 * @entries: its folder of entries
 * @local: this computer's folder for it
 * @clock: stands at 2026-11-23T21:04:11+01:00
 *
 * A journal that was made by hand, with the keys of lm_test_keys (), and opened without a key
 * derivation. Each case has its own, and its own folders of this computer.
 */
typedef struct
{
  char *path;
  char *entries;
  char *local;
  LmFolder *folder;
  LmOpened *opened;
  LmClock *clock;
  LmStore *store;
} LmTestStore;

char *lm_test_make_journal (const char *name);
void lm_test_store_set_up (LmTestStore *test, gconstpointer data);
void lm_test_store_tear_down (LmTestStore *test, gconstpointer data);
LmStore *lm_test_store_open (LmTestStore *test);
void lm_test_store_close (LmTestStore *test);
void lm_test_store_reopen (LmTestStore *test);

#define LM_TEST_STORE_ADD(name, func)                                                              \
  g_test_add (name, LmTestStore, NULL, lm_test_store_set_up, func, lm_test_store_tear_down)

/* What lm_store_load () gave. */
typedef struct
{
  GPtrArray *records;
  GPtrArray *problems;
  guint batches;
} LmTestLoaded;

LmTestLoaded *lm_test_load (LmStore *store);
void lm_test_loaded_free (LmTestLoaded *loaded);
LmRecord *lm_test_find (LmTestLoaded *loaded, const LmId *id);
LmProblem *lm_test_find_problem (LmTestLoaded *loaded, const char *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmTestLoaded, lm_test_loaded_free)

char *lm_test_file_name (const LmId *id);
GBytes *lm_test_entry (const LmId *id, const char *payload);
GBytes *lm_test_entry_saved (const LmId *id, const char *text, const LmId *device, gint64 count);
void lm_test_put (LmTestStore *test, const char *name, GBytes *file);
GBytes *lm_test_get (LmTestStore *test, const char *name);
void lm_test_empty_folder (const char *folder);
char *lm_test_one_name (const char *folder, const char *prefix, const char *suffix);

LmContent *lm_test_content (const char *text);
LmRecord *lm_test_save (
    LmStore *store, const LmId *id, const char *text, LmRecord *base, gboolean *conflict);
void lm_test_assert_text (LmRecord *record, const char *text);

G_END_DECLS
