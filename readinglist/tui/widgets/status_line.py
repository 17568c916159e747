"""The status line: where the cursor is, what narrows the view, what is selected, the order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple, TypeVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from readinglist.records import Facet
from readinglist.tui.looks.cells import cut, one_line
from readinglist.tui.said import Said

Kind = TypeVar("Kind")

_LONGEST_CHIP = 24  # cells
_GAP = 3  # cells after a hint


class Position(Widget):
    """How far down the list the cursor is; as wide as the library's size needs, so it is still."""

    here: reactive[int] = reactive(0)
    of: reactive[int | None] = reactive[int | None](0)
    total: reactive[int] = reactive(0, layout=True)

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002 (Textual's signature)
        """Room for the widest position."""
        return 2 * len(f"{self.total:,}") + len(" of ")

    def render(self) -> Content:
        """As in "12 of 980", or without the second as long as that is not known."""
        return Content(f"{self.here:,} of {'…' if self.of is None else f'{self.of:,}'}")


class Chips(Widget):
    """The facets that narrow the view; a click takes one away."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"chips--chip"}

    facets: reactive[tuple[Facet, ...]] = reactive((), layout=True)

    class Removed(Said):
        """A chip was clicked away."""

        facet: Facet

    def render(self) -> Content:
        """As in "tag:rl ×"."""
        style = self.get_visual_style("chips--chip")
        return Content(" ").join(Content.styled(label, style) for label in self._labels())

    def _labels(self) -> list[str]:
        return [
            f" {cut(f'{facet.field}:{one_line(facet.value)}', _LONGEST_CHIP)} × "
            for facet in self.facets
        ]

    def on_click(self, event: events.Click) -> None:
        """Take away the chip under the mouse."""
        x = 0
        for facet, label in zip(self.facets, self._labels(), strict=True):
            if x <= event.get_content_offset_capture(self).x < x + cell_len(label):
                self.post_message(self.Removed(facet))
            x += cell_len(label) + 1


class ViewFacts(Widget):
    """What is selected and how the list is ordered."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"facts--selected"}

    selected: reactive[int] = reactive(0, layout=True)
    hidden: reactive[int] = reactive(0, layout=True)
    ranging: reactive[bool] = reactive(default=False, layout=True)
    busy: reactive[str] = reactive("", layout=True)
    order: reactive[str] = reactive("", layout=True)

    def render(self) -> Content:
        """As in "3 selected (1 not in view) · by title"."""
        parts: list[Content] = []
        if self.busy:
            parts.append(Content(one_line(self.busy)))
        if self.selected:
            hidden = f" ({self.hidden} not in view)" if self.hidden else ""
            mode = "range, " if self.ranging else ""
            style = self.get_visual_style("facts--selected")
            parts.append(Content.styled(f"{mode}{self.selected:,} selected{hidden}", style))
        return Content(" · ").join([*parts, Content(f"by {self.order}")])


class Hint(NamedTuple):
    """One action in the hints: several keys may share a label. A `dim` one can do nothing now."""

    keys: tuple[str, ...]
    shown: tuple[str, ...]
    label: str
    dim: bool = False


class HintLine(Widget):
    """The footer: what the keys do here, from the live bindings, as many as fit."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "hints--key",
        "hints--label",
        "hints--dim",
        "hints--advice",
    }

    hints: reactive[tuple[Hint, ...]] = reactive(())
    advice: reactive[Content | None] = reactive(None)
    finding: reactive[Content | None] = reactive(None)

    def render(self) -> Content:
        """Keys and labels, at the right of what is found, or what is wrong with the search."""
        if self.advice is not None:
            return self.advice
        start, pieces = self._placed()
        hints = Content("").join(piece for piece, _ in pieces)
        return (
            hints
            if self.finding is None
            else self.finding.pad_right(max(0, start - self.finding.cell_length)) + hints
        )

    def _placed(self) -> tuple[int, list[tuple[Content, Hint]]]:
        """The hints there is room for, and the cell where they begin."""
        if self.finding is None:
            return 0, self._pieces()
        room = self.size.width + _GAP
        kept: list[tuple[Content, Hint]] = []
        for piece, hint in reversed([(self._piece(hint), hint) for hint in self.hints]):
            if room - piece.cell_length < self.finding.cell_length + _GAP:
                break
            room -= piece.cell_length
            kept.insert(0, (piece, hint))
        return room, kept

    def _pieces(self) -> list[tuple[Content, Hint]]:
        """As many hints as fit, and always the last: it leads to all the others."""
        return fitting([(self._piece(hint), hint) for hint in self.hints], self.size.width + _GAP)

    def _piece(self, hint: Hint) -> Content:
        key, label = ("hints--dim",) * 2 if hint.dim else ("hints--key", "hints--label")
        keys = Content.styled(" ".join(hint.shown), self.get_visual_style(key))
        words = f" {hint.label}{' ' * _GAP}"
        return keys + Content.styled(words, self.get_visual_style(label))

    def on_click(self, event: events.Click) -> None:
        """Press the key that was clicked."""
        if self.advice is not None:
            return
        start, pieces = self._placed()
        x = event.get_content_offset_capture(self).x - start
        for piece, hint in pieces:
            if 0 <= x < piece.cell_length:
                self.app.simulate_key(_key_at(hint, x))
            x -= piece.cell_length


def fitting(
    pieces: Sequence[tuple[Content, Kind]], width: int, gap: int = 0
) -> list[tuple[Content, Kind]]:
    """The first pieces that fit into so many cells, and always the last, `gap` cells between."""
    room = width - sum(piece.cell_length for piece, _ in pieces[-1:])
    shown: list[tuple[Content, Kind]] = []
    for piece, what in pieces[:-1]:
        room -= piece.cell_length + gap
        if room < 0:
            break
        shown.append((piece, what))
    return [*shown, *pieces[-1:]]


def _key_at(hint: Hint, x: int) -> str:
    """The key shown at a cell of a hint; its label stands for the first."""
    for key, shown in zip(hint.keys, hint.shown, strict=True):
        if 0 <= x <= cell_len(shown):
            return key
        x -= cell_len(shown) + 1
    return hint.keys[0]


def grouped(bindings: Sequence[tuple[Binding, str]]) -> tuple[Hint, ...]:
    """Hints from bindings and their keys as shown, those of one group together."""
    hints: dict[str, Hint] = {}
    for binding, shown in bindings:
        label = binding.group.description if binding.group else binding.description.lower()
        found = hints.get(label)
        if found is None:
            hints[label] = Hint((binding.key,), (shown,), label)
        elif binding.group and binding.key not in found.keys:
            hints[label] = Hint((*found.keys, binding.key), (*found.shown, shown), label)
    return tuple(hints.values())


def picked(
    bindings: Sequence[tuple[Binding, str]], wanted: Sequence[tuple[Sequence[str], str]]
) -> tuple[Hint, ...]:
    """A hint for each row of ids and a label, with the first key of each id."""
    keys = {binding.id: (binding.key, shown) for binding, shown in reversed(bindings)}
    hints: list[Hint] = []
    for ids, label in wanted:
        found = [keys[name] for name in ids if name in keys]
        if found:
            hints.append(Hint(tuple(k for k, _ in found), tuple(s for _, s in found), label))
    return tuple(hints)
