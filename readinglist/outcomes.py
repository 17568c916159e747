"""Plain values of what the library did and found: edits, imports, conflicts, likenesses."""

from collections.abc import Sequence
from typing import NamedTuple

from readinglist.records import Problem


class Done(NamedTuple):
    """An edit that is committed: what the journal calls it, and the papers it touched.

    `label` reads well after "Undid: " and in a history ("tagged 37: rl"). `both` says that a note
    was kept beside the one given, because it had been changed elsewhere meanwhile.
    """

    label: str
    ids: tuple[int, ...]
    both: bool = False


class Chapter(NamedTuple):
    """One line of the journal: `state` is `done`, `undone` or `dropped`; `keys` its papers."""

    id: int
    made: str
    label: str
    state: str
    keys: tuple[str, ...]


class Step(NamedTuple):
    """One change of the journal as a long list shows it: `papers` is how many it touched."""

    id: int
    made: str
    label: str
    state: str
    papers: int


class Likeness(NamedTuple):
    """Two papers, by id, that may be one work; both measures are from 0 to 1."""

    first: int
    second: int
    title: float
    abstract: float


class Similar(NamedTuple):
    """A paper, by id, that is like another: `terms` are what both say, the most telling first.

    `score` is 1 for the paper itself, and 0 for one that has no word in common with it.
    """

    id: int
    score: float
    terms: tuple[str, ...]


class Receipt(NamedTuple):
    """What importing one document did; `records` is new + merged + unchanged.

    `document` is its id, under which `Library.imported` tells more. `conflicts` is how many facts
    of papers it says otherwise; `notes` and `tagged` are how many papers that were here before took
    its note, or tags of its.
    """

    name: str
    path: str
    kind: str
    new: int
    merged: int
    unchanged: int
    problems: tuple[Problem, ...]
    document: int = 0
    conflicts: int = 0
    notes: int = 0
    tagged: int = 0

    @property
    def records(self) -> int:
        """How many records the document holds."""
        return self.new + self.merged + self.unchanged


def belongings_told(receipts: Sequence[Receipt]) -> str:
    """What papers that were here took of what a user wrote elsewhere; empty for nothing."""
    notes = sum(receipt.notes for receipt in receipts)
    tagged = sum(receipt.tagged for receipt in receipts)
    parts = [f"{notes:,} note{'s' * (notes != 1)}"] if notes else []
    parts += [f"the tags of {tagged:,} paper{'s' * (tagged != 1)}"] if tagged else []
    return " and ".join(parts)


class Conflict(NamedTuple):
    """What a document says of one field otherwise than the paper; `source` is the document's name.

    A `field` is a fact's name, or that of a detail after `details.`; values are text, a number, a
    list of names, or None.
    """

    paper: int
    field: str
    ours: object
    theirs: object
    document: int
    source: str


def values_shown(value: object) -> str:
    """One side of a conflict as text: names with semicolons between them, nothing as ""."""
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)


class Imported(NamedTuple):
    """What one document brought: ids of papers in its own order, and what could not be read.

    `new` were not in the library before, `merged` were. `changed` are those of the merged that
    took something from it, each with the names of the fields.
    """

    document: int
    name: str
    path: str
    kind: str
    time: str
    new: tuple[int, ...]
    merged: tuple[int, ...]
    changed: tuple[tuple[int, tuple[str, ...]], ...]
    problems: tuple[Problem, ...]
