"""Plain values that travel between the layers: what a document said, and what the library knows.

They are tuples with names, which a program that only prints a list can afford to make: SQLModel
takes 0.3 s to import and `dataclasses` 10 ms, as long as Python's own start. `models.py` declares
the tables they come from. Types stand here as they are: written as strings, which `typing` compiles
one by one, they take 2 ms.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple, TypeAlias


class Status(StrEnum):
    """How far a paper has come; new papers start in the inbox."""

    INBOX = "inbox"
    TO_READ = "to-read"
    READING = "reading"
    READ = "read"
    SKIPPED = "skipped"


Details: TypeAlias = tuple[tuple[str, str], ...]
"""Further bibliographic facts, in the order of their names: pairs of a BibLaTeX name in lower case
(`volume`, `pages`, `publisher`, `editor`, `month`) and its text. The kind of entry is `type`, and
what a report or thesis calls its own kind is `genre`."""


class Record(NamedTuple):
    """What one document says of one paper, before it meets the library.

    Every string has been through `text.clean`; `line` is 1-based in the document. From `key` to
    `aliases`, it is what a user wrote in the library that the document comes from; only a new paper
    takes it.
    """

    title: str
    abstract: str | None = None
    authors: tuple[str, ...] = ()
    year: int | None = None
    venue: str | None = None
    doi: str | None = None
    arxiv_id: str | None = None
    urls: tuple[str, ...] = ()
    line: int = 1
    key: str | None = None
    status: Status = Status.INBOX
    starred: bool = False
    tags: tuple[str, ...] = ()
    note: str | None = None
    aliases: tuple[str, ...] = ()
    details: Details = ()


class Problem(NamedTuple):
    """A place in a document that could not be read: 1-based line, why, and the lost text."""

    line: int
    reason: str
    text: str


class Reading(NamedTuple):
    """All that a format made of one document."""

    kind: str
    records: list[Record]
    problems: Sequence[Problem] = ()

    @property
    def size(self) -> int:
        """About how many bytes of text there are."""
        return sum(len(each.title) + len(each.abstract or "") for each in self.records)


class Row(NamedTuple):
    """One line of the paper list: only what the list shows."""

    id: int
    key: str
    title: str
    status: Status
    starred: bool
    year: int | None
    tags: tuple[str, ...]
    has_note: bool
    seen: int
    added: str = ""


class Entry(NamedTuple):
    """A paper with everything the library knows of it, as detail pane and exports see it.

    `title` and `abstract` are the source's words (LaTeX leftovers kept); `added` is an
    ISO 8601 UTC time, and so is `trashed` of a paper in the trash; `sources` are names of
    documents, oldest first; `aliases` are citation keys that the paper had before, and those of
    papers merged into it that were handed out.
    """

    id: int
    key: str
    title: str
    abstract: str | None = None
    authors: tuple[str, ...] = ()
    year: int | None = None
    venue: str | None = None
    doi: str | None = None
    arxiv_id: str | None = None
    urls: tuple[str, ...] = ()
    status: Status = Status.INBOX
    starred: bool = False
    tags: tuple[str, ...] = ()
    note: str | None = None
    added: str = ""
    sources: tuple[str, ...] = ()
    trashed: str | None = None
    aliases: tuple[str, ...] = ()
    details: Details = ()

    @property
    def links(self) -> list[str]:
        """The paper's own links, then those that its identifiers make."""
        made = [f"https://doi.org/{self.doi}"] if self.doi else []
        made += [f"https://arxiv.org/abs/{self.arxiv_id}"] if self.arxiv_id else []
        return list(dict.fromkeys([*self.urls, *made]))

    def to_json(self) -> dict[str, Any]:
        """The paper as the command line's JSON contract shows it (no internal id)."""
        return {
            "key": self.key,
            "title": self.title,
            "abstract": self.abstract,
            "authors": list(self.authors),
            "year": self.year,
            "venue": self.venue,
            "doi": self.doi,
            "arxiv_id": self.arxiv_id,
            "urls": list(self.urls),
            "status": str(self.status),
            "starred": self.starred,
            "tags": list(self.tags),
            "note": self.note,
            "added": self.added,
            "sources": list(self.sources),
            "aliases": list(self.aliases),
            "details": dict(self.details),
        }


class Sort(StrEnum):
    """What a list can be ordered by; each has a natural direction, which `reverse` turns round."""

    RELEVANCE = "relevance"
    ADDED = "added"
    TITLE = "title"
    YEAR = "year"
    STATUS = "status"
    KEY = "key"


class Saved(NamedTuple):
    """A search that the user named; the app begins with the one that has `start`."""

    name: str
    query: str
    sort: Sort | None = None
    reverse: bool = False
    start: bool = False


class Facet(NamedTuple):
    """A fixed condition beside the typed query, such as a chosen tag: one clause of the language.

    `field` is a field of the query language (`status`, `tag`, `source`, `is`, `has`).
    """

    field: str
    value: str


class FacetCounts(NamedTuple):
    """How many papers each status, tag and document has; names in display order.

    The papers in the trash count nowhere but in `trash`. `branches` are those of tags, such as
    `rl/*`, by their stem in lower case.
    """

    total: int
    statuses: dict[Status, int]
    starred: int
    untagged: int
    tags: dict[str, int]
    sources: dict[str, int]
    trash: int = 0
    branches: Mapping[str, int] = {}

    @property
    def empty(self) -> bool:
        """Whether there is no paper at all, not even in the trash."""
        return not self.total and not self.trash


class Done(NamedTuple):
    """An edit that is committed: what the journal calls it, and the papers it touched.

    `label` reads well after "Undid: " and in a history ("tagged 37: rl"). `both` says that a note
    was kept beside the one given, because it had been changed elsewhere meanwhile.
    """

    label: str
    ids: tuple[int, ...]
    both: bool = False


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
