"""Bibliographies with the habits of Zotero, JabRef, Google Scholar and Mendeley, end to end."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from tests.cli.conftest import Shell

FOLDER = Path(__file__).parent / "bibliographies"
# The keys under which drafts cite the works, by the work; one is used for two of them.
CITED = {
    "Attention is all you need": {"vaswani_attention_2017", "Vaswani2017", "vaswani2017attention"},
    "Deep residual learning for image recognition": {"he_deep_2016", "he2016deep"},
    "The Art of Computer Programming": {"Knuth1997", "knuthArtComputerProgramming1997"},
}
CARRIED = (
    *("key", "aliases", "title", "authors", "year", "venue", "doi", "arxiv_id", "urls", "status"),
    *("starred", "tags", "note", "details"),
)
ORDERS = [*permutations(sorted(path.name for path in FOLDER.iterdir()))][::24]


@pytest.mark.parametrize("order", ORDERS)
def test_in_any_order_each_work_comes_once_and_every_key_in_a_draft_finds_it(
    shell: Shell, order: tuple[str, ...]
) -> None:
    totals = shell.ok("import", *(str(FOLDER / name) for name in order), "--json").json["totals"]
    assert (totals["records"], totals["new"], totals["merged"]) == (10, 5, 5)
    for title, keys in CITED.items():
        for key in keys:
            (shown,) = shell.ok("show", key, "--json").json
            assert shown["title"].casefold() == title.casefold()
            assert {shown["key"], *shown["aliases"]} == keys
    boats = shell.papers("harbours")
    assert {"lee2020", "lee2020another", "lee2020paper"} >= {p["key"].lower() for p in boats}
    found = {each["field"]: each for each in shell.ok("conflicts", "--json").json}
    assert {found["year"]["ours"], found["year"]["theirs"]} == {2015, 2016}
    venue = found.pop("venue", {"ours": "arXiv", "theirs": "Neural"})  # a preprint that came first
    assert ("arXiv" in venue["ours"], "neural" in venue["theirs"].lower()) == (True, True)
    assert [*found] == ["year"]


def test_again_nothing_changes_and_an_export_brings_the_same_papers_elsewhere(
    shell: Shell, tmp_path: Path
) -> None:
    shell.ok("import", str(FOLDER))
    before = shell.papers()
    totals = shell.ok("import", str(FOLDER), "--json").json["totals"]
    assert (totals["unchanged"], totals["new"], totals["merged"]) == (10, 0, 0)
    assert shell.papers() == before
    shell.ok("mark", "reading", before[0]["key"])
    shell.ok("star", before[1]["key"])
    before = shell.papers()
    for name in ("bibtex", "biblatex", "csl-json", "ris", "csv", "jsonl"):
        path = tmp_path / f"{name}.txt"
        shell.ok("export", "--format", name, "-o", str(path))
        other = {"READINGLIST_LIBRARY": str(tmp_path / f"{name}.sqlite3")}
        report = shell.ok("import", str(path), "--json", **other).json
        assert (report["totals"]["new"], report["totals"]["problems"]) == (5, 0)
        brought = shell.ok("list", "--format", "json", **other).json
        for old, new in zip(before, brought, strict=True):
            assert {part: new[part] for part in CARRIED} == {part: old[part] for part in CARRIED}


def test_notes_and_tags_come_along_for_papers_that_are_here_and_are_told_of(
    shell: Shell, tmp_path: Path
) -> None:
    for number, more in enumerate(("", "annote = {Read it.}, keywords = {sea, rl}")):
        path = tmp_path / f"{number}.bib"
        path.write_text(f"@misc{{boats, title = {{On boats}}, {more}}}\n")
        result = shell.ok("import", str(path), "--json")
    assert {name: result.json["documents"][0][name] for name in ("notes", "tagged")} == {
        "notes": 1, "tagged": 1,
    }  # fmt: skip
    assert "took 1 note and the tags of 1 paper: `readinglist undo` takes that back" in result.err
    (shown,) = shell.ok("show", "boats", "--json").json
    assert (shown["note"], shown["tags"]) == ("Read it.", ["rl", "sea"])
    assert "took note and tags of boats from 1.bib" in shell.ok("undo").err
    (shown,) = shell.ok("show", "boats", "--json").json
    assert (shown["note"], shown["tags"]) == (None, [])
