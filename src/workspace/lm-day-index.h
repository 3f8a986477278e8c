/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LmDay:
 * @month_day: month · 100 + day
 *
 * A day, small enough that ten thousand are looked through in no time.
 */
typedef struct
{
  guint16 year;
  guint16 month_day;
} LmDay;

GArray *lm_day_index_of (GListModel *entries);

G_END_DECLS
