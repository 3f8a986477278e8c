/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/lm-fold.h"
#include "library/lm-passage.h"
#include "ui/widgets/lm-block-markup.h"
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
  char *anchor;  /* nullable: of a heading */
  GArray *spans; /* of LmSpan; their targets are not to be looked at */
  PangoAttrList *attributes;
} Text;

static void
text_free (gpointer data)
{
  Text *text = data;

  g_free (text->text);
  g_free (text->anchor);
  g_array_unref (text->spans);
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

  *text = (Text) { GTK_LABEL (label),
                   g_strdup (block->text),
                   g_strdup (block->anchor),
                   g_array_copy (block->spans),
                   lm_block_to_attributes (block) };
  g_array_set_clear_func (text->spans, NULL);
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
  /* GTK means the menu for copying; a screen reader says of every paragraph that it opens a popup.
   */
  gtk_accessible_reset_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_HAS_POPUP);
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

/* Passages --------------------------------------------------------------------------------------
 */

/**
 * lm_document_view_get_selected:
 * @section: (out) (optional) (nullable): the anchor of the heading above
 *
 * Returns: (transfer full) (nullable): what is selected, without the numbers of notes
 */
char *
lm_document_view_get_selected (LmDocumentView *self, const char **section)
{
  const char *above = NULL;

  for (guint i = 0; i < self->texts->len; i++)
    {
      Text *text = self->texts->pdata[i];
      g_autofree char *words = NULL;
      int start, end;

      if (text->anchor != NULL)
        above = text->anchor;
      if (!gtk_label_get_selection_bounds (text->label, &start, &end))
        continue;
      words = lm_passage_cut (text->text,
                              text->spans,
                              (guint) (g_utf8_offset_to_pointer (text->text, start) - text->text),
                              (guint) (g_utf8_offset_to_pointer (text->text, end) - text->text));
      if (section != NULL)
        *section = above;
      return words[0] != '\0' ? g_steal_pointer (&words) : NULL;
    }
  return NULL;
}

/**
 * lm_document_view_find_passage:
 * @passage: from lm_document_view_get_selected ()
 * @select: whether to select it, so that it is seen
 * @area: (out) (optional): where in the text it begins
 *
 * Returns: (transfer none) (nullable): the text that it stands in
 */
GtkWidget *
lm_document_view_find_passage (LmDocumentView *self,
                               const char *passage,
                               gboolean select,
                               GdkRectangle *area)
{
  for (guint i = 0; i < self->texts->len; i++)
    {
      Text *text = self->texts->pdata[i];
      Place place = { text->label, 0, 0 };

      if (!lm_passage_find (text->text, text->spans, passage, &place.start, &place.end))
        continue;
      if (select)
        gtk_label_select_region (
            text->label,
            (int) g_utf8_pointer_to_offset (text->text, text->text + place.start),
            (int) g_utf8_pointer_to_offset (text->text, text->text + place.end));
      if (area != NULL)
        area_of (&place, area);
      return GTK_WIDGET (text->label);
    }
  return NULL;
}

/* Adds @menu to what a right click offers; to be called when the document shows. */
void
lm_document_view_set_menu (LmDocumentView *self, GMenuModel *menu)
{
  for (guint i = 0; i < self->texts->len; i++)
    gtk_label_set_extra_menu (((Text *) self->texts->pdata[i])->label, menu);
}

/* Puts @widget below the text @text, which may be %NULL for the end. */
void
lm_document_view_add_below (LmDocumentView *self, GtkWidget *text, GtkWidget *widget)
{
  GtkWidget *block = text != NULL ? text : gtk_widget_get_last_child (GTK_WIDGET (self));

  while (block != NULL && gtk_widget_get_parent (block) != GTK_WIDGET (self))
    block = gtk_widget_get_parent (block);
  gtk_box_insert_child_after (GTK_BOX (self), widget, block);
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
