/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "base/lm-text.h"
#include "journal/lm-content-parts.h"
#include "ui/guide/lm-seal-picker.h"
#include "ui/widgets/lm-parts.h"
#include "workspace/lm-phrases.h"

/* Nothing is chosen beforehand; who chooses nothing keeps the entry at hand. */

/* Under these ids the choice is kept in the answer. */
#define KEEP   "keep"
#define SEALED "sealed"

/* Days that may be wanted, in months from today; any other is in the calendar. */
static const struct
{
  int months;
  const char *label;
} spans[] = {
  { 1, N_ ("Seal it for a month") },
  { 6, N_ ("Seal it for half a year") },
  { 12, N_ ("Seal it for a year") },
};

struct _LmSealPicker
{
  AdwBin parent_instance;

  GtkCheckButton *keep_button;
  GtkCheckButton *span_buttons[G_N_ELEMENTS (spans)];
  GtkCheckButton *day_button;
  AdwActionRow *day_row;
  GtkCalendar *calendar;
  GtkWidget *calendar_box;
  GtkWidget *past_label;

  GDateTime *today;
};

G_DEFINE_FINAL_TYPE (LmSealPicker, lm_seal_picker, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static GDateTime *
midnight (GDateTime *time)
{
  return g_date_time_new_local (g_date_time_get_year (time),
                                g_date_time_get_month (time),
                                g_date_time_get_day_of_month (time),
                                0,
                                0,
                                0);
}

static GDateTime *
day_of_span (LmSealPicker *self, guint i)
{
  g_autoptr (GDateTime) day = g_date_time_add_months (self->today, spans[i].months);

  return midnight (day);
}

/* Returns: (transfer full) (nullable): the day in the calendar, if it is still to come */
static GDateTime *
day_of_calendar (LmSealPicker *self)
{
  g_autoptr (GDateTime) chosen = gtk_calendar_get_date (self->calendar);
  g_autoptr (GDateTime) day = midnight (chosen);

  return g_date_time_compare (day, self->today) > 0 ? g_steal_pointer (&day) : NULL;
}

/* Returns: (transfer full) (nullable): until when it is to be sealed */
static GDateTime *
chosen_day (LmSealPicker *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (spans); i++)
    if (gtk_check_button_get_active (self->span_buttons[i]))
      return day_of_span (self, i);
  return gtk_check_button_get_active (self->day_button) ? day_of_calendar (self) : NULL;
}

static void
show_day (LmSealPicker *self)
{
  gboolean active = gtk_check_button_get_active (self->day_button);
  g_autoptr (GDateTime) day = day_of_calendar (self);
  g_autofree char *text = day != NULL ? lm_text_capitalize (lm_phrase_day_with_year (day)) : NULL;

  gtk_widget_set_visible (self->calendar_box, active);
  gtk_widget_set_visible (self->past_label, day == NULL);
  adw_action_row_set_subtitle (self->day_row, active && text != NULL ? text : "");
}

static void
changed (LmSealPicker *self)
{
  show_day (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Writes what is chosen into @answer, and the seal into @content. */
void
lm_seal_picker_store (LmSealPicker *self, LmContent *content, LmAnswer *answer)
{
  g_autoptr (GDateTime) day = chosen_day (self);

  lm_answer_clear_choices (answer);
  lm_content_set_sealed_until (content, day);
  if (day != NULL)
    {
      g_autofree char *text = lm_phrase_day_with_year (day);
      /* Translators: %s is a day. It is kept in the entry */
      g_autofree char *label = g_strdup_printf (_ ("sealed until %s"), text);

      lm_answer_add_choice (answer, SEALED, label);
    }
  else if (gtk_check_button_get_active (self->keep_button))
    lm_answer_add_choice (answer, KEEP, _ ("kept at hand"));
}

/* Rows -------------------------------------------------------------------------------- */

static void
toggled_cb (GtkCheckButton *button, LmSealPicker *self)
{
  /* The one that is left is told by the one that is taken. */
  if (gtk_check_button_get_active (button))
    changed (self);
}

static AdwActionRow *
add_row (LmSealPicker *self,
         GtkListBox *list,
         const char *title,
         GDateTime *day,
         GtkCheckButton **button)
{
  AdwActionRow *row = ADW_ACTION_ROW (adw_action_row_new ());
  GtkWidget *check = gtk_check_button_new ();
  g_autofree char *text = day != NULL ? lm_phrase_day_with_year (day) : NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (text != NULL)
    {
      /* Translators: %s is a day */
      g_autofree char *subtitle = g_strdup_printf (_ ("Until %s"), text);

      adw_action_row_set_subtitle (row, subtitle);
    }
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_check_button_set_group (GTK_CHECK_BUTTON (check), self->keep_button);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_action_row_add_prefix (row, check);
  adw_action_row_set_activatable_widget (row, check);
  gtk_list_box_append (list, GTK_WIDGET (row));
  *button = GTK_CHECK_BUTTON (check);
  return row;
}

static GtkWidget *
make_calendar (LmSealPicker *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->calendar = GTK_CALENDAR (lm_calendar_new (_ ("The day until which it is sealed")));
  self->past_label = gtk_label_new (_ ("Choose a day that is still to come."));
  gtk_label_set_wrap (GTK_LABEL (self->past_label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->past_label), 0);
  gtk_box_append (GTK_BOX (box), lm_calendar_scroller (GTK_WIDGET (self->calendar)));
  gtk_box_append (GTK_BOX (box), self->past_label);
  return box;
}

static void
lm_seal_picker_finalize (GObject *object)
{
  g_clear_pointer (&LM_SEAL_PICKER (object)->today, g_date_time_unref);
  G_OBJECT_CLASS (lm_seal_picker_parent_class)->finalize (object);
}

static void
lm_seal_picker_class_init (LmSealPickerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lm_seal_picker_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed",
                                          G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          0);
}

static void
lm_seal_picker_init (LmSealPicker *self)
{
}

static void
fill (LmSealPicker *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkListBox *list = GTK_LIST_BOX (gtk_list_box_new ());

  gtk_list_box_set_selection_mode (list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What becomes of it"),
                                  -1);
  add_row (self, list, _ ("Keep it at hand"), NULL, &self->keep_button);
  for (guint i = 0; i < G_N_ELEMENTS (spans); i++)
    {
      g_autoptr (GDateTime) day = day_of_span (self, i);

      add_row (self, list, _ (spans[i].label), day, &self->span_buttons[i]);
    }
  self->day_row = add_row (self, list, _ ("Seal it until another day"), NULL, &self->day_button);
  self->calendar_box = make_calendar (self);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (list));
  gtk_box_append (GTK_BOX (box), self->calendar_box);
  adw_bin_set_child (ADW_BIN (self), box);
}

/* Chooses what was chosen before. */
static void
restore (LmSealPicker *self, LmContent *content, LmAnswer *answer)
{
  g_autoptr (GDateTime) until = lm_content_get_sealed_until (content);
  g_autoptr (GDateTime) first = g_date_time_add_days (self->today, 14);

  gtk_calendar_select_day (self->calendar, first);
  if (until == NULL)
    {
      if (answer != NULL && lm_answer_has_choice (answer, KEEP))
        gtk_check_button_set_active (self->keep_button, TRUE);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (spans); i++)
    {
      g_autoptr (GDateTime) day = day_of_span (self, i);

      if (g_date_time_equal (day, until))
        {
          gtk_check_button_set_active (self->span_buttons[i], TRUE);
          return;
        }
    }
  gtk_calendar_select_day (self->calendar, until);
  gtk_check_button_set_active (self->day_button, TRUE);
}

/**
 * lm_seal_picker_new:
 * @content: what is to be sealed
 * @answer: (nullable): what was chosen before
 */
GtkWidget *
lm_seal_picker_new (GDateTime *today, LmContent *content, LmAnswer *answer)
{
  LmSealPicker *self = g_object_new (LM_TYPE_SEAL_PICKER, NULL);

  self->today = midnight (today);
  fill (self);
  restore (self, content, answer);
  show_day (self);
  g_signal_connect (self->keep_button, "toggled", G_CALLBACK (toggled_cb), self);
  for (guint i = 0; i < G_N_ELEMENTS (spans); i++)
    g_signal_connect (self->span_buttons[i], "toggled", G_CALLBACK (toggled_cb), self);
  g_signal_connect (self->day_button, "toggled", G_CALLBACK (toggled_cb), self);
  g_signal_connect_object (self->calendar,
                           "notify::day",
                           G_CALLBACK (changed),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->calendar,
                           "notify::month",
                           G_CALLBACK (changed),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->calendar,
                           "notify::year",
                           G_CALLBACK (changed),
                           self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
