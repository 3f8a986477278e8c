/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lm-crash-trace.h"
#include "lm-test.h"

/* A descriptor that nothing else has: what is written there is for the watcher. */
#define MARK 198
/* Says that it is done: nobody looks at what comes then. */
#define LEFT_ALONE SIGUSR1

/* To be called in the process under test: what comes now counts. */
void
lm_crash_begin (void)
{
  raise (SIGSTOP);
}

/* To be called in the process under test: now a person would read "saved". */
void
lm_crash_acknowledge (void)
{
  if (write (MARK, "aa", 2) != 2)
    _exit (3);
}

static void
event_free (gpointer data)
{
  LmCrashEvent *event = data;

  g_free (event->name);
  g_free (event->to_name);
  g_clear_pointer (&event->bytes, g_bytes_unref);
  g_free (event);
}

void
lm_crash_trace_free (LmCrashTrace *trace)
{
  g_ptr_array_unref (trace->names);
  g_ptr_array_unref (trace->events);
  g_free (trace);
}

/* The calls that have to do with files. Those that make and end memory and the like cannot fail for
 * the reasons that are tried here. */
static const struct
{
  long number;
  const char *name;
} file_calls[] = {
#define CALL(name) { SYS_##name, #name }
  CALL (open),      CALL (openat),     CALL (openat2),   CALL (creat),           CALL (read),
  CALL (pread64),   CALL (readv),      CALL (write),     CALL (pwrite64),        CALL (writev),
  CALL (close),     CALL (fsync),      CALL (fdatasync), CALL (syncfs),          CALL (rename),
  CALL (renameat),  CALL (renameat2),  CALL (link),      CALL (linkat),          CALL (unlink),
  CALL (unlinkat),  CALL (rmdir),      CALL (mkdir),     CALL (mkdirat),         CALL (stat),
  CALL (lstat),     CALL (fstat),      CALL (statx),     CALL (newfstatat),      CALL (access),
  CALL (faccessat), CALL (faccessat2), CALL (getdents),  CALL (getdents64),      CALL (fallocate),
  CALL (ftruncate), CALL (truncate),   CALL (fcntl),     CALL (copy_file_range), CALL (sendfile),
  CALL (readlink),  CALL (readlinkat), CALL (statfs),    CALL (fstatfs),         CALL (chmod),
  CALL (fchmod),    CALL (fchmodat),   CALL (ioctl),     CALL (utimensat),       CALL (lseek),
  CALL (symlink),   CALL (symlinkat),  CALL (flock),
#undef CALL
};

static const char *
file_call_name (long number)
{
  for (guint i = 0; i < G_N_ELEMENTS (file_calls); i++)
    if (file_calls[i].number == number)
      return file_calls[i].name;
  return NULL;
}

typedef struct
{
  pid_t child;
  const char *root;
  LmCrashPlan plan;
  LmCrashTrace *trace;
  struct user_regs_struct call; /* as it was made */
  char *from, *to;              /* the paths that it names */
  struct stat from_info, to_info;
  gboolean from_there, to_there;
} Watch;

/* Paths ------------------------------------------------------------------------- */

static char *
read_text (Watch *watch, guint64 address)
{
  g_autoptr (GString) text = g_string_new (NULL);

  while (text->len < 4096)
    {
      char part[256];
      gsize length = MIN (sizeof part, 4096 - (gsize) (address % 4096));
      struct iovec here = { part, length }, there = { (void *) (guintptr) address, length };
      gssize n = process_vm_readv (watch->child, &here, 1, &there, 1, 0);
      const char *end;

      if (n <= 0)
        break;
      end = memchr (part, '\0', (gsize) n);
      g_string_append_len (text, part, end != NULL ? end - part : n);
      if (end != NULL)
        break;
      address += (guint64) n;
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
path_of (Watch *watch, int file)
{
  g_autofree char *link = file == AT_FDCWD ? g_strdup_printf ("/proc/%d/cwd", watch->child)
                                           : g_strdup_printf ("/proc/%d/fd/%d", watch->child, file);

  return g_file_read_link (link, NULL);
}

static char *
resolve (Watch *watch, int folder, guint64 address)
{
  g_autofree char *name = read_text (watch, address);
  g_autofree char *base = NULL;

  if (name[0] == '/')
    return g_canonicalize_filename (name, "/");
  base = path_of (watch, folder);
  return g_canonicalize_filename (name, base != NULL ? base : "/");
}

static gboolean
is_ours (Watch *watch, const char *path)
{
  return path != NULL && g_str_has_prefix (path, watch->root) &&
         (path[strlen (watch->root)] == '/' || path[strlen (watch->root)] == '\0');
}

static guint64
folder_inode (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  struct stat info;

  return stat (folder, &info) == 0 ? info.st_ino : 0;
}

/* What became of the files -------------------------------------------------------- */

static LmCrashEvent *
add_event (Watch *watch, LmCrashEventKind kind, guint64 inode)
{
  LmCrashEvent *event = g_new0 (LmCrashEvent, 1);

  event->kind = kind;
  event->inode = inode;
  g_ptr_array_add (watch->trace->events, event);
  return event;
}

static void
note_link (Watch *watch, const char *path)
{
  LmCrashEvent *event;
  struct stat info;

  if (!is_ours (watch, path) || lstat (path, &info) != 0)
    return;
  event = add_event (watch, LM_CRASH_LINK, info.st_ino);
  event->is_folder = S_ISDIR (info.st_mode);
  event->folder = folder_inode (path);
  event->name = g_path_get_basename (path);
}

static void
note_data (Watch *watch, int file)
{
  g_autofree char *path = path_of (watch, file);
  g_autofree char *link = g_strdup_printf ("/proc/%d/fd/%d", watch->child, file);
  struct stat info;

  if (is_ours (watch, path) && stat (link, &info) == 0 && S_ISREG (info.st_mode))
    add_event (watch, LM_CRASH_DATA, info.st_ino)->bytes = lm_crash_read_file (link);
}

static void
note_move (Watch *watch, gboolean exchange)
{
  LmCrashEvent *event;

  if (!watch->from_there || !is_ours (watch, watch->from) || !is_ours (watch, watch->to))
    return;
  event = add_event (watch, LM_CRASH_MOVE, watch->from_info.st_ino);
  event->is_folder = S_ISDIR (watch->from_info.st_mode);
  event->folder = folder_inode (watch->from);
  event->name = g_path_get_basename (watch->from);
  event->to_inode = watch->to_there ? watch->to_info.st_ino : 0;
  event->to_folder = folder_inode (watch->to);
  event->to_name = g_path_get_basename (watch->to);
  event->exchange = exchange;
}

/* Looks at what the call names, before the kernel does it. */
static void
before (Watch *watch)
{
  const struct user_regs_struct *call = &watch->call;

  g_clear_pointer (&watch->from, g_free);
  g_clear_pointer (&watch->to, g_free);
  switch (call->orig_rax)
    {
    case SYS_open:
    case SYS_creat:
    case SYS_mkdir:
    case SYS_rmdir:
    case SYS_unlink:
      watch->from = resolve (watch, AT_FDCWD, call->rdi);
      break;
    case SYS_openat:
    case SYS_mkdirat:
    case SYS_unlinkat:
      watch->from = resolve (watch, (int) call->rdi, call->rsi);
      break;
    case SYS_rename:
    case SYS_link:
      watch->from = resolve (watch, AT_FDCWD, call->rdi);
      watch->to = resolve (watch, AT_FDCWD, call->rsi);
      break;
    case SYS_renameat:
    case SYS_renameat2:
    case SYS_linkat:
      watch->from = resolve (watch, (int) call->rdi, call->rsi);
      watch->to = resolve (watch, (int) call->rdx, call->r10);
      break;
    default:
      break;
    }
  watch->from_there = watch->from != NULL && lstat (watch->from, &watch->from_info) == 0;
  watch->to_there = watch->to != NULL && lstat (watch->to, &watch->to_info) == 0;
}

/* Notes what the call did; it gave @result, which is no error. */
static void
after (Watch *watch, gint64 result)
{
  const struct user_regs_struct *call = &watch->call;
  g_autofree char *link = NULL;
  g_autofree char *path = NULL;
  struct stat info;
  int flags = 0;

  switch (call->orig_rax)
    {
    case SYS_open:
      flags = (int) call->rsi;
      break;
    case SYS_creat:
      flags = O_CREAT | O_TRUNC;
      break;
    case SYS_openat:
      flags = (int) call->rdx;
      break;
    default:
      break;
    }
  switch (call->orig_rax)
    {
    case SYS_open:
    case SYS_creat:
    case SYS_openat:
      if ((flags & O_CREAT) != 0 && !watch->from_there)
        note_link (watch, watch->from);
      if ((flags & O_TRUNC) != 0 && watch->from_there)
        note_data (watch, (int) result);
      break;
    case SYS_mkdir:
    case SYS_mkdirat:
      note_link (watch, watch->from);
      break;
    case SYS_link:
    case SYS_linkat:
      note_link (watch, watch->to);
      break;
    case SYS_rmdir:
    case SYS_unlink:
    case SYS_unlinkat:
      if (watch->from_there && is_ours (watch, watch->from))
        {
          LmCrashEvent *event = add_event (watch, LM_CRASH_UNLINK, watch->from_info.st_ino);

          event->folder = folder_inode (watch->from);
          event->name = g_path_get_basename (watch->from);
        }
      break;
    case SYS_rename:
    case SYS_renameat:
      note_move (watch, FALSE);
      break;
    case SYS_renameat2:
      note_move (watch, (call->r8 & RENAME_EXCHANGE) != 0);
      break;
    case SYS_write:
    case SYS_pwrite64:
    case SYS_writev:
    case SYS_ftruncate:
    case SYS_fallocate:
    case SYS_sendfile:
    case SYS_ioctl:
      note_data (watch, (int) call->rdi);
      break;
    case SYS_copy_file_range:
      note_data (watch, (int) call->rdx);
      break;
    case SYS_fsync:
    case SYS_fdatasync:
      link = g_strdup_printf ("/proc/%d/fd/%d", watch->child, (int) call->rdi);
      path = path_of (watch, (int) call->rdi);
      if (is_ours (watch, path) && stat (link, &info) == 0)
        add_event (watch, LM_CRASH_SYNC, info.st_ino);
      break;
    case SYS_sync:
    case SYS_syncfs:
      add_event (watch, LM_CRASH_SYNC, 0);
      break;
    default:
      break;
    }
}

/* Stepping ----------------------------------------------------------------------------- */

static gboolean
is_dropped (Watch *watch)
{
  g_autofree char *link = NULL;
  struct stat info;

  if ((watch->plan.kind != LM_CRASH_DROP_FILE && watch->plan.kind != LM_CRASH_DROP_FOLDER) ||
      (watch->call.orig_rax != SYS_fsync && watch->call.orig_rax != SYS_fdatasync))
    return FALSE;
  link = g_strdup_printf ("/proc/%d/fd/%d", watch->child, (int) watch->call.rdi);
  return stat (link, &info) == 0 &&
         S_ISDIR (info.st_mode) == (watch->plan.kind == LM_CRASH_DROP_FOLDER);
}

/* Goes on to the next stop at a system call. Returns: FALSE if the process has ended */
static gboolean
go_on (Watch *watch)
{
  int status, signal = 0;

  while (TRUE)
    {
      if (ptrace (PTRACE_SYSCALL, watch->child, 0, signal) != 0 && errno != ESRCH)
        g_error ("ptrace: %s", g_strerror (errno));
      if (waitpid (watch->child, &status, __WALL) < 0)
        g_error ("waitpid: %s", g_strerror (errno));
      if (WIFEXITED (status))
        {
          watch->trace->good = WEXITSTATUS (status) == 0;
          if (WEXITSTATUS (status) > 1)
            watch->trace->signal = WEXITSTATUS (status);
          return FALSE;
        }
      if (WIFSIGNALED (status))
        {
          watch->trace->signal = WTERMSIG (status);
          return FALSE;
        }
      if (WSTOPSIG (status) == (SIGTRAP | 0x80))
        return TRUE;
      if (WSTOPSIG (status) == LEFT_ALONE)
        ptrace (PTRACE_DETACH, watch->child, 0, 0);
      signal = WSTOPSIG (status) == SIGSTOP || WSTOPSIG (status) == SIGTRAP ? 0 : WSTOPSIG (status);
    }
}

static void
end_child (Watch *watch)
{
  int status;

  kill (watch->child, SIGKILL);
  while (waitpid (watch->child, &status, __WALL) == watch->child && !WIFEXITED (status) &&
         !WIFSIGNALED (status))
    ;
}

/* One system call, from its entry to its end. Returns: FALSE if the process is no more */
static gboolean
step (Watch *watch)
{
  LmCrashTrace *trace = watch->trace;
  const char *name;
  gboolean planned = FALSE, skipped;
  struct user_regs_struct end;

  ptrace (PTRACE_GETREGS, watch->child, 0, &watch->call);
  name = file_call_name ((long) watch->call.orig_rax);
  if (watch->call.orig_rax == SYS_write && watch->call.rdi == MARK)
    {
      trace->acknowledged = TRUE;
      add_event (watch, LM_CRASH_ACK, 0);
      return go_on (watch);
    }
  trace->calls++;
  if (name != NULL)
    {
      trace->file_calls++;
      g_ptr_array_add (trace->names, g_strdup (name));
    }
  if (watch->plan.kind == LM_CRASH_KILL)
    planned = watch->plan.at == trace->calls;
  else if (watch->plan.kind == LM_CRASH_FAIL || watch->plan.kind == LM_CRASH_HIDE)
    planned = name != NULL && watch->plan.at == trace->file_calls;
  trace->reached = trace->reached || planned;
  if (planned && watch->plan.kind == LM_CRASH_KILL)
    {
      end_child (watch);
      trace->killed = TRUE;
      return FALSE;
    }
  before (watch);
  skipped = planned || is_dropped (watch);
  if (skipped)
    {
      struct user_regs_struct nothing = watch->call;

      nothing.orig_rax = (unsigned long long) -1;
      ptrace (PTRACE_SETREGS, watch->child, 0, &nothing);
    }
  if (!go_on (watch))
    return FALSE;
  ptrace (PTRACE_GETREGS, watch->child, 0, &end);
  if (skipped)
    {
      end.rax = planned && watch->plan.kind == LM_CRASH_FAIL
                    ? (unsigned long long) -(long long) watch->plan.number
                    : 0;
      trace->reached = TRUE;
      ptrace (PTRACE_SETREGS, watch->child, 0, &end);
    }
  else if ((gint64) end.rax >= 0)
    after (watch, (gint64) end.rax);
  return TRUE;
}

static void
be_child (LmCrashRun run, gpointer data)
{
  int mark = open ("/dev/null", O_WRONLY | O_CLOEXEC);
  gboolean good;

  if (dup3 (mark, MARK, O_CLOEXEC) < 0 || ptrace (PTRACE_TRACEME, 0, 0, 0) != 0)
    _exit (3);
  raise (SIGSTOP);
  good = run (data);
  raise (LEFT_ALONE);
  lm_test_leave (good ? 0 : 1);
}

/**
 * lm_crash_trace:
 * @root: the folder whose files matter
 * @plan: what is to be done
 * @run: runs in the process under test and returns whether all went well
 *
 * Returns: (transfer full): what happened
 */
LmCrashTrace *
lm_crash_trace (const char *root, LmCrashPlan plan, LmCrashRun run, gpointer data)
{
  LmCrashTrace *trace = g_new0 (LmCrashTrace, 1);
  Watch watch = { .root = root, .plan = plan, .trace = trace };
  int status;

  trace->names = g_ptr_array_new_with_free_func (g_free);
  trace->events = g_ptr_array_new_with_free_func (event_free);
  watch.child = fork ();
  if (watch.child == 0)
    be_child (run, data);
  if (watch.child < 0 || waitpid (watch.child, &status, __WALL) < 0 || !WIFSTOPPED (status))
    g_error ("the process under test does not start");
  if (ptrace (PTRACE_SETOPTIONS, watch.child, 0, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL) != 0)
    g_error ("ptrace: %s", g_strerror (errno));
  /* Up to the mark "begin" it runs as it is. */
  if (ptrace (PTRACE_CONT, watch.child, 0, 0) != 0 || waitpid (watch.child, &status, __WALL) < 0 ||
      !WIFSTOPPED (status))
    g_error ("the process under test does not get ready");
  /* Each stop is an entry: step () itself waits for the end of the call. */
  while (go_on (&watch) && step (&watch))
    ;
  g_free (watch.from);
  g_free (watch.to);
  return trace;
}
