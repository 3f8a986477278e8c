/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <linux/ioprio.h>
#include <sched.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "journal/lm-file.h"
#include "journal/lm-read-ahead.h"

/* Opening a journal is reading, deciphering and parsing thousands of small files, none of which
 * says anything about another: work for all processors. What a file means, and whether it is
 * believed, is then settled by one thread, in its order. */

/* More threads than this wait for one disk. */
#define THREADS_MAX 8
/* Of the forty steps of nice (). */
#define STEP_BACK 10
/* Files that a thread takes at once. Newest first means that the first are needed soon. */
#define FIRST_CHUNKS 4
#define FIRST_CHUNK  16
#define CHUNK        64
/* So many are waited for together; the first ones are a batch of the store. */
#define CHUNKS_AT_ONCE 4

struct _LmReadAhead
{
  int entries;
  LmVault *vault;
  GPtrArray *names;
  gboolean searchable;

  LmReadFile *files; /* for each name */
  guint n_chunks;
  gint next;    /* chunk; atomic */
  gint stop;    /* atomic */
  gint hurried; /* atomic: the modest readers are to end, others have taken their place */
  gint64 until; /* g_get_monotonic_time (): so long they may be modest */

  GMutex mutex;
  GCond cond;
  gboolean *done;  /* for each chunk; under the mutex */
  guint wanted;    /* chunk from which on some are waited for; the same */
  guint n_missing; /* of those; the same */
  GThread *threads[2 * THREADS_MAX];
  guint n_threads;
};

/**
 * lm_read_file:
 * @entries: the folder of entries
 * @name: below it
 * @searchable: whether its lm_record_folded () is wanted
 * @read: (out caller-allocates): clear it with lm_read_file_clear ()
 *
 * Reads, opens and parses one file, in any thread.
 */
void
lm_read_file (int entries, LmVault *vault, const char *name, gboolean searchable, LmReadFile *read)
{
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GBytes) payload = NULL;

  memset (read, 0, sizeof *read);
  file = lm_file_read (entries, name, LM_SEALED_BYTES_MAX, &read->error);
  if (file == NULL)
    return;
  payload = lm_vault_open_any (vault, LM_SEAL_ENTRY, file, &read->id, &read->retired, &read->error);
  if (payload == NULL)
    return;
  read->record = searchable ? lm_record_read_searchable (&read->id, payload, &read->error)
                            : lm_record_read (&read->id, payload, &read->error);
}

void
lm_read_file_clear (LmReadFile *read)
{
  g_clear_pointer (&read->record, lm_record_unref);
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

/* A nicer thread still keeps its processor for some milliseconds when somebody wakes who wants it,
 * and who makes a window waits for the display again and again. This one gives it up at once. There
 * is no way back from it without privileges. */
static void
be_modest (void)
{
  static const struct sched_param none = { 0 };

  if (sched_setscheduler (0, SCHED_IDLE, &none) != 0)
    step_back ();
  /* The disk is asked like by anybody else. */
  else if (syscall (SYS_ioprio_set,
                    IOPRIO_WHO_PROCESS,
                    0,
                    IOPRIO_PRIO_VALUE (IOPRIO_CLASS_BE, IOPRIO_BE_NORM)) != 0)
    g_debug ("the readers' disk is asked when nobody else wants it");
}

static guint
begin_of (guint chunk)
{
  return chunk < FIRST_CHUNKS ? chunk * FIRST_CHUNK
                              : FIRST_CHUNKS * FIRST_CHUNK + (chunk - FIRST_CHUNKS) * CHUNK;
}

static guint
chunk_of (guint place)
{
  return place < begin_of (FIRST_CHUNKS) ? place / FIRST_CHUNK
                                         : FIRST_CHUNKS + (place - begin_of (FIRST_CHUNKS)) / CHUNK;
}

static void
read_chunks (LmReadAhead *ahead, gint *end_early)
{
  while (!g_atomic_int_get (end_early) && !g_atomic_int_get (&ahead->stop))
    {
      guint chunk = (guint) g_atomic_int_add (&ahead->next, 1);
      guint end = MIN (begin_of (chunk + 1), ahead->names->len);

      if (chunk >= ahead->n_chunks)
        return;
      for (guint i = begin_of (chunk); i < end; i++)
        lm_read_file (ahead->entries,
                      ahead->vault,
                      ahead->names->pdata[i],
                      ahead->searchable,
                      &ahead->files[i]);
      g_mutex_lock (&ahead->mutex);
      ahead->done[chunk] = TRUE;
      if (chunk >= ahead->wanted && chunk < ahead->wanted + CHUNKS_AT_ONCE &&
          ahead->n_missing > 0 && --ahead->n_missing == 0)
        g_cond_signal (&ahead->cond);
      g_mutex_unlock (&ahead->mutex);
    }
}

static gpointer
work_modestly (gpointer data)
{
  LmReadAhead *ahead = data;

  be_modest ();
  read_chunks (ahead, &ahead->hurried);
  return NULL;
}

static gpointer
work (gpointer data)
{
  LmReadAhead *ahead = data;

  step_back ();
  read_chunks (ahead, &ahead->stop);
  return NULL;
}

static void
add_readers (LmReadAhead *ahead, GThreadFunc function)
{
  guint n = MIN (MIN (g_get_num_processors (), THREADS_MAX), ahead->n_chunks);

  for (guint i = 0; i < n; i++)
    ahead->threads[ahead->n_threads++] = g_thread_new ("reader", function, ahead);
}

/* On a computer that is busy with something else modest readers would hardly be let read. */
static void
hurry (LmReadAhead *ahead)
{
  g_atomic_int_set (&ahead->hurried, 1);
  add_readers (ahead, work);
}

/**
 * lm_read_ahead_new:
 * @entries: the folder of entries
 * @names: (element-type utf8): below it, in the order in which they will be taken
 * @searchable: whether lm_record_folded () of each is wanted
 * @modest_ms: so long only what nobody else wants of a processor is used for it
 *
 * Returns: (transfer full): threads at work, as many as there are processors; @entries, @vault and
 *   @names have to stay as they are until it is freed
 */
LmReadAhead *
lm_read_ahead_new (
    int entries, LmVault *vault, GPtrArray *names, gboolean searchable, guint modest_ms)
{
  LmReadAhead *ahead = g_new0 (LmReadAhead, 1);

  ahead->entries = entries;
  ahead->vault = vault;
  ahead->names = names;
  ahead->searchable = searchable;
  ahead->files = g_new0 (LmReadFile, names->len);
  ahead->n_chunks = names->len == 0 ? 0 : chunk_of (names->len - 1) + 1;
  ahead->done = g_new0 (gboolean, ahead->n_chunks);
  g_mutex_init (&ahead->mutex);
  g_cond_init (&ahead->cond);
  ahead->until = g_get_monotonic_time () + modest_ms * G_TIME_SPAN_MILLISECOND;
  add_readers (ahead, work_modestly);
  return ahead;
}

/* Waits, under the mutex, for @chunk and the next ones. Whoever waits for each alone is woken a
 * hundred times, and every time takes a processor from somebody, who may be making the window. */
static void
wait_for (LmReadAhead *ahead, guint chunk)
{
  ahead->wanted = chunk - chunk % CHUNKS_AT_ONCE;
  ahead->n_missing = 0;
  for (guint i = 0; i < CHUNKS_AT_ONCE && ahead->wanted + i < ahead->n_chunks; i++)
    ahead->n_missing += !ahead->done[ahead->wanted + i];
  while (ahead->n_missing > 0)
    if (g_atomic_int_get (&ahead->hurried))
      g_cond_wait (&ahead->cond, &ahead->mutex);
    else if (!g_cond_wait_until (&ahead->cond, &ahead->mutex, ahead->until))
      hurry (ahead);
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
  if (!g_atomic_int_get (&ahead->hurried) && g_get_monotonic_time () >= ahead->until)
    hurry (ahead);
  g_mutex_lock (&ahead->mutex);
  if (!ahead->done[chunk_of (place)])
    wait_for (ahead, chunk_of (place));
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
