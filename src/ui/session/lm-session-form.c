/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "base/lm-text.h"
#include "journal/lm-appointment.h"
#include "ui/session/lm-session-form.h"
#include "ui/widgets/lm-parts.h"
#include "workspace/lm-phrases.h"

/* When a session is: one of the next seven days by one click, another from a calendar, and the time
 * of day. */

#define DAYS          7
#define USUAL_TIME    (17 * 60)
#define MINUTES_STEP  5
#define MINUTES_A_DAY (24 * 60)

struct _LmSessionForm
{
  AdwBin parent_instance;

  GtkToggleButton *days[DAYS];
  GtkToggleButton *other_button;
  GtkRevealer *calendar_revealer;
  GtkCalendar *calendar;
  GtkSpinButton *time_spin;
  GtkSpinButton *minutes_spin;
  GtkDropDown *repeat_drop_down; /* nullable */
  GtkWidget *done_button;

  GDateTime *now;
};

G_DEFINE_FINAL_TYPE (LmSessionForm, lm_session_form, ADW_TYPE_BIN)

enum
{
  SIGNAL_DONE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Every how many weeks, in the order of the choices. */
static const guint weeks_of[] = { 1, 2, 0 };

/* The time of day ------------------------------------------------------------------------------ */

static gboolean
time_output_cb (GtkSpinButton *spin)
{
  g_autofree char *text = lm_phrase_minute_of_day ((guint) gtk_spin_button_get_value_as_int (spin));

  if (g_strcmp0 (text, gtk_editable_get_text (GTK_EDITABLE (spin))) != 0)
    gtk_editable_set_text (GTK_EDITABLE (spin), text);
  return TRUE;
}

static int
time_input_cb (GtkSpinButton *spin, double *value)
{
  guint minute;

  if (!lm_phrase_read_minute_of_day (gtk_editable_get_text (GTK_EDITABLE (spin)), &minute))
    return GTK_INPUT_ERROR;
  *value = minute;
  return TRUE;
}

/* The day -------------------------------------------------------------------------------------- */

static int
days_between (GDateTime *from, GDateTime *to)
{
  g_autoptr (GDateTime) a = g_date_time_new_utc (g_date_time_get_year (from),
                                                 g_date_time_get_month (from),
                                                 g_date_time_get_day_of_month (from),
                                                 0,
                                                 0,
                                                 0);
  g_autoptr (GDateTime) b = g_date_time_new_utc (g_date_time_get_year (to),
                                                 g_date_time_get_month (to),
                                                 g_date_time_get_day_of_month (to),
                                                 0,
                                                 0,
                                                 0);

  return (int) (g_date_time_difference (b, a) / G_TIME_SPAN_DAY);
}

/* A single session of a day that is gone is none to be entered. */
static gboolean
is_gone (LmSessionForm *self)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (self->calendar);

  return gtk_toggle_button_get_active (self->other_button) &&
         lm_session_form_get_weeks (self) == 0 && days_between (self->now, day) < 0;
}

static void
day_changed_cb (LmSessionForm *self)
{
  gboolean chosen = gtk_toggle_button_get_active (self->other_button);

  gtk_revealer_set_reveal_child (self->calendar_revealer, chosen);
  for (guint i = 0; i < DAYS; i++)
    chosen = chosen || gtk_toggle_button_get_active (self->days[i]);
  gtk_widget_set_sensitive (self->done_button, chosen && !is_gone (self));
}

static GtkToggleButton *
add_day (LmSessionForm *self,
         GtkWidget *box,
         const char *text,
         const char *spoken,
         GtkToggleButton *group)
{
  GtkWidget *button = lm_spoken_button (gtk_toggle_button_new (), text, spoken);

  gtk_widget_add_css_class (button, "lm-choice");
  if (group != NULL)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), group);
  g_signal_connect_object (button, "toggled", G_CALLBACK (day_changed_cb), self, G_CONNECT_SWAPPED);
  adw_wrap_box_append (ADW_WRAP_BOX (box), button);
  return GTK_TOGGLE_BUTTON (button);
}

/* Returns: (transfer full): the day @days from today */
static GDateTime *
day_from_now (LmSessionForm *self, int days)
{
  return g_date_time_add_days (self->now, days);
}

static GtkWidget *
make_days (LmSessionForm *self)
{
  GtkWidget *box = adw_wrap_box_new ();

  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (box), 8);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (box), 8);
  for (int i = 0; i < DAYS; i++)
    {
      g_autoptr (GDateTime) day = day_from_now (self, i);
      /* Translators: a day of the next week on a button, as g_date_time_format () takes it */
      g_autofree char *text = lm_text_capitalize (g_date_time_format (day, _ ("%a %-d")));
      g_autofree char *spoken = lm_text_capitalize (lm_phrase_day (day));

      self->days[i] = add_day (self, box, text, spoken, i > 0 ? self->days[0] : NULL);
    }
  self->other_button = add_day (self, box, _ ("Another day"), _ ("Another day"), self->days[0]);
  return box;
}

static GtkWidget *
make_calendar (LmSessionForm *self)
{
  self->calendar = GTK_CALENDAR (lm_calendar_new (_ ("Day")));
  self->calendar_revealer = GTK_REVEALER (gtk_revealer_new ());
  gtk_widget_set_halign (GTK_WIDGET (self->calendar), GTK_ALIGN_START);
  gtk_revealer_set_child (self->calendar_revealer,
                          lm_calendar_scroller (GTK_WIDGET (self->calendar)));
  g_signal_connect_object (self->calendar,
                           "day-selected",
                           G_CALLBACK (day_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self->calendar_revealer);
}

/* The rest --------------------------------------------------------------------------------------
 */

static void
done_cb (LmSessionForm *self)
{
  gtk_spin_button_update (self->time_spin);
  gtk_spin_button_update (self->minutes_spin);
  g_signal_emit (self, signals[SIGNAL_DONE], 0);
}

static GtkWidget *
labelled (const char *text, GtkWidget *widget)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = gtk_label_new (text);

  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), widget);
  return box;
}

static GtkWidget *
make_time (LmSessionForm *self, gboolean with_repeat)
{
  GtkWidget *box = adw_wrap_box_new ();

  self->time_spin =
      GTK_SPIN_BUTTON (gtk_spin_button_new_with_range (0, MINUTES_A_DAY - 1, MINUTES_STEP));
  /* With a range it takes digits only, and there is more in a time of day. */
  gtk_spin_button_set_numeric (self->time_spin, FALSE);
  gtk_spin_button_set_increments (self->time_spin, MINUTES_STEP, 60);
  gtk_spin_button_set_wrap (self->time_spin, TRUE);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->time_spin), 8);
  /* What is no time leaves the one that was there. */
  gtk_spin_button_set_update_policy (self->time_spin, GTK_UPDATE_IF_VALID);
  g_signal_connect (self->time_spin, "output", G_CALLBACK (time_output_cb), NULL);
  g_signal_connect (self->time_spin, "input", G_CALLBACK (time_input_cb), NULL);
  gtk_spin_button_set_value (self->time_spin, USUAL_TIME);
  self->minutes_spin = GTK_SPIN_BUTTON (gtk_spin_button_new_with_range (5, 240, MINUTES_STEP));
  gtk_spin_button_set_update_policy (self->minutes_spin, GTK_UPDATE_IF_VALID);
  gtk_spin_button_set_value (self->minutes_spin, LM_APPOINTMENT_MINUTES);
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (box), 18);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (box), 8);
  /* Translators: beside a time of day */
  adw_wrap_box_append (ADW_WRAP_BOX (box), labelled (_ ("At"), GTK_WIDGET (self->time_spin)));
  if (with_repeat)
    {
      const char *const labels[] = { _ ("Every week"),
                                     _ ("Every two weeks"),
                                     _ ("Only this once"),
                                     NULL };

      adw_wrap_box_append (ADW_WRAP_BOX (box),
                           labelled (_ ("Minutes"), GTK_WIDGET (self->minutes_spin)));
      self->repeat_drop_down = GTK_DROP_DOWN (gtk_drop_down_new_from_strings (labels));
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->repeat_drop_down),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _ ("How often"),
                                      -1);
      adw_wrap_box_append (ADW_WRAP_BOX (box), GTK_WIDGET (self->repeat_drop_down));
      g_signal_connect_object (self->repeat_drop_down,
                               "notify::selected",
                               G_CALLBACK (day_changed_cb),
                               self,
                               G_CONNECT_SWAPPED);
    }
  else
    g_object_ref_sink (self->minutes_spin);
  return box;
}

static void
lm_session_form_finalize (GObject *object)
{
  LmSessionForm *self = LM_SESSION_FORM (object);

  if (self->repeat_drop_down == NULL)
    g_object_unref (self->minutes_spin);
  g_date_time_unref (self->now);
  G_OBJECT_CLASS (lm_session_form_parent_class)->finalize (object);
}

static void
lm_session_form_class_init (LmSessionFormClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lm_session_form_finalize;
  signals[SIGNAL_DONE] = g_signal_new ("done",
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
lm_session_form_init (LmSessionForm *self)
{
}

/**
 * lm_session_form_new:
 * @now: today
 * @button: the label of the button that ends it, with which "done" is emitted
 * @with_repeat: whether it also asks how often, and for how long
 */
LmSessionForm *
lm_session_form_new (GDateTime *now, const char *button, gboolean with_repeat)
{
  LmSessionForm *self = g_object_new (LM_TYPE_SESSION_FORM, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->now = g_date_time_ref (now);
  self->done_button = gtk_button_new_with_mnemonic (button);
  gtk_widget_set_halign (self->done_button, GTK_ALIGN_START);
  gtk_widget_set_sensitive (self->done_button, FALSE);
  gtk_widget_add_css_class (self->done_button, "suggested-action");
  g_signal_connect_object (self->done_button,
                           "clicked",
                           G_CALLBACK (done_cb),
                           self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), make_days (self));
  gtk_box_append (GTK_BOX (box), make_calendar (self));
  gtk_box_append (GTK_BOX (box), make_time (self, with_repeat));
  gtk_box_append (GTK_BOX (box), self->done_button);
  adw_bin_set_child (ADW_BIN (self), box);
  return self;
}

/* Shows a session that is known. */
void
lm_session_form_set (LmSessionForm *self, GDateTime *starts, guint minutes, guint weeks)
{
  int days = days_between (self->now, starts);

  gtk_calendar_select_day (self->calendar, starts);
  gtk_toggle_button_set_active (days >= 0 && days < DAYS ? self->days[days] : self->other_button,
                                TRUE);
  gtk_spin_button_set_value (self->time_spin,
                             g_date_time_get_hour (starts) * 60 + g_date_time_get_minute (starts));
  gtk_spin_button_set_value (self->minutes_spin, minutes);
  for (guint i = 0; self->repeat_drop_down != NULL && i < G_N_ELEMENTS (weeks_of); i++)
    if (weeks_of[i] == weeks)
      gtk_drop_down_set_selected (self->repeat_drop_down, i);
}

/* Returns: (transfer full): when it begins, in the time zone of this computer */
GDateTime *
lm_session_form_get_starts (LmSessionForm *self)
{
  int time = gtk_spin_button_get_value_as_int (self->time_spin);
  g_autoptr (GDateTime) day = gtk_calendar_get_date (self->calendar);

  for (int i = 0; i < DAYS; i++)
    if (gtk_toggle_button_get_active (self->days[i]))
      {
        g_date_time_unref (day);
        day = day_from_now (self, i);
      }
  return g_date_time_new (g_date_time_get_timezone (self->now),
                          g_date_time_get_year (day),
                          g_date_time_get_month (day),
                          g_date_time_get_day_of_month (day),
                          time / 60,
                          time % 60,
                          0);
}

guint
lm_session_form_get_minutes (LmSessionForm *self)
{
  return (guint) gtk_spin_button_get_value_as_int (self->minutes_spin);
}

/* Returns: every how many weeks; 0 for once */
guint
lm_session_form_get_weeks (LmSessionForm *self)
{
  return self->repeat_drop_down != NULL
             ? weeks_of[MIN (gtk_drop_down_get_selected (self->repeat_drop_down),
                             G_N_ELEMENTS (weeks_of) - 1)]
             : 0;
}
