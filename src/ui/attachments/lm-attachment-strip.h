/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "workspace/lm-draft.h"
#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

/**
 * LmAttachmentStrip:
 *
 * The files that belong to an entry: images as images, others by name and size. With a draft they
 * can be added, described and removed.
 */
#define LM_TYPE_ATTACHMENT_STRIP (lm_attachment_strip_get_type ())
G_DECLARE_FINAL_TYPE (LmAttachmentStrip, lm_attachment_strip, LM, ATTACHMENT_STRIP, AdwBin)

void lm_attachment_strip_show (LmAttachmentStrip *self, LmWorkspace *workspace, LmContent *content);
void lm_attachment_strip_edit (LmAttachmentStrip *self, LmWorkspace *workspace, LmDraft *draft);
void lm_attachment_strip_choose (LmAttachmentStrip *self);
void lm_attachment_strip_add_file (LmAttachmentStrip *self, GFile *file);
void lm_attachment_strip_take_drops (LmAttachmentStrip *self, GtkWidget *target);
void lm_attachment_strip_take_pastes (LmAttachmentStrip *self, GtkTextView *view);

G_END_DECLS
