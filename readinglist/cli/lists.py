"""The commands that read the library: papers in a list, papers in full."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from readinglist.cli.command import (
    Command,
    add_json,
    add_query,
    add_selection,
    chosen_papers,
    one_of,
    open_library,
    remark_corrections,
    whole_number,
)
from readinglist.cli.output import json_text, say, say_json, tell, write
from readinglist.findings import Origin
from readinglist.records import Entry, Row, Sort

if TYPE_CHECKING:
    from readinglist.library import Library, Results

# Enough for one query to be cheap per paper, few enough for output to start at once.
_CHUNK = 500


def _list_arguments(parser: ArgumentParser) -> None:
    add_query(parser)
    parser.add_argument(
        "--sort",
        type=one_of("sort field", Sort),
        metavar="FIELD",
        help=f"order by {', '.join(Sort)} (default: relevance, or newest import first)",
    )
    parser.add_argument("--reverse", action="store_true", help="turn the order round")
    parser.add_argument(
        "--limit",
        type=whole_number("--limit"),
        metavar="N",
        help="print no more than this many papers",
    )
    parser.add_argument(
        "--format",
        type=one_of("list format", _LISTINGS),
        default="table",
        metavar="NAME",
        help=f"print as {', '.join(_LISTINGS)} (default: table)",
    )


def _list(options: Namespace) -> int:
    query = " ".join(options.query)
    with open_library(options) as library:
        results = library.search(
            query, sort=options.sort and Sort(options.sort), reverse=options.reverse, brief=True
        )
        if options.limit is None or options.limit > len(results):
            results = results.extended()
        remark_corrections(results)
        if not len(results):
            tell(_no_match(library, query) if query else "The library has no papers yet.")
        count = len(results) if options.limit is None else min(options.limit, len(results))
        _LISTINGS[options.format](library, results, count)
    return 0


def _no_match(library: Library, query: str) -> str:
    """Say that nothing was found, and what would be if the query asked for less."""
    from readinglist.library.search.xray import sentence

    return f"No paper matches. {sentence(library.xray(query, 0).ways)}".rstrip()


def entries(library: Library, results: Results, count: int) -> Iterator[Entry]:
    """The first `count` papers of the results in full, read as they are needed."""
    for start in range(0, count, _CHUNK):
        yield from library.entries(results.ids[start : min(start + _CHUNK, count)])


def _rows(results: Results, count: int) -> Iterator[Row]:
    for start in range(0, count, _CHUNK):
        yield from results.rows(start, min(start + _CHUNK, count))


def _print_table(_library: Library, results: Results, count: int) -> None:
    from readinglist.cli.table import print_table

    print_table(_rows(results, count))


def _print_keys(_library: Library, results: Results, count: int) -> None:
    for row in _rows(results, count):
        say(row.key)


def _print_json(library: Library, results: Results, count: int) -> None:
    separator = "\n"
    write("[")
    for entry in entries(library, results, count):
        write(separator + json_text(entry.to_json()))
        separator = ",\n"
    write("\n]\n" if count else "]\n")


def _print_json_lines(library: Library, results: Results, count: int) -> None:
    for entry in entries(library, results, count):
        say_json(entry.to_json())


_LISTINGS: dict[str, Callable[[Library, Results, int], None]] = {
    "table": _print_table,
    "jsonl": _print_json_lines,
    "json": _print_json,
    "keys": _print_keys,
}


def _show_arguments(parser: ArgumentParser) -> None:
    add_selection(parser)
    add_json(parser, "a list of the papers")


def _show(options: Namespace) -> int:
    from readinglist.cli.table import print_entry

    with chosen_papers(options) as (library, ids):
        found = library.entries(ids)
        origins = library.origins(ids)
        if options.json:
            say_json([_with_origins(entry, origins.get(entry.id, {})) for entry in found])
            return 0
        for number, entry in enumerate(found):
            if number:
                say()
            print_entry(entry)
            for line in _looked_up(origins.get(entry.id, {})):
                say((line, "quiet"))
    return 0


def _with_origins(entry: Entry, origins: dict[str, Origin]) -> dict[str, Any]:
    """A paper, with whom a lookup has its fields from, when, and how surely."""
    return {**entry.to_json(), "origins": {name: o._asdict() for name, o in origins.items()}}


def _looked_up(origins: dict[str, Origin]) -> Iterator[str]:
    """The fields that a lookup has filled in, a line for each time."""
    from readinglist.library.findings import by_source
    from readinglist.lookup import LABELS

    for provider, day, fields in by_source(origins):
        yield f"from {LABELS.get(provider, provider)}, {day}: {', '.join(fields)}"


COMMANDS = {
    "list": Command(
        _list,
        _list_arguments,
        (
            "readinglist list difusion modle          words may be misspelt",
            "readinglist list status:to-read tag:rl --sort title",
            "readinglist list --format jsonl | jq .title",
            "readinglist list -- -tag:rl              a query that starts with -",
        ),
    ),
    "show": Command(
        _show,
        _show_arguments,
        ("readinglist show attention2017", "readinglist show --query is:starred --json"),
    ),
}
