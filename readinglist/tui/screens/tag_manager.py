"""All tags: rename, merge, split and colour them, and look for those that may be one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from readinglist.errors import ReadingListError
from readinglist.library import Library
from readinglist.library.journal.tags import COLOURS
from readinglist.outcomes import Done
from readinglist.tui.keyboard.names import key
from readinglist.tui.looks import glyphs
from readinglist.tui.looks.cells import one_line
from readinglist.tui.main.edits import Write, told
from readinglist.tui.screens.choice import Choice, ChoiceOption
from readinglist.tui.screens.dialog import Dialog
from readinglist.tui.screens.item_list import Item, ItemList
from readinglist.tui.screens.line import Line
from readinglist.tui.screens.tag_doctor import Cures, TagDoctor
from readinglist.tui.screens.tag_matches import matching_tags
from readinglist.tui.screens.tag_naming import Naming, TagNaming
from readinglist.tui.widgets.field import Field

_NO_COLOUR = "none"
_OF_A_TAG = ("select", "rename", "merge", "split", "colour", "list")
INKS = tuple(
    ChoiceOption(letter, colour, colour)
    for letter, colour in zip("roygcbvn", (*COLOURS, _NO_COLOUR), strict=True)
)


class TagManager(Dialog[str | None]):
    """Returns the tag whose papers the user wants to see. `write` has edits done."""

    AUTO_FOCUS = "ItemList"

    HOLDS: ClassVar = (ItemList, Field)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "select", "select", id="tag.select", show=False,
                tooltip="Select tags to merge."),
        Binding("r", "rename", "rename", id="tag.rename",
                tooltip="Give it another name; those below it come along if you want."),
        Binding("m", "merge", "merge", id="tag.merge",
                tooltip="Make one tag of those that are selected."),
        Binding("s", "split", "split", id="tag.split",
                tooltip="Put several tags in the place of one."),
        Binding("c", "colour", "colour", id="tag.colour", tooltip="Colour it, or not."),
        Binding("d", "doctor", "doctor", id="tag.doctor",
                tooltip="Find tags that may be one, and tags on one paper only."),
        Binding("u", "undo", "undo", id="tag.undo", show=False, tooltip="Take the last edit back."),
        Binding("slash", "search", "search", id="tag.search", show=False,
                tooltip="Find a tag by its name."),
        Binding("enter", "list", "papers", id="tag.list", tooltip="List the papers with it."),
        Binding("escape", "cancel", "close", id="tag.close", tooltip="Back to the papers."),
        Binding("q,M", "cancel", "close", show=False),
    ]  # fmt: skip

    DEFAULT_CSS = """
    TagManager {
        & > .frame { width: 92; height: 85%; }
        & ItemList { height: 1fr; margin-top: 1; }
        & Line { margin: 1 1 0 1; }
    }
    """

    def __init__(self, library: Library, write: Write) -> None:
        super().__init__("Tags")
        self._library = library
        self._write = write
        self._counts: dict[str, int] = {}
        self._tags: list[str] = []
        self._selected: set[str] = set()

    def body(self) -> Iterator[Widget]:
        """The search, the tags, and what was done."""
        yield Field(placeholder=f"{key('tag.search', '/')} to search")
        yield ItemList(can_focus=True)
        yield Line(id="notice")

    def on_mount(self) -> None:
        """List all tags."""
        self._look()
        self._tell("")

    def look_again(self) -> None:
        """Show what another program has written."""
        self._look()

    def _look(self) -> None:
        """List the tags as they are now, around the same one."""
        here = self._tag
        try:
            self._counts, self._colours = self._library.counts().tags, self._library.tag_colours()
        except ReadingListError as error:
            self.say(str(error), tone="error")
            return
        self._selected &= {*self._counts}
        typed = self.query_one(Field).value.strip()
        self._tags = matching_tags(typed, self._counts) if typed else list(self._counts)
        items = [self._item(tag) for tag in self._tags]
        place = self._tags.index(here) if here in self._tags else self.query_one(ItemList).cursor
        if not items:
            none = f"No paper has a tag yet: {key('edit.tags', 't')} tags."
            items = [Item("No such tag." if typed else none, stop=False)]
        self.query_one(ItemList).show(items, max(0, min(place, len(items) - 1)))
        self.query_one(".frame").border_subtitle = _tags(len(self._counts))

    def _item(self, tag: str) -> Item:
        colour = self._colours.get(tag, "")
        mark = glyphs.CHOSEN if tag in self._selected else " "
        number = f"{self._counts[tag]:,}"
        aside = f"{colour}   {number:>6}" if colour else number
        return Item(one_line(tag), mark, aside, tone=f"tag-{colour}" if colour else "")

    def _tell(self, text: str, tone: str = "plain") -> None:
        if text:
            self.say(text, tone=tone)
        elif self._selected:
            self.say(f"{len(self._selected)} selected: {key('tag.merge', 'm')} makes one of them.")
        else:
            select, doctor = key("tag.select", "space"), key("tag.doctor", "d")
            self.say(f"{select} selects several, {doctor} looks for tags that may be one.")

    @property
    def _tag(self) -> str | None:
        """The tag under the cursor."""
        place = self.query_one(ItemList).cursor
        return self._tags[place] if 0 <= place < len(self._tags) else None

    @property
    def _wanted(self) -> list[str]:
        """The selected tags, else the one under the cursor."""
        chosen = [tag for tag in self._counts if tag in self._selected]
        return chosen or [tag for tag in (self._tag,) if tag is not None]

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """Most of it needs a tag."""
        searching = action == "list" and self.query_one(Field).has_focus
        if action in _OF_A_TAG and self._tag is None and not searching:
            return "There is no tag here."
        if action == "merge" and len(self._wanted) < 2:
            return f"Select the tags first, with {key('tag.select', 'space')}."
        if action == "undo" and not self._library.can_undo():
            return "Nothing to undo."
        return super().why_not(action, parameters)

    # Searching

    @on(Field.Changed)
    def _narrow(self) -> None:
        self._look()

    def action_search(self) -> None:
        """Go to the search."""
        self.query_one(Field).focus()

    def action_cancel(self) -> None:
        """Leave the search, the selection, and then the dialog."""
        field = self.query_one(Field)
        if field.has_focus or field.value:
            field.value = ""
            self.query_one(ItemList).focus()
        elif self._selected:
            self._selected.clear()
            self._look()
            self._tell("")
        else:
            super().action_cancel()

    def action_list(self) -> None:
        """Leave the search, or list the papers with the tag under the cursor."""
        if self.query_one(Field).has_focus:
            self.query_one(ItemList).focus()
        elif self._tag is not None:
            self.finish(self._tag)

    # Editing

    def action_select(self) -> None:
        """Select the tag under the cursor, or not, and go on to the next."""
        if self._tag is not None:
            self._selected ^= {self._tag}
            self._look()
            self.query_one(ItemList).action_move(1)
            self._tell("")

    def action_rename(self) -> None:
        """Rename the tag under the cursor."""
        if (tag := self._tag) is None:
            return

        def finish(naming: Naming | None) -> None:
            if naming is not None:
                rename = partial(self._library.rename_tag, tag, *naming.names)
                act = partial(rename, branch=naming.branch)
                self._do(f"rename the tag {tag}", act, papers=sum(self._counts.values()))

        self.app.push_screen(TagNaming([tag], self._counts), finish)

    def action_merge(self) -> None:
        """Make one tag of the selected ones."""
        tags = self._wanted

        def finish(naming: Naming | None) -> None:
            if naming is not None:
                self._replace(tags, naming, "merged")

        self.app.push_screen(TagNaming(tags, self._counts), finish)

    def action_split(self) -> None:
        """Put several tags in the place of the one under the cursor."""
        if (tag := self._tag) is None:
            return

        def finish(naming: Naming | None) -> None:
            if naming is not None:
                self._replace([tag], naming, "split")

        self.app.push_screen(TagNaming([tag], self._counts, split=True), finish)

    def _replace(self, tags: list[str], naming: Naming, verb: str) -> None:
        old, new = ", ".join(tags), ", ".join(naming.names)
        label = f"{verb} the tag{'s' * (len(tags) > 1)} {old} into {new}"
        act = partial(self._library.replace_tags, dict.fromkeys(tags, naming.names), label)
        self._do(label, act, new, papers=self._papers(tags))

    def action_colour(self) -> None:
        """Choose a colour for the tag under the cursor."""
        if (tag := self._tag) is None:
            return

        def finish(colour: str | None) -> None:
            if colour is not None:
                chosen = None if colour == _NO_COLOUR else colour
                self._do(f"colour the tag {tag}", partial(self._library.colour_tag, tag, chosen))

        self.app.push_screen(Choice("Colour", INKS), finish)

    def action_doctor(self) -> None:
        """Look for tags that may be one."""
        from readinglist.library.tag_doctor import ailments

        found = ailments(self._counts)
        if not found:
            self._tell("Every tag is spelt in one way, and on more than one paper.", "success")
            return

        def finish(cures: Cures | None) -> None:
            if cures:
                count = "1 tag" if len(cures) == 1 else f"{len(cures)} tags"
                label = f"tidied {count}: {', '.join(cures)}"
                act = partial(self._library.replace_tags, cures, label)
                self._do(label, act, papers=self._papers(cures))

        self.app.push_screen(TagDoctor(found), finish)

    def action_undo(self) -> None:
        """Take the last edit back, whatever it was."""

        def show(done: Done | None) -> None:
            self._look()
            self._tell(f"Undid: {done.label}." if done else "Nothing to undo.")

        reach = partial(self._library.reach, "done")
        self._write("undo the last edit", self._library.undo, show, papers=reach)

    def _papers(self, tags: Iterable[str]) -> int:
        return sum(self._counts.get(tag, 0) for tag in tags)

    def _do(
        self, what: str, act: partial[Done | None], words: str = "", *, papers: int = 1
    ) -> None:
        def show(done: Done | None) -> None:
            self._selected.clear()
            self._look()
            self._tell(one_line(told(done)), tone="success")

        self._write(what, act, show, words=words, papers=papers)

    @on(ItemList.Picked)
    def _picked(self, event: ItemList.Picked) -> None:
        event.stop()
        if event.twice:
            self.action_list()


def _tags(count: int) -> str:
    return "1 tag" if count == 1 else f"{count:,} tags"
