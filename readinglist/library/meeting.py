"""Which paper a record is about: the one with its DOI, else its arXiv id, else its title."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final, NamedTuple

from sqlmodel import Session, col, select

from readinglist.identifiers import ARXIV_PREFIX, arxiv_of, normal_arxiv, normal_doi
from readinglist.library.facts import FACTS
from readinglist.library.recording import Under, under_edits
from readinglist.library.writer import chunks
from readinglist.models import Paper
from readinglist.records import Record
from readinglist.stopping import with_checkpoints
from readinglist.text import identity

Name = tuple[str, str]
"""A column of `Paper` that tells papers apart, and a value of it."""

_COLUMNS: Final = ("doi", "arxiv_id", "identity", "retitled")


class Named(NamedTuple):
    """A record with its identifiers in normal form, and what it calls its paper, best first."""

    record: Record
    identity: str
    names: list[Name]


def named(record: Record) -> Named:
    """Bring a record's identifiers into normal form; what has not the form stays as it is."""
    names: list[Name] = []
    if record.doi or record.arxiv_id:
        doi = normal_doi(record.doi or "")
        arxiv = normal_arxiv(record.arxiv_id or "")
        by_doi = arxiv_of(doi or "")
        names += identifiers(doi, arxiv or by_doi)
        if by_doi and arxiv:
            names.append(("arxiv_id", by_doi))
        record = replace(
            record,
            doi=doi or record.doi or None,
            arxiv_id=arxiv or record.arxiv_id or by_doi,
        )
    folded = identity(record.title)
    return Named(record, folded, [*names, ("identity", folded), ("retitled", folded)])


def identifiers(doi: str | None, arxiv: str | None) -> Iterator[Name]:
    """What a paper with these identifiers, in normal form, is known by; the DOI first."""
    if doi:
        yield "doi", doi
    if arxiv:
        yield "arxiv_id", arxiv
        yield "doi", f"{ARXIV_PREFIX}{arxiv}"


@dataclass(slots=True)
class Known:
    """What meeting records needs of a paper, already stored or on its way.

    `facts` are those it shows, as the columns hold them; `under` is what documents say of those
    that the user has changed.
    """

    id: int
    facts: dict[str, Any]
    present: bool = True
    under: dict[str, Under] = field(default_factory=dict)


class Encounter(NamedTuple):
    """The paper that a record is about, and the one merged into it that it goes by, if it does.

    `others` are further papers that have a name of the record.
    """

    paper: Known
    through: int | None
    others: list[Known]


class Register:
    """Every paper that the records of a document may be about, by its names."""

    def __init__(self, session: Session, records: Iterable[Named]) -> None:
        self._session = session
        self._papers: dict[int, Known] = {}
        self._names: dict[Name, list[tuple[int, int | None]]] = {}
        wanted: dict[str, set[str]] = {column: set() for column in _COLUMNS}
        for record in records:
            for column, value in record.names:
                wanted[column].add(value)
        for column, values in wanted.items():
            self._look_up(column, values)
        self._read({paper for papers in self._names.values() for paper, _ in papers})

    def meet(self, record: Named) -> Encounter | None:
        """Find the paper of a record: that with its first name, of those outside the trash."""
        found: dict[int, int | None] = {}
        for name in record.names:
            for paper, through in self._names.get(name, ()):
                found.setdefault(paper, through)
        if not found:
            return None
        present = [paper for paper in found if self._papers[paper].present]
        first = (present or list(found))[0]
        others = [self._papers[paper] for paper in present if paper != first]
        return Encounter(self._papers[first], found[first], others)

    def enter(self, paper: Known, names: Iterable[Name]) -> None:
        """Let a paper be found by further names, behind those that have them already."""
        self._papers[paper.id] = paper
        for name in names:
            self._names.setdefault(name, []).append((paper.id, None))

    def is_another(self, name: Name, paper: Known) -> bool:
        """Whether a name is that of another paper."""
        return any(other != paper.id for other, _ in self._names.get(name, ()))

    def _look_up(self, column: str, values: Iterable[str]) -> None:
        by = getattr(Paper, column)
        # What was merged goes before what it went into, whose names may be those of the first.
        first = col(Paper.merged_into).is_(None), col(Paper.id)
        query = select(by, Paper.id, Paper.merged_into).order_by(*first)
        for chunk in with_checkpoints(chunks(values)):
            rows: Any = self._session.exec(query.where(by.in_(chunk)))  # no id is None
            for value, paper, merged_into in rows:
                merged = merged_into is not None
                target = (merged_into, paper) if merged else (paper, None)
                self._names.setdefault((column, value), []).append(target)

    def _read(self, ids: Iterable[int]) -> None:
        columns = [getattr(Paper, name) for name in ("id", "trashed", *FACTS)]
        ids = sorted(ids)
        for chunk in with_checkpoints(chunks(ids)):
            rows: Any  # SQLModel's `select` types no more than four columns
            rows = self._session.connection().execute(
                select(*columns).where(col(Paper.id).in_(chunk))
            )
            for paper, trashed, *facts in rows:
                known = Known(paper, dict(zip(FACTS, facts, strict=True)), trashed is None)
                self._papers[paper] = known
        for (paper, name), under in under_edits(self._session, ids, FACTS).items():
            self._papers[paper].under[name] = under
