/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/lm-hardening.h"
#include "lm-crash-ops.h"
#include "lm-crash-power.h"
#include "lm-test.h"

/* Every operation is killed at every system call, has every one of its file system calls fail in
 * every way, and is cut off from power behind every one. And each of these trials is itself tried:
 * with an fsync taken out, or an error not looked at, it must find something. */

static const int numbers[] = { EIO, ENOSPC, EDQUOT, EROFS, EACCES, EMFILE, EINTR, EXDEV };

/* States of a power cut for each operation; saves killed at random. */
#define STATES      600
#define KILLS       300
#define KILLS_PROOF 10000
/* The short run tries an operation with more than twice as many places at about so many of them,
 * picked by chance: 40 system calls, 64 of them that fail in one of eight ways. */
#define KILL_PLACES 40
#define FAIL_PLACES 64
/* States in the short run of what does not need each of its fsyncs, and behind how many events. */
#define FEW_STATES   120
#define POWER_PLACES 12
/* The journal of the random kills begins afresh after so many. */
#define KILLS_A_JOURNAL 25

/* What a process ends with that fails and does not say why. */
#define SILENT 7

static LmCrashScene *scene;
static char *root;
static guint seed;

static gboolean
is_proof (void)
{
  return g_strcmp0 (g_getenv ("LEITMOTIF_PROOF"), "full") == 0;
}

/* Which of the @places of @op the short run takes: always the same ones for a seed. */
static GRand *
begin_picking (const LmCrashOp *op)
{
  return g_rand_new_with_seed (seed ^ g_str_hash (op->name));
}

/* Each call fails once, in one way: what is told of how much of the core the tests go through. */
static gboolean
is_each_place (void)
{
  return g_strcmp0 (g_getenv ("LEITMOTIF_PROOF"), "places") == 0;
}

static gboolean
pick (GRand *rand, guint places, guint most)
{
  return is_proof () || places <= 2 * most ||
         (guint) g_rand_int_range (rand, 0, (gint32) places) < most;
}

static gboolean
run_op (gpointer data)
{
  const LmCrashOp *op = data;
  gboolean good = op->run (scene);

  /* Errors are shown, never swallowed. A trap would be taken for one of the watcher's. */
  if (!good && scene->error == NULL)
    {
      fprintf (stderr, "%s: failed and does not say why\n", op->name);
      _exit (SILENT);
    }
  return good;
}

static char *
check_op (gboolean done, gpointer data)
{
  return ((const LmCrashOp *) data)->check (scene, done);
}

/* From now on the scene is as @op finds it. */
static void
set_scene (const LmCrashOp *op)
{
  static LmCrashTree *plain = NULL;

  if (plain == NULL)
    plain = g_ptr_array_ref (scene->before);
  g_ptr_array_unref (scene->before);
  scene->before = g_ptr_array_ref (plain);
  if (op->prepare == NULL)
    return;
  lm_crash_tree_write (plain, root);
  op->prepare (scene);
  g_ptr_array_unref (scene->before);
  scene->before = lm_crash_tree_read (root);
}

static LmCrashTrace *
trace_op (const LmCrashOp *op, LmCrashPlan plan)
{
  LmCrashTrace *trace;

  lm_crash_tree_write (scene->before, root);
  trace = lm_crash_trace (root, plan, run_op, (gpointer) op);
  if (!trace->killed && trace->signal != 0)
    g_error ("%s: ended by %d", op->name, trace->signal);
  return trace;
}

static LmCrashTrace *
watch_op (const LmCrashOp *op)
{
  LmCrashTrace *trace;
  g_autofree char *violation = NULL;

  set_scene (op);
  trace = trace_op (op, (LmCrashPlan) { LM_CRASH_WATCH, 0, 0 });
  violation = op->check (scene, trace->acknowledged);
  if (violation != NULL)
    g_error ("%s, with nothing in its way: %s", op->name, violation);
  g_assert_true (trace->good);
  g_assert_true (trace->acknowledged);
  return trace;
}

/* Killed ------------------------------------------------------------------------------- */

static void
test_kill (gconstpointer data)
{
  const LmCrashOp *op = data;
  g_autoptr (LmCrashTrace) whole = watch_op (op);
  g_autoptr (GRand) rand = begin_picking (op);
  guint at, tried = 0;

  for (at = 1;; at++)
    {
      g_autoptr (LmCrashTrace) trace = NULL;
      g_autofree char *violation = NULL;

      if (at <= whole->calls && !pick (rand, whole->calls, KILL_PLACES))
        continue;
      trace = trace_op (op, (LmCrashPlan) { LM_CRASH_KILL, at, 0 });
      violation = op->check (scene, trace->acknowledged);
      if (violation != NULL)
        g_error ("%s, killed at system call %u (seed %u): %s", op->name, at, seed, violation);
      if (!trace->killed)
        break;
      tried++;
    }
  g_assert_cmpuint (tried, >, 3);
  g_test_message ("%s: killed at %u of its %u system calls, 0 violations", op->name, tried, at - 1);
}

/* Calls that fail ------------------------------------------------------------------------ */

/* What is wrong after an operation that had something in its way: now, and if the power fails. */
static char *
violation_after (const LmCrashOp *op, LmCrashTrace *trace)
{
  char *violation = op->check (scene, trace->acknowledged);

  if (violation != NULL || !trace->acknowledged)
    return violation;
  lm_crash_power_worst (scene->before, trace->events, root);
  return op->check (scene, TRUE);
}

static void
test_fail (gconstpointer data)
{
  const LmCrashOp *op = data;
  g_autoptr (LmCrashTrace) whole = watch_op (op);
  g_autoptr (GRand) rand = begin_picking (op);
  guint cases = 0, told = 0;

  for (guint at = 1; at <= whole->file_calls + 1; at++)
    for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
      {
        g_autoptr (LmCrashTrace) trace = NULL;
        g_autofree char *violation = NULL;

        if (is_each_place ()
                ? i > 0
                : !pick (rand, whole->file_calls * (guint) G_N_ELEMENTS (numbers), FAIL_PLACES))
          continue;
        trace = trace_op (op, (LmCrashPlan) { LM_CRASH_FAIL, at, numbers[i] });
        violation = violation_after (op, trace);
        if (violation != NULL)
          g_error ("%s, %s (file system call %u, seed %u) gives %s: %s",
                   op->name,
                   trace->reached ? (char *) trace->names->pdata[at - 1] : "?",
                   at,
                   seed,
                   g_strerror (numbers[i]),
                   violation);
        cases += trace->reached;
        told += trace->reached && !trace->acknowledged;
      }
  g_test_message ("%s: %u cases of a call that fails (%u told of, the rest got over), 0 violations",
                  op->name,
                  cases,
                  told);
}

/* An fsync whose failure nobody looked at must be found, each of them. */
static void
test_fail_finds (gconstpointer data)
{
  const LmCrashOp *op = data;
  g_autoptr (LmCrashTrace) whole = watch_op (op);
  guint syncs = 0;

  for (guint at = 1; at <= whole->names->len; at++)
    {
      g_autoptr (LmCrashTrace) trace = NULL;
      g_autofree char *violation = NULL;

      if (!g_str_equal (whole->names->pdata[at - 1], "fsync"))
        continue;
      trace = trace_op (op, (LmCrashPlan) { LM_CRASH_HIDE, at, EIO });
      g_assert_true (trace->reached);
      violation = violation_after (op, trace);
      if (violation == NULL)
        g_error ("%s: nobody misses the fsync that is file system call %u", op->name, at);
      syncs++;
    }
  g_assert_cmpuint (syncs, >=, 2);
  g_test_message ("%s: each of its %u fsyncs is missed when it is taken out", op->name, syncs);
}

/* Power cuts --------------------------------------------------------------------------------- */

static void
try_power (const LmCrashOp *op, LmCrashPlanKind kind, guint wanted, LmCrashPower *power)
{
  g_autoptr (LmCrashTrace) trace = NULL;
  g_autoptr (GRand) rand = begin_picking (op);

  set_scene (op);
  trace = trace_op (op, (LmCrashPlan) { kind, 0, 0 });
  g_assert_true (trace->acknowledged);
  lm_crash_power_try (scene->before,
                      trace->events,
                      root,
                      wanted,
                      wanted == FEW_STATES ? POWER_PLACES : G_MAXUINT,
                      rand,
                      check_op,
                      (gpointer) op,
                      power);
}

static void
test_power (gconstpointer data)
{
  const LmCrashOp *op = data;
  LmCrashPower power = { 0 };
  guint wanted = is_proof () ? 4 * STATES : op->each_sync ? STATES : FEW_STATES;

  try_power (op, LM_CRASH_WATCH, wanted, &power);
  if (power.violations > 0)
    g_error ("%s, power cut (seed %u): %u of %u states: %s",
             op->name,
             seed,
             power.violations,
             power.states,
             power.first);
  g_assert_cmpuint (power.states, >=, wanted == FEW_STATES ? 100 : 500);
  g_test_message ("%s: %u states after a power cut, 0 violations", op->name, power.states);
}

/* Without the fsync of files, or of folders, some state must be bad. */
static void
test_power_finds (gconstpointer data)
{
  const LmCrashOp *op = data;
  LmCrashPower file = { 0 }, folder = { 0 };

  try_power (op, LM_CRASH_DROP_FILE, STATES, &file);
  g_assert_cmpuint (file.violations, >, 0);
  try_power (op, LM_CRASH_DROP_FOLDER, STATES, &folder);
  g_assert_cmpuint (folder.violations, >, 0);
  g_test_message ("%s: without fsync of files %u of %u states are bad, without that of folders %u "
                  "of %u",
                  op->name,
                  file.violations,
                  file.states,
                  folder.violations,
                  folder.states);
  lm_crash_power_clear (&file);
  lm_crash_power_clear (&folder);
}

/* Killed at random ------------------------------------------------------------------------------
 */

/* Saves one text after the other and tells of each when it is saved. */
static void
save_for_ever (int tell, guint number)
{
  LmCrashLook look;
  LmId id = lm_test_id (LM_CRASH_OLD);
  g_autoptr (LmRecord) base = NULL;

  if (!lm_crash_open (&look, scene, LM_CRASH_PASSPHRASE, NULL))
    _exit (4);
  base = lm_store_read (look.store, &id, NULL);
  if (write (tell, &number, sizeof number) != sizeof number)
    _exit (4);
  while (base != NULL)
    {
      g_autoptr (LmContent) content = lm_record_content (base);
      g_autofree char *text = g_strdup_printf ("text %u", ++number);
      LmRecord *record;

      lm_content_set_string (content, "text", text);
      record = lm_store_save (look.store, &id, content, base, NULL, NULL);
      if (record == NULL || write (tell, &number, sizeof number) != sizeof number)
        break;
      lm_record_unref (base);
      base = record;
    }
  _exit (5);
}

/* What is wrong after the kill: every text up to @last was called saved. */
static char *
check_saved (guint first, guint last)
{
  LmCrashLook look;
  g_autoptr (GError) error = NULL;
  g_autofree char *damaged = NULL;
  g_autoptr (LmContent) content = NULL;
  char *violation = NULL;
  guint now = 0;

  if (!lm_crash_open (&look, scene, LM_CRASH_PASSPHRASE, &error) || !lm_crash_read (&look, &error))
    violation = g_strdup_printf ("does not open: %s", error->message);
  else if ((damaged = lm_crash_unreadable (&look)) != NULL)
    violation = g_strdup_printf ("does not open: %s", damaged);
  else if (look.problems->len > 0)
    violation = g_strdup (((LmProblem *) look.problems->pdata[0])->file);
  else if (lm_crash_find (&look, LM_CRASH_OLD) == NULL)
    violation = g_strdup ("the entry is gone");
  else
    {
      content = lm_record_content (lm_crash_find (&look, LM_CRASH_OLD));
      if (sscanf (lm_content_get_string (content, "text"), "text %u", &now) != 1 && last > 0)
        violation = g_strdup ("the entry holds an older text");
      else if (now != last && now != last + 1)
        violation = g_strdup_printf ("the entry holds text %u, but %u was saved", now, last);
      for (guint i = first + 1; i <= last && violation == NULL; i++)
        {
          g_autofree char *text = g_strdup_printf ("text %u", i);

          if (!lm_crash_holds (&look, LM_CRASH_OLD, text, FALSE))
            violation = g_strdup_printf ("%s was saved and is nowhere", text);
        }
    }
  lm_crash_close (&look);
  return violation;
}

/* Returns: the number of the text that the entry holds */
static guint
number_now (void)
{
  LmCrashLook look;
  g_autoptr (LmContent) content = NULL;
  guint now = 0;

  if (lm_crash_open (&look, scene, LM_CRASH_PASSPHRASE, NULL) && lm_crash_read (&look, NULL))
    {
      content = lm_record_content (lm_crash_find (&look, LM_CRASH_OLD));
      if (sscanf (lm_content_get_string (content, "text"), "text %u", &now) != 1)
        now = 0;
    }
  lm_crash_close (&look);
  return now;
}

static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261123);
  guint wanted = is_proof () ? KILLS_PROOF : KILLS, saved = 0;

  for (guint i = 0; i < wanted; i++)
    {
      g_autofree char *violation = NULL;
      guint number, last;
      int ends[2], status;
      pid_t child;

      if (i % KILLS_A_JOURNAL == 0)
        lm_crash_tree_write (scene->before, root);
      last = number = number_now ();
      g_assert_cmpint (pipe2 (ends, O_CLOEXEC), ==, 0);
      child = fork ();
      if (child == 0)
        save_for_ever (ends[1], number);
      close (ends[1]);
      g_assert_cmpint (read (ends[0], &last, sizeof last), ==, sizeof last);
      g_usleep ((gulong) g_rand_int_range (rand, 0, 8000));
      kill (child, SIGKILL);
      g_assert_cmpint (waitpid (child, &status, 0), ==, child);
      g_assert_true (WIFSIGNALED (status));
      while (read (ends[0], &last, sizeof last) == sizeof last)
        saved++;
      close (ends[0]);
      violation = check_saved (number, last);
      if (violation != NULL)
        g_error ("kill %u: %s", i, violation);
    }
  g_assert_cmpuint (saved, >, wanted / 10);
  g_test_message (
      "kill -9 while saving: %u times, %u saves acknowledged, 0 lost, 0 unreadable files",
      wanted,
      saved);
}

/* ------------------------------------------------------------------------------------------------
 */

static void
add (const char *kind, const LmCrashOp *op, GTestDataFunc test)
{
  g_autofree char *path = g_strdup_printf ("/crash/%s/%s", kind, op->name);

  g_test_add_data_func (g_strdelimit (path, " ", '-'), op, test);
}

int
main (int argc, char *argv[])
{
  g_autofree char *data = NULL;
  int result;

  /* Memory, where there is such a folder: the disk's own speed proves nothing here. */
  root = g_strdup (g_access ("/dev/shm", W_OK) == 0 ? "/dev/shm/leitmotif-crash-XXXXXX"
                                                    : "/tmp/leitmotif-crash-XXXXXX");
  if (g_mkdtemp (root) == NULL)
    g_error ("%s: %s", root, g_strerror (errno));
  data = g_build_filename (root, "data", NULL);
  g_setenv ("XDG_DATA_HOME", data, TRUE);
  g_test_init (&argc, &argv, NULL);
  lm_hardening_apply ();
  seed = g_getenv ("LEITMOTIF_SEED") != NULL
             ? (guint) g_ascii_strtoull (g_getenv ("LEITMOTIF_SEED"), NULL, 10)
             : g_random_int ();
  if (!is_proof ())
    g_test_message ("places picked by LEITMOTIF_SEED=%u", seed);
  scene = lm_crash_scene_new (root);
  g_test_add_func ("/crash/random", test_random);
  for (guint i = 0; i < lm_crash_n_ops (); i++)
    {
      const LmCrashOp *op = &lm_crash_ops[i];

      add ("kill", op, test_kill);
      add ("fail", op, test_fail);
      if (!op->only_reads)
        add ("power", op, test_power);
      if (op->each_sync)
        {
          add ("fail-finds", op, test_fail_finds);
          add ("power-finds", op, test_power_finds);
        }
    }
  result = g_test_run ();
  {
    g_autoptr (GPtrArray) nothing = lm_crash_tree_new ();

    lm_crash_tree_write (nothing, root);
    g_rmdir (root);
  }
  lm_crash_scene_free (scene);
  g_free (root);
  return result;
}
