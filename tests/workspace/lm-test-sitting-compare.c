/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/lm-json.h"
#include "lm-test-sitting.h"

/* What was answered, held against what stands in the journal. */

/* Whether nothing was said that would be worth an entry. */
gboolean
lm_test_sitting_is_empty (LmTestSitting *sitting)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, sitting->expected);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (((const char *) key)[0] != '/' || g_str_equal (key, "/title") || g_str_equal (key, "/tags"))
      return FALSE;
  return TRUE;
}

/* What @question was asked as, in the guide. */
static const char *
question_of (LmTestSitting *sitting, const char *step)
{
  if (g_str_equal (step, LM_GUIDE_BEFORE))
    return lm_guide_get_before (sitting->guide);
  if (g_str_equal (step, LM_GUIDE_AFTER))
    return lm_guide_get_after (sitting->guide);
  for (guint i = 0; i < lm_guide_n_steps (sitting->guide); i++)
    if (g_str_equal (lm_guide_get_step (sitting->guide, i)->id, step))
      return lm_guide_get_step (sitting->guide, i)->question;
  return NULL;
}

static void
find_member (GHashTable *found, const char *step, const char *what, JsonNode *node)
{
  if (JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) == 0)
    return;
  g_hash_table_insert (found, g_strdup_printf ("%s/%s", step, what), json_node_ref (node));
}

static void
find_answer (LmTestSitting *sitting, GHashTable *found, JsonObject *object)
{
  const char *step = lm_json_get_string (object, "step");
  JsonObjectIter iter;
  const char *key;
  JsonNode *node;

  g_assert_nonnull (step);
  g_assert_cmpstr (lm_json_get_string (object, "question"), ==, question_of (sitting, step));
  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &key, &node))
    if (!g_str_equal (key, "step") && !g_str_equal (key, "question") &&
        !g_str_equal (key, "role") && !g_str_equal (key, "expected"))
      find_member (found, step, key, node);
}

/* Everything that stands in @content, as the format has it. */
static GHashTable *
find_all (LmTestSitting *sitting, LmContent *content)
{
  static const char *const beside[] = { "title", "tags", "sealed_until" };
  GHashTable *found =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) json_node_unref);
  JsonObject *root = lm_content_json (content);
  JsonArray *answers = lm_json_get_array (root, "answers");
  gint64 minutes;

  for (guint i = 0; i < lm_json_array_size (answers); i++)
    find_answer (sitting, found, lm_json_at_object (answers, i));
  for (guint i = 0; i < G_N_ELEMENTS (beside); i++)
    if (json_object_has_member (root, beside[i]))
      find_member (found, "", beside[i], json_object_get_member (root, beside[i]));
  if (lm_json_get_object (root, "tray") != NULL)
    g_hash_table_insert (found,
                         g_strdup ("/tray"),
                         json_node_init_boolean (json_node_alloc (), TRUE));
  if (lm_json_get_integer (lm_json_get_object (root, "stream"), "minutes", &minutes))
    g_hash_table_insert (found,
                         g_strdup ("/minutes"),
                         json_node_init_int (json_node_alloc (), minutes));
  return found;
}

/* Every @one is among @others. */
static void
compare_tables (GHashTable *one, GHashTable *others, const char *guide, const char *problem)
{
  GHashTableIter iter;
  gpointer key, node;

  g_hash_table_iter_init (&iter, one);
  while (g_hash_table_iter_next (&iter, &key, &node))
    {
      JsonNode *other = g_hash_table_lookup (others, key);
      g_autofree char *text = json_to_string (node, FALSE);
      g_autofree char *instead = other != NULL ? json_to_string (other, FALSE) : NULL;

      if (other == NULL || !json_node_equal (node, other))
        g_error ("%s: %s is %s: %s, %s", guide, (char *) key, problem, text, instead);
    }
}

static void
compare_stream (LmTestSitting *sitting, LmContent *content)
{
  JsonObject *stream = lm_json_get_object (lm_content_json (content), "stream");
  JsonArray *pauses = lm_json_get_array (stream, "pauses");
  gint64 seconds = 0;

  g_assert_cmpint (lm_json_get_boolean (stream, "running"), ==, sitting->running);
  g_assert_cmpuint (lm_json_array_size (pauses), ==, g_hash_table_size (sitting->pauses));
  for (guint i = 0; i < lm_json_array_size (pauses); i++)
    {
      JsonObject *pause = lm_json_at_object (pauses, i);
      gint64 at, length;

      g_assert_true (lm_json_get_integer (pause, "at", &at));
      g_assert_true (lm_json_get_integer (pause, "seconds", &length));
      g_assert_cmpint (
          length,
          ==,
          GPOINTER_TO_SIZE (g_hash_table_lookup (sitting->pauses, GSIZE_TO_POINTER (at))));
    }
  if (stream != NULL && lm_json_get_integer (stream, "seconds", &seconds))
    g_assert_cmpint (seconds, ==, sitting->counted);
}

/* @content holds what was answered, all of it and nothing else. */
void
lm_test_sitting_compare (LmTestSitting *sitting, LmContent *content)
{
  g_autoptr (GHashTable) found = find_all (sitting, content);
  const char *guide = lm_guide_get_id (sitting->guide);

  g_assert_cmpstr (lm_content_get_guide (content), ==, guide);
  compare_tables (sitting->expected, found, guide, "not there");
  compare_tables (found, sitting->expected, guide, "not what was said");
  compare_stream (sitting, content);
}
