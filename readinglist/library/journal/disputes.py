"""Conflicts decided on: a paper takes what a document says, or keeps what it has."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from sqlmodel import Session, col, select

from readinglist.library.intake.agreement import agree
from readinglist.library.journal import facts
from readinglist.library.journal.merging import both_notes
from readinglist.library.journal.metadata import alterations
from readinglist.library.journal.recording import Alteration, record_all, who
from readinglist.library.journal.values import DISPUTES, present_among, read_values
from readinglist.library.storage.writer import chunks
from readinglist.models import Dispute
from readinglist.outcomes import Conflict, Done
from readinglist.text import clean_line

_NOTE: Final = "note"
_SHOWN: Final = {"doi": "DOI", "arxiv_id": "arXiv id"}


def decide(session: Session, conflicts: Sequence[Conflict], *, take: bool) -> Done | None:
    """Take what documents say, of each field the first, or remember that it is not wanted.

    None if the conflicts are gone. That a value was decided on holds for every document.
    """
    there = set(_present(session, [each.paper for each in conflicts]))
    open_ = _open(session, there)
    decided: dict[tuple[int, str], Conflict] = {}
    rows: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    for each in conflicts:
        place = each.paper, each.field
        if each.paper in there and (not take or place not in decided):
            found = [
                (document, each.field)
                for document, value in open_[place]
                if agree(each.field, value, each.theirs)
            ]
            rows[each.paper] += found
            if found:
                decided[place] = each
    if not decided:
        return None
    altered = alterations(session, _taken(session, [*decided.values()])) if take else []
    altered += [_state(paper, places, take) for paper, places in rows.items() if places]
    return record_all(session, _label(session, list(decided.values()), take), altered)


def _taken(session: Session, conflicts: Sequence[Conflict]) -> dict[int, dict[str, Any]]:
    """The fields of papers as they will be; a note goes below the one that is here."""
    noted = [each.paper for each in conflicts if each.field == _NOTE]
    here = read_values(session, _NOTE, noted)
    values: defaultdict[int, dict[str, Any]] = defaultdict(dict)
    for each in conflicts:
        values[each.paper] |= (
            {_NOTE: both_notes(here[each.paper], str(each.theirs))}
            if each.field == _NOTE
            else facts.stored({each.field: each.theirs})
        )
    return values


def _present(session: Session, papers: Sequence[int]) -> Iterator[int]:
    for chunk in chunks(dict.fromkeys(papers)):
        yield from present_among(session, chunk)


def _open(
    session: Session, papers: Iterable[int]
) -> defaultdict[tuple[int, str], list[tuple[int, Any]]]:
    """What documents say of these papers that nobody has decided on, by paper and field."""
    found: defaultdict[tuple[int, str], list[tuple[int, Any]]] = defaultdict(list)
    rows = select(Dispute.paper_id, Dispute.field, Dispute.document_id, Dispute.value)
    undecided = rows.where(col(Dispute.state) == "open")
    for chunk in chunks(papers):
        for paper, field, document, value in session.exec(
            undecided.where(col(Dispute.paper_id).in_(chunk))
        ):
            found[paper, field].append((document, json.loads(value)))
    return found


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
