/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "library/lm-article.h"
#include "library/lm-glossary.h"
#include "library/lm-guide.h"
#include "library/lm-helplines.h"

G_BEGIN_DECLS

/**
 * LmReference:
 * @volume: (nullable):
 * @pages: (nullable):
 * @doi: (nullable): where it is sure
 *
 * A work that articles and guides rest on.
 */
typedef struct
{
  char *id;
  char *authors;
  int year;
  char *title;
  char *source;
  char *volume;
  char *pages;
  char *doi;
} LmReference;

/**
 * LmGroup:
 *
 * A group of articles in the reading path.
 */
typedef struct
{
  char *id;
  char *title;
} LmGroup;

#define LM_TYPE_LIBRARY (lm_library_get_type ())
G_DECLARE_FINAL_TYPE (LmLibrary, lm_library, LM, LIBRARY, GObject)

LmLibrary *lm_library_new (const char *const *languages, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GListModel *lm_library_get_articles (LmLibrary *self);
GListModel *lm_library_get_guides (LmLibrary *self);
LmGuide *lm_library_read_guide (LmLibrary *self,
                                const char *name,
                                const char *text,
                                gsize length,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
void lm_library_set_own_guides (LmLibrary *self, GPtrArray *guides);
LmGlossary *lm_library_get_glossary (LmLibrary *self);
LmHelplines *lm_library_get_helplines (LmLibrary *self);
JsonObject *lm_library_read_using (LmLibrary *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
LmArticle *lm_library_find_article (LmLibrary *self, const char *id);
LmGuide *lm_library_find_guide (LmLibrary *self, const char *id);
const LmReference *lm_library_find_reference (LmLibrary *self, const char *id);
const LmGroup *lm_library_find_group (LmLibrary *self, const char *id);
guint lm_library_group_position (LmLibrary *self, const char *id);
char *lm_reference_to_text (const LmReference *reference) G_GNUC_WARN_UNUSED_RESULT;
GHashTable *lm_library_get_references (LmLibrary *self);

G_END_DECLS
