/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/lm-json.h"
#include "base/lm-text.h"
#include "cli/lm-cli.h"
#include "exchange/lm-export.h"
#include "journal/lm-store-attachments.h"
#include "journal/lm-store-error.h"
#include "search/lm-search-index.h"
#include "vault/lm-passphrase.h"
#include "vault/lm-vault-error.h"

/* What the commands do, on the same layers as the window. */

/* Begins as short as this may name an entry, if only one has it. */
#define PREFIX_MIN 4

/* Standard output, and whether everything reached it. */
LmExit
lm_cli_finish_output (LmExit status)
{
  g_autoptr (GError) error = NULL;

  if (fflush (stdout) == 0 && !ferror (stdout))
    return status;
  g_set_error_literal (&error, LM_STORE_ERROR, LM_STORE_ERROR_IO, "standard output");
  return lm_cli_fail (error);
}

/* Whether lm_cli_load () gave something to show, though some files may be damaged. */
gboolean
lm_cli_is_loaded (LmCli *cli)
{
  return cli->problems != NULL;
}

/* init ---------------------------------------------------------------------------------------- */

/* Returns: (transfer full): a new passphrase, normalized; on a terminal it is asked for twice */
LmSecret *
lm_cli_choose_passphrase (LmCli *cli, GError **error)
{
  g_autoptr (LmSecret) typed = lm_cli_read_secret (cli, _ ("New passphrase: "), error);
  g_autoptr (LmSecret) again = NULL;

  if (typed == NULL)
    return NULL;
  if (cli->passphrase_fd < 0)
    {
      again = lm_cli_read_secret (cli, _ ("The same again: "), error);
      if (again == NULL)
        return NULL;
      if (!lm_secret_equal (typed, again))
        {
          g_set_error_literal (error,
                               G_OPTION_ERROR,
                               G_OPTION_ERROR_BAD_VALUE,
                               _ ("The two are not the same. Nothing was changed."));
          return NULL;
        }
    }
  return lm_passphrase_normalize (typed, error);
}

LmExit
lm_cli_init (LmCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LmSecret) passphrase = lm_cli_choose_passphrase (cli, &error);
  g_autoptr (LmSecret) code = NULL;
  g_autoptr (LmOpened) opened = NULL;
  LmExit status = LM_EXIT_DONE;

  if (g_error_matches (error, LM_VAULT_ERROR, LM_VAULT_ERROR_PASSPHRASE))
    return lm_cli_usage ("%s", error->message);
  if (passphrase == NULL)
    return lm_cli_fail (error);
  cli->folder =
      lm_folder_create (cli->journal,
                        passphrase,
                        cli->kdf_cost != NULL ? lm_kdf_cost_minimal () : lm_kdf_cost_measured (),
                        &code,
                        &opened,
                        &error);
  if (cli->folder == NULL)
    return lm_cli_fail (error);
  /* Unbuffered: no copy stays in the C library. */
  if (write (STDOUT_FILENO, lm_secret_peek (code), lm_secret_length (code)) < 0 ||
      write (STDOUT_FILENO, "\n", 1) < 0)
    {
      g_printerr ("leitmotif-journal: %s\n",
                  _ ("The recovery code could not be printed, and cannot be had again. Remove the "
                     "new journal and make another."));
      status = LM_EXIT_IO;
    }
  else
    g_printerr (
        "%s\n",
        _ ("This is the recovery code. It opens the journal if the passphrase is lost. Keep it "
           "on paper, away from this computer."));
  /* Gives this computer its name among those that use the journal. */
  cli->store = lm_store_open (cli->folder, opened, cli->clock, &error);
  return cli->store != NULL ? status : lm_cli_fail (error);
}

/* add ---------------------------------------------------------------------------------------------
 */

/* Each tag once, in the order given. */
static GStrv
clean_tags (GStrv given)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; given != NULL && given[i] != NULL; i++)
    {
      char *tag = lm_text_clean_tag (given[i]);

      if (tag[0] == '\0')
        g_free (tag);
      else if (g_hash_table_add (taken, tag))
        g_strv_builder_add (builder, tag);
    }
  return g_strv_builder_end (builder);
}

LmExit
lm_cli_add (LmCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDateTime) now = lm_clock_now (cli->clock);
  g_autoptr (LmContent) content = lm_content_new ("entry", now);
  g_autoptr (LmRecord) record = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) tags = clean_tags (cli->tags);
  LmId id = lm_id_new_random ();
  LmExit status = lm_cli_open (cli);

  if (status != LM_EXIT_DONE)
    return status;
  text = lm_cli_read_text (&error);
  if (text == NULL)
    return lm_cli_fail (error);
  lm_content_set_string (content, "title", cli->title);
  lm_content_set_string (content, "text", text);
  lm_content_set_strings (content, "tags", (const char *const *) tags);
  if (lm_text_is_blank (text) && lm_text_is_blank (cli->title))
    return lm_cli_usage (_ ("There is no text on standard input and no title. Nothing was saved."));
  record = lm_store_save (cli->store, &id, content, NULL, NULL, &error);
  if (record == NULL)
    return lm_cli_fail (error);
  printf ("%s\n", lm_id_format (&id).digits);
  return lm_cli_finish_output (LM_EXIT_DONE);
}

/* list and search
 * ------------------------------------------------------------------------------------ */

static int
newest_first (gconstpointer a, gconstpointer b)
{
  LmRecord *const *x = a, *const *y = b;
  int order = g_date_time_compare ((*y)->created, (*x)->created);

  return order != 0 ? order : lm_id_compare (&(*x)->id, &(*y)->id);
}

static void
add_time (JsonObject *object, const char *key, GDateTime *time)
{
  g_autofree char *text = time != NULL ? lm_time_to_rfc3339 (time) : NULL;

  if (text != NULL)
    json_object_set_string_member (object, key, text);
  else
    json_object_set_null_member (object, key);
}

static JsonObject *
record_to_json (LmRecord *record)
{
  JsonObject *object = json_object_new ();
  JsonArray *tags = json_array_new ();

  json_object_set_string_member (object, "id", lm_id_format (&record->id).digits);
  add_time (object, "created", record->created);
  add_time (object, "modified", record->modified);
  json_object_set_string_member (object, "title", record->title);
  if (record->guide != NULL)
    json_object_set_string_member (object, "guide", record->guide);
  else
    json_object_set_null_member (object, "guide");
  for (guint i = 0; record->tags[i] != NULL; i++)
    json_array_add_string_element (tags, record->tags[i]);
  json_object_set_array_member (object, "tags", tags);
  return object;
}

static void
print_json_array (GPtrArray *records)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();
  g_autofree char *text = NULL;

  for (guint i = 0; i < records->len; i++)
    json_array_add_object_element (array, record_to_json (records->pdata[i]));
  json_node_take_array (node, array);
  text = json_to_string (node, TRUE);
  printf ("%s\n", text);
}

static void
print_line (LmRecord *record)
{
  g_autofree char *date = g_date_time_format (record->created, "%Y-%m-%d %H:%M");
  g_autofree char *title =
      lm_cli_one_line (lm_text_is_blank (record->title) ? record->excerpt : record->title);

  printf ("%s  %s  %s\n", lm_id_format (&record->id).digits, date, title);
}

/* Takes out what is to stay out of sight. Returns: how many that were */
static guint
drop_sealed (LmCli *cli)
{
  g_autoptr (GDateTime) now = lm_clock_now (cli->clock);
  guint n = 0;

  for (guint i = cli->records->len; i > 0 && !cli->sealed; i--)
    if (lm_record_is_sealed (cli->records->pdata[i - 1], now))
      {
        g_ptr_array_remove_index (cli->records, i - 1);
        n++;
      }
  return n;
}

/* Prints the entries among the records that are in @found, or all if that is NULL. */
static void
print_entries (LmCli *cli, GHashTable *found)
{
  g_autoptr (GPtrArray) shown = g_ptr_array_new ();

  for (guint i = 0; i < cli->records->len; i++)
    {
      LmRecord *record = cli->records->pdata[i];

      if (record->kind == LM_RECORD_ENTRY && record->deleted == cli->trash &&
          (found == NULL || g_hash_table_contains (found, &record->id)))
        g_ptr_array_add (shown, record);
    }
  g_ptr_array_sort (shown, newest_first);
  if (cli->json)
    print_json_array (shown);
  else
    for (guint i = 0; i < shown->len; i++)
      print_line (shown->pdata[i]);
}

LmExit
lm_cli_list (LmCli *cli)
{
  LmExit status = lm_cli_load (cli);

  if (!lm_cli_is_loaded (cli))
    return status;
  drop_sealed (cli);
  print_entries (cli, NULL);
  return lm_cli_finish_output (status);
}

/* Whoever was merged into somebody is found by both names. */
static void
set_person (LmSearchIndex *index, LmRecord *person, GHashTable *names)
{
  LmIdText id = lm_id_format (&person->id);
  g_autofree char *both =
      g_strdup_printf ("%s\n%s", person->title, (char *) g_hash_table_lookup (names, id.digits));

  lm_search_index_set_person (index, id.digits, both);
}

LmExit
lm_cli_search (LmCli *cli)
{
  g_autoptr (LmSearchIndex) index = lm_search_index_new ();
  g_autofree char *query = g_strjoinv (" ", cli->arguments);
  g_autoptr (LmQuery) parsed = lm_query_parse (query);
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (GHashTable) found = g_hash_table_new (lm_id_hash, lm_id_equal);
  g_autoptr (GHashTable) names = NULL;
  LmExit status;

  if (lm_query_is_empty (parsed))
    return lm_cli_usage (_ ("There is no word to search for."));
  status = lm_cli_load (cli);
  if (!lm_cli_is_loaded (cli))
    return status;
  drop_sealed (cli);
  names = lm_export_names (cli->records);
  for (guint i = 0; i < cli->records->len; i++)
    {
      LmRecord *record = cli->records->pdata[i];

      if (record->kind == LM_RECORD_PERSON)
        set_person (index, record, names);
      else if (record->kind == LM_RECORD_ENTRY)
        lm_search_index_take (index, record);
    }
  hits = lm_search_index_find (index, parsed, NULL);
  for (guint i = 0; i < hits->len; i++)
    g_hash_table_add (found, &((LmRecord *) hits->pdata[i])->id);
  print_entries (cli, found);
  return lm_cli_finish_output (status);
}

/* show -------------------------------------------------------------------------------------------
 */

/* The record that @text names: its id, or so much of the beginning that only one has it. */
LmRecord *
lm_cli_find (LmCli *cli, const char *text, GError **error)
{
  LmRecord *found = NULL;

  for (guint i = 0; i < cli->records->len; i++)
    {
      LmRecord *record = cli->records->pdata[i];
      LmIdText id = lm_id_format (&record->id);

      if (g_str_equal (id.digits, text))
        return record;
      if (strlen (text) < PREFIX_MIN || !g_str_has_prefix (id.digits, text))
        continue;
      if (found != NULL)
        {
          g_set_error (error,
                       G_OPTION_ERROR,
                       G_OPTION_ERROR_BAD_VALUE,
                       _ ("“%s” is not enough to tell which one."),
                       text);
          return NULL;
        }
      found = record;
    }
  if (found == NULL)
    g_set_error (error, LM_STORE_ERROR, LM_STORE_ERROR_NOT_FOUND, "%s", text);
  return found;
}

static void
print_payload (LmRecord *record)
{
  gsize length;
  g_autoptr (GBytes) payload = lm_record_payload (record);
  const char *text = g_bytes_get_data (payload, &length);

  fwrite (text, 1, length, stdout);
  putchar ('\n');
}

static void
print_readable (LmCli *cli, LmRecord *record)
{
  g_autoptr (GHashTable) names = lm_export_names (cli->records);
  g_autofree char *text = lm_export_markdown (record, names);

  fputs (text, stdout);
}

void
lm_cli_print_record (LmCli *cli, LmRecord *record)
{
  if (cli->json)
    print_payload (record);
  else
    print_readable (cli, record);
}

LmExit
lm_cli_show (LmCli *cli)
{
  g_autoptr (GError) error = NULL;
  LmRecord *record;
  LmExit status = lm_cli_load (cli);

  if (!lm_cli_is_loaded (cli))
    return status;
  record = lm_cli_find (cli, cli->arguments[0], &error);
  if (record == NULL)
    return lm_cli_fail (error);
  lm_cli_print_record (cli, record);
  /* This one is whole, whatever became of others. */
  return lm_cli_finish_output (LM_EXIT_DONE);
}

/* verify
 * ------------------------------------------------------------------------------------------- */

static void
print_problems (LmCli *cli, GPtrArray *problems)
{
  if (cli->json)
    {
      g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
      JsonArray *array = json_array_new ();
      g_autofree char *text = NULL;

      for (guint i = 0; i < problems->len; i++)
        {
          LmProblem *problem = problems->pdata[i];
          JsonObject *object = json_object_new ();
          g_autofree char *file = g_utf8_make_valid (problem->file, -1);
          g_autofree char *reason = g_utf8_make_valid (problem->error->message, -1);

          json_object_set_string_member (object, "file", file);
          json_object_set_string_member (object, "reason", reason);
          json_array_add_object_element (array, object);
        }
      json_node_take_array (node, array);
      text = json_to_string (node, TRUE);
      printf ("%s\n", text);
      return;
    }
  for (guint i = 0; i < problems->len; i++)
    {
      g_autofree char *line = lm_cli_problem_line (problems->pdata[i]);

      printf ("%s\n", line);
    }
}

static void
take_nothing (GPtrArray *records, guint n_files, gpointer data)
{
  g_ptr_array_unref (records);
}

static void
add_damaged (GPtrArray *damaged, GPtrArray *problems)
{
  for (guint i = 0; i < problems->len; i++)
    if (((LmProblem *) problems->pdata[i])->error != NULL)
      g_ptr_array_add (damaged, problems->pdata[i]);
}

LmExit
lm_cli_verify (LmCli *cli)
{
  g_autoptr (GPtrArray) damaged = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  LmExit status = lm_cli_open (cli);

  if (status != LM_EXIT_DONE)
    return status;
  if (!lm_store_load (cli->store, FALSE, take_nothing, NULL, &cli->problems, NULL, &error))
    return lm_cli_fail (error);
  add_damaged (damaged, lm_folder_problems (cli->folder));
  add_damaged (damaged, cli->problems);
  print_problems (cli, damaged);
  return lm_cli_finish_output (damaged->len > 0 ? LM_EXIT_DAMAGED : LM_EXIT_DONE);
}

/* trash and restore
 * ------------------------------------------------------------------------------------ */

static LmExit
set_deleted (LmCli *cli, gboolean deleted)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDateTime) now = lm_clock_now (cli->clock);
  g_autoptr (LmContent) content = NULL;
  g_autoptr (LmRecord) saved = NULL;
  LmRecord *record;
  LmExit status = lm_cli_load (cli);

  if (!lm_cli_is_loaded (cli))
    return status;
  record = lm_cli_find (cli, cli->arguments[0], &error);
  if (record == NULL)
    return lm_cli_fail (error);
  if (record->kind != LM_RECORD_ENTRY)
    return lm_cli_usage (_ ("“%s” is not an entry."), cli->arguments[0]);
  if (record->deleted == deleted)
    return LM_EXIT_DONE;
  content = lm_record_content (record);
  lm_content_set_deleted (content, deleted ? now : NULL);
  saved = lm_store_save (cli->store, &record->id, content, record, NULL, &error);
  return saved != NULL ? LM_EXIT_DONE : lm_cli_fail (error);
}

LmExit
lm_cli_trash (LmCli *cli)
{
  return set_deleted (cli, TRUE);
}

LmExit
lm_cli_restore (LmCli *cli)
{
  return set_deleted (cli, FALSE);
}

/* export
 * ------------------------------------------------------------------------------------------------
 */

static gboolean
read_attachment (const LmAttachment *attachment, GOutputStream *out, gpointer data, GError **error)
{
  LmCli *cli = data;

  return lm_store_read_attachment (cli->store, attachment, out, NULL, error);
}

static void
tell_left_out (GPtrArray *problems)
{
  for (guint i = 0; i < problems->len; i++)
    {
      LmExportProblem *problem = problems->pdata[i];
      g_autofree char *text =
          /* Translators: %1$s is the name of a file, %2$s why it could not be read */
          g_strdup_printf (_ ("“%1$s” could not be read, and is left out: %2$s"),
                           problem->file,
                           problem->error->message);
      g_autofree char *line = lm_cli_one_line (text);

      g_printerr ("leitmotif-journal: %s\n", line);
    }
}

LmExit
lm_cli_export (LmCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LmExportReport) report = lm_export_report_new ();
  LmExportSource source = { read_attachment, NULL, cli };
  guint sealed;
  LmExit status = lm_cli_load (cli);

  if (!lm_cli_is_loaded (cli))
    return status;
  g_printerr ("%s\n",
              _ ("The exported files are not encrypted: anyone who gets them can read them."));
  sealed = drop_sealed (cli);
  if (sealed > 0)
    g_printerr (ngettext ("%u sealed entry is left out; --sealed takes it along.\n",
                          "%u sealed entries are left out; --sealed takes them along.\n",
                          sealed),
                sealed);
  if (!lm_export_run (cli->arguments[0], cli->records, &source, report, &error))
    return lm_cli_fail (error);
  tell_left_out (report->problems);
  return report->problems->len > 0 ? LM_EXIT_DAMAGED : status;
}
