/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/lm-clock.h"
#include "base/lm-json.h"
#include "journal/lm-content.h"

/* Where an entry stands between the journal and the session: the member "tray". */

#define TRAY    "tray"
#define STATE   "state"
#define CHANGED "changed"

static const char *const states[] = {
  [LM_TRAY_NONE] = NULL,       [LM_TRAY_BRING] = "bring",   [LM_TRAY_NOT_YET] = "not-yet",
  [LM_TRAY_TALKED] = "talked", [LM_TRAY_LET_GO] = "let-go",
};

/* Returns: where it stands; a state of a newer version is none */
LmTray
lm_content_get_tray (LmContent *content)
{
  JsonObject *tray = lm_json_get_object (lm_content_json (content), TRAY);
  const char *state = tray != NULL ? lm_json_get_string (tray, STATE) : NULL;

  for (guint i = 1; state != NULL && i < G_N_ELEMENTS (states); i++)
    if (g_str_equal (states[i], state))
      return (LmTray) i;
  return LM_TRAY_NONE;
}

/**
 * lm_content_set_tray:
 * @when: (nullable): when that was decided
 *
 * Says where it stands. Whatever else a newer version noted there stays.
 */
void
lm_content_set_tray (LmContent *content, LmTray tray, GDateTime *when)
{
  JsonObject *root = lm_content_json (content);
  JsonObject *object = lm_json_get_object (root, TRAY);
  g_autofree char *time = when != NULL ? lm_time_to_rfc3339 (when) : NULL;

  if (tray == lm_content_get_tray (content))
    return;
  if (tray == LM_TRAY_NONE)
    {
      json_object_remove_member (root, TRAY);
      return;
    }
  if (object == NULL)
    {
      object = json_object_new ();
      json_object_set_object_member (root, TRAY, object);
    }
  json_object_set_string_member (object, STATE, states[tray]);
  if (time != NULL)
    json_object_set_string_member (object, CHANGED, time);
}

/* Whether it is to be brought to the next session. */
gboolean
lm_content_is_in_tray (LmContent *content)
{
  LmTray tray = lm_content_get_tray (content);

  return tray == LM_TRAY_BRING || tray == LM_TRAY_NOT_YET;
}

void
lm_content_set_in_tray (LmContent *content, gboolean in_tray)
{
  if (in_tray != lm_content_is_in_tray (content))
    lm_content_set_tray (content, in_tray ? LM_TRAY_BRING : LM_TRAY_NONE, NULL);
}
