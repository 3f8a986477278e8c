/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-json.h"
#include "base/lm-clock.h"
#include "journal/lm-content.h"
#include "journal/lm-saves.h"
#include "lm-test.h"

/* As a newer version might write it, with keys that this one does not know at every depth. */
static const char rich[] =
    "{\"kind\":\"entry\",\"revision\":1,\"saves\":{\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\":1},"
    "\"device\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\",\"modified\":\"2026-11-23T21:04:11+01:00\","
    "\"created\":\"2026-11-23T21:00:00+01:00\",\"new\":{\"deep\":[{\"x\":[1,null,{\"y\":{}}]}],"
    "\"n\":-5},"
    "\"title\":\"Title\",\"text\":\"Text\",\"answers\":[{\"step\":\"one\",\"question\":\"Q?\","
    "\"text\":\"A\","
    "\"mood\":{\"color\":\"blue\"},\"choices\":[{\"id\":\"c\",\"label\":\"C\",\"weight\":3}]},7,"
    "\"odd\"],"
    "\"tags\":[\"one\",\"two\"],\"guide\":{\"id\":\"g\",\"version\":1,\"language\":\"en\","
    "\"extra\":true},"
    "\"flags\":[true,false,null]}";

static LmContent *
read_content (const char *text)
{
  g_autoptr (GBytes) payload = lm_test_bytes (text);
  g_autoptr (GError) error = NULL;
  LmContent *content = lm_content_read (payload, &error);

  g_assert_no_error (error);
  return content;
}

static void
assert_written (LmContent *content, const char *expected)
{
  g_autoptr (GBytes) bytes = lm_content_write (content);

  g_assert_cmpmem (g_bytes_get_data (bytes, NULL),
                   g_bytes_get_size (bytes),
                   expected,
                   strlen (expected));
}

static void
test_new (void)
{
  g_autoptr (GTimeZone) berlin = g_time_zone_new_identifier ("Europe/Berlin");
  g_autoptr (GDateTime) there = g_date_time_new (berlin, 2026, 7, 1, 8, 0, 0);
  g_autoptr (GDateTime) offset = g_date_time_new_from_iso8601 ("2026-07-01T08:00:00-03:30", NULL);
  g_autoptr (LmContent) a = lm_content_new ("entry", there), b = lm_content_new ("person", offset);
  g_autoptr (GDateTime) created = lm_content_get_created (a);

  assert_written (
      a,
      "{\"kind\":\"entry\",\"created\":\"2026-07-01T08:00:00+02:00\",\"zone\":\"Europe/Berlin\"}");
  assert_written (b, "{\"kind\":\"person\",\"created\":\"2026-07-01T08:00:00-03:30\"}");
  g_assert_true (g_date_time_equal (created, there));
  g_assert_true (lm_content_is_entry (a));
  g_assert_false (lm_content_is_entry (b));
  g_assert_cmpstr (lm_content_get_kind (b), ==, "person");
}

static void
test_read_refuses (void)
{
  static const char *const texts[] = {
    "", "[]", "{", "{\"a\":1,\"a\":2}", "{\"a\":1.5}", "\xef\xbb\xbf{}"
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) payload = lm_test_bytes (texts[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (lm_content_read (payload, &error));
      g_assert_true (error->domain == LM_JSON_ERROR);
    }
}

/* Nothing at any depth is lost by reading and writing. */
static void
test_keeps_all (void)
{
  g_autoptr (LmContent) content = read_content (rich);
  g_autoptr (LmContent) copy = lm_content_copy (content);

  assert_written (content, rich);
  lm_content_set_string (copy, "text", "changed");
  json_object_set_int_member (lm_json_get_object (lm_content_json (copy), "new"), "n", 1);
  assert_written (content, rich);
}

/* Nor by editing and saving: only what was edited and the bookkeeping differ. */
static void
test_keeps_all_when_saved (void)
{
  g_autoptr (LmContent) content = read_content (rich);
  g_autoptr (GDateTime) now = g_date_time_new_from_iso8601 ("2026-11-24T08:00:00+01:00", NULL);
  g_autoptr (LmSaves) before = NULL, saves = NULL;
  g_autoptr (GBytes) saved = NULL;
  LmId device;
  static const char expected[] =
      "{\"kind\":\"entry\",\"revision\":2,\"saves\":{\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\":1,"
      "\"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\":1},\"device\":\"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\","
      "\"modified\":\"2026-11-24T08:00:00+01:00\","
      "\"created\":\"2026-11-23T21:00:00+01:00\",\"new\":{\"deep\":[{\"x\":[1,null,{\"y\":{}}]}],"
      "\"n\":-5},"
      "\"title\":\"Title\",\"text\":\"New "
      "text\",\"answers\":[{\"step\":\"one\",\"question\":\"Q?\",\"text\":\"B\","
      "\"mood\":{\"color\":\"blue\"},\"choices\":[{\"id\":\"c\",\"label\":\"C\",\"weight\":3}]},7,"
      "\"odd\"],"
      "\"tags\":[\"three\"],\"guide\":{\"id\":\"g\",\"version\":1,\"language\":\"en\",\"extra\":"
      "true},"
      "\"flags\":[true,false,null]}";

  g_assert_true (lm_id_parse ("bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", -1, &device));
  lm_content_set_string (content, "text", "New text");
  lm_content_set_strings (content, "tags", (const char *[]) { "three", NULL });
  lm_answer_set_text (lm_content_answer (content, "one", "Another question?"), "B");
  before = lm_saves_read (lm_json_get_object (lm_content_json (content), "saves"));
  saves = lm_saves_add_one (before, &device);
  saved = lm_content_write_saved (content, saves, &device, now);
  g_assert_cmpmem (g_bytes_get_data (saved, NULL),
                   g_bytes_get_size (saved),
                   expected,
                   strlen (expected));
  /* What is still being written on goes on from its own state. */
  g_assert_cmpstr (lm_content_get_string (content, "modified"), ==, "2026-11-23T21:04:11+01:00");
}

static void
test_saved_drops_base (void)
{
  g_autoptr (LmContent) content =
      read_content ("{\"base\":\"x\",\"text\":\"t\",\"kind\":\"entry\"}");
  g_autoptr (GDateTime) now = g_date_time_new_from_iso8601 ("2026-11-24T08:00:00Z", NULL);
  g_autoptr (LmSaves) saves = lm_saves_unite (NULL, NULL);
  LmId device = lm_test_id (0);
  g_autoptr (GBytes) saved = lm_content_write_saved (content, saves, &device, now);
  g_autoptr (LmContent) again = lm_content_read (saved, NULL);

  g_assert_false (json_object_has_member (lm_content_json (again), "base"));
  g_assert_cmpstr (lm_content_get_string (again, "text"), ==, "t");
}

static void
test_strings (void)
{
  g_autoptr (LmContent) content = read_content ("{\"n\":1,\"list\":[\"x\"]}");

  g_assert_cmpstr (lm_content_get_string (content, "title"), ==, "");
  g_assert_cmpstr (lm_content_get_string (content, "n"), ==, "");
  g_assert_cmpstr (lm_content_get_string (content, "list"), ==, "");
  lm_content_set_string (content, "title", "Ünïcode 😀 \"quoted\"\n");
  g_assert_cmpstr (lm_content_get_string (content, "title"), ==, "Ünïcode 😀 \"quoted\"\n");
  lm_content_set_string (content, "title", "");
  g_assert_false (json_object_has_member (lm_content_json (content), "title"));
  lm_content_set_string (content, "list", NULL);
  lm_content_set_string (content, "absent", NULL);
  assert_written (content, "{\"n\":1}");
}

static void
test_string_lists (void)
{
  g_autoptr (LmContent) content =
      read_content ("{\"mixed\":[\"a\",1,null,{\"x\":1},\"b\"],\"text\":\"t\"}");
  g_auto (GStrv) mixed = lm_content_get_strings (content, "mixed");
  g_auto (GStrv) none = lm_content_get_strings (content, "absent"),
                 other = lm_content_get_strings (content, "text");

  g_assert_cmpstrv (mixed, ((const char *[]) { "a", "b", NULL }));
  g_assert_cmpuint (g_strv_length (none), ==, 0);
  g_assert_cmpuint (g_strv_length (other), ==, 0);
  lm_content_set_strings (content, "tags", (const char *[]) { "é", "", NULL });
  lm_content_set_strings (content, "mixed", (const char *[]) { NULL });
  assert_written (content, "{\"text\":\"t\",\"tags\":[\"é\",\"\"]}");
  lm_content_set_strings (content, "tags", NULL);
  lm_content_set_strings (content, "absent", NULL);
  assert_written (content, "{\"text\":\"t\"}");
}

static void
test_deleted (void)
{
  g_autoptr (LmContent) content = read_content ("{\"text\":\"t\"}");
  g_autoptr (GDateTime) when = g_date_time_new_from_iso8601 ("2026-11-24T08:00:00+01:00", NULL);

  g_assert_false (lm_content_is_deleted (content));
  lm_content_set_deleted (content, when);
  g_assert_true (lm_content_is_deleted (content));
  assert_written (content, "{\"text\":\"t\",\"deleted\":\"2026-11-24T08:00:00+01:00\"}");
  lm_content_set_deleted (content, NULL);
  g_assert_false (lm_content_is_deleted (content));
  assert_written (content, "{\"text\":\"t\"}");
}

static void
test_tray (void)
{
  g_autoptr (LmContent) content =
      read_content ("{\"tray\":{\"state\":\"bring\",\"appointment\":\"x\",\"new\":1}}");

  g_assert_true (lm_content_is_in_tray (content));
  lm_content_set_in_tray (content, TRUE);
  assert_written (content, "{\"tray\":{\"state\":\"bring\",\"appointment\":\"x\",\"new\":1}}");
  lm_content_set_in_tray (content, FALSE);
  g_assert_false (lm_content_is_in_tray (content));
  lm_content_set_in_tray (content, FALSE);
  assert_written (content, "{}");
  lm_content_set_in_tray (content, TRUE);
  assert_written (content, "{\"tray\":{\"state\":\"bring\"}}");
}

/* A state that this version does not know is not "to bring", and stays unless that is asked for. */
static void
test_tray_other_state (void)
{
  g_autoptr (LmContent) content =
      read_content ("{\"tray\":{\"state\":\"talked-about\",\"new\":1}}");

  g_assert_false (lm_content_is_in_tray (content));
  lm_content_set_in_tray (content, FALSE);
  assert_written (content, "{\"tray\":{\"state\":\"talked-about\",\"new\":1}}");
}

/* Each state is kept under its name, and what a newer version noted beside it stays. */
static void
test_tray_states (void)
{
  static const char *const names[] = { "bring", "not-yet", "talked", "let-go" };
  g_autoptr (LmContent) content = read_content ("{\"tray\":{\"state\":\"later\",\"new\":1}}");
  g_autoptr (GDateTime) when = lm_time_from_rfc3339 ("2026-11-26T18:00:00+01:00");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *expected =
          g_strdup_printf ("{\"tray\":{\"state\":\"%s\",\"new\":1,\"changed\":"
                           "\"2026-11-26T18:00:00+01:00\"}}",
                           names[i]);
      LmTray tray = (LmTray) (LM_TRAY_BRING + i);

      lm_content_set_tray (content, tray, when);
      g_assert_cmpint (lm_content_get_tray (content), ==, tray);
      g_assert_cmpint (lm_content_is_in_tray (content), ==, i < 2);
      assert_written (content, expected);
    }
  /* The switch of the writing page takes out only what was in. */
  lm_content_set_in_tray (content, FALSE);
  g_assert_cmpint (lm_content_get_tray (content), ==, LM_TRAY_LET_GO);
}

static void
test_guide (void)
{
  g_autoptr (LmContent) content = read_content ("{}");

  g_assert_null (lm_content_get_guide (content));
  lm_content_set_guide (content, "relationship-episode", 2, "de");
  g_assert_cmpstr (lm_content_get_guide (content), ==, "relationship-episode");
  assert_written (
      content,
      "{\"guide\":{\"id\":\"relationship-episode\",\"version\":2,\"language\":\"de\"}}");
}

static void
assert_fingerprints (const char *a, const char *b, gboolean same)
{
  g_autoptr (LmContent) x = read_content (a), y = read_content (b);
  LmId p = lm_content_fingerprint (x), q = lm_content_fingerprint (y);

  if (lm_id_equal (&p, &q) != same)
    g_error ("%s and %s: %s", a, b, same ? "different" : "the same");
}

static void
test_fingerprint_same (void)
{
  assert_fingerprints (rich, rich, TRUE);
  assert_fingerprints ("{\"a\":1,\"b\":[{\"c\":2,\"d\":3}]}",
                       "{\"b\":[{\"d\":3,\"c\":2}],\"a\":1}",
                       TRUE);
  assert_fingerprints ("{\"text\":\"t\",\"saves\":{\"x\":1},\"revision\":1,\"modified\":\"m\","
                       "\"device\":\"d\",\"base\":\"b\"}",
                       "{\"text\":\"t\"}",
                       TRUE);
  assert_fingerprints ("{\"text\":\"\\u00e9\\/\"}", "{ \"text\" : \"é/\" }", TRUE);
}

static void
test_fingerprint_different (void)
{
  static const char *const pairs[][2] = {
    { "{\"text\":\"a\"}", "{\"text\":\"b\"}" },
    { "{\"text\":\"a\"}", "{\"text\":\"a \"}" },
    { "{\"text\":\"a\"}", "{\"title\":\"a\"}" },
    { "{\"text\":\"a\"}", "{}" },
    { "{\"text\":\"\"}", "{}" },
    { "{\"text\":null}", "{}" },
    { "{\"x\":1}", "{\"x\":\"1\"}" },
    { "{\"x\":true}", "{\"x\":\"true\"}" },
    { "{\"x\":null}", "{\"x\":false}" },
    { "{\"x\":[]}", "{\"x\":{}}" },
    { "{\"x\":[1,2]}", "{\"x\":[2,1]}" },
    { "{\"x\":[1,2]}", "{\"x\":[[1],2]}" },
    { "{\"x\":[[1],[2]]}", "{\"x\":[[1,2]]}" },
    { "{\"x\":[\"a\",\"b\"]}", "{\"x\":[\"ab\"]}" },
    { "{\"x\":\"a\"}", "{\"x\":[\"a\"]}" },
    { "{\"a\":\"b\",\"c\":\"d\"}", "{\"a\":\"d\",\"c\":\"b\"}" },
    { "{\"a\":{\"b\":1},\"c\":2}", "{\"a\":{\"b\":1,\"c\":2}}" },
    { "{\"deleted\":\"x\"}", "{}" },
    { "{\"created\":\"x\"}", "{\"created\":\"y\"}" },
    /* The names of the bookkeeping mean it only at the top. */
    { "{\"x\":{\"device\":\"a\"}}", "{\"x\":{\"device\":\"b\"}}" },
    { "{\"x\":[{\"modified\":\"a\"}]}", "{\"x\":[{}]}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    assert_fingerprints (pairs[i][0], pairs[i][1], FALSE);
}

static void
test_empty (void)
{
  static const char *const empty[] = {
    "{}",
    "{\"kind\":\"entry\",\"created\":\"2026-11-23T21:00:00Z\",\"zone\":\"UTC\"}",
    "{\"title\":\" \",\"text\":\"\\n\"}",
    "{\"guide\":{\"id\":\"g\"}}",
    "{\"answers\":[]}",
    "{\"answers\":[{\"step\":\"s\",\"question\":\"Q?\",\"role\":\"wish\",\"expected\":true}]}",
    "{\"answers\":[{\"step\":\"s\",\"text\":\"  \"},{\"step\":\"t\",\"choices\":[]}]}",
    "{\"tags\":[],\"notes\":[],\"attachments\":[]}",
  };
  static const char *const given[] = {
    "{\"title\":\"x\"}",
    "{\"text\":\".\"}",
    "{\"tags\":[\"t\"]}",
    "{\"attachments\":[{\"id\":\"x\"}]}",
    "{\"notes\":[{\"text\":\"n\"}]}",
    "{\"answers\":[{\"step\":\"s\",\"text\":\"x\"}]}",
    "{\"answers\":[{\"step\":\"s\"},{\"step\":\"t\",\"scale\":1}]}",
    "{\"answers\":[{\"step\":\"s\",\"felt\":\"good\"}]}",
    "{\"answers\":[{\"step\":\"s\",\"people\":[\"p\"]}]}",
    "{\"answers\":[{\"step\":\"s\",\"choices\":[{\"label\":\"c\"}]}]}",
    "{\"answers\":[{\"step\":\"s\",\"links\":[{\"entry\":\"e\"}]}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (empty); i++)
    {
      g_autoptr (LmContent) content = read_content (empty[i]);

      if (!lm_content_is_empty (content))
        g_error ("not empty: %s", empty[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (given); i++)
    {
      g_autoptr (LmContent) content = read_content (given[i]);

      if (lm_content_is_empty (content))
        g_error ("empty: %s", given[i]);
    }
}

/* Values of another type than this version knows are read as none, and are no reason to fall over.
 */
static void
test_odd_types (void)
{
  g_autoptr (LmContent) content =
      read_content ("{\"kind\":5,\"created\":[],\"title\":{},\"tags\":\"t\",\"guide\":\"g\","
                    "\"tray\":[],\"answers\":{\"a\":1}}");

  g_assert_cmpstr (lm_content_get_kind (content), ==, "");
  g_assert_null (lm_content_get_created (content));
  g_assert_cmpstr (lm_content_get_string (content, "title"), ==, "");
  g_assert_null (lm_content_get_guide (content));
  g_assert_false (lm_content_is_in_tray (content));
  g_assert_cmpuint (lm_content_n_answers (content), ==, 0);
}

static void
assert_json (LmContent *content, const char *json)
{
  g_autoptr (LmContent) wanted = read_content (json);
  LmId a = lm_content_fingerprint (content), b = lm_content_fingerprint (wanted);

  g_assert_true (lm_id_equal (&a, &b));
}

/* What was changed goes onto what the record has become; everything else stays as it is there. */
static void
test_carry (void)
{
  static const struct
  {
    const char *from, *ours, *to, *after; /* NULL: nothing is changed */
  } cases[] = {
    { "{\"a\":1,\"b\":2}", "{\"a\":3,\"b\":2}", "{\"a\":1,\"b\":4}", "{\"a\":3,\"b\":4}" },
    { "{\"a\":1,\"b\":2}", "{\"b\":2}", "{\"a\":1,\"b\":2,\"c\":3}", "{\"b\":2,\"c\":3}" },
    { "{}", "{\"a\":{\"b\":[1]}}", "{\"c\":3}", "{\"a\":{\"b\":[1]},\"c\":3}" },
    { "{\"a\":1}", "{\"a\":1}", "{\"a\":2}", NULL },
    { "{\"a\":1}", "{\"a\":2}", "{\"a\":2}", NULL },
    { "{\"a\":1}", "{}", "{}", NULL },
    /* A note changed, one written, one written elsewhere. */
    { "{\"notes\":[{\"created\":\"1\",\"text\":\"one\"}]}",
      "{\"notes\":[{\"created\":\"1\",\"text\":\"ONE\"},{\"created\":\"3\",\"text\":\"three\"}]}",
      "{\"notes\":[{\"created\":\"1\",\"text\":\"one\"},{\"created\":\"2\",\"text\":\"two\"}]}",
      "{\"notes\":[{\"created\":\"1\",\"text\":\"ONE\"},{\"created\":\"2\",\"text\":\"two\"},"
      "{\"created\":\"3\",\"text\":\"three\"}]}" },
    /* One removed here, one removed elsewhere. */
    { "{\"notes\":[{\"created\":\"1\",\"text\":\"one\"},{\"created\":\"2\",\"text\":\"two\"}]}",
      "{\"notes\":[{\"created\":\"2\",\"text\":\"two\"}]}",
      "{\"notes\":[{\"created\":\"1\",\"text\":\"one\"}]}",
      "{}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LmContent) from = read_content (cases[i].from);
      g_autoptr (LmContent) ours = read_content (cases[i].ours);
      g_autoptr (LmContent) to = read_content (cases[i].to);

      g_test_message ("case %u", i);
      g_assert_cmpint (lm_content_carry (to, from, ours), ==, cases[i].after != NULL);
      assert_json (to, cases[i].after != NULL ? cases[i].after : cases[i].to);
      assert_json (ours, cases[i].ours);
      assert_json (from, cases[i].from);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/journal/content/new", test_new);
  g_test_add_func ("/journal/content/read-refuses", test_read_refuses);
  g_test_add_func ("/journal/content/keeps-all", test_keeps_all);
  g_test_add_func ("/journal/content/keeps-all-when-saved", test_keeps_all_when_saved);
  g_test_add_func ("/journal/content/saved-drops-base", test_saved_drops_base);
  g_test_add_func ("/journal/content/strings", test_strings);
  g_test_add_func ("/journal/content/string-lists", test_string_lists);
  g_test_add_func ("/journal/content/deleted", test_deleted);
  g_test_add_func ("/journal/content/tray", test_tray);
  g_test_add_func ("/journal/content/tray-states", test_tray_states);
  g_test_add_func ("/journal/content/tray-other-state", test_tray_other_state);
  g_test_add_func ("/journal/content/guide", test_guide);
  g_test_add_func ("/journal/content/fingerprint-same", test_fingerprint_same);
  g_test_add_func ("/journal/content/fingerprint-different", test_fingerprint_different);
  g_test_add_func ("/journal/content/empty", test_empty);
  g_test_add_func ("/journal/content/odd-types", test_odd_types);
  g_test_add_func ("/journal/content/carry", test_carry);
  return g_test_run ();
}
