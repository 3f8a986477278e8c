/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "journal/lm-store-error.h"
#include "ui/lm-toast.h"
#include "ui/lm-window.h"
#include "workspace/lm-error-text.h"

/* Short messages that go by themselves. A toast has one line for its title and cuts off what does
 * not fit; here a narrow window gets as many lines as the sentence needs. */

/* What a toast has around its title: margins, paddings, and what closes it. */
#define AROUND 104
/* What a button has around its label. */
#define AROUND_BUTTON 48
/* Of a line beside a button; with less the button goes below. */
#define LEAST_CHARACTERS 18
/* A longer line is hard to follow. */
#define MOST_CHARACTERS 60

/* In pixels, as a toast shows its title. */
static int
width_of (GtkWidget *widget, const char *text)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, text);
  g_autoptr (PangoAttrList) bold = pango_attr_list_new ();
  int width;

  pango_attr_list_insert (bold, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, bold);
  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

/* How many characters fit into @room pixels, as GtkLabel counts them. */
static int
characters_in (GtkWidget *widget, int room)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  g_autoptr (PangoFontDescription) font =
      pango_font_description_copy (pango_context_get_font_description (context));
  PangoFontMetrics *metrics;
  int width;

  pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  metrics = pango_context_get_metrics (context, font, pango_context_get_language (context));
  width = MAX (pango_font_metrics_get_approximate_char_width (metrics),
               pango_font_metrics_get_approximate_digit_width (metrics));
  pango_font_metrics_unref (metrics);
  return CLAMP (room * PANGO_SCALE / MAX (width, 1), 1, MOST_CHARACTERS);
}

static GtkWidget *
wrapped_label (const char *text, int characters)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  /* The overlay gives a toast the height that it has with the width it likes best. */
  gtk_label_set_max_width_chars (GTK_LABEL (label), characters);
  gtk_widget_set_margin_top (label, 6);
  gtk_widget_set_margin_bottom (label, 6);
  gtk_widget_add_css_class (label, "heading");
  return label;
}

static void
clicked_cb (GtkButton *button, AdwToast *toast)
{
  g_signal_emit_by_name (toast, "button-clicked");
  adw_toast_dismiss (toast);
}

/* The toast's button below @label, in the place of the one beside it. */
static GtkWidget *
with_button (GtkWidget *label, AdwToast *toast)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *button = gtk_button_new_with_mnemonic (adw_toast_get_button_label (toast));
  GtkWidget *inside = gtk_button_get_child (GTK_BUTTON (button));

  if (GTK_IS_LABEL (inside))
    gtk_label_set_ellipsize (GTK_LABEL (inside), PANGO_ELLIPSIZE_END);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_margin_bottom (button, 6);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button),
                                          adw_toast_get_action_target_value (toast));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), adw_toast_get_action_name (toast));
  g_signal_connect_object (button, "clicked", G_CALLBACK (clicked_cb), toast, G_CONNECT_DEFAULT);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), button);
  adw_toast_set_button_label (toast, NULL);
  return box;
}

/* Breaks the title into lines if it does not fit into one. */
static void
fit (GtkWidget *overlay, AdwToast *toast)
{
  g_autofree char *title = g_strdup (adw_toast_get_title (toast));
  const char *button = adw_toast_get_button_label (toast);
  int room = gtk_widget_get_width (overlay) - AROUND;
  int beside = button != NULL ? room - width_of (overlay, button) - AROUND_BUTTON : room;
  gboolean below = button != NULL && characters_in (overlay, beside) < LEAST_CHARACTERS;
  GtkWidget *label;

  if (adw_toast_get_custom_title (toast) != NULL || title == NULL || room <= 0 ||
      width_of (overlay, title) <= beside)
    return;
  label = wrapped_label (title, characters_in (overlay, below ? room : beside));
  adw_toast_set_custom_title (toast, below ? with_button (label, toast) : label);
}

/* Shows a toast in @overlay; takes @toast, whose words are words and no markup. */
void
lm_toast_add (AdwToastOverlay *overlay, AdwToast *toast)
{
  adw_toast_set_use_markup (toast, FALSE);
  fit (GTK_WIDGET (overlay), toast);
  adw_toast_overlay_add_toast (overlay, toast);
}

/* Returns: (transfer none) (nullable): where @widget is, that of a dialog or the window's. A dialog
 *   that was closed meanwhile may still have something to tell: then the window's. */
static AdwToastOverlay *
find_overlay (GtkWidget *widget)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  GtkRoot *root = gtk_widget_get_root (widget);

  if (root != NULL && overlay != NULL)
    return ADW_TOAST_OVERLAY (overlay);
  if (root == NULL)
    root = GTK_ROOT (lm_window_find (LM_APPLICATION (g_application_get_default ())));
  return LM_IS_WINDOW (root) ? lm_window_get_toasts (LM_WINDOW (root)) : NULL;
}

/* Shows a toast where @widget is, in a dialog or the window; takes @toast. */
void
lm_toast (GtkWidget *widget, AdwToast *toast)
{
  AdwToastOverlay *overlay = find_overlay (widget);

  if (overlay != NULL)
    lm_toast_add (overlay, toast);
  else
    g_object_unref (g_object_ref_sink (toast));
}

/* Shows what went wrong, until somebody closes it. */
void
lm_toast_error (GtkWidget *widget, const GError *error)
{
  AdwToastOverlay *overlay = find_overlay (widget);
  g_autofree char *text = lm_error_text (error);
  GString *words = g_string_new (text);
  int width = overlay != NULL ? gtk_widget_get_width (GTK_WIDGET (overlay)) : 0;
  AdwToast *toast;

  /* These messages name the file. */
  if (error->domain == LM_STORE_ERROR)
    g_string_append_printf (words, "\n%s", error->message);
  toast = adw_toast_new ("");
  adw_toast_set_custom_title (
      toast,
      wrapped_label (words->str,
                     width > AROUND ? characters_in (widget, width - AROUND) : MOST_CHARACTERS));
  adw_toast_set_timeout (toast, 0);
  g_string_free (words, TRUE);
  lm_toast (widget, toast);
}
