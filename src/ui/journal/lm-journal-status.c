/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/journal/lm-journal-status.h"

/* What stands in the place of the list of entries. Each is made when it is first to be seen:
 * whoever has written something hardly ever sees them. */

static GtkWidget *
make_page (const char *icon, const char *title, const char *description, GtkWidget *child)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), icon);
  adw_status_page_set_title (ADW_STATUS_PAGE (page), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (page), description);
  adw_status_page_set_child (ADW_STATUS_PAGE (page), child);
  return page;
}

static GtkWidget *
add_button (GtkWidget *box, const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_add_css_class (button, "pill");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

/* Returns: (transfer floating): before the first entry */
GtkWidget *
lm_journal_status_empty (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *write = add_button (box, _ ("_Write something"), "win.new-entry");
  GtkWidget *guide = add_button (box, _ ("_Use a guide"), "win.open-guide");

  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (write, "suggested-action");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (guide), "s", "relationship-episode");
  return make_page ("lm-journal-symbolic",
                    _ ("Nothing here yet"),
                    _ ("A line is enough to begin with."),
                    box);
}

/* Returns: (transfer floating): after a search; @suggest_button searches for something else */
GtkWidget *
lm_journal_status_nothing_found (GtkWidget *suggest_button)
{
  return make_page ("edit-find-symbolic",
                    _ ("Nothing found"),
                    _ ("Every word has to occur. Fewer words find more. You can also look for "
                       "tag:, person:, guide:, in:tray, before:2024 or after:2024-05, and leave "
                       "out a word with a minus."),
                    suggest_button);
}
