# SPDX-License-Identifier: GPL-3.0-or-later
"""How long the app takes to show its window in the sandbox, and the same program with the same libraries outside of it.

Started by flatpak/build.py, after the tests. Says two figures; nothing depends on them.
"""

import os
import pathlib
import statistics
import subprocess
import time

from sandbox import APP, HOME, SandboxApp, clean

STARTS = 5


def location(what):
    said = subprocess.run(["flatpak", "info", "--show-location", what], capture_output=True, text=True, check=True)
    return pathlib.Path(said.stdout.strip(), "files")


class OutsideApp(SandboxApp):
    """Its libraries are the runtime's here too, or they would be what is compared: so they stand where a system has them."""

    def program(self):
        runtime = subprocess.run(["flatpak", "info", "--show-runtime", APP], capture_output=True, text=True, check=True)
        usr = location(runtime.stdout.strip())
        linked = [word for name in ("bin", "lib", "lib64", "sbin") if (usr / name).exists()
                  for word in ("--symlink", f"usr/{name}", f"/{name}")]
        return ["bwrap", "--die-with-parent", "--ro-bind", usr, "/usr", "--ro-bind", usr / "etc", "/etc", *linked,
                "--ro-bind", location(APP), "/app", "--dev-bind", "/dev", "/dev", "--proc", "/proc", "--ro-bind", "/sys", "/sys",
                "--tmpfs", "/tmp", "--bind", "/tmp/.X11-unix", "/tmp/.X11-unix", "--bind", HOME.parent, HOME.parent,
                "--bind", os.environ["XDG_RUNTIME_DIR"], os.environ["XDG_RUNTIME_DIR"],
                "--setenv", "PATH", "/app/bin:/usr/bin", "--setenv", "LD_LIBRARY_PATH", "/app/lib",
                "--setenv", "XDG_DATA_DIRS", "/app/share:/usr/share", "leitmotif"]


def start(kind):
    clean()
    began = time.monotonic()
    app = kind()
    taken = time.monotonic() - began
    try:
        app.find("button", "Begin")
        app.close()
    finally:
        app.end()
    return taken


def main():
    taken = {SandboxApp: [], OutsideApp: []}
    for _ in range(STARTS):
        for kind, times in taken.items():
            times.append(start(kind))
    within, outside = (statistics.median(times) for times in taken.values())
    print(f"start until the window shows: {within:.1f} s in the sandbox, {outside:.1f} s outside of it"
          f" (medians of {STARTS}, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors)")


if __name__ == "__main__":
    main()
