/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LmHelpline:
 * @name: whom it reaches
 * @number: as it is dialled
 * @how: "call", "text", "call-or-text" or "chat"
 * @hours: (nullable): when, if that is known
 * @language: (nullable): what is spoken there
 */
typedef struct
{
  char *name;
  char *number;
  char *how;
  char *hours;
  char *language;
} LmHelpline;

/**
 * LmHelpCountry:
 * @code: ISO 3166-1
 * @name: in English, or as lm_helplines_translate () has it
 * @emergency: (element-type LmHelpline): at least one
 * @lines: (element-type LmHelpline): for adults, possibly none
 * @under_18: (element-type LmHelpline): for children and young people, possibly none
 */
typedef struct
{
  char *code;
  char *name;
  GPtrArray *emergency;
  GPtrArray *lines;
  GPtrArray *under_18;
} LmHelpCountry;

/**
 * LmHelplines:
 * @checked: when the numbers were last checked, "YYYY-MM"
 * @grounding: a sentence each
 * @countries: (element-type LmHelpCountry): by name
 *
 * The data of "Help now".
 */
typedef struct
{
  char *checked;
  GStrv grounding;
  GPtrArray *countries;
} LmHelplines;

gboolean lm_helplines_translate (
    LmHelplines *helplines, const char *name, const char *text, gsize length, GError **error);
LmHelplines *lm_helplines_read (const char *name, const char *text, gsize length, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
void lm_helplines_free (LmHelplines *helplines);
int lm_helplines_find (LmHelplines *helplines, const char *code);
gboolean lm_helplines_are_old (LmHelplines *helplines, GDateTime *now);
char *lm_helplines_country_of (const char *locale) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmHelplines, lm_helplines_free)

G_END_DECLS
