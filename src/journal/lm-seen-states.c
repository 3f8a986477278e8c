/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-base64.h"
#include "base/lm-json.h"
#include "journal/lm-seen-private.h"

/* The newest state of each record that was seen. There is one for every record there ever was: as
 * JSON they take as much memory as the texts, and longer to read than all else that is needed
 * before the first entry shows. So they are packed, in memory and in the file, and only those stay
 * JSON in which there is more than this version knows. */

#define ENTRIES      "entries"
#define HASH         "hash"
#define SAVES        "saves"
#define GONE         "gone"
#define PACKED       "packed"
#define PACKED_SAVES "packed_saves"

/* A packed state is an id, a hash and four bytes, the lowest first: twice the place among
 * PACKED_SAVES, counted from one (none: zero), and one more if the record is gone. */
#define STATE_BYTES (2 * LM_ID_BYTES + 4)

static void
known_free (gpointer data)
{
  LmKnown *known = data;

  g_clear_pointer (&known->saves, lm_saves_unref);
  g_free (known);
}

static JsonObject *
unusual (LmSeen *seen)
{
  return lm_json_get_object (seen->root, ENTRIES);
}

/* Whether @object says nothing but what @known says. */
static gboolean
is_usual (JsonObject *object, const LmKnown *known)
{
  guint n = 1 + (known->saves != NULL) + known->gone;

  return !lm_id_is_null (&known->hash) && json_object_get_size (object) == n;
}

static void
free_saves (gpointer saves)
{
  if (saves != NULL)
    lm_saves_unref (saves);
}

static void
read_packed (LmSeen *seen)
{
  const char *text = lm_json_get_string (seen->root, PACKED);
  JsonArray *list = lm_json_get_array (seen->root, PACKED_SAVES);
  g_autoptr (GPtrArray) saves = g_ptr_array_new_with_free_func (free_saves);
  gsize length = text != NULL ? strlen (text) : 0, n = 0;
  g_autofree guint8 *bytes = g_malloc (LM_BASE64_ROOM (length) + 1);

  for (guint i = 0; list != NULL && i < lm_json_array_size (list); i++)
    {
      JsonObject *object = lm_json_at_object (list, i);

      g_ptr_array_add (saves, object != NULL ? lm_saves_read (object) : NULL);
    }
  if (text == NULL || !lm_base64_decode (text, length, bytes, &n))
    n = 0;
  for (gsize at = 0; at + STATE_BYTES <= n; at += STATE_BYTES)
    {
      LmKnown *known = g_new0 (LmKnown, 1);
      guint32 number;

      memcpy (known->id.bytes, bytes + at, LM_ID_BYTES);
      memcpy (known->hash.bytes, bytes + at + LM_ID_BYTES, LM_ID_BYTES);
      memcpy (&number, bytes + at + 2 * LM_ID_BYTES, sizeof number);
      number = GUINT32_FROM_LE (number);
      known->gone = (number & 1) != 0;
      number >>= 1;
      if (number > 0 && number <= saves->len && saves->pdata[number - 1] != NULL)
        known->saves = lm_saves_ref (saves->pdata[number - 1]);
      g_hash_table_add (seen->states, known);
    }
}

/* Takes the states out of the root, but for the unusual. */
void
lm_seen_read_states (LmSeen *seen)
{
  JsonObject *entries = unusual (seen), *left = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  /* LmId is what an LmKnown begins with. */
  seen->states = g_hash_table_new_full (lm_id_hash, lm_id_equal, known_free, NULL);
  read_packed (seen);
  json_object_remove_member (seen->root, PACKED);
  json_object_remove_member (seen->root, PACKED_SAVES);
  if (entries != NULL)
    {
      json_object_iter_init (&iter, entries);
      while (json_object_iter_next (&iter, &name, &node))
        {
          JsonObject *object = lm_json_get_object (entries, name);
          JsonObject *saves = lm_json_get_object (object, SAVES);
          const char *hash = lm_json_get_string (object, HASH);
          LmKnown *known = g_new0 (LmKnown, 1);
          gboolean is_record = object != NULL && lm_id_parse (name, -1, &known->id);

          if (hash == NULL || !lm_id_parse (hash, -1, &known->hash))
            known->hash = (LmId) { 0 };
          known->saves = saves != NULL ? lm_saves_read (saves) : NULL;
          known->gone = lm_json_get_boolean (object, GONE);
          if (!is_record || !is_usual (object, known))
            json_object_set_member (left, name, json_node_copy (node));
          if (is_record)
            g_hash_table_add (seen->states, known);
          else
            known_free (known);
        }
    }
  json_object_set_object_member (seen->root, ENTRIES, left);
}

/* The place of @saves in @list, counted from one; added if it is not there. Most records were saved
 * equally often by the same computer. */
static guint32
place_of (LmSaves *saves, GHashTable *places, JsonArray *list)
{
  gpointer place;

  if (saves == NULL)
    return 0;
  if (!g_hash_table_lookup_extended (places, saves, NULL, &place))
    {
      json_array_add_object_element (list, lm_saves_write (saves));
      place = GUINT_TO_POINTER (json_array_get_length (list));
      g_hash_table_insert (places, saves, place);
    }
  return GPOINTER_TO_UINT (place);
}

/* Returns: (transfer full): the root with all states, as it is written */
char *
lm_seen_write_states (LmSeen *seen, gsize *length)
{
  g_autoptr (GHashTable) places = g_hash_table_new (lm_saves_hash, lm_saves_equal);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *packed = NULL;
  JsonArray *list = json_array_new ();
  GHashTableIter states;
  gpointer data;
  char *text;

  g_hash_table_iter_init (&states, seen->states);
  while (g_hash_table_iter_next (&states, &data, NULL))
    {
      const LmKnown *known = data;
      guint32 number;

      if (json_object_has_member (unusual (seen), lm_id_format (&known->id).digits))
        continue;
      number = GUINT32_TO_LE (place_of (known->saves, places, list) << 1 | (known->gone ? 1 : 0));
      g_byte_array_append (bytes, known->id.bytes, LM_ID_BYTES);
      g_byte_array_append (bytes, known->hash.bytes, LM_ID_BYTES);
      g_byte_array_append (bytes, (const guint8 *) &number, sizeof number);
    }
  packed = g_base64_encode (bytes->data, bytes->len);
  json_object_set_string_member (seen->root, PACKED, packed);
  json_object_set_array_member (seen->root, PACKED_SAVES, list);
  text = lm_json_write (seen->root, length);
  json_object_remove_member (seen->root, PACKED);
  json_object_remove_member (seen->root, PACKED_SAVES);
  return text;
}

/* Returns: (transfer none) (nullable): the newest state of @id that was seen, until it is noted
 * anew */
const LmKnown *
lm_seen_state_of (LmSeen *seen, const LmId *id)
{
  return g_hash_table_lookup (seen->states, id);
}

/* Notes @record as the newest state. */
void
lm_seen_set_state (LmSeen *seen, LmRecord *record)
{
  LmKnown *known = g_new (LmKnown, 1);

  *known = (LmKnown) {
    .id = record->id,
    .hash = record->hash,
    .saves = record->saves != NULL ? lm_saves_ref (record->saves) : NULL,
    .gone = record->kind == LM_RECORD_GONE,
  };
  json_object_remove_member (unusual (seen), lm_id_format (&record->id).digits);
  g_hash_table_add (seen->states, known);
  seen->changed = TRUE;
}

/* Forgets that there ever was a record @id. */
void
lm_seen_forget_record (LmSeen *seen, const LmId *id)
{
  json_object_remove_member (unusual (seen), lm_id_format (id).digits);
  g_hash_table_remove (seen->states, id);
  g_hash_table_remove (seen->not_newer, id);
  seen->changed = TRUE;
}

/* Returns: (transfer none) (nullable): who had saved @id how often when its newest state was seen
 */
LmSaves *
lm_seen_saves_of (LmSeen *seen, const LmId *id)
{
  const LmKnown *known = lm_seen_state_of (seen, id);

  return known != NULL ? known->saves : NULL;
}

/* Returns: (transfer full) (element-type LmSeenState): all that was seen, until something is noted
 */
GPtrArray *
lm_seen_list (LmSeen *seen)
{
  GPtrArray *states = g_ptr_array_new_with_free_func (g_free);
  JsonObject *purged = lm_json_get_object (seen->root, "purged");
  GHashTableIter iter;
  gpointer data;

  g_hash_table_iter_init (&iter, seen->states);
  while (g_hash_table_iter_next (&iter, &data, NULL))
    {
      const LmKnown *known = data;
      LmSeenState *state;

      if (lm_id_is_null (&known->hash))
        continue;
      state = g_new (LmSeenState, 1);
      *state = (LmSeenState) {
        .id = known->id,
        .hash = known->hash,
        .saves = known->saves,
        .gone = known->gone || (purged != NULL &&
                                json_object_has_member (purged, lm_id_format (&known->id).digits)),
        .present = g_hash_table_lookup (seen->not_newer, &known->id),
      };
      g_ptr_array_add (states, state);
    }
  return states;
}
