#!/usr/bin/python3
# Copyright (C) 2026 The Yizhan developers
#
# SPDX-License-Identifier: GPL-3.0-or-later
"""The desk configures where nothing is installed but what app/packages lists to build and to run it.

Meson is run in a room that knows the programs and the libraries of these packages and of what they
depend on; what only the tests need is not in there. Two bad examples show that the room is tight.
Prints TAP. Argument: the checkout.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

CHECKOUT = pathlib.Path(sys.argv[1]).resolve()
BAD = pathlib.Path(__file__).resolve().parent / "bad" / "bare"
PROGRAMS = ("/usr/bin", "/bin", "/usr/sbin", "/sbin")


def ask(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def listed(*kinds):
    lines = (CHECKOUT / "app/packages").read_text(encoding="utf-8").splitlines()
    return [line.split()[1] for line in lines if line.split()[:1] and line.split()[0] in kinds]


def files_at_hand():
    """What Debian's own system, these packages and whatever they depend on put on the disk."""
    system = [name for name, essential, priority in
              (line.split("\t") for line in ask("dpkg-query", "-W", "-f", "${Package}\\t${Essential}\\t${Priority}\\n")
               .splitlines()) if essential == "yes" or priority == "required"]
    reached = ask("apt-cache", "depends", "--recurse", "--installed", "--no-recommends", "--no-suggests",
                  "--no-conflicts", "--no-breaks", "--no-replaces", "--no-enhances", *system, *listed("build", "run"))
    names = sorted(set(re.findall(r"^\w\S*", reached, re.M)) | set(system))
    paths = subprocess.run(["dpkg-query", "-L", *names], capture_output=True, text=True, check=False).stdout
    return {os.path.realpath(path) for path in paths.splitlines() if path.startswith("/")}


def make_room(room):
    """Two folders that hold links: the programs, and what pkg-config reads."""
    files = files_at_hand()
    for name, places in (("bin", PROGRAMS), ("pkgconfig", ask("pkg-config", "--variable", "pc_path", "pkg-config")
                                             .strip().split(":"))):
        (room / name).mkdir()
        for place in map(pathlib.Path, places):
            for path in place.iterdir() if place.is_dir() else ():
                link = room / name / path.name
                if not link.is_symlink() and os.path.realpath(path) in files:
                    link.symlink_to(path)


def configure(room, project):
    """As app/start does; what it says, and whether it worked."""
    build = room / "build"
    shutil.rmtree(build, ignore_errors=True)
    done = subprocess.run(["meson", "setup", str(build), str(project), "--prefix", str(room / "root"), "--libdir", "lib"],
                          env={"PATH": str(room / "bin"), "PKG_CONFIG_LIBDIR": str(room / "pkgconfig"),
                               "HOME": str(room), "LC_ALL": "C.UTF-8"},
                          capture_output=True, text=True, check=False)
    return done.returncode == 0, done.stdout + done.stderr


def main():
    if not all(map(shutil.which, ("dpkg-query", "apt-cache", "meson", "pkg-config"))):
        print("1..0 # SKIP this is no Debian to ask about its packages")
        return False
    failed = False
    print("1..3", flush=True)
    with tempfile.TemporaryDirectory(prefix="yizhan-bare-") as folder:
        room = pathlib.Path(folder)
        make_room(room)
        for number, (claim, project, missed) in enumerate((
            ("the desk configures with what it lists to build and to run", CHECKOUT, None),
            ("a library that only the tests have is not found there", BAD / "library", '"umockdev-1.0" not found'),
            ("a program that only the tests have is not found there", BAD / "program", "'shellcheck' not found"),
        ), 1):
            worked, said = configure(room, project)
            good = worked if missed is None else not worked and missed in said
            failed |= not good
            print(f"{'ok' if good else 'not ok'} {number} {claim}", flush=True)
            if not good:
                print("\n".join(f"# {line}" for line in said.splitlines()[-12:]), flush=True)
    return failed


sys.exit(main())
