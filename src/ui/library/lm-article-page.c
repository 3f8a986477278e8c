/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/library/lm-article-page.h"
#include "ui/library/lm-article-print.h"
#include "ui/library/lm-article-view.h"
#include "ui/library/lm-find-bar.h"
#include "ui/lm-toast.h"
#include "ui/lm-window.h"
#include "ui/widgets/lm-parts.h"
#include "workspace/lm-settings.h"
#include "workspace/lm-workspace-reading.h"

/* An article with what helps to read it: its contents beside it where there is room, finding, the
 * size of the text, quoting, writing about a passage, printing. */

/* From this width on the contents stand beside the text, in sp. */
#define WIDE "min-width: 860sp"

struct _LmArticlePage
{
  AdwNavigationPage parent_instance;

  LmLibrary *library;
  LmArticle *article;
  LmWorkspace *workspace; /* nullable: keeps how far it was read */
  LmArticleView *view;    /* borrowed */
  AdwHeaderBar *header;   /* borrowed */
  LmFindBar *find_bar;    /* borrowed */
};

G_DEFINE_FINAL_TYPE (LmArticlePage, lm_article_page, ADW_TYPE_NAVIGATION_PAGE)

/* Text size ------------------------------------------------------------------------------------ */

static const guint sizes[] = { 80, 90, 100, 110, 125, 150, 175, 200 };

#define USUAL_SIZE 2

/* Returns: the place in @sizes of the size that is kept, or of the next smaller one that there is
 */
static guint
get_size (LmArticlePage *self)
{
  GSettings *settings = lm_window_get_settings (GTK_WIDGET (self));
  int kept = settings != NULL ? g_settings_get_int (settings, LM_SETTING_TEXT_SIZE) : 100;
  guint size = 0;

  while (size + 1 < G_N_ELEMENTS (sizes) && (int) sizes[size + 1] <= kept)
    size++;
  return size;
}

/* For all articles, and for the next start too. */
static void
set_size (LmArticlePage *self, guint wanted)
{
  guint size = MIN (wanted, G_N_ELEMENTS (sizes) - 1);
  GSettings *settings = lm_window_get_settings (GTK_WIDGET (self));
  g_autofree char *text = NULL;

  if (settings != NULL)
    g_settings_set_int (settings, LM_SETTING_TEXT_SIZE, (int) sizes[size]);
  lm_article_view_set_size (self->view, sizes[size]);
  /* Translators: the size of the text, in percent */
  text = g_strdup_printf (_ ("Text size %u %%"), sizes[size]);
  gtk_accessible_announce (GTK_ACCESSIBLE (self),
                           text,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
larger_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  set_size (LM_ARTICLE_PAGE (widget), get_size (LM_ARTICLE_PAGE (widget)) + 1);
}

static void
smaller_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  guint size = get_size (LM_ARTICLE_PAGE (widget));

  set_size (LM_ARTICLE_PAGE (widget), size > 0 ? size - 1 : 0);
}

static void
usual_size_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  set_size (LM_ARTICLE_PAGE (widget), USUAL_SIZE);
}

/* Something may have been written about this article, here or on another computer. */
static void
entries_changed_cb (LmArticlePage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    lm_article_view_show_marks (self->view, self->workspace);
}

/* The size may have been changed on another page. */
static void
mapped_cb (LmArticlePage *self)
{
  lm_article_view_set_size (self->view, sizes[get_size (self)]);
  if (self->workspace != NULL)
    lm_article_view_show_marks (self->view, self->workspace);
}

/* Finding and quoting -------------------------------------------------------------------------- */

/* Puts the cursor into the search of this article. */
void
lm_article_page_find (LmArticlePage *self)
{
  lm_find_bar_open (self->find_bar);
}

static void
find_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  lm_article_page_find (LM_ARTICLE_PAGE (widget));
}

static void
quote_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LmArticlePage *self = LM_ARTICLE_PAGE (widget);
  g_autofree char *quotation = lm_article_view_get_quotation (self->view);

  if (quotation != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), quotation);
  lm_toast (widget,
            adw_toast_new (quotation != NULL ? _ ("Copied with its source")
                                             : _ ("Select some words first")));
}

static void
write_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LmArticlePage *self = LM_ARTICLE_PAGE (widget);
  g_autoptr (LmCitation) citation = lm_article_view_get_passage (self->view);
  g_autofree char *target = citation != NULL ? lm_citation_to_target (citation) : NULL;

  if (target != NULL)
    gtk_widget_activate_action (widget, "win.write-passage", "s", target);
  else
    lm_toast (widget, adw_toast_new (_ ("Select some words first")));
}

static void
print_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LmArticlePage *self = LM_ARTICLE_PAGE (widget);

  lm_article_print (widget, self->library, self->article);
}

/* What is kept --------------------------------------------------------------------------------- */

static void
left_cb (LmArticlePage *self)
{
  LmReading reading = lm_workspace_get_reading (self->workspace, lm_article_get_id (self->article));

  reading.place = lm_article_view_get_place (self->view);
  reading.read = reading.read || lm_article_view_was_read (self->view);
  lm_workspace_set_reading (self->workspace, lm_article_get_id (self->article), &reading);
}

static void
bookmark_cb (GtkToggleButton *button, LmArticlePage *self)
{
  LmReading reading = lm_workspace_get_reading (self->workspace, lm_article_get_id (self->article));

  reading.bookmark = gtk_toggle_button_get_active (button);
  lm_workspace_set_reading (self->workspace, lm_article_get_id (self->article), &reading);
}

static void
add_bookmark_button (LmArticlePage *self, gboolean active)
{
  GtkWidget *button = gtk_toggle_button_new ();

  gtk_button_set_icon_name (GTK_BUTTON (button), "user-bookmarks-symbolic");
  gtk_widget_set_tooltip_text (button, _ ("Bookmark"));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), active);
  g_signal_connect_object (button, "toggled", G_CALLBACK (bookmark_cb), self, 0);
  adw_header_bar_pack_end (self->header, button);
}

/* Goes on where reading stopped, and keeps in the journal how far it went. */
void
lm_article_page_keep (LmArticlePage *self, LmWorkspace *workspace)
{
  LmReading reading = lm_workspace_get_reading (workspace, lm_article_get_id (self->article));

  self->workspace = g_object_ref (workspace);
  lm_article_view_set_place (self->view, reading.place);
  add_bookmark_button (self, reading.bookmark);
  gtk_widget_action_set_enabled (GTK_WIDGET (self),
                                 "article.write",
                                 !lm_workspace_get_read_only (workspace));
  g_signal_connect (self, "unmap", G_CALLBACK (left_cb), NULL);
  /* Once the journal is closed nothing can be kept. */
  g_signal_connect_object (workspace, "flush", G_CALLBACK (left_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (lm_workspace_get_entries (workspace),
                           "items-changed",
                           G_CALLBACK (entries_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
}

/* Begins at the words that @citation cites, or at the section in which they were. */
void
lm_article_page_show_passage (LmArticlePage *self, const LmCitation *citation)
{
  lm_article_view_set_passage (self->view, citation->section, citation->text);
}

/* Parts ---------------------------------------------------------------------------------------- */

static void
section_cb (GtkListBox *list, GtkListBoxRow *row, LmArticlePage *self)
{
  lm_article_view_show_section (self->view, g_object_get_data (G_OBJECT (row), "section"));
}

static void
add_section (GtkListBox *list, const LmBlock *block)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *label = gtk_label_new (block->text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  /* Else the lines of two long ones run together. */
  gtk_widget_set_margin_top (label, 6);
  gtk_widget_set_margin_bottom (label, 6);
  if (block->level > 2)
    gtk_widget_set_margin_start (label, 12);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  block->text,
                                  -1);
  g_object_set_data_full (G_OBJECT (row), "section", g_strdup (block->anchor), g_free);
  gtk_list_box_append (list, row);
}

static GtkWidget *
make_contents (LmArticlePage *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *list = gtk_list_box_new ();
  GPtrArray *blocks = lm_article_get_document (self->article)->blocks;

  for (guint i = 0; i < blocks->len; i++)
    {
      const LmBlock *block = blocks->pdata[i];

      if (block->kind == LM_BLOCK_HEADING && block->anchor != NULL)
        add_section (GTK_LIST_BOX (list), block);
    }
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Contents"),
                                  -1);
  g_signal_connect_object (list, "row-activated", G_CALLBACK (section_cb), self, 0);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller),
                                  GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  gtk_widget_set_size_request (scroller, 210, -1);
  gtk_widget_set_visible (scroller, FALSE);
  return scroller;
}

/* The text, with the contents beside it where there is room. */
static GtkWidget *
make_content (LmArticlePage *self)
{
  GtkWidget *bin = adw_breakpoint_bin_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *contents = make_contents (self);
  AdwBreakpoint *wide = adw_breakpoint_new (adw_breakpoint_condition_parse (WIDE));

  adw_breakpoint_add_setters (wide, G_OBJECT (contents), "visible", TRUE, NULL);
  gtk_widget_set_hexpand (GTK_WIDGET (self->view), TRUE);
  gtk_box_append (GTK_BOX (box), contents);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->view));
  gtk_widget_set_size_request (bin, 300, 100);
  adw_breakpoint_bin_set_child (ADW_BREAKPOINT_BIN (bin), box);
  adw_breakpoint_bin_add_breakpoint (ADW_BREAKPOINT_BIN (bin), wide);
  return bin;
}

/* Returns: (transfer full): what can be done with the words that are selected */
static GMenuModel *
make_selection_menu (void)
{
  GMenu *menu = g_menu_new ();

  g_menu_append (menu, _ ("_Write About This Passage"), "article.write");
  g_menu_append (menu, _ ("_Copy Selection With Source"), "article.quote");
  return G_MENU_MODEL (menu);
}

static GtkWidget *
make_menu_button (void)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenuModel) selection = make_selection_menu ();
  g_autoptr (GMenu) text = g_menu_new ();
  g_autoptr (GMenu) more = g_menu_new ();

  g_menu_append (more, _ ("_Find in This Article"), "article.find");
  g_menu_append (more, _ ("_Print…"), "article.print");
  g_menu_append (text, _ ("_Larger Text"), "article.larger");
  g_menu_append (text, _ ("_Smaller Text"), "article.smaller");
  g_menu_append (text, _ ("_Usual Text Size"), "article.usual-size");
  g_menu_append_section (menu, NULL, selection);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (more));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (text));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  /* Translators: the name of a menu: to find, print, and change the size of the text */
  gtk_widget_set_tooltip_text (button, C_ ("menu", "Reading"));
  return button;
}

static void
lm_article_page_dispose (GObject *object)
{
  LmArticlePage *self = LM_ARTICLE_PAGE (object);

  g_clear_object (&self->article);
  g_clear_object (&self->library);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (lm_article_page_parent_class)->dispose (object);
}

static void
lm_article_page_class_init (LmArticlePageClass *klass)
{
  static const struct
  {
    guint key;
    GdkModifierType modifiers;
    const char *action;
  } keys[] = {
    { GDK_KEY_plus, GDK_CONTROL_MASK, "article.larger" },
    { GDK_KEY_equal, GDK_CONTROL_MASK, "article.larger" },
    { GDK_KEY_KP_Add, GDK_CONTROL_MASK, "article.larger" },
    { GDK_KEY_minus, GDK_CONTROL_MASK, "article.smaller" },
    { GDK_KEY_KP_Subtract, GDK_CONTROL_MASK, "article.smaller" },
    { GDK_KEY_0, GDK_CONTROL_MASK, "article.usual-size" },
    { GDK_KEY_KP_0, GDK_CONTROL_MASK, "article.usual-size" },
    { GDK_KEY_f, GDK_CONTROL_MASK, "article.find" },
    { GDK_KEY_c, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "article.quote" },
    { GDK_KEY_n, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "article.write" },
    { GDK_KEY_p, GDK_CONTROL_MASK, "article.print" },
  };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lm_article_page_dispose;
  gtk_widget_class_install_action (widget_class, "article.larger", NULL, larger_action);
  gtk_widget_class_install_action (widget_class, "article.smaller", NULL, smaller_action);
  gtk_widget_class_install_action (widget_class, "article.usual-size", NULL, usual_size_action);
  gtk_widget_class_install_action (widget_class, "article.find", NULL, find_action);
  gtk_widget_class_install_action (widget_class, "article.quote", NULL, quote_action);
  gtk_widget_class_install_action (widget_class, "article.write", NULL, write_action);
  gtk_widget_class_install_action (widget_class, "article.print", NULL, print_action);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class,
                                         keys[i].key,
                                         keys[i].modifiers,
                                         keys[i].action,
                                         NULL);
}

static void
lm_article_page_init (LmArticlePage *self)
{
  g_signal_connect (self, "map", G_CALLBACK (mapped_cb), NULL);
}

/**
 * lm_article_page_new:
 * @section: (nullable): the heading to begin with
 * @with_guides: whether it ends with guides to write with
 */
AdwNavigationPage *
lm_article_page_new (LmLibrary *library,
                     LmArticle *article,
                     const char *section,
                     gboolean with_guides)
{
  LmArticlePage *self =
      g_object_new (LM_TYPE_ARTICLE_PAGE, "title", lm_article_get_title (article), NULL);
  GtkWidget *toolbar = adw_toolbar_view_new ();
  GtkWidget *header = lm_header_bar_new ();
  g_autoptr (GMenuModel) selection = make_selection_menu ();

  self->library = g_object_ref (library);
  self->article = g_object_ref (article);
  self->header = ADW_HEADER_BAR (header);
  self->view = LM_ARTICLE_VIEW (lm_article_view_new (library, article, section, with_guides));
  lm_article_view_set_menu (self->view, selection);
  /* Not over a question in a guide: there one is writing already. */
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "article.write", FALSE);
  self->find_bar = LM_FIND_BAR (lm_find_bar_new (self->view));
  adw_header_bar_set_show_title (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), make_menu_button ());
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (toolbar), header);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (toolbar), GTK_WIDGET (self->find_bar));
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (toolbar), make_content (self));
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), toolbar);
  return ADW_NAVIGATION_PAGE (self);
}

/* Returns: (transfer none): the article on the page */
LmArticle *
lm_article_page_get_article (LmArticlePage *self)
{
  return self->article;
}
