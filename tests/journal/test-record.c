/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-fold.h"
#include "journal/lm-record.h"
#include "journal/lm-saves.h"
#include "journal/lm-store-error.h"
#include "lm-test.h"
#include "vault/lm-vault.h"

static LmRecord *
read_record (const char *text)
{
  g_autoptr (GBytes) payload = lm_test_bytes (text);
  g_autoptr (GError) error = NULL;
  LmId id = lm_test_id (1);
  LmRecord *record = lm_record_read (&id, payload, &error);

  g_assert_no_error (error);
  g_assert_true (lm_id_equal (&record->id, &id));
  return record;
}

static void
test_fields (void)
{
  static const char text[] =
      "{\"kind\":\"entry\",\"saves\":{\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\":2},\"title\":\"Title\","
      "\"created\":\"2026-11-23T21:04:11+01:00\",\"modified\":\"2026-11-24T08:00:00+01:00\","
      "\"text\":\"# First\\nsecond  line\",\"guide\":{\"id\":\"episode\"},\"tags\":[\"x\",\"y\"],"
      "\"tray\":{\"state\":\"bring\"},\"deleted\":\"2026-11-25T08:00:00+01:00\"}";
  g_autoptr (LmRecord) record = read_record (text);
  g_autoptr (GBytes) payload = lm_test_bytes (text);
  g_autoptr (GDateTime) created = g_date_time_new_from_iso8601 ("2026-11-23T21:04:11+01:00", NULL);
  g_autoptr (GDateTime) modified = g_date_time_new_from_iso8601 ("2026-11-24T08:00:00+01:00", NULL);
  LmId hash = lm_vault_hash (payload);
  g_autoptr (GBytes) kept = NULL;

  g_assert_cmpint (record->kind, ==, LM_RECORD_ENTRY);
  kept = lm_record_payload (record);
  g_assert_true (g_bytes_equal (kept, payload));
  g_assert_true (lm_id_equal (&record->hash, &hash));
  g_assert_cmpint (lm_saves_sum (record->saves), ==, 2);
  g_assert_true (g_date_time_equal (record->created, created));
  g_assert_true (g_date_time_equal (record->modified, modified));
  g_assert_true (record->deleted);
  g_assert_true (record->in_tray);
  g_assert_cmpstr (record->title, ==, "Title");
  g_assert_cmpstr (record->excerpt, ==, "First second line");
  g_assert_cmpstr (record->guide, ==, "episode");
  g_assert_cmpstrv (record->tags, ((const char *[]) { "x", "y", NULL }));
  g_assert_cmpuint (g_strv_length (record->people), ==, 0);
}

static void
test_absent (void)
{
  g_autoptr (LmRecord) record = read_record ("{}");

  g_assert_cmpint (record->kind, ==, LM_RECORD_OTHER);
  g_assert_null (record->saves);
  g_assert_nonnull (record->created);
  g_assert_null (record->modified);
  g_assert_false (record->deleted);
  g_assert_false (record->in_tray);
  g_assert_cmpstr (record->title, ==, "");
  g_assert_cmpstr (record->excerpt, ==, "");
  g_assert_null (record->guide);
  g_assert_cmpuint (g_strv_length (record->tags), ==, 0);
  g_assert_cmpuint (g_strv_length (record->people), ==, 0);
}

static void
test_created (void)
{
  g_autoptr (LmRecord) none =
      read_record ("{\"created\":\"yesterday\",\"modified\":\"2026-11-24T08:00:00Z\"}");
  g_autoptr (LmRecord) future = read_record ("{\"created\":\"2126-11-24T08:00:00Z\"}");

  g_assert_true (g_date_time_equal (none->created, none->modified));
  g_assert_cmpint (g_date_time_get_year (future->created), ==, 2126);
}

static void
test_kinds (void)
{
  static const struct
  {
    const char *text;
    LmRecordKind kind;
  } kinds[] = {
    { "{\"kind\":\"entry\"}", LM_RECORD_ENTRY },
    { "{\"kind\":\"person\"}", LM_RECORD_PERSON },
    { "{\"kind\":\"settings\"}", LM_RECORD_SETTINGS },
    { "{\"kind\":\"gone\"}", LM_RECORD_GONE },
    { "{\"kind\":\"appointment\",\"starts\":7}", LM_RECORD_APPOINTMENT },
    { "{\"kind\":\"guide\",\"guide\":[]}", LM_RECORD_GUIDE },
    { "{\"kind\":\"map\"}", LM_RECORD_OTHER },
    { "{\"kind\":\"Entry\"}", LM_RECORD_OTHER },
    { "{\"kind\":\"\"}", LM_RECORD_OTHER },
    { "{\"kind\":1}", LM_RECORD_OTHER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (LmRecord) record = read_record (kinds[i].text);

      g_assert_cmpint (record->kind, ==, kinds[i].kind);
    }
}

static void
test_person (void)
{
  g_autoptr (LmRecord) record = read_record (
      "{\"kind\":\"person\",\"name\":\"Ada\",\"title\":\"no\",\"text\":\"no\",\"note\":\"no\"}");

  g_assert_cmpstr (record->title, ==, "Ada");
  g_assert_cmpstr (record->excerpt, ==, "");
}

static void
test_excerpt (void)
{
  g_autofree char *words = g_strnfill (400, 'x');
  g_autofree char *long_text = g_strdup_printf ("{\"kind\":\"entry\",\"text\":\"%s\"}", words);
  g_autoptr (LmRecord) answer = read_record (
      "{\"kind\":\"entry\",\"text\":\" \\n\",\"answers\":[7,{\"step\":\"a\",\"scale\":3},"
      "{\"step\":\"b\",\"text\":\"From an answer\"},{\"step\":\"c\",\"text\":\"Later\"}]}");
  g_autoptr (LmRecord) both = read_record (
      "{\"kind\":\"entry\",\"text\":\"Text\",\"answers\":[{\"step\":\"a\",\"text\":\"Answer\"}]}");
  g_autoptr (LmRecord) cut = read_record (long_text);

  g_assert_cmpstr (answer->excerpt, ==, "From an answer");
  g_assert_cmpstr (both->excerpt, ==, "Text");
  g_assert_cmpint (g_utf8_strlen (cut->excerpt, -1), ==, LM_RECORD_EXCERPT + 1);
}

static void
test_people (void)
{
  g_autoptr (LmRecord) record =
      read_record ("{\"kind\":\"entry\",\"answers\":[{\"people\":[\"p\",\"q\"]},5,{\"text\":\"x\"},"
                   "{\"people\":[\"q\",\"r\",3]}]}");

  g_assert_cmpstrv (record->people, ((const char *[]) { "p", "q", "r", NULL }));
}

static void
test_refused (void)
{
  static const char *const texts[] = {
    "",
    "[]",
    "{",
    "{\"kind\":\"entry\",\"kind\":\"entry\"}",
    "{\"kind\":\"entry\"} x",
    "{\"n\":1.5}",
    "{\"saves\":{\"laptop\":1}}",
    "{\"saves\":{\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\":-1}}",
    "{\"saves\":{\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\":\"1\"}}",
    "{\"saves\":{\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\":1}}",
    "{\"saves\":{\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\":{}}}",
    /* Read as no saves at all, the next save would count from the beginning. */
    "{\"saves\":5}",
    "{\"saves\":[]}",
    "{\"saves\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}",
    "{\"saves\":null}",
  };
  LmId id = lm_test_id (1);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) payload = lm_test_bytes (texts[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (LmRecord) record = lm_record_read (&id, payload, &error);

      if (record != NULL)
        g_error ("taken: %s", texts[i]);
      g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_DAMAGED);
    }
}

/* Everything the person wrote is found, and nothing else: not the questions. */
static void
test_text (void)
{
  g_autoptr (LmRecord) record =
      read_record ("{\"kind\":\"entry\",\"title\":\"Title\",\"text\":\"Text\",\"tags\":[\"tag\"],"
                   "\"answers\":[{\"step\":\"a\","
                   "\"question\":\"Question\",\"text\":\"Answer\",\"choices\":[{\"id\":\"c\","
                   "\"label\":\"Choice\"}]},6]}");
  g_autofree char *text = lm_record_text (record);

  g_assert_cmpstr (text, ==, "Title\nText\nAnswer\nChoice\ntag");
}

/* A changed copy of the content leaves the record as it is. */
static void
test_content_apart (void)
{
  g_autoptr (LmRecord) record = read_record ("{\"kind\":\"entry\",\"text\":\"t\"}");
  g_autoptr (LmContent) a = lm_record_content (record), b = NULL;

  lm_content_set_string (a, "text", "changed");
  b = lm_record_content (record);
  g_assert_cmpstr (lm_content_get_string (b, "text"), ==, "t");
}

static void
test_references (void)
{
  LmRecord *record = read_record ("{\"kind\":\"entry\",\"title\":\"t\"}");

  g_assert_true (lm_record_ref (record) == record);
  lm_record_unref (record);
  g_assert_cmpstr (record->title, ==, "t");
  lm_record_unref (record);
}

/* What was read to be searched says the same, and its text is in memory once. */
static void
test_searchable (void)
{
  g_autoptr (GString) many = g_string_new (NULL);
  g_autofree char *text = NULL;
  const char *payloads[3] = { NULL,
                              "{\"kind\":\"entry\"}",
                              "{\"kind\":\"person\",\"name\":\"Anna\"}" };
  LmId id = lm_test_id (1);

  for (guint i = 0; i < 40; i++)
    g_string_append_printf (
        many,
        "I waited for %u minutes, and She came late AGAIN; the Straße was empty. ",
        i);
  payloads[0] = text = g_strdup_printf ("{\"kind\":\"entry\",\"title\":\"Late\",\"text\":\"%s\","
                                        "\"tags\":[\"Nähe\"],\"x\":[1,{\"y\":null}]}",
                                        many->str);

  for (guint i = 0; i < G_N_ELEMENTS (payloads); i++)
    {
      g_autoptr (GBytes) payload = lm_test_bytes (payloads[i]), kept = NULL;
      g_autoptr (LmRecord) record = lm_record_read_searchable (&id, payload, NULL);
      g_autoptr (LmRecord) plain = lm_record_read (&id, payload, NULL);
      g_autofree char *words = lm_record_text (record), *others = lm_record_text (plain);
      g_autofree char *folded = lm_fold (words);

      kept = lm_record_payload (record);
      g_assert_true (g_bytes_equal (kept, payload));
      g_assert_true (lm_id_equal (&record->hash, &plain->hash));
      g_assert_cmpstr (words, ==, others);
      g_assert_cmpstr (lm_record_folded (record), ==, folded);
      g_assert_cmpstr (lm_record_folded (plain), ==, folded);
      if (i == 0)
        {
          g_assert_null (record->payload);
          g_assert_cmpuint (record->packed_size, <, g_bytes_get_size (payload) / 3);
        }
    }
}

#define THREADS 8

static gpointer
ask_for_folded (gpointer data)
{
  return (gpointer) lm_record_folded (data);
}

/* It is made once, whoever asks first. */
static void
test_folded_by_threads (void)
{
  g_autoptr (GBytes) payload = lm_test_bytes ("{\"kind\":\"entry\",\"text\":\"GRÜSSE\"}");
  LmId id = lm_test_id (1);

  for (guint round = 0; round < 200; round++)
    {
      g_autoptr (LmRecord) record = lm_record_read (&id, payload, NULL);
      GThread *threads[THREADS];

      for (guint i = 0; i < THREADS; i++)
        threads[i] = g_thread_new ("asks", ask_for_folded, record);
      for (guint i = 0; i < THREADS; i++)
        g_assert_true (g_thread_join (threads[i]) == (gpointer) lm_record_folded (record));
      g_assert_cmpstr (lm_record_folded (record), ==, "\ngrusse");
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/journal/record/fields", test_fields);
  g_test_add_func ("/journal/record/absent", test_absent);
  g_test_add_func ("/journal/record/created", test_created);
  g_test_add_func ("/journal/record/kinds", test_kinds);
  g_test_add_func ("/journal/record/person", test_person);
  g_test_add_func ("/journal/record/excerpt", test_excerpt);
  g_test_add_func ("/journal/record/people", test_people);
  g_test_add_func ("/journal/record/refused", test_refused);
  g_test_add_func ("/journal/record/text", test_text);
  g_test_add_func ("/journal/record/content-apart", test_content_apart);
  g_test_add_func ("/journal/record/references", test_references);
  g_test_add_func ("/journal/record/searchable", test_searchable);
  g_test_add_func ("/journal/record/folded-by-threads", test_folded_by_threads);
  return g_test_run ();
}
