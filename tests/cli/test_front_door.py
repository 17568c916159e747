"""What holds for every command: help, usage errors, where output goes, what is loaded."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from readinglist import __version__
from tests.cli.conftest import PAPERS, PROGRAM, Shell, capture

COMMANDS = [
    *("demo", "import", "list", "show", "tags", "mark", "tag", "star", "note", "rename-tag"),
    *("undo", "redo", "history", "export", "backup", "restore", "doctor", "dump", "load"),
    *("config", "completion"),
]


def test_version_and_help_answer_on_standard_output(shell: Shell) -> None:
    version = shell.ok("--version")
    assert version.out == f"readinglist {__version__}\n"
    about = shell.ok("--help")
    assert not about.err
    for command in COMMANDS:
        assert re.search(rf"^  {command} +[A-Z]", about.out, re.MULTILINE), command


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(shell: Shell, command: str) -> None:
    about = shell.ok(command, "--help")
    assert f"readinglist {command}" in about.out
    assert "Examples:" in about.out
    assert "--library FILE" in about.out
    assert not shell.library.exists()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--help"], 0),
        (["--version"], 0),
        (["list", "--help"], 0),
        (["export", "--help"], 0),
        (["lsit"], 2),
        (["mark", "raed", "key"], 2),
        (["show"], 2),
        (["export", "--format", "bibtexx"], 2),
    ],
)
def test_help_and_usage_errors_load_nothing_heavy(
    shell: Shell, words: list[str], code: int
) -> None:
    assert shell.loaded_by(*words) == (code, set())


@pytest.mark.parametrize("command", ["list", "tags", "history", "show --query alps"])
def test_reading_loads_neither_textual_nor_sqlmodel(filled: Shell, command: str) -> None:
    code, heavy = filled.loaded_by(*command.split())
    assert code == 0
    assert heavy <= {"sqlite3"}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["lsit"], "Did you mean list?"),
        (["--bogus", "list"], "--bogus"),
        (["list", "--bogus"], "--bogus"),
        (["list", "--fromat", "json"], "Did you mean --format?"),
        (["list", "-tag:rl"], "A query that starts with - follows --."),
        (["list", "--limit", "many"], "'many'"),
        (["list", "--limit", "-1"], "--limit"),
        (["list", "--sort", "titel"], "Did you mean title?"),
        (["list", "--format", "tabel"], "Did you mean table?"),
        (["mark", "raed", "key"], "Did you mean read?"),
        (["mark", "read"], "--query"),
        (["mark"], "STATUS"),
        (["mark", "read", "key", "--query", "x"], "not both"),
        (["tag", "key"], "--add"),
        (["tag", "--add", "x"], "--query"),
        (["note", "key", "--text", "x", "--edit"], "not allowed"),
        (["rename-tag", "old"], "NEW"),
        (["undo", "everything"], "'everything'"),
        (["import"], "PATH"),
        (["import", "x.txt", "--format", "captrue"], "Did you mean capture?"),
        (["export"], "--format"),
        (["export", "--format", "bibtexx"], "Did you mean bibtex?"),
        (["list", "\x1b]52;c;AAAA\x07", "--\x1b]0;x\x07"], "has no option"),
    ],
)
def test_misuse_is_one_sentence_and_exit_2(shell: Shell, words: list[str], says: str) -> None:
    result = shell.run(*words)
    assert result.code == 2
    assert result.out == ""
    assert result.err.startswith("readinglist: ")
    assert result.err.count("\n") == 1
    assert says in result.err
    assert "\x1b" not in result.err
    assert not shell.library.exists()


@pytest.mark.parametrize("words", [[], ["demo"], ["--library", "x.sqlite3"]])
def test_the_app_without_a_terminal_says_what_to_use_instead(
    shell: Shell, words: list[str]
) -> None:
    result = shell.run(*words)
    assert result.code == 1
    assert result.out == ""
    assert "needs a terminal" in result.err
    assert result.err.count("\n") == 1


def test_library_is_accepted_before_and_after_the_command(filled: Shell) -> None:
    filled.library.rename(filled.folder / "moved.sqlite3")
    for words in (
        ["--library", "moved.sqlite3", "list", "--format", "keys"],
        ["--library=moved.sqlite3", "list", "--format", "keys"],
        ["list", "--format", "keys", "--library", "moved.sqlite3"],
        ["--library", "nowhere.sqlite3", "list", "--format", "keys", "--library=moved.sqlite3"],
    ):
        assert len(filled.ok(*words).lines) == 5
    assert not filled.library.exists()
    assert not (filled.folder / "nowhere.sqlite3").exists()


@pytest.mark.parametrize(
    "content", [b"", b"Dear diary\n" * 50, b"SQLite format 3\0", b"\x89PNG\r\n\x1a\n" + bytes(200)]
)
def test_a_file_that_is_not_a_library_is_refused_and_left_alone(
    shell: Shell, content: bytes
) -> None:
    path = shell.file("mine.db", content)
    for words in (["list"], ["import", "mine.db"], ["undo"]):
        result = shell.run("--library", "mine.db", *words)
        assert result.code == 1
        assert result.out == ""
        assert "mine.db" in result.err
        assert result.err.count("\n") == 1
    assert path.read_bytes() == content
    assert [entry.name for entry in shell.folder.iterdir()] == ["mine.db"]


def test_a_database_of_another_program_and_a_folder_are_refused(shell: Shell) -> None:
    import sqlite3

    other = shell.folder / "other.db"
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE recipe (name TEXT)")
    connection.commit()
    connection.close()
    before = other.read_bytes()
    for name in ("other.db", ".", "/dev/null"):
        result = shell.run("list", "--library", name)
        assert (result.code, result.out) == (1, "")
        assert result.err.count("\n") == 1
        assert "Traceback" not in result.err
    assert other.read_bytes() == before


def test_a_library_below_a_file_cannot_be_made(shell: Shell) -> None:
    shell.file("file", "text")
    for result in (
        shell.run("list", "--library", "file/papers.sqlite3"),
        shell.run("list", READINGLIST_LIBRARY="file/papers.sqlite3"),
    ):
        assert result.code == 1
        assert result.err.startswith("readinglist: ")
        assert result.err.count("\n") == 1


def test_a_home_of_nobody_is_a_name_like_any_other(shell: Shell) -> None:
    for words in ([], ["--library", "~nobody-here/x.sqlite3"]):
        result = shell.ok("list", *words, READINGLIST_LIBRARY="~nobody-here/x.sqlite3")
        assert "no library at ~nobody-here/x.sqlite3 yet" in result.err


def test_a_library_that_is_not_there_reads_as_empty_and_is_not_made(shell: Shell) -> None:
    assert shell.ok("list", "--format", "json").json == []
    assert shell.ok("tags", "--json").json == []
    assert shell.ok("export", "--format", "bibtex").out == ""
    assert "No paper has the key" in shell.run("mark", "read", "some-key").err
    assert shell.run("import", "missing.txt").code == 1
    assert "no library at" in shell.ok("history").err
    assert list(shell.folder.iterdir()) == []


def many(shell: Shell) -> None:
    """Fill a library whose listing is longer than a pipe holds."""
    titles = [
        f"The {n}th Study of Glaciers, and of the Many Words that They Inspire" for n in range(1500)
    ]
    text = " The ice moved a little every year, and it was measured with great care by everyone."
    lines = [
        line for n, title in enumerate(titles) for line in (title, f"Study {n} is ours.{text * 2}")
    ]
    shell.file("many.txt", "\n".join(lines))
    shell.ok("import", "many.txt", "--format", "capture")


def test_a_closed_pipe_is_not_an_error(shell: Shell) -> None:
    many(shell)
    for words in (
        ["list"],
        ["list", "--format", "json"],
        ["export", "--format", "jsonl"],
        ["list", "--help"],
    ):
        process = subprocess.Popen(
            [*PROGRAM, *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=shell.folder,
            env=shell.env,
        )
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(1)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(30) == 0
        process.stderr.close()


@pytest.mark.parametrize(
    "words",
    [
        "list",
        "list --format json",
        "show --query cups",
        "export --format bibtex",
        "export --help",
        "--version",
        "stats",
        "dump",
    ],
)
@pytest.mark.parametrize("to", [">&-", ">/dev/full"])
def test_output_that_goes_nowhere_is_a_failure(filled: Shell, words: str, to: str) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here to stand in for a full disk")
    line = f"{' '.join(PROGRAM)} {words} {to}"
    done = subprocess.run(["/bin/sh", "-c", line], capture_output=True, env=filled.env, check=False)
    reason = "standard output is closed" if to == ">&-" else "No space left on device"
    assert (done.returncode, done.stderr.decode()) == (
        1,
        f"readinglist: Could not finish: {reason}.\n",
    )


def test_what_has_no_output_needs_none(filled: Shell) -> None:
    line = f"{' '.join(PROGRAM)} export --format bibtex -o refs.bib >&-"
    done = subprocess.run(
        ["/bin/sh", "-c", line], capture_output=True, env=filled.env, cwd=filled.folder, check=False
    )
    assert (done.returncode, done.stderr) == (
        0,
        b"Exported 5 papers to refs.bib.\nAll 5 have no author or no year.\n",
    )


def test_remarks_that_cannot_be_kept_do_not_stop_the_work(shell: Shell) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here to stand in for a full disk")
    shell.file("cut.txt", capture(PAPERS) + "A Title whose Abstract Never Came\n")
    shell.file("whole.txt", capture({"A Last Title": "An abstract that is long enough to be one."}))
    command = f"{' '.join(PROGRAM)} import cut.txt whole.txt 2>/dev/full"
    done = subprocess.run(["/bin/sh", "-c", command], cwd=shell.folder, env=shell.env, check=False)
    assert done.returncode == 0
    assert len(shell.keys()) == len(PAPERS) + 1


def test_any_locale_prints_any_title(filled: Shell) -> None:
    for env in ({"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}):
        assert "雪崩予測" in filled.ok("list", **env).out
        assert any(
            "雪崩予測" in paper["title"]
            for paper in filled.ok("list", "--format", "json", **env).json
        )


def test_colour_only_on_a_terminal_that_wants_it(filled: Shell) -> None:
    assert "\x1b" not in filled.ok("list").out
    coloured = filled.in_terminal("list")
    assert re.search(r"\x1b\[[0-9;]+m", coloured)
    assert not re.sub(r"\x1b\[[0-9;]*m", "", coloured).count("\x1b")
    plain = filled.in_terminal("list", NO_COLOR="1")
    assert "\x1b" not in plain
    assert "[/red] [@click=app.quit]x[/]" in plain


def test_an_interrupt_ends_quietly(shell: Shell) -> None:
    program = (
        "import sys\nfrom readinglist import cli\nfrom readinglist.cli import arguments\n"
        "def interrupted(argv): raise KeyboardInterrupt\n"
        "arguments.parse = interrupted\nsys.exit(cli.main(['list']))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, env=shell.env)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")
