"""Writes that fail for real: the user's words stay on the screen until saved or let go."""

from __future__ import annotations

import re
import resource
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from readinglist.library import Library
from readinglist.tui.screens.failed_write import FailedWrite
from readinglist.tui.screens.history import HistoryScreen
from readinglist.tui.screens.note_editor import NoteEditor
from tests.tui.conftest import SMALL, Opener, Session
from tests.tui.terminal import APP, Terminal


@contextmanager
def full(app: Session) -> Iterator[None]:
    """No page can be added to the library, as on a full disk."""
    with _broken(app, "PRAGMA max_page_count = 1", "PRAGMA max_page_count = 1000000"):
        yield


@contextmanager
def read_only(app: Session) -> Iterator[None]:
    """The library may only be read."""
    with _broken(app, "PRAGMA query_only = ON", "PRAGMA query_only = OFF"):
        yield


@contextmanager
def _broken(app: Session, fault: str, mend: str) -> Iterator[None]:
    connection = app.main.library._journal._connection
    connection.execute(fault)
    yield
    connection.execute(mend)


Fault = Callable[[Session], AbstractContextManager[None]]
FAULTS = [
    pytest.param(full, "The disk is full", id="full disk"),
    pytest.param(read_only, "may not be written to", id="read-only"),
]
LONG = "word " * 3000


async def test_a_failed_edit_says_what_where_why_and_can_be_tried_again(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf) as app:
        tag = "x" * 60 + "y"
        with read_only(app):
            await app.press("A", "t", *tag, "enter")
            assert isinstance(app.app.screen, FailedWrite)
            shown = app.text()
            assert "Tag 12 papers" in shown
            assert "may not be written to" in shown
            assert tag in shown
            assert str(shelf.path)[:50] in shown
            await app.press("r")
            assert "(2 tries)" in app.text()
            assert shelf.counts().tags == {}
        await app.press("enter")
        assert shelf.counts().tags == {tag: 12}
        assert tag[:10] in app.line(0)


async def test_nothing_is_shown_as_saved_that_is_not(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        with read_only(app):
            for key in ("d", "*", "delete", "s"):
                await app.press(key)
                assert isinstance(app.app.screen, FailedWrite)
                await app.press("escape")
                assert app.toasts()[-1].startswith("Given up: ")
            assert app.line(0)[2:5] == ".  "
            assert app.titles()[0] == "Alpha networks"
            await app.press(".")
        assert app.main.again is None
        assert shelf.history() == []


async def test_undo_redo_and_the_history_fail_into_the_same_modal(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf) as app:
        await app.press("d", "j", "s", "u")
        with read_only(app):
            await app.press("u")
            assert "Undo the last edit" in app.text()
            await app.press("escape", "U")
            assert "Do again what was undone" in app.text()
            await app.press("escape", "H", "u")
            assert "Undo 1 change" in app.text()
            await app.press("escape")
            assert isinstance(app.app.screen, HistoryScreen)
        await app.press("u", "escape")
        assert [step.state for step in shelf.history()] == ["undone", "undone"]


async def test_emptying_the_trash_can_fail_too(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        await app.press("delete")
        with read_only(app):
            app.main.action_empty_trash()
            await app.press("j", "enter")
            assert "Empty the trash" in app.text()
        await app.press("r")
        assert app.toasts() == ["Deleted 1 for good."]


@pytest.mark.parametrize(("fault", "why"), FAULTS)
async def test_a_note_that_cannot_be_saved_stays_in_its_editor(
    shelf: Library, opened: Opener, fault: Fault, why: str
) -> None:
    async with opened(shelf) as app:
        await app.press("n")
        assert isinstance(app.app.screen, NoteEditor)
        app.app.screen._area.text = LONG
        with fault(app):
            await app.press("escape")
            shown = " ".join(re.sub("[│╭╮╰╯─]", " ", app.text()).split())
            assert isinstance(app.app.screen, NoteEditor)
            assert "The note was not saved in" in shown
            assert why in shown
            assert "ctrl+s tries again, f2 copies them" in shown
            await app.press("ctrl+q")
            assert app.app.is_running
            assert shelf.entry(1).note is None
        await app.press("ctrl+s", "escape")
        assert shelf.entry(1).note == LONG


async def test_a_note_from_the_users_editor_is_on_the_screen_and_in_its_file(
    shelf: Library,
    opened: Opener,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    async with opened(shelf) as app:
        monkeypatch.setattr(app.main, "_with_the_terminal", lambda edit: "written **outside**")
        with read_only(app):
            await app.press("E")
            assert isinstance(app.app.screen, FailedWrite)
            assert "written **outside**" in app.text()
            assert len(list(tmp_path.glob("readinglist-*/note.md"))) == 1
        await app.press("r")
        assert shelf.entry(1).note == "written **outside**"
        assert not list(tmp_path.glob("readinglist-*"))


async def test_quitting_over_words_that_are_not_saved_takes_two_wishes(
    shelf: Library, opened: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    async with opened(shelf) as app:
        with read_only(app):
            await app.press("t", "x", "enter", "ctrl+q")
            assert app.app.is_running
            assert "quit again to lose them" in " ".join(app.text().split())
            await app.press("ctrl+q")
            assert app.app._exit
    assert not list(tmp_path.glob("readinglist-*/*"))


async def test_words_are_kept_in_a_file_when_the_app_is_closed_over_them(
    shelf: Library, opened: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    async with opened(shelf) as app:
        app.main.library._journal._connection.execute("PRAGMA query_only = ON")
        await app.press("t", *"rl,cite", "enter")
        app.app.exit()
    [kept] = tmp_path.glob("readinglist-*/note.md")
    assert kept.read_text() == "rl\ncite"
    assert app.app.return_code == 1


async def test_keys_that_came_in_one_burst_do_not_answer_the_modal(
    shelf: Library, opened: Opener
) -> None:
    from textual import events

    async with opened(shelf) as app:
        with read_only(app):
            for key in "djrc":
                app.app.post_message(events.Key(key, key))
            await app.until(lambda: "Let it go" in app.text())
            await app.settle()
            assert "tries" not in app.text()
        await app.press("r")
        await app.until(lambda: shelf.entry(2).status == "reading")
        assert shelf.entry(1).status == "read"


async def test_hostile_words_are_plain_text_in_the_smallest_terminal(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf, SMALL) as app:
        with read_only(app):
            await app.press("t")
            await app.type("[/red][@click=app.quit]x")
            await app.press("enter")
            assert "[/red][@click=app.quit]x" in app.text()
            assert "Let it go" in app.text()
            await app.press("escape")


# The app in a terminal, with a limit on the size of files, which the system enforces as it does a
# full disk; it can be lifted from outside.


def limit_files(terminal: Terminal, size: int) -> None:
    limits = (size, resource.RLIM_INFINITY)
    resource.prlimit(terminal.process.pid, resource.RLIMIT_FSIZE, limits)


@pytest.mark.skipif(
    not hasattr(resource, "prlimit"), reason="limits can be set from outside only on Linux"
)
def test_a_full_disk_in_a_real_terminal(shelf: Library) -> None:
    terminal = Terminal(*APP, "--library", str(shelf.path))
    try:
        assert terminal.shows("Alpha networks")
        limit_files(terminal, 100)
        terminal.type("t")
        assert terminal.shows("type a tag")
        terminal.type("precious\r")
        assert terminal.shows("Not saved")
        assert terminal.shows("precious")
        assert terminal.shows("Retry")
        assert shelf.counts().tags == {}
        limit_files(terminal, resource.RLIM_INFINITY)
        terminal.type("r")
        assert terminal.read_until(lambda: shelf.counts().tags == {"precious": 1})
    finally:
        terminal.end()
