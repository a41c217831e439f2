#!/usr/bin/python3
# Copyright (C) 2026 The Yizhan developers
#
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plays the main job on a virtual display, with the real windows, helpers and store.

A network camera on the loopback serves photographs of six originals. A clerk opens a case, captures
them through libgphoto2, fills the form and submits; the station examines, the bureau examines and its
leader approves; the figures move. Keys are pressed as people press them, and what happened is read
back from the store by yizhanctl. Screenshots and the receipt stay in a folder that is named.
"""

import argparse
import contextlib
import gettext
import hashlib
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback

MATTER = "R04"  # own home: household booklet, identity card, property certificate, two pages each
ORIGINALS = ("01", "02", "03", "04", "07", "08")  # of the practice photographs, in the order of the checklist
NAME, NUMBER = "张晓明", "330481199001010014"
ADDRESSES = ("样张市练习镇样张路19号", "样张市河滨路6号")  # where from, where to


def read_options():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--root", type=pathlib.Path, help="where Yizhan is installed")
    options.add_argument("--builddir", type=pathlib.Path, help="where the network camera was built")
    options.add_argument("--lang", choices=("zh_CN", "en"), default="zh_CN")
    options.add_argument("--store", type=pathlib.Path, help="a practice store to play in; without it a new one")
    options.add_argument("--output", type=pathlib.Path, help="where screenshots and the receipt go")
    options.add_argument("--patience", type=float, default=1, help="how many times longer than usual to wait")
    options.add_argument("--uninstalled", action="store_true", help="use the programs of --builddir itself")
    return options.parse_args()


class Failure(Exception):
    """A step did not happen; the sentence says which."""


class Places:
    """Programs, pictures and translations, installed or fresh from the build."""

    def __init__(self, options):
        built = options.builddir
        self.responder = built / "tests" / "support" / "yizhan-ptpip-responder"
        if options.uninstalled:
            self.desk, self.ctl = built / "app" / "yizhan", built / "app" / "yizhanctl"
            self.pictures = built / "app" / "practice"
            self.locale = built / "app" / "po"
            os.environ["GSETTINGS_SCHEMA_DIR"] = str(built / "app" / "data")
        else:
            self.desk, self.ctl = options.root / "bin" / "yizhan", options.root / "bin" / "yizhanctl"
            self.pictures = options.root / "share" / "yizhan" / "practice"
            self.locale = options.root / "share" / "locale"
        for path in (self.desk, self.ctl, self.responder, self.pictures):
            if not path.exists():
                raise Failure(f"{path} is not there: build and install Yizhan first.")


def seal_off(folder, lang):
    """The walk touches nothing of the user: its own home, its own folders, its own bus."""
    for name, place in (("HOME", "home"), ("XDG_DATA_HOME", "home/data"), ("XDG_CONFIG_HOME", "home/config"),
                        ("XDG_CACHE_HOME", "home/cache"), ("XDG_STATE_HOME", "home/state"),
                        ("XDG_RUNTIME_DIR", "home/run")):
        path = folder / place
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.environ[name] = str(path)
    os.environ.update(LANGUAGE=lang, LC_ALL="C.UTF-8", TZ="Asia/Shanghai", GSETTINGS_BACKEND="memory",
                      GDK_BACKEND="x11", GTK_THEME="Adwaita", GTK_IM_MODULE="gtk-im-context-simple")
    for name in ("WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "NO_AT_BRIDGE", "GTK_MODULES"):
        os.environ.pop(name, None)


@contextlib.contextmanager
def running(command, **how):
    """A program of the walk, ended with it."""
    with subprocess.Popen(command, **how) as process:
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


@contextlib.contextmanager
def virtual_display():
    reading, writing = os.pipe()
    with running(["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-dpi", "96", "-nolisten", "tcp"],
                 pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL):
        os.close(writing)
        with os.fdopen(reading) as answer:
            number = answer.readline().strip()
        if not number:
            raise Failure("The virtual display did not start.")
        os.environ["DISPLAY"] = f":{number}"
        with running(["openbox"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL):
            yield


class Screen:
    """What is on the screen, as a screen reader hears it, and the keys that people press."""

    def __init__(self, folder, lang, locale, patience):
        import gi  # pylint: disable=import-outside-toplevel
        gi.require_version("Atspi", "2.0")
        from gi.repository import Atspi  # pylint: disable=import-outside-toplevel
        self.atspi, self.folder, self.patience, self.taken = Atspi, folder, patience, 0
        words = gettext.translation("yizhan", str(locale), [lang], fallback=lang == "en")
        self.words, self.plural = words.gettext, words.ngettext
        # Asked for before the program starts, or the first program of a session may never appear.
        Atspi.get_desktop(0).get_child_count()

    def wait(self, what, look, seconds=20):
        """Waits until @look gives something true; says @what did not happen otherwise."""
        until = time.monotonic() + seconds * self.patience
        while time.monotonic() < until:
            with contextlib.suppress(Exception):
                if found := look():
                    return found
            time.sleep(0.05)
        raise Failure(f"{what} did not happen within {seconds * self.patience:.0f} seconds.")

    def walk(self, node):
        states = node.get_state_set()
        if not states.contains(self.atspi.StateType.VISIBLE) and node.get_role() != self.atspi.Role.APPLICATION:
            return
        yield node
        for place in range(min(node.get_child_count(), 400)):
            child = node.get_child_at_index(place)
            if child is not None:
                yield from self.walk(child)

    def everything(self):
        desktop = self.atspi.get_desktop(0)
        for place in range(desktop.get_child_count()):
            program = desktop.get_child_at_index(place)
            if program is not None and "yizhan" in (program.get_name() or ""):
                yield from self.walk(program)

    def find(self, label, *roles):
        """A showing thing whose name begins with @label, in the language of the walk."""
        wanted = self.words(label)
        for node in self.everything():
            if (node.get_name() or "").startswith(wanted) and (not roles or node.get_role() in roles) and \
                    node.get_state_set().contains(self.atspi.StateType.SHOWING):
                return node
        return None

    def see(self, label, *roles, seconds=20):
        return self.wait(f"“{self.words(label)}” on the screen", lambda: self.find(label, *roles), seconds)

    def says(self, text):
        return any(text in (node.get_name() or "") for node in self.everything())

    def key(self, *keys):
        subprocess.run(["xdotool", "key", "--clearmodifiers", *keys], check=True)

    def type(self, text, delay=40):
        subprocess.run(["xdotool", "type", "--delay", str(delay), text], check=True)

    def focus(self, label):
        """Puts the cursor into a field, as Tab or the mouse would."""
        entry = self.see(label, self.atspi.Role.TEXT, self.atspi.Role.PASSWORD_TEXT, self.atspi.Role.ENTRY)
        self.atspi.Component.grab_focus(entry)
        self.wait(f"The cursor in “{self.words(label)}”",
                  lambda: entry.get_state_set().contains(self.atspi.StateType.FOCUSED))
        return entry

    def read(self, entry):
        return self.atspi.Text.get_text(entry, 0, -1)

    def fill(self, label, text):
        self.enter(self.focus(label), text)

    def fill_next(self, text):
        """Into the field that Tab leads to."""
        self.key("Tab")
        entry = self.wait("A field under the cursor", lambda: next(
            (node for node in self.everything() if node.get_state_set().contains(self.atspi.StateType.FOCUSED) and
             node.get_state_set().contains(self.atspi.StateType.EDITABLE)), None))
        self.enter(entry, text)

    def enter(self, entry, text):
        """Types; keys for Chinese letters are lent by the display one by one, and a slow one may miss some."""
        for delay in (40, 150, 400):
            self.key("ctrl+a")
            self.type(text, delay)
            with contextlib.suppress(Failure):
                # A password is read as dots.
                self.wait(f"“{text}” in the field", lambda: self.read(entry) in (text, "●" * len(text)), 4)
                return
        raise Failure(f"A field holds “{self.read(entry)}” instead of “{text}”.")

    def picture(self, name):
        self.taken += 1
        path = self.folder / f"{self.taken:02}-{name}.png"
        subprocess.run(["import", "-window", "root", str(path)], check=True, stderr=subprocess.DEVNULL)
        return path


class Store:
    """The case as it stands in the store, read by yizhanctl."""

    def __init__(self, ctl, folder):
        self.ctl, self.folder = ctl, folder

    def ask(self, *words, login=None):
        command = [str(self.ctl), "--store", str(self.folder), "--json"] + (["--as", login] if login else [])
        done = subprocess.run(command + list(words), capture_output=True, text=True, check=False,
                              env={**os.environ, "YIZHAN_PASSWORD": "practice"})
        if done.returncode != 0:
            raise Failure(f"yizhanctl {' '.join(words)}: {done.stderr.strip()}")
        return json.loads(done.stdout) if done.stdout.strip() else None

    def show(self, number, login="supervisor"):
        return self.ask("dossier", "show", number, login=login)

    def numbers(self, login):
        return {case["number"] for case in self.ask("dossier", "list", login=login)}


class Walk:
    def __init__(self, screen, store, pictures):
        self.screen, self.store, self.pictures = screen, store, pictures
        self.begun = time.monotonic()
        self.number = None

    def tell(self, sentence):
        print(f"{time.monotonic() - self.begun:6.1f} s  {sentence}", flush=True)

    def sign_in(self, login):
        screen = self.screen
        screen.fill("Login", login)
        screen.key("Return")
        screen.fill("Password", "practice")
        screen.key("Return")
        screen.wait(f"Signing in as {login}", lambda: screen.find("Password") is None)

    def leave(self):
        self.screen.key("ctrl+l")
        self.screen.see("Login")

    def capture(self):
        screen, store = self.screen, self.store
        self.sign_in("clerk")
        screen.picture("counter")
        before = store.numbers("clerk")
        screen.key("F2")
        screen.fill("Search for a matter", MATTER)
        screen.key("Return")
        self.number = screen.wait("A new case", lambda: next(iter(store.numbers("clerk") - before), None))
        self.tell(f"The clerk opened case {self.number} (F2, {MATTER}, Enter).")
        screen.see("Take page")
        for place, picture in enumerate(self.pictures, 1):
            screen.key("F3")
            screen.wait(f"Original {place} in the store",
                        lambda count=place: len(store.show(self.number)["sheets"]) == count, 40)
            sheet = store.show(self.number)["sheets"][-1]
            if sheet["digest"] != hashlib.sha256(picture.read_bytes()).hexdigest():
                raise Failure(f"Original {place} is not the picture that the camera gave.")
            self.tell(f"F3: original {place} of {len(self.pictures)} is saved byte for byte "
                      f"({sheet['material']}, {sheet['bytes']} bytes, {sheet['device']}).")
        screen.wait("The outline of every page", lambda: all(s["corners"] for s in store.show(self.number)["sheets"]), 120)
        screen.picture("originals")

    def submit(self, papers):
        screen, store = self.screen, self.store
        screen.fill("Name", NAME)
        screen.fill("Citizen ID number", NUMBER)
        screen.key("Tab")  # past the button that adds a person
        for address in ADDRESSES:
            screen.fill_next(address)
        screen.wait("The form in the store", lambda: (case := store.show(self.number))["applicant"] == NAME and
                    set(ADDRESSES) <= set(case["facts"].values()))
        screen.picture("form")
        screen.key("ctrl+Return")
        shown = screen.wait("Submitting the case",
                            lambda: (case := store.show(self.number))["accepted_at"] and case, 30)
        self.tell("The form is filled and saved.")
        self.tell(f"Ctrl+Enter: submitted, now “{shown['state_name']}”, due {shown['due']}.")
        receipt = screen.wait("The receipt", lambda: next(papers.glob("*.pdf"), None), 30)
        screen.picture("submitted")
        self.leave()
        return receipt

    def decide(self, login, what, goal):
        screen, store = self.screen, self.store
        self.sign_in(login)
        screen.key("ctrl+f")
        screen.type(self.number)
        screen.wait(f"Case {self.number} in the inbox of {login}", 
                    lambda: screen.says(screen.plural("%u case", "%u cases", 1) % 1), 30)
        screen.key("Return")
        screen.wait(f"Case {self.number} before {login}", lambda: screen.says(f"{self.number} ·"), 30)
        steps = {step["name"] for step in store.show(self.number, login)["steps"] if step["to"] == goal}
        screen.wait(f"The decision bar for {login}", lambda: any(screen.says(step) for step in steps), 30)
        screen.see("Previous page", seconds=30)
        screen.picture(login)
        screen.key("ctrl+Return")
        shown = screen.wait(f"The step of {login}", lambda: (c := store.show(self.number))["state"] == goal and c, 30)
        self.tell(f"{login} {what} (Ctrl+Enter): now “{shown['state_name']}”.")
        return shown


    def decide_all(self, papers):
        """From the counter to the figures; returns the receipt."""
        self.capture()
        receipt = self.submit(papers)
        for login, what, goal in (("examiner", "examined for the station", "bureau-examination"),
                                  ("bureau", "examined for the bureau", "bureau-decision"),
                                  ("leader", "approved for the bureau", "approved")):
            self.decide(login, what, goal)
            if login != "leader":
                self.leave()
        self.screen.key("alt+2")
        self.screen.see("Turnaround at a glance", seconds=20)
        self.screen.picture("figures")
        self.tell("The leader looked at the figures.")
        return receipt


@contextlib.contextmanager
def network_camera(responder, pictures, folder):
    shelf = folder / "camera"
    shelf.mkdir()
    for place, picture in enumerate(pictures):
        shutil.copy(picture, shelf / f"{place:02}.jpg")
    with running([str(responder), "--pictures", str(shelf), "--idle", "0"], stdout=subprocess.PIPE, text=True) as camera:
        port = camera.stdout.readline().split()[1]
        yield f"ptpip:127.0.0.1:{port}:{port}"


def play(options, places, folder, output):
    store_folder = options.store or folder / "store"
    store = Store(places.ctl, store_folder)
    if not (store_folder / "yizhan.db").exists():
        store.ask("init", "--practice")
    pictures = [picture for start in ORIGINALS for picture in places.pictures.glob(f"{start}-*.jpg")]
    if len(pictures) < len(ORIGINALS):
        raise Failure(f"{places.pictures} holds {len(pictures)} photographs of originals; {len(ORIGINALS)} are needed.")
    screen = Screen(output, options.lang, places.locale, options.patience)
    walk = Walk(screen, store, pictures)
    walk.tell(f"A practice store stands in {store_folder}.")
    try:
        figures = store.ask("figures", login="leader")
    except Failure as failure:
        raise Failure(f"{store_folder} is no practice store, and the walk plays in no other.") from failure
    with network_camera(places.responder, pictures, folder) as address, \
            (output / "yizhan.log").open("w", encoding="utf-8") as log, \
            running([str(places.desk), "--store", str(store_folder), "--camera", address, "--lang", options.lang],
                    stdout=log, stderr=log):
        walk.tell(f"A network camera serves six photographs at {address}.")
        try:
            screen.see("Login", seconds=30)
            screen.picture("sign-in")
            walk.tell("The desk is open.")
            receipt = walk.decide_all(store_folder / "papers")
        except Failure as failure:
            raise Failure(f"{failure} The last picture: {screen.picture('failed')}") from failure
    shown = store.show(walk.number)
    shutil.copy(receipt, output / "receipt.pdf")
    after = store.ask("figures", login="leader")
    if after["decided"] != figures["decided"] + 1 or after["pages"] != figures["pages"] + len(ORIGINALS):
        raise Failure("The figures did not move with the case.")
    store.ask("verify")
    walk.tell("The store is verified: every chain, every original.")
    print(f"Case {walk.number}: {shown['state_name']} after {shown['turnaround']:g} working days, against {after['limit']} "
          f"promised; played in {time.monotonic() - walk.begun:.0f} seconds.\n"
          f"Decided {figures['decided']} → {after['decided']}, originals photographed {figures['pages']} → {after['pages']}, "
          f"median {after['median']:g} and 90 % within {after['p90']:g} working days.\n"
          f"Screenshots and the receipt are in {output}.", flush=True)


def play_inside(options):
    """Under a bus and a display of its own."""
    folder = pathlib.Path(os.environ["YIZHAN_WALK_FOLDER"])
    output = options.output
    try:
        with virtual_display():
            play(options, Places(options), folder, output)
    except Failure as failure:
        print(f"The walk ended early: {failure}", flush=True)
        return 1
    except Exception:  # pylint: disable=broad-except
        print(traceback.format_exc(), flush=True)
        return 3
    return 0


def main():
    options = read_options()
    if "YIZHAN_WALK_FOLDER" in os.environ:
        return play_inside(options)
    for program in ("Xvfb", "openbox", "xdotool", "import", "dbus-run-session"):
        if shutil.which(program) is None:
            print(f"{program} is missing: app/start installs it.", file=sys.stderr)
            return 3
    output = (options.output or pathlib.Path(tempfile.mkdtemp(prefix="yizhan-walk-"))).resolve()
    output.mkdir(parents=True, exist_ok=True)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="yizhan-play-"))
    seal_off(folder, options.lang)
    os.environ["YIZHAN_WALK_FOLDER"] = str(folder)
    command = ["dbus-run-session", "--", sys.executable, __file__, *sys.argv[1:], "--output", str(output)]
    try:
        with (output / "bus.log").open("w", encoding="utf-8") as noise:
            return subprocess.run(command, stderr=noise, check=False).returncode
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(main())
