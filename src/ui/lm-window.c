/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "journal/lm-store-error.h"
#include "ui/export/lm-export-dialog.h"
#include "ui/first-run/lm-first-run.h"
#include "ui/help/lm-help.h"
#include "ui/lm-main-view.h"
#include "ui/lm-shortcuts.h"
#include "ui/lm-situation-banner.h"
#include "ui/lm-toast.h"
#include "ui/lm-window.h"
#include "ui/lock/lm-keeper.h"
#include "ui/preferences/lm-preferences-dialog.h"
#include "ui/restore/lm-restore-dialog.h"
#include "ui/today/lm-moment-line.h"
#include "ui/unlock/lm-unavailable-page.h"
#include "ui/unlock/lm-unlock-page.h"
#include "workspace/lm-conflicts.h"
#include "workspace/lm-error-text.h"
#include "workspace/lm-settings.h"

/* The one window. It shows what the workspace's state asks for. Everything that can hold text of
 * the person is below the main view, which exists only while the journal is open: locking destroys
 * it. */

struct _LmWindow
{
  AdwApplicationWindow parent_instance;

  /* Template widgets */
  AdwToastOverlay *toasts;
  GtkStack *stack;
  AdwStatusPage *starting_page;
  AdwBreakpoint *narrow;
  AdwBanner *situation_banner;
  AdwBanner *idle_banner;

  /* Owned references */
  LmWorkspace *workspace;
  LmLibrary *library;
  GListModel *dialogs;
  LmKeeper *keeper;

  /* Borrowed from the stack: each exists only while it is shown. */
  LmFirstRun *first_run;
  LmUnlockPage *unlock_page;
  GtkWidget *unavailable_page;
  LmMainView *main_view;

  gboolean closing;
  /* Once the journal is open. */
  gboolean moment_wanted;
  const char *place_wanted;  /* nullable */
  const char *action_wanted; /* nullable */
  char *target_wanted;
};

G_DEFINE_FINAL_TYPE (LmWindow, lm_window, ADW_TYPE_APPLICATION_WINDOW)

/* Returns: (transfer none) (nullable): the window. Not the active one: that may be a file chooser.
 */
LmWindow *
lm_window_find (LmApplication *application)
{
  GList *at = gtk_application_get_windows (GTK_APPLICATION (application));

  while (at != NULL && !LM_IS_WINDOW (at->data))
    at = at->next;
  return at != NULL ? at->data : NULL;
}

/* Toasts ------------------------------------------------------------------------------------ */

/* Returns: (transfer none): where the window shows them */
AdwToastOverlay *
lm_window_get_toasts (LmWindow *self)
{
  return self->toasts;
}

void
lm_window_clear_toasts (LmWindow *self)
{
  adw_toast_overlay_dismiss_all (self->toasts);
}

/* Returns: (transfer none) (nullable): the settings; %NULL outside a window */
GSettings *
lm_window_get_settings (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return LM_IS_WINDOW (root) ? lm_workspace_get_settings (LM_WINDOW (root)->workspace) : NULL;
}

/* The state ---------------------------------------------------------------------------------- */

static void
clear_child (LmWindow *self, gpointer field)
{
  GtkWidget **child = field;

  if (*child == NULL)
    return;
  gtk_stack_remove (self->stack, *child);
  *child = NULL;
}

/* Shows @child and destroys what was shown before, with the text in it. */
static void
show_child (LmWindow *self, gpointer field, GtkWidget *child)
{
  gpointer fields[] = { &self->first_run,
                        &self->unlock_page,
                        &self->unavailable_page,
                        &self->main_view };

  if (child != NULL)
    {
      clear_child (self, field);
      gtk_stack_add_child (self->stack, child);
      *(GtkWidget **) field = child;
    }
  if (field == NULL)
    gtk_stack_set_visible_child_name (self->stack, "starting");
  else
    gtk_stack_set_visible_child (self->stack, *(GtkWidget **) field);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (fields[i] != field)
      clear_child (self, fields[i]);
}

/* Closes the dialogs, all but "Help now". */
static void
close_dialogs (LmWindow *self)
{
  g_autoptr (GPtrArray) open = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (self->dialogs); i++)
    g_ptr_array_add (open, g_list_model_get_item (self->dialogs, i));
  for (guint i = 0; i < open->len; i++)
    if (!lm_help_dialog_is (open->pdata[i]))
      adw_dialog_force_close (open->pdata[i]);
}

/* Takes everything out of the window that can hold text of the person. */
void
lm_window_blank (LmWindow *self)
{
  lm_window_clear_toasts (self);
  close_dialogs (self);
  clear_child (self, &self->main_view);
}

/* Returns: (transfer none) (nullable): what shows the open journal */
LmMainView *
lm_window_get_main_view (LmWindow *self)
{
  return self->main_view;
}

/* libadwaita keeps the window's shortcuts from dialogs. Help and the lock work there all the same.
 */
static void
dialogs_changed_cb (GListModel *dialogs, guint position, guint removed, guint added, LmWindow *self)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (GtkWidget) dialog = g_list_model_get_item (dialogs, i);

      lm_shortcuts_add_to_dialog (dialog);
    }
}

/* The page may have come while "Help now" was open over it, which keeps the focus. */
static void
visible_dialog_cb (LmWindow *self)
{
  if (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self)) == NULL &&
      self->unlock_page != NULL)
    lm_unlock_page_grab_focus (self->unlock_page);
}

static void
first_run_done_cb (LmFirstRun *first_run, LmWindow *self)
{
  show_child (self,
              &self->main_view,
              GTK_WIDGET (lm_main_view_new (self->workspace, self->library)));
  if (self->place_wanted != NULL)
    {
      g_autofree char *target = g_steal_pointer (&self->target_wanted);

      lm_window_want (self, self->place_wanted, self->action_wanted, target);
    }
  if (self->moment_wanted)
    lm_window_want_moment (self);
}

static void
show_unlock (LmWindow *self)
{
  if (self->unlock_page == NULL)
    {
      /* No transition: the text is to be gone at once. */
      gtk_stack_set_transition_type (self->stack, GTK_STACK_TRANSITION_TYPE_NONE);
      close_dialogs (self);
      show_child (self, &self->unlock_page, GTK_WIDGET (lm_unlock_page_new (self->workspace)));
      gtk_stack_set_transition_type (self->stack, GTK_STACK_TRANSITION_TYPE_CROSSFADE);
      lm_unlock_page_grab_focus (self->unlock_page);
    }
}

static void
show_first_run (LmWindow *self)
{
  LmFirstRun *first_run = lm_first_run_new (self->workspace);

  g_signal_connect_object (first_run, "done", G_CALLBACK (first_run_done_cb), self, 0);
  show_child (self, &self->first_run, GTK_WIDGET (first_run));
}

static void
state_changed_cb (LmWorkspace *workspace, GParamSpec *pspec, LmWindow *self)
{
  gboolean open = lm_workspace_get_state (workspace) == LM_WORKSPACE_OPEN;

  g_simple_action_set_enabled (
      G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), "lock")),
      open);
  switch (lm_workspace_get_state (workspace))
    {
    case LM_WORKSPACE_LOOKING:
      show_child (self, NULL, NULL);
      break;
    case LM_WORKSPACE_NEW:
      show_first_run (self);
      break;
    case LM_WORKSPACE_UNAVAILABLE:
      close_dialogs (self);
      show_child (self,
                  &self->unavailable_page,
                  GTK_WIDGET (lm_unavailable_page_new (self->workspace)));
      break;
    case LM_WORKSPACE_LOCKED:
      show_unlock (self);
      break;
    case LM_WORKSPACE_OPENING:
      if (self->unlock_page == NULL && self->first_run == NULL)
        show_child (self, NULL, NULL);
      break;
    case LM_WORKSPACE_OPEN:
      /* The first run goes on to its recovery code, and says itself when it is done. */
      if (self->first_run == NULL)
        first_run_done_cb (NULL, self);
      break;
    default:
      break;
    }
}

static void
keyring_failed_cb (LmWorkspace *workspace, const GError *error, LmWindow *self)
{
  g_autofree char *why = lm_error_text (error);
  /* Translators: %s is a sentence that says why */
  g_autofree char *text = g_strdup_printf (_ ("%s The passphrase could not be kept there."), why);
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_timeout (toast, 10);
  lm_toast_add (self->toasts, toast);
}

static void
change_failed_cb (LmWorkspace *workspace, const GError *error, LmWindow *self)
{
  lm_toast_error (GTK_WIDGET (self), error);
}

static void
conflict_cb (LmWorkspace *workspace, LmEntry *entry, LmWindow *self)
{
  AdwToast *toast = adw_toast_new (
      _ ("This entry was changed by another program meanwhile. Both texts are kept."));

  adw_toast_set_timeout (toast, 0);
  lm_toast_add (self->toasts, toast);
}

/* Closing ---------------------------------------------------------------------------------------
 */

static void
unsaved_answered_cb (AdwAlertDialog *dialog, const char *response, LmWindow *self)
{
  self->closing = g_str_equal (response, "close");
  if (self->closing)
    gtk_window_destroy (GTK_WINDOW (self));
}

static void
ask_about_unsaved (LmWindow *self, const GError *error)
{
  g_autofree char *why = lm_error_text (error);
  AdwDialog *dialog = adw_alert_dialog_new (_ ("What you wrote last is not saved"), NULL);

  if (lm_workspace_is_kept_aside (self->workspace))
    adw_alert_dialog_format_body (
        ADW_ALERT_DIALOG (dialog),
        /* Translators: %s is a sentence that says why */
        _ ("%s If you close now, what you wrote last is kept, encrypted, until you log out, and "
           "offered again when you start Leitmotif before that. After that it is lost."),
        why);
  else
    adw_alert_dialog_format_body (
        ADW_ALERT_DIALOG (dialog),
        /* Translators: %s is a sentence that says why */
        _ ("%s If you close now, what you wrote last is lost. You can copy it first."),
        why);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog),
                                  "stay",
                                  _ ("_Stay here"),
                                  "close",
                                  _ ("Close _anyway"),
                                  NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog),
                                            "close",
                                            ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "stay");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "stay");
  g_signal_connect_object (dialog, "response", G_CALLBACK (unsaved_answered_cb), self, 0);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
workspace_closed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LmWindow) self = data;
  g_autoptr (GError) error = NULL;

  if (lm_workspace_close_finish (LM_WORKSPACE (source), result, &error))
    gtk_window_destroy (GTK_WINDOW (self));
  else
    {
      self->closing = FALSE;
      ask_about_unsaved (self, error);
    }
}

void
lm_window_save_size (LmWindow *self)
{
  GtkWindow *window = GTK_WINDOW (self);
  GSettings *settings = lm_workspace_get_settings (self->workspace);
  int width, height;

  gtk_window_get_default_size (window, &width, &height);
  g_settings_set_int (settings, LM_SETTING_WIDTH, width);
  g_settings_set_int (settings, LM_SETTING_HEIGHT, height);
  g_settings_set_boolean (settings, LM_SETTING_MAXIMIZED, gtk_window_is_maximized (window));
}

static gboolean
lm_window_close_request (GtkWindow *window)
{
  LmWindow *self = LM_WINDOW (window);

  lm_window_save_size (self);
  if (!self->closing)
    {
      self->closing = TRUE;
      lm_workspace_close_async (self->workspace, workspace_closed_cb, g_object_ref (self));
    }
  return GDK_EVENT_STOP; /* destroyed when all is saved */
}

/* Saves and closes, whatever dialog is open: gtk_window_close () would close just that. */
void
lm_window_quit (LmWindow *self)
{
  lm_window_close_request (GTK_WINDOW (self));
}

static void
active_changed_cb (LmWindow *self)
{
  if (!gtk_window_is_active (GTK_WINDOW (self)))
    lm_workspace_flush (self->workspace);
  else
    lm_workspace_rescan (self->workspace);
}

/* Actions
 * ------------------------------------------------------------------------------------------ */

static void
help_now_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LmWindow *self = data;
  AdwDialog *visible = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self));

  if (lm_help_dialog_is (visible))
    return;
  adw_dialog_present (lm_help_dialog_new (lm_library_get_helplines (self->library),
                                          lm_workspace_get_settings (self->workspace)),
                      GTK_WIDGET (self));
}

/* Opens a line to type into: now, or once the journal is open. */
void
lm_window_want_moment (LmWindow *self)
{
  self->moment_wanted = self->main_view == NULL;
  if (self->main_view != NULL)
    lm_moment_dialog_present (GTK_WIDGET (self), self->workspace, self->library);
}

/* Goes to @place, and does there what the main view's @action does with @target: now, or once the
 * journal is open, rather than to go to where the person was before. Place and action are static.
 * @action: (nullable): */
void
lm_window_want (LmWindow *self, const char *place, const char *action, const char *target)
{
  g_clear_pointer (&self->target_wanted, g_free);
  self->place_wanted = NULL;
  if (self->main_view == NULL)
    {
      self->place_wanted = place;
      self->action_wanted = action;
      self->target_wanted = g_strdup (target);
      lm_keeper_forget_place (self->keeper);
      return;
    }
  lm_main_view_activate (self->main_view, "place", place);
  if (action != NULL)
    lm_main_view_activate (self->main_view, action, target);
}

static void
new_moment_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LmWindow *self = data;

  if (self->main_view != NULL)
    lm_window_want_moment (self);
}

static void
lock_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LmWindow *self = data;

  lm_keeper_lock (self->keeper);
}

static void
preferences_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LmWindow *self = data;
  LmReminders *reminders = lm_application_get_reminders (
      LM_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))));

  if (self->main_view != NULL)
    adw_dialog_present (
        ADW_DIALOG (lm_preferences_dialog_new (self->workspace, self->library, reminders)),
        GTK_WIDGET (self));
}

static void
export_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LmWindow *self = data;

  if (self->main_view != NULL)
    adw_dialog_present (
        ADW_DIALOG (
            lm_export_dialog_new (self->workspace, lm_main_view_get_selected (self->main_view))),
        GTK_WIDGET (self));
}

static void
earlier_states_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LmWindow *self = data;

  if (self->main_view != NULL)
    adw_dialog_present (ADW_DIALOG (lm_restore_dialog_new (self->workspace)), GTK_WIDGET (self));
}

/* What the main view does: the action's name and its parameter are handed on. */
static void
main_view_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LmWindow *self = data;

  if (self->main_view != NULL)
    lm_main_view_activate (self->main_view,
                           g_action_get_name (G_ACTION (action)),
                           parameter != NULL ? g_variant_get_string (parameter, NULL) : NULL);
}

static const GActionEntry actions[] = {
  { .name = "help-now", .activate = help_now_action },
  { .name = "new-moment", .activate = new_moment_action },
  { .name = "lock", .activate = lock_action },
  { .name = "preferences", .activate = preferences_action },
  { .name = "export", .activate = export_action },
  { .name = "earlier-states", .activate = earlier_states_action },
  { .name = "find", .activate = main_view_action },
  { .name = "new-entry", .activate = main_view_action },
  { .name = "tell-again", .activate = main_view_action, .parameter_type = "s" },
  { .name = "tellings", .activate = main_view_action, .parameter_type = "s" },
  { .name = "sealed", .activate = main_view_action },
  { .name = "open-sealed", .activate = main_view_action, .parameter_type = "s" },
  { .name = "guides", .activate = main_view_action },
  { .name = "people", .activate = main_view_action },
  { .name = "open-person", .activate = main_view_action, .parameter_type = "s" },
  { .name = "trash", .activate = main_view_action },
  { .name = "problems", .activate = main_view_action },
  { .name = "check-code", .activate = main_view_action },
  { .name = "place", .activate = main_view_action, .parameter_type = "s" },
  { .name = "open-entry", .activate = main_view_action, .parameter_type = "s" },
  { .name = "compare-entry", .activate = main_view_action, .parameter_type = "s" },
  { .name = "edit-entry", .activate = main_view_action, .parameter_type = "s" },
  { .name = "continue-draft", .activate = main_view_action, .parameter_type = "s" },
  { .name = "discard-draft", .activate = main_view_action, .parameter_type = "s" },
  { .name = "read-stream", .activate = main_view_action, .parameter_type = "s" },
  { .name = "open-guide", .activate = main_view_action, .parameter_type = "s" },
  { .name = "open-article", .activate = main_view_action, .parameter_type = "s" },
  { .name = "open-passage", .activate = main_view_action, .parameter_type = "s" },
  { .name = "write-passage", .activate = main_view_action, .parameter_type = "s" },
  { .name = "open-glossary", .activate = main_view_action, .parameter_type = "s" },
  { .name = "open-references", .activate = main_view_action, .parameter_type = "s" },
  { .name = "trash-entries", .activate = main_view_action, .parameter_type = "s" },
  { .name = "set-tray", .activate = main_view_action, .parameter_type = "s" },
  { .name = "history", .activate = main_view_action, .parameter_type = "s" },
  { .name = "restore-version", .activate = main_view_action, .parameter_type = "s" },
  { .name = "purge-entry", .activate = main_view_action, .parameter_type = "s" },
  { .name = "restore-entries", .activate = main_view_action, .parameter_type = "s" },
};

static void
lm_window_dispose (GObject *object)
{
  LmWindow *self = LM_WINDOW (object);

  if (self->keeper != NULL)
    g_object_run_dispose (G_OBJECT (self->keeper));
  g_clear_object (&self->keeper);
  gtk_widget_dispose_template (GTK_WIDGET (object), LM_TYPE_WINDOW);
  g_clear_object (&self->dialogs);
  g_clear_object (&self->workspace);
  g_clear_object (&self->library);
  g_clear_pointer (&self->target_wanted, g_free);
  G_OBJECT_CLASS (lm_window_parent_class)->dispose (object);
}

static void
lm_window_class_init (LmWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lm_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = lm_window_close_request;
  gtk_widget_class_set_template_from_resource (
      widget_class,
      "/io/github/leitmotif_journal/Leitmotif/ui/lm-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LmWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, LmWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, LmWindow, starting_page);
  gtk_widget_class_bind_template_child (widget_class, LmWindow, narrow);
  gtk_widget_class_bind_template_child (widget_class, LmWindow, situation_banner);
  gtk_widget_class_bind_template_child (widget_class, LmWindow, idle_banner);
}

static void
lm_window_init (LmWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
#if LM_DEVEL
  gtk_widget_add_css_class (GTK_WIDGET (self), "devel");
#endif
  g_signal_connect (self, "notify::is-active", G_CALLBACK (active_changed_cb), NULL);
  g_signal_connect (self, "notify::visible-dialog", G_CALLBACK (visible_dialog_cb), NULL);
  self->dialogs = adw_application_window_get_dialogs (ADW_APPLICATION_WINDOW (self));
  g_signal_connect_object (self->dialogs,
                           "items-changed",
                           G_CALLBACK (dialogs_changed_cb),
                           self,
                           0);
}

LmWindow *
lm_window_new (LmApplication *application, LmWorkspace *workspace, LmLibrary *library)
{
  LmWindow *self = g_object_new (LM_TYPE_WINDOW, "application", application, NULL);
  GSettings *settings = lm_workspace_get_settings (workspace);

  self->workspace = g_object_ref (workspace);
  self->library = g_object_ref (library);
  gtk_window_set_default_size (GTK_WINDOW (self),
                               g_settings_get_int (settings, LM_SETTING_WIDTH),
                               g_settings_get_int (settings, LM_SETTING_HEIGHT));
  if (g_settings_get_boolean (settings, LM_SETTING_MAXIMIZED))
    gtk_window_maximize (GTK_WINDOW (self));
  g_signal_connect_object (workspace, "notify::state", G_CALLBACK (state_changed_cb), self, 0);
  g_signal_connect_object (workspace, "keyring-failed", G_CALLBACK (keyring_failed_cb), self, 0);
  g_signal_connect_object (workspace, "change-failed", G_CALLBACK (change_failed_cb), self, 0);
  g_signal_connect_object (workspace, "conflict", G_CALLBACK (conflict_cb), self, 0);
  lm_situation_banner_follow (self->situation_banner, workspace);
  self->keeper = lm_keeper_new (self, workspace, library, self->idle_banner);
  return self;
}
