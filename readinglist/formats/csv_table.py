"""CSV: one paper a row, for spreadsheets and scripts (RFC 4180), and read back from there."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from readinglist.formats.lines import Losses, shown
from readinglist.formats.members import Unfit, record_of
from readinglist.formats.refusing import LARGEST
from readinglist.records import Entry, Problem, Reading, Record
from readinglist.stopping import checkpoint

KIND: Final = "csv"

_COLUMNS: Final = (
    *("key", "title", "authors", "year", "venue", "doi", "arxiv_id", "urls", "status", "starred"),
    *("tags", "note", "abstract", "added", "sources", "aliases", "details"),
)
_SEPARATOR: Final = "; "
# What the columns of other programs' tables tell, by their names in lower case.
_OTHERS: Final = {
    "publication year": "year",
    "author": "authors",
    "publication title": "venue",
    "source title": "venue",
    "journal": "venue",
    "url": "urls",
    "link": "urls",
    "abstract note": "abstract",
    "manual tags": "tags",
    "keywords": "tags",
    "author keywords": "tags",
    "notes": "note",
}
_LISTS: Final = frozenset(("authors", "urls", "tags", "sources", "aliases"))
_FORMULA: Final = tuple("=+-@\t\r\n")
_YES: Final = {"true": True, "false": False}
_HEAD: Final = 4_000  # characters
_MARK: Final = "\ufeff"
_SEPARATED: Final = re.compile(r";\s*")


def write(entries: Iterable[Entry], *, excel: bool = False) -> Iterator[str]:
    """Yield a row with the columns' names, then one per paper.

    Lists are separated by semicolons; a text in one that has a semicolon itself makes it JSON. For
    `excel`, a mark says that it is UTF-8, and an apostrophe stands before what would be a formula.
    """
    yield (_MARK if excel else "") + _row(_COLUMNS, excel=excel)
    for entry in entries:
        members = entry.to_json()
        yield _row([_cell(members[name]) for name in _COLUMNS], excel=excel)


def looks_like(text: str) -> bool:
    """Whether the first row names a column for titles, and others that are known."""
    first = next(_rows(text[:_HEAD].lstrip().split("\n", 1)[0]), None)
    known = list(filter(None, map(_column, first[1]))) if first else []
    return "title" in known and len(known) > 1


def read(text: str) -> Reading:
    """Read a whole document; a row that is no paper is a problem with its line."""
    records: list[Record] = []
    problems = Losses()
    rows = _rows(text)
    names = [_column(cell) for cell in next(rows, (1, [""]))[1]]
    if "title" not in names:
        return Reading(KIND, [], [Problem(1, "names no column for titles", shown(text[:200]))])
    for line, cells in rows:
        checkpoint()
        if not any(cells):
            continue
        try:
            if len(cells) > len(names) and any(cells[len(names) :]):
                raise Unfit("has more cells than there are columns")
            records.append(record_of(_members(names, cells), line))
        except Unfit as error:
            problems.note([Problem(line, str(error), shown(",".join(cells)))])
    return Reading(KIND, records, problems)


# Writing


def _row(cells: Iterable[str], *, excel: bool) -> str:
    row = io.StringIO()
    writer = csv.writer(row, lineterminator="\r\n")
    writer.writerow([_harmless(cell) for cell in cells] if excel else list(cells))
    return row.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _cell(value: Any) -> str:  # a member of the JSON contract
    if isinstance(value, list):
        plain = not any(";" in each or each.startswith("[") for each in value)
        return _SEPARATOR.join(value) if plain else json.dumps(value, ensure_ascii=False)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False) if value else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


# Reading


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows, each with the 1-based line on which it begins."""
    text = text.removeprefix(_MARK)
    csv.field_size_limit(LARGEST)
    first = text.split("\n", 1)[0]
    delimiter = max((",", ";", "\t"), key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    for cells in reader:
        yield line, cells
        line = reader.line_num + 1


def _column(name: str) -> str:
    folded = name.strip().lower()
    if folded == "key" != name:
        return ""  # Zotero's number for an item, which nobody cites
    return folded if folded in _COLUMNS else _OTHERS.get(folded, "")


def _members(names: list[str], cells: list[str]) -> dict[str, Any]:
    """A row as an object of the JSON contract; the first full one of two cells for the same."""
    ours = "key" in names
    members: dict[str, Any] = {}
    for name, cell in zip(names, cells, strict=False):
        if name and cell and name not in members:
            members[name] = _value(name, cell, ours=ours)
    return members


def _value(name: str, cell: str, *, ours: bool) -> Any:  # a member of the JSON contract
    if name == "starred":
        return _YES.get(cell.strip().lower(), cell)
    if (name in _LISTS and cell.startswith("[")) or name == "details":
        try:
            return json.loads(cell)
        except (ValueError, RecursionError):
            return cell
    if name in _LISTS and (ours or name != "authors"):
        return list(filter(None, _SEPARATED.split(cell)))
    return cell
