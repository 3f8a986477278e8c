/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "base/lm-json.h"
#include "cli/lm-cli.h"
#include "journal/lm-saves.h"
#include "journal/lm-store-error.h"

/* Earlier states of an entry, and deleting it for good. */

static JsonObject *
version_to_json (LmRecord *version, gboolean present)
{
  JsonObject *object = json_object_new ();
  g_autofree char *modified =
      version->modified != NULL ? lm_time_to_rfc3339 (version->modified) : NULL;

  json_object_set_string_member (object, "hash", lm_id_format (&version->hash).digits);
  json_object_set_int_member (object, "revision", lm_saves_sum (version->saves));
  if (modified != NULL)
    json_object_set_string_member (object, "modified", modified);
  else
    json_object_set_null_member (object, "modified");
  json_object_set_boolean_member (object, "deleted", version->deleted);
  json_object_set_boolean_member (object, "present", present);
  return object;
}

static void
print_versions_json (GPtrArray *versions, LmRecord *present)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();
  g_autofree char *text = NULL;

  for (guint i = 0; i < versions->len; i++)
    {
      LmRecord *version = versions->pdata[i];

      json_array_add_object_element (
          array,
          version_to_json (version, lm_id_equal (&version->hash, &present->hash)));
    }
  json_node_take_array (node, array);
  text = json_to_string (node, TRUE);
  printf ("%s\n", text);
}

static void
print_versions (GPtrArray *versions, LmRecord *present)
{
  for (guint i = 0; i < versions->len; i++)
    {
      LmRecord *version = versions->pdata[i];
      g_autofree char *date = version->modified != NULL
                                  ? g_date_time_format (version->modified, "%Y-%m-%d %H:%M:%S")
                                  : g_strdup ("-");
      g_autofree char *excerpt = lm_cli_one_line (version->excerpt);

      printf ("%s  %s %s %s\n",
              lm_id_format (&version->hash).digits,
              date,
              lm_id_equal (&version->hash, &present->hash) ? "*" : " ",
              excerpt);
    }
}

/* The record that the first argument names. */
static LmRecord *
load_and_find (LmCli *cli, LmExit *status)
{
  g_autoptr (GError) error = NULL;
  LmRecord *record;

  *status = lm_cli_load (cli);
  if (!lm_cli_is_loaded (cli))
    return NULL;
  record = lm_cli_find (cli, cli->arguments[0], &error);
  if (record == NULL)
    *status = lm_cli_fail (error);
  return record;
}

/* The hash that the second argument names. */
static gboolean
read_hash (LmCli *cli, LmId *hash, LmExit *status)
{
  if (lm_id_parse (cli->arguments[1], -1, hash))
    return TRUE;
  *status = lm_cli_usage (_ ("“%s” is not a version."), cli->arguments[1]);
  return FALSE;
}

LmExit
lm_cli_versions (LmCli *cli)
{
  g_autoptr (GPtrArray) versions = NULL;
  g_autoptr (LmRecord) version = NULL;
  g_autoptr (GPtrArray) problems =
      g_ptr_array_new_with_free_func ((GDestroyNotify) lm_problem_free);
  g_autoptr (GError) error = NULL;
  LmExit status;
  LmRecord *record = load_and_find (cli, &status);
  LmId hash;

  if (record == NULL)
    return status;
  if (cli->arguments[1] != NULL)
    {
      if (!read_hash (cli, &hash, &status))
        return status;
      version = lm_store_read_version (cli->store, &record->id, &hash, &error);
      if (version == NULL)
        return lm_cli_fail (error);
      lm_cli_print_record (cli, version);
      return lm_cli_finish_output (LM_EXIT_DONE);
    }
  versions = lm_store_list_versions (cli->store, &record->id, problems, &error);
  if (versions == NULL)
    return lm_cli_fail (error);
  if (cli->json)
    print_versions_json (versions, record);
  else
    print_versions (versions, record);
  for (guint i = 0; i < problems->len; i++)
    {
      g_autofree char *line = lm_cli_problem_line (problems->pdata[i]);

      g_printerr ("leitmotif-journal: %s\n", line);
    }
  return lm_cli_finish_output (problems->len > 0 ? LM_EXIT_DAMAGED : LM_EXIT_DONE);
}

LmExit
lm_cli_restore_version (LmCli *cli)
{
  g_autoptr (LmRecord) saved = NULL;
  g_autoptr (GError) error = NULL;
  LmExit status;
  LmRecord *record = load_and_find (cli, &status);
  LmId hash;

  if (record == NULL || !read_hash (cli, &hash, &status))
    return status;
  saved = lm_store_restore_version (cli->store, &record->id, &hash, NULL, &error);
  return saved != NULL ? LM_EXIT_DONE : lm_cli_fail (error);
}

static void
tell_what_stays (LmCli *cli, const LmId *id)
{
  guint snapshots = lm_store_count_snapshots (cli->store, id, NULL);

  if (snapshots > 0)
    g_printerr (ngettext ("%u snapshot on this computer still holds it.\n",
                          "%u snapshots on this computer still hold it.\n",
                          snapshots),
                snapshots);
  g_printerr ("%s\n", _ ("Sync services and backups may keep old copies."));
}

LmExit
lm_cli_purge (LmCli *cli)
{
  g_autoptr (GError) error = NULL;
  LmExit status;
  LmRecord *record = load_and_find (cli, &status);

  if (record == NULL)
    return status;
  if (!record->deleted)
    return lm_cli_usage (_ ("“%s” is not in the trash."), cli->arguments[0]);
  if (!lm_store_purge (cli->store, &record->id, &record->hash, cli->snapshots, &error))
    return lm_cli_fail (error);
  tell_what_stays (cli, &record->id);
  return LM_EXIT_DONE;
}
