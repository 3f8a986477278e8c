# SPDX-License-Identifier: GPL-3.0-or-later
"""Finding entries by what is in them, and the trash."""

import datetime

import tap
from outside import HEAD, Outside
from program import PASSPHRASE, USAGE, CliTest


class Search(CliTest):
    def found(self, *words):
        return sorted(self.ids("search", *words))

    def test_everything_a_person_wrote(self):
        outside = Outside(self.journal, PASSPHRASE)
        lene, bram = outside.add_person("Lene Ødegård"), outside.add_person("Bram")
        episode = outside.add_episode([lene, bram])
        plain = self.add("Leeks were cheap.\nShe has one good knife.", title="Supper", tags=["food", "at hers"])
        for words, wanted in (
            (["Leeks"], [plain]),
            (["good", "knife"], [plain]),
            (["good knife"], [plain]),
            (["supper"], [plain]),
            (["hers"], [plain]),
            (["film"], [episode]),
            (["pretzel"], [episode]),
            (["understood"], [episode]),
            (["laughed"], [episode]),
            (["cinema"], [episode]),
            (["lene"], [episode]),
            (["\u00f8deg\u00e5rd"], [episode]),
            (["Bram", "pretzel"], [episode]),
            (["e"], [episode, plain]),
            (["knife", "pretzel"], []),
            (["wardrobe"], []),
        ):
            with self.subTest(words):
                self.assertEqual(self.found(*words), sorted(wanted))

    def test_what_nobody_wrote_is_not_found(self):
        # Questions, ids and keys are ours.
        outside = Outside(self.journal, PASSPHRASE)
        person = outside.add_person("Lene")
        outside.add_episode([person])
        for word in ("question", "relationship-episode", person, "response-other", "Europe/Berlin", "kept"):
            with self.subTest(word):
                self.assertEqual(self.found(word), [])

    def test_letter_case_and_accents(self):
        ids = {
            "Stra\u00dfe": self.add("In der Stra\u00dfe"),
            "caf\u00e9": self.add("Le caf\u00e9 noir"),
            "decomposed": self.add("Cre\u0300me bru\u0302le\u0301e"),
            "greek": self.add("\u039f\u0394\u03a5\u03a3\u03a3\u0395\u03a5\u03a3"),
            "wide": self.add("\uff26\uff35\uff2c\uff2c width"),
            "ligature": self.add("o\ufb03ce"),
            "hebrew": self.add("\u05e9\u05c1\u05b8\u05dc\u05d5\u05b9\u05dd"),
            "hangul": self.add("\ud55c\uae00"),
            "emoji": self.add("so \U0001f308"),
        }
        for word, wanted in (
            ("strasse", "Stra\u00dfe"),
            ("STRASSE", "Stra\u00dfe"),
            ("stra\u00dfe", "Stra\u00dfe"),
            ("cafe", "caf\u00e9"),
            ("CAFE\u0301", "caf\u00e9"),
            ("caf\u00e9", "caf\u00e9"),
            ("cr\u00e8me", "decomposed"),
            ("brulee", "decomposed"),
            ("\u03bf\u03b4\u03c5\u03c3\u03c3\u03b5\u03c5\u03c3", "greek"),
            ("\u03bf\u03b4\u03cd\u03c3\u03c3\u03b5\u03c5\u03c2", "greek"),
            ("full", "wide"),
            ("office", "ligature"),
            ("\u05e9\u05dc\u05d5\u05dd", "hebrew"),
            ("\u1112\u1161\u11ab\u1100\u1173\u11af", "hangul"),
            ("\U0001f308", "emoji"),
        ):
            with self.subTest(word):
                self.assertEqual(self.found(word), [ids[wanted]])

    def test_every_word_has_to_occur(self):
        one = self.add("red and blue", title="one")
        two = self.add("red and green", title="two", tags=["blue sky"])
        for words, wanted in (
            (["red"], [one, two]),
            (["blue", "red"], [one, two]),
            (["green", "blue"], [two]),
            (["  green \t blue\n"], [two]),
            (["green", "blue", "yellow"], []),
            (["reen", "ed"], [two]),
        ):
            with self.subTest(words):
                self.assertEqual(self.found(*words), sorted(wanted))

    def test_marks_mean_themselves(self):
        id = self.add("100 % of [it] (all) a.c *x* \\ $ ^")
        self.add("100 per cent abc")
        for word in ("100 %", "[it]", "a.c", "*x*", "\\", "$", "^", "(all)"):
            self.assertEqual(self.found(word), [id], word)

    def test_words_that_are_no_text(self):
        self.call("search", "caf\udce9", expect=USAGE)

    def test_the_trash_is_not_searched(self):
        id = self.add("findable")
        self.call("trash", id)
        self.assertEqual(self.found("findable"), [])
        self.call("restore", id)
        self.assertEqual(self.found("findable"), [id])

    def test_both_forms(self):
        id = self.add("findable", title="A title")
        self.add("other")
        listed = {line.split("  ")[0]: line for line in self.call("list").stdout.decode().splitlines()}
        self.assertEqual(self.call("search", "FINDABLE").stdout.decode(), listed[id] + "\n")
        self.assertEqual(len(listed), 2)
        self.assertEqual(self.call("search", "nowhere").stdout, b"")


class Trash(CliTest):
    def test_there_and_back(self):
        stays, goes = self.add("stays"), self.add("goes", title="goes", tags=["x"])
        before = self.show(goes)
        self.assertEqual(self.call("trash", goes).stdout, b"")
        self.assertEqual((self.ids(), self.ids("list", "--trash")), ([stays], [goes]))
        trashed = self.show(goes)
        datetime.datetime.fromisoformat(trashed.pop("deleted"))
        for key in ("revision", "saves", "modified"):
            self.assertIn(key, trashed)
        self.assertEqual(trashed["revision"], 2)
        self.assertEqual({**trashed, **{key: before[key] for key in ("revision", "saves", "modified")}}, before)
        self.assertEqual(self.call("restore", goes).stdout, b"")
        self.assertEqual((set(self.ids()), self.ids("list", "--trash")), ({stays, goes}, []))
        self.assertNotIn("deleted", self.show(goes))
        self.assertEqual(self.show(goes)["revision"], 3)
        self.assertEqual(self.show(goes)["created"], before["created"])

    def test_twice_changes_nothing(self):
        id = self.add("text")
        self.call("restore", id)
        self.assertEqual(self.show(id)["revision"], 1)
        self.call("trash", id)
        state = self.state()
        self.call("trash", id)
        self.assertEqual(self.state(), state)

    def test_by_a_part_of_the_id(self):
        id = self.add("text")
        self.call("trash", id[:8])
        self.assertEqual(self.ids("list", "--trash"), [id])
        self.assertIn(b"text", self.call("show", id[:8]).stdout)
        self.call("restore", id[:8])
        self.assertEqual(self.ids(), [id])

    def test_only_entries_go_there(self):
        outside = Outside(self.journal, PASSPHRASE)
        newer = outside.write(HEAD | {"kind": "family-map"})
        for id in (outside.add_person("Lene"), newer):
            before = self.state()
            for command in ("trash", "restore"):
                self.call(command, id, expect=USAGE)
            self.assertEqual(self.state(), before)

    def test_what_a_newer_version_put_there_is_kept(self):
        outside = Outside(self.journal, PASSPHRASE)
        id = outside.add_episode([outside.add_person("Lene")])
        before = self.show(id)
        self.call("trash", id)
        self.call("restore", id)
        after = self.show(id)
        self.assertEqual(after["from-the-future"], {"kept": True})
        self.assertEqual(after["answers"], before["answers"])
        self.assertEqual(list(after["answers"][4])[-1], "from-the-future")
        self.assertEqual(after["revision"], 3)
        self.assertEqual(sorted(after["saves"].values()), [1, 2])
        self.assertEqual(after["saves"][HEAD["device"]], 1)

    def test_the_state_before_is_among_the_versions(self):
        id = self.add("text")
        sealed = self.file(id).read_bytes()
        self.call("trash", id)
        (versions,) = self.home.data.glob(f"leitmotif/*/versions/{id}")
        self.assertIn(sealed, [path.read_bytes() for path in versions.iterdir()])
        self.assertIn(self.file(id).read_bytes(), [path.read_bytes() for path in versions.iterdir()])


if __name__ == "__main__":
    tap.main()
