/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ui/library/lm-article-notes.h"
#include "ui/library/lm-article-page.h"
#include "ui/library/lm-article-view.h"
#include "ui/library/lm-term-popover.h"
#include "ui/widgets/lm-document-view.h"
#include "ui/widgets/lm-parts.h"
#include "workspace/lm-phrases.h"

/* An article to read: at most 70 characters a line, in the system's document font, its references
 * as notes under it. */

#define LINE_CHARACTERS 70

struct _LmArticleView
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkScrolledWindow *scrolled_window;
  AdwClamp *clamp;
  GtkLabel *title_label;
  GtkLabel *details_label;
  LmDocumentView *document_view;
  GtkBox *write_box;
  GtkWidget *references_title;
  GtkBox *references_box;
  GtkLabel *reviewed_label;

  LmLibrary *library;
  LmArticle *article;
  char *section;     /* nullable: to be scrolled to */
  char *passage;     /* nullable: as that, and before it */
  guint place;       /* where to begin, in thousandths */
  guint at;          /* how far it is scrolled */
  gboolean was_read; /* whether the end of the text was seen */
  guint measure;     /* frames until the length of a line is set; 0 for none */
  GHashTable *notes; /* reference's id → widget in the list */
  GPtrArray *marks;  /* borrowed: the widgets that lead to entries about passages */
};

G_DEFINE_FINAL_TYPE (LmArticleView, lm_article_view, ADW_TYPE_BIN)

static void set_line_length (LmArticleView *self);
static gboolean measure_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data);

/* Scrolling ------------------------------------------------------------------------------------ */

static void
scroll_to (LmArticleView *self, GtkWidget *widget)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled_window);
  GtkWidget *content = gtk_scrolled_window_get_child (self->scrolled_window);
  graphene_point_t point;

  if (widget == NULL ||
      !gtk_widget_compute_point (widget, content, &GRAPHENE_POINT_INIT (0, 0), &point))
    return;
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + point.y - 12);
  gtk_widget_grab_focus (widget);
}

/* Returns: whether the passage is there */
static gboolean
scroll_to_passage (LmArticleView *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled_window);
  GtkWidget *content = gtk_scrolled_window_get_child (self->scrolled_window);
  GdkRectangle area;
  GtkWidget *text = lm_document_view_find_passage (self->document_view, self->passage, TRUE, &area);
  graphene_point_t point;

  if (text == NULL ||
      !gtk_widget_compute_point (text,
                                 content,
                                 &GRAPHENE_POINT_INIT ((float) area.x, (float) area.y),
                                 &point))
    return FALSE;
  gtk_adjustment_set_value (adjustment,
                            gtk_adjustment_get_value (adjustment) + point.y -
                                gtk_adjustment_get_page_size (adjustment) / 4);
  return TRUE;
}

static gboolean
scroll_to_section (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  LmArticleView *self = LM_ARTICLE_VIEW (widget);

  /* Only once everything has its place. */
  if (gtk_widget_get_height (GTK_WIDGET (self->document_view)) == 0)
    return G_SOURCE_CONTINUE;
  if (self->passage == NULL || !scroll_to_passage (self))
    {
      GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled_window);

      if (self->section != NULL)
        scroll_to (self, lm_document_view_find (self->document_view, self->section));
      else if (self->place > 0) /* a page is mapped twice on its way in */
        gtk_adjustment_set_value (adjustment,
                                  gtk_adjustment_get_upper (adjustment) * self->place / 1000);
    }
  self->place = 0;
  g_clear_pointer (&self->section, g_free);
  g_clear_pointer (&self->passage, g_free);
  return G_SOURCE_REMOVE;
}

/* The text is read when its end was seen; notes and buttons follow below. What is scrolled while
 * the page goes away is not the reader's doing. */
static void
scrolled_cb (LmArticleView *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled_window);
  graphene_point_t end;

  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && gtk_adjustment_get_upper (adjustment) > 0)
    self->at = (guint) (1000 * gtk_adjustment_get_value (adjustment) /
                        gtk_adjustment_get_upper (adjustment));
  if (gtk_widget_get_height (GTK_WIDGET (self->document_view)) > 0 &&
      gtk_widget_compute_point (
          GTK_WIDGET (self->document_view),
          GTK_WIDGET (self->scrolled_window),
          &GRAPHENE_POINT_INIT (0,
                                (float) gtk_widget_get_height (GTK_WIDGET (self->document_view))),
          &end) &&
      end.y <= (float) gtk_widget_get_height (GTK_WIDGET (self->scrolled_window)) + 1)
    self->was_read = TRUE;
}

/* Returns: how far it is scrolled, in thousandths */
guint
lm_article_view_get_place (LmArticleView *self)
{
  return self->at;
}

/* @place: where to begin when it is shown, unless it begins with a section */
void
lm_article_view_set_place (LmArticleView *self, guint place)
{
  self->place = place;
  self->at = place; /* a page that goes before it was seen leaves it so */
}

/* Whether the end of the text was seen. */
gboolean
lm_article_view_was_read (LmArticleView *self)
{
  return self->was_read;
}

static void
mapped_cb (LmArticleView *self)
{
  if (self->section != NULL || self->passage != NULL || self->place > 0)
    gtk_widget_add_tick_callback (GTK_WIDGET (self), scroll_to_section, NULL, NULL);
}

/* Shows the section with the anchor @section. */
void
lm_article_view_show_section (LmArticleView *self, const char *section)
{
  scroll_to (self, lm_document_view_find (self->document_view, section));
}

/**
 * lm_article_view_set_passage:
 * @section: where to begin if the words are not in the article any more; "" for its beginning
 * @passage: the words to begin with when it is shown
 */
void
lm_article_view_set_passage (LmArticleView *self, const char *section, const char *passage)
{
  g_set_str (&self->section, section[0] != '\0' ? section : NULL);
  g_set_str (&self->passage, passage);
}

/* Finding -------------------------------------------------------------------------------------- */

/* Marks @text. Returns: how often it stands in the article */
guint
lm_article_view_find (LmArticleView *self, const char *text)
{
  return lm_document_view_find_text (self->document_view, text);
}

/* Shows one of the places that were found, without taking the focus from where one types. */
void
lm_article_view_show_found (LmArticleView *self, guint index)
{
  GdkRectangle area;
  GtkWidget *label = lm_document_view_show_found (self->document_view, index, &area);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled_window);
  double height = gtk_adjustment_get_page_size (adjustment);
  graphene_point_t point;

  if (!gtk_widget_compute_point (label,
                                 GTK_WIDGET (self->scrolled_window),
                                 &GRAPHENE_POINT_INIT ((float) area.x, (float) area.y),
                                 &point))
    return;
  if (point.y < 24 || point.y + area.height + 24 > height)
    gtk_adjustment_set_value (adjustment,
                              gtk_adjustment_get_value (adjustment) + point.y - height / 3);
}

/* Text size and quoting ------------------------------------------------------------------------ */

/* @size: in percent of the usual one; one of those that the style sheet knows */
void
lm_article_view_set_size (LmArticleView *self, guint size)
{
  g_autofree char *class = g_strdup_printf ("lm-size-%u", size);

  gtk_widget_set_css_classes (GTK_WIDGET (self->clamp), (const char *[]) { class, NULL });
  /* The text has its new font when a frame was drawn with it. */
  if (self->measure == 0)
    gtk_widget_add_tick_callback (GTK_WIDGET (self), measure_cb, NULL, NULL);
  self->measure = 2;
}

/* Returns: (transfer full) (nullable): what is selected, with its source; %NULL for nothing */
char *
lm_article_view_get_quotation (LmArticleView *self)
{
  g_autofree char *selected = lm_document_view_get_selected (self->document_view, NULL);

  if (selected == NULL)
    return NULL;
  /* Translators: a quotation and its source: %1$s is the quoted words, %2$s the article's title */
  return g_strdup_printf (_ ("“%1$s” (Leitmotif, “%2$s”)"),
                          selected,
                          lm_article_get_title (self->article));
}

/* Returns: (transfer full) (nullable): what is selected, to be cited; %NULL for nothing */
LmCitation *
lm_article_view_get_passage (LmArticleView *self)
{
  const char *section = NULL;
  g_autofree char *selected = lm_document_view_get_selected (self->document_view, &section);

  return selected != NULL ? lm_citation_new (lm_article_get_id (self->article),
                                             lm_article_get_title (self->article),
                                             section,
                                             selected)
                          : NULL;
}

/* Adds @menu to what a right click on the text offers. */
void
lm_article_view_set_menu (LmArticleView *self, GMenuModel *menu)
{
  lm_document_view_set_menu (self->document_view, menu);
}

/* Marks the passages about which there are entries; each mark leads to its entry. */
void
lm_article_view_show_marks (LmArticleView *self, LmWorkspace *workspace)
{
  for (guint i = 0; i < self->marks->len; i++)
    gtk_box_remove (GTK_BOX (self->document_view), self->marks->pdata[i]);
  g_ptr_array_set_size (self->marks, 0);
  lm_article_notes_add (self->document_view,
                        workspace,
                        lm_article_get_id (self->article),
                        self->marks);
}

/* Links ------------------------------------------------------------------------------------------
 */

static void
activate_string (LmArticleView *self, const char *action, const char *target)
{
  gtk_widget_activate_action (GTK_WIDGET (self), action, "s", target);
}

/* Beside a question in a guide: other articles open in the same dialog, so that nobody loses the
 * question. */
static void
open_in_dialog (LmArticleView *self, const char *target)
{
  GtkWidget *pages = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW);
  g_auto (GStrv) parts = g_strsplit (target, "#", 2);
  LmArticle *article = lm_library_find_article (self->library, parts[0]);

  if (article != NULL)
    adw_navigation_view_push (ADW_NAVIGATION_VIEW (pages),
                              lm_article_page_new (self->library, article, parts[1], FALSE));
}

static void link_cb (LmArticleView *self, const char *target);

static void
read_more_cb (GtkWidget *button, LmArticleView *self)
{
  const LmGlossaryTerm *term = g_object_get_data (G_OBJECT (button), "term");
  g_autofree char *target = g_strconcat ("article:", term->article, NULL);

  link_cb (self, target);
}

static void
show_term (LmArticleView *self, const char *id)
{
  const LmGlossaryTerm *term = lm_glossary_find (lm_library_get_glossary (self->library), id);
  GdkRectangle area;
  GtkWidget *label = lm_document_view_get_term (self->document_view, id, &area);

  if (term != NULL && label != NULL)
    lm_term_popover_new (self->library, term, label, &area, G_CALLBACK (read_more_cb), self);
}

static void
link_cb (LmArticleView *self, const char *target)
{
  GtkWidget *dialog = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_DIALOG);

  if (g_str_has_prefix (target, "note:"))
    scroll_to (self, g_hash_table_lookup (self->notes, target + strlen ("note:")));
  else if (g_str_has_prefix (target, "term:"))
    show_term (self, target + strlen ("term:"));
  else if (g_str_has_prefix (target, "article:") && dialog != NULL)
    open_in_dialog (self, target + strlen ("article:"));
  else if (g_str_has_prefix (target, "guide:") && dialog != NULL)
    adw_dialog_close (ADW_DIALOG (dialog)); /* back to the guide that is open */
  else if (g_str_has_prefix (target, "article:"))
    activate_string (self, "win.open-article", target + strlen ("article:"));
  else if (g_str_has_prefix (target, "guide:"))
    activate_string (self, "win.open-guide", target + strlen ("guide:"));
  else if (g_str_equal (target, "help:"))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.help-now", NULL);
}

/* Parts
 * -------------------------------------------------------------------------------------------- */

static void
add_reference (LmArticleView *self, guint number, const LmReference *reference)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *text = lm_reference_to_text (reference);
  g_autofree char *numbered = g_strdup_printf ("%u. %s", number, text);
  GtkWidget *label = gtk_label_new (numbered);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (box), label);
  if (reference->doi != NULL)
    gtk_box_append (GTK_BOX (box), lm_doi_link_new (reference->doi));
  gtk_box_append (self->references_box, box);
  g_hash_table_insert (self->notes, reference->id, label);
}

static void
add_references (LmArticleView *self)
{
  GPtrArray *notes = lm_article_get_document (self->article)->notes;

  for (guint i = 0; i < notes->len; i++)
    {
      const LmReference *reference = lm_library_find_reference (self->library, notes->pdata[i]);

      if (reference != NULL)
        add_reference (self, i + 1, reference);
    }
  gtk_widget_set_visible (self->references_title, notes->len > 0);
}

static void
add_guides (LmArticleView *self)
{
  const char *const *guides = lm_article_get_guides (self->article);

  for (guint i = 0; guides[i] != NULL; i++)
    {
      LmGuide *guide = lm_library_find_guide (self->library, guides[i]);
      GtkWidget *button;
      g_autofree char *title = NULL;
      g_autofree char *label = NULL;

      if (guide == NULL)
        continue;
      title = lm_phrase_title (lm_guide_get_title (guide), lm_guide_get_language (guide));
      /* Translators: %s is the name of a guide */
      label = g_strdup_printf (_ ("Write about this: %s"), title);
      button = gtk_button_new_with_label (label);
      gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), TRUE);
      gtk_label_set_justify (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))),
                             GTK_JUSTIFY_CENTER);
      gtk_widget_add_css_class (button, "pill");
      gtk_widget_add_css_class (button, "suggested-action");
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.open-guide");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", guides[i]);
      gtk_box_append (self->write_box, button);
    }
}

/* Returns: (transfer floating): the way to a neighbor in the reading path */
static GtkWidget *
make_step (LmArticle *article, const char *label)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), TRUE);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.open-article");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", lm_article_get_id (article));
  return button;
}

static char *
title_of (LmArticle *article)
{
  return lm_phrase_title (lm_article_get_title (article), lm_article_get_language (article));
}

static void
add_path (LmArticleView *self)
{
  GListModel *articles = lm_library_get_articles (self->library);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  guint place;

  if (!g_list_store_find (G_LIST_STORE (articles), self->article, &place))
    return;
  if (place + 1 < g_list_model_get_n_items (articles))
    {
      g_autoptr (LmArticle) next = g_list_model_get_item (articles, place + 1);
      g_autofree char *title = title_of (next);
      /* Translators: %s is the title of the next article in the reading path */
      g_autofree char *label = g_strdup_printf (_ ("Next: %s"), title);

      gtk_box_append (GTK_BOX (box), make_step (next, label));
    }
  if (place > 0)
    {
      g_autoptr (LmArticle) before = g_list_model_get_item (articles, place - 1);
      g_autofree char *title = title_of (before);
      /* Translators: %s is the title of the article before in the reading path */
      g_autofree char *label = g_strdup_printf (_ ("Before: %s"), title);

      gtk_box_append (GTK_BOX (box), make_step (before, label));
    }
  gtk_box_insert_child_after (GTK_BOX (gtk_widget_get_parent (GTK_WIDGET (self->write_box))),
                              box,
                              GTK_WIDGET (self->write_box));
}

/* So that a line holds at most 70 characters of the font that is really used. */
static void
set_line_length (LmArticleView *self)
{
  GtkWidget *sample = gtk_widget_get_first_child (GTK_WIDGET (self->document_view));
  PangoContext *context;
  PangoFontMetrics *metrics;

  if (sample == NULL)
    return;
  context = gtk_widget_get_pango_context (sample);
  metrics = pango_context_get_metrics (context, NULL, NULL);
  adw_clamp_set_maximum_size (
      self->clamp,
      LINE_CHARACTERS * pango_font_metrics_get_approximate_char_width (metrics) / PANGO_SCALE);
  pango_font_metrics_unref (metrics);
  adw_clamp_set_unit (self->clamp, ADW_LENGTH_UNIT_PX);
  adw_clamp_set_tightening_threshold (self->clamp, adw_clamp_get_maximum_size (self->clamp));
}

static gboolean
measure_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  LmArticleView *self = LM_ARTICLE_VIEW (widget);

  if (--self->measure > 0)
    return G_SOURCE_CONTINUE;
  set_line_length (self);
  return G_SOURCE_REMOVE;
}

static void
lm_article_view_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (lm_article_view_parent_class)->realize (widget);
  set_line_length (LM_ARTICLE_VIEW (widget));
}

static void
lm_article_view_dispose (GObject *object)
{
  LmArticleView *self = LM_ARTICLE_VIEW (object);

  /* The bin must let go of its child before the template does. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), LM_TYPE_ARTICLE_VIEW);
  g_clear_pointer (&self->notes, g_hash_table_unref);
  g_clear_pointer (&self->marks, g_ptr_array_unref);
  g_clear_pointer (&self->section, g_free);
  g_clear_pointer (&self->passage, g_free);
  g_clear_object (&self->article);
  g_clear_object (&self->library);
  G_OBJECT_CLASS (lm_article_view_parent_class)->dispose (object);
}

static void
lm_article_view_class_init (LmArticleViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lm_article_view_dispose;
  widget_class->realize = lm_article_view_realize;
  g_type_ensure (LM_TYPE_DOCUMENT_VIEW);
  gtk_widget_class_set_template_from_resource (
      widget_class,
      "/io/github/leitmotif_journal/Leitmotif/ui/library/lm-article-view.ui");
  gtk_widget_class_bind_template_child (widget_class, LmArticleView, scrolled_window);
  gtk_widget_class_bind_template_child (widget_class, LmArticleView, clamp);
  gtk_widget_class_bind_template_child (widget_class, LmArticleView, title_label);
  gtk_widget_class_bind_template_child (widget_class, LmArticleView, details_label);
  gtk_widget_class_bind_template_child (widget_class, LmArticleView, document_view);
  gtk_widget_class_bind_template_child (widget_class, LmArticleView, write_box);
  gtk_widget_class_bind_template_child (widget_class, LmArticleView, references_title);
  gtk_widget_class_bind_template_child (widget_class, LmArticleView, references_box);
  gtk_widget_class_bind_template_child (widget_class, LmArticleView, reviewed_label);
}

static void
lm_article_view_init (LmArticleView *self)
{
  self->notes = g_hash_table_new (g_str_hash, g_str_equal);
  self->marks = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "map", G_CALLBACK (mapped_cb), NULL);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scrolled_window),
                           "value-changed",
                           G_CALLBACK (scrolled_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document_view,
                           "link",
                           G_CALLBACK (link_cb),
                           self,
                           G_CONNECT_SWAPPED);
}

/**
 * lm_article_view_new:
 * @section: (nullable): the heading to begin with
 * @with_guides: whether it ends with guides to write with
 */
GtkWidget *
lm_article_view_new (LmLibrary *library,
                     LmArticle *article,
                     const char *section,
                     gboolean with_guides)
{
  LmArticleView *self = g_object_new (LM_TYPE_ARTICLE_VIEW, NULL);
  const LmGroup *group = lm_library_find_group (library, lm_article_get_group (article));
  g_autofree char *minutes = lm_phrase_minutes (lm_article_get_minutes (article));
  g_autofree char *details =
      g_strdup_printf ("%s · %s", group != NULL ? group->title : "", minutes);

  self->library = g_object_ref (library);
  self->article = g_object_ref (article);
  self->section = g_strdup (section);
  gtk_label_set_label (self->title_label, lm_article_get_title (article));
  gtk_label_set_label (self->details_label, details);
  lm_document_view_show_marked (self->document_view,
                                lm_article_get_document (article),
                                lm_library_get_glossary (library));
  add_references (self);
  if (with_guides)
    {
      add_guides (self);
      add_path (self);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->write_box), with_guides);
  gtk_label_set_label (self->reviewed_label,
                       lm_article_get_reviewed (article) ? _ ("Reviewed by a clinician")
                                                         : _ ("Not yet reviewed by a clinician"));
  return GTK_WIDGET (self);
}
