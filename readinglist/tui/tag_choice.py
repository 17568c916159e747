"""What becomes of each tag while the tags of some papers are chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple


class TagEdit(NamedTuple):
    """Tags to add to and to remove from every paper at hand."""

    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


class TagChoice:
    """The known tags with their use, which of them all or some papers have, and what is wanted."""

    def __init__(
        self, papers: int, known: Mapping[str, int], on_all: Sequence[str], on_some: Sequence[str]
    ) -> None:
        self.counts = {**dict.fromkeys([*on_all, *on_some], papers), **known}
        self.on_all, self.on_some = frozenset(on_all), frozenset(on_some)
        self.wanted: dict[str, bool] = {}
        self._names = {tag.casefold(): tag for tag in self.counts}

    def knows(self, name: str) -> bool:
        """Whether there is such a tag, whatever its case."""
        return name.casefold() in self._names

    def at_hand_first(self) -> list[str]:
        """Every tag: those on all and on some papers first, so that removing needs no typing."""
        return sorted(
            self.counts,
            key=lambda tag: (
                tag not in self.on_all,
                tag not in self.on_some,
                -self.counts[tag],
                tag,
            ),
        )

    def after(self, tag: str) -> bool | None:
        """What choosing a tag once more comes to: on, off, or None for as it was."""
        wanted = self.wanted.get(tag)
        if tag in self.on_some:
            return {None: True, True: False, False: None}[wanted]
        return None if wanted is not None else tag not in self.on_all

    def choose(self, tag: str) -> None:
        """Choose a tag once more."""
        after = self.after(tag)
        self.wanted.pop(tag, None)
        if after is not None:
            self.wanted[tag] = after

    def add(self, name: str) -> None:
        """Want a tag that may be new."""
        tag = self._names.setdefault(name.casefold(), name)
        self.counts.setdefault(tag, 0)
        if tag not in self.on_all:
            self.wanted[tag] = True

    def edit(self) -> TagEdit | None:
        """All that is wanted; None when it is nothing."""
        if not self.wanted:
            return None
        return TagEdit(
            tuple(tag for tag, on in self.wanted.items() if on),
            tuple(tag for tag, on in self.wanted.items() if not on),
        )
