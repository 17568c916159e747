"""Every edit by the user: one transaction that writes the papers and a labelled change."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlmodel import Session, col, insert, select, update

from readinglist.errors import UnknownTag, UsageError
from readinglist.library.tags import tag_names
from readinglist.library.values import TAGS, read_values, tags_by_name, write_values
from readinglist.library.writer import Writer, chunks, now
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
            ids = session.exec(select(PaperTag.paper_id).where(PaperTag.tag_id == before.id)).all()

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
        query = select(Change).where(Change.state == "done").order_by(col(Change.id).desc())
        return self._walk(query.limit(1), "undone", lambda edit: edit.before)

    def redo(self) -> Done | None:
        """Do the oldest undone change again."""
        query = select(Change).where(Change.state == "undone").order_by(col(Change.id))
        return self._walk(query.limit(1), "done", lambda edit: edit.after)

    def _walk(self, query: Any, state: str, side: Callable[[Edit], str]) -> Done | None:
        # `query` is a select of one Change; SQLModel has no public type that says so.
        with self.transaction() as session:
            change: Change | None = session.exec(query).first()
            if change is None:
                return None
            edits = session.exec(select(Edit).where(Edit.change_id == change.id)).all()
            for field in {edit.field for edit in edits}:
                values = {e.paper_id: json.loads(side(e)) for e in edits if e.field == field}
                write_values(session, field, values)
            change.state = state
            session.add(change)
            return Done(change.label, tuple(sorted({edit.paper_id for edit in edits})))

    # Beside the journal

    def pin_keys(self, ids: Iterable[int]) -> None:
        """Remember that these papers' citation keys have been handed out."""
        with self.transaction() as session:
            for chunk in chunks(ids):
                session.exec(update(Paper).where(col(Paper.id).in_(chunk)).values(key_pinned=True))


def _record(
    session: Session,
    field: str,
    ids: Sequence[int],
    after: Callable[[Any], Any],
    label: Callable[[str], str],
) -> Done | None:
    """Write what differs, and one change that says so; None when nothing differs."""
    before = read_values(session, field, ids)
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
