"""What is exported is imported again, here and in another library, whatever the format."""

from __future__ import annotations

from typing import Any

import pytest

from readinglist.formats import exporters
from readinglist.text import clean_line
from tests.cli.conftest import Shell

READ_BACK = [row.name for row in exporters() if row.read]
# What a format has no place for.
NOT_CARRIED = {
    "bibtex": {"status", "starred"},
    "biblatex": {"status", "starred"},
    "ris": {"status", "starred"},
}
OF_A_LIBRARY = {"added", "sources"}


def facts(paper: dict[str, Any], left_out: set[str]) -> dict[str, Any]:
    return {name: value for name, value in paper.items() if name not in left_out | OF_A_LIBRARY}


@pytest.mark.parametrize("name", READ_BACK)
def test_an_export_is_the_same_papers_in_another_library(filled: Shell, name: str) -> None:
    key = filled.keys("cups")[0]
    filled.ok("tag", key, "--add", "robots", "--add", "to cite")
    filled.ok("note", key, "--text", "Read section 3.")
    filled.ok("mark", "reading", key)
    filled.ok("edit", key, "--year", "2024", "--venue", "Nature", "--doi", "10.1000/182")
    filled.ok("export", "--format", name, "-o", "papers")
    before = filled.papers()
    imported = filled.ok("--library", "other/library", "import", "papers", "--json").json
    assert imported["totals"]["new"] == len(before)
    assert imported["totals"]["problems"] == 0
    other = filled.ok("--library", "other/library", "list", "--format", "json").json
    left_out = NOT_CARRIED.get(name, set())
    assert [facts(paper, left_out) for paper in other] == [
        facts(paper, left_out) for paper in before
    ]


@pytest.mark.parametrize("name", READ_BACK)
def test_importing_an_export_where_it_came_from_changes_no_paper(filled: Shell, name: str) -> None:
    before = filled.papers()
    filled.ok("export", "--format", name, "-o", "papers")
    totals = filled.ok("import", "papers", "--json").json["totals"]
    assert (totals["new"], totals["problems"]) == (0, 0)
    keys = {"title", "abstract", "key", "status", "tags", "note", "urls", "authors", "year"}
    assert [{name: paper[name] for name in keys} for paper in filled.papers()] == [
        {name: paper[name] for name in keys} for paper in before
    ]


def test_a_format_that_is_named_is_not_guessed(filled: Shell) -> None:
    filled.file("papers", "TY  - JOUR\nTI  - A Paper in RIS\nER  - \n")
    wrong = filled.run("import", "papers", "--format", "rsi")
    assert wrong.code == 2
    assert "Did you mean ris?" in wrong.err
    filled.ok("import", "papers", "--format", "ris")
    titles = [clean_line(paper["title"]) for paper in filled.papers()]
    assert "A Paper in RIS" in titles
