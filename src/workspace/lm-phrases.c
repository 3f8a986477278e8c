/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <langinfo.h>
#include <stdio.h>
#include <string.h>

#include "base/lm-text.h"
#include "workspace/lm-phrases.h"

/* Dates, durations and other small texts, as people of this language and place write them. */

/* Returns: (transfer full): as in "Monday, 23 November" */
char *
lm_phrase_day (GDateTime *time)
{
  /* Translators: a day of this year, as g_date_time_format () takes it */
  return g_date_time_format (time, _ ("%A, %-d %B"));
}

/* Returns: (transfer full): as in "Monday, 23 November 2026" */
char *
lm_phrase_day_with_year (GDateTime *time)
{
  /* Translators: a day, as g_date_time_format () takes it */
  return g_date_time_format (time, _ ("%A, %-d %B %Y"));
}

/* Returns: (transfer full): as in "Monday, 23 November 2026, 21:04" */
char *
lm_phrase_day_and_time (GDateTime *time)
{
  g_autofree char *day = lm_phrase_day_with_year (time);
  g_autofree char *hour = lm_phrase_time (time);

  /* Translators: a day and a time of day */
  return g_strdup_printf (C_ ("day and time", "%1$s, %2$s"), day, hour);
}

/* Returns: (transfer full): as in "November 2026" */
char *
lm_phrase_month (GDateTime *time)
{
  /* Translators: a month that stands alone, as g_date_time_format () takes it */
  return g_date_time_format (time, _ ("%OB %Y"));
}

/* Returns: (transfer full): a short weekday, which stands alone, as in "Mon" */
char *
lm_phrase_weekday (GDateTime *time)
{
  return lm_text_capitalize (g_date_time_format (time, "%a"));
}

/* Returns: (transfer full): as in "21:04" or "9:04 PM", as the locale has it */
char *
lm_phrase_time (GDateTime *time)
{
  const char *format = nl_langinfo (T_FMT);
  gboolean half_days = strstr (format, "%p") != NULL || strstr (format, "%r") != NULL ||
                       strstr (format, "%I") != NULL;

  return g_date_time_format (time, half_days ? "%-I:%M %p" : "%H:%M");
}

/* Returns: (transfer full): as in "21:04"; @minute is one of the day's 1440 */
char *
lm_phrase_minute_of_day (guint minute)
{
  g_autoptr (GDateTime) time =
      g_date_time_new_utc (2000, 1, 1, (int) minute / 60, (int) minute % 60, 0);

  return lm_phrase_time (time);
}

/**
 * lm_phrase_read_minute_of_day:
 * @text: as somebody typed it: "17:10", "17.10", "1710", "5:10 pm" and "5 pm" are all understood
 * @minute: (out): the minute of the day
 *
 * Returns: whether it is a time of day
 */
gboolean
lm_phrase_read_minute_of_day (const char *text, guint *minute)
{
  g_autofree char *lower = g_utf8_strdown (text, -1);
  int hours = 0, minutes = 0;
  int n = sscanf (lower, " %4d%*1[:.h ]%2d", &hours, &minutes);

  if (n < 1)
    return FALSE;
  if (n == 1 && hours >= 100)
    {
      minutes = hours % 100;
      hours /= 100;
    }
  if (strstr (lower, "pm") != NULL && hours < 12)
    hours += 12;
  else if (strstr (lower, "am") != NULL && hours == 12)
    hours = 0;
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59)
    return FALSE;
  *minute = (guint) (hours * 60 + minutes);
  return TRUE;
}

/* Returns: (transfer full): how far away a day is, as in "today", "tomorrow", "in 5 days" */
char *
lm_phrase_in_days (GDateTime *now, GDateTime *then)
{
  g_autoptr (GDateTime) local = g_date_time_to_timezone (then, g_date_time_get_timezone (now));
  GDate from, to;
  int days;

  g_date_clear (&from, 1);
  g_date_clear (&to, 1);
  g_date_set_dmy (&from,
                  (GDateDay) g_date_time_get_day_of_month (now),
                  g_date_time_get_month (now),
                  (GDateYear) g_date_time_get_year (now));
  g_date_set_dmy (&to,
                  (GDateDay) g_date_time_get_day_of_month (local),
                  g_date_time_get_month (local),
                  (GDateYear) g_date_time_get_year (local));
  days = g_date_days_between (&from, &to);
  if (days <= 0)
    return g_strdup (C_ ("when a session is", "today"));
  if (days == 1)
    return g_strdup (C_ ("when a session is", "tomorrow"));
  return g_strdup_printf (ngettext ("in %d day", "in %d days", (gulong) days), days);
}

/* Returns: (transfer full): as in "12 minutes" */
char *
lm_phrase_minutes (guint minutes)
{
  /* Translators: with a space that does not break */
  return g_strdup_printf (ngettext ("%u minute", "%u minutes", minutes), minutes);
}

/**
 * lm_phrase_guide:
 * @language: the code of the guide's language
 *
 * Returns: (transfer full): what a guide is, and how long it takes: "Small scenes. About 12
 *   minutes."; and that it is in English, where the interface is not
 */
char *
lm_phrase_guide (const char *summary, guint minutes, const char *language)
{
  const char *other = lm_phrase_other_language (language);
  g_autofree char *span = g_strdup_printf (
      /* Translators: how long a guide takes; with a space that does not break */
      ngettext ("About %u minute.", "About %u minutes.", minutes),
      minutes);

  if (other != NULL)
    /* Translators: what a guide is, how long it takes, and "In English" */
    return g_strdup_printf (C_ ("guide", "%1$s %2$s %3$s."), summary, span, other);
  /* Translators: two sentences, one after the other */
  return g_strdup_printf (C_ ("sentences", "%1$s %2$s"), summary, span);
}

/* Returns: (transfer full): the same of an article */
char *
lm_phrase_article (const char *summary, guint minutes, const char *language)
{
  const char *other = lm_phrase_other_language (language);
  g_autofree char *span = lm_phrase_minutes (minutes);

  if (other != NULL)
    /* Translators: what an article is about, how long it takes to read, and "In English" */
    return g_strdup_printf (C_ ("article", "%1$s %2$s. %3$s."), summary, span, other);
  /* Translators: what an article is about, and how long it takes to read */
  return g_strdup_printf (C_ ("article", "%1$s %2$s."), summary, span);
}

/* Returns: (transfer full): @title, with a hint where it is of a text in another language */
char *
lm_phrase_title (const char *title, const char *language)
{
  if (lm_phrase_other_language (language) == NULL)
    return g_strdup (title);
  /* Translators: %s is the title of a text that there is in English only */
  return g_strdup_printf (_ ("%s (in English)"), title);
}

/* Returns: (transfer full): as in "You paused here for 40 seconds" */
char *
lm_phrase_pause (guint seconds)
{
  if (seconds >= 120)
    {
      guint minutes = (seconds + 30) / 60;

      return g_strdup_printf (
          /* Translators: stands in a text, where somebody did not write for a while */
          ngettext ("You paused here for %u minute", "You paused here for %u minutes", minutes),
          minutes);
    }
  return g_strdup_printf (
      /* Translators: stands in a text, where somebody did not write for a while */
      ngettext ("You paused here for %u second", "You paused here for %u seconds", seconds),
      seconds);
}

/* Returns: (transfer full): as in "You wrote for 10 minutes. There were 3 pauses." Each number has
 * a sentence of its own: no language can inflect one for two numbers. */
char *
lm_phrase_wrote (guint seconds, guint pauses)
{
  guint minutes = (seconds + 30) / 60;
  g_autofree char *span =
      seconds >= 120
          ? g_strdup_printf (
                /* Translators: with a space that does not break */
                ngettext ("You wrote for %u minute.", "You wrote for %u minutes.", minutes),
                minutes)
          : g_strdup_printf (
                /* Translators: with a space that does not break */
                ngettext ("You wrote for %u second.", "You wrote for %u seconds.", seconds),
                seconds);
  g_autofree char *paused = NULL;

  if (pauses == 0)
    return g_steal_pointer (&span);
  paused = g_strdup_printf (
      /* Translators: how often somebody paused while they wrote */
      ngettext ("There was %u pause.", "There were %u pauses.", pauses),
      pauses);
  /* Translators: two sentences, one after the other */
  return g_strdup_printf (C_ ("sentences", "%1$s %2$s"), span, paused);
}

/* Returns: the code of the language that the interface speaks */
const char *
lm_phrase_language (void)
{
  /* Translators: not shown: the code of the language that you translate into, as in "de" or "pt_BR"
   */
  return C_ ("language code", "en");
}

/**
 * lm_phrase_other_language:
 * @language: the code of the language that a text is written in
 *
 * Returns: (nullable): what to say before it opens, if the interface speaks another language
 */
const char *
lm_phrase_other_language (const char *language)
{
  if (g_str_equal (language, lm_phrase_language ()) || !g_str_equal (language, "en"))
    return NULL;
  return _ ("In English");
}

/* Returns: (transfer full): as in "Sealed until Thursday, 24 December 2026" */
char *
lm_phrase_sealed_until (GDateTime *day)
{
  g_autofree char *text = lm_phrase_day_with_year (day);

  /* Translators: %s is a day, as in "Thursday, 24 December 2026" */
  return g_strdup_printf (_ ("Sealed until %s"), text);
}

/**
 * lm_phrase_checked:
 * @month: "YYYY-MM"
 * @old: whether that is long ago
 *
 * Returns: (transfer full): when the phone numbers were checked, and what to make of it
 */
char *
lm_phrase_checked (const char *month, gboolean old)
{
  g_autofree char *day = g_strconcat (month, "-01T00:00:00", NULL);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (day, utc);
  g_autofree char *words = time != NULL ? lm_phrase_month (time) : g_strdup (month);

  if (old)
    /* Translators: %s is a month and a year in the form that stands alone: "November 2026" */
    return g_strdup_printf (_ ("These numbers were checked long ago, in %s, and may have changed. "
                               "If one does not answer, call the emergency number."),
                            words);
  /* Translators: %s is a month and a year in the form that stands alone: "November 2026" */
  return g_strdup_printf (_ ("Numbers checked in %s. They may have changed since."), words);
}

/* Returns: (nullable): the word for a step, from 1 to 5, of how strong a feeling is */
const char *
lm_phrase_intensity (guint step)
{
  switch (step)
    {
    case 1:
      return C_ ("intensity", "barely there");
    case 2:
      return C_ ("intensity", "a little");
    case 3:
      return C_ ("intensity", "clear");
    case 4:
      return C_ ("intensity", "strong");
    case 5:
      return C_ ("intensity", "almost too much");
    default:
      return NULL;
    }
}

/* Returns: (nullable): the word for "good", "hard" or "mixed", as entries keep it */
const char *
lm_phrase_felt (const char *felt)
{
  if (g_strcmp0 (felt, "good") == 0)
    return C_ ("how it felt", "good");
  if (g_strcmp0 (felt, "hard") == 0)
    return C_ ("how it felt", "hard");
  if (g_strcmp0 (felt, "mixed") == 0)
    return C_ ("how it felt", "mixed");
  return NULL;
}

/* Returns: (nullable): the same as a sentence, as it stands under an answer */
const char *
lm_phrase_it_was (const char *felt)
{
  if (g_strcmp0 (felt, "good") == 0)
    /* Translators: how something was for the person, under what they wrote about it */
    return _ ("It was good");
  if (g_strcmp0 (felt, "hard") == 0)
    return _ ("It was hard");
  if (g_strcmp0 (felt, "mixed") == 0)
    return _ ("It was mixed");
  return NULL;
}
