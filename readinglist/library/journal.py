"""Every edit by the user: one transaction that writes the papers and a labelled change."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlmodel import Session, col, delete, exists, insert, select, update

from readinglist.errors import UnknownTag, UsageError
from readinglist.library.search import reindex
from readinglist.library.tags import tag_names
from readinglist.library.values import (
    TAGS,
    TRASHED,
    drop_bare_tags,
    read_values,
    tags_by_name,
    write_values,
)
from readinglist.library.writer import Writer, chunks, dbapi, now
from readinglist.models import Change, Edit, Paper, PaperTag
from readinglist.nearest import nearest
from readinglist.records import Done, Status
from readinglist.text import clean


class Journal(Writer):
    """Edits by the user, their undo and redo."""

    def set_status(self, ids: Sequence[int], status: Status) -> Done | None:
        """Give papers a status."""
        return self._edit(
            "status", ids, lambda _: str(status), lambda who: f"marked {who}: {status}"
        )

    def set_starred(self, ids: Sequence[int], starred: bool) -> Done | None:
        """Star papers, or take their stars away."""
        verb = "starred" if starred else "unstarred"
        return self._edit("starred", ids, lambda _: starred, lambda who: f"{verb} {who}")

    def set_note(self, paper_id: int, note: str) -> Done | None:
        """Replace a paper's note; white space alone clears it."""
        cleaned = clean(note)
        after = cleaned if cleaned.strip() else None
        verb = "wrote a note on" if after else "cleared the note on"
        return self._edit("note", [paper_id], lambda _: after, lambda who: f"{verb} {who}")

    def set_trashed(self, ids: Sequence[int], trashed: bool) -> Done | None:
        """Move papers to the trash, or take them out of it."""
        verb, way = ("moved", "to") if trashed else ("restored", "from")
        time = now()

        def after(before: str | None) -> str | None:
            return (before or time) if trashed else None

        return self._edit(TRASHED, ids, after, lambda who: f"{verb} {who} {way} the trash")

    def edit_tags(
        self, ids: Sequence[int], *, add: Sequence[str] = (), remove: Sequence[str] = ()
    ) -> Done | None:
        """Add and remove tags; a tag that exists keeps the spelling it has."""
        with self.transaction() as session:
            known = tags_by_name(session)
            added = [
                known[n.casefold()].name if n.casefold() in known else n for n in tag_names(add)
            ]
            removed = {name.casefold() for name in tag_names(remove)}

            def after(before: list[str]) -> list[str]:
                kept = [name for name in before if name.casefold() not in removed]
                return sorted({*kept, *added}, key=str.casefold)

            names = ", ".join([*added, *(f"-{name}" for name in tag_names(remove))])
            verb = "tagged" if added else "untagged"
            shown = names if added else names.removeprefix("-")
            return _record(session, TAGS, ids, after, lambda who: f"{verb} {who}: {shown}")

    def rename_tag(self, old: str, new: str) -> Done | None:
        """Rename a tag on every paper; into an existing one, they become one."""
        with self.transaction() as session:
            known = tags_by_name(session)
            source, target = _one_name(old), _one_name(new)
            if source.casefold() not in known:
                raise _unknown_tag(source, [tag.name for tag in known.values()])
            before = known[source.casefold()]
            same = target.casefold() == source.casefold()
            name = (
                target if same or target.casefold() not in known else known[target.casefold()].name
            )
            carriers = select(PaperTag.paper_id).join(Paper).where(col(Paper.trashed).is_(None))
            ids = session.exec(carriers.where(PaperTag.tag_id == before.id)).all()
            if not ids:
                raise _unknown_tag(source, [])

            def after(names: list[str]) -> list[str]:
                return sorted({*names, name} - ({before.name} - {name}), key=str.casefold)

            label = f"renamed the tag {before.name} to {name}"
            return _record(session, TAGS, ids, after, lambda _: label)

    def _edit(
        self,
        field: str,
        ids: Sequence[int],
        after: Callable[[Any], Any],
        label: Callable[[str], str],
    ) -> Done | None:
        with self.transaction() as session:
            return _record(session, field, ids, after, label)

    # Undo and redo

    def undo(self) -> Done | None:
        """Take back the newest change that stands."""
        with self.transaction() as session:
            return _undo(session)

    def redo(self) -> Done | None:
        """Do the oldest undone change again."""
        with self.transaction() as session:
            return _redo(session)

    def undo_to(self, change: int) -> int:
        """Take back every change down to this one, all or none; return how many they were."""
        return self._walk_over(Change.state == "done", col(Change.id) >= change, _undo)

    def redo_to(self, change: int) -> int:
        """Do every undone change again up to this one, all or none; return how many."""
        return self._walk_over(Change.state == "undone", col(Change.id) <= change, _redo)

    def _walk_over(self, state: Any, place: Any, step: Callable[[Session], Done | None]) -> int:
        # Both are conditions on `Change`; the type checker takes the first for a bool.
        with self.transaction() as session:
            ahead = session.exec(select(Change.id).where(state, place, _HAS_EDITS)).all()
            return sum(step(session) is not None for _ in ahead)

    # Beside the journal

    def empty_trash(self, ids: Iterable[int]) -> int:
        """Delete for good those of these papers that are in the trash; return how many were.

        Their edits go with them; a change that has none left can be neither undone nor redone.
        """
        deleted: list[int] = []
        with self.transaction() as session:
            for chunk in chunks(ids):
                trashed = col(Paper.id).in_(chunk), col(Paper.trashed).is_not(None)
                deleted += [n for n in session.exec(select(Paper.id).where(*trashed)) if n]
                session.exec(delete(Paper).where(*trashed))
            if deleted:
                drop_bare_tags(session)
                session.exec(update(Change).where(~_HAS_EDITS).values(state="dropped"))
                reindex(dbapi(session), deleted)
        return len(deleted)

    def pin_keys(self, ids: Iterable[int]) -> None:
        """Remember that these papers' citation keys have been handed out."""
        with self.transaction() as session:
            for chunk in chunks(ids):
                session.exec(update(Paper).where(col(Paper.id).in_(chunk)).values(key_pinned=True))


_HAS_EDITS = exists().where(col(Edit.change_id) == col(Change.id))


def _undo(session: Session) -> Done | None:
    query = select(Change).where(Change.state == "done").order_by(col(Change.id).desc())
    return _walk(session, query, "undone", lambda edit: edit.before)


def _redo(session: Session) -> Done | None:
    query = select(Change).where(Change.state == "undone").order_by(col(Change.id))
    return _walk(session, query, "done", lambda edit: edit.after)


def _walk(session: Session, query: Any, state: str, side: Callable[[Edit], str]) -> Done | None:
    # `query` is a select of changes; SQLModel has no public type that says so.
    change: Change | None = session.exec(query.where(_HAS_EDITS).limit(1)).first()
    if change is None:
        return None
    edits = session.exec(select(Edit).where(Edit.change_id == change.id)).all()
    for field in {edit.field for edit in edits}:
        values = {e.paper_id: json.loads(side(e)) for e in edits if e.field == field}
        write_values(session, field, values)
    change.state = state
    session.add(change)
    return Done(change.label, tuple(sorted({edit.paper_id for edit in edits})))


def _record(
    session: Session,
    field: str,
    ids: Sequence[int],
    after: Callable[[Any], Any],
    label: Callable[[str], str],
) -> Done | None:
    """Write what differs, and one change that says so; None when nothing differs.

    Raises `UsageError` when every one of the papers is in the trash, unless it is about that.
    """
    before = read_values(session, field, ids)
    if ids and not before and field != TRASHED:
        what = "The paper is" if len(ids) == 1 else "These papers are"
        raise UsageError(
            f"{what} in the trash or deleted, so nothing was changed.",
            hint="Restore from the trash first.",
        )
    values = {paper: new for paper, old in before.items() if (new := after(old)) != old}
    if not values:
        return None
    session.exec(update(Change).where(col(Change.state) == "undone").values(state="dropped"))
    change = Change(made=now(), label=label(_who(session, list(values))))
    session.add(change)
    session.flush()
    session.exec(
        insert(Edit),
        params=[
            {
                "change_id": change.id,
                "paper_id": paper,
                "field": field,
                "before": json.dumps(before[paper], ensure_ascii=False),
                "after": json.dumps(new, ensure_ascii=False),
            }
            for paper, new in values.items()
        ],
    )
    write_values(session, field, values)
    return Done(change.label, tuple(values))


def _who(session: Session, ids: list[int]) -> str:
    """Name one paper by its key, several by their number."""
    if len(ids) > 1:
        return str(len(ids))
    return session.exec(select(Paper.key).where(Paper.id == ids[0])).one()


def _one_name(text: str) -> str:
    names = tag_names([text])
    if len(names) > 1:
        raise UsageError(f"{text!r} is more than one tag: a comma separates tags.")
    return names[0]


def _unknown_tag(name: str, known: list[str]) -> UnknownTag:
    near = nearest(name, known)
    hint = f"Did you mean {near}?" if near else "`readinglist tags` shows the tags."
    return UnknownTag(f"No paper has the tag {name!r}.", hint=hint)
