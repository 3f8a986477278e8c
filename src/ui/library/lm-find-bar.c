/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/library/lm-find-bar.h"

/* Finding in the article that is open: how often it occurs, and the way from one place to the next.
 */

struct _LmFindBar
{
  AdwBin parent_instance;

  GtkSearchBar *bar;
  GtkSearchEntry *entry;
  GtkLabel *count_label;
  GtkWidget *previous_button;
  GtkWidget *next_button;
  LmArticleView *view; /* borrowed: both are parts of one page */
  guint found;
  guint current; /* from 1; 0 for none */
};

G_DEFINE_FINAL_TYPE (LmFindBar, lm_find_bar, ADW_TYPE_BIN)

static void
show_count (LmFindBar *self)
{
  g_autofree char *text = NULL;

  if (gtk_editable_get_text (GTK_EDITABLE (self->entry))[0] == '\0')
    text = g_strdup ("");
  else if (self->found == 0)
    text = g_strdup (_ ("Not in this article"));
  else
    /* Translators: which of the places found in an article is shown, as in "2 of 7" */
    text = g_strdup_printf (C_ ("place", "%1$u of %2$u"), self->current, self->found);
  gtk_label_set_label (self->count_label, text);
  gtk_widget_set_sensitive (self->previous_button, self->found > 1);
  gtk_widget_set_sensitive (self->next_button, self->found > 1);
  if (text[0] != '\0')
    gtk_accessible_announce (GTK_ACCESSIBLE (self),
                             text,
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
go (LmFindBar *self, int step)
{
  if (self->found == 0)
    return;
  self->current = (self->current - 1 + self->found + (guint) step) % self->found + 1;
  lm_article_view_show_found (self->view, self->current - 1);
  show_count (self);
}

static void
next_cb (LmFindBar *self)
{
  go (self, 1);
}

static void
previous_cb (LmFindBar *self)
{
  go (self, -1);
}

static void
changed_cb (LmFindBar *self)
{
  const char *text = gtk_search_bar_get_search_mode (self->bar)
                         ? gtk_editable_get_text (GTK_EDITABLE (self->entry))
                         : "";

  self->found = lm_article_view_find (self->view, text);
  self->current = self->found > 0 ? 1 : 0;
  if (self->found > 0)
    lm_article_view_show_found (self->view, 0);
  show_count (self);
}

/* Puts the cursor into the search. */
void
lm_find_bar_open (LmFindBar *self)
{
  gtk_search_bar_set_search_mode (self->bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
}

static void
lm_find_bar_class_init (LmFindBarClass *klass)
{
}

static GtkWidget *
make_button (LmFindBar *self, const char *icon, const char *name, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, name);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  return button;
}

static void
lm_find_bar_init (LmFindBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->bar = GTK_SEARCH_BAR (gtk_search_bar_new ());
  self->entry = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  self->count_label = GTK_LABEL (gtk_label_new (""));
  gtk_search_entry_set_search_delay (self->entry, 0);
  gtk_search_entry_set_placeholder_text (self->entry, _ ("Find in this article"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Find in this article"),
                                  -1);
  gtk_widget_set_hexpand (GTK_WIDGET (self->entry), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->count_label), "dimmed");
  gtk_widget_add_css_class (GTK_WIDGET (self->count_label), "numeric");
  self->previous_button =
      make_button (self, "go-up-symbolic", _ ("Previous place"), G_CALLBACK (previous_cb));
  self->next_button =
      make_button (self, "go-down-symbolic", _ ("Next place"), G_CALLBACK (next_cb));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->entry));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->count_label));
  gtk_box_append (GTK_BOX (box), self->previous_button);
  gtk_box_append (GTK_BOX (box), self->next_button);
  gtk_search_bar_set_child (self->bar, box);
  gtk_search_bar_connect_entry (self->bar, GTK_EDITABLE (self->entry));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->bar));
  g_signal_connect_object (self->entry,
                           "search-changed",
                           G_CALLBACK (changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (next_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry,
                           "next-match",
                           G_CALLBACK (next_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry,
                           "previous-match",
                           G_CALLBACK (previous_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->bar,
                           "notify::search-mode-enabled",
                           G_CALLBACK (changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
lm_find_bar_new (LmArticleView *view)
{
  LmFindBar *self = g_object_new (LM_TYPE_FIND_BAR, NULL);

  self->view = view;
  return GTK_WIDGET (self);
}
