/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "lm-test-workspace.h"
#include "workspace/lm-workspace-drafts.h"
#include "workspace/lm-workspace-notes.h"
#include "workspace/lm-workspace-people.h"

/* People, and notes in the margin. */

static LmIdText
add_person (LmTestWorkspace *test, const char *name)
{
  return lm_id_format (lm_entry_get_id (lm_test_add_person (test, name)));
}

static void
write_about (LmTestWorkspace *test, const LmIdText *person)
{
  g_autoptr (LmDraft) draft = lm_workspace_begin (test->workspace, NULL);
  LmContent *content = lm_draft_get_content (draft);
  guint n = g_list_model_get_n_items (lm_workspace_get_entries (test->workspace));

  lm_content_set_string (content, "text", "On the phone.");
  lm_answer_set_people (lm_content_answer (content, "who", "Who?"),
                        (const char *const[]) { person->digits, NULL });
  lm_draft_changed (draft);
  lm_draft_flush (draft);
  lm_test_until (g_list_model_get_n_items (lm_workspace_get_entries (test->workspace)) == n + 1);
  lm_draft_close (draft);
}

static LmUndo *
finish (LmTestWorkspace *test, GAsyncResult **result)
{
  g_autoptr (GError) error = NULL;
  LmUndo *undo;

  lm_test_wait (*result);
  undo = lm_workspace_change_person_finish (test->workspace, *result, &error);
  g_assert_no_error (error);
  g_clear_object (result);
  return undo;
}

static void
take_back (LmTestWorkspace *test, LmUndo *undo)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  lm_workspace_undo_async (test->workspace, undo, lm_test_take_result, &result);
  lm_test_wait (result);
  lm_workspace_undo_finish (test->workspace, result, &error);
  g_assert_no_error (error);
}

static const char *
name_of (LmTestWorkspace *test, const LmIdText *id)
{
  LmEntry *person = lm_workspace_find_person (test->workspace, id->digits);

  return person != NULL ? lm_entry_get_title (person) : NULL;
}

static guint
n_entries_of (LmTestWorkspace *test, const LmIdText *id)
{
  GListModel *entries = lm_workspace_get_entries (test->workspace);
  LmEntry *person = lm_workspace_find_person (test->workspace, id->digits);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (entries); i++)
    {
      g_autoptr (LmEntry) entry = g_list_model_get_item (entries, i);

      n += lm_workspace_names_person (test->workspace, lm_entry_get_record (entry), person);
    }
  return n;
}

static void
test_renamed (LmTestWorkspace *test, gconstpointer data)
{
  LmIdText id = add_person (test, "Mum");
  LmEntry *person = lm_workspace_find_person (test->workspace, id.digits);
  LmDraft *draft = lm_workspace_begin_part (test->workspace, lm_entry_get_id (person), "person");

  write_about (test, &id);
  lm_content_set_string (lm_draft_get_content (draft), "name", "Anna");
  lm_draft_changed (draft);
  lm_draft_close (draft);
  g_object_unref (draft);
  lm_test_workspace_restart (test);
  g_assert_cmpstr (name_of (test, &id), ==, "Anna");
  g_assert_cmpuint (n_entries_of (test, &id), ==, 1);
  g_assert_cmpuint (lm_test_n_found (test->workspace, "person:anna"), ==, 1);
  g_assert_cmpuint (lm_test_n_found (test->workspace, "person:mum"), ==, 0);
}

static void
test_merged (LmTestWorkspace *test, gconstpointer data)
{
  LmIdText mum = add_person (test, "Mum"), anna = add_person (test, "Anna");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LmUndo) undo = NULL;

  write_about (test, &mum);
  write_about (test, &anna);
  write_about (test, &mum);
  lm_workspace_merge_person_async (test->workspace,
                                   lm_workspace_find_person (test->workspace, mum.digits),
                                   lm_workspace_find_person (test->workspace, anna.digits),
                                   lm_test_take_result,
                                   &result);
  undo = finish (test, &result);
  g_assert_cmpstr (name_of (test, &mum), ==, "Anna");
  g_assert_cmpuint (n_entries_of (test, &anna), ==, 3);
  lm_test_workspace_restart (test);
  g_assert_cmpstr (name_of (test, &mum), ==, "Anna");
  g_assert_cmpuint (n_entries_of (test, &anna), ==, 3);
  /* By either name. */
  g_assert_cmpuint (lm_test_n_found (test->workspace, "person:anna"), ==, 3);
  g_assert_cmpuint (lm_test_n_found (test->workspace, "person:mum"), ==, 2);
  take_back (test, undo);
  g_assert_cmpstr (name_of (test, &mum), ==, "Mum");
  g_assert_cmpuint (n_entries_of (test, &anna), ==, 1);
  g_assert_cmpuint (lm_test_n_found (test->workspace, "person:anna"), ==, 1);
}

static void
test_removed (LmTestWorkspace *test, gconstpointer data)
{
  LmIdText id = add_person (test, "Viktor");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LmUndo) undo = NULL;

  write_about (test, &id);
  lm_workspace_remove_person_async (test->workspace,
                                    lm_workspace_find_person (test->workspace, id.digits),
                                    lm_test_take_result,
                                    &result);
  undo = finish (test, &result);
  lm_test_workspace_restart (test);
  g_assert_true (lm_entry_get_deleted (lm_workspace_find_person (test->workspace, id.digits)));
  /* The entry is there, and knows who it is about. */
  g_assert_cmpuint (g_list_model_get_n_items (lm_workspace_get_entries (test->workspace)), ==, 1);
  g_assert_cmpstr (name_of (test, &id), ==, "Viktor");
  take_back (test, undo);
  g_assert_false (lm_entry_get_deleted (lm_workspace_find_person (test->workspace, id.digits)));
}

/* Notes --------------------------------------------------------------------------------------- */

static LmUndo *
set_note (LmTestWorkspace *test, LmEntry *entry, const char *created, const char *text)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  LmUndo *undo;

  lm_workspace_set_note_async (test->workspace, entry, created, text, lm_test_take_result, &result);
  lm_test_wait (result);
  undo = lm_workspace_set_note_finish (test->workspace, result, &error);
  g_assert_no_error (error);
  return undo;
}

static void
test_notes (LmTestWorkspace *test, gconstpointer data)
{
  LmEntry *entry = lm_test_write_entry (test->workspace, "As it was.");
  g_autoptr (LmUndo) first =
      set_note (test, entry, "2026-11-24T08:00:00+01:00", "Now I see it otherwise.");
  g_autoptr (LmUndo) second = set_note (test, entry, "2026-11-25T08:00:00+01:00", "And again.");
  g_autoptr (LmUndo) changed = set_note (test, entry, "2026-11-24T08:00:00+01:00", "Otherwise.");
  g_autoptr (LmUndo) removed = set_note (test, entry, "2026-11-25T08:00:00+01:00", " ");
  g_autoptr (LmContent) content = NULL;
  const char *created;

  lm_test_workspace_restart (test);
  entry = lm_test_only (lm_workspace_get_entries (test->workspace));
  content = lm_record_content (lm_entry_get_record (entry));
  g_assert_cmpstr (lm_content_get_string (content, "text"), ==, "As it was.");
  g_assert_cmpuint (lm_content_n_notes (content), ==, 1);
  g_assert_cmpstr (lm_content_get_note (content, 0, &created), ==, "Otherwise.");
  g_assert_cmpstr (created, ==, "2026-11-24T08:00:00+01:00");
  /* It is found. */
  g_assert_cmpuint (lm_test_n_found (test->workspace, "otherwise"), ==, 1);
  take_back (test, removed);
  entry = lm_test_only (lm_workspace_get_entries (test->workspace));
  g_clear_pointer (&content, lm_content_free);
  content = lm_record_content (lm_entry_get_record (entry));
  g_assert_cmpuint (lm_content_n_notes (content), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  LM_TEST_WORKSPACE_ADD ("/workspace/people/renamed", test_renamed);
  LM_TEST_WORKSPACE_ADD ("/workspace/people/merged", test_merged);
  LM_TEST_WORKSPACE_ADD ("/workspace/people/removed", test_removed);
  LM_TEST_WORKSPACE_ADD ("/workspace/notes", test_notes);
  return g_test_run ();
}
