"""Papers out: copying and links."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from readinglist.errors import ReadingListError
from readinglist.library import Library
from readinglist.records import Entry
from readinglist.text import find_urls
from readinglist.tui.looks.cells import cut, one_line
from readinglist.tui.main.workbench import Workbench

if TYPE_CHECKING:
    from readinglist.tui.leaving.copying import Copy


class ExchangeActions(Workbench):
    """Taking papers away, to the clipboard and the browser."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "y", "copy", "Copy", id="copy.usual",
            tooltip="Copy the BibTeX entry, or what copy.format is set to.",
        ),
        Binding(
            "Y", "copy_as", "Copy as…", id="copy.as", show=False,
            tooltip="Copy the key, an entry, a citation, a link, the title or a command.",
        ),
        Binding(
            "ctrl+c,super+c", "screen.copy_text", "Copy selected text", id="copy.selected-text",
            show=False, system=True, tooltip="Copy the text that the mouse has selected.",
        ),
        Binding(
            "o", "open_link", "Open link", id="paper.link",
            tooltip="Open the paper's link, or go to a paper that its note names.",
        ),
    ]  # fmt: skip

    UNBOUND: ClassVar[tuple[Binding, ...]] = tuple(
        Binding(
            "", f"copy_form('{form}')", f"Copy {what}", id=f"copy.{form}", key_display=letter,
            tooltip=f"Copy {what} of the selection, or of the paper at hand.",
        )
        for letter, form, what in (
            ("k", "key", "the citation key"),
            ("c", "cite", "\\cite with the key"),
            ("a", "pandoc", "@key for Pandoc"),
            ("b", "bibtex", "the BibTeX entry"),
            ("l", "biblatex", "the BibLaTeX entry"),
            ("j", "csl-json", "CSL-JSON"),
            ("r", "ris", "RIS"),
            ("m", "markdown", "a Markdown link"),
            ("p", "citation", "a plain citation"),
            ("t", "title", "the title"),
            ("u", "link", "the link"),
        )
    )  # fmt: skip

    # Copying

    def action_copy_form(self, form: str) -> None:
        """Copy the papers in one form."""
        from readinglist.tui.leaving.copying import copy_named

        self._copy(copy_named(form), self.targets())

    def action_copy(self) -> None:
        """Copy the papers in the form that is set."""
        from readinglist.tui.leaving.copying import copy_named

        if ids := self.targets():
            self._copy(copy_named(self.app.settings.text("copy.format")), ids)
        else:
            self.say("There is no paper here.")

    def action_copy_as(self) -> None:
        """Choose what to copy."""
        from readinglist.tui.leaving.copying import COMMANDS, COPIES
        from readinglist.tui.screens.choice import Choice

        ids = self.targets()

        def finish(copy: Copy | str | None) -> None:
            if isinstance(copy, str):
                self.call_later(self.run_action, copy)
            elif copy is not None:
                self._copy(copy, ids)

        self.app.push_screen(Choice("Copy", [*(COPIES if ids else ()), *COMMANDS]), finish)

    @work(exclusive=True, group="copy")
    async def _copy(self, copy: Copy, ids: Sequence[int]) -> None:
        from readinglist.tui.leaving import clipboard

        with self.errors_told():
            entries, text = await asyncio.to_thread(self._written, copy, ids)
            if not text:
                self.say("These papers have no link." if len(entries) > 1 else "It has no link.")
                return
            way = await clipboard.copy(self.app, text)
            named = _named(entries)
            self.say(f"Copied {copy.name} of {named} to the {way}.", spare=named.strip("“”"))

    def _written(self, copy: Copy, ids: Sequence[int]) -> tuple[list[Entry], str]:
        with Library(self.library.path) as library:
            if copy.names_papers:
                library.pin_keys(ids)  # before, so that they do not become others meanwhile
            entries = library.entries(ids)
            text = copy.text(entries)
        return entries, text

    # Links

    def action_open_link(self) -> None:
        """Open the link of the cursor's paper, or go to one that its note names; or ask which."""
        from readinglist.tui.screens.links import LinkPicker

        paper = self.shown_paper()
        if paper is None:
            self.say("There is no paper here.")
            return
        with self.errors_told():
            targets = self._targets_of(self.library.entry(paper))
            if not targets:
                self.say("This paper has no link.")
            elif len(targets) == 1:
                self.follow(next(iter(targets.values())))
            else:
                chosen = LinkPicker(list(targets))
                self.app.push_screen(
                    chosen, lambda shown: None if shown is None else self.follow(targets[shown])
                )

    def _targets_of(self, entry: Entry) -> dict[str, str | int]:
        """Where a paper leads, by what is shown of it: links, and papers whose notes are tied."""
        from readinglist.tui.notes.links import linked_keys

        targets: dict[str, str | int] = {url: url for url in entry.links}
        targets |= {url: url for url in find_urls(entry.note or "")}
        named = self.library.named(linked_keys(entry.note))
        for row in self.library.rows(named.values()):
            targets[f"→ {one_line(row.title)}"] = row.id
        if self.detail.entry is not None and self.detail.entry.id == entry.id:
            targets |= {f"← {one_line(row.title)}": row.id for row in self.detail.mentions}
        return targets

    def follow(self, target: str | int) -> None:
        """Open a link, or go to a paper."""
        if isinstance(target, int):
            self.go_to(target)
        else:
            self._open(target)

    @work(thread=True, group="link")
    def _open(self, url: str) -> None:
        from readinglist.tui.leaving.links import open_link

        try:
            open_link(url)
        except ReadingListError as error:
            self.app.call_from_thread(self.complain, error)
        else:
            self.app.call_from_thread(self.say, f"Opened {url}")


def _named(entries: Sequence[Entry]) -> str:
    if len(entries) == 1:
        return f"“{cut(one_line(entries[0].title), 40)}”"
    return f"{len(entries):,} papers"
