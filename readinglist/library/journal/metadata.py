"""What is known of a paper, changed by its user, who has the last word on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlmodel import Session, select

from readinglist.library.journal import facts
from readinglist.library.journal.recording import Alteration, out_of_reach, record_all, who
from readinglist.library.journal.rekeying import given_key
from readinglist.library.journal.values import present_among, read_values
from readinglist.models import Paper
from readinglist.outcomes import Done
from readinglist.text import fingerprint, identity

_SHOWN: Final = {"doi": "DOI", "arxiv_id": "arXiv id", "urls": "links", "key": "citation key"}


def set_facts(session: Session, paper: int, given: Mapping[str, object]) -> Done | None:
    """Give a paper these facts; `UsageError` for what cannot be so."""
    told = facts.checked(given)
    key, details = told.pop("key", None), told.pop("details", {})
    values = facts.stored(told) | {f"{facts.DETAIL}{name}": text for name, text in details.items()}
    altered = alterations(session, paper, values)
    if key is not None:
        altered += given_key(session, paper, key)
    if not altered:
        return None
    names = ", ".join(filter(None, (_shown(each.field) for each in altered)))
    return record_all(session, f"edited {who(session, [paper])}: {names}", altered)


def _shown(field: str) -> str:
    """What a field is called in the journal; empty for one that comes along with another."""
    if field.startswith(facts.DETAIL):
        return field.removeprefix(facts.DETAIL)
    return _SHOWN.get(field, field if field in facts.FACTS else "")


def alterations(session: Session, paper: int, values: Mapping[str, Any]) -> list[Alteration]:
    """What giving a paper these values alters; a new title brings its identity along."""
    if not present_among(session, [paper]):
        raise out_of_reach(1)
    values = {**values}
    if "title" in values:
        name = session.exec(select(Paper.identity).where(Paper.id == paper)).one()
        new = fingerprint(identity(values["title"]))
        values["retitled"] = new if new != name else None
    before = {name: read_values(session, name, [paper])[paper] for name in values}
    return [
        Alteration(paper, name, before[name], value)
        for name, value in values.items()
        if before[name] != value
    ]
