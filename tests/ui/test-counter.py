#!/usr/bin/python3
# Copyright (C) 2026 The Yizhan developers
#
# SPDX-License-Identifier: GPL-3.0-or-later
"""The clerk's day, played by real keys on a real window over real libgphoto2."""

import hashlib
import os
import pathlib
import re
import shutil
import signal
import sys

from desk_driver import Atspi, Gone, has, in_room, name_of, run, wait, windows_of

PICTURES = os.environ["YIZHAN_PRACTICEDIR"]
SOURCES = pathlib.Path(os.environ["G_TEST_SRCDIR"]).parent
MATTER = "h04"  # asks for six pages
ROLES = ("clerk", "examiner", "supervisor", "admin")  # each sits at another page


def capture(desk, count, key="F3"):
    for _ in range(count):
        pages = desk.pages()
        desk.press(key)
        wait(lambda: desk.pages() == pages + 1, f"page {pages + 1}")


def fill_in(desk):
    """The form, which takes no counted keys."""
    desk.focus_entry(0)
    desk.dictate("范立样")
    desk.tab()
    desk.type("330481190203150014")
    desk.says("saved")


@in_room
def wrong_password(room):
    desk = room.desk()
    desk.sign_in("clerk", "nonsense")
    desk.says("rong")
    assert not desk.shown(begins="Search for a matter"), "signed in with a wrong password"
    assert desk.stop() == 0, "it did not leave cleanly"


@in_room
def eight_keys(room):
    desk = room.desk(camera=room.camera(PICTURES))
    desk.sign_in("clerk")
    desk.see("Search for a matter")
    desk.keys_pressed = 0
    number = desk.open_case(MATTER)
    capture(desk, 6)
    desk.draw("counter")
    fill_in(desk)
    desk.press("ctrl+Return")
    desk.says("is handed on")
    desk.draw("submitted")
    assert desk.keys_pressed <= 8, f"{desk.keys_pressed} keys"
    dossier = room.ctl("dossier", "show", number)
    assert dossier["state"] != "draft", dossier["state"]
    shot = {hashlib.sha256(path.read_bytes()).hexdigest() for path in pathlib.Path(PICTURES).glob("*.jpg")}
    kept = [sheet["digest"] for sheet in dossier["sheets"]]
    assert len(kept) == 6 and set(kept) <= shot, "an original is not what the camera gave"
    assert list((room.store / "papers").glob("*receipt.pdf")), "there is no receipt"
    assert desk.stop() == 0, "it did not leave cleanly"


@in_room
def at_once(room):
    desk = room.desk(camera=room.camera(PICTURES))
    desk.sign_in("clerk")
    desk.see("Search for a matter")
    number = desk.open_case(MATTER)
    fill_in(desk)
    capture(desk, 5)
    desk.press("F3", "ctrl+Return")
    desk.says("is handed on")
    sheets = room.ctl("dossier", "show", number)["sheets"]
    assert len(sheets) == 6 and all(sheet["corners"] for sheet in sheets), sheets
    assert desk.stop() == 0, "it did not leave cleanly"


@in_room
def by_itself(room):
    """The scripted camera lays the next page down as soon as one is taken."""
    desk = room.desk(camera=f"virtual:{PICTURES}")
    desk.sign_in("clerk")
    desk.see("Search for a matter")
    number = desk.open_case(MATTER)
    fill_in(desk)
    desk.keys_pressed = 0
    desk.press("F6")
    desk.says("Everything required is here.")
    desk.press("ctrl+Return")
    desk.says("is handed on")
    assert desk.keys_pressed == 2, f"{desk.keys_pressed} keys"
    taken = [(sheet["material"], sheet["position"]) for sheet in room.ctl("dossier", "show", number)["sheets"]]
    assert taken == [("application", 1), ("credit-code-certificate", 1), ("dwelling-proof", 1),
                     ("dwelling-proof", 2), ("manager-card", 1), ("manager-card", 2)], taken
    assert desk.stop() == 0, "it did not leave cleanly"


@in_room
def killed_between_shots(room):
    camera = room.camera(PICTURES)
    desk = room.desk(camera=camera)
    desk.sign_in("clerk")
    desk.see("Search for a matter")
    number = desk.open_case(MATTER)
    capture(desk, 3)
    desk.kill()
    again = room.desk(camera=camera)
    again.sign_in("clerk")
    wait(lambda: again.number() == number, "the same case")
    wait(lambda: again.pages() == 3, "the three pages")
    wait(lambda: all(sheet["corners"] for sheet in room.ctl("dossier", "show", number)["sheets"]),
         "the outline of a page that the killed desk had not looked at")
    capture(again, 1, key="XF86WebCam")  # the button of a camera, as a keyboard
    assert again.stop() == 0, "it did not leave cleanly"
    assert len(digests(room, number)) == 4
    room.ctl("verify", login=None)


@in_room
def helper_killed(room):
    desk = room.desk(camera=room.camera(PICTURES))
    desk.sign_in("clerk")
    desk.open_case(MATTER)
    capture(desk, 1)
    helper = wait(lambda: desk.helper("yizhan-camera"), "the helper")
    desk.press("F3")
    os.kill(helper, signal.SIGKILL)
    wait(lambda: (desk.helper("yizhan-camera") or helper) != helper, "another helper")
    wait(lambda: desk.shown(Atspi.Role.RADIO_BUTTON, "Page 1"), "the page taken before")
    pages = desk.pages()
    wait(lambda: try_again(desk, pages), "a page after the helper was killed")
    assert desk.stop() == 0, "it did not leave cleanly"


def try_again(desk, pages):
    desk.press("F3")
    try:
        return wait(lambda: desk.pages() > pages, "a page", guard=4)
    except Gone:
        return False


def digests(room, number):
    return [sheet["digest"] for sheet in room.ctl("dossier", "show", number)["sheets"]]


@in_room
def undone(room):
    desk = room.desk(camera=room.camera(PICTURES))
    desk.sign_in("clerk")
    desk.open_case(MATTER)
    capture(desk, 2)
    desk.press("alt+Delete")
    wait(lambda: desk.pages() == 1, "one page less")
    desk.press("ctrl+z")
    wait(lambda: desk.pages() == 2, "the page back")
    number = desk.number()
    before = digests(room, number)
    desk.press("F4")
    wait(lambda: digests(room, number) != before, "another picture in the place")
    wait(lambda: desk.pages() == 2, "the page taken again")
    assert len(digests(room, number)) == 2, "taking again added a page"
    assert desk.stop() == 0, "it did not leave cleanly"


@in_room
def imported(room):
    desk = room.desk()
    desk.sign_in("clerk")
    desk.see("Search for a matter")
    number = desk.open_case(MATTER)
    scans = room.folder / "scans"
    scans.mkdir()
    for name in ("scan10.jpg", "scan9.jpg"):
        shutil.copy(pathlib.Path(PICTURES) / "01-household-booklet.jpg", scans / name)
    (scans / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing of the kind")
    desk.press("ctrl+shift+o")
    wait(lambda: any(name_of(window) == "Import a whole folder" for window in windows_of(desk.root)), "the chooser")
    # The chooser's own way to a typed path. It is still making the entry when a quick finger is up again.
    with desk.holding("slash"):
        wait(lambda: any(has(entry, Atspi.StateType.FOCUSED) for entry in desk.shown(Atspi.Role.TEXT)), "the entry")
    desk.dictate(str(scans))
    desk.press("Return")
    desk.says("2 pages were imported. Page 2 is the same page as 1.")
    desk.says("broken.pdf")
    desk.draw("imported")
    wait(lambda: desk.pages() == 2, "both pages")
    sheets = room.ctl("dossier", "show", number)["sheets"]
    assert [(sheet["device"], sheet["origin"]) for sheet in sheets] == [
        ("scan9.jpg", "import"), ("scan10.jpg", "import")], sheets
    assert desk.stop() == 0, "it did not leave cleanly"


def names_in(lang):
    @in_room
    def play(room):
        findings = []
        for login in ROLES:
            desk = room.desk(lang=lang)
            desk.see("Yizhan" if lang == "en" else "驿站")
            findings += [f"sign-in: {finding}" for finding in desk.unnamed()]
            desk.sign_in(login)
            wait(lambda: not desk.shown(Atspi.Role.PASSWORD_TEXT), f"{login}'s page")
            desk.draw(f"first-{login}")
            findings += [f"{login}: {finding}" for finding in desk.unnamed()]
            if login == "clerk":
                desk.type(MATTER, enter=True)
                wait(lambda: desk.shown(Atspi.Role.COMBO_BOX), "the form")
                desk.draw("case")
                findings += [f"case: {finding}" for finding in desk.unnamed()]
            desk.stop()
        assert not findings, "\n".join(findings)
    return play


def plain_keys():
    keys = re.findall(r'"[a-z]+\.[^"]+", "([^"]+)" \}', (SOURCES / "app/application.c").read_text(encoding="utf-8"))
    assert len(keys) > 20, keys
    plain = [key for key in keys if not re.search(r"<Primary>|<Alt>|F\d", key)]
    assert not plain, f"plain keys: {plain}"


@in_room
def large_text(room):
    desk = room.desk(scale=1.5)
    desk.sign_in("clerk")
    desk.see("Search for a matter")
    desk.type(MATTER, enter=True)
    wait(lambda: not desk.shown(begins="Search for a matter") and desk.number(), "the case")
    desk.draw("large")
    frame = windows_of(desk.root)[0]
    extents = frame.get_component_iface().get_extents(Atspi.CoordType.SCREEN)
    assert extents.width <= 1366 and extents.height <= 768, f"{extents.width}×{extents.height}"
    submit = desk.see("Submit", Atspi.Role.PUSH_BUTTON).get_component_iface().get_extents(Atspi.CoordType.SCREEN)
    assert submit.x + submit.width <= 1366, "the submit button is off the screen"
    assert desk.stop() == 0, "it did not leave cleanly"


sys.exit(run([
    ("/counter/a-wrong-password-is-refused", wrong_password),
    ("/counter/a-case-of-six-originals-takes-eight-keys", eight_keys),
    ("/counter/submitting-right-after-the-last-page-waits-for-it", at_once),
    ("/counter/six-originals-come-by-themselves", by_itself),
    ("/counter/a-killed-desk-returns-to-its-case-with-every-page", killed_between_shots),
    ("/counter/a-killed-camera-helper-comes-back", helper_killed),
    ("/counter/a-removed-page-comes-back", undone),
    ("/counter/a-folder-is-imported-and-marked-so", imported),
    ("/counter/every-focusable-widget-has-a-name-in-english", names_in("en")),
    ("/counter/every-focusable-widget-has-a-name-in-chinese", names_in("zh_CN")),
    ("/counter/no-plain-key-is-an-accelerator", plain_keys),
    ("/counter/large-text-fits-the-counter-screen", large_text),
]))
