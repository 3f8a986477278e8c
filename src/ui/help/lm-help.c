/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/help/lm-help-view.h"
#include "ui/help/lm-help.h"

/* "Help now" as a place of the sidebar, and as a dialog over whatever is shown, so that nobody
 * loses their place by looking. */

#define DIALOG_NAME "help-now"

static GtkWidget *
below_header_bar (LmHelplines *helplines, GSettings *settings)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *toasts = adw_toast_overlay_new ();

  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (toasts),
                               GTK_WIDGET (lm_help_view_new (helplines, settings)));
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), toasts);
  return view;
}

AdwNavigationPage *
lm_help_page_new (LmHelplines *helplines, GSettings *settings)
{
  return adw_navigation_page_new (below_header_bar (helplines, settings), _ ("Help now"));
}

AdwDialog *
lm_help_dialog_new (LmHelplines *helplines, GSettings *settings)
{
  AdwDialog *dialog = adw_dialog_new ();

  gtk_widget_set_name (GTK_WIDGET (dialog), DIALOG_NAME);
  adw_dialog_set_title (dialog, _ ("Help now"));
  adw_dialog_set_content_width (dialog, 640);
  adw_dialog_set_content_height (dialog, 720);
  adw_dialog_set_child (dialog, below_header_bar (helplines, settings));
  return dialog;
}

/* Whether @dialog, which may be %NULL, is "Help now": it stays when the journal is locked. */
gboolean
lm_help_dialog_is (AdwDialog *dialog)
{
  return dialog != NULL && g_str_equal (gtk_widget_get_name (GTK_WIDGET (dialog)), DIALOG_NAME);
}
