"""What stands in the sections of an import's review: papers, what was not read, conflicts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from readinglist.library import Library
from readinglist.outcomes import Conflict
from readinglist.tui.looks.cells import one_line
from readinglist.tui.outcome import Outcome, Trouble
from readinglist.tui.screens.item_list import Item, Pages
from readinglist.tui.wording.conflict_lines import both_sides, conflict_items, field_name
from readinglist.tui.wording.paragraph import Paragraph
from readinglist.tui.wording.trouble_lines import trouble_item, trouble_told

NEW, MERGED, CHANGED, UNREADABLE, CONFLICTS = range(5)
_LABELS = ("New", "Merged", "Changed", "Unreadable", "Conflicts")
_NOTHING = (
    "No paper was new.",
    "No paper was in the library before.",
    "No paper took anything from it.",
    "All of it could be read.",
    "Nothing is left to decide.",
)


class Contents:
    """The lines of each section, read from the library once they show; no widget is known here."""

    def __init__(self, library: Library, outcome: Outcome) -> None:
        self._library = library
        self._fields = dict(outcome.changed)
        self._papers: tuple[Sequence[int], ...] = (
            outcome.new,
            outcome.merged,
            tuple(self._fields),
        )
        self.troubles: Sequence[Trouble] = outcome.troubles
        self.conflicts = library.conflicts()
        self._calling = (
            (CONFLICTS, outcome.conflicts),
            (UNREADABLE, outcome.troubles),
            (CHANGED, outcome.changed),
            (NEW, outcome.new),
        )

    def counts(self) -> list[tuple[str, int]]:
        """The sections and how much is in each; that of conflicts only where there are some."""
        counts = [len(ids) for ids in self._papers] + [len(self.troubles)]
        counts += [len(self.conflicts)] if self.conflicts else []
        return list(zip(_LABELS, counts, strict=False))

    def first(self) -> int:
        """The section that calls for a look."""
        return next((section for section, found in self._calling if found), MERGED)

    def read_again(self) -> None:
        """Look what is left to decide."""
        self.conflicts = self._library.conflicts()

    # By a section and a place in it

    def lines(self, section: int) -> Sequence[Item]:
        """What it lists, or that there is nothing."""
        if section == UNREADABLE:
            lines: Sequence[Item] = list(map(trouble_item, self.troubles))
        elif section == CONFLICTS:
            lines = Pages(range(len(self.conflicts)), self._conflict_items)
        else:
            lines = Pages(self._papers[section], partial(self._paper_items, section))
        return lines if len(lines) else [Item(_NOTHING[section], stop=False)]

    def trouble(self, section: int, place: int) -> Trouble | None:
        """What could not be read there."""
        here = section == UNREADABLE and 0 <= place < len(self.troubles)
        return self.troubles[place] if here else None

    def conflict(self, section: int, place: int) -> Conflict | None:
        """What is to be decided there."""
        here = section == CONFLICTS and 0 <= place < len(self.conflicts)
        return self.conflicts[place] if here else None

    def paper(self, section: int, place: int) -> int | None:
        """The paper there."""
        if section == CONFLICTS:
            conflict = self.conflict(section, place)
            return conflict.paper if conflict else None
        ids = self._papers[section] if section < UNREADABLE else ()
        return ids[place] if 0 <= place < len(ids) else None

    def text(self, section: int, place: int) -> Iterator[Paragraph]:
        """The whole of what could not be read, or both sides of what is to be decided."""
        if trouble := self.trouble(section, place):
            yield from trouble_told(trouble)
        elif conflict := self.conflict(section, place):
            yield from both_sides(conflict)

    def _conflict_items(self, places: Sequence[int]) -> list[Item]:
        return conflict_items(self._library, [self.conflicts[place] for place in places])

    def _paper_items(self, section: int, ids: Sequence[int]) -> list[Item]:
        rows = {row.id: row for row in self._library.rows(ids)}
        return [
            Item(one_line(rows[paper].title), aside=self._beside(section, paper, rows[paper].key))
            if paper in rows
            else Item("deleted for good", stop=False)
            for paper in ids
        ]

    def _beside(self, section: int, paper: int, key: str) -> str:
        if section != CHANGED:
            return one_line(key)
        return ", ".join(map(field_name, self._fields[paper]))
