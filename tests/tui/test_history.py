"""The history: what was done, newest first, and the way back to any line of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from readinglist.library import Library
from readinglist.records import Status
from readinglist.tui.screens.history import Changes, HistoryScreen, TouchedPapers, when
from readinglist.tui.screens.line import Line
from tests.tui.conftest import Opener, Session


def lines(app: Session) -> list[tuple[str, str]]:
    """Mark and label of each line."""
    items = app.app.screen.query_one(Changes).items
    return [(item.mark, item.text.split("  ")[-1].strip()) for item in items]


def foretold(app: Session) -> str:
    return app.app.screen.query_one("#notice", Line).text


def edit(library: Library) -> list[int]:
    """Four changes: a status, a star, a bulk edit, a note."""
    one, two, three, *_ = ids = list(library.search().ids)
    library.set_status([one], Status.READ)
    library.set_starred([two], True)
    library.edit_tags([one, two, three], add=["rl"])
    library.set_note(three, "words")
    return ids


async def test_it_lists_what_was_done_and_how_many_papers(shelf: Library, opened: Opener) -> None:
    ids = edit(shelf)
    keys = [shelf.entry(paper).key for paper in ids]
    async with opened(shelf) as app:
        await app.press("u", "H")
        assert lines(app) == [
            ("u", f"wrote a note on {keys[2]}"),
            ("", "tagged 3: rl"),
            ("", f"starred {keys[1]}"),
            ("", f"marked {keys[0]}: read"),
        ]
        shown = app.text()
        assert "undone · 1 paper" in shown
        assert " 3 papers" in shown
        assert foretold(app) == "u takes back the last change · U does this change again"


async def test_enter_shows_the_papers_that_a_change_touched(shelf: Library, opened: Opener) -> None:
    edit(shelf)
    async with opened(shelf) as app:
        await app.press("H", "j", "enter")
        assert isinstance(app.app.screen, TouchedPapers)
        for title in ("Alpha networks", "Beta networks", "Gamma networks"):
            assert title in app.text()
        await app.press("escape")
        assert isinstance(app.app.screen, HistoryScreen)


async def test_u_goes_back_to_the_line_as_far_as_was_foretold(
    shelf: Library, opened: Opener
) -> None:
    one, two, three, *_ = edit(shelf)
    async with opened(shelf) as app:
        await app.press("H", "j", "j")
        assert foretold(app) == "u takes back 3 changes, down to this one"
        await app.press("u")
        assert [mark for mark, _ in lines(app)] == ["u", "u", "u", ""]
        assert foretold(app) == (
            "Took back 3 · u takes back the last change · U does this change again"
        )
        assert shelf.counts().tags == {}
        await app.press("k")
        assert foretold(app).endswith("U does 2 changes again, up to this one")
        await app.press("U")
        assert [mark for mark, _ in lines(app)] == ["u", "", "", ""]
        await app.press("escape")
        assert app.app.screen is app.main
        assert app.main.counts.tags == {"rl": 3}
        entries = shelf.entries([one, two, three])
        assert [entry.starred for entry in entries] == [False, True, False]
        assert [entry.note for entry in entries] == [None, None, None]


async def test_u_and_shift_u_on_the_spot_walk_one_step_at_a_time(
    shelf: Library, opened: Opener
) -> None:
    edit(shelf)
    async with opened(shelf) as app:
        await app.press("H", "u", "u", "u")
        assert [mark for mark, _ in lines(app)] == ["u", "u", "u", ""]
        await app.press("U", "U")
        assert [mark for mark, _ in lines(app)] == ["u", "", "", ""]
        await app.press("u", "u", "u", "u")
        assert foretold(app).startswith("Nothing to undo · U does")


async def test_the_main_view_shows_the_new_state_after_esc(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        await app.press("d", "delete")
        assert len(app.titles()) == 11
        await app.press("H", "u", "u", "escape")
        assert len(app.titles()) == 12
        assert shelf.entry(shelf.search().ids[0]).status == Status.INBOX


async def test_what_another_program_did_meanwhile_is_shown_before_anything_is_undone(
    shelf: Library, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("readinglist.tui.main.screen._POLL", 3600.0)  # nobody has looked before
    one, *_ = edit(shelf)
    async with opened(shelf) as app:
        await app.press("H", "j")
        with Library(shelf.path) as other:
            other.set_status([one], Status.SKIPPED)
        await app.press("u")
        assert len(lines(app)) == 5
        assert foretold(app).startswith("Something else was done meanwhile")
        assert shelf.entry(one).status == Status.SKIPPED
        await app.press("u")
        assert shelf.entry(one).status == Status.READ


async def test_changes_whose_papers_are_deleted_are_given_up(
    shelf: Library, opened: Opener
) -> None:
    one, *_ = shelf.search().ids
    shelf.set_trashed([one], True)
    shelf.empty_trash([one])
    async with opened(shelf) as app:
        await app.press("H")
        assert "given up" in app.text()
        await app.press("u")
        assert foretold(app) == "Nothing to undo"
        await app.press("enter")
        assert "deleted for good" in app.text()


async def test_an_empty_history_says_so(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        await app.press("H", "enter", "u", "j")
        assert "Nothing has been changed yet." in app.text()
        assert app.app.screen.query_one(".frame").size.height < 8, "no room for what is not there"


async def test_ten_thousand_changes_open_at_once(shelf: Library, opened: Opener) -> None:
    one, *_ = edit(shelf)
    connection = shelf._journal._connection
    with connection:
        connection.executemany(
            "INSERT INTO change (made, label, state) VALUES (?, ?, 'done')",
            [("2026-01-01T00:00:00.000000+00:00", f"change {n}") for n in range(10_000)],
        )
        connection.execute(
            "INSERT INTO edit SELECT id, ?, 'starred', 'false', 'true' FROM change"
            " WHERE label LIKE 'change %'",
            [one],
        )
    async with opened(shelf) as app:
        await app.press("H", "G", "k", "g")
        pages = app.app.screen.query_one(Changes).items
        assert len(pages) == 10_004
        assert len(pages._pages) <= 4  # type: ignore[attr-defined]  # the list behind is a Pages


def test_a_time_is_as_short_as_it_can_be() -> None:
    now = datetime.now(UTC)
    assert len(when(now.isoformat())) == len("09:12")
    assert when((now - timedelta(days=800)).isoformat())[4] == "-"
