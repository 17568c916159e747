"""Every theme's text can be read: at least 4.5 to 1, dim text and the line under the cursor too."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.color import Color
from textual.theme import BUILTIN_THEMES

from readinglist.library import Library
from readinglist.library.journal.tags import COLOURS
from readinglist.records import Status
from readinglist.settings import load
from readinglist.tui.app import ReadingListApp
from readinglist.tui.looks.legibility import LEAST, away, contrast
from readinglist.tui.looks.themes import OURS
from tests.tui.conftest import LARGE, Opener, Session, put

THEMES = [t.name for t in (*OURS, *BUILTIN_THEMES.values()) if not t.ansi]
INKS = (
    *("foreground", "quiet", "text-muted", "text-disabled"),
    *("text-primary", "text-secondary", "text-accent"),
    *("text-warning", "text-error", "text-success"),
    *(f"tag-{name}" for name in COLOURS),
)


@pytest.mark.parametrize("theme", THEMES)
def test_every_ink_is_legible_on_every_paper(theme: str, tmp_path: Path) -> None:
    app = ReadingListApp(tmp_path / "library.sqlite3", load(tmp_path / "config.toml"), demo=True)
    app.theme = theme
    colours = app.get_css_variables()
    paper, raised, ink = (
        Color.parse(colours[name]) for name in ("background", "surface", "foreground")
    )
    for under in (paper, raised, paper.blend(ink, 0.08)):
        for name in INKS:
            assert contrast(Color.parse(colours[name]), under) >= LEAST - 0.05, name
    assert contrast(Color.parse(colours["faint"]), paper) >= LEAST
    for name, under in (("cursor", paper), ("cursor-raised", raised)):
        assert contrast(ink, Color.parse(colours[name])) >= LEAST
        assert Color.parse(colours[name]) != under


@pytest.mark.parametrize("theme", ["lamplight", "daylight", "contrast", "solarized-light", "nord"])
async def test_whatever_is_painted_is_legible(theme: str, library: Library, opened: Opener) -> None:
    ids = put(library, [f"Paper {number}" for number in range(8)])
    for paper, status in zip(ids, Status, strict=False):
        library.set_status([paper], status)
    library.edit_tags(ids[:3], add=["methods"])
    library.edit_tags(ids[1:4], add=["seminar"])
    library.colour_tag("seminar", "violet")
    async with opened(library, LARGE, config=f'theme = "{theme}"\n') as app:
        for keys in ((), ("j",), ("j", "space"), ("f", "j"), ("escape", "t"), ("escape", "M", "j")):
            await app.press(*keys)
            assert not list(_illegible(app)), keys


def _illegible(app: Session) -> list[str]:
    """What is written in letters and cannot be read, of the screen that is in front."""
    found = []
    for widget in app.app.screen.query("PaperList, FacetPane, PaperDetail, ItemList, KeyHints"):
        for strip in widget.render_lines(widget.size.region):
            for text, style, _ in strip:
                if style and style.color and style.bgcolor and any(map(str.isalnum, text)):
                    colours = (
                        Color.from_rich_color(style.color),
                        Color.from_rich_color(style.bgcolor),
                    )
                    if contrast(*colours) < LEAST - 0.05:
                        found.append(f"{text} {colours}")
    return found


_PARTS = st.integers(0, 255)


@given(st.builds(Color, _PARTS, _PARTS, _PARTS), st.builds(Color, _PARTS, _PARTS, _PARTS))
def test_any_ink_can_be_made_legible_on_any_paper(ink: Color, paper: Color) -> None:
    assert contrast(away(ink, [paper]), paper) >= LEAST - 0.05


@pytest.mark.parametrize("theme", ["ansi-dark", "ansi-light"])
async def test_what_is_behind_a_dialog_steps_back_in_the_terminals_own_colours(
    theme: str, shelf: Library, opened: Opener
) -> None:
    async with opened(shelf) as app:
        app.app.theme = theme
        await app.press("t")
        first_paper = app.app.screen._compositor.render_strips(app.app.size)[1]
        inks = {segment.style for segment in first_paper if segment.text.strip()}
        assert inks
        assert all(ink is not None and ink.dim and not ink.bold for ink in inks)


@pytest.mark.parametrize(
    ("keys", "letter"), [(("/", *"abc", "left"), "c"), (("n", *"xyz", "left"), "z")]
)
async def test_the_place_of_the_next_letter_shows_without_colour(
    keys: tuple[str, ...],
    letter: str,
    shelf: Library,
    opened: Opener,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened(shelf) as app:
        await app.press(*keys)
        for widget in app.app.screen.query("Input, TextArea"):
            widget.cursor_blink = False  # type: ignore[attr-defined] # both have it
        await app.settle()
        lines = app.app.screen._compositor.render_strips(app.app.size)
        shown = [segment for line in lines for segment in line if segment.style]
        assert [part.text for part in shown if part.style and part.style.reverse] == [letter]


async def test_the_row_that_has_the_keys_shows_without_colour(
    shelf: Library, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened(shelf) as app:
        await app.press("x", "up")
        lines = app.app.screen._compositor.render_strips(app.app.size)
        shown = [part for line in lines for part in line if part.style and part.style.underline]
        assert [part.text for part in shown] == ["● BibTeX"]
        await app.press("up")
        assert app.app.focused is not None
        lines = app.app.screen._compositor.render_strips(app.app.size)
        shown = [part for line in lines for part in line if part.style and part.style.underline]
        assert len(shown) == 1
        assert "BibTeX" not in shown[0].text
