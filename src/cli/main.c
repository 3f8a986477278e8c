/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <stdio.h>

#include "base/lm-hardening.h"
#include "cli/lm-cli.h"
#include "workspace/lm-settings.h"

/* Of --passphrase-fd; every number that can be given is one that somebody meant. */
#define NOT_GIVEN G_MININT

static const char summary[] = N_ (
    "The journal of Leitmotif from a terminal or a script.\n"
    "\n"
    "Commands:\n"
    "  init               Make a new journal; prints its recovery code\n"
    "  add                Add an entry with the text from standard input; prints its id\n"
    "  list               List the entries, newest first\n"
    "  show ID            Show an entry; with --json, as it is stored\n"
    "  search WORD…       List the entries in which every word occurs\n"
    "  verify             Check that every file opens\n"
    "  trash ID           Put an entry into the trash\n"
    "  restore ID         Take an entry out of the trash\n"
    "  versions ID [HASH]          List the versions of an entry kept here, newest first, or show "
    "one\n"
    "  restore-version ID HASH     Bring a version back; what is there now becomes one\n"
    "  purge ID           Delete an entry in the trash for good, with its versions here\n"
    "  export DIR         Write everything as plain Markdown and JSON into a new folder\n"
    "  snapshot           Copy the journal as it is now, on this computer; prints the copy’s name\n"
    "  snapshots          List these copies, oldest first\n"
    "  show-snapshot NAME [ID]     List the entries in a copy, or show one of them\n"
    "  restore-snapshot NAME [ID]  Bring everything back from a copy, or one entry. What is there "
    "now\n"
    "                     is kept as a version; with --into, a journal of its own is made instead\n"
    "  passphrase         Change the passphrase\n"
    "  new-code           Make a new recovery code and print it; the old one is void\n"
    "  rotate             Someone may know the passphrase or the code: both anew, and a new key "
    "for\n"
    "                     every file");
static const char description[] =
    N_ ("Exit status: 0 done, 1 something is damaged or missing, 2 usage, 3 wrong passphrase, "
        "4 cannot read or write.");

static gboolean
parse (LmCli *cli, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "journal",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &cli->journal,
      N_ ("The journal’s folder"),
      N_ ("DIR") },
    { "passphrase-fd",
      0,
      0,
      G_OPTION_ARG_INT,
      &cli->passphrase_fd,
      N_ ("Read the passphrase from file descriptor N, one line"),
      "N" },
    { "new-passphrase-fd",
      0,
      0,
      G_OPTION_ARG_INT,
      &cli->new_passphrase_fd,
      N_ ("passphrase, rotate: read the new passphrase from file descriptor N, one line"),
      "N" },
    { "continue",
      0,
      0,
      G_OPTION_ARG_NONE,
      &cli->go_on,
      N_ ("rotate: go on with one that was stopped"),
      NULL },
    { "recovery",
      0,
      0,
      G_OPTION_ARG_NONE,
      &cli->recovery,
      N_ ("The recovery code is given instead of the passphrase"),
      NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &cli->json, N_ ("Print JSON"), NULL },
    { "title",
      0,
      0,
      G_OPTION_ARG_STRING,
      &cli->title,
      N_ ("add: the entry’s title"),
      N_ ("TITLE") },
    { "tag",
      0,
      0,
      G_OPTION_ARG_STRING_ARRAY,
      &cli->tags,
      N_ ("add: a tag, as often as needed"),
      N_ ("TAG") },
    { "trash", 0, 0, G_OPTION_ARG_NONE, &cli->trash, N_ ("list: what is in the trash"), NULL },
    { "sealed",
      0,
      0,
      G_OPTION_ARG_NONE,
      &cli->sealed,
      N_ ("list, search, export: with what is sealed until a day"),
      NULL },
    { "into",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &cli->into,
      N_ ("restore-snapshot: a new folder for the whole copy"),
      N_ ("DIR") },
    { "snapshots",
      0,
      0,
      G_OPTION_ARG_NONE,
      &cli->snapshots,
      N_ ("purge: take it out of the snapshots here too"),
      NULL },
    { "kdf-cost",
      0,
      0,
      G_OPTION_ARG_STRING,
      &cli->kdf_cost,
      N_ ("init: “minimal” makes the passphrase easy to guess by machine; for tests only"),
      N_ ("COST") },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &cli->arguments, NULL, N_ ("COMMAND") },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_summary (context, _ (summary));
  g_option_context_set_description (context, _ (description));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  return g_option_context_parse (context, argc, argv, error);
}

/* Takes the command off the arguments. */
static char *
take_command (LmCli *cli)
{
  char *command = cli->arguments[0];

  for (guint i = 0; cli->arguments[i] != NULL; i++)
    cli->arguments[i] = cli->arguments[i + 1];
  return command;
}

int
main (int argc, char **argv)
{
  LmCli cli = { .passphrase_fd = NOT_GIVEN, .new_passphrase_fd = NOT_GIVEN };
  g_autoptr (GError) error = NULL;
  g_autofree char *command = NULL;
  LmExit status;

  lm_hardening_apply ();
  /* Standard output is for what was asked for. */
  g_log_writer_default_set_use_stderr (TRUE);
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  if (!parse (&cli, &argc, &argv, &error))
    status = lm_cli_usage ("%s", error->message);
  else if (cli.arguments == NULL || cli.arguments[0] == NULL)
    status = lm_cli_usage (_ ("Which command? See leitmotif-journal --help."));
  else if ((cli.passphrase_fd < 0 && cli.passphrase_fd != NOT_GIVEN) ||
           (cli.new_passphrase_fd < 0 && cli.new_passphrase_fd != NOT_GIVEN))
    status = lm_cli_usage (_ ("--passphrase-fd takes a number from 0 on."));
  else
    {
      g_autoptr (GSettings) settings = cli.journal == NULL ? lm_settings_new (FALSE) : NULL;

      cli.clock = lm_clock_new_system ();
      if (cli.journal == NULL)
        cli.journal = lm_settings_journal_path (settings);
      command = take_command (&cli);
      status = lm_cli_run (&cli, command);
    }
  lm_cli_clear (&cli);
  return (int) status;
}
