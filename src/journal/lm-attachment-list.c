/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/lm-base64.h"
#include "base/lm-json.h"
#include "journal/lm-attachment-list.h"

/* What an entry says of its attachments. Items that are not understood stay where they are. */

#define KEY "attachments"

void
lm_attachment_free (LmAttachment *attachment)
{
  g_free (attachment->name);
  g_free (attachment->type);
  g_free (attachment->description);
  g_free (attachment);
}

LmAttachment *
lm_attachment_copy (const LmAttachment *attachment)
{
  LmAttachment *copy = g_memdup2 (attachment, sizeof *attachment);

  copy->name = g_strdup (attachment->name);
  copy->type = g_strdup (attachment->type);
  copy->description = g_strdup (attachment->description);
  return copy;
}

/* Whether it is to be shown as a picture. SVG is not: it is a program's text, not a photo. */
gboolean
lm_attachment_is_image (const LmAttachment *attachment)
{
  return g_str_has_prefix (attachment->type, "image/") &&
         !g_str_has_prefix (attachment->type, "image/svg");
}

static LmAttachment *
read_one (JsonObject *object)
{
  g_autoptr (LmAttachment) attachment = g_new0 (LmAttachment, 1);
  const char *id = lm_json_get_string (object, "id");
  const char *hash = lm_json_get_string (object, "hash");
  const char *name = lm_json_get_string (object, "name");
  const char *type = lm_json_get_string (object, "type");
  const char *description = lm_json_get_string (object, "description");
  gint64 size = 0;

  if (id == NULL || !lm_id_parse (id, -1, &attachment->id) || hash == NULL ||
      !lm_base64_decode_exact (hash, attachment->hash.bytes, sizeof attachment->hash.bytes) ||
      !lm_json_get_integer (object, "size", &size) || size < 0)
    return NULL;
  attachment->size = (guint64) size;
  attachment->name = g_strdup (name != NULL ? name : "");
  attachment->type = g_strdup (type != NULL ? type : "");
  attachment->description = g_strdup (description != NULL ? description : "");
  return g_steal_pointer (&attachment);
}

/* Returns: (transfer full) (element-type LmAttachment): those that are understood, in order */
GPtrArray *
lm_content_list_attachments (LmContent *content)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) lm_attachment_free);
  JsonArray *array = lm_json_get_array (lm_content_json (content), KEY);

  for (guint i = 0; i < lm_json_array_size (array); i++)
    {
      JsonObject *object = lm_json_at_object (array, i);
      LmAttachment *attachment = object != NULL ? read_one (object) : NULL;

      if (attachment != NULL)
        g_ptr_array_add (list, attachment);
    }
  return list;
}

static JsonArray *
make_array (LmContent *content)
{
  JsonArray *array = lm_json_get_array (lm_content_json (content), KEY);

  if (array == NULL)
    {
      array = json_array_new ();
      json_object_set_array_member (lm_content_json (content), KEY, array);
    }
  return array;
}

/* Puts @attachment behind the others. */
void
lm_content_add_attachment (LmContent *content, const LmAttachment *attachment)
{
  JsonObject *object = json_object_new ();
  g_autofree char *hash = g_base64_encode (attachment->hash.bytes, sizeof attachment->hash.bytes);

  json_object_set_string_member (object, "id", lm_id_format (&attachment->id).digits);
  json_object_set_string_member (object, "name", attachment->name);
  json_object_set_string_member (object, "type", attachment->type);
  json_object_set_int_member (object, "size", (gint64) attachment->size);
  json_object_set_string_member (object, "hash", hash);
  if (attachment->description != NULL && attachment->description[0] != '\0')
    json_object_set_string_member (object, "description", attachment->description);
  json_array_add_object_element (make_array (content), object);
}

static gboolean
find (LmContent *content, const LmId *id, guint *place)
{
  JsonArray *array = lm_json_get_array (lm_content_json (content), KEY);

  for (guint i = 0; i < lm_json_array_size (array); i++)
    {
      JsonObject *object = lm_json_at_object (array, i);
      const char *text = object != NULL ? lm_json_get_string (object, "id") : NULL;
      LmId found;

      if (text != NULL && lm_id_parse (text, -1, &found) && lm_id_equal (&found, id))
        {
          *place = i;
          return TRUE;
        }
    }
  return FALSE;
}

/**
 * lm_content_take_attachment:
 * @place: (out): where it was
 *
 * Takes an attachment out of the list; its file stays.
 *
 * Returns: (transfer full) (nullable): all that was said of it, for lm_content_put_attachment ()
 */
JsonNode *
lm_content_take_attachment (LmContent *content, const LmId *id, guint *place)
{
  JsonArray *array = lm_json_get_array (lm_content_json (content), KEY);
  JsonNode *node;

  if (!find (content, id, place))
    return NULL;
  node = json_array_dup_element (array, *place);
  json_array_remove_element (array, *place);
  if (json_array_get_length (array) == 0)
    json_object_remove_member (lm_content_json (content), KEY);
  return node;
}

/* Puts back what was taken out, at @place or, if the list is shorter now, at its end. @node stays
 * the caller's. */
void
lm_content_put_attachment (LmContent *content, JsonNode *node, guint place)
{
  JsonArray *old = lm_json_get_array (lm_content_json (content), KEY);
  JsonArray *array = json_array_new ();
  guint size = lm_json_array_size (old);

  for (guint i = 0; i <= size; i++)
    {
      if (i == MIN (place, size))
        json_array_add_element (array, json_node_copy (node));
      if (i < size)
        json_array_add_element (array, json_array_dup_element (old, i));
    }
  json_object_set_array_member (lm_content_json (content), KEY, array);
}

/* Gives an attachment another name and description; nothing else that is said of it changes. */
void
lm_content_rename_attachment (LmContent *content,
                              const LmId *id,
                              const char *name,
                              const char *description)
{
  JsonArray *array = lm_json_get_array (lm_content_json (content), KEY);
  JsonObject *object;
  guint place;

  if (!find (content, id, &place))
    return;
  object = lm_json_at_object (array, place);
  json_object_set_string_member (object, "name", name);
  if (description[0] != '\0')
    json_object_set_string_member (object, "description", description);
  else if (json_object_has_member (object, "description"))
    json_object_remove_member (object, "description");
}
