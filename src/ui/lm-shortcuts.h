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
 * @in_dialogs: whether they do it while a dialog is open too
 *
 * Keys that do something everywhere.
 */
typedef struct
{
  const char *group;
  const char *title;
  const char *action;
  const char *accel;
  gboolean in_dialogs;
} LmShortcut;

const LmShortcut *lm_shortcuts_get (guint *n);
void lm_shortcuts_register (GtkApplication *application);
void lm_shortcuts_add_to_dialog (GtkWidget *dialog);

G_END_DECLS
