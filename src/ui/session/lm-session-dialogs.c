/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/lm-toast.h"
#include "ui/session/lm-session-dialogs.h"
#include "ui/session/lm-session-form.h"
#include "ui/widgets/lm-parts.h"
#include "ui/widgets/lm-undo-toast.h"
#include "workspace/lm-phrases.h"
#include "workspace/lm-workspace-session.h"

/* What can be said about sessions that are entered: another time for one, or for all, and a break.
 */

/* One dialog, and what it is about. Lives as long as the dialog. */
typedef struct
{
  GtkWidget *parent;
  LmWorkspace *workspace;
  LmEntry *appointment;
  LmSession *session; /* nullable */
  AdwDialog *dialog;
  GtkCalendar *from; /* nullable */
  GtkCalendar *to;   /* nullable */
  const char *done;  /* what is told afterwards */
} About;

static void
about_free (gpointer data, GClosure *closure)
{
  About *about = data;

  g_object_unref (about->parent);
  g_object_unref (about->workspace);
  g_object_unref (about->appointment);
  g_clear_pointer (&about->session, lm_session_free);
  g_free (about);
}

/* Told in the window: the dialog is gone by then. */
typedef struct
{
  GtkWidget *parent;
  const char *text;
} Told;

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Told *told = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LmUndo) undo =
      lm_workspace_change_session_finish (LM_WORKSPACE (source), result, &error);

  if (undo != NULL)
    lm_undo_toast (told->parent, LM_WORKSPACE (source), told->text, undo);
  else
    lm_toast_error (told->parent, error);
  g_object_unref (told->parent);
  g_free (told);
}

static Told *
told_new (About *about)
{
  Told *told = g_new (Told, 1);

  *told = (Told) { g_object_ref (about->parent), about->done };
  return told;
}

static About *
about_new (GtkWidget *parent,
           LmWorkspace *workspace,
           LmEntry *appointment,
           const LmSession *session,
           const char *title,
           const char *done)
{
  About *about = g_new0 (About, 1);

  about->parent = g_object_ref (parent);
  about->workspace = g_object_ref (workspace);
  about->appointment = g_object_ref (appointment);
  about->session = session != NULL ? lm_session_copy (session) : NULL;
  about->dialog = adw_dialog_new ();
  about->done = done;
  adw_dialog_set_title (about->dialog, title);
  adw_dialog_set_content_width (about->dialog, 360);
  return about;
}

static void
present (About *about, GtkWidget *content)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_widget_set_margin_top (content, 12);
  gtk_widget_set_margin_bottom (content, 24);
  gtk_widget_set_margin_start (content, 18);
  gtk_widget_set_margin_end (content, 18);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller),
                                  GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), content);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), lm_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), scroller);
  adw_dialog_set_child (about->dialog, view);
  adw_dialog_present (about->dialog, about->parent);
}

/* Another time ------------------------------------------------------------------------------- */

static void
moved_cb (LmSessionForm *form, About *about)
{
  g_autoptr (GDateTime) starts = lm_session_form_get_starts (form);

  lm_workspace_move_session_async (about->workspace,
                                   about->appointment,
                                   about->session->day,
                                   starts,
                                   changed_cb,
                                   told_new (about));
  adw_dialog_close (about->dialog);
}

static void
set_cb (LmSessionForm *form, About *about)
{
  g_autoptr (GDateTime) starts = lm_session_form_get_starts (form);

  lm_workspace_set_appointment_async (about->workspace,
                                      about->appointment,
                                      starts,
                                      lm_session_form_get_minutes (form),
                                      lm_session_form_get_weeks (form),
                                      changed_cb,
                                      told_new (about));
  adw_dialog_close (about->dialog);
}

static void
present_form (About *about, const char *button, gboolean all, GCallback callback)
{
  g_autoptr (GDateTime) now = lm_clock_now (lm_workspace_get_clock (about->workspace));
  g_autoptr (GDateTime) starts = g_date_time_to_local (about->session->starts);
  g_autoptr (LmContent) content = lm_record_content (lm_entry_get_record (about->appointment));
  LmSessionForm *form = lm_session_form_new (now, button, all);

  lm_session_form_set (form, starts, about->session->minutes, lm_appointment_get_weeks (content));
  g_signal_connect_data (form, "done", callback, about, about_free, 0);
  present (about, GTK_WIDGET (form));
}

/* Asks when the one session @session is instead. */
void
lm_session_move_dialog (GtkWidget *parent,
                        LmWorkspace *workspace,
                        LmEntry *appointment,
                        const LmSession *session)
{
  About *about = about_new (parent,
                            workspace,
                            appointment,
                            session,
                            _ ("Move this session"),
                            _ ("This one session is moved"));

  present_form (about, _ ("_Move it"), FALSE, G_CALLBACK (moved_cb));
}

/* Asks when the sessions are from now on. */
void
lm_session_change_dialog (GtkWidget *parent,
                          LmWorkspace *workspace,
                          LmEntry *appointment,
                          const LmSession *session)
{
  About *about = about_new (parent,
                            workspace,
                            appointment,
                            session,
                            _ ("Another time"),
                            _ ("Your sessions are at another time now"));

  present_form (about, _ ("_From now on"), TRUE, G_CALLBACK (set_cb));
}

/* A break ---------------------------------------------------------------------------------------
 */

static char *
day_of (GtkCalendar *calendar)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (calendar);

  return g_date_time_format (day, "%Y-%m-%d");
}

static void
break_cb (GtkButton *button, About *about)
{
  g_autofree char *from = day_of (about->from), *to = day_of (about->to);
  gboolean ordered = g_strcmp0 (from, to) <= 0;

  lm_workspace_add_break_async (about->workspace,
                                about->appointment,
                                ordered ? from : to,
                                ordered ? to : from,
                                changed_cb,
                                told_new (about));
  adw_dialog_close (about->dialog);
}

static GtkCalendar *
add_calendar (GtkWidget *box, const char *label, GDateTime *day)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *title = gtk_label_new (label);
  GtkWidget *calendar = lm_calendar_new (label);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "heading");
  gtk_calendar_select_day (GTK_CALENDAR (calendar), day);
  gtk_box_append (GTK_BOX (column), title);
  gtk_box_append (GTK_BOX (column), lm_calendar_scroller (calendar));
  gtk_box_append (GTK_BOX (box), column);
  return GTK_CALENDAR (calendar);
}

/* Asks from when to when there are no sessions. */
void
lm_session_break_dialog (GtkWidget *parent, LmWorkspace *workspace, LmEntry *appointment)
{
  About *about =
      about_new (parent, workspace, appointment, NULL, _ ("A break"), _ ("The break is entered"));
  g_autoptr (GDateTime) now = lm_clock_now (lm_workspace_get_clock (workspace));
  g_autoptr (GDateTime) later = g_date_time_add_weeks (now, 2);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Enter this break"));

  about->from = add_calendar (box, _ ("First day without sessions"), now);
  about->to = add_calendar (box, _ ("Last day without sessions"), later);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "suggested-action");
  g_signal_connect_data (button, "clicked", G_CALLBACK (break_cb), about, about_free, 0);
  gtk_box_append (GTK_BOX (box), button);
  present (about, box);
}

static char *
spoken_day (const char *day)
{
  g_autofree char *noon = g_strconcat (day, "T12:00:00Z", NULL);
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (noon, NULL);

  return time != NULL ? lm_phrase_day (time) : g_strdup (day);
}

/* Returns: (transfer full): from when to when a break is */
char *
lm_session_break_text (const LmBreak *pause)
{
  g_autofree char *from = spoken_day (pause->from), *to = spoken_day (pause->to);

  /* Translators: both are days, as in "Monday, 21 December" */
  return g_strdup_printf (_ ("No sessions from %1$s to %2$s"), from, to);
}
