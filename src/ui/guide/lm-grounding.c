/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/guide/lm-grounding.h"
#include "ui/help/lm-help-view.h"

/* What there is when a feeling is strong: help, something lighter, an exercise. Between a guide's
 * questions. */

/* A lighter guide, where this one is better left for today. */
static void
add_offer (GtkBox *box, LmLibrary *library, const char *id)
{
  LmGuide *guide = id != NULL ? lm_library_find_guide (library, id) : NULL;
  g_autofree char *label = NULL;
  GtkWidget *button;

  if (guide == NULL)
    return;
  /* Translators: %s is the title of a guide, as in “A feeling in the moment” */
  label = g_strdup_printf (_ ("“%s” instead"), lm_guide_get_title (guide));
  button = gtk_button_new_with_label (label);
  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), TRUE);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "pill");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.open-guide");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", id);
  gtk_box_append (box, button);
}

static void
add_exercise (GtkBox *box, LmLibrary *library)
{
  GtkWidget *exercise = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *heading = g_object_new (GTK_TYPE_LABEL,
                                     "accessible-role",
                                     GTK_ACCESSIBLE_ROLE_HEADING,
                                     "label",
                                     _ ("To feel the ground again"),
                                     NULL);

  gtk_label_set_wrap (GTK_LABEL (heading), TRUE);
  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "heading");
  gtk_box_append (box, heading);
  lm_help_fill_grounding (GTK_BOX (exercise), lm_library_get_helplines (library));
  gtk_box_append (box, exercise);
}

/* Returns: a box with what @run asks for at this place */
GtkWidget *
lm_grounding_new (LmGuideRun *run, LmLibrary *library)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *help = gtk_button_new_with_mnemonic (_ ("_Help now"));

  gtk_widget_set_halign (help, GTK_ALIGN_START);
  gtk_widget_add_css_class (help, "pill");
  gtk_widget_add_css_class (help, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (help), "win.help-now");
  gtk_box_append (GTK_BOX (box), help);
  add_offer (GTK_BOX (box), library, lm_guide_run_get_offer (run));
  if (lm_guide_run_get_exercise (run))
    add_exercise (GTK_BOX (box), library);
  return box;
}
