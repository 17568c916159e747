"""What a lookup found, in the library: whose word counts, where it is from, and the way back."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readinglist.library import Library
from readinglist.records import Entry, Reading, Record
from tests.conftest import put_in
from tests.library.found import FOUND, TITLE, facts, finding, labels, put, says


def test_what_a_paper_lacks_is_filled_in_and_remembers_from_whom(library: Library) -> None:
    (paper,) = put(library, Record(TITLE))
    filled = library.fill_in([finding(paper)])
    entry = library.entry(paper)
    assert facts(entry) == facts(Entry(paper, "", TITLE, *FOUND[1:8], details=FOUND.details))
    names = {"abstract", "authors", "year", "venue", "doi", "arxiv_id", "details.volume"}
    assert {*filled.fields[paper]} == names
    origins = library.origins([paper])[paper]
    assert {*origins} == names
    assert {(origin.provider, origin.score) for origin in origins.values()} == {("arxiv", 0.97)}
    assert len({origin.found for origin in origins.values()}) == 1
    assert [*library.search("author:lovelace").ids] == [paper]


def test_a_whole_lookup_is_one_change_there_and_back(library: Library) -> None:
    papers = put_in(library, "One paper", "Two papers", "Three papers")
    before = library.entries(papers)
    library.fill_in(
        [
            finding(papers[0], FOUND._replace(doi=None, arxiv_id="2301.00001")),
            finding(papers[1], FOUND._replace(doi=None, arxiv_id="2301.00002")),
            finding(papers[2], sure=False),
        ]
    )
    after = library.entries(papers)
    assert labels(library) == ["looked up 3: 2 filled in, 1 to review"]
    assert len(library.suggestions()) == 1
    library.undo()
    assert [facts(entry) for entry in library.entries(papers)] == [*map(facts, before)]
    assert library.origins(papers) == {}
    assert library.suggestions() == []
    library.redo()
    assert [facts(entry) for entry in library.entries(papers)] == [*map(facts, after)]
    assert {*library.origins(papers)} == {*papers[:2]}
    assert len(library.suggestions()) == 1


def test_a_key_that_was_not_handed_out_follows_author_and_year(library: Library) -> None:
    loose, pinned = put(library, Record(TITLE), Record("Winds under Recurrent Kernels"))
    library.pin_keys([pinned])
    before = library.entry(pinned).key
    same = FOUND._replace(doi=None, arxiv_id=None)
    library.fill_in([finding(loose, same), finding(pinned, same)])
    assert library.entry(loose).key == "lovelace2023tides"
    assert library.entry(pinned).key == before
    library.undo()
    assert library.entry(loose).key.startswith("tides-recurrent-kernels")


def test_what_the_user_or_a_document_says_stays(library: Library) -> None:
    (paper,) = put(library, Record(TITLE, "Ours.", ("Grace Hopper",), venue="Imported Letters"))
    library.set_facts(paper, {"year": 1999})
    library.fill_in([finding(paper)])
    for refresh in (False, True):
        entry = library.entry(paper)
        assert entry.abstract == "Ours."
        assert entry.authors == ("Grace Hopper",)
        assert (entry.venue, entry.year) == ("Imported Letters", 1999)
        assert entry.doi == "10.1234/abc"
        library.fill_in([finding(paper, FOUND._replace(year=2024))], refresh=refresh)


def test_what_the_user_has_emptied_stays_empty(library: Library) -> None:
    (paper,) = put(library, Record(TITLE, year=2001))
    library.set_facts(paper, {"year": None})
    library.fill_in([finding(paper)])
    assert library.entry(paper).year is None
    library.set_facts(paper, {"authors": []})
    library.fill_in([finding(paper)], refresh=True)
    assert library.entry(paper).authors == ()


def test_a_refresh_updates_only_what_a_lookup_wrote_and_nobody_has_changed(
    library: Library,
) -> None:
    (paper,) = put(library, Record(TITLE, venue="Imported Letters"))
    library.fill_in([finding(paper, FOUND._replace(doi=None))])
    library.set_facts(paper, {"authors": ["Ada Lovelace"]})
    newer = FOUND._replace(year=2025, venue="Nature", authors=("X",), doi="10.1234/new")
    library.fill_in([finding(paper, newer)])
    assert library.entry(paper).year == 2023
    filled = library.fill_in([finding(paper, newer)], refresh=True)
    entry = library.entry(paper)
    assert {*filled.fields[paper]} <= {"year", "doi"}
    assert (entry.year, entry.doi, entry.arxiv_id) == (2025, "10.1234/new", "2301.00001")
    assert (entry.venue, entry.authors) == ("Imported Letters", ("Ada Lovelace",))
    library.undo()
    assert library.entry(paper).year == 2023
    same = FOUND._replace(doi=None)
    assert library.fill_in([finding(paper, same)], refresh=True).done is None


def test_a_refresh_leaves_what_the_user_has_put_back(library: Library) -> None:
    (paper,) = put(library, Record(TITLE))
    library.fill_in([finding(paper)])
    library.set_facts(paper, {"year": 1999})
    library.set_facts(paper, {"year": 2023})
    newer = finding(paper, FOUND._replace(year=2024, venue="Nature"))
    library.fill_in([newer], refresh=True)
    assert (library.entry(paper).year, library.entry(paper).venue) == (2023, "Nature")
    for _ in range(3):
        library.undo()
    library.fill_in([newer], refresh=True)
    assert library.entry(paper).year == 2024


def test_an_identifier_of_another_paper_is_not_taken_and_the_two_are_offered_as_one(
    library: Library,
) -> None:
    mine, other = put(library, Record(TITLE), Record("The same by another name", doi="10.1234/abc"))
    library.fill_in([finding(mine)])
    assert library.entry(mine).doi is None
    assert library.entry(mine).arxiv_id == "2301.00001"
    assert [(pair.first, pair.second) for pair in library.lookalikes()] == [(mine, other)]


def test_two_copies_of_a_work_do_not_get_its_identifiers_both(library: Library) -> None:
    one, other = put(library, Record(TITLE), Record("The same by another name"))
    done = library.fill_in([finding(one), finding(other)]).done
    assert [library.entry(paper).doi for paper in (one, other)] == ["10.1234/abc", None]
    assert [library.entry(paper).arxiv_id for paper in (one, other)] == ["2301.00001", None]
    assert library.entry(other).authors == FOUND.authors
    assert [(pair.first, pair.second) for pair in library.lookalikes()] == [(one, other)]
    assert done is not None
    library.undo()
    assert not any(library.entry(paper).arxiv_id for paper in (one, other))


def test_an_identifier_of_what_is_in_the_trash_or_was_merged_into_a_paper_is_free(
    library: Library,
) -> None:
    mine, merged, trashed = put(
        library, Record(TITLE), Record("Another title"), Record("A third", doi="10.1234/abc")
    )
    library.set_facts(merged, {"arxiv_id": "2301.00001"})
    library.merge(mine, merged, {"arxiv_id": None})
    library.set_trashed([trashed], trashed=True)
    library.fill_in([finding(mine)])
    entry = library.entry(mine)
    assert (entry.doi, entry.arxiv_id) == ("10.1234/abc", "2301.00001")


def test_papers_in_the_trash_and_gone_are_left_alone(library: Library) -> None:
    papers = put_in(library, "One", "Two")
    library.set_trashed(papers, trashed=True)
    assert library.fill_in([finding(paper) for paper in [*papers, 99]]).done is None
    assert library.entry(papers[0]).authors == ()


def test_facts_that_cannot_be_are_left_out(library: Library) -> None:
    (paper,) = put_in(library, "One")
    library.fill_in(
        [finding(paper, Record("One", year=99, doi="none", arxiv_id="x", urls=("file:///a",),
                               authors=("A",)))]
    )  # fmt: skip
    entry = library.entry(paper)
    assert (entry.year, entry.doi, entry.arxiv_id, entry.urls) == (None, None, None, ())
    assert entry.authors == ("A",)


def test_what_a_document_says_later_shows_instead_of_what_a_lookup_found(library: Library) -> None:
    (paper,) = put(library, Record(TITLE))
    library.fill_in([finding(paper)])
    said = Record(TITLE, authors=("Grace Hopper",), year=1999, details=(("volume", "3"),))
    library.ingest(Reading("jsonl", [said]), name="b", path="b", digest="b")
    entry = library.entry(paper)
    assert (entry.authors, entry.year) == (("Grace Hopper",), 1999)
    assert entry.details == (("volume", "3"),)
    assert entry.doi == "10.1234/abc"
    assert {*library.origins([paper])[paper]} == {"abstract", "venue", "doi", "arxiv_id"}
    library.fill_in([finding(paper)], refresh=True)
    assert library.entry(paper).year == 1999
    library.undo()
    assert library.entry(paper).authors == ("Grace Hopper",)
    assert library.entry(paper).doi is None


@pytest.mark.parametrize("undone", [False, True])
def test_a_lookup_that_is_done_again_leaves_what_a_document_has_said_meanwhile(
    library: Library, undone: bool
) -> None:
    (paper,) = put(library, Record(TITLE))
    library.fill_in([finding(paper)])
    library.fill_in([finding(paper, FOUND._replace(year=2024))], refresh=True)
    if undone:
        library.undo()
        library.undo()
    says(library, Record(TITLE, authors=("Grace Hopper",), year=1999, details=(("volume", "3"),)))
    for _ in range(2):
        entry = library.entry(paper)
        assert (entry.authors, entry.year) == (("Grace Hopper",), 1999)
        assert entry.details == (("volume", "3"),)
        library.undo()
        library.undo()
        assert library.entry(paper).year == 1999
        assert library.entry(paper).doi is None
        library.redo()
        library.redo()
        assert library.entry(paper).doi == "10.1234/abc"
    assert {*library.origins([paper])[paper]} == {"abstract", "venue", "doi", "arxiv_id"}


def test_a_lookup_that_is_done_again_leaves_the_identifier_that_another_paper_has_got_meanwhile(
    library: Library,
) -> None:
    (paper,) = put(library, Record(TITLE))
    library.fill_in([finding(paper)])
    library.undo()
    says(library, Record("Quite Another Title", doi="10.1234/abc"))
    library.redo()
    entry = library.entry(paper)
    assert (entry.doi, entry.arxiv_id, entry.year) == (None, "2301.00001", 2023)
    assert "doi" not in library.origins([paper])[paper]
    library.undo()
    library.redo()
    assert library.entry(paper).doi is None


def test_under_an_edit_of_the_user_lies_what_a_document_says_not_what_a_lookup_found(
    library: Library,
) -> None:
    (paper,) = put(library, Record(TITLE))
    library.fill_in([finding(paper)])
    library.set_facts(paper, {"year": 2000})
    says(library, Record(TITLE, year=1999))
    assert library.entry(paper).year == 2000
    library.undo()
    assert library.entry(paper).year == 1999
    library.redo()
    assert library.entry(paper).year == 2000


def test_an_origin_is_told_as_long_as_it_is_true(library: Library) -> None:
    (paper,) = put(library, Record(TITLE))
    library.fill_in([finding(paper)])
    library.set_facts(paper, {"authors": ["Grace Hopper"]})
    assert "authors" not in library.origins([paper])[paper]
    library.undo()
    assert "authors" in library.origins([paper])[paper]


# Any number of lookups, edits and steps back

_YEARS = st.sampled_from([None, 2001, 2002])
_STEPS = st.one_of(
    st.tuples(st.just("fill"), _YEARS, st.booleans()),
    st.tuples(st.just("refresh"), _YEARS, st.booleans()),
    st.tuples(st.just("edit"), _YEARS, st.just(0)),
    st.tuples(st.just("undo"), st.just(0), st.just(0)),
    st.tuples(st.just("redo"), st.just(0), st.just(0)),
    st.tuples(st.just("reject"), st.just(0), st.just(0)),
)


def _snapshot(library: Library, papers: Iterable[int]) -> object:
    return (
        [facts(entry) for entry in library.entries(papers)],
        library.origins(papers),
        library.suggestions(),
    )


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_STEPS, max_size=8))
def test_undo_takes_back_exactly_what_was_done(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int | None, bool]]
) -> None:
    with Library(tmp_path_factory.mktemp("x") / "papers.sqlite3") as library:
        (paper,) = put_in(library, "One")
        for what, year, sure in steps:
            before, count = _snapshot(library, [paper]), len(labels(library))
            record = Record("One", year=year, authors=("A",))
            if what in ("fill", "refresh"):
                library.fill_in([finding(paper, record, sure=bool(sure), name=str(year))],
                                refresh=what == "refresh")  # fmt: skip
            elif what == "edit":
                library.set_facts(paper, {"year": year})
            elif what == "reject":
                library.reject(paper, [("arxiv", "2001")])
            else:
                getattr(library, what)()
                continue
            after = _snapshot(library, [paper])
            if len(labels(library)) > count:
                library.undo()
                assert _snapshot(library, [paper]) == before
                library.redo()
            assert _snapshot(library, [paper]) == after
