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
_KEY = "--key"
_SET = "--set"
_OPTIONS = (*(option for option, *_ in (*_ONE, *_MANY)), _KEY, _SET)


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("key", type=free_word, metavar="KEY", help="the citation key of the paper")
    for option, field, shown, what in _ONE:
        parser.add_argument(option, dest=field, metavar=shown, help=f'{what}; "" clears it')
    for option, field, shown, what in _MANY:
        parser.add_argument(
            option, dest=field, action="append", metavar=shown, help=f'{what}; "" clears them'
        )
    parser.add_argument(
        _KEY, dest="new_key", metavar="KEY", help="its citation key; that before leads to it too"
    )
    parser.add_argument(
        _SET, dest="details", action="append", metavar="NAME=TEXT", default=[],
        help="another fact, such as volume=3, pages=1-9, publisher=…, or type=book",
    )  # fmt: skip


def _edit(options: Namespace) -> int:
    fields = [field for _, field, *_ in (*_ONE, *_MANY)]
    facts: dict[str, object] = {
        name: value for name in fields if (value := getattr(options, name)) is not None
    }
    if options.new_key is not None:
        facts["key"] = options.new_key
    if options.details:
        facts["details"] = dict(map(_detail, options.details))
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


def _detail(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise UsageError(f"{_SET} takes a name and a text, such as volume=3, not {text[:40]!r}.")
    return name.strip().lower(), value


COMMANDS = {
    "edit": Command(
        _edit,
        _arguments,
        (
            "readinglist edit attention2017 --year 2017 --venue NeurIPS",
            'readinglist edit attention2017 --author "Ashish Vaswani" --author "Noam Shazeer"',
            'readinglist edit attention2017 --doi ""',
            "readinglist edit attention2017 --key vaswani2017 --set volume=30",
        ),
        texts=_OPTIONS,
    ),
}
