"""`readinglist list`, `show` and `tags`: what they print, for people and for programs."""

from __future__ import annotations

import json

from rich.cells import cell_len

from tests.cli.conftest import PAPERS, Shell

CONTRACT = {
    *("key", "title", "abstract", "authors", "year", "venue", "doi", "arxiv_id", "urls"),
    *("status", "starred", "tags", "note", "added", "sources"),
}
HOSTILE = "[/red] [@click=app.quit]x[/] ]52;c;AAAA A Hostile Title"


def test_json_papers_have_the_fields_of_the_contract(filled: Shell) -> None:
    papers = filled.papers()
    assert [paper["title"] for paper in papers] == [
        HOSTILE if "Hostile" in title else title for title in PAPERS
    ]
    for paper, abstract in zip(papers, PAPERS.values(), strict=True):
        assert set(paper) >= CONTRACT
        assert paper["abstract"] == abstract
        assert paper["status"] == "inbox"
        assert paper["starred"] is False
        assert paper["sources"] == ["capture.txt"]
        assert paper["authors"] == paper["tags"] == []
        assert paper["note"] is paper["doi"] is None
    lines = filled.ok("list", "--format", "jsonl").lines
    assert [json.loads(line) for line in lines] == papers
    keys = filled.ok("list", "--format", "keys").lines
    assert keys == [paper["key"] for paper in papers]
    assert len(set(keys)) == 5


def test_sort_reverse_and_limit(filled: Shell) -> None:
    titles = [paper["title"] for paper in filled.papers("--sort", "title")]
    assert [title[:4] for title in titles if title != HOSTILE] == [
        "Diff",
        "Lear",
        "Spar",
        "雪崩予測",
    ]
    turned = [paper["title"] for paper in filled.papers("--sort", "title", "--reverse")]
    assert turned == titles[::-1]
    assert filled.keys("--limit", "2") == filled.keys()[:2]
    assert filled.papers("--limit", "0") == []


def test_a_query_may_be_several_words_among_the_options_and_misspelt(filled: Shell) -> None:
    (found,) = filled.papers("difusion", "--sort", "title", "wether")
    assert found["title"] == "Diffusion Models for Weather over the Alps"
    assert filled.keys("--", "-diffusion") == [
        paper["key"] for paper in filled.papers() if paper != found
    ]


def test_nothing_found_is_empty_output_and_a_remark(filled: Shell) -> None:
    for name, out in {"table": "", "keys": "", "jsonl": "", "json": "[]\n"}.items():
        result = filled.ok("list", "zzyzxqqq", "--format", name)
        assert result.out == out
        assert result.err == "No paper matches.\n"


def test_nothing_found_says_which_part_of_the_query_is_to_blame(filled: Shell) -> None:
    result = filled.ok("list", "--format", "json", "--", "difusion", "zzyzxqqq", "-video")
    assert (result.json, result.err) == ([], "No paper matches. Without zzyzxqqq: 1.\n")
    for query in (["difusion", "tag:[/red]"], ["difusion", "tag:\x1b]0;x\x07"]):
        err = filled.ok("list", *query).err
        assert err.startswith("No paper matches. Without tag:")
        assert err.endswith(": 1.\n")
        assert "\x1b" not in err


def test_an_empty_library_lists_nothing(shell: Shell) -> None:
    result = shell.ok("list", "--format", "json")
    assert result.json == []
    assert "no papers yet" in result.err
    assert shell.ok("tags").out == ""
    assert shell.ok("tags", "--json").json == []
    assert shell.ok("history", "--json").json == []


def test_a_bad_query_is_a_sentence(filled: Shell) -> None:
    result = filled.run("list", "cups", '"open quote')
    assert result.code == 1
    assert result.out == ""
    assert result.err.count("\n") == 1
    assert "At character 6 of the query" in result.err


def test_the_table_is_whole_when_piped_and_fits_a_terminal(filled: Shell) -> None:
    key = filled.keys("cups")[0]
    filled.ok("tag", key, "--add", "robots, hands")
    filled.ok("star", key)
    piped = filled.ok("list").lines
    assert len(piped) == 5
    assert any(HOSTILE in line for line in piped)
    (line,) = [line for line in piped if "*" in line.split(key)[0]]
    assert line.startswith("inbox ")
    assert line.endswith("hands, robots")
    assert "Learning to Grasp: What Robots Know about Cups" in line
    shown = filled.in_terminal("list", NO_COLOR="1", COLUMNS="60")
    assert len(shown.splitlines()) == 5
    assert all(cell_len(line) <= 60 for line in shown.splitlines())
    assert "…" in shown


def test_no_control_character_of_an_old_library_reaches_the_output(filled: Shell) -> None:
    """The wash at import is the first wall; this is the second, for a file it never saw."""
    import sqlite3

    key = filled.keys("hostile")[0]
    filled.ok("note", key, "--text", "placeholder")
    filled.ok("tag", key, "--add", "evil")
    connection = sqlite3.connect(filled.library)
    evil = "[/red]\x1b]52;c;AAAA\x07\x9b31m\u202ex\r\n"
    connection.execute(
        "UPDATE paper SET title = ?1, abstract = ?1, note = ?1 WHERE key = ?2", [evil, key]
    )
    connection.execute("UPDATE document SET name = ?", [evil])
    connection.execute("UPDATE tag SET name = ?", [evil])
    connection.execute("UPDATE change SET label = ?", [evil])
    connection.commit()
    connection.close()
    for words in (
        ["list"], ["show", key], ["tags"], ["history"],
        ["list", "--format", "json"], ["show", key, "--json"], ["history", "--json"],
        ["undo"],
    ):  # fmt: skip
        result = filled.ok(*words)
        printed = result.out + result.err
        assert "[/red]" in printed, words
        assert not set(printed) & set("\x1b\x07\x9b\r\u202e"), words
    (paper,) = filled.ok("show", key, "--json").json
    assert paper["title"] == evil


def test_show_prints_everything_in_the_order_asked(filled: Shell) -> None:
    first, second = filled.keys()[:2]
    filled.ok("note", second, "--text", "Compare with\n  the other one.")
    filled.ok("tag", second, "--add", "long")
    shown = filled.ok("show", second, first)
    titles = list(PAPERS)
    assert shown.out.index(titles[1]) < shown.out.index(titles[0])
    for text in (second, "inbox", "long", "capture.txt", "Compare with\n  the other one."):
        assert text in shown.out
    assert " ".join(PAPERS[titles[1]].split()) in " ".join(shown.out.split())
    papers = filled.ok("show", second, first, "--json").json
    assert [paper["key"] for paper in papers] == [second, first]
    assert filled.ok("show", "--json", "--query", "tag:long").json == papers[:1]
