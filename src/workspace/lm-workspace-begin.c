/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "journal/lm-local.h"
#include "journal/lm-store-error.h"
#include "workspace/lm-keyring.h"
#include "workspace/lm-settings.h"
#include "workspace/lm-workspace-private.h"

/* Looking for the journal, and having it opened by the keyring. All that takes time runs in a
 * thread of its own: from the question to the keyring to the first entries that are read nothing
 * waits for the main loop, which makes the window meanwhile. The main thread hears of each step and
 * has the last word: what it does not want any more is void (lm-workspace-private.h, attempt). */

/* The keyring may take as long as it likes; the passphrase page does not wait longer than this. */
#define KEYRING_PATIENCE_MS 3000

/* In the thread --------------------------------------------------------------------------- */

typedef struct
{
  guint attempt;
  char *path;
  gboolean chosen;  /* the person said that it is there */
  gboolean keyring; /* is to be asked, if the journal is not locked */
  /* What comes of it, told with the folder. */
  gboolean known; /* some journal was open on this computer before */
  gboolean asked; /* the keyring is */
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;

  g_free (look->path);
  g_free (look);
}

static void answered_cb (GObject *source, GAsyncResult *result, gpointer data);
static void ahead_cb (GObject *source, GAsyncResult *result, gpointer data);

/* Opens the journal by what the keyring holds, unless somebody has done something else meanwhile or
 * a key has to be derived first: then the answer goes to the main thread. */
static void
ask_keyring (LmWorkspace *self, LmFolder *folder, guint attempt)
{
  GError *error = NULL;
  LmKeyringItems *items = lm_keyring_lookup (lm_folder_journal (folder), &error);
  g_autoptr (LmOpened) opened = NULL;
  g_autoptr (GTask) task = NULL;

  if (items != NULL && items->derived != NULL)
    opened = lm_folder_unlock_derived (folder, &items->slot, items->derived, NULL);
  if (opened != NULL && lm_workspace_is_current (self, attempt) &&
      !g_atomic_int_get (&self->person_types))
    {
      lm_keyring_items_free (items);
      task = g_task_new (self, NULL, ahead_cb, NULL);
      lm_workspace_open_ahead (self, folder, opened, attempt, task);
      return;
    }
  task = g_task_new (self, NULL, answered_cb, GUINT_TO_POINTER (attempt));
  if (items != NULL)
    g_task_return_pointer (task, items, (GDestroyNotify) lm_keyring_items_free);
  else
    g_task_return_error (task, error);
}

static gpointer
look_thread (gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (LmWorkspace) self = g_object_ref (g_task_get_source_object (task));
  Look *look = g_task_get_task_data (task);
  guint attempt = look->attempt;
  GError *error = NULL;
  g_autoptr (LmFolder) folder = lm_folder_read (look->path, &error);
  gboolean ask;

  look->known = look->chosen || lm_local_any_known ();
  ask = folder != NULL && look->keyring && !lm_local_is_locked (lm_folder_journal (folder));
  look->asked = ask;
  /* With this the main thread has what was found, and its place in the order of what it hears: the
   * keyring's answer comes after it. */
  if (folder != NULL)
    g_task_return_pointer (task, lm_folder_ref (folder), (GDestroyNotify) lm_folder_unref);
  else
    g_task_return_error (task, error);
  if (ask)
    ask_keyring (self, folder, attempt);
  return NULL;
}

/* What the keyring says -------------------------------------------------------------------- */

void
lm_workspace_stop_keyring_timer (LmWorkspace *self)
{
  g_clear_handle_id (&self->keyring_timer, g_source_remove);
}

/* Ends in the passphrase page, with one line why. */
void
lm_workspace_give_up_keyring (LmWorkspace *self, LmKeyringStatus why)
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

/* The keyring opened the journal, and its entries begin to arrive. */
static void
ahead_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  if (g_task_propagate_boolean (G_TASK (result), NULL))
    lm_workspace_set_keyring_status (LM_WORKSPACE (source), LM_KEYRING_GOOD);
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

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  LmWorkspace *self = LM_WORKSPACE (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (LmKeyringItems) items = g_task_propagate_pointer (G_TASK (result), &error);

  /* Somebody locked or unlocked meanwhile. */
  if (!lm_workspace_is_current (self, GPOINTER_TO_UINT (data)))
    return;
  lm_workspace_stop_keyring_timer (self);
  if (items == NULL)
    lm_workspace_give_up_keyring (self, status_of (error));
  else if (self->person_types)
    lm_workspace_give_up_keyring (self, LM_KEYRING_LATE);
  else if (items->passphrase == NULL)
    lm_workspace_give_up_keyring (self, LM_KEYRING_WRONG);
  else
    {
      lm_workspace_set_state (self, LM_WORKSPACE_OPENING);
      lm_workspace_derive_kept (self, items->passphrase);
    }
}

/* The keyring is asked for this journal if the person wants that and the journal was not locked by
 * them. The question is never taken back: a keyring that asks the person something may take
 * minutes, and its late answer still opens the journal unless they have begun to type. Nor at the
 * end: to take back a prompt makes gnome-keyring 48 abort, with every other program's secrets. */
static void
wait_for_keyring (LmWorkspace *self, gboolean asked)
{
  g_atomic_int_set (&self->person_types, FALSE);
  if (lm_workspace_is_held (self))
    lm_workspace_give_up_keyring (self, LM_KEYRING_HELD);
  else if (!asked)
    lm_workspace_give_up_keyring (self, LM_KEYRING_UNUSED);
  else
    {
      lm_workspace_set_keyring_status (self, LM_KEYRING_ASKING);
      lm_workspace_set_state (self, LM_WORKSPACE_OPENING);
      lm_workspace_stop_keyring_timer (self);
      self->keyring_timer = g_timeout_add (KEYRING_PATIENCE_MS, patience_ends_cb, self);
    }
}

/* What was found ---------------------------------------------------------------------------- */

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

  if (!lm_workspace_is_current (self, look->attempt))
    {
      g_clear_error (&error);
      return;
    }
  g_clear_pointer (&self->folder, lm_folder_unref);
  if (folder != NULL)
    {
      self->folder = g_steal_pointer (&folder);
      wait_for_keyring (self, look->asked);
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
 * a journal that was there before and is not found is missed, never replaced by a new one. Needs no
 * GTK, and goes on while the main loop does not run.
 */
void
lm_workspace_look (LmWorkspace *self)
{
  GTask *task;
  g_autofree char *chosen =
      self->settings != NULL ? g_settings_get_string (self->settings, LM_SETTING_FOLDER) : NULL;
  Look *look = g_new0 (Look, 1);

  lm_workspace_clear_contents (self);
  look->attempt = lm_workspace_begin_attempt (self);
  look->path = g_strdup (self->path);
  look->chosen = chosen != NULL && chosen[0] != '\0';
  look->keyring = self->settings != NULL && !self->held &&
                  g_settings_get_boolean (self->settings, LM_SETTING_KEYRING);
  g_atomic_int_set (&self->person_types, FALSE);
  task = g_task_new (self, NULL, looked_cb, NULL);
  g_task_set_source_tag (task, lm_workspace_look);
  g_task_set_task_data (task, look, look_free);
  lm_workspace_set_state (self, LM_WORKSPACE_LOOKING);
  /* Not g_task_run_in_thread (), which would tell of the folder only when the keyring answered. */
  g_thread_unref (g_thread_new ("look", look_thread, task));
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
  lm_workspace_begin_attempt (self);
  g_clear_error (&self->error);
  lm_workspace_set_state (self, LM_WORKSPACE_NEW);
}
