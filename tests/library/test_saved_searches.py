"""Searches with names, and a view written as one query."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readinglist.errors import QueryError, UnknownSearch, UsageError
from readinglist.library import Library
from readinglist.library.query.writing import written
from readinglist.library.safety.dump import dump, load
from readinglist.records import Facet, Saved, Sort
from tests.conftest import put_in


def names(library: Library) -> list[str]:
    return [saved.name for saved in library.saved_searches()]


def test_a_search_is_kept_as_it_is_and_replaced_by_one_of_its_name(library: Library) -> None:
    library.save_search(Saved("Unread", "tag:rl status:to-read", Sort.YEAR, reverse=True))
    library.save_search(Saved("also", "difusion"))
    library.save_search(Saved("UNREAD", "tag:ml"))
    assert library.saved_searches() == [Saved("also", "difusion"), Saved("Unread", "tag:ml")]


def test_renaming_takes_no_other_name_and_may_change_the_case(library: Library) -> None:
    library.save_search(Saved("a", "x"))
    library.save_search(Saved("b", "y"))
    with pytest.raises(UsageError, match="already"):
        library.rename_search("a", "B")
    library.rename_search("a", "A")
    library.rename_search("b", "new")
    assert names(library) == ["A", "new"]


def test_one_search_at_most_is_what_the_app_begins_with(library: Library) -> None:
    for name in ("one", "two"):
        library.save_search(Saved(name, name))
        library.start_with_search(name)
    assert [saved.name for saved in library.saved_searches() if saved.start] == ["two"]
    library.save_search(Saved("two", "other words"))
    assert [saved.name for saved in library.saved_searches() if saved.start] == ["two"]
    library.start_with_search(None)
    assert not any(saved.start for saved in library.saved_searches())


def test_what_is_not_there_names_the_nearest(library: Library) -> None:
    library.save_search(Saved("unread", "x"))
    for act in (library.delete_search, library.start_with_search):
        with pytest.raises(UnknownSearch, match="unread"):
            act("unraed")
    library.delete_search("UNREAD")
    assert names(library) == []


@pytest.mark.parametrize("name", ["", "  ", "\x1b", "n" * 101])
def test_a_name_that_cannot_be_one_is_refused(library: Library, name: str) -> None:
    with pytest.raises(UsageError):
        library.save_search(Saved(name, "x"))


def test_a_query_that_cannot_be_read_is_refused(library: Library) -> None:
    with pytest.raises(QueryError):
        library.save_search(Saved("open", '"open'))


def test_a_dump_holds_them(library: Library, tmp_path: Path) -> None:
    put_in(library, "One")
    library.save_search(Saved("Unread", "tag:rl", Sort.YEAR, reverse=True))
    library.start_with_search("Unread")
    lines = list(dump(library.path))
    load(tmp_path / "other.sqlite3", lines)
    with Library(tmp_path / "other.sqlite3") as other:
        assert other.saved_searches() == library.saved_searches()
    assert any("saved_search" in json.loads(line) for line in lines)


TAGS = (
    *("rl", "rl/offline", "rl/offline/deep", "rl-x", "to cite", "to cite/now", "a(b)"),
    *("Ünï", "or"),
)
FACETS = [
    *(Facet("tag", tag) for tag in TAGS),
    *(Facet("tag", f"{stem}/*") for stem in ("rl", "rl/offline", "to cite")),
    *(Facet("status", status) for status in ("inbox", "to-read", "skipped")),
    *(Facet("is", kind) for kind in ("starred", "untagged")),
    *(Facet("source", name) for name in ("capture.txt", "my notes (2).txt")),
]
QUERIES = (
    *("", "networks", "alpha OR beta", "-alpha", '"beta networks"'),
    "(alpha OR gamma) networks",
)


@pytest.fixture(scope="module")
def various(tmp_path_factory: pytest.TempPathFactory) -> Library:
    library = Library(tmp_path_factory.mktemp("various") / "papers.sqlite3")
    ids = put_in(
        library,
        *(f"{word} networks" for word in ["alpha", "beta", "gamma", "delta", "eps", "zeta"]),
    )
    ids += put_in(library, *(f"{tag} paper" for tag in TAGS), name="my notes (2).txt")
    for place, tag in enumerate(TAGS):
        library.edit_tags([ids[place % 6], ids[place + 6], ids[(place * 2) % 6]], add=[tag])
    library.set_starred(ids[::3], True)
    return library


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80)
@given(st.sampled_from(QUERIES), st.lists(st.sampled_from(FACETS), max_size=3, unique=True))
def test_a_view_as_one_query_finds_the_same_papers(
    various: Library, query: str, facets: list[Facet]
) -> None:
    view = various.search(query, where=facets)
    assert sorted(various.search(written(query, facets)).ids) == sorted(view.ids)
