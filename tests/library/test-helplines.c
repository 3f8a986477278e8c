/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "library/lm-helplines.h"
#include "library/lm-library-error.h"

#define EMERGENCY "\"emergency\":[{\"name\":\"Emergency\",\"number\":\"112\"}]"
#define COUNTRY   "{\"code\":\"DE\",\"name\":\"Germany\"," EMERGENCY "}"
#define FILE_WITH(checked, grounding, countries)                                                   \
  "{\"checked\":" checked ",\"grounding\":" grounding ",\"countries\":" countries "}"

static LmHelplines *
read_whole (const char *text)
{
  g_autoptr (GError) error = NULL;
  LmHelplines *helplines = lm_helplines_read ("help.json", text, strlen (text), &error);

  g_assert_no_error (error);
  g_assert_nonnull (helplines);
  return helplines;
}

static void
test_whole (void)
{
  g_autoptr (LmHelplines) helplines = read_whole (
      FILE_WITH ("\"2026-11\"",
                 "[\"One.\",\"Two.\"]",
                 "[" COUNTRY ",{\"code\":\"AT\",\"name\":\"Austria\"," EMERGENCY
                 ",\"lines\":[{\"name\":\"T\",\"number\":\"142\",\"how\":\"call-or-text\","
                 "\"hours\":\"day and night\",\"language\":\"German\"}],"
                 "\"under_18\":[{\"name\":\"R\",\"number\":\"147\",\"how\":\"chat\"}]}]"));
  LmHelpCountry *germany = helplines->countries->pdata[0];
  LmHelpCountry *austria = helplines->countries->pdata[1];
  LmHelpline *line = austria->lines->pdata[0], *young = austria->under_18->pdata[0];
  LmHelpline *emergency = germany->emergency->pdata[0];

  g_assert_cmpstr (helplines->checked, ==, "2026-11");
  g_assert_cmpuint (g_strv_length (helplines->grounding), ==, 2);
  g_assert_cmpstr (helplines->grounding[1], ==, "Two.");
  g_assert_cmpuint (helplines->countries->len, ==, 2);
  g_assert_cmpstr (germany->name, ==, "Germany");
  g_assert_cmpuint (germany->lines->len, ==, 0);
  g_assert_cmpuint (germany->under_18->len, ==, 0);
  g_assert_cmpstr (emergency->number, ==, "112");
  g_assert_cmpstr (emergency->how, ==, "call");
  g_assert_null (emergency->hours);
  g_assert_null (emergency->language);
  g_assert_cmpstr (line->name, ==, "T");
  g_assert_cmpstr (line->number, ==, "142");
  g_assert_cmpstr (line->how, ==, "call-or-text");
  g_assert_cmpstr (line->hours, ==, "day and night");
  g_assert_cmpstr (line->language, ==, "German");
  g_assert_cmpstr (young->how, ==, "chat");
}

static void
test_find (void)
{
  g_autoptr (LmHelplines) helplines =
      read_whole (FILE_WITH ("\"2026-11\"",
                             "[\"One.\"]",
                             "[" COUNTRY ",{\"code\":\"AT\",\"name\":\"Austria\"," EMERGENCY "}]"));

  g_assert_cmpint (lm_helplines_find (helplines, "DE"), ==, 0);
  g_assert_cmpint (lm_helplines_find (helplines, "AT"), ==, 1);
  g_assert_cmpint (lm_helplines_find (helplines, "at"), ==, 1);
  g_assert_cmpint (lm_helplines_find (helplines, "XX"), ==, -1);
  g_assert_cmpint (lm_helplines_find (helplines, ""), ==, -1);
  g_assert_cmpint (lm_helplines_find (helplines, "A"), ==, -1);
}

static void
test_are_old (void)
{
  static const struct
  {
    const char *checked;
    int year, month;
    gboolean old;
  } cases[] = {
    { "2026-11", 2026, 11, FALSE }, { "2026-11", 2027, 1, FALSE }, { "2026-11", 2027, 11, FALSE },
    { "2026-11", 2027, 12, TRUE },  { "2026-11", 2028, 1, TRUE },  { "2026-01", 2027, 1, FALSE },
    { "2026-01", 2027, 2, TRUE },   { "2026-11", 2020, 1, FALSE }, { "2026-13", 2026, 12, TRUE },
    { "2026-00", 2026, 12, TRUE },  { "12-2026", 2026, 12, TRUE }, { "2026_11", 2026, 12, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LmHelplines helplines = { .checked = (char *) cases[i].checked };
      g_autoptr (GDateTime) now = g_date_time_new_utc (cases[i].year, cases[i].month, 28, 23, 0, 0);

      g_test_message ("%s in %d-%d", cases[i].checked, cases[i].year, cases[i].month);
      g_assert_cmpint (lm_helplines_are_old (&helplines, now), ==, cases[i].old);
    }
}

static void
test_country_of (void)
{
  static const char *const cases[][2] = {
    { "de_AT.UTF-8", "AT" }, { "en_US", "US" }, { "sr_RS@latin", "RS" }, { "pt_BR.UTF-8@x", "BR" },
    { "fil_PH", "PH" },      { "C", NULL },     { "C.UTF-8", NULL },     { "POSIX", NULL },
    { "de", NULL },          { "", NULL },      { "_", NULL },           { "de_", NULL },
    { "de_A", NULL },        { "de_at", NULL }, { "de_USA", NULL },      { "es_419", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *country = lm_helplines_country_of (cases[i][0]);

      g_assert_cmpstr (country, ==, cases[i][1]);
    }
}

/* A file with a mistake is refused whole: half a list of numbers could pass for all. */
static void
test_mistakes (void)
{
  static const struct
  {
    const char *text;
    const char *told;
  } mistakes[] = {
    { "", "help.json" },
    { "[]", "help.json" },
    { "{}", "help.json" },
    { "{\"checked\":\"2026-11\"", "help.json" },
    { FILE_WITH ("202611", "[\"One.\"]", "[" COUNTRY "]"), "help.json" },
    { FILE_WITH ("\"2026\"", "[\"One.\"]", "[" COUNTRY "]"), "help.json" },
    { FILE_WITH ("\"2026-11\"", "[]", "[" COUNTRY "]"), "help.json" },
    { FILE_WITH ("\"2026-11\"", "[1]", "[" COUNTRY "]"), "help.json" },
    { FILE_WITH ("\"2026-11\"", "[\"One.\"]", "[]"), "help.json" },
    { FILE_WITH ("\"2026-11\"", "[\"One.\"]", "{}"), "help.json" },
    { FILE_WITH ("\"2026-11\"", "[\"One.\"]", "[" COUNTRY ",1]"), "number 2" },
    { FILE_WITH ("\"2026-11\"", "[\"One.\"]", "[" COUNTRY ",null]"), "number 2" },
    { FILE_WITH ("\"2026-11\"", "[\"One.\"]", "[{\"name\":\"Germany\"," EMERGENCY "}]"),
      "number 1" },
    { FILE_WITH ("\"2026-11\"",
                 "[\"One.\"]",
                 "[{\"code\":\"DEU\",\"name\":\"Germany\"," EMERGENCY "}]"),
      "number 1" },
    { FILE_WITH ("\"2026-11\"", "[\"One.\"]", "[{\"code\":\"DE\"," EMERGENCY "}]"), "number 1" },
    { FILE_WITH ("\"2026-11\"", "[\"One.\"]", "[{\"code\":\"DE\",\"name\":\"Germany\"}]"),
      "number 1" },
    { FILE_WITH ("\"2026-11\"",
                 "[\"One.\"]",
                 "[{\"code\":\"DE\",\"name\":\"Germany\",\"emergency\":[]}]"),
      "number 1" },
    { FILE_WITH ("\"2026-11\"",
                 "[\"One.\"]",
                 "[{\"code\":\"DE\",\"name\":\"Germany\",\"emergency\":[{\"name\":\"E\"}]}]"),
      "number 1" },
    { FILE_WITH ("\"2026-11\"",
                 "[\"One.\"]",
                 "[{\"code\":\"DE\",\"name\":\"Germany\"," EMERGENCY
                 ",\"lines\":[{\"number\":\"1\"}]}]"),
      "number 1" },
    { FILE_WITH ("\"2026-11\"",
                 "[\"One.\"]",
                 "[{\"code\":\"DE\",\"name\":\"Germany\"," EMERGENCY
                 ",\"under_18\":[{\"name\":\"N\",\"number\":\"1\",\"how\":\"shout\"}]}]"),
      "number 1" },
    { FILE_WITH ("\"2026-11\"",
                 "[\"One.\"]",
                 "[{\"code\":\"DE\",\"name\":\"Germany\"," EMERGENCY ",\"lines\":[7]}]"),
      "number 1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (mistakes); i++)
    {
      g_autoptr (GError) error = NULL;
      LmHelplines *helplines =
          lm_helplines_read ("help.json", mistakes[i].text, strlen (mistakes[i].text), &error);

      g_test_message ("%s", mistakes[i].text);
      g_assert_null (helplines);
      g_assert_error (error, LM_LIBRARY_ERROR, LM_LIBRARY_ERROR_MALFORMED);
      g_assert_true (g_str_has_prefix (error->message, "help.json: "));
      g_assert_nonnull (strstr (error->message, mistakes[i].told));
    }
}

/* Words change and the order with them, names and numbers do not. */
static void
test_translated (void)
{
  static const char words[] =
      "{\"grounding\":[\"Eins.\"],\"words\":{\"Germany\":\"Deutschland\",\"Austria\":"
      "\"Österreich\","
      "\"Emergency\":\"Notruf\",\"day and night\":\"rund um die Uhr\",\"German\":\"Deutsch\"}}";
  static const char *const bad[] = { "{}",
                                     "[]",
                                     "",
                                     "{\"grounding\":[\"Eins.\"]}",
                                     "{\"grounding\":[],\"words\":{}}" };
  g_autoptr (LmHelplines) helplines = read_whole (
      FILE_WITH ("\"2026-11\"",
                 "[\"One.\",\"Two.\"]",
                 "[{\"code\":\"AT\",\"name\":\"Austria\"," EMERGENCY
                 ",\"lines\":[{\"name\":\"T\",\"number\":\"142\",\"hours\":\"day and night\","
                 "\"language\":\"German\"}]}," COUNTRY "]"));
  g_autoptr (GError) error = NULL;
  LmHelpCountry *country;
  LmHelpline *line;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_false (lm_helplines_translate (helplines, "words", bad[i], strlen (bad[i]), &error));
      g_assert_error (error, LM_LIBRARY_ERROR, LM_LIBRARY_ERROR_MALFORMED);
      g_clear_error (&error);
      g_assert_cmpstr (helplines->grounding[0], ==, "One.");
    }
  g_assert_true (lm_helplines_translate (helplines, "words", words, strlen (words), &error));
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (helplines->grounding), ==, 1);
  g_assert_cmpstr (helplines->grounding[0], ==, "Eins.");
  g_assert_cmpint (lm_helplines_find (helplines, "DE"), ==, 0);
  country = helplines->countries->pdata[lm_helplines_find (helplines, "AT")];
  g_assert_cmpstr (country->name, ==, "Österreich");
  line = country->emergency->pdata[0];
  g_assert_cmpstr (line->name, ==, "Notruf");
  g_assert_cmpstr (line->number, ==, "112");
  line = country->lines->pdata[0];
  g_assert_cmpstr (line->name, ==, "T");
  g_assert_cmpstr (line->hours, ==, "rund um die Uhr");
  g_assert_cmpstr (line->language, ==, "Deutsch");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/helplines/whole", test_whole);
  g_test_add_func ("/helplines/translated", test_translated);
  g_test_add_func ("/helplines/find", test_find);
  g_test_add_func ("/helplines/are-old", test_are_old);
  g_test_add_func ("/helplines/country-of", test_country_of);
  g_test_add_func ("/helplines/mistakes", test_mistakes);
  return g_test_run ();
}
