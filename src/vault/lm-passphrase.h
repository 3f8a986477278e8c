/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/lm-secret.h"

G_BEGIN_DECLS

#define LM_PASSPHRASE_BYTES_MAX 1024

LmSecret *lm_passphrase_normalize (const LmSecret *typed, GError **error) G_GNUC_WARN_UNUSED_RESULT;
double lm_passphrase_guesses (const LmSecret *passphrase);

G_END_DECLS
