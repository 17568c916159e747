"""The entries of a .bib file, with their fields as they stand there, and what is no entry."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Final, NamedTuple, TypeAlias

from bibtexparser.model import (
    Block,
    Entry,
    ImplicitComment,
    ParsingFailedBlock,
    String,
)
from bibtexparser.splitter import Splitter

from readinglist.formats.bib import mending
from readinglist.formats.bib.fields import SEVERAL
from readinglist.formats.bib.values import Macros, Value, value_of
from readinglist.formats.lines import shown
from readinglist.records import Problem
from readinglist.stopping import checkpoint

# The parser says on standard error what we say as problems.
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())
logging.getLogger("bibtexparser").propagate = False

_PIECE: Final = 1 << 18  # characters; so much is read between two checkpoints
# Whatever was begun before, a block begins at the start of a line, and so a file can be cut there.
_BEGIN: Final = re.compile(r"^[^\S\n]*@\w*[ \t]*[{(]", re.MULTILINE)
# BibTeX lets spaces stand behind the sign, and the parser does not.
_SPACED: Final = re.compile(
    r"^([^\S\n]*@)[^\S\n]{1,9}(?=(?:string\s{0,9}[{(]|[a-z]+\s{0,9}[{(]\s{0,9}[^\s,{}()=\"#]{0,200}\s{0,9},))",
    re.IGNORECASE | re.MULTILINE,
)
_LIKE_FIELDS: Final = re.compile(r"^\s*\w+\s*=\s*[{\"]", re.MULTILINE)


class Source(NamedTuple):
    """An entry as its document has it; its kind and the names of its fields in lower case."""

    kind: str
    key: str
    fields: dict[str, str]
    line: int
    text: str


Found: TypeAlias = Source | Problem


def sources(text: str) -> Iterator[Found]:
    """Yield the entries of a document and what could not be read, in order.

    Abbreviations are replaced by what they stand for. The memory is that of one piece.
    """
    macros = Macros()
    line = 1
    text = _SPACED.sub(r"\1", text.replace("\r\n", "\n").replace("\r", "\n"))
    for piece in _pieces(text):
        checkpoint()
        for block, raw in _with_rest(Splitter(piece).split().blocks):
            yield from _found(block, raw, line, macros)
        line += piece.count("\n")


def _pieces(text: str) -> Iterator[str]:
    start = 0
    while begin := _BEGIN.search(text, start + _PIECE):
        yield text[start : begin.start()]
        start = begin.start()
    yield text[start:]


def _with_rest(blocks: list[Block]) -> Iterator[tuple[Block, str]]:
    """Give each block its text, and to what is broken also the text that the parser left over."""
    for place, block in enumerate(blocks):
        raw = block.raw or ""
        before, after = blocks[place - 1 : place], blocks[place + 1 : place + 2]
        if isinstance(block, ImplicitComment) and before and _is_broken(before[0]):
            continue
        if _is_broken(block) and after and isinstance(after[0], ImplicitComment):
            raw = f"{raw.rstrip()}\n{after[0].raw}"
        yield block, raw


def _is_broken(block: Block) -> bool:
    return isinstance(block, ParsingFailedBlock) and block.ignore_error_block is None


def _found(block: Block, raw: str, first: int, macros: Macros) -> Iterator[Found]:
    line = first + (block.start_line or 0)
    if isinstance(block, ParsingFailedBlock) and block.ignore_error_block is not None:
        block = block.ignore_error_block  # a key or a field that comes twice is no damage
    if isinstance(block, String):
        macros.define(block.key, block.value)
    elif isinstance(block, Entry):
        yield from _entry(block, line, macros, raw)
    elif isinstance(block, ParsingFailedBlock):
        yield from _broken(raw.strip(), block.error, line, macros)
    elif isinstance(block, ImplicitComment) and _LIKE_FIELDS.search(raw):
        yield Problem(line, "stands outside every entry", shown(raw))


def _entry(entry: Entry, line: int, macros: Macros, raw: str) -> Iterator[Found]:
    fields: dict[str, str] = {}
    for field in entry.fields:
        at = line + (field.start_line or 0) - (entry.start_line or 0)
        for name, value in _values(field.key.lower(), str(field.value)):
            text = macros.resolved(value)
            known = fields.setdefault(name, text)
            if known is not text and known.split() != text.split():
                if name in SEVERAL:
                    fields[name] = f"{known}{SEVERAL[name]}{text}"
                else:
                    yield Problem(at, f"is a second {name}; the first one counts", shown(text))
            if value.loose:
                yield Problem(at, f"has no comma behind its {name}", shown(str(field.value)))
    yield Source(entry.entry_type, entry.key, fields, line, raw)


def _values(name: str, text: str) -> Iterator[tuple[str, Value]]:
    """The value of a field, and those of fields that only a missing comma makes part of it."""
    while True:
        value = value_of(text)
        yield name, value
        if not value.loose or not value.next_name:
            return
        name, text = value.next_name.lower(), value.rest


def _broken(raw: str, error: Exception, line: int, macros: Macros) -> Iterator[Found]:
    mended = mending.mended(raw)
    if mended is None:
        yield Problem(line, f"is a broken entry: {mending.reason(error)}", shown(raw))
        return
    if mended.lacks_comma:
        yield Problem(line, "has no comma behind its key", shown(raw.split("\n", 1)[0]))
    if mended.lacks_end:
        yield Problem(line, "is an entry without an end; it was read as far as it goes", shown(raw))
    for found in _entry(mended.entry, line, macros, raw):
        yield _unshielded(found) if isinstance(found, Source) else found


def _unshielded(source: Source) -> Source:
    fields = {name: mending.unshielded(value) for name, value in source.fields.items()}
    return source._replace(fields=fields)
