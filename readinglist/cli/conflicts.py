"""The command about what documents say otherwise than the papers: list it, take it, or not."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from readinglist.cli.command import (
    Command,
    add_json,
    add_selection,
    chosen_papers,
    confirm,
    open_library,
)
from readinglist.cli.output import say, say_json, tell
from readinglist.errors import UsageError
from readinglist.outcomes import values_shown
from readinglist.text import clean_line

if TYPE_CHECKING:
    from readinglist.library import Library
    from readinglist.outcomes import Conflict


def _arguments(parser: ArgumentParser) -> None:
    add_selection(parser)
    parser.add_argument("--all", action="store_true", help="of every paper")
    parser.add_argument("--field", metavar="FIELD", help="only this field, such as year or venue")
    parser.add_argument("--take", action="store_true", help="take what the documents say")
    parser.add_argument("--keep", action="store_true", help="keep what the papers have")
    add_json(parser, "a list of keys, fields and both values")


def _conflicts(options: Namespace) -> int:
    if options.take and options.keep:
        raise UsageError("Give --take or --keep, not both.")
    if options.all and (options.keys or options.query is not None):
        raise UsageError("Give --all or some papers, not both.")
    if not options.keys and options.query is None:
        if (options.take or options.keep) and not options.all:
            raise UsageError("Of which papers?", hint="Give their keys, --query QUERY, or --all.")
        with open_library(options) as library:
            return _answer(library, library.conflicts(), options)
    with chosen_papers(options) as (library, ids):
        chosen = {*ids}
        found = [each for each in library.conflicts() if each.paper in chosen]
        return _answer(library, found, options)


def _answer(library: Library, found: list[Conflict], options: Namespace) -> int:
    if options.field is not None:
        wanted = options.field.lower()
        found = [each for each in found if wanted in (each.field, each.field.partition(".")[2])]
    if options.take or options.keep:
        return confirm(library.decide(found, take=options.take) if found else None)
    entries = {entry.id: entry for entry in library.entries({each.paper for each in found})}
    told = [
        {
            "key": entries[each.paper].key,
            "title": entries[each.paper].title,
            "field": each.field,
            "ours": each.ours,
            "theirs": each.theirs,
            "document": each.source,
        }
        for each in found
    ]
    if options.json:
        say_json(told)
    else:
        _show(told)
    return 0


def _show(told: list[dict[str, Any]]) -> None:
    for each in told:
        say((each["key"], "strong"), f"  {each['field']}")
        say(("  here   ", "quiet"), clean_line(values_shown(each["ours"])) or "nothing")
        source = (f"  ({clean_line(each['document'])})", "quiet")
        say(("  there  ", "quiet"), clean_line(values_shown(each["theirs"])), source)
    if told:
        tell("`readinglist conflicts KEY… --take` takes what is there, and --keep what is here.")
    else:
        tell("No document says otherwise than the papers.")


COMMANDS = {
    "conflicts": Command(
        _conflicts,
        _arguments,
        (
            "readinglist conflicts --json",
            "readinglist conflicts attention2017 --field year --take",
            "readinglist conflicts --query tag:thesis --keep",
            "readinglist conflicts --all --field note --take",
        ),
    ),
}
