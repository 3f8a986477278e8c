/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <gio/gio.h>

#include "ui/stream/lm-screen-reader.h"

/* Whether a screen reader runs, as the desktop tells it. GTK does not say. Where nobody answers, as
 * in a sandbox that may not ask, none is taken to run. */

static GDBusProxy *status; /* for as long as the program runs; nullable */
static gboolean asked;

static void
found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  status = g_dbus_proxy_new_for_bus_finish (result, NULL);
}

/* Begins to look; the answer comes soon, and is kept up to date. */
void
lm_screen_reader_look (void)
{
  if (asked)
    return;
  asked = TRUE;
  g_dbus_proxy_new_for_bus (G_BUS_TYPE_SESSION,
                            G_DBUS_PROXY_FLAGS_DO_NOT_AUTO_START,
                            NULL,
                            "org.a11y.Bus",
                            "/org/a11y/bus",
                            "org.a11y.Status",
                            NULL,
                            found_cb,
                            NULL);
}

gboolean
lm_screen_reader_is_on (void)
{
  g_autoptr (GVariant) value =
      status != NULL ? g_dbus_proxy_get_cached_property (status, "ScreenReaderEnabled") : NULL;

  return value != NULL && g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN) &&
         g_variant_get_boolean (value);
}
