/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/widgets/lm-titles.h"

/* A list tells of what comes and goes. Who shows it by name, or in the order of names, has to hear
 * of another name too. */

typedef struct
{
  GCallback changed;
  GObject *object; /* borrowed: the closure goes with it */
} Follower;

static void
items_changed_cb (
    GListModel *entries, guint position, guint removed, guint added, Follower *follower)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (GObject) entry = g_list_model_get_item (entries, i);

      /* It may have been in the list before. */
      g_signal_handlers_disconnect_by_func (entry, follower->changed, follower->object);
      g_signal_connect_object (entry,
                               "notify::title",
                               follower->changed,
                               follower->object,
                               G_CONNECT_SWAPPED);
    }
}

static void
follower_free (gpointer data, GClosure *closure)
{
  g_free (data);
}

/**
 * lm_titles_follow:
 * @entries: (element-type LmEntry):
 * @changed: is called with @object first
 * @object: (type GObject.Object): as long as it lives
 *
 * Has @changed called when an entry of @entries, now or later, was saved, perhaps with another
 * title.
 */
void
lm_titles_follow (GListModel *entries, GCallback changed, gpointer object)
{
  Follower *follower = g_new (Follower, 1);
  GClosure *closure = g_cclosure_new (G_CALLBACK (items_changed_cb), follower, follower_free);

  *follower = (Follower) { changed, object };
  g_object_watch_closure (object, closure);
  g_signal_connect_closure (entries, "items-changed", closure, FALSE);
  items_changed_cb (entries, 0, 0, g_list_model_get_n_items (entries), follower);
}
