# SPDX-License-Identifier: GPL-3.0-or-later
"""The numbers of "Help now": whoever dials one must reach somebody."""

import datetime
import re
import unittest

import content
import release
import tap

# Where 112 reaches help: the European Union and who shares its number.
HAVE_112 = (
    "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO CH GB"
).split()
NUMBER = r"^\+?[0-9]+( [0-9]+)*$"


class Help(unittest.TestCase):
    def setUp(self):
        self.help = content.load(content.LIBRARY / "help.json")
        self.countries = self.help["countries"]

    def lines(self):
        for country in self.countries:
            for key in ("emergency", "lines", "under_18"):
                for line in country[key]:
                    yield key, line

    def test_form(self):
        self.assertEqual(list(self.help), ["format", "version", "checked", "grounding", "countries"])
        self.assertEqual((self.help["format"], self.help["version"]), ("leitmotif-help", 1))
        for country in self.countries:
            with self.subTest(country["code"]):
                # A misspelled key would hide a list of numbers.
                self.assertEqual(list(country), ["code", "name", "emergency", "lines", "under_18"])
                self.assertRegex(country["code"], r"^[A-Z]{2}$")
                for key in ("emergency", "lines", "under_18"):
                    self.assertIsInstance(country[key], list)

    def test_when_they_were_checked(self):
        self.assertRegex(self.help["checked"], r"^20[0-9]{2}-(0[1-9]|1[0-2])$")

    def test_order(self):
        names = [country["name"] for country in self.countries]
        self.assertEqual(names, sorted(names, key=str.casefold))
        self.assertEqual(len(set(names)), len(names))
        codes = [country["code"] for country in self.countries]
        self.assertEqual(len(set(codes)), len(codes))
        self.assertGreaterEqual(len(codes), 30)

    def test_every_country_has_an_emergency_number(self):
        for country in self.countries:
            with self.subTest(country["code"]):
                self.assertTrue(country["emergency"])
                for line in country["emergency"]:
                    self.assertLessEqual(set(line), {"number", "name"}, "it is called, day and night")
                    self.assertRegex(line["number"], r"^[0-9]{2,3}$")

    def test_112(self):
        codes = {country["code"] for country in self.countries}
        self.assertLessEqual(set(HAVE_112), codes)
        for country in self.countries:
            with self.subTest(country["code"]):
                numbers = [line["number"] for line in country["emergency"]]
                if country["code"] in HAVE_112:
                    self.assertIn("112", numbers)

    def test_known_emergency_numbers(self):
        known = {"US": "911", "CA": "911", "GB": "999", "AU": "000", "NZ": "111", "BR": "192", "NO": "113", "FR": "15"}
        numbers = {country["code"]: [line["number"] for line in country["emergency"]] for country in self.countries}
        for code, number in known.items():
            self.assertIn(number, numbers[code], code)

    def test_lines(self):
        for key, line in self.lines():
            with self.subTest((key, line["name"])):
                self.assertLessEqual(set(line), {"name", "number", "how", "hours", "language"})
                self.assertRegex(line["number"], NUMBER)
                digits = re.sub(r"\D", "", line["number"])
                self.assertTrue(2 <= len(digits) <= 15, line["number"])
                if key != "emergency":
                    self.assertIn(line["how"], ("call", "text", "call-or-text", "chat"))
                for name in set(line) & {"name", "hours", "language"}:
                    self.assertTrue(line[name] and line[name] == line[name].strip())
                    self.assertNotIn("!", line[name])

    def test_no_line_stands_twice(self):
        for country in self.countries:
            with self.subTest(country["code"]):
                for key in ("emergency", "lines", "under_18"):
                    numbers = [re.sub(r"\D", "", line["number"]) for line in country[key]]
                    self.assertEqual(len(set(numbers)), len(numbers))

    def test_hours(self):
        for _, line in self.lines():
            with self.subTest(line["name"]):
                if "hours" in line:
                    self.assertRegex(line["hours"], r"^day and night$|\d+ (am|pm)|midnight|noon")

    def test_grounding(self):
        self.assertTrue(4 <= len(self.help["grounding"]) <= 10)
        for sentence in self.help["grounding"]:
            self.assertRegex(sentence, r"^[A-Z][^!?]*\.$")
            self.assertLessEqual(content.words(sentence), 25)
        self.assertEqual(len(set(self.help["grounding"])), len(self.help["grounding"]))


class Release(unittest.TestCase):
    """What ./dev lint --release refuses. No test depends on the day on which it runs."""

    def test_age(self):
        for checked, today, old in (
            ("2026-11", "2026-11-30", False),
            ("2026-11", "2027-11-30", False),
            ("2026-11", "2027-12-01", True),
            ("2026-01", "2027-02-01", True),
        ):
            with self.subTest(f"{checked} on {today}"):
                self.assertEqual(release.is_old(checked, datetime.date.fromisoformat(today)), old)

    def test_what_it_says(self):
        checked = content.load(content.LIBRARY / "help.json")["checked"]
        soon = datetime.date.fromisoformat(checked + "-28")
        self.assertEqual(release.complaints(soon), [])
        (complaint,) = release.complaints(soon.replace(year=soon.year + 2))
        self.assertIn("help.json", complaint)
        self.assertIn(checked, complaint)


if __name__ == "__main__":
    tap.main()
