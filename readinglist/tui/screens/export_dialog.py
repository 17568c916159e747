"""Ask what to export, in which format, and where to; what that comes to shows meanwhile."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from readinglist.tui.screens.confirm import Confirm
from readinglist.tui.screens.export_choice import ExportChoice
from readinglist.tui.screens.export_form import ExportForm
from readinglist.tui.screens.path_field import PathField
from readinglist.tui.screens.preview_pane import PreviewPane
from readinglist.tui.typed_paths import printable


class ExportDialog(ExportForm):
    """Its keys: write, copy, complete, compare; it asks before a file is replaced."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "export", "export", id="export.write", tooltip="Write the file."),
        Binding(
            "ctrl+y", "copy", "copy", id="export.copy",
            tooltip="Copy it instead of writing a file.",
        ),
        Binding(
            "tab", "complete", "complete", id="export.complete",
            tooltip="Complete the path as far as there is one way to go on.",
        ),
        Binding(
            "up", "app.focus_previous", "choose", key_display="↑↓←→",
            tooltip="Go to another field; choose in a row.",
        ),
        Binding("down", "app.focus_next", "fields", show=False),
        Binding(
            "ctrl+o", "other", "preview", id="export.other",
            tooltip="Show the first entries, or what would change in the file.",
        ),
        Binding("pagedown", "scroll(1)", "Scroll", show=False),
        Binding("pageup", "scroll(-1)", "Scroll", show=False),
    ]  # fmt: skip

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """Only a file that is there already can be compared with what would be in it."""
        if action == "other" and not self.query_one(PreviewPane).has_two_sides:
            return "No file would change, so there is nothing to compare."
        return super().why_not(action, parameters)

    def action_other(self) -> None:
        """Show the other: the first entries, or what would change."""
        self.query_one(PreviewPane).turn()

    def action_scroll(self, pages: int) -> None:
        """Scroll what it would hold."""
        self.query_one(PreviewPane).scroll_pages(pages)

    async def action_complete(self) -> None:
        """Complete the path; in the rows above, go on to the next."""
        if isinstance(self.focused, PathField):
            await self.focused.complete()
        else:
            self.focus_next()

    def action_copy(self) -> None:
        """Close with the choice to copy."""
        if not self._scopes[self._scope][1]:
            self.say("There is nothing in it to copy.", tone="error")
        elif not self._format.suffix:
            self.say("A folder of notes cannot be copied. Choose Markdown.", tone="error")
        else:
            path = self._paths.path(self._field.value.strip())
            self.finish(self._choice(path, copied=True))

    @work(exclusive=True, group="export")
    async def action_export(self) -> None:
        """Close with the choice, unless it cannot be; ask before a file is replaced."""
        target = await self._look_at(self._field.value)
        if not self._scopes[self._scope][1]:
            self.say("There is nothing in it to export.", tone="error")
        elif not target.possible:
            self.say(target.says, tone="error")
        elif target.path == self._replaces and target.seen != self._seen:
            self._field.look()
            self.say("It has just changed. Look at what would change now.", tone="warning")
        elif not target.seen or await self._agreed(target.path):
            self.finish(
                replace(self._choice(target.path, force=bool(target.seen)), seen=target.seen)
            )

    def _choice(self, path: Path, *, force: bool = False, copied: bool = False) -> ExportChoice:
        options = self._options.chosen()
        name = self._format.name
        return ExportChoice(self._scope, name, path, force, options, copied, self._template)

    async def _agreed(self, path: Path) -> bool:
        question = f"{printable(path.name)} exists already. Replace it?"
        return await self.app.push_screen_wait(Confirm(question, "Replace it", title="Replace?"))
