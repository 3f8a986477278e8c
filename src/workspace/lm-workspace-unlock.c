/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "vault/lm-passphrase.h"
#include "vault/lm-recovery-code.h"
#include "vault/lm-vault-error.h"
#include "workspace/lm-demo.h"
#include "workspace/lm-keyring.h"
#include "workspace/lm-settings.h"
#include "workspace/lm-workspace-private.h"

/* Creating, unlocking by the person or the keyring, locking. */

/* The keyring may take as long as it likes; the passphrase page does not wait longer than this. */
#define KEYRING_PATIENCE_MS 3000

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
  self->attempt++;
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
  self->person_types = TRUE;
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

/* Unlocking by the keyring ------------------------------------------------------------------------
 */

void
lm_workspace_stop_keyring_timer (LmWorkspace *self)
{
  g_clear_handle_id (&self->keyring_timer, g_source_remove);
}

/* Ends in the passphrase page, with one line why. */
static void
give_up_keyring (LmWorkspace *self, LmKeyringStatus why)
{
  lm_workspace_stop_keyring_timer (self);
  lm_workspace_set_keyring_status (self, why);
  lm_workspace_set_state (self, LM_WORKSPACE_LOCKED);
}

static gboolean
patience_ends_cb (gpointer data)
{
  LmWorkspace *self = data;

  self->keyring_timer = 0;
  lm_workspace_set_keyring_status (self, LM_KEYRING_WAITING);
  lm_workspace_set_state (self, LM_WORKSPACE_LOCKED);
  return G_SOURCE_REMOVE;
}

static void
keyring_open_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  LmWorkspace *self = LM_WORKSPACE (source);
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    lm_workspace_set_keyring_status (self, LM_KEYRING_GOOD);
}

static void
keyring_derived_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  LmWorkspace *self = LM_WORKSPACE (source);
  Unlock *unlock = g_task_get_task_data (G_TASK (result));
  g_autoptr (GTask) opening = NULL;

  if (GPOINTER_TO_UINT (data) != self->attempt)
    return;
  if (!g_task_propagate_boolean (G_TASK (result), NULL))
    {
      give_up_keyring (self, LM_KEYRING_WRONG);
      return;
    }
  if (self->person_types)
    {
      give_up_keyring (self, LM_KEYRING_LATE);
      return;
    }
  take_folder (self, unlock);
  opening = g_task_new (self, NULL, keyring_open_cb, NULL);
  lm_workspace_open (self, unlock->opened, FALSE, opening);
  /* Next time without a key derivation. */
  lm_workspace_keep (self, unlock->passphrase, unlock->opened);
}

static LmKeyringStatus
status_of (const GError *error)
{
  if (g_error_matches (error, LM_KEYRING_ERROR, LM_KEYRING_ERROR_NOTHING))
    return LM_KEYRING_NOTHING;
  if (g_error_matches (error, LM_KEYRING_ERROR, LM_KEYRING_ERROR_LOCKED))
    return LM_KEYRING_LOCKED;
  if (g_error_matches (error, LM_KEYRING_ERROR, LM_KEYRING_ERROR_NO_SERVICE))
    return LM_KEYRING_NO_SERVICE;
  return LM_KEYRING_FAILED;
}

/* One question to the keyring. */
typedef struct
{
  LmWorkspace *workspace;
  guint attempt;
} Question;

static Question *
question_new (LmWorkspace *self)
{
  Question *question = g_new (Question, 1);

  *question = (Question) { g_object_ref (self), self->attempt };
  return question;
}

static void
question_free (Question *question)
{
  g_object_unref (question->workspace);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void
open_with_items (LmWorkspace *self, LmKeyringItems *items)
{
  g_autoptr (LmOpened) opened = NULL;
  g_autoptr (GTask) task = NULL;

  lm_workspace_set_state (self, LM_WORKSPACE_OPENING);
  if (items->derived != NULL)
    opened = lm_folder_unlock_derived (self->folder, &items->slot, items->derived, NULL);
  if (opened != NULL)
    {
      task = g_task_new (self, NULL, keyring_open_cb, NULL);
      lm_workspace_open (self, opened, FALSE, task);
    }
  else if (items->passphrase != NULL)
    {
      task = g_task_new (self, NULL, keyring_derived_cb, GUINT_TO_POINTER (self->attempt));
      g_task_set_task_data (task,
                            unlock_new (self, LM_KEY_SLOT_PASSPHRASE, items->passphrase),
                            unlock_free);
      g_task_run_in_thread (task, derive_job);
    }
  else
    give_up_keyring (self, LM_KEYRING_WRONG);
}

static void
keyring_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Question) question = data;
  LmWorkspace *self = question->workspace;
  g_autoptr (GError) error = NULL;
  g_autoptr (LmKeyringItems) items = lm_keyring_lookup_finish (result, &error);

  /* Somebody locked or unlocked meanwhile. */
  if (question->attempt != self->attempt)
    return;
  lm_workspace_stop_keyring_timer (self);
  if (items != NULL && self->person_types)
    give_up_keyring (self, LM_KEYRING_LATE);
  else if (items != NULL)
    open_with_items (self, items);
  else
    give_up_keyring (self, status_of (error));
}

/**
 * lm_workspace_ask_keyring:
 *
 * Asks the keyring for this journal, if the person wants that and the journal was not locked by
 * them. The question is never taken back: a keyring that asks the person something may take
 * minutes, and its late answer still opens the journal unless they have begun to type. Nor at the
 * end: to take back a prompt makes gnome-keyring 48 abort, with every other program's secrets.
 */
void
lm_workspace_ask_keyring (LmWorkspace *self)
{
  const LmId *journal = lm_folder_journal (self->folder);

  self->person_types = FALSE;
  if (lm_workspace_is_held (self))
    give_up_keyring (self, LM_KEYRING_HELD);
  else if (self->settings == NULL || !g_settings_get_boolean (self->settings, LM_SETTING_KEYRING))
    give_up_keyring (self, LM_KEYRING_UNUSED);
  else
    {
      lm_workspace_set_keyring_status (self, LM_KEYRING_ASKING);
      lm_workspace_set_state (self, LM_WORKSPACE_OPENING);
      lm_workspace_stop_keyring_timer (self);
      self->keyring_timer = g_timeout_add (KEYRING_PATIENCE_MS, patience_ends_cb, self);
      lm_keyring_lookup_async (journal, NULL, keyring_answered_cb, question_new (self));
    }
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
