"""From roles to papers: which title owns which paragraphs, and what is left over."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from readinglist.formats.capture.blocks import Block, join, starts_small
from readinglist.formats.capture.roles import Span
from readinglist.formats.capture.traits import ends, size_of, traits_of
from readinglist.records import Problem, Record
from readinglist.stopping import with_checkpoints

NO_ABSTRACT = "a title with no abstract after it"
NO_TITLE = "an abstract with no title before it"
NO_PAPER = "a line that belongs to no paper"
CUT_OFF = "the last abstract seems to be cut off"

_GOES_ON = (
    "However,", "Moreover,", "Furthermore,", "Additionally,", "In addition", "Specifically,",
    "Finally,", "To address th", "To this end", "Extensive ", "Experiment", "Our ", "These ",
    "They ", "It ", "Results ", "Code ", "The code", "As a result", "Thus", "Therefore",
    "Consequently", "Notably,", "Project page", "Further", "Also", "Second", "Third", "For example",
)  # fmt: skip
"""How a second paragraph likes to start, and an abstract does not."""

_GOING_ON, _BLANK_TELLS, _NO_BLANK_TELLS = 2.0, 1.5, 6.0
"""What speaks for a second paragraph: such a start, and a blank line on a page that has none
elsewhere; on such a page, the lack of one speaks against it."""

_LEAST_SPREAD, _MOST_SPREAD, _USUAL_SIZE = 0.25, 0.6, math.log(900)
_ENOUGH, _MOSTLY = 3, 0.8
"""So many papers show a habit, and this share of them must have it."""

_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class _Piece:
    """A title or a paragraph; `breaks` says that a blank line sets it apart from the one above."""

    text: str
    line: int
    blank_above: bool
    breaks: bool
    size: float


@dataclass(slots=True)
class _Paper:
    """A title and the paragraphs up to the next title; either can lack."""

    title: _Piece | None = None
    paragraphs: list[_Piece] = field(default_factory=list)


def papers_of(blocks: Sequence[Block], spans: Sequence[Span]) -> tuple[list[Record], list[Problem]]:
    """The papers that the roles make, and a problem for each stretch that is in none."""
    records: list[Record] = []
    problems = [
        Problem(piece.line, NO_PAPER, piece.text)
        for piece in (_piece(blocks, span) for span in spans if span.role == "junk")
    ]
    papers = _gathered(blocks, spans)
    lengths = _Lengths(papers)
    for paper in with_checkpoints(papers):
        own = lengths.own(paper.paragraphs) if paper.title else 0
        problems += [Problem(rest.line, NO_TITLE, rest.text) for rest in paper.paragraphs[own:]]
        if paper.title and own:
            abstract = _joined(paper.paragraphs[:own])
            records.append(Record(paper.title.text, abstract, line=paper.title.line))
            if paper is papers[-1] and own == len(paper.paragraphs) and _seems_cut(records):
                problems.append(Problem(paper.paragraphs[0].line, CUT_OFF, abstract))
        elif paper.title:
            problems.append(Problem(paper.title.line, NO_ABSTRACT, paper.title.text))
    return records, sorted(problems, key=lambda problem: problem.line)


def _gathered(blocks: Sequence[Block], spans: Sequence[Span]) -> list[_Paper]:
    papers: list[_Paper] = []
    section = None
    for span in with_checkpoints(spans):
        if span.role == "junk":
            continue
        if span.role == "title" or blocks[span.start].section != section:
            papers.append(_Paper())
        section = blocks[span.start].section
        if span.role == "title":
            papers[-1].title = _piece(blocks, span)
        else:
            papers[-1].paragraphs.append(_piece(blocks, span))
    return papers


def _piece(blocks: Sequence[Block], span: Span) -> _Piece:
    first = blocks[span.start]
    text = join([line.text for block in blocks[span.start : span.end] for line in block.lines])
    blank = first.gap > 0
    return _Piece(text, first.number, blank, blank and not first.mid_sentence, size_of(text))


def _joined(paragraphs: Sequence[_Piece]) -> str:
    parts = [[paragraphs[0].text]]
    for piece in paragraphs[1:]:
        if piece.breaks:
            parts.append([])
        parts[-1].append(piece.text)
    return "\n\n".join(join(part) for part in parts)


def _seems_cut(records: Sequence[Record]) -> bool:
    """Whether the last abstract stops in mid-sentence, and that is not how this page writes."""
    *others, last = [record.abstract or "" for record in records]
    if ends(last) is not False:
        return False
    finished = sum(ends(other) is not False for other in others)
    if len(others) < _ENOUGH:
        return traits_of(last).sentences > 0 and finished == len(others)
    return finished > _MOSTLY * len(others)


class _Lengths:
    """How long this page's abstracts are, and whether it rather splits them or loses titles.

    Abstracts on end are one abstract in paragraphs, or several that lost their titles: the
    former if together they are as long as the others, the latter if each of them is.
    """

    def __init__(self, papers: Sequence[_Paper]) -> None:
        runs = [paper.paragraphs for paper in papers if paper.title and paper.paragraphs]
        several = [run for run in runs if len(run) > 1]
        self.in_paragraphs = len(several) * 2 > len(runs)
        usual = runs if self.in_paragraphs else [run for run in runs if len(run) == 1]
        logs = [_log(sum(piece.size for piece in run)) for run in usual] or [_USUAL_SIZE]
        self.middle = median(logs)
        spread = 1.48 * median(abs(log - self.middle) for log in logs)
        self.spread = min(_MOST_SPREAD, max(_LEAST_SPREAD, spread))
        if len(logs) < _ENOUGH:
            self.spread = _MOST_SPREAD
        self.spaced = sum(run[0].blank_above for run in runs) * 2 > len(runs)
        self.share_in_paragraphs = 0.5
        for _ in range(_ROUNDS):
            whole = sum(self.own(run) == len(run) for run in with_checkpoints(several))
            self.share_in_paragraphs = (whole + 1) / (len(several) + 2)

    def own(self, run: Sequence[_Piece]) -> int:
        """How many paragraphs of this run belong to the title above; the others lost theirs."""
        costs: list[float] = []
        size, going_on = 0.0, 0.0
        lost = [self._strange(piece.size) - math.log(1 - self.share_in_paragraphs) for piece in run]
        to_lose = sum(lost)
        for at, piece in enumerate(run):
            size += piece.size
            going_on += self._going_on(piece) if at else 0.0
            to_lose -= lost[at]
            costs.append(self._strange(size) + going_on + to_lose)
        return len(run) - costs[::-1].index(min(costs)) if run else 0

    def _going_on(self, piece: _Piece) -> float:
        cost = -math.log(self.share_in_paragraphs)
        if piece.text.startswith(_GOES_ON) or starts_small(piece.text):
            cost -= _GOING_ON
        if not self.spaced and not self.in_paragraphs:
            cost += -_BLANK_TELLS if piece.blank_above else _NO_BLANK_TELLS
        return cost

    def _strange(self, size: float) -> float:
        return (_log(size) - self.middle) ** 2 / (2 * self.spread**2)


def _log(size: float) -> float:
    return math.log(size + 1)
