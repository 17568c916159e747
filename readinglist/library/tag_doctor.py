"""Tags that may be one, and tags that hardly anything has: found by their names and their use."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final, NamedTuple

SINGLE: Final = "on one paper"
# A name with one letter wrong in so many is a typing error; of shorter ones, another word.
_LONG_ENOUGH: Final = 5
_LONG: Final = 9
_MOST_COMPARED: Final = 5000  # tags; more of them would take seconds


class Ailment(NamedTuple):
    """A tag that may be another one in other letters, or is on one paper only (`cure` None).

    `sure` is whether nobody would mean two things by them.
    """

    tag: str
    papers: int
    why: str
    cure: str | None = None
    cure_papers: int = 0
    sure: bool = False


def ailments(counts: Mapping[str, int]) -> list[Ailment]:
    """What is found among tags and their numbers of papers: sure ones first, then by name.

    Each tag has at most one cure, and none is itself cured; single tags without one come last.
    """
    found: dict[str, Ailment] = {}
    kept: set[str] = set()
    for why, sure, pairs in _alike(list(counts)):
        for pair in pairs:
            ill, well = sorted(pair, key=lambda tag: (counts[tag], -len(tag), tag))
            if ill in kept and well not in kept and well not in found:
                ill, well = well, ill
            if ill in found or well in found or ill in kept:
                continue
            kept.add(well)
            found[ill] = Ailment(ill, counts[ill], why, well, counts[well], sure)
    singles = [
        Ailment(tag, 1, SINGLE)
        for tag, papers in counts.items()
        if papers == 1 and tag not in found and tag not in kept
    ]
    order = sorted(found.values(), key=lambda each: (not each.sure, each.tag.casefold()))
    return order + sorted(singles, key=lambda each: each.tag.casefold())


Pairs = Iterator[tuple[str, str]]


def _alike(tags: Sequence[str]) -> Iterator[tuple[str, bool, Pairs]]:
    """Yield the ways in which tags may be one, the surest first, each with the pairs it finds."""
    yield "spelling", True, _same(tags, _letters)
    yield "plural", True, _same(tags, _singular)
    yield "order of words", True, _same(tags, _words)
    yield "typing error", False, _typos(tags)
    yield "branch", False, _leaves(tags)


def _same(tags: Sequence[str], key: Callable[[str], Hashable]) -> Pairs:
    groups: dict[Hashable, list[str]] = {}
    for tag in tags:
        if name := key(tag):
            groups.setdefault(name, []).append(tag)
    for group in groups.values():
        yield from combinations(group, 2)


def _letters(tag: str) -> str:
    """A name without case, accents, hyphens, spaces and slashes."""
    plain = unicodedata.normalize("NFKD", tag.casefold())
    return "".join(filter(str.isalnum, plain)) or tag


def _singular(tag: str) -> str:
    return "".join(map(_without_plural, _parts(tag)))


def _words(tag: str) -> tuple[str, ...]:
    return tuple(sorted(map(_without_plural, _parts(tag))))


def _parts(tag: str) -> list[str]:
    return [part for each in re.split(r"[\W_]+", tag.casefold()) if (part := _letters(each))]


def _without_plural(word: str) -> str:
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") else word[:-1]


def _typos(tags: Sequence[str]) -> Pairs:
    """Yield names that differ by a letter or two that were missed, doubled, changed or swapped."""
    from rapidfuzz import process  # 18 ms, and only this needs it
    from rapidfuzz.distance import OSA

    names = {tag: name for tag in tags if len(name := _letters(tag)) >= _LONG_ENOUGH}
    if len(names) > _MOST_COMPARED:
        return
    for tag, name in names.items():
        most = 2 if len(name) >= _LONG else 1
        near = process.extract(name, names, scorer=OSA.distance, score_cutoff=most, limit=None)
        for other_name, _, other in near:
            if tag < other and _digits(name) == _digits(other_name):
                yield tag, other


def _digits(name: str) -> list[str]:
    return [sign for sign in name if sign.isdigit()]


def _leaves(tags: Sequence[str]) -> Pairs:
    """Yield tags that are also the last part of a longer one, such as `offline` of `rl/offline`."""
    whole = {tag.casefold(): tag for tag in tags}
    for tag in tags:
        branch, _, leaf = tag.rpartition("/")
        if branch and leaf.casefold() in whole:
            yield whole[leaf.casefold()], tag
