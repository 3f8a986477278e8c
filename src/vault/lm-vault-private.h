/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "vault/lm-vault.h"

G_BEGIN_DECLS

/* What the other files of vault/ need of an open vault. */

const LmId *lm_vault_current (LmVault *vault);
LmSecret *lm_vault_attachment_key (
    LmVault *vault, const LmId *key, const LmId *id, const guint8 *salt, gsize salt_length);
gboolean lm_vault_is_padding (const guint8 *bytes, gsize length);

G_END_DECLS
