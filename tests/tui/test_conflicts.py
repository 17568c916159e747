"""The review of an import where documents say otherwise than the papers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from readinglist.importing import import_paths
from readinglist.library import Library
from readinglist.records import Record
from readinglist.tui.main.screen import MainScreen
from readinglist.tui.screens.import_review import ImportReview
from tests.tui.conftest import LARGE, MIDDLE, SMALL, Opener, put

OURS = Record("A study of [boats]", authors=("Ada Lee",), year=2021, venue="Harbours", key="boats")
OTHER = Record("Another paper", "About winds.", year=2001)
THEIRS = [
    {"title": "A study of [boats]", "authors": ["Lee, A."], "year": 1999, "venue": "[/b] Seas"},
    {"title": "Another paper", "year": 2002},
]


@pytest.fixture
def disputed(library: Library, tmp_path: Path) -> Library:
    put(library, [OURS, OTHER])
    path = tmp_path / "theirs.jsonl"
    path.write_text("".join(f"{json.dumps(paper)}\n" for paper in THEIRS))
    [_] = import_paths(library, [path])
    return library


@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE])
async def test_both_sides_are_shown_taken_or_kept_and_taken_back(
    disputed: Library, opened: Opener, size: tuple[int, int]
) -> None:
    async with opened(disputed, size) as app:
        await app.press("I")
        assert isinstance(app.app.screen, ImportReview)
        shown = " ".join(app.text().split())
        assert "5 Conflicts 3" in shown
        assert "in theirs.jsonl" in shown
        assert "[/b] Seas" in shown
        assert "t take theirs" in shown
        await app.press("t")
        assert disputed.entry(1).venue == "[/b] Seas"
        shown = " ".join(app.text().split())
        assert "5 Conflicts 2" in shown
        assert "Took the venue of boats from theirs.jsonl. u takes it back." in shown
        await app.press("x")
        assert disputed.entry(1).year == 2021
        assert "5 Conflicts 1" in app.text()
        await app.press("u", "u")
        assert disputed.entry(1).venue == "Harbours"
        assert "5 Conflicts 3" in app.text()
        await app.press("t", "t", "t")
        assert "Nothing is left to decide." in app.text()
        assert disputed.entry(2).year == 2002
        await app.press("escape")
        assert isinstance(app.app.screen, MainScreen)
        await app.press("u")
        assert disputed.entry(2).year == 2001


async def test_enter_leads_to_the_paper_and_the_others_sections_stay(
    disputed: Library, opened: Opener
) -> None:
    async with opened(disputed) as app:
        await app.press("I", "2")
        assert "take theirs" not in app.text()
        await app.press("t", "x", "u")
        assert len(disputed.conflicts()) == 3
        await app.press("5", "j", "j", "enter")
        assert isinstance(app.app.screen, MainScreen)
        assert app.at.title == "Another paper"
        assert disputed.history() == []


@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE])
async def test_all_of_a_kind_or_all_there_are_are_decided_as_one_change(
    disputed: Library, opened: Opener, size: tuple[int, int]
) -> None:
    async with opened(disputed, size) as app:
        await app.press("I")
        assert "A all" in " ".join(app.text().split())
        await app.press("j", "A")
        shown = " ".join(app.text().split())
        assert "t take theirs in all 2 about the year" in shown
        assert "X keep yours in all 3, whatever they are about" in shown
        await app.press("t")
        assert [disputed.entry(paper).year for paper in (1, 2)] == [1999, 2002]
        shown = " ".join(app.text().split())
        assert "5 Conflicts 1" in shown
        assert "Took what documents say in 2 conflicts. u takes it back." in shown
        await app.press("u")
        assert [disputed.entry(paper).year for paper in (1, 2)] == [2021, 2001]
        assert disputed.entry(1).venue == "Harbours"
        await app.press("A", "escape")
        assert len(disputed.conflicts()) == 3
        await app.press("A", "X")
        assert "Nothing is left to decide." in app.text()
        assert disputed.entry(1).venue == "Harbours"
        await app.press("A", "u")
        assert len(disputed.conflicts()) == 3
        await app.press("2", "A")
        assert "That is for the conflicts: 5 leads to them." in " ".join(app.text().split())


BIB = """@article{boats, title = {A study of [boats]}, annote = {Theirs [/b].

- second line}, keywords = {harbours, sea}}
@misc{winds, title = {Another paper}, annote = {About winds.}, keywords = {sea}}
"""


@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE])
async def test_a_note_and_tags_come_along_and_another_note_goes_below_yours(
    library: Library, opened: Opener, tmp_path: Path, size: tuple[int, int]
) -> None:
    put(library, [OURS, OTHER])
    library.set_note(1, "Mine.")
    path = tmp_path / "refs.bib"
    path.write_text(BIB)
    async with opened(library, size) as app:
        await app.press("i")
        await app.type(str(path))
        await app.press("enter")
        await app.until(lambda: app.shows(ImportReview))
        shown = " ".join(app.text().replace("│", " ").split())
        assert "It took 1 note and the tags of 2 papers; u in the list takes that back." in shown
        assert "Theirs [/b]." in shown
        await app.press("3")
        assert "note, tags" in app.text()
        await app.press("5", "t")
        assert library.entry(1).note == "Mine.\n\n---\n\nTheirs [/b].\n\n- second line"
        await app.press("u", "escape", "u")
        assert (library.entry(1).note, library.entry(1).tags) == ("Mine.", ())
        assert (library.entry(2).note, library.entry(2).tags) == (None, ())
