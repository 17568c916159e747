"""Entries that the parser gives up on: read as BibTeX itself does, or as far as they go."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from bibtexparser.exceptions import BlockAbortedException
from bibtexparser.model import Entry
from bibtexparser.splitter import Splitter

_SWALLOWED: Final = re.compile(r"(?:^|[,\n])\s*\w+\s*=\s*[{\"]")
_ESCAPED_BRACE: Final = re.compile(r"\\(?=[{}])")
_MARK: Final = re.compile(r'[{}"]')
_OPENING: Final = re.compile(r"[{(]")
_NO_COMMA: Final = re.compile(r"(@\w+\s*[{(]\s*[^\s,{}()=\"]+)\s+\w+\s*=")
_SHIELD: Final = "\x02"  # stands behind a backslash, so that the brace behind it counts


class Mended(NamedTuple):
    """An entry that could be read after all, with shields in it; `lacks_end` if it breaks off."""

    entry: Entry
    lacks_end: bool
    lacks_comma: bool = False


def mended(raw: str) -> Mended | None:
    """Read an entry with every brace counted, as BibTeX does, and if need be without an end."""
    if "=" not in raw:
        return None
    if opening := _NO_COMMA.match(raw):
        found = _only_entry(f"{opening[1]},{raw[opening.end(1) :]}")
        if found:
            return Mended(found, lacks_end=False, lacks_comma=True)
    counted = _ESCAPED_BRACE.sub(rf"\\{_SHIELD}", raw)
    readings = [counted] if counted != raw else []
    readings += [_with_braces(counted)] if '"' in raw else []
    for text in readings:
        if entry := _only_entry(text):
            return Mended(entry, lacks_end=False)
    entry = _only_entry(f"{raw}\n}}")
    return Mended(entry, lacks_end=True) if entry else None


def unshielded(text: str) -> str:
    """Take the shields out of a text."""
    return text.replace(_SHIELD, "")


def reason(error: Exception) -> str:
    """Why an entry could not be read."""
    said = error.abort_reason if isinstance(error, BlockAbortedException) else ""
    if said.startswith("Unexpected"):
        return "a brace or quotation mark in it is never closed"
    if "comma after entry key" in said:
        return "there is no comma behind its key"
    if "Expected a `=`" in said:
        return "a field in it has no value"
    return "it is not built as an entry is"


def _with_braces(raw: str) -> str:
    """Put braces for the quotation marks around values; those inside braces are part of a value."""
    first = _OPENING.search(raw)
    outside = 1 if first and first.group() == "{" else 0
    depth = 0
    quoted = False

    def mark(match: re.Match[str]) -> str:
        nonlocal depth, quoted
        sign = match.group()
        if sign != '"':
            depth += 1 if sign == "{" else -1
        elif depth == outside:
            quoted = not quoted
            return "{" if quoted else "}"
        return sign

    return _MARK.sub(mark, raw)


def _only_entry(text: str) -> Entry | None:
    """The entry, if there is one and none of its fields has swallowed the next."""
    blocks = Splitter(text).split().blocks
    block = (
        getattr(blocks[0], "ignore_error_block", None) or blocks[0] if len(blocks) == 1 else None
    )
    if not isinstance(block, Entry):
        return None
    swallowed = any(_SWALLOWED.search(str(field.value)[1:]) for field in block.fields)
    return None if swallowed else block
