/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/lm-fold.h"
#include "ui/widgets/lm-document-view.h"

/* Draws the blocks of a document, each as a label, so that text can be selected, headings are
 * headings and links are links, for the eye and for a screen reader. */

/* How far a list or a quotation is set in. */
#define INDENT 24

struct _LmDocumentView
{
  GtkBox parent_instance;

  GHashTable *anchors; /* anchor → heading's widget */
  GHashTable *terms;   /* id of a marked term → Place */
  GPtrArray *texts;    /* of Text, in reading order */
  GArray *found;       /* of Place: what is looked for */
  guint current;       /* of these */
};

/* A place in a text; the label is borrowed. */
typedef struct
{
  GtkLabel *label;
  guint start;
  guint end;
} Place;

typedef struct
{
  GtkLabel *label; /* borrowed */
  char *text;
  PangoAttrList *attributes;
} Text;

static void
text_free (gpointer data)
{
  Text *text = data;

  g_free (text->text);
  pango_attr_list_unref (text->attributes);
  g_free (text);
}

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

/* What stands in the way of a term at @place: a link, or emphasis that it would cross. */
static gboolean
is_taken (const LmBlock *block, const LmGlossaryPlace *place)
{
  for (guint i = 0; i < block->spans->len; i++)
    {
      const LmSpan *span = &g_array_index (block->spans, LmSpan, i);
      gboolean apart = span->end <= place->start || place->end <= span->start;
      gboolean inside = span->start <= place->start && place->end <= span->end;

      if (!apart && (!inside || span->target != NULL))
        return TRUE;
    }
  return FALSE;
}

static int
compare_spans (gconstpointer a, gconstpointer b)
{
  const LmSpan *x = a, *y = b;

  if (x->start != y->start)
    return x->start < y->start ? -1 : 1;
  return x->end > y->end ? -1 : x->end < y->end;
}

/* Returns: (transfer full): @block's spans with the terms that are explained here for the first
 * time; the strings are borrowed, but for those in @targets */
static GArray *
add_terms (const LmBlock *block, LmGlossary *glossary, GHashTable *seen, GPtrArray *targets)
{
  GArray *spans = g_array_copy (block->spans);
  g_autoptr (GArray) places = NULL;

  g_array_set_clear_func (spans, NULL);
  if (glossary == NULL || (block->kind != LM_BLOCK_PARAGRAPH))
    return spans;
  places = lm_glossary_mark (glossary, block->text, seen);
  for (guint i = 0; i < places->len; i++)
    {
      LmGlossaryPlace *place = &g_array_index (places, LmGlossaryPlace, i);
      LmSpan span = { LM_SPAN_LINK, place->start, place->end, NULL };

      if (is_taken (block, place))
        {
          /* The next time, then. */
          g_hash_table_remove (seen, place->term->id);
          continue;
        }
      span.target = g_strconcat ("term:", place->term->id, NULL);
      g_ptr_array_add (targets, span.target);
      g_array_append_val (spans, span);
    }
  g_array_sort (spans, compare_spans);
  return spans;
}

static void
note_terms (LmDocumentView *self, GtkWidget *label, GArray *spans)
{
  for (guint i = 0; i < spans->len; i++)
    {
      const LmSpan *span = &g_array_index (spans, LmSpan, i);

      if (span->kind == LM_SPAN_LINK && g_str_has_prefix (span->target, "term:"))
        {
          Place *place = g_new (Place, 1);

          *place = (Place) { GTK_LABEL (label), span->start, span->end };
          g_hash_table_insert (self->terms, g_strdup (span->target + strlen ("term:")), place);
        }
    }
}

static void
note_text (LmDocumentView *self, GtkWidget *label, const LmBlock *block)
{
  Text *text = g_new (Text, 1);

  *text = (Text) { GTK_LABEL (label), g_strdup (block->text), lm_block_to_attributes (block) };
  g_ptr_array_add (self->texts, text);
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
  note_text (self, widget, block);
  note_terms (self, widget, block->spans);
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

static void
clear (LmDocumentView *self)
{
  GtkWidget *child;

  g_hash_table_remove_all (self->anchors);
  g_hash_table_remove_all (self->terms);
  g_array_set_size (self->found, 0);
  g_ptr_array_set_size (self->texts, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_box_remove (GTK_BOX (self), child);
}

/**
 * lm_document_view_show_marked:
 * @document: read as an article: its links are told by the signal "link"; read as an entry: there
 * are no links
 * @glossary: (nullable): words to mark where they first stand, as links to "term:id"
 *
 * Shows @document instead of what was shown.
 */
void
lm_document_view_show_marked (LmDocumentView *self, LmDocument *document, LmGlossary *glossary)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  clear (self);
  for (guint i = 0; i < document->blocks->len; i++)
    {
      LmBlock block = *(LmBlock *) document->blocks->pdata[i];
      g_autoptr (GPtrArray) targets = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GArray) spans = add_terms (&block, glossary, seen, targets);

      block.spans = spans;
      gtk_box_append (GTK_BOX (self),
                      make_block (self, &block, document->flavor == LM_DOCUMENT_ARTICLE));
    }
}

/* Shows @document without marking any words. */
void
lm_document_view_show (LmDocumentView *self, LmDocument *document)
{
  lm_document_view_show_marked (self, document, NULL);
}

/* Returns: (transfer none) (nullable): the heading with the anchor @anchor */
GtkWidget *
lm_document_view_find (LmDocumentView *self, const char *anchor)
{
  return g_hash_table_lookup (self->anchors, anchor);
}

/* Finding ------------------------------------------------------------------------------------- */

static void
area_of (const Place *place, GdkRectangle *area)
{
  PangoRectangle first, last;
  int x, y;

  gtk_label_get_layout_offsets (place->label, &x, &y);
  pango_layout_index_to_pos (gtk_label_get_layout (place->label), (int) place->start, &first);
  pango_layout_index_to_pos (gtk_label_get_layout (place->label), (int) place->end, &last);
  /* A word that is broken is pointed to where it begins. */
  if (last.y != first.y)
    last.x = first.x + first.width;
  *area = (GdkRectangle) { x + PANGO_PIXELS (MIN (first.x, last.x)),
                           y + PANGO_PIXELS (first.y),
                           MAX (1, PANGO_PIXELS (ABS (last.x - first.x))),
                           PANGO_PIXELS (first.height) };
}

/**
 * lm_document_view_get_term:
 * @area: (out): where in the text the term is marked
 *
 * Returns: (transfer none) (nullable): the text in which the term with the id @term is marked
 */
GtkWidget *
lm_document_view_get_term (LmDocumentView *self, const char *term, GdkRectangle *area)
{
  const Place *place = g_hash_table_lookup (self->terms, term);

  if (place == NULL)
    return NULL;
  area_of (place, area);
  return GTK_WIDGET (place->label);
}

static void
find_in (LmDocumentView *self, const Text *text, const char *wanted)
{
  g_autofree guint *origins = NULL;
  g_autofree char *folded = lm_fold_with_origins (text->text, &origins);

  for (const char *at = folded; (at = strstr (at, wanted)) != NULL; at += strlen (wanted))
    {
      gsize begin = (gsize) (at - folded), end = begin + strlen (wanted);
      Place place = { text->label, origins[begin], 0 };

      /* The whole of a letter of which only a part was looked for, as in "ß". */
      while (folded[end] != '\0' && origins[end] == origins[end - 1])
        end++;
      place.end = origins[end];
      g_array_append_val (self->found, place);
    }
}

static void
add_mark (PangoAttrList *attributes, const Place *place, gboolean is_current)
{
  PangoAttribute *marks[] = {
    is_current ? pango_attr_background_new (0xffff, 0xa3a3, 0x4848)
               : pango_attr_background_new (0xf9f9, 0xf0f0, 0x6b6b),
    pango_attr_foreground_new (0, 0, 0),
  };

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      marks[i]->start_index = place->start;
      marks[i]->end_index = place->end;
      pango_attr_list_insert (attributes, marks[i]);
    }
}

static void
show_marks (LmDocumentView *self)
{
  guint next = 0;

  for (guint i = 0; i < self->texts->len; i++)
    {
      Text *text = self->texts->pdata[i];
      g_autoptr (PangoAttrList) attributes = pango_attr_list_copy (text->attributes);

      for (; next < self->found->len; next++)
        {
          Place *place = &g_array_index (self->found, Place, next);

          if (place->label != text->label)
            break;
          add_mark (attributes, place, next == self->current);
        }
      gtk_label_set_attributes (text->label, attributes);
    }
}

/**
 * lm_document_view_find_text:
 * @words: what to mark; "" for nothing
 *
 * Returns: how many places were found
 */
guint
lm_document_view_find_text (LmDocumentView *self, const char *words)
{
  g_autofree char *wanted = lm_fold (words);

  g_array_set_size (self->found, 0);
  self->current = 0;
  for (guint i = 0; wanted[0] != '\0' && i < self->texts->len; i++)
    find_in (self, self->texts->pdata[i], wanted);
  show_marks (self);
  return self->found->len;
}

/**
 * lm_document_view_show_found:
 * @index: less than what lm_document_view_find_text () returned
 * @area: (out): where in the text it is
 *
 * Marks one of the places as the present one.
 *
 * Returns: (transfer none): the text that it is in
 */
GtkWidget *
lm_document_view_show_found (LmDocumentView *self, guint index, GdkRectangle *area)
{
  const Place *place = &g_array_index (self->found, Place, index);

  self->current = index;
  show_marks (self);
  area_of (place, area);
  return GTK_WIDGET (place->label);
}

/* Returns: (transfer full) (nullable): what is selected */
char *
lm_document_view_get_selected (LmDocumentView *self)
{
  for (guint i = 0; i < self->texts->len; i++)
    {
      Text *text = self->texts->pdata[i];
      int start, end;

      if (gtk_label_get_selection_bounds (text->label, &start, &end))
        return g_utf8_substring (text->text, start, end);
    }
  return NULL;
}

static void
lm_document_view_finalize (GObject *object)
{
  LmDocumentView *self = LM_DOCUMENT_VIEW (object);

  g_hash_table_unref (self->anchors);
  g_hash_table_unref (self->terms);
  g_ptr_array_unref (self->texts);
  g_array_unref (self->found);
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
  self->terms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->texts = g_ptr_array_new_with_free_func (text_free);
  self->found = g_array_new (FALSE, FALSE, sizeof (Place));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 12);
}

GtkWidget *
lm_document_view_new (void)
{
  return g_object_new (LM_TYPE_DOCUMENT_VIEW, NULL);
}
