/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "journal/lm-content.h"
#include "library/lm-library.h"
#include "workspace/lm-undo.h"

G_BEGIN_DECLS

#define LM_TYPE_OWN_GUIDES (lm_own_guides_get_type ())
G_DECLARE_FINAL_TYPE (LmOwnGuides, lm_own_guides, LM, OWN_GUIDES, GObject)

/* Keeps the library and the journal together, for as long as it lives */
LmOwnGuides *lm_own_guides_new (LmWorkspace *workspace, LmLibrary *library);

/* The form of a guide file */
JsonObject *lm_own_guide_new_json (void) G_GNUC_WARN_UNUSED_RESULT;
JsonObject *lm_own_guide_duplicate (LmGuide *guide) G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_own_guide_check (LmLibrary *library, JsonObject *json, GError **error);
JsonObject *lm_own_guide_import (LmLibrary *library,
                                 const char *name,
                                 const char *text,
                                 gsize length,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
char *lm_own_guide_export (LmGuide *guide, gsize *length) G_GNUC_WARN_UNUSED_RESULT;

void lm_own_guide_set (LmContent *content, JsonObject *json, gboolean unfinished);
JsonObject *lm_own_guide_get (LmContent *content, gboolean *unfinished) G_GNUC_WARN_UNUSED_RESULT;

/* In the journal. Each ends with lm_workspace_save_guide_finish (). */
LmEntry *lm_workspace_find_own_guide (LmWorkspace *self, const char *id);
JsonObject *lm_workspace_get_own_guide (LmEntry *record, gboolean *unfinished)
    G_GNUC_WARN_UNUSED_RESULT;
void lm_workspace_save_guide_async (LmWorkspace *self,
                                    const LmId *id,
                                    JsonObject *json,
                                    gboolean unfinished,
                                    GAsyncReadyCallback callback,
                                    gpointer data);
void lm_workspace_remove_guide_async (LmWorkspace *self,
                                      LmEntry *record,
                                      GAsyncReadyCallback callback,
                                      gpointer data);
LmUndo *lm_workspace_save_guide_finish (LmWorkspace *self, GAsyncResult *result, GError **error);

G_END_DECLS
