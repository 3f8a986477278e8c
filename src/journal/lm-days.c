/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/lm-json.h"
#include "journal/lm-days.h"

struct _LmDays
{
  gint64 count; /* all that were ever counted */
  guint32 last; /* the day that was seen last, as a Julian day; 0 for none */
  GArray *days; /* of guint32: the last ones that were counted, in the order of counting */
};

static guint32
day_of (GDateTime *time)
{
  int year, month, day;
  GDate date;

  g_date_time_get_ymd (time, &year, &month, &day);
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return g_date_get_julian (&date);
}

static char *
write_day (guint32 day)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, day);
  return g_strdup_printf ("%04d-%02d-%02d",
                          (int) g_date_get_year (&date),
                          (int) g_date_get_month (&date),
                          (int) g_date_get_day (&date));
}

/* Returns: the day that @text names, 0 for none */
static guint32
read_day (const char *text)
{
  g_autofree char *whole = text != NULL ? g_strconcat (text, "T00:00:00Z", NULL) : NULL;
  g_autoptr (GDateTime) time = whole != NULL ? g_date_time_new_from_iso8601 (whole, NULL) : NULL;

  return time != NULL ? day_of (time) : 0;
}

LmDays *
lm_days_new (void)
{
  LmDays *days = g_new0 (LmDays, 1);

  days->days = g_array_new (FALSE, FALSE, sizeof (guint32));
  return days;
}

/**
 * lm_days_read:
 * @json: (nullable): from lm_days_write ()
 *
 * Returns: (transfer full): the days; none where @json is not what it should be, which makes
 *   everything younger, never older
 */
LmDays *
lm_days_read (JsonObject *json)
{
  LmDays *days = lm_days_new ();
  JsonArray *dates = lm_json_get_array (json, "dates");

  if (!lm_json_get_integer (json, "count", &days->count) || days->count < 0)
    days->count = 0;
  days->last = read_day (lm_json_get_string (json, "last"));
  for (guint i = 0; i < lm_json_array_size (dates); i++)
    {
      guint32 day = read_day (lm_json_at_string (dates, i));

      if (day != 0)
        g_array_append_val (days->days, day);
    }
  return days;
}

JsonObject *
lm_days_write (LmDays *days)
{
  JsonObject *json = json_object_new ();
  JsonArray *dates = json_array_new ();

  json_object_set_int_member (json, "count", days->count);
  if (days->last != 0)
    {
      g_autofree char *last = write_day (days->last);

      json_object_set_string_member (json, "last", last);
    }
  for (guint i = 0; i < days->days->len; i++)
    {
      g_autofree char *date = write_day (g_array_index (days->days, guint32, i));

      json_array_add_string_element (dates, date);
    }
  json_object_set_array_member (json, "dates", dates);
  return json;
}

void
lm_days_free (LmDays *days)
{
  g_array_unref (days->days);
  g_free (days);
}

static gboolean
is_counted (LmDays *days, guint32 day)
{
  for (guint i = 0; i < days->days->len; i++)
    if (g_array_index (days->days, guint32, i) == day)
      return TRUE;
  return FALSE;
}

static gboolean
follows (guint32 day, guint32 other)
{
  return day > other && day - other <= LM_DAYS_STEP;
}

/**
 * lm_days_note:
 * @now: the time, by the clock
 *
 * Notes that the journal is in use. Where the clock went back, or ahead by more than
 * %LM_DAYS_STEP days, counting goes on from there, but nothing is counted for it. A computer that
 * begins every day in 1970 and is put right later counts its days all the same.
 *
 * Returns: whether something changed that is to be kept
 */
gboolean
lm_days_note (LmDays *days, GDateTime *now)
{
  guint32 today = day_of (now);
  guint32 counted =
      days->days->len > 0 ? g_array_index (days->days, guint32, days->days->len - 1) : 0;
  gboolean first = days->last == 0;
  gboolean next = follows (today, days->last) || follows (today, counted);

  if (today == days->last)
    return FALSE;
  days->last = today;
  if ((first || next) && !is_counted (days, today))
    {
      days->count++;
      if (days->days->len >= LM_DAYS_KEPT)
        g_array_remove_range (days->days, 0, days->days->len - LM_DAYS_KEPT + 1);
      g_array_append_val (days->days, today);
    }
  return TRUE;
}

/* Returns: (transfer full) (nullable): the day that was counted last, if it is later than the day
 * after @now: then the clock is behind, or was ahead */
GDateTime *
lm_days_ahead (LmDays *days, GDateTime *now)
{
  guint32 counted =
      days->days->len > 0 ? g_array_index (days->days, guint32, days->days->len - 1) : 0;
  g_autofree char *text = NULL;
  g_autofree char *whole = NULL;

  /* One day is no more than a journey. */
  if (counted <= day_of (now) + 1)
    return NULL;
  text = write_day (counted);
  whole = g_strconcat (text, "T12:00:00Z", NULL);
  return g_date_time_new_from_iso8601 (whole, NULL);
}

/* Returns: how many days were ever counted */
gint64
lm_days_count (LmDays *days)
{
  return days->count;
}

/* Returns: how many of the days that are remembered lie behind that of @time */
guint
lm_days_since (LmDays *days, GDateTime *time)
{
  guint32 day = day_of (time);
  guint later = 0;

  for (guint i = 0; i < days->days->len; i++)
    if (g_array_index (days->days, guint32, i) > day)
      later++;
  return later;
}
