/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "journal/lm-folder.h"
#include "journal/lm-store.h"
#include "search/lm-search-index.h"
#include "workspace/lm-draft.h"
#include "workspace/lm-workspace.h"
#include "workspace/lm-writer.h"

G_BEGIN_DECLS

typedef struct _LmSearchView LmSearchView;

struct _LmWorkspace
{
  GObject parent_instance;

  GSettings *settings; /* nullable */
  LmClock *clock;
  gboolean demo;

  /* The state, for those who watch. */
  LmWorkspaceState state;
  LmKeyringStatus keyring_status;
  GError *error;
  gboolean loading;
  guint n_arrived;   /* records, while loading */
  guint n_expected;  /* the same; 0 if that is not known yet */
  gint64 shown_at;   /* monotonic: when the last of them came into the list */
  guint show_source; /* 0 if none of them is on its way into it */
  gboolean read_only;
  LmFolder *folder; /* nullable */
  char *path;

  /* Opening. */
  guint attempt; /* what began before this number changed is void; other threads look at it */
  guint keyring_timer;
  gboolean person_types; /* the same */
  gboolean held;         /* locked: the keyring is not asked */
  gboolean settling;     /* locked, but the keys are there until every text is safe */
  gboolean closed;       /* everything was saved and the program ends: nothing is kept any more */

  /* What is open. */
  LmEntryList *entries;
  LmEntryList *sealed; /* entries that are out of sight until a day */
  LmEntryList *people;
  LmEntryList *others; /* settings and reading records */
  LmEntryList *appointments;
  LmEntryList *guides;  /* own ones */
  GListStore *drafts;   /* of LmEntry, holding what was not saved as an entry */
  GPtrArray *left_over; /* of LmEntry: drafts of people and guides, until everything is there */
  GListStore *problems; /* of LmProblemItem */
  GListStore *losses;   /* of LmLossItem */
  GListStore *disputes; /* of LmDisputeItem */

  /* See lm-situation.h. */
  gboolean is_away;
  gboolean is_copy;
  gboolean shared;
  gboolean shared_hidden;
  char *folder_before; /* nullable */
  GDateTime *last_day; /* nullable */

  LmSearchIndex *index;
  LmSearchView *search_view; /* nullable */
  GPtrArray *finding;        /* of GCancellable, of the searches under way; nullable */
  GHashTable *guide_titles;  /* id → title; nullable */
  LmId device;
  LmId own_settings;        /* this computer's settings record; null until it is needed */
  LmId own_reading;         /* the same for what was read */
  JsonObject *guide_choice; /* nullable: the order of guides, just chosen */
  GPtrArray *open_drafts;   /* of LmDraft: being written now */

  /* Looking at the folder. */
  GHashTable *conflicts; /* LmId → GPtrArray of LmConflict */
  GFileMonitor *monitor; /* nullable */
  guint rescan_timer;
  guint retry_timer;
  guint seal_timer;
  guint memory_timer;
  gboolean rescanning;
  gboolean rescan_again;
  GCancellable *snapshot_stop; /* of the daily snapshot, while it is made; nullable */

  LmWriter *writer;
  LmStore *store; /* belongs to the writer's thread */
};

void lm_workspace_set_state (LmWorkspace *self, LmWorkspaceState state);
void lm_workspace_set_keyring_status (LmWorkspace *self, LmKeyringStatus status);
void lm_workspace_set_loading (LmWorkspace *self, gboolean loading);
void lm_workspace_fail (LmWorkspace *self, GError *error);
void lm_workspace_clear_contents (LmWorkspace *self);

guint lm_workspace_begin_attempt (LmWorkspace *self);
gboolean lm_workspace_is_current (LmWorkspace *self, guint attempt);
void lm_workspace_stop_keyring_timer (LmWorkspace *self);
void lm_workspace_give_up_keyring (LmWorkspace *self, LmKeyringStatus why);
void lm_workspace_derive_kept (LmWorkspace *self, LmSecret *passphrase);
void lm_workspace_keep (LmWorkspace *self, LmSecret *passphrase, LmOpened *opened);

void lm_workspace_settle (LmWorkspace *self);
gboolean lm_workspace_is_held (LmWorkspace *self);

void lm_workspace_open (LmWorkspace *self, LmOpened *opened, gboolean by_person, GTask *task);
void lm_workspace_open_ahead (
    LmWorkspace *self, LmFolder *folder, LmOpened *opened, guint attempt, GTask *task);
void lm_workspace_start_watching (LmWorkspace *self);
void lm_workspace_stop_watching (LmWorkspace *self);
void lm_workspace_take_rescan (LmWorkspace *self, LmRescan *rescan);
void lm_workspace_fold_changed (LmRescan *rescan);
void lm_workspace_take_record (LmWorkspace *self, LmRecord *record);
void lm_workspace_index_people (LmWorkspace *self);
void lm_workspace_stop_search (LmWorkspace *self);

LmEntry *lm_workspace_find_any (LmWorkspace *self, const LmId *id);
gboolean lm_workspace_is_sealed (LmWorkspace *self, LmRecord *record);
void lm_workspace_check_seals (LmWorkspace *self);
void lm_workspace_watch_seals (LmWorkspace *self);

void lm_workspace_make_daily_snapshot (LmWorkspace *self);
void lm_workspace_stop_snapshot (LmWorkspace *self);

/**
 * LmBase:
 *
 * The state on disk that a text is based on. Shared by all saves of one draft: while one is on its
 * way the next may already be given to the writer, and it is based on what comes of the first. Only
 * the writer's thread looks into it.
 */
typedef struct _LmBase LmBase;

LmBase *lm_base_new (LmRecord *record);
LmBase *lm_base_ref (LmBase *base);
void lm_base_unref (LmBase *base);

/**
 * LmSaveHow:
 * @LM_SAVE_RECORD: into the record; where that fails, as a draft
 * @LM_SAVE_DRAFT: as a draft on this computer only
 */
typedef enum
{
  LM_SAVE_RECORD,
  LM_SAVE_DRAFT,
} LmSaveHow;

void lm_workspace_save_async (LmWorkspace *self,
                              const LmId *id,
                              LmContent *content,
                              LmContent *begun,
                              LmBase *base,
                              LmSaveHow how,
                              gboolean beside,
                              GAsyncReadyCallback callback,
                              gpointer data);
gboolean lm_workspace_save_finish (LmWorkspace *self,
                                   GAsyncResult *result,
                                   LmKept *kept,
                                   GError **error);

/* What the writer tells of the store, on its way to the main thread. */
typedef struct
{
  char *before;
  GDateTime *last_day;
  gboolean is_copy; /* the person said so */
  gboolean shared;
  gboolean read_only;
} LmStateOfStore;

void lm_state_of_store_take (LmStateOfStore *state, LmStore *store);
void lm_state_of_store_clear (LmStateOfStore *state);
void lm_workspace_take_state (LmWorkspace *self, LmStateOfStore *state, gboolean opened);
void lm_workspace_set_away (LmWorkspace *self, gboolean away);

void lm_workspace_show_disputes (LmWorkspace *self);
void lm_workspace_tidy (LmWorkspace *self);
void lm_workspace_change_own (LmWorkspace *self,
                              const LmId *id,
                              const char *kind,
                              void (*func) (LmContent *content, gpointer data),
                              gpointer data,
                              GDestroyNotify data_free);

const LmId *lm_workspace_own_settings (LmWorkspace *self);
void lm_workspace_change_record_async (LmWorkspace *self,
                                       const LmId *id,
                                       const char *kind,
                                       void (*func) (LmContent *content, gpointer data),
                                       gpointer func_data,
                                       GDestroyNotify func_data_free,
                                       GAsyncReadyCallback callback,
                                       gpointer data);
LmRecord *lm_workspace_change_record_finish (LmWorkspace *self,
                                             GAsyncResult *result,
                                             LmRecord **before,
                                             GError **error);

gboolean lm_workspace_is_offered (LmWorkspace *self, const LmId *id);
LmDraft *lm_workspace_find_open (LmWorkspace *self, const LmId *id);
void lm_workspace_take_draft (LmWorkspace *self, LmEntry *draft_entry);
void lm_workspace_adopt_left_over (LmWorkspace *self);
void lm_workspace_drop_draft_file (LmWorkspace *self, const LmId *id, gboolean beside);

LmDraft *lm_draft_new (LmWorkspace *workspace, const LmId *id, LmContent *content, LmRecord *base);
void lm_draft_set_part (LmDraft *self, LmContent *begun, gboolean beside);
LmDraft *lm_draft_hand_over (LmDraft *self, LmRecord *record);
gboolean lm_draft_is_part (LmDraft *self);
gboolean lm_draft_is_beside (LmDraft *self);
LmContent *lm_draft_put_onto (LmDraft *self, LmRecord *record);
void lm_draft_make_whole (LmDraft *self, LmRecord *record);
LmDraft *lm_draft_reopen (LmDraft *self);
void lm_draft_let_go (LmDraft *self);
gboolean lm_draft_told (LmDraft *self, LmRecord *record);
void lm_draft_flush_async (LmDraft *self, GAsyncReadyCallback callback, gpointer data);
gboolean lm_draft_flush_finish (LmDraft *self, GAsyncResult *result, GError **error);

G_END_DECLS
