/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/lm-hardening.h"
#include "lm-test-journal.h"
#include "workspace/lm-draft.h"
#include "workspace/lm-settings.h"
#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

#define LM_TEST_PASSPHRASE "Grüße aus Łódź"

/**
 * LmTestWorkspace:
 * @path: the journal's folder
 * @settings: in memory; the keyring is not used
 * @clock: stands at 2026-11-23T21:04:11+01:00
 *
 * A workspace on a journal that lm_test_make_journal () made, open. Each case has its own.
 */
typedef struct
{
  char *path;
  GSettings *settings;
  LmClock *clock;
  LmWorkspace *workspace;
} LmTestWorkspace;

void lm_test_workspace_set_up (LmTestWorkspace *test, gconstpointer data);
void lm_test_workspace_tear_down (LmTestWorkspace *test, gconstpointer data);
void lm_test_workspace_drop (LmTestWorkspace *test);
void lm_test_workspace_restart (LmTestWorkspace *test);
void lm_test_workspace_unlock (LmTestWorkspace *test);
GError *lm_test_workspace_close (LmTestWorkspace *test);

#define LM_TEST_WORKSPACE_ADD(name, func)                                                          \
  g_test_add (name,                                                                                \
              LmTestWorkspace,                                                                     \
              NULL,                                                                                \
              lm_test_workspace_set_up,                                                            \
              func,                                                                                \
              lm_test_workspace_tear_down)

LmSecret *lm_test_typed (const char *text);
void lm_test_state (LmWorkspace *workspace, LmWorkspaceState state);
void lm_test_take_result (GObject *source, GAsyncResult *result, gpointer data);
GError *lm_test_try_unlock (LmWorkspace *workspace, LmKeySlotKind kind, const char *typed);
guint lm_test_n_found (LmWorkspace *workspace, const char *typed);
LmEntry *lm_test_add_person (LmTestWorkspace *test, const char *name);
LmEntry *lm_test_only (GListModel *list);
LmEntry *lm_test_write_entry (LmWorkspace *workspace, const char *text);
guint lm_test_count_records (LmTestWorkspace *test);
guint lm_test_count_drafts (void);
void lm_test_draft_text (LmDraft *draft, const char *text);

/* How long a condition may take before it counts as one that never comes, on however busy a
 * machine. */
#define LM_TEST_PATIENCE (120 * G_TIME_SPAN_SECOND)

void lm_test_turn (gint64 began, const char *condition);

/* Runs the main loop until @condition is true. */
#define lm_test_until(condition)                                                                   \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 began_ = g_get_monotonic_time ();                                                       \
                                                                                                   \
    while (!(condition))                                                                           \
      lm_test_turn (began_, G_STRLOC ": " #condition);                                             \
  }                                                                                                \
  G_STMT_END

/* Runs the main loop until an asynchronous call has its result. */
#define lm_test_wait(result) lm_test_until ((result) != NULL)

G_END_DECLS
