"""Some records of a document on their way in: they meet their papers, and are written together."""

from __future__ import annotations

import json
from collections.abc import Sequence
from operator import itemgetter
from typing import Any, Final, NamedTuple

from sqlmodel import Session

from readinglist.citekeys import make_key
from readinglist.library.index.folding import words
from readinglist.library.index.index_rows import IndexRow
from readinglist.library.intake import naming
from readinglist.library.intake.belongings import Belongings, give_tags, unusable_tags
from readinglist.library.intake.disputing import Contradiction, contradictions, note
from readinglist.library.intake.filling import fill, may_fill
from readinglist.library.intake.keys import Keys
from readinglist.library.intake.lookalikes import title_likeness
from readinglist.library.intake.meeting import Encounter, Known, Register
from readinglist.library.intake.pairs import Pair, offer
from readinglist.library.intake.preparing import Prepared, complete, identifiers
from readinglist.library.intake.sightings import Place, own_words
from readinglist.library.journal.duplicates import remember_sightings
from readinglist.library.journal.facts import FACTS
from readinglist.library.journal.recording import Under, lay_under
from readinglist.library.storage.bulk import change, put
from readinglist.library.storage.writer import dbapi
from readinglist.models import Alias, Paper, Sighting
from readinglist.records import Problem, Record, Status
from readinglist.stopping import checkpoint

_FILLED: Final = ("abstract", "authors", "year", "venue", "doi", "arxiv_id", "urls", "details")
_PAPER: Final = (
    *("id", "key", "key_pinned", "identity", *FACTS, "status", "starred", "note"),
    *("added", "document_id", "position", "details"),
)
_SEEN: Final = ("document_id", "position", "paper_id", "line")
_SIGHTING: Final = (*_SEEN, "title", "abstract", "filled")
_filled: Final = itemgetter(*_FILLED)
_NEW: Final[tuple[Any, ...]] = (str(Status.INBOX), False, None)  # status, star and note of most
_HARDLY: Final = 0.01  # the likeness of two papers for which only an identifier speaks
_CHOICE: Final = ("title", "authors", "year")  # what a paper's choice of a key is made from


class Arrival(NamedTuple):
    """The document that records come from, and when it came."""

    document: int
    time: str


class Taken(NamedTuple):
    """What became of some records: the number of papers that are new, with the words of most.

    `altered` are the papers whose words have to be looked up. Those without a key have to find
    one, and so have those that would choose one of the keys that were `left`. `refused` tells of
    keys that are those of other papers and of tags that cannot be such; `conflicts` is how often
    records contradict their papers.
    """

    new: int
    rows: list[IndexRow]
    altered: list[int]
    nameless: list[int]
    left: list[str]
    refused: list[Problem]
    conflicts: int


class _Met(NamedTuple):
    """A record and the paper that it is about, with its own words and what the paper took."""

    paper: int
    record: Record
    position: int
    title: str | None
    abstract: str | None
    filled: list[str]


class Handful:
    """Records that follow each other in one document; `place` is that of the first."""

    def __init__(
        self,
        session: Session,
        arrival: Arrival,
        records: list[Prepared],
        belongings: Belongings,
        place: int,
        next_id: int,
    ) -> None:
        self._session = session
        self._belongings = belongings
        self._connection = dbapi(session)
        self._arrival = arrival
        self._place = place
        self._next_id = next_id
        self._register = Register(session, records)
        knows = self._register.knows
        self._records = [each if knows(each) else complete(each) for each in records]
        self._keys = Keys(self._connection, self._records)
        self._papers: list[tuple[Any, ...]] = []
        self._seen: list[tuple[int, ...]] = []
        self._sightings: list[tuple[Any, ...]] = []
        self._met: list[_Met] = []
        self._filled: dict[int, Known] = {}
        self._laid_under: dict[tuple[int, str], Under] = {}
        self._through: dict[int, list[Place]] = {}
        self._pairs: list[Pair] = []
        self._tagged: dict[int, Sequence[str]] = {}
        self._named: dict[int, Known] = {}
        self._nameless: list[int] = []
        self._left: list[str] = []
        self._disputed: list[Contradiction] = []
        self._conflicts = 0
        self._rows: dict[int, IndexRow] = {}
        self._worded: list[int] = []

    def take(self) -> Taken:
        """Write them."""
        checkpoint()
        for position, record in enumerate(self._records, start=self._place):
            met = self._register.meet(record)
            if met is None:
                self._add(record, position)
            else:
                self._see(met.paper, record, position)
                if met.through is not None or met.others:
                    self._remember(met, position)
        self._write()
        for paper in self._filled:
            self._rows.pop(paper, None)
        users = (each.record for each in self._records if each.users)
        return Taken(
            len(self._papers),
            [*self._rows.values()],
            [*self._worded, *self._filled],
            [*self._nameless, *self._keys.displaced],
            self._left,
            [*self._keys.refused, *unusable_tags(users)],
            self._conflicts,
        )

    def _add(self, prepared: Prepared, position: int) -> None:
        paper = Known(self._next_id, prepared.facts)
        self._next_id += 1
        self._register.enter(paper, prepared.names)
        key = self._keys.of_new(paper, prepared)
        if naming.is_waiting(key):
            self._nameless.append(paper.id)
        state = _NEW
        if prepared.users:
            record = prepared.record
            state = (str(record.status), record.starred, record.note)
            if record.tags:
                self._tagged[paper.id] = record.tags
        *facts, details = prepared.facts
        self._papers.append(
            (
                *(paper.id, key, key == paper.key, prepared.identity, *facts, *state),
                *(self._arrival.time, self._arrival.document, position, details),
            )
        )
        self._seen.append((self._arrival.document, position, paper.id, prepared.line))
        if paper.id in self._tagged or state[-1]:
            self._worded.append(paper.id)
        else:
            self._rows[paper.id] = IndexRow(paper.id, *prepared.words)

    def _fill(self, paper: Known, record: Record) -> list[str]:
        """Let the paper take what it lacks; the names of what it took."""
        before = {name: under.value for name, under in paper.under.items()}
        choice = [paper.facts[name] for name in _CHOICE]
        filled = fill(paper, record, self._register)
        for name, under in paper.under.items():
            if under.value != before[name]:
                self._laid_under[paper.id, name] = under
        if filled:
            self._filled[paper.id] = paper
            names = {name: paper.facts[name] for name in ("doi", "arxiv_id") if name in filled}
            self._register.enter(paper, identifiers(names.get("doi"), names.get("arxiv_id")))
        if self._keys.bring(paper, record):
            self._named[paper.id] = paper
            filled.append("key")
        if filled and ("key" in filled or choice != [paper.facts[name] for name in _CHOICE]):
            self._rename(paper, *choice)
        return filled

    def _rename(self, paper: Known, title: str, authors: str, year: int | None) -> None:
        """Note that a paper, and those called like it before, may be called otherwise now."""
        self._left.append(make_key(title, authors=json.loads(authors)[:1], year=year))
        if paper.key is None:
            self._nameless.append(paper.id)

    def _see(self, paper: Known, prepared: Prepared, position: int) -> None:
        if paper.says(prepared) and not prepared.users:
            self._seen.append((self._arrival.document, position, paper.id, prepared.line))
            return
        record = prepared.record
        self._disputed += contradictions(paper, record)
        filled = self._fill(paper, record) if may_fill(paper, record) else []
        title = own_words(record.title, paper.facts["title"])
        abstract = own_words(record.abstract, paper.facts["abstract"])
        self._met.append(_Met(paper.id, record, position, title, abstract, filled))

    def _note_sightings(self) -> None:
        """Note who was met, and what each took; of new papers, notes and tags are written now."""
        met = ((each.paper, each.record) for each in self._met)
        offered = self._belongings.offer(met, self._disputed.append)
        for each, more in zip(self._met, offered, strict=True):
            filled = [*each.filled, *more]
            seen = (self._arrival.document, each.position, each.paper, each.record.line)
            if each.title is None and each.abstract is None and not filled:
                self._seen.append(seen)
            else:
                took = json.dumps(filled) if filled else None
                self._sightings.append((*seen, each.title, each.abstract, took))

    def _remember(self, met: Encounter, position: int) -> None:
        """Note what a meeting says of other papers than the one it was with."""
        if met.through is not None:
            place = (self._arrival.document, position)
            self._through.setdefault(met.through, []).append(place)
        for other in met.others:
            first, second = sorted((met.paper, other), key=lambda paper: paper.id)
            titles = [" ".join(words(paper.facts["title"])) for paper in (first, second)]
            likeness = max(_HARDLY, title_likeness(*titles))
            self._pairs.append(Pair(first.id, second.id, likeness, 0.0))

    def _write(self) -> None:
        naming.clear(self._session, self._keys.displaced)
        naming.give(self._session, self._keys.moved)
        put(self._connection, Paper, _PAPER, self._papers)
        give_tags(self._session, self._tagged)
        self._note_sightings()
        put(self._connection, Sighting, _SEEN, self._seen)
        put(self._connection, Sighting, _SIGHTING, self._sightings)
        put(self._connection, Alias, ("key", "paper_id"), self._keys.aliases.items())
        if self._named:
            named = ((paper.key, True, paper.id) for paper in self._named.values())
            change(self._connection, Paper, ("key", "key_pinned"), named)
        if self._filled:
            filled = ((*_filled(paper.facts), paper.id) for paper in self._filled.values())
            change(self._connection, Paper, _FILLED, filled)
        self._conflicts = note(self._connection, self._arrival.document, self._disputed)
        lay_under(self._session, self._laid_under)
        remember_sightings(self._session, self._through)
        self._session.flush()
        offer(self._connection, self._pairs)
