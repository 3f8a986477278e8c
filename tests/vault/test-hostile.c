/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/lm-hardening.h"
#include "lm-test-vault.h"
#include "vault/lm-attachment.h"
#include "vault/lm-key-slot.h"

/* Key files that somebody made to use up this computer, or to slip something past a JSON library.
 * Each is refused in under 10 ms of the processor's time and with less than 1 MiB more of memory.
 */

#define LIMIT_MS 10
#define MEMORY   (1024 * 1024)

#define SALT     ",\"salt\":\"ICEiIyQlJicoKSorLC0uLw==\"}"
#define OPSLIMIT "\"opslimit\":2"
#define MEMLIMIT "\"memlimit_kib\":65536"

typedef struct
{
  const char *name;
  const char *old;
  const char *new_text;
} Change;

static const Change changes[] = {
  { "very many passes", OPSLIMIT, "\"opslimit\":4294967295" },
  { "passes beyond any number", OPSLIMIT, "\"opslimit\":99999999999999999999999999" },
  { "a negative number of passes", OPSLIMIT, "\"opslimit\":-1" },
  { "no passes", OPSLIMIT, "\"opslimit\":0" },
  { "half a pass", OPSLIMIT, "\"opslimit\":2.5" },
  { "passes as text", OPSLIMIT, "\"opslimit\":\"2\"" },
  { "all memory", MEMLIMIT, "\"memlimit_kib\":4294967295" },
  { "2 GiB", MEMLIMIT, "\"memlimit_kib\":2097152" },
  { "next to no memory", MEMLIMIT, "\"memlimit_kib\":8" },
  { "memory that wraps around", MEMLIMIT, "\"memlimit_kib\":4294967296" },
  { "one key twice", OPSLIMIT, OPSLIMIT ",\"opslimit\":16" },
  { "one key twice, written in two ways", OPSLIMIT, OPSLIMIT ",\"opsl\\u0069mit\":16" },
  { "a comment", OPSLIMIT, "/* more */" OPSLIMIT },
  { "a comment to the end of the line", OPSLIMIT, "// more\n" OPSLIMIT },
  { "a short salt", SALT, ",\"salt\":\"ICEi\"}" },
  { "a salt that is not canonical", SALT, ",\"salt\":\"ICEiIyQlJicoKSorLC0uLx==\"}" },
  { "another algorithm", "argon2id13", "scrypt" },
};

static GBytes *
good_file (void)
{
  return lm_test_bytes (lm_test_passphrase_slot);
}

/* The good file with something long in it, at a place where it would be passed over. */
static GBytes *
with_extra (const char *part, const char *end_part, gsize times)
{
  g_autoptr (GString) extra = g_string_new ("\"x\":");
  g_autoptr (GBytes) good = good_file ();

  for (gsize i = 0; i < times; i++)
    g_string_append (extra, part);
  for (gsize i = 0; i < times; i++)
    g_string_append (extra, end_part);
  g_string_append (extra, "," OPSLIMIT);
  return lm_test_replace (good, OPSLIMIT, extra->str);
}

/* In a process of its own, which may have so much more memory and no more. */
static void
assert_refused (const char *name, GBytes *file)
{
  pid_t child = fork ();
  int status;

  if (child == 0)
    {
      g_autoptr (LmKeySlot) slot = NULL;
      struct timespec begin, end;
      gint64 taken;
#ifndef __SANITIZE_ADDRESS__
      g_autofree char *text = NULL;
      guint64 pages;
      struct rlimit limit;

      if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
        _exit (3);
      pages = g_ascii_strtoull (text, NULL, 10);
      limit.rlim_cur = limit.rlim_max = pages * (guint64) sysconf (_SC_PAGESIZE) + MEMORY;
      if (setrlimit (RLIMIT_AS, &limit) != 0)
        _exit (3);
#endif
      clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &begin);
      slot = lm_key_slot_read (file, NULL);
      clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &end);
      taken = (end.tv_sec - begin.tv_sec) * 1000 + (end.tv_nsec - begin.tv_nsec) / 1000000;
#ifdef __SANITIZE_ADDRESS__
      taken = 0; /* The sanitizer takes its own time. */
#endif
      _exit (slot != NULL ? 1 : taken >= LIMIT_MS ? 2 : 0);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  if (!WIFEXITED (status) || WEXITSTATUS (status) != 0)
    g_error ("%s: %s %d",
             name,
             WIFEXITED (status) ? "taken, or too slow:" : "ended by",
             WIFEXITED (status) ? WEXITSTATUS (status) : WTERMSIG (status));
}

static void
test_key_files (void)
{
  g_autoptr (GBytes) good = good_file ();
  g_autoptr (GBytes) deep = with_extra ("[", "]", 33), bomb = with_extra ("[", "", 30000);
  g_autoptr (GBytes) objects = with_extra ("{\"a\":", "}", 33);
  g_autoptr (GBytes) two = lm_test_append (good, lm_test_passphrase_slot, 100);
  guint n = 4;

  {
    g_autoptr (LmKeySlot) slot = lm_key_slot_read (good, NULL);

    g_assert_nonnull (slot);
  }
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++, n++)
    {
      g_autoptr (GBytes) file = lm_test_replace (good, changes[i].old, changes[i].new_text);

      assert_refused (changes[i].name, file);
    }
  assert_refused ("33 arrays in each other", deep);
  assert_refused ("33 objects in each other", objects);
  assert_refused ("30 000 open arrays", bomb);
  assert_refused ("a second object behind it", two);
  g_test_message (
      "hostile key files: %u, each refused in under %d ms and with less than 1 MiB more",
      n,
      LIMIT_MS);
}

/* A good file, but for its size. */
static void
test_large_key_file (void)
{
  g_autoptr (GBytes) good = good_file ();
  gsize length = g_bytes_get_size (good);
  g_autofree char *spaces = g_strnfill (LM_KEY_SLOT_BYTES_MAX + 1 - length, ' ');
  g_autoptr (GBytes) largest = lm_test_append (good, spaces, LM_KEY_SLOT_BYTES_MAX - length);
  g_autoptr (GBytes) large = lm_test_append (good, spaces, LM_KEY_SLOT_BYTES_MAX + 1 - length);
  g_autoptr (LmKeySlot) slot = lm_key_slot_read (largest, NULL);

  g_assert_nonnull (slot);
  assert_refused ("a key file of one byte too many", large);
}

/* A whole attachment, under the name of another one. */
static void
test_other_attachment (void)
{
  g_autoptr (LmVault) vault = lm_test_vault (2);
  g_autoptr (GInputStream) plain = g_memory_input_stream_new_from_data ("text", 4, NULL);
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) opened = g_memory_output_stream_new_resizable ();
  g_autoptr (GInputStream) sealed = NULL;
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GError) error = NULL;
  LmId id = lm_test_id (1), other = lm_test_id (2);
  LmAttachmentHash hash;

  g_assert_true (lm_attachment_seal (vault, &id, plain, 4, out, &hash, NULL, &error));
  g_assert_no_error (error);
  g_output_stream_close (out, NULL, NULL);
  file = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (out));
  sealed = g_memory_input_stream_new_from_bytes (file);
  g_assert_false (lm_attachment_open (vault, &other, sealed, 4, NULL, opened, NULL, &error));
  g_assert_true (error != NULL && error->domain == LM_VAULT_ERROR);
  g_assert_cmpuint (g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (opened)), ==, 0);

  /* And one that is shorter than the entry says, without a hash that would tell. */
  g_clear_error (&error);
  g_clear_object (&sealed);
  sealed = g_memory_input_stream_new_from_bytes (file);
  g_assert_false (lm_attachment_open (vault, &id, sealed, 5000, NULL, opened, NULL, &error));
  g_assert_true (error != NULL && error->domain == LM_VAULT_ERROR);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  g_test_add_func ("/vault/hostile/key-files", test_key_files);
  g_test_add_func ("/vault/hostile/large-key-file", test_large_key_file);
  g_test_add_func ("/vault/hostile/other-attachment", test_other_attachment);
  return g_test_run ();
}
