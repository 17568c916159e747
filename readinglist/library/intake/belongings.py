"""What a user wrote on a paper elsewhere, its note and its tags, which come along with it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from sqlmodel import Session

from readinglist.errors import UsageError
from readinglist.library.intake.agreement import same_note
from readinglist.library.intake.disputing import Contradiction
from readinglist.library.journal.recording import Alteration, record_all, who
from readinglist.library.journal.tags import LONGEST, tag_names
from readinglist.library.journal.values import TAGS, tags_by_name
from readinglist.library.storage.bulk import put
from readinglist.library.storage.writer import dbapi
from readinglist.models import PaperTag, Tag
from readinglist.records import Problem, Record

NOTE: Final = "note"

_NOTES: Final = "SELECT id, note FROM paper WHERE id IN (SELECT value FROM json_each(?))"
_TAGS: Final = """
SELECT paper_id, name FROM paper_tag JOIN tag ON tag.id = tag_id
WHERE paper_id IN (SELECT value FROM json_each(?)) ORDER BY paper_id, lower(name)
"""
_FORMER: Final = """
SELECT paper_id, field, before, after FROM edit
WHERE field IN ('note', 'tags') AND paper_id IN (SELECT value FROM json_each(?))
"""
_UNUSABLE: Final = f"has a tag that stays out, for it is longer than {LONGEST} characters"


def give_tags(session: Session, tags: Mapping[int, Sequence[str]]) -> None:
    """Tag papers that have no tags yet; a tag that exists keeps its spelling."""
    if not tags:
        return
    wanted = {paper: _usable(names) for paper, names in tags.items()}
    known = tags_by_name(session)
    for name in dict.fromkeys(name for names in wanted.values() for name in names):
        if name.casefold() not in known:
            known[name.casefold()] = Tag(name=name)
            session.add(known[name.casefold()])
    session.flush()
    put(
        dbapi(session),
        PaperTag,
        ("paper_id", "tag_id"),
        ((paper, known[name.casefold()].id) for paper, names in wanted.items() for name in names),
    )


def _usable(names: Sequence[str]) -> list[str]:
    """Those of the names that a tag can have here."""
    try:
        return tag_names(names)
    except UsageError:
        if len(names) == 1:
            return []
        found = [good for name in names for good in _usable([name])]
        return tag_names(found) if found else []


def unusable_tags(records: Iterable[Record]) -> Iterator[Problem]:
    """The tags of records that no paper can have, for they are whole sentences."""
    for record in records:
        for name in record.tags:
            if len(name) > LONGEST and not _usable([name]):
                yield Problem(record.line, _UNUSABLE, name)


class Brought(NamedTuple):
    """What came along: how many papers took a note, and how many took tags."""

    notes: int = 0
    tagged: int = 0


class _Own(NamedTuple):
    """What a paper has, and in `former` all that it had at any time: notes, and tags without case.

    What was there once and is not now, its user has taken away.
    """

    note: str | None
    tags: list[str]
    former_notes: list[str]
    former_tags: set[str]


class Belongings:
    """Notes and tags of one document for papers that were here before, taken in one change.

    A note is taken where there is none; where there is another, it is disputed. Tags are added.
    Nothing comes back that its user has taken away, whatever document brings it again.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._connection = dbapi(session)
        self._notes: dict[int, str] = {}
        self._tags: dict[int, tuple[list[str], list[str]]] = {}

    def offer(
        self, met: Iterable[tuple[int, Record]], dispute: Callable[[Contradiction], None]
    ) -> Iterator[list[str]]:
        """Say of each paper and record which of these fields the paper takes."""
        met = [*met]
        own = self._own([paper for paper, record in met if record.note or record.tags])
        for paper, record in met:
            taken: list[str] = []
            if record.note and self._takes_note(paper, own[paper], record.note, dispute):
                taken.append(NOTE)
            if record.tags and self._takes_tags(paper, own[paper], record.tags):
                taken.append(TAGS)
            yield taken

    def settle(self, source: str) -> Brought:
        """Write what was taken, as one change that can be undone."""
        known = {folded: tag.name for folded, tag in tags_by_name(self._session).items()}
        altered = [Alteration(paper, NOTE, None, note) for paper, note in self._notes.items()]
        for paper, (before, added) in self._tags.items():
            spelt = [known.setdefault(name.casefold(), name) for name in added]
            altered.append(
                Alteration(paper, TAGS, before, sorted([*before, *spelt], key=str.casefold))
            )
        if altered:
            record_all(self._session, self._label(source), altered)
        return Brought(len(self._notes), len(self._tags))

    def _label(self, source: str) -> str:
        what = " and ".join(
            name for name, taken in (("note", self._notes), ("tags", self._tags)) if taken
        )
        papers = [*{**self._notes, **self._tags}]
        s = "s" * (len(papers) > 1)
        shown = f"{who(self._session, papers)} paper{s}" if s else who(self._session, papers)
        return f"took {what.replace('note', f'note{s}')} of {shown} from {source}"

    def _takes_note(
        self, paper: int, own: _Own, note: str, dispute: Callable[[Contradiction], None]
    ) -> bool:
        here = self._notes.get(paper) or own.note
        if any(same_note(each, note) for each in [here or "", *own.former_notes]):
            return False
        if here:
            dispute(Contradiction(paper, NOTE, json.dumps(note, ensure_ascii=False)))
            return False
        self._notes[paper] = note
        return True

    def _takes_tags(self, paper: int, own: _Own, names: Sequence[str]) -> bool:
        before, added = self._tags.get(paper, (own.tags, []))
        here = {name.casefold() for name in (*before, *added)} | own.former_tags
        new = [name for name in _usable(names) if name.casefold() not in here]
        if new:
            self._tags[paper] = (before, [*added, *new])
        return bool(new)

    def _own(self, papers: Iterable[int]) -> dict[int, _Own]:
        wanted = json.dumps(list(dict.fromkeys(papers)))
        if wanted == "[]":
            return {}
        found = {
            paper: _Own(note, [], [], set())
            for paper, note in self._connection.execute(_NOTES, [wanted])
        }
        for paper, name in self._connection.execute(_TAGS, [wanted]):
            found[paper].tags.append(name)
        for paper, field, *sides in self._connection.execute(_FORMER, [wanted]):
            for value in map(json.loads, sides):
                _remember(found[paper], field, value)
        return found


def _remember(own: _Own, field: str, value: Any) -> None:  # a value of the journal: text or names
    if field == TAGS:
        own.former_tags.update(map(str.casefold, value))
    elif value:
        own.former_notes.append(value)
