# SPDX-License-Identifier: GPL-3.0-or-later
"""What the desktop starts over the bus is there, under the names that it asks for."""

import configparser
import os
import pathlib
import re
import struct
import unittest
from xml.etree import ElementTree

import tap

SOURCE = pathlib.Path(os.environ["LEITMOTIF_SOURCE"])
APP = "io.github.leitmotif_journal.Leitmotif"
DATA = pathlib.Path(os.environ["LEITMOTIF_BUILD"], "data")


def read(path):
    parser = configparser.ConfigParser(interpolation=None, strict=True)
    parser.optionxform = str
    parser.read_string(path.read_text(encoding="utf-8"))
    return parser


class DesktopTest(unittest.TestCase):
    def setUp(self):
        (self.path,) = DATA.glob("*.Leitmotif*.desktop")
        self.entry = read(self.path)
        self.services = {path.stem: read(path)["D-BUS Service"] for path in DATA.glob("*.service")}

    def test_each_service_has_its_name_and_a_program(self):
        self.assertEqual(len(self.services), 3)
        programs = "".join(path.read_text(encoding="utf-8") for path in (SOURCE / "src").rglob("meson.build"))
        for stem, service in self.services.items():
            self.assertEqual(service["Name"], stem)
            program = pathlib.Path(service["Exec"].split()[0])
            self.assertTrue(program.is_absolute())
            self.assertRegex(programs, rf"executable\(\s*'{program.name}'")

    def test_the_bus_can_start_what_the_desktop_asks_for(self):
        self.assertEqual(self.entry["Desktop Entry"]["DBusActivatable"], "true")
        self.assertIn(self.path.stem, self.services)
        self.assertIn("--gapplication-service", self.services[self.path.stem]["Exec"])

    def test_every_action_is_one_of_the_app(self):
        names = re.findall(r'\{ \.name = "([^"]+)"', (SOURCE / "src/ui/lm-application.c").read_text(encoding="utf-8"))
        actions = self.entry["Desktop Entry"]["Actions"].rstrip(";").split(";")
        self.assertEqual(actions, ["new-moment", "for-session"])
        for action in actions:
            self.assertIn(action, names)
            self.assertIn("Exec", self.entry[f"Desktop Action {action}"])

    def test_the_pictures_that_a_software_centre_shows(self):
        shown = ElementTree.parse(SOURCE / "data" / f"{APP}.metainfo.xml.in").getroot().findall("screenshots/screenshot")
        self.assertGreaterEqual(len(shown), 4)
        self.assertEqual([one.get("type") for one in shown], ["default"] + [None] * (len(shown) - 1))
        names = set()
        for one in shown:
            image, caption = one.find("image"), one.find("caption").text
            folder, name = image.text.rsplit("/data/screenshots/")
            names.add(name)
            with self.subTest(name):
                self.assertRegex(folder, r"^https://raw\.githubusercontent\.com/leitmotif-journal/leitmotif/")
                self.assertLessEqual(len(caption), 50)
                self.assertNotRegex(caption, r"[.!]$")
                data = (SOURCE / "data/screenshots" / name).read_bytes()
                self.assertEqual(struct.unpack(">II", data[16:24]), (int(image.get("width")), int(image.get("height"))))
                self.assertLess(len(data), 100_000)
        self.assertEqual({path.name for path in (SOURCE / "data/screenshots").iterdir()}, names)

    def test_the_project_says_where_it_is(self):
        doap, metainfo = (ElementTree.parse(path).getroot() for path in (SOURCE / "leitmotif.doap",
                                                                         SOURCE / "data" / f"{APP}.metainfo.xml.in"))
        said = {child.tag.rpartition("}")[2]: child for child in doap}
        self.assertEqual(said["name"].text, metainfo.find("name").text)
        for tag, kind in (("homepage", "homepage"), ("bug-database", "bugtracker")):
            (address,) = said[tag].attrib.values()
            self.assertEqual(address, metainfo.find(f"url[@type='{kind}']").text)

    def test_the_desktop_searches_only_where_somebody_turned_that_on(self):
        (path,) = DATA.glob("*.search-provider.ini")
        provider = read(path)["Shell Search Provider"]
        self.assertEqual(path.name, f"{self.path.stem}.search-provider.ini")
        self.assertEqual(provider["DesktopId"], self.path.name)
        self.assertIn(provider["BusName"], self.services)
        self.assertEqual(provider["DefaultDisabled"], "true")
        source = (SOURCE / "src/search-provider/lm-search-provider.c").read_text(encoding="utf-8")
        self.assertIn(f'"{provider["ObjectPath"]}"', source)
        # What it asks the window for is there.
        application = (SOURCE / "src/ui/lm-application.c").read_text(encoding="utf-8")
        for action in re.findall(r'ask_app \(self, "([^"]+)"', source):
            self.assertIn(f'"{action}"', application)
        schema = (SOURCE / "data" / f"{APP}.gschema.xml").read_text(encoding="utf-8")
        self.assertRegex(schema, r'"articles-in-desktop-search" type="b">\s*<default>false</default>')


if __name__ == "__main__":
    tap.main()
