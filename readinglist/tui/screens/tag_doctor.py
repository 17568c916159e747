"""Tags that may be one and tags that hardly anything has, to be put right in one go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from readinglist.library.tag_doctor import Ailment
from readinglist.tui.keyboard.names import key
from readinglist.tui.looks.cells import one_line
from readinglist.tui.screens.dialog import Dialog
from readinglist.tui.screens.item_list import Item, ItemList
from readinglist.tui.screens.line import Line

Cures = dict[str, tuple[str, ...]]
"""What takes the place of each tag that is cured; nothing where it is removed."""


class TagDoctor(Dialog[Cures | None]):
    """Each line is a cure: what is surely one tag is chosen from the start."""

    HOLDS: ClassVar = (ItemList,)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "choose", "choose", id="doctor.choose", tooltip="Cure this one, or not."),
        Binding(
            "x", "turn", "other way", id="doctor.turn",
            tooltip="Keep the tag on the left, and let the one on the right become it.",
        ),
        Binding(
            "A", "all", "all or none", id="doctor.all", tooltip="Choose every cure, or none.",
        ),
        Binding("enter", "apply", "do it", id="doctor.apply", tooltip="Do all that is chosen."),
    ]  # fmt: skip

    DEFAULT_CSS = """
    TagDoctor {
        & > .frame { width: 92; height: 85%; }
        & ItemList { height: 1fr; margin-top: 1; }
        & Line { margin: 1 1 0 1; }
    }
    """

    def __init__(self, ailments: Sequence[Ailment]) -> None:
        super().__init__("Tag doctor", aside=f"{len(ailments)} found")
        self._ailments = list(ailments)
        self._chosen = {n for n, each in enumerate(ailments) if each.sure}

    def body(self) -> Iterator[Widget]:
        """The cures, and what they come to."""
        yield ItemList(can_focus=True)
        yield Line(id="notice")

    def on_mount(self) -> None:
        """Show what was found."""
        self._show(0)

    def _show(self, cursor: int) -> None:
        items = [self._item(n, each) for n, each in enumerate(self._ailments)]
        self.query_one(ItemList).show(items, cursor)
        self.say(self._told(), tone="plain" if self._chosen else "")

    def _item(self, number: int, each: Ailment) -> Item:
        chosen = number in self._chosen
        mark = "●" if chosen else "○"
        if each.cure is None:
            text = f"{one_line(each.tag)} → nothing" if chosen else one_line(each.tag)
            here = f"{key('doctor.choose', 'space')} removes the tag" if not chosen else ""
            return Item(text, mark, each.why, here)
        text = (
            f"{one_line(each.tag)} ({each.papers:,}) → {one_line(each.cure)} ({each.cure_papers:,})"
        )
        return Item(text, mark, each.why)

    def _told(self) -> str:
        chosen = [self._ailments[number] for number in sorted(self._chosen)]
        merged = sum(each.cure is not None for each in chosen)
        removed = len(chosen) - merged
        parts = [f"{merged} merged" if merged else "", f"{removed} removed" if removed else ""]
        told = ", ".join(filter(None, parts))
        if not told:
            return "Nothing is chosen."
        does, undoes = key("doctor.apply", "enter"), key("tag.undo", "u")
        return f"{does} does it: {told}. {undoes} undoes all of it."

    @property
    def _cursor(self) -> int:
        return self.query_one(ItemList).cursor

    def action_choose(self) -> None:
        """Cure the one under the cursor, or not, and go on to the next."""
        self._chosen ^= {self._cursor}
        self._show(min(self._cursor + 1, len(self._ailments) - 1))

    def action_all(self) -> None:
        """Choose every merge, or nothing."""
        merges = {n for n, each in enumerate(self._ailments) if each.cure is not None}
        self._chosen = set() if self._chosen >= merges else merges
        self._show(self._cursor)

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """Only two tags can change places."""
        if action == "turn" and self._ailments[self._cursor].cure is None:
            return "There is no other tag that it could become."
        if action == "all" and all(each.cure is None for each in self._ailments):
            return "None of these is a merge."
        if action == "apply" and not self._chosen:
            way = key("doctor.choose", "space")
            return f"Nothing is chosen: {way} chooses, {key('dialog.cancel', 'esc')} leaves it."
        return super().why_not(action, parameters)

    def action_turn(self) -> None:
        """Let the other tag of the two be the one that stays."""
        each = self._ailments[self._cursor]
        if each.cure is None:
            return
        # Others that become the same tag follow it.
        self._ailments = [
            _turned(other, each) if other.cure == each.cure else other for other in self._ailments
        ]
        self._show(self._cursor)

    @on(ItemList.Picked)
    def _picked(self, event: ItemList.Picked) -> None:
        event.stop()
        self.action_choose()

    def action_apply(self) -> None:
        """Close with all that is chosen."""
        chosen = [self._ailments[number] for number in sorted(self._chosen)]
        cures: Cures = {each.tag: (each.cure,) if each.cure else () for each in chosen}
        self.finish(cures or None)


def _turned(other: Ailment, each: Ailment) -> Ailment:
    """A cure after the tag that stays has changed places with one that goes."""
    if other is each and each.cure is not None:
        return each._replace(
            tag=each.cure, papers=each.cure_papers, cure=each.tag, cure_papers=each.papers
        )
    return other._replace(cure=each.tag, cure_papers=each.papers)
