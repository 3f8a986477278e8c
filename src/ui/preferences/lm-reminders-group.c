/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <langinfo.h>

#include "base/lm-text.h"
#include "ui/lm-toast.h"
#include "ui/preferences/lm-reminders-group.h"
#include "ui/widgets/lm-parts.h"
#include "workspace/lm-phrases.h"

/* Off by default, and only what somebody chose. What is chosen is kept a moment after the last
 * change, and when the page goes. */

#define KEEP_AFTER_MS 800
#define DAYS          7

struct _LmRemindersGroup
{
  AdwPreferencesGroup parent_instance;

  /* Template widgets */
  AdwSwitchRow *on_row;
  AdwComboRow *before_row;
  AdwWrapBox *evenings_box;
  AdwSpinRow *time_row;
  GtkEditable *title_row;
  GtkEditable *text_row;
  AdwActionRow *next_row;

  GtkToggleButton *days[DAYS]; /* from Monday on */
  LmReminders *reminders;
  gboolean showing; /* what changes is our own doing */
  guint keep_timer;
};

G_DEFINE_FINAL_TYPE (LmRemindersGroup, lm_reminders_group, ADW_TYPE_PREFERENCES_GROUP)

/* Minutes before a session, in the order of the choices. */
static const guint before_of[] = { 0, 30, 60, 120, 240, 24 * 60 };

/* Keeping ----------------------------------------------------------------------------------------
 */

static void
take_words (char **to, GtkEditable *row, const char *usual)
{
  g_autofree char *words = g_strstrip (g_strdup (gtk_editable_get_text (row)));

  /* The usual words stay those of the language that is spoken. */
  g_set_str (to, g_strcmp0 (words, usual) == 0 ? "" : words);
}

static void
keep (LmRemindersGroup *self)
{
  const LmReminderPlan *before = lm_reminders_get_plan (self->reminders);
  LmReminderPlan *plan;
  guint selected = adw_combo_row_get_selected (self->before_row);

  g_clear_handle_id (&self->keep_timer, g_source_remove);
  if (before == NULL)
    return;
  plan = lm_reminder_plan_new ();
  for (guint i = 0; i < DAYS; i++)
    if (gtk_toggle_button_get_active (self->days[i]))
      plan->evenings |= 1u << i;
  plan->minute = (guint) adw_spin_row_get_value (self->time_row);
  plan->before = before_of[MIN (selected, G_N_ELEMENTS (before_of) - 1)];
  take_words (&plan->title, self->title_row, _ ("A moment for yourself?"));
  take_words (&plan->text, self->text_row, "");
  lm_reminders_set_plan (self->reminders, plan);
}

static void
keep_cb (gpointer data)
{
  LmRemindersGroup *self = data;

  self->keep_timer = 0;
  keep (self);
}

static void
changed_cb (LmRemindersGroup *self)
{
  if (self->showing || self->reminders == NULL)
    return;
  g_clear_handle_id (&self->keep_timer, g_source_remove);
  self->keep_timer = g_timeout_add_once (KEEP_AFTER_MS, keep_cb, self);
}

/* Showing ------------------------------------------------------------------------------------- */

static void
show_next (LmRemindersGroup *self)
{
  g_autoptr (GDateTime) next = lm_reminders_get_next (self->reminders);
  g_autofree char *text = next != NULL ? lm_text_capitalize (lm_phrase_day_and_time (next)) : NULL;

  adw_action_row_set_subtitle (
      self->next_row,
      /* Translators: below “Next reminder” */
      text != NULL ? text : _ ("None: no evening is chosen, and no session is planned."));
}

static void
show_on (LmRemindersGroup *self)
{
  self->showing = TRUE;
  adw_switch_row_set_active (self->on_row, lm_reminders_get_on (self->reminders));
  self->showing = FALSE;
  show_next (self);
}

static void
show_plan (LmRemindersGroup *self, const LmReminderPlan *plan)
{
  guint selected = 0;

  self->showing = TRUE;
  while (selected + 1 < G_N_ELEMENTS (before_of) && before_of[selected] < plan->before)
    selected++;
  adw_combo_row_set_selected (self->before_row, selected);
  for (guint i = 0; i < DAYS; i++)
    gtk_toggle_button_set_active (self->days[i], (plan->evenings >> i & 1) != 0);
  adw_spin_row_set_value (self->time_row, plan->minute);
  gtk_editable_set_text (self->title_row,
                         plan->title[0] != '\0' ? plan->title : _ ("A moment for yourself?"));
  gtk_editable_set_text (self->text_row, plan->text);
  self->showing = FALSE;
}

/* On and off ------------------------------------------------------------------------------------
 */

static void
turned_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LmRemindersGroup) self = data;
  g_autoptr (GError) error = NULL;

  if (self->reminders == NULL)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->on_row), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->on_row));
  if (!lm_reminders_set_on_finish (LM_REMINDERS (source), result, &error))
    {
      g_debug ("reminders: %s", error->message);
      lm_toast (GTK_WIDGET (self),
                adw_toast_new (
                    adw_switch_row_get_active (self->on_row)
                        ? _ ("The system does not let reminders start at login. They stay off.")
                        : _ ("The reminders could not be turned off. Try it once more.")));
    }
  show_on (self);
}

static void
on_cb (LmRemindersGroup *self)
{
  gboolean on = adw_switch_row_get_active (self->on_row);

  if (self->showing || self->reminders == NULL || on == lm_reminders_get_on (self->reminders))
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->on_row), FALSE);
  lm_reminders_set_on_async (self->reminders, on, turned_cb, g_object_ref (self));
}

/* The time of day -------------------------------------------------------------------------------
 */

static gboolean
time_output_cb (LmRemindersGroup *self, AdwSpinRow *row)
{
  g_autofree char *text = lm_phrase_minute_of_day ((guint) adw_spin_row_get_value (row));

  if (g_strcmp0 (text, gtk_editable_get_text (GTK_EDITABLE (row))) != 0)
    gtk_editable_set_text (GTK_EDITABLE (row), text);
  return TRUE;
}

static int
time_input_cb (LmRemindersGroup *self, double *value, AdwSpinRow *row)
{
  guint minute;

  if (!lm_phrase_read_minute_of_day (gtk_editable_get_text (GTK_EDITABLE (row)), &minute))
    return GTK_INPUT_ERROR;
  *value = minute;
  return TRUE;
}

/* The evenings ----------------------------------------------------------------------------------
 */

/* Returns: with which day a week begins here; 0 is Monday */
static guint
first_day (void)
{
  /* glibc gives numbers in the place of pointers to texts. */
  union
  {
    const char *text;
    unsigned int number;
  } origin = { .text = nl_langinfo (_NL_TIME_WEEK_1STDAY) };
  int first = nl_langinfo (_NL_TIME_FIRST_WEEKDAY)[0];

  /* The day that counts as the first is a Sunday or a Monday of 1997. */
  return (guint) (first - 1 + (origin.number == 19971201 ? 0 : 6)) % DAYS;
}

static void
add_days (LmRemindersGroup *self)
{
  for (guint i = 0; i < DAYS; i++)
    {
      guint day = (first_day () + i) % DAYS;
      /* A Monday. */
      g_autoptr (GDateTime) time = g_date_time_new_utc (2024, 1, 1 + (int) day, 12, 0, 0);
      g_autofree char *text = lm_phrase_weekday (time);
      g_autofree char *spoken = lm_text_capitalize (g_date_time_format (time, "%A"));
      GtkWidget *button = lm_spoken_button (gtk_toggle_button_new (), text, spoken);

      gtk_widget_add_css_class (button, "lm-choice");
      g_signal_connect_object (button, "toggled", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
      adw_wrap_box_append (self->evenings_box, button);
      self->days[day] = GTK_TOGGLE_BUTTON (button);
    }
}

/* The widget ------------------------------------------------------------------------------------
 */

static void
lm_reminders_group_unmap (GtkWidget *widget)
{
  LmRemindersGroup *self = LM_REMINDERS_GROUP (widget);

  if (self->keep_timer != 0)
    keep (self);
  GTK_WIDGET_CLASS (lm_reminders_group_parent_class)->unmap (widget);
}

static void
lm_reminders_group_dispose (GObject *object)
{
  LmRemindersGroup *self = LM_REMINDERS_GROUP (object);

  g_clear_handle_id (&self->keep_timer, g_source_remove);
  g_clear_object (&self->reminders);
  gtk_widget_dispose_template (GTK_WIDGET (object), LM_TYPE_REMINDERS_GROUP);
  G_OBJECT_CLASS (lm_reminders_group_parent_class)->dispose (object);
}

static void
lm_reminders_group_class_init (LmRemindersGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lm_reminders_group_dispose;
  widget_class->unmap = lm_reminders_group_unmap;
  gtk_widget_class_set_template_from_resource (
      widget_class,
      "/io/github/leitmotif_journal/Leitmotif/ui/preferences/lm-reminders-group.ui");
  gtk_widget_class_bind_template_child (widget_class, LmRemindersGroup, on_row);
  gtk_widget_class_bind_template_child (widget_class, LmRemindersGroup, before_row);
  gtk_widget_class_bind_template_child (widget_class, LmRemindersGroup, evenings_box);
  gtk_widget_class_bind_template_child (widget_class, LmRemindersGroup, time_row);
  gtk_widget_class_bind_template_child (widget_class, LmRemindersGroup, title_row);
  gtk_widget_class_bind_template_child (widget_class, LmRemindersGroup, text_row);
  gtk_widget_class_bind_template_child (widget_class, LmRemindersGroup, next_row);
  gtk_widget_class_bind_template_callback (widget_class, on_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, time_output_cb);
  gtk_widget_class_bind_template_callback (widget_class, time_input_cb);
}

static void
lm_reminders_group_init (LmRemindersGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_days (self);
}

static void
reminders_changed_cb (LmRemindersGroup *self)
{
  const LmReminderPlan *plan = lm_reminders_get_plan (self->reminders);

  if (plan == NULL)
    return;
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    {
      show_plan (self, plan);
      show_on (self);
      gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
    }
  show_next (self);
}

/* Shows and changes @reminders, as soon as it is known what was chosen: never, in the demo. To be
 * called once. */
void
lm_reminders_group_set_reminders (LmRemindersGroup *self, LmReminders *reminders)
{
  self->reminders = g_object_ref (reminders);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  reminders_changed_cb (self);
  g_signal_connect_object (reminders,
                           "changed",
                           G_CALLBACK (reminders_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
}
