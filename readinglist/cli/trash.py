"""The command that moves papers to the trash, takes them out, and empties it."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from readinglist.cli.command import (
    Command,
    add_selection,
    chosen_papers,
    confirm,
    in_trash,
    open_library,
)
from readinglist.cli.output import count, tell
from readinglist.errors import UsageError


def _arguments(parser: ArgumentParser) -> None:
    add_selection(parser)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--restore", action="store_true", help="take papers out of the trash")
    what.add_argument(
        "--empty", action="store_true", help="delete all that is in the trash, for good"
    )
    parser.add_argument("--yes", action="store_true", help="empty it without asking")


def _trash(options: Namespace) -> int:
    if options.empty:
        if options.keys or options.query is not None:
            raise UsageError("--empty deletes all that is in the trash; it takes no KEY or QUERY.")
        return _empty(options)
    if options.yes:
        raise UsageError("--yes goes with --empty, which alone asks.")
    with chosen_papers(options, trashed=options.restore) as (library, ids):
        done = library.set_trashed(ids, not options.restore)
    verb, way = ("Restored", "from") if options.restore else ("Moved", "to")
    return confirm(done, verb, f" {way} the trash")


def _empty(options: Namespace) -> int:
    with open_library(options) as library:
        ids = library.search(where=in_trash()).ids
        if not ids:
            tell("The trash is empty.")
        elif options.yes or _sure(len(ids)):
            tell(f"Deleted {count(library.empty_trash(ids), 'paper')} for good.")
        else:
            tell("Nothing was deleted.")
    return 0


def _sure(number: int) -> bool:
    """Ask whoever sits at the terminal; whatever is no clear yes is a no."""
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError(
            "Emptying the trash cannot be undone, and there is no terminal to ask at.",
            hint="Add --yes to delete for good.",
        )
    tell(f"Delete {count(number, 'paper')} for good, with tags and notes? Type yes to go on.")
    return sys.stdin.readline().strip().casefold() in {"y", "yes"}


COMMANDS = {
    "trash": Command(
        _trash,
        _arguments,
        (
            "readinglist trash attention2017",
            "readinglist trash --query status:skipped",
            "readinglist trash --restore attention2017",
            "readinglist list is:trashed",
            "readinglist trash --empty",
        ),
    ),
}
