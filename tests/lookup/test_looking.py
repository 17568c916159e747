"""A lookup from papers to findings, against a server that speaks each provider's shape."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from readinglist.errors import OffLine, Unwelcome
from readinglist.lookup import NAMES, get_provider
from readinglist.lookup.asking import Asker
from readinglist.lookup.choosing import wanting
from readinglist.lookup.exchange import Limits
from readinglist.lookup.looking import Looked, Progress, look_up
from readinglist.lookup.provider import ARXIV, Question
from readinglist.lookup.settings import LookupSettings
from readinglist.records import Entry
from readinglist.stopping import stoppable
from tests.lookup import shapes
from tests.lookup.server import Answer, Asked, FakeClock, Reply, Server, as_atom, serving
from tests.lookup.shapes import SHAPES, Known
from tests.lookup.works import WORKS

KNOWN = [
    Known(work.title, work.abstract, arxiv=f"2401.{number:05}", doi=f"10.1234/x{number}",
          journal="Journal of Things" if number % 2 else "", number=number)
    for number, work in enumerate(WORKS)
]  # fmt: skip
PAPERS = [
    Entry(number, f"k{number}", work.title, work.abstract) for number, work in enumerate(WORKS)
]


@contextmanager
def asking(
    answer: Answer, clock: FakeClock, folder: Path | None = None, *, name: str = "arxiv",
    fresh: bool = False,
) -> Iterator[tuple[Asker, Server]]:  # fmt: skip
    with serving(answer) as server:
        settings = LookupSettings(urls={name: server.url})
        limits = Limits(connecting=2, silence=2, whole=4)
        with Asker(
            get_provider(name), settings, folder=folder, fresh=fresh, clock=clock, limits=limits
        ) as asker:
            yield asker, server


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("known_by", ["title", "arxiv", "doi"])
def test_every_paper_is_found_and_taken(clock: FakeClock, name: str, known_by: str) -> None:
    named = {
        "title": PAPERS,
        "arxiv": [p._replace(arxiv_id=w.arxiv) for p, w in zip(PAPERS, KNOWN, strict=True)],
        "doi": [p._replace(doi=w.doi) for p, w in zip(PAPERS, KNOWN, strict=True)],
    }
    papers = named[known_by]
    with asking(SHAPES[name](KNOWN), clock, name=name) as (asker, server):
        looked = look_up(papers, asker)
    assert [(f.paper, f.sure) for f in looked.findings] == [(p.id, True) for p in papers]
    assert (looked.missing, looked.left, looked.error, looked.stopped) == ([], [], None, False)
    for finding, work in zip(looked.findings, KNOWN, strict=True):
        assert finding.record.arxiv_id == work.arxiv
        assert finding.record.authors == work.authors
    assert looked.requests == len(server.asked)
    provider = get_provider(name)
    if known_by in provider.direct:
        assert looked.requests == -(-len(papers) // provider.ids_at_once)


def test_619_papers_take_no_more_than_65_requests_and_hardly_longer_than_they_must(
    clock: FakeClock,
) -> None:
    works = [
        work._replace(title=f"{work.title} in Town {number}", arxiv=f"2402.{number * 100 + n:05}")
        for number in range(21)
        for n, work in enumerate(KNOWN)
    ][:619]
    papers = [Entry(number, "k", work.title, work.abstract) for number, work in enumerate(works)]
    with asking(shapes.arxiv(works), clock) as (asker, server):
        began = clock.now()
        looked = look_up(papers, asker)
        took = clock.now() - began
    assert sum(finding.sure for finding in looked.findings) == 619
    assert len(server.asked) == looked.requests <= 65
    polite = 3.0 * (looked.requests - 1)
    assert polite <= took < 1.05 * polite
    assert all(wait <= 3.1 for wait in clock.waited)
    assert server.most_at_once == len(server.connections) == 1


def test_a_paper_that_is_not_found_by_its_id_is_looked_for_by_its_title(clock: FakeClock) -> None:
    papers = [PAPERS[0]._replace(arxiv_id="2501.99999"), PAPERS[1]]
    with asking(shapes.arxiv(KNOWN), clock) as (asker, server):
        looked = look_up(papers, asker)
    by_id = ["id_list" in asked.parameters for asked in server.asked]
    assert by_id == [True, False, False]
    by_paper = {finding.paper: finding.sure for finding in looked.findings}
    assert by_paper == {0: False, 1: True}  # the paper says that it is another work


def test_a_title_that_many_works_have_in_theirs_does_not_crowd_out_the_others(
    clock: FakeClock,
) -> None:
    crowd = [
        Known(f"Deep Learning of Things, Part {n}", "Nothing.", arxiv=f"2305.{n:05}")
        for n in range(120)
    ]
    papers = [PAPERS[0]._replace(id=99, title="Deep Learning"), *PAPERS[:9]]
    with asking(shapes.arxiv([*crowd, *KNOWN]), clock) as (asker, server):
        looked = look_up(papers, asker)
    assert [finding.paper for finding in looked.findings if finding.sure] == [*range(9)]
    assert len(server.asked) == 2


def test_an_id_is_never_answered_by_another_work(clock: FakeClock) -> None:
    other = shapes.atom([KNOWN[1]])
    with asking(lambda _: as_atom(other), clock) as (asker, _):
        answers = dict(asker.answers([Question(ARXIV, "2401.77777")]))
    assert answers == {Question(ARXIV, "2401.77777"): []}


def test_a_doi_that_cannot_be_asked_for_is_looked_for_by_its_title(clock: FakeClock) -> None:
    papers = [PAPERS[0]._replace(doi="10.1234/a,b|c"), PAPERS[1]._replace(doi=KNOWN[1].doi)]
    known = [KNOWN[0]._replace(doi="10.1234/a,b|c"), *KNOWN[1:]]
    with asking(shapes.openalex(known), clock, name="openalex") as (asker, server):
        looked = look_up(papers, asker)
    assert [finding.sure for finding in looked.findings] == [True, True]
    assert [asked.parameters["filter"].partition(":")[0] for asked in server.asked] == [
        "doi", "title.search",
    ]  # fmt: skip
    assert server.asked[0].parameters["filter"] == f"doi:{KNOWN[1].doi}"


def test_an_id_that_spoils_the_others_is_found_out(clock: FakeClock) -> None:
    papers = [
        paper._replace(arxiv_id=work.arxiv) for paper, work in zip(PAPERS, KNOWN, strict=True)
    ]
    papers[7] = papers[7]._replace(arxiv_id="0000.00000", title="Nobody Knows This One Here")
    with asking(shapes.arxiv(KNOWN), clock) as (asker, _):
        looked = look_up(papers, asker)
    assert looked.missing == [7]
    assert len(looked.findings) == len(papers) - 1


def test_what_was_answered_is_not_asked_again_until_it_is_old(
    clock: FakeClock, tmp_path: Path
) -> None:
    unknown = Entry(99, "k", "A Work That Nobody Has Ever Heard Of", "Nothing.")
    papers = [*PAPERS[:5], unknown]

    def asked_again(days: float, *, fresh: bool = False) -> int:
        clock._ahead += days * 86_400
        with asking(shapes.arxiv(KNOWN), clock, tmp_path, fresh=fresh) as (asker, server):
            # Every server has another port, and another address has other answers.
            asker._answers._folder = tmp_path / "kept"
            looked = look_up(papers, asker)
            assert [f.paper for f in looked.findings] == [p.id for p in PAPERS[:5]]
            assert looked.missing == [99]
            return len(server.asked)

    assert asked_again(0) == 1
    assert asked_again(6) == 0
    assert asked_again(2) == 1  # a miss lasts a week
    assert asked_again(25) == 1  # and what was found a month
    assert asked_again(0) == 0
    assert asked_again(0, fresh=True) == 1
    for path in (tmp_path / "kept").rglob("*"):
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"version": 1, "time": 1e12, "found": 3}', b"\xff", b"[" * 9999,
     b'{"version":1,"time":"x","found":[]}',
     b'{"version":1,"time":1,"found":[{"identifier":"x","names":[],"record":{"year":1e999}}]}'],
)  # fmt: skip
def test_damaged_answers_are_asked_for_again(
    clock: FakeClock, tmp_path: Path, content: bytes
) -> None:
    with asking(shapes.arxiv(KNOWN), clock, tmp_path) as (asker, server):
        look_up(PAPERS[:1], asker)
        for file in tmp_path.rglob("*.json"):
            file.write_bytes(content)
        assert look_up(PAPERS[:1], asker).findings[0].sure
    assert len(server.asked) == 2


def test_a_folder_that_cannot_be_written_only_costs_time(clock: FakeClock, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with asking(shapes.arxiv(KNOWN), clock, blocked) as (asker, _):
        assert look_up(PAPERS[:1], asker).findings[0].sure


def off_line(asked: Asked) -> Reply:
    return Reply(act=lambda handler: handler.connection.close())


def test_off_line_nothing_is_asked_again_and_again(clock: FakeClock) -> None:
    with asking(off_line, clock) as (asker, server):
        looked = look_up(PAPERS, asker)
    assert isinstance(looked.error, OffLine)
    assert not looked.findings
    assert sorted(looked.left) == [paper.id for paper in PAPERS]
    assert len(server.asked) == 2  # a connection that broke off is tried twice


def test_what_was_found_before_a_failure_counts(clock: FakeClock) -> None:
    answers = iter([shapes.arxiv(KNOWN), lambda _: Reply(b"no", "text/html")])
    with asking(lambda asked: next(answers, off_line)(asked), clock) as (asker, _):
        looked = look_up(PAPERS, asker)
    assert len(looked.findings) == 10
    assert len(looked.left) == 20
    assert looked.error is not None


def test_one_bad_reply_does_not_end_a_lookup_and_three_do(clock: FakeClock) -> None:
    def looked_with(bad: set[int]) -> tuple[Looked, int]:
        calls = 0

        def answer(asked: Asked) -> Reply:
            nonlocal calls
            calls += 1
            return as_atom("<html/>") if calls in bad else shapes.arxiv(KNOWN)(asked)

        with asking(answer, clock) as (asker, server):
            return look_up([*PAPERS, *more], asker), len(server.asked)

    more = [Entry(100 + n, "k", f"Something Else Entirely, Number {n}") for n in range(30)]
    looked, requests = looked_with({2})
    assert (len(looked.findings), len(looked.left), requests) == (20, 10, 6)
    assert "it is no Atom feed" in str(looked.error)
    looked, requests = looked_with({1, 2, 3, 4, 5, 6})
    assert (len(looked.findings), len(looked.left), requests) == (0, 60, 3)


@pytest.mark.parametrize(
    ("reply", "requests"),
    [
        (Reply(status=429, headers=(("Retry-After", "9999"),)), 1),
        (Reply(status=503, headers=(("Retry-After", "Fri, 31 Dec 2999 23:59:59 GMT"),)), 1),
        (Reply(status=429), 4),
        (Reply(status=401), 1),
    ],
)
def test_who_sends_us_away_is_not_asked_on(clock: FakeClock, reply: Reply, requests: int) -> None:
    with asking(lambda _: reply, clock) as (asker, server):
        looked = look_up(PAPERS, asker)
    assert isinstance(looked.error, Unwelcome)
    assert (len(looked.left), len(server.asked)) == (30, requests)


def test_a_lookup_can_be_stopped_between_requests_and_keeps_what_it_has(clock: FakeClock) -> None:
    heard: list[Progress] = []
    with asking(shapes.arxiv(KNOWN), clock) as (asker, _), stoppable(lambda: len(heard) > 10):
        looked = look_up(PAPERS, asker, heard.append)
    assert looked.stopped
    assert len(looked.findings) == 10
    assert len(looked.left) == 20
    assert heard[0] == (0, 30, 0, 0)
    assert heard[-1][1:3] == (30, 1)


def test_it_is_said_when_a_busy_provider_is_waited_for(clock: FakeClock) -> None:
    replies = iter([Reply(status=429, headers=(("Retry-After", "60"),))])
    known = shapes.arxiv(KNOWN)
    heard: list[Progress] = []
    with asking(lambda asked: next(replies, None) or known(asked), clock) as (asker, _):
        look_up(PAPERS[:3], asker, heard.append)
    assert [progress.requests_shown for progress in heard[:3]] == [
        "0 requests", "1 request, busy: waiting 60 s", "2 requests",
    ]  # fmt: skip


def test_turns_are_kept_across_programs(tmp_path: Path, clock: FakeClock) -> None:
    for _ in range(2):
        with asking(shapes.arxiv(KNOWN), clock, tmp_path) as (asker, _):
            look_up(PAPERS[:1], asker)
    assert [round(wait, 1) for wait in clock.waited] in ([3.0], [3.1])


def test_a_title_without_a_word_is_not_asked_for(clock: FakeClock) -> None:
    with asking(shapes.arxiv(KNOWN), clock) as (asker, server):
        assert look_up([Entry(1, "k", "???")], asker).missing == [1]
    assert not server.asked


def test_papers_are_looked_up_that_lack_what_a_citation_needs() -> None:
    whole = Entry(1, "k", "t", authors=("A",), year=2020, doi="10.1/a")
    assert not wanting(whole)
    assert not wanting(whole._replace(doi=None, arxiv_id="2401.00001"))
    for less in ({"authors": ()}, {"year": None}, {"doi": None}):
        assert wanting(whole._replace(**less))
