/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "exchange/lm-part-text.h"
#include "ui/guide/lm-person-picker.h"
#include "ui/map/lm-map-canvas.h"
#include "ui/map/lm-map-editor.h"
#include "ui/map/lm-map-list.h"
#include "ui/map/lm-map-picture.h"

struct _LmMapEditor
{
  AdwBin parent_instance;

  LmPersonPicker *picker;
  GtkWidget *map_box; /* shown once there is somebody */

  LmWorkspace *workspace;
  LmFamilyMap *map;
};

G_DEFINE_FINAL_TYPE (LmMapEditor, lm_map_editor, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Writes the map into @answer. */
void
lm_map_editor_store (LmMapEditor *self, LmAnswer *answer)
{
  lm_answer_set_map (answer, lm_family_map_get_places (self->map));
}

static void
changed_cb (LmMapEditor *self)
{
  gtk_widget_set_visible (self->map_box, lm_family_map_n (self->map) > 0);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Somebody was chosen, or is to go. */
static void
people_cb (LmMapEditor *self)
{
  g_autoptr (JsonObject) chosen = json_object_new ();
  g_auto (GStrv) people = NULL;

  lm_person_picker_store (self->picker, chosen);
  people = lm_answer_get_people (chosen);
  for (guint i = lm_family_map_n (self->map); i > 0; i--)
    if (!g_strv_contains ((const char *const *) people,
                          lm_family_map_get (self->map, i - 1)->person))
      lm_family_map_remove (self->map, i - 1);
  for (guint i = 0; people[i] != NULL; i++)
    {
      LmEntry *person = lm_workspace_find_person (self->workspace, people[i]);

      lm_family_map_add (self->map, people[i], person != NULL ? lm_entry_get_title (person) : "");
    }
}

static void
save_cb (LmMapEditor *self)
{
  lm_map_picture_save (GTK_WIDGET (self), lm_family_map_get_places (self->map));
}

static void
lm_map_editor_dispose (GObject *object)
{
  LmMapEditor *self = LM_MAP_EDITOR (object);

  g_clear_object (&self->workspace);
  g_clear_object (&self->map);
  G_OBJECT_CLASS (lm_map_editor_parent_class)->dispose (object);
}

static void
lm_map_editor_class_init (LmMapEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lm_map_editor_dispose;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed",
                                          G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          0);
}

static void
lm_map_editor_init (LmMapEditor *self)
{
}

static GtkWidget *
make_hint (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "dimmed");
  return label;
}

static GtkWidget *
make_map_box (LmMapEditor *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *save = gtk_button_new_with_mnemonic (_ ("Save as a pict_ure…"));

  gtk_widget_set_halign (save, GTK_ALIGN_START);
  g_signal_connect_swapped (save, "clicked", G_CALLBACK (save_cb), self);
  gtk_box_append (GTK_BOX (box), lm_map_canvas_new (self->map, TRUE));
  gtk_box_append (GTK_BOX (box),
                  make_hint (_ ("Drag a name nearer or farther. By keys: Space chooses the next "
                                "name, the arrows move it, and 1, 2 and 3 make the line plain, "
                                "warm or strained. The list does the same.")));
  gtk_box_append (GTK_BOX (box), lm_map_list_new (self->map));
  gtk_box_append (GTK_BOX (box), save);
  return box;
}

/**
 * lm_map_editor_new:
 * @answer: (nullable): the map so far
 */
GtkWidget *
lm_map_editor_new (LmWorkspace *workspace, const LmGuideStep *step, LmAnswer *answer)
{
  LmMapEditor *self = g_object_new (LM_TYPE_MAP_EDITOR, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  LmGuideStep people = *step;
  GPtrArray *places = answer != NULL
                          ? lm_answer_get_map (answer)
                          : g_ptr_array_new_with_free_func ((GDestroyNotify) lm_map_place_free);

  people.several = TRUE;
  self->workspace = g_object_ref (workspace);
  self->map = lm_family_map_new (places);
  self->picker = LM_PERSON_PICKER (lm_person_picker_new (workspace, &people, answer));
  self->map_box = make_map_box (self);
  gtk_widget_set_visible (self->map_box, places->len > 0);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->picker));
  gtk_box_append (GTK_BOX (box), self->map_box);
  adw_bin_set_child (ADW_BIN (self), box);
  g_signal_connect_object (self->picker,
                           "changed",
                           G_CALLBACK (people_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->map, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/* To look at ----------------------------------------------------------------------------- */

static void
save_view_cb (GtkWidget *button, LmFamilyMap *map)
{
  lm_map_picture_save (button, lm_family_map_get_places (map));
}

/* Returns: the map in @answer to look at, with its people as lines of text */
GtkWidget *
lm_map_view_new (LmAnswer *answer)
{
  g_autoptr (LmFamilyMap) map = lm_family_map_new (lm_answer_get_map (answer));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *save = gtk_button_new_with_mnemonic (_ ("Save as a pict_ure…"));

  gtk_box_append (GTK_BOX (box), lm_map_canvas_new (map, FALSE));
  for (guint i = 0; i < lm_family_map_n (map); i++)
    {
      const LmMapPlace *place = lm_family_map_get (map, i);
      g_autofree char *text = lm_map_place_to_text (place, place->name);
      GtkWidget *label = gtk_label_new (text);

      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_widget_set_halign (save, GTK_ALIGN_START);
  g_signal_connect_object (save, "clicked", G_CALLBACK (save_view_cb), map, 0);
  g_object_set_data_full (G_OBJECT (box), "map", g_object_ref (map), g_object_unref);
  gtk_box_append (GTK_BOX (box), save);
  return box;
}
