"""What half-typed fields and values may become."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.errors import UsageError
from readinglist.library import Library
from readinglist.library.journal.tags import tag_names
from readinglist.library.query.conditions import Value
from readinglist.library.query.lexer import Kind, read_tokens
from readinglist.library.query.names import matches, tag
from readinglist.library.search.completion import Known, completion, spelt
from readinglist.records import FacetCounts, Record, Status
from tests.conftest import put_in
from tests.tui.conftest import put

TAGS = {"generative": 3, "rl": 12, "rl/offline": 4, "to cite": 5, "Vision": 1}
COUNTS = FacetCounts(
    20, dict.fromkeys(Status, 4), 2, 1, TAGS, {"monday.txt": 9, "a (copy).bib": 2}, 3
)


def authors(beginning: str) -> Mapping[str, int]:
    names = {"Ada Lovelace": 2, "Grace Hopper": 1}
    return {name: papers for name, papers in names.items() if beginning.lower() in name.lower()}


KNOWN = Known(COUNTS, authors, date(2026, 3, 5))


def offered(query: str, cursor: int | None = None) -> list[str]:
    found = completion(query, len(query) if cursor is None else cursor, KNOWN)
    return [each.text for each in found.candidates] if found else []


@pytest.mark.parametrize(
    ("query", "best"),
    [
        ("ta", "tag:"),
        ("diffusion -stat", "status:"),
        ("tag:", "tag:rl"),
        ("tag:g", "tag:generative"),
        ("tag:genrative", "tag:generative"),
        ("tag:off", "tag:rl/offline"),
        ("tag:to", 'tag:"to cite"'),
        ('tag:"to c', 'tag:"to cite"'),
        ("tag:vis", "tag:Vision"),
        ("x (tag:r", "tag:rl"),
        ("TAG:r", "tag:rl"),
        ("status:", "status:inbox"),
        ("status:raed", "status:read"),
        ("is:st", "is:starred"),
        ("has:no", "has:note"),
        ("source:mon", "source:monday.txt"),
        ("source:copy", 'source:"a (copy).bib"'),
        ("author:lov", 'author:"Ada Lovelace"'),
        ("year:", "year:2026"),
        ("year:2020", "year:2020.."),
        ("added:y", "added:yesterday"),
        ("seen:", "seen:>1"),
        ("tilte:rew", "title:rew"),
        ("staus:read", "status:read"),
        ("tilte:", "title:"),
    ],
)
def test_the_likeliest_comes_first(query: str, best: str) -> None:
    assert offered(query)[0] == best


@pytest.mark.parametrize(
    "query",
    ["", " ", "t", "tag:rl ", "diffusion", "http://x", '"tag:r', "title:dif", "key:a", "tag:zzzqqq",
     '"', "(", "-", "((((", "tag:generative", 'tag:"to cite"'],
)  # fmt: skip
def test_where_nothing_can_be_completed_nothing_is_offered(query: str) -> None:
    assert offered(query) == []


def test_only_the_word_at_the_cursor_is_completed() -> None:
    query = "tag:g tag:r"
    found = completion(query, 5, KNOWN)
    assert found is not None
    assert found.applied(query, found.candidates[0]) == "tag:generative tag:r"
    assert offered(query, 4) == []  # in the middle of a word
    assert offered("(tag:g)", 6) == ["tag:generative"]


def test_of_equally_good_names_the_most_used_comes_first() -> None:
    assert offered("tag:")[:4] == ["tag:rl", 'tag:"to cite"', "tag:rl/offline", "tag:generative"]


def test_a_branch_is_offered_beside_the_tags_of_it() -> None:
    found = completion("tag:rl", 6, KNOWN)
    assert found is not None
    assert found.finished
    assert [each.text for each in found.candidates] == ["tag:rl/offline", "tag:rl/*"]


def test_plain_words_are_only_guessed_to_be_fields() -> None:
    found, meant = completion("no", 2, KNOWN), completion("nte:x", 5, KNOWN)
    assert found is not None
    assert meant is not None
    assert (found.guess, meant.guess) == (True, False)


@given(st.text(max_size=30), st.integers(0, 30))
def test_no_query_is_too_odd_to_be_completed(query: str, cursor: int) -> None:
    found = completion(query, min(cursor, len(query)), KNOWN)
    assert found is None or (
        found.candidates and found.start <= found.end == min(cursor, len(query))
    )


def test_a_very_long_query_is_not_completed() -> None:
    assert offered("a " * 400 + "tag:r") == []
    assert offered("a" * 5000) == []


@given(st.text(min_size=1, max_size=20))
def test_a_completed_tag_finds_its_papers(text: str) -> None:
    """Quoted or not, with whatever there is in it; a quote inside is stood for by a `*`."""
    try:
        name = tag_names([text])[0]
    except UsageError:
        return
    (token,), complaint = read_tokens(f"tag:{spelt(name)}", lenient=False)
    assert (token.kind, complaint) == (Kind.FIELD, "")
    pattern = str(tag(Value(token.text, token.quoted)).parameters[0])
    assert matches(pattern, name)
    if '"' not in name:
        assert token.text == name


def test_hostile_tags_are_found_by_what_completes_them(library: Library) -> None:
    names = ['say "hi" now', "[/red](x)", "a*b", "'; DROP TABLE paper;--", '"', "OR", "-x", "(("]
    ids = put_in(library, *(f"Paper {number}" for number in range(len(names))))
    for number, name in zip(ids, names, strict=True):
        library.edit_tags([number], add=[name])
    known = Known(library.counts(), library.authors_like, date(2026, 3, 5))
    for number, name in zip(ids, names, strict=True):
        assert number in library.search(f"tag:{spelt(name)}").ids
        found = completion("tag:", 4, known)
        assert found is not None


def test_authors_are_found_by_any_of_their_names(library: Library) -> None:
    put(
        library,
        [
            Record("One", authors=("Ada Lovelace", "Grace Hopper")),
            Record("Two", authors=("Ada Lovelace",)),
            Record("Three", authors=("Lovelace Institute", 'Bobby"); DROP TABLE paper;--')),
        ],
    )
    assert library.authors_like("lovel") == {"Ada Lovelace": 2, "Lovelace Institute": 1}
    assert library.authors_like("ada lov") == {"Ada Lovelace": 2}
    assert dict(library.authors_like(""))["Grace Hopper"] == 1
    assert library.authors_like('"); DROP') == {'Bobby"); DROP TABLE paper;--': 1}
    assert library.authors_like("zzqq") == {}
