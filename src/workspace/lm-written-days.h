/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LM_TYPE_WRITTEN_DAYS (lm_written_days_get_type ())
G_DECLARE_FINAL_TYPE (LmWrittenDays, lm_written_days, LM, WRITTEN_DAYS, GObject)

LmWrittenDays *lm_written_days_new (GListModel *entries);
guint lm_written_days_count (LmWrittenDays *self, const GDate *day);
gboolean lm_written_days_in_month (LmWrittenDays *self, int year, int month);
guint lm_written_days_position (GListModel *entries, const GDate *day);
GDateWeekday lm_first_weekday (void);

G_END_DECLS
