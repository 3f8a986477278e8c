/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/lm-hardening.h"

/**
 * lm_hardening_apply:
 *
 * To be called first in main (): readies libsodium and sees to it that no core dump of this
 * process holds a key or a sentence. PR_SET_DUMPABLE would do the same, but then
 * xdg-desktop-portal cannot look at /proc/PID/root and refuses us.
 */
void
lm_hardening_apply (void)
{
  const struct rlimit none = { 0, 0 };
  int filter;

  if (sodium_init () < 0)
    g_error ("libsodium could not be started");
  if (setrlimit (RLIMIT_CORE, &none) != 0)
    g_warning ("core dumps could not be turned off");
  filter = open ("/proc/self/coredump_filter", O_WRONLY | O_CLOEXEC);
  if (filter >= 0)
    {
      if (write (filter, "0x0", 3) != 3)
        g_debug ("coredump_filter stays as it is");
      close (filter);
    }
}
