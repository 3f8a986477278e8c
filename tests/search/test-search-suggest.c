/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <sodium.h>
#include <string.h>

#include "base/lm-fold.h"
#include "search/lm-search-index.h"

static LmSearchIndex *
example (void)
{
  static const char *const texts[] = {
    "{\"kind\":\"entry\",\"text\":\"The therapist smiled. My mother called.\"}",
    "{\"kind\":\"entry\",\"text\":\"Mother and brother, a quiet evening in März\"}",
    "{\"kind\":\"entry\",\"text\":\"сегодня был дождь\"}",
  };
  LmSearchIndex *index = lm_search_index_new ();

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) payload = g_bytes_new_static (texts[i], strlen (texts[i]));
      LmId id = { { (guint8) (i + 1) } };
      g_autoptr (LmRecord) record = lm_record_read (&id, payload, NULL);

      lm_search_index_take (index, record);
    }
  lm_search_index_set_person (index, "1", "Margarethe");
  return index;
}

static const struct
{
  const char *typed;
  const char *suggested; /* nullable */
} cases[] = {
  { "therapst", "therapist" },   /* one missing */
  { "theerapist", "therapist" }, /* one too many */
  { "thetapist", "therapist" },  /* another */
  { "therpaist", "therapist" },  /* changed places */
  { "hterapist", "therapist" },  /* at the beginning */
  { "therapisz", "therapist" },  /* at the end */
  { "theraipst", "therapist" },  /* just in the middle */
  { "Therapst", "therapist" },   /* letter case does not matter */
  { "mothr quiet", "mother quiet" },
  { "mothr brothr", "mother brother" },
  { "дожд", NULL }, /* this is there */
  { "дошдь", "дождь" },
  { "margarete", "margarethe" }, /* a name */
  { "mother", NULL },            /* nothing to mend */
  { "thrpst", NULL },            /* too far off */
  { "xyzzy", NULL },
  { "mar", NULL }, /* too short to tell */
  { "mothr xyzzyx", NULL },
  { "tag:mothr", NULL },
  { "in:mothr", NULL }, /* not a filter, or not yet */
  { "mothe:r", NULL },
  { "-mothr", NULL },
  { "\"quiet evning\"", NULL },
  { "", NULL },
};

static void
test_case (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (LmSearchIndex) index = example ();
  g_autoptr (LmQuery) query = lm_query_parse (cases[i].typed);
  g_autofree char *suggested = lm_search_index_suggest (index, query, NULL);

  g_test_message ("“%s”", cases[i].typed);
  g_assert_cmpstr (suggested, ==, cases[i].suggested);
  if (suggested != NULL)
    {
      g_autoptr (LmQuery) again = lm_query_parse (suggested);
      g_autoptr (GPtrArray) hits = lm_search_index_find (index, again, NULL);

      g_assert_nonnull (hits);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  if (sodium_init () < 0)
    return 1;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/search-suggest/%02u", i);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_case);
    }
  return g_test_run ();
}
