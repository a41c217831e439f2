#!/usr/bin/python3
# Copyright (C) 2026 The Yizhan developers
#
# SPDX-License-Identifier: GPL-3.0-or-later
"""Judges the camera drivers against devices that only a kernel can play.

run.py BUILDDIR [PROGRAM...] [--accel KIND] [--limit SECONDS] [--claims PART]

Starts a virtual machine with Debian's kernel and this system's own files, read-only; its programs are
those of BUILDDIR. room.sh sets the devices up inside and runs the tests, which speak TAP over a serial
line. Every claim is printed, and written as JUnit beside the build. Exit code: 0 all claims hold, 1 one
does not, 3 the machine could not be started or did not come to its end.
"""

import argparse
import os
import pathlib
import re
import shlex
import shutil
import stat
import subprocess
import sys
import threading
import xml.etree.ElementTree as xml

HERE = pathlib.Path(__file__).resolve().parent
# What the first program needs to reach the files of this system.
MODULES = ("virtio_pci", "9pnet_virtio", "9p", "overlay")
FIRST = """#!/bin/busybox sh
/bin/busybox mount -t proc proc /proc
/bin/busybox mount -t devtmpfs dev /dev
for module in {modules}; do /bin/busybox insmod "/modules/$module" || exit 1; done
cd /
/bin/busybox mkdir -p lower upper room
/bin/busybox mount -t 9p -o trans=virtio,version=9p2000.L,ro,cache=loose,msize=262144 system /lower || exit 1
/bin/busybox mount -t tmpfs upper /upper && /bin/busybox mkdir /upper/files /upper/work
/bin/busybox mount -t overlay -o lowerdir=/lower,upperdir=/upper/files,workdir=/upper/work room /room || exit 1
/bin/busybox umount /proc
export CLAIMS={claims} LIMIT={limit}
exec /bin/busybox switch_root /room /bin/bash {room} {build} {programs}
"""
RESULT = re.compile(r"(not ok|ok) \d+ (\S+)(?: # SKIP ?(.*))?")
END = "# the room is empty"


class NoMachine(Exception):
    """The machine cannot be started; the text says why."""


def find_kernel():
    """The newest installed kernel that has the modules, and their folder."""
    for folder in sorted(pathlib.Path("/lib/modules").glob("*"), key=lambda path: path.stat().st_mtime, reverse=True):
        image = pathlib.Path("/boot") / f"vmlinuz-{folder.name}"
        if image.exists() and any((folder / "kernel").rglob("vivid.ko*")):
            return image, folder
    raise NoMachine("No kernel with the module vivid is installed (linux-image-amd64).")


def order_modules(folder):
    """The files to load for MODULES, each after those it needs; what is built in needs no file."""
    needs = {}
    for line in (folder / "modules.dep").read_text(encoding="utf-8").splitlines():
        path, others = line.split(":")
        needs[pathlib.Path(path).name.split(".")[0]] = (path, others.split())
    # These are asked for by name only when the first is already there.
    wanted = ["virtio_pci_legacy_dev", "virtio_pci_modern_dev", *MODULES]
    order = []
    for path, others in (needs[name] for name in wanted if name in needs):
        order += [one for one in [*reversed(others), path] if one not in order]
    return [folder / path for path in order]


class Archive:
    """A cpio archive in the form that the kernel unpacks as its first files."""

    def __init__(self):
        self.parts = []
        self.folders = set()

    def _add(self, name, mode, data=b""):
        fields = [len(self.parts) + 1, mode, 0, 0, 1, 0, len(data), 0, 0, 0, 0, len(name) + 1, 0]
        head = b"070701" + b"".join(b"%08X" % field for field in fields) + name.encode() + b"\0"
        self.parts.append(head + b"\0" * (-len(head) % 4) + data + b"\0" * (-len(data) % 4))

    def add_folder(self, name):
        if name in self.folders or name in ("", "."):
            return
        self.add_folder(os.path.dirname(name))
        self.folders.add(name)
        self._add(name, stat.S_IFDIR | 0o755)

    def add_file(self, name, data):
        self.add_folder(os.path.dirname(name))
        self._add(name, stat.S_IFREG | 0o755, data)

    def finish(self):
        self._add("TRAILER!!!", 0)
        return b"".join(self.parts)


def list_libraries(program):
    report = subprocess.run(["ldd", program], capture_output=True, text=True, check=False).stdout
    return re.findall(r"(/\S+) \(0x", report)


def make_first_files(folder, build, arguments):
    archive = Archive()
    modules = order_modules(folder)
    busybox = shutil.which("busybox")
    if busybox is None:
        raise NoMachine("busybox is not installed.")
    for name in ("proc", "dev", "modules"):
        archive.add_folder(name)
    for path in [busybox, *list_libraries(busybox)]:
        archive.add_file("bin/busybox" if path == busybox else path[1:], pathlib.Path(path).read_bytes())
    for path in modules:
        archive.add_file(f"modules/{path.name}", path.read_bytes())
    first = FIRST.format(modules=" ".join(path.name for path in modules), room=HERE / "room.sh", build=build,
                         programs=" ".join(arguments.programs), claims=shlex.quote(arguments.claims),
                         limit=max(arguments.limit - 60, 30))
    archive.add_file("init", first.encode())
    return archive.finish()


def make_command(image, first_files, work, accel):
    (work / "card").mkdir(exist_ok=True)
    return ["qemu-system-x86_64", "-accel", accel, "-smp", "2", "-m", "3072", "-nodefaults", "-no-user-config",
            "-display", "none", "-no-reboot", "-kernel", str(image), "-initrd", str(first_files),
            "-append", "console=ttyS0 panic=-1 quiet loglevel=4 mitigations=off",
            "-serial", f"file:{work / 'console.log'}", "-serial", "stdio",
            "-fsdev", "local,id=system,path=/,security_model=none,readonly=on,multidevs=remap",
            "-device", "virtio-9p-pci,fsdev=system,mount_tag=system",
            "-device", "qemu-xhci", "-device", f"usb-mtp,rootdir={work / 'card'},desc=Yizhan"]


def list_claims(build, work, arguments):
    """What is to be judged; GStreamer learns its parts here, where that is quick."""
    claims = {}
    for program in arguments.programs:
        answer = subprocess.run([build / "tests" / "vm" / program, "-l"], capture_output=True, text=True, check=False,
                                env={**os.environ, "GST_REGISTRY": str(work / "registry")}).stdout
        claims |= {line: False for line in answer.splitlines() if line.startswith("/") and arguments.claims in line}
    return claims


def watch(machine, claims):
    """Prints what the room says, notes which of the claims hold, and gives whether it came to its end."""
    ended = False
    for line in machine.stdout:
        line = line.rstrip("\r\n")
        print(line, flush=True)
        match = RESULT.match(line)
        if match:
            claims[match[2]] = match[3] if match[3] is not None else match[1] == "ok"
        ended = ended or line == END
    return ended


def report(claims, path):
    suite = xml.Element("testsuite", name="vm")
    for name, result in claims.items():
        case = xml.SubElement(suite, "testcase", classname="vm", name=name)
        if result is False:
            xml.SubElement(case, "failure")
        elif result is not True:
            xml.SubElement(case, "skipped")
    xml.ElementTree(suite).write(path, encoding="utf-8", xml_declaration=True)


def run(arguments):
    build = pathlib.Path(arguments.builddir).resolve()
    work = build / "tests" / "vm" / "machine"
    work.mkdir(parents=True, exist_ok=True)
    image, modules = find_kernel()
    arguments.programs = arguments.programs or sorted(path.name for path in (build / "tests" / "vm").glob("test-*")
                                                          if path.is_file())
    first_files = work / "first.cpio"
    first_files.write_bytes(make_first_files(modules, build, arguments))
    claims = list_claims(build, work, arguments)
    console = work / "console.log"
    with subprocess.Popen(make_command(image, first_files, work, arguments.accel), stdout=subprocess.PIPE,
                          stdin=subprocess.DEVNULL, text=True, errors="replace") as machine:
        guard = threading.Timer(arguments.limit, machine.kill)
        guard.start()
        ended = watch(machine, claims)
        guard.cancel()
    if not ended:
        print(console.read_text(errors="replace")[-4000:], file=sys.stderr)
    report(claims, work / "report.xml")
    failed = [name for name, result in claims.items() if result is False]
    for name in failed:
        print(f"failed: {name}")
    held = sum(result is True for result in claims.values())
    print(f"{held} claims hold in the virtual machine, {len(failed)} do not")
    if not ended:
        return 3
    return 1 if failed or not claims else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("builddir")
    parser.add_argument("programs", nargs="*", help="test programs; all without it")
    parser.add_argument("--accel", default="tcg,thread=multi", help="as QEMU has it; kvm where that works")
    parser.add_argument("--limit", type=int, default=1500, help="seconds after which the machine is ended")
    parser.add_argument("--claims", default="/", help="only those with this in their name")
    try:
        return run(parser.parse_args())
    except (NoMachine, OSError) as reason:
        print(f"No virtual machine: {reason}", file=sys.stderr)
        return 3


sys.exit(main())
