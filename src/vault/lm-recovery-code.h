/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/lm-secret.h"

G_BEGIN_DECLS

/* The random bytes of a code. */
#define LM_RECOVERY_CODE_BYTES 16
/* Seven groups of four, with a hyphen between them. */
#define LM_RECOVERY_CODE_LENGTH 34

LmSecret *lm_recovery_code_format (const LmSecret *bytes) G_GNUC_WARN_UNUSED_RESULT;
LmSecret *lm_recovery_code_parse (const LmSecret *typed, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
