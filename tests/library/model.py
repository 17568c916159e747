"""A library as plain as can be: what documents say, and the user's changes laid over it.

It is slow and obvious, and knows nothing of how the real one is stored. Papers have the real
one's ids; everything else is worked out from what was done.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from readinglist.citekeys import forms, keys_apart, make_key
from readinglist.library.journal.merging import both_notes
from readinglist.records import Record
from readinglist.text import fingerprint, identity

Field = tuple[int, str]
FACTS = ("title", "abstract", "authors", "year", "venue", "doi", "arxiv_id", "urls")
DETAILS = ("pages", "volume")
BROUGHT = ("status", "starred", "note")
NOTHING: dict[str, Any] = {
    "status": "inbox", "starred": False, "tags": frozenset(), "note": None, "trashed": False,
    "into": None, "retitled": None, "told": frozenset(),
}  # fmt: skip
PROGRESS = ("inbox", "skipped", "to-read", "reading", "read")


@dataclass
class Paper:
    """What documents say of a paper, and where: never what its user says."""

    identity: str
    said: dict[str, Any]
    seen: list[tuple[int, int]] = field(default_factory=list)


class Model:
    """Papers, and the changes that stand (`past`) or can be done again (`future`)."""

    def __init__(self) -> None:
        self.papers: dict[int, Paper] = {}
        self.past: list[dict[Field, Any]] = []
        self.future: list[dict[Field, Any]] = []
        self.alike: set[frozenset[int]] = set()
        self.former: dict[Field, list[Any]] = {}

    # What is shown

    def shown(self, paper: int, name: str) -> Any:
        for change in reversed(self.past):
            if (paper, name) in change:
                return change[paper, name]
        said = self.papers[paper].said
        return said.get(name, NOTHING.get(name))

    def survivor(self, paper: int) -> int:
        into = self.shown(paper, "into")
        return paper if into is None else into

    def separate(self) -> list[int]:
        return [paper for paper in self.papers if self.shown(paper, "into") is None]

    def present(self) -> list[int]:
        return [paper for paper in self.separate() if not self.shown(paper, "trashed")]

    def trash(self) -> list[int]:
        return [paper for paper in self.separate() if self.shown(paper, "trashed")]

    def seen(self, paper: int) -> set[tuple[int, int]]:
        return {
            place
            for other in self.papers
            if self.survivor(other) == paper
            for place in self.papers[other].seen
        }

    def offered(self) -> set[frozenset[int]]:
        """The pairs that look alike and are not decided, of those that papers have become."""
        present = set(self.present())
        apart = {
            frozenset({self.survivor(paper), self.survivor(other)})
            for paper in self.papers
            for other in self.shown(paper, "told")
            if other in self.papers
        }
        became = {frozenset(map(self.survivor, pair)) for pair in self.alike}
        return {pair for pair in became - apart if len(pair) == 2 and pair <= present}

    def keys(self) -> dict[int, str]:
        """The citation keys, none of which was handed out."""
        choices = {
            paper: make_key(
                self.shown(paper, "title"),
                authors=self.shown(paper, "authors"),
                year=self.shown(paper, "year"),
            )
            for paper in self.papers
        }
        found: dict[int, str] = {}
        for choice in choices.values():
            alike = [paper for paper in choices if choices[paper] == choice]
            away = {paper for paper in alike if self.survivor(paper) != paper and len(alike) > 1}
            wishes = {paper: forms(choice, self.papers[paper].identity) for paper in alike}
            apart = keys_apart([wishes[paper][paper in away :] for paper in alike], lambda _: False)
            found |= dict(zip(alike, apart, strict=True))
        return found

    # What the user does

    def change(self, values: Mapping[Field, Any]) -> set[int]:
        """Record what differs; the papers that it touched."""
        altered = {at: value for at, value in values.items() if self.shown(*at) != value}
        if altered:
            for at, value in altered.items():
                self.former.setdefault(at, []).extend((self.shown(*at), value))
            self.past.append(altered)
            self.future.clear()
        return {paper for paper, _ in altered}

    def edit(self, papers: Iterable[int], name: str, value: Any) -> set[int]:
        return self.change({(paper, name): value for paper in papers if paper in self.present()})

    def facts(self, paper: int, facts: Mapping[str, Any]) -> dict[Field, Any]:
        values = {(paper, name): value for name, value in facts.items() if name != "details"}
        values |= {(paper, name): text or None for name, text in facts.get("details", {}).items()}
        if "title" in facts:
            new = fingerprint(identity(facts["title"]))
            values[paper, "retitled"] = new if new != self.papers[paper].identity else None
        return values

    def merge(self, kept: int, gone: int, chosen: Mapping[str, Any]) -> set[int]:
        merged = {**self._merged(kept, gone), **chosen}
        values = self.facts(kept, merged)
        values |= {(gone, "trashed"): True, (gone, "into"): kept}
        values |= {(paper, "into"): kept for paper in self.papers if self.survivor(paper) == gone}
        return self.change(values)

    def _merged(self, kept: int, gone: int) -> dict[str, Any]:
        def both(name: str) -> tuple[Any, Any]:
            return self.shown(kept, name), self.shown(gone, name)

        merged = {name: both(name)[0] or both(name)[1] for name in (*FACTS, *DETAILS)}
        one, other = both("abstract")
        if other and other.startswith(one or ""):
            merged["abstract"] = other
        merged["urls"] = tuple(dict.fromkeys([*both("urls")[0], *both("urls")[1]]))
        merged["status"] = max(both("status"), key=PROGRESS.index)
        merged["starred"] = any(both("starred"))
        merged["tags"] = both("tags")[0] | both("tags")[1]
        merged["note"] = both_notes(*both("note"))
        return merged

    def tell_apart(self, one: int, other: int) -> set[int]:
        return self.change(
            {
                (one, "told"): self.shown(one, "told") | {other},
                (other, "told"): self.shown(other, "told") | {one},
            }
        )

    def undo(self) -> bool:
        if self.past:
            self.future.append(self.past.pop())
            return True
        return False

    def redo(self) -> bool:
        if self.future:
            self.past.append(self.future.pop())
            return True
        return False

    def empty_trash(self) -> int:
        doomed = self.trash()
        gone = {paper for paper in self.papers if self.survivor(paper) in doomed}
        for paper in gone:
            del self.papers[paper]
        self.former = {at: values for at, values in self.former.items() if at[0] not in gone}
        self.alike = {pair for pair in self.alike if not pair & gone}
        self.past = self._without(gone, self.past)
        self.future = self._without(gone, self.future)
        return len(doomed)

    def _without(self, gone: set[int], changes: list[dict[Field, Any]]) -> list[dict[Field, Any]]:
        kept = []
        for change in changes:
            pair_broken = any(name == "told" and paper in gone for paper, name in change)
            left = {
                at: value
                for at, value in change.items()
                if at[0] not in gone and not (at[1] == "told" and pair_broken)
            }
            kept += [left] if left else []
        return kept

    # What documents say

    def take(self, document: int, records: Sequence[Record], new_ids: Sequence[int]) -> list[int]:
        """Let a document say something; the papers that it is about, one for each record."""
        fresh = iter(new_ids)
        about = []
        along: dict[Field, Any] = {}
        for position, record in enumerate(records):
            paper = self._meet(record)
            if paper is None:
                paper = next(fresh)
                said = {name: getattr(record, name) for name in (*FACTS, *BROUGHT)}
                said |= {"tags": frozenset(record.tags), **dict(record.details)}
                self.papers[paper] = Paper(fingerprint(identity(record.title)), said)
            else:
                self._fill(self.survivor(paper), record)
                self._bring_along(self.survivor(paper), record, along)
            self.papers[paper].seen.append((document, position))
            about.append(paper)
        assert next(fresh, None) is None
        self.change(along)
        return about

    def _bring_along(self, paper: int, record: Record, along: dict[Field, Any]) -> None:
        """Take a note where there is none, and tags; but none that was there once and is not."""
        note, tags = (paper, "note"), (paper, "tags")
        ours = along.get(note) or self.shown(*note)
        known = [ours, *self.former.get(note, [])]
        if record.note and not ours and not any(record.note in each for each in known if each):
            along[note] = record.note
        once = frozenset[str]().union(*self.former.get(tags, []))
        along[tags] = along.get(tags, self.shown(*tags)) | (frozenset(record.tags) - once)

    def _meet(self, record: Record) -> int | None:
        found = []
        merged_first = sorted(self.papers, key=lambda paper: (self.survivor(paper) == paper, paper))
        for name in ("doi", "arxiv_id"):
            value = getattr(record, name)
            found += [p for p in merged_first if value and self.shown(p, name) == value]
        folded = fingerprint(identity(record.title))
        found += [p for p in merged_first if self.papers[p].identity == folded]
        found += [p for p in merged_first if self.shown(p, "retitled") == folded]
        present = set(self.present())
        here = [paper for paper in found if self.survivor(paper) in present]
        for other in here[1:]:
            pair = frozenset({self.survivor(here[0]), self.survivor(other)})
            self.alike |= {pair} if len(pair) == 2 else set()
        return next(iter(here or found), None)

    def _fill(self, paper: int, record: Record) -> None:
        said = self.papers[paper].said
        for name in ("authors", "year", "venue", "doi", "arxiv_id"):
            value = getattr(record, name)
            if value and not said[name] and not self._is_anothers(paper, name, value):
                said[name] = value
        for name, text in record.details:
            said[name] = said.get(name) or text
        if record.abstract and record.abstract.startswith(said["abstract"] or ""):
            said["abstract"] = record.abstract
        said["urls"] = tuple(dict.fromkeys([*said["urls"], *record.urls]))

    def _is_anothers(self, paper: int, name: str, value: Any) -> bool:
        if name not in ("doi", "arxiv_id"):
            return False
        return any(
            self.shown(other, name) == value and self.survivor(other) != paper
            for other in self.papers
        )
