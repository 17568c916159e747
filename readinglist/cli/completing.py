"""What a shell may offer for the word that is being typed; it asks at every Tab.

It answers with the kind of what follows, then one candidate a line, a tab and a few words about it.
"""

from __future__ import annotations

import sys
from argparse import Action, ArgumentParser
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Final, NamedTuple

from readinglist.cli.arguments import command_parser, front_parser, split_words
from readinglist.cli.command import FILES, OneOf, library_file
from readinglist.cli.commands import COMMANDS
from readinglist.cli.output import write
from readinglist.cli.shell_words import read_line, spelt
from readinglist.paths import expanded
from readinglist.text import clean_line

_LONGEST: Final = 60  # letters about a candidate


class Kind(StrEnum):
    """How a shell should take the candidates."""

    WORDS = "words"  # whole words
    OPEN = "open"  # words that go on: no space follows
    FILES = "files"  # what it offers itself: names of files


class Offer(NamedTuple):
    """Candidates for the whole word, each with a few words about it."""

    kind: Kind
    found: Mapping[str, str] = {}


def complete(words: Sequence[str]) -> int:
    """Answer a shell: `bash LINE BREAKS`, or `words WORD…`, of which the last is unfinished."""
    how, *rest = words or [""]
    if how == "bash" and len(rest) == 2:
        line = read_line(*rest)
        offer = offers(line.before[1:], line.current)
        _answer(
            offer.kind,
            ((spelt(value[line.kept :], line.quote), "") for value in offer.found),
        )
    elif how == "words" and rest:
        # fish gives the last word as it is typed, perhaps with a quote that is still open.
        offer = offers(rest[:-1], read_line(rest[-1].lstrip(), "").current)
        _answer(offer.kind, offer.found.items())
    return 0


def _answer(kind: Kind, found: Iterable[tuple[str, str]]) -> None:
    write(f"{kind}\n")
    for value, about in found:
        if "\n" not in value and "\t" not in value:
            write(f"{value}\t{clean_line(about)[:_LONGEST]}".rstrip() + "\n")
    sys.stdout.flush()


def offers(before: Sequence[str], current: str) -> Offer:
    """What the word that begins with `current` may become, after the words before it."""
    front, name, words = split_words(list(before))
    if front and front[-1] in FILES:
        return Offer(Kind.FILES)
    if name is None:
        if current.startswith("-"):
            return _beginning(current, _options(front_parser()))
        return _beginning(current, {each.name: each.summary for each in COMMANDS.values()})
    offered = COMMANDS.get(name)
    if offered is None:
        return Offer(Kind.WORDS)
    return _Typed(command_parser(offered), words, _library(before)).offer(current)


def _beginning(current: str, found: Mapping[str, str], kind: Kind = Kind.WORDS) -> Offer:
    begun = current.casefold()
    return Offer(
        kind, {value: about for value, about in found.items() if value.casefold().startswith(begun)}
    )


def _options(parser: ArgumentParser) -> dict[str, str]:
    return {
        option: action.help or ""
        for action in parser._actions
        for option in action.option_strings
        if option.startswith("--") or len(action.option_strings) == 1
    }


def _library(words: Sequence[str]) -> Path:
    """The library that the line names, or the usual one."""
    for place, word in enumerate(words):
        if word.startswith("--library="):
            return expanded(word.partition("=")[2])
        if word == "--library" and place + 1 < len(words):
            return expanded(words[place + 1])
    return library_file(None)


class _Typed:
    """The words of a command so far, and what may come next."""

    def __init__(self, parser: ArgumentParser, words: Sequence[str], library: Path) -> None:
        self._library = library
        self._parser = parser
        self._by_option = {name: each for each in parser._actions for name in each.option_strings}
        self._awaiting: Action | None = None
        self._free = False  # whether `--` was typed: no word is an option any more
        self._count = 0
        for word in words:
            self._take(word)

    def _take(self, word: str) -> None:
        if self._awaiting is not None:
            self._awaiting = None
        elif word == "--" and not self._free:
            self._free = True
        elif word.startswith("-") and len(word) > 1 and not self._free:
            found = self._by_option.get(word)
            self._awaiting = found if found is not None and found.nargs != 0 else None
        else:
            self._count += 1

    def offer(self, current: str) -> Offer:
        if self._awaiting is not None:
            return self._values(self._awaiting, current)
        if current.startswith("-") and not self._free:
            option, tied, value = current.partition("=")
            if not tied:
                return _beginning(current, _options(self._parser))
            found = self._by_option.get(option)
            offer = self._values(found, value) if found is not None else Offer(Kind.WORDS)
            return offer._replace(
                found={f"{option}={v}": about for v, about in offer.found.items()}
            )
        place = [each for each in self._parser._actions if not each.option_strings]
        if not place:
            return Offer(Kind.WORDS)
        here = place[min(self._count, len(place) - 1)]
        if self._count >= len(place) and here.nargs not in ("*", "+"):
            return Offer(Kind.WORDS)
        return self._values(here, current)

    def _values(self, action: Action, current: str) -> Offer:
        if isinstance(action.type, OneOf):
            return _beginning(current, dict.fromkeys(action.type.known, ""))
        match action.metavar:
            case "FILE" | "PATH" | "DIR" | "FOLDER":
                return Offer(Kind.FILES)
            case "KEY" | "KEEP" | "OTHER":
                return self._keys(current)
            case "TAG" | "OLD" | "NEW":
                return _beginning(current, self._tags())
            case "QUERY":
                return self._query(current)
        return Offer(Kind.WORDS)

    def _keys(self, current: str) -> Offer:
        from readinglist.library import glance  # 20 ms with sqlite3 behind it

        return _beginning(current, glance.keys(self._library, current))

    def _tags(self) -> dict[str, str]:
        from readinglist.library import glance

        return {name: _papers(count) for name, count in glance.tags(self._library).items()}

    def _query(self, current: str) -> Offer:
        """Fields of the query language, and their values."""
        from datetime import datetime

        from readinglist.library import glance
        from readinglist.library.query.fields import FIELDS
        from readinglist.library.search.completion import Known, completion
        from readinglist.records import FacetCounts, Status

        if not current.strip("-("):
            return Offer(Kind.OPEN, {f"{current}{name}:": "" for name in FIELDS})
        statuses = dict.fromkeys(Status, 0)
        tags, documents = glance.tags(self._library), glance.documents(self._library)
        counts = FacetCounts(0, statuses, 0, 0, tags, documents)
        today = datetime.now().astimezone().date()
        found = completion(current, len(current), Known(counts, lambda _: {}, today))
        if found is None:
            return Offer(Kind.WORDS)
        texts = {found.applied(current, each): each for each in found.candidates}
        kind = Kind.OPEN if any(text.endswith((":", "/")) for text in texts) else Kind.WORDS
        told = {text: _papers(each.papers) for text, each in texts.items()}
        return Offer(kind, {text: about for text, about in told.items() if _extends(text, current)})


def _extends(text: str, current: str) -> bool:
    """Whether a shell can put a text in a word's place: it may not take letters back."""
    return text.casefold().startswith(current.casefold().rstrip('"'))


def _papers(count: int | None) -> str:
    return "" if not count else "1 paper" if count == 1 else f"{count:,} papers"
