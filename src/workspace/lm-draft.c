/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "workspace/lm-draft.h"
#include "workspace/lm-workspace-private.h"

/* What a person is writing: its content, and when it goes to the disk. A pause of three seconds, or
 * ten seconds of steady writing, puts it into a sealed draft on this computer; a pause of five
 * saves the entry, which is what "saved" means. In a guide the entry is saved at the end only:
 * until then the draft is what is offered again. */

#define PAUSE_MS  3000
#define STEADY_MS 10000
#define COMMIT_MS 5000
/* After a failure, without a further key. */
#define RETRY_MS 15000

struct _LmDraft
{
  GObject parent_instance;

  LmWorkspace *workspace; /* it holds us while we are open */
  LmId id;
  LmContent *content;
  LmBase *base;

  gboolean part;    /* see lm_draft_set_part () */
  gboolean beside;  /* the record's draft file is that of another text */
  LmContent *begun; /* nullable: what this began from, or saved last; only what differs is saved */

  gboolean in_steps;
  gboolean closed;
  gboolean discarded;
  gboolean outdated; /* the entry has changed elsewhere since this began */

  guint changes;   /* counts lm_draft_changed () */
  guint drafted;   /* how many of these are in a draft, or better */
  guint committed; /* how many of these are in the entry */
  guint pause_timer;
  guint steady_timer;
  guint commit_timer;

  LmDraftState state;
  GDateTime *saved_at;
  GError *error;
  LmKept kept; /* after a failure: where the text is all the same */
};

G_DEFINE_FINAL_TYPE (LmDraft, lm_draft, G_TYPE_OBJECT)

enum
{
  PROP_STATE = 1,
  PROP_OUTDATED,
  N_PROPS,
};

enum
{
  SIGNAL_RELOADED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
stop_timers (LmDraft *self)
{
  g_clear_handle_id (&self->pause_timer, g_source_remove);
  g_clear_handle_id (&self->steady_timer, g_source_remove);
  g_clear_handle_id (&self->commit_timer, g_source_remove);
}

static void
lm_draft_finalize (GObject *object)
{
  LmDraft *self = LM_DRAFT (object);

  stop_timers (self);
  lm_content_free (self->content);
  g_clear_pointer (&self->begun, lm_content_free);
  lm_base_unref (self->base);
  g_clear_pointer (&self->saved_at, g_date_time_unref);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (lm_draft_parent_class)->finalize (object);
}

static void
lm_draft_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_STATE:
      g_value_set_int (value, (int) LM_DRAFT (object)->state);
      break;
    case PROP_OUTDATED:
      g_value_set_boolean (value, LM_DRAFT (object)->outdated);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lm_draft_class_init (LmDraftClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = lm_draft_finalize;
  object_class->get_property = lm_draft_get_property;
  properties[PROP_STATE] =
      g_param_spec_int ("state",
                        NULL,
                        NULL,
                        0,
                        G_MAXINT,
                        0,
                        G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_OUTDATED] =
      g_param_spec_boolean ("outdated",
                            NULL,
                            NULL,
                            FALSE,
                            G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /* Its content is that of another computer now: nothing had been written here. */
  signals[SIGNAL_RELOADED] = g_signal_new ("reloaded",
                                           G_TYPE_FROM_CLASS (klass),
                                           G_SIGNAL_RUN_LAST,
                                           0,
                                           NULL,
                                           NULL,
                                           NULL,
                                           G_TYPE_NONE,
                                           0);
}

static void
lm_draft_init (LmDraft *self)
{
}

/**
 * lm_draft_new:
 * @workspace: (transfer none): keeps the draft until it is closed and safe
 * @content: (transfer full): what to begin with
 * @base: (nullable): the state it is from
 *
 * Returns: (transfer full): the draft
 */
LmDraft *
lm_draft_new (LmWorkspace *workspace, const LmId *id, LmContent *content, LmRecord *base)
{
  LmDraft *self = g_object_new (LM_TYPE_DRAFT, NULL);

  self->workspace = workspace;
  self->id = *id;
  self->content = content;
  self->base = lm_base_new (base);
  g_ptr_array_add (workspace->open_drafts, g_object_ref (self));
  return self;
}

/**
 * lm_draft_set_part:
 * @begun: (transfer full) (nullable): what the record was; %NULL if it is new
 * @beside: whether another text is in the draft file of this record
 *
 * A page on which only a part of a record is written, while its other parts may change: of what it
 * holds only the changes are saved. It is never offered: left, it is tried on until it is saved.
 */
void
lm_draft_set_part (LmDraft *self, LmContent *begun, gboolean beside)
{
  self->part = TRUE;
  self->begun = begun;
  self->beside = beside;
}

gboolean
lm_draft_is_part (LmDraft *self)
{
  return self->part;
}

/* Whether the draft file of the record is that of another text: then it has one beside that. */
gboolean
lm_draft_is_beside (LmDraft *self)
{
  return self->beside;
}

/**
 * lm_draft_put_onto:
 * @record: (nullable): what the record is now
 *
 * Returns: (transfer full): what it becomes with what was written of it here
 */
LmContent *
lm_draft_put_onto (LmDraft *self, LmRecord *record)
{
  LmContent *whole;

  if (record == NULL || self->begun == NULL)
    return lm_content_copy (self->content);
  whole = lm_record_content (record);
  lm_content_carry (whole, self->begun, self->content);
  return whole;
}

/**
 * lm_draft_make_whole:
 * @record: (nullable): what the record is now
 *
 * All of the record is written on from here, with what was written of a part of it. Other changes
 * of it may still be on their way to the disk: what does not differ is left as it is there.
 */
void
lm_draft_make_whole (LmDraft *self, LmRecord *record)
{
  LmContent *whole;

  if (!self->part)
    return;
  whole = lm_draft_put_onto (self, record);
  lm_content_free (self->content);
  self->content = whole;
  g_clear_pointer (&self->begun, lm_content_free);
  self->begun = record != NULL ? lm_record_content (record) : NULL;
  self->part = FALSE;
}

/**
 * lm_draft_hand_over:
 * @record: what the record is now
 *
 * Ends @self, whose page is still there, in favour of the whole record.
 *
 * Returns: (transfer full): a draft that goes on with what was written
 */
LmDraft *
lm_draft_hand_over (LmDraft *self, LmRecord *record)
{
  LmDraft *whole =
      lm_draft_new (self->workspace, &self->id, lm_draft_put_onto (self, record), record);

  stop_timers (self);
  whole->begun = lm_record_content (record);
  whole->beside = self->beside;
  if (self->committed != self->changes)
    lm_draft_changed (whole);
  self->closed = TRUE;
  self->discarded = TRUE;
  g_ptr_array_remove (self->workspace->open_drafts, self);
  return whole;
}

/* Returns: (transfer none): to be read and changed; tell changes by lm_draft_changed () */
LmContent *
lm_draft_get_content (LmDraft *self)
{
  return self->content;
}

/* Returns: whether nothing was written or chosen in it */
gboolean
lm_draft_is_empty (LmDraft *self)
{
  return lm_content_is_empty (self->content);
}

const LmId *
lm_draft_get_id (LmDraft *self)
{
  return &self->id;
}

/* Returns: (transfer none) (nullable): its entry in the journal, once it was saved */
LmEntry *
lm_draft_get_entry (LmDraft *self)
{
  return lm_workspace_find_any (self->workspace, &self->id);
}

LmDraftState
lm_draft_get_state (LmDraft *self)
{
  return self->state;
}

/* Returns: (transfer none) (nullable): when it was last saved */
GDateTime *
lm_draft_get_saved_at (LmDraft *self)
{
  return self->saved_at;
}

/* Returns: (transfer none) (nullable): why saving failed */
const GError *
lm_draft_get_error (LmDraft *self)
{
  return self->error;
}

/* Returns: after a failure: where the text is safe all the same */
LmKept
lm_draft_get_kept (LmDraft *self)
{
  return self->kept;
}

/* Whether the entry has changed on another computer while something was written here. What is
 * written is kept as a draft until the page is left; then both texts are kept. */
gboolean
lm_draft_is_outdated (LmDraft *self)
{
  return self->outdated;
}

static void
set_outdated (LmDraft *self, gboolean outdated)
{
  if (self->outdated == outdated)
    return;
  self->outdated = outdated;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OUTDATED]);
}

/* Nothing becomes an entry yet. */
static gboolean
is_held (LmDraft *self)
{
  return self->in_steps || self->outdated;
}

/* In steps, as in a guide, nothing becomes an entry before that is turned off again. */
void
lm_draft_set_in_steps (LmDraft *self, gboolean in_steps)
{
  self->in_steps = in_steps;
}

static void
set_state (LmDraft *self, LmDraftState state)
{
  self->state = state;
  /* Told each time: "saved at" may have changed. */
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

/**
 * lm_draft_told:
 * @record: what the entry has become on another computer
 *
 * Where nothing was written yet, this becomes the content, if the page can show that; otherwise
 * what is written here is held back.
 *
 * Returns: whether the content is @record now
 */
gboolean
lm_draft_told (LmDraft *self, LmRecord *record)
{
  /* A part is put onto whatever the record is when it is saved. */
  if (self->closed || self->part)
    return FALSE;
  /* Of the whole, both are kept. */
  g_clear_pointer (&self->begun, lm_content_free);
  if (self->changes != self->committed || self->in_steps ||
      !g_signal_has_handler_pending (self, signals[SIGNAL_RELOADED], 0, FALSE))
    {
      set_outdated (self, TRUE);
      return FALSE;
    }
  lm_content_free (self->content);
  self->content = lm_record_content (record);
  lm_base_unref (self->base);
  self->base = lm_base_new (record);
  g_signal_emit (self, signals[SIGNAL_RELOADED], 0);
  return TRUE;
}

/* Saving ------------------------------------------------------------------------------------ */

/* One save on its way: how many changes it holds. */
typedef struct
{
  LmDraft *draft;
  guint changes;
  gboolean draft_only;
  LmContent *sent; /* nullable: what it holds */
  GTask *task;     /* nullable: who waits for it */
} Flight;

/* What stays a draft is offered again, on Today. */
static void
offer_again (LmDraft *self)
{
  g_autoptr (GBytes) payload = NULL;
  g_autoptr (LmRecord) record = NULL;
  g_autoptr (LmEntry) entry = NULL;

  if (self->workspace->state != LM_WORKSPACE_OPEN || self->discarded ||
      lm_content_is_empty (self->content))
    return;
  payload = lm_content_write (self->content);
  record = lm_record_read (&self->id, payload, NULL);
  if (record == NULL)
    return;
  entry = lm_entry_new (record);
  g_list_store_append (self->workspace->drafts, entry);
}

/* Lets go of a closed draft whose text is safe. */
static void
release_if_done (LmDraft *self)
{
  LmWorkspace *workspace = self->workspace;

  if (!self->closed || self->drafted != self->changes)
    return;
  /* What is aside goes with the login: it is tried again, and asked about when the program ends. A
   * lock may let go of it: it is listed after the next unlocking. */
  if ((self->kept == LM_KEPT_ASIDE || (self->part && self->committed != self->changes)) &&
      workspace->state == LM_WORKSPACE_OPEN)
    return;
  if (!self->part && (self->in_steps || self->committed != self->changes))
    offer_again (self);
  g_ptr_array_remove (workspace->open_drafts, self); /* may be the last that has it */
  lm_workspace_settle (workspace);
}

static void
landed_well (LmDraft *self, Flight *flight)
{
  self->drafted = MAX (self->drafted, flight->changes);
  if (!flight->draft_only)
    self->committed = MAX (self->committed, flight->changes);
  g_clear_error (&self->error);
  self->kept = LM_KEPT_NOWHERE;
  if (!flight->draft_only)
    set_outdated (self, FALSE); /* the other text is beside it now */
  if (!flight->draft_only && flight->sent != NULL && (self->part || self->begun != NULL))
    {
      g_clear_pointer (&self->begun, lm_content_free);
      self->begun = g_steal_pointer (&flight->sent);
    }
  if ((!flight->draft_only || is_held (self)) && flight->changes == self->changes)
    {
      g_clear_pointer (&self->saved_at, g_date_time_unref);
      self->saved_at = lm_clock_now (self->workspace->clock);
      set_state (self, LM_DRAFT_SAVED);
    }
}

static void
landed_badly (LmDraft *self, Flight *flight, GError *error, LmKept kept)
{
  g_clear_error (&self->error);
  self->error = g_error_copy (error);
  self->kept = kept;
  if (kept != LM_KEPT_NOWHERE)
    self->drafted = MAX (self->drafted, flight->changes);
  set_state (self, LM_DRAFT_FAILED);
}

static gboolean commit_cb (gpointer data);

static void
landed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Flight *flight = data;
  g_autoptr (LmDraft) self = flight->draft;
  g_autoptr (GTask) task = flight->task;
  g_autoptr (GError) error = NULL;
  LmKept kept;

  if (lm_workspace_save_finish (LM_WORKSPACE (source), result, &kept, &error))
    landed_well (self, flight);
  else
    {
      landed_badly (self, flight, error, kept);
      /* A text that was left and is nowhere yet is tried again as well. */
      if (self->commit_timer == 0 && !self->discarded &&
          (!self->closed || self->part || self->drafted != self->changes || kept == LM_KEPT_ASIDE))
        self->commit_timer = g_timeout_add (RETRY_MS, commit_cb, self);
    }
  /* What is aside is in memory only: who asks has to know. */
  if (task != NULL && (error == NULL || kept == LM_KEPT_DRAFT))
    g_task_return_boolean (task, TRUE);
  else if (task != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  g_clear_pointer (&flight->sent, lm_content_free);
  release_if_done (self);
}

static void
take_off (LmDraft *self, gboolean draft_only, GTask *task)
{
  Flight *flight = g_new (Flight, 1);

  *flight = (Flight) { g_object_ref (self),
                       self->changes,
                       draft_only,
                       self->part || self->begun != NULL ? lm_content_copy (self->content) : NULL,
                       task };
  lm_workspace_save_async (self->workspace,
                           &self->id,
                           self->content,
                           self->begun,
                           self->base,
                           draft_only ? LM_SAVE_DRAFT : LM_SAVE_RECORD,
                           self->beside,
                           landed_cb,
                           flight);
}

static gboolean
pause_cb (gpointer data)
{
  LmDraft *self = data;

  g_clear_handle_id (&self->steady_timer, g_source_remove);
  self->pause_timer = 0;
  if (self->drafted != self->changes)
    take_off (self, TRUE, NULL);
  return G_SOURCE_REMOVE;
}

static gboolean
steady_cb (gpointer data)
{
  LmDraft *self = data;

  self->steady_timer = 0;
  if (self->drafted != self->changes)
    take_off (self, TRUE, NULL);
  return G_SOURCE_REMOVE;
}

static gboolean
commit_cb (gpointer data)
{
  LmDraft *self = data;

  self->commit_timer = 0;
  if (self->committed != self->changes)
    take_off (self, is_held (self), NULL);
  return G_SOURCE_REMOVE;
}

/* To be called after each change of the content. */
void
lm_draft_changed (LmDraft *self)
{
  if (self->closed || self->workspace->closed)
    return;
  self->changes++;
  if (self->state != LM_DRAFT_WRITING && self->state != LM_DRAFT_FAILED)
    set_state (self, LM_DRAFT_WRITING);
  g_clear_handle_id (&self->pause_timer, g_source_remove);
  g_clear_handle_id (&self->commit_timer, g_source_remove);
  self->pause_timer = g_timeout_add (PAUSE_MS, pause_cb, self);
  self->commit_timer = g_timeout_add (COMMIT_MS, commit_cb, self);
  if (self->steady_timer == 0)
    self->steady_timer = g_timeout_add (STEADY_MS, steady_cb, self);
}

/* Whether something is not where it belongs yet. */
static gboolean
needs_saving (LmDraft *self)
{
  return is_held (self) ? self->drafted != self->changes : self->committed != self->changes;
}

/* Saves what is not saved yet, now. */
void
lm_draft_flush (LmDraft *self)
{
  stop_timers (self);
  if (needs_saving (self))
    take_off (self, is_held (self), NULL);
}

/* As lm_draft_flush (), with an answer: an error only if the text is not even in a draft on a disk.
 */
void
lm_draft_flush_async (LmDraft *self, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (self, NULL, callback, data);

  g_task_set_source_tag (task, lm_draft_flush_async);
  set_outdated (self, FALSE); /* there is no page any more to decide on: both texts are kept */
  stop_timers (self);
  if (needs_saving (self))
    {
      take_off (self, is_held (self), task);
      return;
    }
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

gboolean
lm_draft_flush_finish (LmDraft *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * lm_draft_close:
 *
 * The page is left: saves the rest. The draft is kept until its text is safe, however long that
 * takes; nothing of it shows any more.
 */
void
lm_draft_close (LmDraft *self)
{
  if (self->closed)
    return;
  set_outdated (self, FALSE);
  lm_draft_flush (self);
  self->closed = TRUE;
  release_if_done (self);
}

/* The journal was locked: what is in a draft, or aside, need not be in memory any more. */
void
lm_draft_let_go (LmDraft *self)
{
  if (self->kept == LM_KEPT_NOWHERE)
    return;
  g_clear_handle_id (&self->commit_timer, g_source_remove);
  release_if_done (self);
}

gboolean
lm_draft_is_closed (LmDraft *self)
{
  return self->closed;
}

/* The page of a text that is not safe yet is shown again. Returns: (transfer full) (nullable) */
LmDraft *
lm_draft_reopen (LmDraft *self)
{
  if (!self->closed || self->discarded)
    return NULL;
  self->closed = FALSE;
  return g_object_ref (self);
}

/* The person does not want it: drops what was not saved as an entry. */
void
lm_draft_discard (LmDraft *self)
{
  if (self->closed)
    return;
  stop_timers (self);
  self->discarded = TRUE;
  self->closed = TRUE;
  lm_workspace_drop_draft_file (self->workspace, &self->id, self->beside);
  g_ptr_array_remove (self->workspace->open_drafts, self);
}
