"""The command that hands papers to other programs."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from readinglist.cli.command import (
    Command,
    add_query,
    file_path,
    one_of,
    open_library,
    remark_corrections,
    settings_of,
)
from readinglist.cli.lists import entries
from readinglist.cli.output import complain, count, flush, tell, write
from readinglist.errors import LibraryError, UsageError

if TYPE_CHECKING:
    from readinglist.formats import Format
    from readinglist.formats.options import Option
    from readinglist.library import Library

_STANDARD_OUTPUT = "-"


def _names() -> list[str]:
    from readinglist.formats import exporters

    return [row.name for row in exporters()]


def _options() -> tuple[Option, ...]:
    from readinglist.formats.options import OPTIONS

    return OPTIONS


def _export_arguments(parser: ArgumentParser) -> None:
    names = _names()
    add_query(parser)
    parser.add_argument(
        "--format",
        type=one_of("export format", names),
        metavar="NAME",
        help=f"write {', '.join(names)} (default: what export.format is set to)",
    )
    parser.add_argument(
        "-o",
        "--output",
        type=file_path,
        metavar="FILE",
        help="write this file instead of standard output",
    )
    parser.add_argument("--force", action="store_true", help="replace FILE if it exists")
    for option in _options():
        told = f"{option.help} ({_having(option)})"
        if option.choices:
            read, shown = one_of(option.label.lower(), option.choices), "|".join(option.choices)
            parser.add_argument(option.flag, type=read, metavar=shown, help=told)
        else:
            parser.add_argument(option.flag, action="store_true", default=None, help=told)


def _export(options: Namespace) -> int:
    from readinglist.export import write_atomically
    from readinglist.formats import get_exporter

    row = get_exporter(options.format or _usual_format(options))
    chosen = _chosen(options, row)
    assert row.write is not None  # noqa: S101 (exporters write)
    query = " ".join(options.query)
    with open_library(options) as library:
        results = library.search(query)
        remark_corrections(results)
        chunks = row.write(entries(library, results, len(results)), **chosen)
        if options.output is None or str(options.output) == _STANDARD_OUTPUT:
            for chunk in chunks:
                write(chunk)
            flush()
        else:
            write_atomically(options.output, chunks, force=options.force, never=library.files)
            tell(f"Exported {count(len(results), 'paper')} to {options.output}.")
        _hand_out(library, results.ids)
    if not len(results):
        tell("No paper matches, so the export is empty." if query else "The library is empty.")
    return 0


def _usual_format(options: Namespace) -> str:
    """The format that the user has set; a script of somebody else should not depend on ours."""
    settings = settings_of(options)
    if settings.source("export.format") == settings.DEFAULT:
        raise UsageError(
            "Which format?",
            hint=f"Give --format with {', '.join(_names())}, or set export.format.",
        )
    return settings.text("export.format")


def _chosen(options: Namespace, row: Format) -> dict[str, object]:
    """What the options choose of a format; `UsageError` if one does not go with it."""
    given = {
        option: value
        for option in _options()
        if (value := getattr(options, option.name)) is not None
    }
    for option in given:
        if option not in row.options:
            raise UsageError(f"{option.flag} goes with {_having(option)}, not with {row.name}.")
    return {option.name: value for option, value in given.items()}


def _having(option: Option) -> str:
    """The formats that an option goes with."""
    from readinglist.formats import exporters

    return " and ".join(row.name for row in exporters() if option in row.options)


def _hand_out(library: Library, ids: Sequence[int]) -> None:
    """Pin the keys that are now in somebody's manuscript; the export itself is already done."""
    try:
        library.pin_keys(ids)
    except LibraryError as error:
        complain(f"The export is complete, but its keys could not be fixed for good. {error}")


COMMANDS = {
    "export": Command(
        _export,
        _export_arguments,
        (
            "readinglist export tag:thesis --format bibtex -o refs.bib",
            "readinglist export status:to-read --format markdown --group-by tag > reading.md",
        ),
    ),
}
