"""The command that gives papers new citation keys."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from readinglist.cli.command import Command, add_selection, chosen_papers, confirm, open_library
from readinglist.cli.output import say, tell
from readinglist.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from readinglist.library import Library


def _arguments(parser: ArgumentParser) -> None:
    add_selection(parser)
    parser.add_argument("--all", action="store_true", help="take every paper")
    parser.add_argument(
        "--dry-run", action="store_true", help="print the new keys, and change nothing"
    )


def _rekey(options: Namespace) -> int:
    if options.all:
        if options.keys or options.query is not None:
            raise UsageError("Give --all alone, or keys, or --query.")
        with open_library(options) as library:
            return _give(library, library.search().ids, dry=options.dry_run)
    with chosen_papers(options) as (library, ids):
        return _give(library, ids, dry=options.dry_run)


def _give(library: Library, ids: Sequence[int], *, dry: bool) -> int:
    """Print each key with the new one, and give it unless only that was asked."""
    new = library.renamed(ids)
    before = {entry.id: entry.key for entry in library.entries(new)}
    done = library.rekey(ids) if new and not dry else None
    for paper, key in new.items():
        say(f"{before[paper]}\t{key}")
    if not dry:
        return confirm(done)
    tell("This was a dry run: nothing was changed." if new else "Nothing to change.")
    return 0


COMMANDS = {
    "rekey": Command(
        _rekey,
        _arguments,
        (
            "readinglist rekey smith2020 --dry-run",
            "readinglist rekey --query source:refs.bib",
            "readinglist rekey --all",
        ),
    ),
}
