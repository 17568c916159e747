"""The commands about what lookups found and were not sure of: list it, take it, or not."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from readinglist.cli.command import Command, add_json, confirm, free_word, open_library
from readinglist.cli.output import say, say_json, tell
from readinglist.errors import ReadingListError, UsageError
from readinglist.latex import to_unicode
from readinglist.text import clean_line, without_braces

if TYPE_CHECKING:
    from readinglist.findings import Finding, Suggestion
    from readinglist.library import Library


def as_json(found: Finding | Suggestion) -> dict[str, Any]:
    """A suggestion as machines read it."""
    from readinglist.library.found_facts import members_of

    return {
        "provider": found.provider,
        "identifier": found.identifier,
        "score": found.score,
        "record": members_of(found.record),
    }


def _list_arguments(parser: ArgumentParser) -> None:
    add_json(parser, "keys and suggestions")


def _list(options: Namespace) -> int:
    with open_library(options) as library:
        suggested = library.suggestions()
        papers = {paper.id: paper for paper in library.entries({s.paper for s in suggested})}
    if options.json:
        say_json(
            [{"key": papers[s.paper].key, "title": papers[s.paper].title, **as_json(s)}
             for s in suggested]
        )  # fmt: skip
        return 0
    shown: int | None = None
    for each in suggested:
        if each.paper != shown:
            if shown is not None:
                say()
            paper = papers[each.paper]
            say((paper.key, "strong"), "  ", _plain(paper.title))
        shown = each.paper
        record = each.record
        facts = [_people(record.authors), str(record.year or ""), _plain(record.venue or "")]
        say(f"  {_plain(record.title)}")
        say((f"  {each.identifier}", "strong"), f"  {', '.join(filter(None, facts))}",
            (f"  {each.provider}, titles {each.score:.0%} alike", "quiet"))  # fmt: skip
    tell(
        "`readinglist accept KEY IDENTIFIER` takes one, `readinglist reject KEY` says that they "
        "are other works."
        if suggested
        else "There is nothing to review."
    )
    return 0


def _plain(text: str) -> str:
    return clean_line(to_unicode(text))


def _people(authors: tuple[str, ...]) -> str:
    shown = ", ".join(_plain(without_braces(name)) for name in authors[:3])
    return f"{shown} and {len(authors) - 3} more" if len(authors) > 3 else shown


def _decision_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("key", type=free_word, metavar="KEY", help="the citation key of the paper")
    parser.add_argument(
        "identifier",
        nargs="?",
        type=free_word,
        metavar="IDENTIFIER",
        help="which suggestion, where there are several",
    )


def _accept(options: Namespace) -> int:
    with open_library(options) as library:
        suggested = _suggested(library, options)
        if len(suggested) > 1:
            raise UsageError(
                f"Which one of {len(suggested)} suggestions?", hint=f"{_names(suggested)}."
            )
        (one,) = suggested
        return confirm(library.accept(one.paper, one.provider, one.identifier))


def _reject(options: Namespace) -> int:
    with open_library(options) as library:
        suggested = _suggested(library, options)
        names = [(each.provider, each.identifier) for each in suggested]
        return confirm(library.reject(suggested[0].paper, names))


def _suggested(library: Library, options: Namespace) -> list[Suggestion]:
    """The open suggestions for a paper, at least one."""
    (paper,) = library.resolve([options.key])
    found = [each for each in library.suggestions() if each.paper == paper]
    if options.identifier is not None and found:
        name = clean_line(options.identifier)
        named = [each for each in found if name in (each.identifier, _full_name(each))]
        if not named:
            raise ReadingListError(
                f"No suggestion for {options.key} is called {options.identifier!r}.",
                hint=f"There is {_names(found)}.",
            )
        return named
    if not found:
        raise ReadingListError(
            f"There is no suggestion for {options.key}.",
            hint="`readinglist suggestions` lists those that there are.",
        )
    return found


def _full_name(suggestion: Suggestion) -> str:
    return f"{suggestion.provider}:{suggestion.identifier}"


def _names(suggested: list[Suggestion]) -> str:
    """What suggestions are called; with their providers where two of these know the same work."""
    short = [each.identifier for each in suggested]
    return ", ".join(short if len({*short}) == len(short) else map(_full_name, suggested))


COMMANDS = {
    "suggestions": Command(
        _list, _list_arguments, ("readinglist suggestions", "readinglist suggestions --json")
    ),
    "accept": Command(
        _accept,
        _decision_arguments,
        ("readinglist accept attention-need-9f3a1c 1706.03762",),
    ),
    "reject": Command(_reject, _decision_arguments, ("readinglist reject attention-need-9f3a1c",)),
}
