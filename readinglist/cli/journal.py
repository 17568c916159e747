"""The commands that walk the journal of changes."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from datetime import datetime

from readinglist.cli.command import Command, add_json, open_library, whole_number
from readinglist.cli.output import say, say_json, tell
from readinglist.errors import ReadingListError


def _undo(options: Namespace) -> int:
    with open_library(options) as library:
        done = library.undo()
    if done is None:
        raise ReadingListError("There is nothing to undo.")
    tell(f"Undid: {done.label}.")
    return 0


def _redo(options: Namespace) -> int:
    with open_library(options) as library:
        done = library.redo()
    if done is None:
        raise ReadingListError("There is nothing to redo.")
    tell(f"Did again: {done.label}.")
    return 0


def _history_arguments(parser: ArgumentParser) -> None:
    add_json(parser, "a list of id, made, label, state and keys")
    parser.add_argument(
        "--limit", type=whole_number, metavar="N", help="print no more than this many changes"
    )


def _history(options: Namespace) -> int:
    with open_library(options) as library:
        chapters = library.history(options.limit)
    if options.json:
        say_json([asdict(chapter) for chapter in chapters])
        return 0
    if not chapters and options.limit != 0:
        tell("Nothing has been changed yet.")
    for chapter in chapters:
        when = datetime.fromisoformat(chapter.made).astimezone().strftime("%Y-%m-%d %H:%M")
        state = "" if chapter.state == "done" else f"  ({chapter.state})"
        say((when, "quiet"), "  ", chapter.label, (state, "quiet"))
    return 0


COMMANDS = (
    Command("undo", "Take back the last change", _undo, examples=("readinglist undo",)),
    Command("redo", "Do the last undone change again", _redo, examples=("readinglist redo",)),
    Command(
        "history",
        "List what was changed and when, newest first",
        _history,
        _history_arguments,
        ("readinglist history --limit 20", "readinglist history --json"),
    ),
)
