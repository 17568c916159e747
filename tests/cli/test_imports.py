"""`readinglist import`: what it says of good and bad documents, and what it leaves behind."""

from __future__ import annotations

import gzip
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from time import monotonic

import pytest

from tests.cli.conftest import PAPERS, PROGRAM, Result, Shell, capture

FIRST = dict(list(PAPERS.items())[:3])
LAST = dict(list(PAPERS.items())[2:])
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 4


def test_json_has_the_shape_of_the_contract(shell: Shell) -> None:
    shell.file("a.txt", capture(FIRST))
    shell.file("b.txt", capture(LAST))
    report = shell.ok("import", "a.txt", "b.txt", "--json").json
    assert report == {
        "documents": [
            {"path": "a.txt", "kind": "capture", "records": 3, "new": 3, "merged": 0,
             "unchanged": 0, "problems": []},
            {"path": "b.txt", "kind": "capture", "records": 3, "new": 2, "merged": 1,
             "unchanged": 0, "problems": []},
        ],
        "totals": {
            "documents": 2, "records": 6, "new": 5, "merged": 1, "unchanged": 0, "problems": 0,
        },
    }  # fmt: skip
    again = shell.ok("import", "--json", "a.txt", "b.txt").json
    assert again["totals"] == {
        "documents": 2, "records": 6, "new": 0, "merged": 0, "unchanged": 6, "problems": 0,
    }  # fmt: skip
    shared = [paper for paper in shell.papers() if len(paper["sources"]) == 2]
    assert [paper["sources"] for paper in shared] == [["a.txt", "b.txt"]]


def test_people_get_a_line_per_document_and_a_total(shell: Shell) -> None:
    shell.file("captures/deep/a.txt", capture(FIRST))
    shell.file("captures/b.txt", capture(LAST))
    result = shell.ok("import", "captures")
    assert result.lines == [
        "captures/b.txt (capture): 3 records, 3 new, 0 merged, 0 unchanged, 0 problems",
        "captures/deep/a.txt (capture): 3 records, 2 new, 1 merged, 0 unchanged, 0 problems",
        "2 documents: 6 records, 5 new, 1 merged, 0 unchanged, 0 problems",
    ]
    assert result.err == ""


def test_problems_alone_are_no_failure_and_name_their_place(shell: Shell) -> None:
    cut_off = capture(FIRST) + "A Title whose Abstract Never Came\n"
    shell.file("cut.txt", cut_off)
    result = shell.ok("import", "cut.txt", "--json")
    (document,) = result.json["documents"]
    assert document["new"] == 3
    (problem,) = document["problems"]
    assert set(problem) == {"line", "reason", "text"}
    assert problem["line"] == cut_off.count("\n")
    assert problem["text"] == "A Title whose Abstract Never Came"
    assert f"cut.txt:{problem['line']}: " in result.err
    assert result.json["totals"]["problems"] == 1


@pytest.mark.parametrize("existing", [False, True])
def test_a_dry_run_changes_nothing(shell: Shell, existing: bool) -> None:
    shell.file("a.txt", capture(FIRST))
    shell.file("b.txt", capture(LAST))
    if existing:
        shell.ok("import", "a.txt")
    before = shell.library.read_bytes() if existing else None
    result = shell.ok("import", "a.txt", "b.txt", "--dry-run", "--json")
    totals = result.json["totals"]
    assert (totals["new"], totals["merged"]) == ((2, 1) if existing else (5, 1))
    assert "nothing was changed" in result.err
    if existing:
        assert shell.library.read_bytes() == before
        assert len(shell.keys()) == 3
    else:
        assert sorted(path.name for path in shell.folder.iterdir()) == ["a.txt", "b.txt"]


def test_a_bad_file_fails_with_a_sentence_and_the_others_are_imported(shell: Shell) -> None:
    shell.file("good.txt", capture(FIRST))
    shell.file("empty.txt", b"")
    shell.file("picture.png", PNG)
    shell.file("binary.txt", bytes(range(256)) * 8)
    shell.file("letter.txt", "Dear Ada,\n\nthank you for the cake.\n\nYours, Charles\n")
    (shell.folder / "hollow").mkdir()
    os.mkfifo(shell.folder / "pipe")
    shell.file("evil\x1b]0;owned\x07.txt", b"")
    bad = ["missing.txt", "empty.txt", "picture.png", "binary.txt", "letter.txt", "hollow", "pipe",
           "evil\x1b]0;owned\x07.txt"]  # fmt: skip
    result = shell.run("import", *bad[:4], "good.txt", *bad[4:], "--json")
    assert result.code == 1
    assert [error["path"] for error in result.json["errors"]] == bad
    assert all(error["reason"] for error in result.json["errors"])
    assert len(result.err.splitlines()) == len(bad)
    assert all(line.startswith("readinglist: ") for line in result.err.splitlines())
    assert "Traceback" not in result.err
    assert "\x1b" not in result.err + result.out
    assert result.json["totals"]["new"] == 3
    assert len(shell.keys()) == 3


def test_a_bad_file_alone_leaves_the_library_as_it_was(filled: Shell) -> None:
    filled.file("picture.png", PNG)
    before = filled.library.read_bytes()
    result = filled.run("import", "picture.png")
    assert (result.code, result.out) == (1, "")
    assert result.err.count("\n") == 1
    assert filled.library.read_bytes() == before


def test_a_folder_without_permission_fails_with_a_sentence(shell: Shell) -> None:
    closed = shell.folder / "closed"
    closed.mkdir(mode=0o000)
    if os.access(closed, os.R_OK):
        pytest.skip("this user may read every folder, whatever its mode")
    result = shell.run("import", "closed")
    closed.chmod(0o700)
    assert (result.code, result.out) == (1, "")
    assert "closed" in result.err
    assert result.err.count("\n") == 1


def test_an_import_goes_on_when_nobody_reads_its_report(shell: Shell) -> None:
    shell.file("a.txt", capture(FIRST))
    shell.file("b.txt", capture(LAST))
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [*PROGRAM, "import", "a.txt", "b.txt"], stdout=writer, stderr=subprocess.PIPE,
        cwd=shell.folder, env=shell.env | {"PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(shell.keys()) == 5


def test_a_closed_pipe_does_not_hide_a_failure(shell: Shell) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [*PROGRAM, "import", "missing.txt", "--json"], stdout=writer, stderr=subprocess.PIPE,
        cwd=shell.folder, env=shell.env,
    )  # fmt: skip
    os.close(writer)
    assert done.returncode == 1
    assert done.stderr.count(b"\n") == 1


def test_a_file_name_that_is_not_unicode_is_imported(shell: Shell) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    try:
        shell.file(name, capture(FIRST))
    except OSError:
        pytest.skip("this file system takes only Unicode names")
    report = shell.ok("import", name, "--json").json
    assert report["documents"][0]["path"] == "caf\ufffd.txt"
    assert shell.papers()[0]["sources"] == ["caf\ufffd.txt"]


def test_the_library_is_private(filled: Shell) -> None:
    assert filled.library.parent.stat().st_mode & 0o077 == 0
    assert filled.library.stat().st_mode & 0o777 == 0o600


def test_the_real_captures_are_read_whole(shell: Shell, corpus: list[Path]) -> None:
    totals = shell.ok("import", *map(str, corpus), "--json").json["totals"]
    assert totals == {
        "documents": 2, "records": 374, "new": 364, "merged": 10, "unchanged": 0, "problems": 0,
    }  # fmt: skip
    assert len(shell.keys()) == 364


# The edges


def measured(shell: Shell, *words: str) -> tuple[Result, float, float]:
    """What a command did, in how many seconds, and with how many megabytes at most."""
    program = (
        "import resource, subprocess, sys; code = subprocess.call(sys.argv[1:]);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr);"
        "sys.exit(code)"
    )
    began = monotonic()
    done = subprocess.run(
        [sys.executable, "-c", program, *PROGRAM, *words],
        capture_output=True, text=True, cwd=shell.folder, env=shell.env, timeout=60,
    )  # fmt: skip
    err, _, peak = done.stderr.rstrip("\n").rpartition("\n")
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return Result(done.returncode, done.stdout, err), monotonic() - began, int(peak) / unit


@pytest.mark.parametrize("megabytes", [1024, 190])
def test_an_endless_line_is_refused_in_seconds_with_little_memory(
    shell: Shell, megabytes: int
) -> None:
    path = shell.folder / "endless.txt"
    with path.open("wb") as file:
        if megabytes > 200:
            file.truncate(megabytes << 20)
        else:
            piece = b"We study how readers return, and why. " * 27_594
            for _ in range(megabytes):
                file.write(piece)
    result, seconds, memory = measured(shell, "import", "endless.txt")
    path.unlink()
    assert (result.code, result.out) == (1, "")
    assert re.fullmatch(r"readinglist: endless.txt has .* MB[;,] .*", result.err)
    assert seconds < 10
    assert memory < 300


NUMBERED = capture({f"{title} {n}": text for n in range(3) for title, text in PAPERS.items()})
DAMAGED = NUMBERED.replace("Learning to Grasp", "Learning DAMAGE Grasp", 1)
PLACE = NUMBERED[: NUMBERED.index("Learning to Grasp")].count("\n") + 1


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (b"\xc3\x28\x81", "not UTF-8"),
        (b"to\x00", "NUL"),
        (b"\xed\xa0\x80", "surrogates"),
        (b"e" + "\u0301".encode() * 100_000, "marks on one letter"),
        (b"e" + "\u05b0\u05b1".encode() * 50_000, "marks on one letter"),
    ],
)
def test_damage_is_a_problem_with_its_place_and_costs_no_paper(
    shell: Shell, damage: bytes, said: str
) -> None:
    shell.file("page.txt", DAMAGED.encode().replace(b"DAMAGE", damage))
    result, seconds, memory = measured(shell, "import", "page.txt", "--json")
    assert result.code == 0
    [document] = result.json["documents"]
    assert document["records"] == 15
    [problem] = document["problems"]
    assert problem["line"] == PLACE
    assert said in problem["reason"]
    assert problem["text"].startswith("Learning ")
    assert result.err.startswith(f"page.txt:{PLACE}: ")
    assert (seconds < 10, memory < 300) == (True, True)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_wide_encodings_are_read(shell: Shell, encoding: str) -> None:
    shell.file("page.txt", NUMBERED.encode(encoding))
    [document] = shell.ok("import", "page.txt", "--json").json["documents"]
    assert document["new"] == 15
    [problem] = document["problems"]
    assert problem["line"] == 1
    marked = not encoding.endswith(("le", "be"))
    assert ("without a byte order mark" in problem["reason"]) is not marked
    assert encoding.upper() in problem["reason"]


def test_a_gzip_under_a_text_name_is_called_that(shell: Shell) -> None:
    shell.file("page.txt", gzip.compress(NUMBERED.encode()))
    result = shell.run("import", "page.txt")
    assert (result.code, result.out) == (1, "")
    assert result.err == (
        "readinglist: page.txt is a gzip archive from its first byte on, not text."
        " Unpack it, and import what is inside.\n"
    )


# Duplicates

TWIN = {
    "Sparse Attention Keeps Long Documents Very Short": PAPERS[
        "Sparse Attention Keeps Long Documents Short"
    ]
    + " A second version adds one more chapter."
}


def test_papers_that_look_alike_are_told_once_and_in_one_line(shell: Shell) -> None:
    shell.file("a.txt", capture(PAPERS))
    shell.file("b.txt", capture(TWIN | {"Boats": "Boats float. We say why, and for how long."}))
    assert shell.ok("import", "a.txt").err == ""
    dry = shell.ok("import", "b.txt", "--dry-run")
    assert "duplicates" not in dry.err
    told = shell.ok("import", "b.txt", "--json")
    assert told.err == "1 pair looks like the same paper: `readinglist duplicates` lists it.\n"
    assert set(told.json) == {"documents", "totals"}
    assert shell.ok("import", "b.txt").err == ""


# Progress, and ctrl+c


def large(papers: int) -> str:
    return capture(
        {f"Mountain Number {n} and its Names": f"We look at mountain {n}." for n in range(papers)}
    )


@pytest.mark.parametrize("environment", [{}, {"NO_COLOR": "1"}, {"TERM": "dumb"}, {"LANG": "C"}])
def test_a_bar_counts_on_a_terminal_and_leaves_no_trace(
    shell: Shell, environment: dict[str, str]
) -> None:
    for number in range(4):
        shell.file(f"in/{number}.txt", large(1500).replace("mountain", f"hill {number}"))
    written = shell.in_terminal("import", "in", **environment)
    drawn = re.findall(r"\r\x1b\[K([^\r\n]+)", written)
    bars = [bar for bar in drawn if "of 4 documents" in bar]
    if environment.get("TERM") == "dumb":
        assert "of 4 documents" not in written
        return
    assert any(re.search(r"[━#]", bar) and ".txt" in bar and " MB" in bar for bar in bars)
    assert all(len(bar) < 80 and "\x1b" not in bar for bar in bars)
    lines = [line.rpartition("\x1b[K")[2] for line in written.split("\n")]
    assert not any("━" in line for line in lines)
    assert sum("1500 records" in line for line in lines) == 4


def test_there_is_no_bar_in_a_pipe(shell: Shell) -> None:
    shell.file("a.txt", large(3000))
    result = shell.ok("import", "a.txt")
    assert result.err == ""
    assert "\r" not in result.out


@pytest.mark.parametrize("json", [False, True])
def test_ctrl_c_stops_at_once_and_tells_what_was_imported(shell: Shell, json: bool) -> None:
    shell.file("in/a.txt", capture(FIRST) + "A Title whose Abstract Never Came\n")
    shell.file("in/b.txt", large(20_000))
    shell.file("in/c.txt", capture(LAST))
    process = subprocess.Popen(
        [*PROGRAM, "import", "in", *(["--json"] if json else [])],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=shell.folder,
        env=shell.env | {"PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    assert process.stderr is not None
    assert "a.txt" in process.stderr.readline()  # and the next document is being read
    process.send_signal(signal.SIGINT)
    asked = monotonic()
    out, err = process.communicate(timeout=30)
    assert monotonic() - asked < 5
    assert process.returncode == 130
    assert err == "Stopped: 1 of 3 documents imported.\n"
    if json:
        assert Result(130, out, err).json["totals"]["new"] == 3
    else:
        assert out.splitlines()[-1].startswith("1 document: 3 records, 3 new")
    assert len(shell.keys()) == 3
    assert shell.ok("doctor").code == 0


def test_ctrl_c_is_left_alone_where_the_shell_said_so(shell: Shell) -> None:
    shell.file("a.txt", capture(FIRST))
    shell.file("b.txt", large(10_000))
    process = subprocess.Popen(
        [*PROGRAM, "import", "a.txt", "b.txt"], stdout=subprocess.PIPE, text=True,
        cwd=shell.folder, env=shell.env | {"PYTHONUNBUFFERED": "1"},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),
    )  # fmt: skip
    assert process.stdout is not None
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode == 0
    assert len(shell.keys()) == 10_003


def test_so_many_new_papers_are_not_compared_by_the_way_and_that_is_said(shell: Shell) -> None:
    lines = [json.dumps({"title": f"Counting Words {number}"}) for number in range(5001)]
    shell.file("many.jsonl", "\n".join(lines))
    result = shell.ok("import", "many.jsonl")
    assert result.lines[0].startswith("many.jsonl (jsonl): 5001 records, 5001 new")
    assert "5,001 new papers have not been compared" in result.err
    assert "readinglist duplicates" in result.err


def test_an_export_of_another_library_comes_in_as_it_was(filled: Shell) -> None:
    [key] = filled.keys()[:1]
    filled.ok("tag", key, "--add", "rl")
    filled.ok("note", key, "--text", "seen")
    filled.ok("mark", "read", key)
    filled.ok("export", "--format", "jsonl", "-o", "all.jsonl")
    before = filled.papers()
    for file in filled.library.parent.glob(f"{filled.library.name}*"):
        file.unlink()
    filled.ok("import", "all.jsonl")
    ours = [paper | {"added": "", "sources": []} for paper in before]
    assert [paper | {"added": "", "sources": []} for paper in filled.papers()] == ours
