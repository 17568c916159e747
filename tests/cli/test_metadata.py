"""`edit` changes what is known of a paper."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Shell


def test_edit_changes_the_facts_that_are_given_and_undo_takes_them_back(filled: Shell) -> None:
    before = filled.papers()[0]
    key = before["key"]
    done = filled.ok(
        "edit", key, "--title", "-A Title with a Dash", "--author", "Ada Lovelace", "--author",
        "Alan Turing", "--year", "1950", "--venue", "Mind", "--doi", "https://doi.org/10.1000/X",
        "--arxiv", "arXiv:2401.01234v2", "--url", "example.org/a", "--url", "https://b.example/",
        "--abstract", "New words.",
    )  # fmt: skip
    assert done.out == ""
    assert done.err == (
        f"Edited {key}: title, abstract, authors, year, venue, DOI, arXiv id, links.\n"
        "Its key is lovelace1950title now.\n"
    )
    (shown,) = filled.ok("show", "lovelace1950title", "--json").json
    assert shown.pop("origins") == {}  # no lookup has filled it in
    assert shown == before | {
        "key": "lovelace1950title",
        "title": "-A Title with a Dash",
        "abstract": "New words.",
        "authors": ["Ada Lovelace", "Alan Turing"],
        "year": 1950,
        "venue": "Mind",
        "doi": "10.1000/x",
        "arxiv_id": "2401.01234",
        "urls": ["https://example.org/a", "https://b.example/"],
    }
    assert filled.keys("author:turing year:1950") == ["lovelace1950title"]
    filled.ok("undo")
    assert filled.papers()[0] == before


def test_an_empty_value_clears(filled: Shell) -> None:
    key = filled.keys()[0]
    filled.ok("edit", key, "--year", "1950", "--author", "A", "--url", "https://a.example/")
    filled.ok("edit", key, "--year", "", "--author", "", "--url", "", "--abstract", "")
    (shown,) = filled.ok("show", key, "--json").json
    assert (shown["year"], shown["authors"], shown["urls"]) == (None, [], [])
    assert shown["abstract"] is None
    assert filled.ok("edit", key, "--year", "").err == "Nothing to change.\n"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([], "--title"),
        (["--title", " "], "needs a title"),
        (["--year", "-5"], "is no year"),
        (["--doi", "nonsense"], "is no DOI"),
        (["--arxiv", "nonsense"], "is no arXiv id"),
        (["--url", "javascript:alert(1)"], "is no link"),
        (["--publisher", "x"], "--publisher"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    filled: Shell, words: list[str], says: str
) -> None:
    result = filled.run("edit", filled.keys()[0], *words)
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert says in result.err
    assert filled.ok("history", "--json").json == []
