# SPDX-License-Identifier: GPL-3.0-or-later
"""The clipboard as another program sees it: straight from the X server, since GTK hides types without a slash."""

import ctypes
import struct
from ctypes import byref, c_int, c_long, c_ulong, c_void_p

from driver import until

SELECTION_NOTIFY = 31


class Clipboard:
    def __init__(self):
        self.x = ctypes.CDLL("libX11.so.6")
        self.x.XGetAtomName.restype = self.x.XOpenDisplay.restype = c_void_p
        self.x.XInternAtom.restype = c_ulong
        self.x.XDefaultRootWindow.restype = self.x.XCreateSimpleWindow.restype = c_ulong
        self.display = c_void_p(self.x.XOpenDisplay(None))
        root = c_ulong(self.x.XDefaultRootWindow(self.display))
        self.window = c_ulong(self.x.XCreateSimpleWindow(self.display, root, 0, 0, 1, 1, 0, c_ulong(0), c_ulong(0)))

    def close(self):
        self.x.XCloseDisplay(self.display)

    def atom(self, name):
        return c_ulong(self.x.XInternAtom(self.display, name.encode(), False))

    def get(self, target):
        """What the owner gives as this type."""
        event = (c_long * 24)()
        self.x.XConvertSelection(self.display, self.atom("CLIPBOARD"), self.atom(target), self.atom("GOT"), self.window,
                                 c_ulong(0))
        until(lambda: self.x.XCheckTypedWindowEvent(self.display, self.window, SELECTION_NOTIFY, event), "the clipboard")
        kind, bits, count, left, data = c_ulong(), c_int(), c_ulong(), c_ulong(), c_void_p()
        self.x.XGetWindowProperty(self.display, self.window, self.atom("GOT"), c_long(0), c_long(9999), True, c_ulong(0),
                                  byref(kind), byref(bits), byref(count), byref(left), byref(data))
        # What has 32 bits comes as longs.
        size = count.value * (struct.calcsize("l") if bits.value == 32 else bits.value // 8)
        content = ctypes.string_at(data, size) if data else b""
        if data:
            self.x.XFree(data)
        return content

    def types(self):
        """The names of the types that the owner offers."""
        return {ctypes.string_at(self.x.XGetAtomName(self.display, c_ulong(atom))).decode()
                for (atom,) in struct.iter_unpack("L", self.get("TARGETS"))}
