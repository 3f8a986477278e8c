/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "lm-test-faults.h"
#include "lm-test.h"

static LmFault wanted = LM_N_FAULTS;
static guint wanted_nth;   /* 0 for every one */
static const char *spared; /* nullable */
static int wanted_number;
static guint counts[LM_N_FAULTS];
static gboolean was_reached;
static guint64 told_free;    /* 0 for what is true */
static guint kill_countdown; /* 0 for never */
static gboolean is_like_portal;
static GPtrArray *notes;
static LmFaultDo meanwhile; /* nullable */
static gpointer meanwhile_data;

/* Makes the @nth call of @fault (from 1) fail with @number, once. */
void
lm_fault_set (LmFault fault, guint nth, int number)
{
  for (guint i = 0; i < LM_N_FAULTS; i++)
    counts[i] = 0;
  wanted = fault;
  wanted_nth = nth;
  spared = NULL;
  wanted_number = number;
  was_reached = FALSE;
}

/* Calls @func just before the @nth call of @fault (from 1): what somebody else does to the files
 * meanwhile. */
void
lm_fault_set_meanwhile (LmFault fault, guint nth, LmFaultDo func, gpointer data)
{
  lm_fault_set (fault, nth, 0);
  meanwhile = func;
  meanwhile_data = data;
}

/* Makes every fsync () fail with @number but those below @folder. */
void
lm_fault_set_outside (const char *folder, int number)
{
  lm_fault_set (LM_FAULT_FSYNC, 0, number);
  spared = folder;
}

/* Makes every call of @fault fail with @number, as where a file system does not know it. */
void
lm_fault_set_always (LmFault fault, int number)
{
  lm_fault_set (fault, 0, number);
}

/* Ends this process, as SIGKILL would, before the @nth call of whatever kind (from 1). */
void
lm_fault_kill_at (guint nth)
{
  kill_countdown = nth;
}

/* Returns: whether a call was made to fail since it was set */
gboolean
lm_fault_clear (void)
{
  wanted = LM_N_FAULTS;
  meanwhile = NULL;
  return was_reached;
}

/* Whether the fault has come to pass: another thread may be on its way there. */
gboolean
lm_fault_is_reached (void)
{
  return was_reached;
}

/* From now on every disk says that this many bytes are free; 0 for the truth. */
void
lm_fault_set_free (guint64 bytes)
{
  told_free = bytes;
}

/* Whether each file that is there and is not to be followed passes for a link, as in the folders
 * that older document portals share. */
void
lm_fault_set_like_portal (gboolean like_portal)
{
  is_like_portal = like_portal;
}

void
lm_fault_begin_notes (void)
{
  notes = g_ptr_array_new_with_free_func (g_free);
}

/* Returns: (transfer full) (element-type utf8): the calls, as "fsync folder", "renameat2 name" */
GPtrArray *
lm_fault_end_notes (void)
{
  return g_steal_pointer (&notes);
}

static gboolean
fails (LmFault fault)
{
  if (kill_countdown > 0 && --kill_countdown == 0)
    lm_test_leave (LM_FAULT_KILLED);
  if (fault != wanted)
    return FALSE;
  counts[fault]++;
  if (wanted_nth != 0 && counts[fault] != wanted_nth)
    return FALSE;
  was_reached = TRUE;
  if (meanwhile != NULL)
    {
      LmFaultDo func = g_steal_pointer (&meanwhile);

      wanted = LM_N_FAULTS; /* what it calls itself is not looked at */
      func (meanwhile_data);
      return FALSE;
    }
  errno = wanted_number;
  return TRUE;
}

/* The last name of what @file has open. */
static char *
name_of (int file)
{
  g_autofree char *link = g_strdup_printf ("/proc/self/fd/%d", file);
  g_autofree char *path = g_file_read_link (link, NULL);

  return path != NULL ? g_path_get_basename (path) : g_strdup ("?");
}

/* Whether what @file has open is in the folder of which no call is to fail. */
static gboolean
is_spared (int file)
{
  g_autofree char *link = g_strdup_printf ("/proc/self/fd/%d", file);
  g_autofree char *path = spared != NULL ? g_file_read_link (link, NULL) : NULL;

  return path != NULL && g_str_has_prefix (path, spared);
}

static void
note (const char *call, int file, const char *name)
{
  int kept = errno;
  g_autofree char *folder = NULL;

  if (notes == NULL)
    return;
  folder = name_of (file);
  g_ptr_array_add (notes,
                   name != NULL ? g_strdup_printf ("%s %s/%s", call, folder, name)
                                : g_strdup_printf ("%s %s", call, folder));
  errno = kept;
}

#define NEXT(function) ((__typeof__ (&function)) dlsym (RTLD_NEXT, #function))

#define NEXT_AS(function, symbol) ((__typeof__ (&function)) dlsym (RTLD_NEXT, symbol))

int
openat (int folder, const char *name, int flags, ...)
{
  mode_t mode = 0;
  va_list rest;

  if ((flags & O_CREAT) != 0)
    {
      va_start (rest, flags);
      mode = va_arg (rest, mode_t);
      va_end (rest);
    }
  if (is_like_portal && (flags & (O_NOFOLLOW | O_CREAT | O_DIRECTORY)) == O_NOFOLLOW)
    {
      errno = ELOOP;
      return -1;
    }
  return NEXT_AS (openat, "openat64") (folder, name, flags, mode);
}

int
fallocate (int file, int mode, off_t offset, off_t length)
{
  return fails (LM_FAULT_FALLOCATE)
             ? -1
             : NEXT_AS (fallocate, "fallocate64") (file, mode, offset, length);
}

ssize_t
write (int file, const void *bytes, size_t length)
{
  /* Not what a test itself prints. */
  return file > 2 && fails (LM_FAULT_WRITE) ? -1 : NEXT (write) (file, bytes, length);
}

int
fsync (int file)
{
  note ("fsync", file, NULL);
  return !is_spared (file) && fails (LM_FAULT_FSYNC) ? -1 : NEXT (fsync) (file);
}

int
renameat (int from, const char *old, int to, const char *new_name)
{
  note ("renameat", to, new_name);
  return fails (LM_FAULT_RENAMEAT) ? -1 : NEXT (renameat) (from, old, to, new_name);
}

int
renameat2 (int from, const char *old, int to, const char *new_name, unsigned int flags)
{
  note ("renameat2", to, new_name);
  return fails (LM_FAULT_RENAMEAT2) ? -1 : NEXT (renameat2) (from, old, to, new_name, flags);
}

int
unlinkat (int folder, const char *name, int flags)
{
  note ("unlinkat", folder, name);
  return fails (LM_FAULT_UNLINKAT) ? -1 : NEXT (unlinkat) (folder, name, flags);
}

int
mkdirat (int folder, const char *name, mode_t mode)
{
  return fails (LM_FAULT_MKDIRAT) ? -1 : NEXT (mkdirat) (folder, name, mode);
}

int
linkat (int from, const char *old, int to, const char *new_name, int flags)
{
  return fails (LM_FAULT_LINKAT) ? -1 : NEXT (linkat) (from, old, to, new_name, flags);
}

int
fstatvfs (int file, struct statvfs *info)
{
  int result = fails (LM_FAULT_FSTATVFS) ? -1 : NEXT_AS (fstatvfs, "fstatvfs64") (file, info);

  if (result == 0 && told_free != 0)
    info->f_bavail = told_free / info->f_frsize;
  return result;
}
