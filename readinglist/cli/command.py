"""What a command is made of, and the pieces that several of them share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from readinglist.cli.output import count, tell
from readinglist.errors import ReadingListError, UsageError
from readinglist.nearest import nearest

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from pathlib import Path

    from readinglist.library import Library, Results
    from readinglist.outcomes import Done
    from readinglist.records import Facet
    from readinglist.settings import Settings


# No word of a command line can hold it, so it marks words that are no options, whatever they
# start with; argparse itself forgets `--` when options and free words are mixed.
GUARD = "\0"


def _no_arguments(_parser: ArgumentParser) -> None:
    pass


class Command(NamedTuple):
    """How a command is done: what it does, what it takes, and lines to learn it from.

    `texts` are those of its options that are followed by free text.
    """

    run: Callable[[Namespace], int]
    arguments: Callable[[ArgumentParser], None] = _no_arguments
    examples: tuple[str, ...] = ()
    texts: tuple[str, ...] = ("--query",)


FILES = ("--library", "--config")


def add_files(parser: ArgumentParser) -> None:
    """Take the options that every command has, `FILES`."""
    for option, what, variable in (
        ("--library", "library", "READINGLIST_LIBRARY"),
        ("--config", "config", "READINGLIST_CONFIG"),
    ):
        parser.add_argument(
            option,
            type=file_path,
            metavar="FILE",
            help=f"use this {what} file instead of ${variable} or your own",
        )


def files_named(words: Sequence[str]) -> dict[str, Path] | None:
    """The files that these words name and do nothing else; None for what argparse is to read."""
    names, values = words[::2], words[1::2]
    if len(names) > len(values) or not {*names} <= {*FILES}:
        return None
    if any(value.startswith("-") for value in values):
        return None
    read = zip(names, map(file_path, values), strict=True)
    return {name.removeprefix("--"): path for name, path in read}


def add_query(parser: ArgumentParser) -> None:
    """Take a query as free words."""
    parser.add_argument(
        "query",
        nargs="*",
        default=[],
        type=free_word,
        metavar="QUERY",
        help="which papers (all if left out); one that starts with - follows --",
    )


def add_selection(parser: ArgumentParser) -> None:
    """Take papers by their keys, or by a query."""
    parser.add_argument(
        "keys",
        nargs="*",
        default=[],
        type=free_word,
        metavar="KEY",
        help="the citation key of a paper",
    )
    parser.add_argument(
        "--query", metavar="QUERY", help="take every paper that matches, instead of naming keys"
    )


def add_json(parser: ArgumentParser, what: str) -> None:
    """Take the option to answer in JSON."""
    parser.add_argument("--json", action="store_true", help=f"print {what} as JSON")


def free_word(text: str) -> str:
    """Read a word that may have followed `--`."""
    return text.removeprefix(GUARD)


def file_path(text: str) -> Path:
    """Read a path."""
    from readinglist.paths import expanded

    return expanded(free_word(text))


def whole_number(option: str) -> Callable[[str], int]:
    """Read the value of an option that counts."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            raise UsageError(f"{option} takes a whole number that is not negative, not {text!r}.")
        return int(text)

    return read


class OneOf:
    """Reads one of a few words; a wrong one is told what it may have meant."""

    def __init__(self, kind: str, known: tuple[str, ...]) -> None:
        self.kind = kind
        self.known = known

    def __call__(self, text: str) -> str:
        """The word, or `UsageError`."""
        if text in self.known:
            return text
        raise UsageError(
            f"There is no {self.kind} {text!r}.",
            hint=f"{suggestion(text, self.known)}Choose from {', '.join(self.known)}.",
        )


def one_of(kind: str, choices: Iterable[str]) -> OneOf:
    """Take one of a few words."""
    return OneOf(kind, tuple(str(choice) for choice in choices))


def suggestion(word: str, known: Sequence[str]) -> str:
    """Ask whether the nearest known word was meant; empty when none is near."""
    near = nearest(word, known)
    return f"Did you mean {near}? " if near else ""


def open_library(options: Namespace) -> Library:
    """Open the library that the options or the environment name; a missing one reads as empty."""
    from readinglist.library import Library  # 40 ms with sqlite3 behind it

    library = Library(library_file(options.library))
    if not library.exists:
        tell(f"There is no library at {library.path} yet; `readinglist import` makes it.")
    return library


def library_file(chosen: Path | None) -> Path:
    """Where the library is, or will be: where the user chose, or where it usually is."""
    from readinglist.paths import library_path

    return chosen if chosen is not None else library_path()


def settings_of(options: Namespace) -> Settings:
    """What the user has set; what is wrong with it is told, and changes nothing else."""
    from readinglist.settings import load  # 3 ms, and most commands need no setting

    settings = load(options.config)
    for complaint in settings.complaints:
        tell(complaint.told(settings.file))
    return settings


def in_trash() -> tuple[Facet]:
    """The condition that a paper is in the trash."""
    from readinglist.records import Facet

    return (Facet("is", "trashed"),)


@contextmanager
def chosen_papers(
    options: Namespace, *, trashed: bool = False
) -> Iterator[tuple[Library, list[int]]]:
    """Open the library and find the papers that keys or `--query` name; at least one.

    With `trashed`, they are looked for in the trash.
    """
    if options.keys and options.query is not None:
        raise UsageError("Give keys or --query, not both.")
    if not options.keys and options.query is None:
        raise UsageError("Which papers?", hint="Give their keys, or --query QUERY.")
    if options.query is not None and not any(map(str.isalnum, options.query)):
        raise UsageError(f"The query {options.query!r} has no letter or digit to look for.")
    with open_library(options) as library:
        if options.query is None:
            yield library, library.resolve(options.keys, trashed=trashed)
            return
        results = library.search(options.query, where=in_trash() if trashed else ())
        remark_corrections(results)
        if not len(results):
            where = " in the trash" if trashed else ""
            raise ReadingListError(
                f"No paper{where} matches {options.query!r}, so nothing was done."
            )
        yield library, list(results.ids)


def confirm(done: Done | None, before: str = "", after: str = "") -> int:
    """Say what was done to how many papers, or in the journal's words; no change is no failure."""
    if done is None:
        tell("Nothing to change.")
    elif before:
        tell(f"{before} {count(len(done.ids), 'paper')}{after}.")
    else:
        tell(f"{done.label[:1].upper()}{done.label[1:]}.")
    return 0


def remark_corrections(results: Results) -> None:
    """Say which words of the query were taken for misspelt ones."""
    for written, meant in results.corrections.items():
        tell(f"Read {written!r} as {meant!r}.")
