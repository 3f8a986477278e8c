/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <unistd.h>

#include "base/lm-text.h"
#include "cli/lm-cli.h"
#include "journal/lm-restore.h"

/* Copies of the journal as it was, made and brought back from a terminal or a script. */

/* Opens the snapshot that the first argument names, and reads what is in it into @past. */
static int
open_past (LmCli *cli, GPtrArray **past, GError **error)
{
  g_autoptr (LmSnapshots) snapshots = lm_snapshots_open (lm_folder_journal (cli->folder), error);
  g_autoptr (GPtrArray) problems =
      g_ptr_array_new_with_free_func ((GDestroyNotify) lm_problem_free);
  int snapshot;

  if (snapshots == NULL)
    return -1;
  snapshot = lm_snapshots_open_one (snapshots, cli->arguments[0], error);
  if (snapshot < 0)
    return -1;
  *past = lm_snapshot_load (snapshot, cli->vault, problems, NULL, error);
  for (guint i = 0; i < problems->len; i++)
    {
      g_autofree char *line = lm_cli_problem_line (problems->pdata[i]);

      g_printerr ("leitmotif-journal: %s\n", line);
    }
  if (*past != NULL)
    return snapshot;
  close (snapshot);
  return -1;
}

LmExit
lm_cli_snapshot (LmCli *cli)
{
  g_autoptr (LmSnapshots) snapshots = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  LmExit status = lm_cli_open (cli);

  if (status != LM_EXIT_DONE)
    return status;
  snapshots = lm_snapshots_open (lm_folder_journal (cli->folder), &error);
  if (snapshots != NULL)
    name = lm_snapshot_make (snapshots,
                             lm_folder_path (cli->folder),
                             cli->clock,
                             NULL,
                             NULL,
                             NULL,
                             &error);
  if (name == NULL)
    return lm_cli_fail (error);
  printf ("%s\n", name);
  return lm_cli_finish_output (LM_EXIT_DONE);
}

LmExit
lm_cli_snapshots (LmCli *cli)
{
  g_autoptr (LmSnapshots) snapshots = NULL;
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GError) error = NULL;
  LmExit status = lm_cli_open (cli);

  if (status != LM_EXIT_DONE)
    return status;
  snapshots = lm_snapshots_open (lm_folder_journal (cli->folder), &error);
  if (snapshots != NULL)
    names = lm_snapshots_list (snapshots, &error);
  if (names == NULL)
    return lm_cli_fail (error);
  for (guint i = 0; i < names->len; i++)
    printf ("%s\n", (const char *) names->pdata[i]);
  return lm_cli_finish_output (LM_EXIT_DONE);
}

static int
oldest_first (gconstpointer a, gconstpointer b)
{
  LmRecord *const *x = a, *const *y = b;
  int order = g_date_time_compare ((*x)->created, (*y)->created);

  return order != 0 ? order : lm_id_compare (&(*x)->id, &(*y)->id);
}

static void
print_past (GPtrArray *past)
{
  g_ptr_array_sort (past, oldest_first);
  for (guint i = 0; i < past->len; i++)
    {
      LmRecord *record = past->pdata[i];
      g_autofree char *date = g_date_time_format (record->created, "%Y-%m-%d %H:%M");
      g_autofree char *title =
          lm_cli_one_line (lm_text_is_blank (record->title) ? record->excerpt : record->title);

      if (record->kind == LM_RECORD_ENTRY && !record->deleted)
        printf ("%s  %s  %s\n", lm_id_format (&record->id).digits, date, title);
    }
}

LmExit
lm_cli_show_snapshot (LmCli *cli)
{
  g_autoptr (GPtrArray) past = NULL;
  g_autoptr (GError) error = NULL;
  LmRecord *record = NULL;
  LmExit status = lm_cli_open (cli);
  int snapshot;

  if (status != LM_EXIT_DONE)
    return status;
  snapshot = open_past (cli, &past, &error);
  if (snapshot < 0)
    return lm_cli_fail (error);
  close (snapshot);
  if (cli->arguments[1] == NULL)
    {
      print_past (past);
      return lm_cli_finish_output (LM_EXIT_DONE);
    }
  cli->records = g_steal_pointer (&past);
  record = lm_cli_find (cli, cli->arguments[1], &error);
  if (record == NULL)
    return lm_cli_fail (error);
  lm_cli_print_record (cli, record);
  return lm_cli_finish_output (LM_EXIT_DONE);
}

/* Brings back @record, and says under which id it is there now if anything was done. */
static gboolean
restore (LmCli *cli, int snapshot, LmRecord *record, GError **error)
{
  g_autoptr (LmRecord) now = NULL;
  LmRestored restored;

  now = lm_restore_one (cli->store, snapshot, record, &restored, NULL, error);
  if (now == NULL)
    return FALSE;
  if (restored != LM_RESTORED_SAME && restored != LM_RESTORED_NOT)
    printf ("%s\n", lm_id_format (&now->id).digits);
  return TRUE;
}

/* The copy of the present that is made before everything is brought back. */
static gboolean
make_before (LmCli *cli, GError **error)
{
  g_autoptr (LmSnapshots) snapshots = lm_snapshots_open (lm_folder_journal (cli->folder), error);
  g_autofree char *name = NULL;

  if (snapshots != NULL)
    name = lm_snapshot_make (snapshots,
                             lm_folder_path (cli->folder),
                             cli->clock,
                             NULL,
                             NULL,
                             NULL,
                             error);
  return name != NULL;
}

static gboolean
restore_into_journal (LmCli *cli, int snapshot, GError **error)
{
  if (cli->arguments[1] != NULL)
    {
      LmRecord *record = lm_cli_find (cli, cli->arguments[1], error);

      return record != NULL && restore (cli, snapshot, record, error);
    }
  if (!make_before (cli, error))
    return FALSE;
  for (guint i = 0; i < cli->records->len; i++)
    if (lm_restore_is_wanted (cli->records->pdata[i]) &&
        !restore (cli, snapshot, cli->records->pdata[i], error))
      return FALSE;
  return TRUE;
}

LmExit
lm_cli_restore_snapshot (LmCli *cli)
{
  g_autoptr (GPtrArray) past = NULL;
  g_autoptr (GError) error = NULL;
  LmExit status;
  gboolean good;
  int snapshot;

  if (cli->into != NULL && cli->arguments[1] != NULL)
    return lm_cli_usage (_ ("--into takes the whole copy, not one entry."));
  status = lm_cli_open (cli);
  if (status != LM_EXIT_DONE)
    return status;
  snapshot = open_past (cli, &past, &error);
  if (snapshot < 0)
    return lm_cli_fail (error);
  cli->records = g_steal_pointer (&past);
  good = cli->into != NULL ? lm_restore_whole (snapshot, cli->into, NULL, NULL, NULL, &error)
                           : restore_into_journal (cli, snapshot, &error);
  close (snapshot);
  return good ? lm_cli_finish_output (LM_EXIT_DONE) : lm_cli_fail (error);
}
