/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <sodium.h>

#include "base/lm-core-dumps.h"
#include "base/lm-hardening.h"

/**
 * lm_hardening_apply:
 *
 * To be called first in main (): readies libsodium and sees to it that no core dump of this
 * process holds a key or a sentence.
 */
void
lm_hardening_apply (void)
{
  if (sodium_init () < 0)
    g_error ("libsodium could not be started");
  lm_core_dumps_turn_off ();
}
