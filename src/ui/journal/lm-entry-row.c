/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "base/lm-text.h"
#include "ui/journal/lm-entry-row.h"
#include "workspace/lm-phrases.h"
#include "workspace/lm-workspace-search.h"

/* An entry in a list: its day, how it begins, its tags. */

struct _LmEntryRow
{
  GtkBox parent_instance;

  /* Template widgets */
  GtkCheckButton *check_button;
  GtkLabel *day_label;
  GtkLabel *weekday_label;
  GtkLabel *title_label;
  GtkLabel *excerpt_label;
  GtkLabel *details_label;
  GtkWidget *conflict_image;
  GtkWidget *tray_image;
  GtkLabel *time_label;

  LmEntry *entry;
  LmQuery *query; /* what it was found by; nullable */
};

G_DEFINE_FINAL_TYPE (LmEntryRow, lm_entry_row, GTK_TYPE_BOX)

static void
set_text (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), text[0] != '\0');
}

/* Returns: the title of @entry, or how it begins if it has none */
const char *
lm_entry_row_title (LmEntry *entry)
{
  LmRecord *record = lm_entry_get_record (entry);

  if (!lm_text_is_blank (record->title))
    return record->title;
  return lm_text_is_blank (record->excerpt) ? _ ("Untitled") : record->excerpt;
}

/* Shows where in the label the words are. */
static void
set_marks (GtkLabel *label, GArray *marks)
{
  g_autoptr (PangoAttrList) list = marks != NULL ? pango_attr_list_new () : NULL;

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
  gtk_label_set_attributes (label, list);
}

/* In a search: the words around what was found, and the year, for there are no months above. */
static void
show_found (LmEntryRow *self, LmRecord *record)
{
  g_autoptr (GArray) in_title = NULL;
  g_autoptr (GArray) in_excerpt = NULL;
  g_autofree char *excerpt = lm_found_excerpt (self->query, self->entry, &in_excerpt);
  g_autofree char *day = lm_phrase_day_with_year (record->created);
  g_autofree char *tags = g_strjoinv (" · ", record->tags);
  g_autofree char *details =
      tags[0] != '\0' ? g_strdup_printf ("%s · %s", day, tags) : g_strdup (day);

  if (!lm_text_is_blank (record->title))
    in_title = lm_search_marks (record->title, self->query);
  set_text (self->excerpt_label, excerpt);
  set_text (self->details_label, details);
  set_marks (self->title_label, in_title);
  set_marks (self->excerpt_label, in_excerpt);
}

static void
show_entry (LmEntryRow *self)
{
  LmRecord *record = lm_entry_get_record (self->entry);
  g_autofree char *day = g_date_time_format (record->created, "%-d");
  g_autofree char *weekday = lm_phrase_weekday (record->created);
  g_autofree char *time = lm_phrase_time (record->created);
  g_autofree char *tags = g_strjoinv (" · ", record->tags);

  gtk_label_set_label (self->day_label, day);
  gtk_label_set_label (self->weekday_label, weekday);
  gtk_label_set_label (self->time_label, time);
  set_text (self->title_label, lm_text_is_blank (record->title) ? "" : record->title);
  if (self->query != NULL)
    show_found (self, record);
  else
    {
      set_text (self->excerpt_label, record->excerpt);
      set_text (self->details_label, tags);
      set_marks (self->title_label, NULL);
      set_marks (self->excerpt_label, NULL);
    }
  gtk_widget_set_visible (self->tray_image, record->in_tray);
  gtk_widget_set_visible (self->conflict_image, lm_entry_get_conflict (self->entry));
}

/* Shows @entry, and what becomes of it; %NULL for none. */
void
lm_entry_row_set_entry (LmEntryRow *self, LmEntry *entry)
{
  if (self->entry != NULL)
    g_signal_handlers_disconnect_by_func (self->entry, show_entry, self);
  g_set_object (&self->entry, entry);
  if (entry == NULL)
    return;
  g_signal_connect_swapped (entry, "notify::excerpt", G_CALLBACK (show_entry), self);
  g_signal_connect_swapped (entry, "notify::conflict", G_CALLBACK (show_entry), self);
  show_entry (self);
}

/* Shows the entry as it was found by @query; %NULL if it was not looked for. */
void
lm_entry_row_set_query (LmEntryRow *self, LmQuery *query)
{
  if (self->query == query)
    return;
  g_clear_pointer (&self->query, lm_query_unref);
  self->query = query != NULL ? lm_query_ref (query) : NULL;
  if (self->entry != NULL)
    show_entry (self);
}

/* Returns: what of the text is shown */
const char *
lm_entry_row_get_excerpt (LmEntryRow *self)
{
  return gtk_label_get_label (self->excerpt_label);
}

/* While entries are being selected. */
void
lm_entry_row_set_check (LmEntryRow *self, gboolean shown, gboolean active)
{
  gtk_widget_set_visible (GTK_WIDGET (self->check_button), shown);
  gtk_check_button_set_active (self->check_button, active);
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

static void
lm_entry_row_dispose (GObject *object)
{
  lm_entry_row_set_entry (LM_ENTRY_ROW (object), NULL);
  lm_entry_row_set_query (LM_ENTRY_ROW (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), LM_TYPE_ENTRY_ROW);
  G_OBJECT_CLASS (lm_entry_row_parent_class)->dispose (object);
}

static void
lm_entry_row_class_init (LmEntryRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lm_entry_row_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class,
      "/io/github/leitmotif_journal/Leitmotif/ui/journal/lm-entry-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LmEntryRow, check_button);
  gtk_widget_class_bind_template_child (widget_class, LmEntryRow, day_label);
  gtk_widget_class_bind_template_child (widget_class, LmEntryRow, weekday_label);
  gtk_widget_class_bind_template_child (widget_class, LmEntryRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, LmEntryRow, excerpt_label);
  gtk_widget_class_bind_template_child (widget_class, LmEntryRow, details_label);
  gtk_widget_class_bind_template_child (widget_class, LmEntryRow, conflict_image);
  gtk_widget_class_bind_template_child (widget_class, LmEntryRow, tray_image);
  gtk_widget_class_bind_template_child (widget_class, LmEntryRow, time_label);
}

static void
lm_entry_row_init (LmEntryRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
lm_entry_row_new (void)
{
  return g_object_new (LM_TYPE_ENTRY_ROW, NULL);
}
