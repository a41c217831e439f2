#!/usr/bin/python3
# Copyright (C) 2026 The Yizhan developers
#
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules of the house that the compiler cannot know.

Every rule is a function from a tree to findings. With no argument the rules judge this project, and
each one must also fire on its bad example under tests/lint/bad/RULE: a rule that cannot fail is none.
Prints TAP.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDERS = ("capture", "workflow", "ui", "app")
MAY_SEE = {
    "capture": {"capture"},
    "workflow": {"workflow"},
    "ui": {"ui", "capture", "workflow"},
    "app": {"app", "ui", "capture", "workflow"},
}
# A foreign header, and the only files that may open the door to it.
DOORMEN = {
    r"gphoto2/": r"capture/gphoto-camera.*\.[ch]",
    r"gst/": r"capture/video-camera.*\.[ch]",
    r"gudev/": r"capture/camera-watch\.c",
    r"sane/": r"capture/scanner-camera.*\.[ch]",
    r"turbojpeg\.h": r"capture/codec-jpeg\.c",
    r"jpeglib\.h": r"capture/codec-jpeg\.c",
    r"png\.h": r"capture/codec-png\.c",
    r"poppler": r"capture/codec-pdf\.c",
    r"allheaders\.h": r"capture/page-flattener\.c",
    r"tiffio\.h": r"capture/codec-tiff\.c",
    r"tesseract/": r"capture/page-words\.c",
    r"zbar\.h": r"capture/page-codes\.c",
    r"seccomp\.h|linux/landlock\.h|linux/seccomp\.h": r"capture/sandbox\.c",
    r"sqlite3\.h": r"workflow/store-sqlite.*\.[ch]",
    r"openssl/": r"workflow/digest\.c",
    r"sodium\.h": r"workflow/password\.c",
    r"qrencode\.h": r"ui/qr-code\.c",
    r"gtk/|gdk/|handy\.h": r"(ui|app)/.*\.[ch]",
}
AT_ROOT = {"app", "capture", "workflow", "ui", "tests", "meson.build", "README.md", "LICENSE"}
MARKERS = re.compile(r"\b(TODO|FIXME|XXX|HACK|not implemented|placeholder|for now)\b")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)


def files(root, *suffixes, under=FOLDERS + ("tests",)):
    for folder in under:
        for path in sorted((root / folder).rglob("*")):
            relative = path.relative_to(root)
            if path.suffix in suffixes and "bad" not in relative.parts[:3]:
                yield relative


def text_of(root, relative):
    return (root / relative).read_text(encoding="utf-8")


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def layers(root):
    for path in files(root, ".c", ".h", under=FOLDERS):
        for match in INCLUDE.finditer(text := text_of(root, path)):
            seen = match[2].split("/")[0]
            if match[1] == '"' and seen in FOLDERS + ("tests",) and seen not in MAY_SEE[path.parts[0]]:
                yield f"{path}:{line_of(text, match.start())}: {path.parts[0]} may not see {seen}"
            if match[1] == '"' and "/" not in match[2] and not match[2].endswith(".inc"):
                yield f"{path}:{line_of(text, match.start())}: the include does not name its folder"


def doormen(root):
    for path in files(root, ".c", ".h", under=FOLDERS):
        for match in INCLUDE.finditer(text := text_of(root, path)):
            for header, door in DOORMEN.items():
                if match[1] == "<" and re.match(header, match[2]) and not re.fullmatch(door, str(path)):
                    yield f"{path}:{line_of(text, match.start())}: <{match[2]}> is let in by {door} only"


def licences(root):
    for path in files(root, ".c", ".h", ".py"):
        if "SPDX-License-Identifier: GPL-3.0-or-later" not in text_of(root, path)[:400]:
            yield f"{path}: the licence line is missing"


def headers(root):
    for path in files(root, ".h"):
        if "#pragma once" not in text_of(root, path):
            yield f"{path}: #pragma once is missing"
    for path in files(root, ".c", under=FOLDERS):
        own = path.with_suffix(".h")
        first = INCLUDE.search(text_of(root, path))
        if (root / own).exists() and (first is None or first[2] != str(own)):
            yield f"{path}: its own header comes first"


def sizes(root):
    for path in files(root, ".c", ".h", ".py"):
        lines = text_of(root, path).split("\n")
        if len(lines) > 601:
            yield f"{path}: {len(lines)} lines; split it along its meaning"
        start = None
        for number, line in enumerate(lines, 1):
            if path.suffix == ".c" and line == "{":
                start = number
            elif path.suffix == ".c" and line == "}" and start is not None:
                if number - start - 1 > 80:
                    yield f"{path}:{start}: a function of {number - start - 1} lines"
                start = None


def stems(root):
    seen = {}
    for path in files(root, ".c", under=FOLDERS):
        if path.stem in seen:
            yield f"{path}: the stem is taken by {seen[path.stem]}"
        seen[path.stem] = path


def tested(root):
    """Pure rooms have a test per file; tests/lint/untested names the others, each with its reason."""
    excused = set()
    listing = root / "tests/lint/untested"
    if listing.exists():
        for line in listing.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                excused.add(line.split()[0])
    for path in files(root, ".c", under=("capture", "workflow")):
        here = root / "tests" / path.parts[0] / f"test-{path.stem}.c"
        if not here.exists() and str(path) not in excused:
            yield f"{path}: there is no tests/{path.parts[0]}/test-{path.stem}.c"
    for name in excused:
        if not (root / name).exists():
            yield f"tests/lint/untested: {name} is not there any more"


def markers(root):
    for path in files(root, ".c", ".h", ".ui", ".py", ".sh", ".sql", ".css"):
        if path.name == "check-source.py":
            continue
        for match in MARKERS.finditer(text := text_of(root, path)):
            yield f"{path}:{line_of(text, match.start())}: “{match[0]}” is left over"


def sleeps(root):
    for path in files(root, ".c", ".py", under=("tests",)):
        if path.name == "check-source.py":
            continue
        for match in re.finditer(r"\b(g_usleep|usleep|time\.sleep|sleep) ?\(", text := text_of(root, path)):
            yield f"{path}:{line_of(text, match.start())}: wait for a condition instead of sleeping"


def statements(root):
    """SQL is bound, never printed together."""
    printed = re.compile(r'printf \([^;"]*"\s*(SELECT|INSERT|UPDATE|DELETE|REPLACE)\b')
    for path in files(root, ".c", under=("workflow",)):
        for match in printed.finditer(text := text_of(root, path)):
            yield f"{path}:{line_of(text, match.start())}: SQL put together by printf; bind its parameters"


def keys(root):
    """A plain key as accelerator takes that letter from everybody who types."""
    plain = re.compile(r'(accelerator[^>]*>|<accelerator key=")([a-z0-9]|space)("|<)')
    for path in files(root, ".ui", under=("ui",)):
        for match in plain.finditer(text := text_of(root, path)):
            yield f"{path}:{line_of(text, match.start())}: “{match[2]}” is a plain-key accelerator"


def house(root):
    for path in root.iterdir():
        if not path.name.startswith(".") and path.name not in AT_ROOT:
            yield f"{path.name}: does not belong at the root"


RULES = (layers, doormen, licences, headers, sizes, stems, tested, markers, sleeps, statements, keys, house)


def main():
    number = 0
    failed = False
    print(f"1..{2 * len(RULES)}")
    for rule in RULES:
        bad = pathlib.Path(__file__).parent / "bad" / rule.__name__
        for claim, findings, holds in (
            (f"{rule.__name__} holds in the tree", list(rule(ROOT)), lambda found: not found),
            (f"{rule.__name__} fires on its bad example", list(rule(bad)), bool),
        ):
            number += 1
            good = holds(findings)
            failed |= not good
            print(f"{'ok' if good else 'not ok'} {number} {claim}")
            if not good:
                for finding in findings or ["nothing was found"]:
                    print(f"# {finding}")
    return failed


sys.exit(main())
