"""Whether two documents say the same of a paper, each in its own way."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from operator import eq
from typing import Any, Final

from readinglist import latex
from readinglist.formats.names import OTHERS, taken_apart
from readinglist.identifiers import ARXIV_PREFIX
from readinglist.text import identity, without_braces

PREPRINT_YEARS: Final = 3
"""How many years may lie between a preprint and what was published of it."""

_PREPRINTS: Final = re.compile(r"\b(?:arxiv|corr|\w+rxiv|preprints?|ssrn)\b", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W_]+")
_SMALL: Final = frozenset({"the", "of", "on", "in", "and", "for", "a", "an", "to", "de", "der"})
_LONG: Final = re.compile(r"ae|oe|ue|ss")
_SHORT: Final = {"ae": "a", "oe": "o", "ue": "u", "ss": "s"}


def same_title(ours: str, theirs: str) -> bool:
    """Whether two titles differ in case, spaces, dashes and LaTeX at most."""
    return identity(ours) == identity(theirs)


def same_people(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether two lists may be of the same authors: initials, accents and orders do not count.

    A list that ends in "others" may go on as the other one does.
    """
    one, other = ([name for name in names if not _is_others(name)] for names in (ours, theirs))
    cut_off = ours if len(one) < len(other) else theirs
    if len(one) != len(other) and not any(map(_is_others, cut_off)):
        return False
    return all(_same_person(*pair) for pair in zip(one, other, strict=False))


def same_venue(ours: str, theirs: str) -> bool:
    """Whether two venues may be one: one is short for the other, or theirs only a preprint's."""
    if is_preprint(theirs):
        return True
    one, other = _words(ours), _words(theirs)
    short, long = sorted((one, other), key=len)
    if not short or "".join(short) in "".join(long):
        return True
    initials = "".join(word[0] for word in long)
    abbreviated = _abbreviates(one, other) or _abbreviates(other, one)
    return abbreviated or (len(short) == 1 and short[0] == initials)


def same_identifier(ours: str, theirs: str) -> bool:
    """Whether two identifiers are equal, or one is the DOI that arXiv gave the preprint."""
    return ours.lower() == theirs.lower() or any(
        each.lower().startswith(ARXIV_PREFIX) for each in (ours, theirs)
    )


def same_words(ours: str, theirs: str) -> bool:
    """Whether two texts have the same letters and digits: 1--9 and 1–9, Vol. 3 and vol 3."""
    return _words(ours, small=True) == _words(theirs, small=True)


def same_note(ours: str, theirs: str) -> bool:
    """Whether a note of ours holds all of theirs."""
    return theirs.strip() in ours


def is_preprint(venue: str | None) -> bool:
    """Whether a venue is where preprints are kept."""
    return venue is not None and _PREPRINTS.search(venue) is not None


SAME: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "title": same_title,
    "authors": same_people,
    "venue": same_venue,
    "doi": same_identifier,
    "arxiv_id": same_identifier,
    "details.volume": same_words,
    "details.number": same_words,
    "details.pages": same_words,
    "note": same_note,
}
"""By field, whether two values of it agree; of other fields, nothing is disputed."""


def agree(field: str, ours: Any, theirs: Any) -> bool:
    """Whether two values of a field, neither of them nothing, say the same."""
    same: Callable[[Any, Any], bool] = SAME.get(field, eq)
    return bool(same(ours, theirs))


def _is_others(name: str) -> bool:
    return name.strip(" .").lower() in (OTHERS, "et al")


def _same_person(one: str, other: str) -> bool:
    ours, theirs = _parts(one), _parts(other)
    if sorted(ours) == sorted(theirs):
        return True
    family_first = ((ours[1:] + ours[:1], theirs), (ours, theirs[1:] + theirs[:1]))
    return any(_fits(*pair) for pair in ((ours, theirs), *family_first))


def _fits(ours: list[str], theirs: list[str]) -> bool:
    """Whether the last names are equal, and the first ones are short for each other."""
    if not ours or not theirs or ours[-1] != theirs[-1]:
        return False
    few, many = sorted((ours[:-1], theirs[:-1]), key=len)
    rest = iter(many)
    return all(any(_begins(name, each) for each in rest) for name in few)


def _begins(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _parts(name: str) -> list[str]:
    """The names of a person, first names first: `B., van der` and `van der B` have the same."""
    plain = latex.to_unicode(without_braces(name))
    known = taken_apart(plain)
    parts = (known.given, known.particle, known.family, known.suffix) if known else (plain,)
    return [
        _LONG.sub(lambda found: _SHORT[found[0]], word)
        for word in _words(" ".join(parts).replace("'", ""), small=True)
    ]


def _words(text: str, *, small: bool = False) -> list[str]:
    """The words of a text without case, accents and LaTeX, and without the small ones."""
    plain = unicodedata.normalize("NFKD", latex.to_unicode(text).casefold())
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    found = _WORD.findall(bare.replace("&", " and "))
    return found if small else [word for word in found if word not in _SMALL]


def _abbreviates(short: list[str], long: list[str]) -> bool:
    """Whether each word of one is the beginning of one of the other's, in its order."""
    rest = iter(long)
    return all(any(word.startswith(each) for word in rest) for each in short)
