/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "base/lm-json.h"
#include "ui/help/lm-using-dialog.h"
#include "ui/widgets/lm-parts.h"

/* How to use the program, above all with two computers, and what it promises. The words are data:
 * each promise has a name under which docs/testing.md says what proves it. */

static GtkWidget *
make_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  return label;
}

static GtkWidget *
make_step (const char *mark, const char *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *number = gtk_label_new (mark);
  GtkWidget *label = make_label (text);

  gtk_widget_set_valign (number, GTK_ALIGN_START);
  gtk_widget_add_css_class (number, "numeric");
  gtk_widget_add_css_class (number, "dimmed");
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), number);
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

static GtkWidget *
make_group (const char *title, GtkWidget **box)
{
  GtkWidget *group = adw_preferences_group_new ();

  *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  gtk_widget_add_css_class (*box, "card");
  gtk_widget_add_css_class (*box, "lm-card");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), *box);
  return group;
}

static void
add_section (AdwPreferencesPage *page, JsonObject *section)
{
  JsonArray *text = lm_json_get_array (section, "text");
  JsonArray *steps = lm_json_get_array (section, "steps");
  GtkWidget *box;
  GtkWidget *group = make_group (lm_json_get_string (section, "title"), &box);

  for (guint i = 0; i < lm_json_array_size (text); i++)
    gtk_box_append (GTK_BOX (box), make_label (lm_json_at_string (text, i)));
  for (guint i = 0; i < lm_json_array_size (steps); i++)
    {
      g_autofree char *mark = g_strdup_printf ("%u", i + 1);

      gtk_box_append (GTK_BOX (box), make_step (mark, lm_json_at_string (steps, i)));
    }
  adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (group));
}

static void
add_promises (AdwPreferencesPage *page, JsonArray *promises)
{
  GtkWidget *box;
  GtkWidget *group = make_group (_ ("What we promise"), &box);

  for (guint i = 0; i < lm_json_array_size (promises); i++)
    gtk_box_append (GTK_BOX (box),
                    make_step ("•", lm_json_get_string (lm_json_at_object (promises, i), "text")));
  adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (group));
}

static void
fill (AdwPreferencesPage *page, LmLibrary *library)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) root = lm_library_read_using (library, &error);
  JsonArray *sections;

  if (root == NULL)
    {
      g_critical ("how to use the program is not built in: %s",
                  error->message); /* tests see to it */
      return;
    }
  sections = lm_json_get_array (root, "sections");
  for (guint i = 0; i < lm_json_array_size (sections); i++)
    add_section (page, lm_json_at_object (sections, i));
  add_promises (page, lm_json_get_array (root, "promises"));
}

/* Returns: (transfer floating): a dialog that says how to use the program */
AdwDialog *
lm_using_dialog_new (LmLibrary *library)
{
  AdwDialog *dialog = adw_dialog_new ();
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *page = adw_preferences_page_new ();

  fill (ADW_PREFERENCES_PAGE (page), library);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), lm_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  adw_dialog_set_title (dialog, _ ("Using Leitmotif"));
  adw_dialog_set_content_width (dialog, 640);
  adw_dialog_set_content_height (dialog, 720);
  adw_dialog_set_child (dialog, view);
  return dialog;
}
