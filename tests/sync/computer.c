/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/lm-hardening.h"
#include "journal/lm-file.h"
#include "journal/lm-local.h"
#include "journal/lm-merge.h"
#include "journal/lm-store-error.h"
#include "journal/lm-store.h"
#include "vault/lm-passphrase.h"

/* One computer for the tests with a real sync tool: it has the journal open as the window has, and
 * does what lines on its standard input say. computer FOLDER PASSPHRASE */

typedef struct
{
  LmOpened *opened;
  LmStore *store;
} Computer;

static void
check (const GError *error)
{
  if (error != NULL)
    g_error ("%s", error->message);
}

/* The entry as a person sees it. While a sync tool puts two states aside of each other the file has
 * no name for a moment; the window shows the entry all the while. */
static LmRecord *
read_entry (Computer *computer, const LmId *id)
{
  for (guint i = 0;; i++)
    {
      g_autoptr (GError) error = NULL;
      LmRecord *record = lm_store_read (computer->store, id, &error);

      if (record != NULL)
        return record;
      if (i == 100 || !g_error_matches (error, LM_STORE_ERROR, LM_STORE_ERROR_NOT_FOUND))
        check (error);
      g_usleep (100 * 1000);
    }
}

static void
say (Computer *computer, const LmId *id, gboolean is_new, const char *sentence)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LmRecord) base = is_new ? NULL : read_entry (computer, id);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (LmContent) content = NULL;
  g_autoptr (LmRecord) saved = NULL;
  g_autofree char *text = NULL;

  content = base != NULL ? lm_record_content (base) : lm_content_new ("entry", now);
  text = g_strdup_printf ("%s%s ", lm_content_get_string (content, "text"), sentence);
  lm_content_set_string (content, "text", text);
  lm_content_set_deleted (content, NULL);
  saved = lm_store_save (computer->store, id, content, base, NULL, &error);
  check (error);
  puts (lm_id_format (id).digits);
}

static void
delete_entry (Computer *computer, const LmId *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LmRecord) base = read_entry (computer, id);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (LmContent) content = NULL;
  g_autoptr (LmRecord) saved = NULL;

  content = lm_record_content (base);
  lm_content_set_deleted (content, now);
  saved = lm_store_save (computer->store, id, content, base, NULL, &error);
  check (error);
  puts ("deleted");
}

/* Looks at the folder; a person who is there brings each pair of texts together. */
static void
look (Computer *computer, gboolean person)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LmRescan) found = lm_store_rescan (computer->store, &error);

  check (error);
  for (guint i = 0; person && i < found->conflicts->len; i++)
    {
      LmConflict *conflict = found->conflicts->pdata[i];
      g_autoptr (LmRecord) base =
          lm_store_common_base (computer->store, conflict->own, conflict->copy);
      g_autoptr (LmContent) from = base != NULL ? lm_record_content (base) : NULL;
      g_autoptr (LmContent) ours = lm_record_content (conflict->own);
      g_autoptr (LmContent) theirs = lm_record_content (conflict->copy), merged = NULL;
      g_autoptr (LmRecord) saved = NULL;
      gboolean clean;

      merged = lm_content_merge (from, ours, theirs, &clean);
      saved = lm_store_resolve (computer->store, conflict, merged, &clean, NULL);
    }
  printf ("%u %u\n", found->conflicts->len, found->problems->len);
}

/* Prints the text of whatever opens in @path or below. */
static void
print_texts (Computer *computer, const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL), *bytes = NULL;
      g_autoptr (GBytes) sealed = NULL, payload = NULL;
      gsize length;

      if (g_file_test (file, G_FILE_TEST_IS_DIR))
        print_texts (computer, file);
      else if (g_file_get_contents (file, &bytes, &length, NULL))
        {
          sealed = g_bytes_new_take (g_steal_pointer (&bytes), length);
          payload = lm_vault_open (computer->opened->vault, LM_SEAL_ENTRY, sealed, NULL, NULL);
          if (payload != NULL)
            printf ("%.*s ",
                    (int) g_bytes_get_size (payload),
                    (const char *) g_bytes_get_data (payload, NULL));
        }
    }
}

static void
obey (Computer *computer, LmFolder *folder, char *line)
{
  g_auto (GStrv) words = g_strsplit (g_strchomp (line), " ", 3);
  g_autofree char *local = lm_local_path (lm_folder_journal (folder));
  g_autofree char *entries = g_build_filename (lm_folder_path (folder), "entries", NULL);
  LmId id = lm_id_new_random ();

  if (g_str_equal (words[0], "new"))
    say (computer, &id, TRUE, words[1]);
  else if (g_str_equal (words[0], "look"))
    look (computer, FALSE);
  else if (g_str_equal (words[0], "decide"))
    look (computer, TRUE);
  else if (g_str_equal (words[0], "texts"))
    {
      print_texts (computer, entries);
      print_texts (computer, local);
      puts ("");
    }
  else if (g_str_equal (words[0], "entries"))
    {
      print_texts (computer, entries);
      puts ("");
    }
  else if (!lm_id_parse (words[1], -1, &id))
    g_error ("no id in “%s”", line);
  else if (g_str_equal (words[0], "say"))
    say (computer, &id, FALSE, words[2]);
  else
    delete_entry (computer, &id);
  fflush (stdout);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LmClock) clock = lm_clock_new_system ();
  g_autoptr (LmSecret) typed = NULL, passphrase = NULL;
  g_autoptr (LmFolder) folder = NULL;
  Computer computer = { NULL, NULL };
  char line[1024];

  if (argc != 3)
    return 2;
  lm_hardening_apply ();
  folder = lm_folder_read (argv[1], &error);
  check (error);
  typed = lm_secret_new_taking (g_strdup (argv[2]));
  passphrase = lm_passphrase_normalize (typed, &error);
  check (error);
  computer.opened = lm_folder_unlock (folder, LM_KEY_SLOT_PASSPHRASE, passphrase, NULL, &error);
  check (error);
  computer.store = lm_store_open (folder, computer.opened, clock, &error);
  check (error);
  puts ("open");
  fflush (stdout);
  while (fgets (line, sizeof line, stdin) != NULL)
    obey (&computer, folder, line);
  lm_store_close (computer.store, NULL);
  lm_opened_free (computer.opened);
  return 0;
}
