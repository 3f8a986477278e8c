/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "base/lm-text.h"
#include "exchange/lm-part-text.h"
#include "ui/attachments/lm-attachment-strip.h"
#include "ui/journal/lm-citation-box.h"
#include "ui/journal/lm-day-links.h"
#include "ui/journal/lm-entry-page.h"
#include "ui/map/lm-map-editor.h"
#include "ui/stream/lm-stream-note.h"
#include "ui/journal/lm-margin.h"
#include "ui/widgets/lm-document-view.h"
#include "ui/widgets/lm-parts.h"
#include "workspace/lm-phrases.h"
#include "workspace/lm-workspace-sealed.h"
#include "workspace/lm-workspace-tellings.h"

/* An entry to read: its text as it was typed, and each answer under its question. */

struct _LmEntryPage
{
  AdwNavigationPage parent_instance;

  /* Template widgets */
  GtkActionable *trash_button;
  GtkActionable *edit_button;
  AdwBanner *conflict_banner;
  GtkScrolledWindow *scroller;
  GtkActionable *history_button;
  GtkMenuButton *more_button;
  GtkLabel *date_label;
  GtkLabel *title_label;
  GtkLabel *guide_label;
  LmDocumentView *text_view;
  GtkBox *answers_box;
  LmCitationBox *citation_box;
  LmAttachmentStrip *attachment_strip;
  GtkWidget *again_box;
  GtkWidget *again_button;
  GtkWidget *tellings_button;
  AdwWrapBox *tags_box;
  GtkWidget *tray_button;
  GtkLabel *tray_label;
  GtkButton *day_button;
  GtkWidget *read_again_button;
  LmMargin *margin;
  AdwClamp *clamp;

  LmWorkspace *workspace;
  LmLibrary *library;
  LmEntry *entry;
  LmId shown; /* the fingerprint of what is on the page */
};

G_DEFINE_FINAL_TYPE (LmEntryPage, lm_entry_page, ADW_TYPE_NAVIGATION_PAGE)

static void
set_text (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), !lm_text_is_blank (text));
}

static void
show_markdown (LmDocumentView *view, const char *text)
{
  g_autoptr (LmDocument) document = lm_document_read (text, LM_DOCUMENT_ENTRY);

  lm_document_view_show (view, document);
  gtk_widget_set_visible (GTK_WIDGET (view), document->blocks->len > 0);
}

/* Answers ------------------------------------------------------------------------------------- */

static void
add_pill (GtkWidget *box, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "lm-pill");
  adw_wrap_box_append (ADW_WRAP_BOX (box), label);
}

static void
add_people (LmEntryPage *self, GtkWidget *box, LmAnswer *answer)
{
  g_auto (GStrv) people = lm_answer_get_people (answer);

  for (guint i = 0; people[i] != NULL; i++)
    {
      LmEntry *person = lm_workspace_find_person (self->workspace, people[i]);
      GtkWidget *button;

      /* Who was removed from the list has no page any more, but keeps their name. */
      if (person == NULL || lm_entry_get_deleted (person))
        {
          add_pill (box, person != NULL ? lm_entry_get_title (person) : _ ("Somebody"));
          continue;
        }
      button = gtk_button_new_with_label (lm_entry_get_title (person));
      gtk_widget_add_css_class (button, "lm-choice");
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.open-person");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", people[i]);
      adw_wrap_box_append (ADW_WRAP_BOX (box), button);
    }
}

/* Earlier entries that an answer points to: each opens. */
static void
add_entries (LmEntryPage *self, GtkWidget *box, LmAnswer *answer)
{
  g_auto (GStrv) entries = lm_answer_get_entries (answer);

  for (guint i = 0; entries[i] != NULL; i++)
    {
      LmId id = { 0 };
      LmEntry *entry =
          lm_id_parse (entries[i], -1, &id) ? lm_workspace_find_entry (self->workspace, &id) : NULL;
      const char *title = entry != NULL ? lm_entry_get_title (entry) : "";
      g_autofree char *day =
          entry != NULL
              ? lm_text_capitalize (lm_phrase_day_with_year (lm_entry_get_created (entry)))
              : NULL;
      GtkWidget *button;

      if (entry == NULL && lm_workspace_find_sealed (self->workspace, &id) != NULL)
        {
          add_pill (box, _ ("A sealed entry"));
          continue;
        }
      if (entry == NULL)
        {
          add_pill (box, _ ("An entry that is not here any more"));
          continue;
        }
      button = gtk_button_new_with_label (title[0] != '\0' ? title : day);
      gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))),
                               PANGO_ELLIPSIZE_END);
      gtk_widget_set_tooltip_text (button, day);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.open-entry");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", entries[i]);
      adw_wrap_box_append (ADW_WRAP_BOX (box), button);
    }
}

static GtkWidget *
make_pills (LmEntryPage *self, LmAnswer *answer)
{
  GtkWidget *box = adw_wrap_box_new ();
  const char *felt = lm_phrase_it_was (lm_answer_get_felt (answer));
  const char *intensity = lm_phrase_intensity ((guint) lm_answer_get_scale (answer));

  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (box), 6);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (box), 6);
  /* Whoever is on a map is named there. */
  if (!json_object_has_member (answer, "map"))
    add_people (self, box, answer);
  add_entries (self, box, answer);
  for (guint i = 0; i < lm_answer_n_choices (answer); i++)
    add_pill (box, lm_answer_get_choice (answer, i, NULL));
  if (intensity != NULL)
    add_pill (box, intensity);
  if (felt != NULL)
    add_pill (box, felt);
  gtk_widget_set_visible (box, gtk_widget_get_first_child (box) != NULL);
  return box;
}

static void
add_line (GtkWidget *box, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  /* As in widgets/lm-document-view.c. */
  gtk_accessible_reset_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_HAS_POPUP);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "lm-reading");
  gtk_box_append (GTK_BOX (box), label);
}

/* Parts of a text with what each brought to mind. */
static void
add_elements (GtkWidget *box, LmAnswer *answer)
{
  g_autoptr (GPtrArray) elements = lm_answer_get_elements (answer);

  for (guint i = 0; i < elements->len; i++)
    {
      g_autofree char *text = lm_element_to_text (elements->pdata[i]);

      add_line (box, text);
    }
}

static GtkWidget *
make_answer (LmEntryPage *self, LmContent *content, LmAnswer *answer)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  const char *asked = lm_answer_get_question (answer);
  GtkWidget *question = g_object_new (GTK_TYPE_LABEL,
                                      "accessible-role",
                                      GTK_ACCESSIBLE_ROLE_HEADING,
                                      "label",
                                      asked,
                                      NULL);
  GtkWidget *text = lm_document_view_new ();

  gtk_label_set_wrap (GTK_LABEL (question), TRUE);
  gtk_label_set_xalign (GTK_LABEL (question), 0);
  gtk_widget_add_css_class (question, "heading");
  gtk_widget_add_css_class (question, "dimmed");
  gtk_box_append (GTK_BOX (box), question);
  gtk_box_append (GTK_BOX (box), make_pills (self, answer));
  add_elements (box, answer);
  if (json_object_has_member (answer, "map"))
    gtk_box_append (GTK_BOX (box), lm_map_view_new (answer));
  show_markdown (LM_DOCUMENT_VIEW (text), lm_answer_get_text (answer));
  gtk_box_append (GTK_BOX (box), text);
  if (lm_content_is_stream (content, answer))
    gtk_box_append (GTK_BOX (box), lm_stream_note_new (content, lm_entry_get_id (self->entry)));
  return box;
}

static void
show_answers (LmEntryPage *self, LmContent *content)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->answers_box))) != NULL)
    gtk_box_remove (self->answers_box, child);
  for (guint i = 0; i < lm_content_n_answers (content); i++)
    {
      LmAnswer *answer = lm_content_get_answer (content, i);

      if (answer != NULL && !lm_answer_is_empty (answer))
        gtk_box_append (self->answers_box, make_answer (self, content, answer));
    }
}

/* Read again ------------------------------------------------------------------------------------
 */

/* With a margin the page has room for both voices. */
static void
margin_visible_cb (LmEntryPage *self)
{
  gboolean visible = gtk_widget_get_visible (GTK_WIDGET (self->margin));

  adw_clamp_set_maximum_size (self->clamp, visible ? 1040 : 640);
}

static void
read_again_cb (LmEntryPage *self)
{
  lm_margin_begin (self->margin);
}

static void
lm_entry_page_hiding (AdwNavigationPage *page)
{
  lm_margin_save (LM_ENTRY_PAGE (page)->margin);
}

/* The whole --------------------------------------------------------------------------------------
 */

static void
show_tags (LmEntryPage *self, GStrv tags)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->tags_box))) != NULL)
    adw_wrap_box_remove (self->tags_box, child);
  for (guint i = 0; tags[i] != NULL; i++)
    add_pill (GTK_WIDGET (self->tags_box), tags[i]);
  gtk_widget_set_visible (GTK_WIDGET (self->tags_box), tags[0] != NULL);
}

/* Where it stands between the journal and the session. */
static void
show_tray (LmEntryPage *self, LmRecord *record)
{
  static const char *const states[] = {
    [LM_TRAY_NONE] = "",
    [LM_TRAY_BRING] = N_ ("In the tray for the session"),
    [LM_TRAY_NOT_YET] = N_ ("Not yet spoken about; it stays in the tray"),
    [LM_TRAY_TALKED] = N_ ("Talked about in a session"),
    [LM_TRAY_LET_GO] = N_ ("Let go before a session"),
  };
  const char *text = states[record->tray];
  g_autofree char *target =
      g_strconcat (lm_id_format (&record->id).digits, record->in_tray ? " none" : " bring", NULL);

  set_text (self->tray_label, text[0] != '\0' ? _ (text) : "");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->tray_button), "s", target);
  gtk_widget_set_tooltip_text (self->tray_button,
                               record->in_tray ? _ ("Take out of the tray")
                                               : _ ("Bring to the session"));
}

/* Whether it may come up again; what is hard can be kept from that while one looks at it. */
static void
show_day (LmEntryPage *self, LmContent *content)
{
  gtk_button_set_label (self->day_button,
                        lm_content_comes_on_its_day (content)
                            ? _ ("Do not offer it on its day again")
                            : _ ("Offer it on its day again"));
  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (self->day_button)), TRUE);
}

static void
day_clicked_cb (LmEntryPage *self)
{
  g_autoptr (LmContent) content = lm_record_content (lm_entry_get_record (self->entry));

  lm_day_mark (GTK_WIDGET (self),
               self->workspace,
               self->entry,
               !lm_content_comes_on_its_day (content));
}

static void
show_entry (LmEntryPage *self)
{
  LmRecord *record = lm_entry_get_record (self->entry);
  g_autoptr (LmContent) content = lm_record_content (record);
  LmGuide *guide =
      record->guide != NULL ? lm_library_find_guide (self->library, record->guide) : NULL;
  g_autofree char *date = lm_text_capitalize (lm_phrase_day_and_time (record->created));
  LmId fingerprint = lm_content_fingerprint (content);

  /* What says the same is not drawn again: a selection stays, and the place in the text. */
  if (lm_id_equal (&fingerprint, &self->shown))
    return;
  self->shown = fingerprint;
  gtk_label_set_label (self->date_label, date);
  set_text (self->title_label, record->title);
  set_text (self->guide_label, guide != NULL ? lm_guide_get_title (guide) : "");
  lm_citation_box_show (self->citation_box, content);
  show_markdown (self->text_view, lm_content_get_string (content, "text"));
  show_answers (self, content);
  lm_attachment_strip_show (self->attachment_strip, self->workspace, content);
  show_tags (self, record->tags);
  show_tray (self, record);
  show_day (self, content);
  lm_margin_show (self->margin, self->workspace, self->entry);
}

/* Some things are worth telling again; what was told before stays as it was. */
static void
show_again (LmEntryPage *self)
{
  const char *id = lm_entry_get_record (self->entry)->guide;
  LmGuide *guide = id != NULL ? lm_library_find_guide (self->library, id) : NULL;
  gboolean can = guide != NULL && lm_guide_can_be_retold (guide);
  g_autoptr (GPtrArray) tellings =
      can ? lm_workspace_list_tellings (self->workspace, self->entry) : NULL;

  gtk_widget_set_visible (self->again_box, can);
  gtk_widget_set_visible (self->tellings_button, can && tellings->len > 1);
}

static void
lm_entry_page_showing (AdwNavigationPage *page)
{
  show_again (LM_ENTRY_PAGE (page));
}

static gboolean
scroll_back_cb (gpointer data)
{
  LmEntryPage *self = data;
  GtkAdjustment *adjustment;

  if (self->scroller == NULL)
    return G_SOURCE_REMOVE;
  adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  gtk_adjustment_set_value (adjustment, *(double *) g_object_get_data (G_OBJECT (self), "scroll"));
  return G_SOURCE_REMOVE;
}

/* The entry has changed, here or on another computer: the reader stays where they are. */
static void
changed_cb (LmEntryPage *self)
{
  double *value = g_new (double, 1);

  *value = gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (self->scroller));
  g_object_set_data_full (G_OBJECT (self), "scroll", value, g_free);
  show_entry (self);
  /* When the new text has its size. */
  g_timeout_add_full (G_PRIORITY_LOW, 50, scroll_back_cb, g_object_ref (self), g_object_unref);
}

static void
conflict_changed_cb (LmEntryPage *self)
{
  adw_banner_set_revealed (self->conflict_banner, lm_entry_get_conflict (self->entry));
}

static void
lm_entry_page_dispose (GObject *object)
{
  LmEntryPage *self = LM_ENTRY_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), LM_TYPE_ENTRY_PAGE);
  g_clear_object (&self->entry);
  g_clear_object (&self->workspace);
  g_clear_object (&self->library);
  G_OBJECT_CLASS (lm_entry_page_parent_class)->dispose (object);
}

static void
lm_entry_page_class_init (LmEntryPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lm_entry_page_dispose;
  ADW_NAVIGATION_PAGE_CLASS (klass)->showing = lm_entry_page_showing;
  ADW_NAVIGATION_PAGE_CLASS (klass)->hiding = lm_entry_page_hiding;
  g_type_ensure (LM_TYPE_MARGIN);
  g_type_ensure (LM_TYPE_DOCUMENT_VIEW);
  g_type_ensure (LM_TYPE_ATTACHMENT_STRIP);
  g_type_ensure (LM_TYPE_CITATION_BOX);
  gtk_widget_class_set_template_from_resource (
      widget_class,
      "/io/github/leitmotif_journal/Leitmotif/ui/journal/lm-entry-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LmEntryPage, trash_button);
  gtk_widget_class_bind_template_child (widget_class, LmEntryPage, edit_button);
  gtk_widget_class_bind_template_child (widget_class, LmEntryPage, conflict_banner);
  gtk_widget_class_bind_template_child (widget_class, LmEntryPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, LmEntryPage, history_button);
  gtk_widget_class_bind_template_child (widget_class, LmEntryPage, more_button);
  gtk_widget_class_bind_template_child (widget_class, LmEntryPage, date_label);
  gtk_widget_class_bind_template_child (widget_class, LmEntryPage, title_label);
  gtk_widget_class_bind_template_child (widget_class, LmEntryPage, guide_label);
  gtk_widget_class_bind_template_child (widget_class, LmEntryPage, text_view);
  gtk_widget_class_bind_template_child (widget_class, LmEntryPage, answers_box);
  gtk_widget_class_bind_template_child (widget_class, LmEntryPage, attachment_strip);
  gtk_widget_class_bind_template_child (widget_class, LmEntryPage, again_box);
  gtk_widget_class_bind_template_child (widget_class, LmEntryPage, again_button);
  gtk_widget_class_bind_template_child (widget_class, LmEntryPage, tellings_button);
  gtk_widget_class_bind_template_child (widget_class, LmEntryPage, citation_box);
  gtk_widget_class_bind_template_child (widget_class, LmEntryPage, tags_box);
  gtk_widget_class_bind_template_child (widget_class, LmEntryPage, tray_button);
  gtk_widget_class_bind_template_child (widget_class, LmEntryPage, tray_label);
  gtk_widget_class_bind_template_child (widget_class, LmEntryPage, day_button);
  gtk_widget_class_bind_template_child (widget_class, LmEntryPage, read_again_button);
  gtk_widget_class_bind_template_child (widget_class, LmEntryPage, margin);
  gtk_widget_class_bind_template_child (widget_class, LmEntryPage, clamp);
  gtk_widget_class_bind_template_callback (widget_class, day_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, read_again_cb);
}

static void
lm_entry_page_init (LmEntryPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->margin,
                           "notify::visible",
                           G_CALLBACK (margin_visible_cb),
                           self,
                           G_CONNECT_SWAPPED);
}

static void
add_item (GMenu *menu, const char *title, const char *action, const char *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (title, NULL);

  g_menu_item_set_action_and_target (item, action, "s", target);
  g_menu_append_item (menu, item);
}

static void
make_menu (LmEntryPage *self, const char *id)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  add_item (menu, _ ("_Earlier versions"), "win.history", id);
  add_item (menu, _ ("_Move to the trash"), "win.trash-entries", id);
  lm_menu_when_wanted (self->more_button, G_MENU_MODEL (menu));
}

LmEntryPage *
lm_entry_page_new (LmWorkspace *workspace, LmLibrary *library, LmEntry *entry)
{
  LmEntryPage *self = g_object_new (LM_TYPE_ENTRY_PAGE, NULL);
  LmIdText id = lm_id_format (lm_entry_get_id (entry));

  self->workspace = g_object_ref (workspace);
  self->library = g_object_ref (library);
  self->entry = g_object_ref (entry);
  gtk_actionable_set_action_target (self->trash_button, "s", id.digits);
  gtk_actionable_set_action_target (self->edit_button, "s", id.digits);
  gtk_actionable_set_action_target (self->history_button, "s", id.digits);
  make_menu (self, id.digits);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->again_button), "s", id.digits);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->tellings_button), "s", id.digits);
  g_signal_connect_object (entry,
                           "notify::excerpt",
                           G_CALLBACK (changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (entry,
                           "notify::conflict",
                           G_CALLBACK (conflict_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->conflict_banner), "s", id.digits);
  lm_button_wrap (GTK_BUTTON (self->read_again_button));
  gtk_widget_set_visible (self->read_again_button, !lm_workspace_get_read_only (workspace));
  show_entry (self);
  conflict_changed_cb (self);
  /* What was told again is kept a moment after its page is gone. */
  g_signal_connect_object (lm_workspace_get_entries (workspace),
                           "items-changed",
                           G_CALLBACK (show_again),
                           self,
                           G_CONNECT_SWAPPED);
  return self;
}
