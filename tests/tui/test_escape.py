"""Escape and what is typed right after it, as terminals send them: in one piece."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from readinglist.library import Library
from tests.tui.terminal import APP, Terminal


@pytest.fixture
def terminal(shelf: Library) -> Iterator[Terminal]:
    app = Terminal(*APP, "--library", str(shelf.path))
    try:
        assert app.shows("Mu networks")
        assert app.shows("help")
        yield app
    finally:
        app.end()


def test_a_note_that_is_left_for_the_next_paper_has_no_letter_of_that(
    terminal: Terminal, shelf: Library
) -> None:
    terminal.type("n")
    assert terminal.shows("unchanged")
    terminal.type("mine\x1bj")
    assert terminal.shows("2 of 12")
    assert [entry.note for entry in shelf.entries(shelf.search().ids)][:2] == ["mine", None]


@pytest.mark.parametrize(("key", "shown"), [("?", "Keys"), (",", "Sort by"), ("G", "12 of 12")])
def test_a_search_that_is_left_for_something_else_is_left(
    terminal: Terminal, key: str, shown: str
) -> None:
    terminal.type("/")
    assert terminal.shows("to the list")
    terminal.type(f"networks\x1b{key}")
    assert terminal.shows(shown)
