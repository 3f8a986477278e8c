# SPDX-License-Identifier: GPL-3.0-or-later
"""The desktop's notifications, played on the session bus of the test: what was shown, and a click on it."""

import os
import threading

from gi.repository import Gio, GLib

NAME, PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
XML = f"""<node><interface name='{NAME}'>
 <method name='Notify'><arg type='s' direction='in'/><arg type='u' direction='in'/><arg type='s' direction='in'/>
  <arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='as' direction='in'/><arg type='a{{sv}}' direction='in'/>
  <arg type='i' direction='in'/><arg type='u' direction='out'/></method>
 <method name='CloseNotification'><arg type='u' direction='in'/></method>
 <method name='GetCapabilities'><arg type='as' direction='out'/></method>
</interface></node>"""


class Notices:
    """In a thread of its own."""

    def __init__(self):
        self.shown = []  # all that a program said, as it came over the bus
        self.context = GLib.MainContext.new()
        self.loop = GLib.MainLoop.new(self.context, False)
        self.ready = threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()
        self.ready.wait()

    def run(self):
        self.context.push_thread_default()
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        self.bus = Gio.DBusConnection.new_for_address_sync(os.environ["DBUS_SESSION_BUS_ADDRESS"], flags)
        self.bus.register_object(PATH, Gio.DBusNodeInfo.new_for_xml(XML).interfaces[0], self.called_cb, None, None)
        Gio.bus_own_name_on_connection(self.bus, NAME, 0, None, None)
        self.ready.set()
        self.loop.run()

    def called_cb(self, _bus, _sender, _path, _interface, name, parameters, invocation):
        if name == "Notify":
            self.shown.append(parameters.unpack())
            invocation.return_value(GLib.Variant("(u)", (len(self.shown),)))
        elif name == "GetCapabilities":
            invocation.return_value(GLib.Variant("(as)", (["actions", "body"],)))
        else:
            invocation.return_value(None)

    def click(self, label):
        """On the button with that label, of what was shown last."""
        buttons = self.shown[-1][5]
        action = buttons[buttons.index(label) - 1]
        self.bus.emit_signal(None, PATH, NAME, "ActionInvoked", GLib.Variant("(us)", (len(self.shown), action)))

    def end(self):
        self.loop.quit()
        self.thread.join()
        self.bus.close_sync()
