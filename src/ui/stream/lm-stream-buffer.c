/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/stream/lm-stream-buffer.h"

/* What GTK does for a person asks whether the text is editable, which a tag answers: Backspace,
 * cut, paste over a selection, dragging, an input method that takes back what it gave. What goes
 * past that, such as a tool that speaks to the accessibility tree, meets the two functions below,
 * through which every change goes. What is still being composed is not in the buffer at all. */

struct _LmStreamBuffer
{
  GtkTextBuffer parent_instance;

  GtkTextTag *written; /* the table has it */
  gboolean correcting;
  gboolean loading;
  gboolean placing; /* the cursor goes to the end just now */
};

G_DEFINE_FINAL_TYPE (LmStreamBuffer, lm_stream_buffer, GTK_TYPE_TEXT_BUFFER)

static void
lm_stream_buffer_insert_text (GtkTextBuffer *buffer, GtkTextIter *at, const char *text, int length)
{
  LmStreamBuffer *self = LM_STREAM_BUFFER (buffer);
  int before = gtk_text_iter_get_offset (at);
  GtkTextIter start;

  if (!self->correcting && !self->loading && !gtk_text_iter_is_end (at))
    return;
  GTK_TEXT_BUFFER_CLASS (lm_stream_buffer_parent_class)->insert_text (buffer, at, text, length);
  if (self->correcting)
    return;
  gtk_text_buffer_get_iter_at_offset (buffer, &start, before);
  gtk_text_buffer_apply_tag (buffer, self->written, &start, at);
}

static void
lm_stream_buffer_delete_range (GtkTextBuffer *buffer, GtkTextIter *start, GtkTextIter *end)
{
  LmStreamBuffer *self = LM_STREAM_BUFFER (buffer);

  if (self->correcting || self->loading)
    GTK_TEXT_BUFFER_CLASS (lm_stream_buffer_parent_class)->delete_range (buffer, start, end);
}

/* Pictures and widgets have no place here. */
static void
lm_stream_buffer_insert_paintable (GtkTextBuffer *buffer, GtkTextIter *at, GdkPaintable *paintable)
{
}

static void
lm_stream_buffer_mark_set (GtkTextBuffer *buffer, const GtkTextIter *at, GtkTextMark *mark)
{
  LmStreamBuffer *self = LM_STREAM_BUFFER (buffer);
  GtkTextIter end;

  GTK_TEXT_BUFFER_CLASS (lm_stream_buffer_parent_class)->mark_set (buffer, at, mark);
  if (self->correcting || self->placing || gtk_text_iter_is_end (at) ||
      (mark != gtk_text_buffer_get_insert (buffer) &&
       mark != gtk_text_buffer_get_selection_bound (buffer)))
    return;
  self->placing = TRUE;
  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_buffer_place_cursor (buffer, &end);
  self->placing = FALSE;
}

static void
lm_stream_buffer_constructed (GObject *object)
{
  LmStreamBuffer *self = LM_STREAM_BUFFER (object);

  G_OBJECT_CLASS (lm_stream_buffer_parent_class)->constructed (object);
  self->written =
      gtk_text_buffer_create_tag (GTK_TEXT_BUFFER (self), "written", "editable", FALSE, NULL);
  gtk_text_buffer_set_enable_undo (GTK_TEXT_BUFFER (self), FALSE);
}

static void
lm_stream_buffer_class_init (LmStreamBufferClass *klass)
{
  GtkTextBufferClass *buffer_class = GTK_TEXT_BUFFER_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = lm_stream_buffer_constructed;
  buffer_class->insert_text = lm_stream_buffer_insert_text;
  buffer_class->delete_range = lm_stream_buffer_delete_range;
  buffer_class->insert_paintable = lm_stream_buffer_insert_paintable;
  buffer_class->mark_set = lm_stream_buffer_mark_set;
}

static void
lm_stream_buffer_init (LmStreamBuffer *self)
{
}

/* Returns: (transfer full): empty */
LmStreamBuffer *
lm_stream_buffer_new (void)
{
  return g_object_new (LM_TYPE_STREAM_BUFFER, NULL);
}

gboolean
lm_stream_buffer_get_correcting (LmStreamBuffer *self)
{
  return self->correcting;
}

/* Whether what is written can be changed, and the cursor goes everywhere. */
void
lm_stream_buffer_set_correcting (LmStreamBuffer *self, gboolean correcting)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self);
  GtkTextIter start, end;

  if (self->correcting == correcting)
    return;
  self->correcting = correcting;
  gtk_text_buffer_set_enable_undo (buffer, correcting);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  if (correcting)
    gtk_text_buffer_remove_tag (buffer, self->written, &start, &end);
  else
    gtk_text_buffer_apply_tag (buffer, self->written, &start, &end);
  gtk_text_buffer_place_cursor (buffer, &end);
}

/* Shows @text as what was written before. */
void
lm_stream_buffer_load (LmStreamBuffer *self, const char *text)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self);
  GtkTextIter end;

  self->loading = TRUE;
  gtk_text_buffer_begin_irreversible_action (buffer);
  gtk_text_buffer_set_text (buffer, text, -1);
  gtk_text_buffer_end_irreversible_action (buffer);
  self->loading = FALSE;
  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_buffer_place_cursor (buffer, &end);
}

/* Returns: (transfer full): everything that is written */
char *
lm_stream_buffer_get_all (LmStreamBuffer *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (self), &start, &end);
  return gtk_text_buffer_get_text (GTK_TEXT_BUFFER (self), &start, &end, TRUE);
}
