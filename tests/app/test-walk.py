#!/usr/bin/python3
# Copyright (C) 2026 The Yizhan developers
#
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job, played with real windows on a virtual display. Prints TAP.

Arguments: the checkout, the build folder.
"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

CHECKOUT, BUILD = sys.argv[1:3]
OUTPUT = pathlib.Path(tempfile.mkdtemp(prefix="yizhan-walk-test-"))
COMPLAINTS = re.compile(r"Sanitizer|runtime error|CRITICAL|WARNING \*\*(?!: [\d:.]+: Couldn't connect to accessibility)")
LEAKS = re.compile(r"^=+\n==\d+==ERROR: LeakSanitizer.*?^SUMMARY: AddressSanitizer:[^\n]*", re.DOTALL | re.MULTILINE)


def list_complaints(text):
    """What the desk should not have said. Drawing libraries keep a buffer or two until the end, and without
    frame pointers nothing names them: a leak counts when a line of ours is in its stack."""
    ours = [leak for report in LEAKS.findall(text) for leak in report.split("\n\n")
            if " leak of " in leak and re.search(r" \.\./\.\./(app|capture|ui|workflow)/", leak)]
    return COMPLAINTS.findall(LEAKS.sub("", text)) + ours


def walk_the_way():
    done = subprocess.run(["/usr/bin/python3", f"{CHECKOUT}/app/walk.py", "--uninstalled", "--builddir", BUILD,
                           "--patience", "8", "--output", str(OUTPUT)], capture_output=True, text=True, check=False)
    print("# " + (done.stdout + done.stderr).strip().replace("\n", "\n# "), flush=True)
    return done


def read_receipt():
    return subprocess.run(["pdftotext", "-layout", str(OUTPUT / "receipt.pdf"), "-"], capture_output=True, text=True,
                          check=False).stdout


def main():
    print("1..5", flush=True)
    try:
        done = walk_the_way()
        number = (re.search(r"W01-\d{4}-\d{6}", done.stdout) or [""])[0]
        log = OUTPUT / "yizhan.log"
        complaints = list_complaints(log.read_text(encoding="utf-8")) if log.exists() else ["no log"]
        claims = (
            ("six originals travel from the camera to a decision", done.returncode == 0),
            ("every step is told", all(word in done.stdout for word in (
                "opened case", "original 6 of 6", "submitted", "examiner", "bureau", "leader", "working days"))),
            ("every screen is kept", len(list(OUTPUT.glob("*.png"))) >= 9),
            ("the receipt carries the number of the case", number != "" and number in read_receipt()),
            ("the desk complains about nothing", not complaints),
        )
        for place, (claim, holds) in enumerate(claims, 1):
            print(f"{'ok' if holds else 'not ok'} {place} {claim}")
        if complaints:
            print("# " + log.read_text(encoding="utf-8").replace("\n", "\n# "))
        return not all(holds for _, holds in claims)
    finally:
        shutil.rmtree(OUTPUT, ignore_errors=True)


sys.exit(main())
