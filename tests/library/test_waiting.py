"""Another program holds the lock for ten seconds: whatever is done meanwhile waits, and is done."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from readinglist.library import Library
from tests.conftest import put_in

HELD = 10  # seconds
HOLDER = """
import sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE paper SET starred = 1 WHERE id = 1")
print("held", flush=True)
time.sleep(float(sys.argv[2]))
connection.execute("COMMIT")
"""
CAPTURE = "Learning to Rank\nOrdering a list is harder than sorting it, and this says why.\n" * 3


def start(*words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_every_command_waits_for_a_lock_of_ten_seconds(library: Library, tmp_path: Path) -> None:
    put_in(library, "One", "Two")
    library.close()
    with Library(library.path) as reader:
        key = reader.entry(2).key
    (tmp_path / "page.txt").write_text(CAPTURE)
    with start(sys.executable, "-c", HOLDER, str(library.path), str(HELD)) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        command = (sys.executable, "-m", "readinglist", "--library", str(library.path))
        others = [
            start(*command, *words)
            for words in (
                ("mark", "read", key),
                ("tag", key, "--add", "rl"),
                ("note", key, "--text", "a word"),
                ("import", str(tmp_path / "page.txt")),
                ("export", "--format", "bibtex"),
                ("backup", str(tmp_path / "copy")),
                ("list",),
            )
        ]
        told = [(*other.communicate(timeout=60), other.returncode) for other in others]
    assert [(said, code) for _, said, code in told if code] == []
    assert not any("lock" in said or "busy" in said for _, said, _ in told)
    with Library(library.path) as after:
        entry = after.entry(2)
        assert (entry.status, entry.tags, entry.note) == ("read", ("rl",), "a word")
        assert after.entry(1).starred
        assert len(after.search()) == 3
        assert len(after.history()) == 3
