"""Records in: each meets the paper it is about, or becomes one; what the user wrote stays."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, func, insert, select, update

from readinglist.citekeys import distinct, make_key
from readinglist.library.search import reindex
from readinglist.library.writer import Writer, chunks, dbapi, now
from readinglist.models import Document, Paper, Problem, Sighting
from readinglist.records import Reading, Receipt, Record
from readinglist.text import find_urls, identity


def ingest(writer: Writer, content: Reading, *, name: str, path: str, digest: str) -> Receipt:
    """Bring one document in, in one transaction; a document known by its digest changes nothing."""
    new = merged = 0
    with writer.transaction() as session:
        if session.exec(select(Document.id).where(Document.digest == digest)).first() is None:
            document = Document(
                name=name, path=path, digest=digest, kind=content.kind, imported=now()
            )
            session.add(document)
            session.flush()
            intake = _Intake(session, document, content.records)
            new, merged = intake.take()
            _keep_problems(session, document, content)
    return Receipt(
        name=name,
        path=path,
        kind=content.kind,
        new=new,
        merged=merged,
        unchanged=len(content.records) - new - merged,
        problems=tuple(content.problems),
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


@dataclass
class _Known:
    """What merging needs of a paper, already stored or on its way."""

    id: int
    title: str
    abstract: str | None
    urls: list[str]


class _Intake:
    """One document's records on their way in: gathered first, then written together."""

    def __init__(self, session: Session, document: Document, records: list[Record]) -> None:
        self._session = session
        self._document = document
        self._records = records
        self._identities = [identity(record.title) for record in records]
        self._known = dict(self._look_up())
        self._next_id = (session.exec(select(func.max(Paper.id))).one() or 0) + 1
        self._papers: list[dict[str, Any]] = []
        self._sightings: list[dict[str, Any]] = []
        self._filled: dict[int, _Known] = {}
        self._keys: set[str] = set()

    def take(self) -> tuple[int, int]:
        """Write papers, sightings and index rows; return how many were new and how many merged."""
        for position, (record, name) in enumerate(
            zip(self._records, self._identities, strict=True)
        ):
            paper = self._known.get(name)
            if paper is None:
                paper = self._known[name] = self._add(record, name, position)
            else:
                self._fill(paper, record)
            self._see(paper, record, position)
        self._write()
        return len(self._papers), len(self._records) - len(self._papers)

    def _look_up(self) -> Iterator[tuple[str, _Known]]:
        for chunk in chunks(set(self._identities)):
            for paper in self._session.exec(select(Paper).where(col(Paper.identity).in_(chunk))):
                assert paper.id is not None  # noqa: S101 (a stored row has its id)
                known = _Known(paper.id, paper.title, paper.abstract, json.loads(paper.urls))
                yield paper.identity, known

    def _add(self, record: Record, name: str, position: int) -> _Known:
        wished = make_key(record.title, authors=record.authors, year=record.year)
        key = distinct(wished, self._is_taken, record.title)
        self._keys.add(key.lower())
        paper = _Known(
            self._next_id, record.title, record.abstract, _urls(record.urls, record.abstract)
        )
        self._next_id += 1
        self._papers.append(
            {
                "id": paper.id,
                "key": key,
                "identity": name,
                "title": record.title,
                "abstract": record.abstract,
                "authors": json.dumps(record.authors, ensure_ascii=False),
                "year": record.year,
                "venue": record.venue,
                "doi": record.doi,
                "arxiv_id": record.arxiv_id,
                "urls": json.dumps(paper.urls, ensure_ascii=False),
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

    def _fill(self, paper: _Known, record: Record) -> None:
        """Take the record's abstract where the paper has none, or only the beginning of it."""
        if not record.abstract:
            return
        had = (paper.abstract or "").rstrip(" .…")
        if len(record.abstract) > len(paper.abstract or "") and record.abstract.startswith(had):
            paper.abstract = record.abstract
            paper.urls = _urls(paper.urls, record.abstract)
            self._filled[paper.id] = paper

    def _see(self, paper: _Known, record: Record, position: int) -> None:
        self._sightings.append(
            {
                "document_id": self._document.id,
                "position": position,
                "paper_id": paper.id,
                "line": record.line,
                "title": record.title if record.title != paper.title else None,
                "abstract": record.abstract if record.abstract != paper.abstract else None,
            }
        )

    def _write(self) -> None:
        for table, rows in ((Paper, self._papers), (Sighting, self._sightings)):
            if rows:
                self._session.exec(insert(table), params=rows)
        if self._filled:
            self._session.exec(
                update(Paper),
                params=[
                    {
                        "id": paper.id,
                        "abstract": paper.abstract,
                        "urls": json.dumps(paper.urls, ensure_ascii=False),
                    }
                    for paper in self._filled.values()
                ],
            )
        self._session.flush()
        reindex(dbapi(self._session), [*(row["id"] for row in self._papers), *self._filled])


def _urls(known: Iterable[str], abstract: str | None) -> list[str]:
    return list(dict.fromkeys([*known, *find_urls(abstract or "")]))
