"""Plain values of lookups: what a provider says of a paper, and what became of it."""

from typing import NamedTuple

from readinglist.outcomes import Done
from readinglist.records import Record


class Finding(NamedTuple):
    """What a provider of metadata says of a paper: `sure` enough to be taken, or a suggestion.

    `identifier` is the work's name there. `score` says how alike the titles are, from 0 to 1.
    """

    paper: int
    provider: str
    identifier: str
    score: float
    record: Record
    sure: bool


class Origin(NamedTuple):
    """Where a field of a paper comes from that a lookup has filled in, when, and how surely."""

    provider: str
    found: str
    score: float


class Suggestion(NamedTuple):
    """What a lookup found for a paper and was not sure of; `found` is when, as ISO 8601."""

    paper: int
    provider: str
    identifier: str
    found: str
    score: float
    record: Record


class Filled(NamedTuple):
    """What a lookup wrote: which fields of which papers, and how many suggestions are new.

    `done` is None when there was nothing to write.
    """

    done: Done | None
    fields: dict[int, tuple[str, ...]]
    suggested: dict[int, int]


class Work(NamedTuple):
    """A work that a provider was asked for by an identifier; `source` is what people call it."""

    record: Record
    provider: str
    source: str


class Brought(NamedTuple):
    """The paper that such a work is, and whether it is `new`."""

    paper: int
    provider: str
    record: Record
    new: bool


class Added(NamedTuple):
    """What became of a work that was brought in: `new`, or which `fields` the paper took of it.

    `trashed` says that the paper is in the trash, and stays there.
    """

    paper: int
    new: bool
    fields: tuple[str, ...]
    trashed: bool
    done: Done | None
