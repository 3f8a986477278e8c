/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *lm_phrase_day (GDateTime *time) G_GNUC_WARN_UNUSED_RESULT;
char *lm_phrase_day_with_year (GDateTime *time) G_GNUC_WARN_UNUSED_RESULT;
char *lm_phrase_day_and_time (GDateTime *time) G_GNUC_WARN_UNUSED_RESULT;
char *lm_phrase_month (GDateTime *time) G_GNUC_WARN_UNUSED_RESULT;
char *lm_phrase_weekday (GDateTime *time) G_GNUC_WARN_UNUSED_RESULT;
char *lm_phrase_time (GDateTime *time) G_GNUC_WARN_UNUSED_RESULT;
char *lm_phrase_minute_of_day (guint minute) G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_phrase_read_minute_of_day (const char *text, guint *minute);
const char *lm_phrase_other_language (const char *language);
char *lm_phrase_in_days (GDateTime *now, GDateTime *then) G_GNUC_WARN_UNUSED_RESULT;
char *lm_phrase_minutes (guint minutes) G_GNUC_WARN_UNUSED_RESULT;
char *lm_phrase_sealed_until (GDateTime *day) G_GNUC_WARN_UNUSED_RESULT;
char *lm_phrase_checked (const char *month, gboolean old) G_GNUC_WARN_UNUSED_RESULT;
char *lm_phrase_pause (guint seconds) G_GNUC_WARN_UNUSED_RESULT;
char *lm_phrase_wrote (guint seconds, guint pauses) G_GNUC_WARN_UNUSED_RESULT;
const char *lm_phrase_intensity (guint step);
char *lm_phrase_guide (const char *summary, guint minutes, const char *language)
    G_GNUC_WARN_UNUSED_RESULT;
char *lm_phrase_article (const char *summary, guint minutes, const char *language)
    G_GNUC_WARN_UNUSED_RESULT;
char *lm_phrase_title (const char *title, const char *language) G_GNUC_WARN_UNUSED_RESULT;
const char *lm_phrase_language (void);
const char *lm_phrase_felt (const char *felt);
const char *lm_phrase_it_was (const char *felt);

G_END_DECLS
