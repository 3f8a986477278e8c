/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LmTypedDate:
 * @LM_TYPED_DATE_NONE: it could not be read as a date
 * @LM_TYPED_DATE_DAY: a day
 * @LM_TYPED_DATE_MONTH: a month of a year
 * @LM_TYPED_DATE_YEAR: a year
 *
 * How much of a date was typed.
 */
typedef enum
{
  LM_TYPED_DATE_NONE,
  LM_TYPED_DATE_DAY,
  LM_TYPED_DATE_MONTH,
  LM_TYPED_DATE_YEAR,
} LmTypedDate;

LmTypedDate lm_typed_date_read (const char *typed, const GDate *today, GDate *day);
char *lm_typed_date_write (const GDate *day) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
