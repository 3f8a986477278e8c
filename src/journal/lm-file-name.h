/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/lm-id.h"

G_BEGIN_DECLS

gboolean lm_file_name_is_json (const char *name);
gboolean lm_file_name_is_part (const char *name);
gboolean lm_file_name_is_shard (const char *name);
gboolean lm_file_name_parse (const char *name, const char *ending, LmId *id);

G_END_DECLS
