"""Some papers as a lookup may alter them: what each lacks, what may be renewed, what may not."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any, Final, NamedTuple

from sqlmodel import Session, col, select

from readinglist.errors import UsageError
from readinglist.findings import Finding
from readinglist.library.found_facts import from_text, to_text
from readinglist.library.intake.pairs import Pair, offer
from readinglist.library.journal import facts
from readinglist.library.journal.facts import DETAIL, FACTS
from readinglist.library.journal.found_values import ORIGINS, SUGGESTIONS, Kept
from readinglist.library.journal.pieces import Values
from readinglist.library.journal.recording import Alteration, out_of_reach
from readinglist.library.journal.values import present_among, read_values
from readinglist.library.storage.writer import chunks, dbapi, now
from readinglist.models import Change, Edit, Paper
from readinglist.records import Record

_NOTHING: Final = (None, "", "[]")
_UNIQUE: Final = ("doi", "arxiv_id")
_PUBLISHED: Final = ("venue", "doi")
_MOST_OPEN: Final = 6  # suggestions for one paper


class Renewable(NamedTuple):
    """Which fields may get another value: those of the same provider, those of others."""

    own: bool
    others: bool


LACKING: Final = Renewable(own=False, others=False)
"""Only what a paper lacks is written."""


class Shelf:
    """Some papers with all that a lookup may alter of them, before and after."""

    def __init__(self, session: Session, papers: Iterable[int]) -> None:
        self._session = session
        self._time = now()
        ids = [paper for chunk in chunks(papers) for paper in present_among(session, chunk)]
        self._ids = frozenset(ids)
        self._before: dict[str, Values] = {
            name: read_values(session, name, ids) for name in (*FACTS, ORIGINS, SUGGESTIONS)
        }
        self._after: dict[str, Values] = {}
        self._by_user = _set_by_user(session, ids)

    def has(self, paper: int) -> bool:
        """Whether the paper is there, and not in the trash."""
        return paper in self._ids

    def alterations(self) -> list[Alteration]:
        """Everything that has become another."""
        return [
            Alteration(paper, name, self._before[name][paper], value)
            for name, values in self._after.items()
            for paper, value in values.items()
            if self._before[name][paper] != value
        ]

    def _value(self, paper: int, name: str) -> Any:
        if name not in self._before:  # one of the details
            self._before[name] = read_values(self._session, name, [*self._ids])
        return self._after.get(name, {}).get(paper, self._before[name][paper])

    def _set(self, paper: int, name: str, value: Any) -> None:
        self._after.setdefault(name, {})[paper] = value

    # Facts

    def take(self, finding: Finding, renewable: Renewable) -> tuple[str, ...]:
        """Take of what was found what the paper lacks, and what is newer of what is `renewable`."""
        said = said_by(finding.record)
        wanted = {
            name: value
            for name, value in said.items()
            if value not in _NOTHING and self._may(finding, name, value, renewable)
        }
        return self.give(finding, wanted)

    def _may(self, finding: Finding, name: str, value: Any, renewable: Renewable) -> bool:
        paper = finding.paper
        current = self._value(paper, name)
        if current == value or (name in _UNIQUE and self._is_of_another(paper, name, value)):
            return False
        if (paper, name) in self._by_user:
            return False
        if current in _NOTHING:
            return True
        if name == "year" and self._is_preprint_of(finding):
            return False
        origin = self._value(paper, ORIGINS).get(name)
        if origin is None or origin[3] != json.dumps(current):
            return False
        provider, _, score, _ = origin
        if provider == finding.provider:
            return renewable.own
        return renewable.others and finding.score >= score

    def _is_preprint_of(self, finding: Finding) -> bool:
        """Whether the paper has been published, by all that is known, and what was found is not."""
        found = finding.record
        known = (self._value(finding.paper, name) for name in _PUBLISHED)
        return not (found.venue or found.doi) and any(value not in _NOTHING for value in known)

    def give(self, finding: Finding, values: Mapping[str, Any]) -> tuple[str, ...]:
        """Give the paper these values; the names of those that it had not."""
        paper = finding.paper
        given = [name for name, value in values.items() if self._value(paper, name) != value]
        for name in given:
            self._set(paper, name, values[name])
        said = said_by(finding.record)
        theirs = [name for name in given if values[name] == said.get(name)]
        self.remember(paper, finding.provider, finding.score, said, theirs)
        return tuple(given)

    def remember(
        self, paper: int, provider: str, score: float, said: Mapping[str, Any], names: Iterable[str]
    ) -> None:
        """Note from whom fields are."""
        origins = dict(self._value(paper, ORIGINS))
        for name in names:
            if name in said:
                origins[name] = [provider, self._time, score, json.dumps(said[name])]
        self._set(paper, ORIGINS, dict(sorted(origins.items())))

    def offer_rivals(self, paper: int, values: Mapping[str, Any]) -> None:
        """Offer a paper and those that have an identifier among these values as one."""
        for name in _UNIQUE:
            if values.get(name):
                self._is_of_another(paper, name, values[name])

    def _is_of_another(self, paper: int, name: str, value: str) -> bool:
        """Whether another paper has an identifier already; then the two are offered as one."""
        having = select(Paper.id, Paper.merged_into).where(getattr(Paper, name) == value)
        owners = {into or other or 0 for other, into in self._session.exec(having)}
        given = self._after.get(name, {})  # by this lookup, to another copy of the same work
        owners |= {other for other, theirs in given.items() if theirs == value}
        rivals = present_among(self._session, [*owners - {paper}])
        pairs = [sorted((paper, rival)) for rival in rivals]
        offer(dbapi(self._session), [Pair(first, second, 1.0, 0.0) for first, second in pairs])
        return bool(rivals)

    # Suggestions

    def suggest(self, finding: Finding) -> bool:
        """Keep a suggestion, unless it is there; one that was rejected stays so."""
        known: list[list[Any]] = self._value(finding.paper, SUGGESTIONS)
        name = (finding.provider, finding.identifier)
        opened = sum(Kept(*each).state == "open" for each in known)
        if opened >= _MOST_OPEN or any(Kept(*each).name == name for each in known):
            return False
        new = Kept(*name, self._time, finding.score, to_text(finding.record), "open")
        self._set(finding.paper, SUGGESTIONS, sorted([*known, list(new)]))
        return True

    def is_rejected(self, finding: Finding) -> bool:
        """Whether the user has said that this is another work, whoever knows it now."""
        states = {
            each.state
            for each in map(Kept._make, self._value(finding.paper, SUGGESTIONS))
            if each.name == (finding.provider, finding.identifier)
            or _names(from_text(each.record)) & _names(finding.record)
        }
        return "rejected" in states and "accepted" not in states

    def open_suggestion(self, paper: int, provider: str, identifier: str) -> Kept | None:
        """A suggestion that nobody has decided on."""
        if not self.has(paper):
            raise out_of_reach(1)
        for each in map(Kept._make, self._value(paper, SUGGESTIONS)):
            if each.name == (provider, identifier) and each.state == "open":
                return each
        return None

    def decide(self, paper: int, name: tuple[str, str], state: str, others: str = "open") -> None:
        """Give a suggestion its state, and the open ones beside it theirs."""
        decided = [
            list(each._replace(state=state if each.name == name else others))
            if each.state == "open"
            else list(each)
            for each in map(Kept._make, self._value(paper, SUGGESTIONS))
        ]
        self._set(paper, SUGGESTIONS, decided)


def _names(record: Record) -> set[str]:
    """The identifiers of a work, which it has wherever it is found."""
    return {name for name in (record.doi, record.arxiv_id) if name}


def said_by(record: Record) -> dict[str, Any]:
    """What a record says beside its title, by the names of fields, as their columns hold it."""
    said: dict[str, Any] = {}
    for name in FACTS:
        value = getattr(record, name)
        if value and name != "title":
            with suppress(UsageError):
                said |= facts.stored(facts.checked({name: value}))
    return said | {f"{DETAIL}{name}": value for name, value in record.details}


def _set_by_user(session: Session, papers: Iterable[int]) -> set[tuple[int, str]]:
    """The facts whose last change that stands is the user's own: emptied, written, or put back."""
    last: dict[tuple[int, str], int] = {}
    by_lookup: set[tuple[int, int]] = set()
    for chunk in chunks(papers):
        edits = select(Edit.paper_id, Edit.field, Edit.change_id).join(Change)
        standing = edits.where(col(Edit.paper_id).in_(chunk), Change.state == "done")
        for paper, field, change in session.exec(standing.order_by(col(Change.id))):
            last[paper, field] = change
            if field == ORIGINS:
                by_lookup.add((paper, change))
    return {at for at, change in last.items() if (at[0], change) not in by_lookup}
