"""What a user wrote on a paper elsewhere, which it brings along where it is new."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from sqlmodel import Session

from readinglist.errors import UsageError
from readinglist.library.journal.tags import tag_names
from readinglist.library.journal.values import tags_by_name
from readinglist.library.storage.bulk import put
from readinglist.library.storage.writer import dbapi
from readinglist.models import PaperTag, Tag
from readinglist.records import Problem, Record

_LEFT_OUT: Final = "has a note that stays out, for the paper was here before"


def give_tags(session: Session, tags: Mapping[int, Sequence[str]]) -> None:
    """Tag papers that have no tags yet; a tag that exists keeps its spelling."""
    if not tags:
        return
    wanted = {paper: _usable(names) for paper, names in tags.items()}
    known = tags_by_name(session)
    for name in dict.fromkeys(name for names in wanted.values() for name in names):
        if name.casefold() not in known:
            known[name.casefold()] = Tag(name=name)
            session.add(known[name.casefold()])
    session.flush()
    put(
        dbapi(session),
        PaperTag,
        ("paper_id", "tag_id"),
        ((paper, known[name.casefold()].id) for paper, names in wanted.items() for name in names),
    )


def _usable(names: Sequence[str]) -> list[str]:
    """Those of the names that a tag can have here."""
    try:
        return tag_names(names)
    except UsageError:
        if len(names) == 1:
            return []
        found = [good for name in names for good in _usable([name])]
        return tag_names(found) if found else []


def notes_left_out(
    connection: sqlite3.Connection, met: Iterable[tuple[int, Record]]
) -> Iterator[Problem]:
    """The notes of records whose papers were here before and do not say the same."""
    for paper, record in met:
        if record.note:
            [here] = connection.execute("SELECT note FROM paper WHERE id = ?", [paper]).fetchone()
            if record.note.strip() not in (here or ""):
                yield Problem(record.line, _LEFT_OUT, record.note)
