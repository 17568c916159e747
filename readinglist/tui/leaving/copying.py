"""The table of what can be copied of papers; a new kind is one row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from readinglist.formats import citation, get_exporter
from readinglist.formats.markdown import title_link
from readinglist.latex import to_unicode
from readinglist.records import Entry
from readinglist.tui.screens.choice import ChoiceOption


def chunks(format: str, entries: Sequence[Entry]) -> Iterator[str]:
    """The papers in a format, in pieces."""
    write = get_exporter(format).write
    assert write is not None  # noqa: S101 - `get_exporter` hands out writers only
    return write(entries)


@dataclass(frozen=True, slots=True)
class Copy:
    """One way to copy papers: its name for settings and in messages, and the text that it makes."""

    id: str
    name: str
    text: Callable[[Sequence[Entry]], str]
    names_papers: bool = False  # it hands out citation keys


def _keys(entries: Sequence[Entry]) -> str:
    return ",".join(entry.key for entry in entries)


def _cite(entries: Sequence[Entry]) -> str:
    return f"\\cite{{{_keys(entries)}}}"


def _pandoc(entries: Sequence[Entry]) -> str:
    return "; ".join(f"@{entry.key}" for entry in entries)


def _titles(entries: Sequence[Entry]) -> str:
    return "\n".join(to_unicode(entry.title) for entry in entries)


def _markdown_links(entries: Sequence[Entry]) -> str:
    return "\n".join(map(title_link, entries))


def _citations(entries: Sequence[Entry]) -> str:
    return "\n".join(map(citation.plain, entries))


def _urls(entries: Sequence[Entry]) -> str:
    return "\n".join(url for entry in entries for url in entry.links[:1])


def _written(format: str) -> Callable[[Sequence[Entry]], str]:
    return lambda entries: "".join(chunks(format, entries))


def _entry(format: str, label: str) -> Copy:
    return Copy(format, label, _written(format), names_papers=True)


COPIES = (
    ChoiceOption("k", "citation key", Copy("key", "the key", _keys, names_papers=True)),
    ChoiceOption("c", r"\cite{key}", Copy("cite", r"\cite", _cite, names_papers=True)),
    ChoiceOption("a", "@key, for Pandoc", Copy("pandoc", "@key", _pandoc, names_papers=True)),
    ChoiceOption("b", "BibTeX entry", _entry("bibtex", "BibTeX")),
    ChoiceOption("l", "BibLaTeX entry", _entry("biblatex", "BibLaTeX")),
    ChoiceOption("j", "CSL-JSON", _entry("csl-json", "CSL-JSON")),
    ChoiceOption("r", "RIS", _entry("ris", "RIS")),
    ChoiceOption("m", "Markdown link", Copy("markdown", "the Markdown link", _markdown_links)),
    ChoiceOption("p", "plain citation", Copy("citation", "the citation", _citations)),
    ChoiceOption("t", "title", Copy("title", "the title", _titles)),
    ChoiceOption("u", "link", Copy("link", "the link", _urls)),
)


def copy_named(name: str) -> Copy:
    """The way to copy that a setting names."""
    return next(option.value for option in COPIES if option.value.id == name)


# These are of no papers, but of the screen, which has an action for each.
COMMANDS = (
    ChoiceOption("v", "the command for this view", "copy_view_command"),
    ChoiceOption("e", "the command for the last edit", "copy_edit_command"),
)
