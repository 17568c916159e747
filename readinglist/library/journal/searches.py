"""Searches that the user named: kept, renamed, forgotten, and the one that the app begins with."""

from __future__ import annotations

from sqlmodel import Session, select

from readinglist.errors import UnknownSearch, UsageError
from readinglist.library.query.parsing import parse
from readinglist.models import SavedSearch
from readinglist.nearest import nearest
from readinglist.records import Saved
from readinglist.text import clean_line

LONGEST = 100


def save(session: Session, saved: Saved) -> None:
    """Keep a search; one of that name becomes this one. `QueryError` for what finds nothing ever.

    Raises `UsageError` for a name that cannot be one.
    """
    parse(saved.query)
    name = _name(saved.name)
    row = _found(session, name) or SavedSearch(name=name, query="")
    row.query, row.reverse = clean_line(saved.query), saved.reverse
    row.sort = None if saved.sort is None else str(saved.sort)
    session.add(row)
    if saved.start:
        start_with(session, name)


def rename(session: Session, old: str, new: str) -> None:
    """Give a search another name, which no other search has."""
    row, name = _known(session, old), _name(new)
    other = _found(session, name)
    if other is not None and other.id != row.id:
        raise UsageError(
            f"There is a saved search {other.name!r} already.", hint="Choose another name."
        )
    row.name = name
    session.add(row)


def delete(session: Session, name: str) -> None:
    """Forget a search."""
    session.delete(_known(session, name))


def start_with(session: Session, name: str | None) -> None:
    """Let the app begin with a search, or with all papers."""
    chosen = None if name is None else _known(session, name)
    for row in session.exec(select(SavedSearch)):
        row.start = row is chosen
        session.add(row)


def _found(session: Session, name: str) -> SavedSearch | None:
    rows = session.exec(select(SavedSearch)).all()
    return next((row for row in rows if row.name.casefold() == name.casefold()), None)


def _known(session: Session, name: str) -> SavedSearch:
    row = _found(session, clean_line(name))
    if row is not None:
        return row
    near = nearest(name, [each.name for each in session.exec(select(SavedSearch))])
    hint = f"Did you mean {near}?" if near else "`readinglist searches` shows them."
    raise UnknownSearch(f"There is no saved search {name!r}.", hint=hint)


def _name(text: str) -> str:
    name = clean_line(text).strip()
    if not name:
        raise UsageError("A saved search needs a name.")
    if len(name) > LONGEST:
        raise UsageError(f"The name {name[:20]}… is longer than {LONGEST} characters.")
    return name
