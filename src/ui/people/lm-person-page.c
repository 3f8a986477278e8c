/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "base/lm-text.h"
#include "ui/journal/lm-entry-row.h"
#include "ui/lm-toast.h"
#include "ui/people/lm-merge-dialog.h"
#include "ui/people/lm-person-page.h"
#include "ui/widgets/lm-parts.h"
#include "ui/widgets/lm-save-status.h"
#include "ui/widgets/lm-text-area.h"
#include "ui/widgets/lm-undo-toast.h"
#include "workspace/lm-phrases.h"
#include "workspace/lm-workspace-drafts.h"
#include "workspace/lm-workspace-people.h"

/* One person: what they are to whoever writes, a note, and the entries that name them. What is
 * typed is saved after a moment, and on leaving; if that fails it is kept and tried on. */

#define ENTRIES_MAX 30

static const struct
{
  const char *circle;
  const char *label;
} circles[] = {
  { "now", N_ ("In my life now") },
  { "then", N_ ("From earlier") },
  { "therapy", N_ ("In therapy") },
};

struct _LmPersonPage
{
  AdwNavigationPage parent_instance;

  GtkEditable *name_row;
  GtkEditable *relation_row;
  LmTextArea *note_area;
  GtkToggleButton *circle_buttons[G_N_ELEMENTS (circles)];
  GtkSliceListModel *slice;
  GtkWidget *entries_list;
  GtkWidget *more_button;
  GtkWidget *none_label;
  AdwBanner *problem_banner;

  LmWorkspace *workspace;
  LmEntry *person;
  GListModel *entries; /* all that name them, sorted */
  GtkFilter *filter;
  LmDraft *draft; /* nullable: what is typed */
  gboolean filling;
  gboolean leaving; /* merged or removed: nothing is saved any more */
};

G_DEFINE_FINAL_TYPE (LmPersonPage, lm_person_page, ADW_TYPE_NAVIGATION_PAGE)

/* Saving --------------------------------------------------------------------------------------- */

static GStrv
circles_of (LmPersonPage *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < G_N_ELEMENTS (circles); i++)
    if (gtk_toggle_button_get_active (self->circle_buttons[i]))
      g_strv_builder_add (builder, circles[i].circle);
  return g_strv_builder_end (builder);
}

/* The page is left, or the program: what is typed is saved, and tried on if that fails. */
static void
save (LmPersonPage *self)
{
  if (self->draft != NULL)
    lm_draft_close (self->draft);
  g_clear_object (&self->draft); /* another page may go on with it */
}

static void
changed_cb (LmPersonPage *self)
{
  LmContent *content;
  g_autofree char *name = NULL, *note = NULL;
  g_auto (GStrv) chosen = NULL;

  if (self->filling || self->leaving || self->name_row == NULL)
    return;
  if (self->draft == NULL || lm_draft_is_closed (self->draft))
    {
      g_clear_object (&self->draft);
      self->draft =
          lm_workspace_begin_part (self->workspace, lm_entry_get_id (self->person), "person");
      lm_save_status_show_on (self->problem_banner, self->draft);
    }
  name = lm_text_clean_tag (gtk_editable_get_text (self->name_row));
  note = lm_text_area_get_text (self->note_area);
  chosen = circles_of (self);
  content = lm_draft_get_content (self->draft);
  /* Without a name, they keep the one they had. */
  lm_content_set_string (content,
                         "name",
                         name[0] != '\0' ? name : lm_entry_get_title (self->person));
  lm_content_set_string (content, "relation", gtk_editable_get_text (self->relation_row));
  lm_content_set_string (content, "note", note);
  lm_content_set_strings (content, "circles", (const char *const *) chosen);
  lm_draft_changed (self->draft);
}

/* With what could not be saved yet, where there is such a thing. */
static void
fill (LmPersonPage *self)
{
  const LmId *id = lm_entry_get_id (self->person);
  g_autoptr (LmContent) unsaved = lm_workspace_get_unsaved (self->workspace, id);
  g_autoptr (LmContent) saved = lm_record_content (lm_entry_get_record (self->person));
  LmContent *content = unsaved != NULL ? unsaved : saved;
  g_auto (GStrv) known = lm_content_get_strings (content, "circles");

  self->filling = TRUE;
  gtk_editable_set_text (self->name_row, lm_content_get_string (content, "name"));
  gtk_editable_set_text (self->relation_row, lm_content_get_string (content, "relation"));
  lm_text_area_set_text (self->note_area, lm_content_get_string (content, "note"));
  for (guint i = 0; i < G_N_ELEMENTS (circles); i++)
    gtk_toggle_button_set_active (self->circle_buttons[i],
                                  g_strv_contains ((const char *const *) known, circles[i].circle));
  self->filling = FALSE;
  if (unsaved != NULL)
    {
      self->draft = lm_workspace_begin_part (self->workspace, id, "person");
      lm_save_status_show_on (self->problem_banner, self->draft);
    }
}

static void
lm_person_page_hiding (AdwNavigationPage *page)
{
  save (LM_PERSON_PAGE (page));
}

/* Removing --------------------------------------------------------------------------------------
 */

static void
leave (LmPersonPage *self)
{
  GtkWidget *pages = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW);

  self->leaving = TRUE;
  if (pages != NULL)
    adw_navigation_view_pop (ADW_NAVIGATION_VIEW (pages));
}

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LmPersonPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LmUndo) undo =
      lm_workspace_change_person_finish (LM_WORKSPACE (source), result, &error);
  g_autofree char *text = NULL;

  if (undo == NULL)
    {
      lm_toast_error (GTK_WIDGET (self), error);
      return;
    }
  /* Translators: %s is a name */
  text = g_strdup_printf (_ ("%s is removed from the list. Entries stay as they are."),
                          lm_entry_get_title (self->person));
  lm_undo_toast (GTK_WIDGET (self), LM_WORKSPACE (source), text, undo);
  leave (self);
}

static void
remove_cb (LmPersonPage *self)
{
  save (self);
  lm_workspace_remove_person_async (self->workspace, self->person, removed_cb, g_object_ref (self));
}

static void
merge_cb (LmPersonPage *self)
{
  save (self);
  lm_merge_dialog_present (GTK_WIDGET (self), self->workspace, self->person);
}

/* Merged here or on another computer. */
static void
person_changed_cb (LmPersonPage *self)
{
  if (lm_entry_get_deleted (self->person) && !self->leaving)
    leave (self);
}

/* Entries ---------------------------------------------------------------------------------------
 */

static gboolean
names_them (gpointer item, gpointer data)
{
  LmPersonPage *self = data;

  return !lm_entry_get_deleted (item) &&
         lm_workspace_names_person (self->workspace, lm_entry_get_record (item), self->person);
}

static int
newest_first (gconstpointer a, gconstpointer b, gpointer data)
{
  return g_date_time_compare (lm_entry_get_created ((LmEntry *) b),
                              lm_entry_get_created ((LmEntry *) a));
}

static GtkWidget *
make_entry_row (gpointer item, gpointer data)
{
  LmEntry *entry = item;
  g_autofree char *title = lm_text_excerpt (lm_entry_row_title (entry), 80);
  g_autofree char *day =
      lm_text_capitalize (lm_phrase_day_with_year (lm_entry_get_created (entry)));

  return lm_link_row_new (title,
                          day,
                          NULL,
                          "win.open-entry",
                          lm_id_format (lm_entry_get_id (entry)).digits);
}

static void
show_more_state (LmPersonPage *self)
{
  guint n = g_list_model_get_n_items (self->entries);

  gtk_widget_set_visible (self->more_button, n > gtk_slice_list_model_get_size (self->slice));
  gtk_widget_set_visible (self->entries_list, n > 0);
  gtk_widget_set_visible (self->none_label, n == 0);
}

static void
more_cb (LmPersonPage *self)
{
  gtk_slice_list_model_set_size (self->slice,
                                 gtk_slice_list_model_get_size (self->slice) + ENTRIES_MAX);
  show_more_state (self);
}

static void
people_changed_cb (LmPersonPage *self)
{
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  show_more_state (self);
}

/* The page ---------------------------------------------------------------------------------------
 */

static GtkWidget *
make_heading (const char *text)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL,
                                   "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_HEADING,
                                   "label",
                                   text,
                                   NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  return label;
}

static GtkWidget *
make_circles (LmPersonPage *self)
{
  GtkWidget *box = adw_wrap_box_new ();

  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (box), 8);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (box), 8);
  for (guint i = 0; i < G_N_ELEMENTS (circles); i++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (_ (circles[i].label));

      gtk_widget_add_css_class (button, "lm-choice");
      g_signal_connect_object (button, "toggled", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
      adw_wrap_box_append (ADW_WRAP_BOX (box), button);
      self->circle_buttons[i] = GTK_TOGGLE_BUTTON (button);
    }
  return box;
}

static GtkWidget *
make_details (LmPersonPage *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *name = adw_entry_row_new (), *relation = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (name), C_ ("person", "Name"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (relation), _ ("What they are to you"));
  self->name_row = GTK_EDITABLE (name);
  self->relation_row = GTK_EDITABLE (relation);
  adw_entry_row_set_input_hints (ADW_ENTRY_ROW (name), GTK_INPUT_HINT_PRIVATE);
  adw_entry_row_set_input_hints (ADW_ENTRY_ROW (relation), GTK_INPUT_HINT_PRIVATE);
  g_signal_connect_object (name, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (relation, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), name);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), relation);
  return group;
}

static GtkWidget *
make_note (LmPersonPage *self)
{
  GtkWidget *area = lm_text_area_new ();

  self->note_area = LM_TEXT_AREA (area);
  lm_text_area_set_workspace (self->note_area, self->workspace);
  gtk_widget_add_css_class (area, "lm-boxed");
  gtk_accessible_update_property (GTK_ACCESSIBLE (area),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Notes"),
                                  -1);
  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (area)),
                           "changed",
                           G_CALLBACK (changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  return area;
}

static void
add_entries (LmPersonPage *self, GtkBox *box)
{
  GtkSorter *sorter = GTK_SORTER (gtk_custom_sorter_new (newest_first, NULL, NULL));
  GtkFilterListModel *filtered;

  self->filter = GTK_FILTER (gtk_custom_filter_new (names_them, self, NULL));
  filtered = gtk_filter_list_model_new (g_object_ref (lm_workspace_get_entries (self->workspace)),
                                        g_object_ref (self->filter));
  self->entries = G_LIST_MODEL (gtk_sort_list_model_new (G_LIST_MODEL (filtered), sorter));
  self->slice = gtk_slice_list_model_new (g_object_ref (self->entries), 0, ENTRIES_MAX);
  self->entries_list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->entries_list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->entries_list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entries_list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Entries"),
                                  -1);
  gtk_list_box_bind_model (GTK_LIST_BOX (self->entries_list),
                           G_LIST_MODEL (self->slice),
                           make_entry_row,
                           NULL,
                           NULL);
  self->more_button = gtk_button_new_with_mnemonic (_ ("Show _more"));
  gtk_widget_set_halign (self->more_button, GTK_ALIGN_CENTER);
  g_signal_connect_object (self->more_button,
                           "clicked",
                           G_CALLBACK (more_cb),
                           self,
                           G_CONNECT_SWAPPED);
  self->none_label = gtk_label_new (_ ("No entry names them yet."));
  gtk_label_set_xalign (GTK_LABEL (self->none_label), 0);
  gtk_widget_add_css_class (self->none_label, "dimmed");
  gtk_box_append (box, make_heading (_ ("Entries")));
  gtk_box_append (box, self->none_label);
  gtk_box_append (box, self->entries_list);
  gtk_box_append (box, self->more_button);
  g_signal_connect_object (self->entries,
                           "items-changed",
                           G_CALLBACK (show_more_state),
                           self,
                           G_CONNECT_SWAPPED);
  show_more_state (self);
}

static GtkWidget *
make_buttons (LmPersonPage *self)
{
  GtkWidget *box = adw_wrap_box_new ();
  GtkWidget *merge = gtk_button_new_with_mnemonic (_ ("This is the _same person as…"));
  GtkWidget *gone = gtk_button_new_with_mnemonic (_ ("_Remove from the list"));

  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (box), 8);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (box), 8);
  g_signal_connect_object (merge, "clicked", G_CALLBACK (merge_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gone, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  adw_wrap_box_append (ADW_WRAP_BOX (box), merge);
  adw_wrap_box_append (ADW_WRAP_BOX (box), gone);
  return box;
}

static void
lm_person_page_dispose (GObject *object)
{
  LmPersonPage *self = LM_PERSON_PAGE (object);

  save (self);
  if (self->entries_list != NULL)
    gtk_list_box_bind_model (GTK_LIST_BOX (self->entries_list), NULL, NULL, NULL, NULL);
  self->entries_list = NULL;
  self->name_row = NULL;
  g_clear_object (&self->slice);
  g_clear_object (&self->entries);
  g_clear_object (&self->filter);
  g_clear_object (&self->person);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (lm_person_page_parent_class)->dispose (object);
}

static void
lm_person_page_class_init (LmPersonPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lm_person_page_dispose;
  ADW_NAVIGATION_PAGE_CLASS (klass)->hiding = lm_person_page_hiding;
}

static void
lm_person_page_init (LmPersonPage *self)
{
}

AdwNavigationPage *
lm_person_page_new (LmWorkspace *workspace, LmEntry *person)
{
  LmPersonPage *self = g_object_new (LM_TYPE_PERSON_PAGE, NULL);
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *box, *scroller = lm_reading_list_new (&box);
  GtkWidget *header = lm_header_bar_new ();

  self->workspace = g_object_ref (workspace);
  self->person = g_object_ref (person);
  adw_header_bar_set_show_title (ADW_HEADER_BAR (header), FALSE);
  gtk_box_append (GTK_BOX (box), make_details (self));
  gtk_box_append (GTK_BOX (box), make_circles (self));
  gtk_box_append (GTK_BOX (box), make_heading (_ ("Notes")));
  gtk_box_append (GTK_BOX (box), make_note (self));
  add_entries (self, GTK_BOX (box));
  gtk_box_append (GTK_BOX (box), make_buttons (self));
  self->problem_banner = ADW_BANNER (adw_banner_new (""));
  fill (self);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), GTK_WIDGET (self->problem_banner));
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), scroller);
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), view);
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), _ ("Person"));
  g_signal_connect_object (person,
                           "notify::deleted",
                           G_CALLBACK (person_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (lm_workspace_get_people (workspace),
                           "items-changed",
                           G_CALLBACK (people_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  return ADW_NAVIGATION_PAGE (self);
}
