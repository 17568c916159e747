"""The table of what can be copied of papers; a new kind is one row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from readinglist.formats import get_exporter
from readinglist.records import Entry
from readinglist.tui.screens.choice import ChoiceOption


def chunks(format: str, entries: Sequence[Entry]) -> Iterator[str]:
    """The papers in a format, in pieces."""
    write = get_exporter(format).write
    assert write is not None  # noqa: S101 - `get_exporter` hands out writers only
    return write(entries)


@dataclass(frozen=True, slots=True)
class Copy:
    """One way to copy papers: what it is called, and the text it makes of them."""

    name: str
    text: Callable[[Sequence[Entry]], str]
    names_papers: bool = False  # it hands out citation keys


def _keys(entries: Sequence[Entry]) -> str:
    return ",".join(entry.key for entry in entries)


def _urls(entries: Sequence[Entry]) -> str:
    return "\n".join(url for entry in entries for url in entry.links[:1])


def _written(format: str) -> Callable[[Sequence[Entry]], str]:
    return lambda entries: "".join(chunks(format, entries))


BIBTEX = Copy("BibTeX", _written("bibtex"), names_papers=True)
COPIES = (
    ChoiceOption("k", "citation key", Copy("the key", _keys, names_papers=True)),
    ChoiceOption(
        "c", r"\cite{key}", Copy(r"\cite", lambda e: f"\\cite{{{_keys(e)}}}", names_papers=True)
    ),
    ChoiceOption(
        "a",
        "@key, for Pandoc",
        Copy("@key", lambda e: "; ".join(f"@{entry.key}" for entry in e), names_papers=True),
    ),
    ChoiceOption("b", "BibTeX entry", BIBTEX),
    ChoiceOption("m", "Markdown", Copy("Markdown", _written("markdown"))),
    ChoiceOption("t", "title", Copy("the title", lambda e: "\n".join(entry.title for entry in e))),
    ChoiceOption("u", "link", Copy("the link", _urls)),
)
# These are of no papers, but of the screen, which has an action for each.
COMMANDS = (
    ChoiceOption("v", "the command for this view", "copy_view_command"),
    ChoiceOption("e", "the command for the last edit", "copy_edit_command"),
)
