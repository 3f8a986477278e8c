/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/lm-diff.h"
#include "base/lm-json.h"
#include "base/lm-text.h"
#include "journal/lm-merge.h"

/* Brings two states of a record together, value by value and text by text, whatever keys there are:
 * what only one side changed is taken, and where both did, nothing that was written is left out. */

static JsonNode *merge_nodes (
    const char *key, JsonNode *base, JsonNode *ours, JsonNode *theirs, gboolean *clean);

static gboolean
same (JsonNode *a, JsonNode *b)
{
  return a == b || (a != NULL && b != NULL && json_node_equal (a, b));
}

static JsonNode *
copy_of (JsonNode *node)
{
  return node != NULL ? json_node_copy (node) : NULL;
}

/* Texts ------------------------------------------------------------------------------------- */

static const char *
string_of (JsonNode *node)
{
  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static JsonNode *
new_string (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

static JsonNode *
merge_texts (JsonNode *base, JsonNode *ours, JsonNode *theirs, gboolean *clean)
{
  gboolean own_clean;
  g_autofree char *text =
      lm_diff_merge (string_of (base), string_of (ours), string_of (theirs), &own_clean);

  *clean = *clean && own_clean;
  return new_string (text);
}

/* Both titles; a person makes one of them. */
static JsonNode *
merge_titles (JsonNode *ours, JsonNode *theirs, gboolean *clean)
{
  g_autofree char *title = NULL;

  *clean = FALSE;
  if (lm_text_is_blank (string_of (ours)))
    return copy_of (theirs);
  if (lm_text_is_blank (string_of (theirs)))
    return copy_of (ours);
  title = g_strdup_printf ("%s / %s", string_of (ours), string_of (theirs));
  return new_string (title);
}

static gboolean
is_prose (const char *key)
{
  return g_str_equal (key, "text") || g_str_equal (key, "note");
}

static gboolean
is_title (const char *key)
{
  return g_str_equal (key, "title") || g_str_equal (key, "name");
}

/* Lists --------------------------------------------------------------------------------------- */

/* What an element of a list is called, so that it is found in the other list. */
static char *
name_of (JsonNode *element)
{
  static const char *const keys[] = {
    "step", "id", "entry", "created", "label", "person", "words"
  };

  if (JSON_NODE_HOLDS_OBJECT (element))
    for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
      {
        const char *name = lm_json_get_string (json_node_get_object (element), keys[i]);

        if (name != NULL)
          return g_strdup_printf ("%s %s", keys[i], name);
      }
  return json_to_string (element, FALSE);
}

/* Name → element; a second one with a name is found under that and its place. */
static GHashTable *
index_of (JsonArray *array, GPtrArray *order)
{
  GHashTable *index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      char *name = name_of (json_array_get_element (array, i));

      for (guint n = 2; g_hash_table_contains (index, name); n++)
        {
          g_autofree char *taken = name;

          name = g_strdup_printf ("%s #%u", taken, n);
        }
      g_hash_table_insert (index, name, json_array_get_element (array, i));
      if (order != NULL)
        g_ptr_array_add (order, name);
    }
  return index;
}

static JsonArray *
array_of (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static JsonNode *
merge_lists (JsonNode *base, JsonNode *ours, JsonNode *theirs, gboolean *clean)
{
  g_autoptr (GPtrArray) our_order = g_ptr_array_new (), their_order = g_ptr_array_new ();
  g_autoptr (GHashTable) base_index = index_of (array_of (base), NULL);
  g_autoptr (GHashTable) our_index = index_of (array_of (ours), our_order);
  g_autoptr (GHashTable) their_index = index_of (array_of (theirs), their_order);
  JsonArray *merged = json_array_new ();
  JsonNode *node;

  for (guint i = 0; i < our_order->len; i++)
    {
      const char *name = our_order->pdata[i];

      node = merge_nodes ("",
                          g_hash_table_lookup (base_index, name),
                          g_hash_table_lookup (our_index, name),
                          g_hash_table_lookup (their_index, name),
                          clean);
      if (node != NULL)
        json_array_add_element (merged, node);
    }
  for (guint i = 0; i < their_order->len; i++)
    {
      const char *name = their_order->pdata[i];

      if (g_hash_table_contains (our_index, name))
        continue;
      node = merge_nodes ("",
                          g_hash_table_lookup (base_index, name),
                          NULL,
                          g_hash_table_lookup (their_index, name),
                          clean);
      if (node != NULL)
        json_array_add_element (merged, node);
    }
  node = json_node_init_array (json_node_alloc (), merged);
  json_array_unref (merged);
  return node;
}

/* Objects ------------------------------------------------------------------------------------- */

static JsonNode *
member (JsonObject *object, const char *key)
{
  return object != NULL ? json_object_get_member (object, key) : NULL;
}

static void
merge_member (JsonObject *merged,
              const char *key,
              JsonObject *base,
              JsonObject *ours,
              JsonObject *theirs,
              gboolean *clean)
{
  JsonNode *node =
      merge_nodes (key, member (base, key), member (ours, key), member (theirs, key), clean);

  if (node != NULL)
    json_object_set_member (merged, key, node);
}

static JsonObject *
merge_objects (JsonObject *base, JsonObject *ours, JsonObject *theirs, gboolean *clean)
{
  JsonObject *merged = json_object_new ();
  JsonObjectIter iter;
  const char *key;

  json_object_iter_init_ordered (&iter, ours);
  while (json_object_iter_next_ordered (&iter, &key, NULL))
    merge_member (merged, key, base, ours, theirs, clean);
  json_object_iter_init_ordered (&iter, theirs);
  while (json_object_iter_next_ordered (&iter, &key, NULL))
    if (!json_object_has_member (ours, key))
      merge_member (merged, key, base, ours, theirs, clean);
  return merged;
}

static JsonNode *
merge_object_nodes (JsonNode *base, JsonNode *ours, JsonNode *theirs, gboolean *clean)
{
  JsonObject *from =
      base != NULL && JSON_NODE_HOLDS_OBJECT (base) ? json_node_get_object (base) : NULL;
  JsonNode *node = json_node_alloc ();

  json_node_init (node, JSON_NODE_OBJECT);
  json_node_take_object (
      node,
      merge_objects (from, json_node_get_object (ours), json_node_get_object (theirs), clean));
  return node;
}

/* Returns: (transfer full) (nullable): %NULL if the value is to be absent */
static JsonNode *
merge_nodes (const char *key, JsonNode *base, JsonNode *ours, JsonNode *theirs, gboolean *clean)
{
  if (same (ours, theirs) || same (theirs, base))
    return copy_of (ours);
  if (same (ours, base))
    return copy_of (theirs);
  /* Taken away here and changed there: what was written stays. */
  if (ours == NULL || theirs == NULL)
    {
      *clean = *clean && base == NULL;
      return copy_of (ours != NULL ? ours : theirs);
    }
  if (JSON_NODE_HOLDS_OBJECT (ours) && JSON_NODE_HOLDS_OBJECT (theirs))
    return merge_object_nodes (base, ours, theirs, clean);
  if (JSON_NODE_HOLDS_ARRAY (ours) && JSON_NODE_HOLDS_ARRAY (theirs))
    return merge_lists (base, ours, theirs, clean);
  if (string_of (ours) != NULL && string_of (theirs) != NULL && is_prose (key))
    return merge_texts (base, ours, theirs, clean);
  if (string_of (ours) != NULL && string_of (theirs) != NULL && is_title (key))
    return merge_titles (ours, theirs, clean);
  *clean = FALSE;
  return copy_of (ours);
}

/**
 * lm_content_merge:
 * @base: (nullable): what both began from, if it is known
 * @ours: one state
 * @theirs: the other
 * @clean: (out): whether no value was changed on both sides
 *
 * Brings two states of a record together. It is in the trash only if both are.
 *
 * Returns: (transfer full): the content, for a person to look over
 */
LmContent *
lm_content_merge (LmContent *base, LmContent *ours, LmContent *theirs, gboolean *clean)
{
  static const char *const bookkeeping[] = { "saves", "revision", "modified", "device", "base" };
  g_autoptr (LmContent) merged = lm_content_copy (ours);
  g_autoptr (LmContent) from = base != NULL ? lm_content_copy (base) : NULL;
  g_autoptr (LmContent) mine = lm_content_copy (ours), yours = lm_content_copy (theirs);
  g_autoptr (JsonObject) object = NULL;
  gboolean deleted = lm_content_is_deleted (ours) && lm_content_is_deleted (theirs);
  JsonObjectIter iter;
  const char *key;

  for (guint i = 0; i < G_N_ELEMENTS (bookkeeping); i++)
    {
      json_object_remove_member (lm_content_json (mine), bookkeeping[i]);
      json_object_remove_member (lm_content_json (yours), bookkeeping[i]);
    }
  *clean = TRUE;
  object = merge_objects (from != NULL ? lm_content_json (from) : NULL,
                          lm_content_json (mine),
                          lm_content_json (yours),
                          clean);
  /* Not each key that ours had needs to be left. */
  json_object_iter_init (&iter, lm_content_json (mine));
  while (json_object_iter_next (&iter, &key, NULL))
    json_object_remove_member (lm_content_json (merged), key);
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &key, NULL))
    json_object_set_member (lm_content_json (merged), key, copy_of (member (object, key)));
  if (!deleted)
    lm_content_set_deleted (merged, NULL);
  return g_steal_pointer (&merged);
}
