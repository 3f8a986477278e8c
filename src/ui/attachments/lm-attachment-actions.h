/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "workspace/lm-workspace-attachments.h"

G_BEGIN_DECLS

typedef void (*LmAttachmentDescribed) (const LmId *id,
                                       const char *name,
                                       const char *description,
                                       gpointer widget);

void lm_attachment_tell (GtkWidget *widget, const GError *error);
void lm_attachment_save_copy (GtkWidget *widget,
                              LmWorkspace *workspace,
                              const LmAttachment *attachment);
void lm_attachment_describe (GtkWidget *widget,
                             const LmAttachment *attachment,
                             LmAttachmentDescribed described);

G_END_DECLS
