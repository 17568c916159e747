"""Edits while another program writes: they wait, in order, and the screen lives on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

import pytest
from textual import events

from readinglist.library import Library
from readinglist.records import Status
from readinglist.tui import patience
from readinglist.tui.leaving import clipboard
from readinglist.tui.screens.failed_write import FailedWrite
from readinglist.tui.screens.history import Changes, HistoryScreen
from readinglist.tui.screens.note_editor import NoteEditor
from readinglist.tui.widgets.waiting import Waiting
from tests.tui.conftest import SMALL, Opener, Session, put


class Lock:
    """Another program in the middle of a write."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._connection.execute("BEGIN IMMEDIATE")

    def edit(self) -> None:
        """Put a change into the journal, as an edit does."""
        time = "2026-01-01T00:00:00+00:00"
        self._connection.execute(
            "INSERT INTO change (made, label, state) VALUES (?, 'theirs', 'done')", [time]
        )
        self._connection.execute(
            "INSERT INTO edit SELECT max(id), 2, 'starred', '0', '1' FROM change"
        )

    def release(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("COMMIT")


@contextmanager
def locked(library: Library) -> Iterator[Lock]:
    lock = Lock(library.path)
    try:
        yield lock
    finally:
        lock.release()
        lock._connection.close()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let edits fail after a short wait."""
    monkeypatch.setattr(patience, "LIMIT", 0.3)


@pytest.fixture
def talkative(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tell of a wait at once."""
    monkeypatch.setattr(patience, "_QUIET", 0.0)


def statuses(library: Library) -> list[str]:
    return [str(entry.status) for entry in library.entries(sorted(library.search().ids))]


def is_waiting(app: Session) -> bool:
    return bool(app.app.waiting)


async def click(app: Session, x: int, y: int) -> None:
    """Click as a terminal does."""
    for kind in (events.MouseDown, events.MouseUp):
        app.app.post_message(kind(None, x, y, 0, 0, 1, False, False, False))
    await app.settle()


def burst(app: Session, *keys: str) -> None:
    """Type so fast that the wait cannot end before the last key."""
    for name in keys:
        app.app.post_message(events.Key(name, name if len(name) == 1 else None))


async def test_an_edit_waits_and_what_is_typed_meanwhile_follows_in_order(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf) as app:
        with locked(shelf) as lock:
            await app.press("d", "j", "s", "j", "t", *"rl", "enter", "j", "*")
            assert is_waiting(app)
            assert statuses(shelf)[:2] == ["inbox", "inbox"]
            assert app.at.title == "Alpha networks"
            lock.release()
            await app.until(lambda: app.at.title == "Delta networks" and app.at.starred)
        assert statuses(shelf)[:4] == ["read", "skipped", "inbox", "inbox"]
        assert [entry.tags for entry in shelf.entries([1, 2, 3])] == [(), (), ("rl",)]
        assert app.line(0)[2] == "d"
        assert app.toasts() == []


@pytest.mark.parametrize(
    ("keys", "is_done"),
    [
        (("d",), lambda library: library.entry(1).status == "read"),
        (("*",), lambda library: library.entry(1).starred),
        (("t", "x", "enter"), lambda library: library.entry(1).tags == ("x",)),
        (("n", "x", "escape"), lambda library: library.entry(1).note == "x"),
        (("delete",), lambda library: library.counts().trash == 1),
        (("G", "u"), lambda library: library.history()[0].state == "undone"),
        (("H", "u"), lambda library: library.history()[0].state == "undone"),
        (("e", "!", "ctrl+s"), lambda library: library.entry(1).title.endswith("!")),
    ],
)
async def test_every_kind_of_edit_waits(
    shelf: Library, opened: Opener, keys: tuple[str, ...], is_done: object
) -> None:
    assert callable(is_done)
    shelf.set_status([12], Status.READ)
    async with opened(shelf) as app:
        await app.finish_work()
        with locked(shelf) as lock:
            await app.press(*keys)
            assert is_waiting(app)
            assert not is_done(shelf)
            lock.release()
            await app.until(lambda: not is_waiting(app))
        assert is_done(shelf)
        assert not isinstance(app.app.screen, FailedWrite)


async def test_redo_waits(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        await app.press("d", "u")
        with locked(shelf) as lock:
            await app.press("U")
            assert is_waiting(app)
            lock.release()
            await app.until(lambda: not is_waiting(app))
        assert app.at.status == "read"


async def test_the_screen_lives_while_an_edit_waits(library: Library, opened: Opener) -> None:
    put(library, [f"Paper number {number}" for number in range(100)])
    async with opened(library, SMALL) as app:
        with locked(library):
            await app.press("d")
            app.app.post_message(events.MouseScrollDown(None, 10, 10, 0, 1, 0, False, False, False))
            await app.until(lambda: app.main.papers.scroll_y > 0)
            await app.pilot.resize_terminal(160, 45)
            await app.until(lambda: app.main.detail.display)
            assert is_waiting(app)
        await app.until(lambda: not is_waiting(app))


async def test_a_click_does_not_overtake_what_waits(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        with locked(shelf) as lock:
            await app.press("d", "w")
            await click(app, 60, 6)
            lock.release()
            await app.until(lambda: not is_waiting(app) and shelf.entry(1).status == "to-read")
        assert app.at.title == "Alpha networks"
        await click(app, 60, 6)
        assert app.at.title == "Zeta networks"


async def test_a_long_wait_is_told_quietly_and_its_end_too(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        with locked(shelf) as lock:
            await app.press("d")
            assert not app.app.screen.query(Waiting)
            await app.until(lambda: "waiting for another program" in app.text())
            assert "esc gives up" in app.text()
            assert not any(word in app.text() for word in ("busy", "locked"))
            lock.release()
            await app.until(lambda: "waiting" not in app.text())
        assert app.at.status == "read"


async def test_esc_gives_up_what_waits_and_what_was_typed_since(
    shelf: Library, opened: Opener, talkative: None
) -> None:
    async with opened(shelf) as app:
        with locked(shelf):
            burst(app, "d", "j", "s")
            await app.until(lambda: "waiting" in app.text())
            await app.press("escape")
            assert not is_waiting(app)
            assert app.toasts() == [
                "Given up: mark “Alpha networks” as read. 2 keys typed since then had no effect."
            ]
        await app.press("j", "w")
        assert statuses(shelf)[:3] == ["inbox", "to-read", "inbox"]


async def test_tags_are_not_lost_when_the_wait_is_given_up(
    shelf: Library, opened: Opener, talkative: None
) -> None:
    async with opened(shelf) as app:
        with locked(shelf):
            await app.press("t", *"rl", "enter")
            await app.until(lambda: "waiting" in app.text())
            await app.press("escape")
            await app.until(lambda: "Let it go" in app.text())
            assert "rl" in app.text()
        await app.press("r")
        assert app.at.tags == ("rl",)


async def test_after_the_limit_it_can_be_tried_again_and_the_rest_follows(
    shelf: Library, opened: Opener, impatient: None
) -> None:
    async with opened(shelf) as app:
        with locked(shelf) as lock:
            burst(app, "d", "j", "s", "r")
            await app.until(lambda: "Let it go" in app.text())
            assert "another program" in app.text()
            assert str(shelf.path)[:40] in app.text()
            await app.press("r")
            await app.until(lambda: "(2 tries)" in app.text())
            assert statuses(shelf)[:2] == ["inbox", "inbox"]
            lock.release()
            await app.press("enter")
            await app.until(lambda: shelf.entry(2).status == "reading")
        assert app.app.screen is app.main
        assert app.at.title == "Beta networks"
        assert statuses(shelf)[:2] == ["read", "reading"]


async def test_what_was_typed_after_an_edit_that_is_let_go_has_no_effect(
    shelf: Library, opened: Opener, impatient: None
) -> None:
    async with opened(shelf) as app:
        with locked(shelf):
            burst(app, "delete", "delete", "delete")
            await app.until(lambda: "Let it go" in app.text())
            await app.press("escape")
        assert "2 keys typed since then had no effect" in app.toasts()[-1]
        assert shelf.counts().trash == 0
        await app.press("j")
        assert app.at.title == "Beta networks"


async def test_writing_a_note_goes_on_while_it_is_saved(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        await app.press("n", "a", "ctrl+s")
        with locked(shelf) as lock:
            await app.press("b", "ctrl+s", "c")
            assert "abc" in app.text()
            assert shelf.entry(1).note == "a"
            assert "saved" not in app.text().replace("not saved yet", "")
            lock.release()
            await app.until(lambda: shelf.entry(1).note == "abc")
        await app.until(lambda: not is_waiting(app))
        assert isinstance(app.app.screen, NoteEditor)
        await app.press("escape", "d")
        assert app.at.status == "read"
        assert len(shelf.history()) == 3


async def test_keys_after_a_closing_note_wait_until_it_is_closed(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf) as app:
        with locked(shelf) as lock:
            await app.press("n", "a", "escape", "j", "d")
            assert isinstance(app.app.screen, NoteEditor)
            lock.release()
            await app.until(lambda: shelf.entry(2).status == "read")
        assert shelf.entry(1).note == "a"


async def test_a_note_whose_wait_is_given_up_is_still_open(
    shelf: Library, opened: Opener, talkative: None
) -> None:
    async with opened(shelf) as app:
        with locked(shelf):
            await app.press("n", "a", "escape")
            await app.until(lambda: "esc gives up" in app.text())
            await app.press("escape")
            assert isinstance(app.app.screen, NoteEditor)
            assert "Your words are still here" in app.text()
        await app.press("ctrl+s")
        assert shelf.entry(1).note == "a"


async def test_quitting_waits_for_the_note(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        with locked(shelf) as lock:
            await app.press("n", "a", "ctrl+q")
            assert app.app.is_running
            lock.release()
            await app.until(lambda: app.app._exit)
    assert shelf.entry(1).note == "a"


async def test_an_undo_that_waited_takes_back_nothing_of_another_program(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf) as app:
        await app.press("d")
        with locked(shelf) as lock:
            await app.press("u")
            lock.edit()
            lock.release()
            await app.until(lambda: bool(app.toasts()))
        assert app.toasts() == [
            "Another program wrote meanwhile, so nothing was changed.\nH shows what it did."
        ]
        assert app.at.status == "read"


async def test_the_history_does_not_walk_over_what_came_during_the_wait(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf) as app:
        await app.press("d", "H")
        with locked(shelf) as lock:
            await app.press("u")
            lock.edit()
            lock.release()
            await app.until(lambda: not is_waiting(app))
        assert isinstance(app.app.screen, HistoryScreen)
        assert len(app.app.screen.query_one(Changes).items) == 2
        assert "Something else was done meanwhile" in app.text()
        assert shelf.entry(1).status == "read"


async def test_tags_that_could_not_be_saved_can_be_copied(
    shelf: Library, opened: Opener, impatient: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied = []

    async def copy(app: object, text: str) -> str:
        copied.append(text)
        return "system clipboard"

    monkeypatch.setattr(clipboard, "copy", copy)
    async with opened(shelf) as app:
        with locked(shelf):
            await app.press("t", *"rl,cite", "enter")
            await app.until(lambda: "Let it go" in app.text())
            await app.press("c")
            await app.until(lambda: bool(app.toasts()))
    assert copied == ["rl\ncite"]
    assert app.toasts() == ["Your words are in the system clipboard."]


async def test_an_edit_that_waits_when_the_app_is_closed_is_still_written(
    shelf: Library, opened: Opener
) -> None:
    with locked(shelf) as lock:
        async with opened(shelf) as app:
            await app.press("t", *"rl", "enter")
            release = Timer(0.5, lock.release)
            release.start()
            app.app.exit()
        release.join()
    assert shelf.entry(1).tags == ("rl",)


async def test_a_note_that_waits_when_the_app_is_closed_is_still_written(
    shelf: Library, opened: Opener
) -> None:
    with locked(shelf) as lock:
        async with opened(shelf) as app:
            await app.press("n", "a", "ctrl+s", "b")
            release = Timer(0.5, lock.release)
            release.start()
            app.app.exit()
        release.join()
    assert shelf.entry(1).note == "ab"


async def test_words_that_wait_in_vain_when_the_app_is_closed_are_kept_in_a_file(
    shelf: Library,
    opened: Opener,
    impatient: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with locked(shelf):
        async with opened(shelf) as app:
            await app.press("t", *"rl", "enter")
            app.app.exit()
    [kept] = tmp_path.glob("readinglist-*/note.md")
    assert kept.read_text() == "rl"
