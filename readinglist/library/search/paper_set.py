"""Some of the papers, a bit for each: a million of them are as light as one."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

_YES: Final = ord("1")
_NO: Final = b"0"


class PaperSet:
    """Papers by their ids; a `set` of a million would take the screen's time to make."""

    __slots__ = ("_bits",)

    def __init__(self, papers: Collection[int] = ()) -> None:
        self._bits = 0
        if papers:
            least, greatest = min(papers), max(papers)
            marks = bytearray(_NO) * (greatest - least + 1)
            for paper in papers:
                marks[greatest - paper] = _YES
            self._bits = int(marks, 2) << least

    @classmethod
    def _of(cls, bits: int) -> PaperSet:
        found = cls()
        found._bits = bits
        return found

    def __len__(self) -> int:
        return self._bits.bit_count()

    def __bool__(self) -> bool:
        return bool(self._bits)

    def __contains__(self, paper: int) -> bool:
        return bool(self._bits >> paper & 1)

    def __iter__(self) -> Iterator[int]:
        marks = f"{self._bits:b}"[::-1]
        paper = marks.find("1")
        while paper >= 0:
            yield paper
            paper = marks.find("1", paper + 1)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PaperSet) and self._bits == other._bits

    def __hash__(self) -> int:
        return hash(self._bits)

    def __le__(self, other: PaperSet) -> bool:
        return not self - other

    def __or__(self, other: PaperSet) -> PaperSet:
        return self._of(self._bits | other._bits)

    def __xor__(self, other: PaperSet) -> PaperSet:
        return self._of(self._bits ^ other._bits)

    def __sub__(self, other: PaperSet) -> PaperSet:
        return self._of(self._bits & ~other._bits)
