/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <malloc.h>

#include "base/lm-fold.h"
#include "base/lm-json.h"
#include "exchange/lm-export.h"
#include "journal/lm-local.h"
#include "journal/lm-retired.h"
#include "journal/lm-store-attachments.h"
#include "journal/lm-store-error.h"
#include "journal/lm-store-place.h"
#include "workspace/lm-loss-item.h"
#include "workspace/lm-problem-item.h"
#include "workspace/lm-workspace-keys.h"
#include "workspace/lm-workspace-private.h"

/* Opening the store and reading what is in it. */

/* Opening ------------------------------------------------------------------------------ */

typedef struct
{
  guint attempt;
  LmFolder *folder;
  LmOpened *opened;
  gboolean by_person;
  /* What comes of it. */
  LmId device;
  LmStateOfStore state;
  GPtrArray *drafts;
  GPtrArray *problems;
} Opening;

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  lm_folder_unref (opening->folder);
  lm_opened_free (opening->opened);
  lm_state_of_store_clear (&opening->state);
  g_clear_pointer (&opening->drafts, g_ptr_array_unref);
  g_clear_pointer (&opening->problems, g_ptr_array_unref);
  g_free (opening);
}

/* By these it opens: next time they are tried first. Without the list nothing is lost. */
static void
note_slots (Opening *opening)
{
  GArray *slots = opening->opened->slots;

  for (guint i = 0; slots != NULL && i < slots->len; i++)
    if (!lm_known_slots_add (lm_folder_journal (opening->folder),
                             &g_array_index (slots, LmId, i),
                             NULL))
      g_debug ("a key slot could not be noted");
}

/* By then the window stands still. */
#define GIVE_BACK_S 1

/* The first entries come before anything that GTK does for a frame, to be in the one that shows the
 * journal. The others come behind its drawing (its redraw has 120), so that ten thousand of them
 * take no frame from whoever reads the first. */
#define PRIORITY_FIRST    G_PRIORITY_DEFAULT
#define PRIORITY_ARRIVING (G_PRIORITY_HIGH_IDLE + 25)
/* All that is shown at a time is shown in one frame, before GTK lays it out. */
#define PRIORITY_SHOWING (G_PRIORITY_HIGH_IDLE + 5)

/* The first entries are shown at once, the others every quarter of a second: each change of the
 * list is sorted, filtered, laid out and drawn, and whoever reads the first dozen sees nothing of
 * that. By then libadwaita has also styled the window once more, as it does 250 ms after the start,
 * for which two hundred rows take longer than forty. In one turn of the main loop so many are shown
 * as take some 5 ms. */
#define SHOWN_FIRST   40           /* what the tallest window has room for */
#define SHOWN_EVERY   (250 * 1000) /* microseconds */
#define SHOWN_AT_ONCE 2048

typedef struct
{
  guint attempt;
  GPtrArray *problems; /* before anything was settled */
  LmRescan *rescan;    /* nullable */

  GMutex mutex;
  GCond cond;
  guint on_their_way; /* batches; under the mutex */
  gboolean begun;     /* one was handed on; the same */
} Load;

static void
load_free (gpointer data)
{
  Load *load = data;

  g_clear_pointer (&load->problems, g_ptr_array_unref);
  g_clear_pointer (&load->rescan, lm_rescan_free);
  g_mutex_clear (&load->mutex);
  g_cond_clear (&load->cond);
  g_free (load);
}

/* Some records on their way from the writer's thread, with what is slow to make. */
typedef struct
{
  LmWorkspace *workspace;
  Load *load; /* waits for it */
  guint attempt;
  guint n_files;
  GPtrArray *records; /* nullable: there are no more */
} Batch;

static void
batch_free (gpointer data)
{
  Batch *batch = data;

  g_mutex_lock (&batch->load->mutex);
  batch->load->on_their_way--;
  g_cond_signal (&batch->load->cond);
  g_mutex_unlock (&batch->load->mutex);
  g_object_unref (batch->workspace);
  g_clear_pointer (&batch->records, g_ptr_array_unref);
  g_free (batch);
}

static LmEntryList *
list_for (LmWorkspace *self, LmRecord *record)
{
  switch (record->kind)
    {
    case LM_RECORD_ENTRY:
      return lm_workspace_is_sealed (self, record) ? self->sealed : self->entries;
    case LM_RECORD_PERSON:
      return self->people;
    case LM_RECORD_SETTINGS:
    case LM_RECORD_READING:
      return self->others;
    case LM_RECORD_APPOINTMENT:
      return self->appointments;
    case LM_RECORD_GUIDE:
      return self->guides;
    case LM_RECORD_GONE:
    case LM_RECORD_OTHER:
    default:
      return NULL;
    }
}

static void
index_record (LmWorkspace *self, LmRecord *record)
{
  if (record->kind != LM_RECORD_ENTRY)
    return;
  if (lm_workspace_is_sealed (self, record))
    lm_search_index_remove (self->index, &record->id);
  else
    lm_search_index_take (self->index, record);
}

/* Shows the new state of a record. */
void
lm_workspace_take_record (LmWorkspace *self, LmRecord *record)
{
  LmEntryList *list = list_for (self, record);

  index_record (self, record);
  /* Sealed now, or not any more. */
  if (list == self->sealed)
    lm_entry_list_remove (self->entries, &record->id);
  else if (list == self->entries)
    lm_entry_list_remove (self->sealed, &record->id);
  if (list != NULL)
    lm_entry_list_put (list, record);
  if (list == self->people)
    lm_workspace_index_people (self);
  if (record->kind == LM_RECORD_GONE)
    {
      lm_search_index_remove (self->index, &record->id);
      lm_entry_list_remove (self->entries, &record->id);
      lm_entry_list_remove (self->sealed, &record->id);
      lm_entry_list_remove (self->people, &record->id);
      lm_entry_list_remove (self->appointments, &record->id);
      lm_entry_list_remove (self->guides, &record->id);
    }
}

/* What is to go into @list at once. A text that waited behind a lock may have been saved between
 * the opening and the reading, and be there already. */
static void
take_into (LmEntryList *list, LmEntryList *wanted, GPtrArray *records, LmRecord *record)
{
  if (list != wanted)
    return;
  if (lm_entry_list_find (list, &record->id) != NULL)
    lm_entry_list_put (list, record);
  else
    g_ptr_array_add (records, record);
}

static gboolean
show_some_cb (gpointer data)
{
  LmWorkspace *self = data;

  if (lm_entry_list_show (self->entries, SHOWN_AT_ONCE))
    return G_SOURCE_CONTINUE;
  self->show_source = 0;
  return G_SOURCE_REMOVE;
}

static void
show_entries (LmWorkspace *self)
{
  self->shown_at = g_get_monotonic_time ();
  if (self->show_source == 0)
    self->show_source = g_idle_add_full (PRIORITY_SHOWING, show_some_cb, self, NULL);
}

static gboolean
take_batch_cb (gpointer data)
{
  Batch *batch = data;
  LmWorkspace *self = batch->workspace;
  g_autoptr (GPtrArray) entries = g_ptr_array_new ();
  g_autoptr (GPtrArray) sealed = g_ptr_array_new ();
  g_autoptr (GPtrArray) people = g_ptr_array_new ();
  g_autoptr (GPtrArray) others = g_ptr_array_new ();
  g_autoptr (GPtrArray) appointments = g_ptr_array_new ();
  g_autoptr (GPtrArray) guides = g_ptr_array_new ();

  if (batch->attempt != self->attempt)
    return G_SOURCE_REMOVE;
  if (batch->records == NULL)
    {
      show_entries (self);
      return G_SOURCE_REMOVE;
    }
  for (guint i = 0; i < batch->records->len; i++)
    {
      LmRecord *record = batch->records->pdata[i];
      LmEntryList *list = list_for (self, record);

      index_record (self, record);
      take_into (list, self->entries, entries, record);
      take_into (list, self->sealed, sealed, record);
      take_into (list, self->people, people, record);
      take_into (list, self->others, others, record);
      take_into (list, self->appointments, appointments, record);
      take_into (list, self->guides, guides, record);
    }
  self->n_expected = batch->n_files;
  self->n_arrived += batch->records->len;
  lm_entry_list_add (self->people, people);
  if (people->len > 0)
    lm_workspace_index_people (self);
  lm_entry_list_prepare (self->entries, entries);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->entries)) == 0)
    {
      lm_entry_list_show (self->entries, SHOWN_FIRST);
      self->shown_at = g_get_monotonic_time ();
    }
  else if (g_get_monotonic_time () - self->shown_at >= SHOWN_EVERY)
    show_entries (self);
  lm_entry_list_add (self->sealed, sealed);
  lm_entry_list_add (self->others, others);
  lm_entry_list_add (self->appointments, appointments);
  lm_entry_list_add (self->guides, guides);
  return G_SOURCE_REMOVE;
}

/* @records is %NULL when there are no more. */
static void
hand_batch (GPtrArray *records, guint n_files, gpointer data)
{
  GTask *task = data;
  Load *load = g_task_get_task_data (task);
  Batch *batch = g_new (Batch, 1);
  gboolean begun;

  g_mutex_lock (&load->mutex);
  load->on_their_way++;
  begun = load->begun;
  load->begun = TRUE;
  g_mutex_unlock (&load->mutex);
  *batch = (Batch) { g_object_ref (g_task_get_source_object (task)),
                     load,
                     load->attempt,
                     n_files,
                     records };
  /* One batch is some milliseconds of work. */
  g_idle_add_full (begun ? PRIORITY_ARRIVING : PRIORITY_FIRST, take_batch_cb, batch, batch_free);
}

/* What is saved while entries arrive is shown at once, and must not be overtaken by what was read
 * before: the next job begins when the last batch is in the lists. */
static void
wait_for_batches (Load *load)
{
  g_mutex_lock (&load->mutex);
  while (load->on_their_way > 0)
    g_cond_wait (&load->cond, &load->mutex);
  g_mutex_unlock (&load->mutex);
}

static void
load_job (GTask *task, gpointer data)
{
  LmWorkspace *self = g_task_get_source_object (task);
  Load *load = data;
  GError *error = NULL;

  if (self->store == NULL)
    g_task_return_boolean (task, TRUE);
  else if (lm_store_load (self->store, TRUE, hand_batch, task, &load->problems, NULL, &error))
    {
      hand_batch (NULL, 0, task);
      load->rescan = lm_store_rescan (self->store, NULL);
      if (load->rescan != NULL)
        lm_workspace_fold_changed (load->rescan);
      wait_for_batches (load);
      g_task_return_boolean (task, TRUE);
    }
  else
    {
      wait_for_batches (load);
      g_task_return_error (task, error);
    }
}

static void
add_problems (LmWorkspace *self, GPtrArray *problems)
{
  for (guint i = 0; i < problems->len; i++)
    {
      g_autoptr (LmProblemItem) item = lm_problem_item_new (problems->pdata[i]);

      g_list_store_append (self->problems, item);
    }
}

static void
tidied_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_task_propagate_boolean (G_TASK (result), NULL);
}

static void
tidy_job (GTask *task, gpointer data)
{
  LmWorkspace *self = g_task_get_source_object (task);

  if (self->store != NULL)
    lm_store_tidy_attachments (self->store, NULL, NULL);
  g_task_return_boolean (task, TRUE);
}

/* Counts the days of attachments that nothing names any more, once after opening. */
static void
tidy (LmWorkspace *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, tidied_cb, NULL);

  lm_writer_run (self->writer, task, tidy_job);
}

static void
give_back_job (GTask *task, gpointer data)
{
#ifdef __GLIBC__
  malloc_trim (0);
#endif
  g_task_return_boolean (task, TRUE);
}

static gboolean
give_back_cb (gpointer data)
{
  LmWorkspace *self = data;
  g_autoptr (GTask) task = g_task_new (self, NULL, tidied_cb, NULL);

  self->memory_timer = 0;
  lm_writer_run (self->writer, task, give_back_job);
  return G_SOURCE_REMOVE;
}

/* What reading ten thousand files needed is given back, rather than kept for the next ten thousand:
 * behind everything that opening leads to, and the first frames. */
static void
give_back_memory (LmWorkspace *self)
{
  g_clear_handle_id (&self->memory_timer, g_source_remove);
  self->memory_timer = g_timeout_add_seconds (GIVE_BACK_S, give_back_cb, self);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  LmWorkspace *self = LM_WORKSPACE (source);
  Load *load = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  if (load->attempt != self->attempt)
    return;
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      LmProblem problem = { .file = (char *) LM_FOLDER_ENTRIES, .error = error };
      g_autoptr (LmProblemItem) item = lm_problem_item_new (&problem);

      g_list_store_append (self->problems, item);
    }
  else if (load->rescan != NULL)
    lm_workspace_take_rescan (self, load->rescan);
  else if (load->problems != NULL)
    add_problems (self, load->problems);
  lm_entry_list_show (self->entries, G_MAXUINT);
  lm_workspace_set_loading (self, FALSE);
  lm_workspace_start_watching (self);
  lm_workspace_watch_seals (self);
  if (error == NULL)
    {
      lm_workspace_adopt_left_over (self);
      tidy (self);
      lm_workspace_tidy (self);
    }
  lm_workspace_check_losses (self);
  lm_workspace_make_daily_snapshot (self);
  give_back_memory (self);
}

/* Has the writer read the entries; in its own thread, which opened the store. */
static void
load (LmWorkspace *self, guint attempt)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, loaded_cb, NULL);
  Load *data = g_new0 (Load, 1);

  data->attempt = attempt;
  g_mutex_init (&data->mutex);
  g_cond_init (&data->cond);
  g_task_set_task_data (task, data, load_free);
  lm_writer_run (self->writer, task, load_job);
}

static void
open_job (GTask *task, gpointer data)
{
  LmWorkspace *self = g_task_get_source_object (task);
  Opening *opening = data;
  GPtrArray *bad_keys = lm_folder_problems (opening->folder);
  const guint attempt = opening->attempt;
  GError *error = NULL;

  /* Somebody did something else meanwhile; what they do comes after this. */
  if (!lm_workspace_is_current (self, opening->attempt))
    {
      g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "not wanted");
      return;
    }
  if (self->store != NULL)
    lm_store_close (g_steal_pointer (&self->store), NULL);
  self->store = lm_store_open (opening->folder, opening->opened, self->clock, &error);
  if (self->store == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  opening->device = *lm_store_device (self->store);
  /* Until the person has said whether the journal moved or this is a copy of it. */
  if (lm_store_folder_before (self->store) != NULL)
    lm_store_set_elsewhere (self->store, TRUE);
  lm_state_of_store_take (&opening->state, self->store);
  opening->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) lm_problem_free);
  opening->drafts = lm_store_list_drafts (self->store, opening->problems);
  for (guint i = 0; i < bad_keys->len; i++)
    {
      LmProblem *problem = bad_keys->pdata[i];

      g_ptr_array_add (opening->problems,
                       lm_problem_new (problem->file, &problem->id, g_error_copy (problem->error)));
    }
  note_slots (opening);
  /* The passphrase was given: the keyring may be asked again next time. */
  if (opening->by_person)
    lm_local_set_locked (lm_folder_journal (opening->folder), FALSE, NULL);
  g_task_return_boolean (task, TRUE);
  /* The main thread hears of the batches after this, in whatever it is busy. */
  load (self, attempt);
}

/* Texts that could not be saved when the journal was locked are still here: now they can be. */
static void
flush_stranded (LmWorkspace *self)
{
  for (guint i = 0; i < self->open_drafts->len; i++)
    lm_draft_flush (self->open_drafts->pdata[i]);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  LmWorkspace *self = LM_WORKSPACE (source);
  g_autoptr (GTask) task = data;
  Opening *opening = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error) ||
      !lm_workspace_is_current (self, opening->attempt))
    {
      if (error == NULL)
        error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "not wanted");
      else if (lm_workspace_is_current (self, opening->attempt))
        lm_workspace_fail (self, g_error_copy (error));
      g_task_return_error (task, error);
      return;
    }
  lm_workspace_stop_keyring_timer (self);
  self->settling = FALSE;
  if (opening->by_person)
    self->held = FALSE;
  self->device = opening->device;
  lm_workspace_take_state (self, &opening->state, TRUE);
  for (guint i = 0; i < opening->drafts->len; i++)
    {
      LmDraftFile *file = opening->drafts->pdata[i];
      g_autoptr (LmEntry) entry = lm_entry_new (file->record);

      lm_workspace_take_draft (self, entry);
    }
  add_problems (self, opening->problems);
  self->n_arrived = self->n_expected = 0;
  lm_workspace_set_loading (self, TRUE);
  lm_workspace_set_state (self, LM_WORKSPACE_OPEN);
  lm_workspace_reseal (self);
  flush_stranded (self);
  g_task_return_boolean (task, TRUE);
}

/* Gives it to the writer, from any thread. */
static void
run_open (LmWorkspace *self,
          LmFolder *folder,
          LmOpened *opened,
          gboolean by_person,
          guint attempt,
          GTask *task)
{
  g_autoptr (GTask) work = g_task_new (self, NULL, opened_cb, g_object_ref (task));
  Opening *opening = g_new0 (Opening, 1);

  opening->attempt = attempt;
  opening->folder = lm_folder_ref (folder);
  opening->opened = lm_opened_copy (opened);
  opening->by_person = by_person;
  g_task_set_task_data (work, opening, opening_free);
  lm_writer_run (self->writer, work, open_job);
}

/**
 * lm_workspace_open:
 * @opened: the keys
 * @by_person: whether the person gave a passphrase or code, which ends a lock
 * @task: (transfer none): returns %TRUE when the journal is open and its entries begin to arrive
 */
void
lm_workspace_open (LmWorkspace *self, LmOpened *opened, gboolean by_person, GTask *task)
{
  lm_workspace_stop_keyring_timer (self);
  lm_workspace_clear_contents (self);
  run_open (self, self->folder, opened, by_person, lm_workspace_begin_attempt (self), task);
}

/**
 * lm_workspace_open_ahead:
 * @folder: the journal that was found
 * @opened: the keys
 * @attempt: with which it was looked for; nothing happens if it is void by then
 * @task: (transfer none): as for lm_workspace_open ()
 *
 * Does the same, without the person, from the thread that looked for the journal: the main thread
 * hears of it when it has time.
 */
void
lm_workspace_open_ahead (
    LmWorkspace *self, LmFolder *folder, LmOpened *opened, guint attempt, GTask *task)
{
  run_open (self, folder, opened, FALSE, attempt, task);
}
