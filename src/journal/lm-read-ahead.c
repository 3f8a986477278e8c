/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <string.h>
#include <sys/resource.h>

#include "base/lm-fold.h"
#include "base/lm-text.h"
#include "journal/lm-file.h"
#include "journal/lm-read-ahead.h"

/* Opening a journal is reading, deciphering and parsing thousands of small files, none of which
 * says anything about another: work for all processors. What a file means, and whether it is
 * believed, is then settled by one thread, in its order. */

/* More threads than this wait for one disk. */
#define THREADS_MAX 8
/* Of the forty steps of nice (). */
#define STEP_BACK 10
/* Files that a thread takes at once: newest first means that the first are needed soon. */
#define CHUNK 16

struct _LmReadAhead
{
  int entries;
  LmVault *vault;
  GPtrArray *names;
  gboolean with_folded;

  LmReadFile *files; /* for each name */
  guint n_chunks;
  gint next; /* chunk; atomic */
  gint stop; /* atomic */

  GMutex mutex;
  GCond cond;
  gboolean *done; /* for each chunk; under the mutex */
  GThread *threads[THREADS_MAX];
  guint n_threads;
};

/**
 * lm_read_file:
 * @entries: the folder of entries
 * @name: below it
 * @with_folded: whether its text is wanted as searches compare it
 * @read: (out caller-allocates): clear it with lm_read_file_clear ()
 *
 * Reads, opens and parses one file, in any thread.
 */
void
lm_read_file (int entries, LmVault *vault, const char *name, gboolean with_folded, LmReadFile *read)
{
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GBytes) payload = NULL;
  char *text = NULL;

  memset (read, 0, sizeof *read);
  file = lm_file_read (entries, name, LM_SEALED_BYTES_MAX, &read->error);
  if (file == NULL)
    return;
  payload = lm_vault_open_any (vault, LM_SEAL_ENTRY, file, &read->id, &read->retired, &read->error);
  if (payload == NULL)
    return;
  read->record = lm_record_read_text (&read->id, payload, with_folded ? &text : NULL, &read->error);
  if (text == NULL)
    return;
  read->folded = lm_fold (text);
  lm_text_wipe (text);
}

void
lm_read_file_clear (LmReadFile *read)
{
  g_clear_pointer (&read->record, lm_record_unref);
  g_clear_pointer (&read->folded, lm_text_wipe);
  g_clear_error (&read->error);
}

/* Behind whoever draws the first rows meanwhile: with as many readers as processors they had to
 * share theirs. On Linux this is for the thread alone. */
static void
step_back (void)
{
  int before;

  errno = 0;
  before = getpriority (PRIO_PROCESS, 0);
  if (errno != 0 || setpriority (PRIO_PROCESS, 0, before + STEP_BACK) != 0)
    g_debug ("the readers keep their priority");
}

static gpointer
work (gpointer data)
{
  LmReadAhead *ahead = data;

  step_back ();
  for (;;)
    {
      guint chunk = (guint) g_atomic_int_add (&ahead->next, 1);
      guint end = MIN ((chunk + 1) * CHUNK, ahead->names->len);

      if (chunk >= ahead->n_chunks || g_atomic_int_get (&ahead->stop))
        return NULL;
      for (guint i = chunk * CHUNK; i < end; i++)
        lm_read_file (ahead->entries,
                      ahead->vault,
                      ahead->names->pdata[i],
                      ahead->with_folded,
                      &ahead->files[i]);
      g_mutex_lock (&ahead->mutex);
      ahead->done[chunk] = TRUE;
      g_cond_signal (&ahead->cond);
      g_mutex_unlock (&ahead->mutex);
    }
}

/**
 * lm_read_ahead_new:
 * @entries: the folder of entries
 * @names: (element-type utf8): below it, in the order in which they will be taken
 * @with_folded: whether the texts are wanted as searches compare them
 *
 * Returns: (transfer full): threads at work, as many as there are processors; @entries, @vault and
 *   @names have to stay as they are until it is freed
 */
LmReadAhead *
lm_read_ahead_new (int entries, LmVault *vault, GPtrArray *names, gboolean with_folded)
{
  LmReadAhead *ahead = g_new0 (LmReadAhead, 1);

  ahead->entries = entries;
  ahead->vault = vault;
  ahead->names = names;
  ahead->with_folded = with_folded;
  ahead->files = g_new0 (LmReadFile, names->len);
  ahead->n_chunks = (names->len + CHUNK - 1) / CHUNK;
  ahead->done = g_new0 (gboolean, ahead->n_chunks);
  g_mutex_init (&ahead->mutex);
  g_cond_init (&ahead->cond);
  ahead->n_threads = MIN (MIN (g_get_num_processors (), THREADS_MAX), ahead->n_chunks);
  for (guint i = 0; i < ahead->n_threads; i++)
    ahead->threads[i] = g_thread_new ("reader", work, ahead);
  return ahead;
}

/**
 * lm_read_ahead_take:
 * @place: among the names; each is taken once
 * @read: (out caller-allocates): what was read; clear it with lm_read_file_clear ()
 *
 * Waits until the file was read.
 */
void
lm_read_ahead_take (LmReadAhead *ahead, guint place, LmReadFile *read)
{
  g_mutex_lock (&ahead->mutex);
  while (!ahead->done[place / CHUNK])
    g_cond_wait (&ahead->cond, &ahead->mutex);
  g_mutex_unlock (&ahead->mutex);
  *read = ahead->files[place];
  memset (&ahead->files[place], 0, sizeof (LmReadFile));
}

/* Waits for what is being read just now, and lets go of what was not taken. */
void
lm_read_ahead_free (LmReadAhead *ahead)
{
  g_atomic_int_set (&ahead->stop, 1);
  for (guint i = 0; i < ahead->n_threads; i++)
    g_thread_join (ahead->threads[i]);
  for (guint i = 0; i < ahead->names->len; i++)
    lm_read_file_clear (&ahead->files[i]);
  g_free (ahead->files);
  g_free (ahead->done);
  g_mutex_clear (&ahead->mutex);
  g_cond_clear (&ahead->cond);
  g_free (ahead);
}
