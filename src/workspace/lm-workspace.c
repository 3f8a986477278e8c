/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "journal/lm-local.h"
#include "journal/lm-store-error.h"
#include "workspace/lm-conflicts.h"
#include "workspace/lm-day-index.h"
#include "workspace/lm-loss-item.h"
#include "workspace/lm-problem-item.h"
#include "workspace/lm-settings.h"
#include "workspace/lm-situation.h"
#include "workspace/lm-workspace-private.h"

/* The open journal: the one thing that the window calls. It finds the journal, unlocks it, holds
 * what is in it as lists, saves, locks. Files are touched by its writer's thread only; keys are
 * derived in workers; everything that emits belongs to the main thread. */

G_DEFINE_FINAL_TYPE (LmWorkspace, lm_workspace, G_TYPE_OBJECT)

enum
{
  PROP_STATE = 1,
  PROP_KEYRING_STATUS,
  PROP_LOADING,
  PROP_READ_ONLY,
  PROP_SITUATION,
  N_PROPS,
};

enum
{
  SIGNAL_KEYRING_FAILED,
  SIGNAL_CHANGE_FAILED,
  SIGNAL_CONFLICT,
  SIGNAL_SETTLED,
  SIGNAL_FLUSH,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
lm_workspace_dispose (GObject *object)
{
  LmWorkspace *self = LM_WORKSPACE (object);

  lm_workspace_stop_keyring_timer (self);
  lm_workspace_stop_watching (self);
  lm_workspace_stop_snapshot (self);
  /* Waits for the last saves. */
  g_clear_pointer (&self->writer, lm_writer_free);
  if (self->store != NULL)
    lm_store_close (g_steal_pointer (&self->store), NULL);
  G_OBJECT_CLASS (lm_workspace_parent_class)->dispose (object);
}

static void
lm_workspace_finalize (GObject *object)
{
  LmWorkspace *self = LM_WORKSPACE (object);

  g_ptr_array_unref (self->open_drafts);
  g_ptr_array_unref (self->left_over);
  g_clear_pointer (&self->guide_choice, json_object_unref);
  g_hash_table_unref (self->conflicts);
  g_object_unref (self->entries);
  g_object_unref (self->sealed);
  g_object_unref (self->people);
  g_object_unref (self->others);
  g_object_unref (self->appointments);
  g_object_unref (self->guides);
  g_object_unref (self->drafts);
  g_object_unref (self->problems);
  g_object_unref (self->losses);
  g_object_unref (self->disputes);
  lm_workspace_stop_search (self);
  g_clear_pointer (&self->guide_titles, g_hash_table_unref);
  g_clear_pointer (&self->index, lm_search_index_free);
  g_clear_pointer (&self->folder, lm_folder_unref);
  g_clear_error (&self->error);
  g_clear_object (&self->settings);
  lm_clock_unref (self->clock);
  g_free (self->path);
  g_free (self->folder_before);
  g_clear_pointer (&self->last_day, g_date_time_unref);
  G_OBJECT_CLASS (lm_workspace_parent_class)->finalize (object);
}

static void
lm_workspace_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LmWorkspace *self = LM_WORKSPACE (object);

  switch (id)
    {
    case PROP_STATE:
      g_value_set_int (value, (int) self->state);
      break;
    case PROP_KEYRING_STATUS:
      g_value_set_int (value, (int) self->keyring_status);
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, self->loading);
      break;
    case PROP_READ_ONLY:
      g_value_set_boolean (value, self->read_only);
      break;
    case PROP_SITUATION:
      g_value_set_int (value, (int) lm_workspace_get_situation (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lm_workspace_class_init (LmWorkspaceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = lm_workspace_dispose;
  object_class->finalize = lm_workspace_finalize;
  object_class->get_property = lm_workspace_get_property;
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, 0, G_MAXINT, 0, flags);
  properties[PROP_KEYRING_STATUS] =
      g_param_spec_int ("keyring-status", NULL, NULL, 0, G_MAXINT, 0, flags);
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  properties[PROP_READ_ONLY] = g_param_spec_boolean ("read-only", NULL, NULL, FALSE, flags);
  properties[PROP_SITUATION] = g_param_spec_int ("situation", NULL, NULL, 0, G_MAXINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /* The passphrase could not be kept as the person wanted; with a GError. */
  signals[SIGNAL_KEYRING_FAILED] = g_signal_new ("keyring-failed",
                                                 G_TYPE_FROM_CLASS (klass),
                                                 G_SIGNAL_RUN_LAST,
                                                 0,
                                                 NULL,
                                                 NULL,
                                                 NULL,
                                                 G_TYPE_NONE,
                                                 1,
                                                 G_TYPE_ERROR);
  /* Something small that nobody waits for could not be saved; with a GError. */
  signals[SIGNAL_CHANGE_FAILED] = g_signal_new ("change-failed",
                                                G_TYPE_FROM_CLASS (klass),
                                                G_SIGNAL_RUN_LAST,
                                                0,
                                                NULL,
                                                NULL,
                                                NULL,
                                                G_TYPE_NONE,
                                                1,
                                                G_TYPE_ERROR);
  /* Somebody else had changed an entry that was saved; both are kept. With the entry. */
  signals[SIGNAL_CONFLICT] = g_signal_new ("conflict",
                                           G_TYPE_FROM_CLASS (klass),
                                           G_SIGNAL_RUN_LAST,
                                           0,
                                           NULL,
                                           NULL,
                                           NULL,
                                           G_TYPE_NONE,
                                           1,
                                           LM_TYPE_ENTRY);
  /* Whatever is being typed somewhere is to be given to be saved, now. */
  signals[SIGNAL_FLUSH] = g_signal_new ("flush",
                                        G_TYPE_FROM_CLASS (klass),
                                        G_SIGNAL_RUN_LAST,
                                        0,
                                        NULL,
                                        NULL,
                                        NULL,
                                        G_TYPE_NONE,
                                        0);
  /* What became of a lock; see lm_workspace_lock (). */
  signals[SIGNAL_SETTLED] = g_signal_new ("settled",
                                          G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          1,
                                          G_TYPE_BOOLEAN);
}

static void
lm_workspace_init (LmWorkspace *self)
{
  self->entries = lm_entry_list_new ();
  /* From the beginning, so that it grows with what arrives. */
  lm_day_index_of (G_LIST_MODEL (self->entries));
  self->sealed = lm_entry_list_new ();
  self->people = lm_entry_list_new ();
  self->others = lm_entry_list_new ();
  self->appointments = lm_entry_list_new ();
  self->guides = lm_entry_list_new ();
  self->drafts = g_list_store_new (LM_TYPE_ENTRY);
  self->problems = g_list_store_new (LM_TYPE_PROBLEM_ITEM);
  self->losses = g_list_store_new (LM_TYPE_LOSS_ITEM);
  self->disputes = g_list_store_new (LM_TYPE_DISPUTE_ITEM);
  self->index = lm_search_index_new ();
  self->open_drafts = g_ptr_array_new_with_free_func (g_object_unref);
  self->left_over = g_ptr_array_new_with_free_func (g_object_unref);
  self->conflicts =
      g_hash_table_new_full (lm_id_hash, lm_id_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->writer = lm_writer_new ();
}

/**
 * lm_workspace_new:
 * @settings: (nullable) (transfer none): from lm_settings_new ()
 * @clock: (transfer none): the time
 *
 * Returns: (transfer full): a workspace that has not looked for its journal yet
 */
LmWorkspace *
lm_workspace_new (GSettings *settings, LmClock *clock)
{
  LmWorkspace *self = g_object_new (LM_TYPE_WORKSPACE, NULL);

  g_set_object (&self->settings, settings);
  self->clock = lm_clock_ref (clock);
  self->path = lm_settings_journal_path (settings);
  return self;
}

/* Attempts ------------------------------------------------------------------------ */

/* Makes void whatever was begun before. Returns: the number of what begins now */
guint
lm_workspace_begin_attempt (LmWorkspace *self)
{
  return (guint) g_atomic_int_add (&self->attempt, 1) + 1;
}

/* Whether what began with the number @attempt is still wanted; any thread may ask. */
gboolean
lm_workspace_is_current (LmWorkspace *self, guint attempt)
{
  return (guint) g_atomic_int_get (&self->attempt) == attempt;
}

/* The state ------------------------------------------------------------------------ */

void
lm_workspace_set_state (LmWorkspace *self, LmWorkspaceState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SITUATION]);
  /* A wrong passphrase, while some text became safe. */
  lm_workspace_settle (self);
}

void
lm_workspace_set_keyring_status (LmWorkspace *self, LmKeyringStatus status)
{
  if (self->keyring_status == status)
    return;
  self->keyring_status = status;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KEYRING_STATUS]);
}

void
lm_workspace_set_loading (LmWorkspace *self, gboolean loading)
{
  if (self->loading == loading)
    return;
  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

/* Notes why the journal cannot be used; takes @error. */
void
lm_workspace_fail (LmWorkspace *self, GError *error)
{
  g_clear_error (&self->error);
  self->error = error;
  /* Told again even if it was unavailable before: the reason may be another. */
  self->state = LM_WORKSPACE_UNAVAILABLE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

/* Returns: (transfer none) (nullable): the settings */
GSettings *
lm_workspace_get_settings (LmWorkspace *self)
{
  return self->settings;
}

LmClock *
lm_workspace_get_clock (LmWorkspace *self)
{
  return self->clock;
}

LmWorkspaceState
lm_workspace_get_state (LmWorkspace *self)
{
  return self->state;
}

/* Returns: (transfer none) (nullable): why the journal is unavailable */
const GError *
lm_workspace_get_error (LmWorkspace *self)
{
  return self->error;
}

LmKeyringStatus
lm_workspace_get_keyring_status (LmWorkspace *self)
{
  return self->keyring_status;
}

/* Whether entries are still arriving. */
gboolean
lm_workspace_get_loading (LmWorkspace *self)
{
  return self->loading;
}

/* Whether the journal's folder takes no changes. */
gboolean
lm_workspace_get_read_only (LmWorkspace *self)
{
  return self->read_only;
}

/* Returns: where the journal is, or will be */
const char *
lm_workspace_get_path (LmWorkspace *self)
{
  return self->path;
}

/* Whether this is the made-up journal. */
gboolean
lm_workspace_is_demo (LmWorkspace *self)
{
  return self->demo;
}

/* Contents ---------------------------------------------------------------------------- */

void
lm_workspace_clear_contents (LmWorkspace *self)
{
  lm_workspace_stop_watching (self);
  lm_entry_list_clear (self->entries);
  lm_entry_list_clear (self->sealed);
  lm_entry_list_clear (self->people);
  lm_entry_list_clear (self->others);
  lm_entry_list_clear (self->appointments);
  lm_entry_list_clear (self->guides);
  g_list_store_remove_all (self->drafts);
  g_ptr_array_set_size (self->left_over, 0);
  g_list_store_remove_all (self->problems);
  g_list_store_remove_all (self->losses);
  g_list_store_remove_all (self->disputes);
  lm_workspace_stop_snapshot (self);
  lm_workspace_stop_search (self);
  lm_search_index_free (self->index);
  self->index = lm_search_index_new ();
  self->own_settings = (LmId) { 0 };
  self->own_reading = (LmId) { 0 };
  g_clear_pointer (&self->guide_choice, json_object_unref);
  lm_workspace_set_loading (self, FALSE);
}

/* Returns: (transfer none): all entries that are in sight as #LmEntry, those in the trash too,
 * unsorted */
GListModel *
lm_workspace_get_entries (LmWorkspace *self)
{
  return G_LIST_MODEL (self->entries);
}

/* Returns: (transfer none): the people as #LmEntry, unsorted */
GListModel *
lm_workspace_get_people (LmWorkspace *self)
{
  return G_LIST_MODEL (self->people);
}

/* Returns: (transfer none): the appointments as #LmEntry, unsorted; those that were taken back too
 */
GListModel *
lm_workspace_get_appointments (LmWorkspace *self)
{
  return G_LIST_MODEL (self->appointments);
}

/* Returns: (transfer none): the person's own guides as #LmEntry, unsorted; those in the trash too
 */
GListModel *
lm_workspace_get_own_guides (LmWorkspace *self)
{
  return G_LIST_MODEL (self->guides);
}

/* Returns: (transfer none): as #LmEntry, what was begun and not saved as an entry */
GListModel *
lm_workspace_get_drafts (LmWorkspace *self)
{
  return G_LIST_MODEL (self->drafts);
}

/* Returns: (transfer none): the files that are left as they are, as #LmProblemItem */
GListModel *
lm_workspace_get_problems (LmWorkspace *self)
{
  return G_LIST_MODEL (self->problems);
}

/* Returns: (transfer none) (nullable): the entry with the id @id, if it is in sight */
LmEntry *
lm_workspace_find_entry (LmWorkspace *self, const LmId *id)
{
  return lm_entry_list_find (self->entries, id);
}

/* Saves what is being written, now: the window loses the focus, or the person looks elsewhere. */
void
lm_workspace_flush (LmWorkspace *self)
{
  g_signal_emit (self, signals[SIGNAL_FLUSH], 0);
  for (guint i = 0; i < self->open_drafts->len; i++)
    lm_draft_flush (self->open_drafts->pdata[i]);
}
