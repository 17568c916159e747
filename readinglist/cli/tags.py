"""The command that lists tags, and those that may be one."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping

from readinglist.cli.command import Command, add_json, open_library
from readinglist.cli.output import count, say, say_json, tell


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--doctor",
        action="store_true",
        help="list tags that may be one, and tags on one paper only; `rename-tag` makes them one",
    )
    add_json(parser, "a list")


def _tags(options: Namespace) -> int:
    with open_library(options) as library:
        tags, colours = library.counts().tags, library.tag_colours()
    if options.doctor:
        _examine(tags, json=options.json)
    elif options.json:
        say_json(
            [{"name": name, "count": n, "colour": colours.get(name)} for name, n in tags.items()]
        )
    else:
        _list(tags)
    return 0


def _list(tags: Mapping[str, int]) -> None:
    if not tags:
        tell("No paper has a tag yet.")
    room = max((len(str(papers)) for papers in tags.values()), default=0)
    for name, papers in tags.items():
        say(f"{papers:>{room}}  ", name)


def _examine(tags: Mapping[str, int], *, json: bool) -> None:
    from readinglist.library.tag_doctor import ailments

    found = ailments(tags)
    if json:
        say_json([{**each._asdict(), "cure_papers": each.cure_papers or None} for each in found])
        return
    if not found:
        tell("Every tag is spelt in one way, and on more than one paper.")
    for each in found:
        cure = f" → {each.cure} ({count(each.cure_papers, 'paper')})" if each.cure else ""
        say(each.tag, f" ({count(each.papers, 'paper')})", cure, (f"  {each.why}", "quiet"))


COMMANDS = {
    "tags": Command(
        _tags,
        _arguments,
        ("readinglist tags", "readinglist tags --json", "readinglist tags --doctor"),
    ),
}
