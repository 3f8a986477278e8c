/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "library/lm-library-search.h"
#include "search-provider/lm-search-provider.h"

/* Tells the desktop's search of articles, as org.gnome.Shell.SearchProvider2 asks for it. It knows
 * the library that comes with the program and nothing else. What is typed is neither kept nor
 * logged. */

#define NAME APP_ID ".SearchProvider"
#define PATH "/io/github/leitmotif_journal/Leitmotif/SearchProvider"
/* Who types goes on typing: not for each letter a new process. */
#define IDLE_SECONDS 10
/* More the desktop does not show. */
#define MAX_RESULTS 10
/* In characters. Less says nothing, and is the beginning of everything. */
#define MIN_TYPED 3

struct _LmSearchProvider
{
  GObject parent_instance;

  GMainLoop *loop;
  GDBusConnection *bus;
  GSettings *settings;     /* nullable: where their schema is not installed */
  LmLibrary *library;      /* nullable: until something is looked for */
  LmLibrarySearch *search; /* nullable: like that */

  guint name;
  guint object;
  guint idle;
};

G_DEFINE_FINAL_TYPE (LmSearchProvider, lm_search_provider, G_TYPE_OBJECT)

static const char xml[] = "<node>"
                          " <interface name='org.gnome.Shell.SearchProvider2'>"
                          "  <method name='GetInitialResultSet'>"
                          "   <arg type='as' direction='in' name='terms'/>"
                          "   <arg type='as' direction='out' name='results'/>"
                          "  </method>"
                          "  <method name='GetSubsearchResultSet'>"
                          "   <arg type='as' direction='in' name='previous_results'/>"
                          "   <arg type='as' direction='in' name='terms'/>"
                          "   <arg type='as' direction='out' name='results'/>"
                          "  </method>"
                          "  <method name='GetResultMetas'>"
                          "   <arg type='as' direction='in' name='identifiers'/>"
                          "   <arg type='aa{sv}' direction='out' name='metas'/>"
                          "  </method>"
                          "  <method name='ActivateResult'>"
                          "   <arg type='s' direction='in' name='identifier'/>"
                          "   <arg type='as' direction='in' name='terms'/>"
                          "   <arg type='u' direction='in' name='timestamp'/>"
                          "  </method>"
                          "  <method name='LaunchSearch'>"
                          "   <arg type='as' direction='in' name='terms'/>"
                          "   <arg type='u' direction='in' name='timestamp'/>"
                          "  </method>"
                          " </interface>"
                          "</node>";

/* Looking --------------------------------------------------------------------------------------
 */

static gboolean
is_on (LmSearchProvider *self)
{
  return self->settings != NULL &&
         g_settings_get_boolean (self->settings, LM_SEARCH_PROVIDER_SETTING);
}

/* Returns: whether there is a library to look in */
static gboolean
read_library (LmSearchProvider *self)
{
  g_autoptr (GError) error = NULL;

  if (self->library != NULL)
    return TRUE;
  self->library = lm_library_new (g_get_language_names (), &error);
  if (self->library == NULL)
    {
      g_warning ("the library cannot be read: %s", error->message); /* the tests see to it */
      return FALSE;
    }
  self->search = lm_library_search_new_narrow (self->library);
  return TRUE;
}

/* @previous: (nullable): only these */
static GVariant *
find (LmSearchProvider *self, const char *const *previous, const char *const *terms)
{
  GVariantBuilder results = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("as"));
  g_autofree char *query = g_strjoinv (" ", (GStrv) terms);

  if (g_utf8_strlen (query, -1) >= MIN_TYPED && read_library (self))
    {
      g_autoptr (GPtrArray) hits = lm_library_search_find (self->search, query, MAX_RESULTS);

      for (guint i = 0; i < hits->len; i++)
        {
          const LmLibraryHit *hit = hits->pdata[i];

          if (previous == NULL || g_strv_contains (previous, hit->id))
            g_variant_builder_add (&results, "s", hit->id);
        }
    }
  return g_variant_new ("(as)", &results);
}

static void
add_meta (GVariantBuilder *metas, LmArticle *article)
{
  g_autoptr (GIcon) icon = g_themed_icon_new (APP_ID);
  g_autoptr (GVariant) serialized = g_icon_serialize (icon);

  g_variant_builder_open (metas, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (metas, "{sv}", "id", g_variant_new_string (lm_article_get_id (article)));
  g_variant_builder_add (metas,
                         "{sv}",
                         "name",
                         g_variant_new_string (lm_article_get_title (article)));
  g_variant_builder_add (metas,
                         "{sv}",
                         "description",
                         g_variant_new_string (lm_article_get_summary (article)));
  g_variant_builder_add (metas, "{sv}", "icon", serialized);
  g_variant_builder_close (metas);
}

/* Of what is not an article there is nothing to tell. */
static GVariant *
describe (LmSearchProvider *self, const char *const *ids)
{
  GVariantBuilder metas = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));

  for (guint i = 0; ids[i] != NULL && read_library (self); i++)
    {
      LmArticle *article = lm_library_find_article (self->library, ids[i]);

      if (article != NULL)
        add_meta (&metas, article);
    }
  return g_variant_new ("(aa{sv})", &metas);
}

/* Opening --------------------------------------------------------------------------------------
 */

/* Asks the window's program, which the bus starts if it does not run, for an action with a text.
 * @timestamp: of the click, in milliseconds of the display's clock */
static void
ask_app (LmSearchProvider *self, const char *action, const char *text, guint32 timestamp)
{
  GVariantBuilder parameters = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("av"));
  GVariantBuilder platform = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);
  g_autofree char *path = g_strdelimit (g_strconcat ("/", APP_ID, NULL), ".", '/');
  g_autofree char *startup = g_strdup_printf ("_TIME%u", timestamp);

  g_variant_builder_add (&parameters, "v", g_variant_new_string (text));
  /* So that the window may come to the front: somebody has just clicked. */
  g_variant_builder_add (&platform, "{sv}", "desktop-startup-id", g_variant_new_string (startup));
  g_dbus_connection_call (self->bus,
                          APP_ID,
                          path,
                          "org.freedesktop.Application",
                          "ActivateAction",
                          g_variant_new ("(sava{sv})", action, &parameters, &platform),
                          NULL,
                          G_DBUS_CALL_FLAGS_NONE,
                          -1,
                          NULL,
                          NULL,
                          NULL);
}

static void
open_result (LmSearchProvider *self, const char *id, guint32 timestamp)
{
  if (read_library (self) && lm_library_find_article (self->library, id) != NULL)
    ask_app (self, "read-article", id, timestamp);
}

static void
open_search (LmSearchProvider *self, const char *const *terms, guint32 timestamp)
{
  g_autofree char *query = g_strjoinv (" ", (GStrv) terms);

  ask_app (self, "search-library", query, timestamp);
}

/* Being asked ------------------------------------------------------------------------------------
 */

static void
idle_cb (gpointer data)
{
  LmSearchProvider *self = data;

  self->idle = 0;
  g_main_loop_quit (self->loop);
}

static void
wait_for_more (LmSearchProvider *self)
{
  g_clear_handle_id (&self->idle, g_source_remove);
  self->idle = g_timeout_add_seconds_once (IDLE_SECONDS, idle_cb, self);
}

static void
called_cb (GDBusConnection *bus,
           const char *sender,
           const char *path,
           const char *interface,
           const char *method,
           GVariant *parameters,
           GDBusMethodInvocation *invocation,
           gpointer data)
{
  LmSearchProvider *self = data;
  g_autofree const char **first = NULL, **second = NULL;
  const char *const nothing[] = { NULL };
  gboolean on = is_on (self);
  const char *id;
  guint32 timestamp;
  GVariant *reply = NULL;

  if (g_str_equal (method, "GetInitialResultSet"))
    {
      g_variant_get (parameters, "(^a&s)", &first);
      reply = find (self, NULL, on ? first : nothing);
    }
  else if (g_str_equal (method, "GetSubsearchResultSet"))
    {
      g_variant_get (parameters, "(^a&s^a&s)", &first, &second);
      reply = find (self, first, on ? second : nothing);
    }
  else if (g_str_equal (method, "GetResultMetas"))
    {
      g_variant_get (parameters, "(^a&s)", &first);
      reply = describe (self, on ? first : nothing);
    }
  else if (g_str_equal (method, "ActivateResult"))
    {
      g_variant_get (parameters, "(&s^a&su)", &id, &first, &timestamp);
      if (on)
        open_result (self, id, timestamp);
    }
  else
    {
      g_variant_get (parameters, "(^a&su)", &first, &timestamp);
      if (on)
        open_search (self, first, timestamp);
    }
  g_dbus_method_invocation_return_value (invocation, reply);
  wait_for_more (self);
}

/* Another one answers already. */
static void
name_lost_cb (GDBusConnection *bus, const char *name, gpointer data)
{
  LmSearchProvider *self = data;

  g_main_loop_quit (self->loop);
}

/* The object --------------------------------------------------------------------------------------
 */

static void
lm_search_provider_finalize (GObject *object)
{
  LmSearchProvider *self = LM_SEARCH_PROVIDER (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_handle_id (&self->name, g_bus_unown_name);
  if (self->object != 0)
    g_dbus_connection_unregister_object (self->bus, self->object);
  /* What was asked of the window's program leaves before this one does. */
  if (self->bus != NULL)
    g_dbus_connection_flush_sync (self->bus, NULL, NULL);
  g_clear_object (&self->bus);
  g_clear_pointer (&self->search, lm_library_search_free);
  g_clear_object (&self->library);
  g_clear_object (&self->settings);
  g_main_loop_unref (self->loop);
  G_OBJECT_CLASS (lm_search_provider_parent_class)->finalize (object);
}

static void
lm_search_provider_class_init (LmSearchProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lm_search_provider_finalize;
}

static void
lm_search_provider_init (LmSearchProvider *self)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, APP_SCHEMA, TRUE);
  /* g_settings_new () would abort without it. */
  if (schema != NULL)
    self->settings = g_settings_new_full (schema, NULL, NULL);
}

/* Returns: (transfer full): to be started with lm_search_provider_start (). Ends @loop when nobody
 * has searched for a while. */
LmSearchProvider *
lm_search_provider_new (GMainLoop *loop)
{
  LmSearchProvider *self = g_object_new (LM_TYPE_SEARCH_PROVIDER, NULL);

  self->loop = g_main_loop_ref (loop);
  return self;
}

/* FALSE where there is no session bus. */
gboolean
lm_search_provider_start (LmSearchProvider *self, GError **error)
{
  static const GDBusInterfaceVTable table = { .method_call = called_cb };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (xml, error);

  if (node == NULL)
    return FALSE;
  self->bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, error);
  if (self->bus == NULL)
    return FALSE;
  self->object = g_dbus_connection_register_object (self->bus,
                                                    PATH,
                                                    node->interfaces[0],
                                                    &table,
                                                    self,
                                                    NULL,
                                                    error);
  if (self->object == 0)
    return FALSE;
  self->name = g_bus_own_name_on_connection (self->bus,
                                             NAME,
                                             G_BUS_NAME_OWNER_FLAGS_DO_NOT_QUEUE,
                                             NULL,
                                             name_lost_cb,
                                             self,
                                             NULL);
  wait_for_more (self);
  return TRUE;
}
