"""Which papers of a library a lookup is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from readinglist.library import Library
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
    queued: bool = True,
) -> list[int]:
    """Those of these papers that lack something, with those that wait for this provider.

    With `refresh`, those of them instead of which a lookup has filled in something.
    """
    found: list[int] = []
    for start in range(0, len(papers), _AT_ONCE):
        few = papers[start : start + _AT_ONCE]
        if refresh:
            looked_up = library.origins(few)
            found += [paper for paper in few if paper in looked_up]
        else:
            found += [entry.id for entry in library.entries(few) if wanting(entry)]
    waiting = library.awaited(provider) if queued and not refresh else ()
    return list(dict.fromkeys([*found, *waiting]))
