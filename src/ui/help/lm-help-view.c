/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

#include "ui/help/lm-help-view.h"
#include "ui/lm-toast.h"
#include "workspace/lm-phrases.h"
#include "workspace/lm-settings.h"

/* "Help now": numbers to call, the emergency first, and grounding. It needs no journal, no key and
 * no network. */

struct _LmHelpView
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkBox *sections;
  AdwPreferencesGroup *country_group;
  AdwComboRow *country_row;
  AdwPreferencesGroup *emergency_group;
  AdwPreferencesGroup *lines_group;
  AdwPreferencesGroup *under_18_group;
  AdwPreferencesGroup *missing_group;
  GtkBox *grounding_box;
  GtkLabel *old_label;
  GtkLabel *checked_label;

  LmHelplines *helplines; /* the library keeps it */
  GSettings *settings;
  GPtrArray *rows; /* of the country that is shown */
};

G_DEFINE_FINAL_TYPE (LmHelpView, lm_help_view, ADW_TYPE_BIN)

/* Rows --------------------------------------------------------------------------------------- */

static void
copy_cb (GtkButton *button, const char *number)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (button)), number);
  gtk_accessible_announce (GTK_ACCESSIBLE (button),
                           C_ ("phone number", "Copied"),
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  lm_toast (GTK_WIDGET (button), adw_toast_new (_ ("Number copied")));
}

static const char *
way_of (LmHelpline *line)
{
  if (g_str_equal (line->how, "text"))
    return _ ("Text message");
  if (g_str_equal (line->how, "call-or-text"))
    return _ ("Call or text message");
  if (g_str_equal (line->how, "chat"))
    return _ ("Chat");
  /* Translators: a way to reach somebody, as "Text message" and "Chat" are; not an action */
  return C_ ("way to reach somebody", "Call");
}

/* "Call · day and night · German" */
static char *
details_of (LmHelpline *line)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) parts = NULL;

  g_strv_builder_add (builder, way_of (line));
  if (line->hours != NULL)
    g_strv_builder_add (builder, line->hours);
  if (line->language != NULL)
    g_strv_builder_add (builder, line->language);
  parts = g_strv_builder_end (builder);
  return g_strjoinv (" · ", parts);
}

static void
add_line (LmHelpView *self, AdwPreferencesGroup *group, LmHelpline *line)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *number = gtk_label_new (line->number);
  GtkWidget *copy = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  g_autofree char *details = details_of (line);
  g_autofree char *copy_label = NULL;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), line->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), details);
  gtk_label_set_selectable (GTK_LABEL (number), TRUE);
  gtk_widget_add_css_class (number, "lm-number");
  gtk_widget_set_valign (copy, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (copy, "flat");
  /* Translators: %s is a phone number */
  copy_label = g_strdup_printf (_ ("Copy %s"), line->number);
  gtk_widget_set_tooltip_text (copy, copy_label);
  g_signal_connect_data (copy,
                         "clicked",
                         G_CALLBACK (copy_cb),
                         g_strdup (line->number),
                         (GClosureNotify) (void (*) (void)) g_free,
                         0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), number);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), copy);
  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->rows, row);
}

static void
fill_group (LmHelpView *self, AdwPreferencesGroup *group, GPtrArray *lines)
{
  gtk_widget_set_visible (GTK_WIDGET (group), lines->len > 0);
  for (guint i = 0; i < lines->len; i++)
    add_line (self, group, lines->pdata[i]);
}

static void
clear_rows (LmHelpView *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = self->rows->pdata[i];
      GtkWidget *group = gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP);

      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (group), row);
    }
  g_ptr_array_set_size (self->rows, 0);
}

/* The first in the list: better no number than one that does not answer where the person is. */
#define ANOTHER_COUNTRY 0
#define ANOTHER_CODE    "ZZ" /* which ISO 3166-1 leaves to users */

/* Returns: (nullable): the country at @index in the list, %NULL for "Another country" */
static LmHelpCountry *
country_at (LmHelpView *self, guint index)
{
  return index == ANOTHER_COUNTRY ? NULL : self->helplines->countries->pdata[index - 1];
}

static void
show_country (LmHelpView *self, LmHelpCountry *country)
{
  AdwPreferencesGroup *above = country != NULL ? self->under_18_group : self->country_group;

  clear_rows (self);
  gtk_widget_set_visible (GTK_WIDGET (self->emergency_group), country != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->lines_group), country != NULL);
  if (country != NULL)
    {
      fill_group (self, self->emergency_group, country->emergency);
      fill_group (self, self->lines_group, country->lines);
      fill_group (self, self->under_18_group, country->under_18);
    }
  /* Being young matters even where no number is known. */
  gtk_widget_set_visible (GTK_WIDGET (self->under_18_group), TRUE);
  gtk_box_reorder_child_after (self->sections,
                               GTK_WIDGET (self->missing_group),
                               GTK_WIDGET (above));
}

static void
country_selected_cb (LmHelpView *self)
{
  guint index = adw_combo_row_get_selected (self->country_row);
  LmHelpCountry *country;

  if (self->helplines == NULL || index > self->helplines->countries->len)
    return;
  country = country_at (self, index);
  show_country (self, country);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    g_settings_set_string (self->settings,
                           LM_SETTING_COUNTRY,
                           country != NULL ? country->code : ANOTHER_CODE);
}

/* The person's choice, else the locale's country, if its numbers are known. */
static guint
first_country (LmHelpView *self)
{
  g_autofree char *chosen = g_settings_get_string (self->settings, LM_SETTING_COUNTRY);
  const char *locale = setlocale (LC_MESSAGES, NULL);
  g_autofree char *own = locale != NULL ? lm_helplines_country_of (locale) : NULL;
  int index = -1;

  if (chosen[0] != '\0')
    index = lm_helplines_find (self->helplines, chosen);
  else if (own != NULL)
    index = lm_helplines_find (self->helplines, own);
  return index < 0 ? ANOTHER_COUNTRY : (guint) index + 1;
}

/* The grounding
 * ------------------------------------------------------------------------------------ */

/* Puts the sentences of grounding into @box. */
void
lm_help_fill_grounding (GtkBox *box, LmHelplines *helplines)
{
  for (guint i = 0; helplines->grounding[i] != NULL; i++)
    {
      GtkWidget *label = gtk_label_new (helplines->grounding[i]);

      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_box_append (box, label);
    }
}

static void
lm_help_view_dispose (GObject *object)
{
  LmHelpView *self = LM_HELP_VIEW (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), LM_TYPE_HELP_VIEW);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (lm_help_view_parent_class)->dispose (object);
}

static void
lm_help_view_class_init (LmHelpViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lm_help_view_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class,
      "/io/github/leitmotif_journal/Leitmotif/ui/help/lm-help-view.ui");
  gtk_widget_class_bind_template_child (widget_class, LmHelpView, sections);
  gtk_widget_class_bind_template_child (widget_class, LmHelpView, country_group);
  gtk_widget_class_bind_template_child (widget_class, LmHelpView, country_row);
  gtk_widget_class_bind_template_child (widget_class, LmHelpView, emergency_group);
  gtk_widget_class_bind_template_child (widget_class, LmHelpView, lines_group);
  gtk_widget_class_bind_template_child (widget_class, LmHelpView, under_18_group);
  gtk_widget_class_bind_template_child (widget_class, LmHelpView, missing_group);
  gtk_widget_class_bind_template_child (widget_class, LmHelpView, grounding_box);
  gtk_widget_class_bind_template_child (widget_class, LmHelpView, old_label);
  gtk_widget_class_bind_template_child (widget_class, LmHelpView, checked_label);
  gtk_widget_class_bind_template_callback (widget_class, country_selected_cb);
}

static void
lm_help_view_init (LmHelpView *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* @helplines must live as long as the view: the library keeps it. */
LmHelpView *
lm_help_view_new (LmHelplines *helplines, GSettings *settings)
{
  LmHelpView *self = g_object_new (LM_TYPE_HELP_VIEW, NULL);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autoptr (GtkExpression) name = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *checked = NULL;
  gboolean old;

  self->settings = g_object_ref (settings);
  gtk_string_list_append (names, _ ("Another country"));
  for (guint i = 0; i < helplines->countries->len; i++)
    gtk_string_list_append (names, ((LmHelpCountry *) helplines->countries->pdata[i])->name);
  name = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");
  adw_combo_row_set_expression (self->country_row, name);
  adw_combo_row_set_model (self->country_row, G_LIST_MODEL (names));
  self->helplines = helplines;
  adw_combo_row_set_selected (self->country_row, first_country (self));
  show_country (self, country_at (self, first_country (self)));
  lm_help_fill_grounding (self->grounding_box, helplines);
  /* Where it matters, it is said first; otherwise it is small print. */
  old = lm_helplines_are_old (helplines, now);
  checked = lm_phrase_checked (helplines->checked, old);
  gtk_label_set_label (old ? self->old_label : self->checked_label, checked);
  gtk_widget_set_visible (GTK_WIDGET (self->old_label), old);
  gtk_widget_set_visible (GTK_WIDGET (self->checked_label), !old);
  return self;
}
