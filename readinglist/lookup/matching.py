"""Whether a work that a provider knows is the paper in the library: sure, perhaps, or no.

Sure is only what titles and abstracts both say, or an identifier and the title. Everything that
leaves a doubt is a suggestion, on which the user decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from typing import Final, NamedTuple

from readinglist.library.index.folding import folded, words
from readinglist.lookup.provider import TITLE, Found, Question
from readinglist.lookup.titles import differ_by_spelling, likeness
from readinglist.records import Entry, Record

_EQUAL_OVERLAP: Final = 0.5  # of the abstracts, where the titles are equal
_CLOSE: Final = 0.9  # titles
_CLOSE_OVERLAP: Final = 0.6
_FEWEST_WORDS: Final = 4  # of a title that tells a work from others
_RUN: Final = 3  # words
_FEWEST_RUNS: Final = 6  # of an abstract that says something
_CONTRADICTION: Final = 0.15  # overlap of two abstracts that are not of one work

# From which titles on, and abstracts where both are there, something is worth a look.
_WORTH: Final = ((0.8, 0.0), (0.6, 0.5), (0.4, 0.8))
_MOST_SUGGESTIONS: Final = 3


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
