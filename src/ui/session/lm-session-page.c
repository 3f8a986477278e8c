/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/session/lm-next-session.h"
#include "ui/session/lm-session-page.h"
#include "ui/session/lm-tray-list.h"
#include "ui/widgets/lm-parts.h"
#include "workspace/lm-phrases.h"

/* For the session: when it is, and what is to be brought, in letters that can be read at a glance.
 */

static void
add_heading (GtkWidget *box, const char *text)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL,
                                   "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_HEADING,
                                   "label",
                                   text,
                                   NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "title-1");
  gtk_box_append (GTK_BOX (box), label);
}

static void
add_guide (AdwPreferencesGroup *group, LmLibrary *library, const char *id)
{
  LmGuide *guide = lm_library_find_guide (library, id);
  g_autofree char *subtitle = NULL;

  if (guide == NULL)
    return;
  subtitle = lm_phrase_guide (lm_guide_get_summary (guide),
                              lm_guide_get_minutes (guide),
                              lm_guide_get_language (guide));
  adw_preferences_group_add (group,
                             lm_link_row_new (lm_guide_get_title (guide),
                                              subtitle,
                                              "lm-guide-symbolic",
                                              "win.open-guide",
                                              id));
}

AdwNavigationPage *
lm_session_page_new (LmWorkspace *workspace, LmLibrary *library)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *box, *scroller = lm_reading_list_new (&box);
  GtkWidget *header = lm_header_bar_new ();
  GtkWidget *guides = adw_preferences_group_new ();
  GtkWidget *next = lm_next_session_new (workspace);

  adw_header_bar_set_show_title (ADW_HEADER_BAR (header), FALSE);
  add_heading (box, _ ("For the session"));
  gtk_widget_add_css_class (next, "card");
  gtk_widget_add_css_class (next, "lm-card");
  gtk_box_append (GTK_BOX (box), next);
  gtk_box_append (GTK_BOX (box), lm_tray_list_new (workspace));
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (guides), _ ("Around the session"));
  add_guide (ADW_PREFERENCES_GROUP (guides), library, "before-session");
  add_guide (ADW_PREFERENCES_GROUP (guides), library, "after-session");
  gtk_box_append (GTK_BOX (box), guides);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), scroller);
  return adw_navigation_page_new (view, _ ("For the session"));
}
