/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "journal/lm-folder.h"

G_BEGIN_DECLS

struct _LmFolder
{
  gatomicrefcount ref_count;
  char *path;
  LmId journal;
  GPtrArray *slots;    /* of LmKeySlot */
  GPtrArray *files;    /* of KeyFile: what is called how, the copies too */
  GPtrArray *retired;  /* of LmId: slots that this computer gave up */
  GPtrArray *problems; /* of LmProblem: key files that cannot be used */
};

typedef struct
{
  LmId slot;
  char *name;
} KeyFile;

void lm_key_file_free (gpointer data);
gboolean lm_folder_read_slots (LmFolder *folder, int descriptor, GError **error);
gboolean lm_folder_propagate_problem (LmFolder *folder, GError **error);

G_END_DECLS
