/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "lm-test-workspace.h"
#include "ui/journal/lm-entry-row.h"
#include "ui/journal/lm-journal-page.h"
#include "ui/people/lm-people-page.h"
#include "workspace/lm-workspace-people.h"

/* Long lists: what somebody reads stays where it is on the screen when something comes or goes
 * above it. */

#define ROWS   40
#define FRAMES 5 /* until all is laid out */
#define FAR    900

static GtkWidget *
find (GtkWidget *widget, GType type)
{
  GtkWidget *found = g_type_is_a (G_OBJECT_TYPE (widget), type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, type);
  return found;
}

static gboolean
count_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  return --*(guint *) data > 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
settle (GtkWidget *window)
{
  guint left = FRAMES;

  gtk_widget_add_tick_callback (window, count_frame, &left, NULL);
  lm_test_until (left == 0);
}

static GtkWidget *
show (AdwNavigationPage *page)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), 500, 600);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (page));
  gtk_window_present (GTK_WINDOW (window));
  settle (window);
  return window;
}

static GtkAdjustment *
adjustment_of (GtkWidget *list)
{
  return gtk_scrolled_window_get_vadjustment (
      GTK_SCROLLED_WINDOW (gtk_widget_get_ancestor (list, GTK_TYPE_SCROLLED_WINDOW)));
}

/* Scrolls far down. */
static void
go_down (GtkWidget *window, GtkWidget *list)
{
  gtk_adjustment_set_value (adjustment_of (list), FAR);
  settle (window);
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment_of (list)), >, FAR / 2);
}

/* Where @widget is in @window; NAN if it is not. */
static float
top_of (GtkWidget *widget, GtkWidget *window)
{
  graphene_rect_t bounds;

  return gtk_widget_get_mapped (widget) && gtk_widget_compute_bounds (widget, window, &bounds)
             ? bounds.origin.y
             : NAN;
}

/* The row with @entry, or, with %NULL, the first whole row that is to be seen. */
static GtkWidget *
row_of (GtkWidget *list, GtkWidget *window, LmEntry *entry)
{
  float above = top_of (gtk_widget_get_ancestor (list, GTK_TYPE_SCROLLED_WINDOW), window);

  for (GtkWidget *child = gtk_widget_get_first_child (list); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *row = find (child, LM_TYPE_ENTRY_ROW);

      if (row == NULL || lm_entry_row_get_entry (LM_ENTRY_ROW (row)) == NULL)
        continue;
      if (entry != NULL ? lm_entry_row_get_entry (LM_ENTRY_ROW (row)) == entry
                        : top_of (row, window) >= above)
        return row;
    }
  return NULL;
}

static void
assert_stays (GtkWidget *list, GtkWidget *window, LmEntry *entry, float top)
{
  GtkWidget *row;

  settle (window);
  row = row_of (list, window, entry);
  g_assert_nonnull (row);
  g_assert_cmpfloat_with_epsilon (top_of (row, window), top, 2);
}

/* Each a minute after the one before. */
static LmEntry *
write_next (LmTestWorkspace *test, guint minute)
{
  g_autoptr (GDateTime) now = lm_clock_now (test->clock);
  g_autoptr (GDateTime) then = g_date_time_add_minutes (now, 1);
  g_autofree char *text = g_strdup_printf ("rain %u, and after it more of the same", minute);

  lm_clock_set (test->clock, then);
  return lm_test_write_entry (test->workspace, text);
}

/* Moves them to the trash, all in one turn of the main loop. */
static void
go (LmTestWorkspace *test, LmEntry **entries, guint n)
{
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    {
      GAsyncResult *result = NULL;

      lm_workspace_set_deleted_async (test->workspace,
                                      entries[i],
                                      TRUE,
                                      lm_test_take_result,
                                      &result);
      lm_test_wait (result);
      g_ptr_array_add (results, result);
    }
  for (guint i = 0; i < n; i++)
    g_assert_true (lm_workspace_set_deleted_finish (test->workspace, results->pdata[i], NULL));
}

static guint
count (GtkWidget *list)
{
  return g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list))));
}

static void
test_entries (LmTestWorkspace *test, gconstpointer data)
{
  GListModel *entries = lm_workspace_get_entries (test->workspace);
  guint before = g_list_model_get_n_items (entries);
  GtkWidget *window, *list, *search;
  LmEntry *written[ROWS], *seen;
  float top;

  for (guint i = 0; i < ROWS; i++)
    written[i] = write_next (test, i);
  window = show (ADW_NAVIGATION_PAGE (lm_journal_page_new (test->workspace)));
  list = find (window, GTK_TYPE_LIST_VIEW);
  settle (window);

  /* The timeline. */
  go_down (window, list);
  seen = lm_entry_row_get_entry (LM_ENTRY_ROW (row_of (list, window, NULL)));
  top = top_of (row_of (list, window, seen), window);
  write_next (test, ROWS);
  assert_stays (list, window, seen, top);

  /* What was found. */
  lm_journal_page_find (LM_JOURNAL_PAGE (gtk_widget_get_ancestor (list, LM_TYPE_JOURNAL_PAGE)));
  search = find (window, GTK_TYPE_SEARCH_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (search), "rain");
  lm_test_until (count (list) == ROWS + 1);
  settle (window);
  settle (window);
  go_down (window, list);
  seen = lm_entry_row_get_entry (LM_ENTRY_ROW (row_of (list, window, NULL)));
  top = top_of (row_of (list, window, seen), window);
  write_next (test, ROWS + 1);
  lm_test_until (count (list) == ROWS + 2);
  assert_stays (list, window, seen, top);
  /* Some go, above and below, while the answer for the first of them is under way. */
  go (test, (LmEntry *[]) { written[0], written[ROWS - 1], written[1] }, 3);
  lm_test_until (count (list) == ROWS - 1);
  assert_stays (list, window, seen, top);
  g_assert_cmpuint (g_list_model_get_n_items (entries), ==, before + ROWS + 2);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_people (LmTestWorkspace *test, gconstpointer data)
{
  GtkWidget *window, *list, *row, *seen = NULL;
  float top, above;

  for (guint i = 0; i < ROWS; i++)
    {
      g_autofree char *name = g_strdup_printf ("Nora %02u", i);

      lm_test_add_person (test, name);
    }
  window = show (lm_people_page_new (test->workspace));
  list = find (window, GTK_TYPE_LIST_BOX);
  go_down (window, list);
  above = top_of (gtk_widget_get_ancestor (list, GTK_TYPE_SCROLLED_WINDOW), window);
  for (row = gtk_widget_get_first_child (list); seen == NULL;
       row = gtk_widget_get_next_sibling (row))
    if (top_of (row, window) >= above)
      seen = row;
  top = top_of (seen, window);
  lm_test_add_person (test, "Anna");
  settle (window);
  g_assert_cmpfloat_with_epsilon (top_of (seen, window), top, 2);
  /* Below nothing moves either. */
  lm_test_add_person (test, "Zoe");
  settle (window);
  g_assert_cmpfloat_with_epsilon (top_of (seen, window), top, 2);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  /* In the folders of the desktop made for it: what is drawn needs what is installed. */
  g_test_init (&argc, &argv, NULL);
  lm_hardening_apply ();
  adw_init ();
  LM_TEST_WORKSPACE_ADD ("/places/entries", test_entries);
  LM_TEST_WORKSPACE_ADD ("/places/people", test_people);
  return g_test_run ();
}
