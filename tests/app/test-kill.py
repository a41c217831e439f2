#!/usr/bin/python3
# Copyright (C) 2026 The Yizhan developers
#
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults at the worst moments: kills, full disks, disks that fail. Prints TAP.

What yizhanctl has acknowledged must be there afterwards, byte for byte, and the store whole; what it
could not do it must not acknowledge. Faults are injected by strace into the system calls of the main
thread, the only one that writes; every run checks that its fault has fired.
Arguments: yizhanctl, the folder of practice photographs.
"""

import collections
import hashlib
import json
import os
import pathlib
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import traceback

PROGRAM, PRACTICE = sys.argv[1:3]
PICTURES = sorted(pathlib.Path(PRACTICE).glob("*.jpg"), key=lambda path: path.stat().st_size)[:2]
WORK = pathlib.Path(tempfile.mkdtemp(prefix="yizhan-kill-"))
NUMBER = "330481199001010014"
DONE, REFUSED, WRONG_USE, FAULT = range(4)
WRITERS = ("openat", "write", "pwrite64", "fsync", "fdatasync", "rename", "renameat2", "link", "unlink", "ftruncate")
POINTS = int(os.environ.get("YIZHAN_KILL_POINTS", "2"))  # of each system call
Case = collections.namedtuple("Case", "store number sheets")
counter = iter(range(10**9))


class Skip(Exception):
    """Why a claim cannot be tried here."""


def run(store, *words, login="clerk", trace=()):
    command = [*trace, PROGRAM, "--store", str(store), "--as", login, *map(str, words)]
    # The leak checker traces the program itself, which strace already does.
    sanitizer = os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
    variables = {**os.environ, "YIZHAN_PASSWORD": "practice", "ASAN_OPTIONS": sanitizer,
                 "XDG_DATA_HOME": str(WORK / "home"), "LANGUAGE": "en"}
    return subprocess.run(command, capture_output=True, text=True, env=variables, check=False, timeout=300)


def must(store, *words, login="clerk"):
    done = run(store, *words, login=login)
    assert done.returncode == DONE, f"{words}: {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout


def copy(case):
    store = WORK / f"store-{next(counter)}"
    shutil.copytree(case.store, store)
    return store


def make_case():
    """A practice store with a case of two sheets, which everything below starts from a copy of."""
    store = WORK / "template"
    done = run(store, "init", "--practice")
    assert done.returncode == DONE, done.stderr
    number = must(store, "dossier", "new", "M20", "--person", f"张三:{NUMBER}").strip()
    sheets = [must(store, "dossier", "attach", number, material, "--file", PICTURES[0])
              for material in ("household-booklet", "identity-card")]
    assert all(sheets)
    return Case(store, number, len(sheets))


def check_whole(store):
    done = run(store, "verify", login="auditor")
    assert done.returncode == DONE, f"verify: {done.returncode}\n{done.stdout}{done.stderr}"


def list_sheets(store, number):
    return json.loads(must(store, "dossier", "show", number, "--json"))["sheets"]


def check_sheets(store, number, acknowledged):
    """At least the acknowledged sheets are there, and whatever is there has its original bytes."""
    sheets = list_sheets(store, number)
    assert len(sheets) >= acknowledged, f"{len(sheets)} sheets of {acknowledged} acknowledged"
    originals = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in PICTURES}
    for digest in (sheet["digest"] for sheet in sheets):
        assert digest in originals, digest
        kept = store / "vault" / digest[:2] / digest
        assert kept.read_bytes() == originals[digest].read_bytes(), digest


def count_calls(case, *words):
    """How often the main thread makes each system call: all in all, and before it acknowledges."""
    store, log = copy(case), WORK / "trace"
    done = run(store, *words, trace=("strace", "-qq", "-e", "trace=" + ",".join(WRITERS), "-o", log))
    assert done.returncode == DONE, done.stderr
    shutil.rmtree(store)
    calls = re.findall(r"^(\w+)\((1, )?", log.read_text(errors="replace"), re.MULTILINE)
    told = calls.index(("write", "1, "))
    return (collections.Counter(call for call, _ in calls), collections.Counter(call for call, _ in calls[:told]))


def choose(count):
    """The last calls and some before: a program begins with many that only load it."""
    return {max(1, count - place * max(1, count // (2 * POINTS))) for place in range(POINTS)} if count else set()


def inject(store, call, what, when, *words):
    log = WORK / "trace"
    done = run(store, *words, trace=("strace", "-qq", "-e", f"trace={call}", "-e", f"inject={call}:{what}:when={when}",
                                     "-o", log))
    text = log.read_text(errors="replace")
    assert "INJECTED" in text or "killed by SIGKILL" in text, f"{call} {what} {when} never fired\n{done.stderr}"
    return done


def is_killed(done):
    return done.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL)


def kill_everywhere(case, check, *words):
    n = 0
    counts, before = count_calls(case, *words)
    for call, count in counts.items():
        for when in sorted(choose(count) | choose(before[call])):
            store = copy(case)
            done = inject(store, call, "signal=KILL", when, *words)
            assert is_killed(done), f"{call} {when}: {done.returncode} {done.stderr}"
            check_whole(store)
            check(store, done.stdout)
            shutil.rmtree(store)
            n += 1
    assert n >= 4 * POINTS, f"only {n} kills"
    return f"{n} kills"


# Claims -------------------------------------------------------------------------------------------


def attach_survives_kills(case):
    words = ("dossier", "attach", case.number, "reason-proof", "--file", PICTURES[1])

    def check(store, told):
        check_sheets(store, case.number, case.sheets + len(told.splitlines()))
        must(store, *words)  # and work goes on

    return kill_everywhere(case, check, *words)


def begin_survives_kills(case):
    words = ("dossier", "new", "M20", "--person", f"李四:{NUMBER}")

    def check(store, told):
        for number in told.split():
            must(store, "dossier", "show", number)
        must(store, *words)

    return kill_everywhere(case, check, *words)


def decision_survives_kills(case):
    words = ("dossier", "do", case.number, "withdraw", "--reason", "the applicant asked")

    def check(store, told):
        state = json.loads(must(store, "dossier", "show", case.number, "--json"))["state"]
        assert state in ("draft", "withdrawn"), state
        assert state == "withdrawn" or told == "", f"acknowledged but {state}: {told}"
        check_sheets(store, case.number, case.sheets)

    return kill_everywhere(case, check, *words)


def fail_everywhere(case, error, calls):
    """A write that fails before the acknowledgement prevents it, and hurts nothing."""
    words = ("dossier", "attach", case.number, "reason-proof", "--file", PICTURES[1])
    n = 0
    _, before = count_calls(case, *words)
    for call in calls:
        points = choose(before[call]) if before[call] > 2 * POINTS else range(1, before[call] + 1)
        for when in points:
            store = copy(case)
            done = inject(store, call, f"error={error}", f"{when}+", *words)
            assert done.returncode in (REFUSED, FAULT), f"{call} {when}: {done.returncode} {done.stderr}"
            assert done.stdout == "", f"acknowledged in spite of {call} {when}: {done.stdout}"
            assert len(done.stderr.strip()) > 10 and done.stderr.count("\n") == 1, done.stderr
            check_whole(store)
            check_sheets(store, case.number, case.sheets)
            shutil.rmtree(store)
            n += 1
    assert n >= len(calls), f"only {n} faults"
    return f"{n} faults"


def failing_sync_is_an_error(case):
    return fail_everywhere(case, "EIO", ("fsync", "fdatasync"))


def full_disk_is_an_error(case):
    return fail_everywhere(case, "ENOSPC", ("pwrite64", "fsync", "fdatasync"))


def small_disk_fills_without_harm(case):
    disk = WORK / "disk"
    disk.mkdir()
    used = sum(path.stat().st_size for path in case.store.rglob("*") if path.is_file())
    size = used // 1024 + 4096
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", disk], capture_output=True,
                      check=False).returncode != 0:
        raise Skip("no file system may be mounted here")
    try:
        store = disk / "store"
        shutil.copytree(case.store, store)
        attached = case.sheets
        for turn in range(64):
            picture = WORK / f"turn-{turn}.jpg"
            picture.write_bytes(PICTURES[1].read_bytes() + os.urandom(700_000))
            PICTURES.append(picture)
            done = run(store, "dossier", "attach", case.number, "reason-proof", "--file", picture)
            if done.returncode != DONE:
                break
            attached += 1
        assert done.returncode in (REFUSED, FAULT) and done.stdout == "", done
        assert "full" in done.stderr or "room" in done.stderr or "space" in done.stderr, done.stderr
        check_whole(store)
        check_sheets(store, case.number, attached)
        subprocess.run(["mount", "-o", f"remount,size={size + 8192}k", disk], check=True)
        must(store, "dossier", "attach", case.number, "reason-proof", "--file", PICTURES[-1])
        check_sheets(store, case.number, attached + 1)
    finally:
        subprocess.run(["umount", disk], check=True)
    return f"full after {attached} sheets"


def desks_share_a_store(case):
    store = copy(case)
    words = ["dossier", "attach", case.number, "reason-proof", "--file", str(PICTURES[1])]
    variables = {**os.environ, "YIZHAN_PASSWORD": "practice", "XDG_DATA_HOME": str(WORK / "home")}
    desks = [subprocess.Popen([PROGRAM, "--store", store, "--as", "clerk", *words], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True, env=variables) for _ in range(4)]
    told = [desk.communicate(timeout=300) for desk in desks]
    done = [desk.returncode for desk in desks]
    acknowledged = sum(len(out.splitlines()) for out, _ in told)
    for code, (out, err) in zip(done, told):
        assert code == DONE and out != "", (code, out, err)  # nobody is told to look anew over a page
    check_whole(store)
    assert len(list_sheets(store, case.number)) == case.sheets + acknowledged
    shutil.rmtree(store)
    return f"{acknowledged} pages by 4 desks at once"


def newer_store_is_left_alone(case):
    store = copy(case)
    path = store / "yizhan.db"
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 9999")
    database.close()
    before = {path: path.read_bytes() for path in store.rglob("*") if path.is_file()}
    done = run(store, "dossier", "list")
    assert done.returncode in (REFUSED, FAULT), done
    assert "newer" in done.stderr.lower(), done.stderr
    for path, content in before.items():
        assert path.read_bytes() == content, path
    shutil.rmtree(store)


# TAP ----------------------------------------------------------------------------------------------


CLAIMS = (attach_survives_kills, begin_survives_kills, decision_survives_kills, failing_sync_is_an_error,
          full_disk_is_an_error, small_disk_fills_without_harm, desks_share_a_store, newer_store_is_left_alone)


def main():
    try:
        subprocess.run(["strace", "-qq", "-e", "trace=none", "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        print("1..0 # SKIP strace may not trace here")
        return
    print(f"1..{len(CLAIMS)}", flush=True)
    case = make_case()
    for place, claim in enumerate(CLAIMS, 1):
        name = claim.__name__.replace("_", "-")
        try:
            print(f"ok {place} {name} # {claim(case) or ''}", flush=True)
        except Skip as reason:
            print(f"ok {place} {name} # SKIP {reason}", flush=True)
        except Exception:  # whatever is wrong is said, the others are still tried
            print(f"not ok {place} {name}", flush=True)
            print("# " + traceback.format_exc().replace("\n", "\n# "), flush=True)


try:
    main()
finally:
    shutil.rmtree(WORK, ignore_errors=True)
