"""The command for searches with names."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from readinglist.cli.command import Command, add_json, add_query, one_of, open_library
from readinglist.cli.output import say, say_json, tell
from readinglist.errors import UsageError
from readinglist.records import Saved, Sort


def _arguments(parser: ArgumentParser) -> None:
    add_query(parser)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--save", metavar="NAME", help="save QUERY under a name")
    what.add_argument("--delete", metavar="NAME", help="forget the search of that name")
    what.add_argument(
        "--rename", nargs=2, metavar=("OLD", "NEW"), help="give a search another name"
    )
    what.add_argument("--start", metavar="NAME", help="let the app begin with it; with '', without")
    parser.add_argument(
        "--sort", type=one_of("sort field", Sort), metavar="FIELD", help="with --save: the order"
    )
    parser.add_argument(
        "--reverse", action="store_true", help="with --save: the order turned round"
    )
    add_json(parser, "a list of the searches")


def _searches(options: Namespace) -> int:
    if options.save is None and (options.query or options.sort or options.reverse):
        raise UsageError(
            "QUERY, --sort and --reverse go with --save NAME.",
            hint="`readinglist list QUERY` lists papers.",
        )
    with open_library(options) as library:
        if options.save is not None:
            sort = options.sort and Sort(options.sort)
            query = " ".join(options.query)
            library.save_search(Saved(options.save, query, sort, options.reverse))
            tell(f"Saved the search {options.save!r}.")
        elif options.delete is not None:
            library.delete_search(options.delete)
            tell(f"Deleted the search {options.delete!r}.")
        elif options.rename is not None:
            old, new = options.rename
            library.rename_search(old, new)
            tell(f"Renamed the search {old!r} to {new!r}.")
        elif options.start is not None:
            library.start_with_search(options.start or None)
            tell(f"The app begins with {options.start or 'all papers'}.")
        else:
            _print(library.saved_searches(), in_json=options.json)
    return 0


def _print(saved: list[Saved], *, in_json: bool) -> None:
    if in_json:
        say_json([each._asdict() for each in saved])
        return
    if not saved:
        tell("No search is saved yet: `readinglist searches --save NAME QUERY` saves one.")
    for each in saved:
        order = f"   by {each.sort or 'default'}{', reversed' if each.reverse else ''}"
        start = "   (the app begins with it)" if each.start else ""
        say(each.name, f"   {each.query}", order if each.sort or each.reverse else "", start)


COMMANDS = {
    "searches": Command(
        _searches,
        _arguments,
        (
            "readinglist searches",
            "readinglist searches --save unread status:to-read tag:rl",
            "readinglist searches --rename unread 'to read: rl'",
            "readinglist searches --start unread      # the app begins with it",
        ),
        texts=("--save", "--delete", "--start"),
    ),
}
