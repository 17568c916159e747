"""Asking a provider about papers: the fewest requests, and what comes of each paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, NamedTuple, Self

from readinglist.errors import LookupFailed, OffLine, Unwelcome
from readinglist.lookup.address import Address
from readinglist.lookup.answers import Answers
from readinglist.lookup.matching import Verdict, judge
from readinglist.lookup.pacing import Clock, RealClock, Turns
from readinglist.lookup.provider import (
    ARXIV,
    DOI,
    TITLE,
    Found,
    Garbled,
    Provider,
    Question,
    Refused,
)
from readinglist.lookup.settings import LookupSettings
from readinglist.lookup.titles import likeness
from readinglist.records import Entry, Finding
from readinglist.stopping import Stopped, checkpoint

if TYPE_CHECKING:
    from readinglist.lookup.exchange import Limits

_FAILURES: Final = 3  # in a row, after which a provider is not asked on
_ABOUT: Final = 0.4  # likeness of titles from which a work may be what was asked for
_NEARLY: Final = 0.9  # likeness of titles from which a work is what was asked for
_CROWD: Final = 10  # works of one reply with the words that are asked for in their titles
_MOST: Final = 5  # works that are kept of an answer


class Progress(NamedTuple):
    """How many papers have been looked up, of how many, with how many requests.

    `wait` are the seconds for which a busy provider is waited for now.
    """

    done: int
    papers: int
    requests: int
    wait: float = 0.0

    @property
    def requests_shown(self) -> str:
        """The requests, and why it takes a while if it does."""
        asked = f"{self.requests:,} request{'s' * (self.requests != 1)}"
        return f"{asked}, busy: waiting {round(self.wait)} s" if self.wait else asked


class Looked(NamedTuple):
    """What came of a lookup.

    `missing` are the papers that the provider does not know, `left` those that it was not asked
    about, for the reason in `error` or because the work was `stopped`.
    """

    findings: list[Finding]
    missing: list[int]
    left: list[int]
    error: LookupFailed | None
    stopped: bool
    requests: int


class Asker:
    """Asks one provider, unless it knows the answer already.

    `folder` is where answers are kept. With `fresh`, what is kept there is not believed.
    """

    def __init__(
        self,
        provider: Provider,
        settings: LookupSettings,
        *,
        folder: Path | None,
        fresh: bool = False,
        clock: Clock | None = None,
        gap: float | None = None,
        limits: Limits | None = None,
    ) -> None:
        from readinglist.lookup.client import Client  # 60 ms with urllib3 behind it

        clock = clock or RealClock()
        self.provider = provider
        self.address: Address = settings.address(provider)
        self._access = settings.access(provider)
        self._fresh = fresh
        host = self.address.host.replace(":", "-")
        turns = folder / f"{provider.name}-{host}.turn" if folder else None
        pace = Turns(turns, provider.gap if gap is None else gap, clock)
        self._client = Client(self.address, provider.label, pace, clock, limits)
        self._answers = Answers(folder, provider.name, self.address, clock.now)
        self._failures = 0

    @property
    def requests(self) -> int:
        """How often the provider has been asked."""
        return self._client.requests

    def tell_waits(self, tell: Callable[[float], None]) -> None:
        """Let it be told for how many seconds the provider is waited for when it is busy."""
        self._client.on_wait = tell

    def known(self, question: Question) -> list[Found] | None:
        """The answer, if it need not be asked for."""
        return None if self._fresh else self._answers.get(question)

    def answers(
        self, questions: Sequence[Question]
    ) -> Iterator[tuple[Question, list[Found] | LookupFailed]]:
        """The answer to each question, or why there is none, as soon as it is there.

        Ends early when the provider cannot be reached, sends us away, or fails again and again.
        """
        unknown: list[Question] = []
        for question in dict.fromkeys(questions):
            known = self.known(question)
            if known is None:
                unknown.append(question)
            else:
                yield question, known
        for batch in self.provider.batches(unknown):
            checkpoint()
            try:
                works = self._ask(batch)
                self._failures = 0
            except LookupFailed as error:
                self._failures += 1
                yield from ((question, error) for question in batch)
                if isinstance(error, OffLine | Unwelcome) or self._failures >= _FAILURES:
                    return
                continue
            for question in batch:
                answer = _answer(question, works, alone=len(batch) == 1)
                self._answers.put(question, answer)
                yield question, answer

    def _ask(self, batch: tuple[Question, ...]) -> list[Found]:
        """Ask together; where one question spoils or crowds out the others, ask the halves."""
        askable = tuple(filter(self.provider.can_ask, batch))
        if not askable:
            return []
        request = self.provider.request(askable, self._access)
        body = self._client.ask(request, self.provider.kinds)
        if body is None:
            return []
        try:
            works = self.provider.read(body)
        except Refused:
            return self._ask_halves(askable) if len(askable) > 1 else []
        except Garbled as error:
            raise LookupFailed(
                f"{self.provider.label} ({self.address.shown}) sent what cannot be read: {error}."
            ) from None
        if len(askable) > 1 and len(works) == self.provider.most_works:
            rest = tuple(each for each in askable if not _is_told_of(each, works))
            ask = self._ask if len(rest) < len(askable) else self._ask_halves
            return [*works, *ask(rest)]
        return works

    def _ask_halves(self, batch: tuple[Question, ...]) -> list[Found]:
        half = len(batch) // 2
        return [*self._ask(batch[:half]), *self._ask(batch[half:])]

    def __enter__(self) -> Self:
        self._answers.sweep()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()


def _answer(question: Question, works: Sequence[Found], *, alone: bool) -> list[Found]:
    """Those of the works in a reply that answer one of the questions."""
    if question.kind != TITLE:
        named = [work for work in works if question.value in work.names]
        others = [work for work in works if question.kind != ARXIV or not work.record.arxiv_id]
        return named or (others if alone else [])[:1]
    alike = [(likeness(question.value, work.record.title), work) for work in works]
    about = [each for each in alike if each[0] >= _ABOUT]
    return [work for _, work in sorted(about, key=lambda each: -each[0])[:_MOST]]


def _is_told_of(question: Question, works: Sequence[Found]) -> bool:
    """Whether one of the works goes by nearly this title, or many have it in theirs."""
    titles = [f" {Question(TITLE, work.record.title).words} " for work in works]
    if sum(f" {question.words} " in title for title in titles) >= _CROWD:
        return True
    return any(likeness(question.value, work.record.title) >= _NEARLY for work in works)


def questions_about(paper: Entry, provider: Provider) -> list[Question]:
    """What to ask about a paper, the surest first; the next one where that has no answer."""
    known = ((ARXIV, paper.arxiv_id), (DOI, paper.doi))
    asked = [Question(kind, value) for kind, value in known if value and kind in provider.direct]
    return [*asked, Question(TITLE, paper.title)]


def look_up(
    papers: Sequence[Entry], asker: Asker, tell: Callable[[Progress], None] | None = None
) -> Looked:
    """Look papers up; what was found before it was stopped or failed counts.

    Each is asked for by its best name first, all of them together, then those that were not
    found by the next one.
    """
    work = _Work(papers, asker, tell)
    with suppress(Stopped):
        work.do()
        return work.looked(stopped=False)
    return work.looked(stopped=True)


class _Work:
    def __init__(
        self, papers: Sequence[Entry], asker: Asker, tell: Callable[[Progress], None] | None
    ) -> None:
        self._asker = asker
        self._tell = tell
        self._open = {paper.id: paper for paper in papers}
        self._questions = {p.id: questions_about(p, asker.provider) for p in papers}
        self._papers = len(self._open)
        self._findings: list[Finding] = []
        self._missing: list[int] = []
        self._failed: list[int] = []
        self._error: LookupFailed | None = None

    def do(self) -> None:
        """Ask until every paper has an answer, or there is no use in asking on."""
        self._asker.tell_waits(self._say)
        self._say()
        while self._open:
            asked: dict[Question, list[int]] = {}
            for paper in self._open:
                asked.setdefault(self._questions[paper][0], []).append(paper)
            answered = 0
            for question, answer in self._asker.answers([*asked]):
                answered += 1
                for paper in asked[question]:
                    self._take(paper, question, answer)
                self._say()
            if answered < len(asked):
                return

    def _take(self, paper: int, question: Question, answer: list[Found] | LookupFailed) -> None:
        if isinstance(answer, LookupFailed):
            self._error = answer
            self._failed.append(paper)
            del self._open[paper]
            return
        judged = judge(self._open[paper], question, answer)
        self._questions[paper].pop(0)
        if not judged and self._questions[paper]:
            return  # asked for by another name in the next round
        del self._open[paper]
        if not judged:
            self._missing.append(paper)
        self._findings += [
            Finding(
                paper,
                self._asker.provider.name,
                each.work.identifier,
                round(each.measure.title, 4),
                each.work.record,
                each.verdict is Verdict.TAKE,
            )
            for each in judged
        ]

    def _say(self, wait: float = 0.0) -> None:
        if self._tell is not None:
            done = self._papers - len(self._open)
            self._tell(Progress(done, self._papers, self._asker.requests, wait))

    def looked(self, *, stopped: bool) -> Looked:
        """What came of it."""
        left = [*self._failed, *self._open]
        return Looked(
            self._findings, self._missing, left, self._error, stopped, self._asker.requests
        )
