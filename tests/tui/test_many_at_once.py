"""Edits of very many papers: in a thread, while the screen lives on, all of them or none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from threading import Event

import pytest

from readinglist.library import Library
from readinglist.outcomes import Done
from readinglist.records import Status
from readinglist.stopping import checkpoint
from readinglist.tui.main import edits
from readinglist.tui.screens.progress import ProgressDialog
from tests.tui.conftest import MIDDLE, Opener, put
from tests.tui.test_waiting import locked, statuses

MANY = 40


@pytest.fixture
def heap(library: Library, monkeypatch: pytest.MonkeyPatch) -> Library:
    """More papers than are written while the screen waits."""
    monkeypatch.setattr(edits, "_AT_ONCE", MANY - 1)
    put(library, [f"Paper number {number}" for number in range(MANY)])
    return library


@pytest.fixture
def slowly(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """Have papers marked only once this is set."""
    go_on, mark = Event(), Library.set_status

    def wait(self: Library, ids: Sequence[int], status: Status) -> Done | None:
        assert go_on.wait(20)
        checkpoint()
        return mark(self, ids, status)

    monkeypatch.setattr(Library, "set_status", wait)
    yield go_on
    go_on.set()


async def test_very_many_are_written_told_and_taken_back_as_few_are(
    heap: Library, opened: Opener
) -> None:
    async with opened(heap, MIDDLE) as app:
        await app.press("A", "d")
        await app.finish_work()
        assert statuses(heap) == ["read"] * MANY
        assert app.toasts() == [f"Marked {MANY}: read. u undoes."]
        await app.press("t")
        await app.type("seminar")
        await app.press("enter")
        await app.finish_work()
        assert heap.counts().tags == {"seminar": MANY}
        await app.press("u")
        await app.finish_work()
        assert heap.counts().tags == {}
        await app.press("u")
        await app.finish_work()
        assert statuses(heap) == ["inbox"] * MANY
        await app.press("U")
        await app.finish_work()
        assert statuses(heap) == ["read"] * MANY


async def test_the_screen_tells_what_is_saved_and_what_is_typed_meanwhile_waits(
    heap: Library, opened: Opener, slowly: Event
) -> None:
    async with opened(heap, MIDDLE) as app:
        await app.press("A", "d", "V", "j", "asterisk")
        await app.until(lambda: app.shows(ProgressDialog))
        await app.settle()
        assert f"Mark {MANY} papers as read" in app.text()
        assert "esc stop" in app.text()
        assert statuses(heap) == ["inbox"] * MANY
        slowly.set()
        await app.until(lambda: app.at_home and not app.app._holds)
        await app.until(lambda: heap.counts().starred == 1)
        assert statuses(heap) == ["read"] * MANY
        assert app.at.starred
        assert app.main.papers.cursor == 1


async def test_esc_stops_it_and_nothing_is_changed(
    heap: Library, opened: Opener, slowly: Event
) -> None:
    async with opened(heap, MIDDLE) as app:
        await app.press("A", "d")
        await app.until(lambda: app.shows(ProgressDialog))
        await app.press("escape")
        slowly.set()
        await app.until(lambda: app.at_home and not app.app._holds)
        await app.settle()
        assert statuses(heap) == ["inbox"] * MANY
        assert app.toasts() == [f"Given up: mark {MANY} papers as read."]
        assert not heap.can_undo()


async def test_it_waits_for_another_program_too(heap: Library, opened: Opener) -> None:
    async with opened(heap, MIDDLE) as app:
        with locked(heap):
            await app.press("A", "d")
            await app.until(lambda: app.shows(ProgressDialog))
            assert statuses(heap) == ["inbox"] * MANY
        await app.until(lambda: app.at_home and not app.app._holds)
        assert statuses(heap) == ["read"] * MANY
