"""The command that asks providers of metadata about papers that the library has."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING

from readinglist.cli.command import (
    Command,
    add_json,
    add_query,
    one_of,
    open_library,
    remark_corrections,
    settings_of,
)
from readinglist.cli.output import complain, count, tell
from readinglist.cli.progress import Bar, interruptible
from readinglist.errors import LookupFailed, OffLine

if TYPE_CHECKING:
    from readinglist.findings import Filled
    from readinglist.library import Library
    from readinglist.lookup.asking import Asker
    from readinglist.lookup.looking import Looked, Progress
    from readinglist.lookup.provider import Provider
    from readinglist.lookup.settings import LookupSettings
    from readinglist.records import Entry


def add_provider(parser: ArgumentParser) -> None:
    """Take the name of a provider."""
    from readinglist.settings.table import PROVIDERS  # 3 ms, and most commands need no setting

    parser.add_argument(
        "--provider",
        type=one_of("provider", PROVIDERS),
        metavar="NAME",
        help=f"ask {', '.join(PROVIDERS)}, instead of whom lookup.provider names",
    )


def announce(provider: Provider, settings: LookupSettings, papers: int) -> None:
    """Say what goes to whom, the first time that it does."""
    from readinglist.lookup import notice
    from readinglist.paths import cache_folder

    folder = cache_folder()
    if not notice.is_told(folder, provider, settings):
        tell(notice.what_is_sent(provider, settings, count(papers, "paper")))
        notice.remember(folder, provider, settings)


def _arguments(parser: ArgumentParser) -> None:
    add_query(parser)
    add_provider(parser)
    parser.add_argument(
        "--refresh",
        action="store_true",
        help="bring up to date what the provider wrote; if it is named, what others wrote too",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="ask, say what would be written, and write nothing"
    )
    parser.add_argument(
        "--queue",
        action="store_true",
        help="if nobody can be reached, keep the papers for the next lookup without a query",
    )
    add_json(parser, "papers, suggestions and totals")


def _lookup(options: Namespace) -> int:
    from readinglist.cli import lookup_report
    from readinglist.lookup import get_provider
    from readinglist.lookup.asking import Asker
    from readinglist.lookup.settings import lookup_settings
    from readinglist.paths import cache_folder

    settings = lookup_settings(settings_of(options))
    provider = get_provider(options.provider or settings.provider)
    settings.address(provider)  # a mistake in it is told before anything else is done
    with open_library(options) as library:
        results = library.search(" ".join(options.query))
        remark_corrections(results)
        papers = _papers(options, library, results.ids, provider)
        if not papers:
            lookup_report.nothing(library, results.ids, provider, options)
            return 0
        announce(provider, settings, len(papers))
        with Asker(provider, settings, folder=cache_folder(), fresh=options.refresh) as asker:
            looked = _look(papers, asker)
        filled = _write(options, library, papers, looked, provider)
        lookup_report.report(library, papers, looked, filled, provider, options)
    if looked.error is not None:
        complain(_failure(options, looked, filled))
    if looked.stopped:
        raise KeyboardInterrupt
    return 1 if looked.error is not None else 0


def _papers(
    options: Namespace, library: Library, found: Sequence[int], provider: Provider
) -> list[Entry]:
    """Those of the papers to look up: that lack something, or have something from a lookup."""
    from readinglist.lookup.choosing import chosen

    ids = chosen(
        library,
        found,
        provider.name,
        refresh=options.refresh,
        others=options.provider is not None,
        queued=not options.query,
    )
    return library.entries(ids)


def _look(papers: list[Entry], asker: Asker) -> Looked:
    """Ask, with a bar; ctrl+c ends it with what has been found."""
    from readinglist.lookup.looking import look_up
    from readinglist.stopping import stoppable

    bar = Bar()

    def reach(progress: Progress) -> None:
        numbers = f"{progress.done} of {count(progress.papers, 'paper')}"
        bar.fill(progress.done / progress.papers, f"{numbers}, {progress.requests_shown}")

    with interruptible() as interrupted:

        def asked() -> bool:
            bar.tick()
            return interrupted()

        try:
            with stoppable(asked):
                return look_up(papers, asker, reach)
        finally:
            bar.clear()


def _write(
    options: Namespace, library: Library, papers: list[Entry], looked: Looked, provider: Provider
) -> Filled:
    from readinglist.lookup.looking import still_meant

    with library.rehearsal() if options.dry_run else nullcontext():
        now = library.entries(paper.id for paper in papers)
        filled = library.fill_in(
            still_meant(looked, papers, now),
            refresh=options.refresh,
            others=options.provider is not None,
        )
    if options.dry_run:
        return filled
    left = {*looked.left}
    queued = {*library.awaited(provider.name)}
    if done := queued & {paper.id for paper in papers} - left:
        library.await_no_more(done, provider.name)
    if options.queue and isinstance(looked.error, OffLine):
        library.await_lookup(left, provider.name)
    return filled


def _failure(options: Namespace, looked: Looked, filled: Filled) -> LookupFailed:
    """Why not all was looked up, and what became of the rest."""
    error = looked.error or LookupFailed("Not all was looked up.")
    untouched = ", so nothing was changed" if filled.done is None else ""
    hint = error.hint
    if isinstance(error, OffLine):
        papers = count(len(looked.left), "paper")
        if options.queue and not options.dry_run:
            hint = f"{papers} will be asked for by the next `readinglist lookup`."
        else:
            hint += f" With --queue, {papers} would wait for the next lookup."
    return type(error)(f"{error.message.rstrip('.')}{untouched}.", hint=hint)


COMMANDS = {
    "lookup": Command(
        _lookup,
        _arguments,
        (
            "readinglist lookup",
            "readinglist lookup status:to-read --provider crossref",
            "readinglist lookup --dry-run --json",
            "readinglist lookup --refresh",
        ),
    ),
}
