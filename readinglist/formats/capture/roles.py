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

from readinglist.formats.capture import costs
from readinglist.formats.capture.blocks import Block, stops
from readinglist.formats.capture.lines import is_furniture
from readinglist.formats.capture.traits import Habits, Seen, Traits, learn, traits_of
from readinglist.stopping import with_checkpoints

Role = Literal["title", "abstract", "junk"]
_ALTERNATING: tuple[Role, Role] = ("title", "abstract")


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
    if costs.FEW < share < 1 - costs.FEW:
        others, other_score = _Page(blocks, share <= 0.5).read()
        if other_score > score + costs.OTHER_LAYOUT:
            return others
    return spans


class _Page:
    """A page's blocks, with what does not depend on how they are read."""

    def __init__(self, blocks: Sequence[Block], spaced: bool) -> None:
        self.blocks = blocks
        self.spaced = spaced
        self.traits = [traits_of(block.text) for block in with_checkpoints(blocks)]
        self.unfinished = [traits.ends is False for traits in self.traits]
        for at in range(len(blocks) - 1):
            if blocks[at + 1].folded:
                self.traits[at] = self.traits[at].open_ended()
        self.noisy = any(block.gap and block.mid_sentence for block in blocks)
        self.furniture = [is_furniture(block.text) for block in with_checkpoints(blocks)]
        self.even = self._could_alternate()
        self.half = costs.HALF * costs.EVEN if self.even else costs.HALF
        places = range(len(blocks))
        self.start_cost = [self._cost_of_starting(at) for at in with_checkpoints(places)]
        self.goes_on = [self._cost_of_going_on(at) for at in with_checkpoints(places)]

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
                self.even, self.half = False, costs.HALF
        sample = min(len(self.blocks), costs.SAMPLE)
        spans, score = self._decode(habits, sample)
        for _ in range(costs.ROUNDS):
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
        """Whether some line cannot well be what strict alternation makes of it.

        A bare abstract does not contradict it on a page where nothing looks like an abstract.
        """
        evidence = [habits.evidence(traits)[0] for traits in with_checkpoints(self.traits)]
        if any(self.furniture) or max(evidence[::2], default=0.0) > costs.NO_TITLE:
            return True
        if max(evidence, default=0.0) <= 0:
            return False
        bare_first = len(evidence) > 3 and evidence[1] < costs.NO_FIRST_ABSTRACT
        return bare_first or min(evidence[1::2]) < costs.NO_ABSTRACT

    def _plain(self, habits: Habits) -> bool:
        """Whether most lines are plainly what strict alternation makes of them."""
        evidence = [habits.evidence(traits)[0] for traits in with_checkpoints(self.traits)]
        return min(-median(evidence[::2]), median(evidence[1::2])) > costs.PLAIN

    # -- what a reading has seen

    def _seen(self, spans: Sequence[Span]) -> Seen:
        seen = Seen(self.spaced)
        before = ""
        for span in with_checkpoints(spans):
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
        for at in with_checkpoints(section):
            junk = costs.FURNITURE if self.furniture[at] else self.half + costs.STRAY
            strays = [_Step(score - junk, state, "junk") for state, score in enumerate(scores)]
            titles, abstracts = self._steps(at, section, scores, habits)
            if steps:
                self._go_on(at, steps[-1], habits, titles, abstracts)
            steps.append((strays[0], max(*titles, strays[1]), max(*abstracts, strays[2])))
            scores = (steps[-1][0].score, steps[-1][1].score, steps[-1][2].score)
        ending = (scores[0], scores[1] - costs.LAST_HALF, scores[2])
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
            paragraph = habits.paragraph * (costs.EVEN_PARAGRAPH if self.even else 1) + blanks[2]
        torn = habits.unfinished * (block.folded and self.unfinished[at - 1])
        as_title -= start + blanks[0]
        as_abstract -= start + blanks[1]
        half = self.half
        if not self.even and section[0] < at < section[0] + costs.HEAD:
            half *= costs.FIRST_HALF / costs.HALF
        return [
            _Step(none + as_title, 0, "title"),
            _Step(title + as_title - half, 1, "title"),
            _Step(abstract + as_title - torn, 2, "title"),
        ], [
            _Step(none + as_abstract - self.half, 0, "abstract"),
            _Step(title + as_abstract + costs.PAIR, 1, "abstract"),
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
            titles.append(_Step(above[1].score - whole / 2 - cost - costs.LONG_TITLE, 1, ""))

    def _evidence(self, at: int, section: range, habits: Habits) -> tuple[float, float, float]:
        """The weight of the text for a title, for the start of an abstract, for more of one."""
        whole, piece = habits.evidence(self.traits[at])
        as_abstract = whole / 2
        as_piece = max(as_abstract, piece - whole / 2)
        if at == section[-1]:
            if not self.traits[at].capitalised:
                as_abstract = max(as_abstract, costs.CUT_SHORT)
        elif self.goes_on[at + 1] is not None:
            as_abstract = as_piece
        else:
            as_abstract = max(as_abstract, as_piece - costs.FIRST_OF_SEVERAL)
        return -whole / 2, as_abstract, as_piece

    def _cost_of_starting(self, at: int) -> float:
        """What it costs to begin anything here."""
        block = self.blocks[at]
        cost = costs.MISCAST_FURNITURE if self.furniture[at] else 0.0
        if block.folded and (self.noisy or block.flows or not block.gap):
            cost += costs.FOLDED
        return cost + (costs.MID_SENTENCE if block.mid_sentence else 0.0)

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
            cost += costs.BLANK_IN_SPACED if self.spaced else costs.BLANK_IN_COMPACT
        if not block.flows and stops(self.blocks[at - 1].text):
            cost += costs.NEW_SENTENCE
        elif not block.folded:
            cost += costs.PERHAPS_FOLDED if block.flows and block.fits else costs.NOT_FOLDED
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
