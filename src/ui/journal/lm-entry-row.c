/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "base/lm-text.h"
#include "ui/journal/lm-entry-row.h"
#include "ui/journal/lm-row-metrics.h"
#include "workspace/lm-phrases.h"
#include "workspace/lm-workspace-search.h"

/* An entry in a list: its day, how it begins, its tags. One widget that draws its texts itself: a
 * list keeps two hundred rows ready, and a label for each of six texts made opening the journal and
 * every answer of a search several times as slow. Of a row that nobody sees only the height is
 * known, and that only about: it takes as many lines as its letters should need. */

/* Pixels. */
#define SPACE       16
#define LINE_SPACE  3
#define DAY_WIDTH   40
#define MIN_WIDTH   200
#define WIDE        600
#define EXCERPT_MAX 2 /* lines */

typedef enum
{
  DAY,
  WEEKDAY,
  TITLE,
  EXCERPT,
  DETAILS,
  TIME,
  N_TEXTS
} Text;

static const struct
{
  LmRowFont font;
  gboolean dimmed;
} looks[N_TEXTS] = {
  [DAY] = { LM_ROW_FONT_DAY, FALSE },      [WEEKDAY] = { LM_ROW_FONT_SMALL, TRUE },
  [TITLE] = { LM_ROW_FONT_TITLE, FALSE },  [EXCERPT] = { LM_ROW_FONT_TEXT, TRUE },
  [DETAILS] = { LM_ROW_FONT_SMALL, TRUE }, [TIME] = { LM_ROW_FONT_SMALL, TRUE },
};

struct _LmEntryRow
{
  GtkWidget parent_instance;

  /* Each only where it is needed; nullable. */
  GtkWidget *check_button;
  GtkWidget *conflict_image;
  GtkWidget *tray_image;

  LmEntry *entry;
  LmQuery *query;        /* what it was found by; nullable */
  char *excerpt;         /* of what was found; nullable */
  GArray *excerpt_marks; /* nullable */
  int letters;           /* of how it begins, as wide as they are; -1 if nobody has asked */

  /* Once it is drawn. */
  PangoLayout *layouts[N_TEXTS];
  int drawn_width;
  gboolean stale; /* they are of another entry, or of what it was */
};

G_DEFINE_FINAL_TYPE (LmEntryRow, lm_entry_row, GTK_TYPE_WIDGET)

/* Returns: the title of @entry, or how it begins if it has none */
const char *
lm_entry_row_title (LmEntry *entry)
{
  LmRecord *record = lm_entry_get_record (entry);

  if (!lm_text_is_blank (record->title))
    return record->title;
  return lm_text_is_blank (record->excerpt) ? _ ("Untitled") : record->excerpt;
}

/* Returns: what of the text is shown. In a search it is made only now, as its whole text has to be
 * read for that. */
const char *
lm_entry_row_get_excerpt (LmEntryRow *self)
{
  if (self->entry == NULL)
    return "";
  if (self->query == NULL)
    return lm_entry_get_record (self->entry)->excerpt;
  if (self->excerpt == NULL)
    self->excerpt = lm_found_excerpt (self->query, self->entry, &self->excerpt_marks);
  return self->excerpt;
}

/* Whether what lm_entry_row_get_excerpt () returns is made already. */
gboolean
lm_entry_row_has_excerpt (LmEntryRow *self)
{
  return self->query == NULL || self->excerpt != NULL;
}

/* How tall -------------------------------------------------------------------------------------
 *
 * By how the entry begins, also where something else of it is shown: that is about as long, and
 * known. */

static gboolean
has_text (LmEntryRow *self, Text text)
{
  LmRecord *record = lm_entry_get_record (self->entry);

  switch (text)
    {
    case TITLE:
      return !lm_text_is_blank (record->title);
    case EXCERPT:
      return record->excerpt[0] != '\0';
    case DETAILS:
      return self->query != NULL || record->tags[0] != NULL;
    case DAY:
    case WEEKDAY:
    case TIME:
    case N_TEXTS:
    default:
      return TRUE;
    }
}

static int
width_of (GtkWidget *child)
{
  int width = 0;

  if (child == NULL || !gtk_widget_get_visible (child))
    return 0;
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  return width + SPACE;
}

/* The lines that the excerpt gets. GTK asks for each row several times. */
static guint
excerpt_lines (LmEntryRow *self, const LmRowMetrics *metrics, int width)
{
  int room = width - width_of (self->check_button) - DAY_WIDTH - SPACE;

  room -= width_of (self->conflict_image) + width_of (self->tray_image);
  room -= SPACE + metrics->time_width;
  if (self->letters < 0)
    self->letters = lm_row_metrics_letters (lm_entry_get_record (self->entry)->excerpt);
  return lm_row_metrics_width (metrics, self->letters) < room ? 1 : EXCERPT_MAX;
}

static int
height_of_texts (LmEntryRow *self, const LmRowMetrics *metrics, guint lines)
{
  int height = 0;

  for (Text text = TITLE; text <= DETAILS; text++)
    if (has_text (self, text))
      height += metrics->heights[looks[text].font] * (text == EXCERPT ? (int) lines : 1) +
                (height > 0 ? LINE_SPACE : 0);
  return height;
}

static void
lm_entry_row_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  LmEntryRow *self = LM_ENTRY_ROW (widget);
  const LmRowMetrics *metrics;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MIN_WIDTH;
      *natural = WIDE;
      return;
    }
  metrics = lm_row_metrics_get (widget);
  *minimum = metrics->heights[LM_ROW_FONT_DAY] + metrics->heights[LM_ROW_FONT_SMALL];
  if (self->entry != NULL)
    *minimum =
        MAX (*minimum,
             height_of_texts (self,
                              metrics,
                              excerpt_lines (self, metrics, for_size >= 0 ? for_size : WIDE)));
  *natural = *minimum;
}

static GtkSizeRequestMode
lm_entry_row_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* Gives @child its place at @x, as seen from where a line begins. Returns the room that it takes.
 */
static int
place (LmEntryRow *self, GtkWidget *child, int x, gboolean from_end, int width, int height)
{
  int room = width_of (child), child_width = room - SPACE, child_height;
  int left = from_end ? x - child_width : x;
  gboolean top = child != self->check_button;

  if (room == 0)
    return 0;
  gtk_widget_measure (child,
                      GTK_ORIENTATION_VERTICAL,
                      child_width,
                      NULL,
                      &child_height,
                      NULL,
                      NULL);
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    left = width - left - child_width;
  gtk_widget_size_allocate (
      child,
      &(GtkAllocation) { left, top ? 0 : (height - child_height) / 2, child_width, child_height },
      -1);
  return room;
}

static void
lm_entry_row_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LmEntryRow *self = LM_ENTRY_ROW (widget);
  int end = width - SPACE - lm_row_metrics_get (widget)->time_width;

  place (self, self->check_button, 0, FALSE, width, height);
  end -= place (self, self->tray_image, end, TRUE, width, height);
  place (self, self->conflict_image, end, TRUE, width, height);
}

/* Drawing -------------------------------------------------------------------------------------- */

static void
forget_layouts (LmEntryRow *self)
{
  for (Text text = 0; text < N_TEXTS; text++)
    g_clear_object (&self->layouts[text]);
  self->stale = FALSE;
}

static char *
text_of (LmEntryRow *self, Text text)
{
  LmRecord *record = lm_entry_get_record (self->entry);
  g_autofree char *tags = NULL, *day = NULL;

  switch (text)
    {
    case DAY:
      return g_date_time_format (record->created, "%-d");
    case WEEKDAY:
      return lm_phrase_weekday (record->created);
    case TIME:
      return lm_phrase_time (record->created);
    case TITLE:
      return g_strdup (record->title);
    case EXCERPT:
      return g_strdup (lm_entry_row_get_excerpt (self));
    case DETAILS:
    case N_TEXTS:
    default:
      tags = g_strjoinv (" · ", record->tags);
      if (self->query == NULL)
        return g_steal_pointer (&tags);
      /* There are no months above what was found. */
      day = lm_text_capitalize (lm_phrase_day_with_year (record->created));
      return tags[0] != '\0' ? g_strdup_printf ("%s · %s", day, tags) : g_steal_pointer (&day);
    }
}

/* Shows where in the text the words are. */
static void
add_marks (PangoAttrList *list, GArray *marks)
{
  for (guint i = 0; marks != NULL && i < marks->len; i++)
    {
      LmSearchMark *mark = &g_array_index (marks, LmSearchMark, i);
      PangoAttribute *weight = pango_attr_weight_new (PANGO_WEIGHT_HEAVY);
      PangoAttribute *line = pango_attr_underline_new (PANGO_UNDERLINE_SINGLE);

      weight->start_index = line->start_index = mark->begin;
      weight->end_index = line->end_index = mark->end;
      pango_attr_list_insert (list, weight);
      pango_attr_list_insert (list, line);
    }
}

static void
make_layout (LmEntryRow *self, Text text)
{
  g_autofree char *words = text_of (self, text);
  g_autoptr (PangoAttrList) list = lm_row_font_attributes (looks[text].font);
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), words);

  if (text == TITLE && self->query != NULL)
    {
      g_autoptr (GArray) marks = lm_search_marks (words, self->query);

      add_marks (list, marks);
    }
  else if (text == EXCERPT)
    add_marks (list, self->excerpt_marks);
  pango_layout_set_attributes (layout, list);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  self->layouts[text] = layout;
}

/* Draws @layout @x from where a line begins. */
static void
draw (LmEntryRow *self, GtkSnapshot *snapshot, Text text, int x, int y, int room)
{
  PangoLayout *layout = self->layouts[text];
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int left = rtl ? gtk_widget_get_width (GTK_WIDGET (self)) - x - room : x;
  GdkRGBA color;

  gtk_widget_get_color (GTK_WIDGET (self), &color);
  if (looks[text].dimmed)
    color.alpha *= lm_row_dim_opacity ();
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) left, (float) y));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
}

static int
natural_width (LmEntryRow *self, Text text)
{
  int width;

  pango_layout_get_pixel_size (self->layouts[text], &width, NULL);
  return width;
}

/* Makes the texts for this width. Returns the height of those in the middle. */
static int
lay_out (LmEntryRow *self, const LmRowMetrics *metrics, int width)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  guint lines = excerpt_lines (self, metrics, width);
  int room, height = 0;

  if (self->stale || self->drawn_width != width)
    forget_layouts (self);
  self->drawn_width = width;
  for (Text text = 0; text < N_TEXTS; text++)
    if (self->layouts[text] == NULL && has_text (self, text))
      make_layout (self, text);
  room = width - width_of (self->check_button) - DAY_WIDTH - SPACE - SPACE;
  room -= MAX (metrics->time_width, natural_width (self, TIME));
  room -= width_of (self->conflict_image) + width_of (self->tray_image);
  for (Text text = TITLE; text <= DETAILS; text++)
    if (self->layouts[text] != NULL)
      {
        PangoLayout *layout = self->layouts[text];
        int own;

        pango_layout_set_width (layout, MAX (room, 1) * PANGO_SCALE);
        pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
        pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
        pango_layout_set_height (layout, text == EXCERPT ? -(int) lines : -1);
        pango_layout_set_alignment (layout, rtl ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
        pango_layout_get_pixel_size (layout, NULL, &own);
        height += own + (height > 0 ? LINE_SPACE : 0);
      }
  return height;
}

static void
lm_entry_row_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LmEntryRow *self = LM_ENTRY_ROW (widget);
  const LmRowMetrics *metrics = lm_row_metrics_get (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  int x = width_of (self->check_button), y, room, time;

  if (self->entry == NULL)
    return;
  y = MAX (0, (height - lay_out (self, metrics, width)) / 2);
  for (Text text = DAY; text <= WEEKDAY; text++)
    {
      int own = natural_width (self, text);

      draw (self,
            snapshot,
            text,
            x + MAX (0, (DAY_WIDTH - own) / 2),
            text == DAY ? 0 : metrics->heights[LM_ROW_FONT_DAY],
            own);
    }
  time = natural_width (self, TIME);
  draw (self, snapshot, TIME, width - time, 0, time);
  x += DAY_WIDTH + SPACE;
  for (Text text = TITLE; text <= DETAILS; text++)
    if (self->layouts[text] != NULL)
      {
        int own;

        room = pango_layout_get_width (self->layouts[text]) / PANGO_SCALE;
        pango_layout_get_pixel_size (self->layouts[text], NULL, &own);
        draw (self, snapshot, text, x, y, room);
        y += own + LINE_SPACE;
      }
  GTK_WIDGET_CLASS (lm_entry_row_parent_class)->snapshot (widget, snapshot);
}

/* What is shown -------------------------------------------------------------------------------- */

/* An image at the end of the row, made when it is first needed. */
static void
show_image (LmEntryRow *self,
            GtkWidget **image,
            gboolean shown,
            const char *icon,
            const char *title,
            const char *css_class)
{
  if (shown && *image == NULL)
    {
      *image = gtk_image_new_from_icon_name (icon);
      gtk_widget_set_tooltip_text (*image, title);
      gtk_widget_add_css_class (*image, css_class);
      gtk_widget_set_parent (*image, GTK_WIDGET (self));
    }
  if (*image != NULL)
    gtk_widget_set_visible (*image, shown);
}

/* Its height stays. The layouts go when it is laid out again: a row that nobody sees any more is
 * not taken apart while somebody waits for a frame. */
static void
show_texts (LmEntryRow *self)
{
  self->stale = TRUE;
  g_clear_pointer (&self->excerpt, lm_text_wipe);
  g_clear_pointer (&self->excerpt_marks, g_array_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
show_entry (LmEntryRow *self)
{
  show_texts (self);
  self->letters = -1;
  show_image (self,
              &self->conflict_image,
              lm_entry_get_conflict (self->entry),
              "lm-two-computers-symbolic",
              _ ("Edited on two computers"),
              "warning");
  show_image (self,
              &self->tray_image,
              lm_entry_get_record (self->entry)->in_tray,
              "lm-tray-symbolic",
              /* Translators: the entry is to be brought to the session */
              C_ ("entry", "For the session"),
              "dimmed");
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* Shows @entry, and what becomes of it; %NULL for none. */
void
lm_entry_row_set_entry (LmEntryRow *self, LmEntry *entry)
{
  if (self->entry != NULL)
    g_signal_handlers_disconnect_by_func (self->entry, show_entry, self);
  g_set_object (&self->entry, entry);
  if (entry == NULL)
    {
      self->stale = TRUE;
      return;
    }
  g_signal_connect_swapped (entry, "notify::excerpt", G_CALLBACK (show_entry), self);
  g_signal_connect_swapped (entry, "notify::conflict", G_CALLBACK (show_entry), self);
  show_entry (self);
}

/* Returns: (transfer none) (nullable): */
LmEntry *
lm_entry_row_get_entry (LmEntryRow *self)
{
  return self->entry;
}

/* Shows the entry as it was found by @query; %NULL if it was not looked for. */
void
lm_entry_row_set_query (LmEntryRow *self, LmQuery *query)
{
  gboolean other = (self->query == NULL) != (query == NULL);

  if (self->query == query)
    return;
  g_clear_pointer (&self->query, lm_query_unref);
  self->query = query != NULL ? lm_query_ref (query) : NULL;
  if (self->entry == NULL)
    return;
  show_texts (self);
  /* The day stands below the excerpt, or not any more. */
  if (other)
    gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* While entries are being selected. */
void
lm_entry_row_set_check (LmEntryRow *self, gboolean shown, gboolean active)
{
  if (shown && self->check_button == NULL)
    {
      self->check_button = g_object_new (GTK_TYPE_CHECK_BUTTON,
                                         "accessible-role",
                                         GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                         "can-target",
                                         FALSE,
                                         "focusable",
                                         FALSE,
                                         NULL);
      gtk_widget_insert_after (self->check_button, GTK_WIDGET (self), NULL);
    }
  if (self->check_button == NULL)
    return;
  if (shown != gtk_widget_get_visible (self->check_button))
    forget_layouts (self);
  gtk_widget_set_visible (self->check_button, shown);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->check_button), active);
}

/* Returns: (transfer full): the entry for whoever hears it */
char *
lm_entry_row_describe (LmEntry *entry)
{
  g_autofree char *time = lm_phrase_day_and_time (lm_entry_get_created (entry));
  g_autofree char *title = lm_text_excerpt (lm_entry_row_title (entry), 80);

  if (lm_entry_get_conflict (entry))
    /* Translators: an entry's title and when it was written, for screen readers */
    return g_strdup_printf (_ ("%1$s, %2$s, edited on two computers"), title, time);
  /* Translators: an entry's title and when it was written, for screen readers */
  return g_strdup_printf (C_ ("entry", "%1$s, %2$s"), title, time);
}

/* The widget ----------------------------------------------------------------------------------- */

static void
lm_entry_row_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (lm_entry_row_parent_class)->css_changed (widget, change);
  forget_layouts (LM_ENTRY_ROW (widget));
}

static void
lm_entry_row_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (lm_entry_row_parent_class)->system_setting_changed (widget, setting);
  forget_layouts (LM_ENTRY_ROW (widget));
}

static void
lm_entry_row_direction_changed (GtkWidget *widget, GtkTextDirection before)
{
  GTK_WIDGET_CLASS (lm_entry_row_parent_class)->direction_changed (widget, before);
  forget_layouts (LM_ENTRY_ROW (widget));
}

static void
lm_entry_row_dispose (GObject *object)
{
  LmEntryRow *self = LM_ENTRY_ROW (object);

  lm_entry_row_set_entry (self, NULL);
  forget_layouts (self);
  g_clear_pointer (&self->query, lm_query_unref);
  g_clear_pointer (&self->excerpt, lm_text_wipe);
  g_clear_pointer (&self->excerpt_marks, g_array_unref);
  g_clear_pointer (&self->check_button, gtk_widget_unparent);
  g_clear_pointer (&self->conflict_image, gtk_widget_unparent);
  g_clear_pointer (&self->tray_image, gtk_widget_unparent);
  G_OBJECT_CLASS (lm_entry_row_parent_class)->dispose (object);
}

static void
lm_entry_row_class_init (LmEntryRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lm_entry_row_dispose;
  widget_class->measure = lm_entry_row_measure;
  widget_class->get_request_mode = lm_entry_row_get_request_mode;
  widget_class->size_allocate = lm_entry_row_size_allocate;
  widget_class->snapshot = lm_entry_row_snapshot;
  widget_class->css_changed = lm_entry_row_css_changed;
  widget_class->system_setting_changed = lm_entry_row_system_setting_changed;
  widget_class->direction_changed = lm_entry_row_direction_changed;
  gtk_widget_class_set_css_name (widget_class, "lm-entry-row");
}

static void
lm_entry_row_init (LmEntryRow *self)
{
}

GtkWidget *
lm_entry_row_new (void)
{
  return g_object_new (LM_TYPE_ENTRY_ROW, NULL);
}
