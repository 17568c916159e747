"""The keys on the last line of a dialog: whole, as many as fit, the way out last; all clickable."""

from __future__ import annotations

import pytest
from textual.binding import Binding

from readinglist.tui.keyboard.names import shown as shown_key
from readinglist.tui.screens.key_hints import KeyHints
from readinglist.tui.screens.tag_editor import TagEditor
from readinglist.tui.tag_choice import TagEdit
from tests.tui.dialogs.conftest import Asked, Asker

HINTS = ["enter done", ", more", "tab complete", "↑ ↓ choose", "esc cancel"]


def shown(dialog: Asked) -> list[str]:
    """The hints as they are painted."""
    return dialog.line("esc").strip("│ ").split("  ")


def hints(dialog: Asked) -> KeyHints:
    return dialog.app.screen.query_one(KeyHints)


@pytest.mark.parametrize(("columns", "kept"), [(80, 4), (46, 2), (28, 1), (20, 0)])
async def test_each_is_whole_and_the_way_out_is_the_last(
    asked: Asker, columns: int, kept: int
) -> None:
    async with asked(TagEditor(1, {"rl": 1})) as dialog:
        dialog.app.screen.query_one(".frame").styles.width = columns
        await dialog.settle()
        assert shown(dialog) == [*HINTS[:kept], HINTS[-1]]


async def test_a_click_does_what_the_key_does_wherever_it_stands(asked: Asker) -> None:
    async with asked(TagEditor(1, {"rl": 1})) as dialog:
        await dialog.type("rl")
        await dialog.pilot.click(KeyHints, offset=(13, 0))  # the comma
        await dialog.settle()
        assert "+ rl" in dialog.text()
        await dialog.pilot.click(KeyHints, offset=(11, 0))  # between two
        assert dialog.app.screen.is_current
        await dialog.pilot.click(KeyHints, offset=(2, 0))
        await dialog.settle()
        assert dialog.result == TagEdit(add=("rl",))


async def test_the_one_under_the_mouse_is_underlined_and_explained(asked: Asker) -> None:
    async with asked(TagEditor(1, {"rl": 1})) as dialog:
        await dialog.pilot.hover(KeyHints, offset=(2, 0))
        await dialog.settle()
        assert hints(dialog).under_mouse == 0
        assert "Take this tag and close." in str(hints(dialog).tooltip)
        await dialog.pilot.hover("#tag")
        await dialog.settle()
        assert hints(dialog).under_mouse is None


def test_they_name_a_key_as_the_line_under_the_papers_does() -> None:
    assert shown_key(Binding("ctrl+s", "save", "save")) == "^s"
    assert shown_key(Binding("ctrl+shift+f5", "save", "save")) == "^shift+f5"
    assert shown_key(Binding("j", "scroll", "scroll", key_display="j k")) == "j k"
