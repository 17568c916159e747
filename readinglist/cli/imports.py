"""The command that brings documents in."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from readinglist.cli.command import Command, add_json, file_path, library_file, one_of
from readinglist.cli.measure import fit
from readinglist.cli.output import complain, count, say, say_json, tell
from readinglist.cli.progress import Bar, interruptible
from readinglist.outcomes import belongings_told
from readinglist.text import clean_line

if TYPE_CHECKING:
    from readinglist.importing import Failure, Progress
    from readinglist.library import Library
    from readinglist.outcomes import Receipt

_COUNTS = ("records", "new", "merged", "unchanged", "problems")
_SELDOM = ("conflicts", "notes", "tagged")
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
    from readinglist.stopping import Stopped

    run = _Run(options)
    stopped: Stopped | None = None
    with _target(options) as library:
        try:
            with run.under_way():
                run.read(library)
                run.compare(library)
        except Stopped as error:
            stopped = error
    for remark in run.remarks(stopped=stopped is not None):
        tell(remark)
    if stopped is not None:
        raise KeyboardInterrupt from stopped
    return 1 if run.failures else 0


class _Run:
    """One import from the command line: what came of each path so far."""

    def __init__(self, options: Namespace) -> None:
        self._options = options
        self._bar = Bar()
        self._documents = self._pairs = self._uncompared = 0
        self.receipts: list[Receipt] = []
        self.failures: list[Failure] = []
        self._interrupted: Callable[[], bool] = bool

    @contextmanager
    def under_way(self) -> Iterator[None]:
        """Watch for ctrl+c; whatever ends the work, what was imported stays and is summed up."""
        from readinglist.stopping import stoppable

        try:
            with interruptible() as self._interrupted, stoppable(self._asked):
                yield
        finally:
            self._bar.clear()
            with suppress(BrokenPipeError):  # nobody reads it; what failed has failed
                _summarise(self.receipts, self.failures, as_json=self._options.json)

    def read(self, library: Library) -> None:
        """Import every path and report on each."""
        from readinglist.importing import Failure, import_paths

        options = self._options
        outcomes = import_paths(library, options.paths, format=options.format, tell=self._reach)
        for outcome in outcomes:
            self._bar.clear()
            if isinstance(outcome, Failure):
                self.failures.append(outcome)
                complain(outcome.error)
            else:
                self.receipts.append(outcome)
                _report(outcome, quietly=options.json)

    def _asked(self) -> bool:
        self._bar.tick()
        return self._interrupted()

    def _reach(self, progress: Progress) -> None:
        self._documents = progress.documents
        self._bar.reach(progress)

    def compare(self, library: Library) -> None:
        """Look for papers that may be the same as another, unless that would take long."""
        from readinglist.importing import MOST_COMPARED

        new = sum(receipt.new for receipt in self.receipts)
        if self._options.dry_run or not new:
            return
        if new > MOST_COMPARED:
            self._uncompared = new
            return
        self._bar.say("comparing the new papers with the others")
        self._pairs = library.compare(self._asked)

    def remarks(self, *, stopped: bool) -> Iterator[str]:
        """What is to be said beside the numbers."""
        if self._pairs:
            look, them = ("look", "them") if self._pairs > 1 else ("looks", "it")
            pairs = count(self._pairs, "pair")
            yield f"{pairs} {look} like the same paper: `readinglist duplicates` lists {them}."
        if told := belongings_told(self.receipts):
            undo = "" if self._options.dry_run else ": `readinglist undo` takes that back"
            yield f"Papers that were here took {told}{undo}."
        conflicts = sum(receipt.conflicts for receipt in self.receipts)
        if conflicts:
            places = count(conflicts, "place")
            yield f"What is here differs from that in {places}: `readinglist conflicts` lists it."
        if self._uncompared:
            yield (
                f"The {self._uncompared:,} new papers have not been compared with the others:"
                " `readinglist duplicates` looks for those that are alike."
            )
        if stopped:
            documents = count(self._documents, "document")
            yield f"Stopped: {len(self.receipts)} of {documents} imported."
        if self._options.dry_run:
            yield "This was a dry run: nothing was changed."


@contextmanager
def _target(options: Namespace) -> Iterator[Library]:
    """Open the library to import into; a dry run leaves it, or its absence, as it is."""
    from readinglist.library import Library

    path = library_file(options.library)
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
        **{name: number for name in _SELDOM if (number := getattr(receipt, name))},
        "problems": [
            {"line": problem.line, "reason": problem.reason, "text": problem.text}
            for problem in receipt.problems
        ],
    }


COMMANDS = {
    "import": Command(
        _import,
        _import_arguments,
        (
            "readinglist import ~/captures",
            "readinglist import trending.txt similar.txt --json",
            "readinglist import ~/captures --dry-run",
        ),
    ),
}
