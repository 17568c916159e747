"""Two papers made one: nothing of either is lost, and undo makes them two again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from readinglist.errors import UnknownKey, UsageError
from readinglist.library import Library
from readinglist.library.index.fulltext import disagreements
from readinglist.library.journal.merging import FIELDS, proposal
from readinglist.library.safety.dump import dump, load
from readinglist.outcomes import Done, Receipt
from readinglist.records import Entry, Reading, Record, Status
from tests.library.shelves import found

KEPT = Record("Kept Paper", "It begins", ("Ada",), 1843, "Memoirs", urls=("https://a.example/",))
GONE = Record(
    "Gone Paper", "It begins and ends.", ("Eve",), 2001, "Elsewhere", "10.1000/g", "2401.00001",
    ("https://g.example/",),
)  # fmt: skip


def bring(library: Library, *records: Record, name: str) -> Receipt:
    return library.ingest(Reading("capture", list(records)), name=name, path=name, digest=name)


@pytest.fixture
def two(library: Library) -> tuple[int, int]:
    """Two papers, each from a document of its own and with something of the user's."""
    (kept,) = library.imported(bring(library, KEPT, name="kept.txt").document).new
    (gone,) = library.imported(bring(library, GONE, name="gone.txt").document).new
    library.edit_tags([kept], add=["rl"])
    library.edit_tags([gone], add=["nlp", "RL"])
    library.set_note(kept, "kept words")
    library.set_note(gone, "gone words")
    library.set_status([gone], Status.READING)
    library.set_starred([gone], True)
    return kept, gone


def whole(library: Library) -> list[str]:
    """All that is stored, but for the journal and what search keeps for itself."""
    return [line for line in dump(library.path) if not line.startswith(('{"change"', '{"edit"'))][
        1:
    ]


def test_the_proposal_keeps_and_joins(library: Library, two: tuple[int, int]) -> None:
    kept, gone = library.entries(two)
    merged = proposal(kept, gone)
    assert set(merged) == set(FIELDS)
    assert merged == {
        "title": "Kept Paper", "abstract": "It begins and ends.", "authors": ("Ada",),
        "year": 1843, "venue": "Memoirs", "doi": "10.1000/g", "arxiv_id": "2401.00001",
        "urls": ("https://a.example/", "https://g.example/"), "status": Status.READING,
        "starred": True, "tags": ("rl", "nlp"), "note": "kept words\n\n---\n\ngone words",
    }  # fmt: skip


def test_two_become_one_with_everything_of_both(library: Library, two: tuple[int, int]) -> None:
    kept, gone = two
    keys = [entry.key for entry in library.entries(two)]
    library.compare()
    done = library.merge(kept, gone)
    assert done == Done(f"merged {keys[1]} into {keys[0]}", (kept, gone))
    entry = library.entry(kept)
    assert (entry.abstract, entry.status, entry.starred) == ("It begins and ends.", "reading", True)
    assert (entry.tags, entry.note) == (("nlp", "rl"), "kept words\n\n---\n\ngone words")
    assert (entry.key, entry.sources) == (keys[0], ("kept.txt", "gone.txt"))
    assert found(library, "seen:2 source:gone note:gone tag:nlp doi") == set()
    assert found(library, "seen:2 source:gone note:gone tag:nlp has:doi") == {"Kept Paper"}
    assert disagreements(library._connection) == []


def test_the_one_that_goes_shows_nowhere_but_its_key_leads_on(
    library: Library, two: tuple[int, int]
) -> None:
    kept, gone = two
    keys = [entry.key for entry in library.entries(two)]
    library.merge(kept, gone)
    assert library.resolve([keys[1], keys[0]]) == [kept]
    for query in ("", "is:trashed", "-(-is:trashed zebra)", "-is:trashed", "gone OR is:trashed"):
        assert gone not in library.search(query).ids
    counts = library.counts()
    assert (counts.total, counts.trash, counts.sources) == (1, 0, {"kept.txt": 1, "gone.txt": 1})
    assert counts.tags == {"nlp": 1, "rl": 1}
    assert library.set_trashed([gone], False) is None
    assert library.empty_trash([gone]) == 0
    with pytest.raises(UsageError, match="merged into another"):
        library.set_note(gone, "lost?")
    with pytest.raises(UsageError):
        library.merge(kept, gone)
    assert library.touched(library.timeline()[0][0]) == [kept]
    with pytest.raises(UnknownKey, match=f"Did you mean {keys[0]}"):
        library.resolve([f"{keys[0]}x"])


def test_undo_gives_both_back_as_they_were_and_redo_merges_again(
    library: Library, two: tuple[int, int]
) -> None:
    before = whole(library)
    library.merge(*two, {"title": "Gone Paper", "note": "one note"})
    after = whole(library)
    assert library.undo() is not None
    assert whole(library) == before
    assert library.redo() is not None
    assert [line for line in whole(library) if "sighting" in line] == [
        line for line in after if "sighting" in line
    ]
    assert library.entry(two[0]).title == "Gone Paper"
    for _ in range(20):
        library.undo()
    assert [entry.note for entry in library.entries(two)] == [None, None]


CHOICES: list[tuple[dict[str, Any], Callable[[Entry], object], object]] = [
    ({"title": "Gone Paper"}, lambda e: e.title, "Gone Paper"),
    ({"title": "Another Altogether"}, lambda e: e.title, "Another Altogether"),
    ({"authors": ["Eve"], "year": 2001}, lambda e: (e.authors, e.year), (("Eve",), 2001)),
    ({"urls": []}, lambda e: e.urls, ()),
    ({"tags": ["Nlp", "new"]}, lambda e: e.tags, ("new", "nlp")),
    ({"note": ""}, lambda e: e.note, None),
    ({"status": Status.INBOX, "starred": False}, lambda e: (e.status, e.starred), ("inbox", False)),
    ({"doi": None, "abstract": "New."}, lambda e: (e.doi, e.abstract), (None, "New.")),
]


@pytest.mark.parametrize(("values", "look", "wanted"), CHOICES)
def test_each_field_can_be_chosen(
    library: Library, two: tuple[int, int], values: dict[str, Any],
    look: Callable[[Entry], object], wanted: object,
) -> None:  # fmt: skip
    library.merge(*two, values)
    assert look(library.entry(two[0])) == wanted


@pytest.mark.parametrize(
    "values", [{"title": ""}, {"year": 3}, {"doi": "x"}, {"status": "done"}, {"key": "x"}]
)
def test_a_value_that_cannot_be_merges_nothing(
    library: Library, two: tuple[int, int], values: dict[str, Any]
) -> None:
    before = whole(library)
    with pytest.raises(UsageError):
        library.merge(*two, values)
    assert whole(library) == before


def test_odd_values_that_the_papers_have_do_not_stand_in_the_way(library: Library) -> None:
    odd = Record("Odd", doi="n/a", year=3, arxiv_id="?", urls=("ftp://x.example/",))
    bring(library, odd, Record("Other"), name="a.txt")
    kept, gone = sorted(library.search().ids, reverse=True)
    library.merge(kept, gone, {"year": 3})
    entry = library.entry(kept)
    assert (entry.doi, entry.year, entry.urls) == ("n/a", 3, ("ftp://x.example/",))


def test_documents_that_name_the_one_that_went_are_about_the_one_that_stayed(
    library: Library, two: tuple[int, int]
) -> None:
    kept, gone = two
    library.merge(kept, gone)
    for name, record in (("title", Record("gone paper")), ("doi", Record("New", doi="10.1000/g"))):
        receipt = bring(library, record, name=name)
        assert library.imported(receipt.document).merged == (kept,)
    assert library.entry(kept).sources == ("kept.txt", "gone.txt", "title", "doi")
    library.undo()
    assert library.entry(gone).sources == ("gone.txt", "title", "doi")
    assert library.entry(kept).sources == ("kept.txt",)
    bring(library, Record("Gone Paper."), name="late")
    library.redo()
    assert library.entry(kept).sources == ("kept.txt", "gone.txt", "title", "doi", "late")
    library.undo()
    assert library.entry(gone).sources == ("gone.txt", "title", "doi", "late")


def test_a_chain_of_merges_leads_to_the_last_and_is_undone_link_by_link(library: Library) -> None:
    bring(library, Record("One"), Record("Two"), Record("Three"), name="a.txt")
    ids = {library.entry(paper).title: paper for paper in library.search().ids}
    one, two, three = ids["One"], ids["Two"], ids["Three"]
    keys = [entry.key for entry in library.entries([one, two, three])]
    library.merge(two, one)
    library.merge(three, two)
    assert library.resolve(keys) == [three]
    bring(library, Record("One"), name="b.txt")
    assert library.entry(three).sources == ("a.txt", "b.txt")
    library.undo()
    assert library.resolve(keys) == [two, three]
    assert (library.entry(two).sources, library.entry(three).sources) == (
        ("a.txt", "b.txt"), ("a.txt",),
    )  # fmt: skip
    library.undo()
    assert library.resolve(keys) == [one, two, three]
    assert library.entry(one).sources == ("a.txt", "b.txt")
    assert library.entry(two).sources == ("a.txt",)


def test_what_was_merged_away_goes_for_good_with_the_paper_that_it_became(
    library: Library, two: tuple[int, int]
) -> None:
    kept, gone = two
    library.merge(kept, gone)
    library.set_trashed([kept], True)
    assert list(library.search("is:trashed").ids) == [kept]
    assert library.empty_trash([kept]) == 1
    assert library._connection.execute("SELECT count(*) FROM paper").fetchone() == (0,)
    assert disagreements(library._connection) == []
    assert library.undo() is None


def test_a_pair_stays_offered_for_the_paper_that_one_of_it_became(library: Library) -> None:
    abstract = " ".join(f"word{number}" for number in range(40))
    titles = ("Rivers of Sand", "Rivers of Sand v2", "Something Else")
    bring(library, *(Record(title, abstract) for title in titles[:2]), name="a.txt")
    bring(library, Record(titles[2]), name="b.txt")
    ids = {library.entry(paper).title: paper for paper in library.search().ids}
    library.compare()
    library.merge(ids["Something Else"], ids["Rivers of Sand"])
    (pair,) = library.lookalikes()
    assert {pair.first, pair.second} == {ids["Something Else"], ids["Rivers of Sand v2"]}
    library.set_distinct(pair.first, pair.second)
    assert library.lookalikes() == []
    library.undo()
    assert library.lookalikes() == [pair]
    library.merge(pair.first, pair.second)
    assert library.lookalikes() == []


def test_a_merged_library_is_dumped_and_loaded_whole(
    library: Library, two: tuple[int, int], tmp_path: Path
) -> None:
    kept, gone = two
    library.merge(gone, kept)
    library.set_facts(gone, {"title": "New", "authors": ["A"]})
    bring(library, Record("Three"), name="c.txt")
    library.set_distinct(gone, max(library.search().ids))
    lines = list(dump(library.path))
    other = tmp_path / "other.sqlite3"
    load(other, lines)
    assert list(dump(other)) == lines
    with Library(other) as loaded:
        while loaded.undo():
            pass
        assert {entry.title for entry in loaded.entries(loaded.search().ids)} == {
            "Kept Paper", "Gone Paper", "Three",
        }  # fmt: skip


def test_the_paper_whose_key_was_handed_out_is_the_one_to_keep(
    library: Library, two: tuple[int, int]
) -> None:
    older, newer = two
    assert library.which_to_keep(newer, older) == (older, newer)
    library.pin_keys([newer])
    assert library.which_to_keep(older, newer) == (newer, older)
    library.pin_keys([older])
    assert library.which_to_keep(newer, older) == (older, newer)


def test_a_paper_is_not_merged_with_itself_or_with_what_is_not_there(
    library: Library, two: tuple[int, int]
) -> None:
    kept, gone = two
    for one, other in ((kept, kept), (kept, 999), (999, kept)):
        with pytest.raises(UsageError):
            library.merge(one, other)
    library.set_trashed([gone], True)
    with pytest.raises(UsageError, match="in the trash"):
        library.merge(kept, gone)
