/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/lm-clock.h"
#include "base/lm-json.h"
#include "journal/lm-appointment.h"

/* When the sessions of an appointment are. A weekly one keeps its time on the clock of its place:
 * ten past five stays ten past five when summer time ends. */

#define STARTS  "starts"
#define MINUTES "minutes"
#define REPEAT  "repeat"
#define WEEKS   "weeks"
#define UNTIL   "until"
#define EXCEPT  "except"
#define MOVED   "moved"
#define BREAKS  "breaks"
#define ON      "on"
#define FROM    "from"
#define TO      "to"

/* Whoever looks ten years ahead has looked far enough: no file makes this run for long. */
#define TURNS_MAX 520

LmSession *
lm_session_copy (const LmSession *session)
{
  LmSession *copy = g_new (LmSession, 1);

  *copy =
      (LmSession) { g_date_time_ref (session->starts), session->minutes, g_strdup (session->day) };
  return copy;
}

void
lm_session_free (LmSession *session)
{
  g_date_time_unref (session->starts);
  g_free (session->day);
  g_free (session);
}

/* Reading ------------------------------------------------------------------------------------ */

static JsonObject *
repeat_of (LmContent *content)
{
  return lm_json_get_object (lm_content_json (content), REPEAT);
}

static guint
number (JsonObject *object, const char *key, guint least, guint most, guint otherwise)
{
  gint64 value;

  return object != NULL && lm_json_get_integer (object, key, &value) && value >= least &&
                 value <= most
             ? (guint) value
             : otherwise;
}

/* Returns: how long a session lasts */
guint
lm_appointment_get_minutes (LmContent *content)
{
  return number (lm_content_json (content), MINUTES, 1, 24 * 60, LM_APPOINTMENT_MINUTES);
}

/* Returns: every how many weeks there is a session; 0 if there is one only */
guint
lm_appointment_get_weeks (LmContent *content)
{
  return number (repeat_of (content), WEEKS, 1, 52, 0);
}

/* Returns: (transfer full) (nullable): the first session, on the clock of its place */
static GDateTime *
first_of (LmContent *content)
{
  const char *text = lm_content_get_string (content, STARTS);
  const char *zone = lm_content_get_string (content, "zone");
  g_autoptr (GDateTime) starts = lm_time_from_rfc3339 (text);
  g_autoptr (GTimeZone) place =
      zone[0] != '\0' ? g_time_zone_new_identifier (zone) : g_time_zone_new_local ();

  if (starts == NULL)
    return NULL;
  return place != NULL ? g_date_time_to_timezone (starts, place) : g_steal_pointer (&starts);
}

static char *
day_of (GDateTime *time)
{
  return g_date_time_format (time, "%Y-%m-%d");
}

static gboolean
is_in_break (JsonObject *repeat, const char *day)
{
  JsonArray *breaks = lm_json_get_array (repeat, BREAKS);

  for (guint i = 0; i < lm_json_array_size (breaks); i++)
    {
      JsonObject *object = lm_json_at_object (breaks, i);
      const char *from = lm_json_get_string (object, FROM), *to = lm_json_get_string (object, TO);

      if (from != NULL && to != NULL && g_strcmp0 (day, from) >= 0 && g_strcmp0 (day, to) <= 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_cancelled (JsonObject *repeat, const char *day)
{
  JsonArray *except = lm_json_get_array (repeat, EXCEPT);

  for (guint i = 0; i < lm_json_array_size (except); i++)
    if (g_strcmp0 (lm_json_at_string (except, i), day) == 0)
      return TRUE;
  return FALSE;
}

/* Returns: (transfer full) (nullable): to when the session of @day was moved, last */
static GDateTime *
moved_to (JsonObject *repeat, const char *day)
{
  JsonArray *moved = lm_json_get_array (repeat, MOVED);

  for (guint i = lm_json_array_size (moved); i > 0; i--)
    {
      JsonObject *object = lm_json_at_object (moved, i - 1);
      const char *starts = lm_json_get_string (object, STARTS);

      if (g_strcmp0 (lm_json_get_string (object, ON), day) == 0 && starts != NULL)
        return lm_time_from_rfc3339 (starts);
    }
  return NULL;
}

/* Returns: (transfer full) (nullable): the session planned for @planned; %NULL if it does not take
 * place */
static LmSession *
session_at (LmContent *content, GDateTime *planned)
{
  JsonObject *repeat = repeat_of (content);
  g_autofree char *day = day_of (planned);
  g_autoptr (GDateTime) moved = moved_to (repeat, day);
  g_autoptr (GDateTime) there = NULL;
  LmSession *session;

  if (is_cancelled (repeat, day))
    return NULL;
  /* What was moved out of a break, or into one, was meant. */
  if (moved == NULL && is_in_break (repeat, day))
    return NULL;
  if (moved != NULL)
    there = g_date_time_to_timezone (moved, g_date_time_get_timezone (planned));
  session = g_new (LmSession, 1);
  *session = (LmSession) { g_date_time_ref (there != NULL ? there : planned),
                           lm_appointment_get_minutes (content),
                           g_steal_pointer (&day) };
  return session;
}

static gboolean
is_over (const LmSession *session, GDateTime *now)
{
  g_autoptr (GDateTime) end = g_date_time_add_minutes (session->starts, (int) session->minutes);

  return g_date_time_compare (end, now) <= 0;
}

/* Looks at the sessions around @now. Those that are moved may stand before or behind others: some
 * more than the nearest are looked at. */
static LmSession *
find (LmContent *content, GDateTime *now, gboolean past)
{
  g_autoptr (GDateTime) first = first_of (content);
  JsonObject *repeat = repeat_of (content);
  guint weeks = lm_appointment_get_weeks (content);
  const char *until_text = repeat != NULL ? lm_json_get_string (repeat, UNTIL) : NULL;
  g_autoptr (GDateTime) until = until_text != NULL ? lm_time_from_rfc3339 (until_text) : NULL;
  g_autoptr (LmSession) best = NULL;
  gint64 at = 0, from, to;

  if (first == NULL)
    return NULL;
  if (weeks > 0)
    at = g_date_time_difference (now, first) / (G_TIME_SPAN_DAY * 7 * weeks);
  from = weeks > 0 ? MAX (0, past ? at - TURNS_MAX : at - 8) : 0;
  to = weeks > 0 ? MAX (0, past ? at + 8 : at + TURNS_MAX) : 0;
  for (gint64 i = from; i <= to; i++)
    {
      gint64 turn = past ? to - (i - from) : i;
      g_autoptr (GDateTime) planned = g_date_time_add_weeks (first, (int) (turn * weeks));
      g_autoptr (LmSession) session = NULL;

      if (planned == NULL || (until != NULL && g_date_time_compare (planned, until) > 0))
        continue;
      /* What was planned eight turns away from the best was hardly moved across it. */
      if (best != NULL &&
          ABS (g_date_time_difference (planned, best->starts)) > G_TIME_SPAN_DAY * 7 * 8 * weeks)
        break;
      session = session_at (content, planned);
      if (session == NULL || is_over (session, now) != past)
        continue;
      if (best == NULL || (g_date_time_compare (session->starts, best->starts) < 0) != past)
        {
          g_clear_pointer (&best, lm_session_free);
          best = g_steal_pointer (&session);
        }
    }
  return g_steal_pointer (&best);
}

/* Returns: (transfer full) (nullable): the session that is not over yet and comes first */
LmSession *
lm_appointment_next (LmContent *content, GDateTime *now)
{
  return find (content, now, FALSE);
}

/* Returns: (transfer full) (nullable): the session that was over last */
LmSession *
lm_appointment_last (LmContent *content, GDateTime *now)
{
  return find (content, now, TRUE);
}

static void
break_free (gpointer data)
{
  LmBreak *pause = data;

  g_free (pause->from);
  g_free (pause->to);
  g_free (pause);
}

/* Returns: (transfer full) (element-type LmBreak): the breaks, as they were entered */
GPtrArray *
lm_appointment_get_breaks (LmContent *content)
{
  JsonArray *array = lm_json_get_array (repeat_of (content), BREAKS);
  GPtrArray *breaks = g_ptr_array_new_with_free_func (break_free);

  for (guint i = 0; i < lm_json_array_size (array); i++)
    {
      JsonObject *object = lm_json_at_object (array, i);
      const char *from = lm_json_get_string (object, FROM), *to = lm_json_get_string (object, TO);
      LmBreak *pause;

      if (from == NULL || to == NULL)
        continue;
      pause = g_new (LmBreak, 1);
      *pause = (LmBreak) { g_strdup (from), g_strdup (to) };
      g_ptr_array_add (breaks, pause);
    }
  return breaks;
}

/* Changing ------------------------------------------------------------------------------------- */

static JsonObject *
make_repeat (LmContent *content)
{
  if (repeat_of (content) == NULL)
    json_object_set_object_member (lm_content_json (content), REPEAT, json_object_new ());
  return repeat_of (content);
}

static JsonArray *
make_list (JsonObject *repeat, const char *key)
{
  if (lm_json_get_array (repeat, key) == NULL)
    json_object_set_array_member (repeat, key, json_array_new ());
  return lm_json_get_array (repeat, key);
}

/**
 * lm_appointment_set:
 * @starts: the first session, in the time zone of its place
 * @minutes: how long it lasts
 * @weeks: every how many weeks there is one; 0 for this one only
 *
 * Says when the sessions are. Nothing is left of what was moved, cancelled or a break before.
 */
void
lm_appointment_set (LmContent *content, GDateTime *starts, guint minutes, guint weeks)
{
  g_autofree char *text = lm_time_to_rfc3339 (starts);
  const char *zone = g_time_zone_get_identifier (g_date_time_get_timezone (starts));

  lm_content_set_string (content, STARTS, text);
  /* An offset alone says nothing that "starts" does not. */
  lm_content_set_string (content, "zone", g_ascii_isalpha (zone[0]) ? zone : NULL);
  json_object_set_int_member (lm_content_json (content), MINUTES, minutes);
  json_object_remove_member (lm_content_json (content), REPEAT);
  if (weeks > 0)
    json_object_set_int_member (make_repeat (content), WEEKS, weeks);
}

static void
forget_move (JsonObject *repeat, const char *day)
{
  JsonArray *moved = lm_json_get_array (repeat, MOVED);

  for (guint i = lm_json_array_size (moved); i > 0; i--)
    if (g_strcmp0 (lm_json_get_string (lm_json_at_object (moved, i - 1), ON), day) == 0)
      json_array_remove_element (moved, i - 1);
}

/* The session planned for @day does not take place. */
void
lm_appointment_cancel (LmContent *content, const char *day)
{
  JsonObject *repeat = make_repeat (content);

  forget_move (repeat, day);
  if (!is_cancelled (repeat, day))
    json_array_add_string_element (make_list (repeat, EXCEPT), day);
}

/* The session planned for @day is at @starts. */
void
lm_appointment_move (LmContent *content, const char *day, GDateTime *starts)
{
  JsonObject *repeat = make_repeat (content);
  JsonObject *object = json_object_new ();
  g_autofree char *text = lm_time_to_rfc3339 (starts);

  forget_move (repeat, day);
  json_object_set_string_member (object, ON, day);
  json_object_set_string_member (object, STARTS, text);
  json_array_add_object_element (make_list (repeat, MOVED), object);
}

/* No session is planned for later than @when. */
void
lm_appointment_end (LmContent *content, GDateTime *when)
{
  g_autofree char *text = lm_time_to_rfc3339 (when);

  json_object_set_string_member (make_repeat (content), UNTIL, text);
}

/* There are no sessions from the day @from to the day @to. */
void
lm_appointment_add_break (LmContent *content, const char *from, const char *to)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, FROM, from);
  json_object_set_string_member (object, TO, to);
  json_array_add_object_element (make_list (make_repeat (content), BREAKS), object);
}

/* Takes a break back. */
void
lm_appointment_remove_break (LmContent *content, const char *from, const char *to)
{
  JsonArray *breaks = lm_json_get_array (repeat_of (content), BREAKS);

  for (guint i = lm_json_array_size (breaks); i > 0; i--)
    {
      JsonObject *object = lm_json_at_object (breaks, i - 1);

      if (g_strcmp0 (lm_json_get_string (object, FROM), from) == 0 &&
          g_strcmp0 (lm_json_get_string (object, TO), to) == 0)
        json_array_remove_element (breaks, i - 1);
    }
}
