/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/lm-json.h"
#include "base/lm-text.h"
#include "journal/lm-content-parts.h"
#include "lm-test-sitting.h"

#define INPUTS (LM_INPUT_COUNTS + 1)

static guint answered[INPUTS]; /* how often */

static gint64
time_cb (gpointer data)
{
  return ((LmTestSitting *) data)->time;
}

/* Returns: (transfer full): a sitting that has not begun */
LmTestSitting *
lm_test_sitting_new (LmGuide *guide, gboolean is_short, GRand *rand)
{
  LmTestSitting *sitting = g_new0 (LmTestSitting, 1);

  sitting->guide = g_object_ref (guide);
  sitting->is_short = is_short;
  sitting->rand = rand;
  sitting->expected =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) json_node_unref);
  sitting->pauses = g_hash_table_new (NULL, NULL);
  return sitting;
}

void
lm_test_sitting_free (LmTestSitting *sitting)
{
  g_assert_null (sitting->draft);
  g_object_unref (sitting->guide);
  g_hash_table_unref (sitting->expected);
  g_hash_table_unref (sitting->pauses);
  g_free (sitting);
}

/* Sits down before @draft, which is a new one or @resumed. */
void
lm_test_sitting_take (LmTestSitting *sitting, LmDraft *draft, gboolean resumed)
{
  sitting->draft = g_object_ref (draft);
  sitting->run = resumed ? lm_guide_run_resume (sitting->guide, draft)
                         : lm_guide_run_new (sitting->guide, draft, sitting->is_short);
  g_assert_true (!resumed || lm_id_equal (&sitting->id, lm_draft_get_id (draft)));
  sitting->id = *lm_draft_get_id (draft);
  g_assert_cmpint (lm_guide_run_is_short (sitting->run), ==, sitting->is_short);
  if (!resumed)
    {
      /* Nothing was kept of what had come to nothing. */
      g_hash_table_remove_all (sitting->expected);
      g_hash_table_remove_all (sitting->pauses);
      sitting->running = FALSE;
      sitting->counted = 0;
    }
  else
    lm_test_sitting_compare (sitting, lm_draft_get_content (draft));
}

/* Chance ----------------------------------------------------------------------------------------
 */

static guint
below (LmTestSitting *sitting, guint n)
{
  return (guint) g_rand_int_range (sitting->rand, 0, (gint32) n);
}

static gboolean
one_in (LmTestSitting *sitting, guint n)
{
  return below (sitting, n) == 0;
}

/* Returns: (transfer full): some words, in which anything may stand that can be typed or pasted */
static char *
words (LmTestSitting *sitting)
{
  static const char *const pieces[] = {
    "I said so. ",
    "“",
    "\"",
    "\\",
    "\n",
    "\n\n",
    "\t",
    "ß",
    "é",
    "e\xcc\x81",
    "我昨天",
    "سلام ",
    "👩‍👧",
    "\xef\xbb\xbf",
    "\x01",
    "</b>",
    "# ",
    "- ",
    "{\"kind\":\"gone\"}",
    "\\u0000",
    "%s",
    "  ",
    "\xe2\x80\xa8",
    "\xf4\x8f\xbf\xbf",
    "mother ",
    "not ",
    "Ok",
    "1",
    "null",
    "\r\n",
  };
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = one_in (sitting, 40) ? 2000 : 1 + below (sitting, 12);

  for (guint i = 0; i < n; i++)
    g_string_append (text, pieces[below (sitting, G_N_ELEMENTS (pieces))]);
  if (lm_text_is_blank (text->str))
    g_string_append (text, "x");
  return g_strdup (text->str);
}

/* By their own account --------------------------------------------------------------------------
 */

/* Notes that @what of the step @step is @node now; %NULL takes it away. */
static void
expect (LmTestSitting *sitting, const char *step, const char *what, JsonNode *node)
{
  char *key = g_strdup_printf ("%s/%s", step, what);

  if (node != NULL)
    g_hash_table_replace (sitting->expected, key, node);
  else
    {
      g_hash_table_remove (sitting->expected, key);
      g_free (key);
    }
}

static JsonNode *
string_node (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

/* Returns: (transfer full) (nullable): %NULL for an empty list */
static JsonNode *
array_node (JsonArray *array)
{
  JsonNode *node = NULL;

  if (json_array_get_length (array) > 0)
    node = json_node_init_array (json_node_alloc (), array);
  json_array_unref (array);
  return node;
}

static JsonNode *
strings_node (const char *const *strings)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; strings[i] != NULL; i++)
    json_array_add_string_element (array, strings[i]);
  return array_node (array);
}

static void
expect_text (LmTestSitting *sitting, const char *step, const char *text)
{
  expect (sitting, step, "text", text[0] != '\0' ? string_node (text) : NULL);
}

/* Answering -------------------------------------------------------------------------------------
 */

static void
answer_text (LmTestSitting *sitting, const char *step)
{
  g_autofree char *text = one_in (sitting, 5) ? g_strdup ("") : words (sitting);

  lm_answer_set_text (lm_guide_run_answer (sitting->run), text);
  expect_text (sitting, step, text);
}

static void
add_choice (LmTestSitting *sitting, JsonArray *array, const char *id, const char *label)
{
  JsonObject *object = json_object_new ();

  lm_answer_add_choice (lm_guide_run_answer (sitting->run), id, label);
  if (id != NULL)
    json_object_set_string_member (object, "id", id);
  json_object_set_string_member (object, "label", label);
  json_array_add_object_element (array, object);
}

static void
answer_choices (LmTestSitting *sitting, const LmGuideStep *step)
{
  JsonArray *array = json_array_new ();
  gboolean none = one_in (sitting, 6);

  lm_answer_clear_choices (lm_guide_run_answer (sitting->run));
  for (guint i = 0; i < step->choices->len && !none; i++)
    {
      const LmGuideChoice *choice = step->choices->pdata[i];

      if (one_in (sitting, 6))
        add_choice (sitting, array, choice->id, choice->label);
    }
  if (step->unsure && !none && one_in (sitting, 6))
    add_choice (sitting, array, "unsure", "I don’t know");
  for (guint i = 0; step->own_words && !none && i < 3 && one_in (sitting, 3); i++)
    {
      g_autofree char *own = words (sitting);

      add_choice (sitting, array, NULL, own);
    }
  expect (sitting, step->id, "choices", array_node (array));
}

/* Returns: (transfer full): up to @n ids, each another */
static GStrv
some_ids (LmTestSitting *sitting, guint n)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = below (sitting, n + 1); i > 0; i--)
    {
      LmId id = { 0 };

      for (guint k = 0; k < sizeof id.bytes; k++)
        id.bytes[k] = (guint8) below (sitting, 256);
      g_strv_builder_add (builder, lm_id_format (&id).digits);
    }
  return g_strv_builder_end (builder);
}

static void
answer_person (LmTestSitting *sitting, const LmGuideStep *step)
{
  g_auto (GStrv) people = some_ids (sitting, step->several ? 3 : 1);
  JsonArray *array = json_array_new ();

  lm_answer_clear_choices (lm_guide_run_answer (sitting->run));
  if (step->self && one_in (sitting, 3))
    add_choice (sitting, array, "self", "myself");
  lm_answer_set_people (lm_guide_run_answer (sitting->run), (const char *const *) people);
  expect (sitting, step->id, "choices", array_node (array));
  expect (sitting, step->id, "people", strings_node ((const char *const *) people));
}

static void
answer_entries (LmTestSitting *sitting, const LmGuideStep *step)
{
  g_auto (GStrv) entries = some_ids (sitting, step->several ? 3 : 1);

  lm_answer_set_entries (lm_guide_run_answer (sitting->run), (const char *const *) entries);
  expect (sitting, step->id, "entries", strings_node ((const char *const *) entries));
}

static void
answer_scale (LmTestSitting *sitting, const char *step)
{
  int scale = (int) below (sitting, LM_SCALE_MAX + 1);
  JsonNode *node = scale > 0 ? json_node_init_int (json_node_alloc (), scale) : NULL;

  lm_answer_set_scale (lm_guide_run_answer (sitting->run), scale);
  expect (sitting, step, "scale", node);
}

static void
answer_elements (LmTestSitting *sitting, const LmGuideStep *step)
{
  g_autoptr (GPtrArray) elements =
      g_ptr_array_new_with_free_func ((GDestroyNotify) lm_element_free);
  JsonArray *array = json_array_new ();

  for (guint i = below (sitting, 4); i > 0; i--)
    {
      g_autofree char *part = words (sitting);
      g_autofree char *text = one_in (sitting, 3) ? g_strdup ("") : words (sitting);
      JsonObject *object = json_object_new ();

      g_ptr_array_add (elements, lm_element_new (part, text));
      json_object_set_string_member (object, "words", part);
      if (text[0] != '\0')
        json_object_set_string_member (object, "text", text);
      json_array_add_object_element (array, object);
    }
  lm_answer_set_elements (lm_guide_run_answer (sitting->run), elements);
  expect (sitting, step->id, "elements", array_node (array));
}

static void
answer_map (LmTestSitting *sitting, const LmGuideStep *step)
{
  static const char *const ties[] = { NULL, "warm", "strained" };
  g_auto (GStrv) people = some_ids (sitting, 5);
  g_autoptr (GPtrArray) places =
      g_ptr_array_new_with_free_func ((GDestroyNotify) lm_map_place_free);
  JsonArray *array = json_array_new ();

  for (guint i = 0; people[i] != NULL; i++)
    {
      g_autofree char *name = words (sitting);
      LmMapPlace *place = lm_map_place_new (people[i], name);
      JsonObject *object = json_object_new ();

      place->angle = below (sitting, 360);
      place->distance = 1 + below (sitting, LM_DISTANCE_MAX);
      place->tie = (LmTie) below (sitting, G_N_ELEMENTS (ties));
      g_ptr_array_add (places, place);
      json_object_set_string_member (object, "person", people[i]);
      json_object_set_string_member (object, "name", name);
      json_object_set_int_member (object, "angle", place->angle);
      json_object_set_int_member (object, "distance", place->distance);
      if (ties[place->tie] != NULL)
        json_object_set_string_member (object, "tie", ties[place->tie]);
      json_array_add_object_element (array, object);
    }
  lm_answer_set_map (lm_guide_run_answer (sitting->run), places);
  expect (sitting, step->id, "map", array_node (array));
  expect (sitting, step->id, "people", strings_node ((const char *const *) people));
}

/* As the page with the day does it. */
static void
answer_seal (LmTestSitting *sitting, const LmGuideStep *step)
{
  g_autoptr (GDateTime) day = NULL;
  JsonArray *array = json_array_new ();
  g_autofree char *text = NULL;

  lm_answer_clear_choices (lm_guide_run_answer (sitting->run));
  if (one_in (sitting, 2))
    {
      day = g_date_time_new_local (2027, 1 + (int) below (sitting, 12), 3, 0, 0, 0);
      text = g_date_time_format (day, "%Y-%m-%d");
      add_choice (sitting, array, "sealed", "sealed until then");
    }
  else if (one_in (sitting, 2))
    add_choice (sitting, array, "keep", "kept at hand");
  lm_content_set_sealed_until (lm_draft_get_content (sitting->draft), day);
  expect (sitting, step->id, "choices", array_node (array));
  expect (sitting, "", "sealed_until", text != NULL ? string_node (text) : NULL);
}

/* The stream -------------------------------------------------------------------------------- */

static const char *
stream_text (LmTestSitting *sitting, const char *step)
{
  g_autofree char *key = g_strdup_printf ("%s/text", step);
  JsonNode *node = g_hash_table_lookup (sitting->expected, key);

  return node != NULL ? json_node_get_string (node) : "";
}

static void
note_pause (LmTestSitting *sitting, const char *step)
{
  gpointer at = GSIZE_TO_POINTER (g_utf8_strlen (stream_text (sitting, step), -1));
  gsize seconds = GPOINTER_TO_SIZE (g_hash_table_lookup (sitting->pauses, at));

  if (sitting->silence >= 10)
    g_hash_table_insert (sitting->pauses,
                         at,
                         GSIZE_TO_POINTER (seconds + (gsize) sitting->silence));
  sitting->silence = 0;
}

/* More words, behind a silence; nothing is ever taken away. */
static void
write_on (LmTestSitting *sitting, const char *step)
{
  gint64 seconds = one_in (sitting, 3) ? 10 + below (sitting, 50) : below (sitting, 10);
  g_autofree char *more = words (sitting);
  g_autofree char *text = g_strconcat (stream_text (sitting, step), more, NULL);

  sitting->time += seconds * 1000;
  sitting->counted += seconds;
  sitting->silence += seconds;
  note_pause (sitting, step);
  lm_stream_set_text (sitting->stream, text);
  expect_text (sitting, step, text);
}

static void
end_stream (LmTestSitting *sitting, const char *step)
{
  const char *text = stream_text (sitting, step);

  lm_stream_end (sitting->stream);
  sitting->running = FALSE;
  sitting->silence = 0;
  /* Who has finished does not pause. */
  g_hash_table_remove (sitting->pauses, GSIZE_TO_POINTER (g_utf8_strlen (text, -1)));
  if (text[0] == '\0')
    {
      g_hash_table_remove_all (sitting->pauses);
      expect (sitting, "", "minutes", NULL);
    }
}

static void
begin_stream (LmTestSitting *sitting, const LmGuideStep *step)
{
  guint n = 0, minutes;

  while (step->minutes[n] != 0)
    n++;
  minutes = step->minutes[below (sitting, n + 1)]; /* or without an end */
  lm_stream_begin (sitting->stream, minutes);
  expect (sitting,
          "",
          "minutes",
          minutes > 0 ? json_node_init_int (json_node_alloc (), minutes) : NULL);
  sitting->running = TRUE;
  sitting->silence = 0;
}

static void
answer_stream (LmTestSitting *sitting, const LmGuideStep *step)
{
  switch (lm_stream_check (sitting->stream))
    {
    case LM_STREAM_RUNNING:
    case LM_STREAM_TIME_UP:
      if (one_in (sitting, 5))
        end_stream (sitting, step->id);
      else if (one_in (sitting, 6))
        lm_stream_go_on (sitting->stream);
      else
        write_on (sitting, step->id);
      break;
    case LM_STREAM_ENDED:
      if (one_in (sitting, 3))
        {
          lm_stream_go_on (sitting->stream);
          sitting->running = TRUE;
        }
      else
        {
          g_autofree char *more = words (sitting);
          g_autofree char *text = g_strconcat (stream_text (sitting, step->id), more, NULL);

          lm_content_set_stream_text (lm_draft_get_content (sitting->draft), text, NULL);
          expect_text (sitting, step->id, text);
        }
      break;
    case LM_STREAM_NEW:
    default:
      begin_stream (sitting, step);
    }
}

/* The page with the stream comes, or goes: the time stands still meanwhile. */
static void
look_at_stream (LmTestSitting *sitting)
{
  const LmGuideStep *step = lm_guide_run_get_step (sitting->run);
  gboolean here = step != NULL && step->input == LM_INPUT_STREAM;

  if (here && sitting->stream == NULL)
    {
      sitting->stream = lm_stream_new (lm_draft_get_content (sitting->draft),
                                       step->id,
                                       step->question,
                                       time_cb,
                                       sitting);
      lm_stream_resume (sitting->stream);
      sitting->silence = 0;
    }
  else if (!here && sitting->stream != NULL)
    g_clear_pointer (&sitting->stream, lm_stream_free);
}

/* Somebody gets up in the middle of it. */
static void
suspend_stream (LmTestSitting *sitting)
{
  const LmGuideStep *step = lm_guide_run_get_step (sitting->run);

  if (sitting->stream == NULL)
    return;
  if (sitting->running)
    {
      gint64 seconds = below (sitting, 30);

      sitting->time += seconds * 1000;
      sitting->counted += seconds;
      sitting->silence += seconds;
      note_pause (sitting, step->id);
      lm_stream_suspend (sitting->stream);
      lm_guide_run_changed (sitting->run);
    }
  g_clear_pointer (&sitting->stream, lm_stream_free);
}

/* Walking ----------------------------------------------------------------------------------- */

static void
answer_more (LmTestSitting *sitting, const LmGuideStep *step)
{
  static const char *const felt[] = { NULL, "good", "hard", "mixed" };

  if (step->note && step->input != LM_INPUT_TEXT && one_in (sitting, 2))
    answer_text (sitting, step->id);
  if (step->felt && one_in (sitting, 2))
    {
      const char *now = felt[below (sitting, G_N_ELEMENTS (felt))];

      lm_answer_set_felt (lm_guide_run_answer (sitting->run), now);
      expect (sitting, step->id, "felt", now != NULL ? string_node (now) : NULL);
    }
  if (step->tray && one_in (sitting, 2))
    {
      gboolean tray = one_in (sitting, 2);

      lm_content_set_in_tray (lm_draft_get_content (sitting->draft), tray);
      expect (sitting, "", "tray", tray ? json_node_init_boolean (json_node_alloc (), TRUE) : NULL);
    }
}

static void
answer_step (LmTestSitting *sitting, const LmGuideStep *step)
{
  switch (step->input)
    {
    case LM_INPUT_TEXT:
    case LM_INPUT_COUNTS:
      answer_text (sitting, step->id);
      break;
    case LM_INPUT_CHOICES:
      answer_choices (sitting, step);
      break;
    case LM_INPUT_SCALE:
      answer_scale (sitting, step->id);
      break;
    case LM_INPUT_PERSON:
      answer_person (sitting, step);
      break;
    case LM_INPUT_ENTRY:
      answer_entries (sitting, step);
      break;
    case LM_INPUT_STREAM:
      answer_stream (sitting, step);
      break;
    case LM_INPUT_ELEMENTS:
      answer_elements (sitting, step);
      break;
    case LM_INPUT_MAP:
      answer_map (sitting, step);
      break;
    case LM_INPUT_SEAL:
      answer_seal (sitting, step);
      break;
    case LM_INPUT_PAUSE:
    default:
      break;
    }
  answered[step->input]++;
  answer_more (sitting, step);
}

/* The last page: a title, and words to find it by. */
static void
name_it (LmTestSitting *sitting)
{
  LmContent *content = lm_draft_get_content (sitting->draft);
  g_autofree char *title = words (sitting), *tag = words (sitting);
  const char *const tags[] = { tag, NULL };

  lm_content_set_string (content, "title", title);
  expect (sitting, "", "title", string_node (title));
  lm_content_set_strings (content, "tags", tags);
  expect (sitting, "", "tags", strings_node (tags));
}

static void
answer (LmTestSitting *sitting)
{
  const LmGuideStep *step = lm_guide_run_get_step (sitting->run);

  switch (lm_guide_run_get_page (sitting->run))
    {
    case LM_GUIDE_PAGE_BEFORE:
      answer_scale (sitting, LM_GUIDE_BEFORE);
      break;
    case LM_GUIDE_PAGE_AFTER:
      answer_scale (sitting, LM_GUIDE_AFTER);
      break;
    case LM_GUIDE_PAGE_STEP:
      answer_step (sitting, step);
      break;
    case LM_GUIDE_PAGE_END:
      name_it (sitting);
      break;
    case LM_GUIDE_PAGE_GROUNDING:
    default:
      return;
    }
  lm_guide_run_changed (sitting->run);
}

/* Does @n things, one after the other: answers, answers otherwise, goes on, goes back. */
void
lm_test_sitting_walk (LmTestSitting *sitting, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      look_at_stream (sitting);
      /* Its page has no way on while it runs. */
      if (sitting->running || one_in (sitting, 2))
        answer (sitting);
      else if (one_in (sitting, 5) && lm_guide_run_can_go_back (sitting->run))
        lm_guide_run_back (sitting->run);
      else
        lm_guide_run_next (sitting->run);
    }
  look_at_stream (sitting);
}

/* Gets up: in the middle, or with @finish at the end. */
void
lm_test_sitting_leave (LmTestSitting *sitting, gboolean finish)
{
  if (finish)
    {
      if (sitting->running)
        end_stream (sitting, lm_guide_run_get_step (sitting->run)->id);
      while (lm_guide_run_get_page (sitting->run) != LM_GUIDE_PAGE_END)
        {
          lm_guide_run_next (sitting->run);
          look_at_stream (sitting);
          if (!one_in (sitting, 4))
            answer (sitting);
          if (sitting->running)
            end_stream (sitting, lm_guide_run_get_step (sitting->run)->id);
        }
      lm_guide_run_finish (sitting->run);
      sitting->finished = TRUE;
    }
  else
    suspend_stream (sitting);
  g_clear_pointer (&sitting->stream, lm_stream_free);
  lm_test_sitting_compare (sitting, lm_draft_get_content (sitting->draft));
  lm_draft_close (sitting->draft);
  g_clear_object (&sitting->draft);
  g_clear_object (&sitting->run);
}

/* Returns: how many ways of answering were not tried yet */
guint
lm_test_sitting_n_untried (void)
{
  guint n = 0;

  for (guint i = 0; i < INPUTS; i++)
    n += answered[i] == 0;
  return n;
}
