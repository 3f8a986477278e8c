/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "journal/lm-store.h"

G_BEGIN_DECLS

const char *lm_store_folder_before (LmStore *store);
void lm_store_set_elsewhere (LmStore *store, gboolean elsewhere);
gboolean lm_store_accept_folder (LmStore *store, GError **error);
gboolean lm_store_is_copy (LmStore *store);
gboolean lm_store_note_copy (LmStore *store, GError **error);
GDateTime *lm_store_clock_behind (LmStore *store);
gboolean lm_store_is_here (LmStore *store, GError **error);
gboolean lm_store_come_back (LmStore *store, GError **error);
gboolean lm_store_become_alone (LmStore *store);

G_END_DECLS
