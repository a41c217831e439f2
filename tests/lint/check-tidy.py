#!/usr/bin/python3
# Copyright (C) 2026 The Yizhan developers
#
# SPDX-License-Identifier: GPL-3.0-or-later
"""clang-tidy finds nothing in any source of the product. Prints TAP, a claim for each source.

Arguments: the checkout, a build folder configured for clang.
"""

import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys

checkout, build = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
FOLDERS = ("capture", "workflow", "ui", "app")


def list_sources():
    found = set()
    for entry in json.loads((build / "compile_commands.json").read_text()):
        path = pathlib.Path(os.path.normpath(os.path.join(entry["directory"], entry["file"])))
        if path.is_relative_to(checkout) and not path.is_relative_to(build) and \
                path.relative_to(checkout).parts[0] in FOLDERS:
            found.add(path)
    return sorted(found)


def examine(path):
    done = subprocess.run(["clang-tidy", "-p", str(build), "--quiet", "--use-color=0", str(path)],
                          capture_output=True, text=True, check=False)
    return path, done.returncode, [line for line in done.stdout.splitlines()
                                   if re.search(r": (error|warning): ", line)] or done.stderr.splitlines()


sources = list_sources()
if not sources:
    sys.exit(f"{build} knows no sources of the product")
print(f"1..{len(sources)}", flush=True)
failed = 0
with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
    for number, (path, code, lines) in enumerate(pool.map(examine, sources), 1):
        print(f"{'not ok' if code else 'ok'} {number} {path.relative_to(checkout)} is tidy", flush=True)
        if code:
            failed += 1
            print("\n".join("# " + line.replace(str(checkout) + "/", "") for line in lines), flush=True)
sys.exit(1 if failed else 0)
