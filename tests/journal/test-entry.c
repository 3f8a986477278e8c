/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "journal/lm-entry.h"
#include "lm-test.h"

static LmRecord *
make_record (guint number, const char *text)
{
  g_autoptr (GBytes) payload = lm_test_bytes (text);
  LmId id = lm_test_id (number);
  LmRecord *record = lm_record_read (&id, payload, NULL);

  g_assert_nonnull (record);
  return record;
}

static void
test_fields (void)
{
  g_autoptr (LmRecord) record = make_record (1,
                                             "{\"kind\":\"entry\",\"title\":\"Title\",\"text\":"
                                             "\"Text\",\"created\":\"2026-11-23T21:04:11Z\"}");
  g_autoptr (LmEntry) entry = lm_entry_new (record);
  g_autoptr (GDateTime) created = NULL;
  g_autofree char *title = NULL, *excerpt = NULL;
  gboolean deleted = TRUE;

  g_assert_true (lm_entry_get_record (entry) == record);
  g_assert_true (lm_id_equal (lm_entry_get_id (entry), &record->id));
  g_assert_cmpstr (lm_entry_get_title (entry), ==, "Title");
  g_assert_cmpstr (lm_entry_get_excerpt (entry), ==, "Text");
  g_assert_true (lm_entry_get_created (entry) == record->created);
  g_assert_false (lm_entry_get_deleted (entry));
  g_object_get (entry,
                "title",
                &title,
                "excerpt",
                &excerpt,
                "created",
                &created,
                "deleted",
                &deleted,
                NULL);
  g_assert_cmpstr (title, ==, "Title");
  g_assert_cmpstr (excerpt, ==, "Text");
  g_assert_true (g_date_time_equal (created, record->created));
  g_assert_false (deleted);
}

static void
note (GObject *object, GParamSpec *pspec, gpointer data)
{
  g_ptr_array_add (data, g_strdup (pspec->name));
}

static void
test_set_record (void)
{
  g_autoptr (LmRecord) before = make_record (1, "{\"kind\":\"entry\",\"title\":\"Before\"}");
  g_autoptr (LmRecord) after =
      make_record (1,
                   "{\"kind\":\"entry\",\"title\":\"After\",\"deleted\":\"2026-11-23T21:04:11Z\"}");
  g_autoptr (LmEntry) entry = lm_entry_new (before);
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);

  g_signal_connect (entry, "notify", G_CALLBACK (note), notes);
  lm_entry_set_record (entry, after);
  g_assert_cmpstr (lm_entry_get_title (entry), ==, "After");
  g_assert_true (lm_entry_get_deleted (entry));
  g_assert_cmpuint (notes->len, ==, 4);
  g_assert_true (g_ptr_array_find_with_equal_func (notes, "deleted", g_str_equal, NULL));
  g_assert_true (g_ptr_array_find_with_equal_func (notes, "title", g_str_equal, NULL));
}

/* The record that is there already, and nobody else holds. */
static void
test_set_same (void)
{
  LmRecord *record = make_record (1, "{\"kind\":\"entry\",\"title\":\"Same\"}");
  g_autoptr (LmEntry) entry = lm_entry_new (record);

  lm_record_unref (record);
  lm_entry_set_record (entry, lm_entry_get_record (entry));
  g_assert_cmpstr (lm_entry_get_title (entry), ==, "Same");
}

static void
test_set_other (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (LmRecord) a = make_record (1, "{}"), b = make_record (2, "{}");
      g_autoptr (LmEntry) entry = lm_entry_new (a);

      lm_entry_set_record (entry, b);
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*lm_id_equal*");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/journal/entry/fields", test_fields);
  g_test_add_func ("/journal/entry/set-record", test_set_record);
  g_test_add_func ("/journal/entry/set-same", test_set_same);
  g_test_add_func ("/journal/entry/set-other", test_set_other);
  return g_test_run ();
}
