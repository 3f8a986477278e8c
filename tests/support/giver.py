# SPDX-License-Identifier: GPL-3.0-or-later
"""Another program that gives: by the clipboard, or to whoever drags from its window. giver.py copy|drag WHAT [PATH]...

WHAT: image (a picture as a browser copies one), files (as a file manager copies them), both (words and a picture of them,
as an office program copies them).
"""

import pathlib
import subprocess
import sys
import time


def give(how, what, *paths):
    """Starts it, and waits until it is ready. Returns the process."""
    process = subprocess.Popen([sys.executable, __file__, how, what, *map(str, paths)], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline().strip() == "ready"
    time.sleep(0.3)
    return process


def main(how, what, *paths):
    import gi
    gi.require_version("Gdk", "4.0")
    gi.require_version("Gtk", "4.0")
    from gi.repository import Gdk, Gio, GLib, GObject, Gtk

    texture = Gdk.Texture.new_from_filename(paths[0]) if what != "files" else None
    # As what it is in general: nothing is known of how to give away a special kind.
    image = Gdk.ContentProvider.new_for_value(GObject.Value(Gdk.Texture, texture)) if texture else None
    if what == "image":
        provider = image
    elif what == "both":
        words = GObject.Value(str, "words of a table")
        provider = Gdk.ContentProvider.new_union([Gdk.ContentProvider.new_for_value(words), image])
    else:
        uris = [path if "://" in path else pathlib.Path(path).as_uri() for path in paths]
        listed = "\r\n".join(uris) + "\r\n"
        given = {"text/uri-list": listed, "x-special/gnome-copied-files": "copy\n" + "\n".join(uris),
                 "text/plain;charset=utf-8": "\n".join(paths)}
        if how == "drag":
            given.pop("x-special/gnome-copied-files")
        provider = Gdk.ContentProvider.new_union([
            Gdk.ContentProvider.new_for_bytes(kind, GLib.Bytes.new(text.encode())) for kind, text in given.items()])

    app = Gtk.Application(application_id="org.example.Giver", flags=Gio.ApplicationFlags.NON_UNIQUE)

    def activate(app):
        window = Gtk.Window(application=app, title="Giver", default_width=160, default_height=120)
        source = Gtk.DragSource(actions=Gdk.DragAction.COPY, content=provider)
        label = Gtk.Label(label="drag me", hexpand=True, vexpand=True)
        label.add_controller(source)
        window.set_child(label)
        window.present()
        if how == "copy":
            window.get_clipboard().set_content(provider)
        print("ready", flush=True)

    app.connect("activate", activate)
    app.run([])


if __name__ == "__main__":
    main(*sys.argv[1:])
