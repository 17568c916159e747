"""The command that lists the papers most like one."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from readinglist.cli.command import Command, add_json, free_word, open_library, whole_number
from readinglist.cli.output import say, say_json, tell
from readinglist.latex import to_unicode
from readinglist.outcomes import Similar
from readinglist.records import Entry

_MOST = 10


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("key", type=free_word, metavar="KEY", help="the citation key of the paper")
    parser.add_argument(
        "--limit",
        type=whole_number("--limit"),
        default=_MOST,
        metavar="N",
        help=f"print no more than this many papers (default: {_MOST})",
    )
    add_json(parser, "a list of the papers, their scores and the shared terms")


def _similar(options: Namespace) -> int:
    with open_library(options) as library:
        (paper,) = library.resolve([options.key])
        found = library.similar(paper, options.limit)
        entries = library.entries([each.id for each in found])
    pairs = list(zip(found, entries, strict=True))
    if options.json:
        say_json([_json(each, entry) for each, entry in pairs])
        return 0
    if not pairs and options.limit:
        tell("No other paper shares a word that says something.")
    for number, (each, entry) in enumerate(pairs):
        if number:
            say()
        say((entry.key, "strong"), "  ", to_unicode(entry.title))
        say(f"  {each.score:4.0%}  ", (", ".join(each.terms), "quiet"))
    return 0


def _json(each: Similar, entry: Entry) -> dict[str, object]:
    return {
        "key": entry.key,
        "title": entry.title,
        "status": str(entry.status),
        "score": round(each.score, 4),
        "terms": list(each.terms),
    }


COMMANDS = {
    "similar": Command(
        _similar,
        _arguments,
        ("readinglist similar attention2017", "readinglist similar attention2017 --json"),
    ),
}
