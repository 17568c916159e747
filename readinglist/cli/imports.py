"""The command that brings documents in."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from readinglist.cli.command import Command, add_json, file_path, library_file, one_of
from readinglist.cli.measure import fit
from readinglist.cli.output import complain, count, say, say_json, tell
from readinglist.text import clean_line

if TYPE_CHECKING:
    from readinglist.importing import Failure
    from readinglist.library import Library
    from readinglist.records import Receipt

_COUNTS = ("records", "new", "merged", "unchanged", "problems")
_LOST_TEXT = 60  # cells of a problem's text: enough to find the place


def _import_arguments(parser: ArgumentParser) -> None:
    from readinglist.formats import importers

    names = [row.name for row in importers()]
    parser.add_argument(
        "paths", nargs="+", type=file_path, metavar="PATH", help="a file, or a folder of files"
    )
    parser.add_argument(
        "--format",
        type=one_of("import format", names),
        metavar="NAME",
        help=f"read as {', '.join(names)}, instead of finding out",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would happen, and change nothing"
    )
    add_json(parser, "documents, totals and errors")


def _import(options: Namespace) -> int:
    from readinglist.importing import Failure, import_paths

    receipts: list[Receipt] = []
    failures: list[Failure] = []
    with _target(options) as library:
        outcomes = import_paths(library, options.paths, format=options.format)
        try:
            for outcome in outcomes:
                if isinstance(outcome, Failure):
                    failures.append(outcome)
                    complain(outcome.error)
                else:
                    receipts.append(outcome)
                    _report(outcome, quietly=options.json)
        finally:  # what was imported stays, whatever stopped the rest
            with suppress(BrokenPipeError):  # nobody reads it; what failed has failed
                _summarise(receipts, failures, as_json=options.json)
    if options.dry_run:
        tell("This was a dry run: nothing was changed.")
    return 1 if failures else 0


@contextmanager
def _target(options: Namespace) -> Iterator[Library]:
    """Open the library to import into; a dry run leaves it, or its absence, as it is."""
    from readinglist.library import Library

    path = library_file(options)
    with ExitStack() as stack:
        if options.dry_run and not path.exists():
            path = Path(stack.enter_context(TemporaryDirectory(prefix="readinglist-")), "library")
        library = stack.enter_context(Library(path))
        if options.dry_run:
            stack.enter_context(library.rehearsal())
        yield library


def _report(receipt: Receipt, *, quietly: bool) -> None:
    """Say what came of one document, and list its problems."""
    for problem in receipt.problems:
        text = fit(clean_line(problem.text), _LOST_TEXT)
        tell(f"{receipt.path}:{problem.line}: {problem.reason}: {text}")
    if not quietly:
        with suppress(BrokenPipeError):  # the other documents are still imported
            say(f"{receipt.path} ({receipt.kind}): {_in_words(_numbers(receipt))}")


def _summarise(receipts: list[Receipt], failures: list[Failure], *, as_json: bool) -> None:
    totals = {"documents": len(receipts), **dict.fromkeys(_COUNTS, 0)}
    for receipt in receipts:
        for name, number in _numbers(receipt).items():
            totals[name] += number
    if as_json:
        report: dict[str, Any] = {
            "documents": [_as_json(receipt) for receipt in receipts],
            "totals": totals,
        }
        if failures:
            report["errors"] = [
                {"path": str(failure.path), "reason": str(failure.error)} for failure in failures
            ]
        say_json(report)
    elif receipts:
        documents = count(totals.pop("documents"), "document")
        say((f"{documents}: {_in_words(totals)}", "strong"))


def _numbers(receipt: Receipt) -> dict[str, int]:
    return {
        "records": receipt.records,
        "new": receipt.new,
        "merged": receipt.merged,
        "unchanged": receipt.unchanged,
        "problems": len(receipt.problems),
    }


def _in_words(numbers: dict[str, int]) -> str:
    countable = {"records": "record", "problems": "problem"}
    return ", ".join(
        count(number, countable[name]) if name in countable else f"{number} {name}"
        for name, number in numbers.items()
    )


def _as_json(receipt: Receipt) -> dict[str, Any]:
    return {
        "path": receipt.path,
        "kind": receipt.kind,
        **_numbers(receipt),
        "problems": [
            {"line": problem.line, "reason": problem.reason, "text": problem.text}
            for problem in receipt.problems
        ],
    }


COMMANDS = (
    Command(
        "import",
        "Read saved listings into the library, merging repeats",
        _import,
        _import_arguments,
        (
            "readinglist import ~/captures",
            "readinglist import trending.txt similar.txt --json",
            "readinglist import ~/captures --dry-run",
        ),
    ),
)
