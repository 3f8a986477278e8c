/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <locale.h>
#include <string.h>

#include "journal/lm-entry.h"
#include "lm-test.h"
#include "workspace/lm-written-days.h"

/* Which days have a dot, and where in the timeline a day is. */

static LmEntry *
entry (const char *created, gboolean deleted)
{
  static guint8 count;
  g_autofree char *text =
      g_strdup_printf ("{\"kind\":\"entry\",\"created\":\"%s\"%s}",
                       created,
                       deleted ? ",\"deleted\":\"2026-01-01T00:00:00+01:00\"" : "");
  g_autoptr (GBytes) payload = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  LmId id = { { ++count } };
  g_autoptr (LmRecord) record = lm_record_read (&id, payload, &error);

  g_assert_no_error (error);
  return lm_entry_new (record);
}

static void
append (GListStore *list, const char *created, gboolean deleted)
{
  g_autoptr (LmEntry) added = entry (created, deleted);

  g_list_store_append (list, added);
}

static GDate
day (guint year, guint month, guint of_month)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) of_month, (GDateMonth) month, (GDateYear) year);
  return date;
}

/* By the clock of where it was begun, whatever day that was here. */
static void
test_counts (void)
{
  g_autoptr (GListStore) list = g_list_store_new (LM_TYPE_ENTRY);
  g_autoptr (LmWrittenDays) days = lm_written_days_new (G_LIST_MODEL (list));
  GDate thirteenth = day (2025, 1, 13), fourteenth = day (2025, 1, 14);

  g_assert_cmpuint (lm_written_days_count (days, &thirteenth), ==, 0);
  append (list, "2025-01-13T23:30:00-08:00", FALSE);
  append (list, "2025-01-13T00:10:00+09:00", FALSE);
  append (list, "2025-01-14T12:00:00+01:00", TRUE);
  g_assert_cmpuint (lm_written_days_count (days, &thirteenth), ==, 2);
  g_assert_cmpuint (lm_written_days_count (days, &fourteenth), ==, 0);
  g_assert_true (lm_written_days_in_month (days, 2025, 1));
  g_assert_false (lm_written_days_in_month (days, 2025, 2));
  g_assert_false (lm_written_days_in_month (days, 2024, 1));
  g_list_store_remove_all (list);
  g_assert_cmpuint (lm_written_days_count (days, &thirteenth), ==, 0);
  g_assert_false (lm_written_days_in_month (days, 2025, 1));
}

static void
test_position (void)
{
  static const struct
  {
    guint year, month, day, position;
  } cases[] = {
    { 2026, 1, 1, 0 }, { 2025, 3, 10, 0 },  { 2025, 3, 9, 1 },  { 2025, 3, 2, 1 },
    { 2025, 3, 1, 3 }, { 2024, 12, 31, 3 }, { 2024, 2, 29, 4 }, { 1999, 1, 1, 4 },
  };
  g_autoptr (GListStore) list = g_list_store_new (LM_TYPE_ENTRY);
  GDate any = day (2025, 1, 1);

  g_assert_cmpuint (lm_written_days_position (G_LIST_MODEL (list), &any), ==, 0);
  append (list, "2025-03-10T10:00:00+01:00", FALSE);
  append (list, "2025-03-02T22:00:00+01:00", FALSE);
  append (list, "2025-03-02T09:00:00+01:00", FALSE);
  append (list, "2024-12-31T09:00:00+01:00", FALSE);
  append (list, "2024-02-29T09:00:00+01:00", FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GDate wanted = day (cases[i].year, cases[i].month, cases[i].day);

      g_assert_cmpuint (lm_written_days_position (G_LIST_MODEL (list), &wanted),
                        ==,
                        cases[i].position);
    }
}

static void
test_first_weekday (void)
{
  static const struct
  {
    const char *locale;
    GDateWeekday first;
  } cases[] = {
    { "en_US.UTF-8", G_DATE_SUNDAY },
    { "de_DE.UTF-8", G_DATE_MONDAY },
    { "es_ES.UTF-8", G_DATE_MONDAY },
    { "ar_EG.UTF-8", G_DATE_SATURDAY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      if (setlocale (LC_TIME, cases[i].locale) == NULL)
        {
          g_test_message ("%s is not installed", cases[i].locale);
          continue;
        }
      g_assert_cmpint (lm_first_weekday (), ==, cases[i].first);
    }
  setlocale (LC_TIME, "C");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/written-days/counts", test_counts);
  g_test_add_func ("/written-days/position", test_position);
  g_test_add_func ("/written-days/first-weekday", test_first_weekday);
  return g_test_run ();
}
