"""Correcting a paper's facts: a form that refuses what cannot be so, and loses nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import TextArea

from readinglist.library import Library
from readinglist.records import Record
from readinglist.tui.leaving import clipboard
from readinglist.tui.screens.confirm import Confirm
from readinglist.tui.screens.facts_form import FactsForm
from readinglist.tui.widgets.field import Field
from tests.tui.conftest import MIDDLE, SMALL, Opener, Session, put

PAPER = Record(
    "A study of boats",
    "About boats.",
    authors=("Ada Lee", "Bo Chen"),
    year=2021,
    venue="Harbours",
    doi="10.1000/boats",
    urls=("https://boats.example/a", "https://boats.example/b"),
)


@pytest.fixture
def boats(library: Library) -> Library:
    put(library, [PAPER, "Another paper"])
    return library


def fill(app: Session, name: str, text: str) -> None:
    """Put a text into a field."""
    widget = app.app.screen.query_one(f"#{name}")
    if isinstance(widget, TextArea):
        widget.text = text
    else:
        app.app.screen.query_one(f"#{name}", Field).value = text


async def test_every_fact_can_be_changed_and_undone_in_one_step(
    boats: Library, opened: Opener
) -> None:
    before = boats.entry(1)
    async with opened(boats) as app:
        await app.press("e")
        fill(app, "title", "  A study of  ships ")
        fill(app, "authors", "Ada Lee; Cy Young\nDi Roy\n\n")
        fill(app, "year", "2022")
        fill(app, "venue", "")
        fill(app, "doi", "https://doi.org/10.1000/SHIPS")
        fill(app, "arxiv_id", "arXiv:2401.01234v2")
        fill(app, "urls", "https://ships.example https://ships.example/2\n")
        await app.press("ctrl+s")
        assert app.main.is_current
        after = boats.entry(1)
        assert (after.title, after.authors) == (
            "A study of ships", ("Ada Lee", "Cy Young", "Di Roy"),
        )  # fmt: skip
        assert (after.year, after.venue) == (2022, None)
        assert (after.doi, after.arxiv_id) == ("10.1000/ships", "2401.01234")
        assert after.urls == ("https://ships.example", "https://ships.example/2")
        assert (before.key, after.key) == ("lee2021study", "lee2022study")
        assert "A study of ships" in app.line(0)
        assert app.toasts()[0].startswith("Edited ")
        await app.press("u")
        assert boats.entry(1) == before


async def test_what_is_wrong_is_said_at_its_field_and_nothing_is_saved(
    boats: Library, opened: Opener
) -> None:
    async with opened(boats, SMALL) as app:
        await app.press("e")
        for name, text in {
            "title": " ",
            "year": "soon",
            "doi": "boats",
            "urls": "ftp://x y",
        }.items():
            fill(app, name, text)
        await app.press("ctrl+s")
        assert isinstance(app.app.screen, FactsForm)
        shown = app.text()
        for complaint in ("needs a title", "'soon' is no year", "'boats' is no DOI", "is no link"):
            assert complaint in shown
        assert app.app.focused is not None
        assert app.app.focused.id == "title"
        assert boats.history() == []
        fill(app, "title", "A title")
        await app.press("tab")
        assert "needs a title" not in app.text()


async def test_a_field_is_checked_when_it_is_left(boats: Library, opened: Opener) -> None:
    async with opened(boats) as app:
        await app.press("e", "tab", "tab", "x", "tab")
        assert "'2021x' is no year" in app.text()
        await app.press("shift+tab", "backspace", "tab")
        assert "is no year" not in app.text()


async def test_a_fact_that_was_always_odd_does_not_stand_in_the_way(
    library: Library, opened: Opener
) -> None:
    put(library, [Record("Odd", doi="not a doi", urls=("gopher:x",))])
    async with opened(library) as app:
        await app.press("e")
        fill(app, "year", "2020")
        await app.press("ctrl+s")
        assert library.entry(1).year == 2020


async def test_enter_and_arrows_walk_the_fields_and_tab_leaves_a_list(
    boats: Library, opened: Opener
) -> None:
    async with opened(boats) as app:
        await app.press("e", "enter")
        assert app.app.focused is not None
        assert app.app.focused.id == "authors"
        await app.press("tab", "down")
        assert app.app.focused.id == "venue"
        await app.press("up", "up")
        assert app.app.focused.id == "authors"


async def test_esc_closes_what_is_unchanged_and_asks_before_it_loses_anything(
    boats: Library, opened: Opener
) -> None:
    async with opened(boats) as app:
        await app.press("e", "x", "backspace", "escape")
        assert app.main.is_current
        await app.press("e", "x", "escape")
        assert isinstance(app.app.screen, Confirm)
        await app.press("enter")
        assert isinstance(app.app.screen, FactsForm)
        assert "A study of boatsx" in app.text()
        await app.press("ctrl+q")
        assert app.app.is_running
        assert "ctrl+s saves it, esc leaves it" in app.text()
        await app.press("escape", "j", "enter")
        assert app.main.is_current
    assert boats.history() == []


async def test_saving_what_is_unchanged_makes_no_edit(boats: Library, opened: Opener) -> None:
    async with opened(boats) as app:
        await app.press("e", "ctrl+s")
        assert app.main.is_current
    assert boats.history() == []


async def test_a_form_that_cannot_be_saved_stays_and_can_be_copied(
    boats: Library, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied = []

    async def copy(app: object, text: str) -> str:
        copied.append(text)
        return "system clipboard"

    monkeypatch.setattr(clipboard, "copy", copy)
    async with opened(boats, MIDDLE) as app:
        connection = app.main.library._journal._connection
        connection.execute("PRAGMA query_only = ON")
        await app.press("e", *" and", "ctrl+s")
        assert isinstance(app.app.screen, FactsForm)
        assert "The facts were not saved in" in app.text()
        assert "may not be written to" in app.text()
        await app.press("f2")
        await app.until(lambda: bool(copied))
        assert copied[0].startswith("Title: A study of boats and\nAuthors: Ada Lee\nBo Chen\n")
        connection.execute("PRAGMA query_only = OFF")
        await app.press("ctrl+s")
        assert boats.entry(1).title == "A study of boats and"


async def test_what_is_typed_is_kept_in_a_file_when_the_app_is_closed_over_it(
    boats: Library, opened: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    async with opened(boats) as app:
        await app.press("e", *"!!")
        app.app.exit()
    [kept] = tmp_path.glob("readinglist-*/note.md")
    assert kept.read_text().startswith("Title: A study of boats!!\n")
    assert kept.stat().st_mode & 0o077 == 0


async def test_a_paper_in_the_trash_is_refused(boats: Library, opened: Opener) -> None:
    boats.set_trashed([1], True)
    async with opened(boats) as app:
        app.main.view.query = "is:trashed"
        app.main.refresh_view()
        await app.press("e")
        assert app.main.is_current
        assert app.toasts() == ["It is in the trash. delete takes it out again."]


@pytest.mark.parametrize("size", [SMALL, MIDDLE, (60, 15)])
async def test_hostile_facts_are_plain_text_at_every_size(
    library: Library, opened: Opener, size: tuple[int, int]
) -> None:
    hostile = "[/red] [@click=app.quit]x[/] 日本語"
    put(library, [Record(hostile, authors=(hostile,) * 30, venue=hostile, urls=(hostile,))])
    async with opened(library, size) as app:
        await app.press("e")
        assert app.text().count("[@click=app.quit]x[/]") >= 2
        assert "^s save" in app.text()
        await app.press("escape")
        assert app.main.is_current


async def test_key_and_further_facts_are_shown_and_edited(library: Library, opened: Opener) -> None:
    details = (("pages", "1-9"), ("publisher", "Quay [x] & Sons"), ("type", "book"))
    put(library, [PAPER._replace(key="boats", details=details)])
    async with opened(library, (160, 45)) as app:
        assert "book · pages 1-9 · publisher Quay [x] & Sons" in " ".join(app.text().split())
        await app.press("e")
        fill(app, "key", "ships:21")
        fill(app, "details", "type: article\nVolume: 3\n\npages: 1-9")
        await app.press("ctrl+s")
        after = library.entry(1)
        assert (after.key, after.aliases) == ("ships:21", ("boats",))
        assert dict(after.details) == {"type": "article", "volume": "3", "pages": "1-9"}
        assert "also boats" in app.text()
        await app.press("u")
        assert (library.entry(1).key, library.entry(1).details) == ("boats", details)


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [("details", "volume 3", "lacks a name and a colon"), ("key", "a b", "can be no citation key")],
)
async def test_what_can_be_no_key_or_further_fact_is_said_below_it(
    boats: Library, opened: Opener, name: str, text: str, says: str
) -> None:
    before = boats.entry(1)
    async with opened(boats) as app:
        await app.press("e")
        fill(app, name, text)
        await app.press("ctrl+s")
        assert isinstance(app.app.screen, FactsForm)
        assert says in " ".join(app.text().split())
    assert boats.entry(1) == before


async def test_the_key_of_another_paper_is_refused_and_nothing_is_lost(
    boats: Library, opened: Opener
) -> None:
    boats.pin_keys([2])
    taken = boats.entry(2).key
    async with opened(boats) as app:
        await app.press("e")
        fill(app, "key", taken)
        await app.press("ctrl+s")
        assert "leads to another paper" in " ".join(app.text().split())
        assert app.app.screen.query_one("#key", Field).value == taken


async def test_a_paper_gets_the_key_of_today_and_the_old_one_finds_it(
    library: Library, opened: Opener
) -> None:
    put(library, [PAPER._replace(key="boats"), "Another paper"])
    async with opened(library) as app:
        await app.press("K")
        assert (library.entry(1).key, library.entry(1).aliases) == ("lee2021study", ("boats",))
        assert app.toasts() == ["Gave boats the key lee2021study. u undoes."]
        await app.press("u")
        assert library.entry(1).key == "boats"
