"""Walking through the inbox: one paper large, one key each, and a place that is kept."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from textual.widget import Widget

from readinglist.library import Library
from readinglist.records import Facet, Status
from tests.tui.conftest import LARGE, SMALL, Opener, Session, put
from tests.tui.test_waiting import locked


def at_hand(app: Session) -> str:
    """The title of the paper that is shown large."""
    assert app.main.round is not None
    paper = app.main.round.paper
    assert paper is not None
    title = app.main.library.entry(paper).title
    assert title in app.text()
    return title


def told(app: Session) -> str:
    return app.main.triage.line.told


async def test_each_key_judges_and_goes_on(shelf: Library, opened: Opener) -> None:
    async with opened(shelf, SMALL) as app:
        await app.press("T")
        assert at_hand(app) == "Alpha networks"
        assert "About Alpha networks." in app.text()
        assert "0 done, 12 left" in app.text()
        await app.press("w", "s", "r", "d")
        assert at_hand(app) == "Epsilon networks"
        assert "4 done, 8 left" in app.text()
        statuses = [str(entry.status) for entry in shelf.entries(shelf.search().ids)]
        assert statuses[:5] == ["to-read", "skipped", "reading", "read", "inbox"]
        assert told(app) == "Marked “Delta networks” as read. u undoes."


async def test_star_and_tag_stay_with_the_paper(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        await app.press("T", "*", "t")
        await app.type("rl")
        await app.press("enter")
        assert at_hand(app) == "Alpha networks"
        entry = shelf.entries(shelf.search().ids)[0]
        assert (entry.starred, entry.tags, entry.status) == (True, ("rl",), Status.INBOX)
        assert "* starred" in app.text()


async def test_a_paper_that_is_passed_over_stays_and_can_be_gone_back_to(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf) as app:
        await app.press("T", "j", "s", "k")
        assert at_hand(app) == "Beta networks"
        assert "skipped" in app.text()
        await app.press("w")
        assert shelf.counts().statuses[Status.TO_READ] == 1
        assert at_hand(app) == "Gamma networks"
        await app.press("[")
        assert at_hand(app) == "Alpha networks"


async def test_undo_goes_back_to_the_paper_also_from_the_end(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf) as app:
        await app.press("T", *["s"] * 12)
        assert "Inbox empty." in app.text()
        assert "12 papers judged: 12 skipped." in app.text()
        await app.press("u")
        assert at_hand(app) == "Mu networks"
        assert "11 done, 1 left" in app.text()
        await app.press("u", "u")
        assert at_hand(app) == "Kappa networks"
        assert shelf.counts().statuses[Status.INBOX] == 3
        await app.press("U")
        assert "10 done, 2 left" in app.text()


async def test_the_end_says_what_was_passed_over(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        await app.press("T", "j", "j", *["s"] * 10)
        assert "2 papers were passed over" in app.text()
        await app.press("s")
        assert told(app) == "There is no paper here."
        await app.press("g")
        assert at_hand(app) == "Alpha networks"


async def test_leaving_keeps_the_place_also_for_the_next_start(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf) as app:
        await app.press("T", "j", "j", "s", "j", "escape")
        assert app.main.focused is app.main.papers
        assert app.at.title == "Epsilon networks"
        await app.press("g", "T")
        assert at_hand(app) == "Epsilon networks"
    async with opened(shelf) as app:
        await app.press("T")
        assert at_hand(app) == "Epsilon networks"
        await app.press("q")
        await app.press("G", "k", "T")
        assert at_hand(app) == "Lambda networks"


async def test_it_walks_through_the_selection_or_the_view(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        await app.press("j", "space", "space", "T")
        assert "2 selected" in app.text()
        await app.press("s", "w")
        assert "Inbox empty here; 10 elsewhere." in app.text()
        await app.press("escape", "escape", "/")
        await app.type("theta")
        await app.press("enter", "T")
        assert at_hand(app) == "Theta networks"
        assert "0 done, 1 left" in app.text()


async def test_a_view_without_inbox_papers_says_where_they_are(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf) as app:
        await app.press("d")
        app.main.toggle_facet(Facet("status", "read"))
        await app.press("T")
        assert app.main.round is None
        assert app.toasts() == ["No paper of this view is in the inbox; 11 elsewhere are."]


async def test_what_another_program_judged_is_not_shown_again(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf) as app:
        await app.press("T")
        with Library(shelf.path) as elsewhere:
            ids = elsewhere.search().ids
            elsewhere.set_status(ids[1:3], Status.READ)
        await app.press("s")
        assert at_hand(app) == "Delta networks"
        assert "3 done, 9 left" in app.text()
        with Library(shelf.path) as elsewhere:
            elsewhere.set_status(elsewhere.search().ids[4:], Status.READ)
        app.main._look_elsewhere()
        await app.settle()
        assert "11 done, 1 left" in app.text()


async def test_a_paper_that_went_to_the_trash_is_judged(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        await app.press("T", "delete")
        assert at_hand(app) == "Beta networks"
        assert "1 done, 11 left" in app.text()
        await app.press("u")
        assert at_hand(app) == "Alpha networks"
        assert "0 done, 12 left" in app.text()


async def test_the_last_edit_is_repeated_on_the_next_paper(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        await app.press("T", "s", "full_stop", "full_stop")
        assert shelf.counts().statuses[Status.SKIPPED] == 3
        assert at_hand(app) == "Delta networks"


async def test_a_long_abstract_is_read_on_before_the_next_paper(
    library: Library, opened: Opener
) -> None:
    from readinglist.records import Record

    put(library, [Record("Long", "word " * 800 + "ending", line=1), Record("Next", "B", line=2)])
    async with opened(library, SMALL) as app:
        await app.press("T", "space")
        assert app.main.triage.text.scroll_y > 0
        assert app.main.round is not None
        assert app.main.round.place == 0
        await app.press("G")
        assert "ending" in app.text()
        await app.press("space")
        assert at_hand(app) == "Next"


@pytest.mark.parametrize(("key", "there"), [("slash", "search"), ("1", "facets"), ("q", "papers")])
async def test_the_keys_go_where_one_leaves_it_for_and_nowhere_else(
    key: str, there: str, shelf: Library, opened: Opener
) -> None:
    focused: list[str | None] = []
    async with opened(shelf, LARGE) as app:
        await app.press("T", "s")
        app.main.watch(
            app.main, "focused", lambda widget: focused.append(widget and widget.id), init=False
        )
        await app.press(key)
    assert list(dict.fromkeys(filter(None, focused))) == list(dict.fromkeys(["papers", there]))


async def test_what_leads_elsewhere_leaves_it(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        for key in ("/", "1", "T", "q"):
            await app.press("T")
            assert app.main.round is not None
            await app.press(key)
            assert app.main.round is None
            assert app.main.query_one("#panes").display
            await app.press("escape", "2")
        await app.press("T", "tab", "comma")
        assert app.main.round is not None
        assert app.app.screen is app.main


async def test_it_walks_through_a_big_library_at_once(library: Library, opened: Opener) -> None:
    put(library, [f"Paper number {number}" for number in range(2300)])
    async with opened(library, LARGE) as app:
        await app.press("T")
        await app.finish_work()
        assert "2,300 left" in app.text()
        await app.press("s", "escape", "G", "T")
        assert at_hand(app) == "Paper number 2299"


async def test_judgements_wait_for_another_program_and_none_is_lost(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf) as app:
        await app.press("T", "s")
        with locked(shelf):
            await app.press("s", "w", "s")
            assert at_hand(app) == "Beta networks"
        await app.until(lambda: not app.app.waiting)
        await app.settle()
        assert at_hand(app) == "Epsilon networks"
        statuses = [str(entry.status) for entry in shelf.entries(shelf.search().ids)]
        assert statuses[:5] == ["skipped", "skipped", "to-read", "skipped", "inbox"]


async def test_colours_and_tags_of_the_paper_show(shelf: Library, opened: Opener) -> None:
    shelf.edit_tags(shelf.search().ids[:1], add=["rl"])
    async with opened(shelf, SMALL) as app:
        await app.press("T")
        assert "rl" in app.text().splitlines()[6]


async def test_leaving_at_a_judged_paper_keeps_the_place_too(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf) as app:
        await app.press("T", "j", "j", "j", "s", "s", "k")
        assert at_hand(app) == "Epsilon networks"
    async with opened(shelf) as app:
        await app.press("T")
        assert at_hand(app) == "Zeta networks"


async def test_a_note_is_told_in_place_of_an_older_way_back(shelf: Library, opened: Opener) -> None:
    async with opened(shelf, SMALL) as app:
        await app.press("T", "s", "n", *"mine")
        assert told(app).startswith("Marked")
        await app.press("escape")
        assert told(app) == "Saved the note on “Beta networks”. u undoes."
        assert app.toasts() == []


async def test_the_way_back_is_told_whole_however_long_a_title(
    library: Library, opened: Opener
) -> None:
    put(library, ["A title of many words " * 5, "Beta networks"])
    async with opened(library, SMALL) as app:
        await app.press("T", "s")
        assert "…” as skipped. u undoes." in app.text()
        await app.press("u")
        assert "… U does it again." in app.text() or "skipped. U does it again." in app.text()


async def test_hiding_the_panes_slowly_gives_the_keys_to_no_other_pane(
    shelf: Library, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(shelf) as app:
        at_once = app.main.mount

        async def slowly(*widgets: Widget, **place: Any) -> None:
            await at_once(*widgets, **place)
            for _ in range(20):  # the panes hear that they are hidden before the walk shows
                await asyncio.sleep(0.01)

        monkeypatch.setattr(app.main, "mount", slowly)
        await app.press("T", "s", "s")
        assert at_hand(app) == "Gamma networks"


async def test_the_tags_that_a_paper_got_are_told(shelf: Library, opened: Opener) -> None:
    async with opened(shelf, SMALL) as app:
        await app.press("T", "t", *"rl,{x}", "enter")
        assert told(app) == "Tagged “Alpha networks”: rl, {x}. u undoes."


async def test_leaving_says_what_came_of_it_and_what_may_come_next(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf, SMALL) as app:
        await app.press("T", "w", "s", "w", "escape")
        assert app.toasts() == [
            "3 papers judged: 2 to-read, 1 skipped; 9 left. T goes on, x exports what you kept."
        ]
        await app.press("T", "escape")
        assert app.toasts() == []


async def test_the_bar_goes_on_where_it_was_until_the_inbox_is_empty(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf, SMALL) as app:
        await app.press("T", "s", "s", "s", "escape", "T")
        assert "3 done, 9 left" in app.text()
        await app.press("w")
    async with opened(shelf, SMALL) as app:
        await app.press("T")
        assert "4 done, 8 left" in app.text()
        await app.press(*["s"] * 8)
        assert "8 papers judged this time: 8 skipped." in app.text()
    put(shelf, ["Nu networks"], name="tuesday.txt")
    async with opened(shelf, SMALL) as app:
        await app.press("T")
        assert "0 done, 1 left" in app.text()


async def test_a_walk_through_a_selection_counts_by_itself(shelf: Library, opened: Opener) -> None:
    async with opened(shelf, SMALL) as app:
        await app.press("T", "s", "s", "escape", "space", "space", "T")
        assert "0 done, 2 left" in app.text()
        await app.press("s", "escape", "escape", "T")
        assert "2 done, 9 left" in app.text()


async def test_which_way_a_copy_went_is_told_whole(
    library: Library, opened: Opener, clipboard: list[str]
) -> None:
    put(library, ["A title of many words " * 5, *(f"Paper {number}" for number in range(20))])
    async with opened(library, SMALL) as app:
        await app.press("T", *["s"] * 12, "g", *["k"] * 12, "y")
        await app.finish_work()
        assert clipboard
        assert "…” to the system clipboard." in app.text()


async def test_the_footer_of_a_small_terminal_names_the_way_out(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf, SMALL) as app:
        await app.press("T")
        assert "esc leave" in app.text().splitlines()[-1]
