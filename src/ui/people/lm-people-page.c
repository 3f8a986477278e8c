/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/people/lm-people-page.h"
#include "ui/widgets/lm-focus.h"
#include "ui/widgets/lm-keep-place.h"
#include "ui/widgets/lm-parts.h"
#include "ui/widgets/lm-titles.h"
#include "workspace/lm-workspace-people.h"

/* The people that entries name. Each has a page. */

static const struct
{
  const char *circle;
  const char *label;
} circles[] = {
  /* Translators: where somebody belongs: in the life of the person as it is now */
  { "now", N_ ("now") },
  { "then", N_ ("from earlier") },
  { "therapy", N_ ("in therapy") },
};

/* Returns: (transfer full): what somebody is to the person, and where they belong */
char *
lm_circles_text (LmContent *content)
{
  g_auto (GStrv) all = lm_content_get_strings (content, "circles");
  GString *text = g_string_new (lm_content_get_string (content, "relation"));

  for (guint i = 0; i < G_N_ELEMENTS (circles); i++)
    if (g_strv_contains ((const char *const *) all, circles[i].circle))
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", _ (circles[i].label));
  return g_string_free (text, FALSE);
}

static gboolean
is_shown (gpointer item, gpointer data)
{
  return !lm_entry_get_deleted (item);
}

/* Only where the order is another now does the list change. */
static void
sort_again (GtkSorter *sorter)
{
  gtk_sorter_changed (sorter, GTK_SORTER_CHANGE_DIFFERENT);
}

static int
by_name (gconstpointer a, gconstpointer b, gpointer data)
{
  return g_utf8_collate (lm_entry_get_title ((LmEntry *) a), lm_entry_get_title ((LmEntry *) b));
}

/* Returns: (transfer full): those who are neither removed nor somebody else's other name */
GListModel *
lm_people_sorted_new (LmWorkspace *workspace)
{
  GtkFilter *filter = GTK_FILTER (gtk_custom_filter_new (is_shown, NULL, NULL));
  GtkSorter *sorter = GTK_SORTER (gtk_custom_sorter_new (by_name, NULL, NULL));
  GListModel *people = lm_workspace_get_people (workspace);
  GtkFilterListModel *filtered = gtk_filter_list_model_new (g_object_ref (people), filter);

  lm_titles_follow (people, G_CALLBACK (sort_again), sorter);
  return G_LIST_MODEL (gtk_sort_list_model_new (G_LIST_MODEL (filtered), sorter));
}

/* Coming back ---------------------------------------------------------------------------------- */

typedef struct
{
  LmWorkspace *workspace;
  GListModel *people;
  GtkListBox *list; /* borrowed: the page has it */
  char *last;       /* nullable: the id of whose row the person went to last */
  gboolean away;    /* another page is above, or goes just now */
} People;

static void
people_free (gpointer data)
{
  People *people = data;

  g_object_unref (people->workspace);
  g_object_unref (people->people);
  g_free (people->last);
  g_free (people);
}

/* Its page may open next. */
static void
focused_cb (GtkWidget *row, GParamSpec *pspec, People *people)
{
  GVariant *target = gtk_actionable_get_action_target_value (GTK_ACTIONABLE (row));

  /* On the way back it may go to any. */
  if (gtk_widget_has_focus (row) && !people->away)
    g_set_str (&people->last, g_variant_get_string (target, NULL));
}

static void
hiding_cb (AdwNavigationPage *page, People *people)
{
  people->away = TRUE;
}

/* The keyboard goes to who was on the page above: they may have another name and place now, or be
 * the same person as another, and their row be gone. */
static void
shown_cb (AdwNavigationPage *page, People *people)
{
  LmEntry *person =
      people->last != NULL ? lm_workspace_find_person (people->workspace, people->last) : NULL;

  people->away = FALSE;
  for (guint i = 0; person != NULL && i < g_list_model_get_n_items (people->people); i++)
    {
      g_autoptr (LmEntry) other = g_list_model_get_item (people->people, i);

      if (other == person)
        lm_focus_give (GTK_WIDGET (gtk_list_box_get_row_at_index (people->list, (int) i)));
    }
}

/* Rows ---------------------------------------------------------------------------------------- */

static void
show_person (LmEntry *person, GParamSpec *pspec, GtkWidget *row)
{
  g_autoptr (LmContent) content = lm_record_content (lm_entry_get_record (person));
  g_autofree char *subtitle = lm_circles_text (content);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), lm_entry_get_title (person));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
}

static GtkWidget *
make_row (gpointer item, gpointer data)
{
  LmEntry *person = item;
  GtkWidget *row = lm_link_row_new (lm_entry_get_title (person),
                                    NULL,
                                    "lm-person-symbolic",
                                    "win.open-person",
                                    lm_id_format (lm_entry_get_id (person)).digits);

  show_person (person, NULL, row);
  g_signal_connect_object (person, "notify::title", G_CALLBACK (show_person), row, 0);
  g_signal_connect (row, "notify::has-focus", G_CALLBACK (focused_cb), data);
  return row;
}

/* The page --------------------------------------------------------------------------------------
 */

static void
show_state (GListModel *people, guint position, guint removed, guint added, GtkStack *stack)
{
  gtk_stack_set_visible_child_name (stack,
                                    g_list_model_get_n_items (people) > 0 ? "list" : "empty");
}

AdwNavigationPage *
lm_people_page_new (LmWorkspace *workspace)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *box, *scroller = lm_reading_list_new (&box);
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *stack = gtk_stack_new ();
  GtkWidget *empty = adw_status_page_new ();
  g_autoptr (GListModel) people = lm_people_sorted_new (workspace);
  People *about = g_new0 (People, 1);
  AdwNavigationPage *page;

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (empty), "lm-person-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (empty), _ ("Nobody yet"));
  adw_status_page_set_description (ADW_STATUS_PAGE (empty),
                                   _ ("People whom you name in a guide are listed here."));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("People"),
                                  -1);
  *about = (People) { .workspace = g_object_ref (workspace),
                      .people = g_object_ref (people),
                      .list = GTK_LIST_BOX (list) };
  lm_keep_place_begin (GTK_LIST_BOX (list), people);
  gtk_list_box_bind_model (GTK_LIST_BOX (list), people, make_row, about, NULL);
  lm_keep_place_end (GTK_LIST_BOX (list), people);
  gtk_box_append (GTK_BOX (box), list);
  gtk_stack_add_named (GTK_STACK (stack), scroller, "list");
  gtk_stack_add_named (GTK_STACK (stack), empty, "empty");
  g_signal_connect_object (people, "items-changed", G_CALLBACK (show_state), stack, 0);
  show_state (people, 0, 0, 0, GTK_STACK (stack));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), lm_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), stack);
  page = adw_navigation_page_new (view, _ ("People"));
  g_object_set_data_full (G_OBJECT (page), "lm-people", about, people_free);
  g_signal_connect (page, "hiding", G_CALLBACK (hiding_cb), about);
  g_signal_connect (page, "shown", G_CALLBACK (shown_cb), about);
  return page;
}
