/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/lm-hardening.h"
#include "journal/lm-folder.h"
#include "lm-fuzz.h"
#include "lm-test-vault.h"

/* Any bytes as journal.json, in a folder with a good key file. */

static char *folder;
static int identity;

static void
clean_up (void)
{
  static const char *const names[] = { "keys/101112131415161718191a1b1c1d1e1f.json",
                                       "keys",
                                       "journal.json",
                                       "." };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_remove (path);
    }
  g_rmdir (folder);
}

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  g_autofree char *keys = NULL, *slot = NULL, *path = NULL;

  lm_hardening_apply ();
  folder = g_strdup (g_access ("/dev/shm", W_OK) == 0 ? "/dev/shm/leitmotif-fuzz-XXXXXX"
                                                      : "/tmp/leitmotif-fuzz-XXXXXX");
  LM_FUZZ_MUST (g_mkdtemp (folder) != NULL);
  keys = g_build_filename (folder, "keys", NULL);
  slot = g_build_filename (keys, "101112131415161718191a1b1c1d1e1f.json", NULL);
  path = g_build_filename (folder, "journal.json", NULL);
  LM_FUZZ_MUST (g_mkdir (keys, 0700) == 0);
  LM_FUZZ_MUST (g_file_set_contents (slot, lm_test_passphrase_slot, -1, NULL));
  identity = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  LM_FUZZ_MUST (identity >= 0);
  atexit (clean_up);
  return 0;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (LmFolder) read = NULL;
  g_autoptr (GError) error = NULL;

  LM_FUZZ_MUST (ftruncate (identity, 0) == 0);
  LM_FUZZ_MUST (size == 0 || pwrite (identity, data, size, 0) == (gssize) size);
  read = lm_folder_read (folder, &error);
  LM_FUZZ_MUST ((read != NULL) == (error == NULL));
  if (read != NULL)
    {
      LmId journal = lm_test_journal ();

      LM_FUZZ_MUST (lm_id_equal (lm_folder_journal (read), &journal));
    }
  return 0;
}
