/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "base/lm-text.h"
#include "ui/guide/lm-pills.h"

/* Under this id "I don't know" is kept. */
#define UNSURE "unsure"

struct _LmPills
{
  AdwBin parent_instance;

  GtkBox *groups;      /* headings and boxes of choices */
  AdwWrapBox *box;     /* the last of them: where the next choice goes */
  GtkEntry *own_entry; /* nullable */
  GPtrArray *buttons;  /* of GtkToggleButton, borrowed */
};

G_DEFINE_FINAL_TYPE (LmPills, lm_pills, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
toggled_cb (LmPills *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* @id is %NULL for own words. */
static GtkWidget *
add_button (LmPills *self, const char *id, const char *label, gboolean active)
{
  GtkWidget *button = gtk_toggle_button_new ();
  GtkWidget *text = gtk_label_new (label);

  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_button_set_child (GTK_BUTTON (button), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label,
                                  -1);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), active);
  gtk_widget_add_css_class (button, "lm-choice");
  g_object_set_data_full (G_OBJECT (button), "id", g_strdup (id), g_free);
  g_object_set_data_full (G_OBJECT (button), "label", g_strdup (label), g_free);
  g_signal_connect_swapped (button, "toggled", G_CALLBACK (toggled_cb), self);
  g_ptr_array_add (self->buttons, button);
  if (self->own_entry == NULL)
    adw_wrap_box_append (self->box, button);
  else
    adw_wrap_box_insert_child_after (self->box,
                                     button,
                                     gtk_widget_get_prev_sibling (GTK_WIDGET (self->own_entry)));
  return button;
}

/* Returns: (transfer full): what is being typed; empty if nothing is */
static char *
own_words (LmPills *self)
{
  return self->own_entry != NULL
             ? lm_text_clean_tag (gtk_editable_get_text (GTK_EDITABLE (self->own_entry)))
             : g_strdup ("");
}

static void
take_own_words (LmPills *self)
{
  g_autofree char *words = own_words (self);

  gtk_editable_set_text (GTK_EDITABLE (self->own_entry), "");
  if (words[0] == '\0')
    return;
  add_button (self, NULL, words, TRUE);
  toggled_cb (self);
}

static void
add_own_entry (LmPills *self)
{
  GtkWidget *entry = gtk_entry_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("In my own words"));
  gtk_entry_set_input_hints (GTK_ENTRY (entry), GTK_INPUT_HINT_PRIVATE);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 16);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("In my own words"),
                                  -1);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (take_own_words), self);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (toggled_cb), self);
  /* What was typed and not confirmed is not lost. */
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (take_own_words), self);
  gtk_widget_add_controller (entry, focus);
  adw_wrap_box_append (self->box, entry);
  self->own_entry = GTK_ENTRY (entry);
}

/* Whether there is a button for the choice @id. */
static gboolean
has_button (LmPills *self, const char *id)
{
  for (guint i = 0; i < self->buttons->len; i++)
    if (g_strcmp0 (g_object_get_data (self->buttons->pdata[i], "id"), id) == 0)
      return TRUE;
  return FALSE;
}

/* Own words, and what an earlier edition of the guide still had among its choices. */
static void
add_answered_own_words (LmPills *self, LmAnswer *answer)
{
  for (guint i = 0; i < lm_answer_n_choices (answer); i++)
    {
      const char *id;
      const char *label = lm_answer_get_choice (answer, i, &id);

      if (id == NULL || !has_button (self, id))
        add_button (self, id, label, TRUE);
    }
}

/* Writes what is chosen into @answer, own words that are still being typed too. */
void
lm_pills_store (LmPills *self, LmAnswer *answer)
{
  g_autofree char *typed = own_words (self);

  lm_answer_clear_choices (answer);
  for (guint i = 0; i < self->buttons->len; i++)
    {
      GtkToggleButton *button = self->buttons->pdata[i];

      if (gtk_toggle_button_get_active (button))
        lm_answer_add_choice (answer,
                              g_object_get_data (G_OBJECT (button), "id"),
                              g_object_get_data (G_OBJECT (button), "label"));
    }
  if (typed[0] != '\0')
    lm_answer_add_choice (answer, NULL, typed);
}

static void
lm_pills_finalize (GObject *object)
{
  g_ptr_array_unref (LM_PILLS (object)->buttons);
  G_OBJECT_CLASS (lm_pills_parent_class)->finalize (object);
}

static void
lm_pills_class_init (LmPillsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lm_pills_finalize;
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

/* Begins a box of choices, under a heading if it has one. */
static void
begin_group (LmPills *self, const char *heading)
{
  if (heading != NULL)
    {
      GtkWidget *label = g_object_new (GTK_TYPE_LABEL,
                                       "accessible-role",
                                       GTK_ACCESSIBLE_ROLE_HEADING,
                                       "label",
                                       heading,
                                       "xalign",
                                       0.0,
                                       NULL);

      gtk_widget_add_css_class (label, "caption-heading");
      gtk_box_append (self->groups, label);
    }
  self->box = ADW_WRAP_BOX (adw_wrap_box_new ());
  adw_wrap_box_set_child_spacing (self->box, 8);
  adw_wrap_box_set_line_spacing (self->box, 8);
  gtk_box_append (self->groups, GTK_WIDGET (self->box));
}

static void
lm_pills_init (LmPills *self)
{
  self->buttons = g_ptr_array_new ();
  self->groups = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 8));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->groups));
}

/**
 * lm_pills_new:
 * @step: whose choices
 * @answer: (nullable): what was chosen before
 */
GtkWidget *
lm_pills_new (const LmGuideStep *step, LmAnswer *answer)
{
  LmPills *self = g_object_new (LM_TYPE_PILLS, NULL);
  const char *group = NULL;

  for (guint i = 0; i < step->choices->len; i++)
    {
      LmGuideChoice *choice = step->choices->pdata[i];

      if (i == 0 || g_strcmp0 (choice->group, group) != 0)
        begin_group (self, choice->group);
      group = choice->group;
      add_button (self,
                  choice->id,
                  choice->label,
                  answer != NULL && lm_answer_has_choice (answer, choice->id));
    }
  /* What belongs to no group stands apart from the last. */
  if (group != NULL)
    begin_group (self, NULL);
  if (step->unsure)
    add_button (self,
                UNSURE,
                _ ("I don’t know"),
                answer != NULL && lm_answer_has_choice (answer, UNSURE));
  if (answer != NULL)
    add_answered_own_words (self, answer);
  if (step->own_words)
    add_own_entry (self);
  return GTK_WIDGET (self);
}
