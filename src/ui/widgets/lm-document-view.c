/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/widgets/lm-document-view.h"

/* Draws the blocks of a document, each as a label, so that text can be selected, headings are
 * headings and links are links, for the eye and for a screen reader. */

/* How far a list or a quotation is set in. */
#define INDENT 24

struct _LmDocumentView
{
  GtkBox parent_instance;

  GHashTable *anchors; /* anchor → heading's widget */
};

G_DEFINE_FINAL_TYPE (LmDocumentView, lm_document_view, GTK_TYPE_BOX)

enum
{
  SIGNAL_LINK,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Inline text ------------------------------------------------------------------------------- */

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

/* Blocks -------------------------------------------------------------------------------------- */

static gboolean
link_cb (GtkLabel *label, const char *uri, LmDocumentView *self)
{
  g_signal_emit (self, signals[SIGNAL_LINK], 0, uri);
  return TRUE;
}

static gboolean
has_links (const LmBlock *block)
{
  for (guint i = 0; i < block->spans->len; i++)
    if (g_array_index (block->spans, LmSpan, i).target != NULL)
      return TRUE;
  return FALSE;
}

static GtkWidget *
make_label (LmDocumentView *self, const LmBlock *block, gboolean links)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL,
                                   "accessible-role",
                                   block->kind == LM_BLOCK_HEADING ? GTK_ACCESSIBLE_ROLE_HEADING
                                                                   : GTK_ACCESSIBLE_ROLE_PARAGRAPH,
                                   NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_WORD);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  if (links && has_links (block))
    {
      g_autofree char *markup = lm_block_to_markup (block);

      gtk_label_set_markup (GTK_LABEL (label), markup);
      g_signal_connect (label, "activate-link", G_CALLBACK (link_cb), self);
    }
  else
    {
      g_autoptr (PangoAttrList) attributes = lm_block_to_attributes (block);

      gtk_label_set_text (GTK_LABEL (label), block->text);
      gtk_label_set_attributes (GTK_LABEL (label), attributes);
    }
  if (block->kind == LM_BLOCK_HEADING)
    {
      gtk_widget_add_css_class (label, block->level <= 2 ? "lm-heading" : "lm-subheading");
      gtk_accessible_update_property (GTK_ACCESSIBLE (label),
                                      GTK_ACCESSIBLE_PROPERTY_LEVEL,
                                      (int) block->level,
                                      -1);
    }
  else
    gtk_widget_add_css_class (label, block->kind == LM_BLOCK_CODE ? "monospace" : "lm-reading");
  return label;
}

/* A block that begins a list item, with its number or bullet. */
static GtkWidget *
make_item (GtkWidget *label, const LmBlock *block)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_autofree char *text =
      block->number > 0 ? g_strdup_printf ("%u.", block->number) : g_strdup ("•");
  GtkWidget *marker = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (marker), 1);
  gtk_widget_set_valign (marker, GTK_ALIGN_START);
  gtk_widget_set_size_request (marker, INDENT - 8, -1);
  gtk_widget_add_css_class (marker, "lm-reading");
  gtk_box_append (GTK_BOX (box), marker);
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

static GtkWidget *
make_block (LmDocumentView *self, const LmBlock *block, gboolean links)
{
  GtkWidget *widget;
  guint depth = block->list;

  if (block->kind == LM_BLOCK_RULE)
    return gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);
  widget = make_label (self, block, links);
  if (block->anchor != NULL)
    g_hash_table_insert (self->anchors, g_strdup (block->anchor), widget);
  if (block->marker)
    {
      widget = make_item (widget, block);
      depth--;
    }
  gtk_widget_set_margin_start (widget, (int) (depth * INDENT));
  if (block->quote > 0)
    {
      gtk_widget_add_css_class (widget, "lm-quote");
      gtk_widget_set_margin_start (widget, (int) ((depth + block->quote - 1) * INDENT));
    }
  return widget;
}

/**
 * lm_document_view_show:
 * @document: read as an article: its links are told by the signal "link"; read as an entry: there
 * are no links
 *
 * Shows @document instead of what was shown.
 */
void
lm_document_view_show (LmDocumentView *self, LmDocument *document)
{
  GtkWidget *child;

  g_hash_table_remove_all (self->anchors);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_box_remove (GTK_BOX (self), child);
  for (guint i = 0; i < document->blocks->len; i++)
    gtk_box_append (
        GTK_BOX (self),
        make_block (self, document->blocks->pdata[i], document->flavor == LM_DOCUMENT_ARTICLE));
}

/* Returns: (transfer none) (nullable): the heading with the anchor @anchor */
GtkWidget *
lm_document_view_find (LmDocumentView *self, const char *anchor)
{
  return g_hash_table_lookup (self->anchors, anchor);
}

static void
lm_document_view_finalize (GObject *object)
{
  g_hash_table_unref (LM_DOCUMENT_VIEW (object)->anchors);
  G_OBJECT_CLASS (lm_document_view_parent_class)->finalize (object);
}

static void
lm_document_view_class_init (LmDocumentViewClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lm_document_view_finalize;
  /* A link was activated; with its target. */
  signals[SIGNAL_LINK] = g_signal_new ("link",
                                       G_TYPE_FROM_CLASS (klass),
                                       G_SIGNAL_RUN_LAST,
                                       0,
                                       NULL,
                                       NULL,
                                       NULL,
                                       G_TYPE_NONE,
                                       1,
                                       G_TYPE_STRING);
}

static void
lm_document_view_init (LmDocumentView *self)
{
  self->anchors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 12);
}

GtkWidget *
lm_document_view_new (void)
{
  return g_object_new (LM_TYPE_DOCUMENT_VIEW, NULL);
}
