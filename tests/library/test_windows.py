"""A window of a long list is the same whether all of it is read or only what shows."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readinglist.library import Library, Results
from readinglist.library.query.conditions import Condition
from readinglist.library.query.fields import PRESENT
from readinglist.library.search import gathering, in_order, listing, orders, results
from readinglist.library.search.orders import listed, order_of
from readinglist.library.search.paper_set import PaperSet
from readinglist.records import Facet, Reading, Record, Sort, Status

_BEGINNINGS = ("Attention is all", "Attention is not", "On the", "Überblick über", "zero", "Zero")
_PAPERS = 400
# Lists of a few papers, an empty one, and one that a single title fills.
_FACETS: tuple[tuple[Facet, ...], ...] = (
    (),
    (Facet("status", "read"),),
    (Facet("status", "inbox"),),
    (Facet("status", "skipped"),),
    (Facet("tag", "a"),),
    (Facet("source", "1"),),
    (Facet("is", "trashed"),),
)


def fill(path: Path) -> None:
    """Many titles that begin alike, and some that are the same to the last letter."""
    chance = random.Random(11)
    with Library(path) as library:
        for document in range(4):
            records = [
                Record(
                    chance.choice(_BEGINNINGS) + chance.choice(["", " you", f" need {n}"]),
                    doi=f"10.1/{document}.{n}",
                    year=chance.choice([None, 2019, 2020]),
                )
                for n in range(_PAPERS // 4)
            ]
            reading = Reading("capture", records)
            library.ingest(reading, name=f"{document}", path="", digest=f"{document}")
        ids = list(library.search().ids)
        library.set_status(chance.sample(ids, 90), Status.READ)
        library.edit_tags(chance.sample(ids, 70), add=["a"])
        library.set_trashed(chance.sample(ids, 30), True)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("windows") / "library.sqlite3"
    fill(path)
    return path


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a list be long that has some dozens of papers."""
    for module in (listing, in_order):
        monkeypatch.setattr(module, "_FIRST", 12)
    monkeypatch.setattr(gathering, "_FEW", 5)
    monkeypatch.setattr(gathering, "_LONG", 40)
    monkeypatch.setattr(results, "_MANY", 50)


@pytest.fixture
def library(shelf: Path, short: None) -> Iterator[Library]:
    with Library(shelf) as library:
        yield library


LOOKS = st.lists(
    st.tuples(st.sampled_from(["at", "between", "index_of"]), st.integers(-3, 420)), max_size=12
)


def as_it_looks(found: Results, looks: list[tuple[str, int]], expected: list[int]) -> None:
    """Look at it in some way, here and there, and see the same everywhere."""
    for way, place in looks:
        right = expected[place] if 0 <= place < len(expected) else None
        if way == "at":
            assert found.at(place) in ({right} if found.complete else {right, None})
        elif way == "between":
            windows = dict(enumerate(expected))
            for index, paper in found.between(place, place + 9):
                assert windows[index] == paper
        elif right is not None:
            assert found.index_of(right) in ({place} if found.complete else {place, None})
    if found.complete and expected:
        as_it_is_selected(found, [place for _, place in looks], expected)


def as_it_is_selected(found: Results, places: list[int], expected: list[int]) -> None:
    """Ranges between these places hold what they show, and what is selected comes in order."""
    inside = [place for place in places if 0 <= place < len(expected)]
    for first, last in pairwise(inside):
        first, last = sorted((first, last))
        assert {*found.among(first, last)} == {*expected[first : last + 1]}
        picked = found.among(first, last) ^ PaperSet([10_000])
        assert found.sorted(picked) == [*expected[first : last + 1], 10_000]
    assert {*found.every} == {*expected}


@given(
    where=st.sampled_from(_FACETS), sort=st.sampled_from(Sort), reverse=st.booleans(), looks=LOOKS
)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_looked_at_first_it_is_the_complete_list(
    library: Library,
    where: tuple[Facet, ...],
    sort: Sort,
    reverse: bool,
    looks: list[tuple[str, int]],
) -> None:
    brief = library.search(where=where, sort=sort, reverse=reverse, brief=True)
    connection, among = library._connection, {*library.search(where=where).ids}
    every = listed(connection, Condition("1"), order_of(sort, reverse))
    expected = [paper for paper in every if paper in among]
    bounded = brief.bounded()
    assert len(bounded) == (len(expected) if bounded.counted else 12)
    as_it_looks(bounded, looks, expected)
    extended = bounded.extended()
    assert len(extended) == len(expected)
    as_it_looks(extended, looks, expected)
    as_it_looks(extended.read_by(connection), looks, expected)
    assert [*extended.ids] == expected
    as_it_looks(extended, looks, expected)


def test_the_ends_of_a_long_list_are_known_before_all_of_it(library: Library) -> None:
    for where in ((), (Facet("status", "inbox"),)):
        for sort in Sort:
            bounded = library.search(where=where, sort=sort, brief=True).bounded()
            assert bounded.counted
            assert not bounded.complete
            last = len(bounded) - 1
            assert bounded.at(0) is not None
            assert bounded.at(last) is not None
            assert bounded.at(last // 2) is None
            assert [index for index, _ in bounded.between(10, 14)] == [10, 11]
            assert bounded.index_of(bounded.at(last) or 0) == last
            assert bounded.rows(last - 2, last + 1)[-1].id == bounded.at(last)


@given(looks=LOOKS, chance=st.randoms(use_true_random=False))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_while_another_program_edits_each_paper_stays_listed_once(
    tmp_path_factory: pytest.TempPathFactory,
    shelf: Path,
    short: None,
    looks: list[tuple[str, int]],
    chance: random.Random,
) -> None:
    path = tmp_path_factory.mktemp("edited") / "library.sqlite3"
    path.write_bytes(shelf.read_bytes())
    with Library(path) as other, Library(path) as library:
        found = library.search(sort=Sort.TITLE, brief=True).extended()
        before = sorted(found.read_by(library._connection).ids)
        for _, place in looks:
            other.set_facts(chance.choice(before), {"title": f"{chance.random()}"})
            found.between(place, place + 9)
            seen = [found.at(index) or 0 for index in range(len(found))]
            assert sorted(seen) == before
            assert [found.index_of(paper) for paper in seen] == [*range(len(seen))]


def test_what_is_not_met_on_the_way_is_not_left_out(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox, by_beginnings = [Facet("status", "inbox")], orders.by_beginnings
    expected = library.search(where=inbox, sort=Sort.TITLE).ids

    def fewer(*told: Any) -> Iterator[tuple[str, int]]:
        yield from islice(by_beginnings(*told), 0, None, 2)

    monkeypatch.setattr(gathering, "by_beginnings", fewer)
    assert library.search(where=inbox, sort=Sort.TITLE).ids == expected


def test_the_beginnings_of_titles_are_read_from_their_index_alone(library: Library) -> None:
    told: list[str] = []
    library._connection.set_trace_callback(told.append)
    assert [*orders.by_beginnings(library._connection, PRESENT, "")]
    library._connection.set_trace_callback(None)
    (asked,) = [each for each in told if "c0" in each]
    plan = [row[3] for row in library._connection.execute(f"EXPLAIN QUERY PLAN {asked}")]
    assert "USING INDEX paper_title" in plan[0]
    assert not any("TEMP B-TREE" in step for step in plan)
