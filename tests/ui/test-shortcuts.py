# SPDX-License-Identifier: GPL-3.0-or-later
"""Every key that the dialog on Ctrl+? names does what the dialog says."""

import tap
from driver import Widget
from life import LifeTest, make_journal, until

DESCRIBED_BY = 18  # as the accessibility bus numbers it

# As xdotool names them, by what the dialog writes.
NAMES = {"?": "question", ",": "comma"}


def key_of(label):
    """"Ctrl+Shift+M" as "ctrl+shift+m"."""
    *modifiers, key = label.split("+")
    return "+".join([modifier.lower() for modifier in modifiers] + [NAMES.get(key, key if key[1:].isdigit() else key.lower())])


class ShortcutsTest(LifeTest):
    def table(self, app):
        """The dialog's rows, as pairs of what a key does and the key."""
        app.keys("ctrl+question")
        dialog = app.find("dialog", "Keyboard shortcuts")
        rows = app.all(lambda one: one.role == "list item" and app.within(one, dialog))
        # A screen reader says of a row what it is described by.
        described_by = [dict(row.call("Accessible", "GetRelationSet")[0])[DESCRIBED_BY][0] for row in rows]
        table = {row.name: key_of(Widget(app.bus, keys).name) for row, keys in zip(rows, described_by)}
        self.assertEqual(len(table), len(rows))
        return table

    def opens(self, app, dialog):
        app.find("dialog", dialog)
        # One that is open is not opened twice, and closed it is gone.
        app.keys("Escape")
        app.gone("dialog")

    def at(self, app, place):
        until(lambda: [row.name for row in app.all(lambda one: one.role == "list item" and app.inside(one, "list"), "selected")]
              == [place], place)

    def writes(self, app):
        until(lambda: app.find("text box", "Text").has("focused"), "the cursor in the text")

    def searches(self, app):
        until(lambda: app.focused() and app.focused().role == "search box", "the field to search in")

    def closes(self, app):
        app.gone("dialog")

    def test_each(self):
        make_journal()
        app = self.start_open()
        table = self.table(app)
        app.keys("Escape")
        app.gone("dialog")
        does = {
            "Help now, as a page": lambda: self.at(app, "Help now"),
            "Journal": lambda: self.at(app, "Journal"),
            "For the session": lambda: self.at(app, "For the session"),
            "Library": lambda: self.at(app, "Library"),
            "Search on this page": lambda: self.searches(app),
            "People": lambda: app.reads("Nobody yet"),
            "Today": lambda: self.at(app, "Today"),
            "A moment: one line": lambda: self.opens(app, "A moment"),
            "Help now, from anywhere": lambda: self.opens(app, "Help now"),
            "Preferences": lambda: self.opens(app, "Preferences"),
            "Using Leitmotif": lambda: self.opens(app, "Using Leitmotif"),
            "New entry": lambda: self.writes(app),
            "Main menu": lambda: (app.find("menu", "Main menu"), app.keys("Escape"), app.gone("menu", "Main menu")),
            # Left open for the next one.
            "Keyboard shortcuts": lambda: app.find("dialog", "Keyboard shortcuts"),
            "Close the dialog or the window": lambda: self.closes(app),
            "Lock": lambda: (app.find("button", "Open"), self.unlock(app), app.find("list", "Places")),
            "Quit": app.ended,
        }
        self.assertEqual(table.keys(), does.keys())
        for what, done in does.items():
            if what == "Quit":  # over a dialog too
                app.keys(table["Preferences"])
                app.find("dialog", "Preferences")
            app.keys(table[what])
            try:
                done()
            except AssertionError as error:
                raise AssertionError(f"{what}: {table[what]}") from error


if __name__ == "__main__":
    tap.main()
