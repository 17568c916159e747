"""Which work is the paper: measured on labelled pairs, of which most are meant to mislead."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.lookup.matching import Verdict, containment, judge, measure
from readinglist.lookup.provider import ARXIV, DOI, TITLE, Found, Question
from readinglist.lookup.titles import likeness
from readinglist.records import Entry, Record
from tests.lookup.pairs import pairs
from tests.lookup.works import WORKS

ONE, OTHER = WORKS[:2]


def entry(title: str, abstract: str | None = None) -> Entry:
    return Entry(1, "key", title, abstract)


def verdicts(paper: Entry, *works: Record, kind: str = TITLE, value: str = "") -> list[Verdict]:
    found = [Found(f"x{n}", work) for n, work in enumerate(works)]
    return [each.verdict for each in judge(paper, Question(kind, value or paper.title), found)]


def test_no_pair_of_two_works_is_taken_for_one() -> None:
    counts: Counter[tuple[bool, Verdict]] = Counter()
    misled = []
    for pair in pairs():
        got = verdicts(
            entry(pair.title, pair.abstract), Record(pair.other_title, pair.other_abstract)
        )
        verdict = got[0] if got else Verdict.DROP
        counts[pair.same, verdict] += 1
        if verdict is Verdict.TAKE and not pair.same:
            misled.append(pair)
    assert not misled
    same = sum(count for (is_same, _), count in counts.items() if is_same)
    others = counts.total() - same
    assert same >= 300
    assert others >= 600
    assert counts[True, Verdict.TAKE] >= 0.99 * same
    assert counts[False, Verdict.SUGGEST] >= 0.9 * others  # nor is what is like it thrown away


@pytest.mark.parametrize(
    ("share", "title", "verdict"),
    [
        (1.0, ONE.title, Verdict.TAKE),
        (0.55, ONE.title, Verdict.TAKE),
        (0.45, ONE.title, Verdict.SUGGEST),
        (0.65, ONE.title.replace("Kernels", "Kernel s"), Verdict.TAKE),
        (0.65, f"The {ONE.title}", Verdict.TAKE),
        (0.55, f"The {ONE.title}", Verdict.SUGGEST),
        (1.0, ONE.title.replace("Recurrent", "Repeated"), Verdict.SUGGEST),
    ],
)
def test_how_much_the_abstracts_must_share(share: float, title: str, verdict: Verdict) -> None:
    words = [f"w{n}" for n in range(102)]
    kept = round(share * 100) + 2
    other = " ".join([*words[:kept], *(f"v{n}" for n in range(102 - kept))])
    paper = entry(ONE.title, " ".join(words))
    measured = measure(paper, Record(title, other))
    assert measured.overlap == pytest.approx(share, abs=0.03)
    assert verdicts(paper, Record(title, other)) == [verdict]


def test_without_two_abstracts_nothing_is_taken() -> None:
    for mine, theirs in (
        (ONE.abstract, None),
        (None, ONE.abstract),
        (None, None),
        ("A b.", "A b."),
    ):
        assert verdicts(entry(ONE.title, mine), Record(ONE.title, theirs)) == [Verdict.SUGGEST]


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("Learning C for the Masses", "Learning C# for the Masses"),
        ("Learning C for the Masses", "Learning C++ for the Masses"),
        ("A Model Called GPT-3.5 Explained", "A Model Called GPT-35 Explained"),
    ],
)
def test_a_sign_tells_two_works(title: str, other: str) -> None:
    for one, two in ((title, other), (other, title)):
        assert verdicts(entry(one, ONE.abstract), Record(two, ONE.abstract)) == [Verdict.SUGGEST]


@pytest.mark.parametrize(
    "title", ["Attention", "Deep Learning", "Tide Tables Again", "A-B-C of D-E"]
)
def test_three_words_name_no_work(title: str) -> None:
    assert verdicts(entry(title, ONE.abstract), Record(title, ONE.abstract)) == [Verdict.SUGGEST]


def test_two_works_that_could_both_be_it_are_both_suggested() -> None:
    record = Record(ONE.title, ONE.abstract)
    twice = verdicts(entry(ONE.title, ONE.abstract), record, record)
    assert twice == [Verdict.SUGGEST, Verdict.SUGGEST]


def test_a_work_that_is_answered_twice_is_one() -> None:
    work = Found("2401.00001", Record(ONE.title, ONE.abstract), frozenset({"2401.00001"}))
    again = work._replace(identifier="W1")
    judged = judge(entry(ONE.title, ONE.abstract), Question(TITLE, ONE.title), [work, again])
    assert [each.verdict for each in judged] == [Verdict.TAKE]


def test_a_work_with_other_authors_or_another_identifier_is_not_taken() -> None:
    record = Record(ONE.title, ONE.abstract, ("Ada Lovelace",), doi="10.1/a", arxiv_id="2401.00001")
    paper = entry(ONE.title, ONE.abstract)
    for mine in (
        paper._replace(authors=("Grace Hopper", "Jean Bartik")),
        paper._replace(doi="10.1/b"),
        paper._replace(arxiv_id="2401.00002"),
    ):
        assert verdicts(mine, record) == [Verdict.SUGGEST]
    for mine in (
        paper._replace(authors=("Lovelace, A.",)),
        paper._replace(doi="10.1/a"),
        paper._replace(arxiv_id="2401.00001"),
    ):
        assert verdicts(mine, record) == [Verdict.TAKE]


@pytest.mark.parametrize("kind", [ARXIV, DOI])
def test_a_known_identifier_needs_the_title_only(kind: str) -> None:
    known = {"kind": kind, "value": "10.1/a"}
    bare = entry(ONE.title)
    assert verdicts(bare, Record(ONE.title, ONE.abstract), **known) == [Verdict.TAKE]
    short = entry("Tide Tables", ONE.abstract)
    assert verdicts(short, Record("Tide Tables"), **known) == [Verdict.TAKE]
    other = Record(OTHER.title, OTHER.abstract)
    assert verdicts(bare, other, **known) == [Verdict.SUGGEST]
    told = entry(ONE.title, ONE.abstract)
    assert verdicts(told, Record(ONE.title, OTHER.abstract), **known) == [Verdict.SUGGEST]


@given(st.text(), st.text())
def test_measures_are_shares_whatever_the_text(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, other) == pytest.approx(likeness(other, one))
    overlap = containment(one, other)
    assert overlap is None or 0 <= overlap <= 1
    assert likeness(one, one) == 1.0
