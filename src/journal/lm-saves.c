/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/lm-json.h"
#include "journal/lm-saves.h"

/* A version vector (Parker et al. 1983): for each computer, how often it saved the record. */

static gint64
count_of (JsonObject *saves, const char *device)
{
  gint64 count = 0;

  return saves != NULL && lm_json_get_integer (saves, device, &count) ? count : 0;
}

/* Whether some count of @a is larger than that of @b. */
static gboolean
has_more (JsonObject *a, JsonObject *b)
{
  JsonObjectIter iter;
  const char *device;

  if (a == NULL)
    return FALSE;
  json_object_iter_init (&iter, a);
  while (json_object_iter_next (&iter, &device, NULL))
    if (count_of (a, device) > count_of (b, device))
      return TRUE;
  return FALSE;
}

/* Returns: how @a, which may be %NULL for none, stands to @b */
LmSavesOrder
lm_saves_compare (JsonObject *a, JsonObject *b)
{
  gboolean more = has_more (a, b), less = has_more (b, a);

  if (more && less)
    return LM_SAVES_DIVERGED;
  return more ? LM_SAVES_NEWER : less ? LM_SAVES_OLDER : LM_SAVES_EQUAL;
}

/* Returns: all saves together, for display */
gint64
lm_saves_sum (JsonObject *saves)
{
  JsonObjectIter iter;
  const char *device;
  gint64 sum = 0;

  json_object_iter_init (&iter, saves);
  while (json_object_iter_next (&iter, &device, NULL))
    sum = MIN (sum + count_of (saves, device), LM_JSON_INTEGER_MAX);
  return sum;
}

/**
 * lm_saves_add_one:
 * @saves: (nullable): the counts so far
 * @device: this computer
 *
 * Returns: (transfer full): the counts after one more save here
 */
JsonObject *
lm_saves_add_one (JsonObject *saves, const LmId *device)
{
  JsonObject *added = saves != NULL ? lm_json_copy (saves) : json_object_new ();
  LmIdText name = lm_id_format (device);

  json_object_set_int_member (added, name.digits, count_of (added, name.digits) + 1);
  return added;
}

/**
 * lm_saves_unite:
 * @a: (nullable): counts
 * @b: (nullable): counts
 *
 * Returns: (transfer full): the larger of each: what was brought together knows of both
 */
JsonObject *
lm_saves_unite (JsonObject *a, JsonObject *b)
{
  JsonObject *united = a != NULL ? lm_json_copy (a) : json_object_new ();
  JsonObjectIter iter;
  const char *device;

  if (b == NULL)
    return united;
  json_object_iter_init (&iter, b);
  while (json_object_iter_next (&iter, &device, NULL))
    json_object_set_int_member (united, device, MAX (count_of (a, device), count_of (b, device)));
  return united;
}

/* Whether every key is an id and every value a count. */
gboolean
lm_saves_check (JsonObject *saves)
{
  JsonObjectIter iter;
  const char *device;
  gint64 count;
  LmId id;

  json_object_iter_init (&iter, saves);
  while (json_object_iter_next (&iter, &device, NULL))
    if (!lm_id_parse (device, -1, &id) || !lm_json_get_integer (saves, device, &count) || count < 0)
      return FALSE;
  return TRUE;
}
