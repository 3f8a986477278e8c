/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "base/lm-text.h"
#include "journal/lm-snapshot.h"
#include "ui/lm-toast.h"
#include "ui/restore/lm-past-view.h"
#include "ui/restore/lm-restore-dialog.h"
#include "ui/widgets/lm-file-dialog.h"
#include "ui/widgets/lm-parts.h"
#include "ui/widgets/lm-undo-toast.h"
#include "workspace/lm-phrases.h"

/* The copies of the journal on this computer, what is in one, and the way back. */

struct _LmRestoreDialog
{
  AdwDialog parent_instance;

  /* Widgets; the navigation view keeps them. */
  AdwNavigationView *pages;
  GtkStack *list_stack;
  GtkListBox *list_box;
  GtkStack *past_stack;
  AdwNavigationPage *past_page;
  AdwNavigationPage *busy_page;
  GtkProgressBar *progress_bar;

  LmWorkspace *workspace;
  GListStore *pasts; /* of LmPast: what is in the snapshot that is shown */
  GtkFilter *filter;
  gboolean only_changed;
  char *name;                /* nullable: of that snapshot */
  GCancellable *cancellable; /* of what is going on */
};

G_DEFINE_FINAL_TYPE (LmRestoreDialog, lm_restore_dialog, ADW_TYPE_DIALOG)

/* Parts ------------------------------------------------------------------------------------------
 */

static GtkWidget *
make_text (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "dimmed");
  return label;
}

static GtkWidget *
make_column (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 24);
  gtk_widget_set_margin_start (box, 16);
  gtk_widget_set_margin_end (box, 16);
  return box;
}

static GtkWidget *
make_scrolled (GtkWidget *child)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled),
                                  GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), child);
  return scrolled;
}

static GtkWidget *
make_button (LmRestoreDialog *self, const char *label, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_add_css_class (button, "pill");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (button, "clicked", callback, self);
  return button;
}

static AdwNavigationPage *
make_page (const char *title, GtkWidget *content, GtkWidget *bottom)
{
  GtkWidget *view = adw_toolbar_view_new ();

  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), lm_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), content);
  if (bottom != NULL)
    adw_toolbar_view_add_bottom_bar (ADW_TOOLBAR_VIEW (view), bottom);
  return adw_navigation_page_new (view, title);
}

static GtkWidget *
make_spinner (void)
{
  GtkWidget *spinner = adw_spinner_new ();

  gtk_widget_set_size_request (spinner, 32, 32);
  gtk_widget_set_halign (spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (spinner, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spinner),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  /* Translators: a copy of the journal is being read */
                                  C_ ("progress", "Reading"),
                                  -1);
  return spinner;
}

static char *
day_of (const char *name)
{
  g_autoptr (GDateTime) made = lm_snapshot_time (name);
  g_autoptr (GDateTime) here = g_date_time_to_local (made);

  return lm_text_capitalize (lm_phrase_day_and_time (here));
}

/* Long work --------------------------------------------------------------------------------------
 */

static void
stop_cb (LmRestoreDialog *self)
{
  g_cancellable_cancel (self->cancellable);
}

static void
progress_cb (goffset done, goffset total, gpointer data)
{
  LmRestoreDialog *self = data;

  gtk_progress_bar_set_fraction (self->progress_bar,
                                 total > 0 ? (double) done / (double) total : 0);
}

static void
begin_work (LmRestoreDialog *self)
{
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  gtk_progress_bar_set_fraction (self->progress_bar, 0);
  adw_dialog_set_can_close (ADW_DIALOG (self), FALSE);
  adw_navigation_view_push (self->pages, self->busy_page);
}

static void
end_work (LmRestoreDialog *self)
{
  /* No progress that is still on its way comes after this. */
  g_cancellable_cancel (self->cancellable);
  adw_dialog_set_can_close (ADW_DIALOG (self), TRUE);
  adw_navigation_view_pop (self->pages);
}

static AdwNavigationPage *
make_busy_page (LmRestoreDialog *self)
{
  GtkWidget *box = make_column ();
  AdwNavigationPage *page;

  self->progress_bar = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress_bar),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Working"),
                                  -1);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->progress_bar));
  gtk_box_append (GTK_BOX (box), make_button (self, _ ("_Stop"), G_CALLBACK (stop_cb)));
  page = make_page (_ ("Working"), box, NULL);
  adw_navigation_page_set_can_pop (page, FALSE);
  return page;
}

/* The list of snapshots --------------------------------------------------------------------------
 */

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LmRestoreDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) names =
      lm_workspace_list_snapshots_finish (LM_WORKSPACE (source), result, &error);

  if (self->workspace == NULL)
    return;
  gtk_list_box_remove_all (self->list_box);
  for (guint i = names != NULL ? names->len : 0; i > 0; i--)
    {
      const char *name = names->pdata[i - 1];
      g_autofree char *day = day_of (name);
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), day);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                                 gtk_image_new_from_icon_name ("go-next-symbolic"));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_object_set_data_full (G_OBJECT (row), "name", g_strdup (name), g_free);
      gtk_list_box_append (self->list_box, row);
    }
  gtk_stack_set_visible_child_name (self->list_stack,
                                    names != NULL && names->len > 0 ? "list" : "empty");
  if (names == NULL)
    lm_toast_error (GTK_WIDGET (self->pages), error);
}

static void
show_list (LmRestoreDialog *self)
{
  lm_workspace_list_snapshots_async (self->workspace, listed_cb, g_object_ref (self));
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LmRestoreDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = lm_workspace_make_snapshot_finish (LM_WORKSPACE (source), result, &error);

  if (self->workspace == NULL)
    return;
  end_work (self);
  if (name == NULL)
    lm_toast_error (GTK_WIDGET (self->pages), error);
  else
    lm_toast (GTK_WIDGET (self->pages), adw_toast_new (_ ("The journal was copied")));
  show_list (self);
}

static void
make_cb (LmRestoreDialog *self)
{
  begin_work (self);
  lm_workspace_make_snapshot_async (self->workspace,
                                    self->cancellable,
                                    progress_cb,
                                    self,
                                    made_cb,
                                    g_object_ref (self));
}

static AdwNavigationPage *
make_list_page (LmRestoreDialog *self, GCallback activated)
{
  GtkWidget *box = make_column ();
  GtkWidget *empty = make_text (_ ("There is none yet. The first one is made now, or tomorrow."));

  self->list_stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_vhomogeneous (self->list_stack, FALSE);
  self->list_box = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list_box, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list_box), "boxed-list");
  gtk_widget_set_valign (GTK_WIDGET (self->list_box), GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list_box),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Copies of the journal"),
                                  -1);
  g_signal_connect_swapped (self->list_box, "row-activated", activated, self);
  gtk_stack_add_named (self->list_stack, make_spinner (), "reading");
  gtk_stack_add_named (self->list_stack, empty, "empty");
  gtk_stack_add_named (self->list_stack, GTK_WIDGET (self->list_box), "list");
  gtk_box_append (GTK_BOX (box),
                  make_text (_ ("Once a day the journal is copied on this computer, encrypted as "
                                "it is. The last seven days stay, and then one copy for each of "
                                "four weeks and twelve months.")));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list_stack));
  gtk_box_append (GTK_BOX (box), make_button (self, _ ("_Copy it now"), G_CALLBACK (make_cb)));
  return make_page (_ ("Earlier states"), make_scrolled (box), NULL);
}

/* One entry -------------------------------------------------------------------------------------
 */

/* One entry was brought back, and can be taken away again. */
typedef struct
{
  LmWorkspace *workspace;
  LmPast *past;
  LmPastState was;
  LmRestoreStep *step;
} Undo;

static void
undo_free (gpointer data, GClosure *closure)
{
  Undo *undo = data;

  g_object_unref (undo->workspace);
  g_object_unref (undo->past);
  lm_restore_step_free (undo->step);
  g_free (undo);
}

static void
undo_cb (AdwToast *toast, gpointer data)
{
  Undo *undo = data;

  lm_workspace_undo_restore (undo->workspace, undo->step);
  lm_past_set_state (undo->past, undo->was);
}

typedef struct
{
  LmRestoreDialog *dialog;
  LmPast *past;
} Restore;

static void
restored_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Restore *restore = data;
  g_autoptr (LmRestoreDialog) self = restore->dialog;
  g_autoptr (LmPast) past = restore->past;
  g_autoptr (GError) error = NULL;
  g_autoptr (LmRestoreStep) step =
      lm_workspace_restore_finish (LM_WORKSPACE (source), result, &error);
  AdwToast *toast;
  Undo *undo;

  if (self->workspace == NULL)
    return;
  if (step == NULL)
    {
      lm_toast_error (GTK_WIDGET (self->pages), error);
      return;
    }
  if (!step->changed)
    {
      lm_toast (GTK_WIDGET (self->pages), adw_toast_new (_ ("It says the same now")));
      return;
    }
  /* Translators: an entry, out of an earlier state of the journal */
  toast = adw_toast_new (_ ("Brought back"));
  undo = g_new (Undo, 1);
  *undo = (Undo) { g_object_ref (self->workspace),
                   g_object_ref (past),
                   lm_past_get_state (past),
                   g_steal_pointer (&step) };
  lm_past_set_state (past, LM_PAST_SAME);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_cb), undo, undo_free, 0);
  lm_undo_toast_show (GTK_WIDGET (self->pages), toast);
  adw_navigation_view_pop (self->pages);
}

static void
restore_cb (GtkWidget *button, LmRestoreDialog *self)
{
  LmPast *past = g_object_get_data (G_OBJECT (button), "past");
  Restore *restore = g_new (Restore, 1);

  *restore = (Restore) { g_object_ref (self), g_object_ref (past) };
  gtk_widget_set_sensitive (button, FALSE);
  lm_workspace_restore_async (self->workspace, self->name, past, restored_cb, restore);
}

static void
past_activated_cb (GtkListView *view, guint position, LmRestoreDialog *self)
{
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (view));
  g_autoptr (LmPast) past = g_list_model_get_item (model, position);
  GtkWidget *box = make_column ();
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Bring this back"));

  g_object_set_data_full (G_OBJECT (button), "past", g_object_ref (past), g_object_unref);
  gtk_widget_add_css_class (button, "pill");
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (button, TRUE);
  gtk_widget_set_margin_top (button, 6);
  gtk_widget_set_margin_bottom (button, 12);
  gtk_widget_set_sensitive (button, lm_past_get_state (past) != LM_PAST_SAME);
  g_signal_connect_object (button, "clicked", G_CALLBACK (restore_cb), self, 0);
  gtk_box_append (GTK_BOX (bar), button);
  gtk_box_append (GTK_BOX (box), lm_past_view_new (self->workspace, past));
  adw_navigation_view_push (self->pages,
                            make_page (_ ("Entry as it was"), make_scrolled (box), bar));
}

/* What is in a snapshot ---------------------------------------------------------------------------
 */

static gboolean
is_shown (gpointer item, gpointer data)
{
  LmRestoreDialog *self = data;

  return !self->only_changed || lm_past_get_state (item) != LM_PAST_SAME;
}

static void
only_changed_cb (AdwSwitchRow *row, GParamSpec *pspec, LmRestoreDialog *self)
{
  self->only_changed = adw_switch_row_get_active (row);
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LmRestoreDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pasts =
      lm_workspace_read_snapshot_finish (LM_WORKSPACE (source), result, &error);

  if (self->workspace == NULL)
    return;
  g_list_store_remove_all (self->pasts);
  if (pasts == NULL)
    {
      lm_toast_error (GTK_WIDGET (self->pages), error);
      return;
    }
  g_list_store_splice (self->pasts, 0, 0, pasts->pdata, pasts->len);
  gtk_stack_set_visible_child_name (self->past_stack, "list");
}

static void
read_snapshot (LmRestoreDialog *self)
{
  g_list_store_remove_all (self->pasts);
  gtk_stack_set_visible_child_name (self->past_stack, "reading");
  lm_workspace_read_snapshot_async (self->workspace,
                                    self->name,
                                    NULL,
                                    read_cb,
                                    g_object_ref (self));
}

static void
snapshot_activated_cb (LmRestoreDialog *self, GtkListBoxRow *row)
{
  g_autofree char *day = NULL;

  g_set_str (&self->name, g_object_get_data (G_OBJECT (row), "name"));
  day = day_of (self->name);
  adw_navigation_page_set_title (self->past_page, day);
  adw_navigation_view_push (self->pages, self->past_page);
  read_snapshot (self);
}

static void
all_restored_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LmRestoreDialog) self = data;
  g_autoptr (GError) error = NULL;
  gssize n = lm_workspace_restore_all_finish (LM_WORKSPACE (source), result, &error);
  g_autofree char *text = NULL;

  if (self->workspace == NULL)
    return;
  end_work (self);
  if (n < 0)
    lm_toast_error (GTK_WIDGET (self->pages), error);
  else
    {
      text =
          /* Translators: entries, out of an earlier state of the journal */
          g_strdup_printf (ngettext ("%u brought back", "%u brought back", (guint) n), (guint) n);
      lm_toast (GTK_WIDGET (self->pages), adw_toast_new (text));
    }
  read_snapshot (self);
  show_list (self);
}

static void
all_answered_cb (AdwAlertDialog *alert, const char *response, LmRestoreDialog *self)
{
  if (!g_str_equal (response, "restore"))
    return;
  begin_work (self);
  lm_workspace_restore_all_async (self->workspace,
                                  self->name,
                                  self->cancellable,
                                  progress_cb,
                                  self,
                                  all_restored_cb,
                                  g_object_ref (self));
}

static void
restore_all_cb (LmRestoreDialog *self)
{
  AdwDialog *alert =
      adw_alert_dialog_new (_ ("Bring everything back?"),
                            _ ("Every entry that differs gets the words it had then. The words it "
                               "has now stay among its versions, and the journal is copied first. "
                               "What you wrote since then stays."));

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (alert),
                                  "cancel",
                                  _ ("_Cancel"),
                                  "restore",
                                  C_ ("everything", "_Bring back"),
                                  NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (alert),
                                            "restore",
                                            ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (alert), "cancel");
  g_signal_connect_object (alert, "response", G_CALLBACK (all_answered_cb), self, 0);
  adw_dialog_present (alert, GTK_WIDGET (self));
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LmRestoreDialog) self = data;
  g_autoptr (GError) error = NULL;
  gboolean good = lm_workspace_restore_to_folder_finish (LM_WORKSPACE (source), result, &error);

  if (self->workspace == NULL)
    return;
  end_work (self);
  if (good)
    lm_toast (GTK_WIDGET (self->pages),
              adw_toast_new (_ ("Written. It opens with the same passphrase.")));
  else
    lm_toast_error (GTK_WIDGET (self->pages), error);
}

/* A folder inside @parent that does not exist yet. */
static char *
new_folder_in (LmRestoreDialog *self, const char *parent)
{
  for (guint n = 1;; n++)
    {
      g_autofree char *name = n == 1
                                  ? g_strdup_printf ("leitmotif-journal-%.10s", self->name)
                                  : g_strdup_printf ("leitmotif-journal-%.10s-%u", self->name, n);
      g_autofree char *path = g_build_filename (parent, name, NULL);

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&path);
    }
}

static void
folder_chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LmRestoreDialog) self = data;
  g_autoptr (GFile) folder =
      gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (source), result, NULL);
  g_autofree char *path = NULL;

  if (self->workspace == NULL || folder == NULL || g_file_peek_path (folder) == NULL)
    return;
  path = new_folder_in (self, g_file_peek_path (folder));
  begin_work (self);
  lm_workspace_restore_to_folder_async (self->workspace,
                                        self->name,
                                        path,
                                        self->cancellable,
                                        progress_cb,
                                        self,
                                        written_cb,
                                        g_object_ref (self));
}

static void
to_folder_cb (LmRestoreDialog *self)
{
  g_autoptr (GtkFileDialog) dialog = lm_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _ ("Choose where the copy goes"));
  gtk_file_dialog_select_folder (dialog,
                                 GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                 NULL,
                                 folder_chosen_cb,
                                 g_object_ref (self));
}

static GtkWidget *
make_past_list (LmRestoreDialog *self)
{
  GtkFilterListModel *filtered;
  GtkWidget *view;

  self->filter = GTK_FILTER (gtk_custom_filter_new (is_shown, self, NULL));
  filtered = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (self->pasts)),
                                        g_object_ref (self->filter));
  view = gtk_list_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (filtered))),
                            lm_past_row_factory_new ());
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (view), TRUE);
  gtk_widget_add_css_class (view, "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (view),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Entries in this copy"),
                                  -1);
  g_signal_connect_object (view, "activate", G_CALLBACK (past_activated_cb), self, 0);
  return make_scrolled (view);
}

static AdwNavigationPage *
make_past_page (LmRestoreDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *only = adw_switch_row_new ();
  GtkWidget *bar = adw_wrap_box_new ();

  self->past_stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->past_stack, make_spinner (), "reading");
  gtk_stack_add_named (self->past_stack, make_past_list (self), "list");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (only), _ ("Only what is different now"));
  g_signal_connect_object (only, "notify::active", G_CALLBACK (only_changed_cb), self, 0);
  {
    GtkWidget *list = gtk_list_box_new ();

    gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
    gtk_widget_add_css_class (list, "boxed-list");
    gtk_widget_set_margin_top (list, 6);
    gtk_widget_set_margin_bottom (list, 12);
    gtk_widget_set_margin_start (list, 12);
    gtk_widget_set_margin_end (list, 12);
    gtk_list_box_append (GTK_LIST_BOX (list), only);
    gtk_box_append (GTK_BOX (box), list);
  }
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->past_stack));
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (bar), 12);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (bar), 6);
  adw_wrap_box_set_align (ADW_WRAP_BOX (bar), 0.5f);
  gtk_widget_set_margin_top (bar, 6);
  gtk_widget_set_margin_bottom (bar, 12);
  adw_wrap_box_append (
      ADW_WRAP_BOX (bar),
      make_button (self, _ ("Bring _everything back…"), G_CALLBACK (restore_all_cb)));
  adw_wrap_box_append (ADW_WRAP_BOX (bar),
                       make_button (self, _ ("Into a new _folder…"), G_CALLBACK (to_folder_cb)));
  return make_page (_ ("Earlier state"), box, bar);
}

/* The dialog -------------------------------------------------------------------------------------
 */

static void
lm_restore_dialog_dispose (GObject *object)
{
  LmRestoreDialog *self = LM_RESTORE_DIALOG (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->past_page);
  g_clear_object (&self->busy_page);
  g_clear_object (&self->pasts);
  g_clear_object (&self->filter);
  g_clear_object (&self->workspace);
  g_clear_pointer (&self->name, g_free);
  G_OBJECT_CLASS (lm_restore_dialog_parent_class)->dispose (object);
}

static void
lm_restore_dialog_class_init (LmRestoreDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lm_restore_dialog_dispose;
}

static void
lm_restore_dialog_init (LmRestoreDialog *self)
{
  GtkWidget *toasts = adw_toast_overlay_new ();

  self->pasts = g_list_store_new (LM_TYPE_PAST);
  self->pages = ADW_NAVIGATION_VIEW (adw_navigation_view_new ());
  adw_navigation_view_push (self->pages, make_list_page (self, G_CALLBACK (snapshot_activated_cb)));
  self->past_page = g_object_ref_sink (make_past_page (self));
  self->busy_page = g_object_ref_sink (make_busy_page (self));
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (toasts), GTK_WIDGET (self->pages));
  adw_dialog_set_title (ADW_DIALOG (self), _ ("Earlier states"));
  adw_dialog_set_content_width (ADW_DIALOG (self), 560);
  adw_dialog_set_content_height (ADW_DIALOG (self), 640);
  adw_dialog_set_child (ADW_DIALOG (self), toasts);
}

LmRestoreDialog *
lm_restore_dialog_new (LmWorkspace *workspace)
{
  LmRestoreDialog *self = g_object_new (LM_TYPE_RESTORE_DIALOG, NULL);

  self->workspace = g_object_ref (workspace);
  show_list (self);
  return self;
}
