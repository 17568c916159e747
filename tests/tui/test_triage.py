"""Triage in the app: single keys, many papers at once, undo, and a list that keeps still."""

from __future__ import annotations

from readinglist.library import Library
from readinglist.records import Facet, Status
from readinglist.tui.screens.failed_write import FailedWrite
from tests.tui.conftest import Opener


async def test_each_status_has_its_key_and_is_saved_at_once(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        for key, status in {"w": "to-read", "r": "reading", "d": "read", "s": "skipped"}.items():
            await app.press(key)
            assert shelf.entry(app.at.id).status == status
        await app.press("b")
        assert shelf.entry(app.at.id).status == Status.INBOX


async def test_a_star_is_given_and_taken_by_the_same_key(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        await app.press("*")
        assert app.at.starred
        assert app.line(0)[4] == "*"
        await app.press("*")
        assert not app.at.starred


async def test_a_verb_acts_on_the_selection_and_says_what_it_did(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf) as app:
        await app.press("space", "space", "j", "space", "d")
        read = [e.title for e in shelf.entries(shelf.search().ids) if e.status == Status.READ]
        assert read == ["Alpha networks", "Beta networks", "Delta networks"]
        assert app.toasts() == ["Marked 3: read. u undoes."]


async def test_an_edit_ends_a_range_and_keeps_what_it_held(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        await app.press("v", "j", "j", "w", "j", "j")
        assert len(app.main.papers.selection) == 3
        assert shelf.counts().statuses[Status.TO_READ] == 3


async def test_a_range_grows_and_shrinks_with_the_cursor(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        await app.press("j", "v", "j", "j", "j", "k")
        assert len(app.main.papers.selection) == 3
        await app.press("v", "j")
        assert len(app.main.papers.selection) == 3


async def test_all_in_view_are_selected_then_none(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        await app.press("A")
        assert {*app.main.papers.selection} == set(shelf.search().ids)
        await app.press("A")
        assert not app.main.papers.selection


async def test_undo_and_redo_say_what_and_go_to_the_paper(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        await app.press("j", "j", "d", "G", "u")
        assert app.at.title == "Gamma networks"
        assert app.at.status == Status.INBOX
        assert "Undid: marked" in app.toasts()[0]
        await app.press("g", "U")
        assert (app.at.title, str(app.at.status)) == ("Gamma networks", "read")


async def test_nothing_to_undo_is_said(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        await app.press("u")
        assert app.toasts() == ["Nothing to undo."]


async def test_the_last_edit_is_repeated_on_another_paper(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        await app.press("s", "j", "j", "full_stop")
        assert app.at.status == Status.SKIPPED


async def test_what_belongs_to_one_paper_is_not_repeated_nor_is_the_edit_before_it(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf) as app:
        await app.press("s", "n", "m", "y", "escape", "j", "full_stop")
        assert (app.at.status, app.at.note) == (Status.INBOX, None)
        assert "A note belongs to its paper" in app.toasts()[-1]
        await app.press("k", "e", "tab", "tab", *"2019", "ctrl+s", "j", "full_stop")
        assert (app.at.status, app.at.year) == (Status.INBOX, None)
        assert "Facts belong to their paper" in app.toasts()[-1]


async def test_a_paper_just_marked_stays_under_the_cursor_until_it_moves(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf) as app:
        app.main.toggle_facet(Facet("status", "inbox"))
        await app.press("j", "j", "d")
        assert app.at.title == "Gamma networks"
        assert app.line(2)[2] == "d"
        assert len(app.titles()) == 12
        await app.press("j")
        assert app.at.title == "Delta networks"
        assert "Gamma networks" not in app.titles()


async def test_dropping_the_marked_paper_does_not_move_the_cursor_on_the_screen(
    library: Library, opened: Opener
) -> None:
    from tests.tui.conftest import SMALL, put

    put(library, [f"Paper number {number}" for number in range(200)])
    async with opened(library, SMALL) as app:
        app.main.toggle_facet(Facet("status", "inbox"))
        await app.press("pagedown", "pagedown", "d", "j")
        row = app.row_on_screen()
        await app.press("d", "j")
        assert app.row_on_screen() in {row, row + 1}
        await app.press("d")
        row = app.row_on_screen()
        title = app.at.title
        await app.press("k")
        assert app.row_on_screen() == row - 1
        assert title not in app.titles()


async def test_verbs_in_the_detail_act_on_its_paper_not_on_the_selection(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf) as app:
        await app.press("space", "space", "enter", "d")
        statuses = {e.title: e.status for e in shelf.entries(shelf.search().ids)}
        assert statuses["Gamma networks"] == Status.READ
        assert statuses["Alpha networks"] == Status.INBOX


async def test_tags_are_edited_for_all_that_are_selected(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        await app.press("space", "space", "t")
        await app.type("rl")
        await app.press("enter")
        if app.app.screen is not app.main:
            await app.press("enter")
        assert shelf.counts().tags == {"rl": 2}
        assert any("Tagged 2: rl" in toast for toast in app.toasts())


async def test_a_note_that_was_changed_elsewhere_meanwhile_keeps_both_texts(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf) as app:
        await app.press("n")
        await app.type("ours")
        with Library(shelf.path) as elsewhere:
            elsewhere.set_note(app.at.id, "theirs")
        await app.press("ctrl+s")
        assert app.at.note == "ours\n\n---\n\ntheirs"
        assert "both texts are kept" in app.toasts()[-1]
        await app.type(" and more")
        await app.press("escape")
        assert app.at.note == "ours and more\n\n---\n\ntheirs"


async def test_a_note_is_saved_when_its_editor_closes(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        await app.press("n")
        await app.type("read **this**")
        await app.press("escape")
        assert app.app.screen is app.main
        assert (app.at.note or "").strip() == "read **this**"
        assert "read this" in app.text()


async def test_a_way_back_is_told_only_while_it_is_the_next_one(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf) as app:
        await app.press("space", "space", "d")
        assert app.toasts() == ["Marked 2: read. u undoes."]
        await app.press("escape", "*")
        assert app.toasts() == []


async def test_a_library_that_is_gone_is_told_and_none_is_put_in_its_place(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf) as app:
        shelf.path.unlink()
        await app.press("d")
        assert isinstance(app.app.screen, FailedWrite)
        assert "Nothing was changed" in app.text()
        assert not shelf.path.exists()


async def test_what_was_told_in_passing_stands_neither_before_a_dialog_nor_before_an_abstract(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf) as app:
        await app.press("space", "space", "s")
        assert app.toasts() == ["Marked 2: skipped. u undoes."]
        await app.press("H")
        assert app.toasts() == []
        await app.press("escape", "s", "A", "w")
        assert app.toasts()
        await app.press("u", "escape", "T")
        assert app.main.round is not None
        assert app.toasts() == []
