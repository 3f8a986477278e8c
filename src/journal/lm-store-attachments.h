/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "journal/lm-attachment-list.h"
#include "journal/lm-store.h"

G_BEGIN_DECLS

#define LM_FOLDER_ATTACHMENTS "attachments"
/* What the programs take; the format itself sets no limit. */
#define LM_ATTACHMENT_BYTES_MAX (G_GUINT64_CONSTANT (100) * 1024 * 1024)
/* Days in use that an attachment stays when nothing refers to it any more. */
#define LM_ATTACHMENT_UNUSED_DAYS 30

LmAttachment *lm_store_add_attachment (LmStore *store,
                                       GInputStream *plain,
                                       guint64 size,
                                       const char *name,
                                       const char *type,
                                       GCancellable *cancellable,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_store_read_attachment (LmStore *store,
                                   const LmAttachment *attachment,
                                   GOutputStream *plain,
                                   GCancellable *cancellable,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_store_copy_attachment (LmStore *store,
                                   const LmAttachment *attachment,
                                   const char *path,
                                   GCancellable *cancellable,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_store_remove_attachment (LmStore *store, const LmId *id, GError **error);
gboolean lm_store_tidy_attachments (LmStore *store, guint *removed, GError **error);

G_END_DECLS
