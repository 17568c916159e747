"""Papers deleted for good, and all that refers to them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sqlmodel import Session, col, delete, select, update

from readinglist.library.index.fulltext import reindex
from readinglist.library.intake import naming
from readinglist.library.journal.recording import HAS_EDITS
from readinglist.library.journal.values import DISTINCT, drop_bare_tags
from readinglist.library.storage.writer import chunks, dbapi
from readinglist.models import Change, Edit, Mark, Paper

DELETED: Final = "deleted"
"""The mark that says up to which id papers have been deleted for good."""


def delete_trashed(session: Session, ids: Iterable[int]) -> int:
    """Delete those of these papers that are in the trash, and what was merged into them."""
    deleted = 0
    gone: list[int] = []
    for chunk in chunks(ids):
        trashed = session.exec(
            select(Paper.id).where(
                col(Paper.id).in_(chunk),
                col(Paper.trashed).is_not(None),
                col(Paper.merged_into).is_(None),
            )
        ).all()
        deleted += len(trashed)
        merged = session.exec(select(Paper.id).where(col(Paper.merged_into).in_(trashed))).all()
        gone += [paper for paper in (*trashed, *merged) if paper is not None]
    left = naming.choices(dbapi(session), gone)
    for chunk in chunks(gone):
        _forget_pairs(session, chunk)
        session.exec(delete(Paper).where(col(Paper.id).in_(chunk)))
    if gone:
        _never_again(session, max(gone))
        drop_bare_tags(session)
        session.exec(update(Change).where(~HAS_EDITS).values(state="dropped"))
        reindex(dbapi(session), gone)
        naming.settle(session, left=left)
    return deleted


def _never_again(session: Session, last: int) -> None:
    """Keep the ids up to this one from being given to other papers."""
    mark = session.get(Mark, DELETED) or Mark(name=DELETED, value=0)
    mark.value = max(mark.value, last)
    session.add(mark)


def _forget_pairs(session: Session, gone: list[int]) -> None:
    """Delete the other side of what told these papers from others: it says nothing alone."""
    told = select(Edit.change_id).where(col(Edit.paper_id).in_(gone), Edit.field == DISTINCT)
    changes = session.exec(told).all()
    for chunk in chunks(changes):
        session.exec(
            delete(Edit).where(col(Edit.change_id).in_(chunk), col(Edit.field) == DISTINCT)
        )
