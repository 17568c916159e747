"""What helps while searching in the app: the share of each clause, a way out, completion."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import Any

import pytest

from readinglist.library import Library, Results
from readinglist.library.search import in_order, reach
from readinglist.records import Facet, FacetCounts, Record, Status
from readinglist.stopping import Stopped, checkpoint
from readinglist.tui import view
from readinglist.tui.main import listing
from readinglist.tui.wording.facet_lines import papers
from tests.tui.conftest import LARGE, MIDDLE, SMALL, Opener, Session, put


@pytest.fixture
def tagged(shelf: Library) -> Library:
    """Twelve papers; the first four have tags, and the first two are to be read."""
    ids = list(shelf.search().ids)
    shelf.edit_tags(ids[:4], add=["rl"])
    shelf.edit_tags(ids[:1], add=["to cite", "[/red](x)"])
    shelf.set_status(ids[:2], Status.TO_READ)
    return shelf


async def search(app: Session, text: str) -> None:
    """All but the last letter at once."""
    await app.press("/")
    app.main.search.insert_text_at_cursor(text[:-1])
    await app.type(text[-1])
    await app.finish_work()


def under(app: Session) -> str:
    """The line under the search."""
    return app.text().splitlines()[-1]


# What each clause finds


async def test_each_clause_shows_what_it_finds_under_the_search(
    tagged: Library, opened: Opener
) -> None:
    async with opened(tagged) as app:
        await search(app, "netwroks tag:rl -alpha")
        assert "netwroks → networks 12 · tag:rl 4 · -alpha −1" in under(app)
        *_, line, _ = app.text().splitlines()
        assert under(app).index("netwroks") == line.index("netwroks")
        await app.press("enter")
        assert "tag:rl 4" not in under(app)
        await app.press("/", "ctrl+u")
        assert "networks" not in under(app)


@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE])
async def test_in_a_narrow_line_the_last_clauses_show_and_the_hints_give_way(
    tagged: Library, opened: Opener, size: tuple[int, int]
) -> None:
    async with opened(tagged, size) as app:
        await search(app, "netwroks " * 7 + "tag:rl")
        assert "tag:rl 4" in under(app)
        assert "… netwroks" in under(app)
        assert all(len(line) == size[0] for line in app.text().splitlines())


async def test_nothing_on_the_screen_moves_when_the_counts_come(
    tagged: Library, opened: Opener
) -> None:
    async with opened(tagged, LARGE) as app:
        await search(app, "alpha tag:r")
        before = app.text().splitlines()
        await app.press("l")
        assert [line[:26].rstrip(" 0123456789") for line in app.text().splitlines()[:40]] == [
            line[:26].rstrip(" 0123456789") for line in before[:40]
        ]


async def test_hostile_text_in_a_clause_is_text(tagged: Library, opened: Opener) -> None:
    async with opened(tagged) as app:
        await search(app, "alpha [/red] [@click=app.quit]x[/]")
        assert "[/red] 1 · [@click=app.quit]x[/] 0" in under(app)


# The way out of nothing


async def test_one_key_leaves_out_what_is_to_blame(tagged: Library, opened: Opener) -> None:
    async with opened(tagged) as app:
        await search(app, "kappa tag:rl")
        assert app.titles() == []
        assert "Without kappa: 4   ctrl+o leaves it out" in app.text()
        assert "without tag:rl: 1" in app.text()
        await app.press("ctrl+o")
        assert app.main.search.value == "tag:rl"
        assert len(app.titles()) == 4
        await app.press("ctrl+o")
        assert "There is no part of the search to leave out." in app.toasts()


async def test_a_filter_can_be_left_out_as_well_and_from_the_list(
    tagged: Library, opened: Opener
) -> None:
    async with opened(tagged) as app:
        app.main.toggle_facet(Facet("tag", "rl"))
        await search(app, "kappa")
        await app.press("enter")
        assert "Without kappa: 4" in app.text()
        await app.press("ctrl+o")
        await app.finish_work()
        assert (app.main.search.value, len(app.titles())) == ("", 4)


# Facets


def counts(app: Session) -> dict[str, int]:
    pane = app.main.facets
    return {line.facet.value: papers(line, pane._shown) or 0 for line in pane._lines if line.facet}


async def test_the_filters_count_within_the_view_and_stay_where_they_are(
    tagged: Library, opened: Opener
) -> None:
    async with opened(tagged, LARGE) as app:
        before = counts(app)
        await search(app, "alpha")
        within = counts(app)
        assert list(within) == list(before)
        assert (within["rl"], within["to-read"], within["inbox"]) == (1, 1, 0)
        await app.press("ctrl+u")
        assert counts(app) == before


async def test_each_status_counts_what_choosing_it_instead_would_list(
    tagged: Library, opened: Opener
) -> None:
    async with opened(tagged, LARGE) as app:
        app.main.toggle_facet(Facet("status", "to-read"))
        await app.finish_work()
        shown = counts(app)
        assert (shown["inbox"], shown["to-read"], shown["rl"]) == (10, 2, 2)


async def test_an_edit_is_counted_within_the_view(tagged: Library, opened: Opener) -> None:
    async with opened(tagged, LARGE) as app:
        await search(app, "kappa")
        await app.press("enter", "d")
        await app.finish_work()
        assert (counts(app)["read"], counts(app)["inbox"]) == (1, 0)


async def test_a_newer_key_stops_the_counting_of_an_older_one(
    tagged: Library, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the screen waits for none of it."""
    begun, stopped = Event(), Event()
    count = Library.counts_within

    def counted(self: Library, query: str, found: Results, **asked: object) -> FacetCounts:
        begun.set()
        while query == "a":
            try:
                stopped.wait(0.001)  # as long as the library does between two looks
                checkpoint()
            except Stopped:
                stopped.set()
                raise
        return count(self, query, found, **asked)  # type: ignore[arg-type]  # passed on as they are

    monkeypatch.setattr(Library, "counts_within", counted)
    async with opened(tagged, LARGE) as app:
        await app.press("/", "a")
        await app.until(begun.is_set)
        await app.type("lpha")
        await app.until(stopped.is_set)
        await app.finish_work()
        assert counts(app)["rl"] == 1


async def test_leaving_stops_the_counting(
    tagged: Library, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = Event()

    def count(self: Library, query: str, found: Results, **asked: object) -> FacetCounts:
        while True:
            begun.wait(0.001)
            checkpoint()

    monkeypatch.setattr(Library, "counts_within", count)
    async with opened(tagged, LARGE) as app:
        await app.press("/", "a", "ctrl+q")


# Very many papers


@pytest.fixture
def many(library: Library, monkeypatch: pytest.MonkeyPatch) -> Library:
    """A library that the app takes for a large one."""
    monkeypatch.setattr(view, "AT_ONCE", 0)
    put(library, [f"Neural paper {number}" for number in range(700)])
    return library


def slow(monkeypatch: pytest.MonkeyPatch, is_slow: Callable[[dict[str, Any]], bool]) -> Event:
    """Let some of the searches for words take until the event is set."""
    go_on, search_all = Event(), Library.search

    def searched(self: Library, query: str = "", **asked: Any) -> Results:
        if query and is_slow(asked):
            assert go_on.wait(10)
        return search_all(self, query, **asked)

    monkeypatch.setattr(Library, "search", searched)
    return go_on


def late(monkeypatch: pytest.MonkeyPatch) -> Event:
    """Let what does not come first take until the event is set, unless it is stopped."""
    go_on, extend = Event(), Results.extended

    def extended(self: Results) -> Results:
        while not (self.complete or go_on.wait(0.01)):
            checkpoint()
        return extend(self)

    monkeypatch.setattr(Results, "extended", extended)
    return go_on


async def test_of_very_many_papers_the_first_show_at_once_and_stay_where_they_are(
    many: Library, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = list(many.search("neural").ids)
    async with opened(many, LARGE) as app:
        await app.finish_work()
        go_on = late(monkeypatch)
        await app.press("/")
        await app.type("neural")
        first = list(app.main.view.results.ids)
        assert 0 < len(first) < 700
        await app.press("down", "down", "down")
        paper, line = app.at.id, app.row_on_screen()
        go_on.set()
        await app.until(lambda: len(app.main.view.results) == 700)
        await app.finish_work()
        assert list(app.main.papers.results.ids)[: len(first)] == first
        assert sorted(app.main.papers.results.ids) == sorted(everything)
        assert (app.at.id, app.row_on_screen()) == (paper, line)


async def test_where_no_paper_comes_at_once_it_is_said_that_they_are_looked_for(
    many: Library, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "_QUIET", 0.0)
    monkeypatch.setattr(reach, "STEPS", 5)
    monkeypatch.setattr(in_order, "_WALK", 0.0)
    monkeypatch.setattr(view, "SOON", 0.0)
    async with opened(many, LARGE) as app:
        await app.finish_work()
        go_on = late(monkeypatch)
        await app.press("/")
        await app.type("-zzzz tag:none")
        await app.until(lambda: "Still looking for" in app.text())
        assert "Without" not in app.text()
        go_on.set()
        await app.until(lambda: "No paper matches" in app.text())


async def test_where_the_search_is_cleared_the_cursor_goes_back_to_its_paper_when_that_is_found(
    many: Library, opened: Opener
) -> None:
    async with opened(many, LARGE) as app:
        await app.finish_work()
        await search(app, "650")
        await app.press("enter", "escape")
        await app.until(lambda: app.main.view.results.complete)
        await app.finish_work()
        assert (app.main.view.query, app.at.title) == ("", "Neural paper 650")


async def test_what_acts_on_all_papers_does_not_stop_at_the_first(
    many: Library, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(many, LARGE) as app:
        await app.finish_work()
        go_on = late(monkeypatch)
        await app.press("/")
        await app.type("neural")
        assert not app.main.view.results.complete
        await app.press("enter", "A", "w")
        assert not app.main.papers.selection
        go_on.set()
        await app.until(lambda: many.counts().statuses[Status.TO_READ] == 700)
        await app.finish_work()
        assert len(app.main.papers.selection) == 700
        scopes = {name: len(ids) for name, ids in app.main._scopes(*app.main._chosen())}
        assert scopes["the papers in view"] == 700


async def test_keys_after_a_search_that_takes_its_time_mean_what_it_finds(
    many: Library, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = slow(monkeypatch, lambda _: True)
    async with opened(many, LARGE) as app:
        await app.finish_work()
        first = app.at.title
        await app.pilot.press("slash", *"650", "enter", "w")
        await app.until(lambda: "2 Papers   searching…" in app.text())
        assert [app.main.search.value, app.at.title] == ["650", first]
        go_on.set()
        await app.settle()
        await app.until(lambda: many.counts().statuses[Status.TO_READ] == 1)
        assert app.at.title == "Neural paper 650"
        assert app.at.status is Status.TO_READ
        assert app.main.focused is app.main.papers


async def test_a_newer_search_takes_the_place_of_one_that_takes_its_time(
    many: Library, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    search_all = Library.search
    stopped: list[str] = []

    def searched(self: Library, query: str = "", **asked: Any) -> Results:
        try:
            while query == "neural":
                checkpoint()
                Event().wait(0.001)  # as a search does that looks through very many papers
        except Stopped:
            stopped.append(query)
            raise
        return search_all(self, query, **asked)

    monkeypatch.setattr(Library, "search", searched)
    async with opened(many, LARGE) as app:
        await app.pilot.press("slash", *"neural")
        await app.pilot.press("space", *"650")
        await app.settle()
        assert app.titles()[0] == "Neural paper 650"
        assert "neural" in stopped


# Completion


async def test_a_value_is_completed_as_it_is_typed(tagged: Library, opened: Opener) -> None:
    async with opened(tagged) as app:
        await search(app, "ta")
        await app.press("tab")
        assert app.main.search.value == "tag:"
        assert [app.main.menu.display, "to cite    1" in app.text()] == [True, True]
        await app.press("tab")
        assert app.main.search.value == "tag:rl"
        await app.press("tab")
        assert app.main.search.value == 'tag:"[/red](x)"'
        await app.press("tab")
        assert app.main.search.value == 'tag:"to cite"'
        assert app.titles() == ["Alpha networks"]
        await app.press("shift+tab", "shift+tab")
        assert app.main.search.value == "tag:rl"
        await app.type(" a")
        assert not app.main.menu.display
        assert app.main.search.value == "tag:rl a"


async def test_the_rest_of_the_word_shows_and_right_takes_it(
    tagged: Library, opened: Opener
) -> None:
    async with opened(tagged) as app:
        await search(app, "tag:r")
        assert "/ tag:rl " in app.text()
        await app.press("right")
        assert app.main.search.value == "tag:rl"
        await app.press("backspace")
        await app.press("left", "right")
        assert app.main.search.value == "tag:r"


async def test_a_misspelt_field_is_offered_the_right_one(tagged: Library, opened: Opener) -> None:
    async with opened(tagged) as app:
        await search(app, "tilte:alpha")
        assert "Did you mean title:?" in under(app)
        await app.press("tab")
        assert app.main.search.value == "title:alpha"
        assert app.titles() == ["Alpha networks"]


async def test_escape_closes_the_menu_before_it_leaves(tagged: Library, opened: Opener) -> None:
    async with opened(tagged) as app:
        await search(app, "tag:")
        await app.press("escape")
        assert app.main.search.has_focus
        assert not app.main.menu.display
        await app.press("escape")
        assert app.main.papers.has_focus


async def test_enter_leaves_and_up_and_down_stay_with_the_list(
    tagged: Library, opened: Opener
) -> None:
    async with opened(tagged) as app:
        await search(app, "tag:r")
        await app.press("down", "down")
        assert app.at.title == "Gamma networks"
        assert app.main.menu.display
        await app.press("enter")
        assert not app.main.menu.display
        assert app.main.search.value == "tag:r"


async def test_with_nothing_to_complete_tab_goes_to_the_next_pane(
    tagged: Library, opened: Opener
) -> None:
    async with opened(tagged) as app:
        await search(app, "kappa")
        assert "tab" not in under(app)
        await app.press("tab")
        assert app.main.focused is app.main.detail


async def test_a_candidate_can_be_clicked(tagged: Library, opened: Opener) -> None:
    async with opened(tagged) as app:
        await search(app, "tag:")
        menu = app.main.menu
        await app.pilot.click(menu, offset=(2, menu.size.height - 1))
        await app.settle()
        assert app.main.search.value == "tag:rl"


async def test_authors_are_completed_from_the_library(library: Library, opened: Opener) -> None:
    put(library, [Record("One", authors=("Ada Lovelace",)), Record("Two", authors=("Al Ng",))])
    async with opened(library) as app:
        await search(app, "author:lov")
        assert "Ada Lovelace" in app.text()
        await app.press("tab")
        assert app.main.search.value == 'author:"Ada Lovelace"'
        assert app.titles() == ["One"]


@pytest.mark.parametrize("text", ["(alpha", '"alp', "tag:", "-", "alpha OR", "alpha status:to-"])
async def test_a_half_typed_query_is_no_error(tagged: Library, opened: Opener, text: str) -> None:
    async with opened(tagged) as app:
        await app.press("/")
        for letter in text:
            await app.type(letter)
            assert "↑" not in app.text()
            assert app.main.search.highlighter is None


async def test_an_error_with_no_room_beside_its_arrow_is_marked_and_told_in_full(
    tagged: Library, opened: Opener
) -> None:
    async with opened(tagged, SMALL) as app:
        await search(app, "diffusion -video status:to alpha")
        assert "It knows inbox, to-read" in under(app)
        strip = app.main.search.render_line(0)
        assert [s.text for s in strip if s.style and s.style.underline] == ["to"]
