"""The app's first moments, with a library that is too large to be counted and listed at once."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

import pytest
from textual import events

from readinglist.library import Library
from readinglist.library.search import listing
from readinglist.library.storage.database import explained
from readinglist.records import FacetCounts, Status
from readinglist.tui import view
from readinglist.tui.app import ReadingListApp
from tests.tui.conftest import LARGE, Opener, Session, put

TITLES = [f"Paper {number}" for number in range(30)]


@pytest.fixture
def large(library: Library, monkeypatch: pytest.MonkeyPatch) -> Library:
    """Few papers, and an app that takes them for many."""
    put(library, TITLES)
    monkeypatch.setattr(view, "AT_ONCE", 10)
    monkeypatch.setattr(listing, "_FIRST", 5)
    return library


@pytest.fixture
def held_up(large: Library, monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Counting and listing everything wait for this."""
    may_go = threading.Event()
    counts, search = Library.counts, Library.search

    def slow(action: Callable[..., object]) -> Callable[..., object]:
        def wait(library: Library, *args: object, **options: object) -> object:
            if threading.current_thread() is not threading.main_thread():
                assert may_go.wait(10)
            return action(library, *args, **options)

        return wait

    monkeypatch.setattr(Library, "counts", slow(counts))
    monkeypatch.setattr(Library, "search", slow(search))
    return may_go


async def all_listed(app: Session) -> None:
    await app.until(lambda: app.main.papers.count == len(TITLES))
    await app.settle()


async def test_the_first_papers_show_before_the_others_are_found_and_counted(
    large: Library, held_up: threading.Event, opened: Opener
) -> None:
    async with opened(large) as app:
        assert "Paper 0" in app.line(0)
        assert app.main.papers.count == 5
        assert "1 of …" in app.text()
        assert " 0 " not in "\n".join(line[:26] for line in app.text().splitlines())
        held_up.set()
        await all_listed(app)
        await app.until(lambda: app.main.counts.total == len(TITLES))
        await app.settle()
        assert "1 of 30" in app.text()
        assert app.main.counts.statuses[Status.INBOX] == len(TITLES)
        assert "inbox" in app.text()


async def test_nothing_moves_when_the_others_come(
    large: Library, held_up: threading.Event, opened: Opener
) -> None:
    async with opened(large) as app:
        await app.press("j", "j")
        places = [widget.region for widget in app.main.query("*")]
        before = app.at
        held_up.set()
        await all_listed(app)
        await app.until(lambda: app.main.counts.total == len(TITLES))
        await app.settle()
        assert [widget.region for widget in app.main.query("*")] == places
        assert app.at == before
        assert app.row_on_screen() == 2


async def test_the_last_line_is_the_last_of_all(
    large: Library, held_up: threading.Event, opened: Opener
) -> None:
    async with opened(large) as app:
        await app.press("G")
        held_up.set()
        await all_listed(app)
        assert app.at.title == TITLES[-1]


async def test_a_search_is_not_overtaken_by_the_list_of_everything(
    large: Library, held_up: threading.Event, opened: Opener
) -> None:
    async with opened(large) as app:
        await app.pilot.press(*"/29")
        held_up.set()
        await app.settle()
        await app.finish_work()
        assert app.titles() == ["Paper 29"]


async def test_the_app_can_be_left_while_papers_are_still_counted(
    large: Library, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    counting = threading.Event()
    counts = Library.counts

    def endless(library: Library) -> FacetCounts:
        counting.set()
        library._connection.execute(
            "WITH RECURSIVE up (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM up)"
            " SELECT count(*) FROM up"
        ).fetchall()
        return counts(library)

    monkeypatch.setattr(Library, "counts", explained(endless))
    async with asyncio.timeout(20):
        async with opened(large) as app:
            await app.until(counting.is_set)
            await app.press("q")


async def test_keys_typed_before_the_first_rows_have_their_effect(library: Library) -> None:
    put(library, TITLES)
    app = ReadingListApp(library.path)
    async with app.run_test(size=LARGE) as pilot:
        for key in "jw":
            app.post_message(events.Key(key, key))
        session = Session(app, pilot)
        await session.settle()
        await session.until(lambda: library.entries([2])[0].status is Status.TO_READ)
        await app.workers.wait_for_complete()
