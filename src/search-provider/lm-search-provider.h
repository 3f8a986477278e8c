/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The setting that turns it on. Without it nothing is answered, whatever the desktop's settings. */
#define LM_SEARCH_PROVIDER_SETTING "articles-in-desktop-search"

#define LM_TYPE_SEARCH_PROVIDER (lm_search_provider_get_type ())
G_DECLARE_FINAL_TYPE (LmSearchProvider, lm_search_provider, LM, SEARCH_PROVIDER, GObject)

LmSearchProvider *lm_search_provider_new (GMainLoop *loop);
gboolean lm_search_provider_start (LmSearchProvider *self, GError **error);

G_END_DECLS
