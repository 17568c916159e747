"""The lines of a document that need not fit into memory, a block of them at a time."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from readinglist.formats.refusing import LONGEST_LINE
from readinglist.records import Problem, Record
from readinglist.stopping import checkpoint
from readinglist.text import clean

_SHOWN: Final = 10_000  # characters of a line that could not be read
# Of a document that is no list of papers, the problems must not fill the memory.
_MOST_PROBLEMS: Final = 10_000
_MOST_TEXT: Final = 20_000_000  # characters of all problems together


class Block(NamedTuple):
    """Whole lines that follow each other, and the number of the first.

    Of a line that is longer than is read there is only the beginning; `cut` are their numbers.
    """

    first: int
    text: bytes
    cut: frozenset[int] = frozenset()

    @property
    def lines(self) -> list[bytes]:
        """The lines without their ends."""
        return self.text.split(b"\n")


class Part(NamedTuple):
    """What some lines of a document say."""

    records: list[Record]
    problems: list[Problem]


def blocks(pieces: Iterable[bytes]) -> Iterator[Block]:
    """Cut a document that comes in pieces into lines; each piece yields those that it completes."""
    number = 1
    rest = b""
    too_long = False
    for piece in _with_plain_ends(pieces):
        checkpoint()
        text, end, rest = (rest + piece).rpartition(b"\n")
        cut = frozenset([number]) if too_long and end else frozenset()
        too_long = too_long and not end
        if len(rest) > LONGEST_LINE or (too_long and rest):
            rest = rest[:_SHOWN]
            too_long = True
        if end:
            yield Block(number, text, cut)
            number += text.count(b"\n") + 1
    if rest:
        yield Block(number, rest, frozenset([number]) if too_long else frozenset())


def _with_plain_ends(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Every line ends in a line feed; a byte order mark goes."""
    held = b""
    mark = codecs.BOM_UTF8
    for piece in pieces:
        piece = (held + piece).removeprefix(mark)
        mark = b""
        held = b"\r" if piece.endswith(b"\r") else b""  # the other half of the end may follow
        if b"\r" in piece:
            piece = piece.removesuffix(b"\r").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        if piece:
            yield piece
    if held:
        yield b"\n"


def shown(line: str) -> str:
    """What a problem shows of a line."""
    return clean(line) if len(line) <= _SHOWN else f"{clean(line[:_SHOWN])}…"


class Losses(list[Problem]):
    """The first problems of a document, and how many others there are in one more."""

    def __init__(self) -> None:
        super().__init__()
        self._text = self._others = 0

    def note(self, problems: Iterable[Problem]) -> None:
        """Keep some more, or count them."""
        for problem in problems:
            self._text += len(problem.text)
            if len(self) < _MOST_PROBLEMS and self._text <= _MOST_TEXT:
                self.append(problem)
                continue
            self._others += 1
            last = problem if self._others == 1 else self.pop()
            reason = f"{self._others:,} more lines from here on have problems"
            self.append(last._replace(reason=reason))
