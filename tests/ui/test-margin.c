/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>

#include "lm-test-faults.h"
#include "lm-test-workspace.h"
#include "ui/journal/lm-margin.h"
#include "ui/widgets/lm-text-area.h"
#include "workspace/lm-workspace-drafts.h"

/* A note in the margin that could not be saved yet, as its page has it. */

typedef struct
{
  LmTestWorkspace base;
  LmEntry *entry;
  GtkWidget *window;
  LmMargin *margin;
} Test;

static void
set_up (Test *test, gconstpointer data)
{
  GtkWidget *overlay = adw_toast_overlay_new ();

  lm_test_workspace_set_up (&test->base, data);
  test->entry = lm_test_write_entry (test->base.workspace, "Twenty-six ducks.");
  test->margin = g_object_new (LM_TYPE_MARGIN, NULL);
  lm_margin_show (test->margin, test->base.workspace, test->entry);
  test->window = gtk_window_new ();
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), GTK_WIDGET (test->margin));
  gtk_window_set_child (GTK_WINDOW (test->window), overlay);
  gtk_window_present (GTK_WINDOW (test->window));
}

static void
tear_down (Test *test, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  gtk_window_destroy (GTK_WINDOW (test->window));
  error = lm_test_workspace_close (&test->base);
  g_assert_no_error (error);
  /* Not waiting for who has it last: a toast lives on a while. */
  g_object_unref (test->base.workspace);
  g_object_unref (test->base.settings);
  lm_clock_unref (test->base.clock);
  g_free (test->base.path);
}

typedef gboolean (*Matches) (GtkWidget *widget, gconstpointer data);

/* Returns: (transfer none) (nullable): the first one under @widget that shows and is meant */
static GtkWidget *
find (GtkWidget *widget, Matches matches, gconstpointer data)
{
  GtkWidget *found = gtk_widget_get_visible (widget) && matches (widget, data) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, matches, data);
  return found;
}

static gboolean
is_button (GtkWidget *widget, gconstpointer label)
{
  const char *text = GTK_IS_BUTTON (widget) ? gtk_button_get_label (GTK_BUTTON (widget)) : NULL;

  if (text == NULL && GTK_IS_BUTTON (widget))
    text = gtk_widget_get_tooltip_text (widget);
  return text != NULL && g_str_has_prefix (text, label);
}

static gboolean
is_area (GtkWidget *widget, gconstpointer data)
{
  return LM_IS_TEXT_AREA (widget);
}

static void
press (Test *test, const char *label)
{
  GtkWidget *button = NULL;

  lm_test_until ((button = find (test->window, is_button, label)) != NULL);
  g_signal_emit_by_name (button, "clicked");
}

static void
write_note (Test *test, const char *text)
{
  lm_margin_begin (test->margin);
  lm_text_area_set_text (LM_TEXT_AREA (find (test->window, is_area, NULL)), text);
  press (test, "_Done");
}

/* What is kept of the entry's notes, in memory or on the disk. */
static char *
note_of (Test *test)
{
  g_autoptr (LmContent) unsaved =
      lm_workspace_get_unsaved (test->base.workspace, lm_entry_get_id (test->entry));
  g_autoptr (LmContent) saved = lm_record_content (lm_entry_get_record (test->entry));
  LmContent *content = unsaved != NULL ? unsaved : saved;
  const char *created;

  return lm_content_n_notes (content) > 0 ? g_strdup (lm_content_get_note (content, 0, &created))
                                          : NULL;
}

/* Whether the note of the only entry is @text in the journal. */
static gboolean
is_saved (Test *test, const char *text)
{
  LmEntry *entry = lm_test_only (lm_workspace_get_entries (test->base.workspace));
  g_autoptr (LmContent) content = lm_record_content (lm_entry_get_record (entry));
  const char *created;
  const char *note =
      lm_content_n_notes (content) > 0 ? lm_content_get_note (content, 0, &created) : NULL;

  return g_strcmp0 (note, text) == 0;
}

static void
assert_note (Test *test, const char *text)
{
  g_autofree char *note = note_of (test);

  g_assert_cmpstr (note, ==, text);
  g_assert_true ((find (test->window, is_button, "Remove the note") != NULL) == (text != NULL));
}

/* A note that no disk took is removed: Undo brings it back, and it is saved when there is room. */
static void
test_undo (Test *test, gconstpointer data)
{
  lm_fault_set_always (LM_FAULT_FSYNC, ENOSPC);
  write_note (test, "I was six.");
  assert_note (test, "I was six.");
  press (test, "Remove the note");
  assert_note (test, NULL);
  press (test, "_Undo");
  assert_note (test, "I was six.");
  lm_test_until (lm_fault_is_reached ());
  lm_fault_clear ();
  lm_workspace_flush (test->base.workspace); /* it would by itself, after a while */
  lm_test_until (is_saved (test, "I was six."));
}

/* Its page is gone by then. */
static void
test_undo_elsewhere (Test *test, gconstpointer data)
{
  GtkWidget *overlay;

  write_note (test, "I was six.");
  press (test, "Remove the note");
  overlay = gtk_window_get_child (GTK_WINDOW (test->window));
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), NULL);
  press (test, "_Undo");
  lm_test_until (is_saved (test, "I was six."));
}

/* Removed for good: it does not come back with what was still on its way. */
static void
test_removed (Test *test, gconstpointer data)
{
  write_note (test, "I was six.");
  press (test, "Remove the note");
  lm_workspace_lock (test->base.workspace);
  lm_test_until (!lm_workspace_is_settling (test->base.workspace));
  lm_test_workspace_unlock (&test->base);
  g_assert_true (is_saved (test, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  adw_init ();
#define ADD(name, function) g_test_add ("/margin/" name, Test, NULL, set_up, function, tear_down)
  ADD ("undo", test_undo);
  ADD ("undo-elsewhere", test_undo_elsewhere);
  ADD ("removed", test_removed);
#undef ADD
  return g_test_run ();
}
