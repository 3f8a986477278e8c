/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/lm-json.h"
#include "journal/lm-saves.h"
#include "journal/lm-seen-private.h"

/* What this computer remembers of the trash: on how many days it was in use, since which of them a
 * record lies in the trash, and what was deleted for good. */

#define DAYS    "days"
#define TRASH   "trash"
#define PURGING "purging"
#define PURGED  "purged"

/* The object @key in the root, made if it is not there. */
static JsonObject *
part (LmSeen *seen, const char *key)
{
  JsonObject *object = lm_json_get_object (seen->root, key);

  if (object != NULL)
    return object;
  object = json_object_new ();
  json_object_set_object_member (seen->root, key, object);
  return object;
}

/* Notes that the journal is in use at @now. */
void
lm_seen_note_day (LmSeen *seen, GDateTime *now)
{
  if (!lm_days_note (seen->days, now))
    return;
  json_object_set_object_member (seen->root, DAYS, lm_days_write (seen->days));
  seen->changed = TRUE;
}

/* Returns: (transfer none): the days on which the journal was in use here */
LmDays *
lm_seen_days (LmSeen *seen)
{
  return seen->days;
}

/* Remembers since when @record lies in the trash as it is, and for ever that it is gone. Any change
 * of what lies in the trash begins anew. */
void
lm_seen_note_trash (LmSeen *seen, LmRecord *record)
{
  JsonObject *trash = part (seen, TRASH), *known;
  LmIdText id = lm_id_format (&record->id), hash = lm_id_format (&record->hash);

  if (record->kind == LM_RECORD_GONE)
    lm_seen_note_purged (seen, &record->id, record->saves);
  if (!record->deleted)
    {
      if (json_object_has_member (trash, id.digits))
        {
          json_object_remove_member (trash, id.digits);
          seen->changed = TRUE;
        }
      return;
    }
  known = lm_json_get_object (trash, id.digits);
  if (g_strcmp0 (lm_json_get_string (known, "hash"), hash.digits) == 0)
    return;
  known = json_object_new ();
  json_object_set_string_member (known, "hash", hash.digits);
  json_object_set_int_member (known, "since", lm_days_count (seen->days));
  json_object_set_object_member (trash, id.digits, known);
  seen->changed = TRUE;
}

/* Returns: on how many later days the journal was in use since @record lies in the trash as it is;
 * 0 if that is not known */
gint64
lm_seen_days_in_trash (LmSeen *seen, LmRecord *record)
{
  JsonObject *known = lm_json_get_object (part (seen, TRASH), lm_id_format (&record->id).digits);
  gint64 since, count = lm_days_count (seen->days);

  if (!record->deleted || !lm_json_get_integer (known, "since", &since) ||
      g_strcmp0 (lm_json_get_string (known, "hash"), lm_id_format (&record->hash).digits) != 0)
    return 0;
  return since >= 0 && since <= count ? count - since : 0;
}

/**
 * lm_seen_begin_purge:
 * @purge: (transfer full): what is to be done
 *
 * Notes what is about to be deleted for good, so that it can be taken up again after a crash.
 */
void
lm_seen_begin_purge (LmSeen *seen, const LmId *id, JsonObject *purge)
{
  json_object_set_object_member (part (seen, PURGING), lm_id_format (id).digits, purge);
  seen->changed = TRUE;
}

/* Returns: (transfer none) (nullable): what lm_seen_begin_purge () was given and has not ended */
JsonObject *
lm_seen_get_purge (LmSeen *seen, const LmId *id)
{
  return lm_json_get_object (part (seen, PURGING), lm_id_format (id).digits);
}

/* Returns: (transfer full) (element-type LmId): the records whose purge has not ended */
GPtrArray *
lm_seen_list_purges (LmSeen *seen)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  JsonObjectIter iter;
  const char *name;
  LmId id;

  json_object_iter_init (&iter, part (seen, PURGING));
  while (json_object_iter_next (&iter, &name, NULL))
    if (lm_id_parse (name, -1, &id))
      g_ptr_array_add (ids, lm_id_copy (&id));
  return ids;
}

void
lm_seen_end_purge (LmSeen *seen, const LmId *id)
{
  json_object_remove_member (part (seen, PURGING), lm_id_format (id).digits);
  seen->changed = TRUE;
}

static LmSaves *
saves_of (JsonObject *known)
{
  JsonObject *saves = lm_json_get_object (known, "saves");

  return saves != NULL ? lm_saves_read (saves) : NULL;
}

/* Remembers for ever that @id was deleted for good, when it had @saves. */
void
lm_seen_note_purged (LmSeen *seen, const LmId *id, LmSaves *saves)
{
  JsonObject *purged = part (seen, PURGED);
  LmIdText name = lm_id_format (id);
  JsonObject *known = lm_json_get_object (purged, name.digits);
  g_autoptr (LmSaves) old = saves_of (known);
  g_autoptr (LmSaves) united = NULL;

  if (known != NULL && (saves == NULL || lm_saves_compare (old, saves) == LM_SAVES_EQUAL))
    return;
  united = lm_saves_unite (old, saves);
  known = json_object_new ();
  json_object_set_object_member (known, "saves", lm_saves_write (united));
  json_object_set_object_member (purged, name.digits, known);
  seen->changed = TRUE;
}

/**
 * lm_seen_is_purged:
 * @saves: (out) (optional) (transfer full) (nullable): the counts when it was deleted for good
 *
 * Whether @id was ever deleted for good, here or on another computer.
 */
gboolean
lm_seen_is_purged (LmSeen *seen, const LmId *id, LmSaves **saves)
{
  JsonObject *known = lm_json_get_object (part (seen, PURGED), lm_id_format (id).digits);

  if (saves != NULL)
    *saves = saves_of (known);
  return known != NULL;
}
