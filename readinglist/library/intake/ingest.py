"""Records in: each meets the paper it is about, or becomes one; what the user wrote stays."""

from __future__ import annotations

import gc
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlmodel import Session, func, select

from readinglist.formats import Stream
from readinglist.formats.lines import Losses
from readinglist.library.index.additions import Additions
from readinglist.library.index.fulltext import reindex
from readinglist.library.intake import naming
from readinglist.library.intake.belongings import Belongings, Brought
from readinglist.library.intake.elsewhere import Lot, Wanted, lots
from readinglist.library.intake.handful import Arrival, Handful, Taken
from readinglist.library.intake.preparing import prepare
from readinglist.library.storage.bulk import put
from readinglist.library.storage.writer import Writer, dbapi, now
from readinglist.models import Document, Mark, Paper, Problem
from readinglist.outcomes import Receipt
from readinglist.records import Reading

_HANDFUL: Final = 500  # records
_ALTERED: Final = 20_000  # papers whose words are looked up together
_SELDOM: Final = 50_000  # things that came and did not go, between two looks for garbage
# Of the file, so much is held in memory, within these KiB: with the usual two thousand, most keys
# would be looked up on disk.
_SIZE: Final = ("page_count", "page_size")
_PART: Final = 16
_LEAST: Final = 16_384
_MOST: Final = 98_304


def ingest(
    writer: Writer, content: Reading | Stream, *, name: str, path: str, digest: str
) -> Receipt:
    """Bring one document in, in one transaction; a document known by its digest changes nothing."""
    new = merged = unchanged = conflicts = 0
    brought = Brought()
    problems = Losses()
    with writer.transaction() as session:
        number = session.exec(select(Document.id).where(Document.digest == digest)).first()
        if number is None:
            document = Document(
                name=name, path=path, digest=digest, kind=content.kind, imported=now()
            )
            session.add(document)
            session.flush()
            number = document.id or 0
            arrival = Arrival(number, document.imported)
            with _old_things_aside():
                intake = _Intake(session, arrival)
                new, merged = intake.take(content, problems)
                conflicts, brought = intake.conflicts, intake.belongings.settle(name)
            _keep_problems(session, number, problems)
        else:
            unchanged = _count(content, problems)
    return Receipt(
        name=name,
        path=path,
        kind=content.kind,
        new=new,
        merged=merged,
        unchanged=unchanged,
        problems=tuple(problems),
        document=number,
        conflicts=conflicts,
        notes=brought.notes,
        tagged=brought.tagged,
    )


def _count(content: Reading | Stream, problems: Losses) -> int:
    """How many records there are."""
    if isinstance(content, Reading):
        problems += content.problems
        return len(content.records)
    records = 0
    for part in map(content.read, content.blocks):
        problems.note(part.problems)
        records += len(part.records)
    return records


@contextmanager
def _old_things_aside() -> Iterator[None]:
    """Let Python look for garbage among new things only, and not so often.

    An import makes so many of them that it would go through all others again and again, for a
    tenth of the time.
    """
    gc.freeze()
    often = gc.get_threshold()
    gc.set_threshold(_SELDOM, *often[1:])
    try:
        yield
    finally:
        gc.set_threshold(*often)
        gc.unfreeze()


def _room(connection: sqlite3.Connection) -> int:
    """How much of a library to hold in memory, in KiB: more of a larger one."""
    pages, page = (int(connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in _SIZE)
    return min(max(pages * page // 1024 // _PART, _LEAST), _MOST)


class _Intake:
    """The way of a document's records into the library."""

    def __init__(self, session: Session, arrival: Arrival) -> None:
        self._session = session
        self._arrival = arrival
        self._connection = dbapi(session)
        self._connection.execute(f"PRAGMA cache_size = -{_room(self._connection)}")
        self.conflicts = 0
        self.belongings = Belongings(session)
        self._are_new = True  # the last ones that came, so that the next will be too

    def take(self, content: Reading | Stream, problems: Losses) -> tuple[int, int]:
        """Write papers, sightings and index rows; return how many were new and how many merged."""
        next_id = _next_id(self._session)
        place = added = 0
        additions = Additions(self._connection)
        altered: dict[int, None] = {}
        names = _Names(self._session)
        if isinstance(content, Reading):
            problems += content.problems
        for lot in self._lots(content, additions):
            few = lot.prepared
            problems.note(lot.problems)
            handful = Handful(
                self._session, self._arrival, few, self.belongings, place, next_id + added
            )
            taken = handful.take()
            additions.add(taken.rows, lot.counts if len(taken.rows) == len(few) else None)
            place += len(few)
            added += taken.new
            self._are_new = taken.new * 2 > len(few)
            problems.note(taken.refused)
            self.conflicts += taken.conflicts
            names.note(taken)
            altered |= dict.fromkeys(taken.altered)
            if len(altered) > _ALTERED:
                self._reindex(altered)
        additions.finish()
        self._reindex(altered)
        names.settle()
        return added, place - added

    def _lots(self, content: Reading | Stream, additions: Additions) -> Iterator[Lot]:
        """The records a few at a time."""
        if isinstance(content, Reading):
            for start in range(0, len(content.records), _HANDFUL):
                yield Lot(prepare(content.records[start : start + _HANDFUL]))
            return
        yield from lots(content, lambda: Wanted(self._are_new, additions.are_counted))

    def _reindex(self, altered: dict[int, None]) -> None:
        if altered:
            reindex(self._connection, altered)
            altered.clear()


class _Names:
    """The papers that have to find their keys, and the keys that others may have now."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._papers: list[int] = []
        self._left: list[str] = []

    def note(self, taken: Taken) -> None:
        """Remember some more; all find their keys once they are many."""
        self._papers += taken.nameless
        self._left += taken.left
        if len(self._papers) + len(self._left) > _ALTERED:
            self.settle()

    def settle(self) -> None:
        """Let all of them find their keys."""
        if self._papers or self._left:
            naming.settle(self._session, self._papers, self._left)
            self._papers, self._left = [], []


def _keep_problems(session: Session, document: int, problems: Losses) -> None:
    rows = ((document, *problem) for problem in problems)
    put(dbapi(session), Problem, ("document_id", "line", "reason", "text"), rows)


def _next_id(session: Session) -> int:
    """An id that no paper has or had."""
    last = session.exec(select(func.max(Paper.id))).one() or 0
    marked = session.exec(select(func.max(Mark.value))).one() or 0
    return max(last, marked) + 1
