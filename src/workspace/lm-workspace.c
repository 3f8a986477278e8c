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

/* Looking --------------------------------------------------------------------------- */

typedef struct
{
  char *path;
  gboolean chosen; /* the person said that it is there */
  gboolean known;  /* some journal was open on this computer before */
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;

  g_free (look->path);
  g_free (look);
}

static void
look_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Look *look = data;
  GError *error = NULL;
  LmFolder *folder = lm_folder_read (look->path, &error);

  look->known = look->chosen || lm_local_any_known ();
  if (folder != NULL)
    g_task_return_pointer (task, folder, (GDestroyNotify) lm_folder_unref);
  else
    g_task_return_error (task, error);
}

/* An empty folder is as good as none for somebody who begins. */
static gboolean
is_nothing_there (const GError *error, const char *path)
{
  g_autoptr (GDir) folder = NULL;

  if (g_error_matches (error, LM_STORE_ERROR, LM_STORE_ERROR_NOT_FOUND))
    return TRUE;
  if (!g_error_matches (error, LM_STORE_ERROR, LM_STORE_ERROR_NOT_A_JOURNAL))
    return FALSE;
  folder = g_dir_open (path, 0, NULL);
  return folder != NULL && g_dir_read_name (folder) == NULL;
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  LmWorkspace *self = LM_WORKSPACE (source);
  Look *look = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;
  g_autoptr (LmFolder) folder = g_task_propagate_pointer (G_TASK (result), &error);

  if (GPOINTER_TO_UINT (data) != self->attempt)
    {
      g_clear_error (&error);
      return;
    }
  g_clear_pointer (&self->folder, lm_folder_unref);
  if (folder != NULL)
    {
      self->folder = g_steal_pointer (&folder);
      lm_workspace_ask_keyring (self);
    }
  else if (!look->known && is_nothing_there (error, look->path))
    {
      g_error_free (error);
      lm_workspace_set_state (self, LM_WORKSPACE_NEW);
    }
  else
    lm_workspace_fail (self, error);
}

/**
 * lm_workspace_look:
 *
 * Looks for the journal, and has it opened by the keyring if the person wants that. Makes nothing:
 * a journal that was there before and is not found is missed, never replaced by a new one.
 */
void
lm_workspace_look (LmWorkspace *self)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *chosen =
      self->settings != NULL ? g_settings_get_string (self->settings, LM_SETTING_FOLDER) : NULL;
  Look *look = g_new0 (Look, 1);

  self->attempt++;
  lm_workspace_clear_contents (self);
  look->path = g_strdup (self->path);
  look->chosen = chosen != NULL && chosen[0] != '\0';
  task = g_task_new (self, NULL, looked_cb, GUINT_TO_POINTER (self->attempt));
  g_task_set_source_tag (task, lm_workspace_look);
  g_task_set_task_data (task, look, look_free);
  lm_workspace_set_state (self, LM_WORKSPACE_LOOKING);
  g_task_run_in_thread (task, look_job);
}

/**
 * lm_workspace_use_folder:
 * @path: the folder of a journal that exists
 *
 * Remembers that the journal is at @path and looks there.
 */
void
lm_workspace_use_folder (LmWorkspace *self, const char *path)
{
  g_set_str (&self->path, path);
  if (self->settings != NULL)
    g_settings_set_string (self->settings, LM_SETTING_FOLDER, path);
  lm_workspace_look (self);
}

/* The person wants a new journal although one was known before. */
void
lm_workspace_start_new (LmWorkspace *self)
{
  self->attempt++;
  g_clear_error (&self->error);
  lm_workspace_set_state (self, LM_WORKSPACE_NEW);
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
