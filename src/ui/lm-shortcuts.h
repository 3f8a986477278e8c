/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LmShortcut:
 * @group: the heading that it stands under, to be translated; the same as the one before it in a
 *   group
 * @title: what it does, to be translated
 * @action: the action; %NULL for what GTK does by itself
 * @accel: the keys, as gtk_accelerator_parse () takes them
 *
 * Keys that do something everywhere.
 */
typedef struct
{
  const char *group;
  const char *title;
  const char *action;
  const char *accel;
} LmShortcut;

const LmShortcut *lm_shortcuts_get (guint *n);
void lm_shortcuts_register (GtkApplication *application);

G_END_DECLS
