/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <sodium.h>
#include <string.h>

#include "base/lm-fold.h"
#include "search/lm-search-index.h"

/* What a query means: fourteen entries in eight scripts, and which of them a query finds, the best
 * first. */

#define ANNA  "00000000000000000000000000000001"
#define ELENI "00000000000000000000000000000002"

static const char *const entries[] = {
  "{\"kind\": \"entry\", \"created\": \"2021-03-04T21:00:00+01:00\", \"title\": \"Rain on the way "
  "home\", \"text\": \"We spoke about my mother. The train was late, and the rain did not stop.\", "
  "\"tags\": [\"family\", \"Work\"], \"tray\": {\"state\": \"bring\"}}",
  "{\"kind\": \"entry\", \"created\": \"2022-05-01T08:00:00+02:00\", \"text\": \"My mother called "
  "in the rain. My brother was there.\", \"tags\": [\"family\"]}",
  "{\"kind\": \"entry\", \"created\": \"2023-12-31T23:30:00+01:00\", \"title\": \"Quiet\", "
  "\"text\": \"Rain again, and far from it a long sentence about other things that has to do with "
  "my mother.\", \"tags\": [\"deep rest\"]}",
  "{\"kind\": \"entry\", \"created\": \"2024-01-01T00:30:00+01:00\", \"title\": \"Café in der "
  "Straße\", \"text\": \"Größe und Äpfel, süß. Ein Gespräch über die Mutter.\", \"guide\": "
  "{\"id\": \"after-session\", \"version\": 1, \"language\": \"en\"}}",
  "{\"kind\": \"entry\", \"created\": \"2024-05-17T20:00:00+02:00\", \"title\": \"Łódź\", "
  "\"text\": \"Żółć i źdźbło. Smørrebrød, œuvre, İstanbul.\", \"answers\": [{\"step\": \"who\", "
  "\"question\": \"Who?\", \"people\": [\"00000000000000000000000000000001\"]}]}",
  "{\"kind\": \"entry\", \"created\": \"2024-05-18T20:00:00+02:00\", \"title\": \"Дождь\", "
  "\"text\": \"Сегодня идёт дождь, и мама звонила. Ещё раз.\", \"tags\": [\"семья\"], \"tray\": "
  "{\"state\": \"bring\"}}",
  "{\"kind\": \"entry\", \"created\": \"2024-06-01T20:00:00+02:00\", \"title\": \"Βροχή\", "
  "\"text\": \"Η μητέρα μου τηλεφώνησε. Ο δρόμος, ΟΔΟΣ.\", \"answers\": [{\"step\": \"who\", "
  "\"question\": \"Who?\", \"people\": [\"00000000000000000000000000000002\"]}]}",
  "{\"kind\": \"entry\", \"created\": \"2024-07-01T20:00:00+02:00\", \"title\": \"مطر\", \"text\": "
  "\"ذهبتُ إلى المَدْرَسَة مع أمّي في المطر.\"}",
  "{\"kind\": \"entry\", \"created\": \"2024-08-01T20:00:00+02:00\", \"title\": \"雨の日\", "
  "\"text\": \"今日は雨でした。お母さんから電話があった。ｶﾀｶﾅとがっこう。\"}",
  "{\"kind\": \"entry\", \"created\": \"2024-09-01T20:00:00+02:00\", \"title\": \"बारिश\", "
  "\"text\": \"आज माँ ने फ़ोन किया। बारिश की शाम।\"}",
  "{\"kind\": \"entry\", \"created\": \"2024-10-01T20:00:00+02:00\", \"title\": \"비\", \"text\": "
  "\"오늘 어머니가 전화하셨다.\"}",
  "{\"kind\": \"entry\", \"created\": \"2024-11-01T20:00:00+01:00\", \"title\": \"גֶּשֶׁם\", \"text\": "
  "\"היום אמא התקשרה.\", \"notes\": [{\"created\": \"2024-11-01T20:00:00+01:00\", \"text\": "
  "\"margin words, seen later\"}]}",
  "{\"kind\": \"entry\", \"created\": \"2025-01-10T20:00:00+01:00\", \"title\": \"A dream\", "
  "\"text\": \"The house had no doors. I was not afraid.\", \"guide\": {\"id\": \"dream\", "
  "\"version\": 1, \"language\": \"en\"}, \"answers\": [{\"step\": \"f\", \"question\": \"What do "
  "you feel?\", \"choices\": [{\"id\": \"c0\", \"label\": \"felt small\"}, {\"id\": \"c1\", "
  "\"label\": \"curious\"}]}]}",
  "{\"kind\": \"entry\", \"created\": \"2025-02-10T20:00:00+01:00\", \"title\": \"rain rain\", "
  "\"text\": \"mother mother\", \"answers\": [{\"step\": \"who\", \"question\": \"Who?\", "
  "\"people\": [\"00000000000000000000000000000001\", \"00000000000000000000000000000002\"]}], "
  "\"attachments\": [{\"id\": \"00000000000000000000000000000000\", \"name\": \"holiday "
  "photo.jpg\"}]}",
};

/* "*" stands for a query that looks for nothing yet. */
static const struct
{
  const char *typed;
  const char *found;
} cases[] = {
  { "rain", "14 1 3 2" },
  { "RAIN", "14 1 3 2" },
  { "rai", "14 1 13 3 2" },
  { "mother", "14 3 2 1" },
  { "rain mother", "14 1 2 3" },
  { "mother rain", "14 1 2 3" },
  { "\"my mother\"", "3 2 1" },
  { "\"mother my\"", "" },
  { "\"rain did\"", "1" },
  { "\"did rain\"", "" },
  { "rain -brother", "14 1 3" },
  { "-rain", "13 12 11 10 9 8 7 6 5 4" },
  { "-rain -mother", "13 12 11 10 9 8 7 6 5 4" },
  { "rain -\"my mother\"", "14" },
  { "rain train", "1" },
  { "train", "1" },
  { "ain", "14 1 3 2" },
  { "tag:family", "2 1" },
  { "tag:FAM", "2 1" },
  { "tag:work", "1" },
  { "tag:\"deep rest\"", "3" },
  { "tag:deep", "3" },
  { "tag:rest", "3" },
  { "tag:none", "" },
  { "-tag:family rain", "14 3" },
  { "tag:family tag:work", "1" },
  { "family", "2 1" },
  { "tag:rain", "" },
  { "person:anna", "14 5" },
  { "person:ann", "14 5" },
  { "person:eleni", "14 7" },
  { "person:ελένη", "14 7" },
  { "person:Ελενη", "14 7" },
  { "anna", "14 5" },
  { "anna eleni", "14" },
  { "anna mother", "14" },
  { "-person:anna rain", "1 3 2" },
  { "person:nobody", "" },
  { "guide:dream", "13" },
  { "guide:drea", "13" },
  { "guide:\"after a session\"", "4" },
  { "guide:after", "4" },
  { "guide:session", "4" },
  { "-guide:dream afraid", "" },
  { "guide:\"a dream\"", "13" },
  { "in:tray", "6 1" },
  { "in:tray rain", "1" },
  { "-in:tray rain", "14 3 2" },
  { "in:tray before:2022", "1" },
  { "before:2022", "1" },
  { "before:2022-05", "1" },
  { "before:2022-05-01", "1" },
  { "before:2022-05-02", "2 1" },
  { "before:2024", "3 2 1" },
  { "after:2025", "14 13" },
  { "after:2024-12", "14 13" },
  { "after:2025-02", "14" },
  { "after:2025-02-10", "14" },
  { "after:2025-02-11", "" },
  { "after:2024-05-17 before:2024-05-19", "6 5" },
  { "after:2024-01 before:2024-02", "4" },
  { "-after:2022", "1" },
  { "after:2024 rain", "14" },
  { "after:2023-12-31 before:2024-01-01", "3" },
  { "rain before:2023 -tag:work", "2" },
  { "cafe", "4" },
  { "café", "4" },
  { "CAFÉ", "4" },
  { "café", "4" },
  { "strasse", "4" },
  { "straße", "4" },
  { "STRASSE", "4" },
  { "STRAẞE", "4" },
  { "grosse", "4" },
  { "größe", "4" },
  { "gross", "4" },
  { "apfel", "4" },
  { "äpfel", "4" },
  { "suss", "4" },
  { "gesprach mutter", "4" },
  { "lodz", "5" },
  { "łódź", "5" },
  { "ŁÓDŹ", "5" },
  { "zolc", "5" },
  { "źdźbło", "5" },
  { "zdzblo", "5" },
  { "smorrebrod", "5" },
  { "smørrebrød", "5" },
  { "oeuvre", "5" },
  { "œuvre", "5" },
  { "istanbul", "5" },
  { "ISTANBUL", "5" },
  { "дождь", "6" },
  { "ДОЖДЬ", "6" },
  { "дожд", "6" },
  { "идет", "6" },
  { "идёт", "6" },
  { "еще раз", "6" },
  { "\"ещё раз\"", "6" },
  { "tag:семья", "6" },
  { "tag:СЕМЬЯ", "6" },
  { "мама дождь", "6" },
  { "дождь -мама", "" },
  { "снег", "" },
  { "βροχη", "7" },
  { "βροχή", "7" },
  { "ΒΡΟΧΉ", "7" },
  { "μητερα", "7" },
  { "οδος", "7" },
  { "ΟΔΟΣ", "7" },
  { "δρομος", "7" },
  { "\"μητέρα μου\"", "7" },
  { "مطر", "8" },
  { "المدرسة", "8" },
  { "المَدْرَسَة", "8" },
  { "ذهبت", "8" },
  { "امي", "8" },
  { "أمي", "8" },
  { "雨", "9" },
  { "雨の日", "9" },
  { "お母さん", "9" },
  { "カタカナ", "9" },
  { "ｶﾀｶﾅ", "9" },
  { "かっこう", "" },
  { "がっこう", "9" },
  { "電話 雨", "9" },
  { "बारिश", "10" },
  { "माँ", "10" },
  { "की", "10" },
  { "का", "" },
  { "비", "11" },
  { "어머니", "11" },
  { "전화", "11" },
  { "גשם", "12" },
  { "גֶּשֶׁם", "12" },
  { "אמא", "12" },
  { "margin", "12" },
  { "\"seen later\"", "12" },
  { "small", "13" },
  { "\"felt small\"", "13" },
  { "curious doors", "13" },
  { "What do you feel", "" },
  { "holiday", "14" },
  { "photo.jpg", "14" },
  { "\"no doors\"", "13" },
  { "\"doors. i was\"", "13" },
  { "\"home we\"", "" },
  { "xyzzy", "" },
  { "rain xyzzy", "" },
  { "tag:", "*" },
  { "in:tr", "" },
  { "\"", "*" },
  { "-", "*" },
};

static LmSearchIndex *
example (void)
{
  LmSearchIndex *index = lm_search_index_new ();

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      g_autoptr (GBytes) payload = g_bytes_new_static (entries[i], strlen (entries[i]));
      g_autoptr (GError) error = NULL;
      LmId id = { { (guint8) (i + 1) } };
      g_autoptr (LmRecord) record = lm_record_read (&id, payload, &error);

      g_assert_no_error (error);
      lm_search_index_take (index, record);
    }
  lm_search_index_set_person (index, ANNA, "Anna");
  lm_search_index_set_person (index, ELENI, "Ελένη / Eleni");
  lm_search_index_set_guide (index, "after-session", "After a session");
  lm_search_index_set_guide (index, "dream", "A dream");
  return index;
}

static void
test_case (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (LmSearchIndex) index = example ();
  g_autoptr (LmQuery) query = lm_query_parse (cases[i].typed);
  g_autoptr (GPtrArray) hits = lm_search_index_find (index, query, NULL);
  g_autoptr (GString) found = g_string_new (hits == NULL ? "*" : NULL);

  for (guint k = 0; hits != NULL && k < hits->len; k++)
    g_string_append_printf (found,
                            "%s%u",
                            k > 0 ? " " : "",
                            ((LmRecord *) hits->pdata[k])->id.bytes[0]);
  g_test_message ("“%s”", cases[i].typed);
  g_assert_cmpstr (found->str, ==, cases[i].found);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_set_nonfatal_assertions ();
  if (sodium_init () < 0)
    return 1;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/search-queries/%03u", i);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_case);
    }
  return g_test_run ();
}
