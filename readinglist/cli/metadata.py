"""The command that changes what is known of a paper."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from readinglist.cli.command import Command, confirm, free_word, open_library
from readinglist.cli.output import tell
from readinglist.errors import UsageError

# Option, field, its place holder and what it is; those of a list are given once for each.
_ONE = (
    ("--title", "title", "TEXT", "its title"),
    ("--abstract", "abstract", "TEXT", "its abstract"),
    ("--year", "year", "YEAR", "when it appeared"),
    ("--venue", "venue", "TEXT", "where it appeared"),
    ("--doi", "doi", "DOI", "its DOI, as such or as a link"),
    ("--arxiv", "arxiv_id", "ID", "its arXiv id, as such or as a link"),
)
_MANY = (
    ("--author", "authors", "NAME", "an author; give all of them, each with --author"),
    ("--url", "urls", "URL", "a link; give all of them, each with --url"),
)
_OPTIONS = tuple(option for option, *_ in (*_ONE, *_MANY))


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("key", type=free_word, metavar="KEY", help="the citation key of the paper")
    for option, field, shown, what in _ONE:
        parser.add_argument(option, dest=field, metavar=shown, help=f'{what}; "" clears it')
    for option, field, shown, what in _MANY:
        parser.add_argument(
            option, dest=field, action="append", metavar=shown, help=f'{what}; "" clears them'
        )


def _edit(options: Namespace) -> int:
    fields = [field for _, field, *_ in (*_ONE, *_MANY)]
    facts = {name: value for name in fields if (value := getattr(options, name)) is not None}
    if not facts:
        raise UsageError("What is to be changed?", hint=f"Give one of {', '.join(_OPTIONS)}.")
    with open_library(options) as library:
        (paper,) = library.resolve([options.key])
        before = library.entry(paper).key
        done = library.set_facts(paper, facts)
        after = library.entry(paper).key
    confirm(done)
    if after != before:
        tell(f"Its key is {after} now.")
    return 0


COMMANDS = {
    "edit": Command(
        _edit,
        _arguments,
        (
            "readinglist edit attention2017 --year 2017 --venue NeurIPS",
            'readinglist edit attention2017 --author "Ashish Vaswani" --author "Noam Shazeer"',
            'readinglist edit attention2017 --doi ""',
        ),
        texts=_OPTIONS,
    ),
}
