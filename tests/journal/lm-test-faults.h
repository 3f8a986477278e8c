/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The system calls that a save is made of, in the place of the C library's: they are noted down,
 * and one of them can be made to fail. For a program that links this file. */

/* The exit status after lm_fault_kill_at (). */
#define LM_FAULT_KILLED 9

typedef enum
{
  LM_FAULT_FALLOCATE,
  LM_FAULT_WRITE,
  LM_FAULT_FSYNC,
  LM_FAULT_RENAMEAT,
  LM_FAULT_RENAMEAT2,
  LM_FAULT_UNLINKAT,
  LM_FAULT_MKDIRAT,
  LM_FAULT_LINKAT,
  LM_FAULT_FSTATVFS,
  LM_N_FAULTS,
} LmFault;

typedef void (*LmFaultDo) (gpointer data);

void lm_fault_set (LmFault fault, guint nth, int number);
void lm_fault_set_meanwhile (LmFault fault, guint nth, LmFaultDo func, gpointer data);
void lm_fault_set_outside (const char *folder, int number);
void lm_fault_set_always (LmFault fault, int number);
void lm_fault_kill_at (guint nth);
gboolean lm_fault_clear (void);
gboolean lm_fault_is_reached (void);
void lm_fault_set_free (guint64 bytes);
void lm_fault_set_like_portal (gboolean like_portal);

void lm_fault_begin_notes (void);
GPtrArray *lm_fault_end_notes (void);

G_END_DECLS
