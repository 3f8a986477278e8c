/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "journal/lm-entry.h"
#include "lm-test.h"
#include "workspace/lm-on-this-day.h"

/* What comes up again on its day, and what does not. */

static void
add (GListStore *list, const char *created, const char *rest)
{
  static guint8 count;
  g_autofree char *text =
      g_strdup_printf ("{\"kind\":\"entry\",\"created\":\"%s\"%s}", created, rest);
  g_autoptr (GBytes) payload = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  LmId id = { { ++count } };
  g_autoptr (LmRecord) record = lm_record_read (&id, payload, &error);
  g_autoptr (LmEntry) entry = NULL;

  g_assert_no_error (error);
  entry = lm_entry_new (record);
  g_list_store_append (list, entry);
}

/* The titles of what comes on the day, the first first, each with a comma. */
static char *
titles (GListStore *list, guint year, guint month, guint of_month)
{
  g_autoptr (GPtrArray) found = NULL;
  GString *text = g_string_new (NULL);
  GDate day;

  g_date_clear (&day, 1);
  g_date_set_dmy (&day, (GDateDay) of_month, (GDateMonth) month, (GDateYear) year);
  found = lm_on_this_day (G_LIST_MODEL (list), &day);
  for (guint i = 0; i < found->len; i++)
    g_string_append_printf (text, "%s,", lm_entry_get_title (found->pdata[i]));
  return g_string_free (text, FALSE);
}

static void
assert_titles (GListStore *list, guint year, guint month, guint of_month, const char *wanted)
{
  g_autofree char *found = titles (list, year, month, of_month);

  g_assert_cmpstr (found, ==, wanted);
}

#define TITLE(title) ",\"title\":\"" title "\""

static void
test_days (void)
{
  g_autoptr (GListStore) list = g_list_store_new (LM_TYPE_ENTRY);

  add (list, "2024-03-10T21:00:00+01:00", TITLE ("evening"));
  add (list, "2024-03-10T08:00:00+01:00", TITLE ("morning"));
  add (list, "2025-03-10T21:00:00+01:00", TITLE ("later"));
  add (list, "2024-03-11T00:30:00+01:00", TITLE ("night"));
  add (list, "2023-03-10T23:30:00-08:00", TITLE ("elsewhere"));
  assert_titles (list, 2026, 3, 10, "later,morning,evening,elsewhere,");
  /* Neither the same year nor one that is still to come. */
  assert_titles (list, 2025, 3, 10, "morning,evening,elsewhere,");
  assert_titles (list, 2023, 3, 10, "");
  assert_titles (list, 2026, 3, 11, "night,");
  assert_titles (list, 2026, 4, 10, "");
}

static void
test_leap_day (void)
{
  g_autoptr (GListStore) list = g_list_store_new (LM_TYPE_ENTRY);

  add (list, "2024-02-29T21:00:00+01:00", TITLE ("leap"));
  assert_titles (list, 2025, 2, 28, "leap,");
  assert_titles (list, 2025, 3, 1, "");
  assert_titles (list, 2028, 2, 28, "");
  assert_titles (list, 2028, 2, 29, "leap,");
}

static void
test_left_alone (void)
{
  static const struct
  {
    const char *rest;
    gboolean comes;
  } cases[] = {
    { "", TRUE },
    { ",\"strength\":{\"before\":3}", TRUE },
    { ",\"on_its_day\":false", FALSE },
    { ",\"on_its_day\":true", TRUE },
    /* What is not understood says nothing. */
    { ",\"on_its_day\":\"no\"", TRUE },
    { ",\"deleted\":\"2025-01-01T00:00:00+01:00\"", FALSE },
    { ",\"answers\":[{\"step\":\"before\",\"scale\":4}]", FALSE },
    { ",\"answers\":[{\"step\":\"before\",\"scale\":3}]", TRUE },
    { ",\"answers\":[{\"step\":\"before\",\"scale\":5},{\"step\":\"after\",\"scale\":3}]", TRUE },
    { ",\"answers\":[{\"step\":\"before\",\"scale\":1},{\"step\":\"after\",\"scale\":4}]", FALSE },
    { ",\"answers\":[{\"step\":\"after\",\"scale\":5}]", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GListStore) list = g_list_store_new (LM_TYPE_ENTRY);

      add (list, "2024-03-10T21:00:00+01:00", cases[i].rest);
      assert_titles (list, 2026, 3, 10, cases[i].comes ? "," : "");
    }
}

/* What is remembered of the days follows the list, wherever it changes. */
static void
test_follows (void)
{
  g_autoptr (GListStore) list = g_list_store_new (LM_TYPE_ENTRY);
  g_autoptr (LmEntry) moved = NULL;

  add (list, "2023-05-13T20:00:00+02:00", TITLE ("a"));
  assert_titles (list, 2025, 5, 13, "a,");
  add (list, "2022-05-14T20:00:00+02:00", TITLE ("b"));
  add (list, "2021-05-13T20:00:00+02:00", TITLE ("c"));
  assert_titles (list, 2025, 5, 13, "a,c,");
  moved = g_list_model_get_item (G_LIST_MODEL (list), 2);
  g_list_store_remove (list, 0);
  assert_titles (list, 2025, 5, 13, "c,");
  assert_titles (list, 2025, 5, 14, "b,");
  g_list_store_insert (list, 0, moved);
  g_list_store_remove (list, 1);
  assert_titles (list, 2025, 5, 13, "c,c,");
  assert_titles (list, 2025, 5, 14, "");
  g_list_store_remove_all (list);
  assert_titles (list, 2025, 5, 13, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/on-this-day/days", test_days);
  g_test_add_func ("/on-this-day/leap-day", test_leap_day);
  g_test_add_func ("/on-this-day/left-alone", test_left_alone);
  g_test_add_func ("/on-this-day/follows", test_follows);
  return g_test_run ();
}
