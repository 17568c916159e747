"""Looking papers up: what is asked about each, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NamedTuple

from readinglist.errors import LookupFailed
from readinglist.findings import Finding
from readinglist.lookup.asking import Asker
from readinglist.lookup.matching import Verdict, judge
from readinglist.lookup.provider import ARXIV, DOI, TITLE, Found, Provider, Question
from readinglist.records import Entry
from readinglist.stopping import Stopped


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


def still_meant(looked: Looked, papers: Sequence[Entry], now: Sequence[Entry]) -> list[Finding]:
    """The findings about papers of which nothing has changed meanwhile that they go by."""
    before = {paper.id: _known_by(paper) for paper in papers}
    same = {paper.id for paper in now if _known_by(paper) == before.get(paper.id)}
    return [finding for finding in looked.findings if finding.paper in same]


def _known_by(paper: Entry) -> tuple[object, ...]:
    return paper.title, paper.abstract, paper.doi, paper.arxiv_id


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
