"""What an import brought, document by document put together, for its review."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from readinglist.importing import Failure
from readinglist.library import Library
from readinglist.outcomes import Imported, Receipt
from readinglist.records import Problem


@dataclass(frozen=True, slots=True)
class Trouble:
    """What could not be read of a document; line 0 means all of it."""

    document: str
    path: str
    line: int
    reason: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Ids of papers, each once, and what could not be read; `pairs` look like one paper each.

    `conflicts` is how many facts the documents say otherwise than the papers.
    """

    name: str
    new: tuple[int, ...] = ()
    merged: tuple[int, ...] = ()
    changed: tuple[tuple[int, tuple[str, ...]], ...] = ()
    troubles: tuple[Trouble, ...] = ()
    pairs: int = 0
    conflicts: int = 0

    @property
    def calls_for_a_look(self) -> bool:
        """Whether there is more to see than papers that came in."""
        return bool(self.changed or self.troubles or self.pairs or self.conflicts)


def of_import(
    library: Library, receipts: Sequence[Receipt], failures: Sequence[Failure], pairs: int
) -> Outcome:
    """What an import brought that has just been made."""
    brought = [
        library.imported(receipt.document)
        for receipt in receipts
        if receipt.document and (receipt.new or receipt.merged)
    ]
    troubles: list[Trouble] = []
    for receipt in receipts:
        troubles += _troubles(receipt.name, receipt.path, receipt.problems)
    troubles += map(_whole, failures)
    name = _name([receipt.name for receipt in receipts])
    outcome = _together(name, brought, troubles, pairs)
    return replace(outcome, conflicts=_disputed(library, brought))


def of_latest(library: Library) -> Outcome | None:
    """What the latest import brought, as far as the library knows; None if there was none."""
    brought = [library.imported(document) for document in library.latest_import()]
    if not brought:
        return None
    troubles = [each for one in brought for each in _troubles(one.name, one.path, one.problems)]
    name = _name([one.name for one in brought])
    outcome = _together(name, brought, troubles, len(library.lookalikes()))
    return replace(outcome, conflicts=_disputed(library, brought))


def _disputed(library: Library, brought: Sequence[Imported]) -> int:
    return sum(len(library.conflicts(one.document)) for one in brought)


def _whole(failure: Failure) -> Trouble:
    path = str(failure.path)
    name = failure.path.name or path
    return Trouble(name, path, 0, str(failure.error).replace(path, name, 1))


def _troubles(name: str, path: str, problems: Iterable[Problem]) -> list[Trouble]:
    return [Trouble(name, path, each.line, each.reason, each.text) for each in problems]


def _name(names: Sequence[str]) -> str:
    return Path(names[0]).name if len(names) == 1 else f"{len(names):,} documents"


def _together(
    name: str, brought: Sequence[Imported], troubles: Sequence[Trouble], pairs: int
) -> Outcome:
    changed: dict[int, dict[str, None]] = {}
    for one in brought:
        for paper, fields in one.changed:
            changed.setdefault(paper, {}).update(dict.fromkeys(fields))
    return Outcome(
        name,
        tuple(dict.fromkeys(paper for one in brought for paper in one.new)),
        tuple(dict.fromkeys(paper for one in brought for paper in one.merged)),
        tuple((paper, tuple(fields)) for paper, fields in changed.items()),
        tuple(troubles),
        pairs,
    )


def alike_told(pairs: int, way: str) -> str:
    """How many pairs look alike, and the way to them; empty for none."""
    if not pairs:
        return ""
    look, them = ("1 pair looks", "it") if pairs == 1 else (f"{pairs:,} pairs look", "them")
    return f"{look} like the same paper: {way} {them}."
