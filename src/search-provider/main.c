/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib-unix.h>

#include "base/lm-core-dumps.h"
#include "search-provider/lm-search-provider.h"

/* leitmotif-search-provider: started by the bus when the desktop searches. */

static gboolean
terminated_cb (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_CONTINUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (LmSearchProvider) provider = NULL;
  g_autoptr (GError) error = NULL;

  /* What is typed into the desktop's search may be anything. */
  lm_core_dumps_turn_off ();
  if (argc > 1)
    {
      g_print ("Leitmotif %s\n", PACKAGE_VERSION);
      return g_str_equal (argv[1], "--version") ? 0 : 2;
    }
  provider = lm_search_provider_new (loop);
  if (!lm_search_provider_start (provider, &error))
    {
      g_printerr ("leitmotif-search-provider: %s\n", error->message);
      return 1;
    }
  g_unix_signal_add (SIGTERM, terminated_cb, loop);
  g_unix_signal_add (SIGINT, terminated_cb, loop);
  g_main_loop_run (loop);
  return 0;
}
