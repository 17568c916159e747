"""What can be chosen of an export beside its format: each option in one place."""

from __future__ import annotations

from typing import Final, NamedTuple


class Option(NamedTuple):
    """A keyword that some writers take: one of `choices`, the first by default, else on or off."""

    name: str
    label: str
    help: str
    choices: tuple[str, ...] = ()

    @property
    def flag(self) -> str:
        """How the command line calls it."""
        return f"--{self.name.replace('_', '-')}"


GROUP_BY: Final = Option(
    "group_by", "Groups", "give each status or tag a heading", ("status", "tag", "none")
)
ABSTRACTS: Final = Option("abstracts", "Abstracts", "put each abstract under its paper")
EXCEL: Final = Option(
    "excel", "For Excel", "keep spreadsheets from taking a cell for a formula, or UTF-8 for Latin-1"
)
OPTIONS: Final = (GROUP_BY, ABSTRACTS, EXCEL)
