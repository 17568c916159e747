"""Searches with names: kept, opened, renamed, deleted, and the one that the app begins with."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType

from readinglist.records import Saved
from readinglist.tui.keyboard.names import key
from readinglist.tui.main.edits import Edits
from readinglist.tui.widgets.facet_pane import FacetPane


class SavedActions(Edits):
    """What is done with the search at hand: that under the filters' cursor, or the one shown."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+s", "save_search", "Save search", id="search.save", show=False,
            tooltip="Keep this search, its filters and its order under a name.",
        ),
    ]  # fmt: skip

    UNBOUND: ClassVar[tuple[Binding, ...]] = (
        Binding(
            "", "rename_search", "Rename saved search", id="search.rename",
            tooltip="Give the saved search another name.",
        ),
        Binding(
            "", "delete_search", "Delete saved search", id="search.delete",
            tooltip="Forget the saved search, after asking; its papers stay.",
        ),
        Binding(
            "", "start_search", "Begin with saved search", id="search.pin",
            tooltip="Let the app begin with the saved search, or with all papers again.",
        ),
    )  # fmt: skip

    def open_saved(self, name: str) -> None:
        """Show what a saved search finds; the same again lets it go."""
        found = self._named_search(name)
        if found is None:
            return
        is_shown = self.view.is_saved(found)
        self.view.take(Saved("", "") if is_shown else found)
        self.search.put(self.view.query)
        self.refresh_view(briefly=True)
        self.when_listed(self.papers.action_top)

    @on(FacetPane.SearchChosen)
    def search_chosen(self, message: FacetPane.SearchChosen) -> None:
        """Open it, and show what it finds."""
        self.open_saved(message.name)
        found = self._named_search(message.name)
        if message.goes_in and found is not None and self.view.is_saved(found):
            self.see_papers()

    def action_save_search(self) -> None:
        """Ask for a name, and keep the view under it."""
        from readinglist.library.query.parsing import parse
        from readinglist.tui.screens.name_dialog import NameDialog

        view = self.view
        with self.errors_told():
            query = view.written
            parse(query)
            shown = next((s.name for s in self.saved if view.is_saved(s)), "")
            names = [saved.name for saved in self.saved]
            about = query or f"all papers by {view.order}"

            def finish(name: str | None) -> None:
                if name is not None:
                    self._save(Saved(name, query, view.sort, view.reverse))

            dialog = NameDialog("Save search", about, name=shown, taken=names)
            self.app.push_screen(dialog, finish)

    def _save(self, saved: Saved) -> None:
        def show(_: None) -> None:
            self.view.take(saved)  # what was filtered is part of the search now
            self.search.put(saved.query)
            self.refresh_view(briefly=True)
            way = key("search.facets", "f")
            self.say(f"Saved the search “{saved.name}”. {way} leads to it.")

        what = f"save the search “{saved.name}”"
        self.write(what, partial(self.library.save_search, saved), show, words=saved.name)

    def action_rename_search(self) -> None:
        """Ask for another name."""
        from readinglist.tui.screens.name_dialog import NameDialog

        if (saved := self.search_at_hand()) is None:
            return

        def finish(name: str | None) -> None:
            if name is not None and name != saved.name:
                act = partial(self.library.rename_search, saved.name, name)
                self._change(f"rename the search to “{name}”", act, f"It is called “{name}” now.")

        others = [each.name for each in self.saved if each.name != saved.name]
        about = saved.query or "all papers"
        dialog = NameDialog(
            "Rename search", about, name=saved.name, taken=others, may_replace=False
        )
        self.app.push_screen(dialog, finish)

    def action_delete_search(self) -> None:
        """Forget it, after asking: this is not in the journal."""
        from readinglist.tui.screens.confirm import Confirm

        if (saved := self.search_at_hand()) is None:
            return

        def finish(sure: bool | None) -> None:
            if sure:
                act = partial(self.library.delete_search, saved.name)
                self._change("delete the search", act, f"Deleted the search “{saved.name}”.")

        question = f"Forget the search “{saved.name}”? Its papers stay as they are."
        self.app.push_screen(Confirm(question, "Forget it", title="Delete search?"), finish)

    def action_start_search(self) -> None:
        """Begin with it, or with all papers again."""
        if (saved := self.search_at_hand()) is None:
            return
        name = None if saved.start else saved.name
        told = f"The app begins with {f'“{name}”' if name else 'all papers'} from now on."
        act = partial(self.library.start_with_search, name)
        self._change("change what the app begins with", act, told)

    def _change(self, what: str, act: Callable[[], None], told: str) -> None:
        def show(_: None) -> None:
            self.refresh_facts()
            self.say(told)

        self.write(what, act, show)

    def search_at_hand(self) -> Saved | None:
        """The saved search under the filters' cursor, else the one that is shown."""
        name = self.facets.saved_search if self.focused is self.facets else None
        if name:
            return self._named_search(name)
        return next((saved for saved in self.saved if self.view.is_saved(saved)), None)

    def _named_search(self, name: str) -> Saved | None:
        return next((saved for saved in self.saved if saved.name == name), None)
