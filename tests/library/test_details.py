"""Further facts and former keys of papers: brought by documents, found, merged and dumped."""

from __future__ import annotations

from pathlib import Path

import pytest

from readinglist.errors import UnknownKey
from readinglist.library import Library
from readinglist.library.safety.dump import dump, load
from readinglist.records import Record
from tests.library.shelves import found, put

BOOK = Record(
    "One",
    key="smith2020",
    aliases=("smith20", "Smith:One"),
    details=(("pages", "1–9"), ("publisher", "Ünïversity Press"), ("type", "book")),
)


def test_a_new_paper_takes_all_of_them(library: Library) -> None:
    [paper] = put(library, BOOK)
    entry = library.entry(paper)
    assert (entry.aliases, entry.details) == (("smith20", "Smith:One"), BOOK.details)
    assert entry.to_json()["details"] == dict(BOOK.details)
    assert entry.to_json()["aliases"] == ["smith20", "Smith:One"]


def test_a_paper_that_is_there_takes_the_details_that_it_lacks(library: Library) -> None:
    put(library, Record("One", details=(("pages", "1"), ("type", "misc"))))
    [paper] = put(library, BOOK, name="second")
    assert dict(library.entry(paper).details) == {**dict(BOOK.details), "pages": "1"}
    assert library.imported(2).changed[0][1] == ("details", "key")
    put(library, BOOK, name="third")
    assert library.imported(3).changed == ()


def test_a_former_key_leads_to_its_paper_whatever_its_case(library: Library) -> None:
    [paper] = put(library, BOOK)
    put(library, Record("Two"))
    assert library.resolve(["SMITH20", "smith:one", "smith2020"]) == [paper]
    assert found(library, "key:smith20") == found(library, "key:*:one") == {"One"}
    assert found(library, "-key:smith20") == {"Two"}
    with pytest.raises(UnknownKey):
        library.resolve(["smith"])


def test_a_former_key_leads_to_one_paper_only(library: Library) -> None:
    put(library, BOOK, Record("Two", key="smith20", aliases=("two", "SMITH2020")))
    one, two = (library.resolve([key])[0] for key in ("smith20", "two"))
    assert library.entry(one).title == "One"
    assert (library.entry(two).title, library.entry(two).aliases) == ("Two", ("two",))
    assert library.entry(two).key.startswith("two-")


def test_two_papers_made_one_have_the_details_of_both(library: Library) -> None:
    one, two = put(library, Record("One", details=(("volume", "1"),)), BOOK._replace(title="Two"))
    before = library.entries([one, two])
    library.merge(one, two)
    assert dict(library.entry(one).details) == {"volume": "1", **dict(BOOK.details)}
    assert library.resolve(["smith20"]) == [one]
    assert library.entry(one).aliases == ("smith20", "smith2020", "Smith:One")
    assert found(library, "key:smith2020") == found(library, "key:smith20") == {"One"}
    library.undo()
    assert library.entries([one, two]) == before


def test_both_are_dumped_and_loaded(library: Library, tmp_path: Path) -> None:
    one, two = put(library, Record("One", details=(("volume", "1"),)), BOOK._replace(title="Two"))
    library.merge(one, two)
    lines = list(dump(library.path))
    load(tmp_path / "loaded.sqlite3", lines)
    assert list(dump(tmp_path / "loaded.sqlite3")) == lines
    with Library(tmp_path / "loaded.sqlite3") as loaded:
        loaded.undo()
        assert loaded.entry(one).details == (("volume", "1"),)
        assert loaded.entry(two).aliases == ("smith20", "Smith:One")
