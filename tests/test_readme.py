"""The README says what is true: its keys, queries, commands, formats, links and file names."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from textual.binding import Binding

from readinglist.cli.arguments import parse
from readinglist.cli.commands import COMMANDS
from readinglist.formats import exporters
from readinglist.library import Library
from readinglist.tui.app import ReadingListApp
from readinglist.tui.main.screen import MainScreen
from readinglist.tui.widgets.facet_pane import FacetPane
from readinglist.tui.widgets.paper_detail import PaperDetail
from readinglist.tui.widgets.paper_list import PaperList
from readinglist.tui.widgets.triage_view import TriageText
from tests.conftest import put_in

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
HOME_OF_KEYS = (ReadingListApp, MainScreen, PaperList, PaperDetail, FacetPane, TriageText)
SPELT = {
    "↓": "down", "↑": "up", "→": "right", "←": "left",
    "pgup": "pageup", "pgdn": "pagedown", "esc": "escape", "F1": "f1",
    "]": "right_square_bracket", "[": "left_square_bracket", "+": "plus", "_": "underscore",
    "/": "slash", ",": "comma", "*": "asterisk", ".": "full_stop", "?": "question_mark",
    ":": "colon", "<": "less_than_sign", ">": "greater_than_sign",
}  # fmt: skip


def section(title: str) -> str:
    return README.split(f"\n## {title}\n")[1].split("\n## ")[0]


def first_cells(title: str) -> list[str]:
    rows = re.findall(r"^\| (`.*?) \|", section(title), re.MULTILINE)
    return [code for row in rows for code in re.findall(r"`([^`]+)`", row)]


def bound_keys() -> set[str]:
    keys: set[str] = set()
    for owner in HOME_OF_KEYS:
        for each in owner._merge_bindings().key_to_bindings.values():
            keys |= {binding.key for binding in each if isinstance(binding, Binding)}
    return keys | {ReadingListApp.COMMAND_PALETTE_BINDING}


def test_every_key_in_the_table_is_bound() -> None:
    told = {SPELT.get(key, key) for key in first_cells("Keys")}
    assert len(told) > 50
    assert told <= bound_keys()


def test_every_key_that_means_something_of_its_own_is_in_the_table() -> None:
    ours = {
        binding.key
        for owner in HOME_OF_KEYS
        for each in owner._merge_bindings().key_to_bindings.values()
        for binding in each
        if binding.id and not binding.system
    }
    assert ours <= {SPELT.get(key, key) for key in first_cells("Keys")}


@pytest.mark.parametrize("query", first_cells("Queries"))
def test_every_query_in_the_table_is_understood(library: Library, query: str) -> None:
    put_in(library, "Diffusion Models")
    library.search(f"{query}word" if query.endswith(":") else query)


def test_every_command_line_is_understood() -> None:
    lines = re.findall(r"^readinglist .+$", section("On the command line"), re.MULTILINE)
    assert len(lines) > 5
    for line in lines:
        options = parse(shlex.split(line, comments=True)[1:])
        assert options.run is not None
    assert {*re.findall(r"[a-z-]+", lines[-1].partition("#")[2])} - {"also"} <= {*COMMANDS}


def test_every_export_format_is_described_and_no_other() -> None:
    described = re.findall(r"^- `([a-z-]+)`:", section("What it reads and writes"), re.MULTILINE)
    assert described == [row.name for row in exporters()]


@pytest.mark.parametrize("page", ["README.md", ".github/CONTRIBUTING.md"])
def test_every_link_and_file_name_leads_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#:]+)\)", text)
    names = re.findall(r"`((?:[a-z_]+/)+[a-z_*]*(?:\.py)?)`", text)
    assert links or names
    for link in links:
        assert ((ROOT / page).parent / link).exists(), link
    for name in names:
        assert any(any(base.glob(name)) for base in (ROOT, ROOT / "readinglist")), name
