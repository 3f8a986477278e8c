/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "journal/lm-content.h"
#include "vault/lm-attachment.h"

G_BEGIN_DECLS

/**
 * LmAttachment:
 * @id: names its file in attachments/
 * @name: as the file was called
 * @type: its media type, as "image/jpeg"
 * @description: what is to be seen on it, in the person's words; "" where there is none
 * @size: in bytes
 * @hash: of its bytes
 *
 * A file that belongs to an entry, as the entry lists it.
 */
typedef struct
{
  LmId id;
  char *name;
  char *type;
  char *description;
  guint64 size;
  LmAttachmentHash hash;
} LmAttachment;

LmAttachment *lm_attachment_copy (const LmAttachment *attachment);
void lm_attachment_free (LmAttachment *attachment);
gboolean lm_attachment_is_image (const LmAttachment *attachment);

GPtrArray *lm_content_list_attachments (LmContent *content) G_GNUC_WARN_UNUSED_RESULT;
void lm_content_add_attachment (LmContent *content, const LmAttachment *attachment);
JsonNode *lm_content_take_attachment (LmContent *content, const LmId *id, guint *place);
void lm_content_put_attachment (LmContent *content, JsonNode *node, guint place);
void lm_content_rename_attachment (LmContent *content,
                                   const LmId *id,
                                   const char *name,
                                   const char *description);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmAttachment, lm_attachment_free)

G_END_DECLS
