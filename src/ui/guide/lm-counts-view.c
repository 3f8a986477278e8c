/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "base/lm-text.h"
#include "ui/guide/lm-counts-view.h"
#include "workspace/lm-phrases.h"
#include "workspace/lm-workspace-counts.h"

struct _LmCountsView
{
  AdwBin parent_instance;

  GtkBox *box;
  AdwToggleGroup *range; /* nullable: since the last look, or everything */

  LmWorkspace *workspace;
  LmLibrary *library;
  GDateTime *last_look; /* nullable */
};

G_DEFINE_FINAL_TYPE (LmCountsView, lm_counts_view, ADW_TYPE_BIN)

#define SINCE "since"
#define ALL   "all"

static const char *
role_heading (LmCountRole role)
{
  switch (role)
    {
    case LM_COUNT_WISH:
      return _ ("What you wanted");
    case LM_COUNT_EXPECTED:
      return _ ("What you thought the other would do");
    case LM_COUNT_OTHER:
      return _ ("What the other did, as you saw it");
    case LM_COUNT_SELF:
    default:
      return _ ("What you felt and did");
    }
}

static GtkWidget *
add_text (LmCountsView *self, const char *text)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL,
                                   "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_PARAGRAPH,
                                   "label",
                                   text,
                                   NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (self->box, label);
  return label;
}

/* Sentences --------------------------------------------------------------------------- */

/* Each number has a sentence of its own: no language can inflect one for two numbers. */

static char *
join (const char *first, const char *second)
{
  /* Translators: two sentences, one after the other */
  return g_strdup_printf (C_ ("sentences", "%1$s %2$s"), first, second);
}

static char *
moments_sentence (LmCounts *counts)
{
  g_autofree char *moments = g_strdup_printf (
      ngettext ("You told of %u moment.", "You told of %u moments.", counts->n_moments),
      counts->n_moments);
  g_autofree char *people = g_strdup_printf (
      /* Translators: after "You told of 7 moments.": how many other people were in them */
      ngettext ("%u person came up in what you told.",
                "%u people came up in what you told.",
                counts->n_people),
      counts->n_people);

  return join (moments, people);
}

static char *
felt_sentence (LmCounts *counts)
{
  /* Translators: of how many moments somebody said how they were. The three numbers stand alike */
  return g_strdup_printf (_ ("Good: %1$u. Hard: %2$u. Mixed: %3$u."),
                          counts->n_good,
                          counts->n_hard,
                          counts->n_mixed);
}

static char *
count_sentence (LmCounts *counts, const LmCount *count)
{
  g_autofree char *often = g_strdup_printf (
      /* Translators: how often something was said; the plural goes by the second number */
      ngettext ("In %1$u of %2$u moment.", "In %1$u of %2$u moments.", counts->n_moments),
      count->moments->len,
      counts->n_moments);
  g_autofree char *people = g_strdup_printf (
      /* Translators: after "In 4 of 7 moments.": with how many other people they were */
      ngettext ("With %u person.", "With %u people.", count->n_people),
      count->n_people);
  g_autofree char *both = join (often, people);
  g_autofree char *good = NULL;

  if (count->n_good == 0)
    return g_steal_pointer (&both);
  good = g_strdup_printf (
      /* Translators: after "In 4 of 7 moments. With 2 people." */
      ngettext ("%u of these moments was good.", "%u of these moments were good.", count->n_good),
      count->n_good);
  return join (both, good);
}

/* Rows -------------------------------------------------------------------------------- */

static GtkWidget *
make_moment (LmRecord *record)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *day = lm_text_capitalize (lm_phrase_day_with_year (record->created));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 lm_text_is_blank (record->title) ? record->excerpt
                                                                  : record->title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), day);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.open-entry");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", lm_id_format (&record->id).digits);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  return row;
}

static GtkWidget *
make_count (LmCounts *counts, const LmCount *count)
{
  GtkWidget *row = adw_expander_row_new ();
  g_autofree char *sentence = count_sentence (counts, count);
  /* Translators: words that somebody used */
  g_autofree char *title = g_strdup_printf (_ ("“%s”"), count->label);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), sentence);
  for (guint i = 0; i < count->moments->len; i++)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (row), make_moment (count->moments->pdata[i]));
  return row;
}

static void
add_counts (LmCountsView *self, LmCounts *counts)
{
  GtkWidget *group = NULL;
  LmCountRole role = LM_COUNT_WISH;

  for (guint i = 0; i < counts->counts->len; i++)
    {
      const LmCount *count = counts->counts->pdata[i];

      if (group == NULL || count->role != role)
        {
          role = count->role;
          group = adw_preferences_group_new ();
          adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), role_heading (role));
          gtk_box_append (self->box, group);
        }
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), make_count (counts, count));
    }
}

/* The whole --------------------------------------------------------------------------- */

static void
show_counts (LmCountsView *self)
{
  gboolean all =
      self->range == NULL || g_strcmp0 (adw_toggle_group_get_active_name (self->range), ALL) == 0;
  g_autoptr (LmCounts) counts =
      lm_workspace_count (self->workspace, self->library, all ? NULL : self->last_look);
  g_autofree char *moments = moments_sentence (counts);
  g_autofree char *felt = felt_sentence (counts);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->box));

  while (child != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);

      if (child != (GtkWidget *) self->range)
        gtk_box_remove (self->box, child);
      child = next;
    }
  if (counts->n_moments > 0)
    add_text (self, moments);
  if (counts->n_good + counts->n_hard + counts->n_mixed > 0)
    add_text (self, felt);
  if (counts->n_left_out > 0)
    {
      g_autofree char *left_out = g_strdup_printf (
          ngettext ("%u moment is not counted, as fear or harm is named in it. What somebody does "
                    "to you is not a pattern of yours.",
                    "%u moments are not counted, as fear or harm is named in them. What somebody "
                    "does to you is not a pattern of yours.",
                    counts->n_left_out),
          counts->n_left_out);

      add_text (self, left_out);
    }
  if (!lm_counts_are_enough (counts))
    add_text (self,
              _ ("There is something to count from three moments and two people on. Until then "
                 "your own eyes see more. You can leave this empty, or look at your entries."));
  else if (counts->counts->len == 0)
    add_text (self,
              _ ("Nothing came up in three moments or more and with more than one person. That is "
                 "something to know as well."));
  else
    add_counts (self, counts);
}

static void
add_range (LmCountsView *self)
{
  AdwToggle *since = adw_toggle_new (), *all = adw_toggle_new ();

  self->range = ADW_TOGGLE_GROUP (adw_toggle_group_new ());
  adw_toggle_set_name (since, SINCE);
  adw_toggle_set_label (since, _ ("Since the last look"));
  adw_toggle_group_add (self->range, since);
  adw_toggle_set_name (all, ALL);
  /* Translators: all moments, not only those since the last look */
  adw_toggle_set_label (all, C_ ("moments", "All"));
  adw_toggle_group_add (self->range, all);
  adw_toggle_group_set_active_name (self->range, SINCE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->range),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Which moments are counted"),
                                  -1);
  gtk_widget_set_halign (GTK_WIDGET (self->range), GTK_ALIGN_START);
  g_signal_connect_object (self->range,
                           "notify::active-name",
                           G_CALLBACK (show_counts),
                           self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (self->box, GTK_WIDGET (self->range));
}

static void
lm_counts_view_dispose (GObject *object)
{
  LmCountsView *self = LM_COUNTS_VIEW (object);

  g_clear_object (&self->workspace);
  g_clear_object (&self->library);
  g_clear_pointer (&self->last_look, g_date_time_unref);
  G_OBJECT_CLASS (lm_counts_view_parent_class)->dispose (object);
}

static void
lm_counts_view_class_init (LmCountsViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lm_counts_view_dispose;
}

static void
lm_counts_view_init (LmCountsView *self)
{
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}

GtkWidget *
lm_counts_view_new (LmWorkspace *workspace, LmLibrary *library)
{
  LmCountsView *self = g_object_new (LM_TYPE_COUNTS_VIEW, NULL);

  self->workspace = g_object_ref (workspace);
  self->library = g_object_ref (library);
  self->last_look = lm_workspace_last_look (workspace);
  if (self->last_look != NULL)
    add_range (self);
  show_counts (self);
  return GTK_WIDGET (self);
}
