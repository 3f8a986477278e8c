/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LmDocumentFlavor:
 * @LM_DOCUMENT_ARTICLE: the library's Markdown, with footnotes and links inside the library
 * @LM_DOCUMENT_ENTRY: what a person wrote: every line break stays, nothing is a link
 */
typedef enum
{
  LM_DOCUMENT_ARTICLE,
  LM_DOCUMENT_ENTRY,
} LmDocumentFlavor;

typedef enum
{
  LM_BLOCK_PARAGRAPH,
  LM_BLOCK_HEADING,
  LM_BLOCK_CODE,
  LM_BLOCK_RULE,
} LmBlockKind;

typedef enum
{
  LM_SPAN_EMPHASIS,
  LM_SPAN_STRONG,
  LM_SPAN_CODE,
  LM_SPAN_STRIKE,
  LM_SPAN_LINK,
  LM_SPAN_NOTE,
} LmSpanKind;

/**
 * LmSpan:
 * @start: first byte in the block's text
 * @end: the byte behind the last
 * @target: (nullable): of a link, or the reference of a note
 */
typedef struct
{
  LmSpanKind kind;
  guint start;
  guint end;
  char *target;
} LmSpan;

/**
 * LmBlock:
 * @level: of a heading, 1 to 6
 * @quote: how many quotations it stands in
 * @list: how many lists it stands in
 * @number: of its list item, from 1; 0 for a bullet
 * @marker: whether it begins a list item
 * @text: without any mark-up
 * @spans: (element-type LmSpan): in order of @start, outer before inner
 * @anchor: (nullable): of a heading
 *
 * One paragraph, heading, … with all that is needed to draw it. The nesting of Markdown is flat
 * here: what stands in a list knows how deep.
 */
typedef struct
{
  LmBlockKind kind;
  guint level;
  guint quote;
  guint list;
  guint number;
  gboolean marker;
  char *text;
  GArray *spans;
  char *anchor;
} LmBlock;

/**
 * LmDocument:
 * @flavor: whose text it is
 * @blocks: (element-type LmBlock): in reading order
 * @notes: (element-type utf8): the references of the notes, each once, in order of first use
 *
 * Markdown, read.
 */
typedef struct
{
  LmDocumentFlavor flavor;
  GPtrArray *blocks;
  GPtrArray *notes;
} LmDocument;

LmDocument *lm_document_read (const char *markdown, LmDocumentFlavor flavor);
void lm_document_free (LmDocument *document);
char *lm_document_dump (LmDocument *document) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmDocument, lm_document_free)

G_END_DECLS
