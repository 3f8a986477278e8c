/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "journal/lm-entry.h"
#include "lm-test.h"

typedef struct
{
  LmEntryList *list;
  guint changes;
  guint position, removed, added; /* of the last change */
} Fixture;

static void
changed (GListModel *model, guint position, guint removed, guint added, gpointer data)
{
  Fixture *fixture = data;

  fixture->changes++;
  fixture->position = position;
  fixture->removed = removed;
  fixture->added = added;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->list = lm_entry_list_new ();
  g_signal_connect (fixture->list, "items-changed", G_CALLBACK (changed), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->list);
}

static void
assert_change (Fixture *fixture, guint position, guint removed, guint added)
{
  g_assert_cmpuint (fixture->changes, ==, 1);
  g_assert_cmpuint (fixture->position, ==, position);
  g_assert_cmpuint (fixture->removed, ==, removed);
  g_assert_cmpuint (fixture->added, ==, added);
  fixture->changes = 0;
}

static LmRecord *
make_record (guint number, const char *title, gboolean deleted)
{
  g_autofree char *text = g_strdup_printf ("{\"kind\":\"entry\",\"title\":\"%s\"%s}",
                                           title,
                                           deleted ? ",\"deleted\":\"x\"" : "");
  g_autoptr (GBytes) payload = lm_test_bytes (text);
  LmId id = lm_test_id (number);

  return lm_record_read (&id, payload, NULL);
}

static GPtrArray *
make_records (guint first, guint n)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) lm_record_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (records, make_record (first + i, "Title", FALSE));
  return records;
}

static void
add (Fixture *fixture, guint first, guint n)
{
  g_autoptr (GPtrArray) records = make_records (first, n);

  lm_entry_list_add (fixture->list, records);
}

static void
prepare (Fixture *fixture, guint first, guint n)
{
  g_autoptr (GPtrArray) records = make_records (first, n);

  lm_entry_list_prepare (fixture->list, records);
}

static guint
size (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->list));
}

static void
test_add (Fixture *fixture, gconstpointer data)
{
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (fixture->list)) == LM_TYPE_ENTRY);
  add (fixture, 0, 300);
  assert_change (fixture, 0, 0, 300);
  add (fixture, 300, 2);
  assert_change (fixture, 300, 0, 2);
  g_assert_cmpuint (size (fixture), ==, 302);
  for (guint i = 0; i < 302; i++)
    {
      LmId id = lm_test_id (i);
      g_autoptr (LmEntry) entry = g_list_model_get_item (G_LIST_MODEL (fixture->list), i);

      g_assert_true (lm_id_equal (lm_entry_get_id (entry), &id));
      g_assert_true (lm_entry_list_find (fixture->list, &id) == entry);
    }
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (fixture->list), 302));
}

static void
test_find_absent (Fixture *fixture, gconstpointer data)
{
  LmId id = lm_test_id (9);

  g_assert_null (lm_entry_list_find (fixture->list, &id));
  add (fixture, 0, 3);
  g_assert_null (lm_entry_list_find (fixture->list, &id));
}

static void
test_put_new (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LmRecord) record = make_record (5, "New", FALSE);
  LmEntry *entry;

  add (fixture, 0, 3);
  fixture->changes = 0;
  entry = lm_entry_list_put (fixture->list, record);
  assert_change (fixture, 3, 0, 1);
  g_assert_cmpstr (lm_entry_get_title (entry), ==, "New");
  g_assert_true (lm_entry_list_find (fixture->list, &record->id) == entry);
}

/* The object stays, and so does every row that shows it; no list is sorted again. */
static void
test_put_known (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LmRecord) record = make_record (1, "Changed", FALSE);
  LmEntry *before;

  add (fixture, 0, 3);
  fixture->changes = 0;
  before = lm_entry_list_find (fixture->list, &record->id);
  g_assert_true (lm_entry_list_put (fixture->list, record) == before);
  g_assert_cmpstr (lm_entry_get_title (before), ==, "Changed");
  g_assert_cmpuint (fixture->changes, ==, 0);
  g_assert_cmpuint (size (fixture), ==, 3);
}

/* Into the trash and out of it: filters must look again. */
static void
test_put_deleted (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LmRecord) deleted = make_record (1, "Title", TRUE),
                       restored = make_record (1, "Title", FALSE);

  add (fixture, 0, 3);
  fixture->changes = 0;
  g_assert_true (lm_entry_get_deleted (lm_entry_list_put (fixture->list, deleted)));
  assert_change (fixture, 1, 1, 1);
  g_assert_false (lm_entry_get_deleted (lm_entry_list_put (fixture->list, restored)));
  assert_change (fixture, 1, 1, 1);
}

/* What is prepared can be found, and is in the list when it is shown. */
static void
test_prepare (Fixture *fixture, gconstpointer data)
{
  LmId id = lm_test_id (9);

  add (fixture, 0, 3);
  fixture->changes = 0;
  prepare (fixture, 3, 10);
  g_assert_cmpuint (fixture->changes, ==, 0);
  g_assert_cmpuint (size (fixture), ==, 3);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (fixture->list), 3));
  g_assert_nonnull (lm_entry_list_find (fixture->list, &id));
  g_assert_true (lm_entry_list_show (fixture->list, 4));
  assert_change (fixture, 3, 0, 4);
  g_assert_false (lm_entry_list_show (fixture->list, 6));
  assert_change (fixture, 7, 0, 6);
  g_assert_false (lm_entry_list_show (fixture->list, 6));
  g_assert_cmpuint (fixture->changes, ==, 0);
  g_assert_cmpuint (size (fixture), ==, 13);
}

/* What changes before it is shown is shown as it is by then. */
static void
test_change_prepared (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LmRecord) changed = make_record (4, "Changed", FALSE),
                       deleted = make_record (5, "Title", TRUE);
  g_autoptr (LmEntry) entry = NULL;
  LmId gone = lm_test_id (3);

  add (fixture, 0, 3);
  prepare (fixture, 3, 4);
  fixture->changes = 0;
  lm_entry_list_put (fixture->list, changed);
  lm_entry_list_put (fixture->list, deleted);
  lm_entry_list_remove (fixture->list, &gone);
  g_assert_cmpuint (fixture->changes, ==, 0);
  lm_entry_list_show (fixture->list, G_MAXUINT);
  assert_change (fixture, 3, 0, 3);
  g_assert_null (lm_entry_list_find (fixture->list, &gone));
  entry = g_list_model_get_item (G_LIST_MODEL (fixture->list), 3);
  g_assert_cmpstr (lm_entry_get_title (entry), ==, "Changed");
  g_assert_true (lm_entry_get_deleted (lm_entry_list_find (fixture->list, &deleted->id)));
}

/* Something new does not wait: what is prepared before it comes with it. */
static void
test_put_behind_prepared (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LmRecord) record = make_record (9, "New", FALSE);

  prepare (fixture, 0, 3);
  lm_entry_list_put (fixture->list, record);
  assert_change (fixture, 0, 0, 4);
}

static void
test_remove (Fixture *fixture, gconstpointer data)
{
  LmId first = lm_test_id (0), last = lm_test_id (4);

  add (fixture, 0, 3);
  prepare (fixture, 3, 2);
  fixture->changes = 0;
  lm_entry_list_remove (fixture->list, &first);
  assert_change (fixture, 0, 1, 0);
  g_assert_cmpuint (size (fixture), ==, 2);
  lm_entry_list_show (fixture->list, G_MAXUINT);
  assert_change (fixture, 2, 0, 2);
  lm_entry_list_remove (fixture->list, &last);
  assert_change (fixture, 3, 1, 0);
}

static LmEntry *
entry_of (guint number, const char *created)
{
  g_autofree char *text = g_strdup_printf ("{\"kind\":\"entry\",\"created\":\"%s\"}", created);
  g_autoptr (GBytes) payload = lm_test_bytes (text);
  LmId id = lm_test_id (number);
  g_autoptr (LmRecord) record = lm_record_read (&id, payload, NULL);

  return lm_entry_new (record);
}

/* By the moment, wherever that was; the month is that of the place. */
static void
test_order (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LmEntry) early = entry_of (1, "2025-01-31T23:30:00-05:00");
  g_autoptr (LmEntry) late = entry_of (2, "2025-02-01T05:00:00+00:00");
  g_autoptr (LmEntry) other = entry_of (3, "2025-02-01T05:00:00+00:00");
  g_autoptr (LmEntry) oldest = entry_of (4, "0001-01-01T00:00:00+10:00");
  g_autoptr (LmEntry) newest = entry_of (5, "9999-12-31T23:59:59+00:00");

  g_assert_cmpint (lm_entry_newest_first (late, early), <, 0);
  g_assert_cmpint (lm_entry_newest_first (early, late), >, 0);
  g_assert_cmpint (lm_entry_newest_first (late, other), ==, -lm_entry_newest_first (other, late));
  g_assert_cmpint (lm_entry_newest_first (late, other), !=, 0);
  g_assert_cmpint (lm_entry_newest_first (late, late), ==, 0);
  g_assert_cmpint (lm_entry_newest_first (early, oldest), <, 0);
  g_assert_cmpint (lm_entry_newest_first (newest, late), <, 0);
  g_assert_cmpint (lm_entry_get_month (early), ==, 2025 * 12 + 1);
  g_assert_cmpint (lm_entry_get_month (late), ==, 2025 * 12 + 2);
  g_assert_cmpint (lm_entry_get_month (newest), ==, 9999 * 12 + 12);
}

static void
test_clear (Fixture *fixture, gconstpointer data)
{
  LmId id = lm_test_id (1);

  add (fixture, 0, 3);
  prepare (fixture, 3, 2);
  fixture->changes = 0;
  lm_entry_list_clear (fixture->list);
  assert_change (fixture, 0, 3, 0);
  g_assert_cmpuint (size (fixture), ==, 0);
  g_assert_null (lm_entry_list_find (fixture->list, &id));
  add (fixture, 0, 1);
  g_assert_cmpuint (size (fixture), ==, 1);
}

int
main (int argc, char *argv[])
{
#define ADD(name, func)                                                                            \
  g_test_add ("/journal/entry-list/" name, Fixture, NULL, set_up, func, tear_down)
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("add", test_add);
  ADD ("find-absent", test_find_absent);
  ADD ("put-new", test_put_new);
  ADD ("put-known", test_put_known);
  ADD ("put-deleted", test_put_deleted);
  ADD ("prepare", test_prepare);
  ADD ("change-prepared", test_change_prepared);
  ADD ("put-behind-prepared", test_put_behind_prepared);
  ADD ("remove", test_remove);
  ADD ("order", test_order);
  ADD ("clear", test_clear);
  return g_test_run ();
}
