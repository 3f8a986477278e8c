/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-json.h"
#include "library/lm-guide.h"
#include "library/lm-library-error.h"

/* One small guide with everything in it. Each case changes one place of it: what stands between
 * two marks is replaced. */
#define MORE_STEPS                                                                                 \
  "{\"id\":\"tale\",\"question\":\"What tale?\",\"input\":{\"type\":\"text\",\"long\":true}},"     \
  "{\"id\":\"cup\",\"question\":\"What cup?\",\"input\":{\"type\":\"text\",\"line\":true}},"       \
  "{\"id\":\"parts\",\"question\":\"What "                                                         \
  "parts?\",\"input\":{\"type\":\"elements\",\"from\":\"tale\"}},"                                 \
  "{\"id\":\"earlier\",\"question\":\"Which "                                                      \
  "tea?\",\"input\":{\"type\":\"entry\",\"several\":true,"                                         \
  "\"from\":\"recent\",\"relation\":\"then\",\"note\":true,\"tray\":true}},"                       \
  "{\"id\":\"flow\",\"question\":\"What "                                                          \
  "flows?\",\"input\":{\"type\":\"stream\",\"minutes\":[5,10],"                                    \
  "\"open\":true}},"                                                                               \
  "{\"id\":\"table\",\"question\":\"Who sits?\",\"input\":{\"type\":\"map\"}},"                    \
  "{\"id\":\"wax\",\"question\":\"What seal?\",\"input\":{\"type\":\"seal\"}},"                    \
  "{\"id\":\"sums\",\"question\":\"What sums?\",\"input\":{\"type\":\"counts\"}}"
#define MORE_SAFETY                                                                                \
  "{\"id\":\"boiling\",\"when\":{\"steps\":[\"after\",\"warm\"],\"least\":4},\"text\":\"Wait.\","  \
  "\"skip\":[\"flow\"],\"end\":true,\"offer\":\"water\"}"

static const char whole[] =
    "{\"format\":\"leitmotif-guide\",\"version\":1,\"id\":\"tea\",\"edition\":3,"
    "\"language\":\"en\",\"title\":\"Tea\",\"group\":\"free\",\"deep\":true,\"notice\":\"Hot.\","
    "\"retell\":true,\"first\":\"who\",\"stop\":\"water\",\"summary\":\"A cup.\",\"minutes\":12,"
    "\"short_minutes\":3,\"purpose\":\"To drink.\","
    "\"why\":{\"text\":\"It is warm.\",\"references\":[\"a-2001\",\"b-2002\"]},"
    "\"not_when\":\"Not today, if it is late.\",\"articles\":[\"tea\",\"cups\"],"
    "\"intensity\":{\"before\":\"How thirsty?\",\"after\":\"And now?\"},"
    "\"lists\":{\"leaves\":[{\"id\":\"green\",\"label\":\"green\"},"
    "{\"id\":\"black\",\"label\":\"black tea\"}],"
    "\"empty\":[],\"odd\":[1],\"twice\":[{\"id\":\"a\",\"label\":\"A\"},"
    "{\"id\":\"a\",\"label\":\"B\"}]},"
    "\"steps\":["
    "{\"id\":\"who\",\"question\":\"Who pours?\",\"help\":\"Anyone.\","
    "\"input\":{\"type\":\"person\",\"self\":true,\"several\":true,\"note\":true},"
    "\"short\":true,\"passage\":{\"article\":\"tea\",\"section\":\"cups\"}},"
    "{\"id\":\"which\",\"question\":\"Which leaves?\","
    "\"input\":{\"type\":\"choices\",\"list\":\"leaves\",\"own_words\":true,\"unsure\":true,"
    "\"note\":true,\"felt\":true,\"tray\":true},"
    "\"role\":\"response-other\",\"expected\":true,\"passage\":{\"article\":\"tea\"}},"
    "{\"id\":\"warm\",\"question\":\"How warm?\",\"input\":{\"type\":\"scale\","
    "\"labels\":[\"1\",\"2\",\"3\",\"4\",\"5\"],\"note\":true}}," MORE_STEPS "],"
    "\"close\":["
    "{\"id\":\"look\",\"question\":\"What do you see?\",\"input\":{\"type\":\"pause\"}},"
    "{\"id\":\"carry\",\"question\":\"What stays?\",\"input\":{\"type\":\"text\",\"tray\":true}}],"
    "\"safety\":[{\"id\":\"hot\",\"when\":{\"steps\":[\"which\"],\"choices\":[\"black\"]},"
    "\"text\":\"Careful.\"}," MORE_SAFETY "]}";

static LmGuide *
read_guide (const char *text, GError **error)
{
  return lm_guide_read ("tea.json", text, strlen (text), NULL, error);
}

/* The guide with the first @part replaced; @part must be there. */
static char *
with (const char *part, const char *other)
{
  const char *at = strstr (whole, part);

  g_assert_nonnull (at);
  return g_strdup_printf ("%.*s%s%s", (int) (at - whole), whole, other, at + strlen (part));
}

static void
test_whole (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LmGuide) guide = read_guide (whole, &error);
  const LmGuideSafety *safety;

  g_assert_no_error (error);
  g_assert_cmpstr (lm_guide_get_id (guide), ==, "tea");
  g_assert_cmpint (lm_guide_get_edition (guide), ==, 3);
  g_assert_cmpstr (lm_guide_get_language (guide), ==, "en");
  g_assert_cmpstr (lm_guide_get_title (guide), ==, "Tea");
  g_assert_cmpstr (lm_guide_get_summary (guide), ==, "A cup.");
  g_assert_cmpuint (lm_guide_get_minutes (guide), ==, 12);
  g_assert_cmpuint (lm_guide_get_short_minutes (guide), ==, 3);
  g_assert_cmpstr (lm_guide_get_purpose (guide), ==, "To drink.");
  g_assert_cmpstr (lm_guide_get_why (guide), ==, "It is warm.");
  g_assert_cmpstr (lm_guide_get_references (guide)[1], ==, "b-2002");
  g_assert_null (lm_guide_get_references (guide)[2]);
  g_assert_cmpstr (lm_guide_get_not_when (guide), ==, "Not today, if it is late.");
  g_assert_cmpstr (lm_guide_get_articles (guide)[1], ==, "cups");
  g_assert_cmpstr (lm_guide_get_before (guide), ==, "How thirsty?");
  g_assert_cmpstr (lm_guide_get_after (guide), ==, "And now?");
  g_assert_cmpuint (lm_guide_n_steps (guide), ==, 13);
  g_assert_cmpuint (lm_guide_n_safety (guide), ==, 2);
  safety = lm_guide_get_safety (guide, 0);
  g_assert_cmpstr (safety->id, ==, "hot");
  g_assert_cmpstr (safety->steps[0], ==, "which");
  g_assert_cmpstr (safety->choices[0], ==, "black");
  g_assert_cmpstr (safety->text, ==, "Careful.");
  g_assert_cmpuint (safety->least, ==, 0);
  g_assert_null (safety->skip[0]);
  g_assert_false (safety->ends);
  g_assert_null (safety->offer);
  safety = lm_guide_get_safety (guide, 1);
  g_assert_null (safety->choices[0]);
  g_assert_cmpuint (safety->least, ==, 4);
  g_assert_cmpstr (safety->skip[0], ==, "flow");
  g_assert_true (safety->ends);
  g_assert_cmpstr (safety->offer, ==, "water");
  g_assert_cmpstr (lm_guide_get_group (guide), ==, "free");
  g_assert_true (lm_guide_is_deep (guide) && lm_guide_can_be_retold (guide));
  g_assert_cmpstr (lm_guide_get_notice (guide), ==, "Hot.");
  g_assert_cmpstr (lm_guide_get_first (guide), ==, "who");
  g_assert_cmpstr (lm_guide_get_stop (guide), ==, "water");
}

static const LmGuideStep *
find (LmGuide *guide, const char *id)
{
  for (guint i = 0; i < lm_guide_n_steps (guide); i++)
    if (g_str_equal (lm_guide_get_step (guide, i)->id, id))
      return lm_guide_get_step (guide, i);
  return NULL;
}

static void
test_more_inputs (void)
{
  g_autoptr (LmGuide) guide = read_guide (whole, NULL);
  const LmGuideStep *earlier = find (guide, "earlier"), *flow = find (guide, "flow");

  g_assert_true (find (guide, "tale")->is_long && find (guide, "cup")->line);
  g_assert_cmpint (find (guide, "parts")->input, ==, LM_INPUT_ELEMENTS);
  g_assert_cmpstr (find (guide, "parts")->from, ==, "tale");
  g_assert_cmpint (earlier->input, ==, LM_INPUT_ENTRY);
  g_assert_true (earlier->several && earlier->note && earlier->tray);
  g_assert_cmpstr (earlier->from, ==, "recent");
  g_assert_cmpstr (earlier->relation, ==, "then");
  g_assert_cmpint (flow->input, ==, LM_INPUT_STREAM);
  g_assert_true (flow->open);
  g_assert_cmpuint (flow->minutes[1], ==, 10);
  g_assert_cmpuint (flow->minutes[2], ==, 0);
  g_assert_cmpint (find (guide, "table")->input, ==, LM_INPUT_MAP);
  g_assert_cmpint (find (guide, "wax")->input, ==, LM_INPUT_SEAL);
  g_assert_cmpint (find (guide, "sums")->input, ==, LM_INPUT_COUNTS);
}

/* Lists that guides share stand in a file of their own; a guide's own list comes first. */
static void
test_shared_words (void)
{
  g_autoptr (GError) error = NULL;
  static const char shared[] =
      "{\"lists\":{\"roots\":[{\"id\":\"deep\",\"label\":\"deep\",\"group\":\"Down\"}],"
      "\"leaves\":[{\"id\":\"dry\",\"label\":\"dry\"}]}}";
  g_autoptr (JsonObject) words = lm_json_parse (shared, strlen (shared), &error);
  g_autofree char *text = with ("\"list\":\"leaves\"", "\"list\":\"roots\"");
  g_autoptr (LmGuide) own = lm_guide_read ("tea.json", whole, strlen (whole), words, &error);
  g_autoptr (LmGuide) guide = NULL;
  LmGuideChoice *choice;

  g_assert_no_error (error);
  choice = find (own, "which")->choices->pdata[0];
  g_assert_cmpstr (choice->id, ==, "green");
  g_assert_null (choice->group);
  /* Without the rule on a choice that is not in the shared list. */
  memcpy (strstr (text, "\"choices\":[\"black\"]"), "\"choices\":[\"deep\" ]", 19);
  guide = lm_guide_read ("tea.json", text, strlen (text), words, &error);
  g_assert_no_error (error);
  choice = find (guide, "which")->choices->pdata[0];
  g_assert_cmpstr (choice->id, ==, "deep");
  g_assert_cmpstr (choice->group, ==, "Down");
}

static void
test_steps (void)
{
  g_autoptr (LmGuide) guide = read_guide (whole, NULL);
  const LmGuideStep *who = lm_guide_get_step (guide, 0), *which = lm_guide_get_step (guide, 1);
  const LmGuideStep *warm = lm_guide_get_step (guide, 2), *look = find (guide, "look");
  const LmGuideStep *carry = find (guide, "carry");
  LmGuideChoice *choice = which->choices->pdata[1];

  g_assert_cmpstr (who->id, ==, "who");
  g_assert_cmpstr (who->question, ==, "Who pours?");
  g_assert_cmpstr (who->help, ==, "Anyone.");
  g_assert_cmpint (who->input, ==, LM_INPUT_PERSON);
  g_assert_true (who->self && who->several && who->note && who->in_short);
  g_assert_false (who->unsure || who->felt || who->own_words || who->tray || who->closing);
  g_assert_cmpstr (who->article, ==, "tea");
  g_assert_cmpstr (who->section, ==, "cups");
  g_assert_null (who->role);
  g_assert_cmpint (which->input, ==, LM_INPUT_CHOICES);
  g_assert_true (which->own_words && which->unsure && which->note && which->felt && which->tray);
  g_assert_false (which->in_short || which->self || which->several);
  g_assert_cmpuint (which->choices->len, ==, 2);
  g_assert_cmpstr (choice->id, ==, "black");
  g_assert_cmpstr (choice->label, ==, "black tea");
  g_assert_cmpstr (which->role, ==, "response-other");
  g_assert_true (which->expected);
  g_assert_null (which->help);
  g_assert_cmpstr (which->article, ==, "tea");
  g_assert_null (which->section);
  g_assert_cmpint (warm->input, ==, LM_INPUT_SCALE);
  g_assert_cmpuint (g_strv_length (warm->scale_labels), ==, LM_SCALE_MAX);
  g_assert_null (warm->article);
  g_assert_cmpint (look->input, ==, LM_INPUT_PAUSE);
  g_assert_true (look->closing && carry->closing && carry->tray);
  g_assert_cmpint (carry->input, ==, LM_INPUT_TEXT);
}

static void
test_properties (void)
{
  g_autoptr (LmGuide) guide = read_guide (whole, NULL);
  g_autofree char *title = NULL;
  g_autofree char *summary = NULL;
  guint minutes;

  g_object_get (guide, "title", &title, "summary", &summary, "minutes", &minutes, NULL);
  g_assert_cmpstr (title, ==, "Tea");
  g_assert_cmpstr (summary, ==, "A cup.");
  g_assert_cmpuint (minutes, ==, 12);
}

/* What may be left out. */
static void
test_least (void)
{
  static const char *const parts[][2] = {
    { "\"short_minutes\":3,", "" },
    { ",\"help\":\"Anyone.\"", "" },
    { ",\"passage\":{\"article\":\"tea\"}", "" },
    { ",\"section\":\"cups\"", "" },
    { ",\"expected\":true", "" },
    { ",\"expected\":true", ",\"expected\":false" },
    { "[\"a-2001\",\"b-2002\"]", "[]" },
    { "[\"tea\",\"cups\"]", "[]" },
    { "{\"id\":\"hot\",\"when\":{\"steps\":[\"which\"],\"choices\":[\"black\"]},\"text\":\"Careful."
      "\"}",
      "{\"id\":\"mild\",\"when\":{\"steps\":[\"before\"],\"least\":5},\"text\":\"Wait.\"}" },
    { ",\"note\":true,\"tray\":true}},", "}}," },
  };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *text = with (parts[i][0], parts[i][1]);
      g_autoptr (GError) error = NULL;
      g_autoptr (LmGuide) guide = read_guide (text, &error);

      g_assert_no_error (error);
      g_assert_nonnull (guide);
    }
}

typedef struct
{
  const char *name;
  const char *part;
  const char *other;
  const char *place; /* behind "tea.json: " */
  const char *told;
} Mistake;

#define WHO   "step “who”: "
#define WHICH "step “which”: "

static const Mistake mistakes[] = {
  { "syntax", "\"version\":1,", "\"version\":1,,", "byte ", "" },
  { "twice", "\"version\":1,", "\"version\":1,\"version\":1,", "byte ", "" },
  { "format", "leitmotif-guide", "leitmotif-guides", "", "“format”" },
  { "no-format", "\"format\":\"leitmotif-guide\",", "", "", "“format”" },
  { "version", "\"version\":1", "\"version\":2", "", "“version”" },
  { "version-text", "\"version\":1", "\"version\":\"1\"", "", "“version”" },
  { "edition", "\"edition\":3", "\"edition\":0", "", "“edition”" },
  { "unknown-key", "\"minutes\"", "\"minuets\":1,\"minutes\"", "", "“minuets”" },
  { "no-id", "\"id\":\"tea\",", "", "", "“id”" },
  { "id-of-others", "\"id\":\"tea\"", "\"id\":\"Tea time\"", "", "“id”" },
  { "empty-title", "\"title\":\"Tea\"", "\"title\":\"\"", "", "“title”" },
  { "no-summary", "\"summary\":\"A cup.\",", "", "", "“summary”" },
  { "no-language", "\"language\":\"en\",", "", "", "“language”" },
  { "minutes-0", "\"minutes\":12", "\"minutes\":0", "", "“minutes”" },
  { "minutes-121", "\"minutes\":12", "\"minutes\":121", "", "“minutes”" },
  { "minutes-text", "\"minutes\":12", "\"minutes\":\"12\"", "", "“minutes”" },
  { "short-minutes", "\"short_minutes\":3", "\"short_minutes\":null", "", "“short_minutes”" },
  { "no-purpose", "\"purpose\":\"To drink.\",", "", "", "“purpose”" },
  { "no-not-when", "\"not_when\":\"Not today, if it is late.\",", "", "", "“not_when”" },
  { "articles", "[\"tea\",\"cups\"]", "\"tea\"", "", "“articles”" },
  { "articles-number", "[\"tea\",\"cups\"]", "[\"tea\",1]", "", "“articles”" },
  { "why", "\"why\":{", "\"why\":1,\"when\":{", "", "" },
  { "why-key", "\"text\":\"It is warm.\"", "\"text\":\"w\",\"x\":1", "", "“x”" },
  { "why-references", "[\"a-2001\",\"b-2002\"]", "{}", "", "“references”" },
  { "no-after", ",\"after\":\"And now?\"", "", "", "“after”" },
  { "intensity-key", "\"after\":", "\"later\":\"x\",\"after\":", "", "“later”" },
  { "no-intensity", "\"intensity\":{", "\"lists2\":{", "", "“lists2”" },
  { "no-steps", "\"steps\":[", "\"steps\":[],\"close2\":[", "", "" },
  { "step-no-object", "\"steps\":[", "\"steps\":[7,", "number 1 of “steps”: ", "object" },
  { "close-no-object", "\"close\":[", "\"close\":[null,", "number 1 of “close”: ", "object" },
  { "step-without-id", "\"id\":\"who\",", "", "number 1 of “steps”: ", "“id”" },
  { "step-id", "\"id\":\"who\"", "\"id\":\"Who\"", "number 1 of “steps”: ", "“id”" },
  { "step-key", "\"help\":", "\"hepl\":", "number 1 of “steps”: ", "“hepl”" },
  { "required", "\"help\":", "\"required\":true,\"help\":", "number 1 of “steps”: ", "“required”" },
  { "step-twice", "\"id\":\"which\"", "\"id\":\"who\"", WHO, "taken" },
  { "step-in-close-too", "\"id\":\"look\"", "\"id\":\"who\"", WHO, "taken" },
  { "step-before", "\"id\":\"who\"", "\"id\":\"before\"", "step “before”: ", "taken" },
  { "step-after", "\"id\":\"carry\"", "\"id\":\"after\"", "step “after”: ", "taken" },
  { "no-question", "\"question\":\"Who pours?\",", "", WHO, "“question”" },
  { "empty-question", "\"Who pours?\"", "\"\"", WHO, "“question”" },
  { "help-number", "\"help\":\"Anyone.\"", "\"help\":1", WHO, "“help”" },
  { "short-text", "\"short\":true", "\"short\":\"true\"", WHO, "“short”" },
  { "input-type", "\"type\":\"person\"", "\"type\":\"persons\"", WHO, "“input”" },
  { "input-no-object",
    "\"input\":{\"type\":\"pause\"}",
    "\"input\":\"pause\"",
    "step “look”: ",
    "“input”" },
  { "no-input", ",\"input\":{\"type\":\"pause\"}", "", "step “look”: ", "“input”" },
  { "person-key", "\"self\":true", "\"unsure\":true", WHO, "“unsure”" },
  { "pause-key",
    "{\"type\":\"pause\"",
    "{\"type\":\"pause\",\"seconds\":9",
    "step “look”: ",
    "“seconds”" },
  { "text-key", "\"text\",\"tray\":true", "\"text\",\"note\":true", "step “carry”: ", "“note”" },
  { "own-words", "\"own_words\":true", "\"own_words\":1", WHICH, "“own_words”" },
  { "preticked", "\"own_words\":true", "\"default\":\"green\"", WHICH, "“default”" },
  { "no-list", "\"list\":\"leaves\",", "", WHICH, "“list”" },
  { "unknown-list", "\"list\":\"leaves\"", "\"list\":\"roots\"", WHICH, "“roots”" },
  { "empty-list", "\"list\":\"leaves\"", "\"list\":\"empty\"", WHICH, "“empty”" },
  { "odd-list", "\"list\":\"leaves\"", "\"list\":\"odd\"", WHICH, "“odd”" },
  { "choice-twice", "\"list\":\"leaves\"", "\"list\":\"twice\"", WHICH, "“a” twice" },
  { "choice-key", "\"label\":\"green\"", "\"lable\":\"green\"", WHICH, "“lable”" },
  { "choice-id", "\"id\":\"green\"", "\"id\":\"Green\"", WHICH, "“id”" },
  { "choice-label", "\"label\":\"green\"", "\"label\":7", WHICH, "“label”" },
  { "role", "\"response-other\"", "\"response-others\"", WHICH, "“role”" },
  { "expected-without-role", "\"role\":\"response-other\",", "", WHICH, "“expected”" },
  { "passage", "{\"article\":\"tea\"}", "\"tea\"", WHICH, "“passage”" },
  { "passage-article", "{\"article\":\"tea\"}", "{\"section\":\"x\"}", WHICH, "“article”" },
  { "passage-key", "{\"article\":\"tea\"}", "{\"article\":\"tea\",\"line\":1}", WHICH, "“line”" },
  { "four-labels", "\"4\",\"5\"", "\"4\"", "step “warm”: ", "“labels”" },
  { "six-labels", "\"4\",\"5\"", "\"4\",\"5\",\"6\"", "step “warm”: ", "“labels”" },
  { "no-labels", "\"labels\":[\"1\",\"2\",\"3\",\"4\",\"5\"],", "", "step “warm”: ", "“labels”" },
  { "no-close", "\"close\":[", "\"close\":[],\"safety2\":[", "", "" },
  { "no-safety", "\"safety\":[", "\"safety\":1,\"x\":[", "", "" },
  { "safety-no-object", "\"safety\":[", "\"safety\":[1,", "number 1 of “safety”: ", "" },
  { "safety-key",
    "\"text\":\"Careful.\"",
    "\"text\":\"x\",\"y\":1",
    "number 1 of “safety”: ",
    "“y”" },
  { "safety-text", "\"Careful.\"", "\"\"", "number 1 of “safety”: ", "“text”" },
  { "safety-step", "[\"which\"]", "[\"what\"]", "number 1 of “safety”: ", "“what”" },
  { "safety-choice", "[\"black\"]", "[\"white\"]", "number 1 of “safety”: ", "“white”" },
  { "safety-other-step", "[\"which\"]", "[\"which\",\"who\"]", "number 1 of “safety”: ", "“who”" },
  { "safety-no-step", "[\"which\"]", "[]", "number 1 of “safety”: ", "“when”" },
  { "safety-no-choice", "[\"black\"]", "[]", "number 1 of “safety”: ", "“when”" },
  { "safety-both", "\"least\":4", "\"least\":4,\"choices\":[\"black\"]", "number 2", "“when”" },
  { "safety-least", "\"least\":4", "\"least\":6", "number 2 of “safety”: ", "“least”" },
  { "safety-no-scale", "\"warm\"],\"least\"", "\"who\"],\"least\"", "number 2", "no scale “who”" },
  { "safety-skip", "[\"flow\"]", "[\"flaw\"]", "number 2 of “safety”: ", "“flaw”" },
  { "group", "\"group\":\"free\"", "\"group\":\"cups\"", "", "“group”" },
  { "no-group", "\"group\":\"free\",", "", "", "“group”" },
  { "first", "\"first\":\"who\"", "\"first\":\"which\"", "", "“first”" },
  { "entry-from", "\"recent\"", "\"once\"", "step “earlier”: ", "“from”" },
  { "entry-relation",
    "\"relation\":\"then\"",
    "\"relation\":\"why\"",
    "step “earlier”: ",
    "“relation”" },
  { "elements-from", "\"from\":\"tale\"", "\"from\":\"sums\"", "step “parts”: ", "“sums”" },
  { "stream-minutes", "[5,10]", "[5,0]", "step “flow”: ", "“minutes”" },
  { "stream-text", "[5,10]", "[\"5\"]", "step “flow”: ", "“minutes”" },
  { "stream-none", "[5,10],\"open\":true", "[]", "step “flow”: ", "“minutes”" },
  { "stream-twice",
    "{\"type\":\"map\"",
    "{\"type\":\"stream\",\"minutes\":[5]",
    "step “table”: ",
    "“stream”" },
  { "map-key", "{\"type\":\"map\"", "{\"type\":\"map\",\"note\":true", "step “table”: ", "“note”" },
  { "safety-when", "\"when\":{", "\"when\":{\"unless\":1,", "number 1 of “safety”: ", "“unless”" },
};

static void
test_mistake (gconstpointer data)
{
  const Mistake *mistake = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = with (mistake->part, mistake->other);
  g_autofree char *begin = g_strconcat ("tea.json: ", mistake->place, NULL);
  LmGuide *guide = read_guide (text, &error);

  g_assert_null (guide);
  g_assert_error (error, LM_LIBRARY_ERROR, LM_LIBRARY_ERROR_MALFORMED);
  g_test_message ("%s", error->message);
  g_assert_true (g_str_has_prefix (error->message, begin));
  g_assert_nonnull (strstr (error->message, mistake->told));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/guide/whole", test_whole);
  g_test_add_func ("/guide/steps", test_steps);
  g_test_add_func ("/guide/properties", test_properties);
  g_test_add_func ("/guide/more-inputs", test_more_inputs);
  g_test_add_func ("/guide/shared-words", test_shared_words);
  g_test_add_func ("/guide/least", test_least);
  for (guint i = 0; i < G_N_ELEMENTS (mistakes); i++)
    {
      g_autofree char *path = g_strconcat ("/guide/mistake/", mistakes[i].name, NULL);

      g_test_add_data_func (path, &mistakes[i], test_mistake);
    }
  return g_test_run ();
}
