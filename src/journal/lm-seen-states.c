/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-json.h"
#include "journal/lm-seen-private.h"

/* The newest state of each record that was seen. There is one for every record there ever was: kept
 * as JSON they take as much memory as the texts. So they are kept packed, and only those stay JSON
 * in which there is more than this version knows. */

#define ENTRIES "entries"
#define HASH    "hash"
#define SAVES   "saves"
#define GONE    "gone"

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

static void
append_state (GString *text, const LmKnown *known)
{
  g_string_append_printf (text,
                          "\"%s\":{\"" HASH "\":\"%s\"",
                          lm_id_format (&known->id).digits,
                          lm_id_format (&known->hash).digits);
  if (known->saves != NULL)
    {
      g_autoptr (JsonObject) saves = lm_saves_write (known->saves);
      g_autofree char *written = lm_json_write (saves, NULL);

      g_string_append_printf (text, ",\"" SAVES "\":%s", written);
    }
  g_string_append (text, known->gone ? ",\"" GONE "\":true}" : "}");
}

/* Returns: (transfer full): the root with all states, as it is written. It is put together as text:
 * a tree of it would be needed for a moment only. */
char *
lm_seen_write_states (LmSeen *seen, gsize *length)
{
  g_autoptr (JsonObject) rest = json_object_new ();
  g_autofree char *before = NULL, *left = lm_json_write (unusual (seen), NULL);
  gboolean is_first = json_object_get_size (unusual (seen)) == 0;
  GString *text;
  GHashTableIter states;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;
  gpointer known;

  json_object_iter_init_ordered (&iter, seen->root);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    if (!g_str_equal (name, ENTRIES))
      json_object_set_member (rest, name, json_node_copy (node));
  before = lm_json_write (rest, NULL);
  /* Both without the bracket that closes them. The root at least says what it is. */
  text = g_string_new_len (before, (gssize) strlen (before) - 1);
  g_string_append (text, ",\"" ENTRIES "\":");
  g_string_append_len (text, left, (gssize) strlen (left) - 1);
  g_hash_table_iter_init (&states, seen->states);
  while (g_hash_table_iter_next (&states, &known, NULL))
    {
      if (json_object_has_member (unusual (seen), lm_id_format (known).digits))
        continue;
      if (!is_first)
        g_string_append_c (text, ',');
      append_state (text, known);
      is_first = FALSE;
    }
  g_string_append (text, "}}");
  *length = text->len;
  return g_string_free (text, FALSE);
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
