"""What a lookup sends to whom, told before it is sent, in full the first time."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from readinglist.lookup.address import Address
from readinglist.lookup.provider import Provider
from readinglist.lookup.settings import LookupSettings

_TOLD: Final = "told"
_NAMES: Final = {"arxiv": "arXiv id", "doi": "DOI"}


def what_is_sent(provider: Provider, settings: LookupSettings, papers: str) -> str:
    """Who is told what, in a sentence or two; `papers` says how many, as in "1 paper"."""
    names = " or ".join(_NAMES[kind] for kind in provider.direct)
    also = []
    access = settings.access(provider)
    if access.key:
        also.append("your key")
    if access.mailto and provider.mailed:
        also.append("your address")
    with_it = f", with {' and '.join(also)}" if also else ""
    where = settings.address(provider).shown
    return (
        f"{papers[:1].upper()}{papers[1:]} {'is' if papers == '1 paper' else 'are'} looked up at "
        f"{provider.label}: the title, or the {names} where it is known, "
        f"goes to {where}{with_it}. Nothing else does: no note, no tag, no file."
    )


def is_told(folder: Path | None, address: Address) -> bool:
    """Whether the user has been told what goes to this address."""
    if folder is None:
        return False
    try:
        return address.shown in (folder / _TOLD).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return False


def remember(folder: Path | None, address: Address) -> None:
    """Note that the user has been told; where that cannot be, it will be told again."""
    if folder is None or is_told(folder, address):
        return
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
        with os.fdopen(os.open(folder / _TOLD, flags, 0o600), "w", encoding="utf-8") as file:
            file.write(f"{address.shown}\n")
