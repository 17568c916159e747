"""Metadata that the user writes: cleaned, checked, journalled."""

from __future__ import annotations

from typing import Any

import pytest

from readinglist.errors import UsageError
from readinglist.library import Library
from readinglist.outcomes import Done
from tests.conftest import put_in
from tests.library.shelves import found


def test_facts_are_changed_in_one_step_found_by_search_and_taken_back(library: Library) -> None:
    [paper] = put_in(library, "One")
    before = library.entry(paper)
    done = library.set_facts(
        paper,
        {
            "venue": "  Some\nPlace ",
            "title": "Better \x1b[31mTitle",
            "abstract": "  New words.\nTwo lines. ",
            "authors": ["Ada Lovelace", " ", "Ada Lovelace", "Alan Turing"],
            "year": "2020",
            "doi": "https://doi.org/10.1000/ABC",
            "arxiv_id": "arXiv:2401.01234v2",
            "urls": ["example.org/x", "https://b.example/y", ""],
        },
    )
    assert done == Done(
        f"edited {before.key}: title, abstract, authors, year, venue, DOI, arXiv id, links",
        (paper,),
    )
    after = library.entry(paper)
    assert (after.title, after.abstract) == ("Better [31mTitle", "New words.\nTwo lines.")
    assert (after.authors, after.year) == (("Ada Lovelace", "Ada Lovelace", "Alan Turing"), 2020)
    assert (after.venue, after.doi, after.arxiv_id) == ("Some Place", "10.1000/abc", "2401.01234")
    assert after.urls == ("https://example.org/x", "https://b.example/y")
    assert after.key == "lovelace2020better"
    assert found(library, "title:better author:turing abstract:words") == {after.title}
    library.undo()
    assert library.entry(paper) == before
    assert found(library, "turing") == set()


def test_nothing_clears_a_fact_but_not_the_title(library: Library) -> None:
    [paper] = put_in(library, "One")
    library.set_facts(paper, {"year": 2020, "authors": ["A"], "doi": "10.1000/a"})
    library.set_facts(paper, {"year": "", "authors": "", "doi": None, "abstract": " "})
    entry = library.entry(paper)
    assert (entry.year, entry.authors, entry.doi, entry.abstract) == (None, (), None, None)
    assert library.set_facts(paper, {"year": None}) is None
    with pytest.raises(UsageError, match="needs a title"):
        library.set_facts(paper, {"title": " \x00"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("year", 0), ("year", "MMXX"), ("year", 20200), ("year", 9999), ("year", True),
        ("year", "-200"), ("year", "²020"),
        ("doi", "n/a"), ("doi", "https://example.org/10.1000/a"),
        ("arxiv_id", "24.1"), ("arxiv_id", "https://example.org/2401.01234"),
        ("urls", ["javascript:alert(1)"]), ("urls", ["file:///etc/passwd"]), ("urls", ["a b"]),
        ("urls", [3]), ("authors", 3), ("title", 3), ("publisher", "X"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_fact_is_refused_and_nothing_is_changed(
    library: Library, name: str, value: Any
) -> None:
    [paper] = put_in(library, "One")
    with pytest.raises(UsageError):
        library.set_facts(paper, {"venue": "Place", name: value})
    assert library.entry(paper).venue is None
    assert library.history() == []


def test_papers_in_the_trash_are_left_as_they_are(library: Library) -> None:
    [paper] = put_in(library, "One")
    library.set_trashed([paper], True)
    with pytest.raises(UsageError, match="in the trash"):
        library.set_facts(paper, {"year": 2020})
