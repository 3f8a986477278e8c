/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-json.h"
#include "library/lm-helplines.h"
#include "library/lm-library-error.h"

static void
line_free (gpointer data)
{
  LmHelpline *line = data;

  g_free (line->name);
  g_free (line->number);
  g_free (line->how);
  g_free (line->hours);
  g_free (line->language);
  g_free (line);
}

static void
country_free (gpointer data)
{
  LmHelpCountry *country = data;

  g_free (country->code);
  g_free (country->name);
  g_ptr_array_unref (country->emergency);
  g_ptr_array_unref (country->lines);
  g_ptr_array_unref (country->under_18);
  g_free (country);
}

void
lm_helplines_free (LmHelplines *helplines)
{
  g_free (helplines->checked);
  g_strfreev (helplines->grounding);
  g_ptr_array_unref (helplines->countries);
  g_free (helplines);
}

static GPtrArray *
read_lines (JsonObject *country, const char *key)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (line_free);
  JsonArray *array = lm_json_get_array (country, key);

  for (guint i = 0; i < lm_json_array_size (array); i++)
    {
      JsonObject *object = lm_json_at_object (array, i);
      LmHelpline *line = g_new0 (LmHelpline, 1);
      const char *how = lm_json_get_string (object, "how");

      line->name = g_strdup (lm_json_get_string (object, "name"));
      line->number = g_strdup (lm_json_get_string (object, "number"));
      line->how = g_strdup (how != NULL ? how : "call");
      line->hours = g_strdup (lm_json_get_string (object, "hours"));
      line->language = g_strdup (lm_json_get_string (object, "language"));
      g_ptr_array_add (lines, line);
    }
  return lines;
}

static gboolean
lines_are_whole (GPtrArray *lines)
{
  static const char *const ways[] = { "call", "text", "call-or-text", "chat", NULL };

  for (guint i = 0; i < lines->len; i++)
    {
      LmHelpline *line = lines->pdata[i];

      if (line->name == NULL || line->number == NULL || !g_strv_contains (ways, line->how))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_country (LmHelplines *helplines, JsonObject *object)
{
  LmHelpCountry *country = g_new0 (LmHelpCountry, 1);

  g_ptr_array_add (helplines->countries, country);
  country->code = g_strdup (lm_json_get_string (object, "code"));
  country->name = g_strdup (lm_json_get_string (object, "name"));
  country->emergency = read_lines (object, "emergency");
  country->lines = read_lines (object, "lines");
  country->under_18 = read_lines (object, "under_18");
  return country->code != NULL && strlen (country->code) == 2 && country->name != NULL &&
         country->emergency->len > 0 && lines_are_whole (country->emergency) &&
         lines_are_whole (country->lines) && lines_are_whole (country->under_18);
}

/* Returns: (transfer full): the sentences of grounding, possibly none */
static GStrv
read_grounding (JsonObject *root)
{
  JsonArray *array = lm_json_get_array (root, "grounding");
  g_autoptr (GStrvBuilder) sentences = g_strv_builder_new ();

  for (guint i = 0; i < lm_json_array_size (array); i++)
    if (lm_json_at_string (array, i) != NULL)
      g_strv_builder_add (sentences, lm_json_at_string (array, i));
  return g_strv_builder_end (sentences);
}

/**
 * lm_helplines_read:
 * @name: of the file, for messages
 * @error: %LM_LIBRARY_ERROR_MALFORMED
 *
 * Returns: (transfer full): the numbers
 */
LmHelplines *
lm_helplines_read (const char *name, const char *text, gsize length, GError **error)
{
  g_autoptr (LmHelplines) helplines = g_new0 (LmHelplines, 1);
  g_autoptr (JsonObject) root = lm_json_parse (text, length, NULL);
  JsonArray *countries = lm_json_get_array (root, "countries");

  helplines->countries = g_ptr_array_new_with_free_func (country_free);
  helplines->checked = g_strdup (lm_json_get_string (root, "checked"));
  helplines->grounding = read_grounding (root);
  if (helplines->checked == NULL || strlen (helplines->checked) != strlen ("2026-11") ||
      helplines->grounding[0] == NULL || lm_json_array_size (countries) == 0)
    {
      g_set_error (error,
                   LM_LIBRARY_ERROR,
                   LM_LIBRARY_ERROR_MALFORMED,
                   "%s: not of its form",
                   name);
      return NULL;
    }
  for (guint i = 0; i < json_array_get_length (countries); i++)
    if (!read_country (helplines, lm_json_at_object (countries, i)))
      {
        g_set_error (error,
                     LM_LIBRARY_ERROR,
                     LM_LIBRARY_ERROR_MALFORMED,
                     "%s: country number %u",
                     name,
                     i + 1);
        return NULL;
      }
  return g_steal_pointer (&helplines);
}

/* What is not among the words is a name, and stays. */
static void
translate_text (char **text, JsonObject *words)
{
  const char *there = *text != NULL ? lm_json_get_string (words, *text) : NULL;

  if (there != NULL)
    g_set_str (text, there);
}

static void
translate_lines (GPtrArray *lines, JsonObject *words)
{
  for (guint i = 0; i < lines->len; i++)
    {
      LmHelpline *line = lines->pdata[i];

      translate_text (&line->name, words);
      translate_text (&line->hours, words);
      translate_text (&line->language, words);
    }
}

static int
compare_countries (gconstpointer a, gconstpointer b)
{
  const LmHelpCountry *x = *(LmHelpCountry *const *) a, *y = *(LmHelpCountry *const *) b;

  return g_utf8_collate (x->name, y->name);
}

/**
 * lm_helplines_translate:
 * @name: of the file, for messages
 * @text: (array length=length): the words of another language; the numbers are in one place only
 * @error: %LM_LIBRARY_ERROR_MALFORMED; then nothing is changed
 */
gboolean
lm_helplines_translate (
    LmHelplines *helplines, const char *name, const char *text, gsize length, GError **error)
{
  g_autoptr (JsonObject) root = lm_json_parse (text, length, NULL);
  JsonObject *words = lm_json_get_object (root, "words");
  g_auto (GStrv) grounding = read_grounding (root);

  if (words == NULL || grounding[0] == NULL)
    {
      g_set_error (error,
                   LM_LIBRARY_ERROR,
                   LM_LIBRARY_ERROR_MALFORMED,
                   "%s: not of its form",
                   name);
      return FALSE;
    }
  g_strfreev (helplines->grounding);
  helplines->grounding = g_steal_pointer (&grounding);
  for (guint i = 0; i < helplines->countries->len; i++)
    {
      LmHelpCountry *country = helplines->countries->pdata[i];

      translate_text (&country->name, words);
      translate_lines (country->emergency, words);
      translate_lines (country->lines, words);
      translate_lines (country->under_18, words);
    }
  g_ptr_array_sort (helplines->countries, compare_countries);
  return TRUE;
}

/* Returns: the index of the country with the code @code, -1 if it is not there */
int
lm_helplines_find (LmHelplines *helplines, const char *code)
{
  for (guint i = 0; i < helplines->countries->len; i++)
    if (g_ascii_strcasecmp (((LmHelpCountry *) helplines->countries->pdata[i])->code, code) == 0)
      return (int) i;
  return -1;
}

/* After as many months, numbers are to be checked anew (./dev lint --release asks for the same). */
#define MONTHS_TO_KEEP 12

/* The months since year 0, -1 if @checked is not of the form "YYYY-MM". */
static int
months_of (const char *checked)
{
  guint64 year, month;
  g_auto (GStrv) parts = g_strsplit (checked, "-", 2);

  if (parts[0] == NULL || parts[1] == NULL ||
      !g_ascii_string_to_unsigned (parts[0], 10, 1, 9999, &year, NULL) ||
      !g_ascii_string_to_unsigned (parts[1], 10, 1, 12, &month, NULL))
    return -1;
  return (int) (year * 12 + month);
}

/**
 * lm_helplines_are_old:
 * @now: the date to judge by
 *
 * Returns: whether the numbers were last checked more than twelve months before @now, or at a time
 *   that cannot be read. A clock that is behind makes nothing old.
 */
gboolean
lm_helplines_are_old (LmHelplines *helplines, GDateTime *now)
{
  int checked = months_of (helplines->checked);
  int today = g_date_time_get_year (now) * 12 + g_date_time_get_month (now);

  return checked < 0 || today - checked > MONTHS_TO_KEEP;
}

/**
 * lm_helplines_country_of:
 * @locale: as in LANG, "de_AT.UTF-8"
 *
 * Returns: (transfer full) (nullable): the country in it, "AT"; %NULL if it names none
 */
char *
lm_helplines_country_of (const char *locale)
{
  const char *underscore = strchr (locale, '_');

  if (underscore == NULL || !g_ascii_isupper (underscore[1]) || !g_ascii_isupper (underscore[2]) ||
      g_ascii_isalnum (underscore[3]))
    return NULL;
  return g_strndup (underscore + 1, 2);
}
