"""What each clause of a query finds, and the way out where nothing is found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readinglist.library import Library
from readinglist.library.query.clauses import clauses, without
from readinglist.library.query.parsing import All, parse
from readinglist.library.search.xray import Xray, sentence
from readinglist.records import Facet, Status
from readinglist.stopping import Stopped, stoppable
from tests.conftest import put_in

TITLES = (
    "Diffusion models for weather", "Diffusion policies", "Offline reinforcement learning",
    "Video diffusion models", "Optimal transport", "Learning to plan", "Video understanding",
)  # fmt: skip
PIECES = (
    "diffusion", "difusion", "video", "learning", "zzqqx", "-video", "-learning", "tag:rl",
    "-tag:rl", "status:read", "is:starred", "(video OR plan)", '"diffusion models"',
    "title:lerning", "-(video OR plan)", "year:2020..",
)  # fmt: skip


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Seven papers, of which some are tagged, read or in the trash."""
    with Library(tmp_path_factory.mktemp("xray") / "papers.sqlite3") as library:
        ids = put_in(library, *TITLES, "Diffusion thrown away")
        library.edit_tags(ids[1:3], add=["rl"])
        library.set_status(ids[:2], Status.READ)
        library.set_starred(ids[4:5], True)
        library.set_trashed(ids[-1:], True)
        yield library


def look(library: Library, query: str, lenient: bool = False, *where: Facet) -> Xray:
    found = len(library.search(query, where=where, lenient=lenient))
    return library.xray(query, found, where=where, lenient=lenient)


def shares(seen: Xray) -> list[tuple[str, int]]:
    return [(share.clause.text, share.papers) for share in seen.shares]


def test_each_clause_says_how_many_papers_it_finds_by_itself(shelf: Library) -> None:
    seen = look(shelf, "diffusion tag:rl (video OR plan)", True)
    assert shares(seen) == [("diffusion", 3), ("tag:rl", 2), ("(video OR plan)", 3)]


def test_a_misspelt_word_says_what_it_was_read_as(shelf: Library) -> None:
    seen = look(shelf, "difusion title:lerning modle", True)
    assert [share.read_as for share in seen.shares][:2] == ["diffusion", "title:learning"]
    assert look(shelf, "diffusion").shares[0].read_as == ""


def test_an_exclusion_says_what_it_takes_away(shelf: Library) -> None:
    seen = look(shelf, "diffusion -video")
    assert [(s.clause.excluding, s.papers) for s in seen.shares] == [(False, 3), (True, 1)]


def test_alternatives_are_one_clause(shelf: Library) -> None:
    assert shares(look(shelf, "video OR plan -zzqqx")) == [("video OR plan -zzqqx", 3)]


def test_in_the_trash_clauses_count_what_is_there(shelf: Library) -> None:
    assert shares(look(shelf, "diffusion is:trashed")) == [("diffusion", 1), ("is:trashed", 1)]


def test_where_nothing_is_found_the_clause_to_blame_comes_first(shelf: Library) -> None:
    ways = look(shelf, "diffusion tag:rl plan").ways
    assert [(way.name, way.query, way.papers) for way in ways] == [("plan", "diffusion tag:rl", 1)]
    assert sentence(ways) == "Without plan: 1."
    best, other = look(shelf, "diffusion -tag:rl plan").ways
    assert (best.name, best.papers, other.name, other.papers) == ("plan", 2, "diffusion", 1)


def test_several_clauses_that_find_nothing_are_left_out_together(shelf: Library) -> None:
    (way,) = look(shelf, "zzqqx diffusion wwkkj").ways
    assert (way.name, way.query, way.papers) == ("zzqqx and wwkkj", "diffusion", 3)


def test_a_filter_may_be_to_blame(shelf: Library) -> None:
    starred = Facet("is", "starred")
    (way,) = look(shelf, "video", False, starred).ways[:1]
    assert (way.name, way.query, way.where, way.papers) == ("is:starred", "video", (), 2)


def test_there_is_no_way_out_of_a_single_word_nor_of_what_finds_something(shelf: Library) -> None:
    assert look(shelf, "zzqqx").ways == ()
    assert look(shelf, "diffusion video").ways == ()


def test_what_is_half_typed_has_no_share(shelf: Library) -> None:
    for query in (
        "diffusion tag:",
        "diffusion status:q",
        "diffusion -",
        "diffusion !!",
        "diffusion (",
    ):
        assert shares(look(shelf, query, True)) == [("diffusion", 3)]
    assert shares(look(shelf, 'diffusion "video diff', True)) == [
        ("diffusion", 3), ('"video diff', 1),
    ]  # fmt: skip


def test_a_pasted_page_is_not_looked_through(shelf: Library) -> None:
    assert look(shelf, "diffusion " * 200, True).shares == ()


@settings(max_examples=60)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=4, unique=True), st.booleans())
def test_shares_and_ways_are_what_searching_finds(
    shelf: Library, pieces: list[str], lenient: bool
) -> None:
    query = " ".join(pieces)

    def found(text: str) -> int:
        return len(shelf.search(text, lenient=lenient))

    seen = look(shelf, query, lenient)
    assert [share.clause.text for share in seen.shares] == pieces
    for share in seen.shares:
        assert query[share.clause.start : share.clause.end] == share.clause.text
        if share.clause.excluding:
            rest = " ".join(piece for piece in pieces if piece != share.clause.text)
            assert share.papers == found(f"{rest} .") - found(query)
        else:
            assert share.papers == found(share.clause.query)
    for way in seen.ways:
        assert found(query) == 0 < way.papers == found(way.query)
    counts = [way.papers for way in seen.ways]
    assert counts == sorted(counts, reverse=True)


@given(st.text(alphabet='ab:"() -ORAND.tg*\x00é', max_size=40))
def test_no_text_is_too_odd_to_be_taken_apart(query: str) -> None:
    parts = clauses(query, lenient=True)
    for part in parts:
        assert query[part.start : part.end] == part.text == part.text.strip()
    assert [p.start for p in parts] == sorted(p.start for p in parts)
    assert parse(without(query, parts), lenient=True).tree == All()


def test_a_loose_and_goes_with_its_clause() -> None:
    query = "a AND b AND AND-gate"
    a, b, gate = clauses(query, lenient=False)
    assert without(query, [a]) == "b AND AND-gate"
    assert without(query, [gate]) == "a AND b"
    assert without(query, [a, b, gate]) == ""
    assert without("AND-gate x", clauses("AND-gate x", lenient=False)[1:]) == "AND-gate"


def test_a_newer_question_stops_it(shelf: Library) -> None:
    with stoppable(lambda: True), pytest.raises(Stopped):
        look(shelf, "diffusion video tag:rl", True)


# Facets within a query


def facet(library: Library, query: str, where: Sequence[Facet], chosen: Facet) -> int:
    kept = [f for f in where if (f.field, chosen.field) != ("status", "status")]
    return len(library.search(query, where=[*kept, chosen]))


@pytest.mark.parametrize("query", ["", "diffusion", "difusion -video", "zzqqx", "is:trashed"])
@pytest.mark.parametrize(
    "where",
    [
        (), (Facet("status", "read"),), (Facet("tag", "rl"),), (Facet("is", "trashed"),),
        (Facet("status", "inbox"), Facet("tag", "rl")),
    ],
)  # fmt: skip
def test_a_facet_counts_what_choosing_it_would_list(
    shelf: Library, query: str, where: tuple[Facet, ...]
) -> None:
    counts = shelf.counts_within(query, shelf.search(query, where=where), where=where)
    assert counts.total == len(shelf.search(query, where=where))
    for status, papers in counts.statuses.items():
        assert papers == facet(shelf, query, where, Facet("status", status))
    assert counts.starred == facet(shelf, query, where, Facet("is", "starred"))
    assert counts.untagged == facet(shelf, query, where, Facet("is", "untagged"))
    assert counts.tags.get("rl", 0) == facet(shelf, query, where, Facet("tag", "rl"))
    assert counts.sources.get("capture.txt", 0) == counts.total
    assert counts.trash == facet(shelf, query, where, Facet("is", "trashed"))
