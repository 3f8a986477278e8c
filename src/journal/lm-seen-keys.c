/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/lm-json.h"
#include "journal/lm-seen-private.h"

/* What was seen of keys: the slots that were given up, a rotation under way, what is believed
 * though its key was given up. */

/* Whether the newest state of @id that was seen is the one with @hash, or lm_seen_believe () was
 * told of it. */
gboolean
lm_seen_knows (LmSeen *seen, const LmId *id, const LmId *hash)
{
  LmIdText text = lm_id_format (hash);
  JsonObject *believed = lm_json_get_object (seen->root, "believed");
  const LmKnown *known = lm_seen_state_of (seen, id);

  return (known != NULL && lm_id_equal (&known->hash, hash)) ||
         (believed != NULL && json_object_has_member (believed, text.digits));
}

/* Notes that a text with @hash, which is no record's newest state, was here before a rotation: a
 * copy, or an older state that came back. */
void
lm_seen_believe (LmSeen *seen, const LmId *hash)
{
  JsonObject *believed = lm_json_get_object (seen->root, "believed");

  if (believed == NULL)
    {
      believed = json_object_new ();
      json_object_set_object_member (seen->root, "believed", believed);
    }
  json_object_set_boolean_member (believed, lm_id_format (hash).digits, TRUE);
  seen->changed = TRUE;
}

/* Keys -------------------------------------------------------------------------------------- */

void
lm_rotation_free (LmRotation *rotation)
{
  g_clear_pointer (&rotation->old, g_array_unref);
  g_clear_pointer (&rotation->fresh, g_array_unref);
  g_free (rotation->snapshot);
  g_free (rotation);
}

/* Whether what was seen is sealed with a key that is not here: the key slots are older than this
 * computer's knowledge. */
gboolean
lm_seen_is_sealed_off (LmSeen *seen)
{
  return seen->sealed_off;
}

static guint32
get_generation (JsonObject *object, const char *name, guint32 otherwise)
{
  gint64 value;

  return lm_json_get_integer (object, name, &value) && value > 0 && value <= G_MAXUINT32
             ? (guint32) value
             : otherwise;
}

/* Returns: the highest generation of a key that was seen, 0 if none was */
guint32
lm_seen_generation (LmSeen *seen)
{
  return get_generation (seen->root, "generation", 0);
}

/* Returns: the generation under which every file was found */
guint32
lm_seen_resealed (LmSeen *seen)
{
  gint64 value;

  return lm_json_get_integer (seen->root, "resealed", &value) && value >= 0 && value <= G_MAXUINT32
             ? (guint32) value
             : 1;
}

/* Notes that every file is to be looked at again. */
void
lm_seen_set_stale (LmSeen *seen)
{
  json_object_set_int_member (seen->root, "resealed", 0);
  seen->changed = TRUE;
}

/* Notes that every file is sealed with the key of @generation, which ends a rotation. */
void
lm_seen_set_resealed (LmSeen *seen, guint32 generation)
{
  json_object_set_int_member (seen->root, "resealed", generation);
  if (json_object_has_member (seen->root, "rotation"))
    json_object_remove_member (seen->root, "rotation");
  seen->changed = TRUE;
}

static JsonArray *
write_slots (GArray *slots)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < slots->len; i++)
    json_array_add_string_element (array, lm_id_format (&g_array_index (slots, LmId, i)).digits);
  return array;
}

static GArray *
read_slots (JsonArray *array)
{
  GArray *slots = g_array_new (FALSE, FALSE, sizeof (LmId));
  LmId slot;

  for (guint i = 0; array != NULL && i < lm_json_array_size (array); i++)
    if (lm_json_at_string (array, i) != NULL &&
        lm_id_parse (lm_json_at_string (array, i), -1, &slot))
      g_array_append_val (slots, slot);
  return slots;
}

/* Notes that @slot is given up for ever. */
void
lm_seen_retire_slot (LmSeen *seen, const LmId *slot)
{
  g_autoptr (GArray) slots = read_slots (lm_json_get_array (seen->root, "retired"));

  for (guint i = 0; i < slots->len; i++)
    if (lm_id_equal (&g_array_index (slots, LmId, i), slot))
      return;
  g_array_append_vals (slots, slot, 1);
  json_object_set_array_member (seen->root, "retired", write_slots (slots));
  seen->changed = TRUE;
}

/* Notes a rotation before it begins. */
void
lm_seen_set_rotation (LmSeen *seen, const LmRotation *rotation)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "generation", rotation->generation);
  json_object_set_array_member (object, "old", write_slots (rotation->old));
  json_object_set_array_member (object, "new", write_slots (rotation->fresh));
  if (rotation->snapshot != NULL)
    json_object_set_string_member (object, "snapshot", rotation->snapshot);
  json_object_set_object_member (seen->root, "rotation", object);
  seen->changed = TRUE;
}

/* Returns: (transfer full) (nullable): the rotation that was begun and not ended */
LmRotation *
lm_seen_get_rotation (LmSeen *seen)
{
  JsonObject *object = lm_json_get_object (seen->root, "rotation");
  LmRotation *rotation;

  if (object == NULL || get_generation (object, "generation", 0) == 0)
    return NULL;
  rotation = g_new (LmRotation, 1);
  *rotation = (LmRotation) { get_generation (object, "generation", 0),
                             read_slots (lm_json_get_array (object, "old")),
                             read_slots (lm_json_get_array (object, "new")),
                             g_strdup (lm_json_get_string (object, "snapshot")) };
  return rotation;
}

/* Whether there is a recovery code that the person never saw: the app ended too early. */
gboolean
lm_seen_code_is_untold (LmSeen *seen)
{
  return lm_json_get_boolean (seen->root, "code-untold");
}

void
lm_seen_set_code_untold (LmSeen *seen, gboolean untold)
{
  if (lm_seen_code_is_untold (seen) == untold)
    return;
  json_object_set_boolean_member (seen->root, "code-untold", untold);
  seen->changed = TRUE;
}

/* Has the next lm_seen_write () write it whatever it holds, as under a new key. */
void
lm_seen_set_changed (LmSeen *seen)
{
  seen->changed = TRUE;
}
