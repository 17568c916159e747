"""What can be known of a record before it meets the library, and needs nothing but the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from readinglist.citekeys import make_key
from readinglist.identifiers import ARXIV_PREFIX, arxiv_of, normal_arxiv, normal_doi
from readinglist.library.index.index_rows import index_row
from readinglist.library.journal.facts import json_list, stored_details
from readinglist.records import Record, Status
from readinglist.stopping import checkpoint
from readinglist.text import find_urls, fingerprint, identity

Name = tuple[str, str]
"""A column of `Paper` that tells papers apart, and a value of it.

The identity of a paper is also that of the title that its user gave it.
"""

_STATUS: Final = Record._fields.index("status")
_STATUSES: Final = {str(status): status for status in Status}


class Prepared(NamedTuple):
    """A record with its identifiers in normal form, and what follows from it.

    `names` are what it calls its paper, best first. `choice` is the citation key that a new paper
    would have; `facts` and `words` are what the tables and the index would have of it, column by
    column. These three are empty until it is `complete`.
    """

    record: Record
    identity: str
    names: list[Name]
    choice: str
    facts: dict[str, Any]
    words: tuple[str, ...]


def prepare(records: Iterable[Record], *, whole: bool = True) -> list[Prepared]:
    """Prepare records, with a checkpoint before each; if not `whole`, only to look them up."""
    found = map(_named, records)
    return [complete(each) for each in found] if whole else list(found)


def _named(record: Record) -> Prepared:
    """Bring a record's identifiers into normal form; what has not the form stays as it is."""
    checkpoint()
    names: list[Name] = []
    if record.doi or record.arxiv_id:
        doi = normal_doi(record.doi or "")
        arxiv = normal_arxiv(record.arxiv_id or "")
        by_doi = arxiv_of(doi or "")
        names += identifiers(doi, arxiv or by_doi)
        if by_doi and arxiv:
            names.append(("arxiv_id", by_doi))
        record = record._replace(
            doi=doi or record.doi or None,
            arxiv_id=arxiv or record.arxiv_id or by_doi,
        )
    name = fingerprint(identity(record.title))
    return Prepared(record, name, [*names, ("identity", name)], "", {}, ())


def complete(prepared: Prepared) -> Prepared:
    """Add what only a new paper needs, unless it is there."""
    if prepared.choice:
        return prepared
    record = prepared.record
    choice = make_key(record.title, authors=record.authors[:1], year=record.year)
    facts = _facts_of(record)
    words = index_row(0, record.title, record.authors, (), None, record.abstract)[1:]
    return Prepared(record, prepared.identity, prepared.names, choice, facts, words)


def plain(prepared: Prepared) -> tuple[Any, ...]:
    """The same without classes of ours, as `marshal` takes it: three times as fast as `pickle`."""
    record = prepared.record
    told = (*record[:_STATUS], str(record.status), *record[_STATUS + 1 :])
    return (told, *prepared[1:])


def revived(parts: tuple[Any, ...]) -> Prepared:
    """What `plain` was given."""
    told = parts[0]
    told = (*told[:_STATUS], _STATUSES[told[_STATUS]], *told[_STATUS + 1 :])
    return Prepared(Record._make(told), *parts[1:])


def identifiers(doi: str | None, arxiv: str | None) -> Iterator[Name]:
    """What a paper with these identifiers, in normal form, is known by; the DOI first."""
    if doi:
        yield "doi", doi
    if arxiv:
        yield "arxiv_id", arxiv
        yield "doi", f"{ARXIV_PREFIX}{arxiv}"


def _facts_of(record: Record) -> dict[str, Any]:
    """All that a record says, as the columns of a paper hold it."""
    urls = each_once(record.urls, record.abstract)
    return {
        "title": record.title,
        "abstract": record.abstract,
        "authors": json_list(record.authors),
        "year": record.year,
        "venue": record.venue,
        "doi": record.doi,
        "arxiv_id": record.arxiv_id,
        "urls": json_list(urls),
        "details": stored_details(record.details),
    }


def each_once(urls: Iterable[str], abstract: str | None) -> list[str]:
    """Links, and those in an abstract."""
    return list(dict.fromkeys([*urls, *find_urls(abstract or "")]))
