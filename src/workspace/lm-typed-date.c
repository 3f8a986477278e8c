/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <langinfo.h>
#include <string.h>

#include "base/lm-fold.h"
#include "workspace/lm-typed-date.h"

/* A date as somebody types it: the way of the person's language, or as in 2024-05-17; with a name
 * for the month, or without the year. A day of this or the last year is meant then, for a journal
 * looks back. */

#define NUMBERS_MAX 3
/* Between these the calendar moves. */
#define YEAR_FIRST 1900
#define YEAR_LAST  2199
#define NAME_MIN   3 /* letters of a month's name that are enough */

typedef struct
{
  int numbers[NUMBERS_MAX];
  guint lengths[NUMBERS_MAX];
  guint n;
  int month; /* by its name; 0 without */
} Parts;

/* What stands beside numbers and means nothing by itself. */
static const char *const fillers[] = {
  "st", "nd", "rd", "th", "of", "the", "de", "del", "den", "der",
  "di", "o",  "er", "年", "月", "日",  "년", "월",  "일",  NULL,
};

/* Words ------------------------------------------------------------------------------------------
 */

static gboolean
is_name (const char *word, nl_item item)
{
  g_autofree char *name = lm_fold (nl_langinfo (item));
  gsize length = strlen (name);

  /* Some locales end their short names with a dot. */
  while (length > 0 && g_ascii_ispunct (name[length - 1]))
    name[--length] = '\0';
  if (length == 0)
    return FALSE;
  return g_str_equal (name, word) ||
         (g_utf8_strlen (word, -1) >= NAME_MIN && g_str_has_prefix (name, word));
}

/* Returns: 1 to 12; 0 if no month, or several, are called so */
static int
month_of (const char *word)
{
  int found = 0;

  for (int i = 0; i < 12; i++)
    {
      if (!is_name (word, MON_1 + i) && !is_name (word, ABMON_1 + i) &&
          !is_name (word, ALTMON_1 + i))
        continue;
      if (found != 0)
        return 0;
      found = i + 1;
    }
  return found;
}

static gboolean
is_filler (const char *word)
{
  for (guint i = 0; fillers[i] != NULL; i++)
    {
      g_autofree char *filler = lm_fold (fillers[i]);

      if (g_str_equal (word, filler))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_weekday (const char *word)
{
  for (int i = 0; i < 7; i++)
    if (is_name (word, DAY_1 + i) || is_name (word, ABDAY_1 + i))
      return TRUE;
  return FALSE;
}

static gboolean
take_word (Parts *parts, const char **at)
{
  const char *begin = *at;
  g_autofree char *word = NULL, *folded = NULL;

  while (**at != '\0' && !g_unichar_isdigit (g_utf8_get_char (*at)) &&
         (g_unichar_isalpha (g_utf8_get_char (*at)) || g_unichar_ismark (g_utf8_get_char (*at))))
    *at = g_utf8_next_char (*at);
  word = g_strndup (begin, (gsize) (*at - begin));
  folded = lm_fold (word);
  if (is_filler (folded))
    return TRUE;
  if (parts->month == 0 && (parts->month = month_of (folded)) != 0)
    return TRUE;
  return is_weekday (folded);
}

static gboolean
take_number (Parts *parts, const char **at)
{
  int value = 0;
  guint length = 0;

  for (; g_unichar_isdigit (g_utf8_get_char (*at)); *at = g_utf8_next_char (*at))
    {
      if (++length > 8)
        return FALSE;
      value = value * 10 + g_unichar_digit_value (g_utf8_get_char (*at));
    }
  if (parts->n == NUMBERS_MAX)
    return FALSE;
  parts->numbers[parts->n] = value;
  parts->lengths[parts->n++] = length;
  return TRUE;
}

static gboolean
take_parts (const char *typed, Parts *parts)
{
  for (const char *at = typed; *at != '\0';)
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_isdigit (c))
        {
          if (!take_number (parts, &at))
            return FALSE;
        }
      else if (g_unichar_isalpha (c))
        {
          if (!take_word (parts, &at))
            return FALSE;
        }
      else
        at = g_utf8_next_char (at);
    }
  return TRUE;
}

/* Numbers ----------------------------------------------------------------------------------------
 */

/* The order of day, month and year here, as in "dmy". */
static void
local_order (char order[4])
{
  guint n = 0;

  for (const char *c = nl_langinfo (D_FMT); *c != '\0' && n < 3; c++)
    {
      if (*c != '%')
        continue;
      c += strspn (c + 1, "-_0^#OE") + 1;
      if (*c == 'D' && n == 0)
        n = g_strlcpy (order, "mdy", 4);
      else if (*c == 'F' && n == 0)
        n = g_strlcpy (order, "ymd", 4);
      else if (strchr ("de", *c) != NULL)
        order[n++] = 'd';
      else if (strchr ("mbBh", *c) != NULL)
        order[n++] = 'm';
      else if (strchr ("yY", *c) != NULL)
        order[n++] = 'y';
      if (*c == '\0')
        break;
    }
  order[n] = '\0';
  if (strlen (order) != 3)
    g_strlcpy (order, "dmy", 4);
}

/* Of two digits: the last such year that has begun. */
static int
whole_year (int year, guint length, const GDate *today)
{
  int now = g_date_get_year (today), century = now - now % 100;

  if (length > 2)
    return year;
  return century + year <= now ? century + year : century - 100 + year;
}

static gboolean
set (GDate *day, int year, int month, int of_month)
{
  if (year < YEAR_FIRST || year > YEAR_LAST || month < 1 || month > 12 || of_month < 1 ||
      !g_date_valid_dmy ((GDateDay) MIN (of_month, 32), (GDateMonth) month, (GDateYear) year))
    return FALSE;
  g_date_set_dmy (day, (GDateDay) of_month, (GDateMonth) month, (GDateYear) year);
  return TRUE;
}

/* Without a year: the last such day, or today. The 29th of February is one of a leap year. */
static LmTypedDate
set_last (GDate *day, int month, int of_month, const GDate *today)
{
  int year = g_date_get_year (today);

  for (int back = 0; back <= 8; back++)
    if (set (day, year - back, month, of_month) && g_date_compare (day, today) <= 0)
      return LM_TYPED_DATE_DAY;
  return LM_TYPED_DATE_NONE;
}

static gboolean
is_year (const Parts *parts, guint i)
{
  return parts->lengths[i] == 4 || parts->numbers[i] > 31;
}

static LmTypedDate
read_named (const Parts *parts, const GDate *today, GDate *day)
{
  guint year, other;

  if (parts->n == 0)
    {
      int now = g_date_get_year (today);

      return set (day,
                  parts->month <= (int) g_date_get_month (today) ? now : now - 1,
                  parts->month,
                  1)
                 ? LM_TYPED_DATE_MONTH
                 : LM_TYPED_DATE_NONE;
    }
  if (parts->n == 1 && !is_year (parts, 0))
    return set_last (day, parts->month, parts->numbers[0], today);
  year = is_year (parts, 0) ? 0 : parts->n - 1;
  other = 1 - year;
  if (parts->n > 2)
    return LM_TYPED_DATE_NONE;
  if (!set (day,
            whole_year (parts->numbers[year], parts->lengths[year], today),
            parts->month,
            parts->n == 2 ? parts->numbers[other] : 1))
    return LM_TYPED_DATE_NONE;
  return parts->n == 2 ? LM_TYPED_DATE_DAY : LM_TYPED_DATE_MONTH;
}

/* Three numbers: by where the year stands, and otherwise as one writes here. */
static LmTypedDate
read_three (const Parts *parts, const char *order, const GDate *today, GDate *day)
{
  guint year = (guint) (strchr (order, 'y') - order);
  gboolean month_first = strchr (order, 'm') < strchr (order, 'd');
  guint first, second;
  int whole;

  if (is_year (parts, 0))
    year = 0, month_first = TRUE;
  else if (is_year (parts, 2))
    {
      /* Where the year comes first otherwise, this is the way of somewhere else. */
      month_first = month_first && year != 0;
      year = 2;
    }
  first = year == 0 ? 1 : 0;
  second = year == 2 ? 1 : 2;
  whole = whole_year (parts->numbers[year], parts->lengths[year], today);
  if (set (day,
           whole,
           parts->numbers[month_first ? first : second],
           parts->numbers[month_first ? second : first]))
    return LM_TYPED_DATE_DAY;
  /* There is no such day, but one if it is read the other way round. */
  if (year != 0 && set (day,
                        whole,
                        parts->numbers[month_first ? second : first],
                        parts->numbers[month_first ? first : second]))
    return LM_TYPED_DATE_DAY;
  return LM_TYPED_DATE_NONE;
}

static LmTypedDate
read_two (const Parts *parts, const char *order, const GDate *today, GDate *day)
{
  gboolean month_first = strchr (order, 'm') < strchr (order, 'd');
  int a = parts->numbers[0], b = parts->numbers[1];
  LmTypedDate read;

  if (is_year (parts, 0) || is_year (parts, 1))
    return set (day, is_year (parts, 0) ? a : b, is_year (parts, 0) ? b : a, 1)
               ? LM_TYPED_DATE_MONTH
               : LM_TYPED_DATE_NONE;
  read = set_last (day, month_first ? a : b, month_first ? b : a, today);
  return read != LM_TYPED_DATE_NONE
             ? read
             : set_last (day, month_first ? b : a, month_first ? a : b, today);
}

/**
 * lm_typed_date_read:
 * @typed: what somebody typed
 * @today: which day it is
 * @day: (out): the day; the first of a month or a year where no day was typed
 *
 * By the locale's order of day, month and year, unless it is as in 2024-05-17.
 *
 * Returns: how much of a date it is; @day is only set if it is one
 */
LmTypedDate
lm_typed_date_read (const char *typed, const GDate *today, GDate *day)
{
  g_autofree char *valid = g_utf8_make_valid (typed, -1);
  Parts parts = { 0 };
  char order[4];

  g_date_clear (day, 1);
  if (!take_parts (valid, &parts))
    return LM_TYPED_DATE_NONE;
  if (parts.month != 0)
    return read_named (&parts, today, day);
  local_order (order);
  if (parts.n == 3)
    return read_three (&parts, order, today, day);
  if (parts.n == 2)
    return read_two (&parts, order, today, day);
  if (parts.n != 1)
    return LM_TYPED_DATE_NONE;
  if (parts.lengths[0] == 8)
    return set (day, parts.numbers[0] / 10000, parts.numbers[0] / 100 % 100, parts.numbers[0] % 100)
               ? LM_TYPED_DATE_DAY
               : LM_TYPED_DATE_NONE;
  return parts.lengths[0] == 4 && set (day, parts.numbers[0], 1, 1) ? LM_TYPED_DATE_YEAR
                                                                    : LM_TYPED_DATE_NONE;
}

/* Returns: (transfer full): @day as one writes it here, with its whole year */
char *
lm_typed_date_write (const GDate *day)
{
  g_autoptr (GDateTime) time = g_date_time_new_utc (g_date_get_year (day),
                                                    (int) g_date_get_month (day),
                                                    g_date_get_day (day),
                                                    12,
                                                    0,
                                                    0);
  const char *format = nl_langinfo (D_FMT);
  char order[4];

  if (strstr (format, "%Y") != NULL && strpbrk (format, "OE") == NULL)
    return g_date_time_format (time, format);
  local_order (order);
  return g_date_time_format (time,
                             order[0] == 'y'   ? "%Y-%m-%d"
                             : order[0] == 'm' ? "%m/%d/%Y"
                                               : "%d/%m/%Y");
}
