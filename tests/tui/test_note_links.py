"""`[[` in a note completes to a paper, leads there, and shows on the other paper."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from readinglist.library import Library
from readinglist.tui.notes.links import begun, linked_keys
from readinglist.tui.screens.item_list import ItemList
from tests.tui.conftest import LARGE, SMALL, Opener, Session


@pytest.fixture
def keys(shelf: Library) -> dict[str, str]:
    return {entry.title.split()[0]: entry.key for entry in shelf.entries(shelf.search().ids)}


def note_of(library: Library, title: str) -> str | None:
    return library.entries(library.search(title).ids)[0].note


async def follow(session: Session, title: str) -> None:
    """Choose a line of the list of links."""
    items = session.app.screen.query_one(ItemList)
    place = next(n for n, item in enumerate(items.items) if title in item.text)
    for _ in range(place):
        await session.press("j")
    await session.press("enter")


@pytest.mark.parametrize("take", ["enter", "tab"])
async def test_two_brackets_offer_papers(
    shelf: Library, opened: Opener, keys: dict[str, str], take: str
) -> None:
    async with opened(shelf, SMALL) as session:
        await session.press("n")
        await session.type("see ")
        await session.press("left_square_bracket", "left_square_bracket")
        await session.type("gama")
        assert "Gamma networks" in session.text()
        await session.press(take)
        await session.type(" first")
        await session.press("escape")
        assert note_of(shelf, "alpha") == f"see [[{keys['Gamma']}]] first"


async def test_arrows_choose_and_esc_only_sends_the_list_away(
    shelf: Library, opened: Opener, keys: dict[str, str]
) -> None:
    async with opened(shelf, LARGE) as session:
        await session.press("n", "left_square_bracket", "left_square_bracket")
        items = session.app.screen.query_one(ItemList)
        assert items.display
        await session.press("down", "down", "up", "escape")
        assert not items.display
        await session.type("x")
        assert items.display or not items.count
        await session.press("backspace", "down", "enter")
        await session.press("escape")
        assert session.app.screen is session.main
        assert note_of(shelf, "alpha") == f"[[{keys['Beta']}]]"


async def test_a_link_leads_there_and_shows_on_the_other_paper(
    shelf: Library, opened: Opener, keys: dict[str, str]
) -> None:
    shelf.set_note(shelf.search("alpha").ids[0], f"Compare [[{keys['Delta']}]] and [[nobody]].")
    async with opened(shelf, LARGE) as session:
        await session.press("o")
        assert session.at.title == "Delta networks"
        await session.until(lambda: "Named in the notes on" in session.text())
        assert "← Alpha networks" in session.text()
        await session.press("o")
        assert session.at.title == "Alpha networks"


async def test_several_links_are_offered(
    shelf: Library, opened: Opener, keys: dict[str, str]
) -> None:
    text = f"[[{keys['Delta']}]] [[{keys['Eta']}]] [[{keys['Delta']}]]"
    shelf.set_note(shelf.search("alpha").ids[0], text)
    async with opened(shelf, LARGE) as session:
        await session.press("o")
        assert "→ Delta networks" in session.text()
        await follow(session, "Eta")
        assert session.at.title == "Eta networks"


async def test_a_preview_shows_the_note_as_it_will_be_read(shelf: Library, opened: Opener) -> None:
    async with opened(shelf, SMALL) as session:
        await session.press("n")
        await session.type("**bold** words")
        await session.press("f3")
        assert "bold words" in session.text()
        assert "**bold**" not in session.text()
        await session.press("f3")
        assert "**bold**" in session.text()
        await session.press("f3", "escape")
        await session.type("!")
        await session.press("escape")
        assert note_of(shelf, "alpha") == "**bold** words!"


@pytest.mark.parametrize(
    ("read", "text", "found"),
    [
        (begun, "see [[ab", "ab"),
        (begun, "see [[", ""),
        (begun, "see [[ab]] c", None),
        (begun, "see [ab", None),
        (linked_keys, "[[a]] [[b]] [[A]] [[ ]] [[c\n]]", ["a", "b"]),
        (linked_keys, None, []),
    ],
)
def test_links_are_read(
    read: Callable[[str | None], object], text: str | None, found: object
) -> None:
    assert read(text) == found


async def test_enter_in_the_paper_follows_a_link_and_esc_comes_back(
    shelf: Library, opened: Opener
) -> None:
    ids = shelf.search().ids
    other = shelf.entry(ids[3])
    shelf.set_note(ids[0], f"See [[{other.key}]].")
    async with opened(shelf) as app:
        await app.press("/", *"alpha", "enter", "enter", "enter")
        assert app.at.id == other.id
        assert len(app.titles()) == len(ids)
        await app.press("escape")
        assert app.at.id == ids[0]
        assert app.main.view.query == "alpha"
        assert app.main.focused is app.main.detail
        await app.press("escape", "escape")
        assert app.main.view.query == ""


async def test_esc_does_not_lead_back_once_the_user_has_moved_on(
    shelf: Library, opened: Opener
) -> None:
    ids = shelf.search().ids
    shelf.set_note(ids[0], f"See [[{shelf.entry(ids[3]).key}]].")
    async with opened(shelf) as app:
        await app.press("o", "j", "k", "j", "escape")
        assert app.at.id == ids[4]
        assert "nothing to go back from" in app.toasts()[-1]


async def test_addresses_in_a_note_are_links_too(
    shelf: Library, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening: list[str] = []
    monkeypatch.setattr("readinglist.tui.leaving.links.open_link", opening.append)
    shelf.set_note(shelf.search().ids[0], "The code: https://example.org/code (old).")
    async with opened(shelf) as app:
        await app.press("enter", "enter")
        await app.finish_work()
        assert opening == ["https://example.org/code"]
