"""The tags of the whole library."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from readinglist.records import Facet
from readinglist.tui.main.edits import Edits


class TagActions(Edits):
    """Keeping tags in order."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "M", "manage_tags", "Manage tags", id="edit.manage-tags", show=False,
            tooltip="Rename, merge, split and colour tags, and find those that may be one.",
        ),
    ]  # fmt: skip

    def action_manage_tags(self) -> None:
        """Show all tags."""
        from readinglist.tui.screens.tag_manager import TagManager

        def follow(tag: str | None) -> None:
            if tag is not None and (facet := Facet("tag", tag)) not in self.view.facets:
                self.view.toggle(facet)
            self.refresh_view()
            if tag is not None:
                self.go_pane("papers")

        with self.errors_told():
            self.app.push_screen(TagManager(self.library, self.write), follow)
