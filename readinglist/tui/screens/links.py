"""Pick one of several links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from readinglist.tui.looks.cells import plain_lines
from readinglist.tui.screens.dialog import Dialog
from readinglist.tui.screens.item_list import Item, ItemList


class LinkPicker(Dialog[str | None]):
    """The links of a paper; a number picks one of the first nine."""

    HOLDS: ClassVar = (ItemList,)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "number(1)", "open", key_display="1–9", tooltip="Open by its number."),
        *(Binding(str(n), f"number({n})", "open", show=False) for n in range(2, 10)),
        Binding("enter", "pick", "open this", id="links.open", tooltip="Open this link."),
        Binding("q,o", "cancel", "back", show=False),
    ]  # fmt: skip

    DEFAULT_CSS = """
    LinkPicker {
        & > .frame { width: 90; }
        & ItemList { max-height: 12; }
    }
    """

    def __init__(self, urls: Sequence[str]) -> None:
        super().__init__("Open link", aside=f"{len(urls)} links")
        self._urls = tuple(urls)

    def body(self) -> Iterator[Widget]:
        """One line for each link."""
        items = [
            Item(plain_lines(url), mark=str(number) if number <= 9 else "", tone="accent")
            for number, url in enumerate(self._urls, 1)
        ]
        yield ItemList(items, can_focus=True, fit=True)

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """There are not always nine."""
        if action == "number" and parameters > (len(self._urls),):
            return f"There are only {len(self._urls)} links."
        return super().why_not(action, parameters)

    def action_number(self, number: int) -> None:
        """Pick by number."""
        if number <= len(self._urls):
            self.finish(self._urls[number - 1])

    @on(ItemList.Picked)
    def action_pick(self) -> None:
        """Pick the line under the cursor."""
        cursor = self.query_one(ItemList).cursor
        if 0 <= cursor < len(self._urls):
            self.finish(self._urls[cursor])
