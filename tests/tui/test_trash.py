"""The trash in the app: one key there and back, undo, and a question before it is emptied."""

from __future__ import annotations

from readinglist.library import Library
from readinglist.records import Facet, Status
from readinglist.tui.screens.confirm import Confirm
from readinglist.tui.screens.help import HelpPage, HelpScreen
from readinglist.tui.wording.facet_lines import lines
from tests.tui.conftest import Opener, Session

TRASH = Facet("is", "trashed")


async def to_the_trash(app: Session) -> None:
    """Choose the trash among the filters, and go to the list."""
    await app.press("f", "g", *["j"] * 7, "enter", "2")
    assert app.main.view.facets == (TRASH,)


async def choose_action(app: Session, name: str) -> None:
    await app.press(":")
    await app.type(name)
    await app.until(lambda: name in app.text().replace(f":{name}", ""))
    await app.finish_work()
    await app.press("down", "enter")
    await app.settle()


async def test_delete_moves_the_cursors_paper_and_u_brings_it_back(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf) as app:
        await app.press("j", "delete")
        assert app.at.title == "Gamma networks"
        assert len(app.titles()) == 11
        assert app.toasts()[0].endswith("to the trash. u undoes.")
        await app.press("u")
        assert app.at.title == "Beta networks"
        assert len(app.titles()) == 12
        await app.press("U")
        assert "Beta networks" not in app.titles()


async def test_delete_moves_the_selection_in_one_step_and_lets_it_go(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf) as app:
        await app.press("v", "j", "j", "delete")
        assert app.toasts() == ["Moved 3 to the trash. u undoes."]
        assert app.titles()[0] == app.at.title == "Delta networks"
        assert not app.main.papers.selection
        assert not app.main.papers.ranging
        await app.press("u")
        assert len(app.titles()) == 12


async def test_the_trash_is_a_filter_only_while_something_is_in_it(
    shelf: Library, opened: Opener
) -> None:
    assert TRASH not in [line.facet for line in lines(shelf.counts())]
    async with opened(shelf) as app:
        assert "trash" not in app.text()
        await app.press("delete", "j", "delete")
        await to_the_trash(app)
        assert app.titles() == ["Alpha networks", "Gamma networks"]
        assert "in the trash" in app.text()


async def test_in_the_trash_delete_restores_and_other_verbs_are_refused(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf) as app:
        await app.press("delete", "delete")
        await to_the_trash(app)
        for key in ("b", "d", "*", "t", "n", "E"):
            await app.press(key)
            assert app.toasts() == ["It is in the trash. delete takes it out again."]
            assert app.app.screen is app.main
        await app.press("A", "w")
        assert app.toasts() == ["They are in the trash. delete takes them out again."]
        await app.press("A", "delete")
        assert app.toasts()[0].startswith("Restored ")
        assert app.titles() == ["Beta networks"]
        await app.press("escape")
        assert len(app.titles()) == 11
        assert shelf.entry(app.at.id).status == Status.INBOX


async def test_the_last_move_to_the_trash_is_repeated(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        await app.press("delete", "j", "full_stop")
        assert app.titles()[:2] == ["Beta networks", "Delta networks"]


async def test_a_library_that_is_all_in_the_trash_still_takes_u(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf) as app:
        await app.press("A", "delete")
        assert "Every paper is in the trash." in app.text()
        await app.press("j", "delete")
        assert app.toasts() == ["There is no paper here."]
        await app.press("u")
        assert len(app.titles()) == 12


async def test_emptying_asks_with_the_cursor_on_cancel_and_then_deletes(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf) as app:
        await app.press("delete", "delete")
        await choose_action(app, "Empty the trash")
        assert isinstance(app.app.screen, Confirm)
        assert "Delete 2 papers for good" in app.text()
        await app.press("enter")
        assert shelf.counts().trash == 2
        await to_the_trash(app)
        await choose_action(app, "Empty the trash")
        await app.press("j", "enter")
        assert (shelf.counts().trash, shelf.counts().total) == (0, 10)
        assert app.toasts() == ["Deleted 2 for good."]
        assert app.titles() == []
        await app.press("escape", "u")
        assert app.toasts() == ["Nothing to undo."]
        await choose_action(app, "Empty the trash")
        assert app.toasts() == ["The trash is empty."]


async def test_help_lists_the_trash(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        await app.press("?", "/")
        await app.type("trash")
        assert isinstance(app.app.screen, HelpScreen)
        rows = app.app.screen.query_one(HelpPage)._rows
        assert [(row.keys, row.action) for row in rows] == [
            ("delete", "Trash"), ("", "Empty the trash"),
        ]  # fmt: skip


async def test_papers_that_another_program_deleted_are_passed_over(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf) as app:
        await app.press("delete", "delete")
        await to_the_trash(app)
        with Library(shelf.path) as other:
            other.empty_trash(other.search("is:trashed").ids)
        await app.press("j", "b", "t", "n", "o", "delete", "k")
        await app.until(lambda: not app.titles())
