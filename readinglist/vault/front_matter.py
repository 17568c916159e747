"""A note's front matter: fields by their names, and every other line as it stands."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from readinglist.formats import yaml_text

_KEY: Final = re.compile(
    r"""(?P<name>[^\s#:'"\[\]{}&*!|>%@`,-][^:#]*?|"[^"]*"|'[^']*')\s*:(?=\s|$)"""
)
_BEGIN: Final = "---"
_ENDS: Final = ("---", "...")


class Block(NamedTuple):
    """Lines that belong together: a field with all of its value, or what stands between two."""

    name: str
    lines: list[str]

    def value_lines(self) -> list[str]:
        """Its lines from behind the colon on."""
        found = _KEY.match(self.lines[0])
        return [self.lines[0][found.end() :] if found else "", *self.lines[1:]]

    def comments(self) -> list[str]:
        """The remarks among its lines."""
        found = [yaml_text.parted(line)[1] for line in self.lines]
        return [f"  {remark}" for remark in found if remark]


def split(lines: list[str]) -> tuple[list[Block], list[str]] | None:
    """The blocks of a note's front matter, and the lines behind it; None if it has none."""
    if not lines or lines[0].rstrip() != _BEGIN:
        return None
    end = next((at for at, line in enumerate(lines) if at and line.rstrip() in _ENDS), None)
    return None if end is None else (_blocks(lines[1:end]), lines[end + 1 :])


def _blocks(lines: list[str]) -> list[Block]:
    blocks: list[Block] = []
    for line in lines:
        if found := _KEY.match(line):
            blocks.append(Block(found["name"].strip("\"'"), [line]))
        elif blocks and blocks[-1].name and (line[:1] in (" ", "\t", "-")):
            blocks[-1].lines.append(line)
        else:
            blocks.append(Block("", [line]))
    return blocks


def first_text(blocks: list[Block], name: str) -> str:
    """The text of a field; empty if there is none, or it is no mere text."""
    found = next((block for block in blocks if block.name == name), None)
    values = yaml_text.texts(found.value_lines()) if found else None
    return values[0] if values else ""


def replaced(blocks: list[Block], fields: dict[str, list[str] | None]) -> list[str]:
    """The lines with these fields as they are now; None takes one away, remarks stay."""
    left = dict(fields)
    lines: list[str] = []
    place = 0
    for block in blocks:
        if block.name in fields:
            lines += left.pop(block.name, None) or []
            lines += block.comments()
            place = len(lines)
        else:
            lines += block.lines
    place = place or len(lines)
    added = [line for field in left.values() for line in field or ()]
    return [_BEGIN, *lines[:place], *added, *lines[place:], _BEGIN]
