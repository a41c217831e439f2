#!/usr/bin/python3
# Copyright (C) 2026 The Yizhan developers
#
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long the desk takes from its start to its first frame, against a window with one label.

Use it so: first-frame.py YIZHAN STORE BENCH-BARE [ROUNDS]
Each is started on an X server of its own, whose empty screen is black: the first frame is there when
the middle of the screen has another colour. The two take turns.
"""

import contextlib
import ctypes
import os
import statistics
import subprocess
import sys
import time

ALL_PLANES, Z_PIXMAP = 0xFFFFFFFF, 2
WIDTH, HEIGHT = 1366, 768
PATIENCE = 60  # seconds


class Screen:
    def __init__(self):
        read, write = os.pipe()
        self.server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", f"{WIDTH}x{HEIGHT}x24",
                                        "-nolisten", "tcp"], pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as told:
            self.name = ":" + told.readline().strip()
        self.x11 = ctypes.CDLL("libX11.so.6")
        for name, result in (("XOpenDisplay", ctypes.c_void_p), ("XDefaultRootWindow", ctypes.c_ulong),
                             ("XGetImage", ctypes.c_void_p), ("XGetPixel", ctypes.c_ulong)):
            getattr(self.x11, name).restype = result
        self.x11.XOpenDisplay.argtypes = [ctypes.c_char_p]
        self.x11.XGetImage.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int, ctypes.c_int, ctypes.c_uint,
                                       ctypes.c_uint, ctypes.c_ulong, ctypes.c_int]
        self.x11.XGetPixel.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_int]
        self.x11.XDefaultRootWindow.argtypes = [ctypes.c_void_p]
        self.display = self.x11.XOpenDisplay(self.name.encode())
        if not self.display:
            sys.exit(f"no X server at {self.name}")
        self.root = self.x11.XDefaultRootWindow(self.display)

    def is_painted(self):
        image = self.x11.XGetImage(self.display, self.root, WIDTH // 4, HEIGHT // 4, 1, 1, ALL_PLANES, Z_PIXMAP)
        return self.x11.XGetPixel(image, 0, 0) & 0xFFFFFF != 0

    def close(self):
        self.server.terminate()
        self.server.wait()


def measure(command):
    screen = Screen()
    environment = {**os.environ, "DISPLAY": screen.name, "GDK_BACKEND": "x11", "NO_AT_BRIDGE": "1",
                   "GSETTINGS_BACKEND": "memory"}
    start = time.monotonic()
    program = subprocess.Popen(["dbus-run-session", "--", *command], env=environment, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        while not screen.is_painted():
            with contextlib.suppress(subprocess.TimeoutExpired):
                program.wait(0.002)
                sys.exit(f"{command[0]} ended without a window")
            if time.monotonic() - start > PATIENCE:
                sys.exit(f"{command[0]} shows nothing")
        return (time.monotonic() - start) * 1000
    finally:
        os.killpg(program.pid, 15)
        program.wait()
        screen.close()


def main():
    if len(sys.argv) < 4:
        sys.exit("Use it so: first-frame.py YIZHAN STORE BENCH-BARE [ROUNDS]")
    yizhan, store, bare = sys.argv[1:4]
    rounds = int(sys.argv[4]) if len(sys.argv) > 4 else 5
    desk, least = [], []
    for _ in range(rounds):
        least.append(measure([bare]))
        desk.append(measure([yizhan, "--store", store]))
    print(f"first frame {statistics.median(desk):.0f} ms  bare window {statistics.median(least):.0f} ms")
    print(f"desk to bare {statistics.median(desk) / statistics.median(least):.2f} over {rounds} rounds")


main()
