"""Choose the tags of one or many papers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from readinglist.errors import UsageError
from readinglist.library.journal.tags import tag_names
from readinglist.tui.keyboard.names import key
from readinglist.tui.looks.cells import cut, one_line
from readinglist.tui.screens.dialog import Dialog
from readinglist.tui.screens.item_list import NOWHERE, Item, ItemList
from readinglist.tui.screens.line import Line
from readinglist.tui.screens.tag_matches import matching_tags
from readinglist.tui.tag_choice import TagChoice, TagEdit
from readinglist.tui.widgets.field import Field

_LISTED = 200  # lines; typing one more letter is quicker than scrolling further


class TagField(Field):
    """Leaves the comma, and a space that begins no name, to the dialog."""

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        """Whether the key is text."""
        return not self._separates(key) and super().check_consume_key(key, character)

    def _separates(self, key: str) -> bool:
        return key == "comma" or (key == "space" and not self.value)

    async def _on_key(self, event: events.Key) -> None:
        if self._separates(event.key):
            event.prevent_default()


class TagEditor(Dialog[TagEdit | None]):
    """Type and press Enter; a comma instead goes on to another tag.

    What was typed is what happens: a known tag that merely begins alike is taken with Tab or
    the arrow keys, never by itself. Enter with nothing typed and nothing highlighted applies
    what was chosen before.
    """

    HOLDS: ClassVar = (TagField,)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "apply", "done", id="tags.apply", tooltip="Take this tag and close."),
        Binding(
            "comma,space", "another", "more", id="tags.another", key_display=",",
            tooltip="Take this tag and choose another one.",
        ),
        Binding(
            "tab", "complete", "complete", id="tags.complete",
            tooltip="Finish the name of the best matching tag.",
        ),
        Binding(
            "down", "move(1)", "choose", id="tags.down", key_display="↑↓",
            tooltip="Go through the tags.",
        ),
        Binding("up", "move(-1)", "choose", id="tags.up", show=False),
        Binding("pagedown", "page(1)", "page", id="tags.page-down", show=False),
        Binding("pageup", "page(-1)", "page", id="tags.page-up", show=False),
        Binding("ctrl+s", "save", "done", id="tags.save", show=False),
    ]  # fmt: skip

    DEFAULT_CSS = """
    TagEditor {
        & ItemList { height: 10; margin: 1 0; }
    }
    """

    def __init__(
        self,
        titles_count: int,
        known: Mapping[str, int],
        on_all: Sequence[str] = (),
        on_some: Sequence[str] = (),
    ) -> None:
        papers = "1 paper" if titles_count == 1 else f"{titles_count} papers"
        super().__init__("Tags", aside=papers)
        self._many = titles_count > 1
        self._choice = TagChoice(titles_count, known, on_all, on_some)
        self._rows: list[str] = []  # the tag that each listed line stands for
        self._new: list[str] = []  # what the line that creates stands for

    def body(self) -> Iterator[Widget]:
        """An input, the known tags, and what will happen."""
        yield TagField(placeholder="type a tag", id="tag")
        yield ItemList()
        yield Line(id="notice")

    def on_mount(self) -> None:
        """List what is known."""
        self._list()

    @property
    def _field(self) -> TagField:
        return self.query_one(TagField)

    @property
    def _items(self) -> ItemList:
        return self.query_one(ItemList)

    # What is listed

    @on(Field.Changed)
    def _list(self) -> None:
        """List what the typed text may mean; the first line is what Enter would take."""
        names = self._typed_names()
        typed = names[0] if len(names) == 1 else ""
        matches = [] if len(names) > 1 else self._matches(typed)
        exact = len(names) == 1 and self._choice.knows(typed)
        self._new = [] if exact else names
        self._rows = matches[:_LISTED]
        items = [self._new_item()] if self._new else []
        items += [self._item(tag) for tag in self._rows]
        if hidden := len(matches) - len(self._rows):
            items.append(Item(f"and {hidden} more: type to narrow", stop=False))
        if not items:
            items.append(Item("No tags yet. Type a name to make the first.", stop=False))
        self._items.show(items, 0 if names else NOWHERE)
        self._sum_up()

    def _typed_names(self) -> list[str]:
        try:
            return tag_names([self._field.value]) if self._field.value.strip() else []
        except UsageError:
            return []

    def _matches(self, typed: str) -> list[str]:
        if typed:
            return matching_tags(typed, self._choice.counts)
        return self._choice.at_hand_first()

    def _new_item(self) -> Item:
        name = ", ".join(map(one_line, self._new))
        return Item(name, mark="+", aside="new tag" if len(self._new) == 1 else "", tone="success")

    def _item(self, tag: str) -> Item:
        wanted = self._choice.wanted.get(tag)
        have, some = tag in self._choice.on_all, tag in self._choice.on_some
        mark = "●" if (have if wanted is None else wanted) else "○"
        if wanted is None:
            mark = "◐" if some else mark
            return Item(one_line(tag), mark, f"{self._choice.counts[tag]:,}", self._verb(tag))
        tone = "success" if wanted else "warning"
        return Item(one_line(tag), mark, "added" if wanted else "removed", self._verb(tag), tone)

    def _verb(self, tag: str) -> str:
        after = self._choice.after(tag)
        does = "leaves as it was" if after is None else "adds" if after else "removes"
        return f"{key('tags.apply', 'enter')} {does}"

    def _sum_up(self) -> None:
        """Say what will happen, or what the marks mean."""
        try:
            tag_names([self._field.value]) if self._field.value.strip() else None
        except UsageError as error:
            self.say(str(error), tone="error")
            return
        if self._choice.wanted:
            self.say(self._told(), tone="plain")
        else:
            self.say("● on all   ◐ on some   ○ on none" if self._many else "")

    def _told(self) -> str:
        signs = {True: "+", False: "−"}
        return "  ".join(f"{signs[on]} {one_line(tag)}" for tag, on in self._choice.wanted.items())

    # Choosing

    def _take(self) -> bool:
        """Take what is highlighted; False when nothing is, or it cannot be a tag."""
        items = self._items
        if items.item is None or not items.item.stop:
            return not self._field.value.strip()
        if self._new and items.cursor == 0:
            for name in self._new:
                self._choice.add(name)
        else:
            self._choice.choose(self._rows[items.cursor - bool(self._new)])
        return True

    def action_apply(self) -> None:
        """Take what is highlighted, and close."""
        if self._take():
            self._close()

    def action_save(self) -> None:
        """Close; what was typed counts, what is merely highlighted does not."""
        if not self._field.value or self._take():
            self._close()

    def action_another(self) -> None:
        """Take what is highlighted, and stay."""
        if self._take():
            self._field.value = ""
            self._list()

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """Only known tags can complete what is typed, or be gone through."""
        if action in ("complete", "move", "page") and not self._rows and not self._new:
            return "There is no tag yet: type a name to make the first."
        if action == "complete" and not self._rows:
            return "No known tag goes on like that."
        return super().why_not(action, parameters)

    def action_complete(self) -> None:
        """Put the best match into the input."""
        index = self._items.cursor - bool(self._new)
        if self._rows:
            self._field.put(self._rows[max(0, index)])

    def action_move(self, step: int) -> None:
        """Move the highlight; above the first line nothing is highlighted."""
        items = self._items
        if step < 0 and items.cursor <= 0:
            items.show(items.items)
        else:
            items.action_move(step)

    def action_page(self, pages: int) -> None:
        """Move the highlight by pages."""
        self._items.action_page(pages)

    @on(ItemList.Picked)
    def _clicked(self, event: ItemList.Picked) -> None:
        event.stop()
        self.action_another()

    # Closing

    def _close(self) -> None:
        self.finish(self._choice.edit())

    def action_cancel(self) -> None:
        """Close without a result, but not in silence when something was chosen or typed."""
        typed = one_line(self._field.value)
        lost = "  ".join(filter(None, [self._told(), typed and f"+ {typed}"]))
        if lost and self.is_current:
            self.notify(f"Left out: {cut(lost, 120)}", title="Tags unchanged", markup=False)
        super().action_cancel()
