"""What an export would hold: its first entries, what they lack, and what it would change."""

from __future__ import annotations

import difflib
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from readinglist import vault
from readinglist.export import Stamp
from readinglist.formats import Format, get_exporter
from readinglist.formats.carrying import Shortfall
from readinglist.library import Library
from readinglist.records import Entry
from readinglist.stopping import checkpoint

NOTES: Final = "notes"
"""Stands for a folder of notes among the formats."""

TEMPLATE: Final = "template"
"""Stands there for a template of the user's own."""

_CHUNK: Final = 200  # papers: a moment's work
_MOST_GATHERED: Final = 20_000  # papers, of a format that counts them first
_LINES: Final = 200  # of a preview; nobody scrolls further
_LARGEST: Final = 4 << 20  # bytes of a file that is compared
_QUIET: Final = 1.0  # seconds for which nobody wonders
_PACE: Final = 0.2
_MOST_COMPARED: Final = 4_000  # lines of both texts; to line up more takes too long


class Draft(NamedTuple):
    """What is chosen so far: a number for the papers, a format, its options, an existing file.

    A `template` is filled in in place of a format; `seen` tells whether the file is another now.
    """

    scope: int
    format: str
    options: tuple[tuple[str, object], ...] = ()
    replaces: Path | None = None
    template: Path | None = None
    seen: Stamp | None = None


class Difference(NamedTuple):
    """How many lines would come and go, and the lines around them; none if there are too many."""

    come: int
    go: int
    lines: tuple[str, ...] = ()


class Preview(NamedTuple):
    """The first lines of an export, and what became known of the rest of it.

    `warnings` say what its papers lack, and what it leaves out of them, and `looked` how far that
    is known; an `error` why there is nothing to show.
    """

    text: str
    warnings: tuple[str, ...] = ()
    difference: Difference | None = None
    error: str = ""
    looked: str = ""


class Looked:
    """How many of the papers have been looked at, told after a second and then now and again."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._done = 0
        self._told = time.monotonic() + _QUIET - _PACE

    def should_tell(self) -> bool:
        """Count one more; whether it is time to say so."""
        self._done += 1
        if self._done % _CHUNK or time.monotonic() - self._told < _PACE:
            return False
        self._told = time.monotonic()
        return True

    def __str__(self) -> str:
        """A sentence."""
        return f"Looking at what it leaves out: {self._done:,} of {self._total:,} papers."


class Previewer:
    """Looks at exports of some papers, in a thread."""

    def __init__(self, library: Path, scopes: Sequence[Sequence[int]]) -> None:
        self._path = library
        self._scopes = scopes

    def look(self, draft: Draft) -> Iterator[Preview]:
        """The first entries, then what takes longer; `Stopped` when it is not wanted."""
        ids = self._scopes[draft.scope]
        with Library(self._path) as library:
            first = Preview(_beginning(library, ids[:_CHUNK], draft))
            if len(ids) > _CHUNK:
                yield first
            looked = Looked(len(ids))
            shortfall = _shortfall(draft)
            for _ in shortfall.watched(entries(library, ids)) if shortfall else ():
                if looked.should_tell():
                    yield first._replace(looked=str(looked))
            first = first._replace(warnings=tuple(shortfall.sentences() if shortfall else ()))
            if _CHUNK < len(ids) <= _MOST_GATHERED:
                first = first._replace(text=_beginning(library, ids, draft))
            yield first
            if draft.replaces is not None:
                written = chunks(draft, entries(library, ids))
                yield first._replace(difference=_difference(draft.replaces, written))


def entries(library: Library, ids: Sequence[int]) -> Iterator[Entry]:
    """Papers in full, read as they are needed."""
    for start in range(0, len(ids), _CHUNK):
        checkpoint()
        yield from library.entries(ids[start : start + _CHUNK])


def chunks(draft: Draft, papers: Iterator[Entry]) -> Iterator[str]:
    """What a draft makes of papers, in pieces."""
    if draft.format == NOTES:
        from readinglist.vault import note

        return (note.new(entry) for entry in papers)
    if draft.format == TEMPLATE:
        from readinglist.templates import Template

        return Template(draft.template or Path()).write(papers)
    row: Format = get_exporter(draft.format)
    write: Callable[..., Iterator[str]] | None = row.write
    assert write is not None  # noqa: S101 - `get_exporter` hands out writers only
    options: dict[str, Any] = dict(draft.options)
    return write(papers, **options)


def _beginning(library: Library, ids: Sequence[int], draft: Draft) -> str:
    """The first lines, for which a format that gathers papers under headings reads all of them."""
    lines: list[str] = []
    for chunk in chunks(draft, entries(library, ids)):
        lines += chunk.removesuffix("\n").split("\n")
        if len(lines) > _LINES:
            break
    return "\n".join(lines[:_LINES])


def _shortfall(draft: Draft) -> Shortfall | None:
    """What is to be said of papers that a draft exports; of a template's, nothing is known."""
    if draft.format == TEMPLATE:
        return None
    return vault.shortfall() if draft.format == NOTES else get_exporter(draft.format).shortfall()


def _difference(path: Path, written: Iterator[str]) -> Difference | None:
    """What replacing a file would change; None if it is no text of a size to compare."""
    try:
        if path.stat().st_size > _LARGEST:
            return None
        old = path.read_text(encoding="utf-8").split("\n")
    except (OSError, ValueError):
        return None
    text = "".join(_up_to(_LARGEST, written))
    if len(text) > _LARGEST:
        return None
    new = text.split("\n")
    come, go = Counter(new) - Counter(old), Counter(old) - Counter(new)
    few = len(old) + len(new) <= _MOST_COMPARED
    lines = list(difflib.unified_diff(old, new, lineterm="", n=2))[2:] if few else []
    return Difference(come.total(), go.total(), tuple(lines[:_LINES]))


def _up_to(most: int, pieces: Iterator[str]) -> Iterator[str]:
    """Pieces of a text until they are more than that many characters."""
    for piece in pieces:
        yield piece
        most -= len(piece)
        if most < 0:
            return
