"""Two papers as one: what each field would be when nobody says otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from readinglist.library.journal.facts import FACTS
from readinglist.records import Entry, Status

FIELDS: Final = (*FACTS, "status", "starred", "tags", "note")
"""What is chosen field by field when two papers become one."""

SEPARATOR: Final = "\n\n---\n\n"
"""Stands between two notes that have become one."""

# A paper that was skipped once and wanted once is wanted.
_PROGRESS: Final = (Status.INBOX, Status.SKIPPED, Status.TO_READ, Status.READING, Status.READ)
_CUT_OFF: Final = " .…"


def proposal(kept: Entry, gone: Entry) -> dict[str, object]:
    """The value of each of `FIELDS` in the paper that two become: `kept`'s where it has one.

    Tags and links are those of both, and so are the notes. The status is the more advanced one,
    and a star stays. Of an abstract and its beginning, the whole one is taken.
    """
    merged: dict[str, Any] = {name: getattr(kept, name) or getattr(gone, name) for name in FACTS}
    merged["abstract"] = _fuller(kept.abstract, gone.abstract)
    merged["urls"] = tuple(dict.fromkeys([*kept.urls, *gone.urls]))
    merged["status"] = max(kept.status, gone.status, key=_PROGRESS.index)
    merged["starred"] = kept.starred or gone.starred
    merged["tags"] = tuple(_each_once([*kept.tags, *gone.tags]))
    merged["note"] = both_notes(kept.note, gone.note)
    return merged


def both_notes(first: str | None, second: str | None) -> str | None:
    """Two notes as one text; one that stands whole in the other stands there once."""
    mine, other = (f"\n{(note or '').strip()}\n" for note in (first, second))
    if other in mine or not other.strip():
        return first if mine.strip() else None
    if mine in other or not mine.strip():
        return second
    return f"{first}{SEPARATOR}{second}"


def _fuller(kept: str | None, gone: str | None) -> str | None:
    begun = (kept or "").rstrip(_CUT_OFF)
    if gone and len(gone) > len(kept or "") and gone.startswith(begun):
        return gone
    return kept or gone


def _each_once(tags: Iterable[str]) -> list[str]:
    known: dict[str, str] = {}
    for tag in tags:
        known.setdefault(tag.casefold(), tag)
    return list(known.values())
