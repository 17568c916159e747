"""The trash on the command line: there, back, listed, and emptied only with a clear yes."""

from __future__ import annotations

import pytest

from tests.cli.conftest import PAPERS, Shell, capture


def test_papers_go_there_by_key_or_query_and_come_back_by_key(filled: Shell) -> None:
    first, second, *_ = filled.keys()
    moved = filled.ok("trash", first, second)
    assert (moved.out, moved.err) == ("", "Moved 2 papers to the trash.\n")
    assert filled.ok("trash", "--query", "robot").err == "Moved 1 paper to the trash.\n"
    assert len(filled.keys()) == 2
    assert len(filled.keys("is:trashed")) == 3
    assert filled.keys("is:trashed", "sparse OR diffusion") != []
    assert filled.ok("trash", "--restore", first).err == "Restored 1 paper from the trash.\n"
    assert {first} <= {*filled.keys()}
    filled.ok("trash", "--restore", "--query", "robot")
    assert filled.keys("is:trashed") == [second]
    filled.ok("undo")
    assert len(filled.keys("is:trashed")) == 2
    assert [chapter["label"] for chapter in filled.ok("history", "--json").json][-1] == (
        "moved 2 to the trash"
    )


def test_other_commands_say_that_a_paper_is_in_the_trash(filled: Shell) -> None:
    first, second, *_ = filled.keys()
    filled.ok("trash", first)
    for words in (["mark", "read", first], ["note", first, "--text", "x"], ["trash", first]):
        result = filled.run(*words)
        assert result.code == 1
        assert "is in the trash" in result.err
        assert f"--restore {first}" in result.err
    assert "not in the trash" in filled.run("trash", "--restore", second).err
    assert "in the trash" in filled.run("mark", "read", "--query", "is:trashed").err
    assert filled.keys("status:read OR (is:trashed status:read)") == []


def test_the_same_document_again_leaves_it_in_the_trash(filled: Shell) -> None:
    first, *_ = filled.keys()
    filled.ok("trash", first)
    filled.file("again.txt", capture(PAPERS))
    assert "0 new" in filled.ok("import", "again.txt").out
    assert {first}.isdisjoint(filled.keys())
    assert filled.keys("is:trashed") == [first]


def test_emptying_needs_yes_where_nobody_can_be_asked(filled: Shell) -> None:
    assert filled.ok("trash", "--empty").err == "The trash is empty.\n"
    first, *_ = filled.keys()
    filled.ok("trash", first)
    refused = filled.run("trash", "--empty", stdin="yes\n")
    assert refused.code == 2
    assert "--yes" in refused.err
    assert filled.keys("is:trashed") == [first]
    assert filled.ok("trash", "--empty", "--yes").err == "Deleted 1 paper for good.\n"
    assert filled.keys("is:trashed") == []
    assert len(filled.keys()) == 4
    assert filled.run("undo").code == 1


@pytest.mark.parametrize(
    "words",
    [
        ["trash"],
        ["trash", "--restore"],
        ["trash", "--yes", "x"],
        ["trash", "--empty", "x"],
        ["trash", "--empty", "--query", "x"],
        ["trash", "--empty", "--restore"],
    ],
)
def test_words_that_do_not_fit_together_are_refused(filled: Shell, words: list[str]) -> None:
    result = filled.run(*words)
    assert result.code == 2
    assert len(filled.keys()) == 5
