"""Whether a work that a provider knows is the paper in the library: sure, perhaps, or no.

Sure is only what titles and abstracts both say, or an identifier and the title. Everything that
leaves a doubt is a suggestion, on which the user decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from enum import Enum
from typing import Final, NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from readinglist.latex import to_unicode
from readinglist.library.index.folding import folded, words
from readinglist.lookup.provider import TITLE, Found, Question
from readinglist.records import Entry, Record

_EQUAL_OVERLAP: Final = 0.5  # of the abstracts, where the titles are equal
_CLOSE: Final = 0.9  # titles
_CLOSE_OVERLAP: Final = 0.6
_FEWEST_WORDS: Final = 4  # of a title that tells a work from others
_RUN: Final = 3  # words
_FEWEST_RUNS: Final = 6  # of an abstract that says something
_SMALL: Final = frozenset({"a", "an", "the", "and"})
_MISSPELT: Final = 5  # letters of a word in which one of them may be wrong; of twice as many, two
_CONTRADICTION: Final = 0.15  # overlap of two abstracts that are not of one work

# From which titles on, and abstracts where both are there, something is worth a look.
_WORTH: Final = ((0.8, 0.0), (0.6, 0.5), (0.4, 0.8))
_MOST_SUGGESTIONS: Final = 3

_NUMBER: Final = re.compile(r"\d+|\b[ivx]+\b")


class Verdict(Enum):
    """What is to be done with a work."""

    TAKE = "take"
    SUGGEST = "suggest"
    DROP = "drop"


class Measure(NamedTuple):
    """How alike a work and a paper are, from 0 to 1; no `overlap` where an abstract is missing."""

    title: float
    overlap: float | None


class Judgement(NamedTuple):
    """A work, how alike it is to the paper, and what is to be done with it."""

    work: Found
    measure: Measure
    verdict: Verdict


def judge(paper: Entry, question: Question, works: Sequence[Found]) -> list[Judgement]:
    """What is to be done with the answer to a question about a paper; nothing for most of it.

    At most one work is to be taken: two that could be are suggestions, both of them.
    """
    judged = [_judgement(paper, question, work) for work in _each_once(works)]
    sure = [each for each in judged if each.verdict is Verdict.TAKE]
    if len(sure) == 1:
        return sure
    doubtful = [each for each in judged if each.verdict is not Verdict.DROP]
    doubtful.sort(key=lambda each: (-each.measure.title, -(each.measure.overlap or 0.0)))
    return [each._replace(verdict=Verdict.SUGGEST) for each in doubtful[:_MOST_SUGGESTIONS]]


def measure(paper: Entry, record: Record) -> Measure:
    """Compare titles and abstracts."""
    return Measure(
        likeness(paper.title, record.title), containment(paper.abstract, record.abstract)
    )


def likeness(one: str, other: str) -> float:
    """How alike two titles are, without case, accents, signs and LaTeX; 1 only if they are equal.

    A sign that is no letter, as in `+` and `C++`, makes titles unequal all the same, and so does
    a sign inside a number, as in `3.5`.
    """
    first, second = " ".join(words(one)), " ".join(words(other))
    if not first or not second:
        return 1.0 if _bare(one) == _bare(other) else 0.0
    if first.replace(" ", "") == second.replace(" ", ""):
        alike = _signs(one) == _signs(other) and _digits(first) == _digits(second)
        return 1.0 if alike else 0.99
    return min(0.99, fuzz.ratio(first, second) / 100)


def containment(one: str | None, other: str | None) -> float | None:
    """How much of the shorter abstract stands in the longer one, by runs of three words."""
    first, second = _runs(one), _runs(other)
    fewer = min(len(first), len(second))
    return len(first & second) / fewer if fewer >= _FEWEST_RUNS else None


def _judgement(paper: Entry, question: Question, work: Found) -> Judgement:
    measured = measure(paper, work.record)
    if _is_taken(paper, question, work, measured):
        verdict = Verdict.TAKE
    elif question.kind != TITLE or _is_worth(measured):
        verdict = Verdict.SUGGEST
    else:
        verdict = Verdict.DROP
    return Judgement(work, measured, verdict)


def _is_taken(paper: Entry, question: Question, work: Found, measured: Measure) -> bool:
    if _contradicts(paper, work):
        return False
    record = work.record
    if measured.title < 1.0 and not (
        measured.title >= _CLOSE
        and differ_by_spelling(paper.title, record.title, paper.abstract, record.abstract)
    ):
        return False
    overlap = measured.overlap
    if question.kind != TITLE:  # the work goes by the very name that the paper has
        return overlap is None or overlap >= _CONTRADICTION
    if overlap is None or _is_short(paper.title):
        return False
    return overlap >= (_EQUAL_OVERLAP if measured.title == 1.0 else _CLOSE_OVERLAP)


def _is_short(title: str) -> bool:
    """Whether a title has too few words to tell a work from others, with hyphens or without."""
    return min(len(title.split()), len(words(title))) < _FEWEST_WORDS


def _is_worth(measured: Measure) -> bool:
    overlap = measured.overlap
    if overlap is None:
        return measured.title >= _WORTH[0][0]
    return any(measured.title >= title and overlap >= least for title, least in _WORTH)


def _contradicts(paper: Entry, work: Found) -> bool:
    """Whether the paper has another identifier, or other authors, than the work."""
    record = work.record
    for mine, theirs in ((paper.doi, record.doi), (paper.arxiv_id, record.arxiv_id)):
        if mine and theirs and mine != theirs and mine not in work.names:
            return True
    if not paper.authors or not record.authors:
        return False
    return _families(paper.authors).isdisjoint(_families(record.authors))


def _families(authors: Iterable[str]) -> set[str]:
    """Every word of the names that is no initial: who has none of them is somebody else."""
    return {word for name in authors for word in words(name) if len(word) > 1}


# Titles


def differ_by_spelling(one: str, other: str, *abstracts: str | None) -> bool:
    """Whether two titles differ by no more than spelling and articles.

    Another number or sign, a word more, or a word for another make another work: a second part, a
    follow-up, the same for videos. A word is misspelt if it stands in none of the abstracts, and
    the right one in all of them: so `micro` is no slip for `macro`.
    """
    first, second = words(one), words(other)
    if _numbers(first) != _numbers(second) or _signs(one) != _signs(other):
        return False
    known = [frozenset(words(abstract or "")) for abstract in abstracts]
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return all(
        kind == "equal" or _is_slip(first[start:stop], second[other_start:other_stop], known)
        for kind, start, stop, other_start, other_stop in matcher.get_opcodes()
    )


def _is_slip(some: list[str], others: list[str], known: list[frozenset[str]]) -> bool:
    """Whether words differ by their spaces, by some letters, or by articles alone."""
    if "".join(some) == "".join(others) or {*some, *others} <= _SMALL:
        return True
    if len(some) != len(others):
        return False
    return all(
        one == other or _is_plural(one, other) or _is_misspelt(one, other, known)
        for one, other in zip(some, others, strict=True)
    )


def _is_plural(one: str, other: str) -> bool:
    return len(one) >= _MISSPELT and (one + "s" == other or other + "s" == one)


def _is_misspelt(one: str, other: str, known: list[frozenset[str]]) -> bool:
    allowed = min(2, min(len(one), len(other)) // _MISSPELT)
    if not known or one[0] != other[0] or OSA.distance(one, other) > allowed:
        return False
    in_all = [all(word in abstract for abstract in known) for word in (one, other)]
    in_none = [all(word not in abstract for abstract in known) for word in (one, other)]
    return (in_all[0] and in_none[1]) or (in_none[0] and in_all[1])


def _numbers(title: list[str]) -> list[str]:
    """The numbers in a title, Roman ones too, and single letters such as those of a version."""
    return [number for word in title for number in _NUMBER.findall(word)]


def _digits(title: str) -> list[str]:
    return re.findall(r"\d+", title)


def _signs(title: str) -> str:
    """The signs that tell `C` from `C++`."""
    return "".join(sign for sign in _bare(title) if sign in "+#*")


def _bare(title: str) -> str:
    return "".join(to_unicode(title).split()).casefold()


# Abstracts


def _runs(abstract: str | None) -> frozenset[tuple[str, ...]]:
    said = folded(abstract or "").split()
    return frozenset(zip(*(said[start:] for start in range(_RUN)), strict=False))


def _each_once(works: Sequence[Found]) -> list[Found]:
    """Leave out what is the same work once more, by its identifiers."""
    kept: list[Found] = []
    for work in works:
        same = {work.identifier, *work.names}
        if all(same.isdisjoint({other.identifier, *other.names}) for other in kept):
            kept.append(work)
    return kept
