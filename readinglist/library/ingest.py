"""Records in: each meets the paper it is about, or becomes one; what the user wrote stays."""

from __future__ import annotations

import json
from typing import Any, Final

from sqlmodel import Session, func, insert, select, update

from readinglist.citekeys import distinct, make_key
from readinglist.library.duplicates import remember_sightings
from readinglist.library.filling import facts_of, fill
from readinglist.library.folding import words
from readinglist.library.lookalikes import title_likeness
from readinglist.library.meeting import Encounter, Known, Named, Register, identifiers, named
from readinglist.library.pairs import Pair, offer
from readinglist.library.recording import Under, lay_under
from readinglist.library.search import reindex
from readinglist.library.sightings import Place, own_words
from readinglist.library.writer import Writer, chunks, dbapi, now
from readinglist.models import Document, Mark, Paper, Problem, Sighting
from readinglist.records import Reading, Receipt, Record
from readinglist.stopping import with_checkpoints

_FILLED: Final = ("abstract", "authors", "year", "venue", "doi", "arxiv_id", "urls")
_HARDLY: Final = 0.01  # the likeness of two papers for which only an identifier speaks


def ingest(writer: Writer, content: Reading, *, name: str, path: str, digest: str) -> Receipt:
    """Bring one document in, in one transaction; a document known by its digest changes nothing."""
    new = merged = 0
    with writer.transaction() as session:
        number = session.exec(select(Document.id).where(Document.digest == digest)).first()
        if number is None:
            document = Document(
                name=name, path=path, digest=digest, kind=content.kind, imported=now()
            )
            session.add(document)
            session.flush()
            number = document.id
            new, merged = _Intake(session, document, content.records).take()
            _keep_problems(session, document, content)
    return Receipt(
        name=name,
        path=path,
        kind=content.kind,
        new=new,
        merged=merged,
        unchanged=len(content.records) - new - merged,
        problems=tuple(content.problems),
        document=number or 0,
    )


def _keep_problems(session: Session, document: Document, content: Reading) -> None:
    if content.problems:
        session.exec(
            insert(Problem),
            params=[
                {
                    "document_id": document.id,
                    "line": problem.line,
                    "reason": problem.reason,
                    "text": problem.text,
                }
                for problem in content.problems
            ],
        )


class _Intake:
    """One document's records on their way in: gathered first, then written together."""

    def __init__(self, session: Session, document: Document, records: list[Record]) -> None:
        self._session = session
        self._document = document
        self._records = [named(record) for record in with_checkpoints(records)]
        self._register = Register(session, self._records)
        self._next_id = _next_id(session)
        self._papers: list[dict[str, Any]] = []
        self._sightings: list[dict[str, Any]] = []
        self._filled: dict[int, Known] = {}
        self._laid_under: dict[tuple[int, str], Under] = {}
        self._through: dict[int, list[Place]] = {}
        self._pairs: list[Pair] = []
        self._keys: set[str] = set()

    def take(self) -> tuple[int, int]:
        """Write papers, sightings and index rows; return how many were new and how many merged."""
        for position, record in enumerate(with_checkpoints(self._records)):
            met = self._register.meet(record)
            if met is None:
                self._see(self._add(record, position), record.record, position)
            else:
                filled = self._fill(met.paper, record.record)
                self._see(met.paper, record.record, position, filled)
                self._remember(met, position)
        self._write()
        return len(self._papers), len(self._records) - len(self._papers)

    def _add(self, named: Named, position: int) -> Known:
        record = named.record
        wished = make_key(record.title, authors=record.authors, year=record.year)
        key = distinct(wished, self._is_taken, record.title)
        self._keys.add(key.lower())
        paper = Known(self._next_id, facts_of(record))
        self._next_id += 1
        self._register.enter(paper, named.names)
        self._papers.append(
            {
                "id": paper.id,
                "key": key,
                "identity": named.identity,
                **paper.facts,
                "added": self._document.imported,
                "document_id": self._document.id,
                "position": position,
            }
        )
        return paper

    def _is_taken(self, key: str) -> bool:
        if key.lower() in self._keys:
            return True
        stored = dbapi(self._session).execute(
            "SELECT 1 FROM paper WHERE key = ? COLLATE NOCASE", [key]
        )
        return stored.fetchone() is not None

    def _fill(self, paper: Known, record: Record) -> list[str]:
        """Let the paper take what it lacks; the names of what it took."""
        before = {name: under.value for name, under in paper.under.items()}
        filled = fill(paper, record, self._register)
        for name, under in paper.under.items():
            if under.value != before[name]:
                self._laid_under[paper.id, name] = under
        if filled:
            self._filled[paper.id] = paper
            names = {name: paper.facts[name] for name in ("doi", "arxiv_id") if name in filled}
            self._register.enter(paper, identifiers(names.get("doi"), names.get("arxiv_id")))
        return filled

    def _see(
        self, paper: Known, record: Record, position: int, filled: list[str] | None = None
    ) -> None:
        self._sightings.append(
            {
                "document_id": self._document.id,
                "position": position,
                "paper_id": paper.id,
                "line": record.line,
                "title": own_words(record.title, paper.facts["title"]),
                "abstract": own_words(record.abstract, paper.facts["abstract"]),
                "filled": json.dumps(filled) if filled else None,
            }
        )

    def _remember(self, met: Encounter, position: int) -> None:
        """Note what a meeting says of other papers than the one it was with."""
        if met.through is not None:
            place = (self._document.id or 0, position)
            self._through.setdefault(met.through, []).append(place)
        for other in met.others:
            first, second = sorted((met.paper, other), key=lambda paper: paper.id)
            titles = [" ".join(words(paper.facts["title"])) for paper in (first, second)]
            likeness = max(_HARDLY, title_likeness(*titles))
            self._pairs.append(Pair(first.id, second.id, likeness, 0.0))

    def _write(self) -> None:
        for table, rows in ((Paper, self._papers), (Sighting, self._sightings)):
            for few in with_checkpoints(chunks(rows)):
                self._session.exec(insert(table), params=few)
        if self._filled:
            self._session.exec(
                update(Paper),
                params=[
                    {"id": paper.id, **{name: paper.facts[name] for name in _FILLED}}
                    for paper in self._filled.values()
                ],
            )
        lay_under(self._session, self._laid_under)
        remember_sightings(self._session, self._through)
        self._session.flush()
        connection = dbapi(self._session)
        offer(connection, self._pairs)
        new = (row["id"] for row in self._papers)
        reindex(connection, with_checkpoints(dict.fromkeys([*new, *self._filled])))


def _next_id(session: Session) -> int:
    """An id that no paper has or had."""
    last = session.exec(select(func.max(Paper.id))).one() or 0
    marked = session.exec(select(func.max(Mark.value))).one() or 0
    return max(last, marked) + 1
