/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "journal/lm-store-error.h"
#include "vault/lm-vault-error.h"
#include "workspace/lm-error-text.h"
#include "workspace/lm-keyring.h"

/* What went wrong, and what to do, for the person. The messages inside errors are for developers
 * and stay untranslated. */

static const char *
vault_text (int code)
{
  switch ((LmVaultError) code)
    {
    case LM_VAULT_ERROR_WRONG_SECRET:
      return _ ("This does not open the journal. Check the spelling and the keyboard layout, and "
                "try again.");
    case LM_VAULT_ERROR_DAMAGED:
      return _ ("The file is damaged. It stays as it is. A copy from a backup can take its place.");
    case LM_VAULT_ERROR_NOT_OURS:
      return _ ("The file belongs to another journal or another program. It stays as it is.");
    case LM_VAULT_ERROR_TOO_NEW:
      return _ ("The file was made by a newer version of Leitmotif. Update to read it.");
    case LM_VAULT_ERROR_UNSUPPORTED:
      return _ ("The file is of a kind that this version does not know. Update to read it.");
    case LM_VAULT_ERROR_COST:
      return _ ("The key file asks for more work than is safe, or too little. It is not used.");
    case LM_VAULT_ERROR_NO_MEMORY:
      return _ ("There is not enough free memory to open the journal. Close other programs and try "
                "again.");
    case LM_VAULT_ERROR_WAITING_FOR_KEY:
      return _ (
          "The key for this file is not here yet. If the journal is synced, wait until that is "
          "done.");
    case LM_VAULT_ERROR_TOO_LARGE:
      return _ ("This is larger than a journal can hold. Divide it into parts.");
    case LM_VAULT_ERROR_PASSPHRASE:
      return _ ("A passphrase has 1 to 1024 characters, and no line breaks or tabs.");
    case LM_VAULT_ERROR_CODE_FORM:
      return _ (
          "This is not a whole recovery code. It has seven groups of four letters and digits.");
    case LM_VAULT_ERROR_CODE_CHECKSUM:
      return _ ("There is a typing mistake in the recovery code. Compare it letter by letter.");
    case LM_VAULT_ERROR_RETIRED_KEY:
      return _ ("The file is sealed with a key that was given up, and this computer has not seen "
                "its text before. A computer that did not know of the new key yet may have written "
                "it, or somebody who knows the old one. It replaces nothing until you decide.");
    case LM_VAULT_ERROR_RETIRED_SLOT:
      return _ (
          "An old key file has come back, for a passphrase or a code that was replaced. It is "
          "not used. A sync service or a backup may have brought it.");
    case LM_VAULT_ERROR_MANY_SLOTS:
      return _ ("There are more key files than are tried. If you do not know why, look in your "
                "sync program for what made them; a change of the passphrase removes those that "
                "are yours.");
    case LM_VAULT_ERROR_SAME_PASSPHRASE:
      return _ ("This is the present passphrase. Choose another one.");
    default:
      return NULL;
    }
}

static const char *
store_text (int code)
{
  switch ((LmStoreError) code)
    {
    case LM_STORE_ERROR_NOT_FOUND:
      return _ ("It is not there. Is a drive missing, or a synced folder still arriving?");
    case LM_STORE_ERROR_NOT_A_JOURNAL:
      return _ ("There is no journal in this folder. Choose the folder that holds “journal.json”.");
    case LM_STORE_ERROR_NOT_EMPTY:
      return _ ("The folder is not empty. Choose a new or empty one.");
    case LM_STORE_ERROR_TOO_NEW:
      return _ ("It was made by a newer version of Leitmotif. Update to open it.");
    case LM_STORE_ERROR_NO_KEYS:
      return _ ("The journal’s key files are missing. If the journal is synced, wait until that is "
                "done, or bring them back from a backup.");
    case LM_STORE_ERROR_DAMAGED:
      return _ (
          "The file is not what it should be. It stays as it is. A copy from a backup can take "
          "its place.");
    case LM_STORE_ERROR_PERMISSION:
      return _ ("You are not allowed to read or write there. Check who owns the folder.");
    case LM_STORE_ERROR_READ_ONLY:
      return _ ("The disk can only be read. Put the journal on one that can be written.");
    case LM_STORE_ERROR_NO_SPACE:
      return _ ("The disk is full. Make some room; then it is saved by itself.");
    case LM_STORE_ERROR_CHANGED:
      return _ ("It was changed by another program meanwhile. Both texts are kept.");
    case LM_STORE_ERROR_BUSY:
      return _ ("Another program has this journal open. Close it there first.");
    case LM_STORE_ERROR_TOO_LARGE:
      return _ ("The file is larger than a journal can hold. It stays as it is.");
    case LM_STORE_ERROR_NO_ROOM_FOR_SNAPSHOT:
      return _ (
          "There is not enough free space for a copy of the journal on this computer. None was "
          "made. Make some room.");
    case LM_STORE_ERROR_PURGED:
      return _ ("It was deleted for good, and a copy of it has come back. It stays as it is until "
                "you decide.");
    case LM_STORE_ERROR_OLD_KEYS:
      return _ ("The journal’s key files are older than what this computer has seen, so nothing is "
                "written. If the journal is synced, wait until that is done, then open it with the "
                "newest passphrase.");
    case LM_STORE_ERROR_ATTACHMENT_COPY:
      return _ ("It is a second copy of a picture or a file in an entry, and not the same. Both "
                "are kept. If the entry shows the right one, you can delete this file yourself.");
    case LM_STORE_ERROR_IO:
      return _ ("The disk could not be read or written. Check it, and make a backup.");
    default:
      return NULL;
    }
}

static const char *
keyring_text (int code)
{
  switch ((LmKeyringError) code)
    {
    case LM_KEYRING_ERROR_NOTHING:
      return _ ("Your keyring holds nothing for this journal.");
    case LM_KEYRING_ERROR_LOCKED:
      return _ ("Your keyring stayed locked.");
    case LM_KEYRING_ERROR_NO_SERVICE:
      return _ ("There is no keyring on this computer.");
    case LM_KEYRING_ERROR_FAILED:
      return _ ("Your keyring did not answer as it should.");
    default:
      return NULL;
    }
}

/**
 * lm_error_text:
 * @error: any error
 *
 * Returns: (transfer full): one or two translated sentences, without a file name
 */
char *
lm_error_text (const GError *error)
{
  const char *text = NULL;

  if (error->domain == LM_VAULT_ERROR)
    text = vault_text (error->code);
  else if (error->domain == LM_STORE_ERROR)
    text = store_text (error->code);
  else if (error->domain == LM_KEYRING_ERROR)
    text = keyring_text (error->code);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED))
    text = _ ("The journal is locked.");
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    text = _ ("It was stopped. Nothing was left behind.");
  return g_strdup (text != NULL ? text : error->message);
}
