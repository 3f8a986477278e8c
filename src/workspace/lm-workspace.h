/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "base/lm-clock.h"
#include "base/lm-secret.h"
#include "exchange/lm-export.h"
#include "journal/lm-entry.h"
#include "vault/lm-key-slot.h"

G_BEGIN_DECLS

/**
 * LmWorkspaceState:
 * @LM_WORKSPACE_LOOKING: looking for the journal
 * @LM_WORKSPACE_NEW: there is no journal yet
 * @LM_WORKSPACE_UNAVAILABLE: there should be a journal, but it cannot be used; see
 *   lm_workspace_get_error ()
 * @LM_WORKSPACE_LOCKED: a passphrase is needed; see lm_workspace_get_keyring_status ()
 * @LM_WORKSPACE_OPENING: keys are being derived or files opened
 * @LM_WORKSPACE_OPEN: everything is there, or arriving
 */
typedef enum
{
  LM_WORKSPACE_LOOKING,
  LM_WORKSPACE_NEW,
  LM_WORKSPACE_UNAVAILABLE,
  LM_WORKSPACE_LOCKED,
  LM_WORKSPACE_OPENING,
  LM_WORKSPACE_OPEN,
} LmWorkspaceState;

/**
 * LmKeyringStatus:
 * @LM_KEYRING_UNUSED: the person wants to be asked every time
 * @LM_KEYRING_ASKING: it was asked and has not answered yet
 * @LM_KEYRING_WAITING: it has not answered for three seconds
 * @LM_KEYRING_NOTHING: it holds nothing for this journal
 * @LM_KEYRING_LOCKED: it stayed locked
 * @LM_KEYRING_NO_SERVICE: there is none
 * @LM_KEYRING_WRONG: what it holds does not open the journal
 * @LM_KEYRING_FAILED: it failed in another way
 * @LM_KEYRING_HELD: the journal was locked by the person; the keyring is not asked
 * @LM_KEYRING_LATE: it answered when the person had begun to type
 * @LM_KEYRING_GOOD: it opened the journal
 *
 * What became of the keyring: one line on the passphrase page.
 */
typedef enum
{
  LM_KEYRING_UNUSED,
  LM_KEYRING_ASKING,
  LM_KEYRING_WAITING,
  LM_KEYRING_NOTHING,
  LM_KEYRING_LOCKED,
  LM_KEYRING_NO_SERVICE,
  LM_KEYRING_WRONG,
  LM_KEYRING_FAILED,
  LM_KEYRING_HELD,
  LM_KEYRING_LATE,
  LM_KEYRING_GOOD,
} LmKeyringStatus;

typedef struct _LmDraft LmDraft;

#define LM_TYPE_WORKSPACE (lm_workspace_get_type ())
G_DECLARE_FINAL_TYPE (LmWorkspace, lm_workspace, LM, WORKSPACE, GObject)

LmWorkspace *lm_workspace_new (GSettings *settings, LmClock *clock);
GSettings *lm_workspace_get_settings (LmWorkspace *self);
LmClock *lm_workspace_get_clock (LmWorkspace *self);
LmWorkspaceState lm_workspace_get_state (LmWorkspace *self);
const GError *lm_workspace_get_error (LmWorkspace *self);
LmKeyringStatus lm_workspace_get_keyring_status (LmWorkspace *self);
gboolean lm_workspace_get_loading (LmWorkspace *self);
gboolean lm_workspace_get_read_only (LmWorkspace *self);
const char *lm_workspace_get_path (LmWorkspace *self);

/* Finding and opening */
void lm_workspace_look (LmWorkspace *self);
void lm_workspace_use_folder (LmWorkspace *self, const char *path);
void lm_workspace_start_new (LmWorkspace *self);
void lm_workspace_create_async (
    LmWorkspace *self, LmSecret *typed, gboolean keep, GAsyncReadyCallback callback, gpointer data);
LmSecret *lm_workspace_create_finish (LmWorkspace *self, GAsyncResult *result, GError **error);
void lm_workspace_unlock_async (LmWorkspace *self,
                                LmKeySlotKind kind,
                                LmSecret *typed,
                                GAsyncReadyCallback callback,
                                gpointer data);
gboolean lm_workspace_unlock_finish (LmWorkspace *self, GAsyncResult *result, GError **error);
void lm_workspace_set_person_types (LmWorkspace *self);
void lm_workspace_open_demo (LmWorkspace *self);
gboolean lm_workspace_is_demo (LmWorkspace *self);
void lm_workspace_check_code_async (LmWorkspace *self,
                                    LmSecret *typed,
                                    GAsyncReadyCallback callback,
                                    gpointer data);
gboolean lm_workspace_check_code_finish (LmWorkspace *self, GAsyncResult *result, GError **error);

/* The keyring */
void lm_workspace_keep_async (LmWorkspace *self,
                              LmSecret *typed,
                              GAsyncReadyCallback callback,
                              gpointer data);
gboolean lm_workspace_keep_finish (LmWorkspace *self, GAsyncResult *result, GError **error);
void lm_workspace_forget_async (LmWorkspace *self, GAsyncReadyCallback callback, gpointer data);
gboolean lm_workspace_forget_finish (LmWorkspace *self, GAsyncResult *result, GError **error);

/* Closing */
void lm_workspace_lock (LmWorkspace *self);
void lm_workspace_set_held (LmWorkspace *self);
gboolean lm_workspace_is_kept_aside (LmWorkspace *self);
gboolean lm_workspace_is_settling (LmWorkspace *self);
LmDraft *lm_workspace_take_back (LmWorkspace *self, const LmId *id);
void lm_workspace_save_all_async (LmWorkspace *self, GAsyncReadyCallback callback, gpointer data);
gboolean lm_workspace_save_all_finish (LmWorkspace *self, GAsyncResult *result, GError **error);
void lm_workspace_close_async (LmWorkspace *self, GAsyncReadyCallback callback, gpointer data);
gboolean lm_workspace_close_finish (LmWorkspace *self, GAsyncResult *result, GError **error);

/* What is in the journal */
GListModel *lm_workspace_get_entries (LmWorkspace *self);
GListModel *lm_workspace_get_people (LmWorkspace *self);
GListModel *lm_workspace_get_appointments (LmWorkspace *self);
GListModel *lm_workspace_get_own_guides (LmWorkspace *self);
GListModel *lm_workspace_get_drafts (LmWorkspace *self);
GListModel *lm_workspace_get_problems (LmWorkspace *self);
LmEntry *lm_workspace_find_entry (LmWorkspace *self, const LmId *id);
LmEntry *lm_workspace_find_person (LmWorkspace *self, const char *id);
GStrv lm_workspace_get_words (LmWorkspace *self);
void lm_workspace_add_word (LmWorkspace *self, const char *word);

/* Changing it */
void lm_workspace_flush (LmWorkspace *self);
LmDraft *lm_workspace_begin (LmWorkspace *self, LmEntry *entry);
LmDraft *lm_workspace_continue (LmWorkspace *self, LmEntry *draft_entry);
void lm_workspace_hide_draft (LmWorkspace *self, LmEntry *draft_entry, gboolean hidden);
void lm_workspace_discard_draft (LmWorkspace *self, LmEntry *draft_entry);
void lm_workspace_set_deleted_async (LmWorkspace *self,
                                     LmEntry *entry,
                                     gboolean deleted,
                                     GAsyncReadyCallback callback,
                                     gpointer data);
gboolean lm_workspace_set_deleted_finish (LmWorkspace *self, GAsyncResult *result, GError **error);
void lm_workspace_add_person_async (LmWorkspace *self,
                                    const char *name,
                                    const char *circle,
                                    GAsyncReadyCallback callback,
                                    gpointer data);
LmEntry *lm_workspace_add_person_finish (LmWorkspace *self, GAsyncResult *result, GError **error);
void lm_workspace_export_async (LmWorkspace *self,
                                GPtrArray *entries,
                                gboolean with_sealed,
                                const char *path,
                                GCancellable *cancellable,
                                GFileProgressCallback progress,
                                gpointer progress_data,
                                GAsyncReadyCallback callback,
                                gpointer data);
gboolean lm_workspace_export_finish (LmWorkspace *self,
                                     GAsyncResult *result,
                                     LmExportReport **report,
                                     GError **error);
char *lm_workspace_words_on_paper (LmWorkspace *self, LmEntry *entry) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
