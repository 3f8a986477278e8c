/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/guide/lm-felt.h"
#include "workspace/lm-phrases.h"

/* How something was: good, hard or mixed. Under these ids it is kept. */
static const char *const felt_ids[] = { "good", "hard", "mixed" };

#define NONE "none"

/**
 * lm_felt_new:
 * @felt: (nullable): one of the ids
 *
 * Returns: an #AdwToggleGroup; its "active-name" changes with what is chosen
 */
GtkWidget *
lm_felt_new (const char *felt)
{
  AdwToggleGroup *group = ADW_TOGGLE_GROUP (adw_toggle_group_new ());
  AdwToggle *none = adw_toggle_new ();

  for (guint i = 0; i < G_N_ELEMENTS (felt_ids); i++)
    {
      AdwToggle *toggle = adw_toggle_new ();

      adw_toggle_set_name (toggle, felt_ids[i]);
      adw_toggle_set_label (toggle, lm_phrase_felt (felt_ids[i]));
      adw_toggle_group_add (group, toggle);
    }
  adw_toggle_set_name (none, NONE);
  /* Translators: an answer to “How was that for you?”: not to say it today */
  adw_toggle_set_label (none, _ ("not today"));
  adw_toggle_group_add (group, none);
  adw_toggle_group_set_active_name (group, felt != NULL ? felt : NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (group),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("How was that for you?"),
                                  -1);
  gtk_widget_set_halign (GTK_WIDGET (group), GTK_ALIGN_START);
  return GTK_WIDGET (group);
}

/* Returns: (transfer none) (nullable): the id of what is chosen */
const char *
lm_felt_get (AdwToggleGroup *group)
{
  const char *name = adw_toggle_group_get_active_name (group);

  return g_strcmp0 (name, NONE) != 0 ? name : NULL;
}
