"""What a lookup was not sure of: kept until its user decides, and then for good."""

from __future__ import annotations

import pytest

from readinglist.errors import UsageError
from readinglist.findings import Finding
from readinglist.library import Library
from readinglist.records import Record
from tests.conftest import put_in
from tests.library.found import FOUND, TITLE, finding, put


def test_a_suggestion_is_taken_with_all_that_lacks_and_the_others_are_closed(
    library: Library,
) -> None:
    (paper,) = put(library, Record(TITLE, year=1999))
    library.fill_in([finding(paper, sure=False), finding(paper, sure=False, name="y")])
    assert [each.identifier for each in library.suggestions()] == ["x", "y"]
    assert library.suggestions()[0].record == FOUND
    done = library.accept(paper, "arxiv", "y")
    assert done is not None
    assert "took a suggestion" in done.label
    entry = library.entry(paper)
    assert (entry.authors, entry.year) == (FOUND.authors, 1999)
    assert library.origins([paper])[paper]["authors"].score == 0.97
    assert library.suggestions() == []
    assert library.accept(paper, "arxiv", "x") is None
    library.undo()
    assert len(library.suggestions()) == 2
    assert library.entry(paper).authors == ()
    library.redo()
    assert library.entry(paper).authors == FOUND.authors


def test_the_fields_of_a_suggestion_can_be_chosen(library: Library) -> None:
    (paper,) = put(library, Record(TITLE, year=1999, authors=("Grace Hopper",)))
    library.fill_in([finding(paper, sure=False)])
    library.accept(paper, "arxiv", "x", {"year": 2023, "venue": "By hand"})
    entry = library.entry(paper)
    assert (entry.year, entry.venue, entry.authors) == (2023, "By hand", ("Grace Hopper",))
    assert entry.doi is None
    assert {*library.origins([paper])[paper]} == {"year", "details.volume"}
    library.fill_in([finding(paper, sure=False, name="z")])
    with pytest.raises(UsageError):
        library.accept(paper, "arxiv", "z", {"year": "soon"})


def test_who_takes_the_identifier_of_another_paper_is_offered_the_two_as_one(
    library: Library,
) -> None:
    mine, other = put(library, Record(TITLE), Record("The same by another name", doi="10.1234/abc"))
    library.fill_in([finding(mine, sure=False)])
    library.accept(mine, "arxiv", "x", {"doi": "10.1234/abc"})
    assert library.entry(mine).doi == "10.1234/abc"
    assert [(pair.first, pair.second) for pair in library.lookalikes()] == [(mine, other)]


def test_the_papers_with_suggestions_can_be_searched_for(library: Library) -> None:
    papers = put_in(library, "One", "Two")
    library.fill_in([finding(papers[1], sure=False)])
    assert [*library.search("has:suggestion").ids] == papers[1:]
    library.reject(papers[1], [("arxiv", "x")])
    assert not library.search("has:suggestion").ids


def test_a_rejected_suggestion_never_comes_back(library: Library) -> None:
    (paper,) = put_in(library, "One")
    library.fill_in([finding(paper, sure=False), finding(paper, sure=False, name="y")])
    library.reject(paper, [("arxiv", "x")])
    assert library.fill_in([finding(paper, sure=False)]).done is None
    assert [each.identifier for each in library.suggestions()] == ["y"]
    library.undo()
    assert len(library.suggestions()) == 2
    library.reject(paper, [("arxiv", "x"), ("arxiv", "y"), ("arxiv", "z")])
    assert library.suggestions() == []
    assert library.reject(paper, [("arxiv", "x")]) is None


@pytest.mark.parametrize(("provider", "name"), [("arxiv", "x"), ("crossref", "y")])
def test_a_rejected_work_is_not_taken_when_it_looks_sure_later(
    library: Library, provider: str, name: str
) -> None:
    (paper,) = put(library, Record(TITLE))
    library.fill_in([finding(paper, sure=False)])
    library.reject(paper, [("arxiv", "x")])
    again = finding(paper, name=name)._replace(provider=provider)
    for refresh in (False, True):
        assert library.fill_in([again], refresh=refresh).done is None
    assert library.fill_in([again._replace(sure=False)]).done is None
    assert library.entry(paper).authors == ()
    library.undo()
    assert library.fill_in([again]).fields


def test_what_was_taken_of_one_provider_is_refreshed_by_another_if_that_is_wanted(
    library: Library,
) -> None:
    (paper,) = put(library, Record(TITLE))
    theirs = finding(paper, sure=False)._replace(provider="crossref")
    library.fill_in([finding(paper, sure=False), theirs])
    library.accept(paper, "arxiv", "x", None)  # which closes the other one
    newer = theirs._replace(record=FOUND._replace(year=2024), sure=True)
    library.fill_in([newer], refresh=True)
    assert library.entry(paper).year == 2023
    library.fill_in([newer], refresh=True, others=True)
    assert library.entry(paper).year == 2024


def test_a_refresh_from_another_provider_only_fills_in_unless_it_is_as_sure(
    library: Library,
) -> None:
    (paper,) = put(library, Record(TITLE))
    bare = FOUND._replace(venue=None, doi=None, details=())
    library.fill_in([finding(paper, bare)])
    worse = Record(TITLE, "Cut off…", ("A. Lovelace",), 2022, "Letters", "10.1234/other")
    other = Finding(paper, "crossref", "y", 0.97, worse, sure=True)
    filled = library.fill_in([other], refresh=True)
    entry = library.entry(paper)
    assert {*filled.fields[paper]} == {"venue", "doi"}
    assert (entry.authors, entry.year, entry.abstract) == (bare.authors, 2023, bare.abstract)
    less_sure = other._replace(score=0.96, record=worse._replace(venue="Notes"))
    assert library.fill_in([less_sure], refresh=True, others=True).fields == {paper: ("venue",)}
    assert library.entry(paper).authors == bare.authors
    library.fill_in([other], refresh=True, others=True)
    assert library.entry(paper).authors == ("A. Lovelace",)
    assert library.origins([paper])[paper]["authors"].provider == "crossref"


def test_the_year_of_a_preprint_is_not_put_in_the_place_of_that_of_the_published_work(
    library: Library,
) -> None:
    (paper,) = put(library, Record(TITLE))
    library.fill_in([finding(paper, FOUND._replace(year=2024))])
    preprint = FOUND._replace(year=2023, venue=None, doi=None, details=(), authors=("Ada L.",))
    library.fill_in([finding(paper, preprint)], refresh=True, others=True)
    entry = library.entry(paper)
    assert (entry.year, entry.doi, entry.authors) == (2024, "10.1234/abc", ("Ada L.",))


def test_one_paper_has_a_handful_of_suggestions_at_most(library: Library) -> None:
    (paper,) = put_in(library, "One")
    library.fill_in([finding(paper, sure=False, name=str(n)) for n in range(50)])
    assert len(library.suggestions()) == 6
