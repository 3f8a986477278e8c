/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "ui/widgets/lm-block-markup.h"

/* What stands inside a block of text: emphasis, links, notes. */

static PangoAttribute *
attribute_of (LmSpanKind kind)
{
  switch (kind)
    {
    case LM_SPAN_EMPHASIS:
      return pango_attr_style_new (PANGO_STYLE_ITALIC);
    case LM_SPAN_STRONG:
      return pango_attr_weight_new (PANGO_WEIGHT_BOLD);
    case LM_SPAN_CODE:
      return pango_attr_family_new ("monospace");
    case LM_SPAN_STRIKE:
      return pango_attr_strikethrough_new (TRUE);
    case LM_SPAN_LINK:
    case LM_SPAN_NOTE:
    default:
      return NULL;
    }
}

/* Returns: (transfer full): the emphasis in @block; links are text like any other */
PangoAttrList *
lm_block_to_attributes (const LmBlock *block)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  for (guint i = 0; i < block->spans->len; i++)
    {
      const LmSpan *span = &g_array_index (block->spans, LmSpan, i);
      PangoAttribute *attribute = attribute_of (span->kind);

      if (attribute == NULL)
        continue;
      attribute->start_index = span->start;
      attribute->end_index = span->end;
      pango_attr_list_insert (attributes, attribute);
    }
  return attributes;
}

static void
open_tag (GString *markup, const LmSpan *span)
{
  g_autofree char *target = NULL;

  switch (span->kind)
    {
    case LM_SPAN_EMPHASIS:
      g_string_append (markup, "<i>");
      break;
    case LM_SPAN_STRONG:
      g_string_append (markup, "<b>");
      break;
    case LM_SPAN_CODE:
      g_string_append (markup, "<tt>");
      break;
    case LM_SPAN_STRIKE:
      g_string_append (markup, "<s>");
      break;
    case LM_SPAN_LINK:
      target = g_markup_escape_text (span->target, -1);
      g_string_append_printf (markup, "<a href=\"%s\">", target);
      break;
    case LM_SPAN_NOTE:
      target = g_markup_escape_text (span->target, -1);
      g_string_append_printf (markup, "<a href=\"note:%s\"><sup>", target);
      break;
    default:
      break;
    }
}

static void
close_tag (GString *markup, const LmSpan *span)
{
  static const char *const tags[] = {
    [LM_SPAN_EMPHASIS] = "</i>", [LM_SPAN_STRONG] = "</b>", [LM_SPAN_CODE] = "</tt>",
    [LM_SPAN_STRIKE] = "</s>",   [LM_SPAN_LINK] = "</a>",   [LM_SPAN_NOTE] = "</sup></a>",
  };

  g_string_append (markup, tags[span->kind]);
}

/**
 * lm_block_to_markup:
 * @block: of an article, never of what a person wrote
 *
 * Returns: (transfer full): the block as GtkLabel's markup, links included; the text is escaped
 */
char *
lm_block_to_markup (const LmBlock *block)
{
  GString *markup = g_string_new (NULL);
  g_autoptr (GPtrArray) open = g_ptr_array_new ();
  guint next = 0, at = 0, end = (guint) strlen (block->text);

  for (;;)
    {
      guint until = end;
      g_autofree char *text = NULL;

      if (next < block->spans->len)
        until = g_array_index (block->spans, LmSpan, next).start;
      if (open->len > 0)
        until = MIN (until, ((LmSpan *) open->pdata[open->len - 1])->end);
      text = g_markup_escape_text (block->text + at, until - at);
      g_string_append (markup, text);
      at = until;
      if (open->len > 0 && ((LmSpan *) open->pdata[open->len - 1])->end == at)
        close_tag (markup, g_ptr_array_steal_index (open, open->len - 1));
      else if (next < block->spans->len)
        {
          LmSpan *span = &g_array_index (block->spans, LmSpan, next++);

          open_tag (markup, span);
          g_ptr_array_add (open, span);
        }
      else
        break;
    }
  return g_string_free (markup, FALSE);
}
