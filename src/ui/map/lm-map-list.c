/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "exchange/lm-part-text.h"
#include "ui/map/lm-map-list.h"

/* Where around oneself somebody is, is told as on a clock. */
#define HOURS 12

typedef struct
{
  AdwExpanderRow *row;
  AdwComboRow *distance;
  AdwComboRow *tie;
  AdwSpinRow *hour;
} Row;

struct _LmMapList
{
  AdwBin parent_instance;

  GtkListBox *list;
  GArray *rows; /* of Row, as the people on the map */

  LmFamilyMap *map;
  gboolean showing; /* what changes now does not come from the person */
};

G_DEFINE_FINAL_TYPE (LmMapList, lm_map_list, ADW_TYPE_BIN)

static guint
hour_of (guint angle)
{
  guint hour = (angle + 360 / HOURS / 2) * HOURS / 360 % HOURS;

  return hour == 0 ? HOURS : hour;
}

/* Returns: of which row it is a part */
static guint
find_row (LmMapList *self, gpointer part)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = &g_array_index (self->rows, Row, i);

      if (part == row->distance || part == row->tie || part == row->hour)
        return i;
    }
  return LM_MAP_NOBODY;
}

static void
changed_cb (gpointer part, GParamSpec *pspec, LmMapList *self)
{
  guint index = self->showing ? LM_MAP_NOBODY : find_row (self, part);
  Row *row;
  const LmMapPlace *place;
  int angle;

  if (index == LM_MAP_NOBODY)
    return;
  row = &g_array_index (self->rows, Row, index);
  place = lm_family_map_get (self->map, index);
  /* Who was dragged between two hours stays there until another hour is chosen. */
  angle = part == row->hour ? (int) adw_spin_row_get_value (row->hour) * 360 / HOURS
                            : (int) place->angle;
  lm_family_map_set_tie (self->map, index, (LmTie) adw_combo_row_get_selected (row->tie));
  lm_family_map_move (self->map,
                      index,
                      angle,
                      (int) adw_combo_row_get_selected (row->distance) + 1);
}

static void
show_places (LmMapList *self)
{
  self->showing = TRUE;
  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = &g_array_index (self->rows, Row, i);
      const LmMapPlace *place = lm_family_map_get (self->map, i);
      const char *distance = lm_distance_to_text (place->distance);
      g_autofree char *text =
          place->tie == LM_TIE_PLAIN
              ? g_strdup (distance)
              /* Translators: how near somebody felt, and how it was between two: "near, warm" */
              : g_strdup_printf (_ ("%1$s, %2$s"), distance, lm_tie_to_text (place->tie));

      adw_expander_row_set_subtitle (row->row, text);
      adw_combo_row_set_selected (row->distance, place->distance - 1);
      adw_combo_row_set_selected (row->tie, (guint) place->tie);
      if (hour_of (place->angle) != (guint) adw_spin_row_get_value (row->hour))
        adw_spin_row_set_value (row->hour, hour_of (place->angle));
    }
  self->showing = FALSE;
}

/* Rows -------------------------------------------------------------------------------- */

static AdwComboRow *
add_combo (LmMapList *self, AdwExpanderRow *row, const char *title, const char *const *labels)
{
  AdwComboRow *combo = ADW_COMBO_ROW (adw_combo_row_new ());
  g_autoptr (GtkStringList) list = gtk_string_list_new (labels);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (combo), title);
  adw_combo_row_set_model (combo, G_LIST_MODEL (list));
  adw_expander_row_add_row (row, GTK_WIDGET (combo));
  return combo;
}

static void
add_row (LmMapList *self, const LmMapPlace *place)
{
  const char *distances[LM_DISTANCE_MAX + 1] = { NULL };
  const char *ties[] = { lm_tie_to_text (LM_TIE_PLAIN),
                         lm_tie_to_text (LM_TIE_WARM),
                         lm_tie_to_text (LM_TIE_STRAINED),
                         NULL };
  Row row = { ADW_EXPANDER_ROW (adw_expander_row_new ()) };

  for (guint i = 0; i < LM_DISTANCE_MAX; i++)
    distances[i] = lm_distance_to_text (i + 1);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row.row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row.row), place->name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row.row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  place->name,
                                  -1);
  row.distance = add_combo (self, row.row, _ ("How near"), distances);
  row.tie = add_combo (self, row.row, _ ("How it was"), ties);
  row.hour = ADW_SPIN_ROW (adw_spin_row_new_with_range (1, HOURS, 1));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row.hour), _ ("Where around you"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row.hour), _ ("As on a clock: 12 is above you"));
  adw_spin_row_set_wrap (row.hour, TRUE);
  adw_expander_row_add_row (row.row, GTK_WIDGET (row.hour));
  gtk_list_box_append (self->list, GTK_WIDGET (row.row));
  g_array_append_val (self->rows, row);
}

static void
connect_row (LmMapList *self, Row *row)
{
  g_signal_connect (row->distance, "notify::selected", G_CALLBACK (changed_cb), self);
  g_signal_connect (row->tie, "notify::selected", G_CALLBACK (changed_cb), self);
  g_signal_connect (row->hour, "notify::value", G_CALLBACK (changed_cb), self);
}

static void
show_people (LmMapList *self)
{
  gtk_list_box_remove_all (self->list);
  g_array_set_size (self->rows, 0);
  for (guint i = 0; i < lm_family_map_n (self->map); i++)
    add_row (self, lm_family_map_get (self->map, i));
  show_places (self);
  for (guint i = 0; i < self->rows->len; i++)
    connect_row (self, &g_array_index (self->rows, Row, i));
  gtk_widget_set_visible (GTK_WIDGET (self->list), self->rows->len > 0);
}

static void
lm_map_list_dispose (GObject *object)
{
  g_clear_object (&LM_MAP_LIST (object)->map);
  G_OBJECT_CLASS (lm_map_list_parent_class)->dispose (object);
}

static void
lm_map_list_finalize (GObject *object)
{
  g_array_unref (LM_MAP_LIST (object)->rows);
  G_OBJECT_CLASS (lm_map_list_parent_class)->finalize (object);
}

static void
lm_map_list_class_init (LmMapListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lm_map_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = lm_map_list_finalize;
}

static void
lm_map_list_init (LmMapList *self)
{
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("People on the map"),
                                  -1);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->list));
}

GtkWidget *
lm_map_list_new (LmFamilyMap *map)
{
  LmMapList *self = g_object_new (LM_TYPE_MAP_LIST, NULL);

  self->map = g_object_ref (map);
  g_signal_connect_object (map,
                           "people-changed",
                           G_CALLBACK (show_people),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (map, "changed", G_CALLBACK (show_places), self, G_CONNECT_SWAPPED);
  show_people (self);
  return GTK_WIDGET (self);
}
