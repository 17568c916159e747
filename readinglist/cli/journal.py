"""The commands that walk the journal of changes."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import datetime
from typing import TYPE_CHECKING

from readinglist.cli.command import Command, add_json, open_library, whole_number
from readinglist.cli.output import count, say, say_json, tell
from readinglist.errors import ReadingListError

if TYPE_CHECKING:
    from readinglist.outcomes import Chapter


_SHOWN_KEYS = 8  # papers that one change names on a line; JSON names all


def _undo_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--to",
        type=whole_number("--to"),
        metavar="CHANGE",
        help="take back every change down to this one, by its number in the history",
    )


def _redo_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--to",
        type=whole_number("--to"),
        metavar="CHANGE",
        help="do every undone change again up to this one, by its number in the history",
    )


def _undo(options: Namespace) -> int:
    with open_library(options) as library:
        if options.to is not None:
            return _walk(options.to, library.undo_to(options.to), "taken back", "done")
        done = library.undo()
    if done is None:
        raise ReadingListError("There is nothing to undo.")
    tell(f"Undid: {done.label}.")
    return 0


def _redo(options: Namespace) -> int:
    with open_library(options) as library:
        if options.to is not None:
            return _walk(options.to, library.redo_to(options.to), "done again", "undone")
        done = library.redo()
    if done is None:
        raise ReadingListError("There is nothing to redo.")
    tell(f"Did again: {done.label}.")
    return 0


def _walk(change: int, steps: int, what: str, state: str) -> int:
    if not steps:
        where = f"from {change} on" if state == "done" else f"up to {change}"
        raise ReadingListError(
            f"No change {where} is {state}, so nothing was {what}.",
            hint="`readinglist history` shows the numbers.",
        )
    tell(f"{count(steps, 'change')} {what}.")
    return 0


def _history_arguments(parser: ArgumentParser) -> None:
    add_json(parser, "a list of id, made, label, state and keys")
    parser.add_argument(
        "--limit",
        type=whole_number("--limit"),
        metavar="N",
        help="print no more than this many changes",
    )


def _history(options: Namespace) -> int:
    with open_library(options) as library:
        chapters = library.history(options.limit)
    if options.json:
        say_json([chapter._asdict() for chapter in chapters])
        return 0
    if not chapters and options.limit != 0:
        tell("Nothing has been changed yet.")
    room = max((len(str(chapter.id)) for chapter in chapters), default=0)
    for chapter in chapters:
        _print(chapter, room)
    return 0


def _print(chapter: Chapter, room: int) -> None:
    """A change on a line, and on a second one its papers where the label does not name them."""
    when = datetime.fromisoformat(chapter.made).astimezone().strftime("%Y-%m-%d %H:%M")
    state = "" if chapter.state == "done" else f"  ({chapter.state})"
    number = f"{chapter.id:>{room}}  "
    say((f"{number}{when}", "quiet"), "  ", chapter.label, (state, "quiet"))
    if any(key not in chapter.label for key in chapter.keys):
        more = len(chapter.keys) - _SHOWN_KEYS
        shown = [*chapter.keys[:_SHOWN_KEYS], *([f"and {more} more"] if more > 0 else [])]
        say((f"{' ' * len(number)}{', '.join(shown)}", "quiet"))


COMMANDS = {
    "undo": Command(
        _undo,
        _undo_arguments,
        ("readinglist undo", "readinglist undo --to 12    every change down to the 12th"),
    ),
    "redo": Command(
        _redo,
        _redo_arguments,
        ("readinglist redo", "readinglist redo --to 12"),
    ),
    "history": Command(
        _history,
        _history_arguments,
        ("readinglist history --limit 20", "readinglist history --json"),
    ),
}
