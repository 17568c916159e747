"""Completion in the shells themselves: bash, and zsh and fish where they are installed."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.cli.shell_words import read_line, spelt
from tests.cli.conftest import Shell

ODD = [
    "to cite",
    'say "hi"',
    "it's",
    "a:b",
    "$(touch pwned)",
    "`touch pwned`",
    "rl/offline",
    "*",
    "é",
]
BREAKS = " \t\n\"'><=;|&(:"
# `__complete` is asked for what bash would show after Tab at the end of a line.
_ASK = r"""
eval "$(readinglist completion bash)"
COMP_LINE="$1"; COMP_POINT=${#COMP_LINE}; COMP_WORDS=(readinglist)
_readinglist
printf '%s\n' "${COMPREPLY[@]}"
"""


@pytest.fixture
def tagged(filled: Shell) -> Shell:
    """A shell with our program on its path, and tags that could mislead it."""
    key = filled.keys()[0]
    filled.ok("tag", key, *(word for tag in ODD for word in ("--add", tag)))
    program = filled.file(
        "bin/readinglist", f'#!/bin/sh\nexec {sys.executable} -m readinglist "$@"\n'
    )
    program.chmod(0o755)
    filled.env["PATH"] = f"{program.parent}:{os.environ['PATH']}"
    filled.env["PYTHONPATH"] = os.pathsep.join(sys.path)
    return filled


def in_bash(shell: Shell, line: str) -> list[str]:
    done = subprocess.run(
        ["bash", "--norc", "-c", _ASK, "bash", line],
        cwd=shell.folder, env=shell.env, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("readinglist ren", ["rename-tag"]),
        ("readinglist mark to", ["to-read"]),
        ("readinglist list --sor", ["--sort"]),
        ("readinglist list --sort ye", ["year"]),
        ("readinglist list --sort=ye", ["year"]),
        ("readinglist export --format bibt", ["bibtex"]),
        ("readinglist show spars", ["sparse-attention-keeps-62a5ff"]),
        ("readinglist mark read spars", ["sparse-attention-keeps-62a5ff"]),
        ("readinglist tag spars --add rl", ["rl/offline"]),
        ("readinglist tag spars --add 'to", ["to cite"]),
        ('readinglist tag spars --add "say', [r"say \"hi\""]),
        ("readinglist tag spars --add say", [r"say\ \"hi\""]),
        ("readinglist list stat", ["status:"]),
        ("readinglist list status:to", ["to-read"]),
        ("readinglist list 'status:to", ["status:to-read"]),
        ("readinglist list tag:rl", ["rl/offline", r"rl/\*"]),
        ("readinglist completion fi", ["fish"]),
        ("readinglist nonsense ", [""]),
        ("readinglist list --library ", [""]),
    ],
)
def test_bash_is_offered(tagged: Shell, line: str, offered: list[str]) -> None:
    answer = in_bash(tagged, line)
    assert [re.sub("[0-9a-f]{6}$", "62a5ff", one) for one in answer] == offered


@pytest.mark.parametrize("quote", ["", '"', "'"])
def test_odd_tags_come_back_from_bash_as_they_are(tagged: Shell, quote: str) -> None:
    offered = in_bash(tagged, f"readinglist tag key --remove {quote}")
    assert len(offered) == len(ODD)
    words = " ".join(f"{quote}{one}{quote}" for one in offered)
    read = subprocess.run(
        ["bash", "-c", f"printf '%s\\n' {words}"],
        cwd=tagged.folder, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert sorted(read.stdout.splitlines()) == sorted(ODD)
    assert not (tagged.folder / "pwned").exists()


def test_another_library_is_asked_when_the_line_names_one(tagged: Shell) -> None:
    assert in_bash(tagged, "readinglist --library none.sqlite3 tag key --add rl") == [""]
    line = f"readinglist --library {tagged.library} tag key --add rl"
    assert in_bash(tagged, line) == ["rl/offline"]


def test_a_library_is_only_looked_at(shell: Shell) -> None:
    broken = shell.file("broken.sqlite3", b"SQLite format 3\0 and no more")
    before = broken.read_bytes()
    asked = shell.ok("__complete", "words", "--library", "broken.sqlite3", "show", "a")
    assert asked.out == "words\n"
    assert asked.err == ""
    assert broken.read_bytes() == before
    shell.ok("__complete", "words", "show", "a")
    assert not shell.library.exists()


def typed_into(program: list[str], shell: Shell, setup: str, line: str) -> str:
    """What a shell in a terminal shows after a line and Tab."""
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        program, stdin=follower, stdout=follower, stderr=follower, cwd=shell.folder,
        env=shell.env | {"TERM": "dumb", "COLUMNS": "200", "LINES": "50"}, start_new_session=True,
    )  # fmt: skip
    os.close(follower)
    try:
        os.write(leader, f"{setup}; printf 'READY%s\\n' 2\r".encode())
        _until(leader, "READY2")
        os.write(leader, f"{line}\t".encode())
        time.sleep(0.2)  # a shell that reads no more would take the Return for part of the line
        _until(leader, "", quiet=3.0)
        os.write(leader, b"\r")
        return _until(leader, "ARGS", quiet=3.0)
    finally:
        process.kill()
        process.wait()
        os.close(leader)


def _until(leader: int, mark: str, quiet: float = 20.0) -> str:
    """All that comes until a mark has come, or nothing more does."""
    read = ""
    while select.select([leader], [], [], quiet)[0]:
        read += os.read(leader, 65536).decode(errors="replace")
        if mark and mark in read:
            quiet = 0.3  # and what belongs to it
    return read


SHELLS = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], 'eval "$(readinglist completion bash)"'),
    "zsh": (
        ["zsh", "-f", "-i"],
        'autoload -Uz compinit; compinit -u -D; eval "$(readinglist completion zsh)"',
    ),
}


@pytest.mark.parametrize("name", SHELLS)
@pytest.mark.parametrize(
    ("begun", "expected"),
    [
        ("mark to", "mark|to-read"),
        ("tag key --remove it", "tag|key|--remove|it's"),
        ("tag key --remove to", "tag|key|--remove|to cite"),
        ("tag key --remove \\$", "tag|key|--remove|$(touch pwned)"),
        ("list status:to", "list|status:to-read"),
    ],
)
def test_tab_in_a_real_shell_completes_the_word(
    tagged: Shell, name: str, begun: str, expected: str
) -> None:
    program, setup = SHELLS[name]
    if shutil.which(program[0]) is None:
        pytest.skip(f"{name} is not installed")
    real = tagged.folder / "bin" / "real"
    (tagged.folder / "bin" / "readinglist").rename(real)
    shown = 'case "$1" in __complete|completion) exec real "$@";; esac; IFS="|"; echo "ARGS=$*="'
    tagged.file("bin/readinglist", f"#!/bin/sh\n{shown}\n").chmod(0o755)
    answer = typed_into(program, tagged, setup, f"readinglist {begun}")
    assert f"ARGS={expected}=" in answer.replace("\x1b[?2004l", ""), answer
    assert not (tagged.folder / "pwned").exists()


@pytest.mark.skipif(shutil.which("fish") is None, reason="fish is not installed")
@pytest.mark.parametrize(
    ("begun", "whole"),
    [
        ("mark to", "to-read"),
        ("tag key --remove it", "it's"),
        ("tag key --remove to", "to cite"),
        ("tag key --remove 'to", "to cite"),
        ("tag key --remove \\$", "$(touch pwned)"),
        ("list status:to", "status:to-read"),
    ],
)
def test_fish_offers_the_word(tagged: Shell, begun: str, whole: str) -> None:
    ask = 'readinglist completion fish | source; complete --do-complete "$argv"'
    done = subprocess.run(
        ["fish", "--no-config", "-c", ask, "--", f"readinglist {begun}"],
        cwd=tagged.folder, env=tagged.env, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    offered = [line.partition("\t")[0] for line in done.stdout.splitlines()]
    assert whole in [one.replace("\\", "").strip("'\"") for one in offered]
    assert not (tagged.folder / "pwned").exists()


@given(st.text(alphabet=" ab\"'\\$`:=é", max_size=12), st.sampled_from(["", '"', "'"]))
def test_what_is_spelt_is_read_back(value: str, quote: str) -> None:
    line = read_line(f"readinglist {quote}{spelt(value, quote)}", BREAKS)
    assert (line.current, line.quote) == (value, quote)
    assert 0 <= line.kept <= len(value)


@given(st.text())
def test_any_half_typed_line_is_read(text: str) -> None:
    line = read_line(text, BREAKS)
    assert 0 <= line.kept <= len(line.current)


def test_nothing_heavy_is_loaded_to_answer(filled: Shell) -> None:
    for words in (["mark", "to"], ["show", "spars"], ["list", "tag:r"]):
        code, heavy = filled.loaded_by("__complete", "words", *words)
        assert code == 0
        assert heavy <= {"sqlite3"}
    assert Path(filled.library).exists()
