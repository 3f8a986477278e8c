/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>

#include "lm-test-faults.h"
#include "lm-test-workspace.h"
#include "ui/guide/lm-guide-editor.h"
#include "ui/people/lm-person-page.h"
#include "ui/widgets/lm-text-area.h"
#include "workspace/lm-own-guides.h"

/* What the page of a person and that of an own guide say when a disk takes nothing, and that
 * nothing of what was typed there is lost. */

#define FULL "The disk is full. Make some room; then it is saved by itself."

typedef struct
{
  LmTestWorkspace base;
  LmLibrary *library;
  GtkWidget *window;
} Test;

static void
set_up (Test *test, gconstpointer data)
{
  lm_test_workspace_set_up (&test->base, data);
  test->library = lm_library_new ((const char *const[]) { NULL }, NULL);
}

static void
tear_down (Test *test, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  if (test->window != NULL)
    gtk_window_destroy (GTK_WINDOW (test->window));
  error = lm_test_workspace_close (&test->base);
  g_assert_no_error (error);
  g_object_unref (test->library);
  /* Not waiting for who has it last: a page lives on a while. */
  g_object_unref (test->base.workspace);
  g_object_unref (test->base.settings);
  lm_clock_unref (test->base.clock);
  g_free (test->base.path);
}

static void
show (Test *test, AdwNavigationPage *page)
{
  GtkWidget *view = adw_navigation_view_new ();

  adw_navigation_view_add (ADW_NAVIGATION_VIEW (view), page);
  test->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (test->window), view);
  gtk_window_present (GTK_WINDOW (test->window));
}

static void
hide (Test *test)
{
  gtk_window_destroy (GTK_WINDOW (test->window));
  test->window = NULL;
}

static GtkWidget *
find (GtkWidget *widget, GType type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (widget, type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, type);
  return found;
}

static const char *
problem (Test *test)
{
  AdwBanner *banner = ADW_BANNER (find (test->window, ADW_TYPE_BANNER));

  return adw_banner_get_revealed (banner) ? adw_banner_get_title (banner) : "";
}

static void
wait_for_words (Test *test, const char *words)
{
  lm_workspace_flush (test->base.workspace); /* it would by itself, after a while */
  lm_test_until (g_str_equal (problem (test), words));
}

/* Each place that may be left for the text, one after the other, and then room again. @change types
 * something with the number @n on the page. */
static void
go_through (Test *test, void (*change) (Test *test, guint n))
{
  g_autoptr (GError) error = NULL;

  lm_fault_set_always (LM_FAULT_FSYNC, ENOSPC);
  change (test, 1);
  wait_for_words (test, "Not saved. " FULL);
  /* Ending the program asks first. */
  error = lm_test_workspace_close (&test->base);
  g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_NO_SPACE);
  lm_fault_clear ();

  lm_fault_set_outside (g_get_user_runtime_dir (), ENOSPC);
  change (test, 2);
  wait_for_words (test, "Not saved. The text is kept until you log out, no longer. " FULL);
  lm_fault_clear ();

  lm_fault_set_always (LM_FAULT_RENAMEAT2, ENOSPC); /* in the journal's folder alone */
  change (test, 3);
  wait_for_words (test, "Not saved, but kept as a draft on this computer. " FULL);
  g_assert_cmpuint (lm_test_count_drafts (), ==, 1);
  lm_fault_clear ();

  wait_for_words (test, "");
  lm_test_until (lm_test_count_drafts () == 0);
}

/* A person ---------------------------------------------------------------------------------- */

static void
note_person (Test *test, guint n)
{
  g_autofree char *text = g_strdup_printf ("Rings on Sundays, %u", n);

  lm_text_area_set_text (LM_TEXT_AREA (find (test->window, LM_TYPE_TEXT_AREA)), text);
}

static char *
note_of (LmEntry *person)
{
  g_autoptr (LmContent) content = lm_record_content (lm_entry_get_record (person));

  g_assert_cmpstr (lm_content_get_string (content, "name"), ==, "Mum");
  return g_strdup (lm_content_get_string (content, "note"));
}

static void
test_person (Test *test, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *note = NULL;
  LmEntry *person;

  lm_workspace_add_person_async (test->base.workspace, "Mum", "then", lm_test_take_result, &result);
  lm_test_wait (result);
  person = lm_workspace_add_person_finish (test->base.workspace, result, NULL);
  show (test, lm_person_page_new (test->base.workspace, person));
  go_through (test, note_person);
  note = note_of (person);
  g_assert_cmpstr (note, ==, "Rings on Sundays, 3");
}

/* Left while the disk is full, and come back to: the text is there, with the words. */
static void
test_person_come_back_to (Test *test, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *text = NULL, *note = NULL;
  LmEntry *person;

  lm_workspace_add_person_async (test->base.workspace, "Mum", "then", lm_test_take_result, &result);
  lm_test_wait (result);
  person = lm_workspace_add_person_finish (test->base.workspace, result, NULL);
  show (test, lm_person_page_new (test->base.workspace, person));
  lm_fault_set_always (LM_FAULT_FSYNC, ENOSPC);
  note_person (test, 1);
  wait_for_words (test, "Not saved. " FULL);
  hide (test);
  show (test, lm_person_page_new (test->base.workspace, person));
  text = lm_text_area_get_text (LM_TEXT_AREA (find (test->window, LM_TYPE_TEXT_AREA)));
  g_assert_cmpstr (text, ==, "Rings on Sundays, 1");
  g_assert_cmpstr (problem (test), ==, "Not saved. " FULL);
  lm_fault_clear ();
  wait_for_words (test, "");
  note = note_of (person);
  g_assert_cmpstr (note, ==, "Rings on Sundays, 1");
}

/* An own guide -------------------------------------------------------------------------------- */

static void
name_guide (Test *test, guint n)
{
  g_autofree char *text = g_strdup_printf ("Evenings %u", n);

  gtk_editable_set_text (GTK_EDITABLE (find (test->window, ADW_TYPE_ENTRY_ROW)), text);
}

static void
test_guide (Test *test, gconstpointer data)
{
  g_autoptr (JsonObject) json = lm_own_guide_new_json (), known = NULL;
  LmId id = lm_id_new_random ();
  gboolean unfinished;

  show (test, lm_guide_editor_new (test->base.workspace, test->library, &id, json));
  go_through (test, name_guide);
  known =
      lm_workspace_get_own_guide (lm_test_only (lm_workspace_get_own_guides (test->base.workspace)),
                                  &unfinished);
  g_assert_cmpstr (json_object_get_string_member (known, "title"), ==, "Evenings 3");
}

int
main (int argc, char **argv)
{
  /* In the folders of the desktop made for it: what is drawn needs what is installed. */
  g_test_init (&argc, &argv, NULL);
  lm_hardening_apply ();
  adw_init ();
#define ADD(name, function) g_test_add ("/full-disk/" name, Test, NULL, set_up, function, tear_down)
  ADD ("person", test_person);
  ADD ("person-come-back-to", test_person_come_back_to);
  ADD ("guide", test_guide);
#undef ADD
  return g_test_run ();
}
