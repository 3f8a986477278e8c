/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "vault/lm-passphrase.h"
#include "vault/lm-recovery-code.h"
#include "workspace/lm-demo.h"
#include "workspace/lm-keyring.h"
#include "workspace/lm-settings.h"
#include "workspace/lm-workspace-private.h"

/* Creating, unlocking by a passphrase or code, and what the keyring keeps of it. */

/* Deriving, in a worker ---------------------------------------------------------------- */

typedef struct
{
  LmFolder *folder;
  char *path; /* for a new journal */
  LmKeySlotKind kind;
  LmSecret *typed;
  LmSecret *passphrase; /* normalized, if that is what was typed */
  gboolean keep;
  LmSecret *code; /* of a new journal */
  LmOpened *opened;
} Unlock;

static void
unlock_free (gpointer data)
{
  Unlock *unlock = data;

  g_clear_pointer (&unlock->folder, lm_folder_unref);
  g_free (unlock->path);
  g_clear_pointer (&unlock->typed, lm_secret_unref);
  g_clear_pointer (&unlock->passphrase, lm_secret_unref);
  g_clear_pointer (&unlock->code, lm_secret_unref);
  g_clear_pointer (&unlock->opened, lm_opened_free);
  g_free (unlock);
}

static gboolean
derive (Unlock *unlock, GError **error)
{
  g_autoptr (LmSecret) secret = NULL;
  LmFolder *now = lm_folder_read (lm_folder_path (unlock->folder), NULL);

  /* Another computer may have changed the passphrase since the folder was looked at. */
  if (now != NULL)
    {
      lm_folder_unref (unlock->folder);
      unlock->folder = now;
    }

  if (unlock->kind == LM_KEY_SLOT_RECOVERY)
    secret = lm_recovery_code_parse (unlock->typed, error);
  else
    secret = lm_passphrase_normalize (unlock->typed, error);
  if (secret == NULL)
    return FALSE;
  if (unlock->kind == LM_KEY_SLOT_PASSPHRASE)
    unlock->passphrase = lm_secret_ref (secret);
  unlock->opened = lm_folder_unlock (unlock->folder, unlock->kind, secret, NULL, error);
  return unlock->opened != NULL;
}

static void
derive_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (derive (data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
create_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Unlock *unlock = data;
  GError *error = NULL;

  unlock->passphrase = lm_passphrase_normalize (unlock->typed, &error);
  if (unlock->passphrase != NULL)
    unlock->folder = lm_folder_create (unlock->path,
                                       unlock->passphrase,
                                       lm_kdf_cost_measured (),
                                       &unlock->code,
                                       &unlock->opened,
                                       &error);
  if (unlock->folder != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* Creating -------------------------------------------------------------------------------- */

static void
created_open_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  LmWorkspace *self = LM_WORKSPACE (source);
  g_autoptr (GTask) task = data;
  Unlock *unlock = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (unlock->keep)
    lm_workspace_keep (self, unlock->passphrase, unlock->opened);
  g_task_return_pointer (task, lm_secret_ref (unlock->code), (GDestroyNotify) lm_secret_unref);
}

static void
created_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  LmWorkspace *self = LM_WORKSPACE (source);
  g_autoptr (GTask) task = data;
  Unlock *unlock = g_task_get_task_data (task);
  g_autoptr (GTask) opening = NULL;
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      return;
    }
  g_clear_pointer (&self->folder, lm_folder_unref);
  self->folder = lm_folder_ref (unlock->folder);
  g_set_str (&self->path, lm_folder_path (unlock->folder));
  if (self->settings != NULL)
    {
      g_settings_set_boolean (self->settings, LM_SETTING_KEYRING, unlock->keep);
      g_settings_set_boolean (self->settings, LM_SETTING_CODE_CHECKED, FALSE);
    }
  opening = g_task_new (self, NULL, created_open_cb, g_object_ref (task));
  lm_workspace_open (self, unlock->opened, TRUE, opening);
}

/**
 * lm_workspace_create_async:
 * @typed: the passphrase as typed
 * @keep: whether the keyring shall keep it
 *
 * Makes a new journal at lm_workspace_get_path () and opens it.
 */
void
lm_workspace_create_async (
    LmWorkspace *self, LmSecret *typed, gboolean keep, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (self, NULL, callback, data);
  g_autoptr (GTask) work = g_task_new (self, NULL, created_cb, task);
  Unlock *unlock = g_new0 (Unlock, 1);

  g_task_set_source_tag (task, lm_workspace_create_async);
  unlock->path = g_strdup (self->path);
  unlock->typed = lm_secret_ref (typed);
  unlock->keep = keep;
  g_task_set_task_data (task, unlock, unlock_free);
  g_task_set_task_data (work, unlock, NULL);
  g_task_run_in_thread (work, create_job);
}

/* Returns: (transfer full): the recovery code as people write it, to be shown once */
LmSecret *
lm_workspace_create_finish (LmWorkspace *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Unlocking by the person -------------------------------------------------------------------- */

static void
unlocked_open_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  LmWorkspace *self = LM_WORKSPACE (source);
  g_autoptr (GTask) task = data;
  Unlock *unlock = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      return;
    }
  /* What was lost there, or replaced by another. A keyring that is not there or stayed locked is
   * left in peace: it would only ask or complain again. */
  if (unlock->passphrase != NULL &&
      (self->keyring_status == LM_KEYRING_NOTHING || self->keyring_status == LM_KEYRING_WRONG))
    lm_workspace_keep (self, unlock->passphrase, unlock->opened);
  g_task_return_boolean (task, TRUE);
}

/* The folder as it was when it was unlocked. */
static void
take_folder (LmWorkspace *self, Unlock *unlock)
{
  g_clear_pointer (&self->folder, lm_folder_unref);
  self->folder = lm_folder_ref (unlock->folder);
}

static void
unlocked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  LmWorkspace *self = LM_WORKSPACE (source);
  g_autoptr (GTask) task = data;
  Unlock *unlock = g_task_get_task_data (task);
  g_autoptr (GTask) opening = NULL;
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      lm_workspace_set_state (self, LM_WORKSPACE_LOCKED);
      g_task_return_error (task, error);
      return;
    }
  take_folder (self, unlock);
  opening = g_task_new (self, NULL, unlocked_open_cb, g_object_ref (task));
  lm_workspace_open (self, unlock->opened, TRUE, opening);
}

static Unlock *
unlock_new (LmWorkspace *self, LmKeySlotKind kind, LmSecret *typed)
{
  Unlock *unlock = g_new0 (Unlock, 1);

  unlock->folder = lm_folder_ref (self->folder);
  unlock->kind = kind;
  unlock->typed = lm_secret_ref (typed);
  return unlock;
}

/**
 * lm_workspace_unlock_async:
 * @kind: what @typed is
 * @typed: a passphrase or a recovery code as typed
 *
 * Opens the locked journal. Whatever the keyring still says after this does not matter.
 */
void
lm_workspace_unlock_async (LmWorkspace *self,
                           LmKeySlotKind kind,
                           LmSecret *typed,
                           GAsyncReadyCallback callback,
                           gpointer data)
{
  GTask *task = g_task_new (self, NULL, callback, data);
  g_autoptr (GTask) work = g_task_new (self, NULL, unlocked_cb, task);
  Unlock *unlock = unlock_new (self, kind, typed);

  g_task_set_source_tag (task, lm_workspace_unlock_async);
  g_task_set_task_data (task, unlock, unlock_free);
  g_task_set_task_data (work, unlock, NULL);
  lm_workspace_begin_attempt (self);
  lm_workspace_stop_keyring_timer (self);
  lm_workspace_set_state (self, LM_WORKSPACE_OPENING);
  g_task_run_in_thread (work, derive_job);
}

gboolean
lm_workspace_unlock_finish (LmWorkspace *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
demo_unlocked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!lm_workspace_unlock_finish (LM_WORKSPACE (source), result, &error))
    lm_workspace_fail (LM_WORKSPACE (source), g_steal_pointer (&error));
}

/* Opens the made-up journal that lm_demo_make_async () made at lm_workspace_get_path (). */
void
lm_workspace_open_demo (LmWorkspace *self)
{
  g_autoptr (LmSecret) passphrase = lm_secret_new_taking (g_strdup (LM_DEMO_PASSPHRASE));
  GError *error = NULL;

  self->demo = TRUE;
  self->folder = lm_folder_read (self->path, &error);
  if (self->folder == NULL)
    lm_workspace_fail (self, error);
  else
    lm_workspace_unlock_async (self, LM_KEY_SLOT_PASSPHRASE, passphrase, demo_unlocked_cb, NULL);
}

/* The person has begun to type: a late answer of the keyring shall not take the page away. */
void
lm_workspace_set_person_types (LmWorkspace *self)
{
  g_atomic_int_set (&self->person_types, TRUE);
}

/**
 * lm_workspace_check_code_async:
 * @typed: a recovery code as typed
 *
 * Whether this code would open the journal; nothing else happens.
 */
void
lm_workspace_check_code_async (LmWorkspace *self,
                               LmSecret *typed,
                               GAsyncReadyCallback callback,
                               gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);

  g_task_set_source_tag (task, lm_workspace_check_code_async);
  g_task_set_task_data (task, unlock_new (self, LM_KEY_SLOT_RECOVERY, typed), unlock_free);
  g_task_run_in_thread (task, derive_job);
}

gboolean
lm_workspace_check_code_finish (LmWorkspace *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* By the passphrase that the keyring kept
 * ------------------------------------------------------- */

static void
kept_opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  if (g_task_propagate_boolean (G_TASK (result), NULL))
    lm_workspace_set_keyring_status (LM_WORKSPACE (source), LM_KEYRING_GOOD);
}

static void
kept_derived_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  LmWorkspace *self = LM_WORKSPACE (source);
  Unlock *unlock = g_task_get_task_data (G_TASK (result));
  g_autoptr (GTask) opening = NULL;

  if (!lm_workspace_is_current (self, GPOINTER_TO_UINT (data)))
    return;
  if (!g_task_propagate_boolean (G_TASK (result), NULL))
    {
      lm_workspace_give_up_keyring (self, LM_KEYRING_WRONG);
      return;
    }
  if (self->person_types)
    {
      lm_workspace_give_up_keyring (self, LM_KEYRING_LATE);
      return;
    }
  take_folder (self, unlock);
  opening = g_task_new (self, NULL, kept_opened_cb, NULL);
  lm_workspace_open (self, unlock->opened, FALSE, opening);
  /* Next time without a key derivation. */
  lm_workspace_keep (self, unlock->passphrase, unlock->opened);
}

/* Opens the journal by the passphrase that the keyring kept, unless it is another by now. */
void
lm_workspace_derive_kept (LmWorkspace *self, LmSecret *passphrase)
{
  g_autoptr (GTask) task =
      g_task_new (self, NULL, kept_derived_cb, GUINT_TO_POINTER (self->attempt));

  g_task_set_task_data (task, unlock_new (self, LM_KEY_SLOT_PASSPHRASE, passphrase), unlock_free);
  g_task_run_in_thread (task, derive_job);
}

/* Keeping and forgetting --------------------------------------------------------------------- */

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LmWorkspace) self = data;
  g_autoptr (GError) error = NULL;

  if (!lm_keyring_store_finish (result, &error))
    g_signal_emit_by_name (self, "keyring-failed", error);
}

/* Has the keyring keep what just opened the journal. A failure is told by a signal. */
void
lm_workspace_keep (LmWorkspace *self, LmSecret *passphrase, LmOpened *opened)
{
  lm_keyring_store_async (lm_vault_journal (opened->vault),
                          passphrase,
                          &opened->slot,
                          opened->derived,
                          NULL,
                          kept_cb,
                          g_object_ref (self));
}

static void
kept_later_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  LmWorkspace *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!lm_keyring_store_finish (result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  g_settings_set_boolean (self->settings, LM_SETTING_KEYRING, TRUE);
  g_task_return_boolean (task, TRUE);
}

static void
keep_derived_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Unlock *unlock = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      return;
    }
  lm_keyring_store_async (lm_vault_journal (unlock->opened->vault),
                          unlock->passphrase,
                          &unlock->opened->slot,
                          unlock->opened->derived,
                          NULL,
                          kept_later_cb,
                          g_object_ref (task));
}

/**
 * lm_workspace_keep_async:
 * @typed: the passphrase as typed; it is tried first
 *
 * From now on the keyring keeps the passphrase.
 */
void
lm_workspace_keep_async (LmWorkspace *self,
                         LmSecret *typed,
                         GAsyncReadyCallback callback,
                         gpointer data)
{
  GTask *task = g_task_new (self, NULL, callback, data);
  g_autoptr (GTask) work = g_task_new (self, NULL, keep_derived_cb, task);
  Unlock *unlock = unlock_new (self, LM_KEY_SLOT_PASSPHRASE, typed);

  g_task_set_source_tag (task, lm_workspace_keep_async);
  g_task_set_task_data (task, unlock, unlock_free);
  g_task_set_task_data (work, unlock, NULL);
  g_task_run_in_thread (work, derive_job);
}

gboolean
lm_workspace_keep_finish (LmWorkspace *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
forgotten_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (lm_keyring_forget_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* From now on the passphrase is asked for every time, and the keyring holds nothing of it. */
void
lm_workspace_forget_async (LmWorkspace *self, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (self, NULL, callback, data);

  g_task_set_source_tag (task, lm_workspace_forget_async);
  /* Even if the keyring does not answer: it is not asked any more. */
  g_settings_set_boolean (self->settings, LM_SETTING_KEYRING, FALSE);
  lm_keyring_forget_async (lm_folder_journal (self->folder), NULL, forgotten_cb, task);
}

gboolean
lm_workspace_forget_finish (LmWorkspace *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
