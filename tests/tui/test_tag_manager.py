"""`M` keeps tags in order: renamed, merged, split, coloured and cured, each with one undo."""

from __future__ import annotations

import pytest

from readinglist.library import Library
from readinglist.tui.screens.tag_doctor import TagDoctor
from readinglist.tui.screens.tag_manager import TagManager
from tests.tui.conftest import MIDDLE, SMALL, Opener, Session


@pytest.fixture
def tagged(shelf: Library) -> Library:
    ids = list(shelf.search().ids)
    shelf.edit_tags(ids[:4], add=["rl"])
    shelf.edit_tags(ids[1:3], add=["rl/offline"])
    shelf.edit_tags(ids[4:9], add=["to-cite"])
    shelf.edit_tags(ids[8:10], add=["to cite"])
    shelf.edit_tags(ids[11:], add=["[/red] seminar"])
    return shelf


def tags(library: Library) -> dict[str, int]:
    return library.counts().tags


async def to(session: Session, tag: str) -> None:
    """Put the cursor on a tag."""
    await session.press("M")
    screen = session.app.screen
    assert isinstance(screen, TagManager)
    while screen._tag != tag:
        await session.press("j")


async def write(session: Session, text: str) -> None:
    """Replace what stands in the field."""
    await session.press("end", "ctrl+u")
    await session.type(text)
    await session.press("enter")


@pytest.mark.parametrize("size", [SMALL, MIDDLE])
async def test_every_tag_is_listed_with_its_use(
    tagged: Library, opened: Opener, size: tuple[int, int]
) -> None:
    async with opened(tagged, size) as session:
        await session.press("M")
        text = session.text()
        assert "[/red] seminar" in text
        assert "rl/offline" in text


async def test_a_branch_comes_along_unless_it_shall_not(tagged: Library, opened: Opener) -> None:
    async with opened(tagged) as session:
        await to(session, "rl")
        await session.press("r")
        assert "With the 1 below it: rl/offline" in session.text()
        await write(session, "ml")
        assert "Renamed the tag rl and 1 below it to ml. u undoes." in session.text()
        assert {"ml", "ml/offline"} < {*tags(tagged)}
        await session.press("u")
        assert "Undid: renamed the tag rl" in session.text()
        await session.press("escape")
        await to(session, "rl")
        await session.press("r", "tab")
        assert "Without the 1 below it" in session.text()
        await write(session, "ml")
        assert {"ml", "rl/offline"} < {*tags(tagged)}


async def test_selected_tags_are_merged(tagged: Library, opened: Opener) -> None:
    async with opened(tagged) as session:
        await to(session, "to cite")
        await session.press("space", "space", "m")
        assert "to cite, to-cite → to-cite" in session.text()
        await session.press("enter")
        assert tags(tagged)["to-cite"] == 6
        assert "to cite" not in tags(tagged)
        await session.press("u")
        assert tags(tagged)["to cite"] == 2


async def test_one_tag_alone_is_not_merged(tagged: Library, opened: Opener) -> None:
    async with opened(tagged) as session:
        await to(session, "rl")
        await session.press("m")
        assert "Select the tags first, with space." in session.text()


async def test_a_tag_is_split(tagged: Library, opened: Opener) -> None:
    async with opened(tagged) as session:
        await to(session, "rl/offline")
        await session.press("s")
        await session.type("rl,offline")
        assert "rl is there already: they become one." in session.text()
        await session.press("enter")
        assert tags(tagged)["offline"] == 2
        assert "rl/offline" not in tags(tagged)


async def test_a_colour_shows_beside_its_name_and_in_the_list(
    tagged: Library, opened: Opener
) -> None:
    async with opened(tagged) as session:
        ink = session.main.papers.ink("papers--tag-red", 3).color
        before = {
            segment.style.color for segment in session.main.papers.render_line(3) if segment.style
        }
        assert ink not in before
        await to(session, "rl")
        await session.press("c", "r")
        assert "Coloured the tag rl red." in session.text()
        assert tagged.tag_colours() == {"rl": "red"}
        await session.press("escape")
        shown = {s.text: s.style for s in session.main.papers.render_line(3) if s.style}
        assert shown["rl"].color == ink
        facets = session.main.facets
        lines = [facets.render_line(y) for y in range(facets.size.height)]
        (branch,) = [line for line in lines if line.text.split()[:2] == ["-", "rl"]]
        assert ink in {segment.style.color for segment in branch if segment.style}
        await session.press("G")
        at = session.at.id
        await session.press("u")
        assert tagged.tag_colours() == {}
        assert session.at.id == at, "a colour leads to no paper"


async def test_the_doctor_merges_what_is_chosen_and_one_undo_takes_it_back(
    tagged: Library, opened: Opener
) -> None:
    async with opened(tagged) as session:
        before = tags(tagged)
        await session.press("M", "d")
        assert isinstance(session.app.screen, TagDoctor)
        text = session.text()
        assert "● to cite (2) → to-cite (5)" in text
        assert "○ [/red] seminar" in text
        await session.press("j", "space")
        assert "enter does it: 1 merged, 1 removed. u undoes all of it." in session.text()
        await session.press("enter")
        assert tags(tagged) == {"rl": 4, "rl/offline": 2, "to-cite": 6}
        await session.press("u")
        assert tags(tagged) == before


async def test_the_doctor_turns_a_cure_round(tagged: Library, opened: Opener) -> None:
    async with opened(tagged) as session:
        await session.press("M", "d", "x")
        assert "to-cite (5) → to cite (2)" in session.text()
        await session.press("enter")
        assert tags(tagged)["to cite"] == 6


async def test_enter_lists_the_papers_and_slash_finds_a_tag(
    tagged: Library, opened: Opener
) -> None:
    async with opened(tagged) as session:
        await session.press("M", "/")
        await session.type("offl")
        await session.press("enter", "enter")
        assert len(session.titles()) == 2
        assert session.app.screen is session.main


async def test_no_tags_is_said(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as session:
        await session.press("M")
        assert "No paper has a tag yet: t tags." in session.text()
        await session.press("r", "s", "c", "space", "enter", "d")
        assert "Every tag is spelt in one way" in session.text()
        await session.press("escape")
        assert session.app.screen is session.main
