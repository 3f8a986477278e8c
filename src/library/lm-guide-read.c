/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-json.h"
#include "library/lm-guide-private.h"
#include "library/lm-library-error.h"

/* Reads a guide file and finds every mistake that would otherwise meet a person at night: each
 * message names the file, the step and the key. An unknown key is a mistake too: most are typing
 * errors, and what they meant to switch on would be missing silently. */

#define FORMAT  "leitmotif-guide"
#define VERSION 1

typedef struct
{
  const char *name; /* of the file */
  char *place;      /* nullable: in it */
  JsonObject *root;
  JsonObject *words; /* nullable: lists that guides share */
  GHashTable *step_ids;
  gboolean has_stream;
  GError **error;
} Reader;

static gboolean G_GNUC_PRINTF (2, 3)
refuse (Reader *reader, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (reader->error,
               LM_LIBRARY_ERROR,
               LM_LIBRARY_ERROR_MALFORMED,
               "%s: %s%s%s",
               reader->name,
               reader->place != NULL ? reader->place : "",
               reader->place != NULL ? ": " : "",
               what);
  return FALSE;
}

static gboolean
only_keys (Reader *reader, JsonObject *object, const char *const *known)
{
  g_autoptr (GList) keys = json_object_get_members (object);

  for (GList *key = keys; key != NULL; key = key->next)
    if (!g_strv_contains (known, key->data))
      return refuse (reader, "unknown key “%s”", (char *) key->data);
  return TRUE;
}

/* Takes the text of @key; it may be missing only if @optional. */
static gboolean
take_text (Reader *reader, JsonObject *object, const char *key, gboolean optional, char **text)
{
  const char *value = lm_json_get_string (object, key);

  if (value == NULL && optional && !json_object_has_member (object, key))
    return TRUE;
  if (value == NULL || value[0] == '\0')
    return refuse (reader, "“%s” must be text", key);
  *text = g_strdup (value);
  return TRUE;
}

static gboolean
take_flag (Reader *reader, JsonObject *object, const char *key, gboolean *flag)
{
  JsonNode *node = json_object_get_member (object, key);

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return refuse (reader, "“%s” must be true or false", key);
  *flag = json_node_get_boolean (node);
  return TRUE;
}

static gboolean
take_number (Reader *reader, JsonObject *object, const char *key, gboolean optional, guint *number)
{
  gint64 value;

  if (optional && !json_object_has_member (object, key))
    return TRUE;
  if (!lm_json_get_integer (object, key, &value) || value < 1 || value > 120)
    return refuse (reader, "“%s” must be a number from 1 to 120", key);
  *number = (guint) value;
  return TRUE;
}

/* Takes a list of texts. */
static gboolean
take_texts (Reader *reader, JsonObject *object, const char *key, gboolean optional, GStrv *texts)
{
  JsonArray *array = lm_json_get_array (object, key);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (array == NULL && !(optional && !json_object_has_member (object, key)))
    return refuse (reader, "“%s” must be a list", key);
  for (guint i = 0; i < lm_json_array_size (array); i++)
    {
      if (lm_json_at_string (array, i) == NULL)
        return refuse (reader, "“%s” must be a list of texts", key);
      g_strv_builder_add (builder, lm_json_at_string (array, i));
    }
  *texts = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
is_name (const char *text)
{
  return text != NULL && text[0] != '\0' &&
         strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen (text);
}

static gboolean
take_id (Reader *reader, JsonObject *object, char **id)
{
  if (!take_text (reader, object, "id", FALSE, id))
    return FALSE;
  return is_name (*id) || refuse (reader, "“id” has only a to z, 0 to 9 and hyphens");
}

/* Choices ------------------------------------------------------------------------- */

static gboolean
take_choices (Reader *reader, const char *list, GPtrArray *choices)
{
  static const char *const known[] = { "id", "label", "group", NULL };
  JsonArray *array = lm_json_get_array (lm_json_get_object (reader->root, "lists"), list);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  if (array == NULL)
    array = lm_json_get_array (lm_json_get_object (reader->words, "lists"), list);
  if (lm_json_array_size (array) == 0)
    return refuse (reader, "there is no list “%s”", list);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *object = lm_json_at_object (array, i);
      LmGuideChoice *choice = g_new0 (LmGuideChoice, 1);

      g_ptr_array_add (choices, choice);
      if (object == NULL)
        return refuse (reader, "list “%s” must hold objects", list);
      if (!only_keys (reader, object, known) || !take_id (reader, object, &choice->id) ||
          !take_text (reader, object, "label", FALSE, &choice->label) ||
          !take_text (reader, object, "group", TRUE, &choice->group))
        return FALSE;
      if (!g_hash_table_add (ids, choice->id))
        return refuse (reader, "list “%s” has “%s” twice", list, choice->id);
    }
  return TRUE;
}

/* Inputs ---------------------------------------------------------------------------- */

static gboolean
read_text_input (Reader *reader, JsonObject *input, LmGuideStep *step)
{
  static const char *const known[] = { "type", "tray", "line", "long", NULL };

  step->input = LM_INPUT_TEXT;
  return only_keys (reader, input, known) && take_flag (reader, input, "tray", &step->tray) &&
         take_flag (reader, input, "line", &step->line) &&
         take_flag (reader, input, "long", &step->is_long);
}

static gboolean
read_choices_input (Reader *reader, JsonObject *input, LmGuideStep *step)
{
  static const char *const known[] = { "type", "list", "own_words", "unsure",
                                       "note", "felt", "tray",      NULL };
  g_autofree char *list = NULL;

  step->input = LM_INPUT_CHOICES;
  return only_keys (reader, input, known) && take_text (reader, input, "list", FALSE, &list) &&
         take_choices (reader, list, step->choices) &&
         take_flag (reader, input, "own_words", &step->own_words) &&
         take_flag (reader, input, "unsure", &step->unsure) &&
         take_flag (reader, input, "note", &step->note) &&
         take_flag (reader, input, "felt", &step->felt) &&
         take_flag (reader, input, "tray", &step->tray);
}

static gboolean
read_scale_input (Reader *reader, JsonObject *input, LmGuideStep *step)
{
  static const char *const known[] = { "type", "labels", "note", NULL };

  step->input = LM_INPUT_SCALE;
  if (!only_keys (reader, input, known) ||
      !take_texts (reader, input, "labels", FALSE, &step->scale_labels) ||
      !take_flag (reader, input, "note", &step->note))
    return FALSE;
  return g_strv_length (step->scale_labels) == LM_SCALE_MAX ||
         refuse (reader, "“labels” must have %d words", LM_SCALE_MAX);
}

static gboolean
read_person_input (Reader *reader, JsonObject *input, LmGuideStep *step)
{
  static const char *const known[] = { "type", "self", "several", "note", NULL };

  step->input = LM_INPUT_PERSON;
  return only_keys (reader, input, known) && take_flag (reader, input, "self", &step->self) &&
         take_flag (reader, input, "several", &step->several) &&
         take_flag (reader, input, "note", &step->note);
}

static gboolean
one_of (Reader *reader, const char *key, const char *value, const char *const *known)
{
  return value == NULL || g_strv_contains (known, value) ||
         refuse (reader, "“%s” is none of those that are known", key);
}

static gboolean
read_entry_input (Reader *reader, JsonObject *input, LmGuideStep *step)
{
  static const char *const known[] = {
    "type", "several", "from", "relation", "note", "tray", NULL
  };
  static const char *const from[] = { "recent", "day-before", NULL };
  static const char *const relations[] = { "now", "then", "therapy", NULL };

  step->input = LM_INPUT_ENTRY;
  return only_keys (reader, input, known) && take_flag (reader, input, "several", &step->several) &&
         take_text (reader, input, "from", TRUE, &step->from) &&
         one_of (reader, "from", step->from, from) &&
         take_text (reader, input, "relation", TRUE, &step->relation) &&
         one_of (reader, "relation", step->relation, relations) &&
         take_flag (reader, input, "note", &step->note) &&
         take_flag (reader, input, "tray", &step->tray);
}

static gboolean
read_stream_input (Reader *reader, JsonObject *input, LmGuideStep *step)
{
  static const char *const known[] = { "type", "minutes", "open", NULL };
  JsonArray *minutes = lm_json_get_array (input, "minutes");
  guint n = lm_json_array_size (minutes);

  step->input = LM_INPUT_STREAM;
  /* An entry has room for the pauses of one. */
  if (reader->has_stream)
    return refuse (reader, "only one step can be a “stream”");
  reader->has_stream = TRUE;
  step->minutes = g_new0 (guint, n + 1);
  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (minutes, i);
      gint64 value = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64
                         ? json_node_get_int (node)
                         : 0;

      if (value < 1 || value > 120)
        return refuse (reader, "“minutes” must be numbers from 1 to 120");
      step->minutes[i] = (guint) value;
    }
  return only_keys (reader, input, known) && take_flag (reader, input, "open", &step->open) &&
         (n > 0 || step->open || refuse (reader, "“minutes” must be a list of numbers"));
}

static gboolean
read_elements_input (Reader *reader, JsonObject *input, LmGuideStep *step)
{
  static const char *const known[] = { "type", "from", NULL };

  step->input = LM_INPUT_ELEMENTS;
  if (!only_keys (reader, input, known) || !take_text (reader, input, "from", FALSE, &step->from))
    return FALSE;
  return g_hash_table_contains (reader->step_ids, step->from) ||
         refuse (reader, "there is no earlier step “%s”", step->from);
}

static gboolean
read_bare_input (Reader *reader, JsonObject *input, LmGuideStep *step)
{
  static const char *const known[] = { "type", NULL };

  return only_keys (reader, input, known);
}

static gboolean
read_pause_input (Reader *reader, JsonObject *input, LmGuideStep *step)
{
  step->input = LM_INPUT_PAUSE;
  return read_bare_input (reader, input, step);
}

static gboolean
read_map_input (Reader *reader, JsonObject *input, LmGuideStep *step)
{
  step->input = LM_INPUT_MAP;
  return read_bare_input (reader, input, step);
}

static gboolean
read_seal_input (Reader *reader, JsonObject *input, LmGuideStep *step)
{
  step->input = LM_INPUT_SEAL;
  return read_bare_input (reader, input, step);
}

static gboolean
read_counts_input (Reader *reader, JsonObject *input, LmGuideStep *step)
{
  step->input = LM_INPUT_COUNTS;
  return read_bare_input (reader, input, step);
}

static const struct
{
  const char *type;
  gboolean (*read) (Reader *reader, JsonObject *input, LmGuideStep *step);
} inputs[] = {
  { "text", read_text_input },     { "choices", read_choices_input },
  { "scale", read_scale_input },   { "person", read_person_input },
  { "pause", read_pause_input },   { "entry", read_entry_input },
  { "stream", read_stream_input }, { "elements", read_elements_input },
  { "map", read_map_input },       { "seal", read_seal_input },
  { "counts", read_counts_input },
};

static gboolean
read_input (Reader *reader, JsonObject *object, LmGuideStep *step)
{
  JsonObject *input = lm_json_get_object (object, "input");
  const char *type = lm_json_get_string (input, "type");

  for (guint i = 0; i < G_N_ELEMENTS (inputs); i++)
    if (g_strcmp0 (type, inputs[i].type) == 0)
      return inputs[i].read (reader, input, step);
  return refuse (reader,
                 "“input” has no type that is known (text, choices, scale, person, pause, "
                 "entry, stream, elements, map, seal, counts)");
}

/* Steps ------------------------------------------------------------------------------ */

static gboolean
read_passage (Reader *reader, JsonObject *object, LmGuideStep *step)
{
  static const char *const known[] = { "article", "section", NULL };
  JsonObject *passage = lm_json_get_object (object, "passage");

  if (!json_object_has_member (object, "passage"))
    return TRUE;
  if (passage == NULL)
    return refuse (reader, "“passage” must be an object");
  return only_keys (reader, passage, known) &&
         take_text (reader, passage, "article", FALSE, &step->article) &&
         take_text (reader, passage, "section", TRUE, &step->section);
}

static gboolean
read_role (Reader *reader, JsonObject *object, LmGuideStep *step)
{
  static const char *const roles[] = { "wish", "response-other", "response-self", NULL };

  if (!take_text (reader, object, "role", TRUE, &step->role) ||
      !take_flag (reader, object, "expected", &step->expected))
    return FALSE;
  if (step->role != NULL && !g_strv_contains (roles, step->role))
    return refuse (reader, "“role” must be wish, response-other or response-self");
  if (step->expected && step->role == NULL)
    return refuse (reader, "“expected” needs a “role”");
  return TRUE;
}

static gboolean
read_step (Reader *reader, LmGuide *guide, JsonObject *object, gboolean closing)
{
  static const char *const known[] = { "id",       "question", "help",    "input", "role",
                                       "expected", "short",    "passage", NULL };
  LmGuideStep *step = lm_guide_step_new ();

  g_ptr_array_add (guide->steps, step);
  step->closing = closing;
  if (!only_keys (reader, object, known) || !take_id (reader, object, &step->id))
    return FALSE;
  g_free (reader->place);
  reader->place = g_strdup_printf ("step “%s”", step->id);
  if (g_str_equal (step->id, LM_GUIDE_BEFORE) || g_str_equal (step->id, LM_GUIDE_AFTER) ||
      !g_hash_table_add (reader->step_ids, step->id))
    return refuse (reader, "this id is taken");
  return take_text (reader, object, "question", FALSE, &step->question) &&
         take_text (reader, object, "help", TRUE, &step->help) &&
         read_input (reader, object, step) && read_role (reader, object, step) &&
         take_flag (reader, object, "short", &step->in_short) &&
         read_passage (reader, object, step);
}

static gboolean
read_steps (Reader *reader, LmGuide *guide, const char *key, gboolean closing)
{
  JsonArray *array = lm_json_get_array (reader->root, key);

  if (lm_json_array_size (array) == 0)
    return refuse (reader, "“%s” must have at least one step", key);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *object = lm_json_at_object (array, i);

      g_free (reader->place);
      reader->place = g_strdup_printf ("number %u of “%s”", i + 1, key);
      if (object == NULL)
        return refuse (reader, "must be an object");
      if (!read_step (reader, guide, object, closing))
        return FALSE;
      g_clear_pointer (&reader->place, g_free);
    }
  return TRUE;
}

/* Safety -------------------------------------------------------------------------------- */

static const LmGuideStep *
find_step (LmGuide *guide, const char *id)
{
  for (guint i = 0; i < guide->steps->len; i++)
    if (g_str_equal (lm_guide_get_step (guide, i)->id, id))
      return lm_guide_get_step (guide, i);
  return NULL;
}

static gboolean
step_has_choice (const LmGuideStep *step, const char *id)
{
  for (guint i = 0; i < step->choices->len; i++)
    if (g_str_equal (((LmGuideChoice *) step->choices->pdata[i])->id, id))
      return TRUE;
  return FALSE;
}

static gboolean
is_scale (LmGuide *guide, const char *id)
{
  const LmGuideStep *step = find_step (guide, id);

  if (g_str_equal (id, LM_GUIDE_BEFORE) || g_str_equal (id, LM_GUIDE_AFTER))
    return guide->before != NULL;
  return step != NULL && step->input == LM_INPUT_SCALE;
}

/* A rule that can never apply would be worse than none. */
static gboolean
check_safety (Reader *reader, LmGuide *guide, LmGuideSafety *safety)
{
  if (safety->steps[0] == NULL || (safety->choices[0] == NULL) == (safety->least == 0))
    return refuse (reader, "“when” needs steps, and either choices or “least”");
  if (safety->least > LM_SCALE_MAX)
    return refuse (reader, "“least” is at most %d", LM_SCALE_MAX);
  for (guint i = 0; safety->steps[i] != NULL; i++)
    {
      const LmGuideStep *step = find_step (guide, safety->steps[i]);

      if (safety->least > 0)
        {
          if (!is_scale (guide, safety->steps[i]))
            return refuse (reader, "there is no scale “%s”", safety->steps[i]);
          continue;
        }
      if (step == NULL)
        return refuse (reader, "there is no step “%s”", safety->steps[i]);
      for (guint k = 0; safety->choices[k] != NULL; k++)
        if (!step_has_choice (step, safety->choices[k]))
          return refuse (reader, "step “%s” has no choice “%s”", step->id, safety->choices[k]);
    }
  for (guint i = 0; safety->skip[i] != NULL; i++)
    if (find_step (guide, safety->skip[i]) == NULL)
      return refuse (reader, "there is no step “%s”", safety->skip[i]);
  return TRUE;
}

static gboolean
read_safety (Reader *reader, LmGuide *guide)
{
  static const char *const known[] = { "id", "when", "text", "skip", "end", "offer", NULL };
  static const char *const known_when[] = { "steps", "choices", "least", NULL };
  JsonArray *array = lm_json_get_array (reader->root, "safety");

  if (array == NULL)
    return refuse (reader, "“safety” must be a list, possibly empty");
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *object = lm_json_at_object (array, i);
      JsonObject *when = lm_json_get_object (object, "when");
      LmGuideSafety *safety = lm_guide_safety_new ();

      g_ptr_array_add (guide->safety, safety);
      g_free (reader->place);
      reader->place = g_strdup_printf ("number %u of “safety”", i + 1);
      if (object == NULL || when == NULL)
        return refuse (reader, "must be an object with “when”");
      if (!only_keys (reader, object, known) || !only_keys (reader, when, known_when) ||
          !take_id (reader, object, &safety->id) ||
          !take_text (reader, object, "text", FALSE, &safety->text) ||
          !take_texts (reader, when, "steps", FALSE, &safety->steps) ||
          !take_texts (reader, when, "choices", TRUE, &safety->choices) ||
          !take_number (reader, when, "least", TRUE, &safety->least) ||
          !take_texts (reader, object, "skip", TRUE, &safety->skip) ||
          !take_flag (reader, object, "end", &safety->ends) ||
          !take_text (reader, object, "offer", TRUE, &safety->offer) ||
          !check_safety (reader, guide, safety))
        return FALSE;
      g_clear_pointer (&reader->place, g_free);
    }
  return TRUE;
}

/* The whole ------------------------------------------------------------------------------- */

static gboolean
read_why (Reader *reader, LmGuide *guide)
{
  static const char *const known[] = { "text", "references", NULL };
  JsonObject *why = lm_json_get_object (reader->root, "why");

  if (why == NULL)
    return refuse (reader, "“why” must be an object");
  return only_keys (reader, why, known) && take_text (reader, why, "text", FALSE, &guide->why) &&
         take_texts (reader, why, "references", FALSE, &guide->references);
}

static gboolean
read_intensity (Reader *reader, LmGuide *guide)
{
  static const char *const known[] = { "before", "after", NULL };
  JsonObject *intensity = lm_json_get_object (reader->root, "intensity");

  /* A guide of one line does not ask. */
  if (!json_object_has_member (reader->root, "intensity"))
    return TRUE;
  if (intensity == NULL)
    return refuse (reader, "“intensity” must be an object");
  return only_keys (reader, intensity, known) &&
         take_text (reader, intensity, "before", FALSE, &guide->before) &&
         take_text (reader, intensity, "after", FALSE, &guide->after);
}

static gboolean
read_head (Reader *reader, LmGuide *guide)
{
  static const char *const known[] = {
    "format",  "version", "id",     "edition",   "language", "title", "summary",
    "minutes", "purpose", "why",    "not_when",  "articles", "lists", "short_minutes",
    "steps",   "close",   "safety", "intensity", "group",    "deep",  "notice",
    "retell",  "first",   "stop",   NULL
  };
  static const char *const groups[] = { "relationships", "session", "feelings", "free",
                                        "past",          "review",  "own",      NULL };
  gint64 version;

  if (g_strcmp0 (lm_json_get_string (reader->root, "format"), FORMAT) != 0)
    return refuse (reader, "“format” is not " FORMAT);
  if (!lm_json_get_integer (reader->root, "version", &version) || version != VERSION)
    return refuse (reader, "“version” must be %d", VERSION);
  if (!lm_json_get_integer (reader->root, "edition", &guide->edition) || guide->edition < 1)
    return refuse (reader, "“edition” must be a number from 1 on");
  return only_keys (reader, reader->root, known) && take_id (reader, reader->root, &guide->id) &&
         take_text (reader, reader->root, "language", FALSE, &guide->language) &&
         take_text (reader, reader->root, "title", FALSE, &guide->title) &&
         take_text (reader, reader->root, "summary", FALSE, &guide->summary) &&
         take_number (reader, reader->root, "minutes", FALSE, &guide->minutes) &&
         take_number (reader, reader->root, "short_minutes", TRUE, &guide->short_minutes) &&
         take_text (reader, reader->root, "purpose", FALSE, &guide->purpose) &&
         take_text (reader, reader->root, "not_when", FALSE, &guide->not_when) &&
         take_text (reader, reader->root, "group", FALSE, &guide->group) &&
         one_of (reader, "group", guide->group, groups) &&
         take_flag (reader, reader->root, "deep", &guide->deep) &&
         take_text (reader, reader->root, "notice", TRUE, &guide->notice) &&
         take_flag (reader, reader->root, "retell", &guide->retell) &&
         take_text (reader, reader->root, "first", TRUE, &guide->first) &&
         take_text (reader, reader->root, "stop", TRUE, &guide->stop) &&
         take_texts (reader, reader->root, "articles", FALSE, &guide->articles);
}

static gboolean
check_first (Reader *reader, LmGuide *guide)
{
  return guide->first == NULL || g_strcmp0 (guide->first, lm_guide_get_step (guide, 0)->id) == 0 ||
         refuse (reader, "“first” must be the first step");
}

/**
 * lm_guide_read:
 * @name: of the file, for messages
 * @text: the file
 * @length: in bytes
 * @words: (nullable): holds the lists that guides share; a guide's own list of a name comes first
 * @error: %LM_LIBRARY_ERROR_MALFORMED
 *
 * Returns: (transfer full): the guide
 */
LmGuide *
lm_guide_read (const char *name, const char *text, gsize length, JsonObject *words, GError **error)
{
  g_autoptr (LmGuide) guide = g_object_new (LM_TYPE_GUIDE, NULL);
  g_autoptr (GHashTable) step_ids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) local = NULL;
  g_autoptr (JsonObject) root = lm_json_parse (text, length, &local);
  Reader reader = { name, NULL, root, words, step_ids, FALSE, error };
  gboolean good;

  if (root == NULL)
    {
      refuse (&reader, "%s", local->message);
      return NULL;
    }
  good = read_head (&reader, guide) && read_why (&reader, guide) &&
         read_intensity (&reader, guide) && read_steps (&reader, guide, "steps", FALSE) &&
         read_steps (&reader, guide, "close", TRUE) && read_safety (&reader, guide) &&
         check_first (&reader, guide);
  g_free (reader.place);
  if (good)
    guide->json = json_object_ref (root);
  return good ? g_steal_pointer (&guide) : NULL;
}
