/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "base/lm-text.h"
#include "ui/journal/lm-day-links.h"
#include "ui/journal/lm-journal-calendar.h"
#include "ui/widgets/lm-date-entry.h"
#include "workspace/lm-phrases.h"
#include "workspace/lm-written-days.h"

/* A month, or the months of a year, with a dot where something was written: whether, never how
 * much. Days are buttons, so that they can be heard and reached by keys; GtkCalendar's are not. */

#define WEEKS  6
#define DAYS   (WEEKS * 7)
#define MONTHS 12

struct _LmJournalCalendar
{
  GtkBox parent_instance;

  GtkWidget *back_button;
  GtkWidget *title_button;
  GtkWidget *forward_button;
  GtkWidget *stack;
  GtkWidget *date_entry;
  GtkWidget *links;
  GtkWidget *weekdays[7];
  GtkWidget *days[DAYS];
  GtkWidget *months[MONTHS];

  LmWorkspace *workspace;
  LmWrittenDays *written;
  GDate today;
  GDate day; /* that has the focus, and whose month is shown */
  gboolean in_year;
};

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LmJournalCalendar, lm_journal_calendar, GTK_TYPE_BOX)

static GDateTime *
time_of (const GDate *day)
{
  return g_date_time_new_local (g_date_get_year (day),
                                (int) g_date_get_month (day),
                                g_date_get_day (day),
                                12,
                                0,
                                0);
}

static GDate
first_shown (LmJournalCalendar *self)
{
  GDate first = self->day;
  guint before;

  g_date_set_day (&first, 1);
  before = ((guint) g_date_get_weekday (&first) + 7 - (guint) lm_first_weekday ()) % 7;
  /* The calendar begins with the year 1. */
  if (g_date_get_julian (&first) > before)
    g_date_subtract_days (&first, before);
  return first;
}

/* Showing -------------------------------------------------------------------------------------- */

static GtkWidget *
dot_of (GtkWidget *button)
{
  return gtk_widget_get_last_child (gtk_button_get_child (GTK_BUTTON (button)));
}

static void
set_text (GtkWidget *button, const char *text, gboolean dot)
{
  GtkWidget *label = gtk_widget_get_first_child (gtk_button_get_child (GTK_BUTTON (button)));

  gtk_label_set_label (GTK_LABEL (label), text);
  gtk_widget_set_opacity (dot_of (button), dot ? 1 : 0);
}

static void
show_day (LmJournalCalendar *self, GtkWidget *button, const GDate *day)
{
  g_autoptr (GDateTime) time = time_of (day);
  g_autofree char *number = g_date_time_format (time, "%-d");
  g_autofree char *name = lm_phrase_day_with_year (time);
  g_autofree char *spoken = NULL;
  guint n = lm_written_days_count (self->written, day);

  if (n == 0)
    /* Translators: a day in the calendar, for screen readers */
    spoken = g_strdup_printf (_ ("%s, no entries"), name);
  else
    /* Translators: a day in the calendar, for screen readers */
    spoken = g_strdup_printf (ngettext ("%1$s, %2$u entry", "%1$s, %2$u entries", n), name, n);
  set_text (button, number, n > 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken,
                                  -1);
  if (g_date_get_month (day) == g_date_get_month (&self->day))
    gtk_widget_remove_css_class (button, "dimmed");
  else
    gtk_widget_add_css_class (button, "dimmed");
  if (g_date_compare (day, &self->today) == 0)
    gtk_widget_add_css_class (button, "lm-today");
  else
    gtk_widget_remove_css_class (button, "lm-today");
  /* One stop for the tabulator; the arrows go on from there. */
  gtk_widget_set_focusable (button, g_date_compare (day, &self->day) == 0);
}

static void
show_month (LmJournalCalendar *self)
{
  GDate day = first_shown (self);
  g_autoptr (GDateTime) time = time_of (&self->day);
  g_autofree char *title = lm_text_capitalize (lm_phrase_month (time));

  for (guint i = 0; i < DAYS; i++)
    {
      if (i < 7)
        {
          g_autoptr (GDateTime) weekday = time_of (&day);
          g_autofree char *name = lm_phrase_weekday (weekday);

          gtk_label_set_label (GTK_LABEL (self->weekdays[i]), name);
        }
      show_day (self, self->days[i], &day);
      g_date_add_days (&day, 1);
    }
  gtk_button_set_label (GTK_BUTTON (self->title_button), title);
  gtk_widget_set_tooltip_text (self->title_button, _ ("Show the year"));
  gtk_widget_set_tooltip_text (self->back_button, _ ("Month before"));
  gtk_widget_set_tooltip_text (self->forward_button, _ ("Month after"));
}

static void
show_year (LmJournalCalendar *self)
{
  int year = g_date_get_year (&self->day);
  g_autofree char *title = g_strdup_printf ("%d", year);

  for (guint i = 0; i < MONTHS; i++)
    {
      g_autoptr (GDateTime) time = g_date_time_new_local (year, (int) i + 1, 1, 12, 0, 0);
      g_autofree char *name = lm_text_capitalize (g_date_time_format (time, "%Ob"));
      g_autofree char *whole = lm_phrase_month (time);
      gboolean written = lm_written_days_in_month (self->written, year, (int) i + 1);
      g_autofree char *spoken =
          /* Translators: a month in the calendar, for screen readers */
          g_strdup_printf (written ? _ ("%s, with entries") : _ ("%s, no entries"), whole);

      set_text (self->months[i], name, written);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->months[i]),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      spoken,
                                      -1);
      gtk_widget_set_focusable (self->months[i], i + 1 == (guint) g_date_get_month (&self->day));
    }
  gtk_button_set_label (GTK_BUTTON (self->title_button), title);
  gtk_widget_set_tooltip_text (self->title_button, _ ("Show the month"));
  gtk_widget_set_tooltip_text (self->back_button, _ ("Year before"));
  gtk_widget_set_tooltip_text (self->forward_button, _ ("Year after"));
}

static void
show (LmJournalCalendar *self)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), self->in_year ? "year" : "month");
  if (self->in_year)
    show_year (self);
  else
    show_month (self);
  lm_day_links_show (self->links, self->workspace, &self->day);
}

static void
focus (LmJournalCalendar *self)
{
  GDate first = first_shown (self);
  guint place = g_date_get_julian (&self->day) - g_date_get_julian (&first);

  if (self->in_year)
    gtk_widget_grab_focus (self->months[g_date_get_month (&self->day) - 1]);
  else
    gtk_widget_grab_focus (self->days[MIN (place, DAYS - 1)]);
}

/* Moving --------------------------------------------------------------------------------------- */

/* Goes @days and @months on; stays within what calendars know. */
static void
move (LmJournalCalendar *self, int days, int months)
{
  GDate day = self->day;
  guint32 julian = g_date_get_julian (&day);
  int month = g_date_get_year (&day) * 12 + (int) g_date_get_month (&day) - 1 + months;

  if (month < 1900 * 12 || month >= 2200 * 12)
    return;
  if (months != 0)
    g_date_set_dmy (
        &day,
        MIN (g_date_get_day (&day),
             g_date_get_days_in_month ((GDateMonth) (month % 12 + 1), (GDateYear) (month / 12))),
        (GDateMonth) (month % 12 + 1),
        (GDateYear) (month / 12));
  else
    g_date_set_julian (&day, (guint32) ((int) julian + days));
  self->day = day;
  show (self);
}

static void
back_cb (LmJournalCalendar *self)
{
  move (self, 0, self->in_year ? -12 : -1);
}

static void
forward_cb (LmJournalCalendar *self)
{
  move (self, 0, self->in_year ? 12 : 1);
}

static void
title_cb (LmJournalCalendar *self)
{
  self->in_year = !self->in_year;
  show (self);
  focus (self);
}

static gboolean
key_cb (LmJournalCalendar *self, guint key, guint code, GdkModifierType state)
{
  gboolean control = (state & GDK_CONTROL_MASK) != 0;
  int sign = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? -1 : 1;
  int week =
      (int) (((guint) g_date_get_weekday (&self->day) + 7 - (guint) lm_first_weekday ()) % 7);

  switch (key)
    {
    case GDK_KEY_Left:
      move (self, self->in_year ? 0 : -sign, self->in_year ? -sign : 0);
      break;
    case GDK_KEY_Right:
      move (self, self->in_year ? 0 : sign, self->in_year ? sign : 0);
      break;
    case GDK_KEY_Up:
      move (self, self->in_year ? 0 : -7, self->in_year ? -4 : 0);
      break;
    case GDK_KEY_Down:
      move (self, self->in_year ? 0 : 7, self->in_year ? 4 : 0);
      break;
    case GDK_KEY_Page_Up:
      move (self, 0, self->in_year || control ? -12 : -1);
      break;
    case GDK_KEY_Page_Down:
      move (self, 0, self->in_year || control ? 12 : 1);
      break;
    case GDK_KEY_Home:
      move (self,
            self->in_year ? 0 : -week,
            self->in_year ? 1 - (int) g_date_get_month (&self->day) : 0);
      break;
    case GDK_KEY_End:
      move (self,
            self->in_year ? 0 : 6 - week,
            self->in_year ? 12 - (int) g_date_get_month (&self->day) : 0);
      break;
    default:
      return GDK_EVENT_PROPAGATE;
    }
  focus (self);
  return GDK_EVENT_STOP;
}

static void
day_cb (GtkWidget *button, LmJournalCalendar *self)
{
  GDate day = first_shown (self);
  g_autoptr (GDateTime) time = NULL;

  g_date_add_days (&day, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "place")));
  self->day = day;
  time = time_of (&day);
  show (self);
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, time);
}

static void
month_cb (GtkWidget *button, LmJournalCalendar *self)
{
  int month = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "place")) + 1;

  self->in_year = FALSE;
  move (self, 0, month - (int) g_date_get_month (&self->day));
  focus (self);
}

/* A day was meant: that is where to go. A month or a year is only shown. */
static void
entered_cb (LmJournalCalendar *self, guint read, GDate *day)
{
  g_autoptr (GDateTime) time = NULL;

  if (day == NULL)
    return;
  self->day = *day;
  self->in_year = read == LM_TYPED_DATE_YEAR;
  lm_date_entry_set_text (LM_DATE_ENTRY (self->date_entry), "");
  show (self);
  if (read != LM_TYPED_DATE_DAY)
    {
      focus (self);
      return;
    }
  time = time_of (day);
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, time);
}

/* The widget ----------------------------------------------------------------------------------- */

static GtkWidget *
make_cell (LmJournalCalendar *self,
           GtkWidget *grid,
           guint place,
           guint columns,
           int row,
           GCallback clicked)
{
  GtkWidget *button = gtk_button_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *dot = gtk_label_new ("•");

  gtk_box_append (GTK_BOX (box), gtk_label_new (NULL));
  gtk_box_append (GTK_BOX (box), dot);
  gtk_widget_add_css_class (dot, "lm-day-dot");
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "lm-day");
  g_object_set_data (G_OBJECT (button), "place", GUINT_TO_POINTER (place));
  g_signal_connect (button, "clicked", clicked, self);
  gtk_grid_attach (GTK_GRID (grid),
                   button,
                   (int) (place % columns),
                   row + (int) (place / columns),
                   1,
                   1);
  return button;
}

static GtkWidget *
make_grid (void)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 2);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 2);
  return grid;
}

static void
make_views (LmJournalCalendar *self)
{
  GtkWidget *month = make_grid (), *year = make_grid ();

  for (guint i = 0; i < 7; i++)
    {
      self->weekdays[i] = gtk_label_new (NULL);
      gtk_widget_add_css_class (self->weekdays[i], "caption");
      gtk_widget_add_css_class (self->weekdays[i], "dimmed");
      gtk_grid_attach (GTK_GRID (month), self->weekdays[i], (int) i, 0, 1, 1);
    }
  for (guint i = 0; i < DAYS; i++)
    self->days[i] = make_cell (self, month, i, 7, 1, G_CALLBACK (day_cb));
  for (guint i = 0; i < MONTHS; i++)
    self->months[i] = make_cell (self, year, i, 4, 0, G_CALLBACK (month_cb));
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), month, "month");
  gtk_stack_add_named (GTK_STACK (self->stack), year, "year");
}

static GtkWidget *
make_button (LmJournalCalendar *self, const char *icon, void (*func) (LmJournalCalendar *self))
{
  GtkWidget *button = icon != NULL ? gtk_button_new_from_icon_name (icon) : gtk_button_new ();

  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (func), self);
  return button;
}

static void
lm_journal_calendar_dispose (GObject *object)
{
  LmJournalCalendar *self = LM_JOURNAL_CALENDAR (object);

  g_clear_object (&self->written);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (lm_journal_calendar_parent_class)->dispose (object);
}

static void
lm_journal_calendar_class_init (LmJournalCalendarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lm_journal_calendar_dispose;
  /* The person chose a day. With noon of that day. */
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen",
                                         G_TYPE_FROM_CLASS (klass),
                                         G_SIGNAL_RUN_LAST,
                                         0,
                                         NULL,
                                         NULL,
                                         NULL,
                                         G_TYPE_NONE,
                                         1,
                                         G_TYPE_DATE_TIME);
}

static void
lm_journal_calendar_init (LmJournalCalendar *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  self->back_button = make_button (self, "go-previous-symbolic", back_cb);
  self->title_button = make_button (self, NULL, title_cb);
  self->forward_button = make_button (self, "go-next-symbolic", forward_cb);
  gtk_widget_set_hexpand (self->title_button, TRUE);
  gtk_box_append (GTK_BOX (head), self->back_button);
  gtk_box_append (GTK_BOX (head), self->title_button);
  gtk_box_append (GTK_BOX (head), self->forward_button);
  make_views (self);
  gtk_box_append (GTK_BOX (self), head);
  gtk_box_append (GTK_BOX (self), self->stack);
  self->links = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self), self->links);
  /* Only among the days: the buttons above are reached with the tabulator. */
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (self->stack, keys);
}

/* Begins at today, with the focus there. */
void
lm_journal_calendar_begin (LmJournalCalendar *self)
{
  g_autoptr (GDateTime) now = lm_clock_now (lm_workspace_get_clock (self->workspace));
  int year, month, day;

  g_date_time_get_ymd (now, &year, &month, &day);
  g_date_clear (&self->today, 1);
  g_date_set_dmy (&self->today, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  if (!g_date_valid (&self->day))
    self->day = self->today;
  show (self);
  focus (self);
}

GtkWidget *
lm_journal_calendar_new (LmWorkspace *workspace)
{
  LmJournalCalendar *self = g_object_new (LM_TYPE_JOURNAL_CALENDAR, NULL);

  self->workspace = g_object_ref (workspace);
  self->written = lm_written_days_new (lm_workspace_get_entries (workspace));
  self->date_entry =
      lm_date_entry_new (lm_workspace_get_clock (workspace), _ ("Go to a date"), FALSE);
  g_signal_connect_swapped (self->date_entry, "entered", G_CALLBACK (entered_cb), self);
  gtk_box_insert_child_after (GTK_BOX (self), self->date_entry, self->stack);
  return GTK_WIDGET (self);
}
