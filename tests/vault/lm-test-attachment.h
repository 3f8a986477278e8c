/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "lm-test-vault.h"
#include "vault/lm-attachment.h"

G_BEGIN_DECLS

/* @size bytes that are the same in every run. */
GBytes *lm_test_attachment_text (gsize size);
/* Sealed by hand, after the format's text and not by the code under test. */
GBytes *lm_test_attachment_file (
    const LmId *journal, const LmId *id, guint key, guint8 salt, GBytes *plain);
GBytes *lm_test_attachment_seal (LmVault *vault, const LmId *id, GBytes *text);
GBytes *lm_test_attachment_open (
    LmVault *vault, const LmId *id, GBytes *file, guint64 size, GError **error);

G_END_DECLS
