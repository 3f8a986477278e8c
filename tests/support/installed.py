# SPDX-License-Identifier: GPL-3.0-or-later
"""What is installed, below the prefix."""

import os
import pathlib

SOURCE = pathlib.Path(os.environ["LEITMOTIF_SOURCE"])
SCHEMA = "io.github.leitmotif_journal.Leitmotif"
PROGRAMS = ("bin/leitmotif", "bin/leitmotif-journal", "bin/leitmotif-read", "bin/leitmotif-reminder",
            "libexec/leitmotif-search-provider")
MANUALS = [program.removeprefix("bin/") for program in PROGRAMS if program.startswith("bin/")]


def expected(app):
    """The paths of all files for the application id."""
    lines = (SOURCE / "po/LINGUAS").read_text(encoding="utf-8").splitlines()
    languages = {word for line in lines if not line.startswith("#") for word in line.split()}
    return {
        *PROGRAMS,
        f"share/applications/{app}.desktop",
        *(f"share/dbus-1/services/{app}{part}.service" for part in ("", ".Reminder", ".SearchProvider")),
        f"share/glib-2.0/schemas/{SCHEMA}.gschema.xml",
        f"share/gnome-shell/search-providers/{app}.search-provider.ini",
        f"share/icons/hicolor/scalable/apps/{app}.svg",
        f"share/icons/hicolor/symbolic/apps/{app}-symbolic.svg",
        *(f"share/locale/{language}/LC_MESSAGES/leitmotif.mo" for language in languages),
        *(f"share/man/man1/{program}.1" for program in MANUALS),
        f"share/metainfo/{app}.metainfo.xml",
    }
