"""The reading half of the library: one open file, asked through plain sqlite3."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from readinglist.errors import UnknownKey
from readinglist.findings import Origin, Suggestion
from readinglist.library import conflicts, reading, resolving
from readinglist.library.intake import documents, pairs
from readinglist.library.search import listing
from readinglist.library.search.results import Results
from readinglist.library.storage import database
from readinglist.library.storage.opening import open_file
from readinglist.outcomes import Chapter, Conflict, Imported, Likeness, Similar, Step
from readinglist.records import Entry, Facet, FacetCounts, Row, Saved, Sort

if TYPE_CHECKING:
    from datetime import date

    from readinglist.library.search.searcher import Searcher
    from readinglist.library.search.xray import Xray
    from readinglist.library.statistics.figures import Statistics


_LIKE_A_KEY = re.compile(r"[\w.+/-]+")


class Reader:
    """What can be asked of a library file; one that is not there yet reads as empty."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._blank: sqlite3.Connection | None = None
        if database.is_there(path):
            self._open()
        else:
            from readinglist.library.storage import schema  # with SQLModel behind it

            self._blank = schema.blank(path)
            self._read(self._blank)

    def _open(self) -> None:
        self._read(open_file(self.path))

    def _read(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._version = database.data_version(connection)
        self._asked: Searcher | None = None

    @property
    def _searcher(self) -> Searcher:
        if self._asked is None:
            from readinglist.library.search.searcher import (
                Searcher,  # 30 ms, and a plain list needs none
            )

            self._asked = Searcher(self._connection)
        return self._asked

    # Papers

    def search(
        self,
        query: str = "",
        *,
        where: Sequence[Facet] = (),
        sort: Sort | None = None,
        reverse: bool = False,
        lenient: bool = False,
        brief: bool = False,
        within: float | None = None,
    ) -> Results:
        """Find papers, the first of them only if `brief`; an empty query is all of them.

        Where even those are long in coming, what has come `within` about so many seconds, which
        may be nothing yet.

        `sort` None means relevance when the query has fuzzy words, else newest import first.
        Raises `QueryError`, unless `lenient` (someone is still typing): then what cannot be
        understood yet is left out and `Results.complaint` says why.
        """
        if query or where:
            return self._searcher.run(
                query,
                where=where,
                sort=sort,
                reverse=reverse,
                lenient=lenient,
                brief=brief,
                within=within,
            )
        found = listing.everything(self._connection, sort, reverse)
        return found if brief else found.extended()

    def adopted(self, found: Results) -> Results:
        """What another reader of this file found, read by this one."""
        return found.read_by(self._connection)

    @property
    def most(self) -> int:
        """No fewer than there are papers, wherever they are; known at once, and 0 if none is."""
        return reading.highest_id(self._connection)

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

        A key that a paper had before leads to it, and the key of a paper that was merged into
        another to that one. With `trashed`, they are those in the trash, otherwise the others.
        """
        return resolving.resolve(self._connection, list(keys), trashed=trashed)

    def trashed_among(self, ids: Iterable[int]) -> set[int]:
        """Those of these papers that are in the trash."""
        return reading.trashed_among(self._connection, ids)

    def counts(self) -> FacetCounts:
        """Counts for the facets, over the whole library."""
        return reading.counts(self._connection)

    def tags_of(self, ids: Iterable[int]) -> dict[str, int]:
        """The tags of these papers, each with how many of them have it."""
        return reading.tags_of(self._connection, ids)

    def tag_colours(self) -> dict[str, str]:
        """The colours of the tags that have one, each one of `tags.COLOURS`."""
        return reading.tag_colours(self._connection)

    def saved_searches(self) -> list[Saved]:
        """The searches that the user named, by name."""
        return reading.saved_searches(self._connection)

    # About a query

    def xray(
        self, query: str, found: int, *, where: Sequence[Facet] = (), lenient: bool = False
    ) -> Xray:
        """What each clause of a query that finds so many papers finds by itself.

        Where that is none, also the ways out. `Stopped` and `QueryError` as in `search`.
        """
        from readinglist.library.search import xray

        find = self._finder(lenient=lenient)
        return xray.xray(find, query, where, found=found, lenient=lenient)

    def counts_within(
        self, query: str, found: Results, *, where: Sequence[Facet] = (), lenient: bool = False
    ) -> FacetCounts:
        """For each facet, how many papers would be listed if it was chosen too.

        `found` is what is listed now. Another status takes the place of the one chosen. Names
        without papers are left out.
        """
        from readinglist.library.search import narrowing

        find = partial(self._finder(lenient=lenient), query)
        return narrowing.narrowed(self._connection, find, found, where)

    def authors_like(self, beginning: str) -> Mapping[str, int]:
        """Authors by the beginning of a name, those of the most papers first."""
        from readinglist.library.search import people

        return people.authors_like(self._connection, beginning)

    def _finder(self, *, lenient: bool) -> Callable[[str, Sequence[Facet]], Results]:
        return lambda query, where: self.search(query, where=where, lenient=lenient)

    def similar(self, paper_id: int, most: int = 20) -> list[Similar]:
        """The papers that are about the same as one, by their words, most alike first.

        None in the trash is among them. `Stopped` as in `search`.
        """
        from readinglist.library.similar.ranking import similar  # 5 ms, and few ask for it

        return similar(self._connection, paper_id, most)

    def like_typed(self, typed: str, most: int = 8) -> list[Row]:
        """Papers that somebody means who has typed so much of a key or a title."""
        found: dict[int, None] = {}
        if typed.strip() and _LIKE_A_KEY.fullmatch(typed):
            found.update(
                dict.fromkeys(self.search(f"key:{typed}*", lenient=True, brief=True).ids[:most])
            )
        found.update(dict.fromkeys(self.search(typed, lenient=True, brief=True).ids[:most]))
        return self.rows([*found][:most])

    def named(self, keys: Iterable[str]) -> dict[str, int]:
        """The papers that notes mean by these keys, former ones too; others are left out."""
        from readinglist.library.backlinks import named  # 1 ms, and few notes have links

        return named(self._connection, keys)

    def backlinks(self, paper_id: int) -> list[Row]:
        """The papers whose notes name this one, in double brackets or cited; newest first."""
        from readinglist.library.backlinks import backlinks

        return self.rows(backlinks(self._connection, paper_id))

    # Duplicates and imports

    def lookalikes(self) -> list[Likeness]:
        """The pairs of papers that may be one work, most alike first.

        None that was told apart is among them, and none with a paper in the trash.
        """
        return pairs.open_pairs(self._connection)

    def which_to_keep(self, first: int, second: int) -> tuple[int, int]:
        """The two in the order for `merge`: first that whose key was handed out, else the older."""
        loose = set(reading.unpinned(self._connection, [first, second]))
        kept, gone = sorted((first, second), key=lambda paper: (paper in loose, paper))
        return kept, gone

    def conflicts(self, document: int | None = None) -> list[Conflict]:
        """What documents say otherwise than the papers and nobody has decided on, newest first.

        With a document, what that one says.
        """
        return conflicts.conflicts(self._connection, document)

    def imported(self, document: int) -> Imported:
        """What a document brought; `LibraryError` if it is not known."""
        return documents.imported(self._connection, document)

    def latest_import(self) -> list[int]:
        """The documents that the newest import brought in, oldest first."""
        return documents.latest(self._connection)

    # Lookups

    def origins(self, ids: Iterable[int]) -> dict[int, dict[str, Origin]]:
        """Which fields of these papers are as a lookup filled them in, and from whom they are."""
        from readinglist.library import findings  # 3 ms, and a list needs none of it

        return findings.origins(self._connection, ids)

    def suggestions(self) -> list[Suggestion]:
        """What lookups found and nobody has decided on, paper by paper, the likeliest first."""
        from readinglist.library import findings  # 3 ms, and a list needs none of it

        return findings.suggestions(self._connection)

    def awaited(self, provider: str) -> list[int]:
        """The papers that wait for a lookup with a provider that could not be reached."""
        from readinglist.library import findings  # 3 ms, and a list needs none of it

        return findings.awaited(self._connection, provider)

    # The journal

    def history(self, limit: int | None = None) -> list[Chapter]:
        """The journal, newest first."""
        return reading.history(self._connection, limit)

    def timeline(self) -> list[tuple[int, str]]:
        """Id and state of every change in the journal, newest first."""
        return reading.timeline(self._connection)

    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return reading.has_done(self._connection)

    def can_redo(self) -> bool:
        """Whether there is an undone change to do again."""
        return reading.has_undone(self._connection)

    def reach(self, state: str, change: int | None = None) -> int:
        """How many values an undo ("done") or a redo ("undone") writes; `undo_to` with a change."""
        return reading.reach(self._connection, state, change)

    def steps(self, changes: Iterable[int]) -> list[Step]:
        """These changes of the journal, newest first."""
        return reading.steps(self._connection, changes)

    def touched(self, change: int) -> list[int]:
        """Ids of the papers that a change touched and that are still there."""
        return reading.touched(self._connection, change)

    def statistics(self, today: date | None = None) -> Statistics:
        """How the reading goes, from what the journal tells and was not undone.

        Days are those of the local calendar. `Stopped` as in `search`.
        """
        from readinglist.library.statistics.reckoning import statistics  # 12 ms, and rarely asked

        return statistics(self._connection, today)

    # Life

    def remembered(self, name: str) -> int:
        """How far something had come; 0 if nothing was noted."""
        return reading.marked(self._connection, name)

    def changed_elsewhere(self) -> bool:
        """Whether another connection has committed since this was last asked."""
        before, self._version = self._version, database.data_version(self._connection)
        return before != self._version

    @property
    def exists(self) -> bool:
        """Whether the library has a file; if not, the first write makes it."""
        return self._connection is not self._blank

    @property
    def files(self) -> frozenset[Path]:
        """Where the library and its journals are, symbolic links resolved."""
        return frozenset(database.files_of(self.path.resolve()))
