/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/widgets/lm-focus.h"

/* Controls that are passed on the way out. */
#define STEPS_MAX 64

static gboolean
has_focus (GtkRoot *root, GtkWidget *widget)
{
  GtkWidget *focus = gtk_root_get_focus (root);

  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

/**
 * lm_focus_leave:
 * @widget: is about to be hidden or removed
 *
 * If the keyboard is in it, it goes to what comes next: a window without a focus does not answer
 * the keyboard, and nobody who has no mouse finds back.
 */
void
lm_focus_leave (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  for (guint i = 0; root != NULL && i < STEPS_MAX && has_focus (root, widget); i++)
    if (!gtk_widget_child_focus (GTK_WIDGET (root), GTK_DIR_TAB_FORWARD))
      return;
}
