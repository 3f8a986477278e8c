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

static void
add (Fixture *fixture, guint first, guint n)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) lm_record_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (records, make_record (first + i, "Title", FALSE));
  lm_entry_list_add (fixture->list, records);
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

static void
test_clear (Fixture *fixture, gconstpointer data)
{
  LmId id = lm_test_id (1);

  add (fixture, 0, 3);
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
  ADD ("clear", test_clear);
  return g_test_run ();
}
