"""What the app shows, or did last, as a line for a shell."""

from __future__ import annotations

import shlex
import shutil
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from readinglist.paths import library_path
from readinglist.records import Sort

_NAME = "readinglist"


def shell_line(library: Path, words: Sequence[str]) -> str:
    """The program with these words, each quoted where a shell would take it apart."""
    named = [] if library == library_path() else ["--library", str(library)]
    return shlex.join([*_program(), *named, *words])


def _program() -> list[str]:
    """How the shell finds the program: by its name, if it is where programs are; else as here."""
    if shutil.which(_NAME):
        return [_NAME]
    started = Path(sys.argv[0])
    return [str(started.absolute())] if started.stem == _NAME else [sys.executable, "-m", _NAME]


def listing(query: str, sort: Sort | None, reverse: bool) -> list[str]:
    """The words that list what a query finds."""
    order = ["--sort", str(sort)] if sort else []
    words = ["list", *order, *(["--reverse"] if reverse else [])]
    if not query:
        return words
    return [*words, *(["--"] if query.startswith("-") else []), query]


def tagging(add: Iterable[str], remove: Iterable[str]) -> tuple[str, ...]:
    """The words that tag papers, without their keys."""
    return ("tag", *(f"--add={tag}" for tag in add), *(f"--remove={tag}" for tag in remove))
