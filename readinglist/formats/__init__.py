"""The table of formats: what each is called, and how it is written, recognised and read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from readinglist.errors import ImportFailed, UsageError
from readinglist.formats import biblatex, bibtex, csl, csv_table, decoding, jsonl, markdown, ris
from readinglist.formats.carrying import EVERYTHING, Place, Shortfall
from readinglist.formats.foreign import foreign
from readinglist.formats.lines import Block, Part
from readinglist.formats.options import ABSTRACTS, EXCEL, GROUP_BY, Option
from readinglist.formats.refusing import refuse_unreadable
from readinglist.nearest import nearest
from readinglist.records import Reading
from readinglist.text import clean_line


@dataclass(frozen=True, slots=True)
class Format:
    """One row of the table: `write` yields text, one chunk per paper; None is not possible.

    It takes an iterable of entries, and each of the `options` as a keyword. Of what `cites`,
    programs make citations, which want authors and a year; for the rest of a paper, `place` says
    what is left out.
    What has a `read_block` may be of any length: its lines can be read a few at a time.
    """

    name: str
    label: str
    suffix: str
    write: Callable[..., Iterator[str]] | None = None
    options: tuple[Option, ...] = ()
    read: Callable[[str], Reading] | None = None
    looks_like: Callable[[str], bool] | None = None
    read_block: Callable[[Block], Part] | None = None
    cites: bool = False
    place: Place = EVERYTHING

    def shortfall(self) -> Shortfall:
        """What is to be watched of papers that are written so."""
        return Shortfall(self.label, self.place, cites=self.cites)


class Stream(NamedTuple):
    """A document that is read while it is imported: its kind, its bytes in all, and its lines."""

    kind: str
    size: int
    blocks: Iterator[Block]

    def read(self, block: Block) -> Part:
        """What some of the lines say."""
        return read_block(self.kind, block)


# Deferred: 16 ms that an export need not pay.
def _read_capture(text: str) -> Reading:
    from readinglist.formats import captures

    return captures.read(text)


def _is_capture(text: str) -> bool:
    from readinglist.formats import captures

    return captures.looks_like(text)


FORMATS: Final = (
    Format(
        "bibtex",
        "BibTeX",
        ".bib",
        write=bibtex.write,
        read=bibtex.read,
        looks_like=bibtex.looks_like,
        cites=True,
    ),
    Format(
        "biblatex",
        "BibLaTeX",
        ".bib",
        write=biblatex.write,
        read=biblatex.read,
        looks_like=biblatex.looks_like,
        cites=True,
    ),
    Format(
        "markdown",
        "Markdown checklist",
        ".md",
        write=markdown.write,
        options=(GROUP_BY, ABSTRACTS),
        place=markdown.PLACE,
    ),
    Format(
        "csl-json",
        "CSL-JSON",
        ".json",
        write=csl.write,
        read=csl.read,
        looks_like=csl.looks_like,
        cites=True,
    ),
    Format(
        "ris",
        "RIS",
        ".ris",
        write=ris.write,
        read=ris.read,
        looks_like=ris.looks_like,
        cites=True,
    ),
    Format(
        "csv",
        "CSV",
        ".csv",
        write=csv_table.write,
        options=(EXCEL,),
        read=csv_table.read,
        looks_like=csv_table.looks_like,
    ),
    Format(
        "jsonl",
        "JSON Lines",
        ".jsonl",
        write=jsonl.write,
        read=jsonl.read,
        looks_like=jsonl.looks_like,
        read_block=jsonl.read_block,
    ),
    Format("capture", "Captured listing", ".txt", read=_read_capture, looks_like=_is_capture),
)


def exporters() -> tuple[Format, ...]:
    """Return the formats that can be written, the usual one first."""
    return tuple(row for row in FORMATS if row.write)


def importers() -> tuple[Format, ...]:
    """Return the formats that can be read, in the order in which they are tried."""
    return tuple(row for row in FORMATS if row.read)


def get_exporter(name: str) -> Format:
    """Return the format of that name; `UsageError` names the nearest one that can be written."""
    return _named(name, exporters(), "export to")


def read_document(data: bytes, name: str, format: str | None = None) -> Reading:
    """Read a document's bytes as `format`, or as the first format that recognises them.

    `name` is only for messages. Lines that are not UTF-8 become problems; `ImportFailed` says
    what a file is that cannot be read as text, or that no format recognises.
    """
    chosen = None if format is None else _named(format, importers(), "import")
    text, problems = decoding.decode(data, clean_line(name) or "The document")
    read = (chosen or _recognised(text, clean_line(name))).read
    assert read is not None  # noqa: S101 - `importers` hands out readers only
    reading = read(text)
    every = sorted([*problems, *reading.problems], key=lambda problem: problem.line)
    return reading._replace(problems=every) if problems else reading


def streamed(head: bytes, name: str, format: str | None = None) -> str | None:
    """The kind of a document that begins so, if its lines can be read a few at a time.

    `head` holds at least the first line with something in it; `name` and `format` are as for
    `read_document`, which reads all other documents.
    """
    rows = importers() if format is None else (_named(format, importers(), "import"),)
    if not head.strip() or not decoding.is_utf8(head):
        return None
    text = head.decode("utf-8", "replace")
    for row in rows:
        if row.read_block and (format or (row.looks_like and row.looks_like(text))):
            refuse_unreadable(head, head, "utf-8", clean_line(name))
            return row.name
    return None


def read_block(kind: str, block: Block) -> Part:
    """Read some lines of a document of a kind that `streamed` has told."""
    read = _named(kind, importers(), "import").read_block
    assert read is not None  # noqa: S101 - `streamed` tells only such kinds
    return read(block)


def _recognised(text: str, name: str) -> Format:
    for row in importers():
        if row.looks_like and row.looks_like(text):
            return row
    if known := foreign(text):
        raise ImportFailed(f"{name} is {known.kind}, which is not read.", hint=known.hint)
    kinds = ", ".join(row.name for row in importers())
    raise ImportFailed(
        f"{name} holds text, but none that is recognised as a list of papers.",
        hint=f"If it is one, say which kind with --format ({kinds}).",
    )


def _named(name: str, rows: tuple[Format, ...], verb: str) -> Format:
    for row in rows:
        if row.name == name.strip().lower():
            return row
    names = [row.name for row in rows]
    near = nearest(name.strip(), names)
    hint = f"Did you mean {near}?" if near else f"There are: {', '.join(names)}."
    raise UsageError(f"Cannot {verb} a format called “{clean_line(name)}”.", hint=hint)
