"""Works brought in by themselves, because the user asked for them by their identifiers."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from readinglist.findings import Added, Brought, Work
from readinglist.library.intake.documents import imported
from readinglist.library.intake.ingest import ingest
from readinglist.library.intake.meeting import Register
from readinglist.library.intake.preparing import prepare
from readinglist.library.journal.journal import Journal
from readinglist.library.reading import trashed_among
from readinglist.library.storage.writer import dbapi, now
from readinglist.records import Reading, Record

KIND = "lookup"


def add(journal: Journal, works: Sequence[Work]) -> list[Added]:
    """Import a document for each work, and note all of them in the journal as one change.

    A paper that was here is told of by the document, and takes what it lacks in that change.
    """
    with journal.together():
        brought = [_bring_in(journal, work) for work in works]
        with journal.transaction() as session:
            trashed = trashed_among(dbapi(session), [each.paper for each in brought])
        done, fields = journal.note_added(brought)
    return [
        Added(
            each.paper, each.new, taken, each.paper in trashed, done if each.new or taken else None
        )
        for each, taken in zip(brought, fields, strict=True)
    ]


def _bring_in(journal: Journal, work: Work) -> Brought:
    said = f"{KIND} {work.provider} {now()} {work.record.title}"
    receipt = ingest(
        journal,
        Reading(KIND, [_as_told(journal, work.record)]),
        name=work.source,
        path=f"{KIND}:{work.provider}",
        digest=hashlib.sha256(said.encode()).hexdigest(),
    )
    with journal.transaction() as session:
        brought = imported(dbapi(session), receipt.document)
    (paper,) = (*brought.new, *brought.merged)
    return Brought(paper, work.provider, work.record, bool(brought.new))


def _as_told(journal: Journal, record: Record) -> Record:
    """All of a record for a new paper; for one that is here, no more than leads to it."""
    (prepared,) = prepare([record])
    with journal.transaction() as session:
        met = Register(session, [prepared]).meet(prepared)
    if met is None:
        return record
    facts = met.paper.facts
    return Record(record.title, doi=facts["doi"], arxiv_id=facts["arxiv_id"])
