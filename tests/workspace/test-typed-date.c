/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <locale.h>

#include "workspace/lm-typed-date.h"

/* Dates as people type them, in several locales. Today is 20 May 2026. */

#define DAY   LM_TYPED_DATE_DAY
#define MONTH LM_TYPED_DATE_MONTH
#define YEAR  LM_TYPED_DATE_YEAR
#define NONE  LM_TYPED_DATE_NONE

static const struct
{
  const char *locale;
  const char *typed;
  LmTypedDate read;
  const char *day; /* NULL if none */
} cases[] = {
  /* Everywhere. */
  { "C.UTF-8", "2024-05-17", DAY, "2024-05-17" },
  { "C.UTF-8", " 2024-5-7 ", DAY, "2024-05-07" },
  { "C.UTF-8", "20240517", DAY, "2024-05-17" },
  { "C.UTF-8", "2024-05", MONTH, "2024-05-01" },
  { "C.UTF-8", "05/2024", MONTH, "2024-05-01" },
  { "C.UTF-8", "2024", YEAR, "2024-01-01" },
  { "C.UTF-8", "", NONE, NULL },
  { "C.UTF-8", "17", NONE, NULL },
  { "C.UTF-8", "rain", NONE, NULL },
  { "C.UTF-8", "2024-13-01", NONE, NULL },
  { "C.UTF-8", "2023-02-29", NONE, NULL },
  { "C.UTF-8", "2024-02-29", DAY, "2024-02-29" },
  { "C.UTF-8", "1-2-3-4", NONE, NULL },
  { "C.UTF-8", "2024-05-17-99", NONE, NULL },
  { "C.UTF-8", "0000-00-00", NONE, NULL },
  { "C.UTF-8", "999999999", NONE, NULL },
  { "C.UTF-8", "1024", NONE, NULL },
  { "C.UTF-8", "17 May 2024", DAY, "2024-05-17" },
  { "C.UTF-8", "May 17, 2024", DAY, "2024-05-17" },
  { "C.UTF-8", "the 17th of may 2024", DAY, "2024-05-17" },
  { "C.UTF-8", "Fri, 17 May 2024", DAY, "2024-05-17" },
  { "C.UTF-8", "17 may", DAY, "2026-05-17" },
  { "C.UTF-8", "24 december", DAY, "2025-12-24" },
  { "C.UTF-8", "sept 2023", MONTH, "2023-09-01" },
  { "C.UTF-8", "june", MONTH, "2025-06-01" },
  { "C.UTF-8", "April", MONTH, "2026-04-01" },
  { "C.UTF-8", "29 feb", DAY, "2024-02-29" },
  { "C.UTF-8", "ma 2024", NONE, NULL },
  { "C.UTF-8", "31 april 2024", NONE, NULL },
  { "C.UTF-8", "17 may 2024 2", NONE, NULL },
  { "C.UTF-8", "17 May rain", NONE, NULL },
  { "C.UTF-8", "a\xff", NONE, NULL },
  /* The month first. */
  { "en_US.UTF-8", "5/17/2024", DAY, "2024-05-17" },
  { "en_US.UTF-8", "5/7/24", DAY, "2024-05-07" },
  { "en_US.UTF-8", "17/5/2024", DAY, "2024-05-17" },
  { "en_US.UTF-8", "5/7", DAY, "2026-05-07" },
  { "en_US.UTF-8", "6/7", DAY, "2025-06-07" },
  { "en_US.UTF-8", "5/7/98", DAY, "1998-05-07" },
  /* The day first. */
  { "en_GB.UTF-8", "5/7/24", DAY, "2024-07-05" },
  { "de_DE.UTF-8", "17.05.2024", DAY, "2024-05-17" },
  { "de_DE.UTF-8", "7.5.24", DAY, "2024-05-07" },
  { "de_DE.UTF-8", "7.5.", DAY, "2026-05-07" },
  { "de_DE.UTF-8", "17. Mai 2024", DAY, "2024-05-17" },
  { "de_DE.UTF-8", "Freitag, den 17. Mai 2024", DAY, "2024-05-17" },
  { "de_DE.UTF-8", "maerz 2024", NONE, NULL },
  { "de_DE.UTF-8", "März 2024", MONTH, "2024-03-01" },
  { "de_DE.UTF-8", "marz 2024", MONTH, "2024-03-01" },
  { "es_ES.UTF-8", "17 de mayo de 2024", DAY, "2024-05-17" },
  { "es_ES.UTF-8", "17/5/24", DAY, "2024-05-17" },
  { "ru_RU.UTF-8", "17 мая 2024", DAY, "2024-05-17" },
  { "ru_RU.UTF-8", "май 2024", MONTH, "2024-05-01" },
  { "pl_PL.UTF-8", "17 maja 2024", DAY, "2024-05-17" },
  /* The year first. */
  { "sv_SE.UTF-8", "24-05-17", DAY, "2024-05-17" },
  { "sv_SE.UTF-8", "17/5/2024", DAY, "2024-05-17" },
  { "ja_JP.UTF-8", "2024年5月17日", DAY, "2024-05-17" },
  { "ja_JP.UTF-8", "2024/5/17", DAY, "2024-05-17" },
  { "zh_CN.UTF-8", "2024年5月17日", DAY, "2024-05-17" },
  /* Other digits. */
  { "ar_EG.UTF-8", "١٧/٥/٢٠٢٤", DAY, "2024-05-17" },
  { "C.UTF-8", "２０２４-０５-１７", DAY, "2024-05-17" },
};

static void
test_read (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  GDate today, day;
  char text[16];

  if (setlocale (LC_ALL, cases[i].locale) == NULL)
    {
      g_test_skip ("the locale is not there");
      return;
    }
  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 20, G_DATE_MAY, 2026);
  g_assert_cmpint (lm_typed_date_read (cases[i].typed, &today, &day), ==, cases[i].read);
  if (cases[i].day != NULL)
    {
      g_date_strftime (text, sizeof text, "%Y-%m-%d", &day);
      g_assert_cmpstr (text, ==, cases[i].day);
    }
  setlocale (LC_ALL, "C.UTF-8");
}

/* What is shown as an example is understood. */
static void
test_write (void)
{
  static const char *const locales[] = { "C.UTF-8",     "en_US.UTF-8", "en_GB.UTF-8", "de_DE.UTF-8",
                                         "es_ES.UTF-8", "fr_FR.UTF-8", "sv_SE.UTF-8", "ja_JP.UTF-8",
                                         "ar_EG.UTF-8", "hu_HU.UTF-8", "ru_RU.UTF-8", "zh_CN.UTF-8",
                                         "ko_KR.UTF-8", "fi_FI.UTF-8", "pt_BR.UTF-8" };
  GDate today, day;

  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 5, G_DATE_MARCH, 2026);
  for (guint i = 0; i < G_N_ELEMENTS (locales); i++)
    {
      g_autofree char *text = NULL;

      if (setlocale (LC_ALL, locales[i]) == NULL)
        continue;
      text = lm_typed_date_write (&today);
      g_test_message ("%s: %s", locales[i], text);
      g_assert_cmpint (lm_typed_date_read (text, &today, &day), ==, DAY);
      g_assert_cmpint (g_date_compare (&day, &today), ==, 0);
    }
  setlocale (LC_ALL, "C.UTF-8");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/typed-date/read/%02u", i);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_read);
    }
  g_test_add_func ("/typed-date/write", test_write);
  return g_test_run ();
}
