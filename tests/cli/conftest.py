"""The program as a user's shell runs it: a process of its own, and a home of its own."""

from __future__ import annotations

import json
import os
import pty
import select
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

PROGRAM = [sys.executable, "-m", "readinglist"]

# Runs one command and tells which heavy packages it has loaded.
_WATCH = """
import sys
from readinglist.cli import main
code = main(sys.argv[1:])
loaded = {name.partition(".")[0] for name in sys.modules}
heavy = loaded & {"textual", "rich", "sqlmodel", "sqlalchemy", "pydantic", "sqlite3"}
print(code, *sorted(heavy), file=sys.stderr)
"""

# Titles that a reader must survive, and words that a search must find.
PAPERS = {
    "Diffusion Models for Weather over the Alps": (
        "We train a generative model that turns coarse forecasts into fine ones. It was compared "
        "with three older methods over two winters, and it lost to none of them."
    ),
    "Sparse Attention Keeps Long Documents Short": (
        "Most pairs of words in a long document have nothing to say to each other. This work lets "
        "a transformer skip them, and it reads a whole book in the memory of a chapter."
    ),
    "[/red] [@click=app.quit]x[/] \x1b]52;c;AAAA\x07 A Hostile Title": (
        "Whatever a listing puts into a title has to be shown as it is and must not be obeyed. "
        "This abstract belongs to a paper whose title tries to steer a terminal."
    ),
    "Learning to Grasp: What Robots Know about Cups": (
        "A robot that has lifted ten thousand cups still drops the first teapot. We describe how "
        "a shared representation of handles helps it to pick up what it has never seen."
    ),
    "雪崩予測のための深層学習と A Very Wide Title": (
        "Avalanches are rare, so there is little to learn from. The paper borrows data from "
        "neighbouring slopes and reports how far such loans can be trusted in spring."
    ),
}


def capture(papers: dict[str, str]) -> str:
    """A capture in the compact layout."""
    pairs = [line for pair in papers.items() for line in pair]
    return (
        "\n".join(
            [
                "Get trending papers in your email inbox once a day!",
                "Get trending papers in your email inbox!",
            ]
        )
        + "\nSubscribe"
        + "\n".join(pairs)
        + "\n"
    )


@dataclass
class Result:
    """What a process left: its exit code, and its two outputs as text."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    @property
    def json(self) -> Any:  # whatever the program printed
        return json.loads(self.out)


class Shell:
    """Runs the program in an environment that knows nothing of the developer's."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.library = folder / "data" / "papers.sqlite3"
        self.env = {
            "PATH": os.environ["PATH"],
            "READINGLIST_LIBRARY": str(self.library),
            "LANG": "C.UTF-8",
            **dict.fromkeys(
                ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "TMPDIR"),
                str(folder),
            ),
        }

    def run(self, *words: str, stdin: str | bytes = "", **env: str) -> Result:
        """Run one command to its end, with `stdin` piped into it."""
        raw = stdin.encode() if isinstance(stdin, str) else stdin
        done = subprocess.run(
            [*PROGRAM, *words],
            input=raw,
            capture_output=True,
            cwd=self.folder,
            env=self.env | env,
            timeout=60,
        )
        return Result(done.returncode, done.stdout.decode(), done.stderr.decode())

    def ok(self, *words: str, stdin: str | bytes = "", **env: str) -> Result:
        """Run one command that must succeed."""
        result = self.run(*words, stdin=stdin, **env)
        assert result.code == 0, result.err
        return result

    def papers(self, *words: str) -> list[dict[str, Any]]:
        """The papers that `list` prints for these words."""
        found: list[dict[str, Any]] = self.ok("list", "--format", "json", *words).json
        return found

    def keys(self, *words: str) -> list[str]:
        """The keys of those papers."""
        return [paper["key"] for paper in self.papers(*words)]

    def file(self, name: str, content: str | bytes) -> Path:
        """Write a file in the folder that the program runs in."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def loaded_by(self, *words: str) -> tuple[int, set[str]]:
        """The exit code of one command, and which heavy packages it loaded."""
        done = subprocess.run(
            [sys.executable, "-c", _WATCH, *words],
            capture_output=True,
            text=True,
            cwd=self.folder,
            env=self.env,
            stdin=subprocess.DEVNULL,
        )
        code, *heavy = done.stderr.splitlines()[-1].split()
        return int(code), set(heavy)

    def in_terminal(self, *words: str, **env: str) -> str:
        """All that a command writes to a terminal of 80 columns, both outputs together."""
        leader, follower = pty.openpty()
        process = subprocess.Popen(
            [*PROGRAM, *words],
            stdin=follower,
            stdout=follower,
            stderr=follower,
            cwd=self.folder,
            env=self.env | {"COLUMNS": "80", "TERM": "xterm"} | env,
        )
        os.close(follower)
        written = b""
        while select.select([leader], [], [], 30)[0]:
            try:
                piece = os.read(leader, 65536)
            except OSError:  # Linux's way to say that the last writer has gone
                break
            if not piece:
                break
            written += piece
        os.close(leader)
        assert process.wait(30) == 0
        return written.decode().replace("\r\n", "\n")


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """A shell without a library yet."""
    return Shell(tmp_path)


@pytest.fixture(scope="session")
def _filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    shell = Shell(tmp_path_factory.mktemp("filled"))
    shell.file("capture.txt", capture(PAPERS))
    shell.ok("import", "capture.txt")
    return shell.library.parent


@pytest.fixture
def filled(shell: Shell, _filled: Path) -> Shell:
    """A shell with a library of the papers above, all in the inbox."""
    shutil.copytree(_filled, shell.library.parent)
    return shell
