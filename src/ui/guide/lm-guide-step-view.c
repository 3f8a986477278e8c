/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/guide/lm-counts-view.h"
#include "ui/guide/lm-element-picker.h"
#include "ui/guide/lm-entry-picker.h"
#include "ui/guide/lm-felt.h"
#include "ui/guide/lm-grounding.h"
#include "ui/guide/lm-guide-step-view.h"
#include "ui/guide/lm-passage-pane.h"
#include "ui/guide/lm-person-picker.h"
#include "ui/guide/lm-pills.h"
#include "ui/guide/lm-scale.h"
#include "ui/guide/lm-seal-picker.h"
#include "ui/map/lm-map-editor.h"
#include "ui/stream/lm-stream-view.h"
#include "ui/widgets/lm-tag-editor.h"
#include "ui/widgets/lm-text-area.h"
#include "workspace/lm-phrases.h"

struct _LmGuideStepView
{
  AdwBin parent_instance;

  GtkBox *box;
  GtkWidget *first; /* nullable: gets the focus */

  LmWorkspace *workspace;
  LmLibrary *library;
  LmGuideRun *run;
  guint position; /* of the run when this was its page */
};

G_DEFINE_FINAL_TYPE (LmGuideStepView, lm_guide_step_view, ADW_TYPE_BIN)

enum
{
  SIGNAL_GO_ON,
  SIGNAL_STOP,
  SIGNAL_LAYOUT_CHANGED,
  N_SIGNALS,
};

static const char *const signal_names[N_SIGNALS] = { "go-on", "stop", "layout-changed" };
static guint signals[N_SIGNALS];

/* The answer on this page; NULL if the run has gone on and it is too late. */
static LmAnswer *
own_answer (LmGuideStepView *self)
{
  return lm_guide_run_get_position (self->run) == self->position ? lm_guide_run_answer (self->run)
                                                                 : NULL;
}

/* Parts ------------------------------------------------------------------------------------- */

static GtkWidget *
add_text (LmGuideStepView *self, const char *text, const char *css_class, GtkAccessibleRole role)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role", role, "label", text, NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (self->box, label);
  return label;
}

static void
add_input (LmGuideStepView *self, GtkWidget *input)
{
  gtk_box_append (self->box, input);
  if (self->first == NULL)
    self->first = input;
}

static void
scale_changed_cb (LmScale *scale, LmGuideStepView *self)
{
  LmAnswer *answer = own_answer (self);

  if (answer == NULL)
    return;
  lm_answer_set_scale (answer, lm_scale_get (scale));
  lm_guide_run_changed (self->run);
}

static void
add_scale (LmGuideStepView *self, const char *const *labels)
{
  LmAnswer *answer = lm_guide_run_peek_answer (self->run);
  GtkWidget *scale = lm_scale_new (labels, answer != NULL ? lm_answer_get_scale (answer) : 0);

  g_signal_connect (scale, "changed", G_CALLBACK (scale_changed_cb), self);
  add_input (self, scale);
}

static void
add_intensity (LmGuideStepView *self)
{
  const char *labels[LM_SCALE_MAX + 1] = { NULL };

  for (guint i = 0; i < LM_SCALE_MAX; i++)
    labels[i] = lm_phrase_intensity (i + 1);
  add_scale (self, labels);
}

static void
text_changed_cb (GtkTextBuffer *buffer, LmGuideStepView *self)
{
  LmAnswer *answer = own_answer (self);
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  if (answer == NULL)
    return;
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
  lm_answer_set_text (answer, text);
  lm_guide_run_changed (self->run);
}

static void
add_text_area (LmGuideStepView *self, const char *label, int height)
{
  LmAnswer *answer = lm_guide_run_peek_answer (self->run);
  GtkWidget *area = lm_text_area_new ();
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (area));

  lm_text_area_set_workspace (LM_TEXT_AREA (area), self->workspace);
  if (answer != NULL)
    lm_text_area_set_text (LM_TEXT_AREA (area), lm_answer_get_text (answer));
  gtk_widget_set_size_request (area, -1, height);
  gtk_widget_add_css_class (area, "lm-boxed");
  gtk_accessible_update_property (GTK_ACCESSIBLE (area), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (buffer, "changed", G_CALLBACK (text_changed_cb), self, 0);
  add_input (self, area);
}

/* A text beside another input, with a small label of its own. */
static void
add_note (LmGuideStepView *self)
{
  add_text (self, _ ("Anything to add"), "heading", GTK_ACCESSIBLE_ROLE_LABEL);
  add_text_area (self, _ ("Anything to add"), 72);
}

static void
pills_changed_cb (LmPills *pills, LmGuideStepView *self)
{
  LmAnswer *answer = own_answer (self);

  if (answer == NULL)
    return;
  lm_pills_store (pills, answer);
  lm_guide_run_changed (self->run);
}

static void
add_pills (LmGuideStepView *self, const LmGuideStep *step)
{
  GtkWidget *pills = lm_pills_new (step, lm_guide_run_peek_answer (self->run));

  g_signal_connect (pills, "changed", G_CALLBACK (pills_changed_cb), self);
  add_input (self, pills);
}

static void
people_changed_cb (LmPersonPicker *picker, LmGuideStepView *self)
{
  LmAnswer *answer = own_answer (self);

  if (answer == NULL)
    return;
  lm_person_picker_store (picker, answer);
  lm_guide_run_changed (self->run);
}

static void
add_people (LmGuideStepView *self, const LmGuideStep *step)
{
  GtkWidget *picker =
      lm_person_picker_new (self->workspace, step, lm_guide_run_peek_answer (self->run));

  g_signal_connect (picker, "changed", G_CALLBACK (people_changed_cb), self);
  add_input (self, picker);
}

static void
entries_changed_cb (LmEntryPicker *picker, LmGuideStepView *self)
{
  LmAnswer *answer = own_answer (self);

  if (answer == NULL)
    return;
  lm_entry_picker_store (picker, answer);
  lm_guide_run_changed (self->run);
}

static void
add_entries (LmGuideStepView *self, const LmGuideStep *step)
{
  GtkWidget *picker =
      lm_entry_picker_new (self->workspace, step, lm_guide_run_peek_answer (self->run));

  g_signal_connect (picker, "changed", G_CALLBACK (entries_changed_cb), self);
  add_input (self, picker);
}

static void
elements_changed_cb (LmElementPicker *picker, LmGuideStepView *self)
{
  LmAnswer *answer = own_answer (self);

  if (answer == NULL)
    return;
  lm_element_picker_store (picker, answer);
  lm_guide_run_changed (self->run);
}

static void
add_elements (LmGuideStepView *self, const LmGuideStep *step)
{
  LmContent *content = lm_draft_get_content (lm_guide_run_get_draft (self->run));
  LmAnswer *source = lm_content_find_answer (content, step->from);
  GtkWidget *picker = lm_element_picker_new (self->workspace,
                                             source != NULL ? lm_answer_get_text (source) : "",
                                             lm_guide_run_peek_answer (self->run));

  g_signal_connect (picker, "changed", G_CALLBACK (elements_changed_cb), self);
  add_input (self, picker);
}

static void
seal_changed_cb (LmSealPicker *picker, LmGuideStepView *self)
{
  LmAnswer *answer = own_answer (self);

  if (answer == NULL)
    return;
  lm_seal_picker_store (picker, lm_draft_get_content (lm_guide_run_get_draft (self->run)), answer);
  lm_guide_run_changed (self->run);
}

static void
add_seal (LmGuideStepView *self)
{
  g_autoptr (GDateTime) now = lm_clock_now (lm_workspace_get_clock (self->workspace));
  GtkWidget *picker = lm_seal_picker_new (now,
                                          lm_draft_get_content (lm_guide_run_get_draft (self->run)),
                                          lm_guide_run_peek_answer (self->run));

  g_signal_connect (picker, "changed", G_CALLBACK (seal_changed_cb), self);
  add_input (self, picker);
}

static void
map_changed_cb (LmMapEditor *editor, LmGuideStepView *self)
{
  LmAnswer *answer = own_answer (self);

  if (answer == NULL)
    return;
  lm_map_editor_store (editor, answer);
  lm_guide_run_changed (self->run);
}

static void
add_map (LmGuideStepView *self, const LmGuideStep *step)
{
  GtkWidget *editor =
      lm_map_editor_new (self->workspace, step, lm_guide_run_peek_answer (self->run));

  g_signal_connect (editor, "changed", G_CALLBACK (map_changed_cb), self);
  add_input (self, editor);
}

static void
line_changed_cb (GtkEditable *entry, LmGuideStepView *self)
{
  LmAnswer *answer = own_answer (self);

  if (answer == NULL)
    return;
  lm_answer_set_text (answer, gtk_editable_get_text (entry));
  lm_guide_run_changed (self->run);
}

static void
add_line (LmGuideStepView *self, const char *label)
{
  LmAnswer *answer = lm_guide_run_peek_answer (self->run);
  GtkWidget *entry = gtk_entry_new ();

  gtk_entry_set_input_hints (GTK_ENTRY (entry), GTK_INPUT_HINT_PRIVATE);
  if (answer != NULL)
    gtk_editable_set_text (GTK_EDITABLE (entry), lm_answer_get_text (answer));
  /* Written on where it stopped. */
  gtk_editable_set_position (GTK_EDITABLE (entry), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect (entry, "changed", G_CALLBACK (line_changed_cb), self);
  add_input (self, entry);
}

static void
felt_changed_cb (AdwToggleGroup *group, GParamSpec *pspec, LmGuideStepView *self)
{
  LmAnswer *answer = own_answer (self);

  if (answer == NULL)
    return;
  lm_answer_set_felt (answer, lm_felt_get (group));
  lm_guide_run_changed (self->run);
}

static void
add_felt (LmGuideStepView *self)
{
  LmAnswer *answer = lm_guide_run_peek_answer (self->run);
  GtkWidget *group = lm_felt_new (answer != NULL ? lm_answer_get_felt (answer) : NULL);

  add_text (self, _ ("How was that for you?"), "heading", GTK_ACCESSIBLE_ROLE_LABEL);
  g_signal_connect (group, "notify::active-name", G_CALLBACK (felt_changed_cb), self);
  gtk_box_append (self->box, group);
}

static void
tray_toggled_cb (GtkCheckButton *button, LmGuideStepView *self)
{
  lm_content_set_in_tray (lm_draft_get_content (lm_guide_run_get_draft (self->run)),
                          gtk_check_button_get_active (button));
  lm_guide_run_changed (self->run);
}

static void
add_tray (LmGuideStepView *self)
{
  GtkWidget *button = gtk_check_button_new ();
  GtkWidget *label = gtk_label_new_with_mnemonic (_ ("_Bring this entry to the session"));

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), button);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (button), label);
  gtk_widget_add_css_class (button, "lm-answer");
  /* GTK would read the underline out as well. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Bring this entry to the session"),
                                  -1);
  gtk_check_button_set_active (
      GTK_CHECK_BUTTON (button),
      lm_content_is_in_tray (lm_draft_get_content (lm_guide_run_get_draft (self->run))));
  g_signal_connect (button, "toggled", G_CALLBACK (tray_toggled_cb), self);
  gtk_box_append (self->box, button);
}

/* What a screen reader says of a page before the first thing on it that gets the focus: without it,
 * somebody would hear answers and no question. @more: (nullable): another sentence */
static void
name_page (LmGuideStepView *self, const char *words, const char *more)
{
  g_autofree char *both = more != NULL ? g_strdup_printf ("%s %s", words, more) : g_strdup (words);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, both, -1);
}

static void
add_words (LmGuideStepView *self, const char *heading, const char *words)
{
  add_text (self, words, "lm-reading", GTK_ACCESSIBLE_ROLE_PARAGRAPH);
  name_page (self, heading, words);
}

/* Pages --------------------------------------------------------------------------------------- */

static void
show_step (LmGuideStepView *self, const LmGuideStep *step)
{
  if (step->help != NULL)
    add_text (self, step->help, "lm-reading", GTK_ACCESSIBLE_ROLE_PARAGRAPH);
  switch (step->input)
    {
    case LM_INPUT_TEXT:
      if (step->line)
        add_line (self, step->question);
      else
        add_text_area (self, step->question, step->is_long ? 320 : 160);
      break;
    case LM_INPUT_ENTRY:
      add_entries (self, step);
      break;
    case LM_INPUT_CHOICES:
      add_pills (self, step);
      break;
    case LM_INPUT_SCALE:
      add_scale (self, (const char *const *) step->scale_labels);
      break;
    case LM_INPUT_PERSON:
      add_people (self, step);
      break;
    case LM_INPUT_ELEMENTS:
      add_elements (self, step);
      break;
    case LM_INPUT_SEAL:
      add_seal (self);
      break;
    case LM_INPUT_MAP:
      add_map (self, step);
      break;
    case LM_INPUT_COUNTS:
      gtk_box_append (self->box, lm_counts_view_new (self->workspace, self->library));
      add_text_area (self, step->question, 120);
      break;
    case LM_INPUT_PAUSE:
    case LM_INPUT_STREAM:
    default:
      break;
    }
  /* A text is named by the question itself. */
  if (step->input != LM_INPUT_TEXT)
    name_page (self, step->question, step->help);
  else if (step->help != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->first),
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    step->help,
                                    -1);
  if (step->felt)
    add_felt (self);
  if (step->note)
    add_note (self);
  /* Entries that are chosen there go into the tray themselves. */
  if (step->tray && step->input != LM_INPUT_ENTRY)
    add_tray (self);
  if (step->article != NULL)
    gtk_box_append (self->box, lm_passage_button_new (self->library, step->article, step->section));
}

static void
go_on_cb (LmGuideStepView *self)
{
  g_signal_emit (self, signals[SIGNAL_GO_ON], 0);
}

static void
stop_cb (LmGuideStepView *self)
{
  g_signal_emit (self, signals[SIGNAL_STOP], 0);
}

/* Going on and stopping are equally good: the same size, side by side. */
static void
add_go_on_and_stop (LmGuideStepView *self)
{
  GtkWidget *box = adw_wrap_box_new ();
  GtkWidget *go_on = gtk_button_new_with_mnemonic (C_ ("guide", "_Go on"));
  GtkWidget *stop = gtk_button_new_with_mnemonic (_ ("_Stop here"));
  /* Neither weighs more than the other. */
  g_autoptr (GtkSizeGroup) equal = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);

  gtk_size_group_add_widget (equal, go_on);
  gtk_size_group_add_widget (equal, stop);
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (box), 12);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (box), 12);
  adw_wrap_box_set_align (ADW_WRAP_BOX (box), 0.5);
  gtk_widget_add_css_class (go_on, "pill");
  gtk_widget_add_css_class (stop, "pill");
  g_signal_connect_swapped (go_on, "clicked", G_CALLBACK (go_on_cb), self);
  g_signal_connect_swapped (stop, "clicked", G_CALLBACK (stop_cb), self);
  adw_wrap_box_append (ADW_WRAP_BOX (box), stop);
  adw_wrap_box_append (ADW_WRAP_BOX (box), go_on);
  add_input (self, box);
}

static void
show_grounding (LmGuideStepView *self)
{
  const char *safety = lm_guide_run_get_safety_text (self->run);

  if (safety == NULL)
    safety = _ ("What you feel is strong just now. There is time. You can stop here, and what you "
                "wrote is kept.");
  add_words (self, _ ("A moment to arrive"), safety);
  gtk_box_append (self->box, lm_grounding_new (self->run, self->library));
  add_go_on_and_stop (self);
}

static void
title_changed_cb (GtkEditable *entry, LmGuideStepView *self)
{
  lm_content_set_string (lm_draft_get_content (lm_guide_run_get_draft (self->run)),
                         "title",
                         gtk_editable_get_text (entry));
  lm_guide_run_changed (self->run);
}

static void
tags_changed_cb (LmTagEditor *editor, LmGuideStepView *self)
{
  g_auto (GStrv) tags = lm_tag_editor_get_tags (editor);

  lm_content_set_strings (lm_draft_get_content (lm_guide_run_get_draft (self->run)),
                          "tags",
                          (const char *const *) tags);
  lm_guide_run_changed (self->run);
}

static void
show_end (LmGuideStepView *self)
{
  LmContent *content = lm_draft_get_content (lm_guide_run_get_draft (self->run));
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *title = adw_entry_row_new ();
  GtkWidget *editor = g_object_new (LM_TYPE_TAG_EDITOR, NULL);
  g_auto (GStrv) tags = lm_content_get_strings (content, "tags");

  add_words (
      self,
      _ ("That is enough for today"),
      _ ("It is written down, and it can rest here. You can give it a name, so that you find "
         "it again."));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (title), _ ("Title"));
  adw_entry_row_set_input_hints (ADW_ENTRY_ROW (title), GTK_INPUT_HINT_PRIVATE);
  gtk_editable_set_text (GTK_EDITABLE (title), lm_content_get_string (content, "title"));
  g_signal_connect (title, "changed", G_CALLBACK (title_changed_cb), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), title);
  add_input (self, group);
  lm_tag_editor_set_tags (LM_TAG_EDITOR (editor), (const char *const *) tags);
  g_signal_connect (editor, "changed", G_CALLBACK (tags_changed_cb), self);
  gtk_box_append (self->box, editor);
}

static void
layout_changed_cb (LmGuideStepView *self)
{
  g_signal_emit (self, signals[SIGNAL_LAYOUT_CHANGED], 0);
}

/* Writing without deleting has its own page. */
static void
show_stream (LmGuideStepView *self)
{
  self->first = lm_stream_view_new (self->workspace, self->library, self->run);
  g_signal_connect_swapped (self->first, "changed", G_CALLBACK (layout_changed_cb), self);
  g_signal_connect_swapped (self->first, "ended", G_CALLBACK (go_on_cb), self);
  adw_bin_set_child (ADW_BIN (self), self->first);
}

/* Returns: how much of the window it needs now */
LmGuideStepLayout
lm_guide_step_view_get_layout (LmGuideStepView *self)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (self));

  if (!LM_IS_STREAM_VIEW (child))
    return LM_GUIDE_STEP_USUAL;
  switch (lm_stream_view_get_state (LM_STREAM_VIEW (child)))
    {
    case LM_STREAM_RUNNING:
    case LM_STREAM_TIME_UP:
      return LM_GUIDE_STEP_FULL;
    case LM_STREAM_NEW:
      return LM_GUIDE_STEP_BEGINS;
    case LM_STREAM_ENDED:
    default:
      return LM_GUIDE_STEP_USUAL;
    }
}

static void
show_page (LmGuideStepView *self)
{
  const char *question = lm_guide_run_get_question (self->run);
  const LmGuideStep *step = lm_guide_run_get_step (self->run);

  if (step != NULL && step->input == LM_INPUT_STREAM)
    {
      name_page (self, question, NULL);
      show_stream (self);
      return;
    }
  if (question != NULL)
    add_text (self, question, "title-2", GTK_ACCESSIBLE_ROLE_HEADING);
  switch (lm_guide_run_get_page (self->run))
    {
    case LM_GUIDE_PAGE_BEFORE:
      add_words (self, question, _ ("If it is almost too much, another day may be better."));
      add_intensity (self);
      break;
    case LM_GUIDE_PAGE_AFTER:
      name_page (self, question, NULL);
      add_intensity (self);
      break;
    case LM_GUIDE_PAGE_STEP:
      show_step (self, lm_guide_run_get_step (self->run));
      break;
    case LM_GUIDE_PAGE_GROUNDING:
      add_text (self, _ ("A moment to arrive"), "title-2", GTK_ACCESSIBLE_ROLE_HEADING);
      show_grounding (self);
      break;
    case LM_GUIDE_PAGE_END:
      add_text (self, _ ("That is enough for today"), "title-2", GTK_ACCESSIBLE_ROLE_HEADING);
      show_end (self);
      break;
    default:
      break;
    }
}

/* Puts the cursor where the answer goes. */
void
lm_guide_step_view_focus (LmGuideStepView *self)
{
  const LmGuideStep *step = lm_guide_run_get_step (self->run);

  /* A page that is not in the window yet is focused when it is shown. */
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  /* Where there is nothing to answer the keyboard stays on the button that goes on. */
  if ((self->first == NULL || !gtk_widget_child_focus (self->first, GTK_DIR_TAB_FORWARD)) &&
      step != NULL)
    gtk_accessible_announce (GTK_ACCESSIBLE (self),
                             step->question,
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
lm_guide_step_view_dispose (GObject *object)
{
  LmGuideStepView *self = LM_GUIDE_STEP_VIEW (object);

  /* The inputs go first: the last of what was typed still finds the run. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->workspace);
  g_clear_object (&self->library);
  g_clear_object (&self->run);
  G_OBJECT_CLASS (lm_guide_step_view_parent_class)->dispose (object);
}

static void
lm_guide_step_view_class_init (LmGuideStepViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lm_guide_step_view_dispose;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (signal_names[i],
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
lm_guide_step_view_init (LmGuideStepView *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 18));
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 560);
  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (self->box));
  gtk_widget_set_margin_top (clamp, 24);
  gtk_widget_set_margin_bottom (clamp, 24);
  gtk_widget_set_margin_start (clamp, 20);
  gtk_widget_set_margin_end (clamp, 20);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled),
                                  GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  adw_bin_set_child (ADW_BIN (self), scrolled);
}

/* Shows the page that @run is at. */
GtkWidget *
lm_guide_step_view_new (LmWorkspace *workspace, LmLibrary *library, LmGuideRun *run)
{
  LmGuideStepView *self = g_object_new (LM_TYPE_GUIDE_STEP_VIEW, NULL);

  self->workspace = g_object_ref (workspace);
  self->library = g_object_ref (library);
  self->run = g_object_ref (run);
  self->position = lm_guide_run_get_position (run);
  show_page (self);
  return GTK_WIDGET (self);
}
