/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#define G_SETTINGS_ENABLE_BACKEND
#include <gio/gsettingsbackend.h>

#include "workspace/lm-settings.h"

/**
 * lm_settings_new:
 * @in_memory: begin with the defaults and keep nothing, as the demo does
 *
 * Returns: (transfer full) (nullable): the settings; %NULL where their schema is not installed,
 *   which g_settings_new () would abort for
 */
GSettings *
lm_settings_new (gboolean in_memory)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autoptr (GSettingsBackend) backend = in_memory ? g_memory_settings_backend_new () : NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, APP_SCHEMA, TRUE);
  return schema != NULL ? g_settings_new_full (schema, backend, NULL) : NULL;
}

/**
 * lm_settings_journal_path:
 * @settings: (nullable):
 *
 * Returns: (transfer full): where the journal is, or will be
 */
char *
lm_settings_journal_path (GSettings *settings)
{
  g_autofree char *chosen =
      settings != NULL ? g_settings_get_string (settings, LM_SETTING_FOLDER) : NULL;

  if (chosen != NULL && chosen[0] != '\0')
    return g_steal_pointer (&chosen);
  return g_build_filename (g_get_user_data_dir (), "leitmotif", "journal", NULL);
}
