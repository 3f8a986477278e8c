/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <md4c.h>
#include <string.h>

#include "base/lm-text.h"
#include "library/lm-document.h"

/* md4c (CommonMark) says what begins and ends; this puts it together into flat blocks. */

#define NOTE_PREFIX  "note:"
#define NOTE_LETTERS "abcdefghijklmnopqrstuvwxyz0123456789-"
#define MINUS        "\xe2\x88\x92" /* U+2212 */
/* A character that stands for nothing (U+FDD0): put in before md4c reads and left out afterwards.
 */
#define GUARD "\xef\xb7\x90"

typedef struct
{
  guint number;   /* of the next item, 0 for bullets */
  gboolean fresh; /* the item has no block yet */
} List;

typedef struct
{
  LmDocument *document;
  LmDocumentFlavor flavor;
  GArray *lists; /* of List, the innermost last */
  guint quote;
  LmBlock *block;   /* that is being written */
  GString *text;    /* of it */
  GArray *open;     /* indices into its spans */
  gboolean in_note; /* its text is replaced by a number */
} Reader;

static void
span_clear (gpointer data)
{
  LmSpan *span = data;

  g_free (span->target);
}

static void
block_free (gpointer data)
{
  LmBlock *block = data;

  g_free (block->text);
  g_free (block->anchor);
  g_array_unref (block->spans);
  g_free (block);
}

void
lm_document_free (LmDocument *document)
{
  g_ptr_array_unref (document->blocks);
  g_ptr_array_unref (document->notes);
  g_free (document);
}

static List *
innermost (Reader *reader)
{
  return reader->lists->len > 0 ? &g_array_index (reader->lists, List, reader->lists->len - 1)
                                : NULL;
}

/* md4c leaves tabs around the words of a heading; those before them are never taken up. */
static void
strip_tail (LmBlock *block, GString *text)
{
  while (text->len > 0 && strchr (" \t", text->str[text->len - 1]) != NULL)
    g_string_truncate (text, text->len - 1);
  for (guint i = 0; i < block->spans->len; i++)
    {
      LmSpan *span = &g_array_index (block->spans, LmSpan, i);

      span->start = MIN (span->start, (guint) text->len);
      span->end = MIN (span->end, (guint) text->len);
    }
}

static void
end_block (Reader *reader)
{
  LmBlock *block = reader->block;

  if (block == NULL)
    return;
  reader->block = NULL;
  if (block->kind == LM_BLOCK_CODE && reader->text->len > 0 &&
      reader->text->str[reader->text->len - 1] == '\n')
    g_string_truncate (reader->text, reader->text->len - 1);
  for (guint i = 0; i < reader->open->len; i++)
    g_array_index (block->spans, LmSpan, g_array_index (reader->open, guint, i)).end =
        (guint) reader->text->len;
  g_array_set_size (reader->open, 0);
  if (block->kind == LM_BLOCK_HEADING)
    strip_tail (block, reader->text);
  block->text = g_strdup (reader->text->str);
  if (block->kind == LM_BLOCK_HEADING)
    block->anchor = lm_text_slug (block->text);
  g_ptr_array_add (reader->document->blocks, block);
}

static void
begin_block (Reader *reader, LmBlockKind kind, guint level)
{
  LmBlock *block = g_new0 (LmBlock, 1);
  List *list = innermost (reader);

  /* In a tight list nothing else says that the item's first line is over. */
  end_block (reader);
  block->kind = kind;
  block->level = level;
  block->quote = reader->quote;
  block->list = reader->lists->len;
  block->spans = g_array_new (FALSE, FALSE, sizeof (LmSpan));
  g_array_set_clear_func (block->spans, span_clear);
  if (list != NULL)
    {
      block->number = list->number;
      block->marker = list->fresh;
      list->fresh = FALSE;
    }
  reader->block = block;
  g_string_truncate (reader->text, 0);
}

static void
append_text (GString *text, const char *more, gsize length)
{
  const char *guard;

  if (length == 0) /* there may be no text at all, then */
    return;
  while ((guard = memmem (more, length, GUARD, strlen (GUARD))) != NULL)
    {
      gsize before = (gsize) (guard - more);

      g_string_append_len (text, more, (gssize) before);
      more += before + strlen (GUARD);
      length -= before + strlen (GUARD);
    }
  g_string_append_len (text, more, (gssize) length);
}

static char *
attribute_text (const MD_ATTRIBUTE *attribute)
{
  GString *text = g_string_new (NULL);

  append_text (text, attribute->text, attribute->size);
  return g_string_free (text, FALSE);
}

/* What stands behind the fence of a person's code is their text too. */
static void
tell_info (Reader *reader, const MD_ATTRIBUTE *info)
{
  if (reader->flavor != LM_DOCUMENT_ENTRY || info->size == 0)
    return;
  append_text (reader->text, info->text, info->size);
  g_string_append_c (reader->text, '\n');
}

static int
enter_block_cb (MD_BLOCKTYPE type, void *detail, void *data)
{
  Reader *reader = data;
  List list = { 0, FALSE };

  switch (type)
    {
    case MD_BLOCK_QUOTE:
      reader->quote++;
      break;
    case MD_BLOCK_OL:
      end_block (reader);
      list.number = ((MD_BLOCK_OL_DETAIL *) detail)->start;
      list.number = MAX (list.number, 1);
      g_array_append_val (reader->lists, list);
      break;
    case MD_BLOCK_UL:
      end_block (reader);
      g_array_append_val (reader->lists, list);
      break;
    case MD_BLOCK_LI:
      innermost (reader)->fresh = TRUE;
      break;
    case MD_BLOCK_H:
      begin_block (reader, LM_BLOCK_HEADING, ((MD_BLOCK_H_DETAIL *) detail)->level);
      break;
    case MD_BLOCK_P:
      begin_block (reader, LM_BLOCK_PARAGRAPH, 0);
      break;
    case MD_BLOCK_CODE:
      begin_block (reader, LM_BLOCK_CODE, 0);
      tell_info (reader, &((MD_BLOCK_CODE_DETAIL *) detail)->info);
      break;
    case MD_BLOCK_HR:
      begin_block (reader, LM_BLOCK_RULE, 0);
      break;
    case MD_BLOCK_DOC:
    case MD_BLOCK_HTML:
    case MD_BLOCK_TABLE:
    case MD_BLOCK_THEAD:
    case MD_BLOCK_TBODY:
    case MD_BLOCK_TR:
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
    default:
      break;
    }
  return 0;
}

static int
leave_block_cb (MD_BLOCKTYPE type, void *detail, void *data)
{
  Reader *reader = data;

  end_block (reader);
  switch (type)
    {
    case MD_BLOCK_QUOTE:
      reader->quote--;
      break;
    case MD_BLOCK_OL:
    case MD_BLOCK_UL:
      g_array_set_size (reader->lists, reader->lists->len - 1);
      break;
    case MD_BLOCK_LI:
      if (innermost (reader)->number > 0)
        innermost (reader)->number++;
      break;
    case MD_BLOCK_H:
    case MD_BLOCK_P:
    case MD_BLOCK_CODE:
    case MD_BLOCK_HR:
    case MD_BLOCK_DOC:
    case MD_BLOCK_HTML:
    case MD_BLOCK_TABLE:
    case MD_BLOCK_THEAD:
    case MD_BLOCK_TBODY:
    case MD_BLOCK_TR:
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
    default:
      break;
    }
  return 0;
}

/* The items of a tight list have no paragraph of their own. */
static void
ensure_block (Reader *reader)
{
  if (reader->block == NULL)
    begin_block (reader, LM_BLOCK_PARAGRAPH, 0);
}

static guint
number_of_note (Reader *reader, const char *reference)
{
  GPtrArray *notes = reader->document->notes;

  for (guint i = 0; i < notes->len; i++)
    if (g_str_equal (notes->pdata[i], reference))
      return i + 1;
  g_ptr_array_add (notes, g_strdup (reference));
  return notes->len;
}

static gboolean
span_of (MD_SPANTYPE type, void *detail, LmSpan *span)
{
  MD_SPAN_A_DETAIL *link = detail;

  switch (type)
    {
    case MD_SPAN_EM:
      span->kind = LM_SPAN_EMPHASIS;
      return TRUE;
    case MD_SPAN_STRONG:
      span->kind = LM_SPAN_STRONG;
      return TRUE;
    case MD_SPAN_CODE:
      span->kind = LM_SPAN_CODE;
      return TRUE;
    case MD_SPAN_DEL:
      span->kind = LM_SPAN_STRIKE;
      return TRUE;
    case MD_SPAN_A:
      span->kind = LM_SPAN_LINK;
      span->target = attribute_text (&link->href);
      return TRUE;
    case MD_SPAN_IMG:
    case MD_SPAN_LATEXMATH:
    case MD_SPAN_LATEXMATH_DISPLAY:
    case MD_SPAN_WIKILINK:
    case MD_SPAN_U:
    default:
      return FALSE;
    }
}

/* "1" and "2" side by side would be "12". */
static void
part_from_note (Reader *reader)
{
  GArray *spans = reader->block->spans;
  const LmSpan *last = spans->len > 0 ? &g_array_index (spans, LmSpan, spans->len - 1) : NULL;

  if (last != NULL && last->kind == LM_SPAN_NOTE && last->end == reader->text->len)
    g_string_append (reader->text, "\xe2\x80\xaf"); /* narrow, and without a break */
}

static int
enter_span_cb (MD_SPANTYPE type, void *detail, void *data)
{
  Reader *reader = data;
  LmSpan span = { 0 };
  guint index;

  ensure_block (reader);
  if (!span_of (type, detail, &span))
    return 0;
  span.start = (guint) reader->text->len;
  if (span.target != NULL && reader->flavor == LM_DOCUMENT_ARTICLE &&
      g_str_has_prefix (span.target, NOTE_PREFIX))
    {
      char *reference = g_strdup (span.target + strlen (NOTE_PREFIX));

      g_free (span.target);
      part_from_note (reader);
      span.start = (guint) reader->text->len;
      span.target = reference;
      span.kind = LM_SPAN_NOTE;
      g_string_append_printf (reader->text, "%u", number_of_note (reader, reference));
      reader->in_note = TRUE;
    }
  index = reader->block->spans->len;
  g_array_append_val (reader->open, index);
  g_array_append_val (reader->block->spans, span);
  return 0;
}

/* Nothing that a person wrote may be hidden behind a link or a picture. */
static void
tell_target (Reader *reader, const MD_ATTRIBUTE *target, const MD_ATTRIBUTE *title, guint start)
{
  g_autofree char *text = attribute_text (target);
  g_autofree char *more = attribute_text (title);

  if (reader->flavor != LM_DOCUMENT_ENTRY)
    return;
  if (more[0] != '\0')
    g_string_append_printf (reader->text, " (%s \"%s\")", text, more);
  else if (!g_str_equal (reader->text->str + start, text))
    g_string_append_printf (reader->text, " (%s)", text);
}

/* The innermost open span of the kind; %NULL if none is open: for "[](~~)~~", md4c leaves a span
 * that it never entered. */
static LmSpan *
close_span (Reader *reader, LmSpanKind kind)
{
  for (guint i = reader->open->len; i > 0; i--)
    {
      guint index = g_array_index (reader->open, guint, i - 1);
      LmSpan *span = &g_array_index (reader->block->spans, LmSpan, index);

      if (span->kind == kind || (kind == LM_SPAN_LINK && span->kind == LM_SPAN_NOTE))
        {
          g_array_remove_index (reader->open, i - 1);
          return span;
        }
    }
  return NULL;
}

static int
leave_span_cb (MD_SPANTYPE type, void *detail, void *data)
{
  Reader *reader = data;
  LmSpan left = { 0 }, *span;
  MD_SPAN_A_DETAIL *link = detail;
  MD_SPAN_IMG_DETAIL *picture = detail;

  if (type == MD_SPAN_IMG)
    tell_target (reader, &picture->src, &picture->title, (guint) reader->text->len);
  if (!span_of (type, detail, &left))
    return 0;
  g_free (left.target);
  span = close_span (reader, left.kind);
  if (span == NULL)
    return 0;
  span->end = (guint) reader->text->len;
  if (span->kind == LM_SPAN_LINK && !link->is_autolink)
    tell_target (reader, &link->href, &link->title, span->start);
  reader->in_note = FALSE;
  return 0;
}

static int
text_cb (MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *data)
{
  Reader *reader = data;

  if (reader->in_note)
    return 0;
  ensure_block (reader);
  switch (type)
    {
    case MD_TEXT_BR:
      g_string_append_c (reader->text, '\n');
      break;
    case MD_TEXT_SOFTBR:
      g_string_append_c (reader->text, ' ');
      break;
    case MD_TEXT_NULLCHAR:
      g_string_append (reader->text, "\xef\xbf\xbd");
      break;
    case MD_TEXT_NORMAL:
    case MD_TEXT_ENTITY:
    case MD_TEXT_CODE:
    case MD_TEXT_HTML:
    case MD_TEXT_LATEXMATH:
    default:
      while (reader->block->kind == LM_BLOCK_HEADING && reader->text->len == 0 && size > 0 &&
             strchr (" \t", text[0]) != NULL)
        {
          text++;
          size--;
        }
      append_text (reader->text, text, size);
      break;
    }
  return 0;
}

/* "[mum]: asked" would define a link and be gone. */
static char *
keep_definitions (const char *markdown)
{
  g_auto (GStrv) parts = g_strsplit (markdown, "]:", -1);

  return g_strjoinv ("]" GUARD ":", parts);
}

/* Returns: how many letters at @at are "[^id]", 0 if none */
static gsize
note_at (const char *at)
{
  gsize id = at[0] == '[' && at[1] == '^' ? strspn (at + 2, NOTE_LETTERS) : 0;

  return id > 0 && at[2 + id] == ']' ? id + 3 : 0;
}

/* Whether "r = " with a figure behind it is at @at, and no word ends in that letter. */
static gboolean
is_figure (const char *markdown, const char *at)
{
  gunichar before;

  if (!g_ascii_islower (at[0]) || strncmp (at + 1, " = ", 3) != 0)
    return FALSE;
  before = at > markdown ? g_utf8_get_char (g_utf8_prev_char (at)) : ' ';
  return !g_unichar_isalnum (before) && before != '_' &&
         (strncmp (at + 4, MINUS, strlen (MINUS)) == 0 || at[4] == '.' || at[4] == ',' ||
          g_ascii_isdigit (at[4]));
}

/* CommonMark knows no footnotes: [^id] becomes a link that is easily told apart. And "r = .28" is
 * kept on one line. By hand: regular expressions for it were half of reading the library, which is
 * done while the window starts. */
static char *
prepare_article (const char *markdown)
{
  GString *text = g_string_sized_new (strlen (markdown) * 5 / 4);
  gsize note;

  for (const char *at = markdown; *at != '\0';)
    if ((note = note_at (at)) > 0)
      {
        g_string_append_c (text, '[');
        g_string_append_len (text, at + 2, (gssize) note - 3);
        g_string_append (text, "](" NOTE_PREFIX);
        g_string_append_len (text, at + 2, (gssize) note - 3);
        g_string_append_c (text, ')');
        at += note;
      }
    else if (is_figure (markdown, at))
      {
        g_string_append_c (text, *at);
        g_string_append (text, "\u00a0=\u00a0");
        at += 4;
      }
    else
      g_string_append_c (text, *at++);
  return g_string_free (text, FALSE);
}

/**
 * lm_document_read:
 * @markdown: there is no text that is not Markdown; what is not UTF-8 is replaced by U+FFFD
 * @flavor: whose text it is
 *
 * HTML is text like any other.
 *
 * Returns: (transfer full): the blocks
 */
LmDocument *
lm_document_read (const char *markdown, LmDocumentFlavor flavor)
{
  LmDocument *document = g_new (LmDocument, 1);
  g_autofree char *valid = g_utf8_make_valid (markdown, -1);
  g_autofree char *source =
      flavor == LM_DOCUMENT_ARTICLE ? prepare_article (valid) : keep_definitions (valid);
  Reader reader = { .document = document, .flavor = flavor };
  MD_PARSER parser = {
    .flags = MD_FLAG_NOHTML | MD_FLAG_NOINDENTEDCODEBLOCKS | MD_FLAG_STRIKETHROUGH |
             (flavor == LM_DOCUMENT_ENTRY ? MD_FLAG_HARD_SOFT_BREAKS : 0),
    .enter_block = enter_block_cb,
    .leave_block = leave_block_cb,
    .enter_span = enter_span_cb,
    .leave_span = leave_span_cb,
    .text = text_cb,
  };

  document->flavor = flavor;
  document->blocks = g_ptr_array_new_with_free_func (block_free);
  document->notes = g_ptr_array_new_with_free_func (g_free);
  reader.lists = g_array_new (FALSE, FALSE, sizeof (List));
  reader.open = g_array_new (FALSE, FALSE, sizeof (guint));
  reader.text = g_string_new (NULL);
  if (md_parse (source, (MD_SIZE) strlen (source), &parser, &reader) != 0)
    g_error ("out of memory while reading Markdown"); /* its only failure */
  g_array_unref (reader.lists);
  g_array_unref (reader.open);
  g_string_free (reader.text, TRUE);
  return document;
}

static const char *const block_names[] = { "paragraph", "heading", "code", "rule" };
static const char *const span_names[] = { "emphasis", "strong", "code", "strike", "link", "note" };

/* Returns: (transfer full): the blocks as text, a line each and one for each span; for tests */
char *
lm_document_dump (LmDocument *document)
{
  GString *dump = g_string_new (NULL);

  for (guint i = 0; i < document->blocks->len; i++)
    {
      LmBlock *block = document->blocks->pdata[i];
      g_autofree char *text = g_strescape (block->text, NULL);

      g_string_append (dump, block_names[block->kind]);
      if (block->level > 0)
        g_string_append_printf (dump, " %u", block->level);
      if (block->quote > 0)
        g_string_append_printf (dump, " quote=%u", block->quote);
      if (block->list > 0)
        g_string_append_printf (dump, " list=%u", block->list);
      if (block->marker && block->number > 0)
        g_string_append_printf (dump, " item=%u", block->number);
      else if (block->marker)
        g_string_append (dump, " item");
      g_string_append_printf (dump, " \"%s\"\n", text);
      for (guint k = 0; k < block->spans->len; k++)
        {
          LmSpan *span = &g_array_index (block->spans, LmSpan, k);

          g_string_append_printf (dump,
                                  "  %s %u-%u",
                                  span_names[span->kind],
                                  span->start,
                                  span->end);
          if (span->target != NULL)
            g_string_append_printf (dump, " %s", span->target);
          g_string_append_c (dump, '\n');
        }
    }
  return g_string_free (dump, FALSE);
}
