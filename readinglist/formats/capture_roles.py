"""Which stretches of a capture are titles and which abstracts, judged over the whole page.

Titles and abstracts alternate, so alternation is free and every break of it costs. Against
that stands the evidence of the text itself (`capture_traits`). The cheapest reading of the
whole page is found by dynamic programming, so a damaged place costs what it must, and the
alternation resumes behind it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Literal, NamedTuple

from readinglist.formats.capture_blocks import Block, stops
from readinglist.formats.capture_lines import is_furniture
from readinglist.formats.capture_traits import Habits, Seen, Traits, learn, traits_of

Role = Literal["title", "abstract", "junk"]
_ALTERNATING: tuple[Role, Role] = ("title", "abstract")

_PAIR = 0.2
"""What a title followed by an abstract earns; all other numbers are costs."""

_HALF, _FIRST_HALF, _LAST_HALF, _HEAD = 4.5, 3.0, 2.5, 4
"""A title without an abstract or an abstract without a title; such a title among the first
lines (so many), which may be more banner; a title at the very end."""

_NO_TITLE, _NO_ABSTRACT, _NO_FIRST_ABSTRACT = 7.0, -10.0, -7.0
"""Evidence for and against an abstract that a title, an abstract, and the first abstract under
a banner whose wording may be new, can hardly have."""

_EVEN, _EVEN_PARAGRAPH, _PLAIN = 1.5, 1.2, 6.0
"""How much dearer half pairs, and second paragraphs, are on a page whose lines could simply
alternate, unless most titles and abstracts are so plain that one that is not stands out."""

_STRAY, _FURNITURE = 0.5, 0.3
"""A line that is neither title nor abstract, over a half pair; one that looks like part of the
page around the papers."""

_MISCAST_FURNITURE = 6.0
"""Taking such a part of the page for a title or an abstract."""

_FOLDED, _MID_SENTENCE = 2.5, 3.0
"""Beginning something new where the text was only wrapped; and if that was in mid-sentence."""

_BLANK_IN_SPACED, _BLANK_IN_COMPACT, _NEW_SENTENCE, _NOT_FOLDED = 2.5, 1.5, 0.7, 2.0
_PERHAPS_FOLDED = 1.0
"""Going on with a paragraph across a blank line, a full stop, a line that was not full, or one
that only may have been."""

_LONG_TITLE = 3.5
"""Going on with a title on the next line."""

_FIRST_OF_SEVERAL = 3.0
"""Taking what looks like a piece of an abstract for the first paragraph of one."""

_CUT_SHORT = -1.0
"""The least evidence for the page's last abstract: a cut-off one is short and does not end."""

_FEW, _OTHER_LAYOUT = 0.15, 8.0
"""With so few blank lines, or all lines but so few set apart by them, the layout is plain.
Else the less likely layout must explain the page so much better."""

_ROUNDS, _SAMPLE = 2, 4000
"""How often the page is read again with the habits learnt from the reading before, and how
many of its blocks are enough to learn from."""


class Span(NamedTuple):
    """The blocks from `start` up to `end`, which are one title, one paragraph, or junk."""

    start: int
    end: int
    role: Role


class _Step(NamedTuple):
    """How a block came by its role: total score so far, the state before, and what it began.

    A state is what the latest span was: 0 nothing yet, 1 a title, 2 part of an abstract.
    A block that goes on with the span above begins nothing.
    """

    score: float
    before: int
    begins: Role | Literal[""]


def roles_of(blocks: Sequence[Block]) -> list[Span]:
    """The likeliest roles, in order; the spans cover every block."""
    gaps = [block.gap > 0 for block in blocks if not block.folded][1:]
    share = sum(gaps) / max(1, len(gaps))
    spans, score = _Page(blocks, share > 0.5).read()
    if _FEW < share < 1 - _FEW:
        others, other_score = _Page(blocks, share <= 0.5).read()
        if other_score > score + _OTHER_LAYOUT:
            return others
    return spans


class _Page:
    """A page's blocks, with what does not depend on how they are read."""

    def __init__(self, blocks: Sequence[Block], spaced: bool) -> None:
        self.blocks = blocks
        self.spaced = spaced
        self.traits = [traits_of(block.text) for block in blocks]
        self.unfinished = [traits.ends is False for traits in self.traits]
        for at in range(len(blocks) - 1):
            if blocks[at + 1].folded:
                self.traits[at] = self.traits[at].open_ended()
        self.noisy = any(block.gap and block.mid_sentence for block in blocks)
        self.furniture = [is_furniture(block.text) for block in blocks]
        self.even = self._could_alternate()
        self.half = _HALF * _EVEN if self.even else _HALF
        self.start_cost = [self._cost_of_starting(at) for at in range(len(blocks))]
        self.goes_on = [self._cost_of_going_on(at) for at in range(len(blocks))]

    def read(self) -> tuple[list[Span], float]:
        """The likeliest roles, and how well they fit.

        Where strict alternation contradicts nothing, it is taken. Else the page is read with
        the habits expected, then with those learnt from that. Learning can start from the
        wrong end on a page of odd lines, so strict alternation is a second place to start.
        """
        habits = learn(Seen(self.spaced))
        strict = [Span(at, at + 1, _ALTERNATING[at % 2]) for at in range(len(self.blocks))]
        if self.even:
            if not self._contradicted(habits):
                return strict, math.inf
            if self._plain(habits):
                self.even, self.half = False, _HALF
        sample = min(len(self.blocks), _SAMPLE)
        spans, score = self._decode(habits, sample)
        for _ in range(_ROUNDS):
            habits = learn(self._seen(spans))
            spans, score = self._decode(habits, sample)
        if len(self.blocks) % 2 == 0:
            others = learn(self._seen(strict[:sample]))
            other, other_score = self._decode(others, sample)
            if other_score > score:
                habits, spans, score = others, other, other_score
        if sample < len(self.blocks):
            spans, score = self._decode(habits, len(self.blocks))
        return spans, score

    def _could_alternate(self) -> bool:
        """Whether nothing was wrapped, the layout is even, and so are the numbers of lines."""
        if any(block.folded or (block.gap > 0) != self.spaced for block in self.blocks[1:]):
            return False
        starts = [at for at in range(len(self.blocks)) if not self._has_neighbour(at)]
        return all(at % 2 == 0 for at in (*starts, len(self.blocks)))

    def _contradicted(self, habits: Habits) -> bool:
        """Whether some line cannot well be what strict alternation makes of it."""
        for at, traits in enumerate(self.traits):
            whole, _ = habits.evidence(traits)
            if self.furniture[at] or (whole < _NO_ABSTRACT if at % 2 else whole > _NO_TITLE):
                return True
        return len(self.traits) > 3 and habits.evidence(self.traits[1])[0] < _NO_FIRST_ABSTRACT

    def _plain(self, habits: Habits) -> bool:
        """Whether most lines are plainly what strict alternation makes of them."""
        evidence = [habits.evidence(traits)[0] for traits in self.traits]
        return min(-median(evidence[::2]), median(evidence[1::2])) > _PLAIN

    # -- what a reading has seen

    def _seen(self, spans: Sequence[Span]) -> Seen:
        seen = Seen(self.spaced)
        before = ""
        for span in spans:
            if span.role == "title":
                kind = 0
                seen.titles.append(self._whole(span))
            elif span.role == "abstract" and before == "title":
                kind = 1
                seen.abstracts.append(self._whole(span))
                seen.pieces += (
                    self.traits[span.start : span.end] if span.end - span.start > 1 else []
                )
            elif span.role == "abstract" and seen.abstracts:
                kind = 2
                seen.abstracts[-1] = seen.abstracts[-1].plus(self._whole(span))
                seen.pieces += self.traits[span.start : span.end]
            else:
                continue
            before = span.role
            if self._has_neighbour(span.start):
                seen.blanks[kind].append(self.blocks[span.start].gap > 0)
        return seen

    def _whole(self, span: Span) -> Traits:
        total = self.traits[span.start]
        for at in range(span.start + 1, span.end):
            total = total.plus(self.traits[at])
        return total

    def _has_neighbour(self, at: int) -> bool:
        """Whether the block above belongs to the same capture."""
        return at > 0 and self.blocks[at].section == self.blocks[at - 1].section

    # -- the best reading under some habits

    def _decode(self, habits: Habits, size: int) -> tuple[list[Span], float]:
        """The best reading of the first blocks, and its score."""
        spans: list[Span] = []
        total, start = 0.0, 0
        for end in range(1, size + 1):
            if end == size or not self._has_neighbour(end):
                found, score = self._decode_section(range(start, end), habits)
                spans += found
                total += score
                start = end
        return spans, total

    def _decode_section(self, section: range, habits: Habits) -> tuple[list[Span], float]:
        scores = (0.0, -math.inf, -math.inf)
        steps: list[tuple[_Step, _Step, _Step]] = []
        for at in section:
            junk = _FURNITURE if self.furniture[at] else self.half + _STRAY
            strays = [_Step(score - junk, state, "junk") for state, score in enumerate(scores)]
            titles, abstracts = self._steps(at, section, scores, habits)
            if steps:
                self._go_on(at, steps[-1], habits, titles, abstracts)
            steps.append((strays[0], max(*titles, strays[1]), max(*abstracts, strays[2])))
            scores = (steps[-1][0].score, steps[-1][1].score, steps[-1][2].score)
        ending = (scores[0], scores[1] - _LAST_HALF, scores[2])
        state = ending.index(max(ending))
        return list(_spans(section, steps, state))[::-1], max(ending)

    def _steps(
        self, at: int, section: range, scores: tuple[float, float, float], habits: Habits
    ) -> tuple[list[_Step], list[_Step]]:
        """The ways in which a title, and an abstract or a paragraph of it, can begin here."""
        none, title, abstract = scores
        block = self.blocks[at]
        as_title, as_abstract, as_piece = self._evidence(at, section, habits)
        start = self.start_cost[at]
        blanks = [row[block.gap > 0] for row in habits.blanks] if at > section[0] else [0.0] * 3
        paragraph = self.half
        if self.spaced or block.gap:
            paragraph = habits.paragraph * (_EVEN_PARAGRAPH if self.even else 1) + blanks[2]
        torn = habits.unfinished * (block.folded and self.unfinished[at - 1])
        as_title -= start + blanks[0]
        as_abstract -= start + blanks[1]
        half = self.half
        if not self.even and section[0] < at < section[0] + _HEAD:
            half *= _FIRST_HALF / _HALF
        return [
            _Step(none + as_title, 0, "title"),
            _Step(title + as_title - half, 1, "title"),
            _Step(abstract + as_title - torn, 2, "title"),
        ], [
            _Step(none + as_abstract - self.half, 0, "abstract"),
            _Step(title + as_abstract + _PAIR, 1, "abstract"),
            _Step(abstract + as_piece - start - paragraph, 2, "abstract"),
        ]

    def _go_on(
        self,
        at: int,
        above: tuple[_Step, _Step, _Step],
        habits: Habits,
        titles: list[_Step],
        abstracts: list[_Step],
    ) -> None:
        """Add the ways in which this block is more of the span above."""
        cost = self.goes_on[at]
        if cost is None:
            return
        whole, piece = habits.evidence(self.traits[at])
        if above[2].begins != "junk":
            more = max(whole / 2, piece - whole / 2)
            abstracts.append(_Step(above[2].score + more - cost, 2, ""))
        if above[1].begins != "junk" and self.blocks[at].folded:
            titles.append(_Step(above[1].score - whole / 2 - cost - _LONG_TITLE, 1, ""))

    def _evidence(self, at: int, section: range, habits: Habits) -> tuple[float, float, float]:
        """The weight of the text for a title, for the start of an abstract, for more of one."""
        whole, piece = habits.evidence(self.traits[at])
        as_abstract = whole / 2
        as_piece = max(as_abstract, piece - whole / 2)
        if at == section[-1]:
            if not self.traits[at].capitalised:
                as_abstract = max(as_abstract, _CUT_SHORT)
        elif self.goes_on[at + 1] is not None:
            as_abstract = as_piece
        else:
            as_abstract = max(as_abstract, as_piece - _FIRST_OF_SEVERAL)
        return -whole / 2, as_abstract, as_piece

    def _cost_of_starting(self, at: int) -> float:
        """What it costs to begin anything here."""
        block = self.blocks[at]
        cost = _MISCAST_FURNITURE if self.furniture[at] else 0.0
        if block.folded and (self.noisy or block.flows or not block.gap):
            cost += _FOLDED
        return cost + (_MID_SENTENCE if block.mid_sentence else 0.0)

    def _breaks_a_sentence(self, at: int) -> bool:
        block = self.blocks[at]
        return block.flows and block.fits and not block.gap

    def _cost_of_going_on(self, at: int) -> float | None:
        """What it costs to go on with the paragraph above; None if the layout forbids it."""
        block = self.blocks[at]
        plainly = block.folded or (self.spaced and not block.gap)
        if not self._has_neighbour(at) or not (plainly or self._breaks_a_sentence(at)):
            return None
        cost = 0.0
        if block.gap:
            cost += _BLANK_IN_SPACED if self.spaced else _BLANK_IN_COMPACT
        if not block.flows and stops(self.blocks[at - 1].text):
            cost += _NEW_SENTENCE
        elif not block.folded:
            cost += _PERHAPS_FOLDED if block.flows and block.fits else _NOT_FOLDED
        return cost


def _spans(section: range, steps: Sequence[tuple[_Step, ...]], state: int) -> Iterator[Span]:
    """Follow the best steps back from the end."""
    end = section[-1] + 1
    for at in reversed(section):
        step = steps[at - section[0]][state]
        if step.begins:
            yield Span(at, end, step.begins)
            end = at
        state = step.before
