/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "base/lm-json.h"
#include "base/lm-text.h"
#include "ui/guide/lm-guide-editor.h"
#include "ui/guide/lm-step-editor.h"
#include "ui/widgets/lm-focus.h"
#include "ui/widgets/lm-parts.h"
#include "ui/widgets/lm-save-status.h"
#include "ui/widgets/lm-undo-toast.h"
#include "workspace/lm-own-guides.h"
#include "workspace/lm-workspace-drafts.h"

/* Makes or changes a guide of one's own. What is typed is saved after a moment, and on leaving; if
 * that fails it is kept and tried on. It is used once it is complete. */

struct _LmGuideEditor
{
  AdwNavigationPage parent_instance;

  GtkEditable *title_row;
  GtkEditable *summary_row;
  GtkEditable *purpose_row;
  AdwSpinRow *minutes_row;
  GtkBox *steps_box; /* of LmStepEditor */
  GtkLabel *state_label;
  AdwBanner *problem_banner;

  LmWorkspace *workspace;
  LmLibrary *library;
  LmId id;
  JsonObject *json;
  LmDraft *draft;   /* nullable: what is typed */
  AdwToast *undoes; /* nullable: says that a question is removed */
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (LmGuideEditor, lm_guide_editor, ADW_TYPE_NAVIGATION_PAGE)

/* Saving ------------------------------------------------------------------------------------------
 */

/* Returns: (nullable): what is missing, in a person's words */
static const char *
missing (LmGuideEditor *self)
{
  JsonArray *steps = lm_json_get_array (self->json, "steps");

  if (lm_text_is_blank (lm_json_get_string (self->json, "title")))
    return _ ("It needs a name.");
  if (lm_json_array_size (steps) == 0)
    return _ ("It needs a question.");
  for (guint i = 0; i < json_array_get_length (steps); i++)
    {
      JsonObject *step = lm_json_at_object (steps, i);
      JsonObject *input = lm_json_get_object (step, "input");
      const char *type = lm_json_get_string (input, "type");

      if (lm_text_is_blank (lm_json_get_string (step, "question")))
        return _ ("A question is empty.");
      if (g_strcmp0 (type, "scale") == 0 &&
          lm_json_array_size (lm_json_get_array (input, "labels")) != LM_SCALE_MAX)
        return _ ("Five steps need five words, with commas between them.");
      if (g_strcmp0 (type, "choices") == 0 && lm_json_get_string (input, "list") != NULL &&
          g_str_has_prefix (lm_json_get_string (input, "list"), "words-") &&
          lm_json_array_size (lm_json_get_array (lm_json_get_object (self->json, "lists"),
                                                 lm_json_get_string (input, "list"))) == 0)
        return _ ("Words to choose from are missing.");
    }
  return NULL;
}

/* Returns: whether it can be used */
static gboolean
show_state (LmGuideEditor *self)
{
  const char *what = missing (self);
  g_autoptr (GError) error = NULL;

  if (what != NULL)
    gtk_label_set_label (self->state_label, what);
  else if (!lm_own_guide_check (self->library, self->json, &error))
    gtk_label_set_label (self->state_label, error->message);
  else
    gtk_label_set_label (self->state_label, _ ("Complete. You find it among your own guides."));
  return what == NULL && error == NULL;
}

/* The page is left, or the program: what is typed is saved, and tried on if that fails. */
static void
save (LmGuideEditor *self)
{
  if (self->draft != NULL)
    lm_draft_close (self->draft);
  g_clear_object (&self->draft); /* another page may go on with it */
}

/* Entries keep the edition that asked them. */
static void
raise_edition (LmGuideEditor *self)
{
  LmGuide *used = lm_library_find_guide (self->library, lm_json_get_string (self->json, "id"));
  gint64 edition = 1;

  lm_json_get_integer (self->json, "edition", &edition);
  if (used != NULL && edition <= lm_guide_get_edition (used))
    json_object_set_int_member (self->json, "edition", lm_guide_get_edition (used) + 1);
}

static void
begin (LmGuideEditor *self)
{
  g_clear_object (&self->draft);
  self->draft = lm_workspace_begin_part (self->workspace, &self->id, "guide");
  lm_save_status_show_on (self->problem_banner, self->draft);
}

static void
changed (LmGuideEditor *self)
{
  gboolean complete;

  if (self->filling)
    return;
  if (self->draft == NULL || lm_draft_is_closed (self->draft))
    begin (self);
  raise_edition (self);
  complete = show_state (self);
  lm_own_guide_set (lm_draft_get_content (self->draft), self->json, !complete);
  lm_draft_changed (self->draft);
}

static void
set_text (LmGuideEditor *self, const char *key, GtkEditable *row)
{
  json_object_set_string_member (self->json, key, gtk_editable_get_text (row));
}

static void
texts_changed_cb (LmGuideEditor *self)
{
  if (self->filling)
    return;
  set_text (self, "title", self->title_row);
  set_text (self, "summary", self->summary_row);
  set_text (self, "purpose", self->purpose_row);
  json_object_set_int_member (self->json,
                              "minutes",
                              (gint64) adw_spin_row_get_value (self->minutes_row));
  changed (self);
}

/* Steps -------------------------------------------------------------------------------------------
 */

/* Takes the order of the questions from the page. */
static void
take_steps (LmGuideEditor *self)
{
  JsonArray *steps = json_array_new ();
  guint number = 1;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->steps_box)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      json_array_add_object_element (
          steps,
          json_object_ref (lm_step_editor_get_step (LM_STEP_EDITOR (child))));
      lm_step_editor_set_number (LM_STEP_EDITOR (child),
                                 number++,
                                 gtk_widget_get_next_sibling (child) == NULL);
    }
  json_object_set_array_member (self->json, "steps", steps);
}

static void
step_changed_cb (LmGuideEditor *self)
{
  changed (self);
}

static void
step_moved_cb (GtkWidget *step, int by, LmGuideEditor *self)
{
  GtkWidget *other =
      by < 0 ? gtk_widget_get_prev_sibling (step) : gtk_widget_get_next_sibling (step);

  if (other == NULL)
    return;
  if (by < 0)
    gtk_box_reorder_child_after (self->steps_box, other, step);
  else
    gtk_box_reorder_child_after (self->steps_box, step, other);
  take_steps (self);
  changed (self);
}

/* What a rule of safety or "first" says of a question goes with it. */
static void
forget_step (LmGuideEditor *self, const char *id)
{
  JsonArray *safety = lm_json_get_array (self->json, "safety");

  if (g_strcmp0 (lm_json_get_string (self->json, "first"), id) == 0)
    json_object_remove_member (self->json, "first");
  for (guint i = lm_json_array_size (safety); i > 0; i--)
    {
      JsonObject *rule = lm_json_at_object (safety, i - 1);
      JsonArray *lists[] = { lm_json_get_array (lm_json_get_object (rule, "when"), "steps"),
                             lm_json_get_array (rule, "skip") };

      for (guint k = 0; k < G_N_ELEMENTS (lists); k++)
        for (guint m = lm_json_array_size (lists[k]); m > 0; m--)
          if (g_strcmp0 (lm_json_at_string (lists[k], m - 1), id) == 0)
            json_array_remove_element (lists[k], m - 1);
      if (lm_json_array_size (lists[0]) == 0)
        json_array_remove_element (safety, i - 1);
    }
}

static GtkWidget *add_step (LmGuideEditor *self, JsonObject *step, guint number);

#define REMOVED "lm-removed"

/* A question, its place, and what is said of it elsewhere in the guide. */
typedef struct
{
  JsonObject *step;
  guint place;
  char *first;       /* nullable */
  JsonArray *safety; /* nullable */
} Removed;

static void
removed_free (gpointer data)
{
  Removed *removed = data;

  json_object_unref (removed->step);
  g_clear_pointer (&removed->safety, json_array_unref);
  g_free (removed->first);
  g_free (removed);
}

static Removed *
removed_new (LmGuideEditor *self, GtkWidget *step)
{
  g_autoptr (JsonObject) before = lm_json_copy (self->json);
  JsonArray *safety = lm_json_get_array (before, "safety");
  Removed *removed = g_new0 (Removed, 1);

  removed->step = json_object_ref (lm_step_editor_get_step (LM_STEP_EDITOR (step)));
  removed->first = g_strdup (lm_json_get_string (before, "first"));
  removed->safety = safety != NULL ? json_array_ref (safety) : NULL;
  while ((step = gtk_widget_get_prev_sibling (step)) != NULL)
    removed->place++;
  return removed;
}

static void
undo_cb (AdwToast *toast, LmGuideEditor *self)
{
  Removed *removed = g_object_get_data (G_OBJECT (toast), REMOVED);
  GtkWidget *before = NULL, *next = gtk_widget_get_first_child (GTK_WIDGET (self->steps_box));
  GtkWidget *step;

  for (guint i = 0; i < removed->place && next != NULL; i++)
    {
      before = next;
      next = gtk_widget_get_next_sibling (next);
    }
  step = add_step (self, removed->step, 1);
  gtk_box_reorder_child_after (self->steps_box, step, before);
  if (removed->first != NULL)
    json_object_set_string_member (self->json, "first", removed->first);
  if (removed->safety != NULL)
    json_object_set_array_member (self->json, "safety", json_array_ref (removed->safety));
  take_steps (self);
  changed (self);
  lm_step_editor_focus (LM_STEP_EDITOR (step));
}

/* The page is left: what would come back is not to be seen. */
static void
drop_undo (LmGuideEditor *self)
{
  if (self->undoes != NULL)
    adw_toast_dismiss (self->undoes);
  g_clear_object (&self->undoes);
}

static void
step_removed_cb (GtkWidget *step, LmGuideEditor *self)
{
  Removed *removed = removed_new (self, step);

  lm_focus_leave (step);
  gtk_box_remove (self->steps_box, step);
  forget_step (self, lm_json_get_string (removed->step, "id"));
  take_steps (self);
  changed (self);
  drop_undo (self);
  /* Translators: of a guide of one's own */
  self->undoes = adw_toast_new (_ ("Question removed"));
  g_object_set_data_full (G_OBJECT (self->undoes), REMOVED, removed, removed_free);
  g_signal_connect_object (self->undoes, "button-clicked", G_CALLBACK (undo_cb), self, 0);
  lm_undo_toast_show (GTK_WIDGET (self), g_object_ref (self->undoes));
}

static GtkWidget *
add_step (LmGuideEditor *self, JsonObject *step, guint number)
{
  GtkWidget *editor = lm_step_editor_new (step, lm_json_get_object (self->json, "lists"), number);

  g_signal_connect_object (editor,
                           "changed",
                           G_CALLBACK (step_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (editor, "move", G_CALLBACK (step_moved_cb), self, 0);
  g_signal_connect_object (editor, "remove", G_CALLBACK (step_removed_cb), self, 0);
  gtk_box_append (self->steps_box, editor);
  return editor;
}

static void
new_step_cb (LmGuideEditor *self)
{
  g_autoptr (JsonObject) step = json_object_new ();
  JsonObject *input = json_object_new ();
  LmId random = lm_id_new_random ();
  g_autofree char *id = g_strdup_printf ("step-%.8s", lm_id_format (&random).digits);
  GtkWidget *editor;

  json_object_set_string_member (input, "type", "text");
  json_object_set_string_member (step, "id", id);
  json_object_set_string_member (step, "question", "");
  json_object_set_object_member (step, "input", input);
  editor = add_step (self, step, 1);
  take_steps (self);
  changed (self);
  lm_step_editor_focus (LM_STEP_EDITOR (editor));
}

/* The page ----------------------------------------------------------------------------------------
 */

static GtkEditable *
add_entry (LmGuideEditor *self, GtkWidget *group, const char *title, const char *key)
{
  GtkWidget *row = adw_entry_row_new ();
  const char *text = lm_json_get_string (self->json, key);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
  g_signal_connect_object (row, "changed", G_CALLBACK (texts_changed_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return GTK_EDITABLE (row);
}

static GtkWidget *
make_head (LmGuideEditor *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *minutes = adw_spin_row_new_with_range (1, 120, 1);
  gint64 known = 10;

  lm_json_get_integer (self->json, "minutes", &known);
  self->title_row = add_entry (self, group, _ ("Name of the guide"), "title");
  self->summary_row = add_entry (self, group, _ ("One sentence about it"), "summary");
  self->purpose_row = add_entry (self, group, _ ("What it is for"), "purpose");
  self->minutes_row = ADW_SPIN_ROW (minutes);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (minutes), _ ("Minutes it takes"));
  adw_spin_row_set_value (self->minutes_row, (double) known);
  g_signal_connect_object (minutes,
                           "notify::value",
                           G_CALLBACK (texts_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), minutes);
  return group;
}

static GtkWidget *
make_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "dimmed");
  return label;
}

static void
lm_guide_editor_hiding (AdwNavigationPage *page)
{
  drop_undo (LM_GUIDE_EDITOR (page));
  save (LM_GUIDE_EDITOR (page));
}

static void
lm_guide_editor_dispose (GObject *object)
{
  LmGuideEditor *self = LM_GUIDE_EDITOR (object);

  drop_undo (self);
  save (self);
  g_clear_pointer (&self->json, json_object_unref);
  g_clear_object (&self->library);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (lm_guide_editor_parent_class)->dispose (object);
}

static void
lm_guide_editor_class_init (LmGuideEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lm_guide_editor_dispose;
  ADW_NAVIGATION_PAGE_CLASS (klass)->hiding = lm_guide_editor_hiding;
}

static void
lm_guide_editor_init (LmGuideEditor *self)
{
}

/* Returns: (transfer full) (nullable): what could not be saved yet */
static JsonObject *
unsaved_json (LmGuideEditor *self)
{
  g_autoptr (LmContent) unsaved = lm_workspace_get_unsaved (self->workspace, &self->id);
  gboolean unfinished;

  if (unsaved == NULL)
    return NULL;
  begin (self);
  return lm_own_guide_get (unsaved, &unfinished);
}

/**
 * lm_guide_editor_new:
 * @id: of the record, new or not
 * @json: (transfer none): in the form of a guide file
 */
AdwNavigationPage *
lm_guide_editor_new (LmWorkspace *workspace, LmLibrary *library, const LmId *id, JsonObject *json)
{
  LmGuideEditor *self = g_object_new (LM_TYPE_GUIDE_EDITOR, NULL);
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *box, *scroller = lm_reading_list_new (&box);
  GtkWidget *add = gtk_button_new_with_mnemonic (_ ("_Add a question"));
  JsonArray *steps;

  self->filling = TRUE;
  self->workspace = g_object_ref (workspace);
  self->library = g_object_ref (library);
  self->id = *id;
  self->problem_banner = ADW_BANNER (adw_banner_new (""));
  self->json = unsaved_json (self);
  if (self->json == NULL)
    self->json = lm_json_copy (json);
  if (lm_json_get_object (self->json, "lists") == NULL)
    json_object_set_object_member (self->json, "lists", json_object_new ());
  self->steps_box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 24));
  self->state_label = GTK_LABEL (make_label (""));
  gtk_box_append (GTK_BOX (box), make_head (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->steps_box));
  gtk_widget_set_halign (add, GTK_ALIGN_START);
  g_signal_connect_object (add, "clicked", G_CALLBACK (new_step_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), add);
  gtk_box_append (GTK_BOX (box),
                  make_label (_ ("It ends with a pause to come back to the room, and a line for "
                                 "your session, as every guide does.")));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->state_label));
  steps = lm_json_get_array (self->json, "steps");
  for (guint i = 0; i < lm_json_array_size (steps); i++)
    if (lm_json_at_object (steps, i) != NULL)
      add_step (self, lm_json_at_object (steps, i), i + 1);
  take_steps (self);
  show_state (self);
  self->filling = FALSE;
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), lm_header_bar_new ());
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), GTK_WIDGET (self->problem_banner));
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), scroller);
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), view);
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), _ ("Your own guide"));
  return ADW_NAVIGATION_PAGE (self);
}
