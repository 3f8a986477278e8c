/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "base/lm-clock.h"
#include "base/lm-text.h"
#include "ui/guide/lm-entry-picker.h"
#include "workspace/lm-phrases.h"
#include "workspace/lm-workspace-search.h"

/* Earlier entries, to be linked to from a page of a guide: a few are offered, the rest is found by
 * searching. What is chosen stays at the top, whatever is searched for. */

/* How many are offered, besides those that are chosen. */
#define OFFERED_MAX 6

struct _LmEntryPicker
{
  AdwBin parent_instance;

  GtkListBox *list;
  GtkSearchEntry *search_entry;
  GtkWidget *nothing; /* said when nothing is found */

  LmWorkspace *workspace;
  GCancellable *search; /* of what is being looked for; nullable */
  GPtrArray *chosen;    /* of ids as text, in the order in which they were chosen */
  gboolean several;
  gboolean day_before;
};

G_DEFINE_FINAL_TYPE (LmEntryPicker, lm_entry_picker, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static LmEntry *
find (LmEntryPicker *self, const char *text)
{
  LmId id;

  return lm_id_parse (text, -1, &id) ? lm_workspace_find_entry (self->workspace, &id) : NULL;
}

static gboolean
is_chosen (LmEntryPicker *self, const char *id)
{
  return g_ptr_array_find_with_equal_func (self->chosen, id, g_str_equal, NULL);
}

static void
toggled_cb (GtkCheckButton *check, LmEntryPicker *self)
{
  const char *id = g_object_get_data (G_OBJECT (check), "id");
  guint at;

  if (g_ptr_array_find_with_equal_func (self->chosen, id, g_str_equal, &at))
    g_ptr_array_remove_index (self->chosen, at);
  if (gtk_check_button_get_active (check))
    {
      if (!self->several)
        g_ptr_array_set_size (self->chosen, 0);
      g_ptr_array_add (self->chosen, g_strdup (id));
    }
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  /* One entry is one entry; none is allowed, as radio buttons would not. */
  if (!self->several)
    for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL;
         row = gtk_widget_get_next_sibling (row))
      {
        GtkCheckButton *other = g_object_get_data (G_OBJECT (row), "check");

        if (other != check && gtk_check_button_get_active (check))
          gtk_check_button_set_active (other, FALSE);
      }
}

static void
add_row (LmEntryPicker *self, LmEntry *entry)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  const char *title = lm_entry_get_title (entry);
  LmIdText id = lm_id_format (lm_entry_get_id (entry));
  g_autofree char *day =
      lm_text_capitalize (lm_phrase_day_with_year (lm_entry_get_created (entry)));

  /* The person's own words. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 title[0] != '\0' ? title : lm_entry_get_excerpt (entry));
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), day);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), is_chosen (self, id.digits));
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (check), "id", g_strdup (id.digits), g_free);
  g_object_set_data (G_OBJECT (row), "check", check);
  g_signal_connect (check, "toggled", G_CALLBACK (toggled_cb), self);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  gtk_list_box_append (self->list, row);
}

/* What is offered --------------------------------------------------------------------- */

static gint
newest_first (gconstpointer a, gconstpointer b)
{
  LmEntry *const *x = a, *const *y = b;

  return g_date_time_compare (lm_entry_get_created (*y), lm_entry_get_created (*x));
}

static gboolean
is_of_day_before (LmEntryPicker *self, LmEntry *entry)
{
  g_autoptr (GDateTime) now = lm_clock_now (lm_workspace_get_clock (self->workspace));
  g_autoptr (GDateTime) before = g_date_time_add_days (now, -1);
  GDateTime *created = lm_entry_get_created (entry);

  return g_date_time_get_year (created) == g_date_time_get_year (before) &&
         g_date_time_get_day_of_year (created) == g_date_time_get_day_of_year (before);
}

static GPtrArray *
recent_entries (LmEntryPicker *self, gboolean day_before)
{
  GListModel *entries = lm_workspace_get_entries (self->workspace);
  GPtrArray *recent = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (entries); i++)
    {
      g_autoptr (LmEntry) entry = g_list_model_get_item (entries, i);

      if (!lm_entry_get_deleted (entry) && (!day_before || is_of_day_before (self, entry)))
        g_ptr_array_add (recent, g_steal_pointer (&entry));
    }
  g_ptr_array_sort (recent, newest_first);
  return recent;
}

/* Shows what is chosen, and the first of @offered. @nothing: what is said if there is nothing else
 */
static void
show_offered (LmEntryPicker *self, GPtrArray *offered, const char *nothing)
{
  guint n = 0;

  gtk_list_box_remove_all (self->list);
  for (guint i = 0; i < self->chosen->len; i++)
    {
      LmEntry *entry = find (self, self->chosen->pdata[i]);

      if (entry != NULL)
        add_row (self, entry);
    }
  for (guint i = 0; i < offered->len && n < OFFERED_MAX; i++)
    if (!is_chosen (self, lm_id_format (lm_entry_get_id (offered->pdata[i])).digits))
      {
        add_row (self, offered->pdata[i]);
        n++;
      }
  gtk_widget_set_visible (self->nothing, n == 0);
  gtk_label_set_label (GTK_LABEL (self->nothing), nothing);
  gtk_widget_set_visible (GTK_WIDGET (self->list),
                          gtk_widget_get_first_child (GTK_WIDGET (self->list)) != NULL);
}

static void
show_recent (LmEntryPicker *self)
{
  g_autoptr (GPtrArray) recent = recent_entries (self, self->day_before);

  if (self->day_before && recent->len == 0)
    {
      g_ptr_array_unref (recent);
      recent = recent_entries (self, FALSE);
    }
  show_offered (self, recent, _ ("There is no other entry yet."));
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LmEntryPicker) self = data;
  g_autoptr (LmFound) found = lm_workspace_find_finish (LM_WORKSPACE (source), result, NULL);

  /* Something else is looked for, the page is gone, or the journal is locked. */
  if (found == NULL)
    return;
  g_clear_object (&self->search);
  if (found->entries == NULL)
    show_recent (self);
  else
    show_offered (self, found->entries, _ ("No entry has these words."));
}

static void
stop (LmEntryPicker *self)
{
  g_cancellable_cancel (self->search);
  g_clear_object (&self->search);
}

/* What was there stays until the answer has come. */
static void
look (LmEntryPicker *self)
{
  stop (self);
  self->search = g_cancellable_new ();
  lm_workspace_find_async (self->workspace,
                           gtk_editable_get_text (GTK_EDITABLE (self->search_entry)),
                           self->search,
                           found_cb,
                           g_object_ref (self));
}

/* Writes what is chosen into @answer. */
void
lm_entry_picker_store (LmEntryPicker *self, LmAnswer *answer)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) entries = NULL;

  for (guint i = 0; i < self->chosen->len; i++)
    g_strv_builder_add (builder, self->chosen->pdata[i]);
  entries = g_strv_builder_end (builder);
  lm_answer_set_entries (answer, (const char *const *) entries);
}

static void
lm_entry_picker_dispose (GObject *object)
{
  stop (LM_ENTRY_PICKER (object));
  g_clear_object (&LM_ENTRY_PICKER (object)->workspace);
  G_OBJECT_CLASS (lm_entry_picker_parent_class)->dispose (object);
}

static void
lm_entry_picker_finalize (GObject *object)
{
  g_ptr_array_unref (LM_ENTRY_PICKER (object)->chosen);
  G_OBJECT_CLASS (lm_entry_picker_parent_class)->finalize (object);
}

static void
lm_entry_picker_class_init (LmEntryPickerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lm_entry_picker_dispose;
  object_class->finalize = lm_entry_picker_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed",
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
lm_entry_picker_init (LmEntryPicker *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->chosen = g_ptr_array_new_with_free_func (g_free);
  self->search_entry = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  gtk_search_entry_set_placeholder_text (self->search_entry, _ ("Look for another"));
  gtk_search_entry_set_input_hints (self->search_entry, GTK_INPUT_HINT_PRIVATE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search_entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Look for another entry"),
                                  -1);
  g_signal_connect_swapped (self->search_entry, "search-changed", G_CALLBACK (look), self);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Entries"),
                                  -1);
  self->nothing = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->nothing), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->nothing), 0);
  gtk_widget_add_css_class (self->nothing, "dimmed");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (box), self->nothing);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->search_entry));
  adw_bin_set_child (ADW_BIN (self), box);
}

/**
 * lm_entry_picker_new:
 * @answer: (nullable): what was chosen before
 */
GtkWidget *
lm_entry_picker_new (LmWorkspace *workspace, const LmGuideStep *step, LmAnswer *answer)
{
  LmEntryPicker *self = g_object_new (LM_TYPE_ENTRY_PICKER, NULL);
  g_auto (GStrv) chosen = answer != NULL ? lm_answer_get_entries (answer) : NULL;

  self->workspace = g_object_ref (workspace);
  self->several = step->several;
  self->day_before = g_strcmp0 (step->from, "day-before") == 0;
  for (guint i = 0; chosen != NULL && chosen[i] != NULL; i++)
    g_ptr_array_add (self->chosen, g_strdup (chosen[i]));
  show_recent (self);
  return GTK_WIDGET (self);
}
