"""Places in a text that lead somewhere when they are clicked."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, NamedTuple

from textual.content import Content
from textual.style import Style

_META = "lead"


class Kind(StrEnum):
    """Where a place leads: to a web page, to a paper by its id or its key, to papers with a tag."""

    LINK = "link"
    PAPER = "paper"
    KEY = "key"
    TAG = "tag"


class Lead(NamedTuple):
    """Where one place leads."""

    kind: Kind
    to: str | int


def leading(
    text: Content, kind: Kind, to: str | int, start: int = 0, stop: int | None = None
) -> Content:
    """The text, of which a part leads somewhere."""
    return text.stylize(Style.from_meta({_META: (str(kind), to)}), start, stop)


def lead_of(meta: dict[str, Any]) -> Lead | None:
    """Where the place with this style leads, if it does."""
    found = meta.get(_META)
    return Lead(Kind(found[0]), found[1]) if found else None
