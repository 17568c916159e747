"""What a record says otherwise than its paper, which keeps its own until its user decides."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from readinglist.library.intake.agreement import PREPRINT_YEARS, SAME, agree, is_preprint
from readinglist.library.intake.meeting import Known
from readinglist.library.journal.facts import DETAIL, json_list
from readinglist.records import Record

_NOTHING: Final = (None, "", "[]")
_JSON: Final = frozenset({"authors"})
_KNOWN: Final = """
SELECT paper_id, field, value, state FROM dispute
WHERE paper_id IN (SELECT value FROM json_each(?))
"""
_NOTE: Final = """
INSERT INTO dispute (document_id, paper_id, field, value, state) VALUES (?, ?, ?, ?, 'open')
ON CONFLICT DO NOTHING
"""


class Contradiction(NamedTuple):
    """A field of a paper, and as JSON what a record says of it."""

    paper: int
    field: str
    value: str


def contradictions(paper: Known, record: Record) -> Iterator[Contradiction]:
    """The facts of a record that are others than those of its paper, seen before it is filled in.

    What documents said before the user changed it was decided on by that.
    """
    facts = paper.facts
    if record.title != facts["title"]:
        yield from _one(paper, "title", facts["title"], record.title)
    if record.authors and facts["authors"] != json_list(record.authors):
        yield from _one(paper, "authors", facts["authors"], record.authors)
    if record.year and record.year != facts["year"] and not _waited(paper, record):
        yield from _one(paper, "year", facts["year"], record.year)
    for name in ("venue", "doi", "arxiv_id"):
        if (value := getattr(record, name)) and value != facts[name]:
            yield from _one(paper, name, facts[name], value)
    if record.details and facts["details"]:
        details = json.loads(facts["details"])
        for name, text in record.details:
            if f"{DETAIL}{name}" in SAME and text != details.get(name):
                yield from _one(paper, f"{DETAIL}{name}", details.get(name), text)


def note(connection: sqlite3.Connection, document: int, found: Sequence[Contradiction]) -> int:
    """Remember contradictions, but for those that were decided on; return how many are new.

    What another document has said already is no new one, but told of this document too.
    """
    told: defaultdict[tuple[int, str], list[tuple[str, str]]] = defaultdict(list)
    papers = json.dumps([each.paper for each in found])
    for paper, field, value, state in connection.execute(_KNOWN, [papers]) if found else ():
        told[paper, field].append((value, state))
    new = 0
    for each in found:
        states = [
            state
            for value, state in told[each.paper, each.field]
            if agree(each.field, json.loads(value), json.loads(each.value))
        ]
        if all(state == "open" for state in states):
            connection.execute(_NOTE, [document, *each])
            told[each.paper, each.field].append((each.value, "open"))
            new += not states
    return new


def _one(paper: Known, field: str, shown: Any, theirs: Any) -> Iterator[Contradiction]:
    under = paper.under.get(field)
    known = [] if field in paper.found else [shown]  # a document goes before a lookup
    known += [] if under is None else [under.value]
    ours = [value for value in known if value not in _NOTHING]
    if ours and not any(agree(field, _plain(field, value), theirs) for value in ours):
        yield Contradiction(paper.id, field, json.dumps(theirs, ensure_ascii=False))


def _plain(field: str, value: Any) -> Any:
    return json.loads(value) if field in _JSON else value


def _waited(paper: Known, record: Record) -> bool:
    """Whether one of two years may be that of the preprint, and the other that of the paper."""
    facts = paper.facts
    apart = abs((record.year or 0) - (facts["year"] or 0))
    preprint = facts["arxiv_id"] or record.arxiv_id
    venues = (facts["venue"], record.venue)
    return apart <= PREPRINT_YEARS and bool(preprint or any(map(is_preprint, venues)))
