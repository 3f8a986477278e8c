/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "search/lm-query-edit.h"
#include "ui/journal/lm-filter-bar.h"
#include "workspace/lm-phrases.h"

/* The filters in the search field, below it, each as a button that takes it off. */

typedef struct
{
  GtkEditable *field; /* borrowed: it lives on the same page */
  GtkWidget *box;     /* the bar itself */
  GStrv shown;        /* what each says */
  GArray *places;     /* of each among the terms */
} Bar;

static void
bar_free (gpointer data)
{
  Bar *bar = data;

  g_strfreev (bar->shown);
  g_array_unref (bar->places);
  g_free (bar);
}

/* What they say -------------------------------------------------------------------------------- */

/* As much of it as was typed: a year, a month or a day. */
static char *
phrase_day (const LmTerm *term)
{
  g_autoptr (GDateTime) time =
      g_date_time_new_local (term->day / 10000, term->day / 100 % 100, term->day % 100, 12, 0, 0);
  guint dashes = 0;

  for (const char *c = term->value; *c != '\0'; c++)
    dashes += *c == '-' && g_ascii_isdigit (c[1]);
  if (dashes == 0 || time == NULL)
    return g_strdup_printf ("%d", term->day / 10000);
  return dashes == 1 ? lm_phrase_month (time) : lm_phrase_day_with_year (time);
}

static char *
phrase_plain (const LmTerm *term)
{
  g_autofree char *day = NULL;

  switch (term->field)
    {
    case LM_TERM_TAG:
      /* Translators: a filter of a search; %s is a tag */
      return g_strdup_printf (_ ("Tag: %s"), term->value);
    case LM_TERM_PERSON:
      /* Translators: a filter of a search; %s is a name */
      return g_strdup_printf (_ ("Person: %s"), term->value);
    case LM_TERM_GUIDE:
      /* Translators: a filter of a search; %s is the title of a guide */
      return g_strdup_printf (_ ("Guide: %s"), term->value);
    case LM_TERM_BEFORE:
      day = phrase_day (term);
      /* Translators: a filter of a search; %s is a day, a month or a year */
      return g_strdup_printf (C_ ("filter", "Before: %s"), day);
    case LM_TERM_AFTER:
      day = phrase_day (term);
      /* Translators: a filter of a search: from then on; %s is a day, a month or a year */
      return g_strdup_printf (C_ ("filter", "From: %s"), day);
    case LM_TERM_TRAY:
    case LM_TERM_TEXT:
    default:
      /* Translators: the entry is to be brought to the session */
      return g_strdup (C_ ("entry", "For the session"));
    }
}

static char *
phrase (const LmTerm *term)
{
  g_autofree char *plain = phrase_plain (term);

  /* Translators: a filter of a search that leaves something out; %s is as in "Tag: work" */
  return term->exclude ? g_strdup_printf (_ ("Without %s"), plain) : g_steal_pointer (&plain);
}

static GStrv
phrases_of (GtkEditable *field, GArray *places)
{
  g_autoptr (LmQuery) query = lm_query_parse (gtk_editable_get_text (field));
  g_autoptr (GStrvBuilder) phrases = g_strv_builder_new ();

  for (guint i = 0; i < lm_query_n_terms (query); i++)
    if (lm_term_is_filter (lm_query_get_term (query, i)))
      {
        g_strv_builder_take (phrases, phrase (lm_query_get_term (query, i)));
        if (places != NULL)
          g_array_append_val (places, i);
      }
  return g_strv_builder_end (phrases);
}

/* Returns: (transfer full) (nullable): the filters in one line, for whoever hears it; %NULL without
 */
char *
lm_filter_bar_describe (GtkEditable *field)
{
  g_auto (GStrv) phrases = phrases_of (field, NULL);

  return phrases[0] != NULL ? g_strjoinv (" · ", phrases) : NULL;
}

/* Taking off ----------------------------------------------------------------------------------- */

static GtkWidget *
nth_child (GtkWidget *box, guint n)
{
  GtkWidget *child = gtk_widget_get_first_child (box);

  while (n-- > 0 && child != NULL && gtk_widget_get_next_sibling (child) != NULL)
    child = gtk_widget_get_next_sibling (child);
  return child;
}

/* The focus goes on to the one that is there then. */
static void
take_off (Bar *bar, guint place)
{
  g_autofree char *left = lm_query_without (gtk_editable_get_text (bar->field),
                                            g_array_index (bar->places, guint, place));
  GtkWidget *next;

  gtk_editable_set_text (bar->field, left);
  gtk_editable_set_position (bar->field, -1);
  next = nth_child (bar->box, place);
  gtk_widget_grab_focus (next != NULL ? next : GTK_WIDGET (bar->field));
}

static guint
place_of (GtkWidget *chip)
{
  guint place = 0;

  while ((chip = gtk_widget_get_prev_sibling (chip)) != NULL)
    place++;
  return place;
}

static void
clicked_cb (GtkWidget *chip, Bar *bar)
{
  take_off (bar, place_of (chip));
}

static gboolean
key_cb (GtkEventController *keys, guint key, guint code, GdkModifierType state, Bar *bar)
{
  if (key != GDK_KEY_Delete && key != GDK_KEY_BackSpace)
    return GDK_EVENT_PROPAGATE;
  take_off (bar, place_of (gtk_event_controller_get_widget (keys)));
  return GDK_EVENT_STOP;
}

static GtkWidget *
make_chip (Bar *bar, const char *text)
{
  GtkWidget *chip = gtk_button_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (text);
  GtkEventController *keys = gtk_event_controller_key_new ();
  /* Translators: a button; %s is a filter, as in "Tag: work" */
  g_autofree char *title = g_strdup_printf (_ ("Take off the filter “%s”"), text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("window-close-symbolic"));
  gtk_button_set_child (GTK_BUTTON (chip), box);
  gtk_widget_add_css_class (chip, "lm-pill");
  gtk_widget_set_tooltip_text (chip, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_signal_connect (chip, "clicked", G_CALLBACK (clicked_cb), bar);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), bar);
  gtk_widget_add_controller (chip, keys);
  return chip;
}

/* Only when others are set: it is asked at every key. */
static void
changed_cb (GtkWidget *box)
{
  Bar *bar = g_object_get_data (G_OBJECT (box), "bar");
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (guint));
  g_auto (GStrv) phrases = phrases_of (bar->field, places);
  GtkWidget *child;

  g_array_unref (bar->places);
  bar->places = g_steal_pointer (&places);
  if (g_strv_equal ((const char *const *) phrases, (const char *const *) bar->shown))
    return;
  while ((child = gtk_widget_get_first_child (bar->box)) != NULL)
    adw_wrap_box_remove (ADW_WRAP_BOX (bar->box), child);
  for (guint i = 0; phrases[i] != NULL; i++)
    adw_wrap_box_append (ADW_WRAP_BOX (bar->box), make_chip (bar, phrases[i]));
  gtk_widget_set_visible (bar->box, phrases[0] != NULL);
  g_strfreev (bar->shown);
  bar->shown = g_steal_pointer (&phrases);
}

/* Returns: (transfer floating): the bar; @field is the search field, which has to live as long */
GtkWidget *
lm_filter_bar_new (GtkEditable *field)
{
  GtkWidget *box = adw_wrap_box_new ();
  Bar *bar = g_new0 (Bar, 1);

  bar->field = field;
  bar->box = box;
  bar->shown = g_new0 (char *, 1);
  bar->places = g_array_new (FALSE, FALSE, sizeof (guint));
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (box), 6);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (box), 6);
  adw_wrap_box_set_align (ADW_WRAP_BOX (box), 0.5f);
  gtk_widget_add_css_class (box, "lm-filters");
  gtk_widget_set_visible (box, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (box),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Filters that are set"),
                                  -1);
  g_object_set_data_full (G_OBJECT (box), "bar", bar, bar_free);
  g_signal_connect_object (field, "changed", G_CALLBACK (changed_cb), box, G_CONNECT_SWAPPED);
  return box;
}
