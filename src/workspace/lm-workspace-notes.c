/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "workspace/lm-changes.h"
#include "workspace/lm-workspace-notes.h"
#include "workspace/lm-workspace-private.h"

/* Second reading: notes in the margin of what was written before. */

typedef struct
{
  char *created;
  char *text;
} Note;

static void
note_free (gpointer data)
{
  Note *note = data;

  g_free (note->created);
  g_free (note->text);
  g_free (note);
}

static void
set_note (LmContent *content, gpointer data)
{
  Note *note = data;

  lm_content_set_note (content, note->created, note->text);
}

/**
 * lm_workspace_set_note_async:
 * @created: when the note was begun, as RFC 3339: which note it is
 * @text: what it says; blank if it is to go
 *
 * Writes into the margin of @entry; its own text stays untouched.
 */
void
lm_workspace_set_note_async (LmWorkspace *self,
                             LmEntry *entry,
                             const char *created,
                             const char *text,
                             GAsyncReadyCallback callback,
                             gpointer data)
{
  Note *note = g_new (Note, 1);

  *note = (Note) { g_strdup (created), g_strdup (text) };
  lm_workspace_change_one_async (self,
                                 lm_entry_get_id (entry),
                                 NULL,
                                 set_note,
                                 note,
                                 note_free,
                                 callback,
                                 data);
}

/* Returns: (transfer full) (nullable): how to take it back; %NULL if it could not be saved */
LmUndo *
lm_workspace_set_note_finish (LmWorkspace *self, GAsyncResult *result, GError **error)
{
  return lm_workspace_change_finish (self, result, error);
}
