"""The command that adds papers by their identifiers."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from readinglist.cli.command import Command, add_json, free_word, library_file, settings_of
from readinglist.cli.lookups import add_provider, announce
from readinglist.cli.output import complain, say, say_json, tell
from readinglist.cli.progress import interruptible
from readinglist.errors import LookupFailed, UsageError
from readinglist.latex import to_unicode
from readinglist.text import clean_line, without_braces

if TYPE_CHECKING:
    from readinglist.findings import Added
    from readinglist.library import Library
    from readinglist.lookup.adding import Outcome
    from readinglist.lookup.provider import Provider, Question
    from readinglist.lookup.settings import LookupSettings
    from readinglist.records import Record


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "ids",
        nargs="+",
        type=free_word,
        metavar="ID",
        help="an arXiv id, a DOI, or a link to a paper",
    )
    add_provider(parser)
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would be added, and add nothing"
    )
    add_json(parser, "what was found and added")


def _add(options: Namespace) -> int:
    from readinglist.library import Library
    from readinglist.lookup.adding import asked_for, split, works
    from readinglist.lookup.settings import lookup_settings
    from readinglist.stopping import Stopped, stoppable

    settings = lookup_settings(settings_of(options))
    texts = split(" ".join(options.ids))
    if not texts:
        raise UsageError("There is no identifier in that.", hint="Name an arXiv id or a DOI.")
    asked = asked_for(texts, options.provider)
    for provider in asked:
        settings.address(provider)
    reports: list[dict[str, Any]] = []
    failed = False
    try:
        with interruptible() as interrupted, stoppable(interrupted):
            outcomes = list(_found(asked, settings))
    except Stopped as stopped:
        tell("Stopped: nothing was added.")
        raise KeyboardInterrupt from stopped
    with Library(library_file(options.library)) as library:
        found = works(outcomes)
        added = iter([None] * len(found) if options.dry_run else library.add(found))
        for outcome in outcomes:
            if isinstance(outcome.found, LookupFailed):
                failed = True
                complain(f"{clean_line(outcome.text)[:80]}: {outcome.found}")
                reports.append({"id": outcome.text, "error": str(outcome.found)})
            else:
                record, paper = outcome.found.record, next(added)
                reports.append(_report(library, outcome, record, paper, quietly=options.json))
    if options.json:
        say_json(reports)
    if options.dry_run:
        tell("This was a dry run: nothing was added.")
    return 1 if failed else 0


def _found(
    asked: dict[Provider, dict[Question, str]], settings: LookupSettings
) -> Iterator[Outcome]:
    from readinglist.lookup.adding import find
    from readinglist.paths import cache_folder

    for provider, questions in asked.items():
        announce(provider, settings, len(questions))
        yield from find(provider, questions, settings, cache_folder())


def _report(
    library: Library, outcome: Outcome, record: Record, added: Added | None, *, quietly: bool
) -> dict[str, Any]:
    from readinglist.library.found_facts import members_of
    from readinglist.library.journal.facts import DETAIL

    key = library.entry(added.paper).key if added else None
    if not quietly:
        say((f"{key}  " if key else "", "strong"), _told(record))
        if outcome.remark:
            tell(clean_line(outcome.remark))
        if added and not added.new:
            names = ", ".join(name.removeprefix(DETAIL) for name in added.fields)
            what = f", and took {names}" if names else ""
            where = "is in the trash" if added.trashed else "was here already"
            tell(f"{key} {where}{what}.")
    return {
        "id": outcome.text,
        "provider": outcome.provider.name,
        "record": members_of(record),
        "alias": outcome.is_alias,
        "key": key,
        "new": added.new if added else None,
        "fields": list(added.fields) if added else [],
        "trashed": added.trashed if added else None,
    }


def _told(record: Record) -> str:
    """Title, authors and year on one line."""
    names = [clean_line(to_unicode(without_braces(name))) for name in record.authors[:3]]
    more = " and others" if len(record.authors) > 3 else ""
    by = f" — {', '.join(names)}{more}" if names else ""
    year = f" ({record.year})" if record.year else ""
    return f"{clean_line(to_unicode(record.title))}{by}{year}"


COMMANDS = {
    "add": Command(
        _add,
        _arguments,
        (
            "readinglist add 1706.03762",
            "readinglist add 10.1038/nature14539 https://arxiv.org/abs/2401.01234",
            "readinglist add 10.1038/nature14539 --provider openalex --dry-run",
        ),
    ),
}
