"""`readinglist import`: what it says of good and bad documents, and what it leaves behind."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.conftest import PAPERS, Shell, capture

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
    import subprocess

    from tests.cli.conftest import PROGRAM

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
    import subprocess

    from tests.cli.conftest import PROGRAM

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
