/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "base/lm-text.h"
#include "ui/guide/lm-person-picker.h"
#include "ui/lm-toast.h"

/* Under this id "myself" is kept among the choices. */
#define SELF "self"

/* Where somebody belongs, as records keep it. */
static const struct
{
  const char *circle;
  const char *label;
} circles[] = {
  { "now", N_ ("In my life now") },
  { "then", N_ ("From earlier") },
  { "therapy", N_ ("In therapy") },
};

struct _LmPersonPicker
{
  AdwBin parent_instance;

  AdwWrapBox *box;
  GtkEntry *name_entry;
  GtkDropDown *circle_drop_down;
  GtkWidget *new_box;
  GPtrArray *buttons;           /* of GtkToggleButton, borrowed */
  GtkToggleButton *self_button; /* nullable */

  LmWorkspace *workspace;
  gboolean several;
};

G_DEFINE_FINAL_TYPE (LmPersonPicker, lm_person_picker, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
toggled_cb (GtkToggleButton *button, LmPersonPicker *self)
{
  /* One person is one person, and none is allowed: radio buttons could not be left empty. */
  if (gtk_toggle_button_get_active (button) && !self->several)
    for (guint i = 0; i < self->buttons->len; i++)
      if (self->buttons->pdata[i] != button)
        gtk_toggle_button_set_active (self->buttons->pdata[i], FALSE);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static GtkToggleButton *
add_button (LmPersonPicker *self, const char *id, const char *name)
{
  GtkWidget *button = gtk_toggle_button_new ();
  GtkWidget *label = gtk_label_new (name);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_add_css_class (button, "lm-choice");
  g_object_set_data_full (G_OBJECT (button), "id", g_strdup (id), g_free);
  g_ptr_array_add (self->buttons, button);
  adw_wrap_box_append (self->box, button);
  return GTK_TOGGLE_BUTTON (button);
}

/* To be called when the button has its first state. */
static void
connect_button (LmPersonPicker *self, GtkToggleButton *button)
{
  g_signal_connect (button, "toggled", G_CALLBACK (toggled_cb), self);
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LmPersonPicker) self = data;
  g_autoptr (GError) error = NULL;
  LmEntry *person = lm_workspace_add_person_finish (LM_WORKSPACE (source), result, &error);
  GtkToggleButton *button;

  gtk_widget_set_sensitive (self->new_box, TRUE);
  if (error != NULL)
    {
      lm_toast_error (GTK_WIDGET (self), error);
      return;
    }
  if (person == NULL || gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->name_entry), "");
  button = add_button (self,
                       lm_id_format (lm_entry_get_id (person)).digits,
                       lm_entry_get_title (person));
  connect_button (self, button);
  gtk_toggle_button_set_active (button, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (button));
}

static void
add_person (LmPersonPicker *self)
{
  g_autofree char *name =
      lm_text_clean_tag (gtk_editable_get_text (GTK_EDITABLE (self->name_entry)));
  guint circle = gtk_drop_down_get_selected (self->circle_drop_down);

  if (name[0] == '\0')
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->name_entry));
      return;
    }
  gtk_widget_set_sensitive (self->new_box, FALSE);
  lm_workspace_add_person_async (self->workspace,
                                 name,
                                 circles[MIN (circle, G_N_ELEMENTS (circles) - 1)].circle,
                                 added_cb,
                                 g_object_ref (self));
}

static GtkWidget *
make_new_box (LmPersonPicker *self)
{
  GtkWidget *box = adw_wrap_box_new ();
  GtkWidget *add = gtk_button_new_with_mnemonic (_ ("_Add"));
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (circles); i++)
    gtk_string_list_append (labels, _ (circles[i].label));
  self->name_entry = GTK_ENTRY (gtk_entry_new ());
  gtk_entry_set_placeholder_text (self->name_entry, _ ("Somebody new"));
  gtk_editable_set_width_chars (GTK_EDITABLE (self->name_entry), 16);
  gtk_entry_set_input_hints (self->name_entry, GTK_INPUT_HINT_PRIVATE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->name_entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Name of somebody new"),
                                  -1);
  self->circle_drop_down =
      GTK_DROP_DOWN (gtk_drop_down_new (g_object_ref (G_LIST_MODEL (labels)), NULL));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->circle_drop_down),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Where they belong"),
                                  -1);
  g_signal_connect_swapped (self->name_entry, "activate", G_CALLBACK (add_person), self);
  g_signal_connect_swapped (add, "clicked", G_CALLBACK (add_person), self);
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (box), 8);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (box), 8);
  adw_wrap_box_append (ADW_WRAP_BOX (box), GTK_WIDGET (self->name_entry));
  adw_wrap_box_append (ADW_WRAP_BOX (box), GTK_WIDGET (self->circle_drop_down));
  adw_wrap_box_append (ADW_WRAP_BOX (box), add);
  return box;
}

/* Writes who is chosen into @answer. */
void
lm_person_picker_store (LmPersonPicker *self, LmAnswer *answer)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) people = NULL;

  lm_answer_clear_choices (answer);
  for (guint i = 0; i < self->buttons->len; i++)
    {
      GtkToggleButton *button = self->buttons->pdata[i];

      if (!gtk_toggle_button_get_active (button))
        continue;
      if (button == self->self_button)
        /* Translators: the answer to whom it was with */
        lm_answer_add_choice (answer, SELF, _ ("myself"));
      else
        g_strv_builder_add (builder, g_object_get_data (G_OBJECT (button), "id"));
    }
  people = g_strv_builder_end (builder);
  lm_answer_set_people (answer, (const char *const *) people);
}

static void
lm_person_picker_dispose (GObject *object)
{
  g_clear_object (&LM_PERSON_PICKER (object)->workspace);
  G_OBJECT_CLASS (lm_person_picker_parent_class)->dispose (object);
}

static void
lm_person_picker_finalize (GObject *object)
{
  g_ptr_array_unref (LM_PERSON_PICKER (object)->buttons);
  G_OBJECT_CLASS (lm_person_picker_parent_class)->finalize (object);
}

static void
lm_person_picker_class_init (LmPersonPickerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lm_person_picker_dispose;
  object_class->finalize = lm_person_picker_finalize;
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
lm_person_picker_init (LmPersonPicker *self)
{
  GtkWidget *all = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  self->buttons = g_ptr_array_new ();
  self->box = ADW_WRAP_BOX (adw_wrap_box_new ());
  adw_wrap_box_set_child_spacing (self->box, 8);
  adw_wrap_box_set_line_spacing (self->box, 8);
  self->new_box = make_new_box (self);
  gtk_box_append (GTK_BOX (all), GTK_WIDGET (self->box));
  gtk_box_append (GTK_BOX (all), self->new_box);
  adw_bin_set_child (ADW_BIN (self), all);
}

static int
by_name (gconstpointer a, gconstpointer b)
{
  LmEntry *const *x = a, *const *y = b;

  return g_utf8_collate (lm_entry_get_title (*x), lm_entry_get_title (*y));
}

/* Whether one of @chosen is @person by now: two may have become one. */
static gboolean
is_chosen (LmPersonPicker *self, LmEntry *person, char **chosen)
{
  for (guint i = 0; chosen != NULL && chosen[i] != NULL; i++)
    if (lm_workspace_find_person (self->workspace, chosen[i]) == person)
      return TRUE;
  return FALSE;
}

static void
add_people (LmPersonPicker *self, LmAnswer *answer)
{
  GListModel *people = lm_workspace_get_people (self->workspace);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto (GStrv) chosen = answer != NULL ? lm_answer_get_people (answer) : NULL;

  for (guint i = 0; i < g_list_model_get_n_items (people); i++)
    g_ptr_array_add (sorted, g_list_model_get_item (people, i));
  g_ptr_array_sort (sorted, by_name);
  for (guint i = 0; i < sorted->len; i++)
    {
      LmEntry *person = sorted->pdata[i];
      LmIdText id = lm_id_format (lm_entry_get_id (person));
      gboolean active = is_chosen (self, person, chosen);
      GtkToggleButton *button;

      /* Whoever was taken out of the list stays in what was answered. */
      if (lm_entry_get_deleted (person) && !active)
        continue;
      button = add_button (self, id.digits, lm_entry_get_title (person));
      gtk_toggle_button_set_active (button, active);
      connect_button (self, button);
    }
}

/**
 * lm_person_picker_new:
 * @answer: (nullable): who was chosen before
 */
GtkWidget *
lm_person_picker_new (LmWorkspace *workspace, const LmGuideStep *step, LmAnswer *answer)
{
  LmPersonPicker *self = g_object_new (LM_TYPE_PERSON_PICKER, NULL);

  self->workspace = g_object_ref (workspace);
  self->several = step->several;
  if (step->self)
    {
      self->self_button = add_button (self, SELF, _ ("Myself"));
      gtk_toggle_button_set_active (self->self_button,
                                    answer != NULL && lm_answer_has_choice (answer, SELF));
      connect_button (self, self->self_button);
    }
  add_people (self, answer);
  return GTK_WIDGET (self);
}
