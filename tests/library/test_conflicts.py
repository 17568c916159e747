"""What a document says otherwise than a paper: kept, shown, taken or not, and remembered."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from readinglist.library import Library
from readinglist.library.intake import agreement
from readinglist.library.safety.dump import dump, load
from readinglist.outcomes import Conflict, Receipt
from readinglist.records import Reading, Record

PAPER = Record(
    "Deep Boats", authors=("Ada Lee", "Bo Chen"), year=2020, venue="Harbour Letters",
    doi="10.1000/a", details=(("pages", "1--9"), ("volume", "3")),
)  # fmt: skip


def bring(library: Library, record: Record, name: str) -> Receipt:
    return library.ingest(Reading("made", [record]), name=name, path=name, digest=name)


def told(library: Library, document: int | None = None) -> dict[str, tuple[Any, Any]]:
    return {each.field: (each.ours, each.theirs) for each in library.conflicts(document)}


@pytest.fixture
def boats(library: Library) -> Library:
    bring(library, PAPER, "a.bib")
    return library


def test_what_differs_is_kept_and_told_and_nothing_is_written_over(boats: Library) -> None:
    before = boats.entry(1)
    other = Record(
        "Deeper Boats", authors=("Cy Young",), year=2014, venue="Ship Review", doi="10.1000/a",
        arxiv_id="2401.00001", details=(("pages", "11"), ("publisher", "P"), ("volume", "3")),
    )  # fmt: skip
    receipt = bring(boats, other, "b.bib")
    assert told(boats) == {
        "title": ("Deep Boats", "Deeper Boats"),
        "authors": (["Ada Lee", "Bo Chen"], ["Cy Young"]),
        "year": (2020, 2014),
        "venue": ("Harbour Letters", "Ship Review"),
        "details.pages": ("1--9", "11"),
    }
    assert (receipt.conflicts, told(boats, 2), told(boats, 1)) == (5, told(boats), {})
    after = boats.entry(1)
    assert dict(after.details) == {"pages": "1--9", "publisher": "P", "volume": "3"}
    assert after == before._replace(
        arxiv_id="2401.00001", details=after.details, sources=("a.bib", "b.bib")
    )


def test_taking_and_keeping_are_journalled_undone_and_remembered(boats: Library) -> None:
    bring(boats, PAPER._replace(year=1999, venue="Ship Review"), "b.bib")
    year, venue = sorted(boats.conflicts(), key=lambda each: each.field, reverse=True)
    done = boats.decide([year], take=True)
    assert done is not None
    assert done.label == "took the year of lee2020deep from b.bib"
    assert (boats.entry(1).year, [*told(boats)]) == (1999, ["venue"])
    done = boats.decide([venue], take=False)
    assert done is not None
    assert done.label == "kept the venue of lee1999deep, not that of b.bib"
    assert told(boats) == {}
    assert boats.decide([year, venue], take=True) is None
    again = bring(boats, PAPER._replace(year=1999, venue="Ship Review", title="deep boats"), "c")
    assert (again.conflicts, told(boats)) == (0, {})
    boats.undo()
    assert [*told(boats)] == ["venue"]
    boats.undo()
    assert (boats.entry(1).year, [*told(boats)]) == (2020, ["venue", "year"])
    boats.redo()
    assert (boats.entry(1).year, [*told(boats)]) == (1999, ["venue"])


def test_one_decision_holds_for_every_document_that_says_so(boats: Library) -> None:
    venues = {"b": "Journal of Ships", "c": "J. Ships"}
    receipts = [bring(boats, PAPER._replace(venue=venue), name) for name, venue in venues.items()]
    assert [receipt.conflicts for receipt in receipts] == [1, 0]
    [one] = boats.conflicts()
    assert (one.source, told(boats, 2)) == ("c", {"venue": ("Harbour Letters", "Journal of Ships")})
    boats.decide([one], take=False)
    assert boats.conflicts() == []
    assert told(boats, 2) == {}
    assert bring(boats, PAPER._replace(venue="JOURNAL of ships"), "d").conflicts == 0
    assert boats.conflicts() == []


def test_what_the_user_chose_is_not_questioned_by_what_was_there_before(boats: Library) -> None:
    boats.set_facts(1, {"year": 2021, "title": "Shallow Boats", "venue": ""})
    assert bring(boats, PAPER._replace(authors=()), "b").conflicts == 0
    bring(boats, PAPER._replace(year=2022, venue="Ship Review"), "c")
    assert told(boats) == {"year": (2021, 2022), "venue": (None, "Ship Review")}


def test_a_value_that_has_come_to_be_ours_is_no_conflict_and_neither_is_one_in_the_trash(
    boats: Library,
) -> None:
    bring(boats, PAPER._replace(year=1999), "b")
    boats.set_facts(1, {"year": 1999})
    assert boats.conflicts() == []
    boats.undo()
    boats.set_trashed([1], True)
    assert boats.conflicts() == []


def test_decisions_are_dumped_and_loaded(boats: Library, tmp_path: Path) -> None:
    bring(boats, PAPER._replace(year=1999, venue="X"), "b")
    boats.decide(boats.conflicts()[:1], take=True)
    lines = list(dump(boats.path))
    load(tmp_path / "loaded.sqlite3", lines)
    with Library(tmp_path / "loaded.sqlite3") as loaded:
        assert loaded.conflicts() == boats.conflicts()
        loaded.undo()
        assert len(loaded.conflicts()) == 2


def test_a_publishers_doi_takes_the_place_of_the_preprints(library: Library) -> None:
    preprint = Record("One", doi="10.48550/arXiv.2401.00001", arxiv_id="2401.00001", year=2024)
    for name, records in (("a", [preprint]), ("b", [preprint._replace(doi="10.1000/z")])):
        assert library.ingest(Reading("m", records), name=name, path="", digest=name).conflicts == 0
    assert library.entry(1).doi == "10.1000/z"
    bring(library, preprint, "c")
    assert (library.entry(1).doi, library.conflicts()) == ("10.1000/z", [])


def test_a_preprint_appears_before_the_paper(library: Library) -> None:
    bring(library, Record("One", year=2017, arxiv_id="1706.03762"), "a")
    assert bring(library, Record("One", year=2018, venue="ICLR"), "b").conflicts == 0
    assert bring(library, Record("One", year=2009), "c").conflicts == 1


@pytest.mark.parametrize(
    ("ours", "theirs", "same"),
    [
        (["Ada Lee", "Bo Chen"], ["Lee, A.", "B. Chen"], True),
        (["Ada B. Lee"], ["A. Lee"], True),
        (["Ludwig van der Berg"], ["van der Berg, L."], True),
        (["Berg, Ludwig van der"], ["Ludwig van der Berg"], True),
        (["Jürgen Schröder"], [r"Schr{\"o}der, J."], True),
        (["Jürgen Schröder"], ["Juergen Schroeder"], True),
        (["Shizun Wang"], ["Wang Shizun"], True),
        (["Vaswani A", "Shazeer N"], ["Ashish Vaswani", "Noam Shazeer"], True),
        (["Ada Lee", "others"], ["Ada Lee", "Bo Chen"], True),
        (["Ada Lee", "Bo Chen"], ["Ada Lee", "et al."], True),
        (["{OpenAI}"], ["OpenAI"], True),
        (["Ada Lee"], ["Ada Lee", "Bo Chen"], False),
        (["Ada Lee", "Bo Chen"], ["Bo Chen", "Ada Lee"], False),
        (["Ada Lee"], ["Bo Lee"], False),
        (["王伟"], ["李娜"], False),
    ],
)
def test_people_may_be_spelt_in_other_ways(ours: list[str], theirs: list[str], same: bool) -> None:
    assert agreement.same_people(ours, theirs) is same
    assert agreement.same_people(theirs, ours) is same


@pytest.mark.parametrize(
    ("ours", "theirs", "same"),
    [
        ("J. Mach. Learn. Res.", "Journal of Machine Learning Research", True),
        ("JMLR", "Journal of Machine Learning Research", True),
        ("Nature", "nature", True),
        ("ICLR", "Proceedings of the International Conference (ICLR 2024)", True),
        (r"Science {\&} Society", "Science and Society", True),
        ("Nature", "arXiv preprint arXiv:2401.00001", True),
        ("arXiv preprint arXiv:2401.00001", "Nature", False),
        ("Nature", "Science", False),
    ],
)
def test_venues_may_be_shortened(ours: str, theirs: str, same: bool) -> None:
    assert agreement.same_venue(ours, theirs) is same


def test_a_conflict_of_a_paper_that_is_gone_is_nothing_to_decide_on(boats: Library) -> None:
    assert boats.decide([Conflict(99, "year", 1, 2, 1, "a.bib")], take=True) is None
