"""The commands about papers that look alike: list them, make two one, or tell them apart."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from readinglist.cli.command import Command, add_json, confirm, free_word, open_library
from readinglist.cli.output import complain, say, say_json, tell
from readinglist.errors import LibraryError, UsageError
from readinglist.latex import to_unicode
from readinglist.text import clean_line

if TYPE_CHECKING:
    from readinglist.library import Library
    from readinglist.outcomes import Likeness
    from readinglist.records import Entry


def _duplicates_arguments(parser: ArgumentParser) -> None:
    add_json(parser, "a list of keys, titles and likeness")


def _duplicates(options: Namespace) -> int:
    with open_library(options) as library:
        try:
            library.compare()
        except LibraryError as error:  # what was found before can still be told
            complain(error)
        pairs = [(each, _in_order(library, each)) for each in library.lookalikes()]
    if options.json:
        say_json([_as_json(likeness, papers) for likeness, papers in pairs])
        return 0
    for number, (likeness, papers) in enumerate(pairs):
        if number:
            say()
        _show(likeness, papers)
    if pairs:
        tell(
            "`readinglist merge KEEP OTHER` makes two papers one, and `readinglist distinct KEY "
            "KEY` says that they are two."
        )
    else:
        tell("No two papers look alike.")
    return 0


def _in_order(library: Library, likeness: Likeness) -> list[Entry]:
    """The two papers, first the one whose key had better stay."""
    return library.entries(library.which_to_keep(likeness.first, likeness.second))


def _show(likeness: Likeness, papers: list[Entry]) -> None:
    widest = max(len(paper.key) for paper in papers)
    for paper in papers:
        say((paper.key.ljust(widest), "strong"), "  ", clean_line(to_unicode(paper.title)))
    alike = f"titles {likeness.title:.0%} alike"
    if likeness.abstract:
        alike += f", abstracts {likeness.abstract:.0%}"
    say((f"  {alike}", "quiet"))


def _as_json(likeness: Likeness, papers: list[Entry]) -> dict[str, object]:
    return {
        "keys": [paper.key for paper in papers],
        "titles": [paper.title for paper in papers],
        "title_likeness": likeness.title,
        "abstract_likeness": likeness.abstract,
    }


def _merge_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "keep", type=free_word, metavar="KEEP", help="the key of the paper that stays"
    )
    parser.add_argument(
        "other", type=free_word, metavar="OTHER", help="the key of the paper that goes into it"
    )


def _merge(options: Namespace) -> int:
    with open_library(options) as library:
        kept, gone = _two(library, options.keep, options.other)
        key = library.entry(gone).key
        done = library.merge(kept, gone)
    confirm(done)
    tell(f"The key {key} still leads to it; `readinglist undo` makes them two again.")
    return 0


def _distinct_arguments(parser: ArgumentParser) -> None:
    for name in ("first", "second"):
        parser.add_argument(name, type=free_word, metavar="KEY", help="the key of one of the two")


def _distinct(options: Namespace) -> int:
    with open_library(options) as library:
        done = library.set_distinct(*_two(library, options.first, options.second))
    return confirm(done)


def _two(library: Library, first: str, second: str) -> tuple[int, int]:
    (one,), (other,) = library.resolve([first]), library.resolve([second])
    if one == other:
        raise UsageError(f"{first!r} and {second!r} are keys of the same paper.")
    return one, other


COMMANDS = {
    "duplicates": Command(
        _duplicates,
        _duplicates_arguments,
        ("readinglist duplicates", "readinglist duplicates --json"),
    ),
    "merge": Command(
        _merge,
        _merge_arguments,
        ("readinglist merge attention2017 attention-need-9f3a1c",),
    ),
    "distinct": Command(
        _distinct,
        _distinct_arguments,
        ("readinglist distinct emergent2022 emergent-mirage-9f3a1c",),
    ),
}
