/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "workspace/lm-settings.h"

/**
 * lm_settings_new:
 *
 * Returns: (transfer full) (nullable): the settings; %NULL where their schema is not installed,
 *   which g_settings_new () would abort for
 */
GSettings *
lm_settings_new (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, APP_SCHEMA, TRUE);
  return schema != NULL ? g_settings_new_full (schema, NULL, NULL) : NULL;
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
