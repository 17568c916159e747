"""A list that is too long to be read at once: its end, its middle, and keys that go there."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event

import pytest

from readinglist.library import Library, Results
from readinglist.library.search import gathering, in_order, listing, results
from readinglist.records import Status
from readinglist.stopping import checkpoint
from readinglist.tui import view
from tests.tui.conftest import MIDDLE, Opener, Session, put

_TITLES = [f"Neural paper {number % 7} {number}" for number in range(700)]
_BY_TITLE = sorted(_TITLES)


@pytest.fixture
def many(library: Library, monkeypatch: pytest.MonkeyPatch) -> Library:
    """A library of which no more than a hundred papers are read at once."""
    monkeypatch.setattr(view, "AT_ONCE", 0)
    for module in (listing, in_order):
        monkeypatch.setattr(module, "_FIRST", 100)
    monkeypatch.setattr(gathering, "_FEW", 5)
    monkeypatch.setattr(results, "_MANY", 50)
    put(library, _TITLES)
    return library


@pytest.fixture
def others(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """What does not come first is found once this is set."""
    come, extend = Event(), Results.extended

    def extended(self: Results) -> Results:
        while not (self.complete or come.wait(0.01)):
            checkpoint()
        return extend(self)

    monkeypatch.setattr(Results, "extended", extended)
    yield come
    come.set()


async def by_title(app: Session) -> None:
    await app.press(",", "t")
    await app.until(lambda: app.main.view.results.counted)


@pytest.mark.parametrize("reverse", [False, True])
async def test_the_end_is_shown_before_all_of_it_is_read(
    many: Library, opened: Opener, others: Event, reverse: bool
) -> None:
    expected = sorted(_TITLES, reverse=reverse)
    async with opened(many, MIDDLE) as app:
        await app.press(",", "t", *((",", "t") if reverse else ()), "G")
        await app.until(lambda: app.main.papers.cursor == len(_TITLES) - 1)
        assert not app.main.view.results.complete
        assert app.at.title == expected[-1]
        assert "700 of 700" in app.text()
        await app.press("k", "k", "w")
        assert (app.at.title, app.at.status) == (expected[-3], Status.TO_READ)
        line = app.line(5)
        others.set()
        await app.until(lambda: app.main.view.results.complete)
        await app.finish_work()
        assert app.at.title == expected[-3]
        assert app.line(5) == line
        await app.press("g")
        assert app.at.title == expected[0]


async def test_a_key_for_a_paper_that_is_not_read_yet_waits_for_it(
    many: Library, opened: Opener, others: Event
) -> None:
    async with opened(many, MIDDLE) as app:
        await by_title(app)
        await app.press("G", *["pageup"] * 4, "w", "j")
        papers = app.main.papers
        assert papers.cursor_id is None
        assert app.line(2).strip() == "…"
        place = papers.cursor
        others.set()
        await app.until(lambda: papers.cursor == place + 1)
        await app.finish_work()
        marked = [row.title for row in many.rows(many.search("is:to-read").ids)]
        assert marked == [_BY_TITLE[place]]
        assert app.at.title == _BY_TITLE[place + 1]


async def test_the_scroll_bar_leads_anywhere_and_papers_come_when_they_are_read(
    many: Library, opened: Opener, others: Event
) -> None:
    async with opened(many, MIDDLE) as app:
        await by_title(app)
        app.main.papers.scroll_to(y=400, animate=False, force=True)
        await app.settle()
        assert app.line(0).strip() == "…"
        others.set()
        await app.until(lambda: _BY_TITLE[400] in app.line(0))
        assert round(app.main.papers.scroll_y) == 400
        assert app.main.papers.cursor == 0


async def test_the_end_of_what_words_find_is_waited_for(
    many: Library, opened: Opener, others: Event
) -> None:
    async with opened(many, MIDDLE) as app:
        await app.press("/")
        await app.type("neural")
        assert not app.main.view.results.counted
        await app.press("enter", "G", "w")
        assert app.main.papers.cursor == 0
        others.set()
        await app.until(lambda: many.counts().statuses[Status.TO_READ] == 1)
        await app.finish_work()
        assert app.main.papers.cursor == len(_TITLES) - 1
        assert app.at.status == Status.TO_READ
