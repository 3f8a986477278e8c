# SPDX-License-Identifier: GPL-3.0-or-later
"""leitmotif-search-provider as the bus starts it: asked as the desktop asks, on a bus of its own."""

import os
import pathlib
import subprocess
import tempfile
import unittest

from gi.repository import Gio, GLib

import tap

BUILD = pathlib.Path(os.environ["LEITMOTIF_BUILD"])
PROGRAM = BUILD / "src" / "search-provider" / "leitmotif-search-provider"
APP = "io.github.leitmotif_journal.Leitmotif.Devel"
NAME = APP + ".SearchProvider"
PATH = "/io/github/leitmotif_journal/Leitmotif/SearchProvider"
INTERFACE = "org.gnome.Shell.SearchProvider2"
GROUP = "[io/github/leitmotif_journal/Leitmotif]\n"
PATIENCE = float(os.environ.get("LEITMOTIF_PATIENCE", "60"))
APPLICATION = """<node><interface name='org.freedesktop.Application'>
 <method name='ActivateAction'><arg type='s' direction='in'/><arg type='av' direction='in'/>
  <arg type='a{sv}' direction='in'/></method></interface></node>"""


class SearchProviderTest(unittest.TestCase):
    """One bus and one process for all that is asked with the switch on."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        home = pathlib.Path(folder.name)
        self.keys = home / "config" / "glib-2.0" / "settings" / "keyfile"
        self.keys.parent.mkdir(parents=True)
        self.trace = home / "trace"
        self.environment = {**os.environ, "HOME": folder.name, "XDG_CONFIG_HOME": str(home / "config"),
                            "XDG_DATA_HOME": str(home / "data"), "GSETTINGS_BACKEND": "keyfile", "LANGUAGE": "en"}
        self.desk = Gio.TestDBus.new(Gio.TestDBusFlags.NONE)
        self.desk.up()
        self.addCleanup(self.desk.down)
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = self.desk.get_bus_address()
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        self.bus = Gio.DBusConnection.new_for_address_sync(self.desk.get_bus_address(), flags)
        self.bus.set_exit_on_close(False)
        self.addCleanup(self.bus.close_sync)
        self.asked = []
        self.loop = GLib.MainContext.default()

    def start(self, *before, on=True, language=None):
        if on is not None:
            self.keys.write_text(f"{GROUP}articles-in-desktop-search={'true' if on else 'false'}\n", encoding="ascii")
        environment = {**self.environment, **({"LANGUAGE": language} if language else {})}
        process = subprocess.Popen([*before, PROGRAM], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        appeared = []
        watch = Gio.bus_watch_name_on_connection(self.bus, NAME, 0, lambda *_: appeared.append(1), None)
        self.turn(lambda: appeared, "its name on the bus")
        Gio.bus_unwatch_name(watch)
        return process

    def turn(self, condition, what):
        late = []
        source = GLib.timeout_add_seconds(int(PATIENCE), lambda: late.append(1))
        while not condition():
            self.assertFalse(late, f"waited in vain for {what}")
            self.loop.iteration(True)
        GLib.source_remove(source)

    def call(self, method, signature, *arguments):
        answer = self.bus.call_sync(NAME, PATH, INTERFACE, method, GLib.Variant(signature, arguments), None,
                                    Gio.DBusCallFlags.NO_AUTO_START, int(PATIENCE * 1000), None)
        return answer.unpack()[0] if answer.n_children() else None

    def find(self, *terms):
        return self.call("GetInitialResultSet", "(as)", terms)

    def metas(self, *ids):
        return self.call("GetResultMetas", "(as)", ids)

    def titles(self, *terms):
        return [meta["name"] for meta in self.metas(*self.find(*terms))]

    def play_app(self):
        def called(_bus, _sender, _path, _interface, _method, parameters, invocation):
            self.asked.append(parameters.unpack())
            invocation.return_value(None)
        node = Gio.DBusNodeInfo.new_for_xml(APPLICATION)
        self.bus.register_object("/" + APP.replace(".", "/"), node.interfaces[0], called, None, None)
        Gio.bus_own_name_on_connection(self.bus, APP, 0, None, None)

    def test_on(self):
        process = self.start()
        self.assertEqual(self.find("transference")[0], "transference")
        self.assertEqual(self.find("dreams")[0], "dreams")
        # A beginning, several words in any order, other forms, a slip, capitals.
        for terms, wanted in ((["transf"], "transference"), (["repair", "rupture"], "rupture-and-repair"),
                              (["DREAMING"], "dreams"), (["transfrence"], "transference")):
            with self.subTest(terms):
                self.assertIn(wanted, self.find(*terms))
        # Articles only: no terms, no references, no guides; and each once.
        articles = {path.stem for path in pathlib.Path(os.environ["LEITMOTIF_SOURCE"], "resources/library/articles").glob("*.md")}
        for word in ("therapy", "feeling", "relationship", "shedler", "freud"):
            found = self.find(word)
            with self.subTest(word):
                self.assertLessEqual(set(found), articles)
                self.assertEqual(len(found), len(set(found)))
                self.assertLessEqual(len(found), 10)
        # Who looks for something else is not told of therapy: neither by a letter or two, nor by a word that stands somewhere
        # in an article, nor by one of several.
        for terms in ([], [""], ["t"], ["th"], ["music"], ["report", "2026"], ["xyzzy"], ["transference", "invoice"]):
            with self.subTest(terms):
                self.assertEqual(self.find(*terms), [])
        # A search goes on in what it has.
        first = self.find("tra")
        self.assertLessEqual({"transference", "trauma-and-ptsd"}, set(first))
        self.assertEqual(self.call("GetSubsearchResultSet", "(asas)", first, ["trauma"])[0], "trauma-and-ptsd")
        self.assertEqual(self.call("GetSubsearchResultSet", "(asas)", ["dreams"], ["trauma"]), [])
        (meta,) = self.metas("transference")
        self.assertEqual((meta["id"], meta["name"]), ("transference", "Transference"))
        self.assertGreater(len(meta["description"]), 20)
        self.assertEqual(meta["icon"], ("themed", [APP, APP + "-symbolic"]))
        # What is not there, and what nobody would ask.
        self.assertEqual([meta["id"] for meta in self.metas("nothing", "dreams", "", "../dreams", "x" * 100000)], ["dreams"])
        self.assertEqual(self.find("x" * 100000), [])
        self.assertEqual(self.find(*["transference"] * 500)[0], "transference")
        self.assertIsNone(process.poll())

    def test_opening(self):
        self.play_app()
        process = self.start()
        self.call("ActivateResult", "(sasu)", "nothing", ["x"], 0)
        self.call("ActivateResult", "(sasu)", "dreams", ["dream"], 4711)
        self.turn(lambda: self.asked, "the app to be asked")
        self.call("LaunchSearch", "(asu)", ["inner", "critic"], 4712)
        self.turn(lambda: len(self.asked) == 2, "the app to be asked again")
        self.assertEqual(self.asked, [("read-article", ["dreams"], {"desktop-startup-id": "_TIME4711"}),
                                      ("search-library", ["inner critic"], {"desktop-startup-id": "_TIME4712"})])
        # It says nothing of what was typed, and ends by itself.
        self.turn(lambda: process.poll() is not None or GLib.timeout_add(50, lambda: False) == 0, "its end")
        self.assertEqual((process.returncode, process.stdout.read()), (0, b""))

    def test_off(self):
        """Also where nobody ever asked: nothing is answered, whatever the desktop's settings say."""
        self.play_app()
        for on in (None, False):
            process = self.start(on=on)
            self.assertEqual(self.find("transference"), [])
            self.assertEqual(self.call("GetSubsearchResultSet", "(asas)", ["transference"], ["transference"]), [])
            self.assertEqual(self.metas("transference"), [])
            self.call("ActivateResult", "(sasu)", "transference", ["transference"], 0)
            self.call("LaunchSearch", "(asu)", ["transference"], 0)
            process.terminate()
            self.assertEqual(process.wait(PATIENCE), 0)
        self.assertEqual(self.asked, [])

    def test_other_languages(self):
        self.start(language="de")
        self.assertIn("Was psychodynamische Therapie ist", self.titles("psychodynamische"))

    def test_no_bus(self):
        environment = {**self.environment, "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"}
        result = subprocess.run([PROGRAM], env=environment, capture_output=True, timeout=PATIENCE, check=False)
        self.assertEqual(result.returncode, 1)

    def test_it_could_open_nothing(self):
        """It is linked to nothing that deciphers, asks a keyring, or shows a window; nor to our own code that does."""
        needed = subprocess.run(["readelf", "--dynamic", PROGRAM], capture_output=True, text=True, check=True).stdout
        libraries = {line.split("[")[1].split(".so")[0] for line in needed.splitlines() if "(NEEDED)" in line}
        sanitizers = {"libasan", "libubsan"}
        self.assertLessEqual(libraries - sanitizers, {"libgio-2.0", "libglib-2.0", "libgobject-2.0", "libjson-glib-1.0",
                                                      "libmd4c", "libstemmer", "libsodium", "libc", "libm"})
        symbols = subprocess.run(["nm", PROGRAM], capture_output=True, text=True, check=True).stdout
        self.assertIn(" lm_library_new\n", symbols)
        for name in ("lm_store_", "lm_folder_", "lm_vault_", "lm_secret_", "lm_workspace_", "lm_key", "crypto_", "gtk_"):
            self.assertNotIn(f" {name}", symbols)
        # Text that was read is wiped; of libsodium that is all.
        self.assertEqual({line.split()[-1] for line in symbols.splitlines() if "sodium" in line}, {"sodium_memzero"})


if __name__ == "__main__":
    tap.main()
