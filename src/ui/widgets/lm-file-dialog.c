/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/widgets/lm-file-dialog.h"

/* Where no portal asks for files, GTK's own dialog does, and writes what was chosen, with the time
 * and our name, into the list of recent files that every program reads. There is no way to have it
 * not do so that would not empty the person's list as well: what is ours goes out again. */

static void
forget_ours_cb (GtkRecentManager *manager)
{
  GList *items = gtk_recent_manager_get_items (manager);

  for (GList *at = items; at != NULL; at = at->next)
    if (gtk_recent_info_has_application (at->data, g_get_application_name ()) &&
        !gtk_recent_manager_remove_item (manager, gtk_recent_info_get_uri (at->data), NULL))
      g_debug ("a chosen file stays among the recent ones");
  g_list_free_full (items, (GDestroyNotify) gtk_recent_info_unref);
}

/* Returns: (transfer full): a dialog that leaves no trace of what is chosen in it */
GtkFileDialog *
lm_file_dialog_new (void)
{
  static gboolean watching;

  if (!watching)
    {
      watching = TRUE;
      g_signal_connect (gtk_recent_manager_get_default (),
                        "changed",
                        G_CALLBACK (forget_ours_cb),
                        NULL);
      forget_ours_cb (gtk_recent_manager_get_default ());
    }
  return gtk_file_dialog_new ();
}
