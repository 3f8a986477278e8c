/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "exchange/lm-part-text.h"
#include "ui/map/lm-map-canvas.h"
#include "ui/map/lm-map-draw.h"

#define SIZE_MIN     240
#define SIZE_NATURAL 440
/* A key moves somebody by so many degrees. */
#define TURN 15
/* So far from a name a finger may be. */
#define REACH_X 44
#define REACH_Y 24

struct _LmMapCanvas
{
  GtkWidget parent_instance;

  LmFamilyMap *map;
  double start_x, start_y; /* of what is being dragged */
  gboolean dragging;
};

G_DEFINE_FINAL_TYPE (LmMapCanvas, lm_map_canvas, GTK_TYPE_WIDGET)

static double
side (LmMapCanvas *self)
{
  return MIN (gtk_widget_get_width (GTK_WIDGET (self)), gtk_widget_get_height (GTK_WIDGET (self)));
}

/* Left of the square, where the room is wider than it. */
static double
left (LmMapCanvas *self)
{
  return (gtk_widget_get_width (GTK_WIDGET (self)) - side (self)) / 2;
}

static void
lm_map_canvas_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LmMapCanvas *self = LM_MAP_CANVAS (widget);
  LmMapDrawing drawing = { lm_family_map_get_places (self->map),
                           _ ("Me"),
                           lm_family_map_get_selected (self->map),
                           side (self),
                           1,
                           { { 0 } } };
  AdwStyleManager *style = adw_style_manager_get_for_display (gtk_widget_get_display (widget));
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, NULL);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float) side (self), (float) side (self));
  g_autoptr (GdkRGBA) accent = adw_style_manager_get_accent_color_rgba (style);
  cairo_t *cr;

  gtk_widget_get_color (widget, &drawing.colors.ink);
  drawing.colors.accent = *accent;
  drawing.colors.card = adw_style_manager_get_dark (style) ? (GdkRGBA) { 0.24f, 0.24f, 0.26f, 1 }
                                                           : (GdkRGBA) { 1, 1, 1, 1 };
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) left (self), 0));
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  lm_map_draw (cr, layout, &drawing);
  cairo_destroy (cr);
  gtk_snapshot_restore (snapshot);
}

static void
lm_map_canvas_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  *minimum = SIZE_MIN;
  *natural = SIZE_NATURAL;
  /* As high as it is wide. */
  if (orientation == GTK_ORIENTATION_VERTICAL && for_size > 0)
    *minimum = *natural = CLAMP (for_size, SIZE_MIN, SIZE_NATURAL);
}

static GtkSizeRequestMode
lm_map_canvas_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* Mouse and finger -------------------------------------------------------------------- */

/* Returns: whose name is at that point; the last one drawn is on top */
static guint
find_at (LmMapCanvas *self, double x, double y)
{
  for (guint i = lm_family_map_n (self->map); i > 0; i--)
    {
      double at_x, at_y;

      lm_map_point (lm_family_map_get (self->map, i - 1), side (self), 1, &at_x, &at_y);
      if (fabs (x - at_x) <= REACH_X && fabs (y - at_y) <= REACH_Y)
        return i - 1;
    }
  return LM_MAP_NOBODY;
}

static void
drag_begin_cb (GtkGestureDrag *drag, double x, double y, LmMapCanvas *self)
{
  guint found = find_at (self, x - left (self), y);

  lm_family_map_select (self->map, found);
  self->dragging = found != LM_MAP_NOBODY;
  if (!self->dragging)
    {
      /* Elsewhere a finger scrolls the page. */
      gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_CLAIMED);
  lm_map_point (lm_family_map_get (self->map, found),
                side (self),
                1,
                &self->start_x,
                &self->start_y);
}

static void
drag_update_cb (GtkGestureDrag *drag, double dx, double dy, LmMapCanvas *self)
{
  guint selected = lm_family_map_get_selected (self->map);
  int angle, distance;

  /* A finger that only points trembles. */
  if (!self->dragging || selected == LM_MAP_NOBODY || (fabs (dx) < 4 && fabs (dy) < 4))
    return;
  lm_map_place_at (self->start_x + dx, self->start_y + dy, side (self), 1, &angle, &distance);
  lm_family_map_move (self->map, selected, angle, distance);
}

/* Only now: a page that scrolls to what has the focus would pull the name from under the finger. */
static void
drag_end_cb (GtkGestureDrag *drag, double dx, double dy, LmMapCanvas *self)
{
  if (self->dragging)
    gtk_widget_grab_focus (GTK_WIDGET (self));
  self->dragging = FALSE;
}

/* Keys -------------------------------------------------------------------------------- */

static void
announce (LmMapCanvas *self)
{
  const LmMapPlace *place = lm_family_map_get (self->map, lm_family_map_get_selected (self->map));
  g_autofree char *text = lm_map_place_to_text (place, place->name);

  gtk_accessible_announce (GTK_ACCESSIBLE (self),
                           text,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

/* Chooses the next person round, beginning above. */
static void
choose_next (LmMapCanvas *self)
{
  guint n = lm_family_map_n (self->map), selected = lm_family_map_get_selected (self->map);

  if (n > 0)
    lm_family_map_select (self->map, selected == LM_MAP_NOBODY ? 0 : (selected + 1) % n);
}

static gboolean
key_cb (
    GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, LmMapCanvas *self)
{
  guint selected = lm_family_map_get_selected (self->map);
  const LmMapPlace *place;
  int angle, distance;

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0 || lm_family_map_n (self->map) == 0)
    return GDK_EVENT_PROPAGATE;
  if (key == GDK_KEY_space || key == GDK_KEY_KP_Space)
    {
      choose_next (self);
      announce (self);
      return GDK_EVENT_STOP;
    }
  if (selected == LM_MAP_NOBODY)
    return GDK_EVENT_PROPAGATE;
  place = lm_family_map_get (self->map, selected);
  angle = (int) place->angle;
  distance = (int) place->distance;
  switch (key)
    {
    case GDK_KEY_Left:
      lm_family_map_move (self->map, selected, angle - TURN, distance);
      break;
    case GDK_KEY_Right:
      lm_family_map_move (self->map, selected, angle + TURN, distance);
      break;
    case GDK_KEY_Up:
      lm_family_map_move (self->map, selected, angle, distance - 1);
      break;
    case GDK_KEY_Down:
      lm_family_map_move (self->map, selected, angle, distance + 1);
      break;
    case GDK_KEY_1:
    case GDK_KEY_2:
    case GDK_KEY_3:
      lm_family_map_set_tie (self->map, selected, (LmTie) (key - GDK_KEY_1));
      break;
    default:
      return GDK_EVENT_PROPAGATE;
    }
  announce (self);
  return GDK_EVENT_STOP;
}

static gboolean
lm_map_canvas_grab_focus (GtkWidget *widget)
{
  LmMapCanvas *self = LM_MAP_CANVAS (widget);

  if (lm_family_map_get_selected (self->map) == LM_MAP_NOBODY && lm_family_map_n (self->map) > 0 &&
      !self->dragging)
    lm_family_map_select (self->map, 0);
  return GTK_WIDGET_CLASS (lm_map_canvas_parent_class)->grab_focus (widget);
}

static void
lm_map_canvas_dispose (GObject *object)
{
  g_clear_object (&LM_MAP_CANVAS (object)->map);
  G_OBJECT_CLASS (lm_map_canvas_parent_class)->dispose (object);
}

static void
lm_map_canvas_class_init (LmMapCanvasClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lm_map_canvas_dispose;
  widget_class->snapshot = lm_map_canvas_snapshot;
  widget_class->measure = lm_map_canvas_measure;
  widget_class->get_request_mode = lm_map_canvas_get_request_mode;
  widget_class->grab_focus = lm_map_canvas_grab_focus;
  gtk_widget_class_set_css_name (widget_class, "map");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
lm_map_canvas_init (LmMapCanvas *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "lm-map");
}

static void
make_editable (LmMapCanvas *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/**
 * lm_map_canvas_new:
 * @editable: whether people can be moved in it
 */
GtkWidget *
lm_map_canvas_new (LmFamilyMap *map, gboolean editable)
{
  LmMapCanvas *self = g_object_new (LM_TYPE_MAP_CANVAS, NULL);

  self->map = g_object_ref (map);
  if (editable)
    make_editable (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("The map as a picture. The list below has the same."),
                                  -1);
  g_signal_connect_object (map,
                           "changed",
                           G_CALLBACK (gtk_widget_queue_draw),
                           self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
