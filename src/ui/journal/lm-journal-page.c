/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "base/lm-text.h"
#include "ui/journal/lm-journal-calendar.h"
#include "ui/journal/lm-entry-row.h"
#include "ui/journal/lm-filter-bar.h"
#include "ui/journal/lm-filter-menu.h"
#include "ui/journal/lm-journal-page.h"
#include "ui/journal/lm-journal-status.h"
#include "ui/journal/lm-saved-searches.h"
#include "ui/journal/lm-search-results.h"
#include "ui/journal/lm-sealed-page.h"
#include "ui/journal/lm-timeline.h"
#include "ui/widgets/lm-top.h"
#include "workspace/lm-phrases.h"
#include "workspace/lm-written-days.h"

/* The timeline: all entries, newest first, with months as headers; search as one types; selecting.
 */

/* Pixels: nobody has scrolled yet. */
#define NEAR_TOP 120
/* Rows in one turn of the main loop. */
#define DESCRIBED_AT_ONCE 8

struct _LmJournalPage
{
  AdwNavigationPage parent_instance;

  /* Template widgets */
  GtkSearchBar *search_bar;
  GtkSearchEntry *search_entry;
  GtkBox *search_box;
  GtkBox *filters_box;
  GtkWidget *status_box;
  GtkLabel *status_label;
  GtkPopover *calendar_popover;
  GtkToggleButton *select_button;
  GtkStack *stack;
  GtkScrolledWindow *scrolled_window;
  GtkListView *list_view;
  GtkBox *sealed_box;
  GtkActionBar *selection_bar;
  GtkLabel *selection_label;
  GtkWidget *export_button;
  GtkWidget *trash_button;

  /* Owned references */
  LmWorkspace *workspace;
  GListModel *shown; /* sorted and filtered */
  LmSearchResults *results;
  GtkNoSelection *model;       /* of the list: one of the two */
  GtkListItemFactory *headers; /* of months, in the timeline only */
  GHashTable *chosen;          /* nullable: the ids that are selected, while selecting */
  GPtrArray *bound;            /* of GtkListItem, borrowed: the rows that exist */
  GPtrArray *nameless;         /* the same: those of them that a screen reader knows nothing of */

  GtkWidget *suggest_button; /* borrowed; nullable until nothing was found */

  gboolean typed;   /* something was looked for */
  guint describing; /* 0 if all rows are described */
  guint jump;       /* position that the calendar goes to */
};

G_DEFINE_FINAL_TYPE (LmJournalPage, lm_journal_page, ADW_TYPE_NAVIGATION_PAGE)

/* What is shown ------------------------------------------------------------------------------ */

static gboolean
is_searching (LmJournalPage *self)
{
  return lm_search_results_get_query (self->results) != NULL;
}

/* One line on what was found, or how far it is. */
static void
show_status (LmJournalPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model)), arrived, expected;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->status_box, is_searching (self));
  if (!is_searching (self))
    return;
  if (lm_workspace_get_arrived (self->workspace, &arrived, &expected))
    /* Translators: both are numbers of entries; the quote has them grouped as the language does */
    text = g_strdup_printf (_ ("Searching %1$'u of %2$'u…"), arrived, expected);
  else
    text = g_strdup_printf (ngettext ("%'u entry found", "%'u entries found", n), n);
  gtk_label_set_label (self->status_label, text);
}

static void
suggest_clicked_cb (LmJournalPage *self)
{
  g_autofree char *words = g_strdup (lm_search_results_get_suggestion (self->results));

  if (words == NULL)
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), words);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
  gtk_editable_set_position (GTK_EDITABLE (self->search_entry), -1);
}

static void
show_suggestion (LmJournalPage *self)
{
  const char *words = lm_search_results_get_suggestion (self->results);
  /* Translators: a button, where nothing was found; %s are words with another letter */
  g_autofree char *label = words != NULL ? g_strdup_printf (_ ("Search for “%s”"), words) : NULL;

  if (self->suggest_button == NULL)
    return;
  gtk_widget_set_visible (self->suggest_button, words != NULL);
  gtk_button_set_label (GTK_BUTTON (self->suggest_button), label != NULL ? label : "");
}

/* What stands in the place of the list, when it is first to be seen. */
static void
make_status (LmJournalPage *self, const char *name)
{
  if (g_str_equal (name, "empty"))
    gtk_stack_add_named (self->stack, lm_journal_status_empty (), name);
  else if (g_str_equal (name, "nothing-found"))
    {
      self->suggest_button = gtk_button_new ();
      gtk_widget_set_halign (self->suggest_button, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (self->suggest_button, "pill");
      g_signal_connect_object (self->suggest_button,
                               "clicked",
                               G_CALLBACK (suggest_clicked_cb),
                               self,
                               G_CONNECT_SWAPPED);
      gtk_stack_add_named (self->stack,
                           lm_journal_status_nothing_found (self->suggest_button),
                           name);
      show_suggestion (self);
    }
}

static void
show_state (LmJournalPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  gboolean loading = lm_workspace_get_loading (self->workspace);
  const char *name = "list";

  if (n == 0 && is_searching (self))
    name = loading ? "loading" : "nothing-found";
  else if (n == 0)
    name = loading ? "loading" : "empty";
  if (gtk_stack_get_child_by_name (self->stack, name) == NULL)
    make_status (self, name);
  gtk_stack_set_visible_child_name (self->stack, name);
  show_status (self);
}

static void
search_changed_cb (LmJournalPage *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));

  /* The field tells of itself once, before anybody typed. */
  if (!self->typed && typed[0] == '\0')
    return;
  self->typed = TRUE;
  lm_search_results_look (self->results, typed);
}

static void show_query (LmJournalPage *self);

/* What was found comes in its own order, without months. */
static void
show_list (LmJournalPage *self, GListModel *list)
{
  gtk_list_view_set_header_factory (self->list_view, list == self->shown ? self->headers : NULL);
  gtk_no_selection_set_model (self->model, list);
}

/* How many were found, and among which. */
static void
announce (LmJournalPage *self)
{
  const char *found = gtk_label_get_label (self->status_label);
  g_autofree char *filters = lm_filter_bar_describe (GTK_EDITABLE (self->search_entry));
  g_autofree char *text =
      filters == NULL
          ? g_strdup (found)
          /* Translators: for screen readers: how many entries were found, and the filters set */
          : g_strdup_printf (_ ("%1$s, filtered: %2$s"), found, filters);

  gtk_accessible_announce (GTK_ACCESSIBLE (self),
                           text,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

/* @typed: whether it answers what was typed, and not a change of the entries. */
static void
answered_cb (LmJournalPage *self, gboolean typed)
{
  GListModel *list = is_searching (self) ? G_LIST_MODEL (self->results) : self->shown;
  gboolean other = gtk_no_selection_get_model (self->model) != list;

  if (other)
    show_list (self, list);
  show_query (self);
  show_suggestion (self);
  show_state (self);
  /* The calendar may have gone to a day of the timeline meanwhile. */
  if (!typed || !(other || is_searching (self)))
    return;
  /* Before it is laid out: the list stays with the rows that were on top, wherever they are now. */
  if (g_list_model_get_n_items (list) > 0)
    gtk_list_view_scroll_to (self->list_view, 0, GTK_LIST_SCROLL_NONE, NULL);
  lm_top_stay (self->scrolled_window);
  if (is_searching (self))
    announce (self);
}

static void
loading_changed_cb (LmJournalPage *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled_window);

  show_state (self);
  if (gtk_adjustment_get_value (adjustment) < NEAR_TOP)
    lm_top_stay (self->scrolled_window);
}

/* Rows ----------------------------------------------------------------------------------------- */

static void
setup_row_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, lm_entry_row_new ());
  /* Else every answer would select the row under the pointer, and be laid out twice. */
  gtk_list_item_set_selectable (item, FALSE);
}

static gboolean describe_some_cb (gpointer data);

static void
describe_soon (LmJournalPage *self)
{
  if (self->describing == 0)
    self->describing = g_idle_add_full (G_PRIORITY_LOW, describe_some_cb, self, NULL);
}

static void
show_check (LmJournalPage *self, GtkListItem *item)
{
  LmEntry *entry = gtk_list_item_get_item (item);
  LmEntryRow *row = LM_ENTRY_ROW (gtk_list_item_get_child (item));
  gboolean chosen =
      self->chosen != NULL && g_hash_table_contains (self->chosen, lm_entry_get_id (entry));
  const char *description = "";

  lm_entry_row_set_check (row, self->chosen != NULL, chosen);
  if (chosen)
    /* Translators: an entry in a list, for screen readers */
    description = _ ("Selected");
  else if (is_searching (self) && lm_entry_row_has_excerpt (row))
    description = lm_entry_row_get_excerpt (row);
  else if (is_searching (self))
    describe_soon (self);
  gtk_list_item_set_accessible_description (item, description);
}

static void
describe_cb (LmEntry *entry, GParamSpec *pspec, GtkListItem *item)
{
  g_autofree char *description = lm_entry_row_describe (entry);

  gtk_list_item_set_accessible_label (item, description);
}

/* Two hundred rows are ready, of which a dozen is to be seen: they are described when nobody waits
 * for anything, before the arrows get there. */
static gboolean
describe_some_cb (gpointer data)
{
  LmJournalPage *self = data;
  guint n = 0;

  for (; self->nameless->len > 0; g_ptr_array_remove_index_fast (self->nameless, 0))
    {
      GtkListItem *item = self->nameless->pdata[0];

      if (n++ == DESCRIBED_AT_ONCE)
        return G_SOURCE_CONTINUE;
      describe_cb (gtk_list_item_get_item (item), NULL, item);
    }
  for (guint i = 0; i < self->bound->len; i++)
    {
      LmEntryRow *row = LM_ENTRY_ROW (gtk_list_item_get_child (self->bound->pdata[i]));

      if (lm_entry_row_has_excerpt (row))
        continue;
      if (n++ == DESCRIBED_AT_ONCE)
        return G_SOURCE_CONTINUE;
      lm_entry_row_get_excerpt (row);
      show_check (self, self->bound->pdata[i]);
    }
  self->describing = 0;
  return G_SOURCE_REMOVE;
}

static void
bind_row_cb (GtkSignalListItemFactory *factory, GtkListItem *item, LmJournalPage *self)
{
  LmEntry *entry = gtk_list_item_get_item (item);

  lm_entry_row_set_query (LM_ENTRY_ROW (gtk_list_item_get_child (item)),
                          lm_search_results_get_query (self->results));
  lm_entry_row_set_entry (LM_ENTRY_ROW (gtk_list_item_get_child (item)), entry);
  g_signal_connect_object (entry, "notify::excerpt", G_CALLBACK (describe_cb), item, 0);
  g_signal_connect_object (entry, "notify::conflict", G_CALLBACK (describe_cb), item, 0);
  g_ptr_array_add (self->bound, item);
  g_ptr_array_add (self->nameless, item);
  describe_soon (self);
  show_check (self, item);
}

/* Rows that stayed show the words of the new answer. */
static void
show_query (LmJournalPage *self)
{
  for (guint i = 0; i < self->bound->len; i++)
    {
      GtkListItem *item = self->bound->pdata[i];

      lm_entry_row_set_query (LM_ENTRY_ROW (gtk_list_item_get_child (item)),
                              lm_search_results_get_query (self->results));
      show_check (self, item);
    }
}

static void
unbind_row_cb (GtkSignalListItemFactory *factory, GtkListItem *item, LmJournalPage *self)
{
  g_ptr_array_remove_fast (self->bound, item);
  g_ptr_array_remove_fast (self->nameless, item);
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), describe_cb, item);
  lm_entry_row_set_entry (LM_ENTRY_ROW (gtk_list_item_get_child (item)), NULL);
}

static void
setup_header_cb (GtkSignalListItemFactory *factory, GtkListHeader *header)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "lm-month");
  gtk_list_header_set_child (header, label);
}

static void
bind_header_cb (GtkSignalListItemFactory *factory, GtkListHeader *header)
{
  g_autofree char *month = lm_text_capitalize (
      lm_phrase_month (lm_entry_get_created (gtk_list_header_get_item (header))));

  gtk_label_set_label (GTK_LABEL (gtk_list_header_get_child (header)), month);
}

/* Selecting ------------------------------------------------------------------------------------
 *
 * A set of our own: GTK's selections select with every click and arrow, and lose one by a slip. */

static void
show_selection (LmJournalPage *self)
{
  guint n = self->chosen != NULL ? g_hash_table_size (self->chosen) : 0;
  /* Translators: entries in a list */
  g_autofree char *text = g_strdup_printf (ngettext ("%u selected", "%u selected", n), n);

  gtk_label_set_label (self->selection_label, text);
  gtk_widget_set_sensitive (self->export_button, n > 0);
  gtk_widget_set_sensitive (self->trash_button, n > 0);
  for (guint i = 0; i < self->bound->len; i++)
    show_check (self, self->bound->pdata[i]);
}

static void
activated_cb (LmJournalPage *self, guint position)
{
  g_autoptr (LmEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->model), position);
  const LmId *id = lm_entry_get_id (entry);

  if (self->chosen == NULL)
    {
      gtk_widget_activate_action (GTK_WIDGET (self),
                                  "win.open-entry",
                                  "s",
                                  lm_id_format (id).digits);
      return;
    }
  if (!g_hash_table_remove (self->chosen, id))
    g_hash_table_add (self->chosen, lm_id_copy (id));
  show_selection (self);
}

/**
 * lm_journal_page_get_selected:
 *
 * Returns: (transfer full) (nullable) (element-type LmEntry): the entries that are selected; %NULL
 * if there are none
 */
GPtrArray *
lm_journal_page_get_selected (LmJournalPage *self)
{
  GPtrArray *entries;
  GHashTableIter iter;
  gpointer id;

  if (self->chosen == NULL || g_hash_table_size (self->chosen) == 0)
    return NULL;
  entries = g_ptr_array_new_with_free_func (g_object_unref);
  g_hash_table_iter_init (&iter, self->chosen);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      LmEntry *entry = lm_workspace_find_entry (self->workspace, id);

      if (entry != NULL && !lm_entry_get_deleted (entry))
        g_ptr_array_add (entries, g_object_ref (entry));
    }
  return entries;
}

static void
select_toggled_cb (LmJournalPage *self)
{
  gboolean selecting = gtk_toggle_button_get_active (self->select_button);

  g_clear_pointer (&self->chosen, g_hash_table_unref);
  if (selecting)
    self->chosen = g_hash_table_new_full (lm_id_hash, lm_id_equal, g_free, NULL);
  if (selecting)
    gtk_widget_set_visible (GTK_WIDGET (self->selection_bar), TRUE);
  gtk_action_bar_set_revealed (self->selection_bar, selecting);
  show_selection (self);
}

static void
trash_selected_cb (LmJournalPage *self)
{
  g_autoptr (GPtrArray) selected = lm_journal_page_get_selected (self);
  g_autoptr (GString) ids = g_string_new (NULL);

  gtk_toggle_button_set_active (self->select_button, FALSE);
  for (guint i = 0; selected != NULL && i < selected->len; i++)
    g_string_append_printf (ids,
                            "%s%s",
                            i > 0 ? " " : "",
                            lm_id_format (lm_entry_get_id (selected->pdata[i])).digits);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.trash-entries", "s", ids->str);
}

/* The calendar ------------------------------------------------------------------------------- */

static gboolean
jump_cb (gpointer data)
{
  LmJournalPage *self = data;

  if (self->shown != NULL && self->jump < g_list_model_get_n_items (self->shown))
    {
      lm_top_leave (self->scrolled_window);
      gtk_list_view_scroll_to (self->list_view, self->jump, GTK_LIST_SCROLL_FOCUS, NULL);
      gtk_widget_grab_focus (GTK_WIDGET (self->list_view));
    }
  return G_SOURCE_REMOVE;
}

/* Goes to the first entry of the day, or where it would stand. */
static void
day_chosen_cb (LmJournalPage *self, GDateTime *time)
{
  GDate day;

  g_date_clear (&day, 1);
  g_date_set_dmy (&day,
                  (GDateDay) g_date_time_get_day_of_month (time),
                  (GDateMonth) g_date_time_get_month (time),
                  (GDateYear) g_date_time_get_year (time));
  gtk_popover_popdown (self->calendar_popover);
  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
  /* The timeline, whatever a search has just shown. */
  show_list (self, self->shown);
  self->jump = lm_written_days_position (self->shown, &day);
  /* When the popover has given back the focus. */
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, jump_cb, g_object_ref (self), g_object_unref);
}

/* Made when it is first wanted. */
static void
calendar_shown_cb (LmJournalPage *self)
{
  GtkWidget *calendar = gtk_popover_get_child (self->calendar_popover);

  if (calendar == NULL)
    {
      calendar = lm_journal_calendar_new (self->workspace);
      g_signal_connect_object (calendar,
                               "chosen",
                               G_CALLBACK (day_chosen_cb),
                               self,
                               G_CONNECT_SWAPPED);
      gtk_popover_set_child (self->calendar_popover, calendar);
    }
  lm_journal_calendar_begin (LM_JOURNAL_CALENDAR (calendar));
}

/* The page ---------------------------------------------------------------------------------------
 */

/* Puts the cursor into the search. */
void
lm_journal_page_find (LmJournalPage *self)
{
  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

static void
lm_journal_page_dispose (GObject *object)
{
  LmJournalPage *self = LM_JOURNAL_PAGE (object);

  g_clear_handle_id (&self->describing, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (object), LM_TYPE_JOURNAL_PAGE);
  g_clear_pointer (&self->chosen, g_hash_table_unref);
  g_clear_pointer (&self->bound, g_ptr_array_unref);
  g_clear_pointer (&self->nameless, g_ptr_array_unref);
  g_clear_object (&self->model);
  g_clear_object (&self->headers);
  g_clear_object (&self->results);
  g_clear_object (&self->shown);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (lm_journal_page_parent_class)->dispose (object);
}

static void
lm_journal_page_class_init (LmJournalPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lm_journal_page_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class,
      "/io/github/leitmotif_journal/Leitmotif/ui/journal/lm-journal-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LmJournalPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, LmJournalPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, LmJournalPage, calendar_popover);
  gtk_widget_class_bind_template_child (widget_class, LmJournalPage, search_box);
  gtk_widget_class_bind_template_child (widget_class, LmJournalPage, filters_box);
  gtk_widget_class_bind_template_child (widget_class, LmJournalPage, status_box);
  gtk_widget_class_bind_template_child (widget_class, LmJournalPage, status_label);
  gtk_widget_class_bind_template_child (widget_class, LmJournalPage, select_button);
  gtk_widget_class_bind_template_child (widget_class, LmJournalPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LmJournalPage, scrolled_window);
  gtk_widget_class_bind_template_child (widget_class, LmJournalPage, list_view);
  gtk_widget_class_bind_template_child (widget_class, LmJournalPage, sealed_box);
  gtk_widget_class_bind_template_child (widget_class, LmJournalPage, selection_bar);
  gtk_widget_class_bind_template_child (widget_class, LmJournalPage, selection_label);
  gtk_widget_class_bind_template_child (widget_class, LmJournalPage, export_button);
  gtk_widget_class_bind_template_child (widget_class, LmJournalPage, trash_button);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, calendar_shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, select_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, trash_selected_cb);
}

static void
lm_journal_page_init (LmJournalPage *self)
{
  self->bound = g_ptr_array_new ();
  self->nameless = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search_entry));
}

static void
set_factories (LmJournalPage *self)
{
  g_autoptr (GtkListItemFactory) rows = gtk_signal_list_item_factory_new ();
  GtkListItemFactory *headers = gtk_signal_list_item_factory_new ();

  g_signal_connect (rows, "setup", G_CALLBACK (setup_row_cb), NULL);
  g_signal_connect_object (rows, "bind", G_CALLBACK (bind_row_cb), self, 0);
  g_signal_connect_object (rows, "unbind", G_CALLBACK (unbind_row_cb), self, 0);
  g_signal_connect (headers, "setup", G_CALLBACK (setup_header_cb), NULL);
  g_signal_connect (headers, "bind", G_CALLBACK (bind_header_cb), NULL);
  gtk_list_view_set_factory (self->list_view, rows);
  gtk_list_view_set_header_factory (self->list_view, headers);
  self->headers = headers;
}

LmJournalPage *
lm_journal_page_new (LmWorkspace *workspace)
{
  LmJournalPage *self = g_object_new (LM_TYPE_JOURNAL_PAGE, NULL);

  self->workspace = g_object_ref (workspace);
  self->shown = lm_timeline_new (workspace);
  self->results = lm_search_results_new (workspace);
  set_factories (self);
  self->model = gtk_no_selection_new (g_object_ref (self->shown));
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (self->model));
  gtk_box_append (self->search_box,
                  lm_filter_menu_new (workspace, GTK_EDITABLE (self->search_entry)));
  gtk_box_append (self->filters_box, lm_filter_bar_new (GTK_EDITABLE (self->search_entry)));
  gtk_box_append (self->search_box,
                  lm_saved_searches_new (workspace, GTK_EDITABLE (self->search_entry)));
  g_signal_connect_object (self->results,
                           "answered",
                           G_CALLBACK (answered_cb),
                           self,
                           G_CONNECT_SWAPPED);
  show_selection (self);
  gtk_box_append (self->sealed_box, lm_sealed_button_new (workspace));
  g_signal_connect_object (lm_workspace_get_entries (workspace),
                           "items-changed",
                           G_CALLBACK (show_state),
                           self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (workspace,
                           "notify::loading",
                           G_CALLBACK (loading_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  loading_changed_cb (self);
  return self;
}
