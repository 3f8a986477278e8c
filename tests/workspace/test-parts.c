/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>

#include "lm-test-faults.h"
#include "lm-test-workspace.h"
#include "workspace/lm-own-guides.h"
#include "workspace/lm-workspace-drafts.h"
#include "workspace/lm-workspace-notes.h"

/* Notes in the margin, people and own guides: nothing that was typed is lost, wherever it stops. */

#define FIRST  "2026-11-24T08:00:00+01:00"
#define SECOND "2026-11-25T08:00:00+01:00"

static LmEntry *
only_entry (LmTestWorkspace *test)
{
  return lm_test_only (lm_workspace_get_entries (test->workspace));
}

/* Returns: (transfer full) (nullable): what the note of @created says in @entry */
static char *
note_in (LmEntry *entry, const char *created)
{
  g_autoptr (LmContent) content = lm_record_content (lm_entry_get_record (entry));

  for (guint i = 0; i < lm_content_n_notes (content); i++)
    {
      const char *other;
      const char *text = lm_content_get_note (content, i, &other);

      if (g_str_equal (other, created))
        return g_strdup (text);
    }
  return NULL;
}

static void
assert_note (LmEntry *entry, const char *created, const char *text)
{
  g_autofree char *note = note_in (entry, created);

  g_assert_cmpstr (note, ==, text);
}

static gboolean
has_note (LmEntry *entry, const char *created)
{
  g_autofree char *note = note_in (entry, created);

  return note != NULL;
}

static LmDraft *
begin_note (LmTestWorkspace *test, LmEntry *entry, const char *created, const char *text)
{
  LmDraft *draft = lm_workspace_begin_part (test->workspace, lm_entry_get_id (entry), "entry");

  lm_content_set_note (lm_draft_get_content (draft), created, text);
  lm_draft_changed (draft);
  return draft;
}

static void
wait_for (LmDraft *draft, LmDraftState state)
{
  lm_test_until (lm_draft_get_state (draft) == state);
}

/* A note that was left while the disk took nothing. */
static LmEntry *
strand_note (LmTestWorkspace *test, const char *text)
{
  LmEntry *entry = lm_test_write_entry (test->workspace, "As it was.");
  g_autoptr (LmDraft) draft = begin_note (test, entry, FIRST, text);

  lm_fault_set_always (LM_FAULT_FSYNC, ENOSPC);
  lm_draft_close (draft);
  wait_for (draft, LM_DRAFT_FAILED);
  return entry;
}

static void
test_saved (LmTestWorkspace *test, gconstpointer data)
{
  LmEntry *entry = lm_test_write_entry (test->workspace, "As it was.");
  g_autoptr (LmDraft) draft = begin_note (test, entry, FIRST, "I was six.");

  lm_test_until (lm_test_count_drafts () == 1); /* first of all, after a pause */
  assert_note (entry, FIRST, NULL);
  wait_for (draft, LM_DRAFT_SAVED);
  assert_note (entry, FIRST, "I was six.");
  lm_test_assert_text (lm_entry_get_record (entry), "As it was.");
  lm_test_until (lm_test_count_drafts () == 0);
  lm_draft_close (draft);
}

/* What is taken away again before it was saved is no change. */
static void
test_emptied (LmTestWorkspace *test, gconstpointer data)
{
  LmEntry *entry = lm_test_write_entry (test->workspace, "As it was.");
  g_autoptr (LmDraft) draft = begin_note (test, entry, FIRST, "I");
  LmId before = lm_entry_get_record (entry)->hash;

  lm_test_until (lm_test_count_drafts () == 1);
  lm_content_set_note (lm_draft_get_content (draft), FIRST, "");
  lm_draft_changed (draft);
  lm_draft_close (draft);
  wait_for (draft, LM_DRAFT_SAVED);
  lm_test_until (lm_test_count_drafts () == 0);
  g_assert_true (lm_id_equal (&before, &lm_entry_get_record (entry)->hash));
}

/* Other changes of the record, made meanwhile: both are there, and it is no conflict. */
static void
test_among_others (LmTestWorkspace *test, gconstpointer data)
{
  LmEntry *entry = lm_test_write_entry (test->workspace, "As it was.");
  g_autoptr (LmDraft) draft = begin_note (test, entry, FIRST, "I was six.");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LmUndo) undo = NULL;

  lm_workspace_set_note_async (test->workspace,
                               entry,
                               SECOND,
                               "And again.",
                               lm_test_take_result,
                               &result);
  lm_test_wait (result);
  undo = lm_workspace_set_note_finish (test->workspace, result, NULL);
  g_assert_nonnull (undo);
  lm_draft_close (draft);
  wait_for (draft, LM_DRAFT_SAVED);
  assert_note (entry, FIRST, "I was six.");
  assert_note (entry, SECOND, "And again.");
  g_assert_cmpuint (lm_test_count_records (test), ==, 1);
}

/* Left while no disk takes it: it waits, closing asks, and it is saved when there is room. */
static void
test_left (LmTestWorkspace *test, gconstpointer data)
{
  LmEntry *entry = strand_note (test, "I was six.");
  g_autoptr (LmContent) unsaved = NULL;
  g_autoptr (GError) error = lm_test_workspace_close (test);
  const char *created;

  g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_NO_SPACE);
  g_assert_false (lm_workspace_is_kept_aside (test->workspace));
  unsaved = lm_workspace_get_unsaved (test->workspace, lm_entry_get_id (entry));
  g_assert_nonnull (unsaved);
  g_assert_cmpstr (lm_content_get_note (unsaved, 0, &created), ==, "I was six.");
  g_assert_true (lm_fault_clear ());
  lm_workspace_flush (test->workspace); /* it would by itself, after a while */
  lm_test_until (has_note (entry, FIRST));
  lm_test_workspace_restart (test);
  assert_note (only_entry (test), FIRST, "I was six.");
}

/* Locked meanwhile: it waits in memory, and is saved after the next unlocking. */
static void
test_stranded (LmTestWorkspace *test, gconstpointer data)
{
  strand_note (test, "I was six.");
  lm_workspace_lock (test->workspace);
  g_assert_true (lm_workspace_is_settling (test->workspace));
  g_assert_true (lm_fault_clear ());
  lm_test_workspace_unlock (test);
  lm_test_until (has_note (only_entry (test), FIRST));
  lm_test_assert_text (lm_entry_get_record (only_entry (test)), "As it was.");
  g_assert_cmpuint (lm_test_count_records (test), ==, 1);
}

/* Its page is shown again: what was left is gone on with. */
static void
test_gone_on_with (LmTestWorkspace *test, gconstpointer data)
{
  LmEntry *entry = strand_note (test, "I was six.");
  g_autoptr (LmDraft) draft = begin_note (test, entry, SECOND, "And again.");

  g_assert_true (lm_fault_clear ());
  lm_draft_close (draft);
  wait_for (draft, LM_DRAFT_SAVED);
  assert_note (entry, FIRST, "I was six.");
  assert_note (entry, SECOND, "And again.");
  g_assert_cmpuint (lm_test_count_records (test), ==, 1);
}

/* The entry itself is changed while its note waits, or is still being written. */
static void
test_with_the_whole (LmTestWorkspace *test, gconstpointer data)
{
  LmEntry *entry = strand_note (test, "I was six.");
  g_autoptr (LmDraft) whole = lm_workspace_begin (test->workspace, entry);
  g_autoptr (LmDraft) note = NULL, again = NULL;

  g_assert_true (lm_fault_clear ());
  lm_test_draft_text (whole, "As I see it.");
  lm_draft_close (whole);
  wait_for (whole, LM_DRAFT_SAVED);
  lm_test_assert_text (lm_entry_get_record (entry), "As I see it.");
  assert_note (entry, FIRST, "I was six.");

  note = begin_note (test, entry, SECOND, "And again.");
  lm_draft_flush (note); /* on its way when the next begins */
  again = lm_workspace_begin (test->workspace, entry);
  lm_draft_close (note); /* a page is left after the next has come */
  lm_test_draft_text (again, "As it is.");
  lm_draft_close (again);
  wait_for (again, LM_DRAFT_SAVED);
  lm_test_assert_text (lm_entry_get_record (entry), "As it is.");
  assert_note (entry, FIRST, "I was six.");
  assert_note (entry, SECOND, "And again.");
  g_assert_cmpuint (lm_test_count_records (test), ==, 1);
}

/* A crash with a draft on the disk: it becomes what it was meant to be, and is not offered as
 * something to write on. @others drafts are there too, and stay. */
static void
crash_among (LmTestWorkspace *test, LmDraft *draft, guint others)
{
  lm_fault_set (LM_FAULT_RENAMEAT2, 1, EIO);
  lm_draft_close (draft);
  wait_for (draft, LM_DRAFT_FAILED);
  g_assert_true (lm_fault_clear ());
  g_assert_cmpint (lm_draft_get_kept (draft), ==, LM_KEPT_DRAFT);
  g_assert_cmpuint (lm_test_count_drafts (), ==, others + 1);
  g_object_unref (draft);
  /* A lock lets go of it, as a crash would. */
  lm_fault_set_always (LM_FAULT_RENAMEAT2, EIO);
  lm_workspace_lock (test->workspace);
  lm_test_until (!lm_workspace_is_settling (test->workspace));
  lm_fault_clear ();
  g_assert_cmpuint (lm_test_count_drafts (), ==, others + 1);
  lm_test_workspace_unlock (test);
  lm_test_until (lm_test_count_drafts () == others);
  g_assert_cmpuint (g_list_model_get_n_items (lm_workspace_get_drafts (test->workspace)),
                    ==,
                    others);
}

static void
crash (LmTestWorkspace *test, LmDraft *draft)
{
  crash_among (test, draft, 0);
}

/* Half of a change of the entry, left in the middle: it is offered. */
static LmEntry *
leave_half (LmTestWorkspace *test)
{
  LmEntry *entry = lm_test_write_entry (test->workspace, "As it was.");
  g_autoptr (LmDraft) half = lm_workspace_begin (test->workspace, entry);

  lm_draft_set_in_steps (half, TRUE);
  lm_test_draft_text (half, "Half of it");
  lm_draft_close (half);
  lm_test_until (g_list_model_get_n_items (lm_workspace_get_drafts (test->workspace)) == 1);
  return entry;
}

static void
assert_half_is_offered (LmTestWorkspace *test)
{
  lm_test_assert_text (
      lm_entry_get_record (lm_test_only (lm_workspace_get_drafts (test->workspace))),
      "Half of it");
}

/* Where another text of the entry is offered, its draft stays as it is. */
static void
test_beside_what_is_offered (LmTestWorkspace *test, gconstpointer data)
{
  LmEntry *entry = leave_half (test);
  g_autoptr (LmDraft) note = begin_note (test, entry, FIRST, "I was six.");

  lm_draft_close (note);
  wait_for (note, LM_DRAFT_SAVED);
  assert_note (entry, FIRST, "I was six.");
  g_assert_cmpuint (lm_test_count_drafts (), ==, 1);
  lm_test_workspace_restart (test);
  assert_half_is_offered (test);
  assert_note (only_entry (test), FIRST, "I was six.");
}

/* A note beside a text that is offered has a draft of its own. */
static void
test_beside_after_a_crash (LmTestWorkspace *test, gconstpointer data)
{
  LmEntry *entry = leave_half (test);

  crash_among (test, begin_note (test, entry, FIRST, "I was six."), 1);
  lm_test_until (has_note (only_entry (test), FIRST));
  assert_note (only_entry (test), FIRST, "I was six.");
  lm_test_assert_text (lm_entry_get_record (only_entry (test)), "As it was.");
  assert_half_is_offered (test);
  g_assert_cmpuint (lm_test_count_records (test), ==, 1);
}

/* While it is typed it is in that draft, after a pause. */
static void
test_beside_while_typed (LmTestWorkspace *test, gconstpointer data)
{
  LmEntry *entry = leave_half (test);
  g_autoptr (LmDraft) note = begin_note (test, entry, FIRST, "I was six.");

  lm_test_until (lm_test_count_drafts () == 2);
  assert_note (entry, FIRST, NULL);
  wait_for (note, LM_DRAFT_SAVED);
  assert_note (entry, FIRST, "I was six.");
  lm_test_until (lm_test_count_drafts () == 1);
  lm_draft_close (note);
  assert_half_is_offered (test);
}

/* No disk takes it: it is aside, and the other text is not touched. */
static void
test_beside_aside (LmTestWorkspace *test, gconstpointer data)
{
  LmEntry *entry = leave_half (test);
  LmDraft *note = begin_note (test, entry, FIRST, "I was six.");

  lm_fault_set_outside (g_get_user_runtime_dir (), ENOSPC);
  lm_draft_close (note);
  wait_for (note, LM_DRAFT_FAILED);
  g_assert_cmpint (lm_draft_get_kept (note), ==, LM_KEPT_ASIDE);
  g_object_unref (note);
  lm_workspace_lock (test->workspace);
  lm_test_until (!lm_workspace_is_settling (test->workspace));
  lm_fault_clear ();
  lm_test_workspace_unlock (test);
  lm_test_until (has_note (only_entry (test), FIRST));
  assert_half_is_offered (test);
}

static void
test_note_after_a_crash (LmTestWorkspace *test, gconstpointer data)
{
  LmEntry *entry = lm_test_write_entry (test->workspace, "As it was.");

  crash (test, begin_note (test, entry, FIRST, "I was six."));
  lm_test_until (has_note (only_entry (test), FIRST));
  assert_note (only_entry (test), FIRST, "I was six.");
  lm_test_assert_text (lm_entry_get_record (only_entry (test)), "As it was.");
  g_assert_cmpuint (lm_test_count_records (test), ==, 1);
}

static gboolean
person_has_note (LmTestWorkspace *test)
{
  LmEntry *person = lm_test_only (lm_workspace_get_people (test->workspace));
  g_autoptr (LmContent) content = lm_record_content (lm_entry_get_record (person));

  return lm_content_get_string (content, "note")[0] != '\0';
}

static void
test_person_after_a_crash (LmTestWorkspace *test, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LmContent) content = NULL;
  LmDraft *draft;
  LmEntry *person;

  lm_workspace_add_person_async (test->workspace, "Mum", "then", lm_test_take_result, &result);
  lm_test_wait (result);
  person = lm_workspace_add_person_finish (test->workspace, result, NULL);
  draft = lm_workspace_begin_part (test->workspace, lm_entry_get_id (person), "person");
  lm_content_set_string (lm_draft_get_content (draft), "note", "Rings on Sundays.");
  lm_draft_changed (draft);
  crash (test, draft);
  /* The file of the draft goes before the list tells of it. */
  lm_test_until (person_has_note (test));
  person = lm_test_only (lm_workspace_get_people (test->workspace));
  content = lm_record_content (lm_entry_get_record (person));
  g_assert_cmpstr (lm_content_get_string (content, "note"), ==, "Rings on Sundays.");
  g_assert_cmpstr (lm_content_get_string (content, "name"), ==, "Mum");
  g_assert_cmpuint (lm_test_count_records (test), ==, 1);
}

static void
test_guide_after_a_crash (LmTestWorkspace *test, gconstpointer data)
{
  g_autoptr (JsonObject) json = lm_own_guide_new_json (), known = NULL;
  LmId id = lm_id_new_random ();
  LmDraft *draft = lm_workspace_begin_part (test->workspace, &id, "guide");
  gboolean unfinished;

  json_object_set_string_member (json, "title", "Evenings");
  lm_own_guide_set (lm_draft_get_content (draft), json, TRUE);
  lm_draft_changed (draft);
  crash (test, draft);
  lm_test_until (g_list_model_get_n_items (lm_workspace_get_own_guides (test->workspace)) == 1);
  known = lm_workspace_get_own_guide (lm_test_only (lm_workspace_get_own_guides (test->workspace)),
                                      &unfinished);
  g_assert_true (unfinished);
  g_assert_cmpstr (json_object_get_string_member (known, "title"), ==, "Evenings");
  g_assert_cmpuint (lm_test_count_records (test), ==, 1);
}

/* What was written of a person changes that and nothing else, whatever became of the rest. */
static void
test_two_pages (LmTestWorkspace *test, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LmContent) content = NULL;
  g_autoptr (LmDraft) first = NULL, second = NULL;
  LmEntry *person;

  lm_workspace_add_person_async (test->workspace, "Mum", "then", lm_test_take_result, &result);
  lm_test_wait (result);
  person = lm_workspace_add_person_finish (test->workspace, result, NULL);
  first = lm_workspace_begin_part (test->workspace, lm_entry_get_id (person), "person");
  second = lm_workspace_begin_part (test->workspace, lm_entry_get_id (person), "person");
  lm_content_set_string (lm_draft_get_content (first), "name", "Anna");
  lm_draft_changed (first);
  lm_content_set_string (lm_draft_get_content (second), "note", "Rings on Sundays.");
  lm_draft_changed (second);
  lm_draft_close (second);
  lm_draft_close (first);
  wait_for (second, LM_DRAFT_SAVED);
  wait_for (first, LM_DRAFT_SAVED);
  content = lm_record_content (lm_entry_get_record (person));
  g_assert_cmpstr (lm_content_get_string (content, "name"), ==, "Anna");
  g_assert_cmpstr (lm_content_get_string (content, "note"), ==, "Rings on Sundays.");
  g_assert_cmpuint (lm_test_count_records (test), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  LM_TEST_WORKSPACE_ADD ("/parts/saved", test_saved);
  LM_TEST_WORKSPACE_ADD ("/parts/emptied", test_emptied);
  LM_TEST_WORKSPACE_ADD ("/parts/among-others", test_among_others);
  LM_TEST_WORKSPACE_ADD ("/parts/left", test_left);
  LM_TEST_WORKSPACE_ADD ("/parts/stranded", test_stranded);
  LM_TEST_WORKSPACE_ADD ("/parts/gone-on-with", test_gone_on_with);
  LM_TEST_WORKSPACE_ADD ("/parts/with-the-whole", test_with_the_whole);
  LM_TEST_WORKSPACE_ADD ("/parts/beside-what-is-offered", test_beside_what_is_offered);
  LM_TEST_WORKSPACE_ADD ("/parts/beside-after-a-crash", test_beside_after_a_crash);
  LM_TEST_WORKSPACE_ADD ("/parts/beside-while-typed", test_beside_while_typed);
  LM_TEST_WORKSPACE_ADD ("/parts/beside-aside", test_beside_aside);
  LM_TEST_WORKSPACE_ADD ("/parts/note-after-a-crash", test_note_after_a_crash);
  LM_TEST_WORKSPACE_ADD ("/parts/person-after-a-crash", test_person_after_a_crash);
  LM_TEST_WORKSPACE_ADD ("/parts/guide-after-a-crash", test_guide_after_a_crash);
  LM_TEST_WORKSPACE_ADD ("/parts/two-pages", test_two_pages);
  return g_test_run ();
}
