/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "journal/lm-content.h"
#include "journal/lm-entry.h"

G_BEGIN_DECLS

/**
 * LmDraftState:
 * @LM_DRAFT_QUIET: nothing was changed yet
 * @LM_DRAFT_WRITING: there are words that are not on the disk yet
 * @LM_DRAFT_SAVED: everything is on the disk; see lm_draft_get_saved_at ()
 * @LM_DRAFT_FAILED: saving failed; see lm_draft_get_error ()
 *
 * How far what a person writes has come.
 */
typedef enum
{
  LM_DRAFT_QUIET,
  LM_DRAFT_WRITING,
  LM_DRAFT_SAVED,
  LM_DRAFT_FAILED,
} LmDraftState;

/**
 * LmKept:
 * @LM_KEPT_NOWHERE: only in this process
 * @LM_KEPT_DRAFT: in a draft on this computer
 * @LM_KEPT_ASIDE: in a draft in the runtime folder, until the person logs out
 *
 * Where a text is that could not be saved.
 */
typedef enum
{
  LM_KEPT_NOWHERE,
  LM_KEPT_DRAFT,
  LM_KEPT_ASIDE,
} LmKept;

#define LM_TYPE_DRAFT (lm_draft_get_type ())
G_DECLARE_FINAL_TYPE (LmDraft, lm_draft, LM, DRAFT, GObject)

LmContent *lm_draft_get_content (LmDraft *self);
gboolean lm_draft_is_empty (LmDraft *self);
const LmId *lm_draft_get_id (LmDraft *self);
LmEntry *lm_draft_get_entry (LmDraft *self);
LmDraftState lm_draft_get_state (LmDraft *self);
GDateTime *lm_draft_get_saved_at (LmDraft *self);
const GError *lm_draft_get_error (LmDraft *self);
LmKept lm_draft_get_kept (LmDraft *self);
gboolean lm_draft_is_outdated (LmDraft *self);
gboolean lm_draft_is_closed (LmDraft *self);

void lm_draft_set_in_steps (LmDraft *self, gboolean in_steps);
void lm_draft_changed (LmDraft *self);
void lm_draft_flush (LmDraft *self);
void lm_draft_close (LmDraft *self);
void lm_draft_discard (LmDraft *self);

G_END_DECLS
