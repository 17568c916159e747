"""Metadata from outside: looking papers up, in the background."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from readinglist.tui.keyboard.names import key
from readinglist.tui.main.edits import Edits

if TYPE_CHECKING:
    from readinglist.lookup.provider import Provider
    from readinglist.lookup.settings import LookupSettings
    from readinglist.tui.looking_up import LookingUp
    from readinglist.tui.screens.lookup_progress import LookupProgress

_PACE = 0.2  # seconds between two looks at how far it is
_FEW = 300  # papers that are read while the screen waits; of more, the lookup finds out


class LookupActions(Edits):
    """Asking providers about papers that are here."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "L", "look_up", "Look up", id="lookup.ask", show=False,
            tooltip="Ask for authors, year and links; while that runs, show how far it is.",
        ),
    ]  # fmt: skip

    UNBOUND: ClassVar[tuple[Binding, ...]] = (
        Binding(
            "", "look_up_at", "Look up at…", id="lookup.choose",
            tooltip="Ask another provider for authors, year and links.",
        ),
        Binding(
            "", "refresh_lookup", "Refresh what lookups wrote", id="lookup.refresh",
            tooltip="Ask the usual provider again for what it wrote and nobody has changed since.",
        ),
        Binding(
            "", "refresh_from", "Refresh from…", id="lookup.refresh-from",
            tooltip="Take what another provider says instead of what lookups wrote.",
        ),
        Binding(
            "", "look_up_later", "Look up later", id="lookup.later",
            tooltip="Keep the papers that could not be looked up for the next lookup.",
        ),
    )  # fmt: skip

    _lookup: LookingUp | None = None
    _lookup_dialog: LookupProgress | None = None
    _to_queue: tuple[str, tuple[int, ...]] = ("", ())

    @property
    def is_any_to_queue(self) -> bool:
        """Whether papers could not be looked up, and may wait for the next lookup."""
        return bool(self._to_queue[1])

    @property
    def is_looking_up(self) -> bool:
        """Whether a lookup runs."""
        return self._lookup is not None

    # Looking up

    def action_look_up(self) -> None:
        """Look up the selection, or the paper at hand; show the lookup that runs, if one does."""
        self._look_up("")

    def action_refresh_lookup(self) -> None:
        """Bring up to date what lookups with the usual provider wrote."""
        self._look_up("", refresh=True)

    def action_look_up_at(self) -> None:
        """Choose whom to ask."""
        self._choose("Look up at", self._look_up)

    def action_refresh_from(self) -> None:
        """Choose whom to believe."""
        self._choose("Refresh from", partial(self._look_up, refresh=True))

    def _choose(self, title: str, go_on: Callable[[str], None]) -> None:
        from readinglist.lookup import LABELS
        from readinglist.tui.screens.choice import Choice, ChoiceOption

        options = tuple(
            ChoiceOption(str(number), label, name)
            for number, (name, label) in enumerate(LABELS.items(), start=1)
        )

        def finish(name: str | None) -> None:
            if name is not None:
                go_on(name)

        self.app.push_screen(Choice(title, options), finish)

    def _look_up(self, name: str, *, refresh: bool = False) -> None:
        """Look up at a provider of that name, or the usual one."""
        if self._lookup is not None:
            self._show_progress()
            return
        ids = self.targets()
        if not ids:
            self.say("There is no paper here.")
            return
        from readinglist.lookup.choosing import chosen, nothing_written
        from readinglist.paths import cache_folder
        from readinglist.tui.looking_up import LookingUp

        with self.errors_told():
            settings, provider = self.lookup_settings(name)
            which = {"refresh": refresh, "others": bool(name)}
            few = len(ids) <= _FEW
            papers = chosen(self.library, ids, provider.name, **which) if few else ids
            if papers:
                self._tell_first(
                    LookingUp(
                        self.library.path, papers, provider, settings, cache_folder(), **which
                    ),
                    f"{'' if few else 'up to '}{len(papers):,} paper{'s' * (len(papers) != 1)}",
                )
            elif refresh:
                self.say(nothing_written(self.library, ids, provider))
            else:
                self.say(_nothing_lacks(len(ids)))

    def lookup_settings(self, name: str = "") -> tuple[LookupSettings, Provider]:
        """What the user has settled about lookups, and who is asked; `UsageError` for mistakes."""
        from readinglist.lookup import get_provider
        from readinglist.lookup.settings import lookup_settings

        settings = lookup_settings(self.app.settings)
        provider = get_provider(name or settings.provider)
        settings.address(provider)
        return settings, provider

    def _tell_first(self, looking: LookingUp, papers: str) -> None:
        """Say what goes where, the first time that it does, and go on if that is wanted."""
        from readinglist.lookup import notice
        from readinglist.tui.screens.confirm import Confirm

        provider, settings = looking.provider, looking.settings

        def go_on(wanted: bool | None) -> None:
            if wanted:
                notice.remember(looking.folder, provider, settings)
                self._run_lookup(looking)

        if notice.is_told(looking.folder, provider, settings):
            go_on(True)
        else:
            told = notice.what_is_sent(provider, settings, papers)
            self.app.push_screen(Confirm(told, "Look up", title="This goes out"), go_on)

    @work(group="lookup")
    async def _run_lookup(self, looking: LookingUp) -> None:
        if self._lookup is not None:  # L was pressed twice before this began
            return
        self._lookup = looking
        running = asyncio.ensure_future(asyncio.to_thread(looking.run))
        try:
            while not running.done():
                await asyncio.wait({running}, timeout=_PACE)
                self._show_lookup()
        finally:
            looking.stop()  # the app may be closing
            self._lookup = None
        await running
        self.view_facts.busy = ""
        quits = False
        if self._lookup_dialog is not None:
            quits = self._lookup_dialog.quits
            self._lookup_dialog.end()
            self._lookup_dialog = None
        if quits:
            self.app.exit()
            return
        self._tell_lookup(looking)

    def _show_lookup(self) -> None:
        looking = self._lookup
        if looking is None:
            return
        what = "Stopping" if looking.stopping else looking.stage.what
        self.view_facts.busy = what[:1].lower() + what[1:]
        if self._lookup_dialog is not None:
            self._lookup_dialog.show_stage()

    def _show_progress(self) -> None:
        """Show how far the lookup is, with a key that stops it."""
        from readinglist.tui.screens.lookup_progress import LookupProgress

        if self._lookup is None:
            return

        def closed(_: None) -> None:
            self._lookup_dialog = None

        self._lookup_dialog = LookupProgress(self._lookup)
        self.app.push_screen(self._lookup_dialog, closed)

    def _tell_lookup(self, done: LookingUp) -> None:
        self.changed_elsewhere()  # it was written through a connection of its own
        if done.filled is not None and done.filled.done is not None:
            again = f"{key('lookup.ask', 'L')} asks for other papers."
            self.not_again(f"A lookup is not repeated: {again}")
            self.settle(done.filled.done.ids)
        if done.to_queue:
            self._to_queue = (done.provider.name, tuple(done.to_queue))
        error = done.error or (done.looked.error if done.looked else None)
        if error is not None:
            way = key("lookup.later", key("app.actions", ":"))
            later = f" “Look up later” ({way}) keeps the papers for then." if done.to_queue else ""
            untouched = done.filled is None or done.filled.done is None
            nothing = ", so nothing was changed" if untouched else ""
            message = f"{error.message.rstrip('.')}{nothing}."
            self.complain(type(error)(message, hint=f"{error.hint}{later}".strip()))
        if done.looked is not None and (error is None or done.looked.findings):
            self.say(looked_up(done) if done.asked else _nothing_lacks(done.asked))

    def action_look_up_later(self) -> None:
        """Keep the papers that could not be looked up."""
        provider, papers = self._to_queue
        if not papers:
            self.say("No lookup has failed for want of a connection.")
            return

        def show(_: None) -> None:
            self._to_queue = ("", ())
            count = "1 paper waits" if len(papers) == 1 else f"{len(papers):,} papers wait"
            self.say(f"{count} for the next lookup.")

        self.write(
            "keep papers for a later lookup",
            lambda: self.library.await_lookup(papers, provider),
            show,
        )


def _nothing_lacks(papers: int) -> str:
    which = "It does not lack" if papers == 1 else "None of these papers lacks"
    return f"{which} authors, year or identifier."


def looked_up(done: LookingUp) -> str:
    """What a lookup did, in a sentence or two."""
    looked, filled = done.looked, done.filled
    if looked is None or filled is None:
        return ""
    count = done.asked - len(looked.left)
    begun = f"Stopped: {count:,} of {done.asked:,}" if looked.stopped else f"Looked up {count:,}"
    numbers = (
        (len(filled.fields), "filled in"),
        (len(filled.suggested), f"to review ({key('lookup.review', 'R')})"),
        (len(looked.missing), "not found"),
    )
    parts = [f"{number:,} {what}" for number, what in numbers if number]
    undo = f" {key('edit.undo', 'u')} undoes." if filled.done is not None else ""
    return f"{begun}: {', '.join(parts) or 'nothing new'}.{undo}"
