"""One field of many papers at a time: its values, read and written as the journal needs them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from sqlalchemy import ColumnElement, bindparam
from sqlmodel import Session, col, delete, insert, select, update

from readinglist.library.index.fulltext import reindex
from readinglist.library.intake.naming import assign
from readinglist.library.intake.pairs import distinct_from, tell_apart
from readinglist.library.intake.sightings import give, owned, retell
from readinglist.library.journal import found_values
from readinglist.library.journal.pieces import Values, is_piece, read_piece, write_piece
from readinglist.library.storage.writer import chunks, dbapi
from readinglist.models import Dispute, Paper, PaperTag, Tag

Read = Callable[[Session, str, list[int]], Values]

TAGS: Final = "tags"
TRASHED: Final = "trashed"
SIGHTINGS: Final = "sightings"
"""Where a paper is mentioned, as pairs of document and position; or who has all of its mentions."""
DISTINCT: Final = "distinct"
"""The ids of the papers that a paper was told apart from."""
KEY: Final = "key"
COLOUR: Final = "colour of "
"""Before the name of a tag: its colour."""
DISPUTES: Final = "disputes"
"""What was decided on some of the disputes about a paper, as triples: document, field, state."""

_INDEXED: Final = {TAGS, "note", "title", "abstract", "authors"}


def read_values(session: Session, field: str, ids: Sequence[int]) -> Values:
    """The field's value on each of these papers; only `TRASHED` is read of those in the trash.

    Of a paper that was merged into another, nothing is read.
    """
    read = _of_present(read_piece) if is_piece(field) else _READERS.get(field, _read_column)
    values: Values = {}
    for chunk in chunks(dict.fromkeys(ids)):
        values |= read(session, field, chunk)
    return values


def _read_column(session: Session, field: str, ids: list[int]) -> Values:
    found = select(Paper.id, getattr(Paper, field))
    among = (
        [col(Paper.id).in_(ids), col(Paper.merged_into).is_(None)]
        if field == TRASHED
        else _present(ids)
    )
    return {paper: value for paper, value in session.exec(found.where(*among)) if paper is not None}


def _read_tags(session: Session, _field: str, ids: list[int]) -> Values:
    names: Values = {paper: [] for paper in present_among(session, ids)}
    links = select(PaperTag.paper_id, Tag.name).join(Tag)
    for paper, name in session.exec(links.where(col(PaperTag.paper_id).in_(names))):
        names[paper].append(name)
    return {paper: sorted(carried, key=str.casefold) for paper, carried in names.items()}


def _read_sightings(session: Session, _field: str, ids: list[int]) -> Values:
    return {paper: owned(dbapi(session), paper) for paper in present_among(session, ids)}


def _read_distinct(session: Session, _field: str, ids: list[int]) -> Values:
    return {paper: distinct_from(dbapi(session), paper) for paper in present_among(session, ids)}


def _of_present(read: Read) -> Read:
    """The same, of those of the papers alone that are there."""
    return lambda session, field, ids: read(session, field, present_among(session, ids))


_READERS: Final[dict[str, Read]] = {
    found_values.ORIGINS: _of_present(found_values.read_origins),
    found_values.SUGGESTIONS: _of_present(found_values.read_suggestions),
    TAGS: _read_tags,
    SIGHTINGS: _read_sightings,
    DISTINCT: _read_distinct,
}


def present_among(session: Session, ids: list[int]) -> list[int]:
    """Those of these papers that are neither in the trash nor deleted."""
    found = session.exec(select(Paper.id).where(*_present(ids)))
    return [paper for paper in found if paper is not None]


def _present(ids: list[int]) -> list[ColumnElement[bool]]:
    return [col(Paper.id).in_(ids), col(Paper.trashed).is_(None)]


def write_values(session: Session, field: str, values: Values) -> None:
    """Give each paper its value, and bring the full-text index along."""
    write = write_piece if is_piece(field) else _WRITERS.get(field, _write_column)
    if field.startswith(COLOUR):
        write = _write_colour
    write(session, field, values)
    if field in _INDEXED:
        session.flush()
        reindex(dbapi(session), values)


def _write_column(session: Session, field: str, values: Values) -> None:
    session.exec(
        update(Paper), params=[{"id": paper, field: value} for paper, value in values.items()]
    )


def _write_words(session: Session, field: str, values: Values) -> None:
    session.flush()
    for paper, words in values.items():
        retell(dbapi(session), paper, field, words)
    _write_column(session, field, values)


def _write_tags(session: Session, _field: str, values: Values) -> None:
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


def _write_colour(session: Session, field: str, values: Values) -> None:
    """Colour a tag; one that no paper has keeps its colour until a paper has it again."""
    session.flush()
    name = field.removeprefix(COLOUR)
    tag = tags_by_name(session).get(name.casefold(), Tag(name=name))
    for colour in values.values():
        tag.colour = colour
    session.add(tag)
    session.flush()
    drop_bare_tags(session)


def _write_sightings(session: Session, _field: str, values: Values) -> None:
    session.flush()
    give(dbapi(session), values)


def _write_distinct(session: Session, _field: str, values: Values) -> None:
    session.flush()
    tell_apart(dbapi(session), values)


def _write_disputes(session: Session, _field: str, values: Values) -> None:
    session.flush()
    session.connection().execute(
        update(Dispute)
        .where(
            col(Dispute.document_id) == bindparam("document"),
            col(Dispute.paper_id) == bindparam("paper"),
            col(Dispute.field) == bindparam("of"),
        )
        .values(state=bindparam("new")),
        [
            {"document": document, "paper": paper, "of": field, "new": state}
            for paper, decided in values.items()
            for document, field, state in decided
        ],
    )


def _write_keys(session: Session, _field: str, values: Values) -> None:
    session.flush()
    assign(session, values)


_WRITERS: Final[dict[str, Callable[[Session, str, Values], None]]] = {
    found_values.ORIGINS: found_values.write_origins,
    found_values.SUGGESTIONS: found_values.write_suggestions,
    TAGS: _write_tags,
    SIGHTINGS: _write_sightings,
    DISTINCT: _write_distinct,
    KEY: _write_keys,
    DISPUTES: _write_disputes,
    "title": _write_words,
    "abstract": _write_words,
}


def drop_bare_tags(session: Session) -> None:
    """Forget the tags that no paper carries any more, but not what colours they had.

    A tag that is taken back from the last paper and given to it again looks as before.
    """
    bare = col(Tag.id).not_in(select(PaperTag.tag_id))
    session.exec(delete(Tag).where(bare, col(Tag.colour).is_(None)))


def tags_by_name(session: Session) -> dict[str, Tag]:
    """Every tag, by its name without case."""
    return {tag.name.casefold(): tag for tag in session.exec(select(Tag)).all()}


def spelt(session: Session, names: Sequence[str]) -> list[str]:
    """The names in their order; a tag that exists keeps the spelling it has."""
    known = tags_by_name(session)
    as_known = [known[n.casefold()].name if n.casefold() in known else n for n in names]
    return sorted(dict.fromkeys(as_known), key=str.casefold)
