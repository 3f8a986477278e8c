/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "cli/lm-cli.h"
#include "journal/lm-rekey.h"
#include "journal/lm-reseal.h"
#include "journal/lm-store-error.h"
#include "vault/lm-passphrase.h"

/* Other ways into the journal: a passphrase, a recovery code, or a new key for everything. */

/* Files that are sealed anew before the program looks up. */
#define STEP 64

static LmSecret *
read_new_passphrase (LmCli *cli, GError **error)
{
  int present_fd = cli->passphrase_fd;
  g_autoptr (LmSecret) passphrase = NULL;

  cli->passphrase_fd = cli->new_passphrase_fd;
  passphrase = lm_cli_choose_passphrase (cli, error);
  cli->passphrase_fd = present_fd;
  return g_steal_pointer (&passphrase);
}

/* The code is out before the old one goes: there is never none that the person has. */
static gboolean
print_code (LmRekey *rekey, GError **error)
{
  LmSecret *code = lm_rekey_code (rekey);

  if (code == NULL)
    return TRUE;
  if (write (STDOUT_FILENO, lm_secret_peek (code), lm_secret_length (code)) ==
          (ssize_t) lm_secret_length (code) &&
      write (STDOUT_FILENO, "\n", 1) == 1)
    return TRUE;
  g_set_error_literal (error, LM_STORE_ERROR, LM_STORE_ERROR_IO, "standard output");
  return FALSE;
}

static gboolean
reseal_all (LmCli *cli, GError **error)
{
  LmResealProgress progress;

  do
    if (!lm_store_reseal (cli->store, STEP, &progress, error))
      return FALSE;
  while (!progress.finished);
  return TRUE;
}

static void
tell_left (LmRekey *rekey)
{
  guint n = lm_rekey_n_left (rekey);

  if (n > 0)
    g_printerr (ngettext ("%u key file was left as it is: it may hold a key that is not here. If "
                          "the journal is synced, wait until that is done, and do this again.\n",
                          "%u key files were left as they are: they may hold keys that are not "
                          "here. If the journal is synced, wait until that is done, and do this "
                          "again.\n",
                          n),
                n);
}

/* Writes what is new, tells the code, gives the old up. */
static gboolean
apply (LmCli *cli, LmRekey *rekey, GError **error)
{
  if (!lm_rekey_write (rekey, cli->store, error))
    return FALSE;
  if (!print_code (rekey, error))
    {
      lm_rekey_cancel (rekey, cli->store, NULL);
      return FALSE;
    }
  if (!lm_rekey_commit (rekey, cli->store, error))
    return FALSE;
  tell_left (rekey);
  if (lm_rekey_code (rekey) != NULL)
    {
      g_printerr ("%s\n", _ ("This is the new recovery code. The old one is void."));
      if (!lm_store_code_told (cli->store, error))
        return FALSE;
    }
  if (lm_rekey_kind (rekey) == LM_REKEY_ROTATE)
    g_printerr ("%s\n",
                _ ("Sync services and backups may keep old copies, which the old passphrase or "
                   "code still opens."));
  return reseal_all (cli, error);
}

static LmExit
change (LmCli *cli, LmRekeyKind what)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LmSecret) passphrase = NULL;
  g_autoptr (LmRekey) rekey = NULL;
  LmExit status = lm_cli_open (cli);

  if (status != LM_EXIT_DONE)
    return status;
  if (what != LM_REKEY_CODE)
    {
      passphrase = read_new_passphrase (cli, &error);
      if (passphrase == NULL)
        return lm_cli_fail (error);
    }
  rekey = lm_rekey_new (cli->journal,
                        what,
                        cli->recovery ? LM_KEY_SLOT_RECOVERY : LM_KEY_SLOT_PASSPHRASE,
                        cli->secret,
                        passphrase,
                        cli->kdf_cost != NULL ? lm_kdf_cost_minimal () : lm_kdf_cost_measured (),
                        &error);
  if (rekey == NULL || !apply (cli, rekey, &error))
    return lm_cli_fail (error);
  return LM_EXIT_DONE;
}

LmExit
lm_cli_passphrase (LmCli *cli)
{
  return change (cli, LM_REKEY_PASSPHRASE);
}

LmExit
lm_cli_new_code (LmCli *cli)
{
  return change (cli, LM_REKEY_CODE);
}

static LmExit
go_on (LmCli *cli)
{
  g_autoptr (GError) error = NULL;
  LmExit status = lm_cli_open (cli);

  if (status != LM_EXIT_DONE)
    return status;
  if (lm_store_reseal_state (cli->store) == LM_RESEAL_ELSEWHERE)
    return lm_cli_usage (_ ("A new passphrase was begun and the old one is still there. Go on with "
                            "the new one, or begin anew."));
  if (!reseal_all (cli, &error))
    return lm_cli_fail (error);
  if (lm_store_code_is_untold (cli->store))
    g_printerr ("%s\n",
                _ ("The new recovery code was perhaps never shown. Make one with “new-code”."));
  return LM_EXIT_DONE;
}

LmExit
lm_cli_rotate (LmCli *cli)
{
  return cli->go_on ? go_on (cli) : change (cli, LM_REKEY_ROTATE);
}
