"""What a lookup sends to whom, told before it is sent, in full the first time."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from readinglist.lookup.provider import Provider
from readinglist.lookup.settings import LookupSettings

_TOLD: Final = "told"
_NAMES: Final = {"arxiv": "arXiv id", "doi": "DOI"}


def what_is_sent(provider: Provider, settings: LookupSettings, papers: str) -> str:
    """Who is told what, in a sentence or two; `papers` says how many, as in "1 paper"."""
    names = " or ".join(_NAMES[kind] for kind in provider.direct)
    where = settings.address(provider).shown
    return (
        f"{papers[:1].upper()}{papers[1:]} {'is' if papers == '1 paper' else 'are'} looked up at "
        f"{provider.label}: the title, or the {names} where it is known, goes to "
        f"{where}{with_it(provider, settings)}. "
        "Nothing else does: no note, no tag, no file."
    )


def with_it(provider: Provider, settings: LookupSettings) -> str:
    """What goes along beside the questions, as the end of a sentence about them."""
    also = _also_sent(provider, settings)
    return f", with {' and '.join(also)}" if also else ""


def _also_sent(provider: Provider, settings: LookupSettings) -> list[str]:
    access = settings.access(provider)
    also = ["your key"] if access.key else []
    return also + (["your e-mail address"] if access.mailto and provider.mailed else [])


def is_told(folder: Path | None, provider: Provider, settings: LookupSettings) -> bool:
    """Whether the user has been told what goes to this provider, and where that is."""
    if folder is None:
        return False
    try:
        lines = (folder / _TOLD).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return False
    return _line(provider, settings) in lines


def remember(folder: Path | None, provider: Provider, settings: LookupSettings) -> None:
    """Note that the user has been told; where that cannot be, it will be told again."""
    if folder is None or is_told(folder, provider, settings):
        return
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
        with os.fdopen(os.open(folder / _TOLD, flags, 0o600), "w", encoding="utf-8") as file:
            file.write(f"{_line(provider, settings)}\n")


def _line(provider: Provider, settings: LookupSettings) -> str:
    """What is told, in short: who gets it, where, and whether a key or an address goes along."""
    where = settings.address(provider).shown
    return ", ".join((f"{provider.name} {where}", *_also_sent(provider, settings)))
