"""The history on the command line, and the way back to any point of it."""

from __future__ import annotations

from tests.cli.conftest import Shell


def test_the_history_numbers_changes_and_names_the_papers_of_each(filled: Shell) -> None:
    first, second, third, *_ = filled.keys()
    filled.ok("mark", "read", first, second, third)
    filled.ok("star", second)
    lines = filled.ok("history").lines
    assert lines[0].startswith("2  ")
    assert lines[0].endswith(f"starred {second}")
    assert lines[1].startswith("1  ")
    assert lines[1].endswith("marked 3: read")
    assert {key.strip() for key in lines[2].split(",")} == {first, second, third}


def test_any_point_of_the_history_can_be_gone_back_to_and_forward(filled: Shell) -> None:
    first, second, *_ = filled.keys()
    filled.ok("mark", "reading", first)
    filled.ok("tag", first, second, "--add", "rl")
    filled.ok("note", second, "--text", "a word")
    assert filled.ok("undo", "--to", "2").err == "2 changes taken back.\n"
    states = [change["state"] for change in filled.ok("history", "--json").json]
    assert states == ["undone", "undone", "done"]
    assert filled.papers("tag:rl") == []
    assert filled.ok("redo", "--to", "2").err == "1 change done again.\n"
    assert len(filled.papers("tag:rl")) == 2
    assert filled.papers("has:note") == []


def test_a_point_that_is_not_there_changes_nothing(filled: Shell) -> None:
    filled.ok("mark", "read", filled.keys()[0])
    for words in (("undo", "--to", "2"), ("redo", "--to", "1")):
        result = filled.run(*words)
        assert result.code == 1
        assert "so nothing was" in result.err
    assert filled.run("undo", "--to", "x").code == 2
    assert [change["state"] for change in filled.ok("history", "--json").json] == ["done"]
