/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "lm-test-workspace.h"
#include "ui/lm-toast.h"

/* Toasts in windows as narrow as a telephone, and with large text: all of the sentence is there. */

typedef struct
{
  GtkWidget *window;
  AdwToastOverlay *overlay;
  guint clicked;
  guint dismissed;
} Test;

static const char *const texts[] = {
  "Moved to the trash",
  "Kept. You can go on from Today.",
  "This entry was changed by another program meanwhile. Both texts are kept.",
  "What you wrote last could not be saved yet. It waits behind the lock, in memory only. Open the "
  "journal again before you switch the computer off.",
  "Tom & Ann <b>are words, not markup",
};

static void
set_up (Test *test, gconstpointer data)
{
  test->overlay = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  test->window = gtk_window_new ();
  adw_toast_overlay_set_child (test->overlay, gtk_label_new ("Below."));
  gtk_window_set_child (GTK_WINDOW (test->window), GTK_WIDGET (test->overlay));
  gtk_window_set_decorated (GTK_WINDOW (test->window), FALSE);
}

static void
tear_down (Test *test, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (test->window));
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * PANGO_SCALE, NULL);
}

static void
show (Test *test, int width, double scale)
{
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", (int) (96 * PANGO_SCALE * scale), NULL);
  gtk_widget_set_size_request (GTK_WIDGET (test->overlay), width, 600);
  gtk_window_set_default_size (GTK_WINDOW (test->window), width, 600);
  gtk_window_present (GTK_WINDOW (test->window));
  lm_test_until (gtk_widget_get_width (GTK_WIDGET (test->overlay)) == width);
}

static void
clicked_cb (AdwToast *toast, Test *test)
{
  test->clicked++;
}

static void
dismissed_cb (AdwToast *toast, Test *test)
{
  test->dismissed++;
}

static AdwToast *
add (Test *test, const char *text, const char *button)
{
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_button_label (toast, button);
  g_signal_connect (toast, "button-clicked", G_CALLBACK (clicked_cb), test);
  g_signal_connect (toast, "dismissed", G_CALLBACK (dismissed_cb), test);
  lm_toast_add (test->overlay, g_object_ref (toast));
  return toast;
}

typedef gboolean (*Matches) (GtkWidget *widget, const char *text);

/* Returns: (transfer none) (nullable): the first one under @widget that shows and is meant */
static GtkWidget *
find (GtkWidget *widget, Matches matches, const char *text)
{
  GtkWidget *found = gtk_widget_get_mapped (widget) && matches (widget, text) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, matches, text);
  return found;
}

static gboolean
is_label (GtkWidget *widget, const char *text)
{
  return GTK_IS_LABEL (widget) && g_strcmp0 (gtk_label_get_text (GTK_LABEL (widget)), text) == 0;
}

static gboolean
is_button (GtkWidget *widget, const char *text)
{
  return GTK_IS_BUTTON (widget) && find (widget, is_label, text) != NULL;
}

/* Nothing of the words is cut off, nor beside the overlay. */
static void
assert_whole (Test *test, const char *text)
{
  GtkWidget *overlay = GTK_WIDGET (test->overlay), *label = NULL;
  graphene_rect_t bounds;
  PangoLayout *layout;
  int width, height;

  lm_test_until ((label = find (overlay, is_label, text)) != NULL &&
                 gtk_widget_get_height (label) > 0);
  layout = gtk_label_get_layout (GTK_LABEL (label));
  pango_layout_get_pixel_size (layout, &width, &height);
  g_assert_false (pango_layout_is_ellipsized (layout));
  g_assert_cmpint (gtk_widget_get_width (label), >=, width);
  g_assert_cmpint (gtk_widget_get_height (label), >=, height);
  g_assert_true (gtk_widget_compute_bounds (label, overlay, &bounds));
  g_assert_cmpfloat (bounds.origin.x, >=, 0);
  g_assert_cmpfloat (bounds.origin.x + bounds.size.width, <=, gtk_widget_get_width (overlay));
}

static void
test_whole (Test *test, gconstpointer data)
{
  static const char *const buttons[] = { NULL, "_Undo", "A feeling in the body" };
  static const int widths[] = { 360, 520, 1000 };

  for (guint w = 0; w < G_N_ELEMENTS (widths); w++)
    for (guint large = 0; large < 3; large++)
      {
        show (test, widths[w], 1 + large * 0.5);
        for (guint b = 0; b < G_N_ELEMENTS (buttons); b++)
          for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
            {
              g_autoptr (AdwToast) toast = add (test, texts[i], buttons[b]);

              assert_whole (test, texts[i]);
              if (buttons[b] != NULL)
                g_assert_nonnull (find (GTK_WIDGET (test->overlay),
                                        is_button,
                                        buttons[b] + (buttons[b][0] == '_' ? 1 : 0)));
              adw_toast_dismiss (toast);
              lm_test_until (find (GTK_WIDGET (test->overlay), is_label, texts[i]) == NULL);
            }
      }
}

/* The button below the words does what the one beside them does. */
static void
test_button_below (Test *test, gconstpointer data)
{
  g_autoptr (AdwToast) toast = NULL;
  GtkWidget *button = NULL, *words = NULL;
  graphene_rect_t above, below;

  show (test, 360, 1);
  toast = add (test, texts[1], "A feeling in the body");
  lm_test_until ((button = find (GTK_WIDGET (test->overlay), is_button, "A feeling in the body")) !=
                     NULL &&
                 (words = find (GTK_WIDGET (test->overlay), is_label, texts[1])) != NULL &&
                 gtk_widget_get_height (button) > 0);
  g_assert_true (gtk_widget_compute_bounds (words, GTK_WIDGET (test->overlay), &above));
  g_assert_true (gtk_widget_compute_bounds (button, GTK_WIDGET (test->overlay), &below));
  g_assert_cmpfloat (below.origin.y, >=, above.origin.y + above.size.height);
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpuint (test->clicked, ==, 1);
  g_assert_cmpuint (test->dismissed, ==, 1);
}

/* Where there is room a toast is as libadwaita makes it. */
static void
test_room (Test *test, gconstpointer data)
{
  g_autoptr (AdwToast) toast = NULL;

  show (test, 1000, 1);
  toast = add (test, texts[1], "A feeling in the body");
  g_assert_null (adw_toast_get_custom_title (toast));
  g_assert_cmpstr (adw_toast_get_button_label (toast), ==, "A feeling in the body");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  g_test_add ("/ui/toast/whole", Test, NULL, set_up, test_whole, tear_down);
  g_test_add ("/ui/toast/button-below", Test, NULL, set_up, test_button_below, tear_down);
  g_test_add ("/ui/toast/room", Test, NULL, set_up, test_room, tear_down);
  return g_test_run ();
}
