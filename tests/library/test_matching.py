"""Which paper a record is about, and what the paper takes from it."""

from __future__ import annotations

from typing import Any

import pytest

from readinglist.library import Library
from readinglist.library.intake.sightings import owned
from readinglist.outcomes import Receipt
from readinglist.records import Entry, Reading, Record

PLAIN = Record("A Plain Title", "What it is about.")


def bring(library: Library, *records: Record, name: str = "") -> Receipt:
    name = name or f"{len(library.latest_import())}-{hash(records)}.txt"
    return library.ingest(Reading("capture", list(records)), name=name, path=name, digest=name)


def only(library: Library) -> Entry:
    (paper,) = library.search().ids
    return library.entry(paper)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"doi": "10.1000/ABC"}, {"doi": "https://doi.org/10.1000/abc"}),
        ({"arxiv_id": "2401.01234v1"}, {"arxiv_id": "arXiv:2401.01234v2"}),
        ({"arxiv_id": "hep-th/9901001"}, {"arxiv_id": "hep-th/9901001v3"}),
        ({"doi": "10.48550/arXiv.2401.01234"}, {"arxiv_id": "2401.01234"}),
        ({"arxiv_id": "2401.01234"}, {"doi": "https://doi.org/10.48550/ARXIV.2401.01234"}),
        ({"doi": "10.1000/abc", "arxiv_id": "2401.01234"}, {"arxiv_id": "2401.01234"}),
        ({"doi": "10.48550/arXiv.2401.01234"}, {"doi": "10.48550/arxiv.2401.01234v2"}),
    ],
)
def test_the_same_identifier_is_the_same_paper_whatever_the_title(
    library: Library, one: dict[str, Any], other: dict[str, Any]
) -> None:
    first, second = Record("One Title", **one), Record("Quite Another", **other)
    assert bring(library, first, second).new == 1
    assert bring(library, second, first).new == 0
    assert only(library).title == "One Title"


@pytest.mark.parametrize("nothing", ["n/a", "10.1000/", "forthcoming"])
def test_what_is_no_identifier_makes_nothing_the_same(library: Library, nothing: str) -> None:
    one, other = Record("One", doi=nothing, arxiv_id=nothing), Record("Two", doi=nothing)
    assert bring(library, one, other._replace(arxiv_id=nothing)).new == 2
    assert {library.entry(paper).doi for paper in library.search().ids} == {nothing}


def test_the_doi_decides_before_the_arxiv_id_and_that_before_the_title(library: Library) -> None:
    bring(
        library,
        Record("By DOI", doi="10.1000/a"),
        Record("By arXiv", arxiv_id="2401.00001"),
        Record("By Title"),
    )
    ids = {library.entry(paper).title: paper for paper in library.search().ids}

    def met(record: Record) -> int:
        (paper,) = library.imported(bring(library, record).document).merged
        return paper

    assert met(Record("By Title", doi="10.1000/a", arxiv_id="2401.00001")) == ids["By DOI"]
    assert met(Record("By Title", arxiv_id="2401.00001")) == ids["By arXiv"]
    assert met(Record("by title")) == ids["By Title"]
    pairs = {frozenset({each.first, each.second}) for each in library.lookalikes()}
    assert pairs == {
        frozenset({ids["By DOI"], ids["By arXiv"]}), frozenset({ids["By DOI"], ids["By Title"]}),
        frozenset({ids["By arXiv"], ids["By Title"]}),
    }  # fmt: skip


def test_a_paper_takes_what_it_lacks_and_nothing_else(library: Library) -> None:
    full = PLAIN._replace(
        authors=("Ada Lovelace",),
        year=1843,
        venue="Memoirs",
        doi="10.1000/A",
        arxiv_id="2401.01234v2",
        urls=("https://a.example/",),
    )
    bring(library, PLAIN)
    receipt = bring(library, full)
    (changed,) = library.imported(receipt.document).changed
    assert changed[1] == ("authors", "year", "venue", "doi", "arxiv_id", "urls")
    paper = only(library)
    assert (paper.authors, paper.year, paper.venue) == (("Ada Lovelace",), 1843, "Memoirs")
    assert (paper.doi, paper.arxiv_id) == ("10.1000/a", "2401.01234")
    other = full._replace(authors=("X",), year=1, venue="Y", doi="10.1000/b", urls=())
    receipt = bring(library, other)
    assert library.imported(receipt.document).changed == ()
    assert only(library)._replace(sources=()) == paper._replace(sources=())
    assert list(library.search("lovelace").ids) == [paper.id]


def test_what_one_record_fills_in_the_next_one_is_known_by(library: Library) -> None:
    bring(library, PLAIN)
    receipt = bring(library, PLAIN._replace(doi="10.1000/a"), Record("Another", doi="10.1000/a"))
    assert (receipt.new, receipt.merged) == (0, 2)


def test_a_title_that_the_user_gave_is_a_title_of_the_paper(library: Library) -> None:
    bring(library, PLAIN)
    paper = only(library).id
    library.set_facts(paper, {"title": "A Better Title"})
    receipt = bring(library, Record("a better title"), Record("A Plain Title."))
    assert (receipt.new, receipt.merged) == (0, 2)
    assert only(library).title == "A Better Title"
    library.undo()
    assert bring(library, Record("a better title.")).new == 1


def test_an_import_leaves_what_the_user_chose_and_undo_finds_what_it_brought(
    library: Library,
) -> None:
    bring(library, PLAIN)
    paper = only(library).id
    library.set_facts(paper, {"year": 1999, "abstract": "What it is", "venue": "Mine"})
    library.set_facts(paper, {"venue": ""})
    receipt = bring(
        library, PLAIN._replace(year=2001, venue="Theirs", abstract="What it is about. At length.")
    )
    assert library.imported(receipt.document).changed == ()
    mine = only(library)
    assert (mine.year, mine.abstract, mine.venue) == (1999, "What it is", None)
    library.undo()
    library.undo()
    theirs = only(library)
    assert (theirs.year, theirs.venue) == (2001, "Theirs")
    assert theirs.abstract == "What it is about. At length."
    library.redo()
    assert only(library).year == 1999
    library.undo()
    assert only(library).year == 2001


def test_what_is_filled_in_while_an_edit_is_undone_is_there_after_redo_and_undo(
    library: Library,
) -> None:
    bring(library, PLAIN)
    paper = only(library).id
    library.set_facts(paper, {"year": 1999})
    library.undo()
    bring(library, PLAIN._replace(year=2001))
    assert only(library).year == 2001
    library.redo()
    assert only(library).year == 1999
    library.undo()
    assert only(library).year == 2001


def test_a_paper_in_the_list_is_met_before_one_in_the_trash(library: Library) -> None:
    bring(library, Record("One", doi="10.1000/a"), Record("Two"))
    ids = {library.entry(paper).title: paper for paper in library.search().ids}
    library.set_trashed([ids["One"]], True)
    receipt = bring(library, Record("Two", doi="10.1000/a"))
    assert library.imported(receipt.document).merged == (ids["Two"],)
    assert library.entry(ids["Two"]).doi is None
    assert library.lookalikes() == []


def test_a_receipt_names_its_document_also_when_it_was_known(library: Library) -> None:
    first = bring(library, PLAIN, name="a.txt")
    second = bring(library, Record("Another"), PLAIN, name="b.txt")
    assert bring(library, PLAIN, name="a.txt").document == first.document
    brought = library.imported(second.document)
    assert (brought.name, len(brought.new), len(brought.merged)) == ("b.txt", 1, 1)
    assert library.latest_import() == [first.document, second.document]


def test_an_id_is_never_given_to_another_paper(library: Library) -> None:
    bring(library, PLAIN)
    paper = only(library).id
    library.set_trashed([paper], True)
    library.empty_trash([paper])
    bring(library, Record("Another"))
    assert only(library).id > paper


def test_documents_keep_their_own_words(library: Library) -> None:
    bring(library, PLAIN, name="a.txt")
    paper = only(library).id
    library.set_facts(paper, {"title": "Mine", "abstract": "Mine too."})
    bring(library, Record("mine", None), name="b.txt")

    def told() -> list[tuple[str | None, str | None]]:
        return library._connection.execute(
            "SELECT title, abstract FROM sighting ORDER BY document_id"
        ).fetchall()

    assert told() == [(PLAIN.title, PLAIN.abstract), ("mine", "")]
    library.undo()
    assert told() == [(None, None), ("mine", "")]
    library.redo()
    assert told() == [(PLAIN.title, PLAIN.abstract), ("mine", "")]
    assert len(owned(library._connection, paper)) == 2
