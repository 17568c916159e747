"""Which notes name a paper, and which papers a note names."""

from __future__ import annotations

import pytest

from readinglist.library import Library
from readinglist.records import Record
from tests.library.shelves import put


@pytest.fixture
def papers(library: Library) -> list[int]:
    """Four papers with keys that a user might have chosen."""
    keys = ("attention2017", "deep-learning-2015", "rl", "deep-learning-2015b")
    return put(library, *(Record(f"About {key}", key=key, line=1) for key in keys))


def named_in(library: Library, paper: int) -> list[int]:
    return [row.id for row in library.backlinks(paper)]


@pytest.mark.parametrize(
    ("note", "named"),
    [
        ("See [[attention2017]] first.", True),
        ("See [[Attention2017]] first.", True),
        ("As in @attention2017, where", True),
        (r"\cite{other, attention2017}", True),
        (r"\citep[p.~3]{attention2017}.", True),
        ("Nothing about attention2017 here.", False),
        ("See [[attention2017b]].", False),
        ("someone@attention2017", False),
        ("[[other]] attention2017]]", False),
    ],
)
def test_a_key_counts_where_it_stands_as_one(
    library: Library, papers: list[int], note: str, named: bool
) -> None:
    library.set_note(papers[2], note)
    assert named_in(library, papers[0]) == ([papers[2]] if named else [])


def test_a_key_that_another_begins_with_is_not_that_one(
    library: Library, papers: list[int]
) -> None:
    library.set_note(papers[0], "[[deep-learning-2015b]]")
    assert named_in(library, papers[1]) == []
    assert named_in(library, papers[3]) == [papers[0]]


def test_own_notes_and_those_in_the_trash_do_not_count(library: Library, papers: list[int]) -> None:
    library.set_note(papers[0], "[[attention2017]]")
    library.set_note(papers[1], "[[attention2017]]")
    assert named_in(library, papers[0]) == [papers[1]]
    library.set_trashed([papers[1]], True)
    assert named_in(library, papers[0]) == []


def test_the_key_of_a_paper_that_was_merged_leads_to_the_other(
    library: Library, papers: list[int]
) -> None:
    library.set_note(papers[0], "[[rl]] and [[nobody]]")
    library.merge(papers[1], papers[2])
    assert named_in(library, papers[1]) == [papers[0]]
    assert library.named(["rl", "RL", "nobody"]) == {"rl": papers[1], "RL": papers[1]}


def test_what_is_typed_finds_papers_by_key_and_by_title(
    library: Library, papers: list[int]
) -> None:
    def keys(typed: str) -> list[str]:
        return [row.key for row in library.like_typed(typed)]

    assert keys("deep-le")[:2] == ["deep-learning-2015", "deep-learning-2015b"]
    assert keys("abuot rl")[:1] == ["rl"]
    assert len(keys("")) == 4
    for odd in ('"', "..", "(", "key:", "-", "[x"):
        keys(odd)
