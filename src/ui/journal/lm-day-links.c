/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "ui/journal/lm-day-links.h"
#include "ui/widgets/lm-undo-toast.h"
#include "workspace/lm-on-this-day.h"

/* What was written on a day of earlier years, closed: only the year is to be seen. */

/* So many, the last years first. */
#define LINKS_MAX 6

/**
 * lm_day_links_show:
 * @box: a box, which holds nothing but the links
 * @day: a valid date
 *
 * Fills @box with a button for each entry. The button opens it.
 *
 * Returns: how many there are
 */
guint
lm_day_links_show (GtkWidget *box, LmWorkspace *workspace, const GDate *day)
{
  g_autoptr (GPtrArray) entries = lm_on_this_day (lm_workspace_get_entries (workspace), day);
  GtkWidget *child;
  guint n = MIN (entries->len, LINKS_MAX);

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
  for (guint i = 0; i < n; i++)
    {
      LmEntry *entry = entries->pdata[i];
      g_autofree char *label =
          /* Translators: a button that opens what was written on the same day of that year */
          g_strdup_printf (_ ("From this day in %d: show"),
                           g_date_time_get_year (lm_entry_get_created (entry)));
      GtkWidget *button = gtk_button_new_with_label (label);

      gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), TRUE);
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_set_halign (button, GTK_ALIGN_START);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.open-entry");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button),
                                        "s",
                                        lm_id_format (lm_entry_get_id (entry)).digits);
      gtk_box_append (GTK_BOX (box), button);
    }
  gtk_widget_set_visible (box, n > 0);
  return n;
}

/* @comes: whether @entry may be offered on its day from now on. Tells where @widget is. */
void
lm_day_mark (GtkWidget *widget, LmWorkspace *workspace, LmEntry *entry, gboolean comes)
{
  const char *text =
      comes ? _ ("It may come up on its day in later years") : _ ("It will not come up on its day");

  lm_workspace_set_on_its_day_async (
      workspace,
      entry,
      comes,
      lm_undo_tell,
      lm_undo_telling_new (widget, text, lm_workspace_set_on_its_day_finish));
}
