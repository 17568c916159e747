"""What can be known of a record before it meets the library, and needs nothing but the record."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple, TypeAlias

from readinglist.citekeys import make_key
from readinglist.identifiers import ARXIV_PREFIX, arxiv_of, normal_arxiv, normal_doi
from readinglist.library.index.index_rows import index_row
from readinglist.library.journal.facts import FACTS, json_list, stored_details
from readinglist.records import Record, Status
from readinglist.stopping import checkpoint
from readinglist.text import find_urls, fingerprint, identity

Name = tuple[str, str]
"""A column of `Paper` that tells papers apart, and a value of it.

The identity of a paper is also that of the title that its user gave it.
"""

COLUMNS: Final = (*FACTS, "details")
"""What a paper holds of what documents say of it."""

Facts: TypeAlias = tuple[Any, ...]
"""The values of these columns."""

_KEY: Final = Record._fields.index("key")
_DETAILS: Final = Record._fields.index("details")
_USERS: Final = Record("")[_KEY:_DETAILS]  # what a user wrote of a paper, if nothing
_STATUS: Final = Record._fields.index("status") - _KEY
_STATUSES: Final = {str(status): status for status in Status}


class Prepared(NamedTuple):
    """What a record says, with identifiers in normal form, and what follows from it.

    `names` are what it calls its paper, best first, and `facts` are what the columns of one hold
    of it. `urls` are its own links, without those in its abstract; `users` is what a user wrote in
    the library that it comes from, nothing of most records. `choice` is the citation key that a new
    paper would have, and `words` are what the index would have of it, column by column; these two
    are empty until it is `complete`, and the links in its abstract may be missing.

    All of it is made of plain tuples, lists, texts and numbers, which another process can send as
    they are.
    """

    line: int
    identity: str
    names: list[Name]
    facts: Facts
    urls: tuple[str, ...]
    users: tuple[Any, ...]
    choice: str = ""
    words: tuple[str, ...] = ()

    @property
    def record(self) -> Record:
        """The record itself: made again from its facts, which most are met without."""
        title, abstract, authors, year, venue, doi, arxiv, _, details = self.facts
        users = [*(self.users or _USERS)]
        users[_STATUS] = _STATUSES[users[_STATUS]]
        people, further = json.loads(authors), json.loads(details or "{}")
        told = (title, abstract, tuple(people), year, venue, doi, arxiv, self.urls, self.line)
        return Record._make((*told, *users, tuple(further.items())))


def prepare(records: Iterable[Record], *, whole: bool = True) -> list[Prepared]:
    """Prepare records, with a checkpoint before each; if not `whole`, only to look them up."""
    return [_prepared(record, whole=whole) for record in records]


def complete(prepared: Prepared) -> Prepared:
    """Add what only a new paper needs, unless it is there."""
    return prepared if prepared.choice else _prepared(prepared.record, whole=True)


def _prepared(record: Record, *, whole: bool) -> Prepared:
    checkpoint()
    names: list[Name] = []
    if record.doi or record.arxiv_id:
        record, names = _named(record)
    name = fingerprint(identity(record.title))
    names.append(("identity", name))
    facts, users = _facts_of(record, whole=whole), _plain(record[_KEY:_DETAILS])
    if not whole:
        return Prepared(record.line, name, names, facts, record.urls, users)
    choice = make_key(record.title, authors=record.authors[:1], year=record.year)
    words = index_row(0, record.title, record.authors, (), None, record.abstract)[1:]
    return Prepared(record.line, name, names, facts, record.urls, users, choice, words)


def _plain(users: tuple[Any, ...]) -> tuple[Any, ...]:
    """What a user wrote, with the status as text; nothing if that is nothing."""
    if users == _USERS:
        return ()
    return (*users[:_STATUS], str(users[_STATUS]), *users[_STATUS + 1 :])


def _named(record: Record) -> tuple[Record, list[Name]]:
    """Bring a record's identifiers into normal form; what has not the form stays as it is."""
    doi = normal_doi(record.doi or "")
    arxiv = normal_arxiv(record.arxiv_id or "")
    by_doi = arxiv_of(doi or "")
    names = [*identifiers(doi, arxiv or by_doi)]
    if by_doi and arxiv:
        names.append(("arxiv_id", by_doi))
    record = record._replace(
        doi=doi or record.doi or None,
        arxiv_id=arxiv or record.arxiv_id or by_doi,
    )
    return record, names


def identifiers(doi: str | None, arxiv: str | None) -> Iterator[Name]:
    """What a paper with these identifiers, in normal form, is known by; the DOI first."""
    if doi:
        yield "doi", doi
    if arxiv:
        yield "arxiv_id", arxiv
        yield "doi", f"{ARXIV_PREFIX}{arxiv}"


def _facts_of(record: Record, *, whole: bool) -> Facts:
    """All that a record says, as the columns of a paper hold it.

    Links are looked for in an abstract only if it has others, or if this has to be `whole`.
    """
    title, abstract, authors, year, venue, doi, arxiv, urls, *_, details = record
    return (
        *(title, abstract, json_list(authors), year, venue, doi, arxiv),
        json_list(each_once(urls, abstract)) if urls or whole else None,
        stored_details(details),
    )


def each_once(urls: Iterable[str], abstract: str | None) -> list[str]:
    """Links, and those in an abstract."""
    return list(dict.fromkeys([*urls, *find_urls(abstract or "")]))
