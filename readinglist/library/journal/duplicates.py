"""Two papers made one, or told apart: journalled, so that undo gives back both as they were."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlmodel import Session, col, select

from readinglist.errors import UsageError
from readinglist.library import reading
from readinglist.library.intake.pairs import distinct_from
from readinglist.library.intake.sightings import Place, owned
from readinglist.library.journal import facts, merging
from readinglist.library.journal.metadata import alterations
from readinglist.library.journal.recording import Alteration, out_of_reach, record_all
from readinglist.library.journal.tags import tag_names
from readinglist.library.journal.values import (
    DISTINCT,
    SIGHTINGS,
    TAGS,
    TRASHED,
    present_among,
    spelt,
)
from readinglist.library.storage.writer import dbapi, now
from readinglist.models import Change, Edit, Paper
from readinglist.outcomes import Done
from readinglist.records import Entry, Status
from readinglist.text import clean

MERGED_INTO = "merged_into"


def merge(session: Session, kept: int, gone: int, values: Mapping[str, object]) -> Done:
    """Make two papers one with these values, and `merging.proposal`'s for the other fields.

    The paper that goes keeps what it had, out of sight; the other gets its sightings, and those
    of the papers that had been merged into it before.
    """
    one, other = _two(session, kept, gone)
    label = f"merged {other.key} into {one.key}"
    followers = session.exec(select(Paper.id).where(Paper.merged_into == gone)).all()
    return record_all(
        session,
        label,
        [
            *alterations(session, {kept: _chosen(session, one, other, values)}),
            *_further(one, other),
            Alteration(gone, TRASHED, None, now()),
            Alteration(gone, MERGED_INTO, None, kept),
            Alteration(gone, SIGHTINGS, owned(dbapi(session), gone), kept),
            *(Alteration(paper, MERGED_INTO, gone, kept) for paper in followers if paper),
        ],
    )


def set_distinct(session: Session, first: int, second: int) -> Done | None:
    """Remember that two papers are two, however alike."""
    one, other = _two(session, first, second)
    altered = []
    for paper, away in ((first, second), (second, first)):
        before = distinct_from(dbapi(session), paper)
        if away in before:
            return None
        altered.append(Alteration(paper, DISTINCT, before, sorted([*before, away])))
    return record_all(session, f"told {one.key} and {other.key} apart", altered)


def _two(session: Session, first: int, second: int) -> list[Entry]:
    if first == second:
        raise UsageError("That is one paper, and it takes two.")
    missing = 2 - len(present_among(session, [first, second]))
    if missing:
        raise out_of_reach(missing)
    return reading.entries(dbapi(session), [first, second])


def _chosen(
    session: Session, kept: Entry, gone: Entry, values: Mapping[str, object]
) -> dict[str, Any]:
    """The values of the paper that two become, as its columns and tags hold them."""
    unknown = values.keys() - {*merging.FIELDS}
    if unknown:
        raise UsageError(f"A paper has no {min(unknown)} to choose.")
    new = {
        name: value
        for name, value in values.items()
        if name in facts.FACTS and not _is_theirs(name, value, kept, gone)
    }
    merged = {**merging.proposal(kept, gone), **values, **facts.checked(new)}
    note = clean(str(merged["note"] or ""))
    return facts.stored({name: merged[name] for name in facts.FACTS}) | {
        "status": _status(merged["status"]),
        "starred": bool(merged["starred"]),
        "note": note if note.strip() else None,
        TAGS: _tags(session, merged["tags"]),
    }


def _further(kept: Entry, gone: Entry) -> Iterator[Alteration]:
    """The details that the paper which stays lacks."""
    known = dict(kept.details)
    for name, text in gone.details:
        if name not in known:
            yield Alteration(kept.id, f"{facts.DETAIL}{name}", None, text)


def _status(value: object) -> str:
    try:
        return str(Status(str(value)))
    except ValueError:
        raise UsageError(f"There is no status {str(value)[:40]!r}.") from None


def _tags(session: Session, value: object) -> list[str]:
    names = [str(name) for name in value] if isinstance(value, Iterable) else []
    return spelt(session, tag_names(names)) if names else []


def _is_theirs(name: str, value: object, kept: Entry, gone: Entry) -> bool:
    """Whether a value is one that the papers have, so that it needs no check."""
    theirs = [getattr(kept, name), getattr(gone, name)]
    if name in facts.LISTS and isinstance(value, Iterable):
        return {*value} <= {*theirs[0], *theirs[1]}
    return value in theirs


def remember_sightings(session: Session, places: Mapping[int, Sequence[Place]]) -> None:
    """Let undo give merged papers the sightings of them that have come since."""
    for paper, own in places.items():
        owner: int | None = paper
        while owner is not None:
            standing = select(Edit).join(Change).where(Change.state == "done")
            edit = session.exec(
                standing.where(Edit.paper_id == owner, Edit.field == SIGHTINGS)
                .order_by(col(Edit.change_id).desc())
                .limit(1)
            ).first()
            owner = None
            if edit is not None:
                edit.before = json.dumps([*json.loads(edit.before), *own])
                session.add(edit)
                owner = json.loads(edit.after)
