/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <sodium.h>
#include <string.h>

#include "base/lm-clock.h"
#include "base/lm-json.h"
#include "base/lm-text.h"
#include "journal/lm-content.h"
#include "journal/lm-saves.h"
#include "vault/lm-vault.h"

struct _LmContent
{
  JsonObject *root;
};

/* Changes with every save, whether or not the person changed a word. */
static const char *const bookkeeping[] = { "saves", "revision", "modified", "device",
                                           "base",  "beside",   NULL };

/* Returns: (transfer full): a record of which nothing but the kind is said */
LmContent *
lm_content_new_bare (const char *kind)
{
  LmContent *content = g_new (LmContent, 1);

  content->root = json_object_new ();
  json_object_set_string_member (content->root, "kind", kind);
  return content;
}

/**
 * lm_content_new:
 * @kind: "entry", "person", …
 * @now: when it is made
 *
 * Returns: (transfer full): a record without content
 */
LmContent *
lm_content_new (const char *kind, GDateTime *now)
{
  LmContent *content = lm_content_new_bare (kind);
  g_autofree char *created = lm_time_to_rfc3339 (now);
  GTimeZone *zone = g_date_time_get_timezone (now);

  json_object_set_string_member (content->root, "created", created);
  /* An offset alone ("+01:00") says nothing that "created" does not. */
  if (g_ascii_isalpha (g_time_zone_get_identifier (zone)[0]))
    json_object_set_string_member (content->root, "zone", g_time_zone_get_identifier (zone));
  return content;
}

/**
 * lm_content_read:
 * @payload: from lm_vault_open ()
 * @error: domain %LM_JSON_ERROR
 *
 * Returns: (transfer full): the content
 */
LmContent *
lm_content_read (GBytes *payload, GError **error)
{
  gsize length;
  const char *text = g_bytes_get_data (payload, &length);
  JsonObject *root = lm_json_parse (text, length, error);
  LmContent *content;

  if (root == NULL)
    return NULL;
  content = g_new (LmContent, 1);
  content->root = root;
  return content;
}

LmContent *
lm_content_copy (LmContent *content)
{
  LmContent *copy = g_new (LmContent, 1);

  copy->root = lm_json_copy (content->root);
  return copy;
}

void
lm_content_free (LmContent *content)
{
  json_object_unref (content->root);
  g_free (content);
}

/* Returns: (transfer none): the whole, for whoever knows a key that has no function here */
JsonObject *
lm_content_json (LmContent *content)
{
  return content->root;
}

typedef struct
{
  char *text;
  gsize length;
} Written;

static void
written_free (gpointer data)
{
  Written *written = data;

  sodium_memzero (written->text, written->length);
  g_free (written->text);
  g_free (written);
}

static GBytes *
write_bytes (JsonObject *root)
{
  Written *written = g_new (Written, 1);

  written->text = lm_json_write (root, &written->length);
  return g_bytes_new_with_free_func (written->text, written->length, written_free, written);
}

/* Returns: (transfer full): the payload as it is, as for a draft */
GBytes *
lm_content_write (LmContent *content)
{
  return write_bytes (content->root);
}

/**
 * lm_content_write_saved:
 * @saves: the counts after this save, from lm_saves_add_one ()
 * @device: this computer
 * @now: the time of saving
 *
 * Returns: (transfer full): the payload for the next save; @content itself stays as it is
 */
GBytes *
lm_content_write_saved (LmContent *content, LmSaves *saves, const LmId *device, GDateTime *now)
{
  g_autoptr (JsonObject) root = json_object_new ();
  g_autofree char *modified = lm_time_to_rfc3339 (now);
  JsonObjectIter iter;
  const char *key;
  JsonNode *node;

  /* "kind" first and the bookkeeping behind it, for whoever reads the JSON with their eyes. */
  json_object_set_string_member (root, "kind", lm_content_get_kind (content));
  json_object_set_int_member (root, "revision", lm_saves_sum (saves));
  json_object_set_object_member (root, "saves", lm_saves_write (saves));
  json_object_set_string_member (root, "device", lm_id_format (device).digits);
  json_object_set_string_member (root, "modified", modified);
  json_object_iter_init_ordered (&iter, content->root);
  while (json_object_iter_next_ordered (&iter, &key, &node))
    if (!g_strv_contains (bookkeeping, key) && strcmp (key, "kind") != 0)
      json_object_set_member (root, key, json_node_copy (node));
  return write_bytes (root);
}

/* What a person would call the same has one fingerprint: the order of keys and the bookkeeping do
 * not matter. */

static void
update_text (crypto_generichash_state *state, char type, const char *text)
{
  crypto_generichash_update (state, (const guint8 *) &type, 1);
  crypto_generichash_update (state, (const guint8 *) text, strlen (text) + 1);
}

static void update_node (crypto_generichash_state *state, JsonNode *node);

static void
update_object (crypto_generichash_state *state, JsonObject *object, gboolean top)
{
  g_autoptr (GList) keys = g_list_sort (json_object_get_members (object), (GCompareFunc) strcmp);

  update_text (state, '{', "");
  for (GList *key = keys; key != NULL; key = key->next)
    {
      if (top && g_strv_contains (bookkeeping, key->data))
        continue;
      update_text (state, 'k', key->data);
      update_node (state, json_object_get_member (object, key->data));
    }
  update_text (state, '}', "");
}

static void
update_node (crypto_generichash_state *state, JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    update_object (state, json_node_get_object (node), FALSE);
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      update_text (state, '[', "");
      for (guint i = 0; i < json_array_get_length (array); i++)
        update_node (state, json_array_get_element (array, i));
      update_text (state, ']', "");
    }
  else
    {
      g_autofree char *text = json_to_string (node, FALSE);

      update_text (state, 'v', text);
    }
}

/**
 * lm_content_fingerprint:
 *
 * Returns: a hash over everything but the bookkeeping of saves: two records with the same one say
 *   the same
 */
LmId
lm_content_fingerprint (LmContent *content)
{
  crypto_generichash_state state;
  LmId hash;

  crypto_generichash_init (&state, NULL, 0, sizeof hash.bytes);
  update_object (&state, content->root, TRUE);
  crypto_generichash_final (&state, hash.bytes, sizeof hash.bytes);
  return hash;
}

/* Whether there is nothing in it that a person gave: then it need not be kept. */
gboolean
lm_content_is_empty (LmContent *content)
{
  if (!lm_text_is_blank (lm_json_get_string (content->root, "title")) ||
      !lm_text_is_blank (lm_json_get_string (content->root, "text")))
    return FALSE;
  for (guint i = 0; i < lm_content_n_answers (content); i++)
    if (!lm_answer_is_empty (lm_content_get_answer (content, i)))
      return FALSE;
  return lm_json_array_size (lm_json_get_array (content->root, "tags")) == 0 &&
         lm_json_array_size (lm_json_get_array (content->root, "attachments")) == 0 &&
         lm_json_array_size (lm_json_get_array (content->root, "notes")) == 0;
}

/* Whether it is a journal entry, rather than a person or something else. */
gboolean
lm_content_is_entry (LmContent *content)
{
  return g_str_equal (lm_content_get_kind (content), "entry");
}

/* Single values ---------------------------------------------------------------- */

const char *
lm_content_get_kind (LmContent *content)
{
  const char *kind = lm_json_get_string (content->root, "kind");

  return kind != NULL ? kind : "";
}

/* Returns: (transfer full) (nullable): when it was begun */
GDateTime *
lm_content_get_created (LmContent *content)
{
  const char *created = lm_json_get_string (content->root, "created");

  return created != NULL ? lm_time_from_rfc3339 (created) : NULL;
}

/* Returns: the text of @key, "" where there is none */
const char *
lm_content_get_string (LmContent *content, const char *key)
{
  const char *value = lm_json_get_string (content->root, key);

  return value != NULL ? value : "";
}

static void
set_string (JsonObject *object, const char *key, const char *value)
{
  if (value != NULL && value[0] != '\0')
    json_object_set_string_member (object, key, value);
  else if (json_object_has_member (object, key))
    json_object_remove_member (object, key);
}

/* Sets the text of @key; empty text means that the key goes. */
void
lm_content_set_string (LmContent *content, const char *key, const char *value)
{
  set_string (content->root, key, value);
}

static GStrv
get_strings (JsonObject *object, const char *key)
{
  JsonArray *array = lm_json_get_array (object, key);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < lm_json_array_size (array); i++)
    if (lm_json_at_string (array, i) != NULL)
      g_strv_builder_add (builder, lm_json_at_string (array, i));
  return g_strv_builder_end (builder);
}

static void
set_strings (JsonObject *object, const char *key, const char *const *values)
{
  JsonArray *array;

  if (values == NULL || values[0] == NULL)
    {
      if (json_object_has_member (object, key))
        json_object_remove_member (object, key);
      return;
    }
  array = json_array_new ();
  for (; *values != NULL; values++)
    json_array_add_string_element (array, *values);
  json_object_set_array_member (object, key, array);
}

/* Returns: (transfer full): the texts in the list @key, possibly none */
GStrv
lm_content_get_strings (LmContent *content, const char *key)
{
  return get_strings (content->root, key);
}

/* Sets the list @key; an empty list means that the key goes. */
void
lm_content_set_strings (LmContent *content, const char *key, const char *const *values)
{
  set_strings (content->root, key, values);
}

gboolean
lm_content_is_deleted (LmContent *content)
{
  return json_object_has_member (content->root, "deleted");
}

/* Puts the record into the trash, or with %NULL takes it out again. */
void
lm_content_set_deleted (LmContent *content, GDateTime *when)
{
  g_autofree char *text = when != NULL ? lm_time_to_rfc3339 (when) : NULL;

  set_string (content->root, "deleted", text);
}

/* Whether the entry may be offered again on the same day of a later year. */
gboolean
lm_content_comes_on_its_day (LmContent *content)
{
  JsonNode *node = json_object_get_member (content->root, "on_its_day");

  return node == NULL || json_node_get_value_type (node) != G_TYPE_BOOLEAN ||
         json_node_get_boolean (node);
}

void
lm_content_set_on_its_day (LmContent *content, gboolean comes)
{
  if (comes)
    json_object_remove_member (content->root, "on_its_day");
  else
    json_object_set_boolean_member (content->root, "on_its_day", FALSE);
}

/* Puts the trash mark of @from, or its absence, in the place of one's own. */
void
lm_content_copy_deleted (LmContent *content, LmContent *from)
{
  JsonNode *mark = json_object_get_member (from->root, "deleted");

  if (mark != NULL)
    json_object_set_member (content->root, "deleted", json_node_copy (mark));
  else
    json_object_remove_member (content->root, "deleted");
}

/* Returns: (nullable): the id of the guide that it was written with */
const char *
lm_content_get_guide (LmContent *content)
{
  return lm_json_get_string (lm_json_get_object (content->root, "guide"), "id");
}

/* Notes which edition of which guide asks. */
void
lm_content_set_guide (LmContent *content, const char *id, gint64 version, const char *language)
{
  JsonObject *guide = json_object_new ();

  json_object_set_string_member (guide, "id", id);
  json_object_set_int_member (guide, "version", version);
  json_object_set_string_member (guide, "language", language);
  json_object_set_object_member (content->root, "guide", guide);
}

/* Answers ------------------------------------------------------------------------ */

guint
lm_content_n_answers (LmContent *content)
{
  return lm_json_array_size (lm_json_get_array (content->root, "answers"));
}

/* Returns: (transfer none) (nullable): the answer at @index; %NULL if something else is there */
LmAnswer *
lm_content_get_answer (LmContent *content, guint index)
{
  return lm_json_at_object (lm_json_get_array (content->root, "answers"), index);
}

/* Returns: (transfer none) (nullable): the answer to @step, if there is one */
LmAnswer *
lm_content_find_answer (LmContent *content, const char *step)
{
  for (guint i = 0; i < lm_content_n_answers (content); i++)
    {
      LmAnswer *answer = lm_content_get_answer (content, i);

      if (answer != NULL && g_strcmp0 (lm_answer_get_step (answer), step) == 0)
        return answer;
    }
  return NULL;
}

/**
 * lm_content_answer:
 * @step: the step's id
 * @question: as it is asked now; kept only if the answer is new
 *
 * Returns: (transfer none): the answer to @step, made if there is none
 */
LmAnswer *
lm_content_answer (LmContent *content, const char *step, const char *question)
{
  LmAnswer *answer = lm_content_find_answer (content, step);

  if (answer != NULL)
    return answer;
  if (lm_json_get_array (content->root, "answers") == NULL)
    json_object_set_array_member (content->root, "answers", json_array_new ());
  answer = json_object_new ();
  json_object_set_string_member (answer, "step", step);
  json_object_set_string_member (answer, "question", question);
  json_array_add_object_element (lm_json_get_array (content->root, "answers"), answer);
  return answer;
}

/**
 * lm_content_tidy_answers:
 * @order: the ids of the guide's steps
 *
 * Takes out answers that say nothing and brings the rest into the order of the guide; answers to
 * steps that the guide does not know come last.
 */
void
lm_content_tidy_answers (LmContent *content, const char *const *order)
{
  JsonArray *old = lm_json_get_array (content->root, "answers");
  g_autoptr (JsonArray) tidy = json_array_new ();

  /* One step may have two answers, if another program wrote them. */
  for (guint i = 0; order[i] != NULL; i++)
    for (guint k = 0; k < lm_json_array_size (old); k++)
      {
        LmAnswer *answer = lm_json_at_object (old, k);

        if (answer != NULL && g_strcmp0 (lm_answer_get_step (answer), order[i]) == 0 &&
            !lm_answer_is_empty (answer))
          json_array_add_object_element (tidy, json_object_ref (answer));
      }
  for (guint i = 0; i < lm_json_array_size (old); i++)
    {
      JsonObject *answer = lm_json_at_object (old, i);
      const char *step = answer != NULL ? lm_answer_get_step (answer) : NULL;

      if (step == NULL || !g_strv_contains (order, step))
        json_array_add_element (tidy, json_node_copy (json_array_get_element (old, i)));
    }
  if (json_array_get_length (tidy) > 0)
    json_object_set_array_member (content->root, "answers", g_steal_pointer (&tidy));
  else if (old != NULL)
    json_object_remove_member (content->root, "answers");
}

const char *
lm_answer_get_step (LmAnswer *answer)
{
  return lm_json_get_string (answer, "step");
}

/* Returns: (nullable): the question as it was asked then */
const char *
lm_answer_get_question (LmAnswer *answer)
{
  return lm_json_get_string (answer, "question");
}

/* Returns: the text, "" where there is none */
const char *
lm_answer_get_text (LmAnswer *answer)
{
  const char *text = lm_json_get_string (answer, "text");

  return text != NULL ? text : "";
}

void
lm_answer_set_text (LmAnswer *answer, const char *text)
{
  set_string (answer, "text", text);
}

/* Returns: (nullable): "wish", "response-other" or "response-self" */
const char *
lm_answer_get_role (LmAnswer *answer)
{
  return lm_json_get_string (answer, "role");
}

/* Whether it is what was expected rather than what happened. */
gboolean
lm_answer_get_expected (LmAnswer *answer)
{
  return lm_json_get_boolean (answer, "expected");
}

void
lm_answer_set_role (LmAnswer *answer, const char *role, gboolean expected)
{
  set_string (answer, "role", role);
  if (expected)
    json_object_set_boolean_member (answer, "expected", TRUE);
  else if (json_object_has_member (answer, "expected"))
    json_object_remove_member (answer, "expected");
}

/* Returns: (nullable): "good", "hard" or "mixed" */
const char *
lm_answer_get_felt (LmAnswer *answer)
{
  return lm_json_get_string (answer, "felt");
}

void
lm_answer_set_felt (LmAnswer *answer, const char *felt)
{
  set_string (answer, "felt", felt);
}

/* Returns: the step of the scale, from 1; 0 where there is none */
int
lm_answer_get_scale (LmAnswer *answer)
{
  gint64 scale;

  return lm_json_get_integer (answer, "scale", &scale) && scale > 0 && scale < 100 ? (int) scale
                                                                                   : 0;
}

/* Sets the step of the scale, 0 for none. */
void
lm_answer_set_scale (LmAnswer *answer, int scale)
{
  if (scale > 0)
    json_object_set_int_member (answer, "scale", scale);
  else if (json_object_has_member (answer, "scale"))
    json_object_remove_member (answer, "scale");
}

guint
lm_answer_n_choices (LmAnswer *answer)
{
  return lm_json_array_size (lm_json_get_array (answer, "choices"));
}

/**
 * lm_answer_get_choice:
 * @id: (out) (optional) (nullable): the choice's id; %NULL for own words
 *
 * Returns: the choice's words as they stood then
 */
const char *
lm_answer_get_choice (LmAnswer *answer, guint index, const char **id)
{
  JsonObject *choice = lm_json_at_object (lm_json_get_array (answer, "choices"), index);
  const char *label = lm_json_get_string (choice, "label");

  if (id != NULL)
    *id = lm_json_get_string (choice, "id");
  return label != NULL ? label : "";
}

void
lm_answer_clear_choices (LmAnswer *answer)
{
  if (json_object_has_member (answer, "choices"))
    json_object_remove_member (answer, "choices");
}

/* Adds a choice; @id is %NULL for own words. */
void
lm_answer_add_choice (LmAnswer *answer, const char *id, const char *label)
{
  JsonObject *choice = json_object_new ();

  if (id != NULL)
    json_object_set_string_member (choice, "id", id);
  json_object_set_string_member (choice, "label", label);
  if (lm_json_get_array (answer, "choices") == NULL)
    json_object_set_array_member (answer, "choices", json_array_new ());
  json_array_add_object_element (lm_json_get_array (answer, "choices"), choice);
}

gboolean
lm_answer_has_choice (LmAnswer *answer, const char *id)
{
  for (guint i = 0; i < lm_answer_n_choices (answer); i++)
    {
      const char *chosen;

      lm_answer_get_choice (answer, i, &chosen);
      if (g_strcmp0 (chosen, id) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Returns: (transfer full): the ids of the people named */
GStrv
lm_answer_get_people (LmAnswer *answer)
{
  return get_strings (answer, "people");
}

void
lm_answer_set_people (LmAnswer *answer, const char *const *people)
{
  set_strings (answer, "people", people);
}

/* Returns: (transfer full): the ids of the entries that it points to */
GStrv
lm_answer_get_entries (LmAnswer *answer)
{
  return get_strings (answer, "entries");
}

void
lm_answer_set_entries (LmAnswer *answer, const char *const *entries)
{
  set_strings (answer, "entries", entries);
}

static gboolean
is_nothing (JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_object_get_size (json_node_get_object (node)) == 0;
  if (JSON_NODE_HOLDS_ARRAY (node))
    return json_array_get_length (json_node_get_array (node)) == 0;
  return JSON_NODE_HOLDS_NULL (node) || (json_node_get_value_type (node) == G_TYPE_STRING &&
                                         lm_text_is_blank (json_node_get_string (node)));
}

/* Whether the person said nothing here. What a newer version put there is something. */
gboolean
lm_answer_is_empty (LmAnswer *answer)
{
  static const char *const asked[] = { "step", "question", "role", "expected", NULL };
  JsonObjectIter iter;
  const char *key;
  JsonNode *node;

  if (answer == NULL)
    return TRUE;
  json_object_iter_init (&iter, answer);
  while (json_object_iter_next (&iter, &key, &node))
    if (!g_strv_contains (asked, key) && !is_nothing (node))
      return FALSE;
  return TRUE;
}
