"""Fields that are one piece of a paper, so that each is edited and taken back by itself.

One of its details is the text under its name, or None. A former key is one of its aliases or not.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from sqlmodel import Session, col, delete, insert, select, update

from readinglist.library.journal.facts import DETAIL, stored_details
from readinglist.library.storage.writer import chunks
from readinglist.models import Alias, Paper

ALIAS: Final = "alias."
"""What the name of a field begins with that says whether the rest of it is a key of the paper's."""

Values = dict[int, Any]
"""Paper id → the value of one field, as JSON can hold it."""


def is_piece(field: str) -> bool:
    """Whether a field is one of these."""
    return field.startswith((DETAIL, ALIAS))


def read_piece(session: Session, field: str, ids: Sequence[int]) -> Values:
    """The piece of each of these papers, which have to be there."""
    kind, _, name = field.partition(".")
    if f"{kind}." == ALIAS:
        of_it = select(Alias.paper_id).where(col(Alias.key).collate("NOCASE") == name)
        having = {*session.exec(of_it.where(col(Alias.paper_id).in_(ids)))}
        return {paper: paper in having for paper in ids}
    return {paper: details.get(name) for paper, details in _details(session, ids).items()}


def write_piece(session: Session, field: str, values: Values) -> None:
    """Give papers this piece, or take it away."""
    kind, _, name = field.partition(".")
    if f"{kind}." == ALIAS:
        _write_alias(session, name, values)
        return
    every = _details(session, list(values))
    rows = [
        {"id": paper, "details": stored_details(_with(every[paper], name, text).items())}
        for paper, text in values.items()
        if paper in every
    ]
    session.exec(update(Paper), params=rows)


def _details(session: Session, ids: Sequence[int]) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    for chunk in chunks(ids):
        rows = session.exec(select(Paper.id, Paper.details).where(col(Paper.id).in_(chunk)))
        found |= {paper: json.loads(details or "{}") for paper, details in rows if paper}
    return found


def _with(details: dict[str, str], name: str, text: str | None) -> dict[str, str]:
    others = {each: told for each, told in details.items() if each != name}
    return others if text is None else {**others, name: text}


def _write_alias(session: Session, key: str, values: Values) -> None:
    """Let a key lead to the paper for which it is true; it never leads to two."""
    gone = [paper for paper, has in values.items() if not has]
    same = col(Alias.key).collate("NOCASE") == key
    session.exec(delete(Alias).where(same, col(Alias.paper_id).in_(gone)))
    if session.exec(select(Alias).where(same)).first() is None:
        rows = [{"key": key, "paper_id": paper} for paper, has in values.items() if has]
        session.exec(insert(Alias), params=rows[:1]) if rows else None
