/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/guide/lm-gallery-page.h"
#include "ui/guide/lm-guide-page.h"
#include "ui/help/lm-help.h"
#include "ui/journal/lm-compare-page.h"
#include "ui/journal/lm-entries.h"
#include "ui/journal/lm-entry-page.h"
#include "ui/journal/lm-history-page.h"
#include "ui/journal/lm-journal-page.h"
#include "ui/journal/lm-problems-dialog.h"
#include "ui/journal/lm-sealed-page.h"
#include "ui/journal/lm-tellings-page.h"
#include "ui/journal/lm-trash-page.h"
#include "ui/journal/lm-write-page.h"
#include "ui/library/lm-article-history.h"
#include "ui/library/lm-article-page.h"
#include "ui/library/lm-glossary-page.h"
#include "ui/library/lm-library-page.h"
#include "ui/library/lm-passages.h"
#include "ui/library/lm-references-page.h"
#include "ui/lm-main-menu.h"
#include "ui/lm-main-view.h"
#include "ui/lm-toast.h"
#include "ui/lock/lm-return.h"
#include "ui/stream/lm-stream-page.h"
#include "ui/people/lm-people-page.h"
#include "ui/people/lm-person-page.h"
#include "ui/session/lm-session-page.h"
#include "ui/session/lm-tray-list.h"
#include "ui/today/lm-code-dialog.h"
#include "ui/today/lm-today-page.h"
#include "ui/today/lm-today-view.h"
#include "ui/widgets/lm-focus.h"
#include "ui/widgets/lm-parts.h"
#include "workspace/lm-draft.h"
#include "workspace/lm-own-guides.h"
#include "workspace/lm-workspace-search.h"

/* The open journal: the sidebar's places, each with a stack of pages of its own. Pages do not know
 * of each other: they activate the window's actions, which arrive here. */

/* As in the template. */
#define SIDEBAR_MIN 200
#define SIDEBAR_MAX 260

typedef struct
{
  const char *name;
  const char *title;
  const char *icon;
  AdwNavigationPage *(*make) (LmMainView *self);
} Place;

struct _LmMainView
{
  AdwBreakpointBin parent_instance;

  /* Template widgets */
  AdwNavigationSplitView *split;
  AdwNavigationPage *content_page;
  GtkListBox *places;
  GtkStack *stack;
  GtkMenuButton *menu_button;
  GMenuModel *menu;

  /* Owned references */
  LmWorkspace *workspace;
  LmLibrary *library;
  LmOwnGuides *own_guides;

  /* Borrowed */
  LmJournalPage *journal_page; /* nullable */
  LmLibraryPage *library_page; /* nullable */

  /* What is being done, for the page that comes of it; nullable */
  const char *action;
  const char *target;
};

G_DEFINE_FINAL_TYPE (LmMainView, lm_main_view, ADW_TYPE_BREAKPOINT_BIN)

/* Places ----------------------------------------------------------------------------------------
 */

static AdwNavigationPage *
make_today (LmMainView *self)
{
  return lm_today_page_new (self->workspace, self->library);
}

static AdwNavigationPage *
make_journal (LmMainView *self)
{
  lm_workspace_name_guides (self->workspace, self->library);
  self->journal_page = lm_journal_page_new (self->workspace);
  return ADW_NAVIGATION_PAGE (self->journal_page);
}

static AdwNavigationPage *
make_session (LmMainView *self)
{
  return lm_session_page_new (self->workspace, self->library);
}

static AdwNavigationPage *
make_library (LmMainView *self)
{
  self->library_page = lm_library_page_new (self->library, self->workspace);
  return ADW_NAVIGATION_PAGE (self->library_page);
}

static AdwNavigationPage *
make_help (LmMainView *self)
{
  return lm_help_page_new (lm_library_get_helplines (self->library),
                           lm_workspace_get_settings (self->workspace));
}

/* In the order of the sidebar. A place stands here once it works. */
static const Place places[] = {
  { "today", N_ ("Today"), "lm-today-symbolic", make_today },
  { "journal", N_ ("Journal"), "lm-journal-symbolic", make_journal },
  { "session", N_ ("For the session"), "lm-tray-symbolic", make_session },
  { "library", N_ ("Library"), "lm-library-symbolic", make_library },
  { "help", N_ ("Help now"), "lm-help-symbolic", make_help },
};

static guint
find_place (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_str_equal (places[i].name, name))
      return i;
  return 0;
}

/* The pages of a place; made when it is first shown. */
static AdwNavigationView *
pages_of (LmMainView *self, guint place)
{
  GtkWidget *pages = gtk_stack_get_child_by_name (self->stack, places[place].name);

  if (pages == NULL)
    {
      pages = adw_navigation_view_new ();
      lm_article_history_keep (ADW_NAVIGATION_VIEW (pages), self->library, self->workspace);
      adw_navigation_view_add (ADW_NAVIGATION_VIEW (pages), places[place].make (self));
      gtk_stack_add_named (self->stack, pages, places[place].name);
    }
  return ADW_NAVIGATION_VIEW (pages);
}

static void
show_place (LmMainView *self, const char *name)
{
  guint place = find_place (name);
  AdwNavigationView *pages = pages_of (self, place);

  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (pages));
  gtk_list_box_select_row (self->places, gtk_list_box_get_row_at_index (self->places, (int) place));
  adw_navigation_page_set_title (self->content_page, _ (places[place].title));
  lm_focus_follow (GTK_WIDGET (pages));
  adw_navigation_split_view_set_show_content (self->split, TRUE);
}

/* Goes back to where a place begins. */
static void
show_root (AdwNavigationView *pages)
{
  g_autoptr (GListModel) stack = adw_navigation_view_get_navigation_stack (pages);
  g_autoptr (AdwNavigationPage) root = g_list_model_get_item (stack, 0);

  adw_navigation_view_pop_to_page (pages, root);
}

static AdwNavigationView *
visible_pages (LmMainView *self)
{
  return ADW_NAVIGATION_VIEW (gtk_stack_get_visible_child (self->stack));
}

static void
push (LmMainView *self, gpointer page)
{
  if (self->action != NULL)
    lm_return_note_action (page, self->action, self->target);
  adw_navigation_view_push (visible_pages (self), ADW_NAVIGATION_PAGE (page));
  lm_focus_enter (page, TRUE);
  adw_navigation_split_view_set_show_content (self->split, TRUE);
}

static void
row_activated_cb (LmMainView *self, GtkListBoxRow *row)
{
  const Place *place = &places[gtk_list_box_row_get_index (row)];
  AdwNavigationView *pages = pages_of (self, find_place (place->name));

  /* A second click goes back to where the place begins. */
  if (gtk_stack_get_visible_child (self->stack) == GTK_WIDGET (pages) &&
      !adw_navigation_split_view_get_collapsed (self->split))
    {
      show_root (pages);
    }
  show_place (self, place->name);
}

static void
add_row (LmMainView *self, const Place *place)
{
  gtk_list_box_append (self->places, lm_place_row_new (_ (place->title), place->icon));
}

/* Pages --------------------------------------------------------------------------------------- */

static LmEntry *
find_entry (LmMainView *self, const char *id)
{
  LmId parsed;

  return lm_id_parse (id, -1, &parsed) ? lm_workspace_find_entry (self->workspace, &parsed) : NULL;
}

static void
new_entry (LmMainView *self, const char *parameter)
{
  g_autoptr (LmDraft) draft = lm_workspace_begin (self->workspace, NULL);

  push (self, lm_write_page_new (self->workspace, draft));
}

static void
open_entry (LmMainView *self, const char *id)
{
  LmEntry *entry = find_entry (self, id);

  if (entry != NULL)
    push (self, lm_entry_page_new (self->workspace, self->library, entry));
}

/* Entries that a guide asked for are changed in the guide, others on the writing page. */
static void
show_draft (LmMainView *self, LmDraft *draft, gboolean resume)
{
  const char *guide_id = lm_content_get_guide (lm_draft_get_content (draft));
  LmGuide *guide = guide_id != NULL ? lm_library_find_guide (self->library, guide_id) : NULL;

  if (guide != NULL)
    {
      push (self, lm_guide_page_new_at (self->workspace, self->library, guide, draft, resume));
      return;
    }
  /* What was left over becomes an entry now. */
  if (resume)
    lm_draft_changed (draft);
  push (self, lm_write_page_new (self->workspace, draft));
}

static void
edit_entry (LmMainView *self, const char *id)
{
  LmEntry *entry = find_entry (self, id);
  g_autoptr (LmDraft) draft = NULL;

  if (entry == NULL)
    return;
  draft = lm_workspace_begin (self->workspace, entry);
  show_draft (self, draft, FALSE);
}

static void
read_stream (LmMainView *self, const char *id)
{
  LmEntry *entry = find_entry (self, id);

  if (entry != NULL)
    push (self, lm_stream_page_new (self->workspace, entry));
}

/* What is being written there is kept first: leaving its page does that. */
static void
compare_entry (LmMainView *self, const char *id)
{
  LmEntry *entry = find_entry (self, id);
  AdwNavigationPage *page = adw_navigation_view_get_visible_page (visible_pages (self));

  if (entry == NULL)
    return;
  if (LM_IS_WRITE_PAGE (page) || LM_IS_GUIDE_PAGE (page))
    adw_navigation_view_pop (visible_pages (self));
  push (self, lm_compare_page_new (self->workspace, entry));
}

static void
continue_draft (LmMainView *self, const char *id)
{
  LmEntry *entry = lm_entries_find_draft (self->workspace, id);
  g_autoptr (LmDraft) draft = NULL;

  if (entry == NULL)
    return;
  draft = lm_workspace_continue (self->workspace, entry);
  show_draft (self, draft, TRUE);
}

static void
discard_draft (LmMainView *self, const char *id)
{
  LmEntry *draft = lm_entries_find_draft (self->workspace, id);

  if (draft != NULL)
    lm_today_discard_draft (GTK_WIDGET (self), self->workspace, draft);
}

static void
open_guide (LmMainView *self, const char *id)
{
  LmGuide *guide = lm_library_find_guide (self->library, id);

  if (guide != NULL)
    push (self, lm_guide_page_new (self->workspace, self->library, guide));
}

static void
tell_again (LmMainView *self, const char *id)
{
  LmEntry *entry = find_entry (self, id);

  if (entry != NULL)
    push (self, lm_guide_page_new_again (self->workspace, self->library, entry));
}

static void
show_tellings (LmMainView *self, const char *id)
{
  LmEntry *entry = find_entry (self, id);

  if (entry != NULL)
    push (self, lm_tellings_page_new (self->workspace, entry));
}

static void
show_guides (LmMainView *self, const char *parameter)
{
  push (self, lm_gallery_page_new (self->workspace, self->library));
}

static void
show_people (LmMainView *self, const char *parameter)
{
  show_place (self, "journal");
  push (self, lm_people_page_new (self->workspace));
}

static void
open_person (LmMainView *self, const char *id)
{
  LmEntry *person = lm_workspace_find_person (self->workspace, id);

  if (person != NULL && !lm_entry_get_deleted (person))
    push (self, lm_person_page_new (self->workspace, person));
}

/* @target is an article's id, or "id#section". */
static void
open_article (LmMainView *self, const char *target)
{
  g_auto (GStrv) parts = g_strsplit (target, "#", 2);
  LmArticle *article = lm_library_find_article (self->library, parts[0]);
  AdwNavigationPage *page = adw_navigation_view_get_visible_page (visible_pages (self));

  if (article == NULL || (parts[1] == NULL && LM_IS_ARTICLE_PAGE (page) &&
                          lm_article_page_get_article (LM_ARTICLE_PAGE (page)) == article))
    return;
  page = lm_article_page_new (self->library, article, parts[1], TRUE);
  lm_article_page_keep (LM_ARTICLE_PAGE (page), self->workspace);
  push (self, page);
}

/* @target is from lm_citation_to_target (). */
static void
open_passage (LmMainView *self, const char *target)
{
  AdwNavigationPage *page = lm_passage_open (self->workspace, self->library, target);

  if (page != NULL)
    push (self, page);
  else
    lm_toast (GTK_WIDGET (self),
              adw_toast_new (_ ("This article is not in the library any more.")));
}

static void
write_passage (LmMainView *self, const char *target)
{
  AdwNavigationPage *page = lm_passage_write (self->workspace, self->library, target);

  if (page != NULL)
    push (self, page);
}

/* @id is of the term to show, or "". */
static void
open_glossary (LmMainView *self, const char *id)
{
  push (self, lm_glossary_page_new (self->library, id));
}

/* @id is of the reference to show, or "". */
static void
open_references (LmMainView *self, const char *id)
{
  push (self, lm_references_page_new (self->library, id));
}

/* @query: (nullable): what to look for in the place that shows, if that is known */
static void
find (LmMainView *self, const char *query)
{
  AdwNavigationPage *page = adw_navigation_view_get_visible_page (visible_pages (self));

  if (query == NULL && LM_IS_ARTICLE_PAGE (page))
    {
      lm_article_page_find (LM_ARTICLE_PAGE (page));
      return;
    }
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "library") == 0)
    {
      show_root (visible_pages (self));
      lm_library_page_find (self->library_page, query);
    }
  else
    {
      show_place (self, "journal");
      show_root (visible_pages (self));
      lm_journal_page_find (self->journal_page);
    }
}

static void
show_trash (LmMainView *self, const char *parameter)
{
  show_place (self, "journal");
  push (self, lm_trash_page_new (self->workspace));
}

static void
show_sealed (LmMainView *self, const char *parameter)
{
  show_place (self, "journal");
  push (self, lm_sealed_page_new (self->workspace));
}

static void
open_sealed (LmMainView *self, const char *id)
{
  lm_sealed_ask_open (GTK_WIDGET (self), self->workspace, id);
}

static void
show_problems (LmMainView *self, const char *parameter)
{
  adw_dialog_present (ADW_DIALOG (lm_problems_dialog_new (self->workspace)), GTK_WIDGET (self));
}

static void
check_code (LmMainView *self, const char *parameter)
{
  adw_dialog_present (ADW_DIALOG (lm_code_dialog_new (self->workspace)), GTK_WIDGET (self));
}

/* The trash
 * ---------------------------------------------------------------------------------------- */

static void
restore_entries (LmMainView *self, const char *ids)
{
  AdwNavigationPage *page = adw_navigation_view_get_visible_page (visible_pages (self));

  lm_entries_restore (GTK_WIDGET (page), self->workspace, ids);
}

static void
trash_entries (LmMainView *self, const char *ids)
{
  if (lm_entries_trash (GTK_WIDGET (self), self->workspace, ids) > 0 &&
      LM_IS_ENTRY_PAGE (adw_navigation_view_get_visible_page (visible_pages (self))))
    adw_navigation_view_pop (visible_pages (self));
}

static void
set_tray (LmMainView *self, const char *target)
{
  lm_tray_mark_target (GTK_WIDGET (self), self->workspace, target);
}

/* Versions ------------------------------------------------------------------------------------ */

static void
show_history (LmMainView *self, const char *id)
{
  LmEntry *entry = find_entry (self, id);

  if (entry != NULL)
    push (self, lm_history_page_new (self->workspace, entry));
}

/* @target is the id of an entry and the hash of a version, separated by a space. */
static void
restore_version (LmMainView *self, const char *target)
{
  g_auto (GStrv) parts = g_strsplit (target, " ", 2);
  LmEntry *entry = find_entry (self, parts[0]);
  LmId hash;

  if (entry != NULL && parts[1] != NULL && lm_id_parse (parts[1], -1, &hash))
    {
      if (g_strcmp0 (adw_navigation_page_get_tag (
                         adw_navigation_view_get_visible_page (visible_pages (self))),
                     "version") == 0)
        adw_navigation_view_pop (visible_pages (self));
      lm_history_restore (GTK_WIDGET (self), self->workspace, entry, &hash);
    }
}

static void
purge_entry (LmMainView *self, const char *id)
{
  LmEntry *entry = find_entry (self, id);

  if (entry != NULL)
    lm_trash_ask_purge (GTK_WIDGET (self), self->workspace, entry);
}

/* Actions
 * -------------------------------------------------------------------------------------------- */

static const struct
{
  const char *name;
  void (*activate) (LmMainView *self, const char *parameter);
} handlers[] = {
  { "place", show_place },
  { "new-entry", new_entry },
  { "open-entry", open_entry },
  { "compare-entry", compare_entry },
  { "edit-entry", edit_entry },
  { "continue-draft", continue_draft },
  { "discard-draft", discard_draft },
  { "read-stream", read_stream },
  { "open-guide", open_guide },
  { "guides", show_guides },
  { "people", show_people },
  { "open-person", open_person },
  { "open-article", open_article },
  { "open-passage", open_passage },
  { "write-passage", write_passage },
  { "open-glossary", open_glossary },
  { "open-references", open_references },
  { "find", find },
  { "tell-again", tell_again },
  { "tellings", show_tellings },
  { "sealed", show_sealed },
  { "open-sealed", open_sealed },
  { "trash", show_trash },
  { "trash-entries", trash_entries },
  { "restore-entries", restore_entries },
  { "set-tray", set_tray },
  { "history", show_history },
  { "restore-version", restore_version },
  { "purge-entry", purge_entry },
  { "problems", show_problems },
  { "check-code", check_code },
};

/* Does what the window's action @action asks for. */
void
lm_main_view_activate (LmMainView *self, const char *action, const char *parameter)
{
  for (guint i = 0; i < G_N_ELEMENTS (handlers); i++)
    if (g_str_equal (handlers[i].name, action))
      {
        self->action = action;
        self->target = parameter;
        handlers[i].activate (self, parameter);
        self->action = self->target = NULL;
        return;
      }
}

/* Returns: (transfer none): the pages of the place that shows */
AdwNavigationView *
lm_main_view_get_pages (LmMainView *self)
{
  return visible_pages (self);
}

/* Returns: the name of the place that shows */
const char *
lm_main_view_get_place (LmMainView *self)
{
  return gtk_stack_get_visible_child_name (self->stack);
}

/* In a narrow window: whether the place shows rather than the list of places. */
gboolean
lm_main_view_get_show_content (LmMainView *self)
{
  return adw_navigation_split_view_get_show_content (self->split);
}

void
lm_main_view_set_show_content (LmMainView *self, gboolean show)
{
  adw_navigation_split_view_set_show_content (self->split, show);
}

/* Gives the page that shows the whole window, or lets the list of places have its part again. */
void
lm_main_view_set_full (LmMainView *self, gboolean full)
{
  AdwNavigationPage *sidebar = adw_navigation_split_view_get_sidebar (self->split);

  /* Not by collapsing the view: that is the breakpoint's. */
  gtk_widget_set_visible (GTK_WIDGET (sidebar), !full);
  adw_navigation_split_view_set_min_sidebar_width (self->split, full ? 0 : SIDEBAR_MIN);
  adw_navigation_split_view_set_max_sidebar_width (self->split, full ? 0 : SIDEBAR_MAX);
}

/* Returns: (transfer full) (nullable) (element-type LmEntry): the entries that are selected on the
 * journal's page; %NULL if none are */
GPtrArray *
lm_main_view_get_selected (LmMainView *self)
{
  return self->journal_page != NULL ? lm_journal_page_get_selected (self->journal_page) : NULL;
}

static void
lm_main_view_dispose (GObject *object)
{
  LmMainView *self = LM_MAIN_VIEW (object);

  /* The bin must let go of its child before the template does. */
  adw_breakpoint_bin_set_child (ADW_BREAKPOINT_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), LM_TYPE_MAIN_VIEW);
  /* Others may hold a reference still: it takes the guides out of the library now. */
  if (self->own_guides != NULL)
    g_object_run_dispose (G_OBJECT (self->own_guides));
  g_clear_object (&self->own_guides);
  g_clear_object (&self->workspace);
  g_clear_object (&self->library);
  G_OBJECT_CLASS (lm_main_view_parent_class)->dispose (object);
}

static void
lm_main_view_class_init (LmMainViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lm_main_view_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class,
      "/io/github/leitmotif_journal/Leitmotif/ui/lm-main-view.ui");
  gtk_widget_class_bind_template_child (widget_class, LmMainView, split);
  gtk_widget_class_bind_template_child (widget_class, LmMainView, content_page);
  gtk_widget_class_bind_template_child (widget_class, LmMainView, places);
  gtk_widget_class_bind_template_child (widget_class, LmMainView, stack);
  gtk_widget_class_bind_template_child (widget_class, LmMainView, menu_button);
  gtk_widget_class_bind_template_child (widget_class, LmMainView, menu);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
lm_main_view_init (LmMainView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  lm_main_menu_add (self->split, self->menu_button, self->menu);
  lm_focus_begin (GTK_WIDGET (self), GTK_WIDGET (self->places));
  lm_focus_stay (self->split);
}

LmMainView *
lm_main_view_new (LmWorkspace *workspace, LmLibrary *library)
{
  LmMainView *self = g_object_new (LM_TYPE_MAIN_VIEW, NULL);

  self->workspace = g_object_ref (workspace);
  self->library = g_object_ref (library);
  self->own_guides = lm_own_guides_new (workspace, library);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    add_row (self, &places[i]);
  show_place (self, "today");
  return self;
}
