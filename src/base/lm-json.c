/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/lm-json-build.h"
#include "base/lm-json.h"

/* Reading, writing and looking into JSON: json-glib's trees, read by lm_json_check (). */

/**
 * lm_json_parse:
 * @text: any bytes
 * @length: how many
 * @error: domain %LM_JSON_ERROR
 *
 * Returns: (transfer full): the object; nobody else holds a reference to it or its parts
 */
JsonObject *
lm_json_parse (const char *text, gsize length, GError **error)
{
  if (!lm_json_check (text, length, error))
    return NULL;
  return lm_json_build (text, length);
}

/**
 * lm_json_write:
 * @length: (out) (optional): in bytes
 *
 * Returns: (transfer full): @object as UTF-8 on one line, keys in the order they were set
 */
char *
lm_json_write (JsonObject *object, gsize *length)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonGenerator) generator = json_generator_new ();

  json_node_set_object (node, object);
  json_generator_set_root (generator, node);
  return json_generator_to_data (generator, length);
}

/* json_node_copy () shares the value inside, and counts its users without regard to threads: copies
 * that two threads have would be freed too early or twice. */
static JsonNode *
copy_value (JsonNode *node)
{
  JsonNode *copy;

  if (JSON_NODE_HOLDS_NULL (node))
    return json_node_new (JSON_NODE_NULL);
  copy = json_node_new (JSON_NODE_VALUE);
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    json_node_set_string (copy, json_node_get_string (node));
  else if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    json_node_set_boolean (copy, json_node_get_boolean (node));
  else if (json_node_get_value_type (node) == G_TYPE_DOUBLE)
    json_node_set_double (copy, json_node_get_double (node));
  else
    json_node_set_int (copy, json_node_get_int (node));
  return copy;
}

static JsonNode *
copy_node (JsonNode *node)
{
  JsonNode *copy;

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      copy = json_node_new (JSON_NODE_OBJECT);
      json_node_take_object (copy, lm_json_copy (json_node_get_object (node)));
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);
      JsonArray *array_copy = json_array_sized_new (json_array_get_length (array));

      for (guint i = 0; i < json_array_get_length (array); i++)
        json_array_add_element (array_copy, copy_node (json_array_get_element (array, i)));
      copy = json_node_new (JSON_NODE_ARRAY);
      json_node_take_array (copy, array_copy);
    }
  else
    copy = copy_value (node);
  return copy;
}

/**
 * lm_json_copy:
 *
 * Returns: (transfer full): a copy that shares nothing with @object (json-glib's own shares the
 *   objects inside)
 */
JsonObject *
lm_json_copy (JsonObject *object)
{
  JsonObject *copy = json_object_new ();
  JsonObjectIter iter;
  const char *key;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &key, &node))
    json_object_set_member (copy, key, copy_node (node));
  return copy;
}

static JsonNode *
member_of_type (JsonObject *object, const char *key, GType type)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, key) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type
             ? node
             : NULL;
}

/* Returns: (nullable): the text, or %NULL */
const char *
lm_json_get_string (JsonObject *object, const char *key)
{
  JsonNode *node = member_of_type (object, key, G_TYPE_STRING);

  return node != NULL ? json_node_get_string (node) : NULL;
}

/* Returns: whether there is an integer; @value is set only then */
gboolean
lm_json_get_integer (JsonObject *object, const char *key, gint64 *value)
{
  JsonNode *node = member_of_type (object, key, G_TYPE_INT64);

  if (node == NULL)
    return FALSE;
  *value = json_node_get_int (node);
  return TRUE;
}

/* Returns: the value, %FALSE where there is none */
gboolean
lm_json_get_boolean (JsonObject *object, const char *key)
{
  JsonNode *node = member_of_type (object, key, G_TYPE_BOOLEAN);

  return node != NULL && json_node_get_boolean (node);
}

/* Returns: (nullable) (transfer none): the object, or %NULL */
JsonObject *
lm_json_get_object (JsonObject *object, const char *key)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, key) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* Returns: (nullable) (transfer none): the array, or %NULL */
JsonArray *
lm_json_get_array (JsonObject *object, const char *key)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, key) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/* Returns: the number of elements, 0 for %NULL */
guint
lm_json_array_size (JsonArray *array)
{
  return array != NULL ? json_array_get_length (array) : 0;
}

/* Returns: (nullable): the text at @index, or %NULL if something else is there */
const char *
lm_json_at_string (JsonArray *array, guint index)
{
  JsonNode *node = json_array_get_element (array, index);

  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

/* Returns: (nullable) (transfer none): the object at @index, or %NULL if something else is there */
JsonObject *
lm_json_at_object (JsonArray *array, guint index)
{
  JsonNode *node = json_array_get_element (array, index);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}
