"""The bundled sample: two captures of well-known papers, summarised in our own words."""

from __future__ import annotations

from importlib.resources import files

_NAMES = ("trending.txt", "similar.txt")


def captures() -> list[tuple[str, str]]:
    """Name and text of each bundled capture, in the order a researcher would have saved them."""
    return [(name, files(__name__).joinpath(name).read_text(encoding="utf-8")) for name in _NAMES]
