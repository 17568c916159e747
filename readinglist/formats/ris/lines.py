"""The lines of an RIS document, gathered into records; what belongs to none is a problem."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from readinglist.records import Problem
from readinglist.stopping import with_checkpoints
from readinglist.text import clean

_BREAK: Final = re.compile(r"\r\n|\r|\n")
_TAG: Final = re.compile(r"\s{0,3}([A-Z][A-Z0-9])([ \t]{1,4})-(?:[ \t](.*)|([^\s-].*)?)")
_ONE: Final = " "  # some programs put one space before the dash, where two belong
_END_OF_FILE: Final = re.compile(r"EF\s*-?\s*")
_SHOWN: Final = 2_000  # characters of what belongs to no record


class Field(NamedTuple):
    """A tag, its lines, and the 1-based line where it stands."""

    tag: str
    lines: list[str]
    line: int

    @property
    def text(self) -> str:
        """All of it, in its lines."""
        return "\n".join(self.lines).strip("\n")


class Lines(NamedTuple):
    """A record's fields in their order; `line` is where it begins."""

    line: int
    fields: list[Field]


def gather(text: str) -> Iterator[Lines | Problem]:
    """The records of a document, and the problems between and with them, in its order."""
    return _Gatherer().gather(text)


class _Gatherer:
    """Reads line after line; `record` is the one that is open."""

    def __init__(self) -> None:
        self._record: Lines | None = None
        self._lenient = False  # one space before the dash will do in this record
        self._astray: list[str] = []
        self._astray_from = 0

    def gather(self, text: str) -> Iterator[Lines | Problem]:
        for number, line in enumerate(with_checkpoints(_BREAK.split(text)), start=1):
            yield from self._take(line, number)
        yield from self._gone_astray()
        if self._record is not None:
            yield from self._close("has no end (ER)", self._record.line)

    def _take(self, line: str, number: int) -> Iterator[Lines | Problem]:
        found = _TAG.fullmatch(line)
        tag = found[1] if found and self._is_one(found) else ""
        value = (found[3] or found[4] or "") if found else ""
        if tag == "TY":
            yield from self._gone_astray()
            if self._record is not None:
                yield from self._close("begins before the last record has ended (ER)", number)
            self._record = Lines(number, [Field(tag, [value.strip()], number)])
            self._lenient = found is not None and found[2] == _ONE
        elif tag == "ER":
            yield from self._gone_astray()
            if self._record is None:
                yield Problem(number, "ends a record that has not begun (TY)", clean(line))
            else:
                yield from self._close("", number)
        elif self._record is not None:
            self._go_on(tag, value, line, number)
        elif tag:
            yield from self._gone_astray()
            yield Problem(number, "begins a record without its type (TY)", clean(line))
            self._record = Lines(number, [Field(tag, [value], number)])
        elif line.strip(" \t\ufeff") and not _END_OF_FILE.fullmatch(line):
            self._astray_from = self._astray_from or number
            self._astray.append(line)

    def _is_one(self, found: re.Match[str]) -> bool:
        return found[2] != _ONE or self._lenient or found[1] in ("TY", "ER")

    def _go_on(self, tag: str, value: str, line: str, number: int) -> None:
        assert self._record is not None  # noqa: S101 - only called for an open record
        if tag:
            self._record.fields.append(Field(tag, [value], number))
        else:
            self._record.fields[-1].lines.append(line)

    def _close(self, reason: str, line: int) -> Iterator[Lines | Problem]:
        """End the open record; with a reason, its end is a problem on that line."""
        record, self._record = self._record, None
        self._lenient = False
        if record is None:
            return
        yield record
        if reason:
            shown = record.fields[0]
            yield Problem(line, reason, clean(f"{shown.tag}  - {shown.lines[0]}"))

    def _gone_astray(self) -> Iterator[Problem]:
        if self._astray:
            text = clean("\n".join(self._astray))[:_SHOWN]
            yield Problem(self._astray_from, "belongs to no record", text)
        self._astray, self._astray_from = [], 0
