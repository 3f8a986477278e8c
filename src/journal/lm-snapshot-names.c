/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "journal/lm-snapshot.h"

/* Which snapshots there should be, told from their names alone. A clock may stand anywhere: what is
 * from the future is left alone, and what is kept is counted by days on which there is a snapshot,
 * never by how long ago they were. A jump by ten years thus costs at most one place in each row. */

#define DAYS   7
#define WEEKS  4
#define MONTHS 12
/* All of these are kept: two imports on one day have a snapshot before each. */
#define KEEP_ALL (24 * G_TIME_SPAN_HOUR)

#define NAME_FORMAT "%Y-%m-%dT%H%M%SZ"
#define NAME_SHAPE  "0000-00-00T000000Z"

/* Returns: (transfer full): the name of a snapshot made at @time */
char *
lm_snapshot_name (GDateTime *time)
{
  g_autoptr (GDateTime) utc = g_date_time_to_utc (time);

  return g_date_time_format (utc, NAME_FORMAT);
}

static gboolean
has_shape (const char *name)
{
  if (strlen (name) != strlen (NAME_SHAPE))
    return FALSE;
  for (guint i = 0; NAME_SHAPE[i] != '\0'; i++)
    if (NAME_SHAPE[i] == '0' ? !g_ascii_isdigit (name[i]) : name[i] != NAME_SHAPE[i])
      return FALSE;
  return TRUE;
}

static int
number (const char *digits, guint n)
{
  int value = 0;

  for (guint i = 0; i < n; i++)
    value = 10 * value + g_ascii_digit_value (digits[i]);
  return value;
}

/* Returns: (transfer full) (nullable): when the snapshot was made, in UTC; %NULL if @name is not
 * the name of one */
GDateTime *
lm_snapshot_time (const char *name)
{
  if (!has_shape (name))
    return NULL;
  return g_date_time_new_utc (number (name, 4),
                              number (name + 5, 2),
                              number (name + 8, 2),
                              number (name + 11, 2),
                              number (name + 13, 2),
                              number (name + 15, 2));
}

/**
 * lm_snapshot_is_due:
 * @names: (element-type utf8): of lm_snapshots_list ()
 * @now: in the person's time zone
 *
 * Returns: whether there is none of this day yet
 */
gboolean
lm_snapshot_is_due (GPtrArray *names, GDateTime *now)
{
  g_autofree char *today = g_date_time_format (now, "%Y-%m-%d");

  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (GDateTime) made = lm_snapshot_time (names->pdata[i]);
      g_autoptr (GDateTime) here =
          made != NULL ? g_date_time_to_timezone (made, g_date_time_get_timezone (now)) : NULL;
      g_autofree char *day = here != NULL ? g_date_time_format (here, "%Y-%m-%d") : NULL;

      if (g_strcmp0 (day, today) == 0)
        return FALSE;
    }
  return TRUE;
}

/* One row of those that are kept: the newest of each of the last days, weeks or months that have
 * any. */
typedef struct
{
  const char *format;
  guint places;
  char *last; /* what was kept last */
} Row;

static gboolean
row_keeps (Row *row, GDateTime *time)
{
  g_autofree char *place = g_date_time_format (time, row->format);

  if (row->places == 0 || g_strcmp0 (place, row->last) == 0)
    return FALSE;
  g_set_str (&row->last, place);
  row->places--;
  return TRUE;
}

/**
 * lm_snapshot_superfluous:
 * @names: (element-type utf8): of lm_snapshots_list (), oldest first
 * @now: the time
 *
 * Returns: (transfer full) (element-type utf8): those of @names that may go, oldest first
 */
GPtrArray *
lm_snapshot_superfluous (GPtrArray *names, GDateTime *now)
{
  GPtrArray *superfluous = g_ptr_array_new_with_free_func (g_free);
  /* %G and %V are the ISO week and the year that it belongs to. */
  Row rows[] = { { "%Y-%m-%d", DAYS, NULL }, { "%G-%V", WEEKS, NULL }, { "%Y-%m", MONTHS, NULL } };

  for (guint i = names->len; i > 0; i--)
    {
      g_autoptr (GDateTime) made = lm_snapshot_time (names->pdata[i - 1]);
      gboolean keep;

      if (made == NULL || g_date_time_compare (made, now) > 0)
        continue;
      keep = g_date_time_difference (now, made) < KEEP_ALL;
      for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
        if (row_keeps (&rows[k], made))
          keep = TRUE;
      if (!keep)
        g_ptr_array_insert (superfluous, 0, g_strdup (names->pdata[i - 1]));
    }
  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    g_free (rows[k].last);
  return superfluous;
}
