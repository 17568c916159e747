"""The library: sole owner of the SQLite file, and the façade that command line and app talk to."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from readinglist.errors import UnknownKey
from readinglist.library import database, reading, search
from readinglist.library.search import Results
from readinglist.records import (
    Chapter,
    Done,
    Entry,
    Facet,
    FacetCounts,
    Reading,
    Receipt,
    Row,
    Sort,
    Status,
    Step,
)

if TYPE_CHECKING:
    from readinglist.library.journal import Journal

__all__ = ["Library", "Results"]


class Library:
    """One open library file; use one instance per thread.

    Reading goes through plain sqlite3. Writing goes through SQLModel, imported on the first
    write (0.3 s) unless `warm_up` did so before. Every edit is committed when its method returns.
    An edit waits up to `patience` seconds while another connection writes.
    A library that is not there yet reads as empty; its file is made by the first write.
    Methods raise `LibraryError` when the file cannot be opened, read or written.
    """

    def __init__(self, path: Path, *, patience: float = database.PATIENCE) -> None:
        self.path = path
        self._patience = patience
        self._writer: Journal | None = None
        self._blank: sqlite3.Connection | None = None
        if database.is_there(path):
            self._open()
        else:
            from readinglist.library import schema  # with SQLModel behind it

            self._connection = self._blank = schema.blank(path)
            self._searcher = search.Searcher(self._blank)

    def _open(self) -> None:
        self._connection = database.open_file(self.path)
        self._searcher = search.Searcher(self._connection)

    # Reading

    def search(
        self,
        query: str = "",
        *,
        where: Sequence[Facet] = (),
        sort: Sort | None = None,
        reverse: bool = False,
        lenient: bool = False,
    ) -> Results:
        """Find papers; an empty query is all of them.

        `sort` None means relevance when the query has fuzzy words, else newest import first.
        Raises `QueryError`, unless `lenient` (someone is still typing): then what cannot be
        understood yet is left out and `Results.complaint` says why.
        """
        return self._searcher.run(query, where=where, sort=sort, reverse=reverse, lenient=lenient)

    def entry(self, paper_id: int) -> Entry:
        """Everything known of one paper; `UnknownKey` if it has been deleted."""
        found = reading.entries(self._connection, [paper_id])
        if not found:
            raise UnknownKey("This paper has been deleted for good.")
        return found[0]

    def entries(self, ids: Iterable[int]) -> list[Entry]:
        """Everything known of these papers, in the order given; unknown ids are left out."""
        return reading.entries(self._connection, list(ids))

    def rows(self, ids: Iterable[int]) -> list[Row]:
        """What a list shows of these papers, in the order given; unknown ids are left out."""
        return reading.rows(self._connection, list(ids))

    def resolve(self, keys: Iterable[str], *, trashed: bool = False) -> list[int]:
        """Ids of the papers with these citation keys; `UnknownKey` names the nearest.

        With `trashed`, they are those in the trash, otherwise the others.
        """
        return reading.resolve(self._connection, list(keys), trashed=trashed)

    def trashed_among(self, ids: Iterable[int]) -> set[int]:
        """Those of these papers that are in the trash."""
        return reading.trashed_among(self._connection, ids)

    def counts(self) -> FacetCounts:
        """Counts for the facets, over the whole library."""
        return reading.counts(self._connection)

    def history(self, limit: int | None = None) -> list[Chapter]:
        """The journal, newest first."""
        return reading.history(self._connection, limit)

    def timeline(self) -> list[tuple[int, str]]:
        """Id and state of every change in the journal, newest first."""
        return reading.timeline(self._connection)

    def steps(self, changes: Iterable[int]) -> list[Step]:
        """These changes of the journal, newest first."""
        return reading.steps(self._connection, changes)

    def touched(self, change: int) -> list[int]:
        """Ids of the papers that a change touched and that are still there."""
        return reading.touched(self._connection, change)

    # Writing: each returns what was done, or None when there was nothing to change. Papers in
    # the trash are left as they are; `UsageError` when all of the papers are there.

    def set_status(self, ids: Sequence[int], status: Status) -> Done | None:
        """Give papers a status."""
        return self._journal.set_status(ids, status)

    def set_starred(self, ids: Sequence[int], starred: bool) -> Done | None:
        """Star papers, or take their stars away."""
        return self._journal.set_starred(ids, starred)

    def edit_tags(
        self, ids: Sequence[int], *, add: Sequence[str] = (), remove: Sequence[str] = ()
    ) -> Done | None:
        """Add and remove tags; `UsageError` for a name that cannot be a tag."""
        return self._journal.edit_tags(ids, add=add, remove=remove)

    def rename_tag(self, old: str, new: str) -> Done | None:
        """Rename a tag everywhere; into an existing one, they become one."""
        return self._journal.rename_tag(old, new)

    def set_note(self, paper_id: int, note: str) -> Done | None:
        """Replace a paper's note; white space alone clears it."""
        return self._journal.set_note(paper_id, note)

    def set_trashed(self, ids: Sequence[int], trashed: bool) -> Done | None:
        """Move papers to the trash, or take them out of it."""
        return self._journal.set_trashed(ids, trashed)

    def empty_trash(self, ids: Iterable[int]) -> int:
        """Delete for good those of these papers that are in the trash; return how many were.

        This cannot be undone, and neither can what was done to them before.
        """
        return self._journal.empty_trash(ids)

    def undo(self) -> Done | None:
        """Take back the last change that is not undone; None when there is none."""
        return self._journal.undo()

    def redo(self) -> Done | None:
        """Do the last undone change again; None when there is none."""
        return self._journal.redo()

    def undo_to(self, change: int) -> int:
        """Take back every change down to this one, all or none; return how many they were."""
        return self._journal.undo_to(change)

    def redo_to(self, change: int) -> int:
        """Do every undone change again up to this one, all or none; return how many."""
        return self._journal.redo_to(change)

    def pin_keys(self, ids: Iterable[int]) -> None:
        """Remember that these papers' citation keys have been handed out."""
        loose = reading.unpinned(self._connection, ids)
        if loose:
            self._journal.pin_keys(loose)

    def ingest(self, content: Reading, *, name: str, path: str, digest: str) -> Receipt:
        """Bring one document's records in, all or nothing; what the user wrote is not touched."""
        from readinglist.library import ingest  # with SQLModel behind it

        return ingest.ingest(self._journal, content, name=name, path=path, digest=digest)

    @contextmanager
    def rehearsal(self) -> Iterator[None]:
        """Change nothing for good: what is written inside is rolled back at the end."""
        with self._journal.rehearsal():
            yield

    # Life

    @property
    def exists(self) -> bool:
        """Whether the library has a file; if not, the first write makes it."""
        return self._connection is not self._blank

    @property
    def files(self) -> frozenset[Path]:
        """Where the library and its journals are, symbolic links resolved."""
        return frozenset(database.files_of(self.path.resolve()))

    def warm_up(self) -> None:
        """Import what the first write needs, and back up once a day; for another thread."""
        import readinglist.library.ingest
        import readinglist.library.journal  # noqa: F401 (loaded for what it loads)
        from readinglist.library.backup import back_up_daily

        back_up_daily(self.path)

    @property
    def _journal(self) -> Journal:
        if self._writer is None:
            from readinglist.library.journal import Journal  # with SQLModel behind it

            if not self.exists:
                from readinglist.library import schema

                schema.make(self.path)
                self._open()
            self._writer = Journal(self.path, patience=self._patience)
        return self._writer

    def changed_elsewhere(self) -> bool:
        """Whether another connection has committed since this was last asked."""
        if not self.exists and database.is_there(self.path):
            self._open()
            return True
        return self._searcher.changed_elsewhere()

    def close(self) -> None:
        """Close the file; the library cannot be used afterwards."""
        if self._writer is not None:
            self._writer.close()
        self._connection.close()
        if self._blank is not None:
            self._blank.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
