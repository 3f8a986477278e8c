# SPDX-License-Identifier: GPL-3.0-or-later
"""The desktop's services that tell of the session: screen saver, logind, portal. Played on the buses of the test."""

import os
import threading

from gi.repository import Gio, GLib

from driver import until

PORTAL = ("org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Inhibit")
LOGIND = ("org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager")
SESSIONS = ("org.gnome.SessionManager", "/org/gnome/SessionManager", "org.gnome.SessionManager")
CLIENT = ("org.gnome.SessionManager", "/client/1", "org.gnome.SessionManager.ClientPrivate")
SAVER = ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver")
LOGIN_SESSION = "/org/freedesktop/login1/session/_32"


def method(name, takes, gives=""):
    arguments = "".join(f"<arg type='{kind}' direction='in'/>" for kind in takes)
    return f"<method name='{name}'>{arguments}{f'<arg type={gives!r} direction={chr(39)}out{chr(39)}/>' if gives else ''}</method>"


INTERFACES = {
    PORTAL: [method("CreateMonitor", ["s", "a{sv}"], "o"), method("QueryEndResponse", ["o"])],
    LOGIND: [method("GetSession", ["s"], "o"), method("Inhibit", ["s", "s", "s", "s"], "h")],
    SESSIONS: [method("RegisterClient", ["s", "s"], "o")],
    CLIENT: [method("EndSessionResponse", ["b", "s"])],
}


class Desk:
    """All of them, in a thread of its own."""

    def __init__(self):
        self.called = []
        self.may_end = []  # what was said to the end of the session, also by the programs of the desktop
        self.inhibitor = None  # the end that closes when the app lets the computer sleep
        self.context = GLib.MainContext.new()
        self.loop = GLib.MainLoop.new(self.context, False)
        self.ready = threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()
        self.ready.wait()

    def run(self):
        self.context.push_thread_default()
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        self.buses = {system: Gio.DBusConnection.new_for_address_sync(os.environ[f"DBUS_{kind}_BUS_ADDRESS"], flags)
                      for system, kind in ((True, "SYSTEM"), (False, "SESSION"))}
        for service, methods in INTERFACES.items():
            node = Gio.DBusNodeInfo.new_for_xml(f"<node><interface name='{service[2]}'>{''.join(methods)}</interface></node>")
            bus = self.buses[service == LOGIND]
            bus.register_object(service[1], node.interfaces[0], self.called_cb, None, None)
        for service in (PORTAL, LOGIND, SESSIONS, SAVER):
            Gio.bus_own_name_on_connection(self.buses[service == LOGIND], service[0], 0, None, None)
        self.ready.set()
        self.loop.run()

    def called_cb(self, _bus, _sender, _path, _interface, name, parameters, invocation):
        self.called.append(name)
        if name == "EndSessionResponse":
            self.may_end.append(parameters.unpack())
        if name == "Inhibit":
            read, write = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
            files = Gio.UnixFDList.new()
            files.append(write)
            os.close(write)
            self.inhibitor = read
            invocation.return_value_with_unix_fd_list(GLib.Variant("(h)", (0,)), files)
        elif name == "GetSession":
            invocation.return_value(GLib.Variant("(o)", (LOGIN_SESSION,)))
        elif name in ("CreateMonitor", "RegisterClient"):
            invocation.return_value(GLib.Variant("(o)", ("/client/1",)))
        else:
            invocation.return_value(None)

    def end(self):
        self.loop.quit()
        self.thread.join()
        for bus in self.buses.values():
            bus.close_sync()

    def say(self, service, signal, value=None, path=None):
        self.buses[service[0] == LOGIND[0]].emit_signal(None, path or service[1], service[2], signal, value)

    # What happens

    def lock_screen(self):
        self.say(SAVER, "ActiveChanged", GLib.Variant("(b)", (True,)))

    def unlock_screen(self):
        self.say(SAVER, "ActiveChanged", GLib.Variant("(b)", (False,)))

    def lock_session(self):
        self.say((LOGIND[0], None, "org.freedesktop.login1.Session"), "Lock", path=LOGIN_SESSION)

    def sleep(self, begins=True):
        self.say(LOGIND, "PrepareForSleep", GLib.Variant("(b)", (begins,)))

    def portal(self, screen, session):
        state = {"screensaver-active": GLib.Variant("b", screen), "session-state": GLib.Variant("u", session)}
        self.say(PORTAL, "StateChanged", GLib.Variant("(oa{sv})", ("/monitor/1", state)))

    def query_end(self):
        self.say(CLIENT, "QueryEndSession", GLib.Variant("(u)", (0,)))

    def end_session(self):
        self.say(CLIENT, "EndSession", GLib.Variant("(u)", (0,)))

    # What was seen

    def sees(self, call):
        """Waits until the app called this."""
        until(lambda: call in self.called, call)

    def may_sleep(self):
        """Whether the app holds nothing that delays sleep."""
        try:
            return os.read(self.inhibitor, 1) == b""
        except BlockingIOError:
            return False
