/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "base/lm-text.h"
#include "ui/lm-toast.h"
#include "ui/session/lm-next-session.h"
#include "ui/session/lm-session-dialogs.h"
#include "ui/session/lm-session-form.h"
#include "ui/widgets/lm-parts.h"
#include "ui/widgets/lm-undo-toast.h"
#include "workspace/lm-phrases.h"
#include "workspace/lm-workspace-session.h"

/* The next session: when it is, or where to enter it. */

struct _LmNextSession
{
  AdwBin parent_instance;

  LmWorkspace *workspace;
  LmEntry *appointment; /* nullable: of the session that shows */
  LmSession *session;   /* nullable */
};

G_DEFINE_FINAL_TYPE (LmNextSession, lm_next_session, ADW_TYPE_BIN)

static void show (LmNextSession *self);

/* Changing ------------------------------------------------------------------------------------ */

/* Tells what was done, and how to take it back. */
static void
changed (LmNextSession *self, GAsyncResult *result, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LmUndo) undo = lm_workspace_change_session_finish (self->workspace, result, &error);

  if (undo != NULL)
    lm_undo_toast (GTK_WIDGET (self), self->workspace, text, undo);
  else
    lm_toast_error (GTK_WIDGET (self), error);
  show (self);
}

static void
entered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LmNextSession) self = data;

  changed (self, result, _ ("Your next session is entered"));
}

static void
cancelled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LmNextSession) self = data;

  changed (self, result, _ ("This one session is cancelled"));
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LmNextSession) self = data;

  changed (self, result, _ ("No more sessions are planned"));
}

static void
enter_cb (LmSessionForm *form, LmNextSession *self)
{
  g_autoptr (GDateTime) starts = lm_session_form_get_starts (form);

  lm_workspace_add_appointment_async (self->workspace,
                                      starts,
                                      lm_session_form_get_minutes (form),
                                      lm_session_form_get_weeks (form),
                                      entered_cb,
                                      g_object_ref (self));
}

static void
cancel_cb (LmNextSession *self)
{
  lm_workspace_cancel_session_async (self->workspace,
                                     self->appointment,
                                     self->session->day,
                                     cancelled_cb,
                                     g_object_ref (self));
}

static void
end_cb (LmNextSession *self)
{
  lm_workspace_end_appointment_async (self->workspace,
                                      self->appointment,
                                      ended_cb,
                                      g_object_ref (self));
}

static void
move_cb (LmNextSession *self)
{
  lm_session_move_dialog (GTK_WIDGET (self), self->workspace, self->appointment, self->session);
}

static void
change_cb (LmNextSession *self)
{
  lm_session_change_dialog (GTK_WIDGET (self), self->workspace, self->appointment, self->session);
}

static void
break_cb (LmNextSession *self)
{
  lm_session_break_dialog (GTK_WIDGET (self), self->workspace, self->appointment);
}

/* Showing ---------------------------------------------------------------------------------------
 */

static GtkWidget *
make_label (const char *text, const char *css)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css);
  return label;
}

static void
add_button (LmNextSession *self, GtkWidget *box, const char *label, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  adw_wrap_box_append (ADW_WRAP_BOX (box), button);
}

static const char *
how_often (guint weeks)
{
  switch (weeks)
    {
    case 0:
      return _ ("only this once");
    case 1:
      return _ ("every week");
    case 2:
      return _ ("every two weeks");
    default:
      return _ ("again after some weeks");
    }
}

static GtkWidget *
make_known (LmNextSession *self)
{
  g_autoptr (GDateTime) now = lm_clock_now (lm_workspace_get_clock (self->workspace));
  g_autoptr (GDateTime) starts = g_date_time_to_local (self->session->starts);
  g_autoptr (LmContent) content = lm_record_content (lm_entry_get_record (self->appointment));
  guint weeks = lm_appointment_get_weeks (content);
  g_autofree char *day = lm_text_capitalize (lm_phrase_day (starts));
  g_autofree char *time = lm_phrase_time (starts);
  /* Translators: a day and a time of day */
  g_autofree char *when = g_strdup_printf (C_ ("day and time", "%1$s, %2$s"), day, time);
  g_autofree char *distance = lm_phrase_in_days (now, starts);
  g_autofree char *details = g_strdup_printf (
      /* Translators: how far away a session is, and how often: "in 5 days, every week" */
      C_ ("session", "%1$s, %2$s"),
      distance,
      how_often (weeks));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *buttons = adw_wrap_box_new ();

  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (buttons), 8);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (buttons), 8);
  gtk_widget_set_margin_top (buttons, 12);
  gtk_box_append (GTK_BOX (box), make_label (when, "title-2"));
  gtk_box_append (GTK_BOX (box), make_label (details, "dimmed"));
  /* Translators: the session, to another time */
  add_button (self, buttons, _ ("_Move it"), G_CALLBACK (move_cb));
  /* Translators: the session: it does not take place */
  add_button (self, buttons, _ ("_Cancel it"), G_CALLBACK (cancel_cb));
  if (weeks > 0)
    {
      add_button (self, buttons, _ ("A _break"), G_CALLBACK (break_cb));
      add_button (self, buttons, _ ("Another _time"), G_CALLBACK (change_cb));
      add_button (self, buttons, _ ("_No more sessions"), G_CALLBACK (end_cb));
    }
  gtk_box_append (GTK_BOX (box), buttons);
  return box;
}

/* Breaks that lie ahead can be taken back. */
static gboolean
is_ahead (const char *day, GDateTime *now)
{
  g_autofree char *today = g_date_time_format (now, "%Y-%m-%d");

  return g_strcmp0 (day, today) >= 0;
}

static void
break_removed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LmNextSession) self = data;

  changed (self, result, _ ("The break is taken back"));
}

static void
remove_break_cb (GtkWidget *button, LmNextSession *self)
{
  lm_workspace_remove_break_async (self->workspace,
                                   g_object_get_data (G_OBJECT (button), "appointment"),
                                   g_object_get_data (G_OBJECT (button), "from"),
                                   g_object_get_data (G_OBJECT (button), "to"),
                                   break_removed_cb,
                                   g_object_ref (self));
}

static GtkWidget *
make_break (LmNextSession *self, LmEntry *appointment, const LmBreak *pause)
{
  g_autofree char *text = lm_session_break_text (pause);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = make_label (text, "body");
  /* Translators: %s says from when to when a break is; for screen readers */
  g_autofree char *spoken = g_strdup_printf (_ ("Take back: %s"), text);
  GtkWidget *button = lm_spoken_button (gtk_button_new (), _ ("Take back"), spoken);

  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data_full (G_OBJECT (button),
                          "appointment",
                          g_object_ref (appointment),
                          g_object_unref);
  g_object_set_data_full (G_OBJECT (button), "from", g_strdup (pause->from), g_free);
  g_object_set_data_full (G_OBJECT (button), "to", g_strdup (pause->to), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_break_cb), self, 0);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), button);
  return box;
}

static void
add_breaks (LmNextSession *self, GtkBox *box)
{
  GListModel *list = lm_workspace_get_appointments (self->workspace);
  g_autoptr (GDateTime) now = lm_clock_now (lm_workspace_get_clock (self->workspace));

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (LmEntry) entry = g_list_model_get_item (list, i);
      LmRecord *record = lm_entry_get_record (entry);
      g_autoptr (LmContent) content = lm_record_content (record);
      g_autoptr (GPtrArray) breaks = lm_appointment_get_breaks (content);

      for (guint k = 0; k < breaks->len && !record->deleted; k++)
        if (is_ahead (((LmBreak *) breaks->pdata[k])->to, now))
          gtk_box_append (box, make_break (self, entry, breaks->pdata[k]));
    }
}

static GtkWidget *
make_unknown (LmNextSession *self)
{
  g_autoptr (GDateTime) now = lm_clock_now (lm_workspace_get_clock (self->workspace));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  LmSessionForm *form = lm_session_form_new (now, _ ("_Enter this session"), TRUE);

  g_signal_connect_object (form, "done", G_CALLBACK (enter_cb), self, 0);
  gtk_box_append (GTK_BOX (box), make_label (_ ("When is your next session?"), "title-3"));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (form));
  return box;
}

/* What is undone, moved or comes from another computer changes an appointment that is there. */
static void
watch (LmNextSession *self)
{
  GListModel *list = lm_workspace_get_appointments (self->workspace);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (LmEntry) entry = g_list_model_get_item (list, i);

      g_signal_handlers_disconnect_by_func (entry, show, self);
      g_signal_connect_object (entry,
                               "notify::excerpt",
                               G_CALLBACK (show),
                               self,
                               G_CONNECT_SWAPPED);
    }
}

static void
show (LmNextSession *self)
{
  GtkWidget *box;

  if (self->workspace == NULL)
    return;
  watch (self);
  g_clear_pointer (&self->session, lm_session_free);
  g_clear_object (&self->appointment);
  self->session = lm_workspace_next_session (self->workspace, &self->appointment);
  if (self->appointment != NULL)
    g_object_ref (self->appointment);
  box = self->session != NULL ? make_known (self) : make_unknown (self);
  add_breaks (self, GTK_BOX (box));
  adw_bin_set_child (ADW_BIN (self), box);
}

static void
lm_next_session_dispose (GObject *object)
{
  LmNextSession *self = LM_NEXT_SESSION (object);

  g_clear_pointer (&self->session, lm_session_free);
  g_clear_object (&self->appointment);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (lm_next_session_parent_class)->dispose (object);
}

static void
lm_next_session_class_init (LmNextSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lm_next_session_dispose;
}

static void
lm_next_session_init (LmNextSession *self)
{
  /* The day may have changed while another page showed. */
  g_signal_connect (self, "map", G_CALLBACK (show), NULL);
}

GtkWidget *
lm_next_session_new (LmWorkspace *workspace)
{
  LmNextSession *self = g_object_new (LM_TYPE_NEXT_SESSION, NULL);

  self->workspace = g_object_ref (workspace);
  g_signal_connect_object (lm_workspace_get_appointments (workspace),
                           "items-changed",
                           G_CALLBACK (show),
                           self,
                           G_CONNECT_SWAPPED);
  show (self);
  return GTK_WIDGET (self);
}
