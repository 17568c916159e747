"""Citation keys and conflicts from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Shell

ONE = {"title": "Deep Boats", "authors": ["Ada Lee"], "year": 2020, "key": "lee:2020"}
OTHER = {"title": "deep boats", "authors": ["Lee, A."], "year": 1999, "venue": "Harbours"}


@pytest.fixture
def boats(shell: Shell, tmp_path: Path) -> Shell:
    bring(shell, tmp_path / "a.jsonl", ONE)
    return shell


def bring(shell: Shell, path: Path, *papers: dict[str, Any]) -> dict[str, Any]:
    path.write_text("".join(f"{json.dumps(paper)}\n" for paper in papers))
    report: dict[str, Any] = shell.ok("import", str(path), "--json").json
    return report


def test_rekey_prints_what_it_changes_and_the_old_key_still_leads_to_the_paper(
    boats: Shell,
) -> None:
    dry = boats.ok("rekey", "lee:2020", "--dry-run")
    assert dry.out.split() == ["lee:2020", "lee2020deep"]
    assert boats.keys() == ["lee:2020"]
    done = boats.ok("rekey", "--all")
    assert done.out == dry.out
    assert done.err == "Gave lee:2020 the key lee2020deep.\n"
    (shown,) = boats.ok("show", "LEE:2020", "--json").json
    assert (shown["key"], shown["aliases"]) == ("lee2020deep", ["lee:2020"])
    assert boats.ok("rekey", "--query", "boats").err == "Nothing to change.\n"
    boats.ok("undo")
    assert boats.keys() == ["lee:2020"]


@pytest.mark.parametrize("words", [[], ["x", "--all"], ["--all", "--query", "x"]])
def test_rekey_has_to_be_told_which_papers(boats: Shell, words: list[str]) -> None:
    assert boats.run("rekey", *words).code == 2
    assert boats.keys() == ["lee:2020"]


def test_key_and_details_are_edited_and_taken_back(boats: Shell) -> None:
    done = boats.ok("edit", "lee:2020", "--key", "boats", "--set", "volume=3", "--set", "Pages=1-9")
    assert done.err.endswith("Its key is boats now.\n")
    (shown,) = boats.ok("show", "boats", "--json").json
    assert shown["details"] == {"pages": "1-9", "volume": "3"}
    boats.ok("edit", "lee:2020", "--set", "volume=")
    assert boats.ok("show", "boats", "--json").json[0]["details"] == {"pages": "1-9"}
    boats.ok("undo")
    boats.ok("undo")
    (shown,) = boats.ok("show", "lee:2020", "--json").json
    assert (shown["key"], shown["aliases"], shown["details"]) == ("lee:2020", [], {})


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--key", "a b"], "can be no citation key"),
        (["--key", ""], "can be no citation key"),
        (["--set", "volume"], "takes a name and a text"),
        (["--set", "not a name=1"], "can be no name of a detail"),
    ],
)
def test_what_cannot_be_a_key_or_a_detail_is_refused(
    boats: Shell, words: list[str], says: str
) -> None:
    result = boats.run("edit", "lee:2020", *words)
    assert (result.code, result.out) == (2, "")
    assert says in result.err


def test_conflicts_are_counted_listed_taken_and_kept(boats: Shell, tmp_path: Path) -> None:
    report = bring(boats, tmp_path / "b.jsonl", OTHER | {"key": "boats"})
    assert report["documents"][0]["conflicts"] == 1
    expected = {
        "key": "lee:2020", "title": "Deep Boats", "field": "year", "ours": 2020, "theirs": 1999,
        "document": "b.jsonl",
    }  # fmt: skip
    assert boats.ok("conflicts", "--json").json == [expected]
    listed = boats.ok("conflicts").out
    assert "lee:2020  year" in listed
    assert "1999  (b.jsonl)" in listed
    nothing = boats.ok("conflicts", "boats", "--field", "venue", "--take")
    assert nothing.err == "Nothing to change.\n"
    done = boats.ok("conflicts", "boats", "--take")
    assert done.err == "Took the year of lee:2020 from b.jsonl.\n"
    assert boats.papers()[0]["year"] == 1999
    assert boats.ok("conflicts", "--json").json == []
    boats.ok("undo")
    boats.ok("conflicts", "--query", "boats", "--keep")
    assert boats.papers()[0]["year"] == 2020
    assert boats.ok("conflicts").out == ""
    boats.ok("undo")
    assert boats.ok("conflicts", "--all", "--json").json == [expected]
    assert boats.ok("conflicts", "--all", "--field", "venue", "--keep").out == ""
    boats.ok("conflicts", "--all", "--field", "year", "--keep")
    assert boats.ok("conflicts", "--json").json == []


def test_conflicts_are_not_decided_for_papers_that_are_not_named(boats: Shell) -> None:
    assert boats.run("conflicts", "--take").code == 2
    assert boats.run("conflicts", "boats", "--all", "--take").code == 2
    assert boats.run("conflicts", "x", "--take", "--keep").code == 2


def test_importing_again_changes_nothing(boats: Shell, tmp_path: Path) -> None:
    bring(boats, tmp_path / "b.jsonl", OTHER)
    before = boats.papers()
    totals = bring(boats, tmp_path / "b.jsonl", OTHER)["totals"]
    assert (totals["unchanged"], totals["new"], totals["merged"]) == (1, 0, 0)
    assert boats.papers() == before
