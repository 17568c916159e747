"""The journal's own hand: each change is written with what it did, taken back and done again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlmodel import Session, col, exists, insert, select, update

from readinglist.errors import UsageError
from readinglist.library.intake import naming
from readinglist.library.intake.sightings import owned
from readinglist.library.journal.facts import DETAIL, FACTS
from readinglist.library.journal.found_values import ORIGINS
from readinglist.library.journal.pieces import Values
from readinglist.library.journal.values import COLOUR, SIGHTINGS, TRASHED, read_values, write_values
from readinglist.library.storage.writer import chunks, dbapi, now
from readinglist.models import Change, Edit, Paper
from readinglist.outcomes import Done

# What the key of a paper follows from, until it is handed out.
_NAMING: Final = ("title", "authors", "year", "key", "key_pinned", "merged_into")
_UNIQUE: Final = ("doi", "arxiv_id")  # no two papers have the same
HAS_EDITS = exists().where(col(Edit.change_id) == col(Change.id))
"""That a change has something left that can be taken back or done again."""


@dataclass(frozen=True, slots=True)
class Alteration:
    """One field of one paper, before and after, as JSON can hold it."""

    paper: int
    field: str
    before: Any
    after: Any


def record(
    session: Session,
    field: str,
    ids: Sequence[int],
    after: Callable[[Any], Any],
    label: Callable[[str], str],
) -> Done | None:
    """Write what differs in one field, and a change that says so; None when nothing differs.

    Raises `UsageError` when every one of the papers is in the trash, unless it is about that.
    """
    before = read_values(session, field, ids)
    if ids and not before and field != TRASHED:
        raise out_of_reach(len(ids))
    altered = [
        Alteration(paper, field, old, new)
        for paper, old in before.items()
        if (new := after(old)) != old
    ]
    if not altered:
        return None
    return record_all(session, label(who(session, [a.paper for a in altered])), altered)


def record_all(session: Session, label: str, alterations: Sequence[Alteration]) -> Done:
    """Write a change of any fields; what had been undone before it can no more be done again."""
    session.exec(update(Change).where(col(Change.state) == "undone").values(state="dropped"))
    change = Change(made=now(), label=label)
    session.add(change)
    session.flush()
    session.exec(
        insert(Edit),
        params=[
            {
                "change_id": change.id,
                "paper_id": alteration.paper,
                "field": alteration.field,
                "before": json.dumps(alteration.before, ensure_ascii=False),
                "after": json.dumps(alteration.after, ensure_ascii=False),
            }
            for alteration in alterations
        ],
    )
    _write(session, [(each.field, each.paper, each.after) for each in alterations])
    return Done(label, touched((each.field, each.paper) for each in alterations))


def touched(fields: Iterable[tuple[str, int]]) -> tuple[int, ...]:
    """The papers among edited fields; the colour of a tag is kept with one, but is not of it."""
    return tuple(dict.fromkeys(paper for field, paper in fields if not field.startswith(COLOUR)))


def undo(session: Session) -> Done | None:
    """Take back the newest change that stands."""
    query = select(Change).where(Change.state == "done").order_by(col(Change.id).desc())
    return _walk(session, query, "undone", lambda edit: edit.before)


def redo(session: Session) -> Done | None:
    """Do the oldest undone change again."""
    query = select(Change).where(Change.state == "undone").order_by(col(Change.id))
    return _walk(session, query, "done", lambda edit: edit.after)


def _walk(session: Session, query: Any, state: str, side: Callable[[Edit], str]) -> Done | None:
    # `query` is a select of changes; SQLModel has no public type that says so.
    change: Change | None = session.exec(query.where(HAS_EDITS).limit(1)).first()
    if change is None:
        return None
    edits = session.exec(select(Edit).where(Edit.change_id == change.id)).all()
    if state == "done":
        _note_where_sightings_are(session, edits)
        _leave_names_of_others(session, edits)
    _write(session, [(edit.field, edit.paper_id, json.loads(side(edit))) for edit in edits])
    change.state = state
    session.add(change)
    return Done(change.label, tuple(sorted(touched((e.field, e.paper_id) for e in edits))))


def _write(session: Session, values: Iterable[tuple[str, int, Any]]) -> None:
    by_field: dict[str, Values] = {}
    for field, paper, value in values:
        by_field.setdefault(field, {})[paper] = value
    called = {paper for field in _NAMING if field in by_field for paper in by_field[field]}
    choices = naming.choices(dbapi(session), called) if called else []
    for field, each in by_field.items():
        write_values(session, field, each)
    if called:
        naming.settle(session, called, choices)


def _note_where_sightings_are(session: Session, edits: Iterable[Edit]) -> None:
    """Let the next undo give a paper all the sightings that are its own now."""
    for edit in edits:
        if edit.field == SIGHTINGS:
            edit.before = json.dumps(owned(dbapi(session), edit.paper_id))
            session.add(edit)


def _leave_names_of_others(session: Session, edits: Sequence[Edit]) -> None:
    """Let a lookup that is done again give no paper the identifier that another has got since."""
    origins = {edit.paper_id: json.loads(edit.after) for edit in edits if edit.field == ORIGINS}
    for name in _UNIQUE:
        given = {
            json.loads(edit.after): edit
            for edit in edits
            if edit.field == name and name in origins.get(edit.paper_id, {})
        }
        column = col(getattr(Paper, name))
        there = (col(Paper.trashed).is_(None), col(Paper.merged_into).is_(None))
        for chunk in chunks(given):
            for value in session.exec(select(column).where(column.in_(chunk), *there)):
                given[value].after = given[value].before
                session.add(given[value])


# What documents say lies under what the user wrote: taking that back brings it out


@dataclass(slots=True)
class Under:
    """What documents say of a fact that the user changed, kept by the first of the changes.

    `hidden` is whether any change of it stands; if not, the paper shows what documents say.
    """

    change: int
    value: Any
    hidden: bool


def under_edits(session: Session, ids: Iterable[int]) -> dict[tuple[int, str], Under]:
    """What lies under the changes of facts that stand or can be done again, by paper and field."""
    found: dict[tuple[int, str], Under] = {}
    facts = col(Edit.field).in_(FACTS) | col(Edit.field).startswith(DETAIL)
    edits = select(Edit, Change.state).join(Change).where(facts)
    walkable = edits.where(col(Change.state).in_(("done", "undone"))).order_by(col(Change.id))
    for chunk in chunks(ids):
        for edit, state in session.exec(walkable.where(col(Edit.paper_id).in_(chunk))):
            under = Under(edit.change_id, json.loads(edit.before), state == "done")
            found.setdefault((edit.paper_id, edit.field), under)
    return found


def lay_under(session: Session, values: Mapping[tuple[int, str], Under]) -> None:
    """Keep what documents say now, for whoever takes the changes back.

    It goes before what a lookup found, also for whoever does the lookup again.
    """
    for (paper, field), under in values.items():
        below = json.dumps(under.value, ensure_ascii=False)
        query = select(Edit).join(Change).where(Edit.paper_id == paper, Edit.field == field)
        walkable = col(Change.state).in_(("done", "undone"))
        for edit in session.exec(query.where(walkable).order_by(col(Change.id))).all():
            if _is_found(session, edit):
                edit.after = below
            edit.before, below = below, edit.after
            session.add(edit)
    session.flush()


def _is_found(session: Session, edit: Edit) -> bool:
    """Whether a lookup wrote the value after an edit."""
    same = (Edit.change_id == edit.change_id, Edit.paper_id == edit.paper_id)
    origins = session.exec(select(Edit.after).where(*same, Edit.field == ORIGINS)).first()
    origin = json.loads(origins or "{}").get(edit.field)
    return origin is not None and json.loads(origin[3]) == json.loads(edit.after)


# What a change is called, and why it cannot be


def who(session: Session, ids: Sequence[int]) -> str:
    """Name one paper by its key, several by their number."""
    if len(ids) > 1:
        return str(len(ids))
    return session.exec(select(Paper.key).where(Paper.id == ids[0])).one()


def out_of_reach(papers: int) -> UsageError:
    """Say that papers cannot be edited where they are."""
    what = "The paper is" if papers == 1 else "These papers are"
    return UsageError(
        f"{what} in the trash, merged into another or deleted, so nothing was changed.",
        hint="Restore from the trash first, or undo the merge.",
    )
