"""JSON Lines: each paper as the command line's JSON contract shows it, one a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from typing import Any, Final

from readinglist.formats.decoding import PILE, decode_line
from readinglist.formats.lines import Block, Losses, Part, blocks, shown
from readinglist.formats.members import Unfit, is_csl, record_of
from readinglist.formats.refusing import LONGEST_LINE
from readinglist.records import Entry, Problem, Reading, Record
from readinglist.stopping import checkpoint
from readinglist.text import piles_of_marks

KIND: Final = "jsonl"

# A line with something in it, from there on.
_LINE: Final = re.compile(r"(?P<line>(?P<begin>[^\s\ufeff])[^\r\n]*)")
SURROGATE: Final = re.compile("[\ud800-\udfff]")
_TRIED: Final = 10  # lines: that many may be damaged where the first papers should be
_LONG_PART: Final = 64  # characters around the place of an error


def write(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield one line per paper; a lone surrogate, which UTF-8 cannot carry, is escaped."""
    for entry in entries:
        line = json.dumps(entry.to_json(), ensure_ascii=False)
        yield SURROGATE.sub(lambda match: f"\\u{ord(match.group()):04x}", line) + "\n"


def looks_like(text: str) -> bool:
    """Whether one of the first lines is an object with a title."""
    for found in islice(_LINE.finditer(text), _TRIED):
        if found["begin"] != "{":
            return False
        with suppress(Unfit):
            members = _parse(found["line"])
            if isinstance(members.get("title"), str):
                return not is_csl(members)
    return False


def read(text: str) -> Reading:
    """Read a whole document."""
    problems = Losses()
    records: list[Record] = []
    for block in blocks([text.encode("utf-8", "surrogatepass")]):
        part = read_block(block)
        records += part.records
        problems.note(each for each in part.problems if each.reason != PILE)  # told before
    return Reading(KIND, records, problems)


def read_block(block: Block) -> Part:
    """Read some lines of a document in UTF-8."""
    records: list[Record] = []
    problems: list[Problem] = []
    for number, raw in enumerate(block.lines, start=block.first):
        checkpoint()
        if not raw or raw.isspace():
            continue
        line, damage = _decoded(raw)
        try:
            if number in block.cut:
                raise Unfit(f"is longer than {LONGEST_LINE >> 20} MB")
            records.append(record_of(_parse(line), number))
        except Unfit as error:
            damage = str(error)
        if damage:
            problems.append(Problem(number, damage, shown(line)))
    return Part(records, problems)


def _decoded(raw: bytes) -> tuple[str, str]:
    """A line's text, and what was wrong with its characters."""
    try:
        line = raw.decode()
    except UnicodeDecodeError:
        return decode_line(raw)
    if line.isascii():
        return line, ""
    return line, PILE if any(piles_of_marks(line)) else ""


def _not_json(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


_DECODER: Final = json.JSONDecoder(parse_constant=_not_json)


def _parse(line: str) -> dict[str, Any]:
    """The members of a line; `Unfit` says why it has none."""
    try:
        found = _DECODER.decode(line)
    except json.JSONDecodeError as error:
        place = f"at character {error.colno}" if len(line) > _LONG_PART else ""
        raise Unfit(f"is no JSON: {error.msg} {place}".rstrip()) from error
    except RecursionError as error:
        raise Unfit("is nested too deeply") from error
    except ValueError as error:  # a number too long for Python, or none in JSON
        reason = str(error) if str(error).endswith("JSON") else "a number is too long"
        raise Unfit(f"cannot be read: {reason}") from error
    if not isinstance(found, dict):
        raise Unfit("is no JSON object")
    return found
