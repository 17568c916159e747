"""What the app shows, or did last, as a line for a shell."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence
from pathlib import Path

from readinglist.paths import library_path
from readinglist.records import Sort


def shell_line(library: Path, words: Sequence[str]) -> str:
    """The program with these words, each quoted where a shell would take it apart."""
    named = [] if library == library_path() else ["--library", str(library)]
    return shlex.join(["readinglist", *named, *words])


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
