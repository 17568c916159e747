"""`E` gives the terminal to the user's own editor, and takes it back whatever becomes of that."""

from __future__ import annotations

import re
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from readinglist.library import Library
from tests.tui.terminal import APP, Terminal, plain

WRITES = """
import os, pathlib, signal, stat, sys
path = pathlib.Path(sys.argv[-1])
modes = [oct(stat.S_IMODE(each.stat().st_mode)) for each in (path, path.parent)]
path.write_text(f"from outside: {sys.argv[1:-1]} {modes}", encoding="utf-8")
"""
DIES = "os.kill(os.getpid(), signal.SIGKILL)\n"


@contextmanager
def running(library: Library, folder: Path, **env: str) -> Iterator[Terminal]:
    """The app in a terminal, at its first paper."""
    terminal = Terminal(*APP, "--library", str(library.path), TMPDIR=str(folder), **env)
    assert terminal.shows("Alpha networks")
    yield terminal
    terminal.end()


def editor(folder: Path, *lines: str) -> str:
    script = folder / "my editor.py"
    script.write_text("".join(lines), encoding="utf-8")
    return f"'{sys.executable}' '{script}' --wait '$(touch x)'"


def note(library: Library) -> str | None:
    return library.entries(library.search().ids[:1])[0].note


def test_what_the_editor_saved_is_the_note(shelf: Library, tmp_path: Path) -> None:
    with running(shelf, tmp_path, VISUAL=editor(tmp_path, WRITES), EDITOR="/nowhere") as app:
        app.type("E")
        assert app.shows("from outside")
    assert note(shelf) == "from outside: ['--wait', '$(touch x)'] ['0o600', '0o700']"
    assert not list(tmp_path.glob("readinglist-*")), "the private file is gone"
    assert not list(Path.cwd().glob("x")), "no shell has read the command"


def test_a_missing_editor_is_told_and_the_app_lives_on(shelf: Library, tmp_path: Path) -> None:
    with running(shelf, tmp_path, VISUAL="/nowhere/vi -x") as app:
        app.type("E")
        assert app.shows("/nowhere/vi could not be started")
        app.type("*")
        app.type("?")
        assert app.shows("Keys")
    assert note(shelf) is None
    assert shelf.entries(shelf.search().ids[:1])[0].starred


def test_words_of_an_editor_that_was_killed_are_kept(shelf: Library, tmp_path: Path) -> None:
    with running(shelf, tmp_path, VISUAL=editor(tmp_path, WRITES, DIES)) as app:
        app.type("E")
        assert app.read_until(lambda: "kept in" in " ".join(plain(app.written).split()))
    assert note(shelf) is None
    (kept,) = tmp_path.glob("readinglist-*/note.md")
    assert re.match(r"from outside", kept.read_text(encoding="utf-8"))
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_an_editor_that_fails_changes_nothing(shelf: Library, tmp_path: Path) -> None:
    shelf.set_note(shelf.search().ids[0], "as it was")
    with running(shelf, tmp_path, VISUAL=editor(tmp_path, "import sys; sys.exit(3)")) as app:
        app.type("E")
        assert app.shows("exit code 3")
    assert note(shelf) == "as it was"
    assert not list(tmp_path.glob("readinglist-*"))
