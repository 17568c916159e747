"""Searches with names in the app: kept, opened, renamed, deleted, and begun with."""

from __future__ import annotations

from textual.command import CommandPalette

from readinglist.library import Library
from readinglist.records import Saved, Sort
from tests.tui.conftest import MIDDLE, SMALL, Opener, Session


def names(library: Library) -> list[str]:
    return [saved.name for saved in library.saved_searches()]


async def run(app: Session, action: str) -> None:
    """Run an action by its name, as from the palette."""
    await app.press(":")
    await app.type(action)
    await app.finish_work()
    await app.press("enter")
    if isinstance(app.app.screen, CommandPalette):
        await app.press("enter")
    await app.settle()


async def save(app: Session, query: str, name: str) -> None:
    await app.press("/", "ctrl+u")
    await app.type(query)
    await app.press("ctrl+s")
    await app.type(name)
    await app.press("enter")
    await app.press("enter")


async def test_a_search_is_saved_with_its_filters_and_opened_from_the_filters(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf) as app:
        await app.press("d", "j", "d", "f", *"jjj", "enter", "2")
        assert app.titles() == ["Alpha networks", "Beta networks"]
        await save(app, "alpha", "read alphas")
        assert shelf.saved_searches() == [Saved("read alphas", "status:read alpha")]
        assert app.main.view.query == "status:read alpha"
        assert not app.main.view.facets
        await app.press("escape", "escape")
        assert len(app.titles()) == 12
        app.main.facets.cursor = next(
            i for i, line in enumerate(app.main.facets._lines) if line.label == "read alphas"
        )
        await app.press("f", "enter")
        assert app.titles() == ["Alpha networks"]
        assert app.main.search.value == "status:read alpha"
        await app.press("enter")
        assert len(app.titles()) == 12


async def test_the_palette_opens_a_search_by_name(shelf: Library, opened: Opener) -> None:
    shelf.save_search(Saved("my thetas", "theta", Sort.TITLE))
    async with opened(shelf, MIDDLE) as app:
        await run(app, "my thetas")
        assert app.titles() == ["Theta networks"]
        assert app.main.view.sort is Sort.TITLE


async def test_the_app_begins_with_the_search_that_is_pinned(
    shelf: Library, opened: Opener
) -> None:
    shelf.save_search(Saved("greek", "theta OR iota"))
    async with opened(shelf) as app:
        await app.press("/")
        await app.type("theta OR iota")
        await app.press("enter")
        await run(app, "begin with saved")
        assert "begins with “greek”" in app.toasts()[-1]
        assert "> greek" in app.text()
    async with opened(shelf, SMALL) as app:
        assert set(app.titles()) == {"Theta networks", "Iota networks"}
        assert app.main.search.value == "theta OR iota"
        await app.press("escape")
        assert len(app.titles()) == 12


async def test_a_search_is_renamed_and_deleted_where_it_stands(
    shelf: Library, opened: Opener
) -> None:
    shelf.save_search(Saved("old", "theta"))
    async with opened(shelf) as app:
        await app.press("f", *["j"] * 7)
        assert app.main.facets.saved_search == "old"
        await app.press("e", "ctrl+u", *"new", "enter")
        assert names(shelf) == ["new"]
        await app.press("delete", "enter")
        assert names(shelf) == ["new"]
        await app.press("delete", "down", "enter")
        assert names(shelf) == []
        assert len(app.titles()) == 12


async def test_what_a_name_would_replace_is_said_before(shelf: Library, opened: Opener) -> None:
    shelf.save_search(Saved("greek", "theta"))
    async with opened(shelf) as app:
        await app.press("/", *"iota", "ctrl+s", *"Greek")
        assert "takes the place of the search “greek”" in app.text()
        await app.press("enter")
        assert [(s.name, s.query) for s in shelf.saved_searches()] == [("greek", "iota")]


async def test_what_cannot_be_saved_is_told(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        await app.press("ctrl+s")
        assert app.toasts() == ["There is nothing to save yet: search, filter or sort first."]
        await app.press("/", "quotation_mark", "a", "ctrl+s")
        assert app.app.screen is app.main
        assert "never closed" in app.toasts()[-1]


async def test_what_another_program_saved_shows(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        with Library(shelf.path) as elsewhere:
            elsewhere.save_search(Saved("from elsewhere", "theta"))
        app.main._look_elsewhere()
        await app.settle()
        assert "from elsewhere" in app.text()


async def test_beside_a_saved_search_stands_what_it_finds_in_the_view(
    shelf: Library, opened: Opener
) -> None:
    shelf.save_search(Saved("greek", "theta OR iota OR eta"))

    def beside(app: Session, name: str) -> str:
        line = next(line for line in app.text().splitlines() if name in line)
        return line[:26].split(name)[1].strip()

    async with opened(shelf) as app:
        await app.until(lambda: beside(app, "greek") == "3")
        await app.press("/", *"iota", "enter")
        await app.until(lambda: beside(app, "greek") == "1")
        await app.press("delete")
        await app.press("escape")
        await app.until(lambda: beside(app, "greek") == "2")


async def test_a_search_is_not_given_the_name_of_another(shelf: Library, opened: Opener) -> None:
    for name in ("alone", "beta"):
        shelf.save_search(Saved(name, name))
    async with opened(shelf) as app:
        await app.press("f", *["j"] * 7, "e", "ctrl+u", *"Beta", "enter")
        assert not app.at_home
        assert "There is a search “beta” already." in app.text()
        await app.press("2", "enter")
        assert app.at_home
        assert {saved.name for saved in shelf.saved_searches()} == {"Beta2", "beta"}
