"""The commands that change papers, and those that take it back."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pytest

from readinglist.editor import Draft
from readinglist.errors import LibraryError
from tests.cli.conftest import Shell


def test_mark_tag_and_star_change_the_papers_named(filled: Shell) -> None:
    first, second, third, *_ = filled.keys()
    marked = filled.ok("mark", "to-read", first, second)
    assert (marked.out, marked.err) == ("", "Marked 2 papers to-read.\n")
    filled.ok("tag", second, "--add", "rl", third, "--add", "long reads")
    filled.ok("tag", third, "--remove", "RL")
    filled.ok("star", third)
    papers = {paper["key"]: paper for paper in filled.papers()}
    assert [papers[key]["status"] for key in (first, second, third)] == [
        "to-read",
        "to-read",
        "inbox",
    ]
    assert sorted(papers[second]["tags"]) == ["long reads", "rl"]
    assert papers[third]["tags"] == ["long reads"]
    assert papers[third]["starred"] is True
    assert filled.ok("tags", "--json").json == [
        {"name": "long reads", "count": 2, "colour": None},
        {"name": "rl", "count": 1, "colour": None},
    ]
    assert filled.ok("tags").lines == ["2  long reads", "1  rl"]
    assert filled.keys("status:to-read") == [first, second]


def test_a_query_takes_the_place_of_keys(filled: Shell) -> None:
    filled.ok("mark", "read", "--query", "robot")
    (read,) = filled.keys("status:read")
    filled.ok("star", "--query", "status:read")
    filled.ok("tag", "--query", "-status:read", "--add", "rest")
    assert filled.keys("is:starred") == [read]
    assert len(filled.keys("tag:rest")) == 4
    filled.ok("star", "--off", "--query", "is:starred")
    assert filled.keys("is:starred") == []
    nothing = filled.run("mark", "skipped", "--query", "zzyzxqqq")
    assert nothing.code == 1
    assert "nothing was done" in nothing.err
    assert filled.keys("status:skipped") == []


def test_an_unknown_key_names_the_nearest_and_nothing_is_changed(filled: Shell) -> None:
    first, second, *_ = filled.keys()
    for words in (
        ["mark", "read", first, second[:-1] + "q"],
        ["tag", first, second[:-1] + "q", "--add", "x"],
        ["star", second[:-1] + "q", first],
        ["note", second[:-1] + "q", "--text", "x"],
        ["show", first, second[:-1] + "q"],
    ):
        result = filled.run(*words)
        assert result.code == 1
        assert result.out == ""
        assert second in result.err
        assert result.err.count("\n") == 1
    assert filled.ok("history", "--json").json == []


def test_a_note_comes_from_an_option_or_standard_input(filled: Shell) -> None:
    key = filled.keys()[0]

    def note() -> str | None:
        text: str | None = filled.ok("show", key, "--json").json[0]["note"]
        return text

    filled.ok("note", key, "--text", "- an item, and a “quote”")
    assert note() == "- an item, and a “quote”"
    filled.ok("note", key, stdin="# Piped\n\nTwo paragraphs: über alles.\n")
    assert note() == "# Piped\n\nTwo paragraphs: über alles."
    for refused in (b"", b" \n\n", b"\xff\xfe\x00"):
        result = filled.run("note", key, stdin=refused)
        assert result.code == 1
        assert "not changed" in result.err
    assert note() == "# Piped\n\nTwo paragraphs: über alles."
    filled.ok("note", key, "--text", "")
    assert note() is None
    same = filled.ok("note", key, "--text", "")
    assert same.err == "Nothing to change.\n"


def editor(shell: Shell, program: str) -> dict[str, str]:
    """An environment whose editor runs this Python program, the file's path in `path`."""
    script = shell.file(
        "an editor.py",
        f"import os, pathlib, sys\npath = pathlib.Path(sys.argv[-1])\n{program}\n",
    )
    return {"VISUAL": f"'{sys.executable}' '{script}' --wait", "EDITOR": "/nonexistent/editor"}


def test_edit_opens_the_note_in_the_editor(filled: Shell) -> None:
    key = filled.keys()[0]
    filled.ok("note", key, "--text", "Before.")
    program = (
        "assert sys.argv[1] == '--wait'\n"
        "assert path.stat().st_mode & 0o777 == 0o600\n"
        "assert path.parent.stat().st_mode & 0o777 == 0o700\n"
        "os.kill(os.getppid(), 2)  # ctrl+c reaches us as well as the editor\n"
        "path.write_text(path.read_text() + '\\nAnd after.\\n')"
    )
    filled.ok("note", key, "--edit", **editor(filled, program))
    assert filled.ok("show", key, "--json").json[0]["note"] == "Before.\nAnd after."
    assert not list(filled.folder.glob("readinglist-*"))


@pytest.mark.parametrize(
    ("mine", "left"),
    [("'Before, and mine.'", "Before, and mine.\n\n---\n\ntheirs"), ("''", "theirs")],
)
def test_a_note_that_another_program_writes_meanwhile_is_kept(
    filled: Shell, mine: str, left: str
) -> None:
    key = filled.keys()[0]
    filled.ok("note", key, "--text", "Before.")
    program = (
        "import subprocess\n"
        "program = [sys.executable, '-m', 'readinglist']\n"
        f"subprocess.run([*program, 'note', {key!r}, '--text', 'theirs'], check=True)\n"
        f"path.write_text({mine})"
    )
    edited = filled.ok("note", key, "--edit", **editor(filled, program))
    assert "was changed elsewhere meanwhile" in edited.err
    assert filled.ok("show", key, "--json").json[0]["note"] == left


@pytest.mark.parametrize(
    ("end", "says"),
    [
        ("os.kill(os.getpid(), 9)", "killed by signal 9"),
        ("sys.exit(3)", "exit code 3"),
        ("path.write_bytes(b'\\xff\\xfe')", "UTF-8"),
    ],
)
def test_an_editor_that_fails_loses_no_words(filled: Shell, end: str, says: str) -> None:
    key = filled.keys()[0]
    result = filled.run(
        "note", key, "--edit", **editor(filled, f"path.write_text('Hours of work.')\n{end}")
    )
    assert result.code == 1
    assert says in result.err
    (draft,) = filled.folder.glob("readinglist-*/note.md")
    assert str(draft) in result.err
    assert draft.read_bytes() in (b"Hours of work.", b"\xff\xfe")
    assert filled.ok("show", key, "--json").json[0]["note"] is None


def test_words_that_cannot_be_saved_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    script = tmp_path / "editor.py"
    script.write_text("import pathlib, sys; pathlib.Path(sys.argv[1]).write_text('Precious.\\n')")
    monkeypatch.setenv("EDITOR", f"'{sys.executable}' '{script}'")
    draft = Draft("Before.")
    assert draft.edit() == "Precious."
    with pytest.raises(LibraryError) as failure, draft:
        raise LibraryError("The disk is full.", hint="Free some space.")
    assert str(draft.path) in str(failure.value)
    assert str(failure.value).startswith("The disk is full. Free some space.")
    assert draft.path.read_text() == "Precious.\n"
    with pytest.raises(LibraryError) as failure, Draft("Untouched.") as draft:
        raise LibraryError("The disk is full.")
    assert str(failure.value) == "The disk is full."
    assert not draft.path.parent.exists()


@pytest.mark.parametrize("command", ["/nonexistent/editor", "'unclosed", "/"])
def test_an_editor_that_cannot_start_is_a_sentence(filled: Shell, command: str) -> None:
    result = filled.run("note", filled.keys()[0], "--edit", EDITOR=command)
    assert result.code == 1
    assert "EDITOR" in result.err
    assert result.err.count("\n") == 1
    assert not list(filled.folder.glob("readinglist-*"))


def test_renaming_a_tag_keeps_its_papers(filled: Shell) -> None:
    first, second, *_ = filled.keys()
    filled.ok("tag", first, second, "--add", "rl")
    filled.ok("tag", first, "--add", "robotics")
    filled.ok("rename-tag", "rl", "reinforcement")
    assert filled.ok("tags", "--json").json == [
        {"name": "reinforcement", "count": 2, "colour": None},
        {"name": "robotics", "count": 1, "colour": None},
    ]
    filled.ok("rename-tag", "robotics", "reinforcement")
    assert filled.ok("tags").lines == ["2  reinforcement"]
    unknown = filled.run("rename-tag", "reinforcment", "x")
    assert unknown.code == 1
    assert "reinforcement" in unknown.err
    assert filled.run("tag", first, "--add", "  ").code == 2


def test_undo_and_redo_walk_the_history(filled: Shell) -> None:
    key = filled.keys()[0]
    for verb in ("undo", "redo"):
        idle = filled.run(verb)
        assert (idle.code, idle.out, idle.err) == (
            1,
            "",
            f"readinglist: There is nothing to {verb}.\n",
        )
    filled.ok("mark", "read", key)
    filled.ok("star", key)
    assert "Undid: " in filled.ok("undo").err
    filled.ok("undo")
    assert filled.papers()[0]["status"] == "inbox"
    filled.ok("redo")
    history = filled.ok("history", "--json").json
    assert [set(change) for change in history] == [{"id", "made", "label", "state", "keys"}] * 2
    assert [change["state"] for change in history] == ["undone", "done"]
    assert all(change["keys"] == [key] for change in history)
    assert filled.ok("history", "--json", "--limit", "1").json == history[:1]
    assert len(filled.ok("history").lines) == 2
    nothing = filled.ok("history", "--limit", "0")
    assert nothing.out + nothing.err == ""
    assert filled.papers()[0]["status"] == "read"
    assert filled.papers()[0]["starred"] is False


def test_a_query_that_asks_for_nothing_edits_nothing(filled: Shell) -> None:
    result = filled.run("mark", "skipped", "--query", "★ ???")
    assert result.code == 2
    assert "no letter or digit" in result.err
    assert filled.papers("status:skipped") == []
