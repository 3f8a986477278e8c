/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/lm-json.h"
#include "workspace/lm-today.h"
#include "workspace/lm-workspace-private.h"
#include "workspace/lm-workspace-session.h"

/* Looks at the entries once, and at no text in them: in the main loop there is no time for more. */

#define TODAY "today"
#define DAY   "day"
#define TURN  "turn"
#define QUIET "quiet"

static int
day_of (GDateTime *time)
{
  GDate date;
  int year, month, day;

  g_date_time_get_ymd (time, &year, &month, &day);
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return (int) g_date_get_julian (&date);
}

static GDateTime *
changed_at (LmRecord *record)
{
  return record->modified != NULL ? record->modified : record->created;
}

static GDateTime *
begun_at (LmRecord *record)
{
  return record->created;
}

/* Puts @record where it belongs among the @max latest in @list. */
static void
keep_latest (
    LmRecord **list, guint *n, guint max, LmRecord *record, GDateTime *(*when) (LmRecord *) )
{
  guint at = *n;

  while (at > 0 && g_date_time_compare (when (list[at - 1]), when (record)) < 0)
    at--;
  if (at == max)
    return;
  if (*n < max)
    (*n)++;
  for (guint i = *n - 1; i > at; i--)
    list[i] = list[i - 1];
  list[at] = record;
}

static gboolean
is_rising (LmRecord *record)
{
  return record->before > 0 && record->after > record->before;
}

static gboolean
is_hard (LmRecord *record)
{
  return record->after >= 4 || is_rising (record);
}

/* How many of the first in a row are as @is says. */
static guint
in_a_row (LmToday *today, gboolean (*is) (LmRecord *record))
{
  guint n = 0;

  while (n < today->n_strong && is (today->strong[n]))
    n++;
  return n;
}

typedef struct
{
  LmRecord *episodes[LM_EPISODES_TO_LOOK];
  guint n_episodes;
  LmRecord *look; /* nullable: the last one for the thread */
} Found;

static void
look_at (LmToday *today, Found *found, LmRecord *record)
{
  LmTodayFacts *facts = &today->facts;
  int day;

  keep_latest (today->latest, &today->n_latest, LM_TODAY_LATEST, record, changed_at);
  /* Most have neither: there is no need to know their day. */
  if (record->after == 0 && record->guide == NULL)
    return;
  day = day_of (record->created);
  if (record->after > 0 && facts->day - day < LM_HARD_DAYS)
    keep_latest (today->strong, &today->n_strong, LM_HARD_IN_A_ROW, record, begun_at);
  if (record->guide == NULL)
    return;
  if (day > GPOINTER_TO_INT (g_hash_table_lookup (facts->used, record->guide)))
    g_hash_table_insert (facts->used, g_strdup (record->guide), GINT_TO_POINTER (day));
  if (g_str_equal (record->guide, LM_GUIDE_ID_EPISODE))
    keep_latest (found->episodes, &found->n_episodes, LM_EPISODES_TO_LOOK, record, begun_at);
  else if (g_str_equal (record->guide, LM_GUIDE_ID_THREAD) &&
           (found->look == NULL || g_date_time_compare (record->created, found->look->created) > 0))
    found->look = record;
}

static int
session_day (LmSession *session, GDateTime *now)
{
  g_autoptr (GDateTime) here = NULL;

  if (session == NULL)
    return 0;
  here = g_date_time_to_timezone (session->starts, g_date_time_get_timezone (now));
  return day_of (here);
}

/* Returns: (transfer full): what there is for the page of today */
LmToday *
lm_today_look (LmWorkspace *workspace)
{
  GListModel *entries = lm_workspace_get_entries (workspace);
  g_autoptr (GDateTime) now = lm_clock_now (lm_workspace_get_clock (workspace));
  g_autoptr (LmSession) next = lm_workspace_next_session (workspace, NULL);
  g_autoptr (LmSession) last = lm_workspace_last_session (workspace);
  LmToday *today = g_new0 (LmToday, 1);
  Found found = { 0 };

  today->facts.day = day_of (now);
  today->facts.next_session = session_day (next, now);
  today->facts.last_session = session_day (last, now);
  today->facts.used = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (entries); i++)
    {
      g_autoptr (LmEntry) entry = g_list_model_get_item (entries, i);
      LmRecord *record = lm_entry_get_record (entry);

      if (!record->deleted)
        look_at (today, &found, record);
    }
  for (guint i = 0; i < found.n_episodes; i++)
    if (found.look == NULL ||
        g_date_time_compare (found.episodes[i]->created, found.look->created) > 0)
      today->facts.episodes++;
  today->facts.hard = in_a_row (today, is_hard);
  today->facts.rising = in_a_row (today, is_rising);
  for (guint i = 0; i < today->n_latest; i++)
    lm_record_ref (today->latest[i]);
  for (guint i = 0; i < today->n_strong; i++)
    lm_record_ref (today->strong[i]);
  return today;
}

void
lm_today_free (LmToday *today)
{
  for (guint i = 0; i < today->n_latest; i++)
    lm_record_unref (today->latest[i]);
  for (guint i = 0; i < today->n_strong; i++)
    lm_record_unref (today->strong[i]);
  g_hash_table_unref (today->facts.used);
  g_free (today);
}

/* "Another" and "Not today" ------------------------------------------------------------------ */

static char *
this_day (LmWorkspace *self)
{
  g_autoptr (GDateTime) now = lm_clock_now (self->clock);

  return g_date_time_format (now, "%Y-%m-%d");
}

/**
 * lm_workspace_get_turn:
 * @quiet: (out): whether nothing more is to be suggested today
 *
 * Returns: how many suggestions were passed over today
 */
guint
lm_workspace_get_turn (LmWorkspace *self, gboolean *quiet)
{
  LmEntry *entry = lm_entry_list_find (self->others, lm_workspace_own_settings (self));
  g_autoptr (LmContent) content =
      entry != NULL ? lm_record_content (lm_entry_get_record (entry)) : NULL;
  JsonObject *today =
      content != NULL ? lm_json_get_object (lm_content_json (content), TODAY) : NULL;
  g_autofree char *day = this_day (self);
  gint64 turn = 0;

  *quiet = FALSE;
  if (today == NULL || g_strcmp0 (lm_json_get_string (today, DAY), day) != 0)
    return 0;
  *quiet = lm_json_get_boolean (today, QUIET);
  lm_json_get_integer (today, TURN, &turn);
  return (guint) CLAMP (turn, 0, G_MAXINT);
}

typedef struct
{
  LmIdText device;
  char *day;
  guint turn;
  gboolean quiet;
} Turn;

static void
turn_free (gpointer data)
{
  Turn *turn = data;

  g_free (turn->day);
  g_free (turn);
}

static void
set_turn (LmContent *content, gpointer data)
{
  Turn *turn = data;
  JsonObject *today = json_object_new ();

  json_object_set_string_member (today, DAY, turn->day);
  json_object_set_int_member (today, TURN, turn->turn);
  json_object_set_boolean_member (today, QUIET, turn->quiet);
  lm_content_set_string (content, "computer", turn->device.digits);
  json_object_set_object_member (lm_content_json (content), TODAY, today);
}

/* Keeps that for the rest of the day, where anything can be kept. */
void
lm_workspace_set_turn (LmWorkspace *self, guint turn, gboolean quiet)
{
  Turn *change;

  if (self->state != LM_WORKSPACE_OPEN || self->read_only)
    return;
  change = g_new (Turn, 1);
  *change = (Turn) { lm_id_format (&self->device), this_day (self), turn, quiet };
  lm_workspace_change_own (self,
                           lm_workspace_own_settings (self),
                           "settings",
                           set_turn,
                           change,
                           turn_free);
}
