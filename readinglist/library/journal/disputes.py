"""Conflicts decided on: a paper takes what a document says, or keeps what it has."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

from sqlmodel import Session, col, select

from readinglist.library.intake.agreement import agree
from readinglist.library.journal import facts
from readinglist.library.journal.merging import both_notes
from readinglist.library.journal.metadata import alterations
from readinglist.library.journal.recording import Alteration, record_all, who
from readinglist.library.journal.values import DISPUTES, present_among, read_values
from readinglist.models import Dispute
from readinglist.outcomes import Conflict, Done
from readinglist.text import clean_line

_NOTE: Final = "note"
_SHOWN: Final = {"doi": "DOI", "arxiv_id": "arXiv id"}


def decide(session: Session, conflicts: Sequence[Conflict], *, take: bool) -> Done | None:
    """Take what documents say, of each field the first, or remember that it is not wanted.

    None if the conflicts are gone. That a value was decided on holds for every document.
    """
    there = set(present_among(session, [each.paper for each in conflicts]))
    decided: dict[tuple[int, str], Conflict] = {}
    rows: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    for each in conflicts:
        if each.paper in there and (not take or (each.paper, each.field) not in decided):
            found = _open_rows(session, each)
            rows[each.paper] += found
            if found:
                decided[each.paper, each.field] = each
    if not decided:
        return None
    values: defaultdict[int, dict[str, Any]] = defaultdict(dict)
    for each in decided.values() if take else ():
        values[each.paper] |= _taken(session, each)
    altered = [each for paper in values for each in alterations(session, paper, values[paper])]
    altered += [_state(paper, places, take) for paper, places in rows.items() if places]
    return record_all(session, _label(session, list(decided.values()), take), altered)


def _taken(session: Session, conflict: Conflict) -> dict[str, Any]:
    """The field as it will be; a note goes below the one that is here."""
    if conflict.field != _NOTE:
        return facts.stored({conflict.field: conflict.theirs})
    here = read_values(session, _NOTE, [conflict.paper])[conflict.paper]
    return {_NOTE: both_notes(here, str(conflict.theirs))}


def _open_rows(session: Session, conflict: Conflict) -> list[tuple[int, str]]:
    same = (Dispute.paper_id == conflict.paper, Dispute.field == conflict.field)
    query = select(Dispute).where(*same, col(Dispute.state) == "open")
    return [
        (row.document_id, row.field)
        for row in session.exec(query)
        if agree(conflict.field, json.loads(row.value), conflict.theirs)
    ]


def _state(paper: int, places: list[tuple[int, str]], take: bool) -> Alteration:
    places = sorted({*places})
    new = "taken" if take else "refused"
    return Alteration(
        paper,
        DISPUTES,
        [[document, field, "open"] for document, field in places],
        [[document, field, new] for document, field in places],
    )


def _label(session: Session, decided: list[Conflict], take: bool) -> str:
    if len(decided) > 1:
        what = "took what documents say" if take else "kept what is here"
        return f"{what} in {len(decided)} conflicts"
    (one,) = decided
    name = one.field.removeprefix(facts.DETAIL)
    field = _SHOWN.get(name, name)
    key, source = who(session, [one.paper]), clean_line(one.source)
    if take and field == _NOTE:
        return f"added the note of {source} to that of {key}"
    if take:
        return f"took the {field} of {key} from {source}"
    return f"kept the {field} of {key}, not that of {source}"
