"""Status and star as the fields of a bibliography in which JabRef has them too."""

from __future__ import annotations

from typing import Any, Final

from readinglist.records import Entry, Status

READ_STATUS: Final = "readstatus"
RELEVANCE: Final = "relevance"

_STATUSES: Final = {str(status): status for status in Status}
_STARRED: Final = "relevant"


def told(entry: Entry) -> dict[str, str]:
    """A paper's status and star; the inbox is none."""
    marks = {READ_STATUS: str(entry.status)} if entry.status != Status.INBOX else {}
    return {**marks, **({RELEVANCE: _STARRED} if entry.starred else {})}


def taken(facts: dict[str, str]) -> dict[str, Any]:
    """Take status and star out of facts, as the members of a record; what they are not stays."""
    found: dict[str, Any] = {}
    if (status := _STATUSES.get(facts.get(READ_STATUS, "").strip().lower())) is not None:
        del facts[READ_STATUS]
        found["status"] = status
    if facts.get(RELEVANCE, "").strip().lower() == _STARRED:
        del facts[RELEVANCE]
        found["starred"] = True
    return found
