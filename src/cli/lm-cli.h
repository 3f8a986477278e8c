/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "base/lm-clock.h"
#include "base/lm-secret.h"
#include "journal/lm-folder.h"
#include "journal/lm-store.h"

G_BEGIN_DECLS

/* What the program's exit status says. */
typedef enum
{
  LM_EXIT_DONE = 0,
  LM_EXIT_DAMAGED = 1,
  LM_EXIT_USAGE = 2,
  LM_EXIT_SECRET = 3,
  LM_EXIT_IO = 4,
} LmExit;

/**
 * LmCli:
 *
 * One call of leitmotif-journal: its options, and the journal once it is open.
 */
typedef struct
{
  char *journal;
  int passphrase_fd;     /* below 0 to ask on the terminal */
  int new_passphrase_fd; /* as that */
  gboolean go_on;
  gboolean recovery;
  gboolean json;
  char *title;
  GStrv tags;
  char *kdf_cost;
  gboolean trash;
  gboolean sealed;
  char *into;
  gboolean snapshots;
  GStrv arguments; /* behind the command */

  LmClock *clock;
  LmSecret *secret; /* what opened the journal */
  LmFolder *folder;
  LmVault *vault;
  LmStore *store;
  GPtrArray *records;  /* of LmRecord */
  GPtrArray *problems; /* of LmProblem */
} LmCli;

LmExit lm_cli_run (LmCli *cli, const char *command);

/* Telling on standard error; each returns the status to exit with. */
LmExit lm_cli_usage (const char *format, ...) G_GNUC_PRINTF (1, 2);
LmExit lm_cli_fail (const GError *error);
char *lm_cli_one_line (const char *text) G_GNUC_WARN_UNUSED_RESULT;
char *lm_cli_problem_line (const LmProblem *problem) G_GNUC_WARN_UNUSED_RESULT;

LmSecret *lm_cli_read_secret (LmCli *cli, const char *prompt, GError **error);
LmSecret *lm_cli_choose_passphrase (LmCli *cli, GError **error) G_GNUC_WARN_UNUSED_RESULT;
char *lm_cli_read_text (GError **error);

LmExit lm_cli_open (LmCli *cli);
LmExit lm_cli_load (LmCli *cli);
void lm_cli_clear (LmCli *cli);

gboolean lm_cli_is_loaded (LmCli *cli);
LmRecord *lm_cli_find (LmCli *cli, const char *text, GError **error);
void lm_cli_print_record (LmCli *cli, LmRecord *record);
LmExit lm_cli_finish_output (LmExit status);

LmExit lm_cli_init (LmCli *cli);
LmExit lm_cli_add (LmCli *cli);
LmExit lm_cli_list (LmCli *cli);
LmExit lm_cli_show (LmCli *cli);
LmExit lm_cli_search (LmCli *cli);
LmExit lm_cli_verify (LmCli *cli);
LmExit lm_cli_trash (LmCli *cli);
LmExit lm_cli_restore (LmCli *cli);
LmExit lm_cli_export (LmCli *cli);
LmExit lm_cli_snapshot (LmCli *cli);
LmExit lm_cli_snapshots (LmCli *cli);
LmExit lm_cli_show_snapshot (LmCli *cli);
LmExit lm_cli_restore_snapshot (LmCli *cli);
LmExit lm_cli_versions (LmCli *cli);
LmExit lm_cli_restore_version (LmCli *cli);
LmExit lm_cli_purge (LmCli *cli);
LmExit lm_cli_passphrase (LmCli *cli);
LmExit lm_cli_new_code (LmCli *cli);
LmExit lm_cli_rotate (LmCli *cli);

G_END_DECLS
