/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include "lm-crash-tree.h"

G_BEGIN_DECLS

/* Runs something in a process of its own and stops it at every system call, from its mark "begin"
 * on: to count them, to write down what becomes of the files, to kill it there, or to let one fail.
 * Much quicker than a tracing program, and nothing goes past it that the C library does inside. */

typedef enum
{
  LM_CRASH_WATCH,
  LM_CRASH_KILL,        /* at the call number @at, before the kernel does it */
  LM_CRASH_FAIL,        /* the file system call number @at gives @number and does nothing */
  LM_CRASH_DROP_FILE,   /* every fsync of a file says that it was done, and was not */
  LM_CRASH_DROP_FOLDER, /* the same for folders */
  LM_CRASH_HIDE, /* the call fails as with FAIL, but says that it was done: a check left out */
} LmCrashPlanKind;

typedef struct
{
  LmCrashPlanKind kind;
  guint at;
  int number;
} LmCrashPlan;

typedef enum
{
  LM_CRASH_LINK,   /* a new name @name in the folder @folder for @inode */
  LM_CRASH_MOVE,   /* the name goes over to @to_folder, @to_name; or is exchanged with @to_inode */
  LM_CRASH_UNLINK, /* the name goes */
  LM_CRASH_DATA,   /* @inode now holds @bytes */
  LM_CRASH_SYNC,   /* @inode is on the disk; 0 for all */
  LM_CRASH_ACK,    /* "saved" was said */
} LmCrashEventKind;

typedef struct
{
  LmCrashEventKind kind;
  guint64 inode;
  gboolean is_folder;
  guint64 folder;
  char *name;
  guint64 to_inode; /* 0 if there was none */
  guint64 to_folder;
  char *to_name;
  gboolean exchange;
  GBytes *bytes;
} LmCrashEvent;

/**
 * LmCrashTrace:
 * @calls: how many system calls were made
 * @file_calls: those of them that have to do with files
 * @names: (element-type utf8): what the file calls were
 * @acknowledged: whether "saved" was said
 * @good: whether it ended and said that all went well
 * @killed: whether it was killed as planned
 * @reached: whether the planned place was reached
 * @signal: what ended it otherwise, 0 if nothing did
 */
typedef struct
{
  guint calls;
  guint file_calls;
  GPtrArray *names;
  GPtrArray *events;
  gboolean acknowledged;
  gboolean good;
  gboolean killed;
  gboolean reached;
  int signal;
} LmCrashTrace;

typedef gboolean (*LmCrashRun) (gpointer data);

void lm_crash_begin (void);
void lm_crash_acknowledge (void);
LmCrashTrace *lm_crash_trace (const char *root, LmCrashPlan plan, LmCrashRun run, gpointer data);
void lm_crash_trace_free (LmCrashTrace *trace);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmCrashTrace, lm_crash_trace_free)

G_END_DECLS
