/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "library/lm-guide.h"
#include "ui/guide/lm-scale.h"

struct _LmScale
{
  AdwBin parent_instance;

  GtkCheckButton *buttons[LM_SCALE_MAX];
};

G_DEFINE_FINAL_TYPE (LmScale, lm_scale, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
toggled_cb (GtkCheckButton *button, LmScale *self)
{
  if (gtk_check_button_get_active (button))
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Returns: the step that is chosen, from 1; 0 for none */
int
lm_scale_get (LmScale *self)
{
  for (int i = 0; i < LM_SCALE_MAX; i++)
    if (gtk_check_button_get_active (self->buttons[i]))
      return i + 1;
  return 0;
}

static void
lm_scale_class_init (LmScaleClass *klass)
{
  signals[SIGNAL_CHANGED] = g_signal_new ("changed",
                                          G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          0);
}

static void
lm_scale_init (LmScale *self)
{
}

/**
 * lm_scale_new:
 * @labels: five words, from little to much
 * @chosen: the step that was chosen before, 0 for none
 */
GtkWidget *
lm_scale_new (const char *const *labels, int chosen)
{
  LmScale *self = g_object_new (LM_TYPE_SCALE, NULL);
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  for (int i = 0; i < LM_SCALE_MAX; i++)
    {
      GtkWidget *row = adw_action_row_new ();
      GtkWidget *button = gtk_check_button_new ();

      self->buttons[i] = GTK_CHECK_BUTTON (button);
      if (i > 0)
        gtk_check_button_set_group (self->buttons[i], self->buttons[0]);
      gtk_check_button_set_active (self->buttons[i], i + 1 == chosen);
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      labels[i],
                                      -1);
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), labels[i]);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), button);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
      g_signal_connect (button, "toggled", G_CALLBACK (toggled_cb), self);
      gtk_list_box_append (GTK_LIST_BOX (list), row);
    }
  adw_bin_set_child (ADW_BIN (self), list);
  return GTK_WIDGET (self);
}
