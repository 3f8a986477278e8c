/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/lm-clock.h"
#include "journal/lm-appointment.h"

/* When the sessions of an appointment are. */

static GDateTime *
time_of (const char *text)
{
  GDateTime *time = lm_time_from_rfc3339 (text);

  g_assert_nonnull (time);
  return time;
}

/* Weekly from Thursday, 22 October 2026, 17:10 in Berlin: summer time ends three days later. */
static LmContent *
weekly (guint weeks)
{
  g_autoptr (GTimeZone) berlin = g_time_zone_new_identifier ("Europe/Berlin");
  g_autoptr (GDateTime) starts = g_date_time_new (berlin, 2026, 10, 22, 17, 10, 0);
  LmContent *content = lm_content_new ("appointment", starts);

  lm_appointment_set (content, starts, 50, weeks);
  return content;
}

static void
assert_session (LmSession *session, const char *expected)
{
  g_autofree char *text = session != NULL ? lm_time_to_rfc3339 (session->starts) : NULL;

  g_assert_cmpstr (text, ==, expected);
  g_clear_pointer (&session, lm_session_free);
}

static void
assert_next (LmContent *content, const char *now, const char *expected)
{
  g_autoptr (GDateTime) time = time_of (now);

  assert_session (lm_appointment_next (content, time), expected);
}

static void
assert_last (LmContent *content, const char *now, const char *expected)
{
  g_autoptr (GDateTime) time = time_of (now);

  assert_session (lm_appointment_last (content, time), expected);
}

static void
test_weekly (void)
{
  g_autoptr (LmContent) content = weekly (1);

  assert_next (content, "2026-10-01T12:00:00+02:00", "2026-10-22T17:10:00+02:00");
  assert_last (content, "2026-10-01T12:00:00+02:00", NULL);
  /* While it lasts, it is the next one still. */
  assert_next (content, "2026-10-22T17:59:59+02:00", "2026-10-22T17:10:00+02:00");
  /* The time on the wall stays when summer time ends. */
  assert_next (content, "2026-10-22T18:00:00+02:00", "2026-10-29T17:10:00+01:00");
  assert_last (content, "2026-10-22T18:00:00+02:00", "2026-10-22T17:10:00+02:00");
  assert_next (content, "2030-01-02T12:00:00+01:00", "2030-01-03T17:10:00+01:00");
  assert_last (content, "2030-01-02T12:00:00+01:00", "2029-12-27T17:10:00+01:00");
}

static void
test_once_and_fortnightly (void)
{
  g_autoptr (LmContent) once = weekly (0), fortnightly = weekly (2);

  assert_next (once, "2026-10-20T12:00:00+02:00", "2026-10-22T17:10:00+02:00");
  assert_next (once, "2026-10-23T12:00:00+02:00", NULL);
  assert_last (once, "2026-10-23T12:00:00+02:00", "2026-10-22T17:10:00+02:00");
  assert_next (fortnightly, "2026-10-23T12:00:00+02:00", "2026-11-05T17:10:00+01:00");
}

static void
test_cancelled_and_moved (void)
{
  g_autoptr (LmContent) content = weekly (1);
  g_autoptr (GDateTime) friday = time_of ("2026-11-06T09:00:00+01:00");
  g_autoptr (GDateTime) saturday = time_of ("2026-11-07T10:00:00+01:00");

  lm_appointment_cancel (content, "2026-10-29");
  lm_appointment_cancel (content, "2026-10-29");
  assert_next (content, "2026-10-23T12:00:00+02:00", "2026-11-05T17:10:00+01:00");
  lm_appointment_move (content, "2026-11-05", friday);
  assert_next (content, "2026-10-23T12:00:00+02:00", "2026-11-06T09:00:00+01:00");
  assert_next (content, "2026-11-06T08:00:00+01:00", "2026-11-06T09:00:00+01:00");
  lm_appointment_move (content, "2026-11-05", saturday);
  assert_next (content, "2026-11-06T08:00:00+01:00", "2026-11-07T10:00:00+01:00");
  assert_next (content, "2026-11-08T08:00:00+01:00", "2026-11-12T17:10:00+01:00");
  assert_last (content, "2026-11-08T08:00:00+01:00", "2026-11-07T10:00:00+01:00");
  lm_appointment_cancel (content, "2026-11-05");
  assert_next (content, "2026-10-23T12:00:00+02:00", "2026-11-12T17:10:00+01:00");
}

/* Moved behind the one after it: the order is that of the clock. */
static void
test_moved_across (void)
{
  g_autoptr (LmContent) content = weekly (1);
  g_autoptr (GDateTime) late = time_of ("2026-11-13T09:00:00+01:00");

  lm_appointment_move (content, "2026-11-05", late);
  assert_next (content, "2026-11-02T12:00:00+01:00", "2026-11-12T17:10:00+01:00");
  assert_next (content, "2026-11-13T08:00:00+01:00", "2026-11-13T09:00:00+01:00");
  assert_last (content, "2026-11-14T08:00:00+01:00", "2026-11-13T09:00:00+01:00");
}

static void
test_breaks_and_the_end (void)
{
  g_autoptr (LmContent) content = weekly (1);
  g_autoptr (GDateTime) end = time_of ("2027-01-20T12:00:00+01:00");
  g_autoptr (GPtrArray) breaks = NULL, none = NULL;

  lm_appointment_add_break (content, "2026-12-20", "2027-01-07");
  assert_next (content, "2026-12-18T12:00:00+01:00", "2027-01-14T17:10:00+01:00");
  assert_last (content, "2027-01-10T12:00:00+01:00", "2026-12-17T17:10:00+01:00");
  breaks = lm_appointment_get_breaks (content);
  g_assert_cmpuint (breaks->len, ==, 1);
  lm_appointment_end (content, end);
  assert_next (content, "2027-01-15T12:00:00+01:00", NULL);
  assert_last (content, "2027-02-15T12:00:00+01:00", "2027-01-14T17:10:00+01:00");
  lm_appointment_remove_break (content, "2026-12-20", "2027-01-07");
  none = lm_appointment_get_breaks (content);
  g_assert_cmpuint (none->len, ==, 0);
  assert_next (content, "2026-12-18T12:00:00+01:00", "2026-12-24T17:10:00+01:00");
}

/* Whatever stands in a file: no session, and no harm. */
static void
test_anything (void)
{
  static const char *const payloads[] = {
    "{\"kind\":\"appointment\"}",
    "{\"kind\":\"appointment\",\"starts\":7,\"repeat\":[]}",
    "{\"kind\":\"appointment\",\"starts\":\"soon\",\"repeat\":{\"weeks\":-1}}",
  };
  static const char *const odd =
      "{\"kind\":\"appointment\",\"starts\":\"2026-10-22T17:10:00+02:00\",\"zone\":\"Nowhere/At\","
      "\"minutes\":\"x\",\"repeat\":{\"weeks\":1,\"until\":3,\"except\":[7,{}],\"moved\":[1,{"
      "\"on\":"
      "2}],\"breaks\":[[],{\"from\":\"2026-01-01\"}]}}";
  g_autoptr (GBytes) bytes = g_bytes_new_static (odd, strlen (odd));
  g_autoptr (LmContent) content = lm_content_read (bytes, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (payloads); i++)
    {
      g_autoptr (GBytes) payload = g_bytes_new_static (payloads[i], strlen (payloads[i]));
      g_autoptr (LmContent) broken = lm_content_read (payload, NULL);

      assert_next (broken, "2026-10-20T12:00:00+02:00", NULL);
      assert_last (broken, "2026-10-20T12:00:00+02:00", NULL);
    }
  g_assert_cmpuint (lm_appointment_get_minutes (content), ==, LM_APPOINTMENT_MINUTES);
  assert_next (content, "2026-10-23T12:00:00+02:00", "2026-10-29T17:10:00+02:00");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/appointment/weekly", test_weekly);
  g_test_add_func ("/appointment/once-and-fortnightly", test_once_and_fortnightly);
  g_test_add_func ("/appointment/cancelled-and-moved", test_cancelled_and_moved);
  g_test_add_func ("/appointment/moved-across", test_moved_across);
  g_test_add_func ("/appointment/breaks-and-the-end", test_breaks_and_the_end);
  g_test_add_func ("/appointment/anything", test_anything);
  return g_test_run ();
}
