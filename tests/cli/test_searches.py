"""The command for searches with names."""

from __future__ import annotations

from tests.cli.conftest import Shell


def test_searches_are_saved_listed_renamed_begun_with_and_deleted(shell: Shell) -> None:
    shell.ok("searches", "--save", "to read", "--sort", "year", "status:to-read", "tag:rl")
    listed = shell.ok("searches", "--json").json
    assert listed == [
        {
            "name": "to read",
            "query": "status:to-read tag:rl",
            "sort": "year",
            "reverse": False,
            "start": False,
        }
    ]
    assert "Renamed" in shell.ok("searches", "--rename", "to read", "next").err
    assert "begins with next" in shell.ok("searches", "--start", "next").err
    assert shell.ok("searches").out == (
        "next   status:to-read tag:rl   by year   (the app begins with it)\n"
    )
    assert "all papers" in shell.ok("searches", "--start", "").err
    shell.ok("searches", "--delete", "next")
    assert "No search is saved yet" in shell.ok("searches").err


def test_what_cannot_be_is_told(shell: Shell) -> None:
    wrong = shell.run("searches", "--save", "x", '"open')
    assert (wrong.code, "never closed" in wrong.err) == (1, True)
    wrong = shell.run("searches", "difusion")
    assert (wrong.code, "go with --save" in wrong.err) == (2, True)
    wrong = shell.run("searches", "--delete", "nothing")
    assert (wrong.code, "no saved search" in wrong.err) == (1, True)
