"""Papers that look alike, from the command line: listed, made one, told apart, taken back."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Shell, capture

ABSTRACT = (
    "Glaciers move faster after rain than anybody had expected from their slope alone. We put "
    "forty clocks on the ice, and read them every morning of a very wet summer in the north."
)
TITLE = "Clocks on the Ice: How Rain Moves Glaciers"


@pytest.fixture
def alike(filled: Shell) -> Shell:
    """A shell with two more papers, which look alike."""
    filled.file("ice.txt", capture({TITLE: ABSTRACT}))
    filled.file("ice2.txt", capture({f"{TITLE} v2": ABSTRACT + " The data are online."}))
    filled.ok("import", "ice.txt")
    filled.ok("import", "ice2.txt")
    return filled


def pair(shell: Shell) -> list[str]:
    """The keys of the two, the older first."""
    (found,) = shell.ok("duplicates", "--json").json
    keys: list[str] = found["keys"]
    return keys


def test_what_looks_alike_is_listed_with_how_to_go_on(alike: Shell) -> None:
    (found,) = alike.ok("duplicates", "--json").json
    assert set(found) == {"keys", "titles", "title_likeness", "abstract_likeness"}
    assert found["titles"] == [TITLE, f"{TITLE} v2"]
    assert 0.9 < found["title_likeness"] < 1
    assert found["abstract_likeness"] == 1
    listed = alike.ok("duplicates")
    assert [line.split("  ")[-1] for line in listed.lines[:2]] == found["titles"]
    assert "readinglist merge KEEP OTHER" in listed.err
    assert "readinglist distinct KEY KEY" in listed.err


def test_merging_keeps_all_of_both_and_the_old_key(alike: Shell) -> None:
    kept, gone = pair(alike)
    alike.ok("note", kept, "--text", "first words")
    alike.ok("note", gone, "--text", "second words")
    alike.ok("tag", gone, "--add", "ice")
    merged = alike.ok("merge", kept, gone)
    assert merged.out == ""
    assert merged.err.startswith(f"Merged {gone} into {kept}.\n")
    (shown,) = alike.ok("show", gone, "--json").json
    assert (shown["key"], shown["tags"]) == (kept, ["ice"])
    assert shown["note"] == "first words\n\n---\n\nsecond words"
    assert shown["sources"] == ["ice.txt", "ice2.txt"]
    assert gone not in alike.keys() + alike.keys("is:trashed")
    assert alike.ok("duplicates").err == "No two papers look alike.\n"
    assert alike.run("merge", kept, gone).code == 2
    alike.ok("undo")
    assert pair(alike) == [kept, gone]
    assert alike.ok("show", gone, "--json").json[0]["note"] == "second words"


def test_two_that_were_told_apart_are_never_offered_again(alike: Shell) -> None:
    first, second = pair(alike)
    assert alike.ok("distinct", second, first).err == f"Told {second} and {first} apart.\n"
    assert alike.ok("duplicates", "--json").json == []
    assert alike.ok("distinct", first, second).err == "Nothing to change.\n"
    alike.file("again.txt", capture({f"{TITLE} v2": ABSTRACT, TITLE: ABSTRACT}))
    alike.ok("import", "again.txt")
    assert alike.ok("duplicates", "--json").json == []
    alike.ok("undo")
    assert pair(alike) == [first, second]


def test_keys_that_do_not_fit_are_refused_in_a_sentence(alike: Shell) -> None:
    first, second = pair(alike)
    for words, code, says in (
        (["merge", first, first], 2, "the same paper"),
        (["distinct", first, first.upper()], 2, "the same paper"),
        (["merge", first, f"{second}x"], 1, second),
        (["merge", first], 2, "OTHER"),
    ):
        result = alike.run(*words)
        assert (result.code, result.out, result.err.count("\n")) == (code, "", 1)
        assert says in result.err
    assert alike.ok("history", "--json").json == []


def test_a_hostile_title_is_listed_as_plain_text(shell: Shell) -> None:
    title = "Rain \x1b]52;c;AAAA\x07 on [/red] Glaciers and their Many Clocks"
    shell.file("a.txt", capture({title: ABSTRACT}))
    shell.file("b.txt", capture({f"{title} v2": ABSTRACT}))
    shell.ok("import", "a.txt", "b.txt")
    listed = shell.ok("duplicates")
    assert "[/red]" in listed.out
    assert "\x1b" not in listed.out + listed.err
