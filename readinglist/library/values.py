"""One field of many papers at a time: its values, read and written as the journal needs them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, delete, insert, select, update

from readinglist.library.search import reindex
from readinglist.library.writer import chunks, dbapi
from readinglist.models import Paper, PaperTag, Tag

Values = dict[int, Any]
"""Paper id → the value of one field, as JSON can hold it."""

TAGS = "tags"
TRASHED = "trashed"


def read_values(session: Session, field: str, ids: Sequence[int]) -> Values:
    """The field's value on each of these papers; only `TRASHED` is read of those in the trash."""
    read = _read_tags if field == TAGS else _read_column
    values: Values = {}
    for chunk in chunks(dict.fromkeys(ids)):
        values |= read(session, field, chunk)
    return values


def _read_column(session: Session, field: str, ids: list[int]) -> Values:
    found = select(Paper.id, getattr(Paper, field))
    among = [col(Paper.id).in_(ids)] if field == TRASHED else _present(ids)
    return {paper: value for paper, value in session.exec(found.where(*among)) if paper is not None}


def _read_tags(session: Session, _field: str, ids: list[int]) -> Values:
    papers = session.exec(select(Paper.id).where(*_present(ids))).all()
    names: Values = {paper: [] for paper in papers if paper is not None}
    links = select(PaperTag.paper_id, Tag.name).join(Tag)
    for paper, name in session.exec(links.where(col(PaperTag.paper_id).in_(names))):
        names[paper].append(name)
    return {paper: sorted(carried, key=str.casefold) for paper, carried in names.items()}


def _present(ids: list[int]) -> list[ColumnElement[bool]]:
    return [col(Paper.id).in_(ids), col(Paper.trashed).is_(None)]


def write_values(session: Session, field: str, values: Values) -> None:
    """Give each paper its value, and bring the full-text index along."""
    if field == TAGS:
        _write_tags(session, values)
    else:
        session.exec(
            update(Paper), params=[{"id": paper, field: value} for paper, value in values.items()]
        )
    if field in {TAGS, "note"}:
        session.flush()
        reindex(dbapi(session), values)


def _write_tags(session: Session, values: Values) -> None:
    known = tags_by_name(session)
    for name in dict.fromkeys(name for names in values.values() for name in names):
        tag = known.setdefault(name.casefold(), Tag(name=name))
        tag.name = name
        session.add(tag)
    session.flush()
    for chunk in chunks(values):
        session.exec(delete(PaperTag).where(col(PaperTag.paper_id).in_(chunk)))
    links = [
        {"paper_id": paper, "tag_id": known[name.casefold()].id}
        for paper, names in values.items()
        for name in names
    ]
    if links:
        session.exec(insert(PaperTag), params=links)
    drop_bare_tags(session)


def drop_bare_tags(session: Session) -> None:
    """Forget the tags that no paper carries any more."""
    session.exec(delete(Tag).where(col(Tag.id).not_in(select(PaperTag.tag_id))))


def tags_by_name(session: Session) -> dict[str, Tag]:
    """Every tag, by its name without case."""
    return {tag.name.casefold(): tag for tag in session.exec(select(Tag)).all()}
