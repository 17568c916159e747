"""From words to a command and its options; nothing heavier than argparse is loaded on the way."""

from __future__ import annotations

import re
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Iterator, Sequence
from typing import NoReturn

from readinglist import __version__
from readinglist.cli.command import FILES, GUARD, add_files, files_named, suggestion
from readinglist.cli.commands import COMMANDS, Offer
from readinglist.cli.measure import columns
from readinglist.errors import UsageError

_DESCRIPTION = "Turn piles of paper listings into a reading list you finish."
_ABOUT = """\
Without a command, the app opens.

commands:
{commands}

`readinglist COMMAND --help` explains one of them. Examples:
  readinglist demo
  readinglist import ~/captures
  readinglist list status:to-read --limit 20
  readinglist export tag:thesis --format bibtex -o refs.bib"""
_NO_FILES = dict.fromkeys(("library", "config"))


def parse(argv: Sequence[str]) -> Namespace:
    """Understand the words of one command line; `options.run(options)` does what they say.

    Raises `UsageError` for words that do not fit together, and `SystemExit` once a help text or
    the version has been printed.
    """
    before, name, after = split_words(list(argv))
    files = files_named(before)
    options = (
        _understand(front_parser(), before) if files is None else Namespace(**_NO_FILES | files)
    )
    if name is None:
        from readinglist.cli.app import run_app

        options.run = run_app
        return options
    offer = COMMANDS.get(name)
    if offer is None:
        raise UsageError(
            f"There is no command {name!r}.",
            hint=suggestion(name, list(COMMANDS)) + "See `readinglist --help`.",
        )
    command, parser = offer.command(), command_parser(offer)
    parser.set_defaults(run=command.run, library=options.library, config=options.config)
    return _understand(parser, after, command.texts)


def split_words(words: list[str]) -> tuple[list[str], str | None, list[str]]:
    """Cut at the command's name: what stands before it, the name, what follows."""
    index = 0
    while index < len(words):
        if not words[index].startswith("-"):
            return words[:index], words[index], words[index + 1 :]
        index += 2 if words[index] in FILES else 1
    return words, None, []


def _understand(parser: ArgumentParser, words: list[str], texts: tuple[str, ...] = ()) -> Namespace:
    """Parse options and free words in any order; `texts` are the options of free text."""
    options, unknown = parser.parse_known_intermixed_args(list(_joined(parser, words, texts)))
    if unknown:
        raise _unexpected(parser, unknown[0].removeprefix(GUARD))
    return options


def _joined(parser: ArgumentParser, words: list[str], texts: tuple[str, ...]) -> Iterator[str]:
    """Tie an option of free text to its value, which argparse takes for an option after a dash.

    `--query -tag:rl` and `--query -- -tag:rl` are both `--query=-tag:rl`. Elsewhere `--` makes
    every word after it a free one.
    """
    known = {"-h", "-o", *_long_options(parser)}
    rest = iter(words)
    for word in rest:
        if word == "--":
            yield from (GUARD + free for free in rest)
        elif word in texts and (value := next(rest, None)) is not None:
            value = next(rest, value) if value == "--" else value
            yield from (word, value) if value in known else (f"{word}={value}",)
        else:
            yield word


def _long_options(parser: ArgumentParser) -> list[str]:
    return ["--help", *re.findall(r"--[a-z-]+", parser.format_usage())]


def _unexpected(parser: ArgumentParser, word: str) -> UsageError:
    see = f"See `{parser.prog} --help`."
    if not word.startswith("-"):
        if "--text" in parser.format_usage():  # the word may be one of a note, which is not quoted
            kept = "The words of a note follow --text, in quotes."
            return UsageError(
                f"`{parser.prog}` takes nothing beside the key.", hint=f"{kept} {see}"
            )
        return UsageError(f"`{parser.prog}` takes no {word!r}.", hint=see)
    word = word.partition("=")[0]
    hint = suggestion(word, _long_options(parser))
    if "[QUERY" in parser.format_usage():
        hint += "A query that starts with - follows --. "
    return UsageError(f"`{parser.prog}` has no option {word!r}.", hint=hint + see)


class _Help(RawDescriptionHelpFormatter):
    """argparse's help, told how wide it may be: to find that out it would import `shutil`."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=columns() - 2)


class _Parser(ArgumentParser):
    """argparse, with mistakes raised as errors of our own."""

    def error(self, message: str) -> NoReturn:
        message = re.sub(r"(?s)ignored explicit argument .*", "it takes no value", message)
        sentence = message[:1].upper() + message[1:]
        raise UsageError(f"{sentence}.", hint=f"See `{self.prog} --help`.")


def front_parser() -> ArgumentParser:
    """What stands before a command."""
    commands = "\n".join(f"  {c.name:12}{c.summary}" for c in COMMANDS.values())
    parser = _Parser(
        prog="readinglist",
        usage="readinglist [--library FILE] [--config FILE] [COMMAND ...]",
        description=_DESCRIPTION,
        epilog=_ABOUT.format(commands=commands),
        formatter_class=_Help,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"readinglist {__version__}")
    add_files(parser)
    return parser


def command_parser(offer: Offer) -> ArgumentParser:
    """What a command takes."""
    command = offer.command()
    examples = "".join(f"\n  {example}" for example in command.examples)
    parser = _Parser(
        prog=f"readinglist {offer.name}",
        description=f"{offer.summary}.",
        epilog=f"Examples:{examples}" if examples else None,
        formatter_class=_Help,
        allow_abbrev=False,
    )
    command.arguments(parser)
    add_files(parser)
    return parser
