# Copyright (C) 2026 The Yizhan developers
#
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sits at the desk as a person would: real keys go in, and what a screen reader hears comes out.

Nothing here waits for a time, only for what must be seen, and gives up after a guard time.
"""

import atexit
import contextlib
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

GUARD = float(os.environ.get("YIZHAN_TEST_GUARD", "60"))
FOCUSABLE = Atspi.StateType.FOCUSABLE
SHOWING = Atspi.StateType.SHOWING
# Of a library: a defect of the desk. How the bus of the screen readers comes and goes is this driver's doing.
COMPLAINT = re.compile(r"(?<!dbind)-(CRITICAL|WARNING) \*\*")
Atspi.set_timeout(3000, 3000)  # a widget that goes away while it is asked never answers
# Containers that only scroll or hold: nobody stops on them.
SILENT = {Atspi.Role.SCROLL_BAR, Atspi.Role.SEPARATOR, Atspi.Role.APPLICATION}


class Gone(Exception):
    """What was waited for did not come."""


class Busy(Exception):
    """A window that does not answer just now."""


def wait(condition, what, guard=GUARD):
    """Looks until it is so; says what was missed."""
    pause = threading.Event()
    end = time.monotonic() + guard
    while time.monotonic() < end:
        try:
            found = condition()
        except (Busy, gi.repository.GLib.Error):
            found = None  # too busy to answer, or a widget that is gone meanwhile
        if found:
            return found
        pause.wait(0.05)
    raise Gone(f"{what} did not come within {guard:.0f} s")


def windows_of(application):
    """The windows that can be seen; one that is gone meanwhile is left out."""
    application.clear_cache()
    windows = [application.get_child_at_index(index) for index in range(application.get_child_count())]
    for window in windows:
        if window is not None:
            window.clear_cache()
    return [window for window in windows if window is not None and has(window, SHOWING)]


def has(node, state):
    try:
        return node.get_state_set().contains(state)
    except gi.repository.GLib.Error:
        return False


def name_of(node):
    try:
        return node.get_name() or ""
    except gi.repository.GLib.Error:
        return ""


def role_of(node):
    try:
        return node.get_role()
    except gi.repository.GLib.Error:
        return None


class Desk:
    """One running yizhan on a store, with its own settings."""

    def __init__(self, folder, store, camera=None, lang="en", scale=None):
        self.folder = pathlib.Path(folder)
        self.store = store
        self.camera = camera
        self.lang = lang
        self.scale = scale
        self.keys_pressed = 0
        self.process = None
        self.root = None
        self.listener = None
        self.complaints = []

    def start(self):
        Atspi.get_desktop(0).get_child_count()  # before the program, or it may never appear
        environment = dict(os.environ, GSETTINGS_BACKEND="keyfile", XDG_CONFIG_HOME=str(self.folder / "config"),
                           XDG_DATA_HOME=str(self.folder / "data"), XDG_CACHE_HOME=str(self.folder / "cache"))
        environment.pop("NO_AT_BRIDGE", None)
        environment.pop("G_DEBUG", None)
        if self.scale:
            environment["GDK_DPI_SCALE"] = str(self.scale)
        command = [os.environ["YIZHAN"], "--store", str(self.store), "--lang", self.lang]
        if self.camera:
            command += ["--camera", self.camera]
        self.process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True, errors="replace")
        self.listener = threading.Thread(target=self._listen, daemon=True)
        self.listener.start()
        self.root = wait(self._find_root, "the window")
        return self

    def _listen(self):
        """What the desk and its helpers say on the terminal is passed on."""
        for line in self.process.stderr:
            sys.stderr.write(line)
            if COMPLAINT.search(line):
                self.complaints.append(line.strip())

    def _find_root(self):
        if self.process.poll() is not None:
            raise Gone(f"yizhan ended with {self.process.returncode}")
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            application = desktop.get_child_at_index(index)
            if application is None or application.get_process_id() != self.process.pid:
                continue
            if windows_of(application):
                return application
        return None

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if self.process is None or self.process.poll() is not None:
            return self.process.returncode if self.process else 0
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(GUARD)
        except subprocess.TimeoutExpired:
            self.kill()
            raise Gone("yizhan did not leave when it was asked to") from None

    # what is seen

    def shown(self, role=None, begins=None):
        """Everything that can be seen now, of that role, whose name begins so.

        The desk looks for it itself, in one question: asking every widget took the tests minutes.
        """
        return wait(lambda: (self._ask_for(role, begins),), "an answer")[0]

    def _ask_for(self, role, begins):
        every, some = Atspi.CollectionMatchType.ALL, Atspi.CollectionMatchType.ANY
        rule = Atspi.MatchRule.new(Atspi.StateSet.new([SHOWING]), every, {}, every,
                                   [] if role is None else [role], every if role is None else some, [], every, False)
        found = []
        for window in windows_of(self.root):
            collection = window.get_collection_iface()
            if collection is None:
                raise Busy
            found += collection.get_matches(rule, Atspi.CollectionSortOrder.CANONICAL, 0, True)
        for node in found:
            node.clear_cache()  # what was true a moment ago is of no use here
        return [node for node in found if begins is None or name_of(node).startswith(begins)]

    def see(self, begins, role=None):
        return self._await(lambda: self.shown(role, begins), f"“{begins}”")[0]

    def says(self, part):
        """A sentence that contains this."""
        return self._await(lambda: [node for node in self.shown() if part in name_of(node)], f"“…{part}…”")[0]

    def _await(self, condition, what):
        """Where it does not come, what stands there instead is told and drawn."""
        try:
            return wait(condition, what)
        except Gone as missed:
            self.draw("missed")
            instead = "\n".join(dict.fromkeys(filter(None, map(name_of, self.shown()))))
            raise Gone(f"{missed}; instead there is:\n{instead}") from None

    def number(self):
        """The number of the case that is open."""
        for node in self.shown(Atspi.Role.LABEL):
            match = re.match(r"([A-Z0-9]+-\d{4}-\d+) · ", name_of(node))
            if match:
                return match[1]
        return None

    def pages(self):
        return len(self.shown(Atspi.Role.RADIO_BUTTON, "Page "))

    def unnamed(self):
        """Whoever can be stopped at by the keyboard and would be read as nothing."""
        found = []
        for node in self.shown():
            if has(node, FOCUSABLE) and role_of(node) not in SILENT and not name_of(node):
                labels = [relation.get_target(0) for relation in node.get_relation_set()
                          if relation.get_relation_type() == Atspi.RelationType.LABELLED_BY]
                if not any(name_of(label) for label in labels):
                    found.append(f"{node.get_role_name()} under “{name_of(node.get_parent())}”")
        return found

    # what is done

    def press(self, *keys):
        for key in keys:
            subprocess.run(["xdotool", "key", "--clearmodifiers", key], check=True)
            self.keys_pressed += 1

    @contextlib.contextmanager
    def holding(self, key):
        """The key is down meanwhile."""
        subprocess.run(["xdotool", "keydown", key], check=True)
        try:
            yield
        finally:
            subprocess.run(["xdotool", "keyup", key], check=True)

    def type(self, text, enter=False):
        """Typing the form: not counted."""
        subprocess.run(["xdotool", "type", "--delay", "8", text], check=True)
        if enter:
            subprocess.run(["xdotool", "key", "Return"], check=True)

    def dictate(self, text):
        """Letters that no key carries go in whole, as an input method commits them.

        The display lends keys to them one by one, and a busy desk misses some.
        """
        entry = wait(lambda: [entry for entry in self.shown(Atspi.Role.TEXT) if has(entry, Atspi.StateType.FOCUSED)],
                     "an entry with the focus")[0]
        Atspi.EditableText.set_text_contents(entry, text)
        wait(lambda: Atspi.Text.get_text(entry, 0, -1) == text, f"“{text}” in the entry")

    def tab(self, count=1):
        subprocess.run(["xdotool", "key"] + ["Tab"] * count, check=True)

    def sign_in(self, login, password="practice"):
        self.see("Password" if self.lang == "en" else "密码", Atspi.Role.PASSWORD_TEXT)
        self.focus_entry(0)
        subprocess.run(["xdotool", "key", "ctrl+a"], check=True)
        self.type(login)
        self.tab()
        self.type(password, enter=True)

    def open_case(self, matter):
        """A new case: its number."""
        self.press("F2")
        self.see("Search for a matter")
        self.type(matter, enter=True)
        wait(lambda: not self.shown(begins="Search for a matter"), "the case in the chooser's place")
        return wait(self.number, "the number of the case")

    def focus_entry(self, index):
        entry = self.shown(Atspi.Role.TEXT)[index]
        wait(lambda: entry.get_component_iface().grab_focus() and has(entry, Atspi.StateType.FOCUSED),
             "the focus in the entry")

    def draw(self, name):
        """Leaves a picture of the screen where somebody asked for pictures."""
        folder = os.environ.get("YIZHAN_SCREENSHOTS")
        if folder:
            subprocess.run(["import", "-window", "root", str(pathlib.Path(folder) / f"{name}-{self.lang}.png")],
                           check=False)

    def helper(self, program):
        """The process id of a helper of this desk."""
        answer = subprocess.run(["pgrep", "-P", str(self.process.pid), "-f", program], capture_output=True,
                                text=True, check=False).stdout.split()
        return int(answer[0]) if answer else None


class Room:
    """A folder of its own with a practice store, thrown away at the end."""

    template = None  # a practice store is made once and copied

    def __init__(self, practice=True):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="yizhan-ui-"))
        self.store = self.folder / "store"
        self.started = []
        if practice and Room.template is None:
            self.ctl("init", "--practice", login=None)
            Room.template = pathlib.Path(tempfile.mkdtemp(prefix="yizhan-ui-")) / "store"
            atexit.register(shutil.rmtree, Room.template.parent, ignore_errors=True)
            shutil.copytree(self.store, Room.template)
        elif practice:
            shutil.copytree(Room.template, self.store)

    def ctl(self, *words, login="clerk"):
        environment = dict(os.environ, YIZHAN_PASSWORD="practice")
        command = [os.environ["YIZHANCTL"], "--store", str(self.store)]
        if login:
            command += ["--as", login]
        answer = subprocess.run(command + ["--json", *words], env=environment, capture_output=True, text=True,
                                check=False)
        if answer.returncode != 0:
            raise Gone(f"yizhanctl {' '.join(words)}: {answer.stderr}")
        return json.loads(answer.stdout) if answer.stdout.strip() else None

    def desk(self, **how):
        desk = Desk(self.folder, self.store, **how)
        self.started.append(desk)
        return desk.start()

    def camera(self, pictures):
        """A network camera on the loopback, spoken to through libgphoto2: its process and address."""
        process = subprocess.Popen([os.environ["YIZHAN_RESPONDER"], "--pictures", pictures, "--for", "600"],
                                   stdout=subprocess.PIPE, text=True)
        self.started.append(process)
        word, port = process.stdout.readline().split()
        assert word == "ready", word
        threading.Thread(target=process.stdout.read, daemon=True).start()
        return f"ptpip:127.0.0.1:{port}:{port}"

    def close(self):
        for started in self.started:
            process = started.process if isinstance(started, Desk) else started
            if process is not None and process.poll() is None:
                process.kill()
                process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def complaints(self):
        """Of the libraries, on the terminal of a desk that has ended."""
        desks = [started for started in self.started if isinstance(started, Desk) and started.listener]
        for desk in desks:
            desk.listener.join(GUARD)  # until the last helper of it is gone
        return [complaint for desk in desks for complaint in desk.complaints]


def in_room(test):
    """A room for one test, closed whatever happens. On no terminal a library complains."""
    def play():
        room = Room()
        try:
            test(room)
        finally:
            room.close()
        complaints = room.complaints()
        assert not complaints, "\n".join(complaints)
    return play


def run(tests):
    """Runs the claims one after the other, or those that the command line names, and prints TAP."""
    tests = [test for test in tests if test[0] in sys.argv[1:] or len(sys.argv) == 1]
    assert tests, f"no claim is called {' or '.join(sys.argv[1:])}"
    print(f"1..{len(tests)}", flush=True)
    failed = False
    for number, (claim, test) in enumerate(tests, 1):
        try:
            test()
            print(f"ok {number} {claim}", flush=True)
        except (Gone, AssertionError, subprocess.SubprocessError, gi.repository.GLib.Error) as error:
            failed = True
            print(f"not ok {number} {claim}", flush=True)
            for line in (str(error) or repr(error)).splitlines():
                print(f"# {line}", flush=True)
    return failed
