"""`stats` shows how the reading goes."""

from __future__ import annotations

from tests.cli.conftest import Shell


def test_stats_are_pictures_for_people_and_figures_for_programs(filled: Shell) -> None:
    one, two, *_ = filled.keys()
    filled.ok("tag", one, "--add", "rl")
    filled.ok("mark", "read", one)
    filled.ok("mark", "reading", two)
    told = filled.ok("stats", "--json").json
    assert told["statuses"] == {
        "inbox": 3, "to-read": 0, "reading": 1, "read": 1, "skipped": 0
    }  # fmt: skip
    assert sum(told["finished"].values()) == 1
    assert [day["added"] for day in told["over_time"]] == [5]
    assert told["tags"] == [{"name": "rl", "papers": 1, "read": 1}]
    (reading,) = told["reading"]
    assert (reading["key"], reading["days"], reading["stale"]) == (two, 0, False)
    lines = filled.ok("stats").lines
    assert "Papers finished" in lines[0]
    assert any(line.startswith("rl ") and line.endswith("1/1") for line in lines)
    assert all(len(line) <= 80 for line in lines)


def test_stats_of_no_library_make_none(shell: Shell) -> None:
    done = shell.ok("stats")
    assert "Nothing is open" in done.out
    assert not shell.library.exists()


def test_a_terminal_that_knows_only_ascii_gets_nothing_else(filled: Shell) -> None:
    key = filled.keys()[1]
    filled.ok("mark", "read", key)
    text = filled.in_terminal(
        "stats", LANG="C", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0"
    )
    assert "Papers finished" in text
    assert text.isascii()
