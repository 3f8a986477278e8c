/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "lm-test-workspace.h"
#include "ui/guide/lm-element-picker.h"
#include "ui/widgets/lm-text-area.h"

/* A text area on a page is as high as its text: all of it can be read, and the cursor is in sight.
 */

#define LINE "She stood at the window and did not turn round when I came in.\n"

typedef struct
{
  GtkWidget *window;
  GtkWidget *scrolled;
  GtkWidget *box;
} Test;

static void
set_up (Test *test, gconstpointer data)
{
  test->window = gtk_window_new ();
  test->scrolled = gtk_scrolled_window_new ();
  test->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (test->scrolled),
                                  GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (test->scrolled), test->box);
  gtk_window_set_child (GTK_WINDOW (test->window), test->scrolled);
  gtk_window_set_default_size (GTK_WINDOW (test->window), 360, 400);
}

static void
tear_down (Test *test, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (test->window));
}

static GtkTextView *
find_view (GtkWidget *widget)
{
  GtkTextView *found = GTK_IS_TEXT_VIEW (widget) ? GTK_TEXT_VIEW (widget) : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_view (child);
  return found;
}

static void
show (Test *test, GtkWidget *widget)
{
  gtk_box_append (GTK_BOX (test->box), widget);
  gtk_window_present (GTK_WINDOW (test->window));
}

/* Whether the last line of the text is inside of @view. */
static gboolean
shows_all (GtkTextView *view)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GdkRectangle place;
  GtkTextIter end;
  int x, y;

  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_view_get_iter_location (view, &end, &place);
  gtk_text_view_buffer_to_window_coords (view,
                                         GTK_TEXT_WINDOW_WIDGET,
                                         place.x,
                                         place.y + place.height,
                                         &x,
                                         &y);
  return place.height > 0 && place.y + place.height > 100 &&
         place.y + place.height <= gtk_widget_get_height (GTK_WIDGET (view)) && y > 0;
}

static char *
long_text (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 12; i++)
    g_string_append (text, LINE);
  g_string_append (text, "The end.");
  return g_strdup (text->str);
}

/* Come back to: what was written before shows, all of it. */
static void
test_come_back_to (Test *test, gconstpointer data)
{
  GtkWidget *area = lm_text_area_new ();
  g_autofree char *text = long_text ();

  gtk_widget_set_size_request (area, -1, 120);
  lm_text_area_set_text (LM_TEXT_AREA (area), text);
  show (test, area);
  lm_test_until (shows_all (GTK_TEXT_VIEW (area)));
}

/* Whether the cursor is inside of the window. */
static gboolean
cursor_is_in_sight (Test *test, GtkTextView *view)
{
  GdkRectangle place;
  graphene_point_t at;
  int x, y;

  gtk_text_view_get_cursor_locations (view, NULL, &place, NULL);
  gtk_text_view_buffer_to_window_coords (view,
                                         GTK_TEXT_WINDOW_WIDGET,
                                         place.x,
                                         place.y + place.height,
                                         &x,
                                         &y);
  return gtk_widget_compute_point (GTK_WIDGET (view),
                                   test->scrolled,
                                   &GRAPHENE_POINT_INIT ((float) x, (float) y),
                                   &at) &&
         at.y > 0 && at.y <= (float) gtk_widget_get_height (test->scrolled);
}

/* Written on: it grows, and what is typed is in sight. */
static void
test_written_on (Test *test, gconstpointer data)
{
  GtkWidget *area = lm_text_area_new ();
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (area));
  int before;

  gtk_widget_set_size_request (area, -1, 120);
  show (test, area);
  gtk_widget_grab_focus (area);
  lm_test_until (gtk_widget_get_height (area) > 0);
  before = gtk_widget_get_height (area);
  for (guint i = 0; i < 30; i++)
    {
      gtk_text_buffer_insert_at_cursor (buffer, LINE, -1);
      lm_test_turn (g_get_monotonic_time (), "a line");
    }
  lm_test_until (shows_all (GTK_TEXT_VIEW (area)));
  g_assert_cmpint (gtk_widget_get_height (area), >, before);
  lm_test_until (cursor_is_in_sight (test, GTK_TEXT_VIEW (area)));
}

/* A dream, to select words in: not a line without height. */
static void
test_elements (Test *test, gconstpointer data)
{
  g_autofree char *text = long_text ();
  g_autoptr (GSettings) settings = lm_settings_new (TRUE);
  g_autoptr (LmClock) clock = lm_clock_new_system ();
  g_autoptr (LmWorkspace) workspace = lm_workspace_new (settings, clock);
  GtkWidget *picker = lm_element_picker_new (workspace, text, NULL);

  show (test, picker);
  lm_test_until (shows_all (find_view (picker)));
}

int
main (int argc, char **argv)
{
  /* In the folders of the desktop made for it: what is drawn needs what is installed. */
  g_test_init (&argc, &argv, NULL);
  lm_hardening_apply ();
  adw_init ();
#define ADD(name, function) g_test_add ("/text-area/" name, Test, NULL, set_up, function, tear_down)
  ADD ("come-back-to", test_come_back_to);
  ADD ("written-on", test_written_on);
  ADD ("elements", test_elements);
#undef ADD
  return g_test_run ();
}
