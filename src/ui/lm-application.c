/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#include "base/lm-restart.h"
#include "library/lm-library.h"
#include "reminder/lm-reminder-service.h"
#include "ui/help/lm-shortcuts-dialog.h"
#include "ui/help/lm-using-dialog.h"
#include "ui/lm-application.h"
#include "ui/lm-shortcuts.h"
#include "ui/lm-window.h"
#include "ui/lock/lm-keeper.h"
#include "workspace/lm-demo.h"
#include "workspace/lm-session-watch.h"
#include "workspace/lm-settings.h"
#include "workspace/lm-workspace.h"

/* The program: one window, its shortcuts, and the demo. */

#define RESOURCE_PATH "/io/github/leitmotif_journal/Leitmotif"

struct _LmApplication
{
  AdwApplication parent_instance;

  GSettings *settings;
  LmLibrary *library;
  LmWorkspace *workspace;
  LmReminders *reminders;
  gboolean looked; /* for the journal */
};

G_DEFINE_FINAL_TYPE (LmApplication, lm_application, ADW_TYPE_APPLICATION)

/* Entries, with --demo=N: for whoever wants to see what many are like. */
#define DEMO_MAX 100000

/* The folder of the demo, to be removed at the end; NULL outside the demo. */
static char *demo_folder;
static guint demo_entries;

/**
 * lm_application_prepare:
 *
 * Has the demo use a throw-away folder, settings in memory and no keyring: nothing of the person's
 * is read or changed. To be called before GTK and the settings are used.
 */
void
lm_application_prepare (int argc, char **argv)
{
  gboolean demo = FALSE;

  for (int i = 1; i < argc; i++)
    if (g_str_equal (argv[i], "--demo"))
      demo = TRUE;
    else if (g_str_has_prefix (argv[i], "--demo="))
      {
        demo = TRUE;
        demo_entries =
            (guint) MIN (g_ascii_strtoull (argv[i] + strlen ("--demo="), NULL, 10), DEMO_MAX);
      }
  if (!demo)
    return;
  demo_folder = g_dir_make_tmp ("leitmotif-demo-XXXXXX", NULL);
  if (demo_folder == NULL)
    g_error ("there is no room for the demo in %s", g_get_tmp_dir ());
  g_setenv ("XDG_DATA_HOME", demo_folder, TRUE);
}

/* The window ------------------------------------------------------------------------------ */

static void
apply_appearance (GSettings *settings, const char *key, gpointer data)
{
  static const AdwColorScheme schemes[] = { ADW_COLOR_SCHEME_DEFAULT,
                                            ADW_COLOR_SCHEME_FORCE_LIGHT,
                                            ADW_COLOR_SCHEME_FORCE_DARK };

  adw_style_manager_set_color_scheme (
      adw_style_manager_get_default (),
      schemes[CLAMP (g_settings_get_enum (settings, LM_SETTING_APPEARANCE), 0, 2)]);
}

static gboolean
terminated_cb (gpointer data)
{
  LmWindow *window = lm_window_find (data);

  /* Saves what is being written, then ends. */
  if (window != NULL)
    lm_window_quit (window);
  else
    g_application_quit (data);
  return G_SOURCE_CONTINUE;
}

/* Once. It goes on by itself while GTK and the window are made, which takes as long as reading some
 * thousand entries. */
static void
look_for_journal (LmApplication *self)
{
  if (self->looked || demo_folder != NULL)
    return;
  self->looked = TRUE;
  lm_workspace_look (self->workspace);
}

static gpointer
read_library (gpointer data)
{
  g_autoptr (GError) error = NULL;
  LmLibrary *library = lm_library_new (g_get_language_names (), &error);

  if (library == NULL)
    g_error ("the library cannot be read: %s", error->message); /* the tests see to it */
  return library;
}

static void
lm_application_startup (GApplication *application)
{
  LmApplication *self = LM_APPLICATION (application);
  g_autoptr (LmClock) clock = lm_clock_new_system ();
  /* While GTK starts, which leaves the other processors alone. */
  GThread *reading = g_thread_new ("library", read_library, NULL);

  self->settings = lm_settings_new (demo_folder != NULL);
  if (self->settings == NULL)
    g_error ("the settings schema is not installed");
  self->workspace = lm_workspace_new (self->settings, clock);
  if (lm_restart_happened ())
    lm_workspace_set_held (self->workspace);
  /* Whom the bus starts may have been asked for something that needs no window. */
  if ((g_application_get_flags (application) & G_APPLICATION_IS_SERVICE) == 0)
    look_for_journal (self);

  G_APPLICATION_CLASS (lm_application_parent_class)->startup (application);
  gtk_window_set_default_icon_name (APP_ID);
  lm_shortcuts_register (GTK_APPLICATION (self));

  self->library = g_thread_join (reading);
  self->reminders = lm_reminders_new (self->workspace,
                                      g_application_get_dbus_connection (application),
                                      lm_session_watch_is_sandboxed ());
  g_signal_connect (self->settings,
                    "changed::" LM_SETTING_APPEARANCE,
                    G_CALLBACK (apply_appearance),
                    NULL);
  apply_appearance (self->settings, LM_SETTING_APPEARANCE, NULL);
  /* A page to read does not begin with its first paragraph selected, and typing on after a look at
   * something else does not replace what was typed. */
  g_object_set (gtk_settings_get_default (),
                "gtk-label-select-on-focus",
                FALSE,
                "gtk-entry-select-on-focus",
                FALSE,
                NULL);
  g_unix_signal_add (SIGTERM, terminated_cb, self);
  g_unix_signal_add (SIGINT, terminated_cb, self);
  g_unix_signal_add (SIGHUP, terminated_cb, self);
}

static void
demo_made_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  LmApplication *self = data;
  g_autoptr (GError) error = NULL;

  if (!lm_demo_make_finish (result, &error))
    g_error ("the demo could not be made: %s", error->message);
  lm_workspace_open_demo (self->workspace);
  g_application_release (G_APPLICATION (self));
}

/* Who is writing needs no reminder: reminder/lm-reminder-service.c looks at this. */
static void
note_use (LmApplication *self)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), LM_REMINDER_IN_USE);
  LmWindow *window = lm_window_find (self);
  gboolean in_use = window != NULL && gtk_window_is_active (GTK_WINDOW (window)) &&
                    self->workspace != NULL && /* at the very end */
                    lm_workspace_get_state (self->workspace) == LM_WORKSPACE_OPEN;

  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (in_use));
}

static void
lm_application_activate (GApplication *application)
{
  LmApplication *self = LM_APPLICATION (application);
  LmWindow *window = lm_window_find (self);
  gboolean quietly = FALSE;

  if (window == NULL)
    {
      quietly = lm_restart_happened ();
      look_for_journal (self);
      window = lm_window_new (self, self->workspace, self->library);
      g_signal_connect_object (window,
                               "notify::is-active",
                               G_CALLBACK (note_use),
                               self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->workspace,
                               "notify::state",
                               G_CALLBACK (note_use),
                               self,
                               G_CONNECT_SWAPPED);
      if (demo_folder != NULL)
        {
          g_application_hold (application);
          lm_demo_make_async (lm_workspace_get_path (self->workspace),
                              self->library,
                              demo_entries,
                              demo_made_cb,
                              self);
        }
    }
  /* Nobody asked for a window after a lock. The next time somebody did. */
  if (quietly)
    lm_keeper_show_quietly (GTK_WINDOW (window));
  else
    gtk_window_present (GTK_WINDOW (window));
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *inside = g_build_filename (path, name, NULL);

      if (g_remove (inside) != 0)
        remove_folder (inside);
    }
  g_remove (path);
}

static void
lm_application_shutdown (GApplication *application)
{
  LmApplication *self = LM_APPLICATION (application);

  /* However it came to this: what is being written is saved before the writer is let go. */
  if (self->workspace != NULL)
    lm_workspace_flush (self->workspace);
  g_clear_object (&self->reminders);
  g_clear_object (&self->workspace);
  g_clear_object (&self->library);
  g_clear_object (&self->settings);
  if (demo_folder != NULL)
    remove_folder (demo_folder);
  G_APPLICATION_CLASS (lm_application_parent_class)->shutdown (application);
}

/* The program without its window is done: whoever the bus started would wait for a while, with a
 * journal that is closed. */
static void
lm_application_window_removed (GtkApplication *application, GtkWindow *window)
{
  GTK_APPLICATION_CLASS (lm_application_parent_class)->window_removed (application, window);
  if (LM_IS_WINDOW (window))
    g_application_quit (G_APPLICATION (application));
}

/* Asks the program that runs already, or becomes it. */
static int
begin_with (GApplication *application, const char *action)
{
  g_autoptr (GError) error = NULL;

  if (!g_application_register (application, NULL, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  g_action_group_activate_action (G_ACTION_GROUP (application), action, NULL);
  return g_application_get_is_remote (application) ? 0 : -1;
}

static int
lm_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("Leitmotif %s\n", PACKAGE_VERSION);
      return 0;
    }
  if (g_variant_dict_contains (options, "moment"))
    return begin_with (application, "new-moment");
  if (g_variant_dict_contains (options, "session"))
    return begin_with (application, "for-session");
  return -1;
}

/* Actions --------------------------------------------------------------------------------- */

static void
quit_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LmWindow *window = lm_window_find (data);

  if (window != NULL)
    lm_window_quit (window);
  else
    g_application_quit (data);
}

static void
using_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LmApplication *self = data;

  adw_dialog_present (lm_using_dialog_new (self->library), GTK_WIDGET (lm_window_find (data)));
}

static void
shortcuts_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  adw_dialog_present (lm_shortcuts_dialog_new (), GTK_WIDGET (lm_window_find (data)));
}

static gboolean
about_link_cb (AdwAboutDialog *dialog, const char *uri, gpointer data)
{
  if (!g_str_equal (uri, "leitmotif:help-now"))
    return FALSE;
  gtk_widget_activate_action (GTK_WIDGET (dialog), "win.help-now", NULL);
  return TRUE;
}

static void
about_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LmWindow *window = lm_window_find (data);
  AdwDialog *dialog = adw_about_dialog_new ();
  AdwAboutDialog *about = ADW_ABOUT_DIALOG (dialog);

  adw_about_dialog_set_application_name (about, _ ("Leitmotif"));
  adw_about_dialog_set_application_icon (about, APP_ID);
  adw_about_dialog_set_version (about, PACKAGE_VERSION);
  adw_about_dialog_set_developer_name (about, _ ("The Leitmotif authors"));
  adw_about_dialog_set_license_type (about, GTK_LICENSE_GPL_3_0);
  adw_about_dialog_set_comments (
      about,
      _ ("A guided journal between psychodynamic-therapy sessions. It runs offline, and what "
         "you write is encrypted on your own computer."));
  adw_about_dialog_add_legal_section (
      about,
      _ ("Articles and guides"),
      NULL,
      GTK_LICENSE_CUSTOM,
      _ ("The articles and guides are under the Creative Commons Attribution-ShareAlike 4.0 "
         "International licence. They were not yet reviewed by a clinician."));
  adw_about_dialog_add_link (about, _ ("Help now"), "leitmotif:help-now");
  /* Translators: your names, one on a line, perhaps with a mail address */
  adw_about_dialog_set_translator_credits (about, _ ("translator-credits"));
  g_signal_connect (dialog, "activate-link", G_CALLBACK (about_link_cb), NULL);
  adw_dialog_present (dialog, GTK_WIDGET (window));
}

/* For the desktop's menu of the app, and for scripts: a window with one line to type into. */
static void
new_moment_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_application_activate (data);
  lm_window_want_moment (lm_window_find (data));
}

/* The same for what is to be brought to the session. */
static void
for_session_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_application_activate (data);
  lm_window_want (lm_window_find (data), "session", NULL, NULL);
}

/* For the desktop's search: search-provider/lm-search-provider.c. */
static void
read_article_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_application_activate (data);
  lm_window_want (lm_window_find (data),
                  "library",
                  "open-article",
                  g_variant_get_string (parameter, NULL));
}

static void
search_library_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_application_activate (data);
  lm_window_want (lm_window_find (data), "library", "find", g_variant_get_string (parameter, NULL));
}

/* Others may look at it, and not change it. */
static void
keep_state (GSimpleAction *action, GVariant *value, gpointer data)
{
}

static const GActionEntry actions[] = {
  { .name = "new-moment", .activate = new_moment_action },
  { .name = "for-session", .activate = for_session_action },
  { .name = "read-article", .activate = read_article_action, .parameter_type = "s" },
  { .name = "search-library", .activate = search_library_action, .parameter_type = "s" },
  { .name = LM_REMINDER_IN_USE, .state = "false", .change_state = keep_state },
  { .name = "quit", .activate = quit_action },
  { .name = "about", .activate = about_action },
  { .name = "shortcuts", .activate = shortcuts_action },
  { .name = "using", .activate = using_action },
};

static void
lm_application_class_init (LmApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->startup = lm_application_startup;
  application_class->activate = lm_application_activate;
  application_class->shutdown = lm_application_shutdown;
  application_class->handle_local_options = lm_application_handle_local_options;
  GTK_APPLICATION_CLASS (klass)->window_removed = lm_application_window_removed;
}

static void
lm_application_init (LmApplication *self)
{
  const GOptionEntry options[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the version"), NULL },
    { "moment", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Write one line"), NULL },
    { "session", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Show what is for the session"), NULL },
    { "demo",
      0,
      0,
      G_OPTION_ARG_NONE,
      NULL,
      N_ ("Open a made-up journal in a throw-away folder"),
      NULL },
    G_OPTION_ENTRY_NULL,
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
}

/* Returns: (transfer none): */
LmReminders *
lm_application_get_reminders (LmApplication *self)
{
  return self->reminders;
}

LmApplication *
lm_application_new (void)
{
  return g_object_new (LM_TYPE_APPLICATION,
                       "application-id",
                       demo_folder != NULL ? APP_ID ".Demo" : APP_ID,
                       "flags",
                       demo_folder != NULL ? G_APPLICATION_NON_UNIQUE : G_APPLICATION_DEFAULT_FLAGS,
                       "resource-base-path",
                       RESOURCE_PATH,
                       NULL);
}
