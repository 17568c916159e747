"""Every sign of the screen in ASCII, cell by cell: for terminals and fonts that have no others."""

from __future__ import annotations

import unicodedata
from typing import Final

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

# What frames, marks and charts are drawn with; everything else is a letter of some text.
_SIGNS: Final = {
    "─━╌╍┄┅┈┉╴╶╸╺═⎯": "-", "│┃║╎╏┆┇▏▕": "|", "▌▐▎▍▋▊▉": ">", "•": "+",
    "┌┐└┘├┤┬┴┼╭╮╯╰╔╗╚╝┏┓┗┛": "+", "·": ".", "…": "~", "×": "x", "−–—‐‑‒": "-", "●■": "#",
    "○□": "o", "◐": "%", "↑": "^", "↓": "v", "→": ">", "←": "<", "≠": "!",
    "›": ">", "‹": "<", "“”„": '"', "‘’‚": "'",
    "█▓": "#", "▒": "+", "░": ":", "▁▂": "_", "▃▄▀": "=", "▅▆▇": "#", "✓": "v", "✗": "x",
}  # fmt: skip
_BRAILLE: Final = " .:+#"  # by how many of the eight dots are set, two by two
_UNKNOWN: Final = "?"


class _Translation(dict[int, str]):
    """By code points, ASCII of the same width; found once for each."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _ascii(chr(code))
        return found


_TRANSLATION: Final = _Translation(
    {ord(sign): plain for signs, plain in _SIGNS.items() for sign in signs}
    | {code: chr(code) for code in range(128)}
)


def in_ascii(text: str) -> str:
    """A text in ASCII, in as many cells."""
    return text if text.isascii() else text.translate(_TRANSLATION)


class AsciiFilter(LineFilter):
    """Draws each line of the screen in ASCII."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 (Textual's signature)
        """Replace what is not ASCII."""
        return [
            segment if segment.text.isascii() else Segment(in_ascii(segment.text), *segment[1:])
            for segment in segments
        ]


def _ascii(sign: str) -> str:
    width = cell_len(sign)
    if 0x2800 <= ord(sign) < 0x2900:
        return _BRAILLE[(ord(sign) - 0x2800).bit_count() + 1 >> 1]
    plain = "".join(
        c for c in unicodedata.normalize("NFKD", sign) if c.isascii() and c.isprintable()
    )
    return plain if len(plain) == width else _UNKNOWN * width
