"""The command that hands papers to other programs."""

from __future__ import annotations

import signal
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from readinglist.cli.command import (
    Command,
    add_query,
    file_path,
    free_word,
    one_of,
    open_library,
    remark_corrections,
    settings_of,
)
from readinglist.cli.lists import entries
from readinglist.cli.output import complain, count, flush, tell, write
from readinglist.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from readinglist.formats import Format
    from readinglist.formats.carrying import Shortfall
    from readinglist.formats.options import Option
    from readinglist.handing_out import HandedOut
    from readinglist.records import Entry

    Writer: TypeAlias = Callable[[Iterable[Entry]], Iterator[str]]


class _Way(NamedTuple):
    """How papers are written, or as notes, and what is told of those that pass.

    What a template leaves out, its owner knows.
    """

    write: Writer | None
    shortfall: Shortfall | None = None

    def watched(self, papers: Iterable[Entry]) -> Iterable[Entry]:
        return papers if self.shortfall is None else self.shortfall.watched(papers)

    def tell(self) -> None:
        """Say what the papers lack, and what is left out of them."""
        for sentence in self.shortfall.sentences() if self.shortfall else ():
            tell(sentence)


_STANDARD_OUTPUT = "-"
_NOTES_ARE = "markdown"  # the format of which a folder of notes can be made


def _names() -> list[str]:
    from readinglist.formats import exporters

    return [row.name for row in exporters()]


def _options() -> tuple[Option, ...]:
    from readinglist.formats.options import OPTIONS

    return OPTIONS


def _target(text: str) -> Path:
    from readinglist.export import file_named

    return file_named(free_word(text), file_path(text))


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
        type=_target,
        metavar="FILE",
        help="write this file instead of standard output",
    )
    parser.add_argument("--force", action="store_true", help="replace FILE if it exists")
    parser.add_argument(
        "--vault",
        type=file_path,
        metavar="DIR",
        help="write a note per paper into this folder, and keep what is yours in those there",
    )
    parser.add_argument(
        "--template",
        type=file_path,
        metavar="FILE",
        help="fill in this Jinja template, in place of a format",
    )
    for option in _options():
        told = f"{option.help} ({_having(option)})"
        if option.choices:
            read, shown = one_of(option.label.lower(), option.choices), "|".join(option.choices)
            parser.add_argument(option.flag, type=read, metavar=shown, help=told)
        else:
            parser.add_argument(option.flag, action="store_true", default=None, help=told)


def _export(options: Namespace) -> int:
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends as ctrl+c does, and tidies up
    way = _way(options)
    query = " ".join(options.query)
    with open_library(options) as library:
        from readinglist.handing_out import HandedOut  # it imports the library, as we have now

        results = library.search(query)
        remark_corrections(results)
        out = HandedOut(library)
        papers = way.watched(out.watched(entries(library, results, len(results))))
        if way.write is None:
            code = _write_notes(options, out, papers, len(results))
        else:
            code = _write_file(options, out, way.write(papers), len(results))
        if out.trouble:
            complain(out.trouble)
    way.tell()
    if not len(results):
        tell("No paper matches, so the export is empty." if query else "The library is empty.")
    return code


def _way(options: Namespace) -> _Way:
    """What makes a text of papers, as the options say; `UsageError` if they do not fit."""
    from readinglist.formats import get_exporter

    if options.template is not None:
        return _Way(_template(options))
    row = get_exporter(options.format or _usual_format(options))
    if options.vault is not None:
        _check_vault(options, row)
        return _Way(None, _of_notes())
    chosen = _chosen(options, row)
    assert row.write is not None  # noqa: S101 (`get_exporter` names only formats with one)
    return _Way(partial(row.write, **chosen), row.shortfall())


def _of_notes() -> Shortfall:
    from readinglist import vault

    return vault.shortfall()


def _template(options: Namespace) -> Writer:
    for option, given in (("--format", options.format), ("--vault", options.vault)):
        if given is not None:
            raise UsageError(f"{option} does not go with --template.", hint="Give one of them.")
    for each in _given(options):
        raise UsageError(f"{each.flag} does not go with --template.")
    from readinglist.templates import Template

    return Template(options.template).write


def _check_vault(options: Namespace, row: Format) -> None:
    if row.name != _NOTES_ARE:
        raise UsageError(f"--vault goes with {_NOTES_ARE}, not with {row.name}.")
    if options.output is not None or options.force:
        other = "-o" if options.output is not None else "--force"
        hint = "Notes that are there are brought up to date; nothing of yours in them is replaced."
        raise UsageError(f"{other} does not go with --vault.", hint=hint)
    for each in _given(options):
        raise UsageError(f"{each.flag} does not go with --vault.")


def _write_file(options: Namespace, out: HandedOut, chunks: Iterator[str], papers: int) -> int:
    from readinglist.export import write_atomically

    if options.output is None or str(options.output) == _STANDARD_OUTPUT:
        begin = next(chunks, "")  # what fails before anything is written hands out no key
        with out.piecemeal():
            for chunk in chain([begin], chunks):
                write(chunk)
            flush()
    else:
        write_atomically(options.output, out.pinned(chunks), force=options.force, never=out.never)
        tell(f"Exported {count(papers, 'paper')} to {options.output}.")
    return 0


def _write_notes(options: Namespace, out: HandedOut, papers: Iterable[Entry], total: int) -> int:
    from readinglist import vault

    with out.piecemeal():
        told = vault.write(options.vault, papers, never=out.never)
    tell(f"Exported {count(total, 'paper')} to {options.vault}: {told.numbers()}.")
    if remark := told.remark():
        tell(remark)
    for error in told.left:
        complain(error)
    return 1 if told.left else 0


def _usual_format(options: Namespace) -> str:
    """The format that the user has set; a script of somebody else should not depend on ours."""
    settings = settings_of(options)
    if settings.source("export.format") == settings.DEFAULT:
        raise UsageError(
            "Which format?",
            hint=f"Give --format with {', '.join(_names())}, or set export.format.",
        )
    return settings.text("export.format")


def _given(options: Namespace) -> dict[Option, object]:
    """The options of formats that are given, and what they say."""
    said = {option: getattr(options, option.name) for option in _options()}
    return {option: value for option, value in said.items() if value is not None}


def _chosen(options: Namespace, row: Format) -> dict[str, object]:
    """What the options choose of a format; `UsageError` if one does not go with it."""
    given = _given(options)
    for option in given:
        if option not in row.options:
            raise UsageError(f"{option.flag} goes with {_having(option)}, not with {row.name}.")
    return {option.name: value for option, value in given.items()}


def _having(option: Option) -> str:
    """The formats that an option goes with."""
    from readinglist.formats import exporters

    return " and ".join(row.name for row in exporters() if option in row.options)


COMMANDS = {
    "export": Command(
        _export,
        _export_arguments,
        (
            "readinglist export tag:thesis --format bibtex -o refs.bib",
            "readinglist export status:to-read --format markdown --group-by tag > reading.md",
            "readinglist export is:starred --format markdown --vault ~/notes/papers",
            "readinglist export tag:thesis --template talk.html.j2 -o talk.html",
        ),
    ),
}
