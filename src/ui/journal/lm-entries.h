/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

LmEntry *lm_entries_find_draft (LmWorkspace *workspace, const char *id);
guint lm_entries_trash (GtkWidget *widget, LmWorkspace *workspace, const char *ids);
guint lm_entries_restore (GtkWidget *page, LmWorkspace *workspace, const char *ids);

G_END_DECLS
