/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>

#include "base/lm-json.h"
#include "journal/lm-appointment.h"
#include "workspace/lm-reminders.h"
#include "workspace/lm-workspace-private.h"

/* When this computer reminds, and with which words, is in its settings record: encrypted. */

#define REMINDERS "reminders"
#define EVENINGS  "evenings"
#define TIME      "time"
#define BEFORE    "before"
#define TITLE     "title"
#define TEXT      "text"

/* What stands there before anything was chosen. */
#define USUAL_MINUTE (20 * 60 + 30)
#define USUAL_BEFORE 60

/* Of one appointment: more would be far away. */
#define SESSIONS_EACH 8

/* Reading ---------------------------------------------------------------------------------------
 */

static void
read_evenings (LmReminderPlan *plan, JsonArray *days)
{
  for (guint i = 0; i < lm_json_array_size (days); i++)
    {
      JsonNode *node = json_array_get_element (days, i);
      gint64 day = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64
                       ? json_node_get_int (node)
                       : 0;

      if (day >= 1 && day <= 7)
        plan->evenings |= 1u << (day - 1);
    }
}

static void
read_words (char **to, JsonObject *object, const char *key, glong most)
{
  const char *words = lm_json_get_string (object, key);

  if (words != NULL && g_utf8_strlen (words, -1) <= most)
    g_set_str (to, words);
}

static void
read_choice (LmReminderPlan *plan, JsonObject *object)
{
  const char *time = lm_json_get_string (object, TIME);
  guint hours, minutes;
  gint64 before;

  plan->before = 0;
  read_evenings (plan, lm_json_get_array (object, EVENINGS));
  if (time != NULL && sscanf (time, "%2u:%2u", &hours, &minutes) == 2 && hours < 24 && minutes < 60)
    plan->minute = hours * 60 + minutes;
  if (lm_json_get_integer (object, BEFORE, &before) && before >= 0 &&
      before <= LM_REMINDER_BEFORE_MAX)
    plan->before = (guint) before;
  read_words (&plan->title, object, TITLE, LM_REMINDER_TITLE_MAX);
  read_words (&plan->text, object, TEXT, LM_REMINDER_TEXT_MAX);
}

static void
add_sessions (LmReminderPlan *plan, LmContent *appointment, GDateTime *now)
{
  g_autoptr (GDateTime) at = g_date_time_ref (now);

  for (guint i = 0; i < SESSIONS_EACH && plan->sessions->len < LM_REMINDER_SESSIONS_MAX; i++)
    {
      g_autoptr (LmSession) session = lm_appointment_next (appointment, at);
      gint64 starts;

      if (session == NULL)
        return;
      starts = g_date_time_to_unix (session->starts);
      g_array_append_val (plan->sessions, starts);
      g_date_time_unref (at);
      at = g_date_time_add_minutes (session->starts, (int) session->minutes);
    }
}

/* Returns: (transfer full): what the person chose, and when the next sessions are */
LmReminderPlan *
lm_workspace_get_reminders (LmWorkspace *self)
{
  LmReminderPlan *plan = lm_reminder_plan_new ();
  LmEntry *entry = lm_entry_list_find (self->others, lm_workspace_own_settings (self));
  g_autoptr (LmContent) content =
      entry != NULL ? lm_record_content (lm_entry_get_record (entry)) : NULL;
  JsonObject *chosen =
      content != NULL ? lm_json_get_object (lm_content_json (content), REMINDERS) : NULL;
  g_autoptr (GDateTime) now = lm_clock_now (self->clock);
  GListModel *appointments = G_LIST_MODEL (self->appointments);

  plan->minute = USUAL_MINUTE;
  plan->before = USUAL_BEFORE;
  if (chosen != NULL)
    read_choice (plan, chosen);
  for (guint i = 0; i < g_list_model_get_n_items (appointments); i++)
    {
      g_autoptr (LmEntry) appointment = g_list_model_get_item (appointments, i);
      LmRecord *record = lm_entry_get_record (appointment);
      g_autoptr (LmContent) when = record->deleted ? NULL : lm_record_content (record);

      if (when != NULL)
        add_sessions (plan, when, now);
    }
  return plan;
}

/* Keeping ---------------------------------------------------------------------------------------
 */

typedef struct
{
  LmIdText device;
  JsonObject *chosen;
} Choice;

static void
choice_free (gpointer data)
{
  Choice *choice = data;

  json_object_unref (choice->chosen);
  g_free (choice);
}

/* In the writer's thread. */
static void
set_choice (LmContent *content, gpointer data)
{
  Choice *choice = data;

  lm_content_set_string (content, "computer", choice->device.digits);
  json_object_set_object_member (lm_content_json (content),
                                 REMINDERS,
                                 lm_json_copy (choice->chosen));
}

/* Keeps what the person chose, where anything can be kept. */
void
lm_workspace_set_reminders (LmWorkspace *self, const LmReminderPlan *plan)
{
  JsonObject *object = json_object_new ();
  JsonArray *days = json_array_new ();
  g_autofree char *time = g_strdup_printf ("%02u:%02u", plan->minute / 60, plan->minute % 60);
  Choice *choice = g_new (Choice, 1);

  for (gint64 day = 1; day <= 7; day++)
    if (plan->evenings >> (day - 1) & 1)
      json_array_add_int_element (days, day);
  json_object_set_array_member (object, EVENINGS, days);
  json_object_set_string_member (object, TIME, time);
  json_object_set_int_member (object, BEFORE, plan->before);
  if (plan->title[0] != '\0')
    json_object_set_string_member (object, TITLE, plan->title);
  if (plan->text[0] != '\0')
    json_object_set_string_member (object, TEXT, plan->text);
  *choice = (Choice) { lm_id_format (&self->device), object };
  if (self->state != LM_WORKSPACE_OPEN || self->read_only)
    choice_free (choice);
  else
    lm_workspace_change_own (self,
                             lm_workspace_own_settings (self),
                             "settings",
                             set_choice,
                             choice,
                             choice_free);
}
