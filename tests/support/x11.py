# SPDX-License-Identifier: GPL-3.0-or-later
"""Another program on the display, seen from the X server: a window that has the keyboard, a window manager by its name."""

import ctypes
from ctypes import byref, c_char_p, c_int, c_long, c_ubyte, c_uint, c_ulong, c_void_p

ATOM, CARDINAL, WINDOW = 4, 6, 33


class Other:
    def __init__(self):
        self.x = x = ctypes.CDLL("libX11.so.6")
        x.XOpenDisplay.restype = c_void_p
        x.XInternAtom.restype = x.XDefaultRootWindow.restype = x.XCreateSimpleWindow.restype = c_ulong
        self.display = c_void_p(x.XOpenDisplay(None))
        self.root = c_ulong(x.XDefaultRootWindow(self.display))
        self.window = c_ulong(x.XCreateSimpleWindow(self.display, self.root, 900, 500, 90, 90, 0, c_ulong(0), c_ulong(0)))

    def close(self):
        self.x.XCloseDisplay(self.display)

    def atom(self, name):
        return c_ulong(self.x.XInternAtom(self.display, c_char_p(name.encode()), False))

    def set(self, window, name, kind, values):
        array = (c_long * len(values))(*values)
        self.x.XChangeProperty(self.display, window, self.atom(name), c_ulong(kind), 32, 0, array, len(values))
        self.x.XSync(self.display, False)

    def get(self, window, name):
        """The numbers of a property; None if it is not there."""
        kind, bits, count, left = c_ulong(), c_int(), c_ulong(), c_ulong()
        data = ctypes.POINTER(c_ubyte)()
        self.x.XGetWindowProperty(self.display, c_ulong(window), self.atom(name), c_long(0), c_long(64), False, c_ulong(0),
                                  byref(kind), byref(bits), byref(count), byref(left), byref(data))
        if not kind.value:
            return None
        return list(ctypes.cast(data, ctypes.POINTER(c_long))[:count.value])

    def take_focus(self):
        self.x.XMapRaised(self.display, self.window)
        self.x.XSync(self.display, False)
        self.x.XSetInputFocus(self.display, self.window, 2, c_ulong(0))
        self.x.XSync(self.display, False)
        assert self.has_focus()

    def has_focus(self):
        focus, revert = c_ulong(), c_int()
        self.x.XGetInputFocus(self.display, byref(focus), byref(revert))
        return focus.value == self.window.value

    def be_window_manager(self, *supported):
        """Says what a window manager says of itself; does nothing of it."""
        check = "_NET_SUPPORTING_WM_CHECK"
        for window in (self.root, self.window):
            self.set(window, check, WINDOW, [self.window.value])
        name = b"Tests"
        self.x.XChangeProperty(self.display, self.window, self.atom("_NET_WM_NAME"), self.atom("UTF8_STRING"), 8, 0,
                               c_char_p(name), c_uint(len(name)))
        self.set(self.root, "_NET_SUPPORTED", ATOM, [self.atom(one).value for one in (check, *supported)])
