/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/lm-core-dumps.h"

/* Sees to it that no core dump of this process holds what somebody typed. PR_SET_DUMPABLE would do
 * the same, but then xdg-desktop-portal cannot look at /proc/PID/root and refuses us. */
void
lm_core_dumps_turn_off (void)
{
  const struct rlimit none = { 0, 0 };
  int filter = open ("/proc/self/coredump_filter", O_WRONLY | O_CLOEXEC);

  if (setrlimit (RLIMIT_CORE, &none) != 0)
    g_warning ("core dumps could not be turned off");
  if (filter < 0)
    return;
  if (write (filter, "0x0", 3) != 3)
    g_debug ("coredump_filter stays as it is");
  close (filter);
}
