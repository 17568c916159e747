"""Two papers field by field: how each reads on either side, and which side is taken."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from typing import Any, Final

from readinglist.library.journal.facts import FACTS
from readinglist.library.journal.merging import proposal
from readinglist.records import Entry
from readinglist.text import without_braces
from readinglist.tui.looks.cells import many_lines, one_line, plain_lines

_WORD: Final = re.compile(r"\S+")
_MOST_WORDS: Final = 3000  # in both texts together; longer ones are not compared word by word

Spans = list[tuple[int, int]]


class Side(Enum):
    """Whose value is taken; in the order of the keys that choose."""

    LEFT = "left"
    BOTH = "both"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Field:
    """One row of the comparison.

    `show` is how a paper's value reads, empty for none. Values that `joins` can be taken
    together; without a `choice`, those of both papers stay whatever is taken.
    """

    name: str
    label: str
    show: Callable[[Entry], str]
    joins: bool = False
    choice: bool = True
    words: bool = False


def _text(name: str) -> Callable[[Entry], str]:
    return lambda entry: one_line(str(getattr(entry, name) or ""))


def _list(name: str, between: str) -> Callable[[Entry], str]:
    return lambda entry: between.join(map(one_line, getattr(entry, name)))


def _authors(entry: Entry) -> str:
    return ", ".join(one_line(without_braces(name)) for name in entry.authors)


FIELDS: Final = (
    Field("title", "Title", _text("title"), words=True),
    Field("abstract", "Abstract", lambda entry: many_lines(entry.abstract or ""), words=True),
    Field("authors", "Authors", _authors, words=True),
    Field("year", "Year", _text("year")),
    Field("venue", "Venue", _text("venue"), words=True),
    Field("doi", "DOI", _text("doi")),
    Field("arxiv_id", "arXiv", _text("arxiv_id")),
    Field("urls", "Links", _list("urls", "\n"), joins=True),
    Field("status", "Status", _text("status")),
    Field("starred", "Star", lambda entry: "starred" if entry.starred else ""),
    Field("tags", "Tags", _list("tags", ", "), joins=True),
    Field("note", "Note", lambda entry: plain_lines(entry.note or ""), joins=True),
    Field("key", "Key", _text("key")),
    Field("sources", "Seen in", _list("sources", ", "), choice=False),
)

SUGGESTED: Final = tuple(
    sorted(
        (field for field in FIELDS if field.name in FACTS),
        key=lambda field: field.name == "abstract",
    )
)
"""Those of which a lookup may say something: what it is asked for before the long abstract."""


@dataclass(slots=True)
class Row:
    """A field as both papers have it, and whose value is taken."""

    field: Field
    left: str
    right: str
    side: Side

    @property
    def differs(self) -> bool:
        """Whether there is anything to see."""
        return self.left != self.right

    @property
    def sides(self) -> list[Side]:
        """What there is to choose from; nothing where both papers say the same."""
        if not self.differs or not self.field.choice:
            return []
        joins = self.field.joins and self.left and self.right
        return [side for side in Side if joins or side is not Side.BOTH]

    def takes(self, side: Side) -> bool:
        """Whether this side's value is taken."""
        return self.side in (side, Side.BOTH)

    def choose(self, step: int) -> None:
        """Take what is one further to the left or to the right."""
        sides = self.sides
        if sides:
            place = sides.index(self.side) + step
            self.side = sides[max(0, min(place, len(sides) - 1))]

    def changes(self) -> tuple[Spans, Spans]:
        """Where the words of the two sides differ."""
        whole: tuple[Spans, Spans] = [], []
        if self.field.words and self.left and self.right and self.differs:
            return changed_words(self.left, self.right)
        return whole


class Comparison:
    """Two papers that may be one, and the choice that is made of them."""

    def __init__(self, left: Entry, right: Entry, fields: Sequence[Field] = FIELDS) -> None:
        self.left, self.right = left, right
        self._proposed = proposal(left, right)
        self.rows = [row for row in map(self._row, fields) if row.left or row.right]

    def _row(self, field: Field) -> Row:
        left, right = field.show(self.left), field.show(self.right)
        return Row(field, left, right, self._usual(field, left, right))

    def _usual(self, field: Field, left: str, right: str) -> Side:
        if not field.choice or left == right:
            return Side.BOTH
        if not left or not right:
            return Side.LEFT if left else Side.RIGHT
        if field.joins:
            return Side.BOTH
        mine, other = getattr(self.left, field.name), getattr(self.right, field.name)
        proposed = self._proposed.get(field.name, mine)
        return Side.RIGHT if proposed == other != mine else Side.LEFT

    def decision(self) -> tuple[int, int, dict[str, object]]:
        """The paper that stays, for its key; the one that goes; and the values as chosen."""
        values: dict[str, object] = {}
        kept, gone = self.left, self.right
        for row in self.rows:
            name = row.field.name
            if name == "key":
                if row.side is Side.RIGHT:
                    kept, gone = gone, kept
            elif row.sides:
                values[name] = self._value(name, row.side)
        return kept.id, gone.id, values

    def taken(self) -> dict[str, object]:
        """The fields in which the left one becomes another, with their values."""
        return {
            row.field.name: self._value(row.field.name, row.side)
            for row in self.rows
            if row.sides and row.side is not Side.LEFT
        }

    def _value(self, name: str, side: Side) -> Any:
        if side is Side.BOTH:
            return self._proposed[name]
        return getattr(self.left if side is Side.LEFT else self.right, name)


def changed_words(left: str, right: str) -> tuple[Spans, Spans]:
    """Which stretches of two texts the other has not, by whole words."""
    one, other = list(_WORD.finditer(left)), list(_WORD.finditer(right))
    if len(one) + len(other) > _MOST_WORDS:
        return [], []
    matcher = SequenceMatcher(
        None, [word.group() for word in one], [word.group() for word in other], autojunk=False
    )
    mine: Spans = []
    theirs: Spans = []
    for kind, start, stop, other_start, other_stop in matcher.get_opcodes():
        if kind != "equal":
            mine += _stretch(one[start:stop])
            theirs += _stretch(other[other_start:other_stop])
    return mine, theirs


def _stretch(words: Sequence[re.Match[str]]) -> Iterator[tuple[int, int]]:
    if words:
        yield words[0].start(), words[-1].end()
