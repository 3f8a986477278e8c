/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "base/lm-text.h"
#include "ui/attachments/lm-image-viewer.h"
#include "ui/attachments/lm-image.h"
#include "workspace/lm-error-text.h"

/* No other program is asked to show an image: it would need a file that is not encrypted. */

#define SIDE_MAX 6000
#define ZOOM_MAX 8.0
#define ZOOM_MIN 0.05
#define STEP     1.25

struct _LmImageViewer
{
  AdwNavigationPage parent_instance;

  GtkScrolledWindow *scrolled;
  GtkPicture *picture;
  GtkLabel *caption;
  GtkWidget *spinner;
  GtkWidget *previous;
  GtkWidget *next;

  LmWorkspace *workspace;
  GPtrArray *images; /* of LmAttachment */
  guint place;
  double zoom; /* 0 to fit */
  double pinch_begin;
  GCancellable *loading;
};

G_DEFINE_FINAL_TYPE (LmImageViewer, lm_image_viewer, ADW_TYPE_NAVIGATION_PAGE)

static GdkPaintable *
paintable (LmImageViewer *self)
{
  return gtk_picture_get_paintable (self->picture);
}

/* The zoom at which the whole image is seen. */
static double
fitting (LmImageViewer *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self->scrolled));
  int height = gtk_widget_get_height (GTK_WIDGET (self->scrolled));

  if (paintable (self) == NULL || width <= 0 || height <= 0)
    return 1;
  return MIN (
      1.0,
      MIN ((double) width / MAX (gdk_paintable_get_intrinsic_width (paintable (self)), 1),
           (double) height / MAX (gdk_paintable_get_intrinsic_height (paintable (self)), 1)));
}

static void
set_zoom (LmImageViewer *self, double zoom)
{
  int width = -1, height = -1;

  if (paintable (self) == NULL)
    return;
  self->zoom = zoom > 0 ? CLAMP (zoom, ZOOM_MIN, ZOOM_MAX) : 0;
  if (self->zoom > 0)
    {
      width = (int) (gdk_paintable_get_intrinsic_width (paintable (self)) * self->zoom);
      height = (int) (gdk_paintable_get_intrinsic_height (paintable (self)) * self->zoom);
    }
  gtk_picture_set_content_fit (self->picture,
                               self->zoom > 0 ? GTK_CONTENT_FIT_CONTAIN
                                              : GTK_CONTENT_FIT_SCALE_DOWN);
  gtk_widget_set_size_request (GTK_WIDGET (self->picture), width, height);
  gtk_widget_set_halign (GTK_WIDGET (self->picture),
                         self->zoom > 0 ? GTK_ALIGN_CENTER : GTK_ALIGN_FILL);
  gtk_widget_set_valign (GTK_WIDGET (self->picture),
                         self->zoom > 0 ? GTK_ALIGN_CENTER : GTK_ALIGN_FILL);
  gtk_scrolled_window_set_policy (self->scrolled,
                                  self->zoom > 0 ? GTK_POLICY_AUTOMATIC : GTK_POLICY_NEVER,
                                  self->zoom > 0 ? GTK_POLICY_AUTOMATIC : GTK_POLICY_NEVER);
}

static double
current_zoom (LmImageViewer *self)
{
  return self->zoom > 0 ? self->zoom : fitting (self);
}

/* Showing ---------------------------------------------------------------------------------------
 */

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LmImageViewer) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = lm_image_load_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->loading == NULL)
    return;
  gtk_widget_set_visible (self->spinner, FALSE);
  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
  set_zoom (self, 0);
  if (error != NULL)
    {
      g_autofree char *text = lm_error_text (error);

      gtk_label_set_label (self->caption, text);
    }
}

static void
show_image (LmImageViewer *self, guint place)
{
  const LmAttachment *image = self->images->pdata[place];
  const char *words = lm_text_is_blank (image->description) ? image->name : image->description;

  self->place = place;
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->loading = g_cancellable_new ();
  gtk_widget_set_size_request (GTK_WIDGET (self->picture), -1, -1);
  gtk_picture_set_paintable (self->picture, NULL);
  gtk_picture_set_alternative_text (self->picture, words);
  gtk_label_set_label (self->caption, words);
  gtk_widget_set_sensitive (self->previous, place > 0);
  gtk_widget_set_sensitive (self->next, place + 1 < self->images->len);
  gtk_widget_set_visible (self->spinner, TRUE);
  lm_image_load_async (self->workspace,
                       image,
                       SIDE_MAX,
                       self->loading,
                       loaded_cb,
                       g_object_ref (self));
}

static void
zoom_in (GtkWidget *widget, const char *name, GVariant *parameter)
{
  set_zoom (LM_IMAGE_VIEWER (widget), current_zoom (LM_IMAGE_VIEWER (widget)) * STEP);
}

static void
zoom_out (GtkWidget *widget, const char *name, GVariant *parameter)
{
  set_zoom (LM_IMAGE_VIEWER (widget), current_zoom (LM_IMAGE_VIEWER (widget)) / STEP);
}

static void
zoom_fit (GtkWidget *widget, const char *name, GVariant *parameter)
{
  set_zoom (LM_IMAGE_VIEWER (widget), 0);
}

static void
zoom_whole (GtkWidget *widget, const char *name, GVariant *parameter)
{
  set_zoom (LM_IMAGE_VIEWER (widget), 1);
}

static void
go_previous (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LmImageViewer *self = LM_IMAGE_VIEWER (widget);

  if (self->place > 0)
    show_image (self, self->place - 1);
}

static void
go_next (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LmImageViewer *self = LM_IMAGE_VIEWER (widget);

  if (self->place + 1 < self->images->len)
    show_image (self, self->place + 1);
}

static void
pinch_begin_cb (GtkGesture *gesture, GdkEventSequence *sequence, LmImageViewer *self)
{
  self->pinch_begin = current_zoom (self);
}

static void
pinch_cb (GtkGestureZoom *gesture, double scale, LmImageViewer *self)
{
  set_zoom (self, self->pinch_begin * scale);
}

/* The whole --------------------------------------------------------------------------------------
 */

static void
lm_image_viewer_shown (AdwNavigationPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (LM_IMAGE_VIEWER (page)->scrolled));
}

static void
lm_image_viewer_dispose (GObject *object)
{
  LmImageViewer *self = LM_IMAGE_VIEWER (object);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (lm_image_viewer_parent_class)->dispose (object);
}

static void
lm_image_viewer_finalize (GObject *object)
{
  g_clear_pointer (&LM_IMAGE_VIEWER (object)->images, g_ptr_array_unref);
  G_OBJECT_CLASS (lm_image_viewer_parent_class)->finalize (object);
}

static void
lm_image_viewer_class_init (LmImageViewerClass *klass)
{
  static const struct
  {
    const char *name;
    GtkWidgetActionActivateFunc run;
    guint keys[4];
  } actions[] = {
    { "image.zoom-in", zoom_in, { GDK_KEY_plus, GDK_KEY_KP_Add, GDK_KEY_equal, 0 } },
    { "image.zoom-out", zoom_out, { GDK_KEY_minus, GDK_KEY_KP_Subtract, 0, 0 } },
    { "image.fit", zoom_fit, { GDK_KEY_0, GDK_KEY_KP_0, GDK_KEY_f, 0 } },
    { "image.whole", zoom_whole, { GDK_KEY_1, GDK_KEY_KP_1, 0, 0 } },
    { "image.previous", go_previous, { GDK_KEY_Page_Up, GDK_KEY_p, 0, 0 } },
    { "image.next", go_next, { GDK_KEY_Page_Down, GDK_KEY_n, 0, 0 } },
  };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lm_image_viewer_dispose;
  G_OBJECT_CLASS (klass)->finalize = lm_image_viewer_finalize;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = lm_image_viewer_shown;
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].run);
      for (guint k = 0; actions[i].keys[k] != 0; k++)
        {
          gtk_widget_class_add_binding_action (widget_class,
                                               actions[i].keys[k],
                                               0,
                                               actions[i].name,
                                               NULL);
          gtk_widget_class_add_binding_action (widget_class,
                                               actions[i].keys[k],
                                               GDK_CONTROL_MASK,
                                               actions[i].name,
                                               NULL);
        }
    }
}

static GtkWidget *
make_button (const char *icon, const char *tooltip, const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static void
lm_image_viewer_init (LmImageViewer *self)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *overlay = gtk_overlay_new ();
  GtkGesture *pinch = gtk_gesture_zoom_new ();

  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), _ ("Image"));
  self->scrolled = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  gtk_widget_set_focusable (GTK_WIDGET (self->scrolled), TRUE);
  self->picture = GTK_PICTURE (gtk_picture_new ());
  gtk_scrolled_window_set_child (self->scrolled, GTK_WIDGET (self->picture));
  self->spinner = adw_spinner_new ();
  gtk_widget_set_halign (self->spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (self->spinner, 48, 48);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), GTK_WIDGET (self->scrolled));
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->spinner);

  self->caption = GTK_LABEL (gtk_label_new (""));
  gtk_label_set_wrap (self->caption, TRUE);
  gtk_label_set_wrap_mode (self->caption, PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (GTK_WIDGET (self->caption), TRUE);
  self->previous = make_button ("go-previous-symbolic", _ ("Previous image"), "image.previous");
  self->next = make_button ("go-next-symbolic", _ ("Next image"), "image.next");
  gtk_box_append (GTK_BOX (bar), self->previous);
  gtk_box_append (GTK_BOX (bar), GTK_WIDGET (self->caption));
  gtk_box_append (GTK_BOX (bar), self->next);
  gtk_widget_add_css_class (bar, "toolbar");

  adw_header_bar_set_show_title (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header),
                           make_button ("zoom-in-symbolic", _ ("Larger"), "image.zoom-in"));
  adw_header_bar_pack_end (
      ADW_HEADER_BAR (header),
      make_button ("zoom-fit-best-symbolic", _ ("The whole image"), "image.fit"));
  adw_header_bar_pack_end (ADW_HEADER_BAR (header),
                           make_button ("zoom-out-symbolic", _ ("Smaller"), "image.zoom-out"));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_add_bottom_bar (ADW_TOOLBAR_VIEW (view), bar);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), overlay);
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), view);

  g_signal_connect (pinch, "begin", G_CALLBACK (pinch_begin_cb), self);
  g_signal_connect (pinch, "scale-changed", G_CALLBACK (pinch_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->scrolled), GTK_EVENT_CONTROLLER (pinch));
}

/**
 * lm_image_viewer_new:
 * @attachments: (element-type LmAttachment): of an entry; what is no image is passed over
 * @first: what to begin with
 *
 * Returns: (transfer floating): a page to push
 */
AdwNavigationPage *
lm_image_viewer_new (LmWorkspace *workspace, GPtrArray *attachments, const LmId *first)
{
  LmImageViewer *self = g_object_new (LM_TYPE_IMAGE_VIEWER, NULL);
  guint place = 0;

  self->workspace = g_object_ref (workspace);
  self->images = g_ptr_array_new_with_free_func ((GDestroyNotify) lm_attachment_free);
  for (guint i = 0; i < attachments->len; i++)
    {
      LmAttachment *attachment = attachments->pdata[i];

      if (!lm_attachment_is_image (attachment))
        continue;
      if (lm_id_equal (&attachment->id, first))
        place = self->images->len;
      g_ptr_array_add (self->images, lm_attachment_copy (attachment));
    }
  gtk_widget_set_visible (self->previous, self->images->len > 1);
  gtk_widget_set_visible (self->next, self->images->len > 1);
  show_image (self, place);
  return ADW_NAVIGATION_PAGE (self);
}
