"""Works that nobody wrote: titles, abstracts and a word that makes each of them another work."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple


class Work(NamedTuple):
    """A work; `short` is what it is about, and `swap` a word of its title and another."""

    title: str
    abstract: str
    short: str
    swap: tuple[str, str]


def _read() -> tuple[Work, ...]:
    text = Path(__file__).with_name("works.toml").read_text(encoding="utf-8")
    return tuple(
        Work(row["title"], " ".join(row["abstract"].split()), row["short"], tuple(row["swap"]))
        for row in tomllib.loads(text)["work"]
    )


WORKS = _read()
