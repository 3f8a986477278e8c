/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void lm_titles_follow (GListModel *entries, GCallback changed, gpointer object);

G_END_DECLS
