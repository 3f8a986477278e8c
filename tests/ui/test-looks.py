# SPDX-License-Identifier: GPL-3.0-or-later
"""How every page looks to eyes that see less, and to hands that miss: contrast, size of what is pressed, text twice as large.

The desktop it runs on is light, dark, of high contrast, or has text of twice the size; or the app is in a language that is
written from right to left (meson.build). LEITMOTIF_PICTURES=FOLDER keeps a picture of every page.
"""

import os
import shutil
import subprocess

import tap
from life import make_journal
from looks import Looks, contrast
from pages import PagesTest
from pseudo import Pseudo

CONTRAST = 4.5  # WCAG 2.2, 1.4.3, for text of any size
TARGET = 34  # pixels each way
LARGE = float(subprocess.run(["gsettings", "get", "org.gnome.desktop.interface", "text-scaling-factor"],
                             capture_output=True, text=True, check=True).stdout) > 1


def whole_line(thing):
    """Enough of it is seen to tell its colour: more than a strip at the edge of what scrolls."""
    return thing.seen[2] >= 8 and thing.seen[3] >= min(thing.height, 3 * thing.font)


class LooksTest(PagesTest):
    def check(self, app, page):
        things = self.looks.things(app)
        picture = self.looks.picture(app)
        pale, small, cut = [], [], []
        for thing in things:
            if thing.kind in ("label", "text") and "i" not in thing.flags and whole_line(thing):
                ratio = contrast(picture.colours(*thing.seen))
                if ratio is not None and ratio < CONTRAST:
                    pale.append(f"{ratio:.2f} {thing.type} “{thing.words[:40]}”")
            if thing.kind == "target" and (thing.width < TARGET - 0.5 or thing.height < TARGET - 0.5):
                small.append(f"{thing.width:.0f} × {thing.height:.0f} {thing.type} “{thing.words[:40]}”")
            if "e" in thing.flags:
                cut.append(f"{thing.type} “{thing.words[:60]}”")
        self.assertGreater(len(things), 5, page)
        if os.environ.get("LEITMOTIF_PICTURES"):
            shutil.copyfile(self.looks.path.with_name("picture.ppm"),
                            os.path.join(os.environ["LEITMOTIF_PICTURES"], f"{page}.ppm"))
        if os.environ.get("LEITMOTIF_LOOKS_TELL"):
            for what in (*pale, *small, *cut):
                print(f"# {page}: {what}", flush=True)
        else:
            self.assertEqual((pale, small), ([], []), page)
            if LARGE:
                self.assertEqual(cut, [], page)
        super().check(app, page)

    def test_every_page(self):
        make_journal(("Ducks", "Twenty-six ducks on the pond, and one that looked at me."))
        self.looks = Looks()
        if os.environ.get("LEITMOTIF_MIRRORED"):
            pseudo = Pseudo(self.looks.folder.name)
            app = self.start(**self.looks.environment, **pseudo.environment)
            app.say = pseudo
        else:
            app = self.start(**self.looks.environment)
        self.begin(app, 1280, 800)
        app.find("button", "Open")
        self.check(app, "unlock")
        self.unlock(app)
        self.walk(app)
        self.guide(app)
        self.assertGreater(len(self.seen), 20)
        app.close()


if __name__ == "__main__":
    tap.main()
