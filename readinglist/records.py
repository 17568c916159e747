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
