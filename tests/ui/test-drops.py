#!/usr/bin/python3
# Copyright (C) 2026 The Yizhan developers
#
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files dragged onto the counter with a real pointer, from a window of another program."""

import os
import pathlib
import shutil
import subprocess
import sys
import threading

from desk_driver import Atspi, Gone, has, in_room, name_of, run, wait

PICTURES = pathlib.Path(os.environ["YIZHAN_PRACTICEDIR"])
SOURCE = pathlib.Path(__file__).with_name("drag_source.py")
MATTER = "h04"
MATERIALS = ("application", "credit-code-certificate", "dwelling-proof", "manager-card")
BOOKLET = "01-household-booklet.jpg"
STEP = 24  # pixels that the pointer goes at once
FAR = 10000
TITLE = 22  # pixels down: the title bar takes nothing


def point(*words):
    subprocess.run(["xdotool", *map(str, words)], check=True)


def middles_of(find):
    """Where it is, until it is where it was: what has just come into the window moves what was there."""
    before = None
    while True:
        box = find().get_component_iface().get_extents(Atspi.CoordType.SCREEN)
        middle = box.x + box.width // 2, box.y + box.height // 2
        if middle == before:
            return
        yield middle
        before = middle


class Drag:
    """What hangs from the pointer, out of a window of its own."""

    def __init__(self, room, kind, *words):
        # Nobody reads this window out.
        self.process = subprocess.Popen(["/usr/bin/python3", str(SOURCE), "Files", kind, *words],
                                        env=dict(os.environ, NO_AT_BRIDGE="1"), stdout=subprocess.PIPE, text=True)
        room.started.append(self.process)
        self.told = []
        threading.Thread(target=self._listen, daemon=True).start()
        at = wait(lambda: self.told and self.told[0], "the window to drag from").split()
        self.x, self.y = int(at[1]), int(at[2])

    def _listen(self):
        for line in self.process.stdout:
            self.told.append(line.strip())

    def _await(self, condition, what):
        try:
            wait(condition, what)
        except Gone as missed:
            raise Gone(f"{missed}; the source told {self.told}") from None

    def begin(self):
        point("mouseup", 1)  # where a claim failed it still hangs from the pointer
        point("mousemove", "--sync", self.x, self.y)
        point("mousedown", 1)
        self.move(self.x + STEP, self.y + STEP)
        self._await(lambda: "begun" in self.told, "beginning")
        return self

    def move(self, x, y, step=STEP):
        """Step by step, as a hand does."""
        steps = max(abs(x - self.x), abs(y - self.y)) // step + 1
        for at in range(1, steps + 1):
            point("mousemove", "--sync", self.x + (x - self.x) * at // steps, self.y + (y - self.y) * at // steps)
        self.x, self.y = x, y

    def over(self, find):
        """To the middle of what is found, until it would take a drop.

        Out of the title bar and at once, not over others that would: the answer is of this place then.
        """
        for middle in middles_of(find):
            self.move(self.x, TITLE, FAR)
            if any(line.startswith("offered") for line in self.told):
                self._is_offered("none")
            self.move(middle[0], TITLE)
            self.move(*middle, FAR)
            self._is_offered("copy")
        return self

    def refused(self, find):
        """From where a drop would be taken to the middle of what does not take it."""
        self._is_offered("copy")
        for middle in middles_of(find):
            self.move(*middle, FAR)
            self._is_offered("none")
        return self

    def refused_here(self):
        """It would have been taken here until now."""
        self._is_offered("none")
        return self

    def _is_offered(self, action):
        """Who drags never holds quite still; a step that came while the answer to another was out is not told on."""
        def so():
            if [line for line in self.told if line.startswith("offered")][-1:] == [f"offered {action}"]:
                return True
            self.move(self.x + 1, self.y)
            self.move(self.x - 1, self.y)
            return False

        self._await(so, f"offer to {action}")

    def drop(self, end):
        point("mouseup", 1)
        self._await(lambda: self.told[-1].split()[0] in ("ended", "failed"), "end")
        assert self.told[-1] == end, self.told
        assert "deleted" not in self.told, "the files would be gone from where they lay"


def put(room, *names):
    """Pictures as they lie in somebody's folder."""
    folder = room.folder / "files"
    folder.mkdir(exist_ok=True)
    for name in names:
        shutil.copy(PICTURES / BOOKLET, folder / name)
    return [(folder / name).as_uri() for name in names]


def rows(desk):
    return desk.shown(Atspi.Role.LIST_ITEM)


def row(desk, index):
    return lambda: rows(desk)[index]


def picture(desk):
    return lambda: desk.see("Live picture")


def filed(room, number):
    return [(sheet["device"], sheet["origin"], sheet["material"])
            for sheet in room.ctl("dossier", "show", number)["sheets"]]


def choose(desk, index):
    def click():
        for middle in middles_of(row(desk, index)):
            point("mousemove", "--sync", *middle, "click", 1)
        return has(rows(desk)[index], Atspi.StateType.SELECTED)

    wait(click, "the original chosen")


def at_counter(test):
    @in_room
    def play(room):
        desk = room.desk()
        desk.sign_in("clerk")
        desk.see("Search for a matter")
        number = desk.open_case(MATTER)
        test(room, desk, number)
        assert desk.stop() == 0, "it did not leave cleanly"
    return play


@at_counter
def onto_picture(room, desk, number):
    choose(desk, 1)
    scan = put(room, "scan.jpg")
    Drag(room, "uris", *scan).begin().over(picture(desk)).drop("ended copy")
    desk.says("1 page was imported.")
    wait(lambda: desk.pages() == 1, "the page")
    assert filed(room, number) == [("scan.jpg", "import", MATERIALS[1])], filed(room, number)


@at_counter
def onto_original(room, desk, number):
    scans = put(room, "front.jpg", "back.jpg")
    Drag(room, "uris", *scans).begin().over(row(desk, 2)).drop("ended copy")
    desk.says("2 pages were imported.")
    wait(lambda: desk.pages() == 2, "both pages")
    assert filed(room, number) == [(name, "import", MATERIALS[2]) for name in ("front.jpg", "back.jpg")], \
        filed(room, number)


@at_counter
def meant_to_be_moved(room, desk, number):
    scan = put(room, "scan.jpg")
    drag = Drag(room, "uris", *scan).begin()
    with desk.holding("shift"):  # a file manager then offers to move, and nothing else
        drag.over(row(desk, 0)).drop("ended copy")
    desk.says("1 page was imported.")
    assert filed(room, number) == [("scan.jpg", "import", MATERIALS[0])], filed(room, number)
    assert (room.folder / "files" / "scan.jpg").exists()


@at_counter
def no_picture(room, desk, number):
    files = put(room, "scan.jpg", "letter.odt")
    (room.folder / "files" / "letter.odt").write_bytes(b"PK\3\4 nothing that shows a page")
    elsewhere = ["sftp://registry.example/scans/far.jpg", "https://example.org/web.png"]
    Drag(room, "uris", *files, *elsewhere).begin().over(picture(desk)).drop("ended copy")
    told = name_of(desk.says("1 page was imported."))
    desk.draw("drops-refused")
    for part in ("“letter.odt” is neither a JPEG or PNG picture nor a PDF", "“far.jpg”: It does not lie on this computer",
                 "“web.png”: It does not lie on this computer"):
        assert part in told, told
    assert filed(room, number) == [("scan.jpg", "import", MATERIALS[0])], filed(room, number)


@at_counter
def mere_text(room, desk, number):
    def entry():
        return desk.see("Address", Atspi.Role.TEXT)

    drag = Drag(room, "text", "a line of a letter").begin().over(entry)
    drag.refused(picture(desk)).over(entry).refused(row(desk, 1)).drop("failed")
    assert filed(room, number) == [], filed(room, number)


@at_counter
def closed(room, desk, number):
    drag = Drag(room, "uris", *put(room, "scan.jpg")).begin().over(picture(desk))
    room.ctl("dossier", "do", number, "withdraw")
    # The pointer and the keys are taken. It is refused now, and the desk reads the case again.
    Atspi.Action.do_action(desk.see("Submit", Atspi.Role.PUSH_BUTTON), 0)
    wait(lambda: not has(desk.see("Take page"), Atspi.StateType.SENSITIVE), "the case closed to pages")
    desk.draw("drops-closed")
    drag.refused_here().drop("failed")
    assert filed(room, number) == [], filed(room, number)


sys.exit(run([
    ("/drops/a-file-dropped-on-the-picture-becomes-a-page-of-the-chosen-original", onto_picture),
    ("/drops/files-dropped-on-an-original-go-under-that-original", onto_original),
    ("/drops/a-file-that-was-to-be-moved-stays-where-it-lay", meant_to_be_moved),
    ("/drops/what-is-no-page-or-not-here-is-refused-in-words", no_picture),
    ("/drops/a-text-that-is-no-file-finds-no-taker", mere_text),
    ("/drops/a-case-that-was-closed-meanwhile-takes-no-files", closed),
]))
