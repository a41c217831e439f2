#!/usr/bin/python3
# Copyright (C) 2026 The Yizhan developers
#
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small window to drag from, as a file manager or a browser would offer what it holds.

Usage: drag_source.py TITLE uris URI… or drag_source.py TITLE text TEXT. It tells what happens, one line
each: "ready X Y" where the pointer takes hold, "begun", "offered ACTION" whenever the widget under the
pointer thinks otherwise about a drop, "given" when the data is fetched, "deleted" when it shall go away,
and at the end "ended ACTION" or "failed".
"""

import sys

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, Gtk  # noqa: E402

SIDE = 40  # pixels
# A file manager offers to move as well, and would delete what somebody moved.
ACTIONS = Gdk.DragAction.COPY | Gdk.DragAction.MOVE | Gdk.DragAction.LINK


def tell(*words):
    print(*words, flush=True)


def name_of(action):
    return (action.value_nicks or ["none"])[0]


class Source(Gtk.Window):
    def __init__(self, title, kind, words):
        # Not the window manager's: it stands over the desk where it is put, and takes no key from it.
        super().__init__(title=title, type=Gtk.WindowType.POPUP)
        self.words = words
        self.failed = False
        self.uris = kind == "uris"
        self.add_events(Gdk.EventMask.BUTTON_PRESS_MASK | Gdk.EventMask.BUTTON_RELEASE_MASK
                        | Gdk.EventMask.POINTER_MOTION_MASK)
        self.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, [], ACTIONS)
        if self.uris:
            self.drag_source_add_uri_targets()
        else:
            self.drag_source_add_text_targets()
        self.connect("drag-begin", self.on_begin)
        self.connect("drag-data-get", self.on_get)
        self.connect("drag-data-delete", lambda *_: tell("deleted"))
        self.connect("drag-failed", self.on_failed)
        self.connect("drag-end", self.on_end)
        self.connect("map-event", lambda *_: tell("ready", SIDE // 2, SIDE // 2))
        self.set_size_request(SIDE, SIDE)
        self.move(0, 0)
        self.show_all()

    def on_begin(self, _widget, context):
        context.connect("action-changed", lambda _context, action: tell("offered", name_of(action)))
        tell("begun")

    def on_get(self, _widget, _context, selection, _info, _time):
        if self.uris:
            selection.set_uris(self.words)
        else:
            selection.set_text(" ".join(self.words), -1)
        tell("given")

    def on_failed(self, _widget, _context, _result):
        self.failed = True
        return True  # without the picture that flies back

    def on_end(self, _widget, context):
        tell("failed" if self.failed else f"ended {name_of(context.get_selected_action())}")
        self.failed = False


source = Source(sys.argv[1], sys.argv[2], sys.argv[3:])
source.connect("destroy", Gtk.main_quit)
Gtk.main()
