"""A work brought in by itself, because the user asked for it by its identifier."""

from __future__ import annotations

import hashlib

from readinglist.library.intake.documents import imported
from readinglist.library.intake.ingest import ingest
from readinglist.library.journal.facts import DETAIL
from readinglist.library.journal.journal import Journal
from readinglist.library.reading import trashed_among
from readinglist.library.storage.writer import dbapi, now
from readinglist.records import Added, Reading, Record

KIND = "lookup"


def add(journal: Journal, record: Record, *, provider: str, source: str) -> Added:
    """Import a document of one record, and note it in the journal."""
    time = now()
    digest = hashlib.sha256(f"{KIND} {provider} {time} {record.title}".encode()).hexdigest()
    receipt = ingest(
        journal, Reading(KIND, [record]), name=source, path=f"{KIND}:{provider}", digest=digest
    )
    with journal.transaction() as session:
        brought = imported(dbapi(session), receipt.document)
        (paper,) = (*brought.new, *brought.merged)
        trashed = bool(trashed_among(dbapi(session), [paper]))
    new = bool(brought.new)
    taken = dict(brought.changed).get(paper, ())
    fields = _all_of(record) if new else taken
    done = None
    if not trashed and (new or taken):
        names = [name for name in fields if name != "details"]
        names += [f"{DETAIL}{name}" for name, _ in record.details if "details" in fields]
        done = journal.note_added(paper, provider, record, names, new=new)
    return Added(paper, new, () if new else taken, trashed, done)


def _all_of(record: Record) -> tuple[str, ...]:
    names = ("abstract", "authors", "year", "venue", "doi", "arxiv_id", "urls", "details")
    return tuple(name for name in names if getattr(record, name))
