"""A crash is told with its place, and no note is printed or left anywhere, whatever goes wrong."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from readinglist import crash
from readinglist.library import Library
from tests.conftest import put_in
from tests.tui.terminal import RESTORED, Terminal

CANARY = "kanarienvogel"

# Everything that can go wrong at once, with a note in hand: in locals, messages, causes, warnings,
# log records, another thread and a destructor.
_FAIL = """
import importlib, logging, os, sys, threading, warnings

def fail(*args, **kwargs):
    note = os.environ["CANARY"]
    class Remains:
        def __del__(self):
            raise ValueError(note)
    def beside():
        raise OSError(note)
    warnings.warn(note)
    warnings.warn(note, ResourceWarning)
    logging.getLogger("library").error("could not write %s", note)
    logging.getLogger("asyncio").error("lost", exc_info=ValueError(note))
    logging.warning("%s %s", note)  # a mistake in logging itself
    thread = threading.Thread(target=beside, name=note)
    thread.start()
    thread.join()
    remains = Remains()
    del remains
    try:
        try:
            raise KeyError(note)
        except KeyError:
            {note: 1}[note + "?"]
    except KeyError as error:
        error.add_note(note)
        raise ExceptionGroup(note, [ValueError(note)]) from error

def sabotage(target):
    module, _, path = target.partition(":")
    *owners, name = path.split(".")
    place = importlib.import_module(module)
    for owner in owners:
        place = getattr(place, owner)
    setattr(place, name, fail)

sabotage(sys.argv.pop(1))
from readinglist.cli import main
sys.exit(main(sys.argv[1:]))
"""
SABOTAGED = [sys.executable, "-c", _FAIL]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for all that the program may write, with a library whose note holds the canary."""
    for name in ("HOME", "TMPDIR", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    path = tmp_path / "data" / "papers.sqlite3"
    monkeypatch.setenv("READINGLIST_LIBRARY", str(path))
    monkeypatch.setenv("CANARY", CANARY)
    with Library(path) as library:
        put_in(library, "One paper", "Another paper")
        library.set_note(1, f"The {CANARY} sings.")
    (tmp_path / "dump.jsonl").write_text(f'{{"readinglist": 2}}\n{{"note": "{CANARY}"\n')
    return tmp_path


@pytest.fixture
def key(home: Path) -> str:
    with Library(home / "data" / "papers.sqlite3") as library:
        return library.entry(1).key


def left_behind(home: Path) -> Iterator[Path]:
    """Files with the canary in them, beside the library and what the test itself put there."""
    for file in home.rglob("*"):
        ours = "data" in file.parts or file.name == "dump.jsonl"
        if file.is_file() and not ours and CANARY.encode() in file.read_bytes():
            yield file


@pytest.mark.parametrize(
    ("target", "command"),
    [
        ("readinglist.library:Library.search", "list"),
        ("readinglist.library:Library.search", "export --format bibtex"),
        ("readinglist.formats.jsonl:json.dumps", "export --format jsonl"),
        ("readinglist.cli.lists:say_json", "show KEY --json"),
        ("readinglist.library:Library.set_note", "note KEY --text CANARY"),
        ("readinglist.library.journal.journal:clean", "note KEY --text CANARY"),
        ("readinglist.library.storage.writer:Session.begin", "note KEY --text CANARY"),
        ("readinglist.library:Library.edit_tags", "tag KEY --add x"),
        ("readinglist.library:Library.undo", "undo"),
        ("readinglist.library:Library.history", "history"),
        ("readinglist.library.safety.dump:dump", "dump"),
        ("readinglist.library.safety.loading:make_full", "load DUMP --library new.sqlite3"),
        ("readinglist.library.safety.backup:back_up", "backup"),
        ("readinglist.importing:import_paths", "import DUMP"),
        ("readinglist.lookup.looking:look_up", "lookup"),
        ("readinglist.lookup.adding:find", "add 2401.00001"),
    ],
)
def test_a_crash_of_a_command_prints_no_note(
    home: Path, key: str, target: str, command: str
) -> None:
    known = {"KEY": key, "CANARY": CANARY, "DUMP": str(home / "dump.jsonl")}
    words = [known.get(word, word) for word in command.split()]
    done = subprocess.run([*SABOTAGED, target, *words], capture_output=True, text=True, cwd=home)
    assert CANARY not in done.stdout
    assert CANARY not in done.stderr
    assert not [*left_behind(home)]
    if "bug in it" not in done.stderr:  # a command that took another way is no test of anything
        pytest.fail(f"no crash: {done.returncode} {done.stderr}")
    assert done.returncode == 1
    assert "stopped because of a bug" in done.stderr
    assert "readinglist/cli/" in done.stderr
    assert "Traceback" not in done.stderr
    for kind in ("KeyError", "ExceptionGroup of ValueError", "OSError", "UserWarning"):
        assert kind in done.stderr


@pytest.mark.parametrize(
    ("target", "keys"),
    [
        (
            "readinglist.tui.screens.note_editor:NoteEditor.action_copy",
            ["n", f" {CANARY}", "\x1bOQ"],
        ),
        ("readinglist.tui.main.exchange_actions:ExchangeActions._written", ["y"]),
        ("readinglist.tui.main.screen:MainScreen.action_help", ["?"]),
        ("readinglist.tui.main.screen:MainScreen._look_elsewhere", []),
        ("readinglist.tui.widgets.paper_detail:PaperDetail.render_line", []),
        ("readinglist.tui.main.screen:MainScreen.on_unmount", ["q"]),
        ("readinglist.library:Library.set_status", ["d"]),
        ("readinglist.library:Library.counts", []),
    ],
)
def test_a_crash_of_the_app_prints_no_note_once_the_terminal_is_back(
    home: Path, target: str, keys: list[str]
) -> None:
    terminal = Terminal(*SABOTAGED, target)
    try:
        if keys:
            assert terminal.shows("Another paper")
        for typed in keys:
            terminal.type(typed)
            terminal.read_until(lambda t=typed: t.strip() in terminal.written)  # type: ignore[misc]  # a default in a lambda
        written = terminal.rest()
    finally:
        terminal.end()
    after = written.rpartition(RESTORED)[2]
    assert terminal.process.returncode == 1
    assert "stopped because of a bug" in after
    assert "ExceptionGroup of ValueError" in after
    assert CANARY not in after
    assert not [*left_behind(home)]
    if "note_editor" in target:
        with Library(home / "data" / "papers.sqlite3") as library:
            assert library.entry(1).note == f"The {CANARY} sings. {CANARY}"


def test_a_note_that_is_no_text_any_more_is_not_quoted(home: Path, key: str) -> None:
    damaged = f"{CANARY} \xff".encode("latin-1")
    with closing(sqlite3.connect(home / "data" / "papers.sqlite3")) as connection, connection:
        connection.execute("UPDATE paper SET note = CAST(? AS TEXT) WHERE id = 1", [damaged])
    for command in (
        *("list --format json", "show KEY", "note KEY --text x", "export --format bibtex", "undo"),
        *("mark read KEY", "dump", "doctor", "backup", "list has:note", "history", "doctor --fix"),
    ):
        words = [key if word == "KEY" else word for word in command.split()]
        done = subprocess.run(
            [sys.executable, "-m", "readinglist", *words], capture_output=True, text=True, cwd=home
        )
        assert CANARY not in done.stderr, command
        assert "Traceback" not in done.stderr, command
        assert "bug" not in done.stderr, command


@pytest.mark.parametrize(
    "words",
    [
        ["note", "KEY", CANARY],
        ["note", "KEY", "--text", "x", CANARY],
        ["note", "KEY", f"--txt={CANARY}"],
        ["note", "KEY", "--txt", CANARY],
        ["note", "KEY", f"--edit={CANARY}"],
    ],
)
def test_a_note_that_is_given_in_the_wrong_way_is_not_quoted(
    home: Path, key: str, words: list[str]
) -> None:
    words = [key if word == "KEY" else word for word in words]
    done = subprocess.run(
        [sys.executable, "-m", "readinglist", *words], capture_output=True, text=True, cwd=home
    )
    assert done.returncode == 2
    assert CANARY not in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_dump_that_does_not_fit_is_not_quoted(home: Path) -> None:
    program = [sys.executable, "-m", "readinglist"]
    lines = subprocess.run([*program, "dump"], capture_output=True, text=True).stdout.splitlines()
    number = next(n for n, line in enumerate(lines) if CANARY in line)
    for broken in (
        lines[number][:-1],
        lines[number].replace('"note": "', '"note": ["', 1),
        lines[number].replace('"id": 1', '"id": "1"', 1),
        lines[number].replace('"note"', '"nota"', 1),
        lines[number].replace(CANARY, CANARY + "\\ud800"),
        lines[number] + lines[number],
    ):
        (home / "dump.jsonl").write_text("\n".join([*lines[:number], broken, *lines[number + 1 :]]))
        load = [*program, "load", "dump.jsonl", "--library", "new.sqlite3"]
        done = subprocess.run(load, capture_output=True, text=True, cwd=home)
        assert CANARY not in done.stderr
        assert "bug" not in done.stderr
        (home / "new.sqlite3").unlink(missing_ok=True)


# The report itself


def raised(depth: int) -> RecursionError | ValueError:
    def dig(left: int) -> None:
        if left:
            dig(left - 1)
        raise ValueError(CANARY)

    try:
        dig(depth)
    except ValueError as error:
        return error
    raise AssertionError


def test_a_report_is_short_however_deep_the_crash() -> None:
    report = crash.report(raised(500))
    assert len(report.splitlines()) < 60
    assert "more" in report


def test_causes_come_before_what_they_led_to_and_circles_end() -> None:
    first, second = KeyError(CANARY), ValueError(CANARY)
    second.__cause__, first.__context__ = first, second
    lines = crash.report(second).splitlines()
    assert lines.index("KeyError") < lines.index("ValueError")
    assert lines.count("ValueError") == 1


def test_code_is_quoted_from_our_own_files_only(tmp_path: Path) -> None:
    theirs = tmp_path / "site-packages" / "theirs.py"
    theirs.parent.mkdir()
    theirs.write_text(f"from readinglist.text import clean\nclean('{CANARY}', 1)\n")
    program = (
        "import sys, runpy; from readinglist import crash\n"
        f"try: runpy.run_path({str(theirs)!r})\n"
        "except TypeError as error: print(crash.report(error))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert "theirs.py:2" in done.stdout
    assert CANARY not in done.stdout
    assert str(tmp_path) not in done.stdout


def test_what_cannot_be_printed_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    with open(os.devnull) as nowhere:  # noqa: PTH123 - a stream that cannot be written to
        monkeypatch.setattr(sys, "stderr", nowhere)
        crash._print("words")
