"""`config`: where settings are, what they are, where each comes from, and what is wrong."""

from __future__ import annotations

import re

from tests.cli.conftest import Shell


def test_without_a_file_everything_is_a_default(shell: Shell) -> None:
    result = shell.ok("config")
    assert "readinglist/config.toml  (not there yet)" in result.lines[0]
    assert str(shell.library) in result.lines[1]
    assert result.err == ""
    answer = shell.ok("config", "--json").json
    assert answer["exists"] is False
    assert answer["complaints"] == []
    assert {row["source"] for row in answer["settings"]} == {"default"}
    assert all(row["value"] == row["default"] and row["help"] for row in answer["settings"])


def test_values_come_with_their_source_and_faults_with_their_line(shell: Shell) -> None:
    shell.file(
        "readinglist/config.toml",
        'theme = "nrod"\nmouse = false\n[keys]\nedit.read = "f9"\nedit.star = "x"\n',
    )
    answer = shell.ok("config", "--json")
    values = {row["name"]: (row["value"], row["source"]) for row in answer.json["settings"]}
    assert values["mouse"] == (False, "file")
    assert values["keys"] == ({"edit.read": ["f9"]}, "file")
    assert values["theme"] == ("", "default")  # what cannot be is not in effect
    assert answer.json["complaints"][0]["line"] == 1
    assert 'config.toml, line 1: theme: there is no "nrod". Did you mean "nord"?' in answer.err


def test_another_file_is_named_by_option_or_variable(shell: Shell) -> None:
    shell.file("one.toml", "mouse = false")
    shell.file("two.toml", "ascii = true")
    chosen = shell.ok("--config", "one.toml", "config", READINGLIST_CONFIG="two.toml")
    assert chosen.out == shell.ok("config", "--config", "one.toml").out
    assert re.search("^mouse +file +false$", chosen.out, re.MULTILINE)
    of_variable = shell.ok("config", READINGLIST_CONFIG="two.toml").out
    assert re.search("^ascii +file +true$", of_variable, re.MULTILINE)
    assert "there is no file" in shell.ok("config", "--config", "three.toml").err


def test_a_faulty_file_stops_no_command(filled: Shell) -> None:
    filled.file("readinglist/config.toml", "no TOML at all")
    assert filled.ok("list").err == ""
    told = filled.ok("export", "alps", "--format", "bibtex")
    assert told.out.startswith("@")


def test_an_export_takes_the_format_that_is_set(filled: Shell) -> None:
    filled.file("readinglist/config.toml", '[export]\nformat = "markdown"\n')
    assert (
        filled.ok("export", "alps").out == filled.ok("export", "alps", "--format", "markdown").out
    )
    filled.file("readinglist/config.toml", '[export]\nformat = "markdwon"\n')
    refused = filled.run("export", "alps")
    assert refused.code == 2
    assert 'line 2: export.format: there is no "markdwon". Did you mean "markdown"?' in refused.err
