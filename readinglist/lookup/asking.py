"""Asking a provider questions, with the fewest requests, unless the answers are known already."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

from readinglist.errors import LookupFailed, OffLine, Unwelcome
from readinglist.lookup.address import Address
from readinglist.lookup.answers import Answers
from readinglist.lookup.pacing import Clock, RealClock, Turns
from readinglist.lookup.provider import (
    ARXIV,
    TITLE,
    Found,
    Garbled,
    Provider,
    Question,
    Refused,
)
from readinglist.lookup.settings import LookupSettings
from readinglist.lookup.titles import likeness
from readinglist.stopping import checkpoint

if TYPE_CHECKING:
    from readinglist.lookup.exchange import Limits

_FAILURES: Final = 3  # in a row, after which a provider is not asked on
_ABOUT: Final = 0.4  # likeness of titles from which a work may be what was asked for
_NEARLY: Final = 0.9  # likeness of titles from which a work is what was asked for
_CROWD: Final = 10  # works of one reply with the words that are asked for in their titles
_MOST: Final = 5  # works that are kept of an answer


class Asker:
    """Asks one provider, unless it knows the answer already.

    `folder` is where answers are kept. With `fresh`, what is kept there is not believed; with
    `hopeful`, only not that there was nothing.
    """

    def __init__(
        self,
        provider: Provider,
        settings: LookupSettings,
        *,
        folder: Path | None,
        fresh: bool = False,
        hopeful: bool = False,
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
        self._hopeful = hopeful
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
        if self._fresh:
            return None
        kept = self._answers.get(question)
        return None if self._hopeful and not kept else kept

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
