"""The library: sole owner of the SQLite file, and the façade that command line and app talk to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from readinglist.findings import Added, Filled, Finding, Work
from readinglist.library import reading
from readinglist.library.reader import Reader
from readinglist.library.search.results import Results
from readinglist.library.storage import database
from readinglist.outcomes import Conflict, Done, Receipt
from readinglist.records import Reading, Saved, Status

if TYPE_CHECKING:
    from readinglist.formats import Stream
    from readinglist.library.journal.journal import Journal

__all__ = ["Library", "Results"]


class Library(Reader):
    """One open library file; use one instance per thread.

    Reading goes through plain sqlite3. Writing goes through SQLModel, imported on the first
    write (0.3 s) unless `warm_up` did so before. Every edit is committed when its method returns.
    An edit waits up to `patience` seconds while another connection writes.
    A library that is not there yet reads as empty; its file is made by the first write.
    Methods raise `LibraryError` when the file cannot be opened, read or written.
    """

    def __init__(self, path: Path, *, patience: float = database.PATIENCE) -> None:
        super().__init__(path)
        self._patience = patience
        self._writer: Journal | None = None
        self._missed = False  # what others wrote before there was a writer to notice

    # Edits: each returns what was done, or None when there was nothing to change. Papers in
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

    def rename_tag(self, old: str, new: str, *, branch: bool = False) -> Done | None:
        """Rename a tag everywhere, and with `branch` those below it (`rl/offline` with `rl`).

        Into an existing one, they become one.
        """
        return self._journal.rename_tag(old, new, branch=branch)

    def replace_tags(self, replaced: Mapping[str, Sequence[str]], label: str) -> Done | None:
        """Put other tags in the place of some, everywhere and in one change that `label` names.

        That merges tags, splits them, or removes those in whose place there is none.
        """
        return self._journal.replace_tags(replaced, label)

    def colour_tag(self, name: str, colour: str | None) -> Done | None:
        """Give a tag one of `tags.COLOURS`, or none."""
        return self._journal.colour_tag(name, colour)

    def set_note(self, paper_id: int, note: str, base: str | None = None) -> Done | None:
        """Replace a paper's note; white space alone clears it.

        With `base`, the text from which the editing began, a note that has become another one
        meanwhile is kept too, behind the new one, and `Done.both` says so.
        """
        return self._journal.set_note(paper_id, note, base)

    def set_facts(self, paper_id: int, facts: Mapping[str, object]) -> Done | None:
        """Change title, abstract, authors, year, venue, doi, arxiv_id, urls or key of a paper.

        `details` are changed by their names, those that are given. None or nothing clears a fact.
        Imports then leave it alone. A former key still leads to the paper. `UsageError` for a
        value that cannot be one, and for a paper without a title.
        """
        return self._journal.set_facts(paper_id, facts)

    def fill_in(
        self, findings: Sequence[Finding], *, refresh: bool = False, others: bool = False
    ) -> Filled:
        """Write what a lookup found, as one change: never over what the user or a document says.

        With `refresh`, fields that still are as a lookup with the same provider wrote them are
        brought up to date, but the year of a published work not with that of its preprint. With
        `others`, so are those that another provider wrote, if its match was no better. What is not
        sure is kept as a suggestion, unless it was rejected before.
        """
        return self._journal.fill_in(findings, refresh=refresh, others=others)

    def accept(
        self,
        paper: int,
        provider: str,
        identifier: str,
        values: Mapping[str, object] | None = None,
    ) -> Done | None:
        """Take a suggestion: these values of its facts, or whatever the paper lacks.

        None if somebody has decided on it. The other suggestions for the paper are rejected.
        """
        return self._journal.accept(paper, provider, identifier, values)

    def reject(self, paper: int, names: Iterable[tuple[str, str]]) -> Done | None:
        """Remember that suggestions, by provider and identifier, are works of others.

        They are never offered again. None if somebody has decided on all of them.
        """
        return self._journal.reject(paper, names)

    def add(self, works: Sequence[Work]) -> list[Added]:
        """Bring in works that were looked up by their identifiers, all of them as one change.

        Undo moves what is new to the trash. What is here already takes what it lacks.
        """
        if not works:
            return []
        from readinglist.library.intake import additions  # with SQLModel behind it

        return additions.add(self._journal, works)

    def await_lookup(self, ids: Iterable[int], provider: str) -> None:
        """Remember that these papers are to be looked up with a provider, when it is there."""
        self._journal.await_lookup(ids, provider)

    def await_no_more(self, ids: Iterable[int], provider: str) -> None:
        """Forget that these papers are to be looked up with a provider."""
        self._journal.await_no_more(ids, provider)

    def decide(self, conflicts: Sequence[Conflict], *, take: bool) -> Done | None:
        """Let papers take what documents say, of each field the first, or keep what they have.

        Either is remembered, whichever document says it again. None if it was decided meanwhile.
        """
        return self._journal.decide(conflicts, take=take)

    def rekey(self, ids: Sequence[int]) -> Done | None:
        """Give papers the citation keys that `renamed` tells; those before still lead to them."""
        return self._journal.rekey(ids)

    def renamed(self, ids: Sequence[int]) -> dict[int, str]:
        """The keys that papers would have if theirs had not been handed out, where others."""
        from readinglist.library.intake import naming  # with SQLModel behind it

        return naming.renamed(self._connection, ids)

    def merge(self, kept: int, gone: int, values: Mapping[str, object] | None = None) -> Done:
        """Make two papers one, which keeps the first one's key; the other's key leads to it.

        `values` are those of its `merging.FIELDS` that shall not be as in `merging.proposal`.
        """
        return self._journal.merge(kept, gone, values or {})

    def set_distinct(self, first: int, second: int) -> Done | None:
        """Remember that two papers are two, so that they are never offered as one again."""
        return self._journal.set_distinct(first, second)

    def set_trashed(self, ids: Sequence[int], trashed: bool) -> Done | None:
        """Move papers to the trash, or take them out of it."""
        return self._journal.set_trashed(ids, trashed)

    def empty_trash(self, ids: Iterable[int]) -> int:
        """Delete for good those of these papers that are in the trash; return how many were.

        This cannot be undone, and neither can what was done to them before.
        """
        return self._journal.empty_trash(ids)

    # Searches: no edits of papers, and not in the journal

    def save_search(self, saved: Saved) -> None:
        """Keep a search under its name, in place of the one that has it.

        `UsageError` for a name that cannot be one, `QueryError` for a query that cannot be read.
        """
        self._journal.save_search(saved)

    def rename_search(self, old: str, new: str) -> None:
        """Give a saved search another name; `UnknownSearch`, or `UsageError` if that is taken."""
        self._journal.rename_search(old, new)

    def delete_search(self, name: str) -> None:
        """Forget a saved search; `UnknownSearch`."""
        self._journal.delete_search(name)

    def start_with_search(self, name: str | None) -> None:
        """Let the app begin with a saved search, or with all papers; `UnknownSearch`."""
        self._journal.start_with_search(name)

    # The journal

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

    def pin_keys(self, ids: Iterable[int]) -> list[int]:
        """Remember that these papers' citation keys have been handed out; of which it is new."""
        loose = reading.unpinned(self._connection, ids)
        if loose:
            self._journal.pin_keys(loose)
        return loose

    def remember(self, name: str, value: int) -> None:
        """Note how far something has come; no edit, and nothing to undo."""
        if self.remembered(name) != value:
            self._journal.remember(name, value)

    def ingest(self, content: Reading | Stream, *, name: str, path: str, digest: str) -> Receipt:
        """Bring one document's records in, all or nothing; what the user wrote is not touched."""
        from readinglist.library.intake import ingest  # with SQLModel behind it

        if not self.exists:
            self._make(content.size)
        return ingest.ingest(self._journal, content, name=name, path=path, digest=digest)

    def compare(self, stop: Callable[[], bool] | None = None) -> int:
        """Look for pairs that look alike among the papers not compared yet; how many are new.

        That takes a second for some thousand papers. `stop` is asked between steps; what has
        been compared until then need not be compared again.
        """
        from readinglist.library.intake.lookalikes import Comparison

        comparison = Comparison(self._connection)
        since, until = comparison.since(), comparison.last()
        found: set[tuple[int, int]] = set()
        while since < until and not (stop is not None and stop()):
            last, pairs = comparison.batch(since, until)
            if self._journal.offer_pairs(pairs, since=since, until=last):
                found |= {(pair.first, pair.second) for pair in pairs}
            since = comparison.since()
        return sum((each.first, each.second) in found for each in self.lookalikes()) if found else 0

    @contextmanager
    def rehearsal(self) -> Iterator[None]:
        """Change nothing for good: what is written inside is rolled back at the end."""
        with self._journal.rehearsal():
            yield

    # Life

    def warm_up(self) -> None:
        """Import what the first search and write need, and back up once a day; for a thread."""
        _ = self._searcher  # a search may come before any edit
        import readinglist.library.intake.ingest
        import readinglist.library.journal.journal  # noqa: F401 (loaded for what it loads)
        from readinglist.library.safety.backup import back_up_daily

        back_up_daily(self.path)

    @property
    def _journal(self) -> Journal:
        if self._writer is None:
            from readinglist.library.journal.journal import Journal  # with SQLModel behind it

            if not self.exists:
                self._make()
            self._writer = Journal(self.path, patience=self._patience)
            self._missed = super().changed_elsewhere()  # nothing of it can be ours yet
        return self._writer

    def _make(self, expected: int = 0) -> None:
        from readinglist.library.storage import schema

        schema.make(self.path, expected)
        self._open()

    def changed_elsewhere(self) -> bool:
        """Whether another library or program has committed since this was last asked."""
        if not self.exists and database.is_there(self.path):
            self._open()
            return True
        if self._writer is None:
            return super().changed_elsewhere()
        missed, self._missed = self._missed, False
        return self._writer.changed_elsewhere() or missed

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
