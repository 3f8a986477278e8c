/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Loaded into the app by its test (LD_PRELOAD): on SIGUSR1 it writes down where each text and each
 * control is drawn, which the accessibility tree of GTK 4.18 tells only without paddings. One line
 * each, values divided by tabs:
 *
 *   label | text | target, type, left, top, width, height of the border box, left, top, width,
 * height of what of it is not cut off by what scrolls or by the window, size of the font in pixels,
 * flags, the words
 *
 * Flags: i insensitive, e shortened with an ellipsis, b bold.
 */
#include <adwaita.h>
#include <glib-unix.h>
#include <gtk/gtk.h>
#include <stdio.h>

static gboolean
hides_the_rest (GtkWidget *widget)
{
  return gtk_widget_get_overflow (widget) == GTK_OVERFLOW_HIDDEN || GTK_IS_VIEWPORT (widget) ||
         GTK_IS_ROOT (widget);
}

/* In pixels of the window's surface. */
static gboolean
find_place (GtkWidget *widget, graphene_rect_t *whole, graphene_rect_t *seen)
{
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_native (widget));
  double dx, dy;

  if (root == NULL || !gtk_widget_compute_bounds (widget, root, whole))
    return FALSE;
  *seen = *whole;
  for (GtkWidget *outer = gtk_widget_get_parent (widget); outer != NULL;
       outer = gtk_widget_get_parent (outer))
    {
      graphene_rect_t bounds;

      if (hides_the_rest (outer) && gtk_widget_compute_bounds (outer, root, &bounds) &&
          !graphene_rect_intersection (seen, &bounds, seen))
        return FALSE;
      if (outer == root)
        break;
    }
  gtk_native_get_surface_transform (GTK_NATIVE (root), &dx, &dy);
  graphene_rect_offset (whole, (float) dx, (float) dy);
  graphene_rect_offset (seen, (float) dx, (float) dy);
  return seen->size.width >= 1 && seen->size.height >= 1;
}

static void
tell (FILE *out, GtkWidget *widget, const char *kind, const char *words, const char *flags)
{
  graphene_rect_t whole, seen;
  const PangoFontDescription *font =
      pango_context_get_font_description (gtk_widget_get_pango_context (widget));
  g_autofree char *shown = g_strescape (words, NULL);

  if (!find_place (widget, &whole, &seen))
    return;
  fprintf (out,
           "%s\t%s\t%.1f\t%.1f\t%.1f\t%.1f\t%.1f\t%.1f\t%.1f\t%.1f\t%.1f\t%s%s%s\t%s\n",
           kind,
           G_OBJECT_TYPE_NAME (widget),
           whole.origin.x,
           whole.origin.y,
           whole.size.width,
           whole.size.height,
           seen.origin.x,
           seen.origin.y,
           seen.size.width,
           seen.size.height,
           (double) pango_font_description_get_size (font) / PANGO_SCALE,
           flags,
           gtk_widget_is_sensitive (widget) ? "" : "i",
           pango_font_description_get_weight (font) >= PANGO_WEIGHT_BOLD ? "b" : "",
           shown);
}

/* A switch or a check in a row that can be pressed as a whole is no target of its own. */
static gboolean
is_part_of_row (GtkWidget *widget)
{
  for (GtkWidget *outer = gtk_widget_get_parent (widget); outer != NULL;
       outer = gtk_widget_get_parent (outer))
    {
      if (GTK_IS_LIST_BOX_ROW (outer))
        return gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (outer));
      if (g_strcmp0 (G_OBJECT_TYPE_NAME (outer), "GtkListItemWidget") == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_target (GtkWidget *widget)
{
  if (GTK_IS_MENU_BUTTON (widget))
    return FALSE; /* the button inside it is */
  if (GTK_IS_CHECK_BUTTON (widget) || GTK_IS_SWITCH (widget))
    return !is_part_of_row (widget);
  return GTK_IS_BUTTON (widget) || GTK_IS_ENTRY (widget) || GTK_IS_SPIN_BUTTON (widget) ||
         GTK_IS_SCALE (widget) ||
         (GTK_IS_LIST_BOX_ROW (widget) &&
          gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (widget)));
}

static void
look (GtkWidget *widget, FILE *out)
{
  if (!gtk_widget_get_mapped (widget) || gtk_widget_get_opacity (widget) < 0.01)
    return;
  if (GTK_IS_LABEL (widget) && gtk_label_get_text (GTK_LABEL (widget))[0] != '\0')
    {
      PangoLayout *layout = gtk_label_get_layout (GTK_LABEL (widget));

      tell (out,
            widget,
            "label",
            gtk_label_get_text (GTK_LABEL (widget)),
            pango_layout_is_ellipsized (layout) ? "e" : "");
    }
  else if ((GTK_IS_TEXT (widget) &&
            gtk_entry_buffer_get_length (gtk_text_get_buffer (GTK_TEXT (widget))) > 0) ||
           (GTK_IS_TEXT_VIEW (widget) &&
            gtk_text_buffer_get_char_count (gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget))) > 0))
    tell (out, widget, "text", "", "");
  if (is_target (widget))
    {
      g_autofree char *words = NULL;

      if (GTK_IS_BUTTON (widget))
        words = g_strdup (gtk_button_get_label (GTK_BUTTON (widget)) != NULL
                              ? gtk_button_get_label (GTK_BUTTON (widget))
                              : gtk_widget_get_tooltip_text (widget));
      tell (out, widget, "target", words != NULL ? words : "", "");
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    look (child, out);
}

static gboolean
on_asked (gpointer data)
{
  const char *path = g_getenv ("LEITMOTIF_LOOKS");
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  FILE *out = fopen (part, "w");
  GListModel *windows = gtk_window_get_toplevels ();

  g_assert_nonnull (out);
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      /* What lies behind a dialog is not what one looks at. */
      if (ADW_IS_APPLICATION_WINDOW (window) &&
          adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)) != NULL)
        look (GTK_WIDGET (
                  adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window))),
              out);
      else
        look (window, out);
    }
  g_assert_cmpint (fclose (out), ==, 0);
  g_assert_cmpint (rename (part, path), ==, 0);
  return G_SOURCE_CONTINUE;
}

__attribute__ ((constructor)) static void
begin (void)
{
  /* Everything that the app starts is handed the variable too. */
  if (g_getenv ("LEITMOTIF_LOOKS") != NULL &&
      g_str_has_suffix (g_get_prgname () ?: "leitmotif", "leitmotif"))
    g_unix_signal_add (SIGUSR1, on_asked, NULL);
}
