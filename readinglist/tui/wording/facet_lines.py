"""The lines of the filters: statuses, saved searches, tags as a tree, and documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from readinglist.library.search.branches import stems
from readinglist.records import Facet, FacetCounts, Saved, Status
from readinglist.tui.looks import glyphs

SEARCH = "search"
"""The field of a line that is a saved search: no condition, but a view of its own."""

_FEW = 40  # tags; with more of them, branches begin closed


class Line(NamedTuple):
    """One line: a heading when it has no facet, an empty one when it has no label either.

    `stem` is that of a branch, `open` whether what hangs from it shows, and `depth` how deep it
    hangs itself.
    """

    label: str = ""
    sign: str = " "
    facet: Facet | None = None
    stem: str = ""
    open: bool = False
    depth: int = 0
    quiet: bool = False


def lines(
    counts: FacetCounts, saved: Sequence[Saved] = (), opened: Mapping[str, bool] | None = None
) -> Iterator[Line]:
    """The lines in order; `opened` tells of branches whether they were opened or closed."""
    yield Line("Status")
    for status in Status:
        yield Line(str(status), glyphs.STATUS[status], Facet("status", str(status)))
    yield Line()
    yield Line("starred", glyphs.STAR, Facet("is", "starred"))
    yield Line("untagged", " ", Facet("is", "untagged"))
    if counts.trash:
        yield Line("trash", " ", Facet("is", "trashed"), quiet=True)
    yield from _section("Searches", map(_search, saved))
    yield from _section("Tags", _tree(counts.tags, opened or {}))
    yield from _section("Documents", (Line(n, " ", Facet("source", n)) for n in counts.sources))


def _search(saved: Saved) -> Line:
    sign = glyphs.BEGINNING if saved.start else glyphs.SEARCH
    return Line(saved.name, sign, Facet(SEARCH, saved.name))


def _section(heading: str, members: Iterable[Line]) -> Iterator[Line]:
    for number, line in enumerate(members):
        if not number:
            yield from (Line(), Line(heading))
        yield line


def _tree(names: Iterable[str], opened: Mapping[str, bool]) -> Iterator[Line]:
    """The tags, each below what it hangs from; what hangs from a closed branch is left out."""
    tags = list(names)
    heads: dict[str, str] = {}
    for name in tags:
        for stem in stems(name):
            heads.setdefault(stem.casefold(), stem)
    if not heads:
        yield from (Line(name, " ", Facet("tag", name)) for name in tags)
        return
    nodes = {**heads, **{name.casefold(): name for name in tags}}
    closed = ""
    for key in sorted(nodes, key=lambda key: key.split("/")):
        if closed and key.startswith(closed):
            continue
        name = nodes[key]
        hangs = [stem for stem in stems(name) if stem.casefold() in heads]
        label = name[len(hangs[-1]) + 1 :] if hangs else name
        if key not in heads:
            yield Line(label, " ", Facet("tag", name), depth=len(hangs))
            continue
        is_open = opened.get(key, len(tags) <= _FEW)
        closed = "" if is_open else f"{key}/"
        facet = Facet("tag", f"{heads[key]}/*")
        sign = glyphs.OPEN if is_open else glyphs.CLOSED
        yield Line(label, sign, facet, key, is_open, len(hangs))


def papers(line: Line, counts: FacetCounts, searches: Mapping[str, int] = {}) -> int | None:
    """How many papers a line stands for; None where that is not known, or for a heading."""
    facet = line.facet
    if facet is None:
        return None
    if facet.field == SEARCH:
        return searches.get(facet.value)
    if line.stem:
        return counts.branches.get(line.stem, 0)
    match facet.field:
        case "status":
            return counts.statuses.get(Status(facet.value), 0)
        case "is":
            kinds = {"starred": counts.starred, "untagged": counts.untagged}
            return kinds.get(facet.value, counts.trash)
        case "tag":
            return counts.tags.get(facet.value, 0)
        case _:
            return counts.sources.get(facet.value, 0)
