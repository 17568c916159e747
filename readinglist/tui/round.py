"""One walk through the inbox: the papers, the one at hand, and what has become of the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from readinglist.library import Library
from readinglist.records import Status

TRASHED = "trash"
_LOOKED_AT_ONCE = 100  # papers asked for at a time on the way to the next one
_FEW = 2000  # papers that are looked at within some milliseconds


class Round:
    """Papers that were in the inbox when the walk began, in order.

    `judged` are those known to be there no more, each with its status or `TRASHED`. The walk is at
    its end when `place` is behind the last paper. `before` is how many were judged in those that it
    goes on with; None if it stands by itself.
    """

    before: int | None = None

    def __init__(
        self, library: Library, ids: Sequence[int], index_of: Callable[[int], int | None]
    ) -> None:
        self._library = library
        self._index_of = index_of
        self.ids = ids
        self.place = 0
        self.judged: dict[int, str] = {}

    def extend(self, ids: Sequence[int], index_of: Callable[[int], int | None]) -> None:
        """Have more papers behind those there are."""
        self.ids, self._index_of = ids, index_of

    @property
    def paper(self) -> int | None:
        """The paper at hand; none at the end."""
        return self.ids[self.place] if self.place < len(self.ids) else None

    @property
    def done(self) -> int:
        """How many are judged, in the walks before this one too."""
        return (self.before or 0) + len(self.judged)

    @property
    def left(self) -> int:
        """How many are still to be judged."""
        return len(self.ids) - len(self.judged)

    def tally(self) -> Counter[str]:
        """How many were given each status."""
        return Counter(self.judged.values())

    # Walking

    def go(self, paper: int) -> bool:
        """Take a paper of the walk in hand; False if it is none."""
        place = self._index_of(paper)
        if place is not None:
            self.place = place
        return place is not None

    def step(self, by: int) -> bool:
        """Take the next paper or the one before, judged or not; False where there is none."""
        before = self.place
        self.place = min(max(before + by, 0), len(self.ids))
        return self.place != before

    def advance(self) -> None:
        """Take the next paper that is still to be judged; else the end."""
        found = self._undecided(self.place + 1, 1)
        self.place = len(self.ids) if found is None else found

    def retreat(self) -> bool:
        """Take the paper before that is still to be judged; False where there is none."""
        found = self._undecided(self.place - 1, -1)
        self.place = self.place if found is None else found
        return found is not None

    def restart(self) -> None:
        """Take the first paper that is still to be judged."""
        self.place = -1
        self.advance()

    def _undecided(self, place: int, step: int) -> int | None:
        while 0 <= place < len(self.ids):
            stop = min(max(place + step * _LOOKED_AT_ONCE, -1), len(self.ids))
            ahead = range(place, stop, step)
            self.look(self.ids[index] for index in ahead)
            for index in ahead:
                if self.ids[index] not in self.judged:
                    return index
            place = stop
        return None

    # What has become of the papers

    def look(self, papers: Iterable[int]) -> None:
        """Find out again what has become of some papers, others than those of the walk left out."""
        ours = [paper for paper in papers if self._index_of(paper) is not None]
        found = {row.id: row.status for row in self._library.rows(ours)}
        trashed = self._library.trashed_among(ours)
        for paper in ours:
            status = found.get(paper)
            if status is None or paper in trashed:
                self.judged[paper] = TRASHED
            elif status is Status.INBOX:
                self.judged.pop(paper, None)
            else:
                self.judged[paper] = str(status)

    def look_again(self) -> None:
        """Others may have judged: look at all papers, or at those at hand where they are many."""
        near = self.ids[max(0, self.place - _LOOKED_AT_ONCE) : self.place + _LOOKED_AT_ONCE]
        self.look(self.ids if len(self.ids) <= _FEW else [*near, *self.judged])
