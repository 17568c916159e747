"""Which papers of a library a lookup is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from readinglist.library import Library
from readinglist.lookup import LABELS
from readinglist.lookup.provider import Provider
from readinglist.records import Entry

_AT_ONCE: Final = 500  # papers that are in memory together


def wanting(paper: Entry) -> bool:
    """Whether a citation of the paper lacks what a lookup can give."""
    return not paper.authors or paper.year is None or not (paper.doi or paper.arxiv_id)


def chosen(
    library: Library,
    papers: Sequence[int],
    provider: str,
    *,
    refresh: bool = False,
    others: bool = False,
    queued: bool = True,
) -> list[int]:
    """Those of these papers that lack something, with those that wait for this provider.

    With `refresh`, those of them instead that have something from it; with `others`, those that
    have something from any provider.
    """
    found: list[int] = []
    for start in range(0, len(papers), _AT_ONCE):
        few = papers[start : start + _AT_ONCE]
        if refresh:
            wrote = providers_of(library, few)
            found += [
                paper for paper in few if provider in wrote[paper] or (others and wrote[paper])
            ]
        else:
            found += [entry.id for entry in library.entries(few) if wanting(entry)]
    waiting = library.awaited(provider) if queued and not refresh else ()
    return list(dict.fromkeys([*found, *waiting]))


def providers_of(library: Library, papers: Sequence[int]) -> dict[int, set[str]]:
    """From whom each of these papers has something that a lookup filled in."""
    origins = library.origins(papers)
    return {
        paper: {origin.provider for origin in origins.get(paper, {}).values()} for paper in papers
    }


def nothing_written(library: Library, papers: Sequence[int], provider: Provider) -> str:
    """Why a refresh from a provider has nothing to ask; others may have."""
    names = {name for wrote in providers_of(library, papers).values() for name in wrote}
    others = [label for name, label in LABELS.items() if name in names - {provider.name}]
    if not others:
        return "No lookup has written anything there."
    have = "have" if len(others) > 1 else "has"
    return f"{provider.label} has written nothing there; {' and '.join(others)} {have}."
