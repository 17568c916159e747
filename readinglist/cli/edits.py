"""The commands that change papers: status, tags, star, note."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from readinglist.cli.command import (
    Command,
    add_selection,
    chosen_papers,
    confirm,
    free_word,
    one_of,
    open_library,
)
from readinglist.cli.output import tell
from readinglist.errors import ReadingListError, UsageError
from readinglist.outcomes import Done
from readinglist.records import Status

if TYPE_CHECKING:
    from readinglist.library import Library


def _mark_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "status", type=one_of("status", Status), metavar="STATUS", help=", ".join(Status)
    )
    add_selection(parser)


def _mark(options: Namespace) -> int:
    with chosen_papers(options) as (library, ids):
        done = library.set_status(ids, Status(options.status))
    return confirm(done, "Marked", f" {options.status}")


def _tag_arguments(parser: ArgumentParser) -> None:
    add_selection(parser)
    for verb, sentence in (("add", "put this tag on the papers"), ("remove", "take this tag off")):
        parser.add_argument(
            f"--{verb}",
            action="append",
            default=[],
            metavar="TAG",
            help=f"{sentence}; may be given several times",
        )


def _tag(options: Namespace) -> int:
    if not options.add and not options.remove:
        raise UsageError("Which tags?", hint="Give --add TAG or --remove TAG.")
    with chosen_papers(options) as (library, ids):
        done = library.edit_tags(ids, add=options.add, remove=options.remove)
    return confirm(done, "Tagged" if options.add else "Untagged")


def _star_arguments(parser: ArgumentParser) -> None:
    add_selection(parser)
    parser.add_argument("--off", action="store_true", help="take the star away")


def _star(options: Namespace) -> int:
    with chosen_papers(options) as (library, ids):
        done = library.set_starred(ids, not options.off)
    return confirm(done, "Took the star from" if options.off else "Starred")


def _note_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("key", type=free_word, metavar="KEY", help="the citation key of the paper")
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--text", metavar="TEXT", help='the new note; --text "" clears it')
    source.add_argument("--edit", action="store_true", help="change the note in $VISUAL or $EDITOR")


def _note(options: Namespace) -> int:
    with open_library(options) as library:
        (paper,) = library.resolve([options.key])
        if options.text is not None:
            done = library.set_note(paper, options.text)
        elif options.edit or (sys.stdin is not None and sys.stdin.isatty()):
            done = _edit_note(library, paper)
        else:
            done = library.set_note(paper, _piped_note())
    return confirm(done)


def _edit_note(library: Library, paper: int) -> Done | None:
    from readinglist.editor import Draft

    base = library.entry(paper).note or ""
    with Draft(base) as draft:
        text = draft.edit()
        done = library.set_note(paper, text, base)
    if done is not None and done.both:
        tell("The note was changed elsewhere meanwhile: both texts are kept.")
    elif done is None and not text.strip() and library.entry(paper).note:
        tell("The note was changed elsewhere meanwhile, so that text stays.")
    return done


def _piped_note() -> str:
    """Read a note from standard input; nothing there is no wish to lose the note."""
    raw = sys.stdin.buffer.read() if sys.stdin is not None else b""
    try:
        note = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadingListError(
            "Standard input is not UTF-8 text, so the note was not changed."
        ) from error
    if not note.strip():
        raise ReadingListError(
            "Standard input is empty, so the note was not changed.",
            hint='To clear it, use --text "".',
        )
    return note.rstrip("\r\n")


def _rename_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("old", type=free_word, metavar="OLD", help="the tag as it is")
    parser.add_argument(
        "new", type=free_word, metavar="NEW", help="its new name; one that exists takes over"
    )
    parser.add_argument(
        "--branch", action="store_true", help="rename the tags below it too: OLD/x becomes NEW/x"
    )


def _rename(options: Namespace) -> int:
    with open_library(options) as library:
        done = library.rename_tag(options.old, options.new, branch=options.branch)
    return confirm(done)


COMMANDS = {
    "mark": Command(
        _mark,
        _mark_arguments,
        ("readinglist mark read attention2017", "readinglist mark skipped --query tag:survey"),
    ),
    "tag": Command(
        _tag,
        _tag_arguments,
        (
            "readinglist tag attention2017 --add transformers --remove to-sort",
            "readinglist tag --query diffusion --add thesis",
        ),
        texts=("--query", "--add", "--remove"),
    ),
    "star": Command(
        _star,
        _star_arguments,
        ("readinglist star attention2017", "readinglist star attention2017 --off"),
    ),
    "note": Command(
        _note,
        _note_arguments,
        (
            'readinglist note attention2017 --text "Read section 3 again."',
            "readinglist note attention2017 --edit",
            "readinglist note attention2017 < note.md",
        ),
        texts=("--text",),
    ),
    "rename-tag": Command(
        _rename,
        _rename_arguments,
        (
            "readinglist rename-tag rl reinforcement-learning",
            "readinglist rename-tag rl ml --branch    rl/offline becomes ml/offline",
        ),
    ),
}
