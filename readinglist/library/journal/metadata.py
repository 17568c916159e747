"""What is known of a paper, changed by its user, who has the last word on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final

from sqlmodel import Session

from readinglist.library.journal import facts
from readinglist.library.journal.recording import Alteration, out_of_reach, record_all, who
from readinglist.library.journal.rekeying import given_key
from readinglist.library.journal.values import present_among, read_values
from readinglist.outcomes import Done
from readinglist.text import fingerprint, identity

_SHOWN: Final = {"doi": "DOI", "arxiv_id": "arXiv id", "urls": "links", "key": "citation key"}


def set_facts(session: Session, paper: int, given: Mapping[str, object]) -> Done | None:
    """Give a paper these facts; `UsageError` for what cannot be so."""
    told = facts.checked(given)
    key, details = told.pop("key", None), told.pop("details", {})
    values = facts.stored(told) | {f"{facts.DETAIL}{name}": text for name, text in details.items()}
    if not present_among(session, [paper]):
        raise out_of_reach(1)
    altered = alterations(session, {paper: values})
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


def alterations(session: Session, papers: Mapping[int, Mapping[str, Any]]) -> list[Alteration]:
    """What giving papers these values alters; a new title brings its identity along."""
    every = {paper: {**values} for paper, values in papers.items()}
    titled = {paper: values for paper, values in every.items() if "title" in values}
    for paper, known in read_values(session, "identity", [*titled]).items():
        new = fingerprint(identity(every[paper]["title"]))
        every[paper]["retitled"] = new if new != known else None
    having: defaultdict[str, list[int]] = defaultdict(list)
    for paper, values in every.items():
        for name in values:
            having[name].append(paper)
    before = {name: read_values(session, name, ids) for name, ids in having.items()}
    return [
        Alteration(paper, name, before[name][paper], value)
        for paper, values in every.items()
        for name, value in values.items()
        if before[name][paper] != value
    ]
