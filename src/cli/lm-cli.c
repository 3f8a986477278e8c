/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cli/lm-cli.h"
#include "journal/lm-store-error.h"
#include "vault/lm-passphrase.h"
#include "vault/lm-recovery-code.h"
#include "vault/lm-vault-error.h"
#include "workspace/lm-error-text.h"

static const struct
{
  const char *name;
  LmExit (*run) (LmCli *cli);
  int least; /* arguments */
  int most;
} commands[] = {
  { "init", lm_cli_init, 0, 0 },
  { "add", lm_cli_add, 0, 0 },
  { "list", lm_cli_list, 0, 0 },
  { "show", lm_cli_show, 1, 1 },
  { "search", lm_cli_search, 1, 1000 },
  { "verify", lm_cli_verify, 0, 0 },
  { "trash", lm_cli_trash, 1, 1 },
  { "restore", lm_cli_restore, 1, 1 },
  { "export", lm_cli_export, 1, 1 },
  { "snapshot", lm_cli_snapshot, 0, 0 },
  { "snapshots", lm_cli_snapshots, 0, 0 },
  { "show-snapshot", lm_cli_show_snapshot, 1, 2 },
  { "restore-snapshot", lm_cli_restore_snapshot, 1, 2 },
  { "versions", lm_cli_versions, 1, 2 },
  { "restore-version", lm_cli_restore_version, 2, 2 },
  { "purge", lm_cli_purge, 1, 1 },
  { "passphrase", lm_cli_passphrase, 0, 0 },
  { "new-code", lm_cli_new_code, 0, 0 },
  { "rotate", lm_cli_rotate, 0, 0 },
};

/* Telling --------------------------------------------------------------------------------- */

/**
 * lm_cli_one_line:
 * @text: a title, a file name, …
 *
 * Returns: (transfer full): @text in UTF-8, without what would end the line or steer the terminal
 */
char *
lm_cli_one_line (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *line = g_string_new (NULL);

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      gboolean steers = g_unichar_iscntrl (c) || c == 0x2028 || c == 0x2029;

      g_string_append_unichar (line, steers ? ' ' : c);
    }
  return g_string_free (line, FALSE);
}

/* Returns: (transfer full): the file and what is wrong with it */
char *
lm_cli_problem_line (const LmProblem *problem)
{
  g_autofree char *line = g_strdup_printf ("%s: %s", problem->file, problem->error->message);

  return lm_cli_one_line (line);
}

/* Says what is wrong with the call. */
LmExit
lm_cli_usage (const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_printerr ("leitmotif-journal: %s\n", text);
  return LM_EXIT_USAGE;
}

static LmExit
exit_of_vault (int code)
{
  switch ((LmVaultError) code)
    {
    case LM_VAULT_ERROR_WRONG_SECRET:
    case LM_VAULT_ERROR_PASSPHRASE:
    case LM_VAULT_ERROR_CODE_FORM:
    case LM_VAULT_ERROR_CODE_CHECKSUM:
    case LM_VAULT_ERROR_SAME_PASSPHRASE:
      return LM_EXIT_SECRET;
    case LM_VAULT_ERROR_NO_MEMORY:
      return LM_EXIT_IO;
    case LM_VAULT_ERROR_TOO_LARGE:
      return LM_EXIT_USAGE;
    case LM_VAULT_ERROR_DAMAGED:
    case LM_VAULT_ERROR_NOT_OURS:
    case LM_VAULT_ERROR_TOO_NEW:
    case LM_VAULT_ERROR_UNSUPPORTED:
    case LM_VAULT_ERROR_COST:
    case LM_VAULT_ERROR_WAITING_FOR_KEY:
    case LM_VAULT_ERROR_RETIRED_KEY:
    case LM_VAULT_ERROR_RETIRED_SLOT:
    case LM_VAULT_ERROR_MANY_SLOTS:
    default:
      return LM_EXIT_DAMAGED;
    }
}

static LmExit
exit_of_store (int code)
{
  switch ((LmStoreError) code)
    {
    case LM_STORE_ERROR_PERMISSION:
    case LM_STORE_ERROR_READ_ONLY:
    case LM_STORE_ERROR_NO_SPACE:
    case LM_STORE_ERROR_NO_ROOM_FOR_SNAPSHOT:
    case LM_STORE_ERROR_NOT_EMPTY:
    case LM_STORE_ERROR_BUSY:
    case LM_STORE_ERROR_IO:
      return LM_EXIT_IO;
    case LM_STORE_ERROR_NOT_FOUND:
    case LM_STORE_ERROR_NOT_A_JOURNAL:
    case LM_STORE_ERROR_TOO_NEW:
    case LM_STORE_ERROR_NO_KEYS:
    case LM_STORE_ERROR_DAMAGED:
    case LM_STORE_ERROR_CHANGED:
    case LM_STORE_ERROR_TOO_LARGE:
    case LM_STORE_ERROR_PURGED:
    case LM_STORE_ERROR_OLD_KEYS:
    case LM_STORE_ERROR_ATTACHMENT_COPY:
    default:
      return LM_EXIT_DAMAGED;
    }
}

/* Says what went wrong and what to do. */
LmExit
lm_cli_fail (const GError *error)
{
  g_autofree char *text = lm_error_text (error);
  LmExit status = LM_EXIT_IO;

  if (error->domain == G_OPTION_ERROR)
    return lm_cli_usage ("%s", error->message);
  if (error->domain == LM_VAULT_ERROR)
    status = exit_of_vault (error->code);
  else if (error->domain == LM_STORE_ERROR)
    status = exit_of_store (error->code);
  /* These messages name the file. */
  if (error->domain == LM_STORE_ERROR || status == LM_EXIT_DAMAGED)
    {
      g_autofree char *line = lm_cli_one_line (error->message);

      g_printerr ("leitmotif-journal: %s\n", line);
    }
  g_printerr ("leitmotif-journal: %s\n", text);
  return status;
}

/* Opening ----------------------------------------------------------------------------------- */

static LmOpened *
unlock (LmCli *cli, GError **error)
{
  g_autoptr (LmSecret) typed = NULL, secret = NULL;

  typed =
      lm_cli_read_secret (cli, cli->recovery ? _ ("Recovery code: ") : _ ("Passphrase: "), error);
  if (typed == NULL)
    return NULL;
  secret = cli->recovery ? lm_recovery_code_parse (typed, error)
                         : lm_passphrase_normalize (typed, error);
  if (secret == NULL)
    return NULL;
  g_clear_pointer (&cli->secret, lm_secret_unref);
  cli->secret = lm_secret_ref (secret);
  return lm_folder_unlock (cli->folder,
                           cli->recovery ? LM_KEY_SLOT_RECOVERY : LM_KEY_SLOT_PASSPHRASE,
                           secret,
                           NULL,
                           error);
}

/* Finds and unlocks the journal. */
LmExit
lm_cli_open (LmCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LmOpened) opened = NULL;

  cli->folder = lm_folder_read (cli->journal, &error);
  if (cli->folder != NULL)
    opened = unlock (cli, &error);
  if (opened != NULL)
    {
      cli->vault = lm_vault_ref (opened->vault);
      cli->store = lm_store_open (cli->folder, opened, cli->clock, &error);
    }
  return cli->store != NULL ? LM_EXIT_DONE : lm_cli_fail (error);
}

static void
take_batch (GPtrArray *records, guint n_files, gpointer data)
{
  LmCli *cli = data;

  g_ptr_array_extend_and_steal (cli->records, records);
}

static void
tell_problems (LmCli *cli)
{
  for (guint i = 0; i < cli->problems->len; i++)
    {
      LmProblem *problem = cli->problems->pdata[i];
      g_autofree char *line = problem->error != NULL ? lm_cli_problem_line (problem) : NULL;

      if (line != NULL)
        g_printerr ("leitmotif-journal: %s\n", line);
    }
}

/* Whether a file was left out, and so the answer is not whole. A copy of an entry is no damage. */
static gboolean
has_damage (LmCli *cli)
{
  for (guint i = 0; i < cli->problems->len; i++)
    if (((LmProblem *) cli->problems->pdata[i])->error != NULL)
      return TRUE;
  return FALSE;
}

/**
 * lm_cli_load:
 *
 * Reads every record. Files that do not open are named on standard error, and the rest is there.
 *
 * Returns: %LM_EXIT_DONE, %LM_EXIT_DAMAGED if some files do not open, or why nothing could be read
 */
LmExit
lm_cli_load (LmCli *cli)
{
  g_autoptr (GError) error = NULL;
  LmExit status = lm_cli_open (cli);

  if (status != LM_EXIT_DONE)
    return status;
  cli->records = g_ptr_array_new_with_free_func ((GDestroyNotify) lm_record_unref);
  if (!lm_store_load (cli->store, FALSE, take_batch, cli, &cli->problems, NULL, &error))
    return lm_cli_fail (error);
  tell_problems (cli);
  return has_damage (cli) ? LM_EXIT_DAMAGED : LM_EXIT_DONE;
}

/* Closes the journal and frees what the call held. */
void
lm_cli_clear (LmCli *cli)
{
  g_clear_pointer (&cli->records, g_ptr_array_unref);
  g_clear_pointer (&cli->problems, g_ptr_array_unref);
  if (cli->store != NULL)
    lm_store_close (g_steal_pointer (&cli->store), NULL);
  g_clear_pointer (&cli->vault, lm_vault_unref);
  g_clear_pointer (&cli->folder, lm_folder_unref);
  g_clear_pointer (&cli->secret, lm_secret_unref);
  g_clear_pointer (&cli->clock, lm_clock_unref);
  g_free (cli->journal);
  g_free (cli->title);
  g_strfreev (cli->tags);
  g_free (cli->kdf_cost);
  g_free (cli->into);
  g_strfreev (cli->arguments);
}

/* Running ------------------------------------------------------------------------------------- */

static gboolean
makes_keys (const char *command)
{
  const char *const names[] = { "init", "passphrase", "new-code", "rotate", NULL };

  return g_strv_contains (names, command);
}

static LmExit
check_options (LmCli *cli, const char *command)
{
  if ((cli->title != NULL || cli->tags != NULL) && !g_str_equal (command, "add"))
    return lm_cli_usage (_ ("--title and --tag belong to “add”."));
  if (cli->kdf_cost != NULL && !makes_keys (command))
    return lm_cli_usage (_ ("--kdf-cost belongs to “init” and to new passphrases and codes."));
  if (cli->kdf_cost != NULL && !g_str_equal (cli->kdf_cost, "minimal"))
    return lm_cli_usage (_ ("--kdf-cost knows only “minimal”."));
  if (cli->trash && !g_str_equal (command, "list"))
    return lm_cli_usage (_ ("--trash belongs to “list”."));
  if (cli->sealed && !g_str_equal (command, "list") && !g_str_equal (command, "search") &&
      !g_str_equal (command, "export"))
    return lm_cli_usage (_ ("--sealed belongs to “list”, “search” and “export”."));
  if (cli->into != NULL && !g_str_equal (command, "restore-snapshot"))
    return lm_cli_usage (_ ("--into belongs to “restore-snapshot”."));
  if (cli->snapshots && !g_str_equal (command, "purge"))
    return lm_cli_usage (_ ("--snapshots belongs to “purge”."));
  if (cli->go_on && !g_str_equal (command, "rotate"))
    return lm_cli_usage (_ ("--continue belongs to “rotate”."));
  if (cli->new_passphrase_fd >= 0 && !g_str_equal (command, "passphrase") &&
      !g_str_equal (command, "rotate"))
    return lm_cli_usage (_ ("--new-passphrase-fd belongs to “passphrase” and “rotate”."));
  if (cli->recovery && g_str_equal (command, "init"))
    return lm_cli_usage (_ ("A new journal begins with a passphrase."));
  return LM_EXIT_DONE;
}

/* Runs @command and returns the status to exit with. */
LmExit
lm_cli_run (LmCli *cli, const char *command)
{
  int given = (int) g_strv_length (cli->arguments);
  LmExit status = check_options (cli, command);

  if (status != LM_EXIT_DONE)
    return status;
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (command, commands[i].name))
      {
        if (given < commands[i].least || given > commands[i].most)
          return lm_cli_usage (_ ("“%s” was given too few or too many arguments."), command);
        return commands[i].run (cli);
      }
  return lm_cli_usage (_ ("There is no command “%s”. See leitmotif-journal --help."), command);
}
