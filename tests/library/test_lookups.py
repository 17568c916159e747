"""What a lookup found, in the library: whose word counts, where it is from, and the way back."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readinglist.errors import UsageError
from readinglist.library import Library
from readinglist.library.safety.dump import dump, load
from readinglist.records import Added, Entry, Finding, Reading, Record, Work
from tests.conftest import put_in

TITLE = "Tides under Recurrent Kernels"
FOUND = Record(
    TITLE, "An abstract of theirs.", ("Ada Lovelace", "Ludwig van Beethoven"), 2023,
    "Journal of Tides", "10.1234/abc", "2301.00001", (), details=(("volume", "12"),),
)  # fmt: skip


def finding(paper: int, record: Record = FOUND, *, sure: bool = True, name: str = "x") -> Finding:
    return Finding(paper, "arxiv", name, 0.97, record, sure)


def put(library: Library, *records: Record) -> list[int]:
    name = " ".join(record.title for record in records)
    library.ingest(Reading("jsonl", [*records]), name="a.jsonl", path="a.jsonl", digest=name)
    by_title = {entry.title: entry.id for entry in library.entries(library.search().ids)}
    return [by_title[record.title] for record in records]


def facts(entry: Entry) -> tuple[object, ...]:
    return (
        *(entry.abstract, entry.authors, entry.year, entry.venue, entry.doi, entry.arxiv_id),
        *(entry.urls, entry.details),
    )


def labels(library: Library) -> list[str]:
    return [chapter.label for chapter in library.history() if chapter.state == "done"]


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


def says(library: Library, record: Record) -> None:
    library.ingest(Reading("jsonl", [record]), name="b", path="b", digest=str(record))


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


# Suggestions


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


# Adding, waiting, keeping


def add(library: Library, record: Record) -> Added:
    (added,) = library.add([Work(record, "arxiv", "arXiv")])
    return added


def test_a_work_is_added_and_undo_moves_it_to_the_trash(library: Library) -> None:
    added = add(library, FOUND)
    assert (added.new, added.trashed) == (True, False)
    entry = library.entry(added.paper)
    assert facts(entry)[:6] == FOUND[1:7]
    assert entry.sources == ("arXiv",)
    assert library.origins([added.paper])[added.paper]["authors"].provider == "arxiv"
    assert labels(library) == [f"added {entry.key}"]
    library.undo()
    assert library.trashed_among([added.paper]) == {added.paper}
    library.redo()
    assert library.trashed_among([added.paper]) == set()


def test_a_work_that_is_there_takes_what_it_lacks_once(library: Library) -> None:
    (paper,) = put(library, Record(TITLE, year=1999))
    added = add(library, FOUND)
    assert (added.paper, added.new) == (paper, False)
    assert "authors" in added.fields
    assert library.entry(paper).year == 1999
    again = add(library, FOUND)
    assert (again.paper, again.fields, again.done) == (paper, (), None)
    library.set_trashed([paper], trashed=True)
    assert add(library, FOUND).trashed


def test_what_a_work_gave_to_a_paper_that_was_there_is_taken_back(library: Library) -> None:
    (paper,) = put(library, Record(TITLE, year=1999))
    added = add(library, FOUND)
    assert labels(library)[0].startswith("completed ")
    library.undo()
    entry = library.entry(paper)
    assert (entry.authors, entry.year, entry.doi, entry.details) == ((), 1999, None, ())
    assert library.origins([paper]) == {}
    library.redo()
    assert {*added.fields} == {*library.origins([paper])[paper]}


def test_several_works_are_one_change(library: Library) -> None:
    (known,) = put(library, Record(TITLE))
    others = [
        Record(f"Winds, Part {n}", authors=("Ada Lovelace",), arxiv_id=f"2302.0000{n}")
        for n in range(3)
    ]
    works = [Work(record, "arxiv", "arXiv") for record in (FOUND, *others, others[0])]
    brought = library.add(works)
    assert [(each.new, bool(each.fields)) for each in brought] == [
        (False, True), (True, False), (True, False), (True, False), (False, False),
    ]  # fmt: skip
    new = [each.paper for each in brought if each.new]
    assert brought[-1].paper == new[0]
    (label,) = labels(library)
    assert label.startswith("added 3, completed ")
    library.undo()
    assert library.trashed_among([known, *new]) == {*new}
    assert library.entry(known).authors == ()
    library.redo()
    assert library.trashed_among(new) == set()
    assert library.entry(known).authors == FOUND.authors
    assert library.add([]) == []


def test_works_are_added_all_or_none(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    put(library, Record(TITLE))

    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("readinglist.library.journal.lookups.added", fail)
    before = [*dump(library.path)]
    with pytest.raises(KeyboardInterrupt):
        library.add([Work(Record("Winds"), "arxiv", "arXiv"), Work(FOUND, "arxiv", "arXiv")])
    assert [*dump(library.path)] == before
    assert library.set_starred([1], starred=True) is not None


def test_what_a_document_says_shows_instead_of_what_was_added_with_a_paper(
    library: Library,
) -> None:
    paper = add(library, FOUND).paper
    said = Record(TITLE, authors=("Grace Hopper",), year=1999, details=(("volume", "3"),))
    receipt = library.ingest(Reading("jsonl", [said]), name="b", path="b", digest="b")
    assert (receipt.conflicts, library.conflicts()) == (0, [])
    entry = library.entry(paper)
    assert (entry.authors, entry.year, entry.details) == (said.authors, 1999, said.details)
    assert entry.doi == "10.1234/abc"
    assert {*library.origins([paper])[paper]} == {"abstract", "venue", "doi", "arxiv_id"}
    library.undo()
    library.redo()
    assert library.entry(paper).authors == said.authors
    other = said._replace(authors=("Jean Bartik",))
    receipt = library.ingest(Reading("jsonl", [other]), name="c", path="c", digest="c")
    assert receipt.conflicts == 1
    assert library.entry(paper).authors == said.authors


def test_papers_wait_for_a_provider(library: Library) -> None:
    papers = put_in(library, "One", "Two", "Three")
    library.await_lookup([*papers[:2], 99], "arxiv")
    library.await_lookup(papers[1:2], "crossref")
    library.await_lookup(papers[:1], "arxiv")
    assert library.awaited("arxiv") == papers[:2]
    library.set_trashed(papers[:1], trashed=True)
    assert library.awaited("arxiv") == papers[1:2]
    library.await_no_more(papers[1:2], "arxiv")
    assert library.awaited("arxiv") == []
    assert library.awaited("crossref") == papers[1:2]


def test_a_dump_carries_everything_over(library: Library, tmp_path: Path) -> None:
    papers = put_in(library, "One", "Two")
    library.fill_in([finding(papers[0]), finding(papers[1], sure=False)])
    library.reject(papers[1], [("arxiv", "x")])
    library.await_lookup(papers, "openalex")
    library.undo()
    lines = [*dump(library.path)]
    load(tmp_path / "other.sqlite3", lines)
    assert [*dump(tmp_path / "other.sqlite3")] == lines
    with Library(tmp_path / "other.sqlite3") as other:
        assert other.suggestions() == library.suggestions()
        other.redo()
        assert other.suggestions() == []


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
