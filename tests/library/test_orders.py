"""Every order is the same whether papers are sorted or found on the way down an index."""

from __future__ import annotations

import random
import sqlite3

import pytest

from readinglist.library import Library
from readinglist.library.query.fields import PRESENT
from readinglist.library.search.orders import listed, order_of, walked
from readinglist.library.storage.opening import open_file
from readinglist.records import Reading, Record, Sort, Status

_WORDS = ("Deep", "deep", "Graph", "Überblick", "of", "Attention", "Attentive", "zero", "A", "10")


@pytest.fixture
def connection(library: Library) -> sqlite3.Connection:
    """A library of some documents with years, statuses, equal beginnings of titles, and a trash."""
    chance = random.Random(7)
    for document in range(4):
        records = [
            Record(
                f"{' '.join(chance.choices(_WORDS, k=4))} {document}-{number}",
                year=chance.choice([None, 2019, 2020, 2021]),
            )
            for number in range(30)
        ]
        library.ingest(
            Reading("capture", records), name=f"{document}", path="", digest=f"{document}"
        )
    ids = list(library.search().ids)
    for status in Status:
        library.set_status(chance.sample(ids, 15), status)
    library.set_trashed(chance.sample(ids, 20), True)
    return open_file(library.path)


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("sort", Sort)
def test_the_way_down_an_index_is_the_sorted_list(
    connection: sqlite3.Connection, sort: Sort, reverse: bool
) -> None:
    order = order_of(sort, reverse)
    every = [*listed(connection, PRESENT, order)]
    assert len(every) == 100
    assert [*walked(connection, PRESENT, order)] == every
    for most in (1, 7, 60, 200):
        assert [*walked(connection, PRESENT, order, most)] == every[:most]
        assert [*walked(connection, PRESENT, order, most, backwards=True)] == every[::-1][:most]


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("sort", Sort)
def test_the_way_down_an_index_sorts_nothing_but_equals(
    connection: sqlite3.Connection, sort: Sort, reverse: bool
) -> None:
    told: list[str] = []
    connection.set_trace_callback(told.append)
    for backwards in (False, True):
        order = order_of(sort, reverse)
        assert [*walked(connection, PRESENT, order, 500, backwards=backwards)]
    connection.set_trace_callback(None)
    asked = [each for each in told if each.startswith("SELECT paper.id")]
    assert asked
    for statement in asked:
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}")]
        assert "USE TEMP B-TREE FOR ORDER BY" not in plan
