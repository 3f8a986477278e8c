/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <malloc.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "base/lm-fold.h"
#include "base/lm-json.h"
#include "journal/lm-entry.h"
#include "journal/lm-file.h"
#include "journal/lm-store.h"
#include "lm-bench.h"
#include "search/lm-search-index.h"

/* Everything below the window, beside the least that could be done instead, in one run: what is
 * printed are figures of this run on this computer. ./dev bench makes a table of it. */

#define ROUNDS 5
#define SAVES  200

/* Figures -------------------------------------------------------------------------------------- */

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  const double *x = a, *y = b;

  return *x < *y ? -1 : *x > *y;
}

/* Sorts @values. Returns: that of which @share of all are smaller */
static double
quantile (GArray *values, double share)
{
  g_array_sort (values, compare_doubles);
  return g_array_index (values, double, (guint) ((values->len - 1) * share + 0.5));
}

static double
read_clock (clockid_t which)
{
  struct timespec time;

  clock_gettime (which, &time);
  return (double) time.tv_sec * 1e3 + (double) time.tv_nsec / 1e6;
}

static double
now_ms (void)
{
  return read_clock (CLOCK_MONOTONIC);
}

/* KiB of memory that are resident. */
static double
resident_kib (void)
{
  g_autofree char *text = NULL;
  long pages = 0;

  malloc_trim (0);
  if (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    sscanf (text, "%*s %ld", &pages);
  return (double) pages * (double) sysconf (_SC_PAGESIZE) / 1024;
}

static void
tell (guint n, const char *what, double value)
{
  g_print ("%u\t%s\t%.4f\n", n, what, value);
}

/* The least: read, decipher, parse ------------------------------------------------------------- */

typedef enum
{
  BARE_READ,
  BARE_OPEN,
  BARE_PARSE,
  BARE_JSON_GLIB,
  BARE_N,
} Depth;

typedef struct
{
  LmVault *vault;
  GPtrArray *names;
  int entries;
  gint next;
  Depth depth;
} Bare;

static gpointer
bare_work (gpointer data)
{
  Bare *bare = data;

  for (;;)
    {
      guint i = (guint) g_atomic_int_add (&bare->next, 1);
      g_autoptr (GBytes) file = NULL;
      g_autoptr (GBytes) payload = NULL;
      g_autoptr (JsonObject) object = NULL;

      if (i >= bare->names->len)
        return NULL;
      file = lm_file_read (bare->entries, bare->names->pdata[i], LM_SEALED_BYTES_MAX, NULL);
      if (bare->depth == BARE_READ)
        continue;
      payload = lm_vault_open (bare->vault, LM_SEAL_ENTRY, file, NULL, NULL);
      if (bare->depth == BARE_PARSE)
        object = lm_json_parse (g_bytes_get_data (payload, NULL), g_bytes_get_size (payload), NULL);
      else if (bare->depth == BARE_JSON_GLIB)
        {
          g_autoptr (JsonParser) parser = json_parser_new_immutable ();

          json_parser_load_from_data (parser,
                                      g_bytes_get_data (payload, NULL),
                                      (gssize) g_bytes_get_size (payload),
                                      NULL);
        }
    }
}

static double
bare_once (LmBench *bench, Depth depth)
{
  g_autofree char *path = g_build_filename (bench->path, LM_FOLDER_ENTRIES, NULL);
  guint n_threads = MIN (g_get_num_processors (), 8);
  Bare bare = { bench->opened->vault, NULL, -1, 0, depth };
  GThread *threads[8];
  double begin = now_ms ();

  bare.entries = lm_file_open_folder (AT_FDCWD, path, NULL);
  bare.names = lm_file_list (bare.entries, ".", NULL);
  for (guint i = 0; i < n_threads; i++)
    threads[i] = g_thread_new ("bare", bare_work, &bare);
  for (guint i = 0; i < n_threads; i++)
    g_thread_join (threads[i]);
  g_ptr_array_unref (bare.names);
  close (bare.entries);
  return now_ms () - begin;
}

/* Ours ----------------------------------------------------------------------------------------- */

typedef struct
{
  GPtrArray *records;
  double first; /* when the first came */
} Loaded;

static void
take_batch (GPtrArray *records, guint n_files, gpointer data)
{
  Loaded *loaded = data;

  if (loaded->records->len == 0)
    loaded->first = now_ms ();
  g_ptr_array_extend_and_steal (loaded->records, records);
}

static LmStore *
open_store (LmBench *bench)
{
  g_autoptr (GError) error = NULL;
  LmStore *store =
      lm_store_open_at (bench->folder, bench->opened, bench->clock, bench->local, &error);

  if (store == NULL)
    g_error ("%s", error->message);
  return store;
}

static double
load_once (LmStore *store, gboolean searchable, Loaded *loaded, double *first)
{
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;
  double begin = now_ms (), all;

  loaded->records = g_ptr_array_new_with_free_func ((GDestroyNotify) lm_record_unref);
  if (!lm_store_load (store, searchable, take_batch, loaded, &problems, NULL, &error))
    g_error ("%s", error->message);
  all = now_ms () - begin;
  *first = loaded->first - begin;
  return all;
}

/* One after the other in each round, so that what else this computer does meets all alike. */
static void
measure_opening (LmBench *bench)
{
  static const char *const names[] = { "read",
                                       "read+open",
                                       "read+open+parse",
                                       "read+open+json-glib" };
  GArray *bare[BARE_N];
  g_autoptr (GArray) first = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) searchable = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) again = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) kept = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) kept_again = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < BARE_N; i++)
    bare[i] = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint round = 0; round < ROUNDS; round++)
    {
      for (Depth depth = 0; depth < BARE_N; depth++)
        {
          double time = bare_once (bench, depth);

          g_array_append_val (bare[depth], time);
        }
      for (guint pass = 0; pass < 2; pass++)
        {
          LmStore *store = open_store (bench);
          Loaded loaded = { 0 };
          double to_first, time = load_once (store, pass, &loaded, &to_first);

          g_array_append_val (pass ? searchable : all, time);
          if (pass)
            {
              double begin = now_ms ();
              g_autoptr (LmRescan) rescan = lm_store_rescan (store, NULL);

              time = now_ms () - begin;
              g_array_append_val (first, to_first);
              g_array_append_val (again, time);
            }
          g_ptr_array_unref (loaded.records);
          lm_store_close (store, NULL);
        }
    }
  for (guint i = 0; i < BARE_N; i++)
    {
      tell (bench->n, names[i], quantile (bare[i], 0.5));
      g_array_unref (bare[i]);
    }
  tell (bench->n, "load first batch", quantile (first, 0.5));
  tell (bench->n, "load", quantile (all, 0.5));
  tell (bench->n, "load, searchable", quantile (searchable, 0.5));
  tell (bench->n, "look again", quantile (again, 0.5));
}

/* Searching ------------------------------------------------------------------------------------ */

static const char *const queries[] = {
  "mother",
  "mother called",
  "lighthouse",
  "\"late again\"",
  "strasse",
  "cafe gespräch",
  "tag:family",
  "rain -train",
  "apology letter",
  "after:2010 dream",
  "guide:session",
  "größer",
  "in:tray",
  "evening window",
  "violin orchard",
  "before:2001 door",
  "tag:\"deep rest\" angry",
  "nothing waited",
  "silence",
  "xylophone",
};

static void
measure_search (LmBench *bench, LmSearchIndex *index)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) busy = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    for (const char *end = queries[i]; *end != '\0';)
      {
        g_autofree char *typed = NULL;
        g_autoptr (LmQuery) query = NULL;
        g_autoptr (GPtrArray) hits = NULL;
        double begin, begin_busy, time, time_busy;

        end = g_utf8_next_char (end);
        typed = g_strndup (queries[i], (gsize) (end - queries[i]));
        begin = now_ms ();
        begin_busy = read_clock (CLOCK_THREAD_CPUTIME_ID);
        query = lm_query_parse (typed);
        hits = lm_search_index_find (index, query, NULL);
        time = now_ms () - begin;
        time_busy = read_clock (CLOCK_THREAD_CPUTIME_ID) - begin_busy;
        g_array_append_val (busy, time_busy);
        g_array_append_val (times, time);
      }
  tell (bench->n, "search, keys", times->len);
  tell (bench->n, "search p50", quantile (times, 0.5));
  tell (bench->n, "search p99", quantile (times, 0.99));
  tell (bench->n, "search max", quantile (times, 1));
  /* What the processor was busy with it, where others keep it busy too. */
  tell (bench->n, "search p99, processor", quantile (busy, 0.99));
}

static void
measure_suggest (LmBench *bench, LmSearchIndex *index)
{
  g_autoptr (LmQuery) query = lm_query_parse ("lighthuose");
  double begin = now_ms ();
  g_autofree char *words = lm_search_index_suggest (index, query, NULL);

  tell (bench->n, "suggest", now_ms () - begin);
  if (bench->n >= 1000 && g_strcmp0 (words, "lighthouse") != 0)
    g_error ("the wrong word was suggested");
}

/* Memory, searching, locking: a process of its own for each size, which has held nothing before. */
static void
measure_memory (LmBench *bench)
{
  LmStore *store = open_store (bench);
  double before = resident_kib (), begin, first, entries;
  LmSearchIndex *index = lm_search_index_new ();
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);
  Loaded loaded = { 0 };

  load_once (store, TRUE, &loaded, &first);
  for (guint i = 0; i < loaded.records->len; i++)
    {
      g_ptr_array_add (list, lm_entry_new (loaded.records->pdata[i]));
      lm_search_index_take (index, loaded.records->pdata[i]);
    }
  g_ptr_array_unref (loaded.records);
  entries = resident_kib () - before;
  tell (bench->n, "memory, MiB", entries / 1024);
  tell (bench->n, "plain, MiB", (double) bench->plain / 1024 / 1024);
  measure_search (bench, index);
  measure_suggest (bench, index);
  begin = now_ms ();
  lm_store_close (store, NULL);
  g_ptr_array_set_size (list, 0);
  lm_search_index_free (index);
  tell (bench->n, "lock", now_ms () - begin);
}

/* Saving --------------------------------------------------------------------------------------- */

static void
write_durably (int folder, const char *temporary, const char *name, GBytes *file)
{
  int descriptor = openat (folder, temporary, O_WRONLY | O_CREAT | O_EXCL, 0600);
  gsize length;
  const char *bytes = g_bytes_get_data (file, &length);

  if (descriptor < 0 || write (descriptor, bytes, length) != (gssize) length ||
      fsync (descriptor) != 0 || close (descriptor) != 0 ||
      renameat (folder, temporary, folder, name) != 0 || fsync (folder) != 0)
    g_error ("the bare write failed");
}

static void
measure_saving (LmBench *bench)
{
  g_autoptr (GArray) bare = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) ours = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) again = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) kept = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) kept_again = g_array_new (FALSE, FALSE, sizeof (double));
  /* Among as many other files: where there are ten thousand, a file system needs longer for one
   * more. */
  g_autofree char *path = g_build_filename (bench->path, "entries", NULL);
  g_autofree char *text = lm_bench_words (1, 250);
  LmStore *store = open_store (bench);
  int folder = open (path, O_RDONLY | O_DIRECTORY);

  for (guint i = 0; i < SAVES; i++)
    {
      g_autoptr (GDateTime) now = lm_clock_now (bench->clock);
      g_autoptr (LmContent) content = lm_content_new ("entry", now);
      g_autoptr (LmRecord) record = NULL;
      g_autoptr (LmRecord) next = NULL;
      g_autoptr (GBytes) unkept = NULL;
      g_autoptr (GBytes) payload = lm_content_write (content);
      g_autoptr (GBytes) file = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *name = g_strdup_printf ("%u.bare", i);
      LmId id = lm_id_new_random ();
      double begin, time;

      lm_content_set_string (content, "text", text);
      begin = now_ms ();
      record = lm_store_save_first (store, &id, content, NULL, NULL, &unkept, &error);
      time = now_ms () - begin;
      if (record == NULL)
        g_error ("%s", error->message);
      g_array_append_val (ours, time);
      if (!lm_store_keep_saved (store, record, unkept, &error))
        g_error ("%s", error->message);
      g_clear_pointer (&unkept, g_bytes_unref);
      time = now_ms () - begin;
      g_array_append_val (kept, time);

      /* As most saves are: of what was saved before. */
      lm_content_set_string (content, "title", name);
      begin = now_ms ();
      next = lm_store_save_first (store, &id, content, record, NULL, &unkept, &error);
      time = now_ms () - begin;
      if (next == NULL)
        g_error ("%s", error->message);
      g_array_append_val (again, time);
      if (!lm_store_keep_saved (store, next, unkept, &error))
        g_error ("%s", error->message);
      time = now_ms () - begin;
      g_array_append_val (kept_again, time);

      g_clear_pointer (&payload, g_bytes_unref);
      payload = lm_record_payload (record);
      file = lm_vault_seal (bench->opened->vault, LM_SEAL_ENTRY, &id, payload, NULL);
      begin = now_ms ();
      write_durably (folder, "temporary", name, file);
      time = now_ms () - begin;
      g_array_append_val (bare, time);
    }
  close (folder);
  lm_store_close (store, NULL);
  tell (bench->n, "durable write p50", quantile (bare, 0.5));
  tell (bench->n, "durable write p99", quantile (bare, 0.99));
  tell (bench->n, "save p50", quantile (ours, 0.5));
  tell (bench->n, "save p99", quantile (ours, 0.99));
  tell (bench->n, "save again p50", quantile (again, 0.5));
  tell (bench->n, "save again p99", quantile (again, 0.99));
  tell (bench->n, "save and version p50", quantile (kept, 0.5));
  tell (bench->n, "save and version again p50", quantile (kept_again, 0.5));
}

int
main (int argc, char *argv[])
{
  g_autoptr (LmBench) bench = NULL;

  if (argc != 4 || sodium_init () < 0)
    {
      g_printerr ("usage: bench-core FOLDER ENTRIES opening|memory|saving|make\n");
      return 2;
    }
  bench = lm_bench_make (argv[1], (guint) g_ascii_strtoull (argv[2], NULL, 10));
  /* What was just written may change again, and is looked at twice. */
  g_usleep (2200 * 1000);
  if (g_str_equal (argv[3], "opening"))
    measure_opening (bench);
  else if (g_str_equal (argv[3], "memory"))
    measure_memory (bench);
  else if (g_str_equal (argv[3], "saving"))
    measure_saving (bench);
  return 0;
}
