#!/usr/bin/python3
# Copyright (C) 2026 The Yizhan developers
#
# SPDX-License-Identifier: GPL-3.0-or-later
"""yizhanctl as other programs use it: words, exit codes, JSON, bytes. Prints TAP.

Arguments: yizhanctl, the PTP/IP responder, the folder of practice photographs, the checkout.
"""

import contextlib
import csv
import hashlib
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import traceback
import xml.etree.ElementTree as xml

PROGRAM, RESPONDER, PRACTICE, CHECKOUT = sys.argv[1:5]
PICTURES = sorted(pathlib.Path(PRACTICE).glob("*.jpg"))
WORK = pathlib.Path(tempfile.mkdtemp(prefix="yizhan-ctl-"))
STORE = WORK / "practice"
NUMBER = "330481199001010014"
DONE, REFUSED, WRONG_USE, FAULT = range(4)
FORWARD = ("accept", "submit", "examine-pass", "approve")


class Answer:
    def __init__(self, done):
        self.code, self.out, self.err = done.returncode, done.stdout, done.stderr

    @property
    def json(self):
        return json.loads(self.out)


def call(*words, login=None, store=STORE, code=DONE, language="en", **environment):
    """Calls yizhanctl; every failure has to say why in exactly one line."""
    command = [PROGRAM]
    if store is not None:
        command += ["--store", str(store)]
    if login is not None:
        command += ["--as", login]
        environment.setdefault("YIZHAN_PASSWORD", "practice")
    command += [str(word) for word in words]
    variables = {**os.environ, "XDG_DATA_HOME": str(WORK / "home"), "XDG_STATE_HOME": str(WORK / "state"),
                 "LANGUAGE": language, **environment}
    answer = Answer(subprocess.run(command, capture_output=True, text=True, env=variables, check=False))
    told = f"{' '.join(command[1:])}: {answer.code}\n{answer.out}{answer.err}"
    assert answer.code == code, told
    if code != DONE:
        assert answer.err.count("\n") == 1 and len(answer.err) > 10, told
    return answer


@contextlib.contextmanager
def network_camera(pictures):
    """A real camera as libgphoto2 sees it, on the loopback; gives @pictures in turn."""
    folder = pathlib.Path(tempfile.mkdtemp(dir=WORK))
    for place, picture in enumerate(pictures):
        shutil.copy(picture, folder / f"{place:02}.jpg")
    with subprocess.Popen([RESPONDER, "--pictures", str(folder), "--idle", "60"], stdout=subprocess.PIPE,
                          text=True) as responder:
        try:
            port = responder.stdout.readline().split()[1]
            yield f"ptpip:127.0.0.1:{port}:{port}"
        finally:
            responder.terminate()


def new_case(matter="R04", login="clerk"):
    return call("dossier", "new", matter, "--person", f"张三:{NUMBER}", login=login).out.strip()


def complete_case():
    """A case that may be submitted: every required original, every required fact."""
    number = new_case()
    matter = next(m for m in call("matter", "list", "--json").json if m["code"] == "R04")
    for place, material in enumerate(m for m in matter["materials"] if m["required"]):
        call("dossier", "attach", number, material["id"], "--file", PICTURES[place], login="clerk")
    return number


def copy_of_store(name):
    shutil.copytree(STORE, WORK / name)
    return WORK / name


# Claims -------------------------------------------------------------------------------------------


def wrong_use_says_how():
    for words in ((), ("bogus",), ("dossier",), ("dossier", "new"), ("dossier", "new", "R04"),
                  ("dossier", "new", "R04", "--person", "nobody"), ("dossier", "new", "R04", "--bogus"),
                  ("dossier", "attach", "X", "y"), ("dossier", "attach", "X", "y", "--file", "a", "--camera", "b"),
                  ("dossier", "do", "X"), ("dossier", "show"), ("dossier", "show", "a", "b"),
                  ("dossier", "export", "X"), ("dossier", "list", "--search"), ("--store",),
                  ("camera", "shoot", "folder:/tmp"), ("camera", "list", "x"), ("page", "corners"),
                  ("page", "corners", "/nowhere/at-all.jpg"), ("page", "shape", PICTURES[0]),
                  ("deadline", "today", "7"), ("deadline", "2026-03-02T09:00+08:00", "soon"),
                  ("deadline", "2026-03-02T09:00+08:00", "7", "--pause", "x"), ("flow", "check"),
                  ("flow", "draw", "/nowhere/at-all.flow"), ("check", "id"), ("init", "x"),
                  ("unit", "add", "W09"), ("staff", "add", "x", "--name", "N"), ("help", "bogus"),
                  ("verify", "x"), ("figures", "--x"), ("matter", "list", "x")):
        said = call(*words, login=None if words == ("--store",) else "clerk", code=WRONG_USE).err
        assert any(hint in said for hint in ("Use it so", "yizhanctl help", "such as", "write NAME", "cannot be read",
                                             "at least one person", "say window", "--person")), said


def who_acts_is_asked_for():
    assert "--as" in call("figures", code=WRONG_USE).err
    assert "YIZHAN_PASSWORD" in call("figures", "--as", "clerk", code=WRONG_USE).err
    call("figures", "--as", "clerk", "--password-file", "/nowhere/at-all", code=WRONG_USE)
    call("figures", login="clerk", YIZHAN_PASSWORD="not it", code=REFUSED)
    (WORK / "password").write_text("practice\nmore\n")
    call("figures", "--as", "leader", "--password-file", WORK / "password")


def options_stand_anywhere():
    number = new_case()
    plain = call("dossier", "show", number, "--json", login="clerk").json
    assert call("--json", "dossier", "show", number, login="clerk").json == plain
    assert call("dossier", "--json", "show", number, login="clerk").json == plain
    assert call("--search", number, "dossier", "list", "--json", login="clerk").json[0]["number"] == number


def help_explains():
    everything = call("help", store=None).out
    for words in ("init", "staff add", "unit add", "camera list", "camera shoot", "page corners", "page shape",
                  "dossier new", "dossier attach", "dossier do", "dossier show", "dossier list", "dossier export",
                  "deadline", "flow check", "flow draw", "matter list", "check id", "verify", "figures"):
        assert f"\n  {words}" in everything, words
    assert "dossier attach NUMBER" in call("help", "dossier", "attach", store=None).out
    assert "flow draw FILE" in call("flow", "draw", "--help", store=None).out
    assert call("--version", store=None).out.startswith("yizhanctl ")
    assert "用法" in call("help", store=None, language="zh_CN").out


def a_new_store_gets_its_administrator():
    store = WORK / "fresh"
    told = call("init", "--json", "--name", "管理员", login="root", store=store, YIZHAN_PASSWORD="long enough").json
    assert told["store"] == str(store)
    call("init", store=store, code=REFUSED)
    root = {"login": "root", "store": store, "YIZHAN_PASSWORD": "long enough"}
    call("unit", "add", "B2", "--name", "县局", "--level", "bureau", code=REFUSED, **root)
    call("unit", "add", "S1", "--name", "派出所", "--level", "station", **root)
    assert call("unit", "add", "W1", "--name", "窗口", "--level", "window", "--parent", "S1", "--json",
                **root).json == {"unit": "W1"}
    call("unit", "add", "W1", "--name", "窗口", "--level", "window", "--parent", "S1", code=REFUSED, **root)
    call("unit", "add", "W2", "--name", "窗口", "--level", "moon", code=WRONG_USE, **root)
    made = call("staff", "add", "zhang", "--name", "张", "--role", "clerk", "--role", "officer", "--unit", "W1",
                "--json", **root).json
    assert made["login"] == "zhang" and len(made["password"]) >= 12
    call("dossier", "list", login="zhang", store=store, YIZHAN_PASSWORD=made["password"])
    call("staff", "add", "li", "--name", "李", "--role", "king", "--unit", "W1", code=REFUSED, **root)
    call("staff", "add", "li", "--name", "李", "--role", "clerk", "--unit", "nowhere", code=REFUSED, **root)
    call("staff", "add", "li", "--name", "李", "--role", "clerk", "--unit", "W1", code=REFUSED, login="zhang",
         store=store, YIZHAN_PASSWORD=made["password"])


def a_practice_store_is_alive():
    found = call("dossier", "list", "--json", login="supervisor").json
    assert len(found) >= 20 and any(d["overdue"] for d in found)
    assert all(d["overdue"] for d in call("dossier", "list", "--overdue", "--json", login="supervisor").json)
    assert call("dossier", "list", "--inbox", "--json", login="examiner").json
    assert call("dossier", "list", login="clerk").out.startswith("W01-")


def no_store_is_a_sentence():
    call("dossier", "list", login="clerk", store=WORK / "nothing here", code=REFUSED)
    assert not (WORK / "nothing here").exists()


def a_camera_gives_its_bytes():
    with network_camera([PICTURES[3]]) as address:
        told = call("camera", "shoot", address, "--output", WORK / "shot.jpg", "--json", store=None).json
        assert (WORK / "shot.jpg").read_bytes() == PICTURES[3].read_bytes()
        assert told["bytes"] == PICTURES[3].stat().st_size and told["media_type"] == "image/jpeg" and told["device"]
        call("camera", "shoot", address, "--output", "/nowhere/at/all.jpg", store=None, code=FAULT)
    call("camera", "shoot", "ptpip:127.0.0.1:9:9", "--output", WORK / "none.jpg", store=None, code=FAULT)
    call("camera", "shoot", "bogus", "--output", WORK / "none.jpg", store=None, code=FAULT)
    assert not (WORK / "none.jpg").exists()
    assert isinstance(call("camera", "list", "--json", store=None).json, list)


def corners_are_found():
    truth = {}
    for row in csv.reader((pathlib.Path(PRACTICE) / "corners.csv").open(encoding="utf-8")):
        if row[1].isdigit():
            truth[row[0]] = [float(value) for value in row[3:11]]
    found = call("page", "corners", PICTURES[0], store=None).json
    assert {"corners", "confidence"} <= set(found) and 0 <= found["confidence"] <= 1
    expected = truth[PICTURES[0].name]
    for place, (x, y) in enumerate(found["corners"]):
        assert abs(x - expected[2 * place]) < 60 and abs(y - expected[2 * place + 1]) < 60, (found, expected)
    (WORK / "text.jpg").write_text("no picture")
    call("page", "corners", WORK / "text.jpg", store=None, code=REFUSED)
    (WORK / "cut.jpg").write_bytes(PICTURES[0].read_bytes()[:20000])
    call("page", "corners", WORK / "cut.jpg", store=None, code=REFUSED)


def a_mat_that_is_no_picture_is_refused():
    (WORK / "text.jpg").write_text("no picture")
    (WORK / "cut.jpg").write_bytes(PICTURES[0].read_bytes()[:20000])
    for mat in "text.jpg", "cut.jpg":
        call("page", "corners", PICTURES[0], "--mat", WORK / mat, store=None, code=REFUSED)
        call("page", "shape", PICTURES[0], "--mat", WORK / mat, "--output", WORK / "none.jpg", store=None,
             code=REFUSED)
        assert not (WORK / "none.jpg").exists()
    call("page", "corners", PICTURES[0], "--mat", PICTURES[1], store=None)


def a_page_is_shaped():
    assert call("page", "shape", PICTURES[0], "--output", WORK / "page.jpg", "--json", store=None).json == {
        "file": str(WORK / "page.jpg")}
    assert (WORK / "page.jpg").read_bytes()[:3] == b"\xff\xd8\xff"
    (WORK / "text.jpg").write_text("no picture")
    call("page", "shape", PICTURES[0], "--mode", "bitonal", "--output", WORK / "page.tif", store=None)
    assert (WORK / "page.tif").read_bytes()[:4] == b"II*\0"
    call("page", "shape", PICTURES[0], "--output", WORK / "page.tif", store=None, code=WRONG_USE)
    call("page", "shape", PICTURES[0], "--mode", "seal", "--flatten", "--output", WORK / "seal.jpg",
         store=None)
    assert (WORK / "seal.jpg").read_bytes()[:3] == b"\xff\xd8\xff"
    call("page", "shape", WORK / "text.jpg", "--output", WORK / "nothing.jpg", store=None, code=REFUSED)
    assert not (WORK / "nothing.jpg").exists()


def sheets_are_said_once_they_are_durable():
    number = new_case()
    lines = call("dossier", "attach", number, "household-booklet", "--file", PICTURES[0], "--file", PICTURES[1],
                 "--json", login="clerk").out.splitlines()
    assert [json.loads(line)["sheet"] for line in lines] == [1, 2]
    for picture in PICTURES[:2]:
        digest = hashlib.sha256(picture.read_bytes()).hexdigest()
        assert (STORE / "vault" / digest[:2] / digest).read_bytes() == picture.read_bytes()
    with network_camera([PICTURES[4]]) as address:
        call("dossier", "attach", number, "2", "--camera", address, login="clerk")
    shown = call("dossier", "show", number, "--json", login="clerk").json
    assert [sheet["origin"] for sheet in shown["sheets"]] == ["import", "import", "camera"]
    assert [sheet["material"] for sheet in shown["sheets"]] == ["household-booklet"] * 2 + ["identity-card"]
    assert all(sheet["corners"] and sheet["operator"] == "clerk" for sheet in shown["sheets"])
    assert shown["sheets"][2]["digest"] == hashlib.sha256(PICTURES[4].read_bytes()).hexdigest()


def what_cannot_be_filed_changes_nothing():
    number = new_case()
    before = call("dossier", "show", number, "--json", login="clerk").json
    (WORK / "text.jpg").write_text("no picture")
    call("dossier", "attach", number, "household-booklet", "--file", WORK / "text.jpg", login="clerk", code=REFUSED)
    (WORK / "bad.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(5000))
    call("dossier", "attach", number, "household-booklet", "--file", WORK / "bad.jpg", login="clerk", code=REFUSED)
    said = call("dossier", "attach", number, "passport", "--file", PICTURES[0], login="clerk", code=REFUSED).err
    assert "household-booklet" in said
    call("dossier", "attach", "W01-1999-000001", "x", "--file", PICTURES[0], login="clerk", code=REFUSED)
    call("dossier", "attach", number, "1", "--camera", "folder:/nowhere/at-all", login="clerk", code=FAULT)
    assert call("dossier", "show", number, "--json", login="clerk").json == before
    call("dossier", "new", "R04", "--person", "张三:330481199001010017", login="clerk", code=REFUSED)
    call("dossier", "new", "R99", "--person", f"张三:{NUMBER}", login="clerk", code=REFUSED)
    call("dossier", "new", "R04", "--person", f"张三:{NUMBER}", login="leader", code=REFUSED)


def write_pdf(path, pages):
    """Pages with a black block each; without a table of objects, which readers find by themselves."""
    kids = " ".join(f"{3 + page} 0 R" for page in range(pages))
    drawing = b"100 400 395 80 re f"
    parts = [b"%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n",
             f"2 0 obj <</Type/Pages/Kids[{kids}]/Count {pages}>> endobj\n".encode()]
    for page in range(pages):
        parts.append(f"{3 + page} 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>"
                     f"/Contents {3 + pages} 0 R>> endobj\n".encode())
    parts.append(b"%d 0 obj <</Length %d>> stream\n%s\nendstream endobj\ntrailer <</Root 1 0 R>>\n%%%%EOF\n"
                 % (3 + pages, len(drawing), drawing))
    path.write_bytes(b"".join(parts))
    return path


def pages_of_a_pdf_are_sheets_of_one_original():
    number = new_case()
    pdf = write_pdf(WORK / "three.pdf", 3)
    lines = call("dossier", "attach", number, "household-booklet", "--file", pdf, "--pages", "2-", login="clerk").out
    assert len(lines.splitlines()) == 2, lines
    call("dossier", "attach", number, "household-booklet", "--file", pdf, "--pages", "4", login="clerk", code=REFUSED)
    call("dossier", "attach", number, "household-booklet", "--file", pdf, "--pages", "0-x", login="clerk", code=WRONG_USE)
    sheets = call("dossier", "show", number, "--json", login="clerk").json["sheets"]
    assert [sheet["media_type"] for sheet in sheets] == ["application/pdf;page=2", "application/pdf;page=3"]
    assert {sheet["digest"] for sheet in sheets} == {hashlib.sha256(pdf.read_bytes()).hexdigest()}
    assert [(sheet["origin"], sheet["dpi"], sheet["verdicts"]) for sheet in sheets] == [("import", 300, "")] * 2
    assert "imported (not seen by a camera)" in call("dossier", "show", number, login="clerk").out
    out = WORK / "of-a-pdf"
    call("dossier", "export", number, "--output", out, login="clerk")
    assert [path.read_bytes() for path in (out / "originals").iterdir()] == [pdf.read_bytes()]
    assert len(list((out / "pages").iterdir())) == 2
    found = call("page", "corners", pdf, "--page", "3", store=None).json
    assert found["paper"] == "a4" and found["dpi"] == 300, found
    call("page", "corners", pdf, "--page", "4", store=None, code=REFUSED)
    (WORK / "cut.pdf").write_bytes(pdf.read_bytes()[:30])
    call("dossier", "attach", number, "household-booklet", "--file", WORK / "cut.pdf", login="clerk", code=REFUSED)


def a_case_goes_from_window_to_bureau():
    number = complete_case()
    decided = call("figures", "--json", login="leader").json["decided"]
    call("dossier", "do", number, "pass", login="examiner", code=REFUSED)
    walked = []
    for login in ("clerk", "officer", "examiner", "bureau", "leader"):
        shown = call("dossier", "show", number, "--json", login=login).json
        while step := next((s for s in shown["steps"] if s["action"] in FORWARD), None):
            call("dossier", "do", number, step["action"], "--seen", shown["version"], login=login)
            call("dossier", "do", number, step["action"], "--seen", shown["version"], login=login, code=REFUSED)
            walked.append((login, step["action"]))
            shown = call("dossier", "show", number, "--json", login=login).json
    assert len({login for login, _ in walked}) >= 4 and walked[-1][0] == "leader" and shown["state"] == "approved", walked
    assert [(event["actor"], event["action"]) for event in shown["events"]][-len(walked):] == walked
    assert shown["decided_at"] and shown["turnaround"] is not None
    assert call("figures", "--json", login="leader").json["decided"] == decided + 1


def a_refusal_demands_its_reason():
    number = complete_case()
    for login in ("clerk", "officer"):
        for step in call("dossier", "show", number, "--json", login=login).json["steps"]:
            if step["action"] in ("accept", "submit"):
                call("dossier", "do", number, step["action"], login=login)
    shown = call("dossier", "show", number, "--json", login="examiner").json
    step = next(s for s in shown["steps"] if s["reason_demanded"])
    call("dossier", "do", number, step["action"], login="examiner", code=REFUSED)
    told = call("dossier", "do", number, step["action"], "--reason", "缺少签名", "--json", login="examiner").json
    assert told["state"] == step["to"] and told["events"][-1]["note"] == "缺少签名"


def facts_and_persons_are_recorded():
    number = new_case()
    told = call("dossier", "record", number, "--fact", "phone=13912345678", "--person", f"李四:{NUMBER}", "--json",
                login="clerk").json
    assert told["facts"]["phone"] == "13912345678" and told["applicant"] == "李四"
    call("dossier", "record", number, "--fact", "phone", login="clerk", code=WRONG_USE)
    lines = call("dossier", "show", number, login="clerk").out
    assert "330481********0014" in lines and NUMBER not in lines


def an_export_is_the_case():
    number = new_case()
    call("dossier", "attach", number, "household-booklet", "--file", PICTURES[0], login="clerk")
    call("dossier", "attach", number, "identity-card", "--file", PICTURES[2], login="clerk")
    folder = WORK / "export"
    call("dossier", "export", number, "--output", folder, login="clerk")
    originals = sorted((folder / "originals").iterdir())
    assert [path.read_bytes() for path in originals] == [PICTURES[0].read_bytes(), PICTURES[2].read_bytes()]
    assert all(path.read_bytes()[:3] == b"\xff\xd8\xff" for path in (folder / "pages").iterdir())
    assert [path.stem for path in originals] == sorted(path.stem for path in (folder / "pages").iterdir())
    events = json.loads((folder / "events.json").read_text(encoding="utf-8"))
    shown = call("dossier", "show", number, "--json", login="clerk").json
    assert events == shown["events"] and events[0]["action"] == "create"
    assert json.loads((folder / "dossier.json").read_text(encoding="utf-8"))["number"] == number
    call("dossier", "export", number, "--output", folder, login="clerk", code=REFUSED)
    call("dossier", "export", "W01-1999-000001", "--output", WORK / "x", login="clerk", code=REFUSED)
    assert not (WORK / "x").exists()


def deadlines_follow_the_vectors():
    path = pathlib.Path(CHECKOUT) / "tests" / "workflow" / "deadline-vectors.csv"
    rows = [row for row in csv.DictReader(path.open(encoding="utf-8")) if row["calendar"] == "2013-2026 final"]
    assert len(rows) > 10
    for row in rows:
        pauses = json.loads(row["pauses"])
        words = ["deadline", row["start"], row["limit_wd"], "--closing", row["closing"]]
        for start, end in pauses:
            words += ["--pause", f"{start}/{end or ''}"]
        said = call(*words, store=None).out.strip()
        assert said == (row["deadline_A"] or "-"), (row, said)
    told = call("deadline", "2026-03-02T09:00+08:00", "7wd", "--json", store=None).json
    assert told == {"deadline": "2026-03-11T17:30:00+08:00", "provisional": False}
    assert call("deadline", "2030-03-02T09:00+08:00", "7", "--json", store=None).json["provisional"]
    assert call("deadline", "2026-03-02T09:00+08:00", "7", "--pause", "2026-03-03T09:00+08:00/", "--json",
                store=None).json["deadline"] is None
    (WORK / "calendar.csv").write_text("date,kind,name\n2026-03-03,off,x\n", encoding="utf-8")
    assert call("deadline", "2026-03-02T09:00+08:00", "1", "--calendar", WORK / "calendar.csv",
                store=None).out.startswith("2026-03-04")


def flows_are_checked():
    data = pathlib.Path(CHECKOUT) / "app" / "data" / "flows"
    assert "sound" in call("flow", "check", *sorted(data.glob("*.flow")), store=None).out
    bad = sorted((pathlib.Path(CHECKOUT) / "tests" / "workflow" / "bad-flows").glob("*.flow"))
    for path in bad:
        answer = call("flow", "check", path, store=None, code=REFUSED)
        first = answer.out.splitlines()[0]
        assert first.startswith(f"{path}:") and first[len(str(path)) + 1:].split(":")[0].isdigit(), answer.out
    told = call("flow", "check", bad[0], "--json", store=None, code=REFUSED).json
    assert told[0]["file"] == str(bad[0]) and told[0]["findings"][0]["sentence"]


def flows_are_drawn():
    data = pathlib.Path(CHECKOUT) / "app" / "data" / "flows"
    drawing = xml.fromstring(call("flow", "draw", data / "bureau.flow", store=None).out)
    assert drawing.tag.endswith("svg") and "县局审核" in call("flow", "draw", data / "bureau.flow", store=None,
                                                          language="zh_CN").out
    assert call("flow", "draw", data / "spot.flow", "--json", store=None).json["flow"] == "spot"


def matters_are_all_there():
    assert len(call("matter", "list", store=None).out.splitlines()) == 76
    matters = call("matter", "list", "--json", store=None).json
    assert len(matters) == 76 and all(m["name"] and m["level"] and m["name_cn"] for m in matters)
    assert len(call("matter", "list", "--json").json) == 76


def numbers_are_checked():
    told = call("check", "id", NUMBER, "--json", store=None).json
    assert told["birth"] == "1990-01-01" and told["sex"] == "male" and told["number"] == NUMBER
    call("check", "id", "３３０４８１１９９００１０１００１４", store=None)
    for wrong in (NUMBER[:-1] + "5", NUMBER[:-1], "330481199013010014", "330481299001010014", "x"):
        call("check", "id", wrong, store=None, code=REFUSED)


def a_whole_store_is_whole():
    assert call("verify").out.strip() == "All is whole."
    assert call("verify", "--json").json == {"whole": True, "damages": []}


def sqlite(store, *statements, without=()):
    """Writes past the desk, as somebody with the disk in his hands could."""
    database = sqlite3.connect(store / "yizhan.db")
    database.execute("PRAGMA foreign_keys = OFF")
    for trigger in without:
        database.execute(f"DROP TRIGGER {trigger}")
    for statement in statements:
        database.execute(statement)
    database.commit()
    database.close()


def find_original(store):
    return next(path for path in sorted((store / "vault").rglob("*")) if path.is_file() and len(path.name) == 64)


def flip_a_bit(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.chmod(0o600)
    path.write_bytes(content)


def each_damage_is_named():
    with sqlite3.connect(f"file:{STORE / 'yizhan.db'}?mode=ro", uri=True) as database:
        number, last = database.execute("SELECT dossier, max(seq) FROM event GROUP BY dossier LIMIT 1").fetchone()
        triggers = {name: text for name, text in database.execute("SELECT name, sql FROM sqlite_master "
                                                                   "WHERE type = 'trigger'")}
    changes = {
        "an original's bit": (lambda store: flip_a_bit(find_original(store)), None),
        "a lost original": (lambda store: find_original(store).unlink(), None),
        "a changed event": (lambda store: sqlite(
            store, f"UPDATE event SET note = 'forged' WHERE dossier = '{number}' AND seq = 1",
            triggers["event_frozen"], without=["event_frozen"]), number),
        "a deleted tail": (lambda store: sqlite(
            store, f"DELETE FROM event WHERE dossier = '{number}' AND seq = {last}", triggers["event_stays"],
            without=["event_stays"]), number),
        "a forged state": (lambda store: sqlite(
            store, f"UPDATE dossier SET state = 'forged' WHERE number = '{number}'", triggers["dossier_follows"],
            without=["dossier_follows"]), number),
        "a guard taken out": (lambda store: sqlite(store, without=["event_guard"]), "event_guard"),
    }
    for name, (change, named) in changes.items():
        store = copy_of_store("damaged")
        change(store)
        try:
            answer = call("verify", "--json", store=store, code=REFUSED)
        except AssertionError as wrong:
            raise AssertionError(f"{name} was not noticed") from wrong
        assert not answer.json["whole"] and answer.json["damages"], name
        assert named is None or any(named in damage for damage in answer.json["damages"]), (name, answer.out)
        shutil.rmtree(store)
    store = copy_of_store("damaged")
    path = find_original(store)
    flip_a_bit(path)
    assert path.name[:8] in call("verify", store=store, code=REFUSED).out
    shutil.rmtree(store)


def a_broken_file_is_a_fault():
    store = copy_of_store("broken")
    (store / "yizhan.db").write_bytes(b"not a database at all, of some length" * 100)
    call("dossier", "list", login="clerk", store=store, code=FAULT)
    shutil.rmtree(store)


def figures_add_up():
    told = call("figures", "--json", login="leader").json
    assert told["received"] >= told["decided"] >= told["in_time"] and sum(told["histogram"]) == told["decided"]
    assert told["limit"] == 5 and told["pages"] > 0
    assert str(told["pages"]) in call("figures", login="leader").out


CLAIMS = (a_practice_store_is_alive, wrong_use_says_how, who_acts_is_asked_for, options_stand_anywhere, help_explains,
          a_new_store_gets_its_administrator, no_store_is_a_sentence, a_camera_gives_its_bytes, corners_are_found,
          a_mat_that_is_no_picture_is_refused,
          a_page_is_shaped, sheets_are_said_once_they_are_durable, what_cannot_be_filed_changes_nothing,
          pages_of_a_pdf_are_sheets_of_one_original,
          a_case_goes_from_window_to_bureau, a_refusal_demands_its_reason, facts_and_persons_are_recorded,
          an_export_is_the_case, deadlines_follow_the_vectors, flows_are_checked, flows_are_drawn,
          matters_are_all_there, numbers_are_checked, figures_add_up, a_whole_store_is_whole, each_damage_is_named,
          a_broken_file_is_a_fault)


def main():
    wanted = sys.argv[5:]
    claims = [claim for claim in CLAIMS if not wanted or claim.__name__ in wanted]
    print(f"1..{len(claims)}", flush=True)
    failed = False
    try:
        call("init", "--practice")
        for number, claim in enumerate(claims, 1):
            try:
                claim()
                print(f"ok {number} {claim.__name__.replace('_', ' ')}", flush=True)
            except Exception:  # pylint: disable=broad-except
                failed = True
                print(f"not ok {number} {claim.__name__.replace('_', ' ')}")
                print("# " + traceback.format_exc().strip().replace("\n", "\n# "), flush=True)
    finally:
        shutil.rmtree(WORK, ignore_errors=True)
    return failed


sys.exit(main())
