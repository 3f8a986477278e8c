# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts the app and finds, reads and uses its widgets as a person would.

Widgets are found in the live accessibility tree, by role and name, and used with real keys. The tree is read over D-Bus
itself: libatspi can deadlock when a second app, such as the keyring's prompt, appears.
"""

import os
import re
import signal
import subprocess
import tempfile
import time
import typing

from gi.repository import Gio, GLib

import quick
from hands import Hands

PATIENCE = float(os.environ.get("LEITMOTIF_PATIENCE", "60"))  # seconds
ATSPI = "org.a11y.atspi."
CACHE = "/org/a11y/atspi/cache"
REGISTRY = (ATSPI + "Registry", "/org/a11y/atspi/accessible/root")
STATES = {"active": 1, "checked": 4, "editable": 7, "focusable": 11, "focused": 12, "multi-line": 17, "pressed": 20, "selected": 23,
          "sensitive": 24, "showing": 25}
# As GVariant writes a widget of an app's cache: itself, app, parent, index, number of children, interfaces, name, role,
# description, states.
STRING = r"""(?:'[^'\\]*(?:\\.[^'\\]*)*'|"[^"\\]*(?:\\.[^"\\]*)*")"""
REFERENCE = r"\('([^']*)', '([^']*)'\)"
OTHER = r"\('[^']*', '[^']*'\)"
ITEM = re.compile(rf"\({REFERENCE}, {OTHER}, {REFERENCE}, (-?\d+), (-?\d+), \[[^]]*\], ({STRING}), \d+, {STRING}, \[(\d+), (\d+)\]\)")
# Focusable for GTK's own sake; a screen reader never stops at them. GTK 4.18 gives menu items no name, though their
# labels are there to see. A paragraph that can be selected is read out as its text.
NEEDS_NO_NAME = {"generic", "group", "list", "menu item", "paragraph"}


def until(condition, what, patience=None):
    """Waits until the condition gives something true, and returns it. patience is for what takes long by itself."""
    end = time.monotonic() + max(patience or 0, PATIENCE)
    while True:
        try:
            value = condition()
            if value:
                return value
        except GLib.Error:
            pass  # A widget went while it was looked at.
        if time.monotonic() > end:
            raise AssertionError(f"waited in vain for {what}")
        time.sleep(0.05)


class Item(typing.NamedTuple):
    """What an app tells of a widget, all at once. The name is as GVariant writes it."""
    reference: tuple
    parent: tuple
    place: int  # among its parent's children
    children: int  # how many
    name: str
    states: int

    def has(self, state):
        return bool(self.states >> STATES[state] & 1)


class Bus:
    """The accessibility bus."""

    def __init__(self):
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        (address,) = session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress",
                                       None, None, 0, 5000, None)
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        self.connection = Gio.DBusConnection.new_for_address_sync(address, flags)
        self.roles = {}  # by reference: they never change
        self.items = {}  # by reference: what the app told at the last look

    def call(self, reference, interface, method, signature=None, *args):
        parameters = GLib.Variant(signature, args) if signature else None
        return self.connection.call_sync(*reference, interface, method, parameters, None, 0, 10000, None).unpack()

    def ask_all(self, references, method):
        """Asks many widgets at once: waiting for each in turn is most of the time."""
        results = {}
        for reference in references:
            self.connection.call(*reference, ATSPI + "Accessible", method, None, None, 0, 10000, None,
                                 lambda _, result, reference: results.__setitem__(reference, result), reference)
        while len(results) < len(references):
            GLib.MainContext.default().iteration(True)
        return [self.connection.call_finish(results[reference]).unpack()[0] for reference in references]

    def learn_roles(self, references):
        """Asks for the names of those that are not known yet. Their numbers stand for several names each."""
        new = [reference for reference in references if reference not in self.roles]
        self.roles |= zip(new, self.ask_all(new, "GetRoleName"))

    def told(self, root):
        """The items that the app keeps ready for screen readers. Taken from the answer's text: to unpack a thousand of them
        takes fifteen times as long."""
        answer = self.connection.call_sync(root[0], CACHE, ATSPI + "Cache", "GetItems", None, None, 0, 10000, None)
        for found in ITEM.finditer(answer.print_(False)):
            bus, path, parent_bus, parent, place, children, name, low, high = found.groups()
            yield Item((bus, path), (parent_bus, parent), int(place), int(children), name, int(high) << 32 | int(low))

    def shown(self, root, thorough):
        """What is on the screen below the root: the items of each widget's children, by the widget. Either each widget is asked,
        or what the app keeps ready for screen readers is taken at its word where the numbers fit: many times as fast, and now
        and then it has a widget that is gone in the place of one that nobody has asked for yet. See holds ()."""
        for _ in range(10):
            self.items = {item.reference: item for item in self.told(root)}
            told = {}
            for item in self.items.values() if not thorough else ():
                told.setdefault(item.parent, []).append(item)
            families, level, unknown = {}, [root], False
            while level:
                complete = {one: children for one in level if not thorough
                            and (children := self.complete(self.items.get(one), told.get(one, []))) is not None}
                asked = [one for one in level if one not in complete]
                found = dict(zip(asked, self.ask_all(asked, "GetChildren")))
                unknown |= not {child for children in found.values() for child in children} <= self.items.keys()
                families |= complete
                families |= {one: [self.items[child] for child in children if child in self.items]
                             for one, children in found.items()}
                level = [child.reference for one in level for child in families[one]
                         if child.has("showing") and child.reference not in families]
                level += [child for children in found.values() for child in children if child not in self.items]
            if not unknown:
                break
        return families

    def holds(self, root, widgets):
        """Whether each of the widgets is where the last look saw it: whether its parents, asked, know of it."""
        families = {}
        for widget in widgets:
            child = widget.reference
            while child != root:
                parent = self.items[child].parent
                if parent != root and parent not in self.items:
                    return False
                families.setdefault(parent, set()).add(child)
                child = parent
        return all(children <= set(asked) for children, asked in
                   zip(families.values(), self.ask_all(list(families), "GetChildren")))

    @staticmethod
    def complete(item, children):
        """The children in their order; None if the app told of others than there are: of some that are gone, or that nobody has
        asked for yet."""
        children = sorted(children, key=lambda child: child.place)
        known = item and item.children == len(children) and all(at == child.place for at, child in enumerate(children))
        return children if known else None

    def apps(self):
        """Pairs of a process's number and the root of its tree."""
        for reference in self.call(REGISTRY, ATSPI + "Accessible", "GetChildren")[0]:
            (process,) = self.call(("org.freedesktop.DBus", "/"), "org.freedesktop.DBus",
                                   "GetConnectionUnixProcessID", "(s)", reference[0])
            yield process, Widget(self, reference)


class Widget:
    """One widget in the tree. Reads everything but its role anew each time, other than while it is being looked at."""

    def __init__(self, bus, reference, seen=None):
        self.bus = bus
        self.reference = reference
        self.seen = seen

    def __repr__(self):
        return f"{self.role} “{self.name}”"

    def call(self, interface, method, signature=None, *args):
        return self.bus.call(self.reference, ATSPI + interface, method, signature, *args)

    def get(self, interface, name):
        return self.bus.call(self.reference, "org.freedesktop.DBus.Properties", "Get",
                             "(ss)", ATSPI + interface, name)[0]

    @property
    def role(self):
        self.bus.learn_roles([self.reference])
        return self.bus.roles[self.reference]

    @property
    def name(self):
        if not self.seen:
            return self.get("Accessible", "Name")
        name = self.seen.name
        return GLib.Variant.parse(None, name).unpack() if "\\" in name else name[1:-1]

    def children(self):
        return [Widget(self.bus, child) for child in self.call("Accessible", "GetChildren")[0]]

    def parent(self):
        return self.get("Accessible", "Parent")

    def shown(self, state="showing", thorough=True):
        """The widgets below this one that are on the screen and have the state, from the top down."""
        families = self.bus.shown(self.reference, thorough)

        def walk(parent):
            for item in families.get(parent, ()):
                if item.has("showing"):
                    if item.has(state):
                        yield Widget(self.bus, item.reference, item)
                    yield from walk(item.reference)

        return walk(self.reference)

    def has(self, state):
        low, high = self.call("Accessible", "GetState")[0]
        return bool((high << 32 | low) >> STATES[state] & 1)

    def text(self):
        # GTK 4.18 gives an entry's text as empty when the end is -1.
        return self.call("Text", "GetText", "(ii)", 0, self.get("Text", "CharacterCount"))[0]

    def place(self):
        """Left, top, width and height in the window, in pixels."""
        return self.call("Component", "GetExtents", "(u)", 1)[0]

    def words(self):
        """What a person reads there. Paragraphs and statuses have their words as text only."""
        return self.text() if self.role in ("paragraph", "status") else self.name

    def act(self, action):
        """Does the named action; False if the widget has no such action."""
        # GetActions would give the names in the person's language.
        for i in range(self.get("Action", "NActions")):
            if self.call("Action", "GetName", "(i)", i)[0] == action:
                return self.call("Action", "DoAction", "(i)", i)[0]
        return False


class App:
    """The running app."""

    def __init__(self, *arguments, before=(), leaks=False, **environment):
        """before is a command that runs the app at its end, as nice does; leaks are looked for with the sanitizers."""
        command = [*before, *self.program(), *arguments]
        self.hands = Hands()
        self.log = tempfile.TemporaryFile("w+")
        environment = {**os.environ, "GDK_DISABLE": "gl,vulkan", **environment}
        if "ASAN_OPTIONS" in environment:
            # What GTK and its like never give back is known by frames in the middle, which only slow unwinding sees: the
            # app takes four times as long.
            environment["ASAN_OPTIONS"] += (":fast_unwind_on_malloc=0:malloc_context_size=6" if leaks
                                            else ":detect_leaks=0")
        self.command, self.environment = command, environment
        self.process = subprocess.Popen(command, env=environment, stdout=self.log, stderr=subprocess.STDOUT)
        self.bus = Bus()
        try:
            self.root = until(self.registered, "the app to appear")
            self.find("window")
        except BaseException:
            self.end()
            raise

    def say(self, text):
        """As the app says it; in another language than English somebody has to put something else in the place of this."""
        return text

    def program(self):
        return [quick.program("ui", "leitmotif")]

    def registered(self):
        self.assert_running()
        return dict(self.bus.apps()).get(self.process.pid)

    def was_begun_anew(self):
        """Whether the process threw its memory away and began again."""
        with open(f"/proc/{self.process.pid}/cmdline", encoding="utf-8") as words:
            return any(word.startswith("--locked") for word in words.read().split("\0"))

    def begun_anew(self, patience=None):
        """Waits until it did: the tree is another then."""
        until(self.was_begun_anew, "the process to begin anew", patience)
        self.find_again()

    def find_again(self):
        """Waits for the tree of a process that began anew. It has none before its window shows."""
        before = self.root.reference

        def other():
            root = self.registered()
            return root if root and root.reference != before else None
        self.root = until(other, "the app to appear again")

    def assert_running(self):
        assert self.process.poll() is None, f"ended with {self.process.returncode}: {self.output()}"

    def output(self):
        self.log.seek(0)
        return self.log.read()

    # Looking

    def all(self, condition, state="showing"):
        """Every widget on the screen that has the state and fulfils the condition."""
        def look():
            # What a quick look has found is asked for; that something is not there, only a thorough one can say.
            for thorough in (False, True):
                self.assert_running()
                shown = list(self.root.shown(state, thorough))
                self.bus.learn_roles(widget.reference for widget in shown)
                found = [widget for widget in shown if condition(widget)]
                if thorough or 0 < len(found) < 30 and self.bus.holds(self.root.reference, found):
                    return [found]
            return None
        found = until(look, "the widgets")[0]
        for widget in found:
            widget.seen = None
        return found

    def find_all(self, role, name=None):
        said = self.say(name) if name else name
        return self.all(lambda widget: widget.role == role and (name is None or widget.name in (name, said)))

    def find(self, role, name=None, patience=None):
        return until(lambda: self.find_all(role, name), f"{role} “{name}”", patience)[0]

    def gone(self, role, name=None):
        until(lambda: not self.find_all(role, name), f"{role} “{name}” to go")

    def reads(self, words, patience=None):
        """Waits until the words stand somewhere on the screen, in a name or a text."""
        words = self.say(words)
        return until(lambda: self.all(lambda widget: words in widget.words()), f"“{words}”", patience)[0]

    def says(self, words):
        """Whether the words stand somewhere on the screen now."""
        return bool(self.all(lambda widget: words in widget.words()))

    def focused(self):
        self.assert_running()
        told = [item for item in self.bus.told(self.root.reference) if item.has("focused") and item.has("showing")]
        if len(told) == 1:
            return Widget(self.bus, told[0].reference)
        # One that nobody has asked for yet, or one on a page that is not shown any more.
        return next(iter(self.all(lambda _: True, "focused")), None)

    def nameless(self):
        """Widgets that a keyboard can reach and a screen reader cannot name."""
        def lacks(widget):
            return (not widget.name and widget.role not in NEEDS_NO_NAME
                    # A combo row shows what is chosen in a list of its own, at which Tab does not stop.
                    and not (widget.role == "list item" and self.inside(widget, "combo box")))

        return self.all(lacks, "focusable")

    def inside(self, widget, role):
        """Whether the widget is a part of one with that role."""
        parent = Widget(self.bus, widget.parent())
        return parent.reference != self.root.reference and (parent.role == role or self.inside(parent, role))

    def within(self, widget, outer):
        """Whether the widget is a part of the other."""
        parent = Widget(self.bus, widget.parent())
        return parent.reference != self.root.reference and (parent.reference == outer.reference or self.within(parent, outer))

    def screenshot(self, path):
        self.hands.screenshot(path)

    # Acting

    def keys(self, *combinations):
        self.hands.keys(*combinations)

    def type(self, text):
        self.hands.text(text)

    def focus(self, role, name=None):
        """Goes to the widget with Tab, and inside a list with the arrows, which proves that a keyboard can reach it."""
        target = self.find(role, name)
        here = self.focused()
        for _ in range(120):
            # A row that opens is two of the same name, one in the other.
            if here and (here.reference == target.reference
                         or (here.role, here.name) == (role, name) and self.within(here, target)):
                return here
            if here and here.role == role == "list item" and here.parent() == target.parent():
                rows = [row.reference for row in Widget(self.bus, target.parent()).children()]
                way = rows.index(target.reference) - rows.index(here.reference)
                for _ in range(abs(way)):
                    here = self.step("Down" if way > 0 else "Up", here)
                assert target.has("focused"), f"the arrows do not reach {target}"
                return target
            here = self.step("Tab", here)
        raise AssertionError(f"Tab does not reach {target}")

    def focus_row(self, list_name, name):
        """As focus, for a row of a long list, in which rows exist only near the view."""
        rows = self.find("list", list_name)
        here = self.focused()
        for _ in range(120):
            if here and here.role == "list item" and here.parent() == rows.reference:
                return self.walk_to(name)
            here = self.step("Tab", here)
        raise AssertionError(f"Tab does not reach {rows}")

    def walk_to(self, name):
        here = self.step("Home")
        for _ in range(200):
            if name in here.name:
                return here
            here = self.step("Down", here)
        raise AssertionError(f"the arrows do not reach “{name}”")

    def step(self, key, here=None):
        """Presses a key that should move the focus, which is here, and waits for that a moment. Returns what has it then."""
        here = here or self.focused()
        self.keys(key)
        end = time.monotonic() + 0.4
        while True:
            now = self.focused()
            if now and (not here or now.reference != here.reference) or time.monotonic() > end:
                return now
            time.sleep(0.02)

    def press(self, role, name=None):
        """Presses a button, or a row: those have no action to click. Waits until it can be pressed."""
        widget = until(lambda: next((one for one in self.find_all(role, name) if one.has("sensitive")), None),
                       f"{role} “{name}” that can be pressed")
        if widget.act("click"):
            time.sleep(0.35)  # a button shows itself pressed for a moment before it clicks
        else:
            self.focus(role, name)
            self.keys("Return")

    def menu(self, mnemonic):
        """Chooses from the main menu by the underlined letter: its items have no names."""
        self.keys("F10")
        self.find("menu", "Main menu")
        self.keys(mnemonic)
        self.gone("menu", "Main menu")

    def close(self, patience=None):
        """Closes the main window; the app must then end without an error."""
        assert self.find("window").act("window.close")
        self.ended(patience)

    def ended(self, patience=None):
        status = self.process.wait(max(patience or 0, PATIENCE))
        assert status == 0, f"ended with {status}: {self.output()}"

    def kill(self):
        """As a crash or a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def end(self):
        self.hands.end()
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
