/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/lm-main-view.h"
#include "workspace/lm-draft.h"

G_BEGIN_DECLS

/* What is noted of a page, so that a lock can be followed by the same page. */
void lm_return_note_action (AdwNavigationPage *page, const char *action, const char *target);
void lm_return_note_draft (AdwNavigationPage *page, LmDraft *draft);
void lm_return_note_step (AdwNavigationPage *page,
                          const char *guide,
                          guint step,
                          gboolean is_short);

/* A page on which people think for long: the journal stays open for at least 15 minutes. */
void lm_return_set_slow (GtkWidget *page, gboolean slow);
gboolean lm_return_is_slow (LmMainView *view);

GVariant *lm_return_where (LmMainView *view);
GVariant *lm_return_read (GBytes *bytes);
void lm_return_go (LmMainView *view, LmWorkspace *workspace, LmLibrary *library, GVariant *where);

G_END_DECLS
