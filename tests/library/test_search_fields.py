"""Fields, facets and boolean queries, against a slow and obvious reading of the language."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readinglist.library import Library
from readinglist.library.index.folding import words
from readinglist.records import Entry, Facet, Record, Sort, Status
from tests.library.shelves import found, put, titles

# Fields and facets


@pytest.fixture
def filed(library: Library) -> Library:
    """Four papers, filed in every way."""
    a, b, c, _ = put(
        library,
        Record("One", "Text", authors=("Ann Li",), year=2020, doi="10.1/x"),
        Record("Two", year=2022, urls=("https://a.b",)),
        Record("Three"),
        Record("Four"),
        name="Spring list.txt",
    )
    put(library, Record("Four"), Record("Five"), name="summer.txt")
    library.edit_tags([a], add=["rl"])
    library.edit_tags([b], add=["RL/Offline"])
    library.edit_tags([c], add=["rlhf", "two words"])
    library.set_status([a, b], Status.TO_READ)
    library.set_starred([c], True)
    library.set_note(c, "mine")
    return library


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("tag:rl", "One"),
        ("tag:RL", "One"),
        ("tag:rl/*", "One Two"),
        ("tag:rl*", "One Two Three"),
        ('tag:"two words"', "Three"),
        ("-tag:rl/*", "Three Four Five"),
        ("tag:nothing", ""),
        ("status:to-read", "One Two"),
        ("is:to-read -tag:rl", "Two"),
        ("source:spring", "One Two Three Four"),
        ("source:S*.txt", "One Two Three Four Five"),
        ('source:"spring list"', "One Two Three Four"),
        ("source:spring source:summer", "Four"),
        ("year:2020", "One"),
        ("year:2021..", "Two"),
        ("year:..2021 OR is:starred", "One Three"),
        ("-year:2020", "Two Three Four Five"),
        ("seen:2", "Four"),
        ("seen:>1", "Four"),
        ("seen:<2", "One Two Three Five"),
        ("has:note", "Three"),
        ("has:abstract", "One"),
        ("has:authors", "One"),
        ("has:doi", "One"),
        ("has:url", "Two"),
        ("has:tags", "One Two Three"),
        ("is:untagged", "Four Five"),
        ("is:starred", "Three"),
        ("added:>2020-01", "One Two Three Four Five"),
        ("added:today OR added:yesterday", "One Two Three Four Five"),
        ("added:<2020", ""),
        ("title:one", "One"),
        ("abstract:text", "One"),
        ("author:li year:2020", "One"),
    ],
)
def test_fields_narrow_the_list(filed: Library, query: str, expected: str) -> None:
    assert found(filed, query) == set(expected.split())


def test_a_year_among_words_is_one_that_papers_have_or_are_of(library: Library) -> None:
    put(
        library,
        Record("Attention", authors=("Ashish Vaswani",), year=2017),
        Record("Image challenge 2017", authors=("Ann Li",), year=2018),
        Record("Attention again", authors=("Ashish Vaswani",), year=2018),
    )
    assert titles(library.search("vaswani 2017")) == ["Attention"]
    assert titles(library.search("2017")) == ["Image challenge 2017", "Attention"]
    assert found(library, "-2017") == {"Attention again"}
    assert found(library, "vaswani 2016") == set()
    assert titles(library.search("attention 2017", sort=Sort.TITLE)) == ["Attention"]
    seen = library.xray("vaswani 2017", 1, lenient=True)
    assert [share.papers for share in seen.shares] == [2, 2]


def test_a_citation_key_is_found_whatever_its_case(filed: Library) -> None:
    key = filed.entry(filed.search("title:three").ids[0]).key
    assert found(filed, f"key:{key.upper()}") == {"Three"}
    assert found(filed, f"key:{key[:3]}*") >= {"Three"}


@pytest.mark.parametrize(
    ("facets", "expected"),
    [
        ([Facet("tag", "RL/Offline")], "Two"),
        ([Facet("tag", "rl/*")], "One Two"),
        ([Facet("status", "inbox"), Facet("source", "summer.txt")], "Four Five"),
        ([Facet("source", "summer")], ""),
        ([Facet("is", "untagged")], "Four Five"),
        ([Facet("tag", 'x" OR 1=1 --')], ""),
        ([Facet("tag", "\ud800")], ""),
    ],
)
def test_facets_are_taken_literally(filed: Library, facets: list[Facet], expected: str) -> None:
    assert set(titles(filed.search(where=facets))) == set(expected.split())


def test_a_facet_narrows_what_words_find(filed: Library) -> None:
    assert titles(filed.search("two", where=[Facet("status", "to-read")])) == ["Two"]
    assert not titles(filed.search("two", where=[Facet("status", "read")]))


def test_a_tag_half_typed_shows_what_begins_so_until_it_is_a_tag(filed: Library) -> None:
    assert set(titles(filed.search("tag:two", lenient=True))) == {"Three"}
    assert set(titles(filed.search("tag:rl", lenient=True))) == {"One"}
    assert not titles(filed.search("tag:two"))


def test_what_changes_is_found_at_once(filed: Library) -> None:
    assert not found(filed, "tag:later")
    filed.edit_tags(filed.search("title:five").ids, add=["later"])
    assert found(filed, "tag:later") == found(filed, "later") == {"Five"}
    filed.undo()
    assert not found(filed, "tag:later")
    assert not found(filed, "later")


def test_another_program_s_papers_are_found_without_hiding_that_it_wrote(
    library: Library,
) -> None:
    put(library, Record("First"))
    library.changed_elsewhere()
    with Library(library.path) as other:
        put(other, Record("Second zebra"), name="other")
    assert found(library, "zebra") == {"Second zebra"}
    assert library.changed_elsewhere()
    assert not library.changed_elsewhere()


# Against a slow, obvious reading of the language


def _has(entry: Entry, word: str) -> bool:
    whole = (entry.title, entry.abstract or "", entry.note or "", *entry.authors, *entry.tags)
    return any(word in words(text) for text in whole)


VOCABULARY = ("alpha", "beta", "gamma", "delta", "kappa", "sigma")


def _says(text: str | None, *row: str) -> bool:
    return f" {' '.join(row)} " in f" {' '.join(words(text or ''))} "


def _has_row(entry: Entry, *row: str) -> bool:
    whole = (entry.title, entry.abstract, entry.note, *entry.authors, *entry.tags)
    return any(_says(text, *row) for text in whole)


ATOMS: dict[str, Callable[[Entry], bool]] = {
    **{f'"{word}"': lambda entry, word=word: _has(entry, word) for word in VOCABULARY},  # type: ignore[misc]  # a default binds the word
    '"alpha beta"': lambda entry: _has_row(entry, "alpha", "beta"),
    '"beta alpha gamma"': lambda entry: _has_row(entry, "beta", "alpha", "gamma"),
    'abstract:"gamma delta"': lambda entry: _says(entry.abstract, "gamma", "delta"),
    'abstract:"sigma"': lambda entry: "sigma" in words(entry.abstract or ""),
    'title:"delta beta"': lambda entry: _says(entry.title, "delta", "beta"),
    'title:"beta"': lambda entry: "beta" in words(entry.title),
    'author:"gamma"': lambda entry: any("gamma" in words(a) for a in entry.authors),
    'note:"delta"': lambda entry: "delta" in words(entry.note or ""),
    "tag:kappa": lambda entry: "kappa" in [tag.casefold() for tag in entry.tags],
    "tag:alpha/*": lambda entry: any(f"{t.casefold()}/".startswith("alpha/") for t in entry.tags),
    "year:2001": lambda entry: entry.year == 2001,
    "year:>2001": lambda entry: (entry.year or 0) > 2001,
    "year:2000..2001": lambda entry: entry.year in (2000, 2001),
    "status:read": lambda entry: entry.status is Status.READ,
    "is:starred": lambda entry: entry.starred,
    "is:untagged": lambda entry: not entry.tags,
    "has:note": lambda entry: bool(entry.note),
    "has:year": lambda entry: entry.year is not None,
    "source:two": lambda entry: "two" in entry.sources,
    "seen:>1": lambda entry: len(entry.sources) > 1,
}
Query = tuple[str, Callable[[Entry], bool]]


def _combine(children: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    def both(parts: list[Query]) -> Query:
        return " ".join(t for t, _ in parts), lambda entry: all(p(entry) for _, p in parts)

    def either(parts: list[Query]) -> Query:
        text = " OR ".join(f"({t})" for t, _ in parts)
        return f"({text})", lambda entry: any(p(entry) for _, p in parts)

    def neither(part: Query) -> Query:
        return f"-({part[0]})", lambda entry: not part[1](entry)

    several = st.lists(children, min_size=1, max_size=3)
    return several.map(both) | several.map(either) | children.map(neither)


QUERIES = st.recursive(st.sampled_from(sorted(ATOMS)).map(lambda a: (a, ATOMS[a])), _combine)


# Words that stand for nothing but themselves, so that a slow reading is as simple.
FUZZY: dict[str, Callable[[Entry], bool]] = {
    **{word: lambda entry, word=word: _has(entry, word) for word in ("gamma", "sigma", "delta")},  # type: ignore[misc]  # a default binds the word
    "title:gamma": lambda entry: "gamma" in words(entry.title),
    "abstract:delta": lambda entry: "delta" in words(entry.abstract or ""),
    "note:sigma": lambda entry: "sigma" in words(entry.note or ""),
    **{atom: ATOMS[atom] for atom in ('"alpha beta"', "year:>2001", "is:starred", "tag:kappa")},
}
FUZZY_QUERIES = st.recursive(
    st.sampled_from(sorted(FUZZY)).map(lambda a: (a, FUZZY[a])), _combine, max_leaves=4
)


def _random_library(path: Path, seed: int) -> Library:
    rng = random.Random(seed)

    def some(most: int) -> list[str]:
        return rng.choices(VOCABULARY, k=rng.randint(0, most))

    library = Library(path)
    records = [
        Record(
            " ".join([f"T{number}", *some(3)]),
            " ".join(some(4)) or None,
            authors=tuple(some(2)),
            year=rng.choice([None, 2000, 2001, 2002]),
        )
        for number in range(30)
    ]
    put(library, *records[:20], name="one")
    put(library, *records[15:], name="two")
    for number in list(library.search().ids):
        tags = rng.choices(["kappa", "Alpha", "alpha/x", "alphax"], k=rng.randint(0, 2))
        if tags:
            library.edit_tags([number], add=tags)
        library.set_starred([number], rng.random() < 0.3)
        library.set_status([number], rng.choice(list(Status)))
        library.set_note(number, " ".join(some(2)))
    return library


@pytest.fixture(scope="module")
def random_libraries(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Library]]:
    folder = tmp_path_factory.mktemp("random")
    libraries = [_random_library(folder / f"{seed}.sqlite3", seed) for seed in range(3)]
    yield libraries
    for library in libraries:
        library.close()


@given(query=QUERIES)
@settings(max_examples=150)
def test_exact_queries_find_what_a_slow_reading_finds(
    random_libraries: list[Library], query: Query
) -> None:
    text, holds = query
    for library in random_libraries:
        results = library.search(text)
        everything = library.search()
        entries = library.entries(everything.ids)
        assert list(results.ids) == [entry.id for entry in entries if holds(entry)]


@given(query=FUZZY_QUERIES)
@settings(max_examples=150)
def test_words_find_what_a_slow_reading_finds_if_it_finds_anything(
    random_libraries: list[Library], query: Query
) -> None:
    text, holds = query
    for library in random_libraries:
        found = set(library.search(text).ids)
        expected = {entry.id for entry in library.entries(library.search().ids) if holds(entry)}
        assert found == expected or not expected  # then misspelt words are found
