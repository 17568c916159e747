"""What a lookup found, written as one change: what the user and documents say has precedence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from sqlmodel import Session

from readinglist.findings import Brought, Filled, Finding
from readinglist.library.found_facts import from_text
from readinglist.library.journal import facts
from readinglist.library.journal.facts import DETAIL
from readinglist.library.journal.recording import Alteration, record_all, who
from readinglist.library.journal.shelf import LACKING, Renewable, Shelf, said_by
from readinglist.library.journal.values import TRASHED
from readinglist.library.storage.writer import now
from readinglist.outcomes import Done
from readinglist.records import Record

_SHOWN: Final = {"doi": "DOI", "arxiv_id": "arXiv id", "urls": "links"}


def fill_in(
    session: Session, findings: Sequence[Finding], *, refresh: bool, others: bool
) -> Filled:
    """Write what is sure into fields that are empty, and keep the rest as suggestions.

    With `refresh`, fields that still are as a lookup with the same provider wrote them are brought
    up to date; with `others` also those that another wrote for a match that was no better.
    """
    renewable = Renewable(own=refresh, others=refresh and others)
    shelf = Shelf(session, {each.paper for each in findings})
    fields: dict[int, tuple[str, ...]] = {}
    suggested: dict[int, int] = {}
    for finding in findings:
        if not shelf.has(finding.paper) or shelf.is_rejected(finding):
            continue
        if finding.sure:
            taken = shelf.take(finding, renewable)
            if taken:
                fields[finding.paper] = taken
        elif shelf.suggest(finding):
            suggested[finding.paper] = suggested.get(finding.paper, 0) + 1
    altered = shelf.alterations()
    done = record_all(session, _label(session, fields, suggested), altered) if altered else None
    return Filled(done, fields, suggested)


def accept(
    session: Session,
    paper: int,
    provider: str,
    identifier: str,
    values: Mapping[str, object] | None,
) -> Done | None:
    """Take a suggestion: `values` of its facts, or whatever the paper lacks; None if it is gone.

    The other suggestions for the paper are rejected with it.
    """
    shelf = Shelf(session, [paper])
    kept = shelf.open_suggestion(paper, provider, identifier)
    if kept is None:
        return None
    finding = Finding(paper, provider, identifier, kept.score, from_text(kept.record), sure=True)
    taken: tuple[str, ...] = ()
    if values is not None:
        chosen = facts.stored(facts.checked(values))
        shelf.offer_rivals(paper, chosen)
        taken = shelf.give(finding, chosen)
        finding = finding._replace(record=Record("", details=finding.record.details))
    taken += shelf.take(finding, LACKING)
    shelf.decide(paper, (provider, identifier), "accepted", others="rejected")
    what = ", ".join(map(_shown, taken)) or "nothing new"
    label = f"took a suggestion for {who(session, [paper])}: {what}"
    return record_all(session, label, shelf.alterations())


def reject(session: Session, paper: int, names: Iterable[tuple[str, str]]) -> Done | None:
    """Remember that suggestions, by provider and identifier, are of other works; None if gone."""
    shelf = Shelf(session, [paper])
    open_ones = [name for name in names if shelf.open_suggestion(paper, *name) is not None]
    if not open_ones:
        return None
    for name in open_ones:
        shelf.decide(paper, name, "rejected")
    what = "a suggestion" if len(open_ones) == 1 else f"{len(open_ones)} suggestions"
    return record_all(session, f"rejected {what} for {who(session, [paper])}", shelf.alterations())


def added(
    session: Session, brought: Sequence[Brought]
) -> tuple[Done | None, list[tuple[str, ...]]]:
    """Let papers that were here take what they lack of the works that were added.

    One change does all of it, and taking it back moves the new papers to the trash. Says of each
    work which fields its paper took; None when none took any.
    """
    shelf = Shelf(session, {each.paper for each in brought})
    new: dict[int, Alteration] = {}
    completed: set[int] = set()
    fields: list[tuple[str, ...]] = []
    for each in brought:
        found = Finding(each.paper, each.provider, "", 1.0, each.record, sure=True)
        taken: tuple[str, ...] = ()
        if each.new:
            said = said_by(each.record)
            shelf.remember(each.paper, each.provider, 1.0, said, said)
            new[each.paper] = Alteration(each.paper, TRASHED, now(), None)
        elif shelf.has(each.paper):
            taken = shelf.take(found, LACKING)
            completed |= {each.paper} if taken else set()
        fields.append(taken)
    completed -= {*new}
    if not new and not completed:
        return None, fields
    parts = [("added", [*new]), ("completed", [*completed])]
    label = ", ".join(f"{verb} {who(session, papers)}" for verb, papers in parts if papers)
    return record_all(session, label, [*shelf.alterations(), *new.values()]), fields


def _label(
    session: Session, fields: Mapping[int, tuple[str, ...]], suggested: Mapping[int, int]
) -> str:
    papers = [*dict.fromkeys([*fields, *suggested])]
    if len(papers) == 1:
        names = [*map(_shown, fields.get(papers[0], ()))]
        more = ["a suggestion"] if suggested else []
        return f"looked up {who(session, papers)}: {', '.join(names + more)}"
    parts = [f"{len(fields)} filled in"] if fields else []
    parts += [f"{len(suggested)} to review"] if suggested else []
    return f"looked up {len(papers)}: {', '.join(parts)}"


def _shown(name: str) -> str:
    return _SHOWN.get(name, name.removeprefix(DETAIL))
