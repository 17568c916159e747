"""Queries that nobody means well get an answer, or an error of ours that says where; and soon."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import nullcontext, suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readinglist.errors import QueryError
from readinglist.library import Library, Results
from readinglist.library.query.fields import FIELDS
from readinglist.library.search import candidates
from readinglist.library.search.stand_ins import StandIns
from readinglist.records import Record, Sort, Status
from tests.library.hostile import QUERIES, TEXTS, Asked
from tests.library.shelves import TITLES, put

SOON = 0.1  # seconds


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A paper for every peculiarity, some of them filed, and one in the trash."""
    with Library(tmp_path_factory.mktemp("few") / "library") as library:
        ids = put(library, *(Record(t, f"On the {t}.", ("A. Other",)) for t in TITLES))
        library.edit_tags(ids[:3], add=["rl", "rl/a", "the of"])
        library.set_status(ids[2:5], Status.READ)
        library.set_starred(ids[4:6], True)
        library.set_note(ids[6], "the note of a reader")
        library.set_trashed(ids[7:8], True)
        yield library


def ask(library: Library, asked: Asked, *, lenient: bool) -> Results:
    return library.search(
        asked.query, where=asked.where, sort=asked.sort, reverse=asked.reverse, lenient=lenient
    )


@pytest.mark.parametrize("asked", QUERIES, ids=str)
def test_it_is_answered_while_typed_and_answered_or_refused_after(
    few: Library, asked: Asked
) -> None:
    for lenient in (True, False):
        with nullcontext() if lenient else suppress(QueryError):
            results = ask(few, asked, lenient=lenient)
            assert len(set(results.ids)) == len(results.ids) <= len(TITLES)
            assert all(0 <= first < last <= 7 for first, last in results.marks("a title"))


@pytest.mark.parametrize("asked", QUERIES, ids=str)
def test_it_takes_no_time(few: Library, asked: Asked) -> None:
    start = time.process_time()
    ask(few, asked, lenient=True)
    assert time.process_time() - start < SOON


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: ascii(text[:12]))
def test_what_is_told_of_it_is_told_without_fail(few: Library, text: str) -> None:
    found = few.search(text, lenient=True)
    few.counts_within(text, found, lenient=True)
    seen = few.xray(text, len(found), lenient=True)
    for share in seen.shares:
        assert text[share.clause.start : share.clause.end] == share.clause.text
    few.authors_like(text)
    few.like_typed(text)


FRAGMENTS = st.one_of(
    st.sampled_from(
        ['"', "(", ")", "-", " OR ", " AND ", ":", "..", ">", "<=", "*", "/*", " ", "the", "a",
        "of", "é",
         "\0", "\ud800", "\u202e", "2020", "2026-01", "99999999999", "today", "difusion", "模", "'",
         "$", "\\"]
    ),
    st.sampled_from(sorted(FIELDS)).map("{}:".format),
    st.text(max_size=3),
)  # fmt: skip
FRAGMENTED = st.lists(FRAGMENTS, max_size=14).map("".join)
ORDERS = st.tuples(st.none() | st.sampled_from(Sort), st.booleans())


@given(FRAGMENTED, ORDERS)
@settings(max_examples=250)
def test_nothing_but_a_query_error_comes_of_any_text(
    few: Library, text: str, order: tuple[Sort | None, bool]
) -> None:
    results = ask(few, Asked(text, (), *order), lenient=True)
    assert len(results) <= len(TITLES)
    results.marks(text)
    with suppress(QueryError):
        ask(few, Asked(text, (), *order), lenient=False)


# The first papers, and all of them


@pytest.fixture
def _all_beginnings_are_costly(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a small library none is: then other words never stand in for one."""
    monkeypatch.setattr(StandIns.__init__, "__defaults__", (1, 2))
    monkeypatch.setattr(candidates, "_COSTLY", 1)


PARTS = (
    "a", "d", "le", "the", "of", "-a", "-the", "mod", "(the OR a)", "(d OR -a)", "title:d",
    "note:a",
    "author:a", "abstract:o", '"on the', '"of a', '"a', 'title:"l', "-(d OR of)", "is:starred",
    "tag:rl",
    "status:read", "abstract:the OR abstract:a",
)  # fmt: skip


@pytest.mark.usefixtures("_all_beginnings_are_costly")
@given(
    st.lists(st.sampled_from(PARTS), min_size=1, max_size=3).map(" ".join),
    ORDERS,
    st.sampled_from([None, 0.0, 10.0]),
)
@settings(max_examples=300)
def test_what_comes_first_is_followed_by_all_the_others(
    few: Library, text: str, order: tuple[Sort | None, bool], within: float | None
) -> None:
    sort, reverse = order
    whole = few.search(text, sort=sort, reverse=reverse, lenient=True)
    first = few.search(
        text, sort=sort, reverse=reverse, lenient=True, brief=True, within=within
    )  # fmt: skip
    every = first.extended()
    assert every.complete
    assert every.ids[: len(first)] == first.ids
    assert sorted(every.ids) == sorted(whole.ids)
    if within is None and not whole.words:
        assert every.ids == whole.ids


def test_many_papers_about_alternatives_in_abstracts_are_found(library: Library) -> None:
    put(library, *(Record(f"Paper {n}", "alpha" if n % 2 else "beta") for n in range(400)))
    assert len(library.search("abstract:alpha OR abstract:beta")) == 400


def test_a_quote_holds_no_more_words_than_a_query(few: Library) -> None:
    with pytest.raises(QueryError) as caught:
        few.search('the "' + "of " * 400 + '"')
    assert caught.value.position == 4
    assert few.search('"' + "of " * 400, lenient=True).complaint


def test_what_no_paper_meets_is_looked_for_once(few: Library) -> None:
    for query in ("the seen:>9", "zzqqx the year:2024..2020", "-has:author the of", "the key:*zz*"):
        for within in (None, 10.0):
            found = few.search(query, lenient=True, brief=True, within=within)
            assert found.complete
            assert not len(found)
