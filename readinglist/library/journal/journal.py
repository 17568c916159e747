"""Every edit by the user: one transaction that writes the papers and a labelled change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlmodel import Session, col, delete, select, update

from readinglist.findings import Brought, Filled, Finding
from readinglist.library.intake import pairs
from readinglist.library.intake.pairs import COMPARED, Pair
from readinglist.library.journal import (
    deletion,
    disputes,
    duplicates,
    lookups,
    merging,
    metadata,
    recording,
    rekeying,
    searches,
    tagging,
)
from readinglist.library.journal.recording import HAS_EDITS, record
from readinglist.library.journal.tags import tag_names
from readinglist.library.journal.values import TAGS, TRASHED, present_among, spelt
from readinglist.library.storage.writer import Writer, chunks, dbapi, now
from readinglist.models import Awaited, Change, Mark, Paper
from readinglist.outcomes import Conflict, Done
from readinglist.records import Saved, Status
from readinglist.text import clean


class Journal(Writer):
    """Edits by the user, their undo and redo."""

    def set_status(self, ids: Sequence[int], status: Status) -> Done | None:
        """Give papers a status."""
        return self._edit(
            "status", ids, lambda _: str(status), lambda name: f"marked {name}: {status}"
        )

    def set_starred(self, ids: Sequence[int], starred: bool) -> Done | None:
        """Star papers, or take their stars away."""
        verb = "starred" if starred else "unstarred"
        return self._edit("starred", ids, lambda _: starred, lambda name: f"{verb} {name}")

    def set_note(self, paper_id: int, note: str, base: str | None = None) -> Done | None:
        """Replace a paper's note, or the note that `base` had become; see `Library.set_note`."""
        mine = _note(note)
        both = False

        def after(stored: str | None) -> str | None:
            nonlocal both
            expected = (None, mine, stored if base is None else _note(base))
            both = stored not in expected
            return merging.both_notes(mine, stored) if both else mine

        def label(name: str) -> str:
            verb = "wrote a note on" if mine else "cleared the note on"
            return f"{verb} {name}{', beside another text' if both else ''}"

        done = self._edit("note", [paper_id], after, label)
        return done._replace(both=both) if done else None

    def set_trashed(self, ids: Sequence[int], trashed: bool) -> Done | None:
        """Move papers to the trash, or take them out of it."""
        verb, way = ("moved", "to") if trashed else ("restored", "from")
        time = now()

        def after(before: str | None) -> str | None:
            return (before or time) if trashed else None

        return self._edit(TRASHED, ids, after, lambda name: f"{verb} {name} {way} the trash")

    def set_facts(self, paper_id: int, facts: Mapping[str, object]) -> Done | None:
        """Change what is known of a paper; `UsageError` for what cannot be so."""
        with self.transaction() as session:
            return metadata.set_facts(session, paper_id, facts)

    def decide(self, conflicts: Sequence[Conflict], *, take: bool) -> Done | None:
        """Take what documents say, or remember that it is not wanted; see `disputes.decide`."""
        with self.transaction() as session:
            return disputes.decide(session, conflicts, take=take)

    def rekey(self, ids: Sequence[int]) -> Done | None:
        """Give papers the keys that they would choose today."""
        with self.transaction() as session:
            return rekeying.rekey(session, ids)

    def merge(self, kept: int, gone: int, values: Mapping[str, object]) -> Done:
        """Make two papers one; see `duplicates.merge`."""
        with self.transaction() as session:
            return duplicates.merge(session, kept, gone, values)

    def set_distinct(self, first: int, second: int) -> Done | None:
        """Remember that two papers are two, however alike."""
        with self.transaction() as session:
            return duplicates.set_distinct(session, first, second)

    def fill_in(self, findings: Sequence[Finding], *, refresh: bool, others: bool) -> Filled:
        """Write what a lookup found; see `lookups.fill_in`."""
        with self.transaction() as session:
            return lookups.fill_in(session, findings, refresh=refresh, others=others)

    def accept(
        self, paper: int, provider: str, identifier: str, values: Mapping[str, object] | None
    ) -> Done | None:
        """Take a suggestion; see `lookups.accept`."""
        with self.transaction() as session:
            return lookups.accept(session, paper, provider, identifier, values)

    def reject(self, paper: int, names: Iterable[tuple[str, str]]) -> Done | None:
        """Remember that suggestions are other works; see `lookups.reject`."""
        with self.transaction() as session:
            return lookups.reject(session, paper, names)

    def note_added(self, brought: Sequence[Brought]) -> tuple[Done | None, list[tuple[str, ...]]]:
        """Note which papers works are that were added; see `lookups.added`."""
        with self.transaction() as session:
            return lookups.added(session, brought)

    def edit_tags(
        self, ids: Sequence[int], *, add: Sequence[str] = (), remove: Sequence[str] = ()
    ) -> Done | None:
        """Add and remove tags; a tag that exists keeps the spelling it has."""
        with self.transaction() as session:
            added = spelt(session, tag_names(add))
            unwanted = tag_names(remove)
            removed = {name.casefold() for name in unwanted}

            def after(before: list[str]) -> list[str]:
                kept = [name for name in before if name.casefold() not in removed]
                return sorted({*kept, *added}, key=str.casefold)

            names = ", ".join([*added, *(f"-{name}" for name in unwanted)])
            verb = "tagged" if added else "untagged"
            shown = names if added else names.removeprefix("-")
            return record(session, TAGS, ids, after, lambda name: f"{verb} {name}: {shown}")

    def rename_tag(self, old: str, new: str, *, branch: bool = False) -> Done | None:
        """Rename a tag on every paper; see `tagging.rename`."""
        with self.transaction() as session:
            return tagging.rename(session, old, new, branch=branch)

    def replace_tags(self, replaced: Mapping[str, Sequence[str]], label: str) -> Done | None:
        """Put other tags in the place of some; see `tagging.replace`."""
        with self.transaction() as session:
            return tagging.replace(session, replaced, label)

    def colour_tag(self, name: str, colour: str | None) -> Done | None:
        """Give a tag a colour, or none."""
        with self.transaction() as session:
            return tagging.colour(session, name, colour)

    def _edit(
        self,
        field: str,
        ids: Sequence[int],
        after: Callable[[Any], Any],
        label: Callable[[str], str],
    ) -> Done | None:
        with self.transaction() as session:
            return record(session, field, ids, after, label)

    # Undo and redo

    def undo(self) -> Done | None:
        """Take back the newest change that stands."""
        with self.transaction() as session:
            return recording.undo(session)

    def redo(self) -> Done | None:
        """Do the oldest undone change again."""
        with self.transaction() as session:
            return recording.redo(session)

    def undo_to(self, change: int) -> int:
        """Take back every change down to this one, all or none; return how many they were."""
        return self._walk_over(Change.state == "done", col(Change.id) >= change, recording.undo)

    def redo_to(self, change: int) -> int:
        """Do every undone change again up to this one, all or none; return how many."""
        return self._walk_over(Change.state == "undone", col(Change.id) <= change, recording.redo)

    def _walk_over(self, state: Any, place: Any, step: Callable[[Session], Done | None]) -> int:
        # Both are conditions on `Change`; the type checker takes the first for a bool.
        with self.transaction() as session:
            ahead = session.exec(select(Change.id).where(state, place, HAS_EDITS)).all()
            return sum(step(session) is not None for _ in ahead)

    # Beside the journal

    def empty_trash(self, ids: Iterable[int]) -> int:
        """Delete for good those of these papers that are in the trash; return how many were.

        Their edits go with them; a change that has none left can be neither undone nor redone.
        Papers that had been merged into them go too, as they are not there without them.
        """
        with self.transaction() as session:
            return deletion.delete_trashed(session, ids)

    def pin_keys(self, ids: Iterable[int]) -> None:
        """Remember that these papers' citation keys have been handed out."""
        with self.transaction() as session:
            for chunk in chunks(ids):
                session.exec(update(Paper).where(col(Paper.id).in_(chunk)).values(key_pinned=True))

    def save_search(self, saved: Saved) -> None:
        """Keep a search under its name."""
        with self.transaction() as session:
            searches.save(session, saved)

    def rename_search(self, old: str, new: str) -> None:
        """Give a saved search another name."""
        with self.transaction() as session:
            searches.rename(session, old, new)

    def delete_search(self, name: str) -> None:
        """Forget a saved search."""
        with self.transaction() as session:
            searches.delete(session, name)

    def start_with_search(self, name: str | None) -> None:
        """Let the app begin with a saved search, or with all papers."""
        with self.transaction() as session:
            searches.start_with(session, name)

    def remember(self, name: str, value: int) -> None:
        """Note how far something has come."""
        with self.transaction() as session:
            session.merge(Mark(name=name, value=value))

    def await_lookup(self, ids: Iterable[int], provider: str) -> None:
        """Remember that these papers are to be looked up with a provider, when it is there."""
        with self.transaction() as session:
            for chunk in chunks(ids):
                for paper in present_among(session, chunk):
                    session.merge(Awaited(paper_id=paper, provider=provider, asked=now()))

    def await_no_more(self, ids: Iterable[int], provider: str) -> None:
        """Forget that these papers are to be looked up with a provider."""
        with self.transaction() as session:
            for chunk in chunks(ids):
                waiting = delete(Awaited).where(col(Awaited.paper_id).in_(chunk))
                session.exec(waiting.where(col(Awaited.provider) == provider))

    def offer_pairs(self, found: Sequence[Pair], *, since: int, until: int) -> bool:
        """Remember pairs that look alike, found among the papers after `since`, up to `until`.

        False when another process has compared these papers meanwhile; then nothing is written.
        """
        with self.transaction() as session:
            mark = session.get(Mark, COMPARED) or Mark(name=COMPARED, value=0)
            if mark.value != since:
                return False
            mark.value = until
            session.add(mark)
            session.flush()
            pairs.offer(dbapi(session), found)
            return True


def _note(text: str) -> str | None:
    cleaned = clean(text)
    return cleaned if cleaned.strip() else None
