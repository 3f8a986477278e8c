/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "base/lm-json.h"
#include "base/lm-text.h"
#include "ui/guide/lm-step-editor.h"

/* One question of an own guide. It changes the step's JSON itself, so that whatever cannot be
 * changed here stays as it is. */

struct _LmStepEditor
{
  AdwBin parent_instance;

  AdwPreferencesGroup *group;
  GtkEditable *question_row;
  GtkEditable *help_row;
  AdwComboRow *type_row; /* nullable: of a kind that cannot be changed here */
  GtkEditable *words_row;
  GtkWidget *up_button;
  GtkWidget *down_button;

  JsonObject *step;
  JsonObject *lists; /* the guide's own lists of words */
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (LmStepEditor, lm_step_editor, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_MOVE,
  SIGNAL_REMOVE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* What can be made here, in the order of the choice. */
static const struct
{
  const char *type;
  const char *label;
} types[] = {
  { "text", N_ ("Own words") },         { "choices", N_ ("Words to choose from") },
  { "scale", N_ ("Five steps") },       { "person", N_ ("A person") },
  { "pause", N_ ("Nothing: a pause") },
};

static const char *
type_of (LmStepEditor *self)
{
  const char *type = lm_json_get_string (lm_json_get_object (self->step, "input"), "type");

  return type != NULL ? type : "text";
}

/* Returns: the place in types; their number if it is none of them */
static guint
place_of (const char *type)
{
  guint i = 0;

  while (i < G_N_ELEMENTS (types) && !g_str_equal (types[i].type, type))
    i++;
  return i;
}

static gboolean
has_words (const char *type)
{
  return g_str_equal (type, "choices") || g_str_equal (type, "scale");
}

/* Words ------------------------------------------------------------------------------------------
 */

/* Returns: (transfer full): the words of a step, with commas; shared lists are no words of its own
 */
static char *
words_of (LmStepEditor *self)
{
  JsonObject *input = lm_json_get_object (self->step, "input");
  JsonArray *labels = lm_json_get_array (input, "labels");
  const char *list = lm_json_get_string (input, "list");
  JsonArray *choices = list != NULL ? lm_json_get_array (self->lists, list) : NULL;
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < lm_json_array_size (labels); i++)
    g_string_append_printf (text,
                            "%s%s",
                            i > 0 ? ", " : "",
                            lm_json_at_string (labels, i) != NULL ? lm_json_at_string (labels, i)
                                                                  : "");
  for (guint i = 0; i < lm_json_array_size (choices); i++)
    {
      const char *label = lm_json_get_string (lm_json_at_object (choices, i), "label");

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", label != NULL ? label : "");
    }
  return g_string_free (text, FALSE);
}

static void
set_choices (LmStepEditor *self, GStrv words)
{
  JsonObject *input = lm_json_get_object (self->step, "input");
  g_autofree char *list = g_strdup_printf ("words-%s", lm_json_get_string (self->step, "id"));
  JsonArray *array = json_array_new ();

  for (guint i = 0; words[i] != NULL; i++)
    {
      JsonObject *choice = json_object_new ();
      g_autofree char *id = g_strdup_printf ("word-%u", i + 1);

      json_object_set_string_member (choice, "id", id);
      json_object_set_string_member (choice, "label", words[i]);
      json_array_add_object_element (array, choice);
    }
  json_object_set_array_member (self->lists, list, array);
  json_object_set_string_member (input, "list", list);
  json_object_set_boolean_member (input, "own_words", TRUE);
  json_object_set_boolean_member (input, "unsure", TRUE);
}

static void
set_labels (LmStepEditor *self, GStrv words)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; words[i] != NULL; i++)
    json_array_add_string_element (array, words[i]);
  json_object_set_array_member (lm_json_get_object (self->step, "input"), "labels", array);
}

static void
set_words (LmStepEditor *self)
{
  g_auto (GStrv) parts = g_strsplit (gtk_editable_get_text (self->words_row), ",", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;

  for (guint i = 0; parts[i] != NULL; i++)
    if (g_strstrip (parts[i])[0] != '\0')
      g_strv_builder_add (builder, parts[i]);
  words = g_strv_builder_end (builder);
  if (g_str_equal (type_of (self), "scale"))
    set_labels (self, words);
  else
    set_choices (self, words);
}

/* Changes ----------------------------------------------------------------------------------------
 */

static void
show_words (LmStepEditor *self)
{
  const char *type = type_of (self);

  gtk_widget_set_visible (GTK_WIDGET (self->words_row), has_words (type));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->words_row),
                                 g_str_equal (type, "scale") ? _ ("Five words, with commas")
                                                             : _ ("Words, with commas"));
}

static void
changed (LmStepEditor *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
texts_changed_cb (LmStepEditor *self)
{
  const char *help = gtk_editable_get_text (self->help_row);

  if (self->filling)
    return;
  json_object_set_string_member (self->step,
                                 "question",
                                 gtk_editable_get_text (self->question_row));
  if (!lm_text_is_blank (help))
    json_object_set_string_member (self->step, "help", help);
  else if (json_object_has_member (self->step, "help"))
    json_object_remove_member (self->step, "help");
  changed (self);
}

static void
words_changed_cb (LmStepEditor *self)
{
  if (self->filling)
    return;
  set_words (self);
  changed (self);
}

static void
type_changed_cb (LmStepEditor *self)
{
  guint place = adw_combo_row_get_selected (self->type_row);
  JsonObject *input;

  if (self->filling || place >= G_N_ELEMENTS (types))
    return;
  input = json_object_new ();
  json_object_set_string_member (input, "type", types[place].type);
  json_object_set_object_member (self->step, "input", input);
  /* Other kinds of answer have no role, and no expectation. */
  if (json_object_has_member (self->step, "role"))
    json_object_remove_member (self->step, "role");
  if (json_object_has_member (self->step, "expected"))
    json_object_remove_member (self->step, "expected");
  if (has_words (types[place].type))
    set_words (self);
  show_words (self);
  changed (self);
}

static void
up_cb (LmStepEditor *self)
{
  g_signal_emit (self, signals[SIGNAL_MOVE], 0, -1);
}

static void
down_cb (LmStepEditor *self)
{
  g_signal_emit (self, signals[SIGNAL_MOVE], 0, 1);
}

static void
remove_cb (LmStepEditor *self)
{
  g_signal_emit (self, signals[SIGNAL_REMOVE], 0);
}

/* The widget --------------------------------------------------------------------------------------
 */

static GtkWidget *
add_button (LmStepEditor *self, GtkWidget *box, const char *icon, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static GtkEditable *
add_entry (LmStepEditor *self, const char *title, GCallback callback)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  g_signal_connect_object (row, "changed", callback, self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (self->group, row);
  return GTK_EDITABLE (row);
}

static void
add_type (LmStepEditor *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  GtkWidget *row;

  if (place_of (type_of (self)) == G_N_ELEMENTS (types))
    {
      row = adw_action_row_new ();
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Answer"));
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("As in the guide it was made from"));
      adw_preferences_group_add (self->group, row);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    gtk_string_list_append (labels, _ (types[i].label));
  row = adw_combo_row_new ();
  self->type_row = ADW_COMBO_ROW (row);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Answer"));
  adw_combo_row_set_model (self->type_row, G_LIST_MODEL (labels));
  adw_combo_row_set_selected (self->type_row, place_of (type_of (self)));
  g_signal_connect_object (row,
                           "notify::selected",
                           G_CALLBACK (type_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  adw_preferences_group_add (self->group, row);
}

static void
lm_step_editor_finalize (GObject *object)
{
  LmStepEditor *self = LM_STEP_EDITOR (object);

  json_object_unref (self->step);
  json_object_unref (self->lists);
  G_OBJECT_CLASS (lm_step_editor_parent_class)->finalize (object);
}

static void
lm_step_editor_class_init (LmStepEditorClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = lm_step_editor_finalize;
  signals[SIGNAL_CHANGED] =
      g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_MOVE] = g_signal_new ("move",
                                       type,
                                       G_SIGNAL_RUN_LAST,
                                       0,
                                       NULL,
                                       NULL,
                                       NULL,
                                       G_TYPE_NONE,
                                       1,
                                       G_TYPE_INT);
  signals[SIGNAL_REMOVE] =
      g_signal_new ("remove", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lm_step_editor_init (LmStepEditor *self)
{
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->group));
}

/* Puts the cursor where the question goes. */
void
lm_step_editor_focus (LmStepEditor *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->question_row));
}

/**
 * lm_step_editor_new:
 * @step: (transfer none): is changed
 * @lists: (transfer none): the guide's lists of words; is changed
 * @number: which question it is, from 1
 */
GtkWidget *
lm_step_editor_new (JsonObject *step, JsonObject *lists, guint number)
{
  LmStepEditor *self = g_object_new (LM_TYPE_STEP_EDITOR, NULL);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  g_autofree char *words = NULL;
  const char *question = lm_json_get_string (step, "question");
  const char *help = lm_json_get_string (step, "help");

  self->filling = TRUE;
  self->step = json_object_ref (step);
  self->lists = json_object_ref (lists);
  words = words_of (self);
  self->question_row = add_entry (self, _ ("Question"), G_CALLBACK (texts_changed_cb));
  self->help_row = add_entry (self, _ ("A sentence under it"), G_CALLBACK (texts_changed_cb));
  add_type (self);
  self->words_row = add_entry (self, "", G_CALLBACK (words_changed_cb));
  gtk_editable_set_text (self->question_row, question != NULL ? question : "");
  gtk_editable_set_text (self->help_row, help != NULL ? help : "");
  gtk_editable_set_text (self->words_row, words);
  show_words (self);
  self->up_button = add_button (self, buttons, "go-up-symbolic", G_CALLBACK (up_cb));
  self->down_button = add_button (self, buttons, "go-down-symbolic", G_CALLBACK (down_cb));
  add_button (self, buttons, "user-trash-symbolic", G_CALLBACK (remove_cb));
  adw_preferences_group_set_header_suffix (self->group, buttons);
  lm_step_editor_set_number (self, number, FALSE);
  self->filling = FALSE;
  return GTK_WIDGET (self);
}

/* Returns: (transfer none): what is edited */
JsonObject *
lm_step_editor_get_step (LmStepEditor *self)
{
  return self->step;
}

/* Says which question it is, and whether it is the last. */
void
lm_step_editor_set_number (LmStepEditor *self, guint number, gboolean last)
{
  g_autofree char *title = g_strdup_printf (_ ("Question %u"), number);
  g_autofree char *up = g_strdup_printf (_ ("Move question %u up"), number);
  g_autofree char *down = g_strdup_printf (_ ("Move question %u down"), number);
  g_autofree char *gone = g_strdup_printf (_ ("Remove question %u"), number);
  GtkWidget *remove = gtk_widget_get_next_sibling (self->down_button);

  adw_preferences_group_set_title (self->group, title);
  gtk_widget_set_tooltip_text (self->up_button, up);
  gtk_widget_set_tooltip_text (self->down_button, down);
  gtk_widget_set_tooltip_text (remove, gone);
  gtk_widget_set_sensitive (self->up_button, number > 1);
  gtk_widget_set_sensitive (self->down_button, !last);
}
