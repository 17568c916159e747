"""What is told of a lookup: paper by paper on stdout, and the sum of it beside."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from readinglist.cli.output import count, say, say_json, tell
from readinglist.cli.suggestions import as_json
from readinglist.library.found_facts import members_of

if TYPE_CHECKING:
    from readinglist.findings import Filled, Finding
    from readinglist.library import Library
    from readinglist.lookup.looking import Looked
    from readinglist.lookup.provider import Provider
    from readinglist.records import Entry

_OUTCOMES = ("filled", "suggested", "unchanged", "missing", "left")
_COUNTED = (("filled", "filled in"), ("suggested", "to review"), ("missing", "not found"))

Told = dict[str, Any]
"""What came of one paper, as JSON shows it."""


def nothing(library: Library, ids: Sequence[int], provider: Provider, options: Namespace) -> None:
    """Say that there was nothing to look up among these papers."""
    from readinglist.lookup.choosing import nothing_written

    if options.json:
        _say_json([], 0, None, provider, options)
    tell(
        nothing_written(library, ids, provider)
        if options.refresh
        else "Nothing to look up: no paper there lacks authors, a year or an identifier."
    )


def report(
    library: Library,
    papers: list[Entry],
    looked: Looked,
    filled: Filled,
    provider: Provider,
    options: Namespace,
) -> None:
    """Say what came of a lookup."""
    told = list(_outcomes(library, papers, looked, filled))
    if options.json:
        error = str(looked.error) if looked.error is not None else None
        _say_json(told, looked.requests, error, provider, options)
    else:
        for paper in told:
            what = ", ".join(name.removeprefix("details.") for name in paper["fields"])
            if paper["suggestions"]:
                what = what or count(len(paper["suggestions"]), "suggestion")
            if what:
                say((f"{paper['key']}  ", "strong"), what)
    for remark in _remarks(told, looked, dry_run=options.dry_run):
        tell(remark)


def _outcomes(
    library: Library, papers: list[Entry], looked: Looked, filled: Filled
) -> Iterator[Told]:
    sure = {each.paper: each for each in looked.findings if each.sure}
    unsure: dict[int, list[Finding]] = {}
    for each in looked.findings:
        if not each.sure and each.paper in filled.suggested:
            unsure.setdefault(each.paper, []).append(each)
    missing, left = {*looked.missing}, {*looked.left}
    keys = {paper.id: paper.key for paper in library.entries(each.id for each in papers)}
    for paper in papers:
        number, fields = paper.id, filled.fields.get(paper.id, ())
        marks = (bool(fields), number in unsure, False, number in missing, number in left)
        outcome = next((o for o, mark in zip(_OUTCOMES, marks, strict=True) if mark), "unchanged")
        finding = sure.get(number)
        yield {
            "key": keys.get(number, paper.key),
            "title": paper.title,
            "outcome": outcome,
            "fields": list(fields),
            "score": finding.score if finding else None,
            "identifier": finding.identifier if finding else None,
            "record": members_of(finding.record) if finding else None,
            "suggestions": [as_json(each) for each in unsure.get(number, ())],
        }


def _totals(told: list[Told]) -> dict[str, int]:
    outcomes = [paper["outcome"] for paper in told]
    return {"papers": len(told), **{name: outcomes.count(name) for name in _OUTCOMES}}


def _say_json(
    told: list[Told], requests: int, error: str | None, provider: Provider, options: Namespace
) -> None:
    say_json(
        {
            "provider": provider.name,
            "dry_run": options.dry_run,
            "papers": told,
            "totals": _totals(told) | {"requests": requests},
            "error": error,
        }
    )


def _remarks(told: list[Told], looked: Looked, *, dry_run: bool) -> Iterator[str]:
    totals = _totals(told)
    parts = [f"{totals[name]} {words}" for name, words in _COUNTED if totals[name]]
    asked = totals["papers"] - totals["left"]
    if asked:
        done = f"Looked up {count(asked, 'paper')} with {count(looked.requests, 'request')}"
        yield f"{done}: {', '.join(parts) or 'nothing new'}."
    if looked.stopped:
        yield f"Stopped: {count(totals['left'], 'paper')} left."
    if totals["suggested"] and not dry_run:
        yield "`readinglist suggestions` shows what is to review."
    if dry_run:
        yield "This was a dry run: nothing was changed."
    elif totals["filled"]:
        yield "`readinglist undo` takes all of it back."
