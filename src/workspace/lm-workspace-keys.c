/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "vault/lm-passphrase.h"
#include "vault/lm-recovery-code.h"
#include "workspace/lm-settings.h"
#include "workspace/lm-workspace-keys.h"
#include "workspace/lm-workspace-private.h"

/* Changing the ways into the open journal. Keys are derived in a worker, files are written by the
 * writer's thread, between saves. */

/* Files that are sealed anew before the next save gets its turn. */
#define STEP 8

typedef struct
{
  LmRekeyKind what;
  LmKeySlotKind kind;
  LmSecret *present;    /* as typed */
  LmSecret *fresh;      /* as typed; nullable */
  LmSecret *passphrase; /* normalized; nullable */
  char *path;
  LmRekey *rekey;
  gboolean checked;
  LmFolder *folder; /* as it is afterwards */
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  g_clear_pointer (&change->present, lm_secret_unref);
  g_clear_pointer (&change->fresh, lm_secret_unref);
  g_clear_pointer (&change->passphrase, lm_secret_unref);
  g_clear_pointer (&change->rekey, lm_rekey_free);
  g_clear_pointer (&change->folder, lm_folder_unref);
  g_free (change->path);
  g_free (change);
}

static gboolean
prepare (Change *change, GError **error)
{
  g_autoptr (LmSecret) present = change->kind == LM_KEY_SLOT_RECOVERY
                                     ? lm_recovery_code_parse (change->present, error)
                                     : lm_passphrase_normalize (change->present, error);

  if (present == NULL)
    return FALSE;
  if (change->fresh != NULL)
    {
      change->passphrase = lm_passphrase_normalize (change->fresh, error);
      if (change->passphrase == NULL)
        return FALSE;
    }
  change->rekey = lm_rekey_new (change->path,
                                change->what,
                                change->kind,
                                present,
                                change->passphrase,
                                lm_kdf_cost_measured (),
                                error);
  return change->rekey != NULL;
}

static void
prepare_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (prepare (data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static gboolean
check_open (LmWorkspace *self, GTask *task)
{
  if (self->store != NULL)
    return TRUE;
  g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_CLOSED, "the journal is locked");
  return FALSE;
}

/* In the writer's thread. */
static gboolean
commit (LmWorkspace *self, Change *change, GError **error)
{
  if (!lm_rekey_commit (change->rekey, self->store, error))
    return FALSE;
  change->folder = lm_folder_read (change->path, NULL);
  return TRUE;
}

static void
write_job (GTask *task, gpointer data)
{
  LmWorkspace *self = g_task_get_source_object (task);
  Change *change = data;
  GError *error = NULL;

  if (!check_open (self, task))
    return;
  if (lm_rekey_write (change->rekey, self->store, &error) &&
      (change->what == LM_REKEY_CODE || commit (self, change, &error)))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* What holds from now on, for the next unlocking and for the keyring. */
static void
take_over (LmWorkspace *self, Change *change)
{
  if (change->folder != NULL)
    {
      g_clear_pointer (&self->folder, lm_folder_unref);
      self->folder = lm_folder_ref (change->folder);
    }
  if (change->passphrase != NULL && self->settings != NULL &&
      g_settings_get_boolean (self->settings, LM_SETTING_KEYRING))
    lm_workspace_keep (self, change->passphrase, lm_rekey_opened (change->rekey));
  if (change->what != LM_REKEY_PASSPHRASE && self->settings != NULL)
    g_settings_set_boolean (self->settings, LM_SETTING_CODE_CHECKED, change->checked);
  lm_workspace_reseal (self);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Change *change = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (change->what != LM_REKEY_CODE)
    take_over (LM_WORKSPACE (source), change);
  g_task_return_pointer (task, g_steal_pointer (&change->rekey), (GDestroyNotify) lm_rekey_free);
}

static void
prepared_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  LmWorkspace *self = LM_WORKSPACE (source);
  g_autoptr (GTask) task = data;
  g_autoptr (GTask) work = NULL;
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      return;
    }
  work = g_task_new (self, NULL, written_cb, g_object_ref (task));
  g_task_set_task_data (work, g_task_get_task_data (task), NULL);
  lm_writer_run (self->writer, work, write_job);
}

/**
 * lm_workspace_rekey_async:
 * @what: what to change
 * @kind: what @present is
 * @present: a secret that opens the journal now, as typed
 * @fresh: (nullable): the new passphrase, as typed; not for %LM_REKEY_CODE
 *
 * Changes the passphrase, or everything. A new recovery code is only written beside the old one:
 * call lm_workspace_commit_code_async () when the person has it, or lm_workspace_cancel_code ().
 */
void
lm_workspace_rekey_async (LmWorkspace *self,
                          LmRekeyKind what,
                          LmKeySlotKind kind,
                          LmSecret *present,
                          LmSecret *fresh,
                          GAsyncReadyCallback callback,
                          gpointer data)
{
  GTask *task = g_task_new (self, NULL, callback, data);
  g_autoptr (GTask) work = g_task_new (self, NULL, prepared_cb, task);
  Change *change = g_new0 (Change, 1);

  g_task_set_source_tag (task, lm_workspace_rekey_async);
  change->what = what;
  change->kind = kind;
  change->present = lm_secret_ref (present);
  change->fresh = fresh != NULL ? lm_secret_ref (fresh) : NULL;
  change->path = g_strdup (lm_folder_path (self->folder));
  g_task_set_task_data (task, change, change_free);
  g_task_set_task_data (work, change, NULL);
  g_task_run_in_thread (work, prepare_job);
}

/* Returns: (transfer full): what was changed; lm_rekey_code () is the new recovery code */
LmRekey *
lm_workspace_rekey_finish (LmWorkspace *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
commit_job (GTask *task, gpointer data)
{
  LmWorkspace *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!check_open (self, task))
    return;
  if (commit (self, data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * lm_workspace_commit_code_async:
 * @rekey: (transfer full): from lm_workspace_rekey_finish ()
 * @checked: whether the person typed the code from their copy
 *
 * From now on only the new recovery code opens the journal.
 */
void
lm_workspace_commit_code_async (LmWorkspace *self,
                                LmRekey *rekey,
                                gboolean checked,
                                GAsyncReadyCallback callback,
                                gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);
  Change *change = g_new0 (Change, 1);

  g_task_set_source_tag (task, lm_workspace_commit_code_async);
  change->what = LM_REKEY_CODE;
  change->rekey = rekey;
  change->checked = checked;
  change->path = g_strdup (lm_folder_path (self->folder));
  g_task_set_task_data (task, change, change_free);
  lm_writer_run (self->writer, task, commit_job);
}

gboolean
lm_workspace_commit_code_finish (LmWorkspace *self, GAsyncResult *result, GError **error)
{
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  take_over (self, g_task_get_task_data (G_TASK (result)));
  return TRUE;
}

static void
cancel_job (GTask *task, gpointer data)
{
  GError *error = NULL;

  if (lm_rekey_cancel (data, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* Takes @rekey: the old code stays, the new one goes. Works also when the journal was locked
 * meanwhile. */
void
lm_workspace_cancel_code (LmWorkspace *self, LmRekey *rekey)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, NULL, NULL);

  g_task_set_source_tag (task, lm_workspace_cancel_code);
  g_task_set_task_data (task, rekey, (GDestroyNotify) lm_rekey_free);
  lm_writer_run (self->writer, task, cancel_job);
}

static void
told_job (GTask *task, gpointer data)
{
  LmWorkspace *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!check_open (self, task))
    return;
  if (lm_store_code_told (self->store, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* The person has the code that came with a new key. */
void
lm_workspace_code_told (LmWorkspace *self, gboolean checked)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, NULL, NULL);

  if (self->settings != NULL)
    g_settings_set_boolean (self->settings, LM_SETTING_CODE_CHECKED, checked);
  g_task_set_source_tag (task, lm_workspace_code_told);
  lm_writer_run (self->writer, task, told_job);
}

/* Sealing everything anew ---------------------------------------------------------------------- */

struct _LmResealing
{
  GObject parent_instance;

  LmResealingState state;
  guint done;
  guint total;
  gboolean code_untold;
  gboolean running; /* a job is on its way */
  GError *error;
};

G_DEFINE_FINAL_TYPE (LmResealing, lm_resealing, G_TYPE_OBJECT)

enum
{
  PROP_STATE = 1,
  PROP_DONE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
lm_resealing_finalize (GObject *object)
{
  g_clear_error (&LM_RESEALING (object)->error);
  G_OBJECT_CLASS (lm_resealing_parent_class)->finalize (object);
}

static void
lm_resealing_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LmResealing *self = LM_RESEALING (object);

  switch (id)
    {
    case PROP_STATE:
      g_value_set_int (value, (int) self->state);
      break;
    case PROP_DONE:
      g_value_set_uint (value, self->done);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lm_resealing_class_init (LmResealingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = lm_resealing_finalize;
  object_class->get_property = lm_resealing_get_property;
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, 0, G_MAXINT, 0, flags);
  properties[PROP_DONE] = g_param_spec_uint ("done", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
lm_resealing_init (LmResealing *self)
{
}

LmResealingState
lm_resealing_get_state (LmResealing *self)
{
  return self->state;
}

guint
lm_resealing_get_done (LmResealing *self)
{
  return self->done;
}

guint
lm_resealing_get_total (LmResealing *self)
{
  return self->total;
}

/* Whether there is a recovery code that nobody saw: the program ended too early. */
gboolean
lm_resealing_get_code_untold (LmResealing *self)
{
  return self->code_untold;
}

/* Returns: (transfer none) (nullable): why it does not go on */
const GError *
lm_resealing_get_error (LmResealing *self)
{
  return self->error;
}

static void
set_state (LmResealing *self, LmResealingState state)
{
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

/* Returns: (transfer none): the same for as long as @self lives */
LmResealing *
lm_workspace_get_resealing (LmWorkspace *self)
{
  LmResealing *resealing = g_object_get_data (G_OBJECT (self), "lm-resealing");

  if (resealing == NULL)
    {
      resealing = g_object_new (LM_TYPE_RESEALING, NULL);
      g_object_set_data_full (G_OBJECT (self), "lm-resealing", resealing, g_object_unref);
    }
  return resealing;
}

typedef struct
{
  guint attempt;
  LmResealState state;
  gboolean code_untold;
  LmResealProgress progress;
} Step;

static void
step_job (GTask *task, gpointer data)
{
  LmWorkspace *self = g_task_get_source_object (task);
  Step *step = data;
  GError *error = NULL;

  if (!check_open (self, task))
    return;
  step->code_untold = lm_store_code_is_untold (self->store);
  step->state = lm_store_reseal_state (self->store);
  if (step->state != LM_RESEAL_NEEDED)
    step->progress.finished = TRUE;
  else if (!lm_store_reseal (self->store, STEP, &step->progress, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_return_boolean (task, TRUE);
}

static void run_step (LmWorkspace *self);

static void
stepped_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  LmWorkspace *self = LM_WORKSPACE (source);
  LmResealing *resealing = lm_workspace_get_resealing (self);
  Step *step = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  gboolean good = g_task_propagate_boolean (G_TASK (result), &error);

  resealing->running = FALSE;
  /* Locked meanwhile: the next opening goes on. */
  if (step->attempt != self->attempt || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED))
    {
      set_state (resealing, LM_RESEALING_NOTHING);
      if (step->attempt != self->attempt && self->state == LM_WORKSPACE_OPEN)
        lm_workspace_reseal (self);
      return;
    }
  if (!good)
    {
      resealing->error = g_steal_pointer (&error);
      set_state (resealing, LM_RESEALING_FAILED);
      return;
    }
  resealing->code_untold = step->code_untold;
  resealing->done = step->progress.done;
  resealing->total = step->progress.total;
  g_object_notify_by_pspec (G_OBJECT (resealing), properties[PROP_DONE]);
  if (step->state == LM_RESEAL_ELSEWHERE)
    set_state (resealing, LM_RESEALING_ELSEWHERE);
  else if (step->progress.finished)
    set_state (resealing, LM_RESEALING_NOTHING);
  else if (resealing->state != LM_RESEALING_STOPPED)
    {
      if (resealing->state != LM_RESEALING_RUNS)
        set_state (resealing, LM_RESEALING_RUNS);
      run_step (self);
    }
}

static void
run_step (LmWorkspace *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, stepped_cb, NULL);
  Step *step = g_new0 (Step, 1);

  lm_workspace_get_resealing (self)->running = TRUE;
  step->attempt = self->attempt;
  g_task_set_source_tag (task, run_step);
  g_task_set_task_data (task, step, g_free);
  lm_writer_run (self->writer, task, step_job);
}

/* Looks whether some file wants a new key, and goes on with that in small steps. Saves wait for one
 * of these at most. */
void
lm_workspace_reseal (LmWorkspace *self)
{
  LmResealing *resealing = lm_workspace_get_resealing (self);

  if (self->demo)
    return;
  g_clear_error (&resealing->error);
  if (resealing->state == LM_RESEALING_STOPPED || resealing->state == LM_RESEALING_FAILED)
    set_state (resealing, LM_RESEALING_RUNS);
  if (!resealing->running)
    run_step (self);
}

/* It goes on when it is asked to, or when the journal is opened again. */
void
lm_workspace_stop_reseal (LmWorkspace *self)
{
  LmResealing *resealing = lm_workspace_get_resealing (self);

  if (resealing->state == LM_RESEALING_RUNS)
    set_state (resealing, LM_RESEALING_STOPPED);
}
