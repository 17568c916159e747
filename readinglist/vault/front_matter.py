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

    def remarks(self) -> list[str]:
        """The remarks among its lines; one that has a line to itself stays as it is."""
        found = [(line, yaml_text.parted(line)[1]) for line in self.lines]
        return [
            line if line.lstrip().startswith("#") else f"  {remark}"
            for line, remark in found
            if remark
        ]


class Matter(NamedTuple):
    """A note's front matter between the lines that mark it."""

    blocks: list[Block]
    begin: str = _BEGIN
    end: str = _BEGIN


def begins(lines: list[str]) -> bool:
    """Whether lines begin with front matter."""
    return lines[0].rstrip() == _BEGIN


def split(lines: list[str]) -> tuple[Matter, list[str]] | None:
    """A note's front matter, and the lines behind it; None if it has none."""
    if not begins(lines):
        return None
    end = next((at for at, line in enumerate(lines) if at and line.rstrip() in _ENDS), None)
    if end is None:
        return None
    return Matter(_blocks(lines[1:end]), lines[0], lines[end]), lines[end + 1 :]


def _blocks(lines: list[str]) -> list[Block]:
    blocks: list[Block] = []
    for line in lines:
        if found := _KEY.match(line):
            blocks.append(Block(found["name"].strip("\"'"), [line]))
        elif line[:1] in (" ", "\t", "-") and line.strip():
            _go_on(blocks, line)
        else:
            blocks.append(Block("", [line]))
    return blocks


def _go_on(blocks: list[Block], line: str) -> None:
    """Give a line to the field before it, and with it what stands between: blank lines, remarks."""
    between: list[str] = []
    while blocks and not blocks[-1].name and blocks[-1].lines[0].lstrip()[:1] in ("", "#"):
        between = [*blocks.pop().lines, *between]
    if blocks and blocks[-1].name:
        blocks[-1].lines.extend([*between, line])
    else:
        blocks += [Block("", [each]) for each in (*between, line)]


def first_text(matter: Matter, name: str) -> str:
    """The text of a field; empty if there is none, or it is no mere text."""
    found = next((block for block in matter.blocks if block.name == name), None)
    values = yaml_text.texts(found.value_lines()) if found else None
    return values[0] if values else ""


def replaced(matter: Matter, fields: dict[str, list[str] | None]) -> list[str]:
    """The lines with these fields as they are now; None takes one away, remarks stay."""
    left = dict(fields)
    lines: list[str] = []
    place = 0
    for block in matter.blocks:
        if block.name in fields:
            lines += left.pop(block.name, None) or []
            lines += block.remarks()
            place = len(lines)
        else:
            lines += block.lines
    place = place or len(lines)
    added = [line for field in left.values() for line in field or ()]
    return [matter.begin, *lines[:place], *added, *lines[place:], matter.end]
