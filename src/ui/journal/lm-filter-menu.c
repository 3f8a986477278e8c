/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "base/lm-fold.h"
#include "search/lm-query-edit.h"
#include "ui/journal/lm-filter-menu.h"
#include "ui/widgets/lm-date-entry.h"
#include "workspace/lm-filter-choices.h"

/* A button beside the search field: filters to choose from, for whoever does not want to learn how
 * they are typed. Each choice changes what is typed. */

enum
{
  GUIDE,
  TAG,
  PERSON,
  N_LISTS
};

static const struct
{
  LmTermField field;
  const char *label;
} lists[N_LISTS] = {
  /* Translators: in the filters of the search */
  [GUIDE] = { LM_TERM_GUIDE, N_ ("Guide") },
  /* Translators: in the filters of the search */
  [TAG] = { LM_TERM_TAG, N_ ("Tag") },
  /* Translators: in the filters of the search */
  [PERSON] = { LM_TERM_PERSON, N_ ("Person") },
};

typedef struct
{
  LmWorkspace *workspace;
  GtkEditable *field; /* borrowed: it lives beside the button */
  GtkWidget *tray_button;
  GtkWidget *drop_downs[N_LISTS];
  GtkWidget *dates[2]; /* from, before */
  gboolean filling;
} Menu;

static const LmTermField date_fields[] = { LM_TERM_AFTER, LM_TERM_BEFORE };

static void
menu_free (gpointer data)
{
  Menu *menu = data;

  g_object_unref (menu->workspace);
  g_free (menu);
}

/* Showing -------------------------------------------------------------------------------------- */

/* Returns: (nullable): what is looked for in @field now */
static const LmTerm *
find_term (LmQuery *query, LmTermField field)
{
  for (guint i = 0; i < lm_query_n_terms (query); i++)
    {
      const LmTerm *term = lm_query_get_term (query, i);

      if (term->field == field && !term->exclude)
        return term;
    }
  return NULL;
}

static void
fill_list (Menu *menu, guint list, GStrv choices, const LmTerm *term)
{
  GtkDropDown *drop_down = GTK_DROP_DOWN (menu->drop_downs[list]);
  GtkStringList *model = gtk_string_list_new ((const char *const *) choices);
  guint selected = 0;

  for (guint i = 0; term != NULL && choices[i] != NULL; i++)
    {
      g_autofree char *folded = lm_fold (choices[i]);

      if (g_str_equal (folded, term->folded))
        selected = i + 1;
    }
  /* Translators: in the filters of the search: whatever guide, tag or person */
  gtk_string_list_splice (model, 0, 0, (const char *const[]) { C_ ("filter", "Any"), NULL });
  gtk_drop_down_set_model (drop_down, G_LIST_MODEL (model));
  gtk_drop_down_set_selected (drop_down, selected);
  gtk_widget_set_sensitive (GTK_WIDGET (drop_down), choices[0] != NULL);
  g_object_unref (model);
}

static void
fill (Menu *menu)
{
  g_autoptr (LmFilterChoices) choices = lm_workspace_filter_choices (menu->workspace);
  g_autoptr (LmQuery) query = lm_query_parse (gtk_editable_get_text (menu->field));
  GStrv all[N_LISTS] = { choices->guides, choices->tags, choices->people };

  menu->filling = TRUE;
  gtk_check_button_set_active (GTK_CHECK_BUTTON (menu->tray_button),
                               find_term (query, LM_TERM_TRAY) != NULL);
  for (guint i = 0; i < N_LISTS; i++)
    fill_list (menu, i, all[i], find_term (query, lists[i].field));
  for (guint i = 0; i < G_N_ELEMENTS (date_fields); i++)
    {
      const LmTerm *term = find_term (query, date_fields[i]);

      lm_date_entry_set_text (LM_DATE_ENTRY (menu->dates[i]), term != NULL ? term->value : "");
    }
  menu->filling = FALSE;
}

/* Choosing ------------------------------------------------------------------------------------- */

/* @value: %NULL for no such filter */
static void
set (Menu *menu, LmTermField field, const char *value)
{
  const char *typed = gtk_editable_get_text (menu->field);
  g_autofree char *changed =
      value != NULL ? lm_query_with (typed, field, value) : lm_query_without_field (typed, field);

  if (menu->filling)
    return;
  gtk_editable_set_text (menu->field, changed);
  gtk_editable_set_position (menu->field, -1);
}

static void
tray_cb (GtkCheckButton *button, Menu *menu)
{
  set (menu, LM_TERM_TRAY, gtk_check_button_get_active (button) ? "tray" : NULL);
}

static void
selected_cb (GtkDropDown *drop_down, GParamSpec *pspec, Menu *menu)
{
  guint list = 0, selected = gtk_drop_down_get_selected (drop_down);

  while (menu->drop_downs[list] != GTK_WIDGET (drop_down))
    list++;
  if (selected == GTK_INVALID_LIST_POSITION)
    return;
  set (menu,
       lists[list].field,
       selected == 0 ? NULL
                     : gtk_string_object_get_string (gtk_drop_down_get_selected_item (drop_down)));
}

static void
date_cb (GtkWidget *entry, guint read, GDate *day, Menu *menu)
{
  LmTermField field = date_fields[entry == menu->dates[0] ? 0 : 1];
  char value[16] = "";

  if (day != NULL)
    g_date_strftime (value,
                     sizeof value,
                     read == LM_TYPED_DATE_YEAR    ? "%Y"
                     : read == LM_TYPED_DATE_MONTH ? "%Y-%m"
                                                   : "%Y-%m-%d",
                     day);
  set (menu, field, day != NULL ? value : NULL);
}

/* The widget ----------------------------------------------------------------------------------- */

static GtkWidget *
make_list (Menu *menu, guint list)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (_ (lists[list].label));
  GtkExpression *text = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");
  GtkWidget *drop_down = gtk_drop_down_new (NULL, text);

  menu->drop_downs[list] = drop_down;
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_size_request (drop_down, 150, -1);
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (drop_down), TRUE);
  gtk_drop_down_set_search_match_mode (GTK_DROP_DOWN (drop_down),
                                       GTK_STRING_FILTER_MATCH_MODE_SUBSTRING);
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (lists[list].label),
                                  -1);
  g_signal_connect (drop_down, "notify::selected", G_CALLBACK (selected_cb), menu);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), drop_down);
  return box;
}

static GtkWidget *
make_content (Menu *menu)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  LmClock *clock = lm_workspace_get_clock (menu->workspace);

  /* Translators: the entry is to be brought to the session */
  menu->tray_button = gtk_check_button_new_with_label (C_ ("entry", "For the session"));
  g_signal_connect (menu->tray_button, "toggled", G_CALLBACK (tray_cb), menu);
  gtk_box_append (GTK_BOX (content), menu->tray_button);
  for (guint i = 0; i < N_LISTS; i++)
    gtk_box_append (GTK_BOX (content), make_list (menu, i));
  /* Translators: in the filters of the search: entries from that day on */
  menu->dates[0] = lm_date_entry_new (clock, C_ ("filter", "From"), TRUE);
  /* Translators: in the filters of the search: entries before that day */
  menu->dates[1] = lm_date_entry_new (clock, C_ ("filter", "Before"), TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (menu->dates); i++)
    {
      g_signal_connect (menu->dates[i], "entered", G_CALLBACK (date_cb), menu);
      gtk_box_append (GTK_BOX (content), menu->dates[i]);
    }
  gtk_widget_set_size_request (content, 250, -1);
  return content;
}

/* Made when it is first wanted: the page with the journal is to be there at once. */
static void
show_cb (GtkPopover *popover, Menu *menu)
{
  if (gtk_popover_get_child (popover) == NULL)
    gtk_popover_set_child (popover, make_content (menu));
  fill (menu);
}

/* Returns: (transfer floating): the button; @field is the search field, which has to live as long
 */
GtkWidget *
lm_filter_menu_new (LmWorkspace *workspace, GtkEditable *field)
{
  GtkWidget *button = gtk_menu_button_new (), *popover = gtk_popover_new ();
  Menu *menu = g_new0 (Menu, 1);

  menu->workspace = g_object_ref (workspace);
  menu->field = field;
  g_signal_connect (popover, "show", G_CALLBACK (show_cb), menu);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "lm-filter-symbolic");
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_widget_set_tooltip_text (button, _ ("Filters"));
  g_object_set_data_full (G_OBJECT (button), "menu", menu, menu_free);
  return button;
}
